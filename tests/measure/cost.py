#!/usr/bin/env python3
"""Count what converting docx costs in instructions, against the bare cost of inflating and tokenising the same parts.

    cost.py [FOLDER…]      by default corpora/docx_zh and the three docx folders of pairs/zh, of ../shared

Prints, for each folder and for all, the ratio of reading, of converting without cleaning and of converting to bare.
Needs valgrind. What every mode spends on starting and on reading files is taken off first.
"""
import os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT / "../shared"))
FOLDERS = ["corpora/docx_zh", "pairs/zh/docx-styled", "pairs/zh/docx-flat", "pairs/zh/docx-auto"]
MODES = ["load", "bare", "read", "off", "on"]


def count(mode, files):
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", ROOT / "target/release/docx-cost", mode, "-"],
                             input="\n".join(map(str, files)), capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    return int(found[1]) if found else sys.exit(run.stderr)


def main():
    folders = [pathlib.Path(place) for place in sys.argv[1:]] or [SHARED / place for place in FOLDERS]
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "qingwen-tests", "--bin", "docx-cost"], cwd=ROOT, check=True)
    total = dict.fromkeys(MODES, 0)
    for folder in folders:
        files = sorted(folder.rglob("*.docx"))
        if not files: sys.exit(f"no docx in {folder}")
        counts = {mode: count(mode, files) for mode in MODES}
        for mode in MODES: total[mode] += counts[mode]
        show(f"{folder.parent.name}/{folder.name}, {len(files)} files", counts)
    show("all", total)


def show(name, counts):
    bare = counts["bare"] - counts["load"]
    ratios = ", ".join(f"{mode} {(counts[mode] - counts['load']) / bare:.2f}" for mode in MODES[2:])
    print(f"{name}: bare {bare / 1e6:.1f} M instructions; times that: {ratios}", flush=True)


main()
