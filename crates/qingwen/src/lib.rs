//! Turns messy documents into clean UTF-8 Markdown.
//!
//! [`convert`] takes the bytes of a docx, a pdf or a text in any Chinese encoding; [`clean`] takes text that was
//! extracted already. Both give a [`Converted`]: the Markdown, a diagnostic for everything that was lost, guessed or
//! changed, and the document, for those who want its structure, its [chunks](Converted::chunks) or its
//! JSON (`json`, below).
//!
//! ```
//! let done = qingwen::convert("第一章 总则\n第一条 为了保护河道,制定本办法。".as_bytes(), &qingwen::Options::default())?;
//! assert!(done.markdown.contains("为了保护河道，制定本办法。"));
//! # Ok::<(), qingwen::model::Error>(())
//! ```
//!
//! Nothing here opens files, starts threads, reads clocks, prints or logs, and no input makes it panic.
//!
//! # Features
//!
//! | feature | default | what it is for |
//! |---|---|---|
//! | `docx` | yes | reading docx |
//! | `pdf` | yes | reading pdf |
//! | `json` | no | documents and chunks as JSON, and documents back (serde, serde_json, base64) |
//!
//! Text and Markdown are always read.
//!
//! # Versions
//!
//! Versions follow SemVer. What may grow is marked `#[non_exhaustive]`; names of rules and codes of diagnostics stay
//! what they are; the Markdown of a document may become better in any release, and the changelog says how.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod chunk;
mod convert;
mod format;
#[cfg(feature = "json")]
pub mod json;
mod only;
mod record;
mod sections;
mod verify;

pub use chunk::{Chunk, ChunkOptions};
pub use convert::{Converted, Options, clean, convert, decode};
pub use format::Format;
pub use only::only;
pub use qingwen_clean::{CleanOptions, Pass, Profile, Rule, opposite, rule, rules};
#[cfg(feature = "docx")]
pub use qingwen_docx::{DocxOptions, Numbers, TrackChanges};
pub use qingwen_markdown::{MarkdownOptions, Tables};
pub use qingwen_model as model;
#[cfg(feature = "pdf")]
pub use qingwen_pdf::{Ocr, Pages, PdfOptions, Word};
pub use qingwen_text::TextOptions;
pub use record::{Record, RecordError, clean_record};
pub use sections::Sections;
pub use verify::{Change, Finding, Ledger, shown, shown_with_links, verify};
