//! What can be asked of the pdf reader: some of the pages, pictures, threads, pages that are pictures read by others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use qingwen::model::{Diagnostic, Document};
use qingwen_pdf::{Ocr, PdfOptions, Word, read};
use qingwen_tests::pdf_builder::{PdfBuilder, hex, zlib};
use qingwen_tests::root;
use std::process::Command;

fn show(x: u32, y: u32, gbk: &[u8]) -> String {
    format!("BT /F 20 Tf {x} {y} Td <{}> Tj ET\n", hex(gbk))
}

fn diagnostics(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(Diagnostic::to_string).collect()
}

fn words(document: &Document) -> Vec<String> {
    document.blocks.iter().filter_map(|block| block.text()).map(|text| text.as_str().to_owned()).collect()
}

/// A document of many pages that has something of everything: lines, a broken font, a picture, a hidden layer.
fn many(pages: u32) -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/GBK-EUC-H", "GB1", "");
    let dumb = pdf.cid_font("/Identity-H", "Identity", "");
    let cmap = pdf.stream("", "1 beginbfchar <0001> <2f42> endbfchar");
    let radical = pdf.cid_font("/Identity-H", "Identity", &format!("/ToUnicode {cmap} 0 R"));
    let picture = pdf.stream("/Subtype /Image /Width 9 /Height 9 /Filter /DCTDecode", b"\xff\xd8 a picture");
    let resources =
        format!("/Font << /F {font} 0 R /D {dumb} 0 R /R {radical} 0 R >> /XObject << /P {picture} 0 R >>");
    for page in 1..=pages {
        let mut content = String::new();
        for line in 0..20u32 {
            content += &show(50, 750 - 30 * line, format!("{page}-{line} ").as_bytes());
            content += &show(200, 750 - 30 * line, b"\xc7\xe5\xba\xd3\xd5\xf2");
        }
        if page % 3 == 0 {
            content += "BT /D 20 Tf 50 100 Td <01020304> Tj ET BT /R 20 Tf 300 100 Td <00010001> Tj ET ";
        }
        if page % 4 == 0 {
            content += "q 100 0 0 50 50 60 cm /P Do Q";
        }
        pdf.page(&resources, content);
    }
    pdf.finish()
}

#[test]
fn some_pages_are_read_when_some_are_asked_for() {
    let file = many(12);
    let options = PdfOptions { pages: "2,5-6,11-".parse().unwrap(), ..PdfOptions::default() };
    let done = read(&file, &options).unwrap();
    let firsts = words(&done.value).into_iter().filter(|line| line.contains("-0 "));
    let firsts: Vec<String> = firsts.map(|line| line.split('-').next().unwrap().to_owned()).collect();
    assert_eq!(firsts, ["2", "5", "6", "11", "12"]);
    assert_eq!(done.value.meta.pages, Some(12));
    let marks = diagnostics(&done.diagnostics);
    assert!(marks.iter().any(|found| found.starts_with("page 6: pdf-unmapped")), "{marks:?}");
    assert!(!marks.iter().any(|found| found.starts_with("page 3:")), "{marks:?}");
    assert!(!marks.iter().any(|found| found.contains("pdf-no-page")), "{marks:?}");
}

#[test]
fn ranges_without_a_page_are_reported() {
    let options = PdfOptions { pages: "2,4,5-6,7-,3-9".parse().unwrap(), ..PdfOptions::default() };
    let found = diagnostics(&read(many(3), &options).unwrap().diagnostics);
    let missing: Vec<_> = found.iter().filter(|found| found.contains("pdf-no-page")).collect();
    assert_eq!(missing.len(), 3, "{found:?}");
    for (said, range) in missing.iter().zip(["page 4 of 3", "page 5-6 of 3", "page 7- of 3"]) {
        assert!(said.contains(range), "{said}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let file = many(50);
    let with = |threads| {
        let options = PdfOptions { threads, media: true, ..PdfOptions::default() };
        read(&file, &options).unwrap()
    };
    let alone = with(0);
    assert!(alone.diagnostics.len() > 20 && alone.value.blocks.len() > 900);
    for threads in [1, 2, 3, 7] {
        assert_eq!(with(threads), alone, "{threads} threads");
    }
}

#[test]
fn radicals_are_counted_by_page() {
    let found = diagnostics(&read(many(6), &PdfOptions::default()).unwrap().diagnostics);
    let radicals: Vec<&String> = found.iter().filter(|found| found.contains("pdf-radicals")).collect();
    let told = |page| {
        format!("page {page}: pdf-radicals: 2 radicals stand for the ideographs they look like: ⽂ → 文")
    };
    assert_eq!(radicals, [&told(3), &told(6)]);
}

/// A page with a line, a picture below it with these entries and data, and another line.
fn with_picture(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/GBK-EUC-H", "GB1", "");
    let picture = pdf.stream(&format!("/Subtype /Image {entries}"), data);
    let resources = format!("/Font << /F {font} 0 R >> /XObject << /P {picture} 0 R >>");
    let content =
        show(50, 700, b"\xc9\xcf") + "q 200 0 0 100 50 500 cm /P Do Q\n" + &show(50, 400, b"\xcf\xc2");
    pdf.page(&resources, content);
    pdf.finish()
}

#[test]
fn pictures_are_kept_where_they_stood() {
    let options = PdfOptions { media: true, ..PdfOptions::default() };
    let rgb = "/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode";
    let indexed = "/Width 2 /Height 2 /BitsPerComponent 1 /ColorSpace [/Indexed /DeviceRGB 1 <ff000000ff00>]";
    let fax = "/Width 8 /Height 1 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode \
               /DecodeParms << /K -1 /Columns 8 /Rows 1 >>";
    for (entries, data, ending, begins) in [
        (
            "/Width 9 /Height 9 /Filter /DCTDecode",
            b"\xff\xd8\xff jpeg".to_vec(),
            "jpg",
            &b"\xff\xd8\xff jpeg"[..],
        ),
        ("/Filter [/FlateDecode /DCTDecode]", zlib(b"\xff\xd8\xff jpeg"), "jpg", b"\xff\xd8\xff jpeg"),
        ("/Width 9 /Height 9 /Filter /JPXDecode", b"\0\0\0\x0cjP".to_vec(), "jp2", b"\0\0\0\x0cjP"),
        (rgb, zlib(&[7; 12]), "png", b"\x89PNG\r\n\x1a\n"),
        (indexed, vec![0x40, 0x80], "png", b"\x89PNG\r\n\x1a\n"),
        (fax, vec![0x00, 0x10], "tif", b"II*\0"),
    ] {
        let done = read(with_picture(entries, &data), &options).unwrap();
        assert_eq!(words(&done.value), ["上", "\u{fffc}", "下"], "{entries}");
        let [item] = &done.value.media.items[..] else { panic!("{entries}: {:?}", done.value.media) };
        assert!(item.name.ends_with(ending) && item.bytes.starts_with(begins), "{entries}: {}", item.name);
        assert_eq!(diagnostics(&done.diagnostics), [""; 0], "{entries}");
    }
    // What cannot be kept, or is not asked for, is named.
    let jbig2 = with_picture("/Width 9 /Height 9 /Filter /JBIG2Decode", b"x");
    let found = diagnostics(&read(&jbig2, &options).unwrap().diagnostics);
    assert_eq!(found, ["page 1: pdf-image: lost: 1 image(s)"]);
    let plain = read(&jbig2, &PdfOptions::default()).unwrap();
    assert_eq!(words(&plain.value), ["上", "下"]);
    assert_eq!(diagnostics(&plain.diagnostics), ["page 1: pdf-image: lost: 1 image(s)"]);
}

#[test]
fn inline_pictures_are_named_and_their_data_is_no_content() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/GBK-EUC-H", "GB1", "");
    let inline = "q 9 0 0 9 50 600 cm BI /W 4 /H 1 /BPC 8 /CS /G ID \u{1}EI(EI EI Q\n";
    let content = show(50, 700, b"\xc9\xcf") + inline + &show(50, 400, b"\xcf\xc2");
    pdf.page(&format!("/Font << /F {font} 0 R >>"), content);
    let done = read(pdf.finish(), &PdfOptions::default()).unwrap();
    assert_eq!(words(&done.value), ["上", "下"]);
    assert_eq!(diagnostics(&done.diagnostics), ["page 1: pdf-image: lost: 1 image(s)"]);
}

fn scan() -> Vec<u8> {
    std::fs::read(root().join("testdata/scanned/notice.pdf")).unwrap()
}

#[test]
fn a_scanned_page_is_named_and_read_by_whoever_can() {
    let found = diagnostics(&read(scan(), &PdfOptions::default()).unwrap().diagnostics);
    assert!(found.contains(&"page 1: pdf-needs-ocr: lost: a picture of a page".to_owned()), "{found:?}");
    let ocr = |recognise| PdfOptions {
        ocr: Some(Ocr { languages: "chi_sim".into(), recognise }),
        ..PdfOptions::default()
    };
    let done = read(
        scan(),
        &ocr(|picture, languages| {
            assert!(picture.starts_with(b"II*\0") && languages == "chi_sim");
            let word = |line, x, text: &str| {
                let top = line as f32 / 10.0;
                Word {
                    line,
                    place: [x, top, x + 0.025 * text.chars().count() as f32, top + 0.015],
                    text: text.into(),
                }
            };
            Ok(vec![word(1, 0.2, "清河"), word(1, 0.25, "镇"), word(2, 0.2, "公告")])
        }),
    );
    let done = done.unwrap();
    assert_eq!(words(&done.value), ["清河镇", "公告"]);
    let found = diagnostics(&done.diagnostics);
    let told = "page 1: pdf-ocr: 5 characters were recognised on a picture of the page".to_owned();
    assert!(found.contains(&told) && !found.iter().any(|found| found.contains("needs-ocr")), "{found:?}");
    let failed = read(scan(), &ocr(|_, _| Err("nobody is there".into()))).unwrap();
    let found = diagnostics(&failed.diagnostics);
    assert!(
        found.contains(&"page 1: pdf-ocr: a picture was not read: nobody is there".to_owned()),
        "{found:?}"
    );
    assert!(found.contains(&"page 1: pdf-needs-ocr: lost: a picture of a page".to_owned()), "{found:?}");
}

#[test]
fn the_command_reads_a_scanned_page_with_tesseract() {
    let languages = Command::new("tesseract").arg("--list-langs").output();
    if !languages.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("chi_sim")) {
        eprintln!(
            "SKIPPED the_command_reads_a_scanned_page_with_tesseract: no tesseract with chi_sim is installed"
        );
        return;
    }
    let qingwen = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"));
        command.arg(root().join("testdata/scanned/notice.pdf"));
        command
    };
    let said = qingwen().output().unwrap();
    assert_eq!(said.status.code(), Some(3), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(said.stdout.is_empty());
    let said = qingwen().args(["--ocr=chi_sim", "--page-marks"]).output().unwrap();
    let markdown = String::from_utf8_lossy(&said.stdout);
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    for words in ["<!-- page 1 -->", "清河镇供水公告", "为检修河东泵站，定于三月五日上午八时至下午四时停止"]
    {
        assert!(markdown.contains(words), "{markdown}");
    }
}
