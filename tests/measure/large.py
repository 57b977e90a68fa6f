#!/usr/bin/env python3
"""Time and memory on one long pdf, beside other readers.

    large.py [PAGES…]            200, 2000 and 4000 by default

The files are made by `make-large-pdf`. Every reading is a process of its own, the least of three runs counts: seconds of
processor time (user and system), seconds on the clock, and the peak of memory in MiB, less the file's own size in
brackets. qingwen writes Markdown with its rules on, with one thread and with two; mutool and pdftotext write plain text,
the Python packages Markdown (their interpreter's start is part of their time). The last line of a reader is what
a page costs, between the smallest and the largest file. Packages that are not installed are left out.
"""
import os, pathlib, subprocess, sys, tempfile, time

import importlib.util

ROOT = pathlib.Path(__file__).resolve().parents[2]
QINGWEN = str(ROOT / "target/release/qingwen")
CALLS = {
    "pdf_inspector": "m.process_pdf(f).markdown",
    "liteparse": "m.LiteParse(output_format='markdown', ocr_enabled=False).parse(f)",
    "unpdf": "m.to_markdown(f)",
    "pdf_oxide": "(lambda d: [d.to_markdown(p) for p in range(d.page_count() if callable(d.page_count) else d.page_count)])(m.PdfDocument(f))",
}
SECONDS = 120


def package(name):
    return lambda file: [sys.executable, "-c", f"import sys, {name} as m; f = sys.argv[1]; {CALLS[name]}", file]


READERS = {
    "qingwen": lambda file: [QINGWEN, "--in-process", "-j", "1", file],
    "qingwen, 2 threads": lambda file: [QINGWEN, "--in-process", "-j", "2", file],
    "mutool": lambda file: ["mutool", "draw", "-q", "-F", "txt", file],
    "pdftotext": lambda file: ["pdftotext", "-q", "-enc", "UTF-8", file, "-"],
    **{name: package(name) for name in CALLS if importlib.util.find_spec(name)},
}


def once(command):
    """Processor seconds, seconds on the clock, and peak bytes of a command; None where it fails or takes too long."""
    begun = time.monotonic()
    process = subprocess.Popen(["timeout", str(SECONDS), *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss * 1024
    return (usage.ru_utime + usage.ru_stime, time.monotonic() - begun, peak) if process.returncode in (0, 3) else None


def least(command):
    runs = [once(command) for _ in range(3)]
    return tuple(min(column) for column in zip(*runs)) if all(runs) else None


def main():
    counts = sorted(map(int, sys.argv[1:])) or [200, 2000, 4000]
    build = ["cargo", "build", "--release", "-q", "-p", "qingwen-tests", "--bin", "make-large-pdf"]
    subprocess.run(build, cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "qingwen-cli"], cwd=ROOT, check=True)
    print("reader\tpages\tprocessor s\tclock s\tpeak MiB\tprocessor time to qingwen's")
    with tempfile.TemporaryDirectory() as folder:
        files = {count: os.path.join(folder, f"{count}.pdf") for count in counts}
        for count, file in files.items():
            subprocess.run([ROOT / "target/release/make-large-pdf", str(count), file], check=True)
        ours = {}
        for name, command in READERS.items():
            taken = {count: least(command(file)) for count, file in files.items()}
            ours = ours or taken
            for count, figures in taken.items():
                if figures is None:
                    print(f"{name}\t{count}\tfailed, or took longer than {SECONDS} s")
                    continue
                cpu, clock, peak = figures
                beside = (peak - os.path.getsize(files[count])) / (1 << 20)
                ratio = cpu / ours[count][0] if ours.get(count) else float("nan")
                print(f"{name}\t{count}\t{cpu:.2f}\t{clock:.2f}\t{peak >> 20} ({beside:.0f})\t{ratio:.2f}")
            first, last = taken[counts[0]], taken[counts[-1]]
            if first and last and len(counts) > 1:
                pages = counts[-1] - counts[0]
                cpu, memory = (last[0] - first[0]) / pages, (last[2] - first[2]) / pages
                bytes_a_page = (os.path.getsize(files[counts[-1]]) - os.path.getsize(files[counts[0]])) / pages
                print(f"{name}\ta page\t{cpu * 1e3:.2f} ms\t\t{memory / 1024:.1f} KiB, of which the file {bytes_a_page / 1024:.1f}")


main()
