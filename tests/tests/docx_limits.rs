//! What a docx may cost: bombs, nesting, tables beyond measure.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qingwen_docx::{DocxOptions, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", options).unwrap();
    write!(zip, "<w:document {W}><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn kind(bytes: &[u8], options: &DocxOptions) -> &'static str {
    read(bytes, options).map_or_else(|error| error.kind().as_str(), |_| "read")
}

fn codes(bytes: &[u8], options: &DocxOptions) -> Vec<&'static str> {
    read(bytes, options).unwrap().diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_part_that_unpacks_beyond_the_limit_is_an_error_of_that_kind() {
    let bomb = docx(&" ".repeat(8 << 20));
    assert!(bomb.len() < 64 << 10, "{} bytes are no bomb", bomb.len());
    let mut options = DocxOptions::default();
    assert_eq!(kind(&bomb, &options), "read");
    options.limits.part = 1 << 20;
    assert_eq!(kind(&bomb, &options), "limit");
    options = DocxOptions::default();
    options.limits.total = 1 << 20;
    assert_eq!(kind(&bomb, &options), "limit");
    options = DocxOptions::default();
    options.limits.input = 100;
    assert_eq!(kind(&bomb, &options), "limit");
}

#[test]
fn deep_nesting_loses_only_what_is_deep_and_says_so() {
    let cells = "<w:tbl><w:tr><w:tc>".repeat(20_000)
        + "<w:p><w:r><w:t>深</w:t></w:r></w:p>"
        + &"</w:tc></w:tr></w:tbl>".repeat(20_000);
    let bytes = docx(&(cells + "<w:p><w:r><w:t>后</w:t></w:r></w:p>"));
    let done = read(&bytes, &DocxOptions::default()).unwrap();
    assert!(done.value.to_string().ends_with("p  后\n"));
    assert!(done.diagnostics.iter().any(|d| d.code == "docx-too-deep" && d.to_string().contains('深')));
}

#[test]
fn unclosed_wrappers_and_fields_do_not_nest_without_end() {
    for element in ["<w:sdt>", "<w:ins>", "<w:hyperlink>", "<w:r><w:pict>", "<w:p>", "<m:oMath>"] {
        let bytes = docx(&format!("<w:p>{}<w:r><w:t>甲</w:t></w:r>", element.repeat(20_000)));
        assert!(codes(&bytes, &DocxOptions::default()).contains(&"docx-damaged-xml"), "{element}");
    }
    let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>".repeat(20_000);
    let bytes = docx(&format!("<w:p>{begin}<w:r><w:t>码</w:t></w:r></w:p>"));
    let done = read(&bytes, &DocxOptions::default()).unwrap();
    assert!(done.diagnostics.iter().any(|d| d.code == "docx-open-field"));
}

#[test]
fn a_table_beyond_the_limit_is_cut_and_says_so() {
    let row = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr>";
    let bytes = docx(&format!("<w:tbl>{}</w:tbl>", row.repeat(50)));
    let mut options = DocxOptions::default();
    options.limits.cells = 10_000;
    assert!(codes(&bytes, &options).contains(&"docx-table-size"));
    assert!(codes(&bytes, &DocxOptions::default()).is_empty());
}

#[test]
fn time_grows_with_size_and_not_with_its_square() {
    let bodies: [fn(usize) -> String; 4] = [
        |n| "<w:p><w:r><w:t>甲</w:t></w:r></w:p>".repeat(n),
        |n| {
            format!(
                "<w:p>{}</w:p>",
                "<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>".repeat(n)
            )
        },
        |n| "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>".repeat(n),
        |n| {
            format!(
                "<w:tbl>{}</w:tbl>",
                "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>".repeat(n)
            )
        },
    ];
    for (index, body) in bodies.iter().enumerate() {
        let time = |n: usize| {
            let bytes = docx(&body(n));
            let best = (0..3).map(|_| {
                let start = std::time::Instant::now();
                assert_eq!(kind(&bytes, &DocxOptions::default()), "read");
                start.elapsed()
            });
            best.min().unwrap().as_secs_f64()
        };
        let (small, large) = (time(4_000), time(32_000));
        assert!(
            large < small * 32.0 + 0.05,
            "case {index}: {small:.4} s, then {large:.4} s for eight times as much"
        );
    }
}
