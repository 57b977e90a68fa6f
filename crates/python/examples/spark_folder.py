"""A folder of documents to Parquet with Spark: spark-submit spark_folder.py IN_DIR OUT_DIR"""

import sys
from urllib.parse import unquote

import qingwen
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def convert(batches):
    """What mapInArrow calls with the batches of a partition."""
    for batch in batches:
        yield qingwen.convert_batch(batch)


def run(spark: SparkSession, source: str, target: str, partitions: int = 8) -> None:
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(source).select("path", "content")
    # Spark lists empty files but never reads them, and every file shall have its row. It lists URIs and reads paths.
    listed = (unquote(uri).replace("file:///", "file:/", 1) for uri in files.inputFiles())
    read = {row.path for row in files.select("path").collect()}
    empty = spark.createDataFrame([(path, b"") for path in listed if path not in read], files.schema)
    rows = files.union(empty).repartition(partitions)
    rows.mapInArrow(convert, from_arrow_schema(qingwen.schema())).write.parquet(target)


if __name__ == "__main__":
    run(SparkSession.builder.getOrCreate(), *sys.argv[1:3])
