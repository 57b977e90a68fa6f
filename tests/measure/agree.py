#!/usr/bin/env python3
"""The characters qingwen reads of CJK files beside those of pdftotext, file by file.

    agree.py [--all] [--only TEXT] [FOLDER…]      by default the files of pdf.js, pdfium and pdfminer in ../shared/corpora/pdf_zh

Agreement is F1 over bags of characters as `robust.py` makes them (NFKC, without blanks, controls, private use and
U+FFFD), once with pdftotext, and once with whichever of pdftotext, mutool and pdfium comes nearest. Printed is a table
of the files below 0.99 with pdftotext (--all: of all), each with some of the characters that only one of the two has
and the word of explanation that `explained.md` beside this script gives it; the exit code is 1 where a file has none. pdftotext needs the package poppler-data: without it, it reads no CMap of Adobe's.
"""
import multiprocessing, pathlib, subprocess, sys

import robust

BAR = 0.99
SOURCES = ("mozilla+pdf.js", "chromium+pdfium", "pdfminer+pdfminer.six")


def some(bag):
    return "".join(sorted(bag.elements()))[:24]


def main():
    args = sys.argv[1:]
    only = args[args.index("--only") + 1] if "--only" in args else ""
    folders = [pathlib.Path(a) for a in args if not a.startswith("--") and a != only]
    folders = folders or [robust.SHARED / "corpora/pdf_zh" / source for source in SOURCES]
    files = sorted(file for folder in folders for file in folder.rglob("*.pdf") if only in str(file))
    if not files:
        sys.exit(f"no pdf in {', '.join(map(str, folders))}")
    subprocess.run(["cargo", "build", "-q", "-p", "qingwen-pdf", "--example", "lines"], cwd=robust.ROOT, check=True)
    with multiprocessing.Pool(2) as pool:
        measured = pool.map(robust.measure, files, chunksize=4)
    words, below, silent = robust.explained(), 0, []
    print("pdftotext\tnearest\tours\tits\tfile\tonly pdftotext has\tonly we have\twhy")
    for file, texts, *_ in measured:
        ours, its = texts["qingwen"], texts["pdftotext"]
        agreement = robust.f1(ours, its) if ours or its else 1.0
        nearest = max((robust.f1(ours, texts[peer]), peer) for peer in robust.PEERS)
        nearest = f"{nearest[0]:.4f} {nearest[1]}" if ours else "-"
        poor = agreement < BAR
        below += poor
        if poor and file.name not in words:
            silent.append(file.name)
        if poor or "--all" in args:
            why = words.get(file.name, ("", "not explained"))[1] if poor else ""
            row = (f"{agreement:.4f}", nearest, ours.total(), its.total(), file.name, some(its - ours), some(ours - its), why)
            print(*row, sep="\t")
    print(f"{len(files)} files, {len(files) - below} agree with pdftotext at {BAR} or more; {below} do not, {below - len(silent)} of them explained")
    sys.exit(1 if silent else 0)


if __name__ == "__main__":
    main()
