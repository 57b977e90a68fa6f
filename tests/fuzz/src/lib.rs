//! What the fuzz targets share: sound files around fuzzed parts, and documents made of bytes.

use comrak::nodes::NodeValue;
use pulldown_cmark::{Event, Options, Parser};
use qingwen::model::{Block, Body, Cell, Code, Document, Item, List, Marker, Row, Style, Table, Text};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts of an input: each begins with a line `== name`.
pub fn parts(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, b"== ") {
        let head = &rest[at + 3..];
        let Some(end) = head.iter().position(|byte| *byte == b'\n') else { break };
        let body = &head[end + 1..];
        let length = find(body, b"\n== ").map_or(body.len(), |at| at + 1);
        if let Ok(name) = std::str::from_utf8(&head[..end]) {
            parts.push((name, &body[..length]));
        }
        rest = &body[length..];
    }
    parts
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// The parts of a document that the main part refers to, by the type of the relationship.
const KINDS: [&str; 7] =
    ["styles", "numbering", "footnotes", "endnotes", "comments", "settings", "theme"];

/// A docx of these parts; what every docx needs and the input has not is added.
pub fn package(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut relationships = String::from(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    );
    for kind in KINDS {
        relationships.push_str(&format!(
            r#"<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>"#
        ));
    }
    relationships.push_str("</Relationships>");
    let needed = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONSHIPS.as_bytes()),
        ("word/_rels/document.xml.rels", relationships.as_bytes()),
    ];
    let given = parts(bytes);
    let missing = needed.into_iter().filter(|(name, _)| given.iter().all(|(given, _)| given != name));
    for (name, part) in given.iter().copied().chain(missing).collect::<Vec<_>>() {
        // Two parts of one name: the second is left out.
        if writer.start_file(name, options).is_ok() {
            let _ = writer.write_all(part);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A pdf of one page: its `content`, its font's map to `unicode`, an `encoding` as a CMap, entries of the `font`, a font
/// `program`, and further `object`s from number 9.
pub fn pdf(bytes: &[u8]) -> Vec<u8> {
    let parts = parts(bytes);
    let part = |name: &str| parts.iter().find(|(found, _)| *found == name).map(|(_, part)| *part);
    let stream = |data: &[u8]| {
        [format!("<< /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    };
    let encoding: &[u8] = if part("encoding").is_some() { b"6 0 R" } else { b"/UniGB-UCS2-H" };
    let descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /FontDescriptor 8 0 R \
        /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> >>";
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> \
          /XObject << /X 9 0 R >> >> >>"
            .to_vec(),
        stream(part("content").unwrap_or_default()),
        [
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding ".as_slice(),
            encoding,
            if part("unicode").is_some() { b" /ToUnicode 7 0 R" } else { b"" },
            b" /DescendantFonts [",
            part("font").unwrap_or(descendant),
            b"] >>",
        ]
        .concat(),
        stream(part("encoding").unwrap_or_default()),
        stream(part("unicode").unwrap_or_default()),
        match part("program") {
            Some(_) => b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontFile2 9 0 R >>".to_vec(),
            None => b"<< /Type /FontDescriptor /FontName /Song /Flags 4 >>".to_vec(),
        },
    ];
    objects.extend(part("program").map(stream));
    objects.extend(parts.iter().filter(|(name, _)| *name == "object").map(|(_, part)| part.to_vec()));
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|at| file.extend_from_slice(format!("{at:010} 00000 n \n").as_bytes()));
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend_from_slice(trailer.as_bytes());
    file
}

/// A document made of bytes: each block takes a byte that says what it is, and then its text up to a NUL byte.
pub fn document(bytes: &[u8]) -> Document {
    let mut source = Source(bytes);
    let mut document = Document::default();
    while !source.0.is_empty() && document.blocks.len() < 200 {
        document.blocks.push(source.block(3));
    }
    document
}

struct Source<'a>(&'a [u8]);

impl Source<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn string(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        let string = String::from_utf8_lossy(&self.0[..end]).replace('\u{fffd}', "");
        self.0 = &self.0[(end + 1).min(self.0.len())..];
        string
    }

    /// Text in stretches of different styles: a byte of 1 to 8 begins a new one.
    fn text(&mut self) -> Text {
        let mut text = Text::new();
        for piece in self.string().split_inclusive(|c| ('\u{1}'..='\u{8}').contains(&c)) {
            let kind = piece.chars().next_back().filter(|c| ('\u{1}'..='\u{8}').contains(c));
            let mut style = Style::default();
            match kind {
                Some('\u{1}') => style.bold = true,
                Some('\u{2}') => style.italic = true,
                Some('\u{3}') => style.strike = true,
                Some('\u{4}') => style.code = true,
                Some('\u{5}') => style.link = Some("https://example.org/a(b".into()),
                Some('\u{6}') => (style.bold, style.italic) = (true, true),
                Some('\u{7}') => style.superscript = true,
                Some('\u{8}') => style.underline = true,
                _ => {}
            }
            text.push(piece.trim_end_matches(|c| ('\u{1}'..='\u{8}').contains(&c)), &style);
        }
        text
    }

    fn blocks(&mut self, depth: u8) -> Vec<Block> {
        let count = 1 + self.byte() % 3;
        (0..count).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: u8) -> Block {
        let kind = self.byte();
        let body = match kind % 16 {
            1 | 2 => Body::Heading(1 + kind / 16 % 6, self.text()),
            3 if depth > 0 => Body::Quote(self.blocks(depth - 1)),
            4 | 5 if depth > 0 => {
                let marker =
                    if kind.is_multiple_of(2) { Marker::Bullet } else { Marker::Number(kind.into()) };
                let count = 1 + self.byte() % 4;
                let item = |source: &mut Self| Item {
                    done: [None, Some(true), Some(false)][usize::from(source.byte() % 3)],
                    blocks: source.blocks(depth - 1),
                    number: None,
                };
                Body::List(List { marker, loose: kind & 8 > 0, items: (0..count).map(|_| item(self)).collect() })
            }
            6 if depth > 0 => {
                let (rows, columns) = (1 + self.byte() % 4, 1 + self.byte() % 4);
                let cell = |source: &mut Self| Cell::new(vec![Block::paragraph(source.text())]);
                let row = |source: &mut Self| Row { cells: (0..columns).map(|_| cell(source)).collect() };
                Body::Table(Table { rows: (0..rows).map(|_| row(self)).collect(), header_rows: 1 })
            }
            7 => Body::Code(Code { language: None, text: self.string() }),
            8 => Body::Break,
            _ => Body::Paragraph(self.text()),
        };
        Block { body, ..Block::default() }
    }
}

/// The letters and digits of a document, in order.
pub fn words_of(document: &Document) -> String {
    let mut words = String::new();
    document.visit(&mut |block| match &block.body {
        Body::Code(code) => push(&mut words, &code.text),
        _ => block.text().into_iter().for_each(|text| push(&mut words, text.as_str())),
    });
    words
}

/// The letters and digits of some Markdown, as a reader of the page sees them.
pub fn words_parsed(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut words = String::new();
    for event in Parser::new_ext(markdown, options) {
        if let Event::Text(text) | Event::Code(text) = event {
            push(&mut words, &text);
        }
    }
    words
}

/// The same by another parser. Both are sound, and neither is without faults of its own.
pub fn words_parsed_again(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    let arena = comrak::Arena::new();
    let mut words = String::new();
    for node in comrak::parse_document(&arena, markdown, &options).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => push(&mut words, text),
            NodeValue::Code(code) => push(&mut words, &code.literal),
            NodeValue::CodeBlock(code) => push(&mut words, &code.literal),
            _ => {}
        }
    }
    words
}

fn push(words: &mut String, text: &str) {
    words.extend(text.chars().filter(|c| c.is_alphanumeric()));
}
