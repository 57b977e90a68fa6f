"""Asks other detectors for the encodings of pieces, for `encodings --peers`.

    bash tests/measure/encodings.sh
"""
import pathlib
import subprocess
import sys

import chardet
import charset_normalizer

pieces = sorted(pathlib.Path(sys.argv[1]).glob("*.bin"), key=lambda path: int(path.stem))
for start in range(0, len(pieces), 500):
    some = pieces[start : start + 500]
    said = subprocess.run(["uchardet", *map(str, some)], capture_output=True, text=True).stdout
    for path, line in zip(some, said.splitlines()):
        print(path.stem, "uchardet", line.rsplit(": ", 1)[-1], sep="\t")
for path in pieces:
    data = path.read_bytes()
    print(path.stem, "chardet", chardet.detect(data)["encoding"] or "none", sep="\t")
    best = charset_normalizer.from_bytes(data).best()
    print(path.stem, "charset-normalizer", best.encoding if best else "none", sep="\t")
