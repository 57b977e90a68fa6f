#!/usr/bin/env bash
# How often the encoding of a text is found, beside chardetng, charset-normalizer, chardet and uchardet, on whole files
# and on pieces of 8 to 256 bytes. Needs the shared data, and:
#
#     pip install chardet charset-normalizer; apt-get install uchardet
#
# PYTHON names the Python that has them.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
encodings() { cargo run --quiet -p qingwen-tests --bin encodings -- "$@"; }
encodings --pieces "$work/pieces"
"${PYTHON:-python3}" tests/measure/detectors.py "$work/pieces" > "$work/peers.tsv"
encodings --peers "$work/peers.tsv" "$@"
