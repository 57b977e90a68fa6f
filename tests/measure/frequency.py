"""Writes crates/text/src/frequency/*.txt: how common the characters of each language are.

    pip install wordfreq jieba opencc-python-reimplemented
    python tests/measure/frequency.py crates/text/src/frequency [FOLDER OF CHINESE .md FILES]

Counts are facts taken from two places: the word frequencies that the wordfreq package publishes for each
language, and (for Chinese, with half their weight) a folder of Chinese laws in Markdown. Traditional Chinese is the
same count after OpenCC. The encodings that the table is measured on (tests/src/bin/encodings.rs) are not used.

Each line of a list is a cost in half bits, -2 log2 of the probability among the characters of the language
that are not ASCII, and the characters of that cost.
"""
import collections
import math
import pathlib
import sys

import wordfreq
from opencc import OpenCC

PUNCTUATION = {
    "ja": "、36 。30 「8 」8 ・4 （3 ）3 『1 』1 ！2 ？2 \u30003 〜1 …1 〇1 々2 々1 ：1",
    "ko": "“1 ”1 ‘1 ’1 ·1 「1 」1 ㆍ1",
}
ALPHABETS = ["ru", "uk", "bg", "el", "he", "ar", "fa", "de", "fr", "es", "pt", "pl", "cs", "hu", "tr", "ro", "sv", "vi"]


def letters(language, least=128):
    count = collections.Counter()
    for word, weight in wordfreq.get_frequency_dict(language, wordlist="best").items():
        for c in word:
            if ord(c) >= least:
                count[c] += weight
    return normal(count)


def normal(count):
    total = sum(count.values())
    return collections.Counter({c: n / total for c, n in count.items()})


def mix(parts):
    out = collections.Counter()
    for share, count in parts:
        for c, p in count.items():
            out[c] += share * p
    return normal(out)


def write(path, head, count, limit, dearest):
    lines = collections.defaultdict(list)
    for c, p in count.most_common(limit):
        cost = round(-2 * math.log2(p))
        if cost <= dearest:
            lines[cost].append(c)
    text = f"# {head} Made by tests/measure/frequency.py.\n"
    text += "".join(f"{cost} {''.join(lines[cost])}\n" for cost in sorted(lines))
    path.write_text(text, encoding="utf-8")
    print(path, sum(map(len, lines.values())), path.stat().st_size)


def main():
    out = pathlib.Path(sys.argv[1])
    laws = collections.Counter()
    for folder in sys.argv[2:]:
        for path in pathlib.Path(folder).rglob("*.md"):
            laws.update(c for c in path.read_text(encoding="utf-8") if ord(c) > 0xA0 and ord(c) not in range(0x2000, 0x2010))
    laws = normal(laws) if laws else laws
    marks = normal({c: p for c, p in laws.items() if not "\u4e00" <= c <= "\u9fff"})
    zh = mix([(0.3, laws), (0.6, letters("zh")), (0.1, marks)])
    write(out / "simplified.txt", "Simplified Chinese.", zh, 4500, 44)
    to_hant = OpenCC("s2tw")
    quotes = {"“": "「", "”": "」", "‘": "『", "’": "』"}
    hant = collections.Counter()

    def convert(word):
        return "".join(quotes.get(c, c) for c in to_hant.convert(word))

    words = collections.Counter()
    for word, weight in wordfreq.get_frequency_dict("zh", wordlist="best").items():
        if weight > 3e-7:
            for c in convert(word):
                if ord(c) > 127:
                    words[c] += weight
    hant_laws = collections.Counter()
    for c, p in laws.items():
        hant_laws[convert(c)] += p
    hant_marks = normal({c: p for c, p in hant_laws.items() if not "\u4e00" <= c <= "\u9fff"})
    write(out / "traditional.txt", "Traditional Chinese.", mix([(0.3, hant_laws), (0.6, normal(words)), (0.1, hant_marks)]), 4500, 44)
    for language, name, head in [("ja", "japanese", "Japanese."), ("ko", "korean", "Korean.")]:
        marks = collections.Counter()
        for item in PUNCTUATION[language].split(" "):
            marks[item[0]] += float(item[1:])
        share = 0.12 if language == "ja" else 0.02
        count = mix([(1 - share, letters(language)), (share, normal(marks))])
        write(out / f"{name}.txt", head, count, 3000 if language == "ja" else 2000, 44)
    alphabets = collections.Counter()
    for language in ALPHABETS:
        for c, p in letters(language, 0).items():
            if p > 2e-5 and ord(c) > 127 and not "\u4e00" <= c <= "\u9fff":
                alphabets[c] = max(alphabets[c], p)
    # Not normalized: each letter costs what it costs in the language that uses it most.
    write(out / "alphabets.txt", "Letters that are not ASCII, each as in the language that uses it most.", alphabets, 1000, 40)


main()
