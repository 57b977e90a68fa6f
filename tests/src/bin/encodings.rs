//! How often the encoding of a text is found, beside others who look for it.
//!
//! ```text
//! encodings [--pieces FOLDER] [--peers FILE] [--also LABEL=FOLDER]... [--wrong N]
//! ```
//!
//! Walks `corpora/txt_enc` of the shared data, one folder an encoding. Each file is tried whole, and in pieces
//! of 8 to 256 bytes, up to eight of a length, each beginning at a word with a letter that is not ASCII. An
//! answer is right when decoding by it gives the same text as decoding by the truth. `--also` adds a folder of
//! UTF-8 texts, to be tried in another encoding. `--pieces` writes the pieces out, so that
//! `tests/measure/detectors.py` can ask others about them; `--peers` reads what they said.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a program for developers")]

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use qingwen_text::{Decoder, TextOptions};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Lengths of pieces; 0 is the whole file.
const LENGTHS: [usize; 6] = [0, 8, 16, 32, 64, 256];

/// One try: the row it counts in, its length, its name, its bytes, and the truth.
struct Try {
    row: String,
    length: usize,
    name: String,
    bytes: Vec<u8>,
    label: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let values = |flag: &str| -> Vec<String> {
        arguments.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].clone()).collect()
    };
    let mut tries = Vec::new();
    let folder = shared().join("corpora/txt_enc");
    let mut unread = Vec::new();
    for (name, path) in files(&folder).into_iter().filter(|(name, _)| !name.ends_with(".utf8")) {
        let (row, file) = name.split_once('/').expect("a folder an encoding");
        let bytes = std::fs::read(path).unwrap();
        match truth(row, &bytes) {
            Some(label) => tries.extend(pieces(row, file, &bytes, label)),
            None => unread.push(name),
        }
    }
    for also in values("--also") {
        let (label, folder) = also.split_once('=').expect("LABEL=FOLDER");
        for (name, path) in files(Path::new(folder)) {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            let bytes = encode(label, &text.chars().take(20_000).collect::<String>(), usize::MAX);
            tries.extend(pieces(&format!("also:{label}"), &name, &bytes, label));
        }
    }
    assert!(!tries.is_empty(), "no texts in {}", folder.display());
    if let Some(out) = values("--pieces").first() {
        return write(Path::new(out), &tries);
    }
    println!("{} tries; {} files in encodings nobody here decodes", tries.len(), unread.len());
    let mut answers: Vec<(String, Vec<String>)> = vec![
        ("qingwen".into(), tries.iter().map(|t| ours(&t.bytes)).collect()),
        ("chardetng".into(), tries.iter().map(|t| chardetng(&t.bytes)).collect()),
    ];
    for file in values("--peers") {
        answers.extend(peers(&std::fs::read_to_string(file).unwrap(), &tries));
    }
    let wrong = values("--wrong").first().and_then(|n| n.parse().ok()).unwrap_or(0);
    report(&tries, &answers, wrong);
}

fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    std::env::var_os("QINGWEN_SHARED").map_or_else(beside, PathBuf::from)
}

/// The files below a folder, by their names from there, in order.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_path_buf()];
    while let Some(path) = left.pop() {
        for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                left.push(entry.path());
            } else if let Ok(name) = entry.path().strip_prefix(folder) {
                found.insert(name.to_string_lossy().into_owned(), entry.path());
            }
        }
    }
    found
}

/// The label by which a folder's files are decoded; `None` for encodings out of reach.
fn truth(folder: &str, bytes: &[u8]) -> Option<&'static str> {
    Some(match folder {
        "ascii" | "utf-8" | "utf-8-sig" => "utf-8",
        "utf-16" => {
            if bytes.starts_with(b"\xFE\xFF") {
                "utf-16be"
            } else {
                "utf-16le"
            }
        }
        "utf-32" => {
            if bytes.starts_with(b"\0\0") {
                "utf-32be"
            } else {
                "utf-32le"
            }
        }
        "utf-16le" => "utf-16le",
        "utf-16be" => "utf-16be",
        "utf-32le" => "utf-32le",
        "utf-32be" => "utf-32be",
        "hz" => "hz-gb-2312",
        "euc-tw" => "euc-tw",
        "iso-2022-kr" => "iso-2022-kr",
        "gb18030" | "gbk" | "gb2312" => "gb18030",
        "big5" | "big5hkscs" => "big5",
        "cp932" => "shift_jis",
        "cp949" => "euc-kr",
        "tis-620" | "iso-8859-11" => "windows-874",
        "maccyrillic" => "x-mac-cyrillic",
        other => {
            let encoding = Encoding::for_label(other.as_bytes())?;
            (encoding != encoding_rs::REPLACEMENT).then(|| encoding.name())?
        }
    })
}

fn pieces(row: &str, file: &str, bytes: &[u8], label: &str) -> Vec<Try> {
    let make = |length: usize, name: String, bytes: Vec<u8>| Try {
        row: row.into(),
        length,
        name,
        bytes,
        label: label.into(),
    };
    let mut tries = vec![make(0, format!("{row}/{file}"), bytes.to_vec())];
    let (text, faults) = decode(bytes, label);
    if faults || label.starts_with("iso-2022") || matches!(label, "hz-gb-2312" | "euc-tw") {
        return tries;
    }
    let mut starts: Vec<usize> = text
        .split_inclusive('\n')
        .filter_map(|line| Some((line, word(line)?)))
        .map(|(line, at)| line.as_ptr() as usize - text.as_ptr() as usize + at)
        .collect();
    let step = starts.len().div_ceil(8).max(1);
    starts = starts.into_iter().step_by(step).collect();
    for length in LENGTHS.into_iter().skip(1) {
        for start in &starts {
            let piece = encode(label, &text[*start..], length);
            if piece.len() + 4 > length && (label.starts_with("utf-16") || !piece.is_ascii()) {
                tries.push(make(length, format!("{row}/{file}@{start}+{length}"), piece));
            }
        }
    }
    tries
}

/// Where the first word begins that is not ASCII.
fn word(line: &str) -> Option<usize> {
    let high = line.find(|c: char| c > '\u{9f}' && c != '\u{feff}' && c.is_alphanumeric())?;
    let back = line[..high].bytes().rev().take_while(u8::is_ascii_alphabetic).take(6).count();
    Some(high - back)
}

/// As much of a text as fits so many bytes of an encoding; what it cannot write is left out.
fn encode(label: &str, text: &str, limit: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoding = Encoding::for_label(label.as_bytes());
    for c in text.chars().filter(|c| *c != '\u{feff}') {
        let units = |big: bool| {
            c.encode_utf16(&mut [0; 2])
                .iter()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect::<Vec<u8>>()
        };
        let next = match (label, encoding) {
            ("utf-16le", _) => units(false),
            ("utf-16be", _) => units(true),
            ("utf-32le", _) => u32::from(c).to_le_bytes().to_vec(),
            ("utf-32be", _) => u32::from(c).to_be_bytes().to_vec(),
            (_, Some(encoding)) => {
                let mut buffer = [0; 4];
                let (bytes, _, lossy) = encoding.encode(c.encode_utf8(&mut buffer));
                if lossy { continue } else { bytes.into_owned() }
            }
            (_, None) => continue,
        };
        if bytes.len() + next.len() > limit {
            break;
        }
        bytes.extend(next);
    }
    bytes
}

/// The text in an encoding, and whether some of it is none.
fn decode(bytes: &[u8], label: &str) -> (String, bool) {
    let options = TextOptions { encoding: Some(label.into()), ..TextOptions::default() };
    let Ok(mut decoder) = Decoder::new(&options) else { return (String::new(), true) };
    let mut text = String::new();
    decoder.push(bytes, &mut text).unwrap();
    decoder.finish(&mut text).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    (text, !decoder.take_faults().is_empty())
}

fn ours(bytes: &[u8]) -> String {
    let mut decoder = Decoder::new(&TextOptions::default()).unwrap();
    let mut text = String::new();
    let done = decoder.push(bytes, &mut text).and_then(|()| decoder.finish(&mut text));
    done.map_or_else(|error| error.to_string(), |()| decoder.encoding().unwrap_or_default().to_lowercase())
}

fn chardetng(bytes: &[u8]) -> String {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow).name().to_lowercase()
}

/// What others said: lines of a number, a name and an answer, with tabs between.
fn peers(lines: &str, tries: &[Try]) -> Vec<(String, Vec<String>)> {
    let mut said: BTreeMap<&str, HashMap<usize, String>> = BTreeMap::new();
    for line in lines.lines() {
        let mut cells = line.split('\t');
        if let (Some(number), Some(peer), Some(answer)) = (cells.next(), cells.next(), cells.next()) {
            said.entry(peer).or_default().insert(number.parse().unwrap(), answer.to_lowercase());
        }
    }
    let all = |said: HashMap<usize, String>| {
        (0..tries.len()).map(|i| said.get(&i).cloned().unwrap_or_default()).collect()
    };
    said.into_iter().map(|(peer, said)| (peer.to_owned(), all(said))).collect()
}

fn write(folder: &Path, tries: &[Try]) {
    std::fs::create_dir_all(folder).unwrap();
    for (number, one) in tries.iter().enumerate() {
        std::fs::write(folder.join(format!("{number}.bin")), &one.bytes).unwrap();
    }
    println!("{} pieces in {}", tries.len(), folder.display());
}

/// Whether an answer reads the bytes as the truth does.
fn is_right(one: &Try, answer: &str) -> bool {
    let label = match answer {
        "gbk" | "gb2312" | "cp936" | "gb18030" | "gb18030-2000" => "gb18030",
        "big5" | "cp950" | "big5-hkscs" | "big5hkscs" | "big5_tw" | "big5_hkscs" => "big5",
        "shift_jis" | "shift_jis_2004" | "shift_jisx0213" | "cp932" | "windows-31j" => "shift_jis",
        "euc-kr" | "cp949" | "uhc" | "johab_" => "euc-kr",
        "euc_jp" | "euc-jp" | "euc_jis_2004" | "euc_jisx0213" | "euc-jis-2004" => "euc-jp",
        "ascii" | "utf_8" | "utf-8-sig" | "utf_8_sig" => "utf-8",
        "utf_16" | "utf-16" => {
            if one.label.starts_with("utf-16") {
                &one.label
            } else {
                "utf-16le"
            }
        }
        "utf_32" | "utf-32" => {
            if one.label.starts_with("utf-32") {
                &one.label
            } else {
                "utf-32le"
            }
        }
        "utf_16_le" => "utf-16le",
        "utf_16_be" => "utf-16be",
        "hz" | "hz-gb-2312" => "hz-gb-2312",
        "tis-620" | "cp874" | "iso8859_11" => "windows-874",
        "maccyrillic" | "mac_cyrillic" | "mac-cyrillic" => "x-mac-cyrillic",
        "macroman" | "mac_roman" => "macintosh",
        other => other,
    };
    let label = label.strip_prefix("cp125").map_or(label.to_owned(), |rest| format!("windows-125{rest}"));
    let label = label.strip_prefix("iso8859_").map_or(label.clone(), |rest| format!("iso-8859-{rest}"));
    label == one.label || decode(&one.bytes, &label).0 == decode(&one.bytes, &one.label).0
}

const CHINESE: [&str; 9] =
    ["gb18030", "gbk", "gb2312", "big5", "big5hkscs", "utf-8", "utf-16le", "utf-16be", "utf-16"];

fn report(tries: &[Try], answers: &[(String, Vec<String>)], wrong: usize) {
    let right: Vec<Vec<bool>> = answers
        .iter()
        .map(|(_, said)| tries.iter().zip(said).map(|(one, answer)| is_right(one, answer)).collect())
        .collect();
    let rows: Vec<&str> = tries
        .iter()
        .map(|one| one.row.as_str())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    for length in LENGTHS {
        let what = if length == 0 { "whole files".into() } else { format!("{length} bytes") };
        println!(
            "\n{what:<20}{:>6}{}",
            "tries",
            answers.iter().map(|(name, _)| format!("{name:>20}")).collect::<String>()
        );
        let line = |name: &str, of: &dyn Fn(&Try) -> bool| {
            let here: Vec<usize> =
                (0..tries.len()).filter(|i| tries[*i].length == length && of(&tries[*i])).collect();
            if here.is_empty() {
                return;
            }
            let share = |right: &Vec<bool>| {
                here.iter().filter(|i| right[**i]).count() as f64 * 100.0 / here.len() as f64
            };
            println!(
                "{name:<20}{:>6}{}",
                here.len(),
                right.iter().map(|r| format!("{:>20.1}", share(r))).collect::<String>()
            );
        };
        for row in &rows {
            line(row, &|one| one.row == *row);
        }
        let chinese = |one: &Try| CHINESE.contains(&one.row.as_str());
        line("= Chinese, Unicode", &chinese);
        line("= others", &|one| !chinese(one) && !one.row.starts_with("also"));
    }
    let failed = (0..tries.len()).filter(|i| !right[0][*i]);
    for i in failed.take(wrong) {
        let said: Vec<String> = answers.iter().map(|(name, said)| format!("{name} {}", said[i])).collect();
        println!(
            "{}: {} ({})",
            tries[i].name,
            said.join(", "),
            decode(&tries[i].bytes, &tries[i].label).0.chars().take(30).collect::<String>().escape_debug()
        );
    }
}
