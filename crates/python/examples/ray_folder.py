"""A folder of documents to Parquet with Ray Data: python ray_folder.py IN_DIR OUT_DIR"""

import sys

import pyarrow as pa
import qingwen
import ray


def convert(table: pa.Table, **options) -> pa.Table:
    """What `read_binary_files` calls its bytes is what qingwen calls content."""
    return qingwen.convert_batch(table.rename_columns({"bytes": "content"}), **options)


def run(source: str, target: str, workers: int = 2, batch_size: int = 64, **options) -> None:
    files = ray.data.read_binary_files(source, include_paths=True)
    rows = files.map_batches(
        convert, batch_format="pyarrow", batch_size=batch_size, concurrency=workers, fn_kwargs=options
    )
    rows.write_parquet(target)


if __name__ == "__main__":
    run(*sys.argv[1:3])
