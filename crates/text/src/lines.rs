//! Characters to lines.

use crate::scan::{self, End};
use crate::width::cells;
use qingwen_model::{Block, Body, Document, Extent, Mark, Shape, Start, Text};
use std::ops::Range;
use std::sync::Arc;

/// Reads text that is decoded already.
///
/// Lines end at LF, CR LF or CR; a form feed ends a line and a page. Blank lines become the
/// [`gap`](Shape::gap) of the line after them. A line keeps its indentation and its trailing spaces; its
/// [`Mark`] is the number an editor shows, so a form feed does not count.
pub fn read_str(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut lines = Lines::default();
    lines.push_all(text, &mut blocks);
    lines.finish(&mut blocks);
    Document { blocks, ..Document::default() }
}

/// Where in the text the next line stands.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Line ends passed.
    passed: u32,
    /// Blank lines since the last block.
    blank: u32,
    start: Start,
}

/// Makes lines of text that comes in pieces.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    count: Count,
    /// What the pieces so far have of a line that is not ended.
    open: String,
    /// The first line that was cut because it is longer than [`LONGEST`], and how many times lines were.
    pub(crate) cut: Option<(Mark, u64)>,
    /// Whether the last piece ended in CR: a LF at the start of the next belongs to it.
    after_cr: bool,
    /// Bytes of text that are to come, as far as is known. Only memory set aside depends on it.
    pub(crate) expected: usize,
    /// The line ends of the last piece, and its lines with their bytes: kept for their memory.
    ends: Vec<End>,
    found: Vec<(Line, u32, u32)>,
}

impl Lines {
    /// Reads a text of any length.
    pub(crate) fn push_all(&mut self, mut text: &str, blocks: &mut Vec<Block>) {
        self.expected = text.len();
        while !text.is_empty() {
            let (part, rest) = text.split_at(part(text.as_bytes()));
            self.push(&Arc::new(part.to_owned()), 0..part.len(), blocks);
            text = rest;
        }
    }

    /// Reads a piece, some bytes of a string that its lines share; the line it does not end is kept for the
    /// next.
    pub(crate) fn push(&mut self, shared: &Arc<String>, range: Range<usize>, blocks: &mut Vec<Block>) {
        let mut ends = std::mem::take(&mut self.ends);
        scan::ends(&shared.as_bytes()[range.clone()], &mut ends);
        self.push_ended(shared, range, &ends, blocks);
        self.ends = ends;
    }

    /// Reads a piece of which the line ends are known.
    pub(crate) fn push_ended(
        &mut self,
        shared: &Arc<String>,
        range: Range<usize>,
        ends: &[End],
        blocks: &mut Vec<Block>,
    ) {
        let text = &shared[..range.end];
        let bytes = text.as_bytes();
        let mut at = Place { base: range.start, start: range.start, triples: 0 };
        if !range.is_empty() && std::mem::take(&mut self.after_cr) {
            at.start += usize::from(bytes[at.start] == b'\n');
        }
        self.reserve(ends.len(), range.len(), blocks);
        let mut ends = ends.iter();
        if !self.open.is_empty()
            && let Some(end) = ends.find(|end| at.base + end.at as usize >= at.start)
        {
            let by = at.base + end.at as usize;
            self.open.push_str(&text[at.start..by]);
            self.end_open(bytes[by], blocks);
            at.pass(end, bytes);
        }
        let mut found = std::mem::take(&mut self.found);
        self.count.lines(text, ends.as_slice(), &mut at, &mut found);
        let start = at.start;
        self.after_cr = range.start < start && start == bytes.len() && bytes[start - 1] == b'\r';
        // All at once, each where it is to stay: to make a block and then to move it takes twice the time.
        let block = |(line, start, end): &(Line, u32, u32)| {
            line.block(Text::shared(shared, *start as usize..*end as usize))
        };
        blocks.extend(found.iter().map(block));
        found.clear();
        self.found = found;
        self.open.push_str(&text[start..]);
        if self.open.len() >= LONGEST {
            let (mark, times) = self.cut.unwrap_or((self.place().0, 0));
            self.cut = Some((mark, times + 1));
            self.end_open(NOTHING, blocks);
        }
    }

    /// Sets memory aside for the lines of a piece, and for those of the rest if that is like it.
    fn reserve(&mut self, lines: usize, bytes: usize, blocks: &mut Vec<Block>) {
        self.expected = self.expected.saturating_sub(bytes);
        if blocks.capacity() - blocks.len() <= lines {
            // One in sixteen more, lest it all be moved for a few.
            let rest = (self.expected as u64 * lines as u64 / bytes.max(1) as u64) as usize;
            let least = self.expected / BYTES_A_BLOCK;
            blocks.reserve(lines + (rest + rest / 16).max(least) + 1);
        }
    }

    /// The line being read, and the character in it that comes next, from 1.
    pub(crate) fn place(&self) -> (Mark, u32) {
        (Mark::Line(self.count.passed.saturating_add(1)), self.open.chars().count() as u32 + 1)
    }

    /// Ends the last line.
    pub(crate) fn finish(&mut self, blocks: &mut Vec<Block>) {
        self.end_open(b'\n', blocks);
    }

    /// Ends the line that the pieces before began.
    fn end_open(&mut self, by: u8, blocks: &mut Vec<Block>) {
        let open = std::mem::take(&mut self.open);
        match looks(&open, None) {
            Some((indent, width)) => {
                let line = self.count.end(indent, width, by);
                blocks.push(line.block(Text::plain(open)));
            }
            None => self.count.end_blank(by),
        }
    }
}

/// Where the next line of a piece starts.
struct Place {
    /// Where the piece does.
    base: usize,
    start: usize,
    /// Characters of three bytes before.
    triples: u32,
}

impl Place {
    /// Goes on behind the end of a line.
    #[inline(always)]
    fn pass(&mut self, end: &End, bytes: &[u8]) {
        let at = self.base + end.at as usize;
        let crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        (self.start, self.triples) = (at + 1 + usize::from(crlf), end.triples);
    }
}

impl Count {
    /// Finds the lines that say something, and their bytes.
    #[inline(never)] // so that nothing else takes up registers
    fn lines(&mut self, text: &str, ends: &[End], place: &mut Place, found: &mut Vec<(Line, u32, u32)>) {
        let bytes = text.as_bytes();
        // A copy, so that it stays in registers.
        let mut count = *self;
        for end in ends {
            let (start, at) = (place.start, place.base + end.at as usize);
            let Some(line) = bytes.get(start..at) else {
                // The LF of CR LF.
                continue;
            };
            let width = line.len() as u32 - (end.triples - place.triples);
            if !end.odd && is_trim(line) {
                found.push((count.end(0, width, bytes[at]), start as u32, at as u32));
            } else if let Some((indent, width)) = looks(&text[start..at], (!end.odd).then_some(width)) {
                found.push((count.end(indent, width, bytes[at]), start as u32, at as u32));
            } else {
                count.end_blank(bytes[at]);
            }
            place.pass(end, bytes);
        }
        *self = count;
    }

    /// Ends a line that says something.
    #[inline(always)]
    fn end(&mut self, indent: u32, width: u32, by: u8) -> Line {
        let (number, start, gap) = (self.passed.saturating_add(1), self.start, self.blank);
        (self.start, self.blank) = (Start::Line, 0);
        self.pass(by, 0);
        Line { number, start, indent, width, gap }
    }

    /// Ends a line that says nothing.
    fn end_blank(&mut self, by: u8) {
        self.pass(by, 1);
    }

    #[inline(always)]
    fn pass(&mut self, by: u8, blank: u32) {
        if by == b'\x0c' {
            self.start = Start::Page;
        } else if by != NOTHING {
            self.blank += blank;
            self.passed = self.passed.saturating_add(1);
        }
    }
}

/// A line that says something, and how it looks.
#[derive(Debug)]
struct Line {
    number: u32,
    start: Start,
    /// Cells before the first character.
    indent: u32,
    /// Cells from the first character to the last.
    width: u32,
    /// Blank lines before.
    gap: u32,
}

impl Line {
    #[inline(always)]
    fn block(&self, text: Text) -> Block {
        let shape = Shape {
            extent: Extent::Line,
            start: self.start,
            indent: self.indent as f32 / 2.0,
            width: self.width as f32 / 2.0,
            gap: self.gap as f32,
            ..Shape::default()
        };
        Block { mark: Mark::Line(self.number), shape: Some(shape), body: Body::Paragraph(text) }
    }
}

/// Bytes of UTF-8 from which a line is cut, so that memory does not grow with it.
const LONGEST: usize = 4 << 20;

/// What ends a line that is cut.
const NOTHING: u8 = 0;

/// Bytes that lines share at most. The memory is given back when the last of them is gone or changed.
const SHARED: usize = 64 * 1024;

/// Bytes of text for which room is made for one block at least, so that the blocks have half as much room again as the
/// text. An allocator that keeps freed memory up to twice the largest piece of it, as glibc does, then has the next
/// document ready without asking the system page by page, which takes longer than reading. Room that is not needed is
/// never touched.
const BYTES_A_BLOCK: usize = size_of::<Block>() * 2 / 3;

/// The bytes of UTF-8 to read at once: whole lines if there is a line end among them, or whole characters.
pub(crate) fn part(bytes: &[u8]) -> usize {
    if bytes.len() <= SHARED {
        return bytes.len();
    }
    let characters = (SHARED - 3..=SHARED).rev().find(|at| !matches!(bytes[*at], 0x80..=0xBF));
    memchr::memrchr(b'\n', &bytes[..SHARED]).map(|lf| lf + 1).or(characters).unwrap_or(SHARED)
}

/// The cells before the first character of a line, and those from there to its last; `None` if it says nothing. With the
/// white space at its ends it is `width` cells wide, where that is known.
#[cold]
fn looks(line: &str, width: Option<u32>) -> Option<(u32, u32)> {
    let body = line.trim_start();
    let trimmed = body.trim_end();
    let indent = cells(&line[..line.len() - body.len()]);
    let width = match width {
        Some(width) => width.saturating_sub(indent + cells(&body[trimmed.len()..])),
        None => cells(trimmed),
    };
    (!body.is_empty()).then_some((indent, width))
}

/// Whether a line has no white space at its ends. That is seen by a few bytes of nearly every line: of the characters of
/// three bytes, U+3000 alone is white space from U+3000 on, and none from U+2010 to U+2027.
fn is_trim(line: &[u8]) -> bool {
    let from_start = match line {
        [0x21..=0x7E | 0xE4..=0xFF, ..] => true,
        [first, second, third, ..] => is_ink([*first, *second, *third]),
        _ => false,
    };
    let to_end = match line {
        [.., 0x21..=0x7E] | [.., 0xE4..=0xFF, _, _] => true,
        [.., first, second, third] => is_ink([*first, *second, *third]),
        _ => false,
    };
    from_start && to_end
}

/// Whether three bytes are surely a character that is no white space, if they are one.
fn is_ink(bytes: [u8; 3]) -> bool {
    match bytes {
        [0xE3, second, third] => second > 0x80 || third > 0x80,
        [0xE2, 0x80, third] => matches!(third, 0x90..=0xA7),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_called_trim_has_no_white_space_at_its_ends() {
        let mut trim = 0;
        for c in ('\0'..='\u{ffff}').chain('\u{20000}'..='\u{20100}') {
            for line in [format!("{c}甲"), format!("甲{c}"), format!("a{c}"), format!("{c}")] {
                let is_trim = is_trim(line.as_bytes());
                assert!(!is_trim || line.trim() == line, "{line:?}");
                trim += usize::from(is_trim);
            }
        }
        assert!(trim > 130_000, "fewer than half of the lines are seen to be trim: {trim}");
    }
}
