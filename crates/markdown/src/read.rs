//! Reads Markdown that others wrote, so that rules can run over its words and leave its markup alone.

mod bars;
mod dollars;
mod gaps;
mod inline;
mod shelter;
mod stars;

use gaps::Gaps;
use inline::Inline;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use qingwen_model::{
    Block, Body, Cell, Code, Document, Extent, Item, List, Log, Mark, Marker, Note, Object, Row, Shape,
    Style, Table, Text, Warned,
};
use shelter::{Shelter, folded};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// Containers within containers, at most; what lies deeper stands at that depth.
const DEEPEST: usize = 100;

/// Cells that one row may have beyond the columns of its table.
const WIDEST: usize = 100;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

/// Reads Markdown: CommonMark with GFM's tables, notes, tasks and strikethrough, math, and YAML or TOML in front.
///
/// Raw HTML, pictures, and whatever else the model has no name for is kept to the letter as
/// [`Object::Raw`]; so are formulas in `\(…\)` and `\[…\]`, links in `[[…]]`, lines that are fences of
/// extensions (`::: tip`, `{% note %}`), and definitions that no link uses. A dollar sign ends no formula where a
/// digit follows it, and `**` begin and end what is bold though full-width punctuation is beside them. Cells that
/// a row has beyond those of the heading, which GFM drops, get columns of their own. A line break that is not hard
/// is a blank between words that need one and nothing between ideographs. Where there is no heading at all, paragraphs say by their [`Shape`] that they are whole
/// paragraphs, so that rules may find the headings nobody marked; where there are some, paragraphs are
/// paragraphs.
///
/// Diagnostics: `markdown-link-title`, `markdown-table-align` and `markdown-definition` for what is lost,
/// `markdown-table-row` for the cells that GFM would drop.
pub fn read(markdown: &str) -> Warned<Document> {
    let front = front_matter(markdown);
    let (shelter, body) = Shelter::raise(&markdown[front.len()..]);
    let body = dollars::escaped(body, OPTIONS);
    let mut reader = Reader::new(&body, shelter, 1 + front.matches('\n').count() as u32);
    if !front.is_empty() {
        reader.push(raw(front.trim_end().to_owned(), Mark::Line(1)));
    }
    reader.run();
    reader.finish()
}

/// What is being filled, outermost first.
enum Frame {
    Blocks(Holder, Vec<Block>),
    /// With the number that its next item would have.
    List(Mark, List, Option<u32>),
    Table(Mark, Table),
    /// A block of code or HTML, which is text only.
    Verbatim(Verbatim, String),
}

/// What holds blocks.
enum Holder {
    Document,
    Quote(Mark),
    /// An item, without its blocks.
    Item(Item),
    Note(String),
}

enum Verbatim {
    Code(Option<String>),
    Html,
}

struct Reader<'a> {
    source: &'a str,
    shelter: Shelter,
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
    /// The names of the definitions that were used.
    used: HashSet<String>,
    /// Where the last cell ended that has a place in its table.
    cells: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, shelter: Shelter, line: u32) -> Self {
        Reader {
            source,
            shelter,
            document: Document::default(),
            log: Log::new(),
            frames: vec![Frame::Blocks(Holder::Document, Vec::new())],
            skipped: 0,
            inline: Inline::new(shelter),
            mark: Mark::None,
            counted: (0, line),
            used: HashSet::new(),
            cells: 0,
        }
    }

    fn run(&mut self) {
        let first = self.counted.1;
        let mut events = Parser::new_ext(self.source, OPTIONS).into_offset_iter();
        let mut gaps = Gaps::default();
        for (event, range) in events.by_ref() {
            gaps.pass(&event, &range);
            self.event(event, range);
        }
        let (mut lost, mut known) = (Vec::new(), Vec::new());
        for (label, definition) in events.reference_definitions().iter() {
            let is_used = self.used.contains(&folded(&self.shelter.bare(label)));
            let told = if is_used { &mut known } else { &mut lost };
            told.push(definition.span.clone());
        }
        known.extend(lost.iter().cloned());
        known.sort_by_key(|span| span.start);
        // Of several definitions with one name, the parser tells of the first only.
        lost.extend(gaps.lines(self.source, &known));
        lost.sort_by_key(|span| span.start);
        self.counted = (0, first);
        for span in lost {
            let mark = self.line(span.start);
            let piece = self.piece(span);
            self.log.lost("markdown-definition", mark, piece.trim_end());
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => {
                self.flush();
                let mark = self.line(range.start);
                self.push(Block { mark, body: Body::Break, ..Block::default() });
            }
            Event::TaskListMarker(done) => {
                if let Some(Frame::Blocks(Holder::Item(item), _)) = self.frames.last_mut() {
                    item.done = Some(done);
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
                let source = self.piece(range.clone());
                match event {
                    Event::InlineHtml(_) if self.shelter.kept(&self.source[range]).is_some() => {
                        self.inline.kept(&source);
                    }
                    Event::InlineHtml(_) => {
                        let html = self.without_containers(&source);
                        self.inline.event(Event::InlineHtml(html.into()), &source)
                    }
                    event => self.inline.event(event, &source),
                }
            }
        }
    }

    /// A piece of the source, without the backslashes that only its being in a cell asks for.
    fn piece(&self, range: Range<usize>) -> Cow<'a, str> {
        let piece = self.shelter.bare(&self.source[range]);
        let in_cell = matches!(self.frames.last(), Some(Frame::Table(..))) && piece.contains("\\|");
        if in_cell { piece.replace("\\|", "|").into() } else { piece }
    }

    /// Markup without what the quotes and the items around it put before its further lines.
    fn without_containers(&self, markup: &str) -> String {
        let is_quote = |frame: &&Frame| matches!(frame, Frame::Blocks(Holder::Quote(_), _));
        let quotes = self.frames.iter().filter(is_quote).count();
        let mut lines = markup.split('\n');
        let mut out = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            let own = (0..quotes).fold(line.trim_start_matches([' ', '\t']), |line, _| {
                line.strip_prefix('>').unwrap_or(line).trim_start_matches([' ', '\t'])
            });
            out.extend(["\n", own]);
        }
        out
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if let Tag::Link { id, .. } | Tag::Image { id, .. } = &tag
            && !id.is_empty()
        {
            self.used.insert(folded(&self.shelter.bare(id)));
        }
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
                let first = first.map(|first| u32::try_from(first).unwrap_or(u32::MAX));
                let marker = first.map_or(Marker::Bullet, Marker::Number);
                self.begin(Frame::List(mark, List { marker, ..List::default() }, first));
            }
            Tag::Item => {
                let number = self.number(range.start);
                self.begin(Frame::Blocks(Holder::Item(Item { number, ..Item::default() }), Vec::new()));
            }
            Tag::Paragraph => {
                // In a tight list, nothing says that a paragraph begins.
                if let [.., Frame::List(_, list, _), Frame::Blocks(Holder::Item(_), _)] = &mut self.frames[..]
                {
                    list.loose = true;
                }
            }
            Tag::FootnoteDefinition(id) => {
                let id = self.shelter.bare(&id).into_owned();
                self.begin(Frame::Blocks(Holder::Note(id), Vec::new()));
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
                    CodeBlockKind::Fenced(language) if !language.is_empty() => {
                        Some(self.shelter.bare(&language).into_owned())
                    }
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

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.inline.end(tag) {
            return;
        }
        match tag {
            TagEnd::Heading(level) => {
                let text = self.inline.take();
                let body = Body::Heading(level as u8, text);
                self.push(Block { mark: self.mark, body, ..Block::default() });
            }
            TagEnd::TableRow => self.beyond(range),
            TagEnd::TableCell => {
                self.cells = range.end;
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

    /// Reads the cells that a row has beyond the columns of its table.
    fn beyond(&mut self, row: Range<usize>) {
        let Some(rest) = self.source.get(self.cells..row.end).map(str::trim) else { return };
        if rest.trim_start_matches(['|', ' ', '\t']).is_empty() {
            return;
        }
        let inside = rest.strip_prefix('|').unwrap_or(rest);
        let columns = bars::cells(rest);
        // They are the heading of a table of their own.
        let markdown = format!("|{inside}\n|{}", "-|".repeat(columns.min(WIDEST)));
        let mut reader = Reader::new(&markdown, self.shelter, 0);
        reader.run();
        let read = reader.finish().value.blocks.pop().map(|block| block.body);
        let cells = match read {
            Some(Body::Table(table)) => table.rows.into_iter().next(),
            _ => None,
        };
        match (cells, self.frames.last_mut()) {
            (Some(cells), Some(Frame::Table(_, table))) => {
                self.log.guessed("markdown-table-row", self.mark, "a row has more cells than the heading");
                table.rows.last_mut().into_iter().for_each(|row| row.cells.extend_from_slice(&cells.cells));
            }
            _ => self.log.lost("markdown-table-row", self.mark, self.shelter.bare(rest)),
        }
    }

    /// The number of the item that begins at a byte, where it is not the one that follows from the list so far.
    fn number(&mut self, at: usize) -> Option<u32> {
        let Some(Frame::List(_, _, Some(next))) = self.frames.last_mut() else { return None };
        let source = self.source[at..].trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let number = source[..digits].parse().unwrap_or(*next);
        (std::mem::replace(next, number.saturating_add(1)) != number).then_some(number)
    }

    /// Ends the innermost container.
    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let block = |mark, body| Block { mark, body, ..Block::default() };
        match self.frames.pop() {
            Some(Frame::Blocks(Holder::Quote(mark), blocks)) => self.push(block(mark, Body::Quote(blocks))),
            Some(Frame::Blocks(Holder::Item(item), blocks)) => match self.frames.last_mut() {
                Some(Frame::List(_, list, _)) => list.items.push(Item { blocks, ..item }),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Some(Frame::Blocks(Holder::Note(id), blocks)) => {
                self.document.notes.push(Note { id, blocks, ..Note::default() });
            }
            Some(Frame::List(mark, list, _)) => self.push(block(mark, Body::List(list))),
            Some(Frame::Table(mark, mut table)) => {
                /// A larger table is not filled up: a row with many cells below many short ones would take all memory.
                const MOST: usize = 1 << 18;
                let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
                let empty = || Cell::new(vec![Block::paragraph("")]);
                if width.saturating_mul(table.rows.len()) <= MOST {
                    table.rows.iter_mut().for_each(|row| row.cells.resize_with(width, empty));
                }
                self.push(block(mark, Body::Table(table)));
            }
            Some(Frame::Blocks(Holder::Document, _) | Frame::Verbatim(..)) | None => {}
        }
    }

    /// Ends a block that is text only.
    fn verbatim(&mut self) {
        let Some(Frame::Verbatim(kind, text)) = self.frames.pop() else { return };
        let mut text = self.shelter.bare(&text).into_owned();
        let mark = self.mark;
        if text.ends_with('\n') {
            text.pop();
        }
        match kind {
            Verbatim::Code(language) => {
                let body = Body::Code(Code { language, text });
                self.push(Block { mark, body, ..Block::default() });
            }
            Verbatim::Html => self.push(raw(text.trim_end().to_owned(), mark)),
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
            Some(Frame::List(_, list, _)) => list.items.push(Item { blocks: vec![block], ..Item::default() }),
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

/// The YAML or TOML at the very beginning, with the lines of hyphens or pluses around it; empty where there is none.
fn front_matter(markdown: &str) -> &str {
    let mut lines = markdown.split_inclusive('\n');
    let fence = lines.next().map_or("", str::trim_end);
    if !matches!(fence, "---" | "+++") {
        return "";
    }
    let mut length = 4.max(markdown.find('\n').map_or(0, |at| at + 1));
    for (number, line) in lines.enumerate() {
        length += line.len();
        match line.trim_end() {
            line if line == fence && number > 0 => return &markdown[..length],
            // YAML begins with a name, TOML with one or with that of a table; both may begin with a remark.
            first if number == 0 => {
                let sign = if fence == "---" { first.contains(':') } else { first.contains(['=', '[']) };
                if !sign && !first.starts_with('#') {
                    return "";
                }
            }
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
