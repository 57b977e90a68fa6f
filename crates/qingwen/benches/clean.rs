//! How fast cleaning is, in megabytes of UTF-8 a second of one core, beside plain decoding of the same text from
//! GB 18030; and whether its cost grows with the size of the text and no faster, whatever the text.
//!
//! `cargo bench -p qingwen --bench clean [-- [--texts FOLDER] [--of FOLDER]]`
//!
//! Two things are called cleaning here: *document* is the rules alone, on paragraphs that are there already
//! (`qingwen_clean::clean`); *text* is all of `qingwen::clean`: lines are read, the rules run, Markdown is written,
//! and everything is given back to the allocator. `--of` measures the files of a folder as well, each sixty times in a
//! row; `--texts` writes all texts to a folder, so that others can be measured on the same bytes;
//! `tests/measure/autocorrect.py` does. How dirty a text is stands behind its name, for a folder of files as well: our
//! dirty one is as dirty as the dirtier half of files that extractors left, our dirtiest has a change every six characters,
//! and nearly every rule of characters has something to do in each of its lines.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark says what it found")]
#![allow(missing_docs, reason = "a program")]

use qingwen::Options;
use qingwen::model::{Block, Document, Extent, Mark, Shape};
use qingwen_text::TextOptions;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Paragraphs as official documents have them.
const CLEAN: [&str; 4] = [
    "云河县水务局关于2021年度水库安全运行情况的报告",
    "一年来，全县坚持“预防为主、防重于抢”的方针，落实《水库大坝安全管理条例》，共巡查水库1400余座次，整改隐患86处，\
     完成投资3200万元（其中省级补助1500万元），汛期无一垮坝、无一人伤亡。",
    "（一）压实责任。一是明确行政、技术、巡查“三个责任人”；二是签订责任书42份；三是在坝区公示姓名、电话和职责，接受群众监督。\
     各乡镇每周调度一次，遇强降雨每日调度，重要情况随时报告县防汛抗旱指挥部。",
    "下一步，我们将继续补短板、强弱项，把除险加固、雨水情测报和标准化管理三项工作统筹起来——到2025年底前全面完成任务。",
];

/// The same as most extractors leave them: indented, a mark here and a half-width sign there.
const DIRTY: [&str; 4] = [
    "[bookmark: _GoBack]云河县水务局关于2021年度水库安全运行情况的报告",
    "\u{3000}\u{3000}一年来，全县坚持“预防为主、防重于抢”的方针，落实《水库大坝安全管理条例》，共巡查水库 1400 余座次，整改隐患 86 处，\
     完成投资3200万元(其中省级补助1500万元)，汛期无一垮坝、无一人伤亡。",
    "\u{3000}\u{3000}（一）压实责任。一是明确行政、技术、巡查“三个责任人”；二是签订责任书42份；三是在坝区公示姓名、电话和职责,接受群众监督。\
     各乡镇每周调度一次,遇强降雨每日调度,重要情况随时报告县防汛抗旱指挥部。",
    "\u{3000}\u{3000}下一步，我们将继续补短板、强弱项，把除险加固、雨水情测报和标准化管理三项工作统筹起来--到 2025 年底前全面完成任务。",
];

/// The same as an extractor and a hasty hand leave them together, at worst.
const DIRTIEST: [&str; 4] = [
    "\u{feff}[bookmark: _GoBack]云河县水务局关于 2021 年度水库安全运行情况的报告",
    "\u{3000}\u{3000}一年来,全县坚持\"预防为主、防重于抢\"的方针,落实<<水库大坝安全管理条例>>,共巡查水库 1400 余座次,整改隐患 86 处,\
     完成投资３２００万元(其中省级补助1500万元),汛期无一垮坝、无一人伤亡.",
    "\u{3000}\u{3000}(一) 压实责任.一是明确行政、技术、巡查“三个责任人”;二是签订责任书 42 份;三是在坝区公示姓名、电话和职责,接受群众监督。\
     各乡镇每周调度一次,遇强降雨每日调度,重要情况随时报告县防汛抗旱指挥部。。",
    "\u{3000}\u{3000}下一步,我们将继续补短板、强弱项,把除险加固、⾬水情测报和标准化管理三项工作统筹起来--到 2025 年底前全面完成任务!",
];

/// Bytes of a text: those of a long book. What more costs is measured last.
const BYTES: usize = 1 << 20;

fn main() {
    let argument = |name: &str| std::env::args().skip_while(|other| other != name).nth(1).map(PathBuf::from);
    let folder = argument("--texts");
    let measure = |name: &str, text: &str, input: &Document| {
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.txt")), text).expect("the folder is there");
        }
        speed(name, text, input);
    };
    for (name, lines) in [("clean", &CLEAN), ("dirty", &DIRTY), ("dirtiest", &DIRTIEST)] {
        measure(name, &text(lines), &document(lines));
    }
    for path in argument("--of").map(files).unwrap_or_default() {
        let text = std::fs::read_to_string(&path).expect("a text in UTF-8").repeat(60);
        let input = qingwen_text::read(text.as_bytes(), &TextOptions::default()).expect("a text").value;
        measure(&path.file_stem().unwrap_or_default().to_string_lossy(), &text, &input);
    }
    growth();
}

/// The files of a folder, by name.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn text(lines: &[&str]) -> String {
    let once = lines.join("\n") + "\n";
    once.repeat(BYTES / once.len())
}

/// The same lines as paragraphs of a document.
fn document(lines: &[&str]) -> Document {
    let shape = Shape { extent: Extent::Paragraph, ..Shape::default() };
    let count = BYTES / lines.concat().len() * lines.len();
    let paragraph = |(index, line): (usize, &&str)| {
        Block::paragraph(*line).at(Mark::Line(index as u32 + 1)).looking(shape)
    };
    Document {
        blocks: lines.iter().cycle().take(count).enumerate().map(paragraph).collect(),
        ..Document::default()
    }
}

fn speed(name: &str, text: &str, input: &Document) {
    let options = Options::default();
    let size: usize = input.blocks.iter().filter_map(Block::text).map(|text| text.len()).sum();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let decoding = rate(text.len(), || (), |()| drop(black_box(encoding_rs::GB18030.decode(&gb18030))));
    let documents =
        rate(size, || input.clone(), |input| drop(black_box(qingwen_clean::clean(input, &options.clean))));
    let texts = rate(text.len(), || (), |()| drop(black_box(qingwen::clean(text, &options))));
    match qingwen_clean::clean(input.clone(), &options.clean).diagnostics.len() {
        0 => println!("{name}: nothing to change"),
        changes => println!("{name}: a change in {} bytes", text.len() / changes),
    }
    for (what, speed) in [("plain decoding of GB 18030", decoding), ("document", documents), ("text", texts)]
    {
        println!("{name}, {what}: {speed:.0} MB/s, {:.2} of plain decoding", speed / decoding);
    }
}

/// Texts made to take long, and others that are only large: each of `n` units, and the unit's name.
type Hostile = (&'static str, usize, fn(usize) -> String);

/// A quarter of a hundred megabytes, so that the larger of two texts has a hundred.
const QUARTER: usize = 25_000_000;

const HOSTILE: [Hostile; 13] = [
    ("one clean file", QUARTER, |n| (CLEAN.join("\n") + "\n").repeat(n / CLEAN.concat().len())),
    ("one dirty file", QUARTER, |n| (DIRTIEST.join("\n") + "\n").repeat(n / DIRTIEST.concat().len())),
    ("one clean line", QUARTER, |n| CLEAN[1].repeat(n / CLEAN[1].len())),
    ("one dirty line", QUARTER, |n| DIRTIEST[1].repeat(n / DIRTIEST[1].len())),
    ("brackets that open", 250_000, |n| "（水(".repeat(n)),
    ("brackets in brackets", 250_000, |n| "（水".repeat(n / 2) + &")".repeat(n / 2)),
    ("quotes in quotes", 250_000, |n| "“水".repeat(n / 2) + &"”".repeat(n / 2)),
    ("straight quotes", 250_000, |n| "\"水".repeat(n)),
    ("short lines", 250_000, |n| "水库\n".repeat(n)),
    ("lines that go on", 250_000, |n| "水库管理人员、\n".repeat(n)),
    ("lines of one paragraph", 50_000, |n| {
        "　　水库管理人员巡查水库大坝泄洪设施和放水设施以及管理用房十二座的\n".repeat(n)
    }),
    ("only spaces", 3 << 20, |n| " ".repeat(n)),
    ("only commas", 3 << 20, |n| ",".repeat(n)),
];

/// Four times the text must not cost eight times as much.
fn growth() {
    let options = Options::default();
    for (name, units, make) in HOSTILE {
        let cost = |units: usize| {
            let text = make(units);
            // What takes seconds is told apart from noise at once.
            let times = if text.len() > QUARTER { 1 } else { 3 };
            (0..times)
                .map(|_| spent(|| drop(black_box(qingwen::clean(&text, &options)))))
                .min()
                .unwrap_or_default()
        };
        let (once, four) = (cost(units), cost(4 * units));
        let ratio = four.as_secs_f64() / once.as_secs_f64();
        println!("{name}: {once:.1?}; four times as much: {four:.1?}, {ratio:.1} times as long");
        assert!(ratio < 8.0, "the cost of {name} grows faster than the text");
    }
}

/// The best of several runs, in MB/s.
fn rate<T>(bytes: usize, mut prepare: impl FnMut() -> T, mut run: impl FnMut(T)) -> f64 {
    let once = || {
        let input = prepare();
        spent(|| run(input))
    };
    let best = std::iter::repeat_with(once).take(7).min().unwrap_or_default();
    bytes as f64 / 1e6 / best.as_secs_f64()
}

/// The time this thread was at work, where the system tells; otherwise the time that passed.
fn spent(run: impl FnOnce()) -> Duration {
    let at_work = || {
        std::thread::yield_now();
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
    };
    let (start, begun) = (Instant::now(), at_work());
    run();
    match (begun, at_work()) {
        (Some(begun), Some(ended)) => ended - begun,
        _ => start.elapsed(),
    }
}
