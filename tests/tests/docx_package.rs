//! Packages as other programs write them: what a document is does not hang on the habits of Word.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qingwen_docx::{DocxOptions, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relationships(office: &str, targets: &[(&str, &str)]) -> String {
    let one = |(index, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id='r{index}' Type='{office}/{kind}' Target='{target}'/>")
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!("<Relationships xmlns='{RELS}'>{all}</Relationships>")
}

fn types(kind: &str, part: &str) -> String {
    format!(
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
         <Override PartName='{part}' ContentType='{kind}'/></Types>"
    )
}

fn document(style: &str) -> String {
    format!(
        "<w:document xmlns:w='{W}'><w:body><w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>青柳河</w:t></w:r>\
         </w:p></w:body></w:document>"
    )
}

const STYLES: &str = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
    <w:style w:type='paragraph' w:styleId='x'><w:name w:val='heading 1'/></w:style></w:styles>";

/// A document whose one paragraph is a heading by its style, and the same after a change to one part.
fn changed(part: &str, content: Option<String>) -> (String, Vec<&'static str>) {
    let mut parts = vec![
        (
            "[Content_Types].xml",
            types(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "/word/document.xml",
            ),
        ),
        ("_rels/.rels", relationships(OFFICE, &[("officeDocument", "word/document.xml")])),
        ("word/_rels/document.xml.rels", relationships(OFFICE, &[("styles", "styles.xml")])),
        ("word/document.xml", document("x")),
        ("word/styles.xml", STYLES.to_owned()),
    ];
    parts.retain(|(name, _)| *name != part || content.is_some());
    for (name, old) in &mut parts {
        if *name == part {
            *old = content.clone().unwrap();
        }
    }
    let done = read(&package(&parts), &DocxOptions::default()).unwrap();
    (done.value.to_string(), done.diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
}

fn is_heading(part: &str, content: Option<String>) {
    let what = format!("{part}: {content:?}");
    assert_eq!(changed(part, content), ("h1 青柳河\n".to_owned(), Vec::new()), "{what}");
}

#[test]
fn documents_with_macros_templates_and_wrong_types_are_documents() {
    for kind in [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/xml",
        "text/plain",
    ] {
        is_heading("[Content_Types].xml", Some(types(kind, "/word/document.xml")));
    }
    is_heading("[Content_Types].xml", None);
    is_heading("[Content_Types].xml", Some("not XML at all".to_owned()));
}

#[test]
fn targets_may_be_absolute_relative_and_in_other_letters() {
    for target in ["/word/document.xml", "./word/document.xml", "word\\document.xml", "Word/Document.XML"] {
        is_heading("_rels/.rels", Some(relationships(OFFICE, &[("officeDocument", target)])));
    }
    for target in ["/word/styles.xml", "../word/styles.xml", "./styles.xml"] {
        is_heading("word/_rels/document.xml.rels", Some(relationships(OFFICE, &[("styles", target)])));
    }
    is_heading("_rels/.rels", Some(relationships(STRICT, &[("officeDocument", "word/document.xml")])));
    is_heading("word/_rels/document.xml.rels", Some(relationships(STRICT, &[("styles", "styles.xml")])));
}

#[test]
fn missing_parts_are_named_and_done_without() {
    is_heading("_rels/.rels", None);
    is_heading("word/_rels/document.xml.rels", None);
    let (blocks, codes) = changed("word/styles.xml", None);
    assert_eq!((blocks.as_str(), codes.as_slice()), ("p  青柳河\n", &["docx-missing-part"][..]));
    let (blocks, codes) = changed("word/styles.xml", Some("<w:styles><w:style".to_owned()));
    assert_eq!((blocks.as_str(), codes.as_slice()), ("p  青柳河\n", &["docx-damaged-xml"][..]));
}

#[test]
fn what_is_no_document_is_named() {
    let of = |kind: &str, part: &str| {
        let parts = [
            ("[Content_Types].xml", types(kind, &format!("/{part}"))),
            ("_rels/.rels", relationships(OFFICE, &[("officeDocument", part)])),
            (part, "<x/>".to_owned()),
        ];
        read(&package(&parts), &DocxOptions::default()).unwrap_err().to_string()
    };
    assert!(
        of("application/vnd.openxmlformats-officedocument.themeManager+xml", "theme/theme/themeManager.xml")
            .contains("theme")
    );
    assert!(
        of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/workbook.xml")
            .contains("Excel")
    );
    assert!(of("application/xml", "ppt/presentation.xml").contains("PowerPoint"));
}

#[test]
fn what_the_file_says_of_itself_is_front_matter_on_request() {
    let core = "<p xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:t='http://purl.org/dc/terms/'><dc:title>青柳河志</dc:title>\
                <dc:creator>何川</dc:creator><t:created>2021-03-04T05:06:07Z</t:created><dc:language>zh-CN</dc:language></p>";
    let parts = [
        ("word/document.xml", document("")),
        ("docProps/core.xml", core.to_owned()),
        ("docProps/app.xml", "<Properties><Application>青柳文字</Application></Properties>".to_owned()),
    ];
    let mut options = qingwen::Options::default();
    options.markdown.front_matter = true;
    let done = qingwen::convert(package(&parts), &options).unwrap();
    for line in ["title: \"青柳河志\"", "author: \"何川\"", "2021-03-04T05:06:07Z", "zh-CN", "青柳文字"]
    {
        assert!(done.markdown.contains(line), "{line}:\n{}", done.markdown);
    }
}
