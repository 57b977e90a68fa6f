//! Documents built byte by byte, for what ordinary writers of PDF do not produce at will.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use qingwen::model::{Diagnostic, ErrorKind};
use qingwen_pdf::{PdfOptions, characters, read};
use qingwen_tests::pdf_builder::{PdfBuilder, hex};

/// The characters of a file of one page.
fn text(file: &[u8]) -> String {
    characters(file, &PdfOptions::default()).unwrap().trim_end_matches('\u{c}').to_owned()
}

/// The diagnostics of a file, without those of the layout's own findings.
fn diagnostics(file: &[u8]) -> Vec<String> {
    let found = read(file, &PdfOptions::default()).unwrap().diagnostics;
    found.iter().map(Diagnostic::to_string).collect()
}

/// What a composite font that is not embedded shows for a string.
fn shown(encoding: &str, ordering: &str, bytes: &[u8]) -> String {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font(encoding, ordering, "");
    text(&pdf.showing(font, &hex(bytes)).finish())
}

/// What a simple font with these entries shows for a string.
fn simple(entries: &str, bytes: &[u8]) -> String {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add(format!("<< /Type /Font {entries} >>"));
    text(&pdf.showing(font, &hex(bytes)).finish())
}

/// What a composite font with this ToUnicode CMap shows for a string.
fn to_unicode(cmap: &str, string: &str) -> String {
    let mut pdf = PdfBuilder::new();
    let stream = pdf.stream("", cmap);
    let font = pdf.cid_font("/Identity-H", "Identity", &format!("/ToUnicode {stream} 0 R"));
    text(&pdf.showing(font, string).finish())
}

fn hello() -> PdfBuilder {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/GBK-EUC-H", "GB1", "");
    pdf.showing(font, &hex(b"\xc7\xe5\xce\xc4"))
}

#[test]
fn fonts_with_predefined_cmaps_need_neither_program_nor_to_unicode() {
    for (encoding, ordering, bytes, expected) in [
        ("/GBK-EUC-H", "GB1", &b"\xb5\xda\xd2\xbb\xd5\xc2 A1"[..], "第一章 A1"),
        ("/GBKp-EUC-V", "GB1", b"\x81\x40", "丂"),
        ("/GBpc-EUC-H", "GB1", b"\xd6\xd0", "中"),
        ("/GB-EUC-V", "GB1", b"\xd6\xd0", "中"),
        ("/GBK2K-H", "GB1", b"\xd6\xd0\x81\x39\xee\x39", "中㐀"),
        ("/UniGB-UCS2-H", "GB1", b"\x4e\x2d\0A", "中A"),
        ("/UniGB-UTF16-V", "GB1", b"\x4e\x2d\xd8\x40\xdc\x0b", "中𠀋"),
        ("/UniGB-UTF8-H", "GB1", "中A".as_bytes(), "中A"),
        ("/UniGB-UTF32-H", "GB1", b"\0\0\x4e\x2d", "中"),
        ("/ETen-B5-H", "CNS1", b"\xa4\xa4A", "中A"),
        ("/CNS-EUC-H", "CNS1", b"\xc4\xe3\x8e\xa2\xa1\xa1", "中乂"),
        ("/UniCNS-UTF16-H", "CNS1", b"\x4e\x2d", "中"),
        ("/90ms-RKSJ-H", "Japan1", b"\x93\xfa\xb1A", "日ｱA"),
        ("/EUC-V", "Japan1", b"\xc6\xfc", "日"),
        ("/H", "Japan1", b"\x46\x7c", "日"),
        ("/UniJIS-UCS2-HW-H", "Japan1", b"\x65\xe5", "日"),
        ("/KSCms-UHC-HW-V", "Korea1", b"\xb0\xa1", "가"),
        ("/UniKS-UTF16-H", "Korea1", b"\xac\0", "가"),
    ] {
        assert_eq!(shown(encoding, ordering, bytes), expected, "{encoding}");
    }
}

#[test]
fn cids_and_their_widths_are_found_through_every_unicode_form() {
    // A and B are 0.6 em wide by their CIDs, 34 and 35 in GB1, and C stands where they end. Whoever misses the CIDs
    // takes the width of all others and sees a gap.
    for (encoding, ab, c) in [
        ("/UniGB-UCS2-H", &b"\0A\0B"[..], &b"\0C"[..]),
        ("/UniGB-UTF16-H", b"\0A\0B", b"\0C"),
        ("/UniGB-UTF8-H", b"AB", b"C"),
        ("/UniGB-UTF32-H", b"\0\0\0A\0\0\0B", b"\0\0\0C"),
        ("/GBKp-EUC-H", b"AB", b"C"),
    ] {
        let mut pdf = PdfBuilder::new();
        let font = pdf.cid_font_with(encoding, "GB1", "/DW 100 /W [34 [600 600] 4559 [900]]", "");
        let (ab, c) = (hex(ab), hex(c));
        let content = format!("BT /F 20 Tf 50 700 Td <{ab}> Tj 24 0 Td <{c}> Tj ET");
        pdf.page(&format!("/Font << /F {font} 0 R >>"), content);
        let done = read(pdf.finish(), &PdfOptions::default()).unwrap();
        assert_eq!(done.value.blocks[0].text().unwrap().as_str(), "ABC", "{encoding}");
    }
}

#[test]
fn cids_of_adobes_collections_are_characters() {
    assert_eq!(shown("/Identity-H", "GB1", &[0, 34, 0x11, 0xcf]), "A中");
    assert_eq!(shown("/Identity-V", "Japan1", &[0x0c, 0xd4]), "日");
    assert_eq!(shown("/Identity-H", "CNS1", &[2, 0x95]), "中");
    assert_eq!(shown("/Identity-H", "Korea1", &[0, 34]), "A");
}

#[test]
fn to_unicode_is_believed_whatever_the_collection() {
    let cmap = "1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar <0001> <4e2d> <0002> <d840dc0b> \
                <0003> <00660069> endbfchar 2 beginbfrange <0010> <0012> <4e00> <0020> <0021> [<6587> <0041>] endbfrange";
    assert_eq!(to_unicode(cmap, "0001000200030012002000210010"), "中𠀋fi丂文A一");
    // Names of collections nobody knows do not stand in the way.
    let mut pdf = PdfBuilder::new();
    let stream = pdf.stream("", "1 beginbfchar <0005> <4e2d> endbfchar");
    let font = pdf.cid_font("/Identity-H", "PKU2", &format!("/ToUnicode {stream} 0 R"));
    assert_eq!(text(&pdf.showing(font, "0005").finish()), "中");
}

#[test]
fn radicals_in_cmaps_are_the_ideographs_they_look_like() {
    let cmap = "5 beginbfchar <0001> <2f42> <0002> <2f004e00> <0003> <7406f9e4> <0004> <884cf9c8fa08> \
                <0005> <884c4e00> endbfchar";
    assert_eq!(to_unicode(cmap, "00010002"), "文一");
    // Quartz puts variants behind the ideograph, too; two ideographs stay two.
    assert_eq!(to_unicode(cmap, "000300040005"), "理行行一");
}

#[test]
fn a_cmap_in_the_file_tells_codes_of_different_lengths_apart() {
    let mut pdf = PdfBuilder::new();
    let cmap = pdf.stream(
        "/Type /CMap /CMapName /Own",
        "2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange \
         1 begincidrange <41> <5a> 34 endcidrange 1 begincidchar <8001> 4559 endcidchar",
    );
    let font = pdf.cid_font(&format!("{cmap} 0 R"), "GB1", "");
    assert_eq!(text(&pdf.showing(font, "41800142").finish()), "A中B");
}

#[test]
fn simple_fonts_have_encodings_differences_and_glyph_names() {
    let font = |encoding: &str| format!("/Subtype /Type1 /BaseFont /Times-Roman /Encoding {encoding}");
    assert_eq!(simple(&font("/WinAnsiEncoding"), b"caf\xe9 \x93x\x94 a\xadb"), "café “x” a-b");
    assert_eq!(simple(&font("/MacRomanEncoding"), b"caf\x8e"), "café");
    assert_eq!(simple("/Subtype /Type1 /BaseFont /Times-Roman", b"don't \xae"), "don’t fi");
    let names =
        "<< /BaseEncoding /WinAnsiEncoding /Differences [1 /uni4E2D /u2000B 65 /alpha /f_f_i /B.alt] >>";
    assert_eq!(simple(&font(names), b"\x01\x02ABCD"), "中𠀋αffiBD");
    assert_eq!(simple("/Subtype /Type1 /BaseFont /Symbol", b"a\xb7"), "α•");
    assert_eq!(simple("/Subtype /Type1 /BaseFont /ZapfDingbats", b"4"), "✔");
    assert_eq!(simple("/Subtype /TrueType /BaseFont /Wingdings", b"\xd8\xfc"), "➢✓");
}

#[test]
fn a_font_with_a_gbk_name_and_western_encoding_is_gbk() {
    // The name is 宋体, its bytes written as #xx.
    let entries =
        "/Subtype /TrueType /BaseFont /#cb#ce#cc#e5 /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255";
    assert_eq!(simple(entries, b"\xc7\xe5\xce\xc4 A"), "清文 A");
    let mut pdf = PdfBuilder::new();
    let font = pdf.add(format!("<< /Type /Font {entries} >>"));
    let found = diagnostics(&pdf.showing(font, &hex(b"\xc7\xe5")).finish());
    assert_eq!(
        found,
        ["document: pdf-guessed-font: the characters of 宋体: its strings are taken for GBK by its name"]
    );
}

#[test]
fn drawn_fonts_are_read_by_their_names() {
    let mut pdf = PdfBuilder::new();
    let glyph = pdf.stream("", "500 0 d0");
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 65 /LastChar 67 \
         /Widths [50 50 50] /CharProcs << /uni6E05 {glyph} 0 R /a66 {glyph} 0 R /blob {glyph} 0 R >> \
         /Encoding << /Differences [65 /uni6E05 /a66 /blob] >> >>"
    ));
    let file = pdf.showing(font, "414243").finish();
    assert_eq!(text(&file), "清B");
    let lost = "page 1: pdf-unmapped: lost: 1 of 3 glyphs (34 %): no characters are known for those of ";
    assert_eq!(diagnostics(&file), [lost]);
}

#[test]
fn text_without_known_characters_is_reported_and_not_guessed() {
    let file = {
        let mut pdf = PdfBuilder::new();
        let font = pdf.cid_font("/Identity-H", "Identity", "");
        pdf.showing(font, &"0102".repeat(30)).finish()
    };
    assert_eq!(text(&file), "");
    let found = diagnostics(&file);
    assert!(found[0].starts_with("page 1: pdf-unmapped: lost: 30 of 30 glyphs (100 %)"), "{found:?}");
    assert!(found[1].starts_with("page 1: pdf-needs-ocr"), "{found:?}");
    // Claims that say nothing count as no claims.
    for nothing in ["<fffd>", "<e123>", "<0003>"] {
        assert_eq!(to_unicode(&format!("1 beginbfchar <0001> {nothing} endbfchar"), "0001"), "", "{nothing}");
    }
}

#[test]
fn an_identity_says_nothing_of_a_font_that_came_with_windows() {
    let mut pdf = PdfBuilder::new();
    let cmap = pdf.stream(
        "",
        "1 begincodespacerange <0000> <ffff> endcodespacerange 1 begincidrange <0000> <ffff> 0 endcidrange",
    );
    let descendant = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ArialBlack /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
    );
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /ArialBlack /Encoding /Identity-H /ToUnicode {cmap} 0 R \
         /DescendantFonts [{descendant} 0 R] >>"
    ));
    let file = pdf.showing(font, "00360052001300150013").finish();
    assert_eq!(text(&file), "So020");
}

#[test]
fn letters_of_founders_latin_fonts_are_letters() {
    let mut pdf = PdfBuilder::new();
    let cmap = pdf.stream("", "3 beginbfchar <0001> <7290> <0002> <7286> <0003> <ff11> endbfchar");
    let descendant = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /E-BZ9 /CIDSystemInfo << /Registry (Founder) \
         /Ordering (PKUE1) /Supplement 0 >> /DW 480 >>",
    );
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /E-BZ9 /Encoding /Identity-H /ToUnicode {cmap} 0 R \
         /DescendantFonts [{descendant} 0 R] >>"
    ));
    assert_eq!(text(&pdf.showing(font, "000100020003").finish()), "IC１");
}

#[test]
fn codes_that_only_number_ideographs_say_nothing() {
    let shown = |width: usize| {
        let mut pdf = PdfBuilder::new();
        let program = pdf.stream("/Subtype /Type1C", b"no program that can be read");
        let descriptor = pdf.add(format!("<< /Type /FontDescriptor /Flags 32 /FontFile3 {program} 0 R >>"));
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 33 /LastChar 36 /Encoding /WinAnsiEncoding \
             /Widths [{width} 1000 1000 1000] /FontDescriptor {descriptor} 0 R >>"
        ));
        text(&pdf.showing(font, &hex(b"!\"#$")).finish())
    };
    assert_eq!(shown(1000), "");
    assert_eq!(shown(300), "!\"#$");
}

#[test]
fn a_page_that_is_a_picture_needs_recognition() {
    let mut pdf = PdfBuilder::new();
    let entries =
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let image = pdf.stream(entries, b"\x80");
    pdf.page(&format!("/XObject << /I {image} 0 R >>"), "q 600 0 0 800 0 0 cm /I Do Q");
    let found = diagnostics(&pdf.finish());
    assert!(found.contains(&"page 1: pdf-needs-ocr: lost: a picture of a page".to_owned()), "{found:?}");
}

#[test]
fn actual_text_replaces_what_is_painted() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    pdf.page(
        &format!("/Font << /F {font} 0 R >>"),
        "BT /F 10 Tf 50 700 Td (a) Tj /Span << /ActualText <feff6e056587> >> BDC (xyz) Tj EMC (b) Tj \
         /Span << /ActualText () >> BDC (gone) Tj EMC (c) Tj ET",
    );
    assert_eq!(text(&pdf.finish()), "a清文bc");
}

#[test]
fn forms_run_within_forms_but_not_forever() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    let inner = pdf.stream("/Subtype /Form /BBox [0 0 9 9]", "BT /F 10 Tf (inner) Tj ET");
    let outer = pdf.stream(
        &format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F {font} 0 R >> /XObject << /X {inner} 0 R /Me {} 0 R >> >>", inner + 1),
        "BT /F 10 Tf (outer ) Tj ET /X Do /Me Do",
    );
    pdf.page(&format!("/XObject << /X {outer} 0 R >>"), "q 1 0 0 1 9 9 cm /X Do Q");
    let text = text(&pdf.finish());
    assert!(text.starts_with("outer inner"), "{text}");
    assert!(text.len() < 1000, "{}", text.len());
}

#[test]
fn layers_that_are_off_are_reported_and_not_shown() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    let (on, off) = (pdf.add("<< /Type /OCG /Name (on) >>"), pdf.add("<< /Type /OCG /Name (off) >>"));
    pdf.catalog = format!("/OCProperties << /OCGs [{on} 0 R {off} 0 R] /D << /OFF [{off} 0 R] >> >>");
    pdf.page(
        &format!("/Font << /F {font} 0 R >> /Properties << /A {on} 0 R /B {off} 0 R >>"),
        "BT /F 10 Tf 50 700 Td /OC /A BDC (shown) Tj EMC /OC /B BDC (draft) Tj EMC ET",
    );
    let file = pdf.finish();
    assert_eq!(text(&file), "shown");
    assert_eq!(diagnostics(&file), ["page 1: pdf-hidden-layer: lost: draft"]);
}

#[test]
fn inline_images_are_skipped_to_their_end() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    pdf.page(
        &format!("/Font << /F {font} 0 R >>"),
        b"BI /W 2 /H 2 /BPC 8 /CS /G ID \x01 EI \xff(\x02 EI\nBT /F 10 Tf (after) Tj ET".as_slice(),
    );
    assert_eq!(text(&pdf.finish()), "after");
}

#[test]
fn form_fields_and_remarks_are_neither_silent_nor_garbage() {
    let mut pdf = PdfBuilder::new();
    let field = pdf.add("<< /Subtype /Widget /FT /Tx /T (town) /V <feff6e056cb3> /Rect [50 600 200 620] >>");
    let note = pdf.add("<< /Subtype /Text /Contents (check this) /Rect [10 10 20 20] >>");
    let hidden = pdf.add("<< /Subtype /Widget /F 2 /FT /Tx /V (hidden) /Rect [50 500 200 520] >>");
    let entries = format!("/MediaBox [0 0 600 800] /Annots [{field} 0 R {note} 0 R {hidden} 0 R]");
    pdf.page_with(&entries, "", "");
    let file = pdf.finish();
    assert_eq!(text(&file), "清河");
    assert_eq!(diagnostics(&file), ["page 1: pdf-annotation: lost: check this"]);
}

#[test]
fn every_way_to_find_objects_gives_the_same_text() {
    let pdf = hello();
    let file = pdf.finish();
    let replaced = |from: &[u8], to: &[u8]| {
        let at = file.windows(from.len()).position(|window| window == from).unwrap();
        [&file[..at], to, &file[at + from.len()..]].concat()
    };
    let table = file.windows(5).rposition(|window| window == b"xref\n").unwrap();
    let update = b"4 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /GBK-EUC-H /DescendantFonts [3 0 R] >>\nendobj\n";
    for (way, file) in [
        ("a table", file.clone()),
        ("object streams", pdf.finish_in_streams()),
        ("a length too small", replaced(b"/Length 38", b"/Length 3 ")),
        ("a length too large", replaced(b"/Length 38", b"/Length 9999")),
        ("no table", file[..table - 1].to_vec()),
        ("a wrong start", replaced(b"startxref\n", b"startxref\n1")),
        ("junk before", [b"HTTP/1.1 200 OK\r\n\r\n", file.as_slice()].concat()),
        ("junk behind", [file.as_slice(), b"<html></html>\n".repeat(90).as_slice()].concat()),
        ("an update without a table", [file.as_slice(), update].concat()),
    ] {
        assert_eq!(text(&file), "清文", "{way}");
    }
}

#[test]
fn a_file_that_needs_a_password_says_so() {
    // The values are made up: they fit no password.
    let mut pdf = hello();
    let zeros = "00".repeat(32);
    let encrypt = format!("<< /Filter /Standard /V 1 /R 2 /O <{zeros}> /U <{zeros}> /P -4 >>");
    pdf.trailer = format!("/Encrypt {encrypt} /ID [<00> <00>]");
    let error = read(pdf.finish(), &PdfOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Encrypted);
    assert_eq!(read(b"no pdf", &PdfOptions::default()).unwrap_err().kind(), ErrorKind::Malformed);
}

#[test]
fn what_the_file_says_of_itself_is_kept() {
    let mut pdf = hello();
    let info = pdf.add("<< /Title <feff6e056587> /Author (Li) /CreationDate (D:20240102030405+08'00') >>");
    pdf.trailer = format!("/Info {info} 0 R");
    pdf.catalog = "/Lang (zh-CN)".into();
    let meta = read(pdf.finish(), &PdfOptions::default()).unwrap().value.meta;
    assert_eq!(meta.title.as_deref(), Some("清文"));
    assert_eq!(meta.author.as_deref(), Some("Li"));
    assert_eq!(meta.created.as_deref(), Some("2024-01-02T03:04:05+08:00"));
    assert_eq!((meta.language.as_deref(), meta.pages), (Some("zh-CN"), Some(1)));
}

#[test]
fn cut_anywhere_nothing_panics() {
    for file in [hello().finish(), hello().finish_in_streams()] {
        for end in 0..file.len() {
            let _ = read(&file[..end], &PdfOptions::default());
        }
    }
}
