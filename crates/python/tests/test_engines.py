"""Ray and Spark on clusters of their own on this machine, each losing a worker on the way. Run with: pytest -m heavy"""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import engines
import pytest
import qingwen

pytestmark = pytest.mark.heavy

DATA = Path(__file__).resolve().parents[3] / "testdata"
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


def same(target, wanted):
    expected = [{**row, "counts": sorted(dict(row["counts"]).items())} for row in wanted]
    found = engines.rows(target)
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


@pytest.mark.parametrize(
    "engine, words, least",
    [
        ("ray", ["ray::MapBatches"], 1),
        ("spark", ["pyspark.daemon"], 2),  # the daemon, and a worker that it forked
    ],
)
def test_an_engine_with_a_worker_killed(folder, wanted, tmp_path, engine, words, least):
    killer = Killer(words, least)
    killer.start()
    getattr(engines, engine)(folder, tmp_path / "out")
    killer.join(1)
    assert killer.killed, "no worker was seen: nothing was tested"
    same(tmp_path / "out", wanted)
