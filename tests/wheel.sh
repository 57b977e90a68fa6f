#!/usr/bin/env bash
# Builds the wheel, installs it and nothing else into a fresh virtual environment, and there converts a docx, a pdf and
# a text in GBK with three lines of Python.
#
#     tests/wheel.sh VENV [ARGUMENTS OF MATURIN]      such as --profile dev
#
# The environment is left at VENV, for whoever wants to go on in it.
set -euo pipefail
venv=$(realpath -m "${1:?where shall the virtual environment be?}")
shift
cd "$(dirname "$0")/.."
[ ! -e "$venv" ] || { echo "$venv is there already: a fresh one is wanted" >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# pip fetches maturin for the build alone; the new environment sees nothing of it.
python3 -m venv "$venv"
"$venv/bin/pip" wheel -q --no-deps -w "$scratch" -C "build-args=${*:---locked}" .
"$venv/bin/pip" install -q --no-index "$scratch"/qingwen-*.whl

cp testdata/docx/report.docx "$scratch/报告.docx"
cp testdata/pdf/report.pdf "$scratch/简报.pdf"
cp testdata/text/gbk.txt "$scratch/通知.txt"
cd "$scratch"
cat > three.py <<'PY'
import qingwen
for name in ["报告.docx", "简报.pdf", "通知.txt"]:
    print(qingwen.convert(name).markdown)
PY
PYTHONUTF8=1 "$venv/bin/python" three.py > three.md
for title in 青柳县河道整治工作报告 云溪镇人民政府关于2024年度巡河工作情况的报告 临河县人民政府办公室关于开展春季防火检查的通知; do
    grep -qx "# $title" three.md || { echo "not in the Markdown: # $title" >&2; cat three.md >&2; exit 1; }
done
stat -c '%n: %s bytes; three lines of Python convert a docx, a pdf and a text in GBK' qingwen-*.whl
