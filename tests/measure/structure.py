#!/usr/bin/env python3
"""Compare the structure qingwen finds in docx files with what others found, feature by feature.

    structure.py [-v]       over ../shared/corpora/docx_general: pandoc's .native files and docling's .md files

Both sides become pandoc's document tree: the native files as they are, Markdown through pandoc's reader. Of each
tree the headings, list items, notes, table cells, formulas, links, images, emphases and code blocks are taken, as
texts. A file agrees on a feature where both have the same of them; in -v every difference is printed. Needs a pandoc
that reads the native files (3.x): $PANDOC, or the one in the path.
"""
import collections, csv, json, os, pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERAL = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT / "../shared")) / "corpora/docx_general"
PANDOC = os.environ.get("PANDOC", "pandoc")
GFM = "gfm+footnotes+tex_math_dollars-gfm_auto_identifiers-emoji-alerts"
FEATURES = "headings items notes cells formulas links images emphases code quotes revisions words".split()
TAGS = {"strong": "Strong", "em": "Emph", "del": "Strikeout", "s": "Strikeout", "sup": "Superscript", "sub": "Subscript",
        "u": "Underline", "ins": "Underline"}


def tree(text, source):
    run = subprocess.run([PANDOC, "-f", source, "-t", "json"], input=text, capture_output=True, text=True)
    return json.loads(run.stdout)["blocks"] if run.returncode == 0 else None


class Features:
    """What a tree holds."""

    def __init__(self, blocks):
        self.found = {name: [] for name in FEATURES}
        self.depth = 0
        self.blocks(blocks)
        self.found["words"] = re.findall(r"\w+", " ".join(self.found["words"]))
        # Levels count from the first, since a title may or may not be one of the headings.
        levels = [level for level, _ in self.found["headings"]]
        self.found["headings"] = [f"{level - min(levels)} {text}" for level, text in self.found["headings"]]

    def add(self, feature, text):
        text = re.sub(r"\s+", " ", text).strip()
        if text: self.found[feature].append(text)

    def blocks(self, blocks):
        html = ""
        for block in blocks:
            kind, content = block["t"], block.get("c")
            if kind == "RawBlock" and content[0] == "html":
                html += content[1] + "\n"
                continue
            self.block(kind, content)
        if "<table" in html or "<pre" in html:
            self.blocks(tree(html, "html+tex_math_dollars") or [])

    def block(self, kind, content):
        if kind in ("Para", "Plain"): self.words(self.inline(content))
        elif kind == "Header":
            text = self.inline(content[2])
            self.words(text)
            if text.strip(): self.found["headings"].append((content[0], re.sub(r"\s+", " ", text).strip()))
        elif kind in ("BulletList", "OrderedList"):
            self.depth += 1
            for item in content if kind == "BulletList" else content[1]:
                first = self.plain(item[:1]) if item and item[0]["t"] in ("Para", "Plain") else ""
                self.add("items", f"{self.depth}{'*' if kind == 'BulletList' else '1'} {first}")
                self.blocks(item)
            self.depth -= 1
        elif kind == "BlockQuote":
            self.add("quotes", self.plain(content))
            self.blocks(content)
        elif kind == "CodeBlock":
            self.add("code", content[1])
            self.words(content[1])
        elif kind == "LineBlock": [self.words(self.inline(line)) for line in content]
        elif kind == "Table":
            _, caption, _, head, bodies, foot = content
            self.blocks(caption[1])
            rows = head[1] + [row for body in bodies for row in body[2] + body[3]] + foot[1]
            for row in rows:
                for _, _, height, width, cell in row[1]:
                    self.add("cells", f"{width}x{height} {self.plain(cell)}" if (width, height) != (1, 1) else self.plain(cell))
                    self.blocks(cell)
        elif kind == "Figure":
            self.blocks(content[2])
        elif kind == "Div": self.blocks(content[1])
        elif kind == "DefinitionList":
            for term, definitions in content:
                self.words(self.inline(term))
                [self.blocks(definition) for definition in definitions]

    def words(self, text): self.found["words"].append(text)

    def plain(self, blocks):
        """The text of blocks, taking nothing else from them."""
        inner = Features.__new__(Features)
        inner.found, inner.depth = {name: [] for name in FEATURES}, 0
        inner.blocks(blocks)
        return " ".join(inner.found["words"])

    def inline(self, inlines):
        out, tags = "", []
        for inline in inlines:
            kind, content = inline["t"], inline.get("c")
            if kind == "Str": out += content
            elif kind in ("Space", "SoftBreak", "LineBreak"): out += " "
            elif kind in ("Strong", "Emph", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps"):
                text = self.inline(content)
                if kind not in ("Underline", "SmallCaps"): self.add("emphases", f"{kind} {text}")
                out += text
            elif kind == "Quoted":
                marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                out += marks[0] + self.inline(content[1]) + marks[1]
            elif kind == "Span":
                classes = content[0][1]
                text = self.inline(content[1])
                if "comment-start" in classes: self.add("notes", text)
                elif {"insertion", "deletion"} & set(classes): self.add("revisions", text); out += text
                elif "comment-end" not in classes: out += text
            elif kind == "Link":
                text = self.inline(content[1])
                self.add("links", f"{text} -> {content[2][0]}" if not content[2][0].startswith("#") else f"{text} -> #")
                out += text
            elif kind == "Image": self.add("images", self.inline(content[1]) or "picture")
            elif kind == "Code":
                self.add("emphases", f"Code {content[1]}")
                out += content[1]
            elif kind == "Math": self.add("formulas", re.sub(r"\\(?:left|right)(?![a-z])|\\(?:text|mathrm|operatorname)\b|\\[,;: ]|[{}\s]", "", content[1]))
            elif kind == "Note":
                self.add("notes", self.plain(content))
            elif kind == "RawInline" and content[0] == "html":
                name = content[1].strip("<>/ ").split(" ")[0]
                if name == "br": out += " "
                elif content[1].startswith("</") and tags and tags[-1][0] == name:
                    self.add("emphases", f"{TAGS[name]} {out[tags.pop()[1]:]}") if TAGS[name] != "Underline" else tags.pop()
                elif name in TAGS and not content[1].startswith("</"): tags.append((name, len(out)))
        return out


def ours(path, name):
    revisions = "all" if "comment" in name or "track_changes" in name else "accept"
    run = subprocess.run([ROOT / "target/debug/qingwen", "--in-process", "-q", "--profile", "faithful", "--numbering", "list",
                          "--track-changes", revisions, path], capture_output=True, text=True)
    return run.stdout if run.returncode == 0 else None


def table(title, rows, verbose):
    agree, have = collections.Counter(), collections.Counter()
    both, mine, theirs = collections.Counter(), collections.Counter(), collections.Counter()
    for name, a, b in rows:
        for feature in FEATURES:
            x, y = collections.Counter(a.found[feature]), collections.Counter(b.found[feature])
            if not x and not y: continue
            have[feature] += 1
            agree[feature] += x == y
            both[feature] += (x & y).total()
            mine[feature] += x.total()
            theirs[feature] += y.total()
            if verbose and x != y:
                short = lambda c: "; ".join(f"{k[:70]!r}×{n}" if n > 1 else repr(k[:70]) for k, n in list(c.items())[:6]) or "–"
                print(f"{name} {feature}: here {short(x - y)} | there {short(y - x)}")
    print(f"\n{title}, {len(rows)} files\n\n| feature | files with it | files that agree | here | there | in both |\n|---|---|---|---|---|---|")
    for feature in FEATURES:
        if have[feature]:
            print(f"| {feature} | {have[feature]} | {agree[feature]} | {mine[feature]} | {theirs[feature]} | {both[feature]} |")


def main():
    verbose = "-v" in sys.argv
    if not GENERAL.exists(): sys.exit(f"SKIPPED: {GENERAL} is not here")
    subprocess.run(["cargo", "build", "-q", "-p", "qingwen-cli"], cwd=ROOT, check=True)
    sets = {".native": [], ".md": []}
    for row in csv.DictReader(open(GENERAL / "MANIFEST.tsv", encoding="utf-8"), delimiter="\t"):
        ending = pathlib.Path(row["gold"] or "").suffix
        if ending not in sets: continue
        gold = tree((GENERAL / row["gold"]).read_text("utf-8"), "native" if ending == ".native" else GFM)
        text = ours(GENERAL / row["file"], pathlib.Path(row["file"]).name)
        mine = tree(text, GFM) if text is not None else None
        if gold is None or mine is None:
            print(f"{row['file']}: {'the gold' if gold is None else 'ours'} cannot be read")
            continue
        sets[ending].append((pathlib.Path(row["file"]).name, Features(mine), Features(gold)))
    table("pandoc", sets[".native"], verbose)
    table("docling", sets[".md"], verbose)


main()
