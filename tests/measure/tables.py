#!/usr/bin/env python3
"""Score the tables found in pdf files against the ICDAR 2013 ground truth, beside other converters.

    tables.py [--files] [--qingwen BINARY] [PEER…]        e.g. tables.py pdf_inspector unpdf liteparse pdf_oxide

The measure is that of the competition (Göbel and others, 2012): adjacency relations. Each cell that is not blank stands
beside its nearest neighbour that is not blank, to the right and below; a relation is the texts of the two and the
direction. Recall and precision are the shares of gold's and of the output's relations that the other has, over all tables
of a file, and a mean over the files. A table found where gold has none costs precision. The tables are read from the
Markdown each converter writes: pipe tables, and HTML tables with their spans.

`--files` prints each file too. A peer that is not installed is named and left out. Needs markdown-it-py.
"""
import argparse, collections, html.parser, os, pathlib, subprocess, tempfile, unicodedata, xml.etree.ElementTree as xml

from markdown_it import MarkdownIt

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT.parent / "shared"))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def key(text):
    """The letters and digits of a cell, widths folded: spaces and dashes are set differently by every converter."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def relations(cells):
    """Adjacency relations of the cells of one table: (first row, last row, first column, last column, text)."""
    cells = [(r0, r1, c0, c1, key(text)) for r0, r1, c0, c1, text in cells]
    at = {}
    for cell in cells:
        if cell[4]:
            for row in range(cell[0], cell[1] + 1):
                for column in range(cell[2], cell[3] + 1):
                    at.setdefault((row, column), cell)
    rows = max((cell[1] for cell in cells), default=-1) + 1
    columns = max((cell[3] for cell in cells), default=-1) + 1
    found = set()
    for cell in cells:
        if not cell[4]: continue
        for row in range(cell[0], cell[1] + 1):
            beside = (at[row, column] for column in range(cell[3] + 1, columns) if (row, column) in at)
            found.update((cell, other, "right") for other in [next(beside, None)] if other)
        for column in range(cell[2], cell[3] + 1):
            below = (at[row, column] for row in range(cell[1] + 1, rows) if (row, column) in at)
            found.update((cell, other, "below") for other in [next(below, None)] if other)
    return collections.Counter((a[4], b[4], way) for a, b, way in found)


def gold(path):
    """The relations of all tables of a ground truth file. A table over several regions is one table."""
    total = collections.Counter()
    for table in xml.parse(path).getroot().iter("table"):
        cells, offset = [], 0
        for region in table.iter("region"):
            last = 0
            increment = int(region.get("row-increment") or 0) or offset
            for cell in region.iter("cell"):
                number = lambda name, other: int(cell.get(name) if cell.get(name) is not None else other)
                r0, c0 = number("start-row", 0), number("start-col", 0)
                r1, c1 = number("end-row", r0), number("end-col", c0)
                text = cell.findtext("content") or ""
                cells.append((r0 + increment, max(r0, r1) + increment, c0, max(c0, c1), text))
                last = max(last, r1 + increment)
            offset = last + 1
        total += relations(cells)
    return total


class Tables(html.parser.HTMLParser):
    """The cells of HTML tables: rows of (text, row span, column span)."""
    def __init__(self):
        super().__init__()
        self.tables, self.open, self.text = [], [], None

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        span = lambda name: max(1, int(names[name])) if str(names.get(name, "")).isdigit() else 1
        if tag == "table": self.open.append([])
        elif tag == "tr" and self.open: self.open[-1].append([])
        elif tag in ("td", "th") and self.open and self.open[-1]:
            self.open[-1][-1].append(["", span("rowspan"), span("colspan")])
            self.text = self.open[-1][-1][-1]
        elif tag == "br" and self.text: self.text[0] += " "

    def handle_endtag(self, tag):
        if tag == "table" and self.open: self.tables.append(self.open.pop())
        elif tag in ("td", "th"): self.text = None

    def handle_data(self, data):
        if self.text: self.text[0] += data


def placed(rows):
    """Gives cells their rows and columns, as HTML does: a cell takes the first place that no span covers."""
    taken, cells = set(), []
    for row, line in enumerate(rows):
        column = 0
        for text, high, wide in line:
            while (row, column) in taken: column += 1
            taken.update((r, c) for r in range(row, row + high) for c in range(column, column + wide))
            cells.append((row, row + high - 1, column, column + wide - 1, text))
            column += wide
    return cells


def produced(markdown):
    """The relations of all tables of a Markdown text."""
    total, rows, inside = collections.Counter(), None, False
    for token in MARKDOWN.parse(markdown):
        if token.type == "table_open": rows = []
        elif token.type == "tr_open": rows.append([])
        elif token.type in ("td_open", "th_open"): inside = True
        elif token.type == "inline" and inside:
            text = "".join(" " if c.type in ("softbreak", "hardbreak") else "" if c.type == "html_inline" and not c.content.startswith("<br") else c.content for c in token.children)
            rows[-1].append((text.replace("<br>", " "), 1, 1))
            inside = False
        elif token.type == "table_close": total += relations(placed(rows))
        elif token.type == "html_block" and "<table" in token.content:
            parser = Tables()
            parser.feed(token.content)
            for table in parser.tables: total += relations(placed(table))
    return total


def pdf_oxide(module, file):
    document = module.PdfDocument(file)
    pages = document.page_count() if callable(document.page_count) else document.page_count
    return "\n\n".join(document.to_markdown(page) for page in range(pages))


PEERS = {
    "pdf_inspector": lambda m, file: m.process_pdf(file).markdown,
    "unpdf": lambda m, file: m.to_markdown(file),
    "liteparse": lambda m, file: m.LiteParse(output_format="markdown", ocr_enabled=False).parse(file).text,
    "pdf_oxide": pdf_oxide,
    "pymupdf4llm": lambda m, file: m.to_markdown(file, show_progress=False),
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--files", action="store_true")
    arguments.add_argument("--qingwen", default=str(ROOT / "target/release/qingwen"))
    arguments.add_argument("peers", nargs="*")
    options = arguments.parse_args()
    folder = SHARED / "corpora/pdf_bench"
    pairs = [(truth.with_name(truth.name[:-len("-str.xml")] + ".pdf"), truth) for truth in sorted(folder.rglob("*-str.xml"))]
    pairs = [(file, gold(truth)) for file, truth in pairs if file.exists()]
    pairs = [(file, wanted) for file, wanted in pairs if wanted]
    if not pairs:
        print(f"SKIPPED: no ground truth in {folder}")
        return

    def qingwen(file):
        done = subprocess.run([options.qingwen, file], capture_output=True, text=True)
        return done.stdout

    converters = {"qingwen": qingwen}
    for name in options.peers:
        try: module = __import__(name)
        except ImportError:
            print(f"{name}\tnot installed")
            continue
        converters[name] = lambda file, name=name, module=module: PEERS[name](module, file)
    for name, convert in converters.items():
        scores = []
        for file, wanted in pairs:
            try: got = produced(convert(str(file)) or "")
            except Exception as error:
                print(f"{name}\tfailed\t{file.name}\t{error}")
                got = collections.Counter()
            hit = sum((wanted & got).values())
            recall, precision = hit / sum(wanted.values()), hit / max(1, sum(got.values()))
            f1 = 2 * hit / (sum(wanted.values()) + sum(got.values()))
            scores.append((recall, precision, f1))
            if options.files: print(f"{name}\t{recall:.3f}\t{precision:.3f}\t{f1:.3f}\t{file.name}")
        mean = [sum(score[i] for score in scores) / len(scores) for i in range(3)]
        print(f"{name}\trecall {mean[0]:.4f}\tprecision {mean[1]:.4f}\tF1 {mean[2]:.4f}\tmean of {len(scores)} files", flush=True)


if __name__ == "__main__":
    main()
