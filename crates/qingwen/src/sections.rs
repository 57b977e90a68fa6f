//! Texts of any size, cleaned section by section in constant memory.

use crate::Format;
use crate::convert::{Converted, Options, finish};
use qingwen_model::{Block, Document, Error, Log, Start, Warned};
use qingwen_text::Reader;

/// Bytes of a text from which it is cleaned in sections: more than a long novel has.
const SECTION: usize = 4 << 20;

/// Cleans a text that comes in pieces. Memory does not grow with the text.
///
/// A text of up to four megabytes is cleaned as [`convert`](crate::convert) cleans it. A longer one is cut
/// into sections at blank lines or, failing these, at indented lines; each is cleaned on its own, which
/// `text-section` tells: heading levels and running headers are those of the section. Only the first begins with
/// a title.
///
/// ```
/// let mut sections = qingwen::Sections::new(&qingwen::Options::default())?;
/// let mut markdown = String::new();
/// for piece in ["总产值增长,", "达到3.2%。\n"] {
///     if let Some(section) = sections.push(piece.as_bytes())? {
///         markdown.push_str(&section.markdown);
///     }
/// }
/// markdown.push_str(&sections.finish()?.markdown);
/// assert_eq!(markdown, "总产值增长，达到3.2%。\n");
/// # Ok::<(), qingwen::model::Error>(())
/// ```
#[derive(Debug)]
pub struct Sections {
    reader: Reader,
    options: Options,
    blocks: Vec<Block>,
    log: Log,
    /// Bytes of text in `blocks`.
    held: usize,
    begun: bool,
}

impl Sections {
    /// A cleaner of one text.
    ///
    /// ```
    /// let mut options = qingwen::Options::default();
    /// options.text.encoding = Some("klingon".to_owned());
    /// assert!(qingwen::Sections::new(&options).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// `Unsupported` where the label of the encoding is not known.
    pub fn new(options: &Options) -> Result<Self, Error> {
        Ok(Sections {
            reader: Reader::new(&options.text)?,
            options: options.clone(),
            blocks: Vec::new(),
            log: Log::new(),
            held: 0,
            begun: false,
        })
    }

    /// Reads a piece; gives a section where one is complete. The Markdown of sections stands one after another.
    ///
    /// ```
    /// let mut sections = qingwen::Sections::new(&qingwen::Options::default())?;
    /// assert!(sections.push("甲。\n".as_bytes())?.is_none()); // far from four megabytes
    /// # Ok::<(), qingwen::model::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`convert`](crate::convert) of a text.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Option<Converted>, Error> {
        self.reader.push(bytes)?;
        let read = self.reader.take();
        self.held += read.value.iter().map(length).sum::<usize>();
        self.blocks.extend(read.value);
        self.log.extend(read.diagnostics);
        if self.held < SECTION {
            return Ok(None);
        }
        let rest = self.blocks.split_off(cut(&self.blocks));
        let section = std::mem::replace(&mut self.blocks, rest);
        self.held = self.blocks.iter().map(length).sum();
        let mark = self.blocks.first().map(|block| block.mark);
        let document = Document { blocks: section, ..Document::default() };
        let converted = self.section(document);
        if let Some(mark) = mark {
            self.log.guessed("text-section", mark, "cleaned on its own from here on, since the text is long");
        }
        Ok(Some(converted))
    }

    /// Cleans what is left.
    ///
    /// ```
    /// let mut sections = qingwen::Sections::new(&qingwen::Options::default())?;
    /// sections.push("甲。\n".as_bytes())?;
    /// assert_eq!(sections.finish()?.markdown, "甲。\n");
    /// # Ok::<(), qingwen::model::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`push`](Sections::push): a short text is decided on only here.
    pub fn finish(mut self) -> Result<Converted, Error> {
        let options = self.options.text.clone();
        let reader = std::mem::replace(&mut self.reader, Reader::new(&options)?);
        let mut read = reader.finish()?;
        self.log.extend(std::mem::take(&mut read.diagnostics));
        let mut document = read.value;
        self.blocks.append(&mut document.blocks);
        document.blocks = std::mem::take(&mut self.blocks);
        Ok(self.section(document))
    }

    fn section(&mut self, document: Document) -> Converted {
        let read = Warned::new(document, std::mem::take(&mut self.log));
        let mut converted = finish(read, Format::Text, &self.options);
        if std::mem::replace(&mut self.begun, true) && !converted.markdown.is_empty() {
            // One blank line stands between any two blocks.
            converted.begin_with_blank_line();
        }
        self.options.markdown.front_matter = false;
        self.options.clean.continues = true;
        converted
    }
}

fn length(block: &Block) -> usize {
    block.text().map_or(0, |text| text.len())
}

/// Where to cut: before the last block of the second half that follows a blank line or begins a page, else
/// before one that is indented further than its neighbour, else before the last.
fn cut(blocks: &[Block]) -> usize {
    let half = blocks.len() / 2;
    let indent = |block: &Block| block.shape.map_or(0.0, |shape| shape.indent);
    let apart = |block: &Block| block.shape.is_some_and(|s| s.gap > 0.0 || s.start == Start::Page);
    let last = |fits: &dyn Fn(usize) -> bool| (half.max(1)..blocks.len()).rev().find(|at| fits(*at));
    last(&|at| apart(&blocks[at]))
        .or_else(|| last(&|at| indent(&blocks[at]) > indent(&blocks[at - 1])))
        .unwrap_or_else(|| blocks.len().saturating_sub(1))
        .max(usize::from(blocks.len() == 1))
}
