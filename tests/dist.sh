#!/usr/bin/env bash
# What is given to people, made by one command: a static binary for Linux, a tarball and a Debian package in target/dist,
# each with the man page, completions for three shells, the licences and the READMEs. Prints how large they are, and runs
# what it made.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
dist=$PWD/target/dist
name=qingwen-$version-$(uname -m)-linux
# glibc linked in: we look up no names and load no modules. Only the last crate is told, so that all others are those of
# an ordinary release build.
cargo rustc --release --locked -p qingwen-cli --bin qingwen -- -C target-feature=+crt-static
binary=target/release/qingwen
if ldd "$binary" 2> /dev/null | grep -q '=>'; then
    echo "$binary is not static" >&2
    exit 1
fi

rm -rf "$dist"
install -Dm755 -s "$binary" "$dist/$name/qingwen"
cp README.md README.zh-CN.md CHANGELOG.md LICENSE-* "$dist/$name/"
mkdir "$dist/$name/completions"
"$binary" man > "$dist/$name/qingwen.1"
for shell in bash zsh fish; do
    "$binary" completions $shell > "$dist/$name/completions/qingwen.$shell"
done
tar -C "$dist" --owner=0 --group=0 --sort=name -czf "$dist/$name.tar.gz" "$name"

root=$dist/deb
install -Dm755 "$dist/$name/qingwen" "$root/usr/bin/qingwen"
install -Dm644 "$dist/$name/completions/qingwen.bash" "$root/usr/share/bash-completion/completions/qingwen"
install -Dm644 "$dist/$name/completions/qingwen.zsh" "$root/usr/share/zsh/vendor-completions/_qingwen"
install -Dm644 "$dist/$name/completions/qingwen.fish" "$root/usr/share/fish/vendor_completions.d/qingwen.fish"
install -Dm644 "$dist/$name/qingwen.1" "$root/usr/share/man/man1/qingwen.1"
gzip -9n "$root/usr/share/man/man1/qingwen.1"
install -Dm644 -t "$root/usr/share/doc/qingwen" README.md README.zh-CN.md
cat LICENSE-MIT LICENSE-APACHE > "$root/usr/share/doc/qingwen/copyright"
mkdir -p "$root/DEBIAN"
cat > "$root/DEBIAN/control" << CONTROL
Package: qingwen
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: The qingwen developers <qingwen@example.org>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Section: text
Priority: optional
Homepage: https://github.com/qingwen/qingwen
Description: turns messy Chinese documents into clean Markdown
 Reads docx, pdf and text in any Chinese encoding and writes clean UTF-8
 Markdown, one file or a million, and accounts for every change it makes.
CONTROL
dpkg-deb --root-owner-group --build "$root" "$dist/qingwen_${version}_$(dpkg --print-architecture).deb" > /dev/null
rm -r "$root"

# What was made is tried: the binary out of each package, without anything around it.
tried=$(mktemp -d)
trap 'rm -r "$tried"' EXIT
tar -C "$tried" -xzf "$dist/$name.tar.gz"
dpkg-deb -x "$dist"/*.deb "$tried/deb"
for made in "$tried/$name/qingwen" "$tried/deb/usr/bin/qingwen"; do
    echo '第一章  总则' | env -i "$made" - > "$tried/out.md"
    grep -q 第一章 "$tried/out.md"
    env -i "$made" testdata/sample -o "$tried/out" -q
done
printf '%12d  %s\n' "$(stat -c %s "$dist/$name/qingwen")" "the binary, static and stripped" \
    "$(stat -c %s "$dist/$name.tar.gz")" "$name.tar.gz" "$(stat -c %s "$dist"/*.deb)" "$(basename "$dist"/*.deb)"
