"""The same bytes give the same Markdown by whatever door they come in, for every document of testdata.

The light tests are the command, the Rust library, Python and Arrow; with -m heavy Ray and Spark are asked, too.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import qingwen

ROOT = Path(__file__).resolve().parents[3]
ENDINGS = (".docx", ".pdf", ".txt")
NAMES = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "testdata").rglob("*") if p.suffix in ENDINGS)


@pytest.fixture(scope="module")
def wanted():
    """What `qingwen.convert` gives, by path; nothing for what it refuses."""

    def markdown(path):
        try:
            return qingwen.convert(path).markdown
        except qingwen.QingwenError:
            return ""

    found = {name: markdown(ROOT / name) for name in NAMES}
    assert len(found) > 100 and sum(map(bool, found.values())) > 80
    return found


@pytest.fixture(scope="module")
def built():
    """The folder with the command and the library's example `convert`, as cargo has built them."""
    if not shutil.which("cargo"):
        pytest.skip("cargo is not installed: there is neither command nor library to compare with")
    # What `cargo test --workspace` builds as well, so that nothing is built twice.
    what = ["--workspace", "--exclude", "qingwen-python", "--bins", "--examples"]
    subprocess.run(["cargo", "build", "-q", "--locked", *what], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every document in one flat folder, and the path that each has in testdata by its name there."""
    folder = tmp_path_factory.mktemp("in")
    names = {name.replace("/", "-"): name for name in NAMES}
    assert len(names) == len(NAMES)
    for flat, name in names.items():
        shutil.copy(ROOT / name, folder / flat)
    return folder, names


@pytest.mark.parametrize("how", [["-j", "2"], ["-j", "1", "--in-process"]], ids=["workers", "in-process"])
def test_command(wanted, built, tmp_path, how):
    out = tmp_path / "all.jsonl"
    done = subprocess.run([built / "qingwen", "-q", *how, *NAMES, "--jsonl", out], cwd=ROOT, capture_output=True)
    assert done.returncode == 1, "there are broken files among them"
    rows = map(json.loads, out.read_text("utf-8").splitlines())
    assert {row["path"]: row["markdown"] for row in rows} == wanted


def test_rust(wanted, built):
    run = lambda name: subprocess.run([built / "examples" / "convert", name], cwd=ROOT, capture_output=True)
    assert {name: run(name).stdout.decode() for name in NAMES} == wanted


def test_python(wanted):
    many = qingwen.convert_many([ROOT / name for name in NAMES], workers=2)
    assert {str(done.path.relative_to(ROOT)): done.markdown for done in many} == wanted
    for name in filter(wanted.get, NAMES):
        assert qingwen.convert((ROOT / name).read_bytes()).markdown == wanted[name], name


def test_arrow(wanted):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install pyarrow")
    content = [(ROOT / name).read_bytes() for name in NAMES]
    rows = qingwen.convert_batch(pa.record_batch({"path": pa.array(NAMES), "content": pa.array(content)}))
    assert {row["path"]: row["markdown"] for row in rows.to_pylist()} == wanted


@pytest.mark.heavy
@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_engines(wanted, folder, tmp_path, engine):
    import engines

    source, names = folder
    getattr(engines, engine)(source, tmp_path / "out")
    assert {names[row["path"]]: row["markdown"] for row in engines.rows(tmp_path / "out")} == wanted
