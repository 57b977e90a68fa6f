"""Ray and Spark on clusters of their own on this machine, each losing a worker on the way. Run with: pytest -m heavy"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
import qingwen

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "testdata"
EXAMPLES = str(ROOT / "crates" / "python" / "examples")
sys.path.insert(0, EXAMPLES)
os.environ["PYTHONPATH"] = EXAMPLES  # for workers: they import the function they are sent
COPIES = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All test documents, many times."""
    folder = tmp_path_factory.mktemp("in")
    for path in DATA.rglob("*"):
        if path.suffix in (".docx", ".pdf", ".txt"):
            for copy in range(COPIES):
                (folder / f"{path.parent.name}-{copy}-{path.name}").write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def wanted(folder):
    """The rows of one machine, by name."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    paths = sorted(folder.iterdir())
    assert len(paths) > 500
    batch = pa.record_batch({
        "path": pa.array([p.name for p in paths]),
        "content": pa.array([p.read_bytes() for p in paths]),
    })
    return qingwen.convert_batch(batch).to_pylist()


def rows(target):
    """The rows that an engine wrote, each path as its last part, in the order of names."""
    import pyarrow.parquet as pq

    found = [row for file in sorted(Path(target).rglob("*.parquet")) for row in pq.ParquetFile(file).read().to_pylist()]
    for row in found:
        row["path"] = unquote(urlparse(row["path"]).path).rsplit("/", 1)[-1]
        row["counts"] = sorted(dict(row["counts"]).items())
    return sorted(found, key=lambda row: row["path"])


def same(target, wanted):
    expected = [{**row, "counts": sorted(dict(row["counts"]).items())} for row in wanted]
    found = rows(target)
    assert [row["path"] for row in found] == [row["path"] for row in expected]
    for row, other in zip(found, expected):
        assert row == other, row["path"]


def processes(words):
    """The processes below this one whose command line has a word."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 2) for line in listing.splitlines()[1:]]
    ours, grown = {str(os.getpid())}, True
    while grown:
        more = {pid for pid, parent, *_ in lines if parent in ours} | ours
        ours, grown = more, len(more) > len(ours)
    return [int(pid) for pid, _, args in lines if pid in ours and any(word in args for word in words)]


class Killer(threading.Thread):
    """Kills the newest of the processes with one of some words in their command line, once there are `least` of them."""

    def __init__(self, words, least):
        super().__init__(daemon=True)
        self.words, self.least, self.killed = words, least, None

    def run(self):
        until = time.time() + 240
        while time.time() < until and self.killed is None:
            time.sleep(0.02)
            found = processes(self.words)
            if len(found) >= self.least:
                self.killed = max(found)
                os.kill(self.killed, signal.SIGKILL)


def test_ray_with_a_worker_killed(folder, wanted, tmp_path):
    ray = pytest.importorskip("ray", reason="ray is not installed: pip install 'ray[data]'")
    import ray_folder

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    try:
        killer = Killer(["ray::MapBatches"], 1)
        killer.start()
        ray_folder.run(str(folder), str(tmp_path / "out"), workers=2, batch_size=32)
        killer.join(1)
        assert killer.killed, "no worker was seen: nothing was tested"
    finally:
        ray.shutdown()
    same(tmp_path / "out", wanted)


def test_spark_with_a_worker_killed(folder, wanted, tmp_path):
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install pyspark")
    from pyspark.sql import SparkSession
    import spark_folder

    # local[2,4]: two workers, and up to four attempts of each task.
    spark = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", False)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 32)
        .config("spark.pyspark.python", sys.executable)
        .config("spark.pyspark.driver.python", sys.executable)
        .config("spark.python.use.daemon", True)
        .getOrCreate()
    )
    try:
        killer = Killer(["pyspark.daemon"], 2)  # the daemon, and a worker it forked
        killer.start()
        spark_folder.run(spark, str(folder), str(tmp_path / "out"))
        killer.join(1)
        assert killer.killed, "no worker was seen: nothing was tested"
    finally:
        spark.stop()
    # Spark passes over empty files: its readers of files never see them.
    same(tmp_path / "out", [row for row in wanted if row["bytes"]])
