use crate::Format;
use qingwen_clean::CleanOptions;
use qingwen_markdown::MarkdownOptions;
use qingwen_model::{Body, Diagnostic, Document, Error, Media, Meta, Warned};
use qingwen_text::TextOptions;

/// How to convert; the default is right for most.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How to read a text.
    pub text: TextOptions,
    /// How to read a docx.
    #[cfg(feature = "docx")]
    pub docx: qingwen_docx::DocxOptions,
    /// How to read a pdf.
    #[cfg(feature = "pdf")]
    pub pdf: qingwen_pdf::PdfOptions,
    /// How to clean.
    pub clean: CleanOptions,
    /// How to write.
    pub markdown: MarkdownOptions,
}

/// A converted document.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// The Markdown.
    pub markdown: String,
    /// What was lost, guessed and changed on the way, in the order it happened.
    pub diagnostics: Vec<Diagnostic>,
    /// What the file says of itself.
    pub meta: Meta,
    /// What the file was.
    pub format: Format,
    /// The pictures that the Markdown refers to, where the reader was asked to keep them.
    pub media: Media,
    /// Characters of text that the reader found, before cleaning.
    pub characters: u64,
}

/// Converts a document of any format that is read.
///
/// # Errors
///
/// Where the file gives no document at all; anything less is among the diagnostics.
pub fn convert(bytes: &[u8], options: &Options) -> Result<Converted, Error> {
    let format = Format::of(bytes);
    let read = match format {
        Format::Text => qingwen_text::read(bytes, &options.text)?,
        #[cfg(feature = "docx")]
        Format::Docx => qingwen_docx::read(bytes, &options.docx)?,
        #[cfg(feature = "pdf")]
        Format::Pdf => qingwen_pdf::read(bytes, &options.pdf)?,
        #[allow(unreachable_patterns)]
        _ => return Err(Error::unsupported("this build does not read this format")),
    };
    Ok(finish(read, format, options))
}

/// Cleans text that is decoded already.
pub fn clean(text: &str, options: &Options) -> Converted {
    let read = Warned { value: qingwen_text::read_str(text), diagnostics: Vec::new() };
    finish(read, Format::Text, options)
}

fn finish(read: Warned<Document>, format: Format, options: &Options) -> Converted {
    let mut diagnostics = read.diagnostics;
    let characters = characters(&read.value);
    let cleaned = qingwen_clean::clean(read.value, &options.clean);
    diagnostics.extend(cleaned.diagnostics);
    let written = qingwen_markdown::write(&cleaned.value, &options.markdown);
    diagnostics.extend(written.diagnostics);
    let Document { meta, media, .. } = cleaned.value;
    Converted { markdown: written.value, diagnostics, meta, format, media, characters }
}

fn characters(document: &Document) -> u64 {
    let mut characters = 0;
    document.visit(&mut |block| {
        let text = match &block.body {
            Body::Code(code) => code.text.as_str(),
            _ => block.text().map_or("", |text| text.as_str()),
        };
        characters += text.chars().count() as u64;
    });
    characters
}
