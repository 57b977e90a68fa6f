#!/usr/bin/env python3
"""Compare the numbers qingwen prints before paragraphs with those LibreOffice prints in its plain-text export.

    numbering.py [FOLDER|FILE…]      by default corpora/docx_zh and pairs/zh/docx-auto of ../shared, and testdata/docx

Paragraphs are laid side by side by their text. A line is printed for every paragraph before which the two print
something different, and in the end how many agree. Signs count as equal whatever they look like. Needs soffice.
numbering.md says why they differ.
"""
import os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT / "../shared"))
ENDINGS = {".docx", ".docm", ".dotx"}


def files(places):
    for place in map(pathlib.Path, places):
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (file for file in found if file.suffix.lower() in ENDINGS and not file.name.startswith("bad-"))


def office(paths, folder):
    """What LibreOffice makes of each file: lines without white space, and whether they are indented."""
    source, out = folder / "in", folder / "out"
    source.mkdir(), out.mkdir()
    copies = []
    for index, path in enumerate(paths):
        copy = source / f"{index}{path.suffix}"
        copy.write_bytes(path.read_bytes())
        copies.append(copy)
    for start in range(0, len(copies), 25):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text",
                        "--outdir", out, *copies[start:start + 25]], capture_output=True, timeout=900)
    for index in range(len(paths)):
        text = out / f"{index}.txt"
        yield text.read_text("utf-8-sig") if text.exists() else None


def bare(text): return re.sub(r"[\s\u3000\ufffc\u200b]+", "", text)


def compare(name, ours, theirs):
    lines = [bare(line) for line in theirs.splitlines()]
    agree = differ = unaligned = plain = at = 0
    for line in ours:
        label, _, text = line.partition("\t")
        label, text = bare(label), bare(text)
        if not text: continue
        found = next((k for k in range(at, min(at + 400, len(lines)))
                      if lines[k].endswith(text) and len(lines[k]) - len(text) <= 24), None)
        if found is None:
            unaligned += 1
            continue
        at = found + 1
        number = lines[found][: len(lines[found]) - len(text)]
        sign = label == "•" and number and not re.search(r"\w", number)
        if number == label or sign:
            agree, plain = agree + bool(label), plain + (not label)
        else:
            differ += 1
            print(f"{name}: “{label}” here, “{number}” there: {text[:40]}")
    return agree, plain, differ, unaligned


def main():
    paths = list(files(sys.argv[1:] or [SHARED / "corpora/docx_zh", SHARED / "pairs/zh/docx-auto", ROOT / "testdata/docx"]))
    if not paths: sys.exit("no docx found")
    out = subprocess.run(["cargo", "run", "-q", "-p", "qingwen-docx", "--example", "labels", "--", *paths],
                         cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ours = {}
    for line in out.splitlines():
        if line.startswith("= "): current = ours.setdefault(line[2:], [])
        else: current.append(line)
    total = [0, 0, 0, 0]
    with tempfile.TemporaryDirectory() as folder:
        for path, theirs in zip(paths, office(paths, pathlib.Path(folder))):
            if theirs is None or str(path) not in ours:
                print(f"{path}: {'LibreOffice' if theirs is None else 'qingwen'} does not open it")
                continue
            counts = compare(path.name, ours[str(path)], theirs)
            total = [a + b for a, b in zip(total, counts)]
    agree, plain, differ, unaligned = total
    print(f"{len(paths)} files: {agree} numbers or signs agree, {differ} differ; {plain} paragraphs have none on both sides, "
          f"{unaligned} could not be laid side by side")


main()
