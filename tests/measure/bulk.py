#!/usr/bin/env python3
"""What a run over many files costs: tests/measure/bulk.py [FILES] [REPEATS]

Makes FILES files (100,000 unless said otherwise) from testdata in a scratch folder, and prints

* the peak memory of the run's own process over 1,000, 10,000 and FILES files, in worker processes;
* files a second on one core with one job, on all cores with one job, and on two cores with two jobs, in worker processes
  and in the run's own process: for each the least time of REPEATS rounds (3), wall and processor time, and the ratios
  that matter; where REPEATS is 0, nothing of this. They take turns, so that a machine with other work to do is unfair to
  all of them alike; on a busy one, believe the processor times.
* what two cores give at best here: one run over all files on one core, against two runs over half of them each, one on
  each core, that have nothing to do with each other.

Outputs are removed some time before the next run: ext4 searches past the inodes that were freed in the last five seconds,
which costs a run more than anything else it does.

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


def start(folder, out, cores, *args):
    """A run that may use some cores only."""
    pin = lambda: os.sched_setaffinity(0, cores)
    return subprocess.Popen([QINGWEN, folder, "-o", out, "-q", *args], stderr=subprocess.DEVNULL, preexec_fn=pin)


def rest(*folders):
    """Removes outputs, and waits until nothing of them is in the way."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    os.sync()
    time.sleep(6)


def peak(folder, out):
    """The peak memory of a run's own process, in bytes."""
    process, peak = start(folder, out, CORES, "--follow", "--jobs", "2"), 0
    while process.poll() is None:
        try:
            for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peak = int(line.split()[1]) << 10
        except OSError:
            pass
        time.sleep(0.02)
    return peak


def timed(starts):
    """Wall seconds until the last of some runs is over, and processor seconds of them and their workers."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for process in [start(*each) for each in starts]:
        process.wait()
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


CORES = sorted(os.sched_getaffinity(0))
ONE, TWO = CORES[:1], CORES[:2]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    scratch = Path(tempfile.mkdtemp(prefix="qingwen-bulk-"))
    try:
        make(scratch / "in", count)
        out, files = scratch / "out", scratch / "in"

        def some(name, folders):
            """A folder of links to some of the folders of files."""
            (scratch / name).mkdir()
            for number in folders:
                (scratch / name / f"{number:04}").symlink_to(files / f"{number:04}")
            return scratch / name

        for number in sorted({1000, 10_000, count}):
            if number <= count:
                rest(out)
                bytes = peak(some(f"in{number}", range(number // 1000)), out)
                print(f"{number:>7} files: the run's own memory peaks at {bytes / 1e6:.1f} MB", flush=True)
        if not repeats:
            return
        kinds = {}
        for place, cores, jobs in (("1 core", ONE, "1"), ("1 job", CORES, "1"), ("2 cores", TWO, "2")):
            kinds[f"{place}, in process"] = [(files, out, cores, "--jobs", jobs, "--in-process")]
            kinds[f"{place}, isolated"] = [(files, out, cores, "--jobs", jobs)]
        halves = [some(f"half{half}", range(half, (count + 999) // 1000, 2)) for half in (0, 1)]
        kinds["two runs apart"] = [
            (half, scratch / f"out{core}", [core], "--jobs", "1", "--in-process", "--follow")
            for half, core in zip(halves, TWO)
        ]
        least = {kind: (float("inf"), float("inf")) for kind in kinds}
        for _ in range(repeats):
            for kind, starts in kinds.items():
                rest(*(each[1] for each in starts))
                least[kind] = tuple(map(min, least[kind], timed(starts)))
            rest(*(each[1] for each in starts))
        for kind, (wall, cpu) in least.items():
            print(f"{kind:>19}: {wall:7.2f} s, {count / wall:6.0f} files a second; {cpu:7.2f} s of processor time")
        for how in ("in process", "isolated"):
            ratio = least[f"1 core, {how}"][0] / least[f"2 cores, {how}"][0]
            print(f"two cores against one, {how}: {ratio:.2f} times the throughput")
        ratio = least["1 core, in process"][0] / least["two runs apart"][0]
        print(f"two cores against one, runs that have nothing to do with each other: {ratio:.2f}")
        for place in ("1 core", "1 job", "2 cores"):
            here, apart = least[f"{place}, in process"], least[f"{place}, isolated"]
            print(f"isolation, {place}: {100 * (apart[0] / here[0] - 1):+.1f} % time, "
                  f"{100 * (apart[1] / here[1] - 1):+.1f} % processor time")
    finally:
        shutil.rmtree(scratch)


main()
