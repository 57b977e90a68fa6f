"""Record batches in, record batches out."""

from pathlib import Path

import pytest
import qingwen

pa = pytest.importorskip("pyarrow", reason="pip install pyarrow to run the tests of Arrow")

DATA = Path(__file__).resolve().parents[3] / "testdata"
PATHS = sorted(p for p in DATA.rglob("*") if p.suffix in (".docx", ".pdf", ".txt"))


def batch(kind=None):
    content = pa.array([p.read_bytes() for p in PATHS], type=kind or pa.binary())
    return pa.record_batch({"path": pa.array([str(p) for p in PATHS]), "content": content})


def test_rows_are_those_of_convert_many():
    done = qingwen.convert_batch(batch())
    assert done.schema == qingwen.schema() and done.num_rows == len(PATHS)
    rows = done.to_pylist()
    for row, result in zip(rows, qingwen.convert_many(PATHS)):
        assert (row["path"], row["markdown"], row["status"]) == (str(result.path), result.markdown, result.status)
        assert len(row["diagnostics"]) == len(result.diagnostics)
        assert (row["cause"] is None) == (result.error is None)
        assert (row["format"], row["bytes"]) == (result.format, result.path.stat().st_size)
    assert {"ok", "failed", "encrypted", "unsupported"} <= {row["status"] for row in rows}


@pytest.mark.parametrize("kind", [pa.large_binary(), pa.binary_view()], ids=str)
def test_kinds_of_bytes(kind):
    assert qingwen.convert_batch(batch(kind)) == qingwen.convert_batch(batch())


def test_tables_slices_and_nothing():
    whole = qingwen.convert_batch(batch())
    table = pa.Table.from_batches([batch().slice(0, 7), batch().slice(7)])
    assert qingwen.convert_batch(table) == pa.Table.from_batches([whole.slice(0, 7), whole.slice(7)])
    empty = qingwen.convert_batch(table.slice(0, 0))
    assert empty.num_rows == 0 and empty.schema == qingwen.schema()
    assert qingwen.convert_batch(batch().slice(0, 0)).num_rows == 0


def test_bad_rows_are_rows_and_missing_columns_are_told():
    rows = pa.record_batch({"content": pa.array([None, b"PK\x03\x04", "甲".encode()])})
    done = qingwen.convert_batch(rows).to_pylist()
    assert [row["status"] for row in done] == ["failed", "failed", "ok"]
    assert done[0]["cause"] == {"kind": "missing", "message": "no content"}
    text = pa.record_batch({"content": pa.array(["总产值增长,达到3.2%."])})
    assert qingwen.convert_batch(text, disable=["pun-comma"]).to_pylist()[0]["markdown"].count(",") == 1
    with pytest.raises(KeyError):
        qingwen.convert_batch(pa.record_batch({"path": pa.array(["甲"])}))
    with pytest.raises(TypeError):
        qingwen.convert_batch(pa.record_batch({"content": pa.array([1])}))


def test_whoever_speaks_arrow_is_understood():
    class Other:
        def __arrow_c_array__(self, requested_schema=None):
            return batch().__arrow_c_array__(requested_schema)

    assert qingwen.convert_batch(Other()) == qingwen.convert_batch(batch())
