"""What each door costs: the command, its threads, Python, Ray and Spark over the same files; and what Python adds to Rust.

    cargo build --release -p qingwen-cli -p qingwen --bin qingwen --example convert_dir
    pip install . pyarrow 'ray[data]' pyspark
    python tests/measure/doors.py [--files 10000] [--rounds 1] [--target target/release] [--doors command,threads,...]

Prints two tables of wall and processor seconds, each against its first row; all rows are of one run. In the first, every
door has two workers and gives one file: JSON lines, or Parquet with the same columns. In the second, one thread writes a
Markdown file for each document, from Rust (`examples/convert_dir.rs`) and from Python. Every door runs in a process of
its own, whose start is counted. On a busy machine the processor seconds are the ones to look at.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
EXAMPLES = ROOT / "crates" / "python" / "examples"
TABLES = {
    "two workers, one file for all": ["command", "threads", "python", "ray", "spark"],
    "one thread, a file for each": ["rust", "python-one"],
}
# Most of their work is done in processes that are not theirs to wait for, so nobody tells what it took.
CLUSTERS = {"ray", "spark"}


def fill(folder, count):
    """Fills a folder with `count` documents of testdata that are not broken, over and over."""
    paths = (ROOT / "testdata").rglob("*")
    sources = [p for p in sorted(paths) if p.suffix in (".docx", ".pdf", ".txt") and "bad" not in str(p.relative_to(ROOT))]
    for number in range(count):
        source = sources[number % len(sources)]
        shutil.copyfile(source, folder / f"{number:06}-{source.name}")


def python(source, target):
    import qingwen

    with open(target, "w", encoding="utf-8") as out:
        paths = sorted(entry.path for entry in os.scandir(source))
        for path, done in zip(paths, qingwen.convert_many(paths, workers=2)):
            row = {"path": path, "status": done.status, "markdown": done.markdown}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def python_one(source, target):
    import qingwen

    target.mkdir()
    for entry in os.scandir(source):
        try:
            markdown = qingwen.convert(entry.path).markdown
        except qingwen.QingwenError:
            continue
        with open(f"{target}/{entry.name}.md", "wb") as out:
            out.write(markdown.encode())


def ray(source, target):
    import ray
    import ray_folder

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=400 << 20)
    ray_folder.run(str(source), str(target), workers=2, batch_size=128)
    ray.shutdown()


def spark(source, target):
    import spark_folder
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False)
    session = session.config("spark.sql.execution.arrow.maxRecordsPerBatch", 128).getOrCreate()
    spark_folder.run(session, str(source), str(target))
    session.stop()


DOORS = {"python": python, "python-one": python_one, "ray": ray, "spark": spark}


def command(door, programs, source, target):
    """The command line of a door."""
    ours = [programs / "qingwen", "-q", "-j", "2", source, "--jsonl", target]
    rust = {
        "command": ours,
        "threads": [*ours, "--in-process"],
        "rust": [programs / "examples" / "convert_dir", source, target],
    }
    return [str(part) for part in rust.get(door) or [sys.executable, HERE, "--door", door, source, target]]


def measure(line):
    """Wall and processor seconds of a command and of what it starts and waits for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Workers import the function that they are sent.
    env = {**os.environ, "PYTHONPATH": str(EXAMPLES), "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    # 1: some file has no Markdown, as it should be. 3: some page is a picture.
    if done.returncode not in (0, 1, 3) or (done.returncode and line[0] == sys.executable):
        sys.exit(f"{line}: {done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--target", type=Path, default=ROOT / "target" / "release")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--doors", default=",".join(door for doors in TABLES.values() for door in doors))
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "in")
        source.mkdir()
        fill(source, args.files)
        best = {}
        for _ in range(args.rounds):
            for door in args.doors.split(","):
                target = Path(scratch, "out")
                times = measure(command(door, args.target.resolve(), source, target))
                best[door] = min(times, best.get(door, (9e9, 9e9)), key=lambda times: times[1])
                shutil.rmtree(target, ignore_errors=True)
                target.unlink(missing_ok=True)
    for title, doors in TABLES.items():
        rows = {door: best[door] for door in doors if door in best}
        if not rows:
            continue
        print(f"\n{args.files} documents, {title}; load {os.getloadavg()[0]:.1f}\n")
        print("| door | wall s | ratio | processor s | ratio |\n|---|---|---|---|---|")
        base = next(iter(rows.values()))
        for door, (wall, cpu) in rows.items():
            processor = "| | |" if door in CLUSTERS else f"| {cpu:.1f} | {cpu / base[1]:.2f} |"
            print(f"| {door} | {wall:.1f} | {wall / base[0]:.2f} {processor}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--door"]:
        DOORS[sys.argv[2]](Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
