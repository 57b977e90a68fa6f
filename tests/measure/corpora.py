#!/usr/bin/env python3
"""Every file of the corpora through the command in one run: tests/measure/corpora.py [FOLDER]

FOLDER is $QINGWEN_SHARED/corpora or ../shared/corpora unless given. Every file is named, whatever it is called, so that
pictures, archives and sources are tried as well. Prints how many went which way, by format, what the failures say, and
fails where anything but a typed error came of a file: a crash, a panic, a timeout, too much memory. Needs a release
build: cargo build --release."""

import collections
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QINGWEN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "qingwen"


def main():
    shared = Path(os.environ.get("QINGWEN_SHARED", ROOT / "../shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "corpora"
    names = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.jsonl"
        command = [QINGWEN, "--files-from", "-", "-0", "-q", "-o", Path(scratch) / "out", "--report", report]
        done = subprocess.run(command, input="\0".join(names).encode(), stderr=subprocess.DEVNULL, check=False)
        rows = [json.loads(line) for line in report.read_text("utf-8").split("\n") if line]
    statuses = collections.Counter((row["status"], row["format"] or "-") for row in rows)
    causes = collections.Counter((row["status"], row["cause"]["kind"]) for row in rows if row["cause"])
    print(f"{len(names)} files named, {len(rows)} in the report (archives hold several), exit status {done.returncode}")
    for (status, format), count in sorted(statuses.items()):
        print(f"{count:6} {status:12} {format}")
    for (status, kind), count in sorted(causes.items()):
        print(f"{count:6} {status}: {kind}")
    bad = [row for row in rows if row["cause"] and row["cause"]["kind"] in ("panic", "crash", "memory", "timeout")]
    for row in bad:
        print(f"{row['path']}: {row['cause']['kind']}: {row['cause']['message']}")
    sys.exit(1 if bad or not rows else 0)


main()
