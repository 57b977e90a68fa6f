//! Reads Markdown that others wrote, so that rules can run over its words and leave its markup alone.

mod inline;

use inline::Inline;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use qingwen_model::{
    Block, Body, Cell, Code, Document, Extent, Item, List, Log, Mark, Marker, Note, Object, Row, Shape,
    Style, Table, Text, Warned,
};
use std::borrow::Cow;
use std::ops::Range;

/// Containers within containers, at most; what lies deeper stands at that depth.
const DEEPEST: usize = 100;

/// Reads Markdown: CommonMark with GFM's tables, notes, tasks and strikethrough, math, and YAML in front.
///
/// Raw HTML, pictures, and whatever else the model has no name for is kept to the letter as
/// [`Object::Raw`]. A line break that is not hard is a blank between words that need one and nothing between
/// ideographs. Where there is no heading at all, paragraphs say by their [`Shape`] that they are whole
/// paragraphs, so that rules may find the headings nobody marked; where there are some, paragraphs are
/// paragraphs.
///
/// Diagnostics: `markdown-link-title` and `markdown-table-align` for what is lost.
pub fn read(markdown: &str) -> Warned<Document> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let front = front_matter(markdown);
    let body = &markdown[front.len()..];
    let mut reader = Reader {
        source: body,
        document: Document::default(),
        log: Log::new(),
        frames: vec![Frame::Blocks(Holder::Document, Vec::new())],
        skipped: 0,
        inline: Inline::default(),
        mark: Mark::None,
        counted: (0, 1 + front.matches('\n').count() as u32),
    };
    if !front.is_empty() {
        reader.push(raw(front.trim_end().to_owned(), Mark::Line(1)));
    }
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish()
}

/// What is being filled, outermost first.
enum Frame {
    Blocks(Holder, Vec<Block>),
    List(Mark, List),
    Table(Mark, Table),
    /// A block of code or HTML, which is text only.
    Verbatim(Verbatim, String),
}

/// What holds blocks.
enum Holder {
    Document,
    Quote(Mark),
    Item(Option<bool>),
    Note(String),
}

enum Verbatim {
    Code(Option<String>),
    Html,
}

struct Reader<'a> {
    source: &'a str,
    document: Document,
    log: Log,
    frames: Vec<Frame>,
    /// Containers that lie too deep, and so were not begun.
    skipped: usize,
    inline: Inline,
    /// Where the block that is being read began.
    mark: Mark,
    /// How far lines have been counted: bytes, and the line there.
    counted: (usize, u32),
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Rule => {
                self.flush();
                let mark = self.line(range.start);
                self.push(Block { mark, body: Body::Break, ..Block::default() });
            }
            Event::TaskListMarker(done) => {
                if let Some(Frame::Blocks(Holder::Item(task), _)) = self.frames.last_mut() {
                    *task = Some(done);
                }
            }
            Event::Text(text) | Event::Html(text)
                if matches!(self.frames.last(), Some(Frame::Verbatim(..))) =>
            {
                if let Some(Frame::Verbatim(_, out)) = self.frames.last_mut() {
                    out.push_str(&text);
                }
            }
            event => {
                if self.inline.is_empty() && !self.inline.is_open() {
                    self.mark = self.line(range.start);
                }
                let source = self.piece(range);
                match event {
                    Event::InlineHtml(_) => {
                        self.inline.event(Event::InlineHtml(source.as_ref().into()), &source)
                    }
                    event => self.inline.event(event, &source),
                }
            }
        }
    }

    /// A piece of the source, without the backslashes that only its being in a cell asks for.
    fn piece(&self, range: Range<usize>) -> Cow<'a, str> {
        let piece = &self.source[range];
        let in_cell = matches!(self.frames.last(), Some(Frame::Table(..))) && piece.contains("\\|");
        if in_cell { piece.replace("\\|", "|").into() } else { piece.into() }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let source = self.piece(range.clone());
        if self.inline.start(&tag, &source, &mut self.log, self.mark) {
            return;
        }
        self.flush();
        let mark = self.line(range.start);
        self.mark = mark;
        match tag {
            Tag::BlockQuote(kind) => {
                if self.begin(Frame::Blocks(Holder::Quote(mark), Vec::new()))
                    && let Some(kind) = kind
                {
                    let alert = format!("[!{}]", format!("{kind:?}").to_uppercase());
                    self.push(raw(alert, mark));
                }
            }
            Tag::List(first) => {
                let marker =
                    first.map_or(Marker::Bullet, |n| Marker::Number(u32::try_from(n).unwrap_or(u32::MAX)));
                self.begin(Frame::List(mark, List { marker, items: Vec::new() }));
            }
            Tag::Item => {
                self.begin(Frame::Blocks(Holder::Item(None), Vec::new()));
            }
            Tag::FootnoteDefinition(id) => {
                self.begin(Frame::Blocks(Holder::Note(id.into_string()), Vec::new()));
            }
            Tag::Table(alignments) => {
                if alignments.iter().any(|alignment| *alignment != pulldown_cmark::Alignment::None) {
                    self.log.lost("markdown-table-align", mark, "the alignment of columns");
                }
                self.begin(Frame::Table(mark, Table::default()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Frame::Table(_, table)) = self.frames.last_mut() {
                    table.rows.push(Row::default());
                }
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) if !language.is_empty() => Some(language.into_string()),
                    CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => None,
                };
                self.frames.push(Frame::Verbatim(Verbatim::Code(language), String::new()));
            }
            Tag::HtmlBlock => self.frames.push(Frame::Verbatim(Verbatim::Html, String::new())),
            _ => {}
        }
    }

    /// Begins a container, unless it lies too deep.
    fn begin(&mut self, frame: Frame) -> bool {
        let fits = self.frames.len() < DEEPEST && self.skipped == 0;
        if fits {
            self.frames.push(frame);
        } else {
            self.skipped += 1;
        }
        fits
    }

    fn end(&mut self, tag: TagEnd) {
        if self.inline.end(tag) {
            return;
        }
        match tag {
            TagEnd::Heading(level) => {
                let text = self.inline.take();
                let body = Body::Heading(level as u8, text);
                self.push(Block { mark: self.mark, body, ..Block::default() });
            }
            TagEnd::TableCell => {
                let text = self.inline.take();
                let block = Block::paragraph(text).at(self.mark);
                if let Some(Frame::Table(_, table)) = self.frames.last_mut()
                    && let Some(row) = table.rows.last_mut()
                {
                    row.cells.push(Cell::new(vec![block]));
                }
            }
            TagEnd::Paragraph => self.flush(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.verbatim(),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table => {
                self.flush();
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else {
                    self.close();
                }
            }
            _ => {}
        }
    }

    /// Ends the innermost container.
    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let block = |mark, body| Block { mark, body, ..Block::default() };
        match self.frames.pop() {
            Some(Frame::Blocks(Holder::Quote(mark), blocks)) => self.push(block(mark, Body::Quote(blocks))),
            Some(Frame::Blocks(Holder::Item(done), blocks)) => match self.frames.last_mut() {
                Some(Frame::List(_, list)) => list.items.push(Item { blocks, done }),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Some(Frame::Blocks(Holder::Note(id), blocks)) => {
                self.document.notes.push(Note { id, blocks, ..Note::default() });
            }
            Some(Frame::List(mark, list)) => self.push(block(mark, Body::List(list))),
            Some(Frame::Table(mark, table)) => self.push(block(mark, Body::Table(table))),
            Some(Frame::Blocks(Holder::Document, _) | Frame::Verbatim(..)) | None => {}
        }
    }

    /// Ends a block that is text only.
    fn verbatim(&mut self) {
        let Some(Frame::Verbatim(kind, mut text)) = self.frames.pop() else { return };
        let mark = self.mark;
        if text.ends_with('\n') {
            text.pop();
        }
        match kind {
            Verbatim::Code(language) => {
                let body = Body::Code(Code { language, text });
                self.push(Block { mark, body, ..Block::default() });
            }
            Verbatim::Html => self.push(raw(text, mark)),
        }
    }

    /// Ends a paragraph, if one has begun; tight items have theirs without saying so.
    fn flush(&mut self) {
        if !self.inline.is_empty() {
            let text = self.inline.take();
            self.push(Block::paragraph(text).at(self.mark));
        }
    }

    /// Adds a block to what is being filled.
    fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(Frame::Blocks(_, blocks)) => blocks.push(block),
            // What lies too deep loses its container.
            Some(Frame::List(_, list)) => list.items.push(Item { blocks: vec![block], done: None }),
            Some(Frame::Table(..) | Frame::Verbatim(..)) | None => {}
        }
    }

    /// The line of a byte. To be asked in order; a byte before the last one asked for is on its line.
    fn line(&mut self, at: usize) -> Mark {
        let (from, line) = self.counted;
        if let Some(passed) = self.source.as_bytes().get(from..at) {
            self.counted = (at, line + passed.iter().filter(|&&b| b == b'\n').count() as u32);
        }
        Mark::Line(self.counted.1)
    }

    fn finish(mut self) -> Warned<Document> {
        self.flush();
        while self.frames.len() > 1 {
            self.close();
        }
        if let Some(Frame::Blocks(_, blocks)) = self.frames.pop() {
            self.document.blocks = blocks;
        }
        if !self.document.blocks.iter().any(|block| matches!(block.body, Body::Heading(..))) {
            self.document.blocks.iter_mut().for_each(look);
        }
        Warned::new(self.document, self.log)
    }
}

/// The YAML at the very beginning, with the lines of hyphens around it; empty where there is none.
fn front_matter(markdown: &str) -> &str {
    let mut lines = markdown.split_inclusive('\n');
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return "";
    }
    let mut length = 4.max(markdown.find('\n').map_or(0, |at| at + 1));
    for (number, line) in lines.enumerate() {
        length += line.len();
        match line.trim_end() {
            "---" if number > 0 => return &markdown[..length],
            // YAML begins with a name, or with a remark.
            first if number == 0 && !first.contains(':') && !first.starts_with('#') => return "",
            _ => {}
        }
    }
    ""
}

/// A block that is written as it was.
fn raw(markup: String, mark: Mark) -> Block {
    let mut text = Text::new();
    text.push_object(Object::Raw(markup), &Style::default());
    Block::paragraph(text).at(mark)
}

/// Says of a paragraph that it is one, and how it looks.
fn look(block: &mut Block) {
    let Some(text) = block.as_paragraph() else { return };
    if text.objects().any(|(_, object)| matches!(object, Object::Raw(_))) {
        return;
    }
    let bold = text.is_all(|style| style.bold);
    block.shape = Some(Shape { extent: Extent::Paragraph, bold, gap: 1.0, ..Shape::default() });
}
