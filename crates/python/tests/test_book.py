"""Every Python block of the book and of the READMEs is run, page by page."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [*sorted((ROOT / "docs" / "src").glob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md"]
BLOCKS = {page: re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.S | re.M) for page in PAGES}


@pytest.mark.parametrize("page", [page for page in PAGES if BLOCKS[page]], ids=lambda page: page.name)
def test_page(page, tmp_path, monkeypatch):
    shutil.copy(ROOT / "testdata/docx/report.docx", tmp_path / "报告.docx")
    shutil.copy(ROOT / "testdata/docx/bad-zip.docx", tmp_path / "坏.docx")
    shutil.copy(ROOT / "testdata/pdf/report.pdf", tmp_path / "简报.pdf")
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in BLOCKS[page]:
        if "pyarrow" in block:
            pytest.importorskip("pyarrow", reason="pip install pyarrow to run this page")
        exec(compile(block, page.name, "exec"), names)


def test_there_are_such_pages():
    assert {page.name for page in PAGES if BLOCKS[page]} >= {"python.md", "ray-and-spark.md", "README.md"}
