"""Ray and Spark on clusters of their own on this machine, for the tests that need one."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

EXAMPLES = str(Path(__file__).resolve().parents[1] / "examples")
sys.path.insert(0, EXAMPLES)
os.environ["PYTHONPATH"] = EXAMPLES  # for workers: they import the function that they are sent
os.environ["PYSPARK_PYTHON"] = sys.executable  # and what runs here


def ray(source, target, batch_size=32):
    """Runs the example for Ray over a folder, with two workers."""
    ray = pytest.importorskip("ray", reason="ray is not installed: pip install 'ray[data]'")
    import ray_folder

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    try:
        ray_folder.run(str(source), str(target), workers=2, batch_size=batch_size)
    finally:
        ray.shutdown()


def spark(source, target, batch_size=32):
    """Runs the example for Spark over a folder, with two workers and up to four attempts of each task."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install pyspark, and Java 17")
    from pyspark.sql import SparkSession
    import spark_folder

    session = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", False)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", batch_size)
        .getOrCreate()
    )
    try:
        spark_folder.run(session, str(source), str(target))
    finally:
        session.stop()


def rows(target):
    """The rows that an engine wrote, each path as its last part, in the order of names."""
    import pyarrow.parquet as pq

    files = sorted(Path(target).rglob("*.parquet"))
    found = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    for row in found:
        row["path"] = unquote(urlparse(row["path"]).path).rsplit("/", 1)[-1]
        row["counts"] = sorted(dict(row["counts"]).items())
    return sorted(found, key=lambda row: row["path"])
