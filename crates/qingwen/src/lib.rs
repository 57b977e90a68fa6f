//! Turns messy documents into clean UTF-8 Markdown.

mod convert;
mod format;
mod only;
mod record;
mod sections;
mod verify;

pub use convert::{Converted, Options, clean, convert, decode};
pub use format::Format;
pub use only::only;
pub use qingwen_clean::{CleanOptions, Pass, Profile, Rule, rule, rules};
#[cfg(feature = "docx")]
pub use qingwen_docx::{DocxOptions, Numbers, TrackChanges};
pub use qingwen_markdown::{MarkdownOptions, Tables};
pub use qingwen_model as model;
#[cfg(feature = "pdf")]
pub use qingwen_pdf::{Ocr, Pages, PdfOptions, Word};
pub use qingwen_text::TextOptions;
pub use record::{RecordError, clean_record};
pub use sections::Sections;
pub use verify::{Finding, Ledger, shown, verify};
