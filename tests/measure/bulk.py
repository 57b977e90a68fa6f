#!/usr/bin/env python3
"""What a run over many files costs: tests/measure/bulk.py [FILES] [REPEATS]

Makes FILES files (100,000 unless said otherwise) from testdata in a scratch folder, and prints

* the peak memory of the run's own process over 1,000, 10,000 and FILES files, in worker processes;
* files a second with one job and with two, in worker processes and in the run's own process: for each the least time of
  REPEATS rounds (3), wall and processor time, and the ratios that matter. The four take turns, so that a machine with
  other work to do is unfair to all of them alike; on a busy one, believe the processor times.

Needs a release build: cargo build --release."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QINGWEN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "qingwen"


def make(folder, count):
    """`count` files in folders of a thousand; texts differ, other documents are copies."""
    sources = [path for kind in ("docx", "pdf", "txt") for path in sorted((ROOT / "testdata").rglob(f"*.{kind}"))]
    sources = [(path.suffix, path.read_bytes()) for path in sources if "bad" not in str(path)]
    for number in range(count):
        suffix, content = sources[number % len(sources)]
        if number % 1000 == 0:
            place = folder / f"{number // 1000:04}"
            place.mkdir(parents=True)
        if suffix == ".txt" and len(content) < 1000:
            content += f"\n{number}\n".encode()
        (place / f"{number:06}{suffix}").write_bytes(content)


def run(folder, out, *args):
    """Wall seconds, processor seconds of it and its workers, and its own peak memory in bytes."""
    shutil.rmtree(out, ignore_errors=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen([QINGWEN, folder, "-o", out, "-q", *args], stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        try:
            for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peak = int(line.split()[1]) << 10
        except OSError:
            pass
        time.sleep(0.02)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, peak


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    scratch = Path(tempfile.mkdtemp(prefix="qingwen-bulk-"))
    try:
        make(scratch / "in", count)
        out = scratch / "out"
        for some in sorted({1000, 10_000, count}):
            if some <= count:
                part = scratch / f"in{some}"
                part.mkdir()
                for number in range(some // 1000):
                    (part / f"{number:04}").symlink_to(scratch / "in" / f"{number:04}")
                peak = run(part, out, "--follow", "--jobs", "2")[2]
                print(f"{some:>7} files: the run's own memory peaks at {peak / 1e6:.1f} MB", flush=True)
        kinds = {
            "1 job, in process": ["--jobs", "1", "--in-process"],
            "2 jobs, in process": ["--jobs", "2", "--in-process"],
            "1 job, isolated": ["--jobs", "1"],
            "2 jobs, isolated": ["--jobs", "2"],
        }
        least = {kind: (float("inf"), float("inf")) for kind in kinds}
        for _ in range(repeats):
            for kind, args in kinds.items():
                wall, cpu, _ = run(scratch / "in", out, *args)
                least[kind] = (min(least[kind][0], wall), min(least[kind][1], cpu))
        for kind, (wall, cpu) in least.items():
            print(f"{kind:>18}: {wall:7.2f} s, {count / wall:6.0f} files a second; {cpu:7.2f} s of processor time")
        (one, one_cpu), (two, two_cpu) = least["1 job, isolated"], least["2 jobs, isolated"]
        print(f"two jobs against one: {one / two:.2f} times the throughput")
        for jobs in ("1 job", "2 jobs"):
            here, apart = least[f"{jobs}, in process"], least[f"{jobs}, isolated"]
            print(f"isolation, {jobs}: {100 * (apart[0] / here[0] - 1):+.1f} % time, "
                  f"{100 * (apart[1] / here[1] - 1):+.1f} % processor time")
    finally:
        shutil.rmtree(scratch)


main()
