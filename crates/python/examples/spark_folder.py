"""A folder of documents to Parquet with Spark: spark-submit spark_folder.py IN_DIR OUT_DIR"""

import sys

import qingwen
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def convert(batches):
    """What mapInArrow calls with the batches of a partition."""
    for batch in batches:
        yield qingwen.convert_batch(batch)


def empty_files(spark: SparkSession, source: str):
    """The paths of empty files: Spark's readers pass over them, and every file shall have its row."""
    path = spark._jvm.org.apache.hadoop.fs.Path(source)
    found = path.getFileSystem(spark._jsc.hadoopConfiguration()).listFiles(path, True)
    while found.hasNext():
        status = found.next()
        if status.getLen() == 0 and not status.getPath().getName().startswith((".", "_")):
            yield status.getPath().toString()


def run(spark: SparkSession, source: str, target: str, partitions: int = 8) -> None:
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(source).select("path", "content")
    empty = spark.createDataFrame([(path, b"") for path in empty_files(spark, source)], files.schema)
    rows = files.union(empty).repartition(partitions)
    rows.mapInArrow(convert, from_arrow_schema(qingwen.schema())).write.parquet(target)


if __name__ == "__main__":
    run(SparkSession.builder.getOrCreate(), *sys.argv[1:3])
