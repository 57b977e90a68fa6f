//! Characters to lines.

use crate::width::{cells, is_plain, plain_cells};
use memchr::memchr3;
use qingwen_model::{Block, Body, Document, Extent, Mark, Shape, Start, Text};
use std::ops::Range;
use std::sync::Arc;

/// Reads text that is decoded already.
///
/// Lines end at LF, CR LF or CR; a form feed ends a line and a page. Blank lines become the
/// [`gap`](Shape::gap) of the line after them. A line keeps its indentation and its trailing spaces; its
/// [`Mark`] is the number an editor shows, so a form feed does not count.
pub fn read_str(text: &str) -> Document {
    let mut blocks = Vec::with_capacity(text.len() / TYPICAL_LINE);
    let mut lines = Lines::default();
    lines.push_all(text, &mut blocks);
    lines.finish(&mut blocks);
    Document { blocks, ..Document::default() }
}

/// Bytes of UTF-8 that a line of Chinese has, on the low side. Only memory set aside depends on it.
pub(crate) const TYPICAL_LINE: usize = 80;

/// Makes lines of text that comes in pieces.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// Line ends passed.
    passed: u32,
    /// Blank lines since the last block.
    blank: u32,
    start: Start,
    /// What the pieces so far have of a line that is not ended.
    open: String,
    /// The first line that was cut because it is longer than [`LONGEST`], and how many times lines were.
    pub(crate) cut: Option<(Mark, u64)>,
    /// Whether the last piece ended in CR: a LF at the start of the next belongs to it.
    after_cr: bool,
}

impl Lines {
    /// Reads a text of any length.
    pub(crate) fn push_all(&mut self, mut text: &str, blocks: &mut Vec<Block>) {
        while !text.is_empty() {
            let end = text.floor_char_boundary(SHARED);
            let end = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(end, |lf| lf + 1);
            self.push(&Arc::new(text[..end].to_owned()), 0..end, blocks);
            text = &text[end..];
        }
    }

    /// Reads a piece, some bytes of a string that its lines share; the line it does not end is kept for the
    /// next.
    pub(crate) fn push(&mut self, shared: &Arc<String>, range: Range<usize>, blocks: &mut Vec<Block>) {
        let text = &shared[..range.end];
        let bytes = text.as_bytes();
        let mut start = range.start;
        if !range.is_empty() && std::mem::take(&mut self.after_cr) {
            start += usize::from(bytes[start] == b'\n');
        }
        // How far the text has been looked over for characters of odd width, and whether it is free of them.
        let (mut known, mut plain) = (start, false);
        while let Some(length) = memchr3(b'\n', b'\r', b'\x0c', &bytes[start..]) {
            let end = start + length;
            if !self.open.is_empty() {
                let mut open = std::mem::take(&mut self.open);
                open.push_str(&text[start..end]);
                self.end(&open, bytes[end], false, blocks, Text::plain);
            } else {
                if end > known {
                    known = bytes.len().min(end.max(start + STRETCH));
                    plain = is_plain(&bytes[start..known]);
                }
                self.end(&text[start..end], bytes[end], plain, blocks, |_| Text::shared(shared, start..end));
            }
            start = end + 1;
            if bytes[end] == b'\r' {
                self.after_cr = start == bytes.len();
                start += usize::from(bytes.get(start) == Some(&b'\n'));
            }
        }
        self.open.push_str(&text[start..]);
        if self.open.len() >= LONGEST {
            let (mark, times) = self.cut.unwrap_or((Mark::Line(self.passed.saturating_add(1)), 0));
            self.cut = Some((mark, times + 1));
            let open = std::mem::take(&mut self.open);
            self.end(&open, NOTHING, false, blocks, Text::plain);
        }
    }

    /// The line being read, and the character in it that comes next, from 1.
    pub(crate) fn place(&self) -> (Mark, u32) {
        (Mark::Line(self.passed.saturating_add(1)), self.open.chars().count() as u32 + 1)
    }

    /// Ends the last line.
    pub(crate) fn finish(&mut self, blocks: &mut Vec<Block>) {
        let open = std::mem::take(&mut self.open);
        self.end(&open, b'\n', false, blocks, Text::plain);
    }

    /// Ends a line: what it says is made a text only if it says anything.
    fn end<'a>(
        &mut self,
        line: &'a str,
        by: u8,
        plain: bool,
        blocks: &mut Vec<Block>,
        text: impl FnOnce(&'a str) -> Text,
    ) {
        let body = line.trim_start();
        if !body.is_empty() {
            let trimmed = body.trim_end();
            let width = if plain { plain_cells(trimmed.as_bytes()) } else { cells(trimmed) };
            let space = &line[..line.len() - body.len()];
            let indent = if space.is_empty() { 0 } else { cells(space) };
            let shape = Shape {
                extent: Extent::Line,
                start: std::mem::take(&mut self.start),
                indent: indent as f32 / 2.0,
                width: width as f32 / 2.0,
                gap: std::mem::take(&mut self.blank) as f32,
                ..Shape::default()
            };
            blocks.push(Block {
                mark: Mark::Line(self.passed.saturating_add(1)),
                shape: Some(shape),
                body: Body::Paragraph(text(line)),
            });
        }
        if by == b'\x0c' {
            self.start = Start::Page;
        } else if by != NOTHING {
            self.blank = self.blank.saturating_add(u32::from(body.is_empty()));
            self.passed = self.passed.saturating_add(1);
        }
    }
}

/// Bytes of UTF-8 from which a line is cut, so that memory does not grow with it.
const LONGEST: usize = 4 << 20;

/// What ends a line that is cut.
const NOTHING: u8 = 0;

/// Bytes that lines share at most. The memory is given back when the last of them is gone or changed.
const SHARED: usize = 64 * 1024;

/// Bytes that are looked over at once for characters of odd width.
const STRETCH: usize = 2048;
