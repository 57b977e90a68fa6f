use crate::{Block, Mark, Text};

/// A document: blocks in reading order, and what stands beside them.
///
/// ```
/// use qingwen_model::{Block, Document};
/// let blocks = vec![Block::heading(1, "河道条例"), Block::paragraph("甲")];
/// let document = Document { blocks, ..Document::default() };
/// assert_eq!(document.title().map(|title| title.as_str()), Some("河道条例"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What the file says of itself.
    pub meta: Meta,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Notes that the text refers to with [`Object::Note`](crate::Object::Note).
    pub notes: Vec<Note>,
    /// Pictures that the text refers to with [`Object::Image`](crate::Object::Image).
    pub media: Media,
    /// Places that links within the document name as `#` and a name, with the mark of the block they are in.
    /// A link to a name that is not here leads where it says.
    pub anchors: Vec<(String, Mark)>,
}

/// What a file says of itself. Nothing here is guessed from the text.
///
/// ```
/// let meta = qingwen_model::Meta { pages: Some(12), ..Default::default() };
/// assert_eq!(meta.author, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title property, which is often not the title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// When it was created, as ISO 8601 or as the file has it.
    pub created: Option<String>,
    /// When it was last changed, as ISO 8601 or as the file has it.
    pub modified: Option<String>,
    /// The program that wrote it.
    pub application: Option<String>,
    /// The language, as a BCP 47 tag or as the file has it.
    pub language: Option<String>,
    /// For a text, the encoding it was read in, by its WHATWG name.
    pub encoding: Option<String>,
    /// For a paginated file, the number of pages.
    pub pages: Option<u32>,
}

/// A footnote, endnote or comment.
///
/// ```
/// use qingwen_model::{Block, Note, NoteKind};
/// let note = Note { id: "1".to_owned(), kind: NoteKind::Endnote, blocks: vec![Block::paragraph("见附件。")] };
/// assert_eq!(note.blocks.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// The name by which the text refers to it; unique in the document, letters and digits only.
    pub id: String,
    /// What kind of note it is.
    pub kind: NoteKind,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The kinds of note.
///
/// ```
/// assert_eq!(qingwen_model::NoteKind::default(), qingwen_model::NoteKind::Footnote);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteKind {
    /// At the foot of the page.
    #[default]
    Footnote,
    /// At the end of the document.
    Endnote,
    /// A reviewer's comment.
    Comment,
}

/// The pictures of a document.
///
/// ```
/// use qingwen_model::{Media, MediaItem};
/// let media = Media { items: vec![MediaItem { name: "1.png".to_owned(), bytes: Vec::new() }] };
/// assert_eq!(media.items[0].name, "1.png");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// The pictures, in the order they were found.
    pub items: Vec<MediaItem>,
}

/// One picture.
///
/// ```
/// let kept = |item: &qingwen_model::MediaItem| !item.bytes.is_empty();
/// assert!(!kept(&qingwen_model::MediaItem::default()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaItem {
    /// A file name, unique in the document, without folders.
    pub name: String,
    /// The bytes; empty where the reader was not asked to keep them.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Calls `visit` on every block, those in tables, lists, quotes and notes included.
    pub fn visit(&self, visit: &mut impl FnMut(&Block)) {
        self.blocks.iter().for_each(|block| block.visit(visit));
        self.notes.iter().flat_map(|note| &note.blocks).for_each(|block| block.visit(visit));
    }

    /// Calls `visit` on every block, those in tables, lists, quotes and notes included, to change them.
    pub fn visit_mut(&mut self, visit: &mut impl FnMut(&mut Block)) {
        self.blocks.iter_mut().for_each(|block| block.visit_mut(visit));
        self.notes.iter_mut().flat_map(|note| &mut note.blocks).for_each(|block| block.visit_mut(visit));
    }

    /// The text of the first heading of level 1.
    pub fn title(&self) -> Option<&Text> {
        self.blocks.iter().find_map(|block| match &block.body {
            crate::Body::Heading(1, text) => Some(text),
            _ => None,
        })
    }
}
