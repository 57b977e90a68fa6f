//! Packages out of parts.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The namespaces of the parts, with their usual prefixes.
pub const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' \
    xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' \
    xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'";

const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
    <Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>\
    <Default Extension='xml' ContentType='application/xml'/><Default Extension='png' ContentType='image/png'/>\
    <Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/>\
    </Types>";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package in the making.
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    relationships: String,
}

impl Package {
    /// A package whose document has this body.
    pub fn new(body: &str) -> Self {
        Package::of_document(format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"))
    }

    /// A package with this document part.
    pub fn of_document(document: impl Into<Vec<u8>>) -> Self {
        let root = format!(
            "<Relationships xmlns='{RELATIONSHIPS}'>\
             <Relationship Id='rId1' Type='{OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>"
        );
        let parts = vec![
            ("[Content_Types].xml".to_owned(), TYPES.into()),
            ("_rels/.rels".to_owned(), root.into_bytes()),
            ("word/document.xml".to_owned(), document.into()),
        ];
        Package { parts, relationships: String::new() }
    }

    /// Adds a part that the document refers to by `id` as a `kind`.
    pub fn part(mut self, id: &str, kind: &str, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((format!("word/{name}"), content.into()));
        self.relate(id, kind, name, "")
    }

    /// Adds the children of `w:styles`.
    pub fn styles(self, styles: &str) -> Self {
        let part = format!("<w:styles {NAMESPACES}>{styles}</w:styles>");
        self.part("styles", "styles", "styles.xml", part)
    }

    /// Adds the children of `w:numbering`.
    pub fn numbering(self, numbering: &str) -> Self {
        let part = format!("<w:numbering {NAMESPACES}>{numbering}</w:numbering>");
        self.part("numbering", "numbering", "numbering.xml", part)
    }

    /// Adds a link that leads out of the package.
    pub fn link(self, id: &str, url: &str) -> Self {
        self.relate(id, "hyperlink", url, " TargetMode='External'")
    }

    fn relate(mut self, id: &str, kind: &str, target: &str, more: &str) -> Self {
        self.relationships
            .push_str(&format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'{more}/>"));
        self
    }

    /// The bytes of the zip.
    pub fn zip(mut self) -> Vec<u8> {
        if !self.relationships.is_empty() {
            let part =
                format!("<Relationships xmlns='{RELATIONSHIPS}'>{}</Relationships>", self.relationships);
            self.parts.push(("word/_rels/document.xml.rels".to_owned(), part.into_bytes()));
        }
        zip_of(&self.parts)
    }
}

/// A zip of named parts, the same bytes each time.
pub fn zip_of(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        zip.start_file(name.as_str(), options).expect("start a part");
        zip.write_all(content).expect("write a part");
    }
    zip.finish().expect("finish the zip").into_inner()
}

/// A paragraph of one run, with properties of paragraph and run.
pub fn p(paragraph: &str, run: &str, text: &str) -> String {
    let wrap = |name: &str, inner: &str| match inner {
        "" => String::new(),
        _ => format!("<w:{name}>{inner}</w:{name}>"),
    };
    let text = if text.is_empty() { String::new() } else { t(text) };
    format!("<w:p>{}<w:r>{}{text}</w:r></w:p>", wrap("pPr", paragraph), wrap("rPr", run))
}

/// A plain paragraph.
pub fn plain(text: &str) -> String {
    p("", "", text)
}

/// A text element that keeps its spaces.
pub fn t(text: &str) -> String {
    format!("<w:t xml:space='preserve'>{text}</w:t>")
}

/// A run of a text.
pub fn r(text: &str) -> String {
    format!("<w:r>{}</w:r>", t(text))
}
