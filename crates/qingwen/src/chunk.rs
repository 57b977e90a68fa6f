//! Pieces of a document for retrieval: of bounded size, each with the headings it stands under.

use crate::Converted;
use qingwen_model::{Block, Body, Mark, Text};
use std::ops::Range;

/// How large chunks are, in characters of Markdown.
///
/// ```
/// let done = qingwen::clean("一、总则\n第一条 甲。\n", &qingwen::Options::default());
/// let small = qingwen::ChunkOptions { min: 0, max: 300 };
/// assert!(done.chunks(&small).iter().all(|chunk| chunk.chars.len() <= 300));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChunkOptions {
    /// A chunk of fewer characters takes in the next section, too, where both fit together.
    pub min: usize,
    /// No chunk has more; at least 1. What does not fit begins the next chunk, with the article or the numbered
    /// paragraph it belongs to where that can be. A block that is larger is cut: at a line end, else behind a
    /// sentence, else anywhere.
    pub max: usize,
}

impl Default for ChunkOptions {
    /// Up to 1000 characters; sections below 200 are put together.
    fn default() -> Self {
        ChunkOptions { min: 200, max: 1000 }
    }
}

/// A piece of a document.
///
/// ```
/// let text = "某市公园条例\n\n第一章 总则\n\n第一条 为了加强公园管理，制定本条例。\n";
/// let done = qingwen::clean(text, &qingwen::Options::default());
/// let chunks = done.chunks(&qingwen::ChunkOptions::default());
/// assert_eq!(chunks[0].text, done.markdown[chunks[0].bytes.clone()]);
/// assert!(chunks[0].labels.contains(&"第一条".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its Markdown, without white space at its ends.
    pub text: String,
    /// Where that stands in the whole Markdown, in bytes.
    pub bytes: Range<usize>,
    /// Where that stands in the whole Markdown, in characters (Unicode scalar values).
    pub chars: Range<usize>,
    /// The headings that all of it stands under, from the outermost, without markup. A heading that begins the
    /// chunk is among them.
    pub headings: Vec<String>,
    /// The numbers its headings, paragraphs and items begin with, in order: `第三十六条`, `（一）`.
    pub labels: Vec<String>,
    /// Where its first block began in the source.
    pub first: Mark,
    /// Where its last block ended in the source, as far as that is known.
    pub last: Mark,
}

impl Converted {
    /// The document in pieces for retrieval, in order. They do not overlap, and whatever is not white space in
    /// the Markdown is in one of them, front matter excepted. Notes come last and stand under no heading.
    ///
    /// ```
    /// let done = qingwen::clean("# 甲\n\n乙。\n\n## 丙\n\n丁。\n", &qingwen::Options {
    ///     format: Some(qingwen::Format::Markdown),
    ///     ..Default::default()
    /// });
    /// let chunks = done.chunks(&qingwen::ChunkOptions { min: 0, max: 100 });
    /// assert_eq!(chunks[1].headings, ["甲", "丙"]);
    /// assert_eq!(chunks[1].text, "## 丙\n\n丁。");
    /// ```
    pub fn chunks(&self, options: &ChunkOptions) -> Vec<Chunk> {
        let max = options.max.max(1);
        let mut cutter =
            Cutter { done: self, max, min: options.min.min(max), open: Vec::new(), chunks: Vec::new() };
        let units = self.units();
        let first_note = units.iter().position(|unit| unit.note).unwrap_or(units.len());
        for (index, unit) in units.into_iter().enumerate() {
            if index == first_note {
                cutter.close(0);
            }
            cutter.add(unit);
        }
        cutter.close(0);
        cutter.chunks
    }

    /// Every block and note that shows something, with the headings above it.
    fn units(&self) -> Vec<Unit<'_>> {
        let mut units = Vec::with_capacity(self.document.blocks.len());
        let mut above: Vec<(u8, &Text)> = Vec::new();
        let mut counted = Counter::default();
        for (block, place) in self.document.blocks.iter().zip(&self.places.blocks) {
            if let Body::Heading(level, text) = &block.body {
                above.retain(|(other, _)| other < level);
                above.push((*level, text));
            }
            let path = above.iter().map(|(_, text)| *text).collect();
            units.extend(counted.unit(&self.markdown, place, path, std::slice::from_ref(block)));
        }
        for (note, place) in self.document.notes.iter().zip(&self.places.notes) {
            let unit = counted.unit(&self.markdown, place, Vec::new(), &note.blocks);
            units.extend(unit.map(|unit| Unit { note: true, ..unit }));
        }
        units
    }
}

/// What is not cut without need: a block, or a note.
#[derive(Clone)]
struct Unit<'a> {
    bytes: Range<usize>,
    chars: Range<usize>,
    headings: Vec<&'a Text>,
    blocks: &'a [Block],
    /// Whether this is the beginning of its blocks.
    begins: bool,
    note: bool,
}

impl Unit<'_> {
    fn is_heading(&self) -> bool {
        !self.note && matches!(self.blocks, [Block { body: Body::Heading(..), .. }])
    }
}

/// Counts the characters of a string on the way through it.
#[derive(Default)]
struct Counter {
    byte: usize,
    char: usize,
}

impl Counter {
    fn to(&mut self, text: &str, byte: usize) -> usize {
        self.char += text[self.byte..byte].chars().count();
        self.byte = byte;
        self.char
    }

    fn unit<'a>(
        &mut self,
        markdown: &str,
        place: &Range<usize>,
        headings: Vec<&'a Text>,
        blocks: &'a [Block],
    ) -> Option<Unit<'a>> {
        if place.is_empty() {
            return None;
        }
        let shown = markdown[place.clone()].trim_end();
        let start = place.start + (shown.len() - shown.trim_start().len());
        let bytes = start..place.start + shown.len();
        if bytes.is_empty() {
            return None;
        }
        let chars = self.to(markdown, bytes.start)..self.to(markdown, bytes.end);
        Some(Unit { bytes, chars, headings, blocks, begins: true, note: false })
    }
}

struct Cutter<'a> {
    done: &'a Converted,
    min: usize,
    max: usize,
    /// What the next chunk is made of.
    open: Vec<Unit<'a>>,
    chunks: Vec<Chunk>,
}

impl<'a> Cutter<'a> {
    fn add(&mut self, mut unit: Unit<'a>) {
        let headings = |open: &[Unit<'_>]| open.iter().rev().take_while(|unit| unit.is_heading()).count();
        if unit.is_heading()
            && headings(&self.open) < self.open.len()
            && self.size(self.open.len()) >= self.min
        {
            self.close(0);
        }
        while self.begin().unwrap_or(unit.chars.start) + self.max < unit.chars.end {
            let ahead = headings(&self.open);
            let room = self.max.saturating_sub(self.begin().map_or(0, |begin| unit.chars.start - begin));
            // What leads in to something that must be cut anyway is no chunk of its own.
            let leads_in = unit.chars.len() > self.max && self.size(self.open.len()) < self.min;
            if ahead < self.open.len() && !leads_in {
                self.close(self.kept(&unit).unwrap_or(ahead));
            } else if self.open.is_empty() || (room >= self.max / 2 && room > 0) {
                let rest = self.cut(&mut unit, room);
                self.open.push(unit);
                self.close(0);
                match rest {
                    Some(rest) => unit = rest,
                    None => return,
                }
            } else {
                self.close(0);
            }
        }
        self.open.push(unit);
    }

    /// How many units at the end are better kept for the next chunk: those of the article, or what else is numbered
    /// so, that `next` belongs to. `None` where it belongs to none, or too little would be left.
    fn kept(&self, next: &Unit<'_>) -> Option<usize> {
        let rank = |unit: &Unit<'_>| if unit.begins { rank(unit.blocks) } else { None };
        let outermost = self.open.iter().filter_map(rank).min()?;
        if next.is_heading() || rank(next).is_some_and(|rank| rank <= outermost) {
            return None;
        }
        let mut first = self.open.iter().rposition(|unit| rank(unit) == Some(outermost))?;
        while first > 0 && self.open[first - 1].is_heading() {
            first -= 1;
        }
        (first > 0 && self.size(first) >= self.min).then_some(self.open.len() - first)
    }

    /// The character at which the next chunk begins.
    fn begin(&self) -> Option<usize> {
        self.open.first().map(|unit| unit.chars.start)
    }

    /// How many characters the first `count` units have together.
    fn size(&self, count: usize) -> usize {
        match (self.open.first(), self.open[..count].last()) {
            (Some(first), Some(last)) => last.chars.end - first.chars.start,
            _ => 0,
        }
    }

    /// Cuts a unit after at most `room` characters and gives what is left.
    fn cut(&self, unit: &mut Unit<'a>, room: usize) -> Option<Unit<'a>> {
        let text = &self.done.markdown[unit.bytes.clone()];
        let end = cut(text, room.max(1));
        let (head, tail) = (text[..end].trim_end(), text[end..].trim_start());
        let start = unit.bytes.end - tail.len();
        let chars = unit.chars.end - tail.chars().count();
        let rest = Unit {
            bytes: start..unit.bytes.end,
            chars: chars..unit.chars.end,
            begins: false,
            ..unit.clone()
        };
        unit.bytes.end = unit.bytes.start + head.len();
        unit.chars.end = unit.chars.start + head.chars().count();
        (!tail.is_empty()).then_some(rest)
    }

    /// Makes a chunk of what is open but for the last `keep` units.
    fn close(&mut self, keep: usize) {
        let kept = self.open.split_off(self.open.len() - keep);
        let units = std::mem::replace(&mut self.open, kept);
        let ([first, ..], [.., last]) = (units.as_slice(), units.as_slice()) else { return };
        let common = units.iter().fold(first.headings.len(), |common, unit| {
            let same = |(a, b): &(&&Text, &&Text)| std::ptr::eq::<Text>(**a, **b);
            common.min(first.headings.iter().zip(&unit.headings).take_while(same).count())
        });
        let bytes = first.bytes.start..last.bytes.end;
        self.chunks.push(Chunk {
            text: self.done.markdown[bytes.clone()].to_owned(),
            bytes,
            chars: first.chars.start..last.chars.end,
            headings: first.headings[..common].iter().map(|text| words(text)).collect(),
            labels: units.iter().filter(|unit| unit.begins).flat_map(|unit| labels(unit.blocks)).collect(),
            first: first.blocks.first().map_or(Mark::None, |block| block.mark),
            last: last.blocks.last().map_or(Mark::None, end),
        });
    }
}

/// How far out the number stands that a paragraph begins with, as documents are numbered: 第一条, 一、, （一）, 1.
fn rank(blocks: &[Block]) -> Option<usize> {
    let [Block { body: Body::Paragraph(_), .. }] = blocks else { return None };
    let label = labels(blocks).into_iter().next()?;
    Some(match label.chars().next()? {
        '第' => 0,
        '（' | '(' => 2,
        c if c.is_ascii_digit() => 3,
        c if c.is_alphabetic() => 1,
        _ => 4,
    })
}

/// The byte at which to cut a text so that at most `room` characters stand before it; never 0 in a text.
fn cut(text: &str, room: usize) -> usize {
    let Some((most, _)) = text.char_indices().nth(room) else { return text.len() };
    let half = text[..most].char_indices().nth(room / 2).map_or(0, |(at, _)| at);
    // Behind the last of some signs, and behind what closes after it.
    let behind = |is_sign: &dyn Fn(char, &str) -> bool| {
        text[..most].char_indices().rev().take_while(|(at, _)| *at >= half).find_map(|(at, c)| {
            let rest = &text[at + c.len_utf8()..];
            let end = || text.len() - rest.trim_start_matches(CLOSERS).len();
            is_sign(c, rest).then(end).filter(|end| *end > half && *end <= most)
        })
    };
    let stops = |c: char, rest: &str| {
        matches!(c, '。' | '！' | '？') || matches!(c, '.' | '!' | '?') && rest.starts_with(' ')
    };
    let pauses = |c: char, _: &str| matches!(c, '；' | '，' | ' ');
    // A line end first: the rows of a table, the items of a list.
    let line = || text[..most].rfind('\n').filter(|&at| at > half);
    let found = line().or_else(|| behind(&stops)).or_else(|| behind(&pauses));
    found.unwrap_or_else(|| {
        let signs = text[..most].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if signs % 2 == 1 && signs < most { most - 1 } else { most }
    })
}

/// What may close behind the end of a sentence.
const CLOSERS: [char; 8] = ['”', '’', '」', '』', '）', '》', '】', '〉'];

/// The words of a heading.
fn words(text: &Text) -> String {
    text.as_str().chars().filter(|c| *c != '\u{fffc}').collect::<String>().trim().to_owned()
}

/// Where the last character of a block stood.
fn end(block: &Block) -> Mark {
    let mut mark = block.mark;
    block.visit(&mut |inner| {
        let known = inner.text().map_or(Mark::None, |text| text.places().at(text.len()).0);
        mark = [known, inner.mark, mark].into_iter().find(|mark| *mark != Mark::None).unwrap_or_default();
    });
    mark
}

/// The numbers that paragraphs begin with; those in the cells of tables number something else.
fn labels(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.body {
            Body::Paragraph(text) | Body::Heading(_, text) => {
                let label = text.label().or_else(|| qingwen_clean::number(text.as_str()));
                found.extend(label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()));
            }
            Body::List(list) => list.items.iter().for_each(|item| found.extend(labels(&item.blocks))),
            Body::Quote(blocks) => found.extend(labels(blocks)),
            Body::Table(_) | Body::Code(_) | Body::Break => {}
        }
    }
    found
}
