"""What Python users are promised."""

import json
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest
import qingwen

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "testdata"
REPORT = DATA / "whole" / "河道整治报告.txt"


def test_three_formats_from_path_and_bytes():
    for name in ["docx/report.docx", "pdf/report.pdf", "text/gbk.txt"]:
        path = DATA / name
        done = qingwen.convert(path)
        assert done.markdown and done.status in ("ok", "partial")
        assert done.format == {"docx": "docx", "pdf": "pdf", "txt": "text"}[path.suffix[1:]]
        assert qingwen.convert(str(path)).markdown == done.markdown
        assert qingwen.convert(path.read_bytes()).markdown == done.markdown
        assert done.path == path and qingwen.convert(path.read_bytes()).path is None


def test_whole_documents_become_their_markdown():
    wanted = sorted((DATA / "whole").glob("*.md"))
    assert wanted
    for path in wanted:
        name, _, profile = path.name.removesuffix(".md").partition(".")
        source = next(p for p in (DATA / "whole").iterdir() if p.stem == name and p.suffix != ".md")
        done = qingwen.convert(source, profile=profile or "default")
        assert done.markdown == path.read_text("utf-8"), path.name


def test_a_diagnostic_says_what_and_where():
    done = qingwen.convert(REPORT)
    changed = [d for d in done.diagnostics if d.code == "pun-comma"]
    assert (changed[0].kind, changed[0].before, changed[0].after) == ("changed", ",", "，")
    assert changed[0].line and changed[0].what is None and changed[0].page is None
    assert str(changed[0]).startswith(changed[0].place)
    assert done.meta["encoding"]


def test_options_reach_the_library_and_slips_are_told():
    text = "总产值增长,达到3.2%."
    assert "，" in qingwen.clean(text).markdown
    assert "," in qingwen.clean(text, profile="faithful").markdown
    assert "," in qingwen.clean(text, disable=["pun-comma"]).markdown
    assert qingwen.clean("# 甲", format="markdown").markdown == "# 甲\n"
    assert qingwen.convert(b"\xb1\xa8\xb8\xe6", encoding="gbk").meta["encoding"].lower() in ("gbk", "gb18030")
    for wrong in [
        {"profile": "fancy"},
        {"enable": ["no-such-rule"]},
        {"tables": "latex"},
        {"encoding": "klingon"},
    ]:
        with pytest.raises(ValueError):
            qingwen.clean(text, **wrong)
    with pytest.raises(TypeError):
        qingwen.clean(text, profil="default")
    with pytest.raises(ValueError):
        qingwen.clean(text, format="rtf")


def test_some_pages_with_their_marks():
    path = DATA / "pdf" / "report.pdf"
    marked = qingwen.convert(path, page_marks=True).markdown
    first, mark, second = marked.partition("<!-- page 2 -->")
    assert mark and first.startswith("<!-- page 1 -->")
    assert "<!--" not in qingwen.convert(path).markdown
    alone = qingwen.convert(path, pages="2-", page_marks=True)
    assert alone.markdown.startswith(mark) and alone.meta["pages"] == 2
    assert len(alone.markdown) < len(marked)
    for wrong in ["0", "3-1", "two"]:
        with pytest.raises(ValueError, match="pages"):
            qingwen.convert(path, pages=wrong)


def test_pages_that_are_pictures_are_read_by_tesseract(monkeypatch):
    scanned = DATA / "scanned" / "notice.pdf"
    unread = qingwen.convert(scanned, ocr=False)
    assert (unread.status, unread.markdown) == ("needs_ocr", "")
    listed = shutil.which("tesseract") and subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if not listed or not {"chi_sim", "eng"} <= set(listed.stdout.split()):
        pytest.skip("tesseract with chi_sim and eng is not installed")
    for languages in (True, "chi_sim"):
        assert "清河镇供水公告" in qingwen.convert(scanned, ocr=languages).markdown
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OSError, match="tesseract"):
        qingwen.convert(scanned, ocr=True)


def test_errors_have_types():
    bad = {
        "bad-cut.docx": qingwen.MalformedError,
        "bad-encrypted.docx": qingwen.EncryptedError,
        "bad-rtf.docx": qingwen.UnsupportedError,
    }
    for name, kind in bad.items():
        with pytest.raises(kind) as caught:
            qingwen.convert(DATA / "docx" / name)
        assert isinstance(caught.value, qingwen.QingwenError)
        assert caught.value.kind == kind.__name__.removesuffix("Error").lower()
    with pytest.raises(FileNotFoundError) as missing:
        qingwen.convert(DATA / "nowhere.docx")
    assert missing.value.filename.endswith("nowhere.docx")
    with pytest.raises(TypeError):
        qingwen.convert(3)


def test_many_in_order_whatever_the_workers():
    paths = sorted(p for p in DATA.rglob("*") if p.suffix in (".docx", ".pdf", ".txt"))
    assert len(paths) > 50
    paths.insert(3, DATA / "nowhere.docx")
    runs = [list(qingwen.convert_many(iter(paths), workers=workers)) for workers in (1, 3)]
    for results in runs:
        assert [r.path for r in results] == paths
    assert [(r.markdown, r.status) for r in runs[0]] == [(r.markdown, r.status) for r in runs[1]]
    failed = runs[0][3]
    assert (failed.status, failed.markdown, failed.diagnostics) == ("failed", "", [])
    assert isinstance(failed.error, FileNotFoundError)
    for result in runs[0]:
        assert (result.error is None) == (result.status in ("ok", "partial", "needs_ocr"))
        if result.error is None:
            assert qingwen.convert(result.path).markdown == result.markdown


def test_many_takes_no_more_than_it_needs():
    taken = []

    def endless():
        while True:
            taken.append(REPORT)
            yield REPORT

    results = qingwen.convert_many(endless(), workers=2)
    for _ in range(5):
        next(results)
    assert len(taken) <= 5 + 2 * 4
    assert list(qingwen.convert_many([])) == []
    with pytest.raises(TypeError):
        list(qingwen.convert_many([3]))
    for single in (REPORT, str(REPORT), b"a.docx"):
        with pytest.raises(TypeError, match="single path"):
            qingwen.convert_many(single)
    with pytest.raises(ValueError, match="at least 1"):
        qingwen.convert(REPORT).chunks(max=0)


def test_python_goes_on_while_a_document_is_converted():
    text = REPORT.read_bytes().decode("gb18030") * 300
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    qingwen.clean(text)
    end = time.perf_counter()
    stop.set()
    thread.join()
    assert sum(start < t < end for t in ticks) >= 3, f"{end - start:.3f} s without Python"


def test_chunks_lie_in_the_markdown():
    for path in [REPORT, DATA / "docx" / "law-numbers.docx", DATA / "pdf" / "report.pdf"]:
        done = qingwen.convert(path)
        chunks = done.chunks(min=20, max=120)
        assert chunks
        for chunk in chunks:
            assert done.markdown[chunk.start : chunk.end] == chunk.text
            assert len(chunk.text) <= 120
            assert json.loads(chunk.to_json())["text"] == chunk.text
        assert "".join("".join(c.text for c in chunks).split()) == "".join(done.markdown.split())
    assert any(chunk.labels for chunk in chunks) or any(chunk.headings for chunk in chunks)
    assert qingwen.convert(DATA / "pdf" / "report.pdf").chunks()[0].page == 1
    assert "第三条" in [label for chunk in qingwen.clean("第三条 甲。").chunks() for label in chunk.labels]


def test_a_document_comes_back_from_json():
    for name in ["docx/tables.docx", "docx/notes.docx", "pdf/table.pdf"]:
        done = qingwen.convert(DATA / name)
        text = done.document.to_json()
        assert json.loads(text)["schema"] == "qingwen-document/1"
        back = qingwen.Document.from_json(text)
        assert back.to_json() == text
        assert back.to_markdown() == done.markdown == qingwen.convert(text.encode()).markdown
        assert back.blocks == json.loads(text)["blocks"] and all("type" in b for b in back.blocks)
    assert back.notes == [] and qingwen.convert(DATA / "docx/notes.docx").document.notes
    with pytest.raises(qingwen.MalformedError):
        qingwen.Document.from_json("{}")


def test_the_package_needs_no_other():
    from importlib.metadata import requires

    assert not requires("qingwen")
