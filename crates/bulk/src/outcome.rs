//! What became of one file.

use qingwen::model::{Diagnostic, Document, Error, ErrorKind, Kind, Mark, Media};
use qingwen::{Converted, Format};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// How it went, as one word in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Everything in the file is in the Markdown, or was changed by a named rule.
    Ok,
    /// The Markdown is there, and the report says what is not in it.
    Partial,
    /// Pages are pictures: whatever text there is, is in the Markdown.
    NeedsOcr,
    /// A password is needed.
    Encrypted,
    /// The format is not read.
    Unsupported,
    /// The file gave no Markdown; the cause says why.
    Failed,
    /// The file took longer than allowed.
    Timeout,
}

impl Status {
    /// All, in the order they are listed in.
    pub const ALL: [Status; 7] = [
        Status::Ok,
        Status::Partial,
        Status::NeedsOcr,
        Status::Encrypted,
        Status::Unsupported,
        Status::Failed,
        Status::Timeout,
    ];

    /// How a conversion with these diagnostics went.
    pub fn of(diagnostics: &[Diagnostic]) -> Status {
        if diagnostics.iter().any(|diagnostic| diagnostic.code.ends_with("-needs-ocr")) {
            Status::NeedsOcr
        } else if diagnostics.iter().any(|diagnostic| matches!(diagnostic.kind, Kind::Lost(_))) {
            Status::Partial
        } else {
            Status::Ok
        }
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Partial => "partial",
            Status::NeedsOcr => "needs_ocr",
            Status::Encrypted => "encrypted",
            Status::Unsupported => "unsupported",
            Status::Failed => "failed",
            Status::Timeout => "timeout",
        }
    }

    /// Whether there is Markdown.
    pub fn has_output(self) -> bool {
        matches!(self, Status::Ok | Status::Partial | Status::NeedsOcr)
    }
}

/// Why there is no Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// One word: a kind of [`ErrorKind`], or `panic`, `crash`, `memory`, `timeout`, `edited`, `collision`.
    pub kind: String,
    /// For a person; a fragment in lower case.
    pub message: String,
}

impl Cause {
    /// A cause.
    pub fn new(kind: &str, message: impl Into<String>) -> Self {
        Cause { kind: kind.to_owned(), message: message.into() }
    }
}

/// How often a diagnostic was given in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// `lost`, `guessed` or `changed`.
    pub kind: String,
    /// How often.
    pub count: u64,
    /// The first of them, as people read it.
    #[serde(default)]
    pub first: String,
}

/// What became of one file. Everything here is small but the Markdown and the diagnostics, which are kept as
/// text, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it went.
    pub status: Status,
    /// Why there is no Markdown.
    pub cause: Option<Cause>,
    /// The format, where it was told.
    pub format: Option<String>,
    /// The encoding, for a text.
    pub encoding: Option<String>,
    /// The first heading of level 1, else the title the file claims.
    pub title: Option<String>,
    /// Number of pages, for a paginated file.
    pub pages: Option<u32>,
    /// Bytes read.
    pub bytes: u64,
    /// BLAKE3 of the bytes read, in hexadecimal.
    pub hash: String,
    /// Characters of text that the reader found.
    pub chars_in: u64,
    /// Characters of Markdown.
    pub chars: u64,
    /// Microseconds that reading and converting took.
    pub micros: u64,
    /// How often each diagnostic was given, by code.
    pub codes: BTreeMap<String, Count>,
    /// Everything that was lost, as people read it.
    pub lost: Vec<String>,
    /// The diagnostics as a JSON array. Beside the header when it crosses a pipe.
    #[serde(skip)]
    pub diagnostics: String,
    /// The Markdown. Beside the header when it crosses a pipe.
    #[serde(skip)]
    pub markdown: String,
    /// Pictures, by name. Beside the header when they cross a pipe.
    #[serde(skip)]
    pub pictures: Vec<(String, Vec<u8>)>,
}

impl Outcome {
    /// A file that gave nothing.
    pub fn failed(status: Status, cause: Cause) -> Self {
        Outcome {
            status,
            cause: Some(cause),
            format: None,
            encoding: None,
            title: None,
            pages: None,
            bytes: 0,
            hash: String::new(),
            chars_in: 0,
            chars: 0,
            micros: 0,
            codes: BTreeMap::new(),
            lost: Vec::new(),
            diagnostics: "[]".to_owned(),
            markdown: String::new(),
            pictures: Vec::new(),
        }
    }

    /// A file that the library refused.
    pub fn refused(error: &Error) -> Self {
        let status = match error.kind() {
            ErrorKind::Encrypted => Status::Encrypted,
            ErrorKind::Unsupported => Status::Unsupported,
            _ => Status::Failed,
        };
        Outcome::failed(status, Cause::new(error.kind().as_str(), error.to_string()))
    }

    /// A file that was converted.
    pub fn converted(done: Converted) -> Self {
        let mut codes: BTreeMap<String, Count> = BTreeMap::new();
        let mut lost = Vec::new();
        for diagnostic in &done.diagnostics {
            match codes.get_mut(diagnostic.code) {
                Some(count) => count.count += 1,
                None => {
                    let kind = kind_word(&diagnostic.kind).to_owned();
                    let count = Count { kind, count: 1, first: clip(&diagnostic.to_string()) };
                    codes.insert(diagnostic.code.to_owned(), count);
                }
            }
            if matches!(diagnostic.kind, Kind::Lost(_)) {
                lost.push(clip(&diagnostic.to_string()));
            }
        }
        let status = Status::of(&done.diagnostics);
        let Document { meta, media, .. } = done.document;
        Outcome {
            status,
            cause: None,
            format: Some(format_word(done.format).to_owned()),
            encoding: meta.encoding,
            title: title(&done.markdown).or(meta.title),
            pages: meta.pages,
            bytes: 0,
            hash: String::new(),
            chars_in: done.characters,
            chars: done.markdown.chars().count() as u64,
            micros: 0,
            codes,
            lost,
            diagnostics: to_json(&done.diagnostics),
            markdown: done.markdown,
            pictures: kept(media),
        }
    }

    /// Makes a failure of it, since its output could not be written.
    pub(crate) fn fail(&mut self, cause: Cause) {
        (self.status, self.cause) = (Status::Failed, Some(cause));
    }

    /// How many diagnostics of one kind there are.
    pub fn count(&self, kind: &str) -> u64 {
        self.codes.values().filter(|count| count.kind == kind).map(|count| count.count).sum()
    }
}

/// The pictures that have bytes.
fn kept(media: Media) -> Vec<(String, Vec<u8>)> {
    let items = media.items.into_iter().filter(|item| !item.bytes.is_empty());
    items.map(|item| (item.name, item.bytes)).collect()
}

/// A format as it stands in reports.
pub fn format_word(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Docx => "docx",
        Format::Pdf => "pdf",
        Format::Markdown => "markdown",
        Format::Json => "json",
        _ => "other",
    }
}

fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Lost(_) => "lost",
        Kind::Guessed(_) => "guessed",
        Kind::Changed { .. } => "changed",
    }
}

/// The first heading of level 1 of some Markdown.
fn title(markdown: &str) -> Option<String> {
    let line = markdown.lines().find_map(|line| line.strip_prefix("# "))?;
    Some(line.trim().to_owned()).filter(|title| !title.is_empty())
}

/// At most 300 characters of a line for people; the report has it whole.
fn clip(line: &str) -> String {
    match line.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Diagnostics as one JSON array, each with its place both as people read it and in parts.
/// Diagnostics as a JSON array on one line, as the report has them.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::from("[");
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let mut value = json!({
            "code": diagnostic.code,
            "kind": kind_word(&diagnostic.kind),
            "place": diagnostic.mark.to_string(),
        });
        match diagnostic.mark {
            Mark::None => {}
            Mark::Line(line) => value["line"] = line.into(),
            Mark::Page(page, line) => {
                value["page"] = page.into();
                if line > 0 {
                    value["line"] = line.into();
                }
            }
            Mark::Paragraph(paragraph) => value["paragraph"] = paragraph.into(),
        }
        if diagnostic.column > 0 {
            value["column"] = diagnostic.column.into();
        }
        match &diagnostic.kind {
            Kind::Lost(what) | Kind::Guessed(what) => value["what"] = what.as_str().into(),
            Kind::Changed { before, after } => {
                value["before"] = (&**before).into();
                value["after"] = (&**after).into();
            }
        }
        out.push_str(&value.to_string());
    }
    out.push(']');
    out
}
