//! Blocks, one after another.

use crate::escape::Escapes;
use crate::inline::{Line, Place};
use crate::places::Places;
use crate::{MarkdownOptions, Placed};
use qingwen_model::{Block, Body, Code, Document, Item, List, Log, Mark, Marker, Text, Warned};
use std::collections::HashSet;
use std::ops::Range;

/// Writes blocks at the end of one string.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    pub(crate) document: &'a Document,
    pub(crate) options: &'a MarkdownOptions,
    /// The ids of the document's notes.
    pub(crate) notes: HashSet<&'a str>,
    pub(crate) places: Places<'a>,
    pub(crate) out: String,
    /// Where each block of the document stands in `out`, so far; blocks within others are not listed.
    spans: Vec<Range<usize>>,
    pub(crate) log: Log,
    /// What every line begins with: the marks of the quotes around it, the indentation of the items.
    pub(crate) prefix: String,
    /// Whether the line that is being written has its prefix already, and a list marker behind it.
    begun: bool,
    pub(crate) escapes: Escapes,
    pub(crate) inner_escapes: Escapes,
    pub(crate) line: Line,
}

/// What stands around the first of some blocks.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    /// The list marker it stands behind, if any.
    marker: Option<char>,
    /// Whether that is the marker of a task.
    task: bool,
    /// Whether the blocks follow one another without blank lines.
    tight: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(document: &'a Document, options: &'a MarkdownOptions) -> Self {
        Writer {
            document,
            options,
            notes: document.notes.iter().map(|note| note.id.as_str()).collect(),
            places: Places::new(document),
            out: String::new(),
            spans: Vec::new(),
            log: Log::new(),
            prefix: String::new(),
            begun: false,
            escapes: Escapes::default(),
            inner_escapes: Escapes::default(),
            line: Line::default(),
        }
    }

    pub(crate) fn document(mut self) -> Warned<Placed> {
        // Hardly more is written than is there.
        let mut length = 0;
        self.document.visit(&mut |block| length += block.text().map_or(0, Text::len) + 4);
        self.out.reserve(length);
        if self.options.front_matter {
            crate::front::write(&mut self.out, &self.document.meta);
        }
        let length = self.out.len();
        self.blank_line();
        let start = self.out.len();
        if self.options.page_marks {
            self.pages(&self.document.blocks);
        } else {
            self.blocks(&self.document.blocks, Around::default());
        }
        if self.out.len() == start {
            self.out.truncate(length);
        }
        let blocks = std::mem::take(&mut self.spans);
        let mut notes = Vec::with_capacity(self.document.notes.len());
        for note in &self.document.notes {
            self.blank_line();
            let start = self.out.len();
            self.out.push_str("[^");
            self.out.push_str(&note.id);
            self.out.push_str("]: ");
            self.within("    ", |writer| writer.blocks(&note.blocks, Around::default()));
            notes.push(start..self.out.len());
        }
        Warned::new(Placed { markdown: self.out, blocks, notes }, self.log)
    }

    /// Writes blocks, and before the first of each page the page's number.
    fn pages(&mut self, mut blocks: &[Block]) {
        let number = |block: &Block| match block.mark {
            Mark::Page(page, _) => page,
            _ => 0,
        };
        let (mut page, mut begun) = (0, false);
        while let Some(first) = blocks.first() {
            if std::mem::replace(&mut begun, true) {
                self.blank_line();
            }
            if number(first) > page {
                page = number(first);
                self.out.push_str(&format!("<!-- page {page} -->"));
                self.end_line();
            }
            let end = blocks.iter().position(|block| number(block) > page).unwrap_or(blocks.len());
            let length = self.out.len();
            if page > 0 {
                self.blank_line();
            }
            let start = self.out.len();
            self.blocks(&blocks[..end], Around::default());
            if self.out.len() == start {
                self.out.truncate(length);
            }
            blocks = &blocks[end..];
        }
    }

    /// Writes what stands behind a marker that was just written, every further line behind `prefix`.
    fn within(&mut self, prefix: &str, write: impl FnOnce(&mut Self)) {
        let outer = self.prefix.len();
        self.prefix.push_str(prefix);
        self.begun = true;
        write(self);
        self.prefix.truncate(outer);
        if std::mem::take(&mut self.begun) {
            self.end_line();
        }
    }

    /// Writes blocks, with a blank line between any two.
    fn blocks(&mut self, blocks: &[Block], around: Around) {
        let mut around = around;
        let mut previous: Option<char> = None;
        let mut first = true;
        for block in blocks {
            let (length, begun) = (self.out.len(), self.begun);
            if !first && !around.tight {
                self.blank_line();
            }
            self.begin_line();
            let start = self.out.len();
            let marker = self.block(block, around, previous);
            let shows = self.out.len() > start;
            if self.prefix.is_empty() {
                self.spans.push(if shows { start..self.out.len() } else { length..length });
            }
            if !shows {
                self.out.truncate(length);
                self.begun = begun;
                continue;
            }
            (previous, first) = (marker, false);
            around = Around { tight: around.tight, ..Around::default() };
        }
    }

    /// Writes one block, whose first line has begun; nothing where it has nothing to show. Gives back the
    /// marker if it is a list.
    fn block(&mut self, block: &Block, around: Around, previous: Option<char>) -> Option<char> {
        match &block.body {
            Body::Paragraph(text) => {
                let start = self.out.len();
                let place = match around {
                    Around { task: true, .. } => Place::Task,
                    Around { marker: Some(_), .. } => Place::Item,
                    _ => Place::Paragraph,
                };
                self.text(text, block.mark, place);
                self.end_line_after(start);
            }
            Body::Heading(level, text) => self.heading(*level, text, block),
            Body::Code(code) => self.code_block(code),
            Body::Quote(blocks) => {
                let start = self.out.len();
                self.out.push_str("> ");
                let inside = self.out.len();
                self.within("> ", |writer| writer.blocks(blocks, Around::default()));
                if self.out.len() <= inside {
                    self.out.truncate(start);
                }
            }
            Body::Break => {
                // Behind a list marker, hyphens would be one break together with it.
                self.out.push_str(if around.marker.is_some() { "___" } else { "---" });
                self.end_line();
            }
            Body::List(list) => return self.list(list, around, previous),
            Body::Table(table) => self.table(table, block.mark),
        }
        None
    }

    fn heading(&mut self, level: u8, text: &Text, block: &Block) {
        let start = self.out.len();
        self.out.push_str(&"######"[..usize::from(level.clamp(1, 6))]);
        self.out.push(' ');
        let inside = self.out.len();
        self.text(text, block.mark, Place::Heading);
        if self.out.len() <= inside {
            self.out.truncate(start);
            return;
        }
        // Number signs at the end, after a blank, would be read as the closing of the heading.
        let words = self.out.trim_end_matches('#').len().max(inside);
        if words < self.out.len() && self.out[..words].ends_with([' ', '\t']) {
            self.out.insert(words, '\\');
        }
        self.end_line();
    }

    fn code_block(&mut self, code: &Code) {
        let language = code.language.as_deref().unwrap_or("").trim();
        let mark = if language.contains('`') { '~' } else { '`' };
        let longest = code.text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
        let fence: String = std::iter::repeat_n(mark, longest.max(2) + 1).collect();
        self.out.push_str(&fence);
        for (at, c) in language.char_indices() {
            if c == '\\' {
                self.out.push('\\');
            } else if c == '&' && crate::escape::begins_entity(&language.as_bytes()[at + 1..]) {
                self.out.push_str("&amp;");
                continue;
            }
            self.out.push(if c.is_control() { ' ' } else { c });
        }
        self.end_line();
        if !code.text.is_empty() {
            for line in code.text.split('\n') {
                self.code_line(line.trim_end_matches('\r'));
            }
        }
        self.code_line(&fence);
    }

    fn code_line(&mut self, line: &str) {
        if line.is_empty() {
            self.out.push_str(self.prefix.trim_end());
        } else {
            self.out.push_str(&self.prefix);
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    fn list(&mut self, list: &List, around: Around, previous: Option<char>) -> Option<char> {
        let start = self.out.len();
        let signs: &[char] = match list.marker {
            Marker::Bullet => &['-', '*', '+'],
            Marker::Number(_) => &['.', ')'],
        };
        // Two lists of one sign in a row would be one; markers on one line could be a thematic break.
        let sign = signs.iter().copied().find(|&sign| previous != Some(sign) && around.marker != Some(sign));
        let sign = sign.unwrap_or(signs[0]);
        let tight = is_tight(list);
        let mut wrote = false;
        let mut numbers = list.numbers();
        for item in &list.items {
            if wrote {
                if !tight {
                    self.blank_line();
                }
                self.begin_line();
            }
            let marker = match numbers.next() {
                None => format!("{sign} "),
                // CommonMark takes no more than nine digits.
                Some(number) => format!("{}{sign} ", number.min(999_999_999)),
            };
            self.item(item, &marker, sign, tight);
            wrote = true;
        }
        (self.out.len() > start).then_some(sign)
    }

    fn item(&mut self, item: &Item, marker: &str, sign: char, tight: bool) {
        self.out.push_str(marker);
        let begins = matches!(item.blocks.first(), Some(block) if shows_words(block));
        let mut task = false;
        match item.done {
            Some(done) if begins => {
                self.out.push_str(if done { "[x] " } else { "[ ] " });
                task = true;
            }
            Some(done) => {
                // GFM wants a paragraph behind the box.
                self.out.push(if done { '☑' } else { '☐' });
                self.end_line();
            }
            None => {}
        }
        let indent = " ".repeat(marker.len());
        let boxed = item.done.is_some() && !begins;
        self.within(&indent, |writer| {
            writer.begun = !boxed;
            if boxed && !item.blocks.is_empty() {
                writer.blank_line();
            }
            let marker = (!boxed).then_some(sign);
            writer.blocks(&item.blocks, Around { marker, task, tight });
        });
    }

    /// Begins a line, unless a marker has begun it.
    fn begin_line(&mut self) {
        if !std::mem::take(&mut self.begun) {
            self.out.push_str(&self.prefix);
        }
    }

    /// Ends a line, without blanks at its end.
    pub(crate) fn end_line(&mut self) {
        let end = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(end);
        self.out.push('\n');
    }

    fn end_line_after(&mut self, start: usize) {
        if self.out.len() > start {
            self.end_line();
        }
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push_str(self.prefix.trim_end());
            self.out.push('\n');
        }
    }
}

/// Whether the items of a list follow one another without blank lines: nothing asks for them, and each item begins
/// with a paragraph and has below it only what may stand directly behind one.
fn is_tight(list: &List) -> bool {
    let follows = |pair: &[Block]| match &pair[1].body {
        Body::List(list) => may_interrupt(list),
        Body::Code(_) | Body::Heading(..) => true,
        Body::Quote(_) => !matches!(pair[0].body, Body::Quote(_)),
        Body::Paragraph(_) | Body::Table(_) | Body::Break => false,
    };
    let fits = |item: &Item| {
        let begins = item.blocks.first().is_none_or(|first| matches!(first.body, Body::Paragraph(_)));
        begins && item.blocks.windows(2).all(follows)
    };
    !list.loose && list.items.iter().all(fits)
}

/// Whether a list may stand directly behind a paragraph (CommonMark 0.31.2, 5.3): its first item has words,
/// and its number is 1.
fn may_interrupt(list: &List) -> bool {
    let begins = list.items.first().and_then(|item| item.blocks.first()).is_some_and(shows_words);
    begins && list.numbers().next().is_none_or(|number| number == 1)
}

/// Whether a block is a paragraph that surely shows something.
fn shows_words(block: &Block) -> bool {
    block
        .as_paragraph()
        .is_some_and(|text| text.as_str().contains(|c: char| !c.is_whitespace() && c != '\u{fffc}'))
}
