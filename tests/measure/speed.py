#!/usr/bin/env python3
"""Time qingwen's library call beside other converters, file by file, in one run.

    speed.py FOLDER PEER…        e.g. speed.py ../shared/pairs/zh/pdf-office pdf_inspector mutool pdftotext

For every file the least of three calls counts, on both sides; the table gives, for each peer, its median, qingwen's
median over the same files, and the median of the ratios qingwen/peer. Peers are Python packages called in this
process, or commands run as processes; one that is not installed is named and left out.
"""
import os, pathlib, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def command(*words):
    def call(file): subprocess.run([*words, file] + (["-"] if words[0] == "pdftotext" else []), capture_output=True, check=True)
    return call


def package(name, call):
    def first(file):
        module = __import__(name)
        return call(module, file)
    return first


def liteparse(module, file): module.LiteParse(output_format="markdown", ocr_enabled=False).parse(file)
def pdf_oxide(module, file):
    document = module.PdfDocument(file)
    pages = document.page_count() if callable(document.page_count) else document.page_count
    for page in range(pages): document.to_markdown(page)


def xberg(module, file):
    import asyncio
    async def extract():
        options = module.ExtractionConfig(output_format="markdown", use_cache=False)
        return await module.extract(module.ExtractInput(uri=file), options)
    asyncio.run(extract())


PEERS = {
    "xberg": package("xberg", xberg),
    "undoc": package("undoc", lambda m, f: m.parse_file(f).to_markdown()),
    "anydoc": package("anydoc", lambda m, f: m.to_markdown(f)),
    "office_oxide": package("office_oxide", lambda m, f: m.to_markdown(f)),
    "unpdf": package("unpdf", lambda m, f: m.to_markdown(f)),
    "pdf_inspector": package("pdf_inspector", lambda m, f: m.process_pdf(f).markdown),
    "liteparse": package("liteparse", liteparse),
    "pdf_oxide": package("pdf_oxide", pdf_oxide),
    "pandoc": command("pandoc", "-t", "gfm", "--wrap=none"),
    "mutool": command("mutool", "draw", "-q", "-F", "txt"),
    "pdftotext": command("pdftotext", "-enc", "UTF-8"),
}


def least(call, file, runs=3):
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        call(file)
        best = min(best, time.perf_counter() - start)
    return best * 1e3


def main():
    folder, peers = sys.argv[1], sys.argv[2:]
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "qingwen-tests", "--bin", "time-files"], cwd=ROOT, check=True)
    out = subprocess.run([ROOT / "target/release/time-files", folder, "3"], capture_output=True, text=True, check=True).stdout
    ours = {}
    for line in out.splitlines():
        whole, _, path = line.split("\t", 2)
        ours[path] = float(whole)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # some peers talk much
    print(f"{len(ours)} files, qingwen's median {statistics.median(ours.values()):.2f} ms")
    for name in peers:
        theirs, failed = {}, 0
        try: PEERS[name](next(iter(ours)))
        except (ImportError, FileNotFoundError) as error:
            print(f"{name}: not installed ({error})")
            continue
        except Exception: pass
        for path in ours:
            try: theirs[path] = least(PEERS[name], path)
            except Exception: failed += 1
        if not theirs:
            print(f"{name}: fails on every file")
            continue
        ratio = statistics.median(ours[path] / theirs[path] for path in theirs)
        print(f"{name}: median {statistics.median(theirs.values()):.2f} ms, qingwen/{name} {ratio:.2f}, {failed} failed")


main()
