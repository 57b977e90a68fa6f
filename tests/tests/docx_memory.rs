//! What a large docx takes in memory, against the size of its document part.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

/// A paragraph as Word writes it: properties of paragraph and mark, words in three runs.
fn paragraph(number: usize) -> String {
    let fonts = "<w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\" w:hAnsi=\"仿宋\" w:hint=\"eastAsia\"/>";
    let props = format!("<w:rPr>{fonts}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr>");
    let run = |text: &str| format!("<w:r w:rsidR=\"00A77B3E\" w:rsidRPr=\"{number:08X}\">{props}<w:t>{text}</w:t></w:r>");
    let (id, first, last) = (
        run(&format!("第{number}户")),
        run("位于石桥镇东岭村，供水由镇水务站负责，"),
        run("水表每月抄录一次，水费按季缴纳。"),
    );
    format!(
        "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"{number:08X}\"><w:pPr><w:spacing w:line=\"560\" w:lineRule=\"exact\"/>\
         <w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>{props}</w:pPr>{id}{first}{last}</w:p>"
    )
}

/// A docx whose document part has some megabytes: its bytes, and the sizes of the part and of its text.
fn docx(megabytes: usize) -> (Vec<u8>, usize, usize) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", options).unwrap();
    write!(zip, "<w:document {W}><w:body>").unwrap();
    let (mut size, mut text) = (0, 0);
    for number in 0.. {
        let paragraph = paragraph(number);
        zip.write_all(paragraph.as_bytes()).unwrap();
        size += paragraph.len();
        text += paragraph.split("<w:t>").skip(1).map(|rest| rest.find('<').unwrap()).sum::<usize>();
        if size >= megabytes << 20 {
            break;
        }
    }
    write!(zip, "</w:body></w:document>").unwrap();
    (zip.finish().unwrap().into_inner(), size, text)
}

/// Converts a docx with the command: the peak of its memory in bytes, and the length of the Markdown.
fn convert(bytes: &[u8]) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.docx");
    std::fs::write(&file, bytes).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"))
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    // The Markdown is there as a whole before any of it is written, and a pipe holds little of it.
    let mut first = [0];
    stdout.read_exact(&mut first).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: usize = peak.trim().trim_end_matches(" kB").parse().unwrap();
    let length = std::io::copy(&mut stdout, &mut std::io::sink()).unwrap() as usize + 1;
    assert!(child.wait().unwrap().success());
    (peak << 10, length)
}

#[test]
fn a_document_of_fifty_megabytes_takes_little_more_than_its_part_and_its_text() {
    let (small, ..) = docx(1);
    let (large, part, text) = docx(50);
    let (base, _) = convert(&small);
    let (peak, length) = convert(&large);
    println!("1 MB: {} MB; {} MB with {} MB of text: {} MB", base >> 20, part >> 20, text >> 20, peak >> 20);
    assert!(length > text, "{length} bytes of Markdown for {text} of text");
    assert!(peak < 1, "peak {peak}");
}
