use crate::Format;
use qingwen_clean::CleanOptions;
use qingwen_markdown::MarkdownOptions;
use qingwen_model::{Body, Diagnostic, Document, Error, Log, Mark, Media, Meta, Warned};
use qingwen_text::TextOptions;

/// How to convert; the default is right for most.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the bytes are, where the caller knows; otherwise their beginning tells. Only [`Format::Markdown`]
    /// has to be said.
    pub format: Option<Format>,
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
    let format = options.format.unwrap_or_else(|| Format::of(bytes));
    let read = match format {
        Format::Markdown => read_markdown(bytes, &options.text)?,
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

/// Cleans text that is decoded already; Markdown, if the [format](Options::format) says so.
pub fn clean(text: &str, options: &Options) -> Converted {
    match options.format {
        Some(Format::Markdown) => finish(qingwen_markdown::read(text), Format::Markdown, options),
        _ => {
            let read = Warned { value: qingwen_text::read_str(text), diagnostics: Vec::new() };
            finish(read, Format::Text, options)
        }
    }
}

/// Decodes and reads Markdown.
fn read_markdown(bytes: &[u8], options: &TextOptions) -> Result<Warned<Document>, Error> {
    let (text, encoding) = decode(bytes, options)?;
    let mut read = qingwen_markdown::read(&text.value);
    read.value.meta.encoding = encoding.map(str::to_owned);
    read.diagnostics.splice(0..0, text.diagnostics);
    Ok(read)
}

/// Decodes a text as the text reader would: what it says, and the encoding by its WHATWG name.
///
/// # Errors
///
/// As for [`convert`] of a text.
pub fn decode(bytes: &[u8], options: &TextOptions) -> Result<(Warned<String>, Option<&'static str>), Error> {
    if bytes.len() as u64 > options.limits.input {
        return Err(Error::limit(format!("{} bytes of text, more than the limit allows", bytes.len())));
    }
    let mut decoder = qingwen_text::Decoder::new(options)?;
    let mut text = String::with_capacity(bytes.len());
    decoder.push(bytes, &mut text)?;
    let mut faults: Vec<(usize, _)> = decoder.take_faults().into_iter().map(|f| (f.place, f)).collect();
    let start = text.len();
    decoder.finish(&mut text)?;
    faults.extend(decoder.take_faults().into_iter().map(|f| (start + f.place, f)));
    let mut log = Log::new();
    let (mut line, mut seen) = (1, 0);
    for (place, fault) in faults {
        line += text[seen..place].matches('\n').count() as u32;
        seen = place;
        let hex: Vec<String> = fault.bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        log.lost("text-undecodable", Mark::Line(line), format!("{} at byte {}", hex.join(" "), fault.offset));
    }
    Ok((Warned::new(text, log), decoder.encoding()))
}

pub(crate) fn finish(read: Warned<Document>, format: Format, options: &Options) -> Converted {
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
