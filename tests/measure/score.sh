#!/usr/bin/env bash
# Converts the pairs (documents rendered by many producers from known Markdown) and the laws, and prints the mean
# scores, a line a producer. Needs Python 3 and, once, the network for three packages.
#
#   tests/measure/score.sh [PRODUCER…]        e.g. zh/docx-flat zh/pdf-office en/pdf-typst laws
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${QINGWEN_SHARED:-$root/../shared}
[ -d "$shared/pairs" ] || { echo "SKIPPED: no pairs in $shared"; exit 0; }
work=${TMPDIR:-/tmp}/qingwen-score
python=${PYTHON:-$work/venv/bin/python}
if ! "$python" -c 'import markdown_it, rapidfuzz, apted' 2>/dev/null; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install -q markdown-it-py rapidfuzz apted
    python=$work/venv/bin/python
fi
cargo build --release --quiet --manifest-path "$root/Cargo.toml" -p qingwen-cli
qingwen=$root/target/release/qingwen

score() { # name, gold folder, input folder
    rm -rf "$work/out/$1"
    mkdir -p "$work/out/$1"
    "$qingwen" "$3" -o "$work/out/$1" --quiet >/dev/null 2>&1 || echo "$1: some file failed"
    found=$(find "$work/out/$1" -maxdepth 2 -name '*.md' -printf '%h\n' | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
    "$python" "$shared/eval/score.py" "$2" "${found:-$work/out/$1}" | tail -n 1 | sed "s|MEAN of|$1, files:|"
}

pairs() { # language/producer
    score "$1" "$shared/pairs/gold/${1%%/*}" "$shared/pairs/$1"
}

laws() {
    rm -rf "$work/laws"
    "$python" "$shared/eval/law_pairs.py" "$work/laws" >/dev/null
    for kind in docx pdf; do
        score "laws-$kind" "$work/laws/$kind/gold" "$work/laws/$kind/in"
    done
}

if [ $# -eq 0 ]; then
    set -- $(cd "$shared/pairs" && ls -d zh/* en/*) laws
fi
for name in "$@"; do
    if [ "$name" = laws ]; then laws; else pairs "$name"; fi
done
