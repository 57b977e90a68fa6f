//! Bad input of every kind through the command in one run: each costs one line of the report, and what that line says
//! stands in `tests/bad-input.md`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use qingwen_tests::pdf_builder::PdfBuilder;
use qingwen_tests::{expect, root};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A package whose main part is written by `body`.
fn docx(body: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
    ];
    for (name, part) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.start_file("word/document.xml", options).unwrap();
    body(&mut writer);
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    docx(|to| write!(to, "<w:document {W}><w:body>{body}</w:body></w:document>").unwrap())
}

/// `count` times a mebibyte of one byte.
fn mebibytes(to: &mut dyn Write, byte: u8, count: usize) {
    let block = vec![byte; 1 << 20];
    (0..count).for_each(|_| to.write_all(&block).unwrap());
}

fn archive(name: &str, body: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    body(&mut writer);
    writer.finish().unwrap().into_inner()
}

/// A pdf whose page shows one line, after `change` had its way with it.
fn pdf(change: impl FnOnce(&mut PdfBuilder)) -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    change(&mut pdf);
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
    pdf.showing(font, "59756e7869").finish()
}

/// Bytes with one piece of ASCII in place of another.
fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert!(text.contains(from));
    text.replace(from, to).chars().map(|c| c as u8).collect()
}

/// The inputs: what each is, its name, and its bytes.
fn inputs() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let million = 1_000_000;
    vec![
        ("a docx whose text unpacks to 600 MiB", "bomb.docx", docx(|to| mebibytes(to, b' ', 600))),
        ("an archive whose text says it unpacks to 3 GiB", "bomb.zip", {
            let mut bytes = archive("a.txt", |to| to.write_all(b"a").unwrap());
            let at = |signature: &[u8]| bytes.windows(4).position(|window| window == signature).unwrap();
            let (local, central) = (at(b"PK\x03\x04") + 22, at(b"PK\x01\x02") + 24);
            for at in [local, central] {
                bytes[at..at + 4].copy_from_slice(&(3u32 << 30).to_le_bytes());
            }
            bytes
        }),
        ("an archive in an archive in an archive", "nested.zip", {
            let inner = archive("b.zip", |to| to.write_all(&archive("a.txt", |to| to.write_all(b"a").unwrap())).unwrap());
            archive("c.zip", |to| to.write_all(&inner).unwrap())
        }),
        ("entities that laugh a billion times", "laughs.docx", docx(|to| {
            write!(to, "<!DOCTYPE w [<!ENTITY l0 \"哈\">{laughs}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>").unwrap();
        })),
        ("a million elements within one another", "deep.docx", document(&"<w:ins>".repeat(million))),
        ("tables within tables, ten thousand deep", "tables.docx", document(&"<w:tbl><w:tr><w:tc><w:p/>".repeat(10_000))),
        ("a row of a million cells", "cells.docx", document(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>".repeat(million)))),
        ("a cell that spans a million columns, in two rows", "span.docx", document(&format!(
            "<w:tbl>{}</w:tbl>",
            r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"#.repeat(2)
        ))),
        ("a line of a million columns between tabs", "tabs.txt", format!("{}\n", "1\t".repeat(million)).repeat(2).into_bytes()),
        ("a line of 20 MB", "line.txt", "云溪".repeat(3_500_000).into_bytes()),
        ("a million brackets that open", "brackets.txt", "（".repeat(million).into_bytes()),
        ("a page tree whose page is the tree", "tree.pdf", changed(&pdf(|_| ()), "/Kids [", "/Kids [2 0 R ")),
        ("a page tree that leads back after a while", "cycle.pdf", pdf(|pdf| {
            let at = pdf.add("<< /Type /Pages /Kids [4 0 R] /Count 1 >>");
            pdf.add(format!("<< /Type /Pages /Kids [{at} 0 R] /Count 1 >>"));
            pdf.catalog = format!("/Pages {at} 0 R");
        })),
        ("an object that is itself", "itself.pdf", pdf(|pdf| {
            pdf.add("3 0 R");
            pdf.catalog = "/Metadata 3 0 R /Outlines 3 0 R /Names 3 0 R".to_owned();
        })),
        ("a form that draws itself", "form.pdf", pdf(|pdf| {
            let form = pdf.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 3 0 R >> >>", "/X Do /X Do");
            pdf.page(&format!("/XObject << /X {form} 0 R >>"), "/X Do");
        })),
        ("bookmarks that follow themselves", "bookmarks.pdf", pdf(|pdf| {
            pdf.add("<< /Title (a) /Next 3 0 R /First 3 0 R /Parent 3 0 R >>");
            pdf.catalog = "/Outlines << /First 3 0 R /Last 3 0 R /Count 9 >>".to_owned();
        })),
        ("a cross-reference table before itself", "before.pdf", {
            let bytes = pdf(|_| ());
            let start = bytes.windows(5).rposition(|window| window == b"xref\n" ).unwrap();
            let at = bytes[start + 5..].iter().take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b));
            changed(&bytes, "trailer\n<<", &format!("trailer\n<< /Prev {}", at.collect::<String>()))
        }),
        ("a stream as long as it says itself", "length.pdf", pdf(|pdf| {
            pdf.add("<< /Length 3 0 R >>\nstream\nBT ET\nendstream");
            pdf.page("", "q Q");
        })),
        ("half a million operands", "operands.pdf", pdf(|pdf| {
            pdf.page("", format!("BT [{}] TJ ET {}", "1 ".repeat(500_000), "q ".repeat(500_000)));
        })),
        ("arrays within arrays, a million deep", "arrays.pdf", pdf(|pdf| {
            pdf.add("[".repeat(million));
            pdf.page("", "[".repeat(million));
        })),
        ("a name that breaks the line and colours the terminal", "a\n\u{1b}[31m\u{7}\u{202e}b.txt", b"a\n".to_vec()),
        ("nothing at all", "empty.txt", Vec::new()),
    ]
}

#[test]
fn bad_input_costs_a_line_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs();
    let mut list = Vec::new();
    let mut named: Vec<(&str, String)> = Vec::new();
    for (what, name, bytes) in &inputs {
        fs::write(folder.path().join(OsStr::from_bytes(name.as_bytes())), bytes).unwrap();
        named.push((*what, (*name).to_owned()));
    }
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status().unwrap().success());
    let special = [
        ("a pipe that nobody writes to", "pipe.txt"),
        ("a device without end", "/dev/zero"),
        ("a terminal", "/dev/tty"),
        ("a file that is not there", "missing.docx"),
    ];
    named.extend(special.map(|(what, name)| (what, name.to_owned())));
    named.iter().for_each(|(_, name)| list.extend([name.as_bytes(), b"\0"].concat()));
    fs::write(folder.path().join("list"), list).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"))
        .args(["--files-from", "list", "-0", "-o", "out", "--report", "report.jsonl", "--html", "page.html"])
        .args(["--timeout", "300"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read(folder.path().join("page.html")).unwrap();
    for shown in [&output.stderr, &page] {
        assert!(!shown.iter().any(|byte| matches!(byte, 0x1b | 0x07)), "an escape reaches the terminal");
    }
    assert!(String::from_utf8_lossy(&output.stderr).lines().all(|line| !line.starts_with("b.txt")));

    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    let mut rows =
        report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).peekable();
    let mut table = String::from(
        "# Bad input\n\nWhat the command says of it, with the limits that it has by default. `cargo test -p qingwen-tests --test \
         bad_input` tries all of it\nin one run and compares; `QINGWEN_BLESS=1` rewrites this page. Names that lead out of an \
         archive, damaged archives and\nworkers that crash have tests of their own (`archives.rs`, `faults.rs`).\n\n\
         | input | status | what is said |\n|---|---|---|\n",
    );
    for (what, name) in &named {
        while let Some(row) = rows.next_if(|row| row["path"].as_str().unwrap().starts_with(name)) {
            let said = match row["cause"]["message"].as_str() {
                Some(message) => message.replace(folder.path().to_str().unwrap(), ""),
                None => {
                    let lost = row["diagnostics"].as_array().unwrap().iter().filter(|d| d["kind"] == "lost");
                    let lost: std::collections::BTreeSet<_> =
                        lost.map(|d| d["code"].as_str().unwrap()).collect();
                    lost.iter().fold("Markdown".to_owned(), |said, code| format!("{said}; lost: {code}"))
                }
            };
            writeln!(
                table,
                "| {what} | {} | {} |",
                row["status"].as_str().unwrap(),
                said.replace('|', "\\|")
            )
            .unwrap();
            let kind = row["cause"]["kind"].as_str().unwrap_or_default();
            assert!(!["panic", "crash", "timeout"].contains(&kind), "{what}: {kind}: {said}");
        }
    }
    assert!(rows.next().is_none(), "the report has a line of something else");
    assert!(table.lines().count() > named.len(), "{table}");
    expect(&root().join("tests/bad-input.md"), &table).unwrap();
}
