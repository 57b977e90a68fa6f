"""A folder of documents to Parquet with Spark: spark-submit spark_folder.py IN_DIR OUT_DIR"""

import sys

import qingwen
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def convert(batches):
    """What mapInArrow calls with the batches of a partition."""
    for batch in batches:
        yield qingwen.convert_batch(batch)


def run(spark: SparkSession, source: str, target: str, partitions: int = 8) -> None:
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(source)
    rows = files.select("path", "content").repartition(partitions)
    rows.mapInArrow(convert, from_arrow_schema(qingwen.schema())).write.parquet(target)


if __name__ == "__main__":
    run(SparkSession.builder.getOrCreate(), *sys.argv[1:3])
