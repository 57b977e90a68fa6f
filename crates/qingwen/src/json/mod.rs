//! Documents as JSON, for programs that want the structure and not the Markdown.
//!
//! [`write()`] and [`read`] are each other's inverse. A document is one object on one line:
//!
//! | field | what it holds |
//! |---|---|
//! | `schema` | [`SCHEMA`]. What follows the slash rises when a reader of the old form would misread the new one; fields may be added without that |
//! | `meta` | what the file says of itself: `title`, `author`, `subject`, `created`, `modified`, `application`, `language`, `encoding`, `pages`; absent where it is silent |
//! | `blocks` | the blocks, in reading order |
//! | `notes` | `id`, `kind` (`footnote`, `endnote`, `comment`) and `blocks` of each note |
//! | `media` | `name` and `data` (base64; empty where the bytes were not kept) of each picture |
//! | `anchors` | `name` and `mark` of each place that links within the document name as `#` and the name |
//!
//! A block has a `type`, perhaps a `mark` (where it began: `line`, or `page` and `line`, or `paragraph`, from 1)
//! and perhaps a `shape` (how it looked, see [`Shape`](crate::model::Shape); only where the format does not say what
//! it is), and by its type:
//!
//! | `type` | fields |
//! |---|---|
//! | `paragraph` | a text |
//! | `heading` | `level`, 1 to 6, and a text |
//! | `list` | `start`, the first number, absent for bullets; `loose`, where blank lines part the items; `items`, each with `blocks`, for a task `done`, and `number` where it is not the next one |
//! | `table` | `header_rows`; `rows`, each a list of cells: `blocks`, and `row_span` and `column_span` where not 1 |
//! | `quote` | `blocks` |
//! | `code` | `language` where known, `text` |
//! | `break` | nothing: a thematic break |
//!
//! A text is four fields beside the others; positions count characters (Unicode scalar values) from 0:
//!
//! | field | what it holds |
//! |---|---|
//! | `text` | the characters; U+FFFC holds the place of an object |
//! | `label` | how many characters of it are a printed number; absent where none are |
//! | `styles` | `start`, `end` and what is set: `bold`, `italic`, `underline`, `strike`, `superscript`, `subscript`, `code`, `link` |
//! | `objects` | `at`, and one of `image` (`media`, an index, and `alt`), `note` (an id), `formula` (`latex`, `display`), `ruby` (`base`, `reading`), `raw` (Markdown) |
//!
//! ```
//! use qingwen::{Options, convert, json};
//! let done = convert("第一条　为了保护河道，制定本办法。".as_bytes(), &Options::default())?;
//! let text = json::write(&done.document);
//! assert!(text.starts_with(r#"{"schema":"qingwen-document/1""#));
//! // It is an input like any other, and gives the same Markdown.
//! assert_eq!(convert(text.as_bytes(), &Options::default())?.markdown, done.markdown);
//! # Ok::<(), qingwen::model::Error>(())
//! ```

mod model;
mod schema;

use crate::Chunk;
use qingwen_model::{Document, Error, Mark};
use serde_json::json;

/// The name and version of the schema.
///
/// ```
/// let line = qingwen::json::write(&qingwen::model::Document::default());
/// assert!(line.starts_with(&format!(r#"{{"schema":"{}""#, qingwen::json::SCHEMA)));
/// ```
pub const SCHEMA: &str = "qingwen-document/1";

/// A document as JSON, on one line that ends.
///
/// ```
/// let document = qingwen::model::Document::default();
/// assert_eq!(qingwen::json::write(&document), "{\"schema\":\"qingwen-document/1\"}\n");
/// ```
pub fn write(document: &Document) -> String {
    // Strings, numbers and lists: there is nothing in it that JSON could not hold.
    let mut text = serde_json::to_string(&schema::Document::from(document)).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a document.
///
/// ```
/// let text = r#"{"schema":"qingwen-document/1","blocks":[{"type":"heading","level":1,"text":"总则"}]}"#;
/// let document = qingwen::json::read(text.as_bytes())?;
/// assert_eq!(document.title().unwrap().as_str(), "总则");
/// # Ok::<(), qingwen::model::Error>(())
/// ```
///
/// # Errors
///
/// `Malformed` where it is no JSON, does not follow the schema, or blocks lie more than about forty deep;
/// `Unsupported` where its schema has another version.
pub fn read(json: &[u8]) -> Result<Document, Error> {
    let wrong = |error: serde_json::Error| Error::malformed("not a document of ours").from_source(error);
    let parsed: schema::Document<'_> = serde_json::from_slice(json).map_err(wrong)?;
    if parsed.schema != SCHEMA {
        let found = qingwen_model::Shown(&parsed.schema).to_string();
        return Err(Error::unsupported(format!("schema {found}, where {SCHEMA} is read")));
    }
    parsed.into_document()
}

/// A place as JSON: `line`, or `page` and `line`, or `paragraph`; `null` where it is not known.
///
/// ```
/// use qingwen::model::Mark;
/// assert_eq!(qingwen::json::mark(Mark::Page(3, 0)).to_string(), r#"{"page":3}"#);
/// ```
pub fn mark(mark: Mark) -> serde_json::Value {
    serde_json::to_value(schema::mark(mark)).unwrap_or_default()
}

/// A chunk as a JSON object on one line that ends: `text`, `headings`, `labels`, `first` and `last` (places),
/// `chars` and `bytes` (begin and end in the Markdown).
///
/// ```
/// let done = qingwen::clean("第一条　本办法自发布之日起施行。", &qingwen::Options::default());
/// let chunk = &done.chunks(&qingwen::ChunkOptions::default())[0];
/// assert!(qingwen::json::chunk(chunk).contains(r#""labels":["第一条"]"#));
/// ```
pub fn chunk(chunk: &Chunk) -> String {
    let value = json!({
        "text": chunk.text,
        "headings": chunk.headings,
        "labels": chunk.labels,
        "first": mark(chunk.first),
        "last": mark(chunk.last),
        "chars": [chunk.chars.start, chunk.chars.end],
        "bytes": [chunk.bytes.start, chunk.bytes.end],
    });
    format!("{value}\n")
}
