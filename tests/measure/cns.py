"""Prints the ranges of crates/text/src/cns.rs: where CNS 11643 has what Big5 has, in the same order.

    python tests/measure/cns.py

CNS 11643 is asked of iconv's EUC-TW, Big5 of Python's big5hkscs.
"""
import subprocess


def plane(number):
    codes = [(r, c) for r in range(0xA1, 0xFF) for c in range(0xA1, 0xFF)]
    text = {}
    for row in range(0xA1, 0xFF):
        for r, c in ((r, c) for r, c in codes if r == row):
            code = bytes([r, c]) if number == 1 else bytes([0x8E, 0xA0 + number, r, c])
            done = subprocess.run(["iconv", "-f", "EUC-TW", "-t", "UTF-8"], input=code, capture_output=True)
            if done.returncode == 0 and len(done.stdout.decode()) == 1:
                text[(r - 0xA1) * 94 + c - 0xA1] = done.stdout.decode()
    return text


def big5(c):
    """The place of a character in Big5, counted along rows of 157 from A140."""
    same = {"・": "‧", "—": "—"}
    for codec in ("big5", "cp950", "big5hkscs"):
        try:
            code = same.get(c, c).encode(codec)
        except UnicodeEncodeError:
            continue
        if len(code) == 2:
            return (code[0] - 0xA1) * 157 + code[1] - (0x40 if code[1] < 0x7F else 0x62)
    return None


for number in (1, 2):
    ranges = []
    for at, c in sorted(plane(number).items()):
        place = big5(c)
        if place is None:
            if ranges:
                ranges.append([at, None, 1, c])
        elif ranges and ranges[-1][1] is not None and (at, place) == (ranges[-1][0] + ranges[-1][2], ranges[-1][1] + ranges[-1][2]):
            ranges[-1][2] += 1
        else:
            ranges.append([at, place, 1, c])
    print(number, [tuple(r[:3]) for r in ranges if r[1] is not None])
    print("none:", [(r[0], r[3]) for r in ranges if r[1] is None])
