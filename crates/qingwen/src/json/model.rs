//! The model as the schema has it, and back.

use super::SCHEMA;
use super::schema::{
    Anchor, Block, Body, Cell, Document, Item, Meta, Note, Object, Picture, Place, Run, Text, What, mark,
};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use qingwen_model::{self as model, Error, Marker, Style};

impl<'a> From<&'a model::Document> for Document<'a> {
    fn from(document: &'a model::Document) -> Self {
        let note = |note: &'a model::Note| Note {
            id: note.id.as_str().into(),
            kind: note.kind.into(),
            blocks: blocks(&note.blocks),
        };
        let picture = |item: &'a model::MediaItem| Picture {
            name: item.name.as_str().into(),
            data: BASE64_STANDARD.encode(&item.bytes),
        };
        Document {
            schema: SCHEMA.into(),
            meta: document.meta.clone().into(),
            blocks: blocks(&document.blocks),
            notes: document.notes.iter().map(note).collect(),
            media: document.media.items.iter().map(picture).collect(),
            anchors: document
                .anchors
                .iter()
                .map(|(name, place)| Anchor { name: name.as_str().into(), mark: mark(*place) })
                .collect(),
        }
    }
}

impl Document<'_> {
    pub(super) fn into_document(self) -> Result<model::Document, Error> {
        let notes = self.notes.into_iter().map(|note| {
            let blocks = into_blocks(note.blocks)?;
            Ok(model::Note { id: note.id.into_owned(), kind: note.kind.into(), blocks })
        });
        let items = self.media.into_iter().map(|picture| {
            let bytes = BASE64_STANDARD
                .decode(&picture.data)
                .map_err(|error| Error::malformed("a picture that is not base64").from_source(error))?;
            Ok(model::MediaItem { name: picture.name.into_owned(), bytes })
        });
        Ok(model::Document {
            meta: self.meta.into(),
            blocks: into_blocks(self.blocks)?,
            notes: notes.collect::<Result<_, Error>>()?,
            media: model::Media { items: items.collect::<Result<_, Error>>()? },
            anchors: self
                .anchors
                .into_iter()
                .map(|anchor| (anchor.name.into_owned(), place(anchor.mark)))
                .collect(),
        })
    }
}

impl From<model::Meta> for Meta {
    fn from(meta: model::Meta) -> Self {
        let model::Meta { title, author, subject, created, modified, application, language, encoding, pages } =
            meta;
        Meta { title, author, subject, created, modified, application, language, encoding, pages }
    }
}

impl From<Meta> for model::Meta {
    fn from(meta: Meta) -> Self {
        let Meta { title, author, subject, created, modified, application, language, encoding, pages } = meta;
        model::Meta { title, author, subject, created, modified, application, language, encoding, pages }
    }
}

fn blocks(blocks: &[model::Block]) -> Vec<Block<'_>> {
    blocks.iter().map(block).collect()
}

fn block(block: &model::Block) -> Block<'_> {
    let body = match &block.body {
        model::Body::Paragraph(words) => Body::Paragraph(text(words)),
        model::Body::Heading(level, words) => Body::Heading { level: *level, text: text(words) },
        model::Body::List(list) => Body::List {
            start: match list.marker {
                Marker::Bullet => None,
                Marker::Number(first) => Some(first),
            },
            loose: list.loose,
            items: list
                .items
                .iter()
                .map(|item| Item { blocks: blocks(&item.blocks), done: item.done, number: item.number })
                .collect(),
        },
        model::Body::Table(table) => Body::Table {
            header_rows: table.header_rows,
            rows: table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect(),
        },
        model::Body::Quote(inner) => Body::Quote { blocks: blocks(inner) },
        model::Body::Code(code) => {
            Body::Code { language: code.language.as_deref().map(Into::into), text: code.text.as_str().into() }
        }
        model::Body::Break => Body::Break,
    };
    Block { body, mark: mark(block.mark), shape: block.shape.map(Into::into) }
}

fn cell(cell: &model::Cell) -> Cell<'_> {
    Cell { blocks: blocks(&cell.blocks), row_span: cell.row_span, column_span: cell.column_span }
}

/// Turns bytes into characters on the way through a string.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    char: usize,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        Characters { text, byte: 0, char: 0 }
    }

    /// How many characters stand before a byte that is not before the last one asked for.
    fn before(&mut self, byte: usize) -> usize {
        self.char += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.char
    }
}

fn text(text: &model::Text) -> Text<'_> {
    let string = text.as_str();
    let mut at = Characters::of(string);
    let styles = text.styled().iter().map(|model::Run { range, style }| Run {
        start: at.before(range.start),
        end: at.before(range.end),
        bold: style.bold,
        italic: style.italic,
        underline: style.underline,
        strike: style.strike,
        superscript: style.superscript,
        subscript: style.subscript,
        code: style.code,
        link: style.link.as_deref().map(Into::into),
    });
    let styles = styles.collect();
    let mut at = Characters::of(string);
    let objects = text.objects().map(|(byte, object)| Object { at: at.before(byte), what: what(object) });
    let label = text.label().map_or(0, |label| label.chars().count());
    Text { text: string.into(), label, styles, objects: objects.collect() }
}

fn what(object: &model::Object) -> What<'_> {
    match object {
        model::Object::Image { media, alt } => What::Image { media: *media, alt: alt.as_str().into() },
        model::Object::Note(id) => What::Note(id.as_str().into()),
        model::Object::Formula { latex, display } => {
            What::Formula { latex: latex.as_str().into(), display: *display }
        }
        model::Object::Ruby { base, reading } => {
            What::Ruby { base: base.as_str().into(), reading: reading.as_str().into() }
        }
        model::Object::Raw(markup) => What::Raw(markup.as_str().into()),
    }
}

fn place(mark: Option<Place>) -> model::Mark {
    mark.map_or(model::Mark::None, |place| place.mark())
}

fn into_blocks(blocks: Vec<Block<'_>>) -> Result<Vec<model::Block>, Error> {
    blocks.into_iter().map(into_block).collect()
}

fn into_block(block: Block<'_>) -> Result<model::Block, Error> {
    let body = match block.body {
        Body::Paragraph(text) => model::Body::Paragraph(into_text(text)?),
        Body::Heading { level, text } => match level {
            1..=6 => model::Body::Heading(level, into_text(text)?),
            _ => return Err(Error::malformed(format!("a heading of level {level}"))),
        },
        Body::List { start, loose, items } => {
            let item = |Item { blocks, done, number }: Item<'_>| {
                Ok(model::Item { blocks: into_blocks(blocks)?, done, number })
            };
            let marker = start.map_or(Marker::Bullet, Marker::Number);
            model::Body::List(model::List {
                marker,
                loose,
                items: items.into_iter().map(item).collect::<Result<_, Error>>()?,
            })
        }
        Body::Table { header_rows, rows } => {
            let row = |cells: Vec<Cell<'_>>| {
                let cells = cells.into_iter().map(into_cell).collect::<Result<_, Error>>()?;
                Ok(model::Row { cells })
            };
            let rows = rows.into_iter().map(row).collect::<Result<_, Error>>()?;
            model::Body::Table(model::Table { rows, header_rows })
        }
        Body::Quote { blocks } => model::Body::Quote(into_blocks(blocks)?),
        Body::Code { language, text } => {
            model::Body::Code(model::Code { language: language.map(Into::into), text: text.into_owned() })
        }
        Body::Break => model::Body::Break,
    };
    Ok(model::Block { mark: place(block.mark), shape: block.shape.map(Into::into), body })
}

fn into_cell(cell: Cell<'_>) -> Result<model::Cell, Error> {
    let blocks = into_blocks(cell.blocks)?;
    Ok(model::Cell { blocks, row_span: cell.row_span.max(1), column_span: cell.column_span.max(1) })
}

/// Builds a text from its pieces; their places must be in order and within it.
fn into_text(text: Text<'_>) -> Result<model::Text, Error> {
    if text.styles.is_empty() && text.objects.is_empty() && text.label == 0 {
        return Ok(model::Text::plain(text.text.into_owned()));
    }
    let wrong = || Error::malformed("a style, an object or a label that does not lie in its text");
    let string = text.text.as_ref();
    // Where each character begins, and where the last one ends.
    let starts: Vec<usize> = string.char_indices().map(|(at, _)| at).chain([string.len()]).collect();
    let byte = |char: usize| starts.get(char).copied().ok_or_else(wrong);
    let mut pieces = Vec::with_capacity(2 * text.styles.len() + 1);
    for run in &text.styles {
        pieces.push((byte(run.start)?, Style::default()));
        pieces.push((byte(run.end)?, style(run)));
    }
    pieces.push((string.len(), Style::default()));
    let mut objects = text.objects.into_iter().peekable();
    let mut out = model::Text::new();
    for (end, style) in pieces {
        while let Some(object) = objects.peek() {
            let place = byte(object.at)?;
            if place >= end {
                break;
            }
            out.push(string.get(out.len()..place).ok_or_else(wrong)?, &style);
            if !string[place..].starts_with('\u{fffc}') {
                return Err(wrong());
            }
            out.push_object(into_object(objects.next().ok_or_else(wrong)?.what), &style);
        }
        out.push(string.get(out.len()..end).ok_or_else(wrong)?, &style);
    }
    if objects.next().is_some() {
        return Err(wrong());
    }
    out.set_label(byte(text.label)?);
    Ok(out)
}

fn style(run: &Run<'_>) -> Style {
    Style {
        bold: run.bold,
        italic: run.italic,
        underline: run.underline,
        strike: run.strike,
        superscript: run.superscript,
        subscript: run.subscript,
        code: run.code,
        link: run.link.as_deref().map(Into::into),
    }
}

fn into_object(what: What<'_>) -> model::Object {
    match what {
        What::Image { media, alt } => model::Object::Image { media, alt: alt.into_owned() },
        What::Note(id) => model::Object::Note(id.into_owned()),
        What::Formula { latex, display } => model::Object::Formula { latex: latex.into_owned(), display },
        What::Ruby { base, reading } => {
            model::Object::Ruby { base: base.into_owned(), reading: reading.into_owned() }
        }
        What::Raw(markup) => model::Object::Raw(markup.into_owned()),
    }
}
