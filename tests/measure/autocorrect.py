#!/usr/bin/env python3
"""Time autocorrect beside qingwen on the same bytes, in one run.

    autocorrect.py            needs the package autocorrect_py

The benchmark of qingwen writes its texts to a folder and says how fast it cleans them, and so with the seeds of the
shared data where they are, each sixty times in a row; then autocorrect formats the same files in this process, and the
least of five calls counts. autocorrect spaces and replaces characters; it
joins no lines, finds no headings and keeps no ledger.
"""
import os, pathlib, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT.parent / "shared")) / "seeds"

try:
    import autocorrect_py
except ImportError:
    sys.exit("autocorrect_py is not installed")

with tempfile.TemporaryDirectory() as folder:
    bench = ["cargo", "bench", "-p", "qingwen", "--no-default-features", "--bench", "clean", "--", "--texts", folder]
    bench += ["--of", SEEDS] if SEEDS.is_dir() else []
    told = subprocess.run(bench, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    print(told, end="")
    ours = {line.split(",")[0]: float(line.split(": ")[1].split(" ")[0]) for line in told.splitlines() if ", text:" in line}
    for name, speed in ours.items():
        text = (pathlib.Path(folder) / f"{name}.txt").read_text(encoding="utf-8")

        def once():
            start = time.thread_time()
            autocorrect_py.format(text)
            return time.thread_time() - start

        theirs = len(text.encode()) / 1e6 / min(once() for _ in range(5))
        print(f"{name}, autocorrect: {theirs:.0f} MB/s; qingwen's text is {speed / theirs:.1f} times as fast")
