use crate::Format;
use qingwen_clean::CleanOptions;
use qingwen_markdown::{MarkdownOptions, Placed};
use qingwen_model::{Body, Diagnostic, Document, Error, Log, Mark, Warned};
use qingwen_text::TextOptions;
use std::borrow::Cow;
use std::ops::Range;

/// How to convert; the default is right for most.
///
/// ```
/// use qingwen::{Options, Profile};
/// let mut options = Options::default();
/// options.clean.profile = Profile::Faithful;
/// options.text.encoding = Some("gbk".to_owned());
/// let done = qingwen::convert(b"\xb1\xa8\xb8\xe6,", &options)?;
/// assert_eq!(done.markdown, "报告,\n");
/// # Ok::<(), qingwen::model::Error>(())
/// ```
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
///
/// ```
/// let done = qingwen::clean("总产值增长,达到3.2%。", &qingwen::Options::default());
/// assert_eq!(done.markdown, "总产值增长，达到3.2%。\n");
/// assert_eq!(done.diagnostics[0].to_string(), "line 1: pun-comma: “,” → “，”");
/// assert_eq!(done.document.blocks.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// The Markdown.
    pub markdown: String,
    /// What was lost, guessed and changed on the way, in the order it happened.
    pub diagnostics: Vec<Diagnostic>,
    /// What the Markdown was written from, as it is after cleaning: what the file says of itself, blocks, notes,
    /// and the pictures, where the reader was asked to keep them.
    pub document: Document,
    /// What the file was.
    pub format: Format,
    /// Characters of text that the reader found, before cleaning.
    pub characters: u64,
    /// Where each block stands in the Markdown.
    pub(crate) places: Places,
}

impl Converted {
    /// Puts a blank line before the Markdown.
    pub(crate) fn begin_with_blank_line(&mut self) {
        self.markdown.insert(0, '\n');
        for place in self.places.blocks.iter_mut().chain(&mut self.places.notes) {
            *place = place.start + 1..place.end + 1;
        }
    }
}

/// Where the blocks and the notes of a document stand in its Markdown, in bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Places {
    pub(crate) blocks: Vec<Range<usize>>,
    pub(crate) notes: Vec<Range<usize>>,
}

/// Converts a document of any format that is read.
///
/// Whoever has no more use for the bytes gives them away, as a `Vec`: of a pdf, borrowed bytes are held twice.
///
/// ```
/// use qingwen::{Format, Options, convert};
/// let done = convert("一、总则".as_bytes(), &Options::default())?;
/// assert_eq!(done.format, Format::Text);
/// # Ok::<(), qingwen::model::Error>(())
/// ```
///
/// # Errors
///
/// Where the file gives no document at all; anything less is among the diagnostics.
pub fn convert<'a>(bytes: impl Into<Cow<'a, [u8]>>, options: &Options) -> Result<Converted, Error> {
    converted(bytes.into(), options)
}

fn converted(bytes: Cow<'_, [u8]>, options: &Options) -> Result<Converted, Error> {
    let format = options.format.unwrap_or_else(|| Format::of(&bytes));
    let read = match format {
        Format::Markdown => read_markdown(&bytes, &options.text)?,
        #[cfg(feature = "json")]
        Format::Json => {
            let document = crate::json::read(&bytes)?;
            let characters = characters(&document);
            return Ok(written(document, Vec::new(), characters, format, options));
        }
        Format::Text => qingwen_text::read(&bytes, &options.text)?,
        #[cfg(feature = "docx")]
        Format::Docx => qingwen_docx::read(&bytes, &options.docx)?,
        #[cfg(feature = "pdf")]
        Format::Pdf => qingwen_pdf::read(bytes, &options.pdf)?,
        #[allow(unreachable_patterns)]
        _ => return Err(Error::unsupported("this build does not read this format")),
    };
    Ok(finish(read, format, options))
}

/// Cleans text that is decoded already; Markdown, if the [format](Options::format) says so.
///
/// ```
/// let options = qingwen::Options { format: Some(qingwen::Format::Markdown), ..Default::default() };
/// assert_eq!(qingwen::clean("**总产值**[bookmark: _GoBack]增长", &options).markdown, "**总产值**增长\n");
/// ```
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
/// ```
/// let options = qingwen::TextOptions { encoding: Some("big5".to_owned()), ..Default::default() };
/// let (text, encoding) = qingwen::decode(b"\xa4\xa4\xa4\xe5", &options)?;
/// assert_eq!((text.value.as_str(), encoding), ("中文", Some("Big5")));
/// # Ok::<(), qingwen::model::Error>(())
/// ```
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
    let cleaned = match format {
        Format::Markdown => qingwen_clean::clean(read.value, &of_markdown(&options.clean)),
        _ => qingwen_clean::clean(read.value, &options.clean),
    };
    diagnostics.extend(cleaned.diagnostics);
    written(cleaned.value, diagnostics, characters, format, options)
}

/// What is asked of Markdown. There a blank line is what parts any two paragraphs, and no sign that one was broken.
fn of_markdown(options: &CleanOptions) -> CleanOptions {
    const BROKEN: &str = "ln-join-broken";
    let mut options = options.clone();
    if !options.enable.iter().any(|id| id == BROKEN) {
        options.disable.push(BROKEN.to_owned());
    }
    options
}

/// Writes a document that needs no cleaning.
fn written(
    document: Document,
    mut diagnostics: Vec<Diagnostic>,
    characters: u64,
    format: Format,
    options: &Options,
) -> Converted {
    let written = qingwen_markdown::write_placed(&document, &options.markdown);
    diagnostics.extend(written.diagnostics);
    let Placed { markdown, blocks, notes } = written.value;
    Converted { markdown, diagnostics, document, format, characters, places: Places { blocks, notes } }
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
