#!/usr/bin/env python3
"""Inverse typesetting: sets known Markdown as lines of a page, has qingwen make Markdown of them again, and prints how
many blocks came back whole, a line a setting.

    typeset.py [--binary PATH] [--set seeds|pairs|laws] [--misses N] [SETTING…]

A setting is WIDTH and letters: 56 alone is indented, with page numbers; `f` flush, `n` without pages, `h` with a running
header: `56fh`. Behind a flush setting stand the places where the page says nothing: a full line that ends a sentence, and
an unnumbered line below; so many go on and so many end there. The typesetting itself is that of `eval/damage.py` of the shared data; so are the texts. A block is whole
where its letters, digits and ideographs are those of one block of the gold: punctuation and the width of digits are other
tests' business. Tables are not set. The last line of a set takes all its settings together, the very last all sets. Without --binary, `target/debug/qingwen` is built and used.
"""
import argparse, difflib, importlib.util, os, pathlib, re, subprocess, sys, tempfile, unicodedata

root = pathlib.Path(__file__).resolve().parents[2]
shared = pathlib.Path(os.environ.get("QINGWEN_SHARED", root.parent / "shared"))
SETTINGS = "56 56f 56n 56fn 56h 56fh 20 28 36 40 48 60 80 20f 28f 36f 40f 48f 60f 80f".split()
HEADER = "内部资料 注意保存"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(kind):
    """Name, the Markdown to set, the Markdown to get back."""
    plain = lambda md: "\n\n".join(b for b in re.split(r"\n{2,}", md.strip()) if "\n" not in b and "|" not in b)
    read = lambda path: plain(path.read_text("utf-8"))
    if kind == "seeds":
        return [(p.name, read(p), read(shared / "gold/default" / p.name)) for p in sorted((shared / "gold/faithful").glob("*.md"))]
    if kind == "pairs":
        return [(p.name, read(p), read(p)) for p in sorted((shared / "pairs/gold/zh").glob("*.md"))]
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, shared / "eval/law_pairs.py", out], stdout=subprocess.DEVNULL, check=True)
        return [(p.name, read(p), read(p)) for p in sorted(pathlib.Path(out, "docx/gold").glob("*.md"))]


def keys(md):
    """The blocks of a Markdown text, each as its letters, digits and ideographs."""
    found = ("".join(c for c in block if c.isalnum()) for block in re.split(r"\n{2,}", unicodedata.normalize("NFKC", md)))
    return [key for key in found if key]


NUMBERED = re.compile(r"[“\"]?(第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")


def silent(md, width, damage):
    """How often a full line ends a sentence and nothing shows whether its paragraph does, too: goes on, ends."""
    lines = []
    for block in md.strip().split("\n\n"):
        own = damage.wrap(re.sub(r"^#+ ", "", block), False, width)
        lines += [(line, at == len(own) - 1) for at, line in enumerate(own)]
    found = [0, 0]
    for (line, last), (below, _) in zip(lines, lines[1:]):
        first = re.match(r"[0-9A-Za-z.%+]+|.", below)
        full = first and width - damage.cells(line) < damage.cells(first.group())
        if full and re.search(r"[。！？][”’）]*$", line) and not NUMBERED.match(below):
            found[last] += 1
    return found


def score(golds, outs, misses, setting):
    all_blocks = whole = beyond = 0
    for name, gold in golds.items():
        a, b = keys(gold), keys(outs[name])
        same = sum(m.size for m in difflib.SequenceMatcher(None, a, b, False).get_matching_blocks())
        all_blocks, whole, beyond = all_blocks + len(a), whole + same, beyond + len(b) - same
        if misses:
            for tag, i, j, k, l in difflib.SequenceMatcher(None, a, b, False).get_opcodes():
                if tag != "equal" and misses[0] > 0:
                    misses[0] -= 1
                    show = lambda blocks: " ¶ ".join(x if len(x) < 60 else x[:28] + "…" + x[-28:] for x in blocks[:4])
                    print(f"  {setting} {name}\n    gold {show(a[i:j])}\n    got  {show(b[k:l])}")
    return all_blocks, whole, beyond


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--binary"); a.add_argument("--set", action="append"); a.add_argument("--misses", type=int, default=0)
    a.add_argument("settings", nargs="*")
    o = a.parse_args()
    if not (shared / "eval/damage.py").exists():
        return print(f"SKIPPED: no eval/damage.py in {shared}")
    if not o.binary:
        subprocess.run(["cargo", "build", "--quiet", "-p", "qingwen-cli"], cwd=root, check=True)
    binary = o.binary or root / "target/debug/qingwen"
    page, misses = load(shared / "eval/damage.py"), [o.misses] if o.misses else None
    grand = [0, 0, 0]
    for kind in o.set or ["seeds", "pairs", "laws"]:
        pairs = texts(kind)
        total = [0, 0, 0]
        for setting in o.settings or SETTINGS:
            width, letters = re.fullmatch(r"(\d+)([fnh]*)", setting).groups()
            with tempfile.TemporaryDirectory() as folder:
                source, out = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
                source.mkdir(), out.mkdir()
                for name, md, _ in pairs:
                    dirty = page.damage(md, "f" not in letters, "n" not in letters, HEADER if "h" in letters else None, int(width))
                    (source / (name + ".txt")).write_text(dirty + "\n", "utf-8")
                run = subprocess.run([binary, source, "-o", out, "--quiet"], capture_output=True, text=True)
                outs = {p.name[: -len(".txt.md")]: p.read_text("utf-8") for p in out.rglob("*.txt.md")}
                if len(outs) != len(pairs):
                    sys.exit(f"{len(pairs) - len(outs)} files gave nothing\n{run.stderr}")
            blocks, whole, beyond = score({name: gold for name, _, gold in pairs}, outs, misses, setting)
            total = [x + y for x, y in zip(total, (blocks, whole, beyond))]
            line = f"{kind:6} {setting:5} {whole / blocks:.4f}  {whole} of {blocks} blocks, {beyond} others"
            if "f" in letters:
                goes, ends = map(sum, zip(*(silent(md, int(width), page) for _, md, _ in pairs)))
                line += f"; silent {goes + ends}: {goes} go on, {ends} end"
            print(line, flush=True)
        print(f"{kind:6} all   {total[1] / total[0]:.4f}  {total[1]} of {total[0]} blocks, {total[2]} others", flush=True)
        grand = [x + y for x, y in zip(grand, total)]
    print(f"all    all   {grand[1] / grand[0]:.4f}  {grand[1]} of {grand[0]} blocks, {grand[2]} others")


main()
