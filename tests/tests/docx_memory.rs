//! What a large docx takes in memory, against the size of its document part.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};
use std::process::Command;
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

/// What a paragraph says.
fn sentences(number: usize) -> [String; 3] {
    [
        format!("第{number}户"),
        "位于石桥镇东岭村，供水由镇水务站负责，".to_owned(),
        "水表每月抄录一次，水费按季缴纳。".to_owned(),
    ]
}

/// A paragraph as Word writes it: properties of paragraph and mark, words in three runs.
fn marked_up(number: usize) -> String {
    let fonts =
        "<w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\" w:hAnsi=\"仿宋\" w:hint=\"eastAsia\"/>";
    let props = format!("<w:rPr>{fonts}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr>");
    let runs = sentences(number).map(|text| {
        format!("<w:r w:rsidR=\"00A77B3E\" w:rsidRPr=\"{number:08X}\">{props}<w:t>{text}</w:t></w:r>")
    });
    format!(
        "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"{number:08X}\"><w:pPr><w:spacing w:line=\"560\" w:lineRule=\"exact\"/>\
         <w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>{props}</w:pPr>{}</w:p>",
        runs.concat()
    )
}

/// A paragraph that is hardly more than its words.
fn bare(number: usize) -> String {
    format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", sentences(number).concat())
}

/// A docx whose document part has some megabytes: its bytes, and the sizes of the part and of its text.
fn docx(paragraph: fn(usize) -> String, megabytes: usize) -> (Vec<u8>, usize, usize) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", options).unwrap();
    write!(zip, "<w:document {W}><w:body>").unwrap();
    let (mut size, mut text) = (0, 0);
    for number in 0.. {
        let paragraph = paragraph(number);
        zip.write_all(paragraph.as_bytes()).unwrap();
        size += paragraph.len();
        text += sentences(number).concat().len();
        if size >= megabytes << 20 {
            break;
        }
    }
    write!(zip, "</w:body></w:document>").unwrap();
    (zip.finish().unwrap().into_inner(), size, text)
}

/// The peak of memory, in bytes, of a process that does nothing else than `mode` with a docx, and what came of it.
fn peak(mode: &str, bytes: &[u8]) -> (usize, usize) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_docx-cost")).arg(mode).arg(file.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stdout).unwrap();
    let mut numbers = said.split_ascii_whitespace().map(|number| number.parse::<usize>().unwrap());
    let size = numbers.next().unwrap();
    (numbers.next().unwrap() << 10, size)
}

#[test]
fn a_document_of_fifty_megabytes_takes_its_part_and_a_small_multiple_of_its_text() {
    for (name, paragraph) in [("marked up", marked_up as fn(usize) -> String), ("bare", bare)] {
        let (bytes, part, text) = docx(paragraph, 50);
        let (base, _) = peak("load", &bytes);
        // Rules keep what they find out about paragraphs beside them.
        for (mode, times) in [("read", 3), ("off", 3), ("on", 4)] {
            let (peak, size) = peak(mode, &bytes);
            let [part_mb, text_mb, peak_mb] = [part, text, peak - base].map(|bytes| bytes >> 20);
            println!("{name}, {mode}: a part of {part_mb} MB with {text_mb} MB of text takes {peak_mb} MB");
            assert!(mode == "read" || size > text, "{name}: {size} bytes of Markdown for {text} of text");
            let most = base + part + text * times;
            assert!(peak < most, "{name}, {mode}: {peak} bytes, more than {most}");
        }
    }
}
