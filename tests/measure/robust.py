#!/usr/bin/env python3
"""Read every pdf below folders with qingwen's reader, pdftotext, mutool and pdfium, and compare.

    robust.py [--all] [--only TEXT] [FOLDER…]        the folder is ../shared/corpora/pdf_robust by default

Every reading is a process of its own with 10 seconds and a look at its peak memory. Texts are compared as bags of
characters after NFKC, without blanks, controls, private use and U+FFFD. Where two of the three peers agree (F1 of at
least 0.95 and 20 characters), what both have is the reference, and qingwen's recall is its share of that. Printed are
the faults of qingwen, the files with text by reader, the recall, and a table of the files with lost characters and of
those where a reader fails; --all prints a line for each file. A second recall leaves out the files whose pages show that
the peers are wrong, as `explained.md` says one by one. What the peers say is kept in $TMPDIR/qingwen-robust.

Needs pdftotext (with poppler-data) and mutool, and pypdfium2 in the Python that runs this.
"""
import collections, hashlib, multiprocessing, os, pathlib, re, signal, subprocess, sys, tempfile, threading, time, unicodedata

import pypdfium2

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("QINGWEN_SHARED", ROOT / "../shared"))
KEPT = pathlib.Path(tempfile.gettempdir()) / "qingwen-robust"
SECONDS, MEMORY = 10, 1 << 30
PEERS = {
    "pdftotext": lambda file: ["pdftotext", "-q", "-enc", "UTF-8", file, "-"],
    "mutool": lambda file: ["mutool", "draw", "-q", "-F", "txt", file],
    "pdfium": lambda file: lambda: pdfium(file),
}
LINES = str(ROOT / "target/debug/examples/lines")


def pdfium(file):
    """Prints the text of a file, in a process of its own made by forking this one."""
    for page in pypdfium2.PdfDocument(file):
        os.write(1, page.get_textpage().get_text_range().encode("utf-8", "replace") + b"\f")


def start(command, out, err):
    """Starts a command, or a call, in a fork; gives the process's id."""
    if (pid := os.fork()) == 0:
        os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
        code = 1
        try:
            command() if callable(command) else os.execvp(command[0], command)
            code = 0
        finally:
            os._exit(code)
    return pid


def run(command):
    """What a command prints, its exit code (None after too long), its peak memory in bytes, its seconds, its last words."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = start(command, out, err)
        late = threading.Event()
        timer = threading.Timer(SECONDS, lambda: (late.set(), os.kill(pid, signal.SIGKILL)))
        timer.start()
        _, status, usage = os.wait4(pid, 0)
        timer.cancel()
        out.seek(0), err.seek(0)
        code = None if late.is_set() else os.waitstatus_to_exitcode(status)
        return out.read(), code, usage.ru_maxrss * 1024, time.monotonic() - begun, err.read()[-400:].decode("utf-8", "replace")


def bag(data):
    text = unicodedata.normalize("NFKC", data.decode("utf-8", "replace"))
    drop = ("C", "Z")
    return collections.Counter(c for c in text if unicodedata.category(c)[0] not in drop and c != "\ufffd")


def peer(name, file, key):
    kept = KEPT / name / key
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        text, code, *_ = run(PEERS[name](str(file)))
        kept.write_bytes(text if code is not None else b"")
    return bag(kept.read_bytes())


def common(a, b):
    return sum((a & b).values())


def f1(a, b):
    return 2 * common(a, b) / max(1, a.total() + b.total())


def reference(texts):
    """The two peers that agree best, and what both have; None where no two agree."""
    names = list(texts)
    pairs = [(f1(texts[a], texts[b]), a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    score, a, b = max(pairs)
    both = texts[a] & texts[b]
    return (f"{a}+{b}", both) if score >= 0.95 and both.total() >= 20 else (None, None)


def explained():
    """What `explained.md` says of files, by name: whose characters the page shows, and why they differ."""
    page = (pathlib.Path(__file__).parent / "explained.md").read_text()
    rows = re.findall(r"^\| `([^`]+)` \| (\w+) \| (.+) \|$", page, re.M)
    return {name: (right, why) for name, right, why in rows}


def measure(file):
    """What each reader has of one file, and how qingwen's run went."""
    key = hashlib.sha256(file.read_bytes()).hexdigest()[:24]
    peers = {name: peer(name, file, key) for name in PEERS}
    # The painted characters are what is comparable, whatever a layout makes of them.
    text, code, memory, seconds, said = run([LINES, "--characters", str(file)])
    return file, {"qingwen": bag(text), **peers}, code, memory, seconds, said


def main():
    args = sys.argv[1:]
    every = "--all" in args
    only = args[args.index("--only") + 1] if "--only" in args else ""
    folders = [pathlib.Path(a) for a in args if not a.startswith("--") and a != only] or [SHARED / "corpora/pdf_robust"]
    files = sorted(f for folder in folders for f in folder.rglob("*.pdf") if only in str(f))
    if not files:
        sys.exit(f"no pdf in {', '.join(map(str, folders))}")
    subprocess.run(["cargo", "build", "-q", "-p", "qingwen-pdf", "--example", "lines"], cwd=ROOT, check=True)

    faults, texts_of = [], collections.Counter()
    wanted = found = extra = agreed = 0
    words, wrong_wanted, wrong_found, wrong = explained(), 0, 0, []
    losses, failures = [], []
    worst_memory = worst_time = 0
    with multiprocessing.Pool(4) as pool:
        measured = list(pool.imap(measure, files, chunksize=8))
    for file, texts, code, memory, seconds, said in measured:
        name = str(file.relative_to(folders[0])) if file.is_relative_to(folders[0]) else str(file)
        worst_memory, worst_time = max(worst_memory, memory), max(worst_time, seconds)
        if code not in (0, 1) or "panicked" in said:
            faults.append(f"{name}: {'no end' if code is None else f'exit code {code}'}: {said.strip()[-200:]}")
        if memory > MEMORY:
            faults.append(f"{name}: {memory >> 20} MiB")
        texts_of.update(reader for reader, chars in texts.items() if chars)
        ours = texts["qingwen"]
        pair, both = reference({reader: texts[reader] for reader in PEERS})
        if pair:
            agreed += 1
            kept = common(ours, both)
            wanted, found, extra = wanted + both.total(), found + kept, extra + max(0, ours.total() - both.total())
            right, _ = words.get(file.name, ("", ""))
            if kept < both.total() and right == "qingwen":
                wrong_wanted, wrong_found = wrong_wanted + both.total(), wrong_found + kept
                wrong.append(file.name)
            if kept < both.total():
                missing = "".join(sorted((both - ours).elements()))[:40]
                losses.append((both.total() - kept, kept / both.total(), name, pair, missing, words.get(file.name, ("", ""))[1]))
            failing = [reader for reader, chars in texts.items() if common(chars, both) < 0.5 * both.total()]
            if failing:
                failures.append(f"{name}: {', '.join(failing)}")
        if every:
            print(f"{name}\t{seconds:.2f} s\t{memory >> 20} MiB\t" + "\t".join(f"{r} {c.total()}" for r, c in texts.items()))

    print(f"{len(files)} files; qingwen's slowest {worst_time:.1f} s, largest {worst_memory >> 20} MiB")
    print(f"faults (panics, more than {SECONDS} s, more than {MEMORY >> 20} MiB): {len(faults)}")
    print(*(f"  {fault}" for fault in faults), sep="\n")
    print("files with text: " + ", ".join(f"{r} {texts_of[r]}" for r in ("qingwen", *PEERS)))
    recall = found / max(1, wanted)
    print(f"two peers agree on {agreed} files, {wanted} characters: recall {recall:.4f}, {extra} characters beyond theirs")
    recall = (found - wrong_found) / max(1, wanted - wrong_wanted)
    print(f"without {len(wrong)} files whose pages show other characters than the peers print: recall {recall:.4f}")
    print("characters lost, recall, file, reference, some of them, what the page shows:")
    for lost, share, name, pair, missing, why in sorted(losses, reverse=True)[:60]:
        print(f"  {lost}\t{share:.3f}\t{name}\t{pair}\t{missing}\t{why}")
    print(f"  and {max(0, len(losses) - 60)} more files" if len(losses) > 60 else "")
    print("readers with less than half of what two peers agree on:")
    print(*(f"  {failure}" for failure in failures), sep="\n")


if __name__ == "__main__":
    main()
