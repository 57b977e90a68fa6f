//! Footnotes, endnotes and comments: found by id when the text refers to them, and read then.

use crate::body::is_text;
use crate::element::Element;
use crate::line::{Line, Look};
use crate::package::{Package, Relationships};
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::{Block, Error, Note, NoteKind, Object, Text};
use std::collections::HashMap;
use std::rc::Rc;

/// The three parts that hold notes.
pub(crate) struct NoteParts<'a> {
    parts: [Option<NotePart<'a>>; 3],
}

struct NotePart<'a> {
    name: String,
    xml: Xml<'a>,
    relationships: Rc<Relationships>,
    places: HashMap<i32, Place<'a>>,
    /// Ids in the order of the part.
    order: Vec<i32>,
    /// The insides of notes that are lines between text and notes.
    lines: Vec<&'a str>,
    /// Notes read so far.
    read: u32,
}

struct Place<'a> {
    inside: &'a str,
    author: Option<String>,
    /// What the text calls it, once it does.
    id: Option<String>,
}

impl<'a> NoteParts<'a> {
    /// Finds the notes in the parts of footnotes, endnotes and comments, each with its name.
    pub(crate) fn new(
        package: &Package<'_>,
        parts: [&'a Option<(String, String)>; 3],
        depth: u16,
    ) -> Result<Self, Error> {
        let mut out = NoteParts { parts: [None, None, None] };
        for (slot, part) in out.parts.iter_mut().zip(parts) {
            if let Some((name, text)) = part {
                let relationships = Rc::new(package.relationships(name)?);
                *slot = Some(NotePart::new(name, text, relationships, depth));
            }
        }
        Ok(out)
    }

    fn of(&mut self, kind: NoteKind) -> Option<&mut NotePart<'a>> {
        self.parts[match kind {
            NoteKind::Footnote => 0,
            NoteKind::Endnote => 1,
            NoteKind::Comment => 2,
        }]
        .as_mut()
    }
}

impl<'a> NotePart<'a> {
    fn new(name: &str, text: &'a str, relationships: Rc<Relationships>, depth: u16) -> Self {
        let mut xml = Xml::new(text, depth);
        let mut places = HashMap::new();
        let (mut order, mut lines) = (Vec::new(), Vec::new());
        xml.root();
        while let Some(element) = xml.next() {
            let author = element.attr("author").map(|author| author.into_owned());
            // Lines between text and notes are notes to Word, of other types.
            let is_note = element.attr("type").is_none_or(|kind| kind == "normal");
            let id = element.number("id").filter(|_| is_note);
            let inside = xml.inside(&element);
            if !is_note {
                lines.push(inside);
            }
            if let Some(id) = id
                && !places.contains_key(&id)
            {
                places.insert(id, Place { inside, author, id: None });
                order.push(id);
            }
        }
        NotePart { name: name.to_owned(), xml, relationships, places, order, lines, read: 0 }
    }
}

impl Reader<'_> {
    /// The mark of a note: reads the note where it has not been read yet.
    pub(crate) fn note(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        kind: NoteKind,
        line: &mut Line,
        look: &Look,
    ) {
        xml.skip();
        if (kind == NoteKind::Comment && !self.keeps_comments()) || self.fields.in_code() {
            return;
        }
        let number = element.number("id").unwrap_or(-1);
        match self.read_note(kind, number) {
            Some(id) => {
                let mut look = look.clone();
                (look.style.superscript, look.style.underline) = (false, false);
                line.push_object(Object::Note(id), &look);
            }
            None => self.log.lost("docx-missing-note", self.mark(), format!("note {number} is not there")),
        }
    }

    fn read_note(&mut self, kind: NoteKind, number: i32) -> Option<String> {
        let part = self.note_parts.of(kind)?;
        let place = part.places.get_mut(&number)?;
        if let Some(id) = &place.id {
            return Some(id.clone());
        }
        part.read += 1;
        let id = match kind {
            NoteKind::Footnote => part.read.to_string(),
            NoteKind::Endnote => format!("e{}", part.read),
            NoteKind::Comment => format!("c{}", part.read),
        };
        place.id = Some(id.clone());
        let author = place.author.clone().filter(|author| kind == NoteKind::Comment && !author.is_empty());
        let mut xml = part.xml.fragment(place.inside);
        let relationships = Rc::clone(&part.relationships);
        let outer = std::mem::replace(&mut self.relationships, relationships);
        // Notes stand in the order of their marks, a note within a note after it.
        let slot = self.notes.len();
        self.notes.push(Note { id: id.clone(), kind, blocks: Vec::new() });
        let mut blocks = self.inner_story(&mut xml);
        self.relationships = outer;
        trim_start(&mut blocks);
        if let (Some(author), Some(text)) = (author, blocks.first_mut().and_then(Block::text_mut)) {
            let said = std::mem::replace(text, Text::plain(format!("{author}: ")));
            text.append(said);
        }
        if let Some(note) = self.notes.get_mut(slot) {
            note.blocks = blocks;
        }
        Some(id)
    }

    /// Notes that nothing refers to, comments that were not asked for, and lines of words before notes.
    pub(crate) fn unread_notes(&mut self) {
        for part in self.note_parts.parts.iter_mut().flatten() {
            for line in std::mem::take(&mut part.lines) {
                let text = part.xml.fragment(line).deep_text(is_text);
                if !text.trim().is_empty() {
                    self.log.guessed("docx-note-separator", qingwen_model::Mark::None, text.trim());
                }
            }
            let is_comment = part.name.to_ascii_lowercase().contains("comment");
            for id in std::mem::take(&mut part.order) {
                let Some(place) = part.places.get(&id).filter(|place| place.id.is_none()) else { continue };
                let text = part.xml.fragment(place.inside).deep_text(is_text);
                if text.trim().is_empty() {
                    continue;
                }
                let text = match &place.author {
                    Some(author) => format!("{author}: {}", text.trim()),
                    None => text.trim().to_owned(),
                };
                let code = if is_comment { "docx-comment" } else { "docx-unused-note" };
                self.log.lost(code, qingwen_model::Mark::None, text);
            }
        }
    }
}

/// A note's text begins after its own mark and a space.
fn trim_start(blocks: &mut [Block]) {
    if let Some(text) = blocks.first_mut().and_then(Block::text_mut) {
        let blank = text.as_str().len() - text.as_str().trim_start_matches([' ', '\t', '\u{a0}']).len();
        if blank > 0 {
            *text = text.split_off(blank);
        }
    }
}
