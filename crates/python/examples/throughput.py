"""What each door costs: the command, convert_many, Ray and Spark over the same files, two workers each.

    python throughput.py QINGWEN_COMMAND [--files 10000] [--doors command,threads,python,ray,spark]

Prints a table of wall and processor seconds, and ratios to the command. Every door runs in a process of its own, which
counts its start, and writes what it made. On a busy machine the processor seconds are the ones to look at.
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
DATA = HERE.parents[3] / "testdata"


def fill(folder, count):
    """Fills a folder with `count` files, none of them like another to the byte where the format lets that be."""
    sources = sorted(p for p in DATA.rglob("*") if p.suffix in (".docx", ".pdf", ".txt") and "bad" not in p.name)
    for number in range(count):
        source = sources[number % len(sources)]
        (folder / f"{number:06}-{source.name}").write_bytes(source.read_bytes())


def python(source, target):
    import qingwen

    with open(target, "w", encoding="utf-8") as out:
        for done in qingwen.convert_many(sorted(source.iterdir()), workers=2):
            row = {"path": str(done.path), "status": done.status, "markdown": done.markdown}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


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


DOORS = {"python": python, "ray": ray, "spark": spark}


def measure(command):
    """Wall and processor seconds of a command and of what it starts and waits for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Workers import the function that they are sent.
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    # 1: some file has no Markdown, as it should be.
    if done.returncode not in (0, 1) or (done.returncode and command[0] == sys.executable):
        sys.exit(f"{command}: {done.stderr}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--doors", default="command,threads,python,ray,spark")
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "in")
        source.mkdir()
        fill(source, args.files)
        best = {}
        for _ in range(args.rounds):
            for door in args.doors.split(","):
                target = Path(scratch, f"out-{door}")
                shutil.rmtree(target, ignore_errors=True)
                ours = [args.command, "-q", "-j", "2", str(source), "--jsonl", str(target)]
                commands = {"command": ours, "threads": [*ours, "--in-process"]}
                command = commands.get(door) or [sys.executable, str(HERE), "--door", door, str(source), str(target)]
                best[door] = min(measure(command), best.get(door, (9e9, 9e9)), key=lambda times: times[1])
        print(f"{args.files} files, two workers\n\n| door | wall s | processor s | ratio of processor s |\n|---|---|---|---|")
        base = next(iter(best.values()))[1]
        for door, (wall, cpu) in best.items():
            print(f"| {door} | {wall:.1f} | {cpu:.1f} | {cpu / base:.2f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--door"]:
        DOORS[sys.argv[2]](Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
