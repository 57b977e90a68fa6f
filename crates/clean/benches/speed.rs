//! How fast cleaning is, in megabytes of UTF-8 a second, beside plain decoding of the same text from GB 18030.
//!
//! `cargo bench -p qingwen-clean --bench speed`

#![allow(clippy::print_stdout, reason = "a benchmark says what it found")]
#![allow(missing_docs, reason = "a program")]

use qingwen_clean::{CleanOptions, clean};
use qingwen_model::{Block, Document, Extent, Mark, Shape};
use std::hint::black_box;
use std::time::Instant;

/// Paragraphs as official documents have them.
const CLEAN: [&str; 4] = [
    "云河县水务局关于2021年度水库安全运行情况的报告",
    "一年来，全县坚持“预防为主、防重于抢”的方针，落实《水库大坝安全管理条例》，共巡查水库1400余座次，整改隐患86处，\
     完成投资3200万元（其中省级补助1500万元），汛期无一垮坝、无一人伤亡。",
    "（一）压实责任。一是明确行政、技术、巡查“三个责任人”；二是签订责任书42份；三是在坝区公示姓名、电话和职责，接受群众监督。\
     各乡镇每周调度一次，遇强降雨每日调度，重要情况随时报告县防汛抗旱指挥部。",
    "下一步，我们将继续补短板、强弱项，把除险加固、雨水情测报和标准化管理三项工作统筹起来——到2025年底前全面完成任务。",
];

/// The same as extractors and hasty hands leave them.
const DIRTY: [&str; 4] = [
    "\u{feff}[bookmark: _GoBack]云河县水务局关于 2021 年度水库安全运行情况的报告",
    "\u{3000}\u{3000}一年来,全县坚持\"预防为主、防重于抢\"的方针,落实<<水库大坝安全管理条例>>,共巡查水库 1400 余座次,整改隐患 86 处,\
     完成投资３２００万元(其中省级补助1500万元),汛期无一垮坝、无一人伤亡.",
    "\u{3000}\u{3000}(一) 压实责任.一是明确行政、技术、巡查“三个责任人”;二是签订责任书 42 份;三是在坝区公示姓名、电话和职责,接受群众监督。\
     各乡镇每周调度一次,遇强降雨每日调度,重要情况随时报告县防汛抗旱指挥部。。",
    "\u{3000}\u{3000}下一步,我们将继续补短板、强弱项,把除险加固、⾬水情测报和标准化管理三项工作统筹起来--到 2025 年底前全面完成任务!",
];

fn document(lines: &[&str], bytes: usize) -> Document {
    let mut document = Document::default();
    let mut size = 0;
    let shape = Shape { extent: Extent::Paragraph, ..Shape::default() };
    for (index, line) in lines.iter().cycle().enumerate() {
        document.blocks.push(Block::paragraph(*line).at(Mark::Line(index as u32 + 1)).looking(shape));
        size += line.len();
        if size >= bytes {
            return document;
        }
    }
    document
}

fn size(document: &Document) -> usize {
    document.blocks.iter().filter_map(|block| block.text()).map(|text| text.len()).sum()
}

/// The best of several runs, in MB/s.
fn measure<T>(bytes: usize, mut prepare: impl FnMut() -> T, mut run: impl FnMut(T)) -> f64 {
    let best = (0..5)
        .map(|_| {
            let input = prepare();
            let start = Instant::now();
            run(input);
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    bytes as f64 / 1e6 / best
}

fn main() {
    const BYTES: usize = 8 << 20;
    let all = CleanOptions::default();
    // What looks at one text at a time, without joining lines and finding structure.
    let texts = CleanOptions {
        disable: qingwen_clean::rules()
            .filter(|rule| {
                !matches!(rule.action, qingwen_clean::Action::Text(..) | qingwen_clean::Action::Check(..))
            })
            .map(|rule| rule.id.to_owned())
            .collect(),
        ..CleanOptions::default()
    };
    for (name, lines) in [("clean", &CLEAN), ("dirty", &DIRTY)] {
        let input = document(lines, BYTES);
        let bytes = size(&input);
        for (what, options) in [("all rules", &all), ("rules about texts", &texts)] {
            let speed = measure(bytes, || input.clone(), |input| drop(black_box(clean(input, options))));
            println!("{name} text, {what}: {speed:.0} MB/s");
        }
    }
    let text: String =
        document(&CLEAN, BYTES).blocks.iter().filter_map(|b| b.text()).map(|t| t.as_str()).collect();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    let decode = |()| drop(black_box(encoding_rs::GB18030.decode(&gb18030)));
    println!("plain GB 18030 decoding of the clean text: {:.0} MB/s", measure(text.len(), || (), decode));
}
