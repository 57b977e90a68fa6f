"""Each adapter against the package it is for. Run with: pytest -m heavy"""

import importlib.util
from pathlib import Path

import pytest
import qingwen

pytestmark = pytest.mark.heavy

DATA = Path(__file__).resolve().parents[3] / "testdata"
FILES = [DATA / "docx" / "law-numbers.docx", DATA / "pdf" / "report.pdf", DATA / "text" / "gbk.txt"]


def wanted(package):
    return pytest.importorskip(package, reason=f"{package} is not installed")


def test_langchain():
    wanted("langchain_core")
    from qingwen.adapters.langchain import QingwenLoader

    documents = QingwenLoader(FILES, max=200).load()
    assert {d.metadata["source"] for d in documents} == {str(p) for p in FILES}
    for path in FILES:
        chunks = qingwen.convert(path).chunks(max=200)
        assert [c.text for c in chunks] == [
            d.page_content for d in documents if d.metadata["source"] == str(path)
        ]
    assert any(d.metadata["labels"] for d in documents) and any(d.metadata.get("page") for d in documents)
    loader = QingwenLoader([DATA / "docx" / "bad-cut.docx", FILES[2]])
    with pytest.warns(UserWarning, match="bad-cut.docx"):
        assert {d.metadata["source"] for d in loader.load()} == {str(FILES[2])}
    assert [type(result.error) for result in loader.failed] == [qingwen.MalformedError]


def test_llama_index():
    wanted("llama_index.core")
    from llama_index.core import SimpleDirectoryReader
    from qingwen.adapters.llama_index import QingwenReader

    reader = SimpleDirectoryReader(
        input_files=FILES, file_extractor={ending: QingwenReader() for ending in (".docx", ".pdf", ".txt")}
    )
    documents = reader.load_data()
    texts = {d.metadata["file_name"]: d.text for d in documents}
    assert texts == {path.name: qingwen.convert(path).markdown for path in FILES}


def test_datatrove(tmp_path):
    wanted("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers import JsonlWriter
    from qingwen.adapters.datatrove import QingwenReader
    import json

    folder = tmp_path / "in"
    folder.mkdir()
    for path in FILES + [DATA / "docx" / "bad-cut.docx"]:
        (folder / path.name).write_bytes(path.read_bytes())
    steps = [QingwenReader(str(folder)), JsonlWriter(str(tmp_path / "out"), compression=None)]
    LocalPipelineExecutor(steps, tasks=2, workers=1, logging_dir=str(tmp_path / "log")).run()
    lines = [line for file in (tmp_path / "out").iterdir() for line in file.read_text("utf-8").splitlines()]
    texts = {Path(d["metadata"]["file_path"]).name: d["text"] for d in map(json.loads, lines)}
    assert texts == {path.name: qingwen.convert(path).markdown for path in FILES}


def test_data_juicer(monkeypatch):
    """Its Mapper.run frees models at the end, for which it downloads torch where that is missing, gigabytes of it: then
    the operator is mapped over its dataset as run does, but for that last step."""
    wanted("data_juicer")
    import qingwen.adapters.data_juicer  # noqa: F401  (registers the operator)
    from data_juicer.core.data import NestedDataset
    from data_juicer.ops import load_ops
    from data_juicer.utils.lazy_loader import LazyLoader

    def refuse(package, *_):
        raise AssertionError(f"a test does not install {package}")

    monkeypatch.setattr(LazyLoader, "_install_package", refuse)
    texts = ["总产值增长,达到3.2%.", "全镇 11 条河道"]
    (operator,) = load_ops([{"qingwen_clean_mapper": {"profile": "default", "disable": ["ws-cjk-digit"]}}])
    dataset = NestedDataset.from_list([{"text": text} for text in texts])
    if importlib.util.find_spec("torch"):
        done = dataset.process([operator])
    else:
        done = dataset.map(operator.process, batch_size=operator.batch_size)
    assert [row["text"] for row in done] == ["总产值增长，达到3.2%。", "全镇 11 条河道"]
