//! Writes the qingwen document model as CommonMark with GFM's tables, notes, tasks and strikethrough, and
//! reads it.
//!
//! What is written parses back: the same words in the same blocks, whatever the words are. Backslashes stand
//! exactly where a character would be read as markup (see `escape.rs`), emphasis beside full-width punctuation
//! is written so that it shows (see `spans.rs` and `emphasis.rs`), and what Markdown cannot carry is in the
//! diagnostics.

mod emphasis;
mod escape;
mod front;
mod inline;
mod objects;
mod places;
mod read;
mod spans;
mod table;
mod unicode;
mod writer;

pub use read::read;

use qingwen_model::{Document, Warned};
use std::ops::Range;

/// How to write.
///
/// ```
/// use qingwen_markdown::{MarkdownOptions, Tables};
/// let options = MarkdownOptions { tables: Tables::Html, page_marks: true, ..MarkdownOptions::default() };
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Whether to begin with what the file says of itself, as YAML.
    pub front_matter: bool,
    /// How tables are written.
    pub tables: Tables,
    /// Whether to keep underlining, as `<u>`.
    pub underline: bool,
    /// Whether to write readings as `<ruby>`; otherwise they stand behind the characters, in parentheses.
    pub ruby: bool,
    /// Whether to say where a page of a paginated file begins, as `<!-- page 3 -->` before the first block that
    /// begins on it. A page on which none begins goes unsaid.
    pub page_marks: bool,
    /// The folder that links to pictures name; `Some("")` is the folder of the Markdown itself. `None` where
    /// the pictures are kept nowhere: then a picture is what it shows, in words, and one that nobody described
    /// is lost.
    pub media: Option<String>,
}

/// How tables are written.
///
/// ```
/// assert_eq!(qingwen_markdown::Tables::default(), qingwen_markdown::Tables::Auto);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tables {
    /// As GFM where GFM can carry the table, as HTML where it cannot: cells that span, a second header row,
    /// lists and other blocks in a cell.
    #[default]
    Auto,
    /// As GFM always; what it cannot carry is flattened, and told.
    Gfm,
    /// As HTML always.
    Html,
}

/// Writes a document. Cannot fail; what Markdown cannot carry is in the diagnostics.
///
/// One blank line stands between any two blocks and one line end at the end of all; no line ends in a blank.
///
/// ```
/// use qingwen_model::{Block, Document};
/// let blocks = vec![Block::heading(1, "总则"), Block::paragraph("1. 甲")];
/// let document = Document { blocks, ..Document::default() };
/// let written = qingwen_markdown::write(&document, &Default::default());
/// assert_eq!(written.value, "# 总则\n\n1\\. 甲\n");
/// ```
pub fn write(document: &Document, options: &MarkdownOptions) -> Warned<String> {
    let Warned { value, diagnostics } = write_placed(document, options);
    Warned { value: value.markdown, diagnostics }
}

/// Some Markdown, and where in it the parts of its document stand.
///
/// ```
/// let document = qingwen_markdown::read("# 总则\n\n甲\n").value;
/// let placed = qingwen_markdown::write_placed(&document, &Default::default()).value;
/// assert_eq!(placed.markdown[placed.blocks[0].clone()].trim_end(), "# 总则");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The Markdown.
    pub markdown: String,
    /// For each of the document's [`blocks`](Document::blocks) its bytes, the final line end included; an empty
    /// range where the block shows nothing.
    pub blocks: Vec<Range<usize>>,
    /// The same for each of its [`notes`](Document::notes).
    pub notes: Vec<Range<usize>>,
}

/// As [`write()`], and says where each block stands.
pub fn write_placed(document: &Document, options: &MarkdownOptions) -> Warned<Placed> {
    writer::Writer::new(document, options).document()
}
