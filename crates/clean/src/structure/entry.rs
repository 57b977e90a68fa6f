//! A document as the structure pass sees it: one entry a block, with what the words and the looks say.

use super::enumerator::{self, Class, Enumerator};
use super::words;
use crate::Classes;
use qingwen_model::{Block, Body, Shape, Text};

/// One block and what has been decided about it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What it was before.
    pub(crate) kind: Kind,
    /// What its words begin with.
    pub(crate) enumerator: Option<Enumerator>,
    /// What its words say of its place in an official document.
    pub(crate) part: Part,
    /// How it looks, where the format does not say what it is.
    pub(crate) shape: Option<Shape>,
    /// What it is to become.
    pub(crate) verdict: Verdict,
}

/// What a block is before the pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph whose nature is open.
    Open,
    /// A heading by the format's own word.
    Heading,
    /// A table, a list, a quotation, code.
    Other,
}

/// The parts of an official document that words alone tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// None of them.
    None,
    /// A date on a line of its own.
    Date,
    /// Above the title.
    FrontMatter,
    /// Addresses the reader.
    Salutation,
    /// The label of an attachment.
    AttachmentLabel,
    /// The note that lists attachments, or one of its further lines.
    AttachmentNote,
    /// 抄送, 印发.
    Imprint,
    /// 图1, 表1.
    Caption,
    /// ——
    Subtitle,
    /// A line of a table of contents.
    Contents,
}

/// What a paragraph is to become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// What it was.
    Keep,
    /// The first line of a title of so many lines.
    Title(usize),
    /// A further line of a title.
    TitleLine,
    /// A heading: by which rule, and what ranks it.
    Heading(&'static str, Rank),
    /// A heading up to this byte, and a paragraph after it.
    RunIn(Rank, usize),
}

/// What ranks a heading before levels are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rank {
    /// Its enumerator.
    Class(Class),
    /// Its enumerator of several numbers, and how many.
    Decimal(u8),
    /// It opens an attachment.
    Attachment,
    /// It is unnumbered and looks like a heading; the group of looks it belongs to.
    Look(usize),
    /// An outline leads to it; its level there.
    Outline(u8),
}

impl Entry {
    /// What a block is before anything has been decided.
    pub(crate) fn of(block: &Block) -> Entry {
        let kind = match &block.body {
            Body::Paragraph(_) => Kind::Open,
            Body::Heading(..) => Kind::Heading,
            _ => Kind::Other,
        };
        let enumerator = block.text().and_then(enumerator::of);
        let is_prose = |text: &Text| Classes::within(text).meet(Classes::PROSE);
        let telling = block.text().filter(|text| enumerator.is_none() && !is_prose(text));
        let part = telling.map_or(Part::None, |text| Part::of(text.as_str()));
        Entry { kind, enumerator, part, shape: block.shape, verdict: Verdict::Keep }
    }

    /// Whether its nature is open and nothing has been decided yet.
    pub(crate) fn is_open(&self) -> bool {
        self.kind == Kind::Open && self.verdict == Verdict::Keep
    }

    /// The class of its enumerator.
    pub(crate) fn class(&self) -> Option<Class> {
        self.enumerator.map(|e| e.class)
    }
}

impl Part {
    fn of(text: &str) -> Part {
        // All parts are short; a long paragraph is not looked at further.
        if text.len() > 600 || text.is_empty() {
            return Part::None;
        }
        if words::is_date(text) {
            Part::Date
        } else if words::is_attachment_label(text) {
            Part::AttachmentLabel
        } else if words::is_attachment_note(text) {
            Part::AttachmentNote
        } else if words::is_imprint(text) {
            Part::Imprint
        } else if words::is_front_matter(text) {
            Part::FrontMatter
        } else if words::is_salutation(text) {
            Part::Salutation
        } else if words::is_caption(text) {
            Part::Caption
        } else if words::is_subtitle(text) {
            Part::Subtitle
        } else {
            Part::None
        }
    }
}
