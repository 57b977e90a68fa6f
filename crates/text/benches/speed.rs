//! How fast whole files become documents, beside what encoding_rs needs to decode them alone.
//!
//! `cargo bench -p qingwen-text --bench speed` prints megabytes of input a second, the best of several runs,
//! and the ratios that are promised: GBK to `Document` at 1.5 times bare encoding_rs, UTF-8 at 2 GB/s. `-- small large`
//! measures these sizes only. What Big5 does not have of the text is written in ASCII (`&#27700;`), so the same text in
//! traditional characters is measured, too.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use encoding_rs::{BIG5, Encoding, GB18030};
use qingwen_text::{Reader, TextOptions, read, read_str};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Clauses of an invented regulation, one of which makes a line.
const CLAUSES: [&str; 6] = [
    "第一条　为了加强临河县城乡供水管理，保障居民生活和生产用水安全，根据有关法律、法规，结合本县实际，制定本办法。",
    "第二条　本县行政区域内的供水、用水及其监督管理活动，适用本办法。",
    "第三条　县水务局负责全县供水工作的监督管理；县发展改革、财政、卫生健康等部门按照各自职责，做好相关工作。",
    "（一）编制供水专项规划，报县人民政府批准后组织实施；",
    "（二）2024年12月31日前完成DN300以上管网改造，漏损率控制在9%以内；",
    "任何单位和个人不得擅自改装、迁移、拆除供水设施。违反本办法规定的，由县水务局责令限期改正，并处五百元以上五千元以下罚款。",
];

/// The same in traditional characters.
const TRADITIONAL: [&str; 6] = [
    "第一條　為了加強臨河縣城鄉供水管理，保障居民生活和生產用水安全，根據有關法律、法規，結合本縣實際，制定本辦法。",
    "第二條　本縣行政區域內的供水、用水及其監督管理活動，適用本辦法。",
    "第三條　縣水務局負責全縣供水工作的監督管理；縣發展改革、財政、衛生健康等部門按照各自職責，做好相關工作。",
    "（一）編制供水專項規劃，報縣人民政府批准後組織實施；",
    "（二）2024年12月31日前完成DN300以上管網改造，漏損率控制在9%以內；",
    "任何單位和個人不得擅自改裝、遷移、拆除供水設施。違反本辦法規定的，由縣水務局責令限期改正，並處五百元以上五千元以下罰款。",
];

fn text(clauses: &[&str], bytes: usize, wrap: usize) -> String {
    let mut text = String::new();
    for clause in clauses.iter().cycle() {
        let chars: Vec<char> = clause.chars().collect();
        for line in chars.chunks(wrap) {
            text.extend(line);
            text.push('\n');
        }
        if text.len() >= bytes {
            return text;
        }
    }
    text
}

/// Megabytes a second, by the best of many runs.
fn speed<T>(bytes: usize, mut run: impl FnMut() -> T) -> f64 {
    let (mut best, mut spent, mut runs) = (Duration::MAX, Duration::ZERO, 0);
    while runs < 5 || spent < Duration::from_millis(400) {
        let start = Instant::now();
        let result = black_box(run());
        let took = start.elapsed();
        drop(result);
        (best, spent, runs) = (best.min(took), spent + took, runs + 1);
    }
    bytes as f64 / best.as_secs_f64() / 1e6
}

fn measure(name: &str, text: &str, traditional: &str) {
    let options = TextOptions::default();
    println!("{name}: {} kB of UTF-8, {} lines", text.len() / 1000, text.lines().count());
    let utf8 = speed(text.len(), || read(text.as_bytes(), &options).unwrap());
    let lines = speed(text.len(), || read_str(text));
    let strings = speed(text.len(), || text.lines().map(str::to_owned).collect::<Vec<_>>());
    println!(
        "  UTF-8 to Document {utf8:>6.0} MB/s; decoded to Document {lines:>6.0}; only lines to strings {strings:>6.0}"
    );
    legacy("GB18030", GB18030, text, &options);
    legacy("Big5", BIG5, text, &options);
    legacy("Big5, traditional,", BIG5, traditional, &options);
}

fn legacy(name: &str, encoding: &'static Encoding, text: &str, options: &TextOptions) {
    let (bytes, _, _) = encoding.encode(text);
    let document = speed(bytes.len(), || read(&bytes, options).unwrap());
    let pieces = speed(bytes.len(), || {
        let mut reader = Reader::new(options).unwrap();
        for piece in bytes.chunks(1 << 16) {
            reader.push(piece).unwrap();
            black_box(reader.take());
        }
        reader.finish().unwrap()
    });
    let fresh = speed(bytes.len(), || encoding.decode(&bytes).0.into_owned());
    let mut room = String::with_capacity(bytes.len() * 3);
    let bare = speed(bytes.len(), || {
        room.clear();
        let _ = encoding.new_decoder().decode_to_string(&bytes, &mut room, true);
        room.len()
    });
    println!(
        "  {name} to Document {document:>6.0} MB/s; in pieces {pieces:>6.0}; encoding_rs alone {fresh:>6.0}, into memory at hand {bare:>6.0}; {:.2} and {:.2} times",
        document / fresh,
        document / bare
    );
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let sizes = [("small", 20_000), ("ordinary", 400_000), ("large", 8_000_000), ("huge", 64_000_000)];
    for (name, bytes) in sizes {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        for (kind, wrap) in [("a paragraph a line", usize::MAX), ("wrapped at 38", 38)] {
            let (text, traditional) = (text(&CLAUSES, bytes, wrap), text(&TRADITIONAL, bytes, wrap));
            measure(&format!("{name}, {kind}"), &text, &traditional);
        }
    }
}
