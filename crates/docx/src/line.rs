//! A paragraph while it is being read: its text so far, and what was seen of its looks.

use crate::props::ParaProps;
use crate::styles::Style as ParaStyle;
use qingwen_model::{Block, Face, Object, Style, Text};
use std::rc::Rc;
use std::sync::Arc;

/// A paragraph in the making.
pub(crate) struct Line {
    pub(crate) text: Text,
    pub(crate) style: Rc<ParaStyle>,
    pub(crate) props: Rc<ParaProps>,
    /// Where the link leads that the text stands in.
    pub(crate) link: Option<Arc<str>>,
    /// The tracked change that the text stands in, where both sides of changes are kept.
    pub(crate) revision: Option<Revision>,
    /// Blocks that are anchored here and come after the paragraph: text boxes.
    pub(crate) after: Vec<Block>,
    /// Characters by size in half-points.
    pub(crate) sizes: Vec<(u16, u32)>,
    faces: Option<Face>,
    /// The same of characters outside Chinese, for paragraphs without any.
    faces_ascii: Option<Face>,
    not_bold: bool,
    /// A page, or a column, ends before the text begins; or after it.
    pub(crate) break_before: Option<Break>,
    pub(crate) break_after: Option<Break>,
    /// What is hidden or deleted here.
    pub(crate) hidden: String,
    pub(crate) deleted: String,
}

/// A tracked change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revision {
    Deleted,
    Inserted,
}

/// What a break begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    Column,
    Page,
}

/// How a run looks once all its properties are followed through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    /// What sets it off from its paragraph.
    pub(crate) style: Style,
    pub(crate) bold: bool,
    pub(crate) hidden: bool,
    pub(crate) capitals: bool,
    /// In half-points.
    pub(crate) size: u16,
    pub(crate) east: Face,
    pub(crate) ascii: Face,
    pub(crate) symbols: Option<crate::symbols::SymbolFont>,
}

impl Line {
    /// An empty paragraph of a style.
    pub(crate) fn new(style: Rc<ParaStyle>, props: Rc<ParaProps>) -> Self {
        Line {
            text: Text::new(),
            style,
            props,
            link: None,
            revision: None,
            after: Vec::new(),
            sizes: Vec::new(),
            faces: None,
            faces_ascii: None,
            not_bold: false,
            break_before: None,
            break_after: None,
            hidden: String::new(),
            deleted: String::new(),
        }
    }

    /// Adds characters that look alike.
    pub(crate) fn push(&mut self, text: &str, look: &Look) {
        self.measure(text, look);
        self.text.push(text, &look.style);
    }

    /// Adds an object.
    pub(crate) fn push_object(&mut self, object: Object, look: &Look) {
        self.text.push_object(object, &look.style);
    }

    /// A page or a column ends here.
    pub(crate) fn break_here(&mut self, what: Break) {
        let side = if self.text.is_blank() { &mut self.break_before } else { &mut self.break_after };
        *side = (*side).max(Some(what));
    }

    fn measure(&mut self, text: &str, look: &Look) {
        let (mut ascii, mut east) = (0, 0);
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if c.is_ascii() {
                ascii += 1;
            } else {
                east += 1;
            }
        }
        if ascii + east == 0 {
            return;
        }
        match self.sizes.iter_mut().find(|(size, _)| *size == look.size) {
            Some((_, count)) => *count += ascii + east,
            None => self.sizes.push((look.size, ascii + east)),
        }
        self.not_bold |= !look.bold;
        let mix = |seen: &mut Option<Face>, face| match seen {
            Some(seen) if *seen != face => *seen = Face::Unknown,
            Some(_) => {}
            None => *seen = Some(face),
        };
        if east > 0 {
            mix(&mut self.faces, look.east);
        } else {
            mix(&mut self.faces_ascii, look.ascii);
        }
    }

    /// Goes on with what was read in an earlier paragraph whose mark is gone.
    pub(crate) fn continue_from(&mut self, earlier: Line) {
        self.text = earlier.text;
        self.sizes = earlier.sizes;
        self.faces = earlier.faces;
        self.faces_ascii = earlier.faces_ascii;
        self.not_bold = earlier.not_bold;
        self.break_before = earlier.break_before;
        self.after = earlier.after;
        self.hidden = earlier.hidden;
        self.deleted = earlier.deleted;
    }

    /// Set in bold throughout.
    pub(crate) fn is_bold(&self) -> bool {
        !self.sizes.is_empty() && !self.not_bold
    }

    /// The typeface of its Chinese characters, or of all where it has none.
    pub(crate) fn face(&self) -> Face {
        self.faces.or(self.faces_ascii).unwrap_or_default()
    }

    /// The size of most of its characters, in half-points.
    pub(crate) fn size(&self) -> Option<u16> {
        self.sizes.iter().max_by_key(|(_, count)| *count).map(|(size, _)| *size)
    }
}
