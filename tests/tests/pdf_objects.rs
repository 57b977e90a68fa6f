//! Encrypted files, and files made to break their reader: every limit has one that passes it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use qingwen::model::{ErrorKind, Limits};
use qingwen_pdf::{PdfOptions, characters, read};
use qingwen_tests::pdf_builder::{PdfBuilder, hex, zlib};
use qingwen_tests::root;
use std::time::{Duration, Instant};

fn with_password(password: &str) -> PdfOptions {
    PdfOptions { password: Some(password.to_owned()), ..PdfOptions::default() }
}

/// The characters of a file, which must come soon: a bound far above what a loaded machine needs.
fn soon(file: &[u8]) -> String {
    let begun = Instant::now();
    let text = characters(file, &PdfOptions::default()).unwrap_or_else(|error| format!("error: {error}"));
    let _ = read(file, &PdfOptions::default());
    assert!(begun.elapsed() < Duration::from_secs(60), "took {:?}", begun.elapsed());
    text
}

#[test]
fn every_algorithm_is_decrypted_with_either_password() {
    let plain = std::fs::read(root().join("testdata/pdf/grid.pdf")).unwrap();
    let wanted = characters(&plain, &PdfOptions::default()).unwrap();
    assert!(wanted.chars().filter(|c| !c.is_whitespace()).count() > 20);
    let folder = root().join("testdata/encrypted");
    for name in ["r2-rc4-40", "r3-rc4-128", "r4-rc4-128", "r4-aes-128", "r5-aes-256", "r6-aes-256"] {
        let open = std::fs::read(folder.join(format!("{name}-open.pdf"))).unwrap();
        assert_eq!(characters(&open, &PdfOptions::default()).unwrap(), wanted, "{name}");
        let closed = std::fs::read(folder.join(format!("{name}-closed.pdf"))).unwrap();
        for password in ["user", "owner"] {
            assert_eq!(characters(&closed, &with_password(password)).unwrap(), wanted, "{name} {password}");
        }
        for options in [PdfOptions::default(), with_password("wrong")] {
            let error = read(&closed, &options).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Encrypted, "{name}: {error}");
        }
    }
}

fn font(pdf: &mut PdfBuilder) -> String {
    let font = pdf.cid_font("/GBK-EUC-H", "GB1", "");
    format!("/Font << /F {font} 0 R >>")
}

/// Content that shows 清文.
fn clear() -> String {
    format!("BT /F 20 Tf 50 700 Td <{}> Tj ET\n", hex(b"\xc7\xe5\xce\xc4"))
}

#[test]
fn trees_of_pages_that_lead_back_come_to_an_end() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    pdf.page(&resources, clear());
    let file = String::from_utf8_lossy(&pdf.finish()).replace("/Kids [", "/Kids [2 0 R ");
    let text = soon(file.as_bytes());
    assert!(text.contains("清文") || text.starts_with("error: "), "{text}");
}

/// The diagnostics about the page tree of a file whose tree has other kids, written before its one page.
fn said_of_tree(kids: &str) -> Vec<String> {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    let page = pdf.page(&resources, clear());
    let kids = kids.replace("PAGE", &format!("{page} 0 R"));
    let file = String::from_utf8_lossy(&pdf.finish()).replace("/Kids [", &format!("/Kids [{kids} "));
    let done = read(file.as_bytes(), &PdfOptions::default()).unwrap();
    let said = done.diagnostics.iter().filter(|diagnostic| diagnostic.code == "pdf-page-tree");
    said.map(ToString::to_string).collect()
}

#[test]
fn what_gives_no_page_in_the_tree_is_told() {
    assert_eq!(said_of_tree(""), [""; 0]);
    let repeated = "document: pdf-page-tree: lost: 3 entries of the page tree repeat a page or lead back: each is read once";
    assert_eq!(said_of_tree("2 0 R PAGE PAGE"), [repeated]);
    let dangling = "document: pdf-page-tree: lost: 2 entries of the page tree lead to no page";
    assert_eq!(said_of_tree("99 0 R null"), [dangling]);
}

#[test]
fn a_million_kids_are_no_burden() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    let page = pdf.page(&resources, clear());
    let kids = format!("{page} 0 R ").repeat(1_000_000);
    let file = String::from_utf8_lossy(&pdf.finish()).replace("/Kids [", &format!("/Kids [{kids}"));
    let text = soon(file.as_bytes());
    assert!(text.contains("清文") || text.starts_with("error: "), "{}", &text[..text.len().min(80)]);
}

#[test]
fn forms_that_paint_themselves_come_to_an_end() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    // Each of two forms paints both twice: 2 to the power of the depth, were there no bound on operators.
    let next = pdf.add("null");
    let form =
        format!("/Subtype /Form /Resources << /XObject << /A {} 0 R /B {} 0 R >> >>", next + 1, next + 2);
    pdf.stream(&form, "/A Do /B Do /A Do /B Do");
    pdf.stream(&form, "/B Do /A Do");
    let resources = format!("{resources} /XObject << /A {} 0 R >>", next + 1);
    pdf.page(&resources, clear() + "/A Do");
    assert!(soon(&pdf.finish()).starts_with("清文"));
}

#[test]
fn a_tree_of_forms_with_millions_of_leaves_is_cut_short_and_told() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    let mut inner = pdf.stream("/Subtype /Form", "");
    for _ in 0..22 {
        let form = format!("/Subtype /Form /Resources << /XObject << /A {inner} 0 R >> >>");
        inner = pdf.stream(&form, "/A Do /A Do");
    }
    let resources = format!("{resources} /XObject << /A {inner} 0 R >>");
    pdf.page(&resources, clear() + "/A Do");
    let done = read(pdf.finish(), &PdfOptions::default()).unwrap();
    assert!(done.diagnostics.iter().any(|found| found.code == "pdf-limit"), "{:?}", done.diagnostics);
    assert!(done.value.to_string().contains("清文"));
}

#[test]
fn deep_arrays_and_dictionaries_do_not_overflow_the_stack() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    pdf.page(&format!("{resources} /Deep {}", deep("[", "]")), clear());
    let _ = soon(&pdf.finish());
    for content in [deep("[", "]"), deep("<<", ">>"), "q ".repeat(300_000), "/A BMC ".repeat(300_000)] {
        let mut pdf = PdfBuilder::new();
        let resources = font(&mut pdf);
        pdf.page(&resources, format!("{content}\n{}", clear()));
        assert!(soon(&pdf.finish()).contains("清文"));
    }
}

#[test]
fn what_unpacks_to_more_than_the_limits_is_cut_or_refused() {
    let small = PdfOptions {
        limits: Limits { part: 1 << 20, total: 2 << 20, ..Limits::default() },
        ..PdfOptions::default()
    };
    // Content: what precedes the limit is read, and the rest is named.
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    let long = clear().into_bytes().into_iter().chain(std::iter::repeat_n(b' ', 4 << 20)).collect::<Vec<_>>();
    let content = pdf.stream("/Filter [/Fl#61teDecode /Fl]", zlib(&zlib(&long)));
    let page = format!("/MediaBox [0 0 600 800] /Contents {content} 0 R");
    pdf.bare_page(&page, &resources);
    let done = read(pdf.finish(), &small).unwrap();
    assert!(done.diagnostics.iter().any(|found| found.code == "pdf-limit"), "{:?}", done.diagnostics);
    assert!(done.value.to_string().contains("清文"));
    // Objects: nothing can be trusted.
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    pdf.page(&resources, clear());
    pdf.add(format!("({})", " ".repeat(4 << 20)));
    let file = pdf.finish_in_packed_streams();
    assert!(characters(&file, &PdfOptions::default()).unwrap().contains("清文"));
    assert_eq!(characters(&file, &small).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn pictures_are_never_unpacked_for_text() {
    // Data that is no picture of these kinds: whoever tried to decode it would fail or hang.
    for filter in ["/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "[/FlateDecode /DCT]"] {
        let mut pdf = PdfBuilder::new();
        let resources = font(&mut pdf);
        let picture = pdf.stream(&format!("/Subtype /Image /Width 9 /Height 9 /Filter {filter}"), [b'x'; 64]);
        let resources = format!("{resources} /XObject << /P {picture} 0 R >>");
        pdf.page(&resources, clear() + "/P Do");
        assert_eq!(soon(&pdf.finish()), "清文\u{c}", "{filter}");
        // Content in such a filter says nothing.
        let mut pdf = PdfBuilder::new();
        let content = pdf.stream(&format!("/Filter {filter}"), [b'x'; 64]);
        pdf.bare_page(&format!("/MediaBox [0 0 600 800] /Contents {content} 0 R"), "");
        assert_eq!(soon(&pdf.finish()), "\u{c}", "{filter}");
    }
}

#[test]
fn long_content_takes_time_in_proportion() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    pdf.page(&resources, clear() + &"1 0 0 1 0 0 cm q Q 0 0 m 1 1 l S\n".repeat(300_000));
    assert!(soon(&pdf.finish()).starts_with("清文"));
}

#[test]
fn incremental_updates_and_hybrid_files_are_read_in_their_last_state() {
    let mut pdf = PdfBuilder::new();
    let resources = font(&mut pdf);
    pdf.page(&resources, clear());
    let file = pdf.finish();
    // The content is the stream before the page; an update shows 河 in its stead, and a second takes it back.
    let content = pdf.count() - 1;
    let once = updated(&file, content, &format!("BT /F 20 Tf 50 700 Td <{}> Tj ET", hex(b"\xba\xd3")), "");
    assert_eq!(soon(&once), "河\u{c}");
    assert_eq!(soon(&updated(&once, content, &clear(), "")), "清文\u{c}");
    // A hybrid file: its table knows nothing of an object that a cross-reference stream places.
    assert_eq!(soon(&pdf.finish_hybrid()), "清文\u{c}");
}

/// The file with a new version of one stream at its end (ISO 32000-2, 7.5.6).
fn updated(file: &[u8], number: usize, content: &str, entries: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    let before = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    let size = text.rsplit("/Size ").next().unwrap().split(' ').next().unwrap().to_owned();
    let mut out = file.to_vec();
    let at = out.len();
    let body = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    let start = out.len();
    let table = format!("xref\n{number} 1\n{at:010} 00000 n \n");
    out.extend(table.bytes());
    let trailer = format!("<< /Size {size} /Root 1 0 R /Prev {before} {entries} >>");
    out.extend(format!("trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}
