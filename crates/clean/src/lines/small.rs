//! The small rules of lines: `ln-vertical`, `ln-hyphenation`, `ln-blank`.

use super::measure::line;
use crate::chars::{self, is_han};
use crate::texts::{self, Fences};
use qingwen_model::{Block, Body, Document, Log, Mark, Shape, Style, Text};

/// The number of gaps in a line that are wide enough to set cells apart: two spaces or more.
pub(crate) fn wide_gaps(text: &str) -> usize {
    let (mut gaps, mut spaces) = (0, 0);
    for c in chars::strip(text).chars() {
        match c {
            ' ' | '\u{a0}' | '\u{3000}' => spaces += 1,
            _ => {
                gaps += usize::from(spaces >= 2);
                spaces = 0;
            }
        }
    }
    gaps
}

/// At least so many lines of one character each are a vertical line.
const VERTICAL: usize = 4;

/// `ln-vertical`: lines of one Han character each, four or more, become one line.
pub(crate) fn vertical(document: &mut Document, log: &mut Log) {
    let is_one = |block: &Block| {
        line(block).is_some_and(|(_, text)| {
            let mut chars = chars::strip(text).chars();
            chars.next().is_some_and(is_han) && chars.next().is_none()
        })
    };
    if !document.blocks.iter().any(is_one) {
        return;
    }
    let fences = Fences::of(&document.blocks);
    let mut out: Vec<Block> = Vec::with_capacity(document.blocks.len());
    let mut run = 0;
    for (at, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        let is_one = is_one(&block) && !fences.have(at);
        let goes_on = is_one && (run == 0 || block.shape.is_none_or(|s| s.gap < 0.5));
        if !goes_on {
            gather(&mut out, run, log);
            run = 0;
        }
        run = if is_one { run + 1 } else { 0 };
        out.push(block);
    }
    gather(&mut out, run, log);
    document.blocks = out;
}

/// Makes one line of the last `run` blocks, where these are enough.
fn gather(out: &mut Vec<Block>, run: usize, log: &mut Log) {
    if run < VERTICAL {
        return;
    }
    let rest = out.split_off(out.len() - run + 1);
    let Some(Body::Paragraph(text)) = out.last_mut().map(|block| &mut block.body) else { return };
    for block in rest {
        if let Body::Paragraph(next) = block.body {
            texts::tell("ln-vertical", &next, block.mark, "\n", "", log);
            append(text, next, "", block.mark);
        }
    }
}

pub(crate) fn trimmed(mut text: Text) -> Text {
    let kept = text.as_str().trim_end().len();
    if kept < text.len() {
        text.truncate(kept);
    }
    let spaces = text.len() - text.as_str().trim_start().len();
    if spaces > 0 { text.split_off(spaces) } else { text }
}

/// `ln-hyphenation`: a word divided at the end of a line is made whole, on the first of the two lines.
pub(crate) fn hyphenation(document: &mut Document, log: &mut Log) {
    let mut emptied = false;
    let fences = Fences::of(&document.blocks);
    for at in (1..document.blocks.len()).filter(|at| !fences.have(*at)) {
        let (head, tail) = document.blocks.split_at_mut(at);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first_mut()) else { continue };
        let Some(length) = divided(first, second) else { continue };
        let mark = second.mark;
        let (Body::Paragraph(above), Body::Paragraph(below)) = (&mut first.body, &mut second.body) else {
            continue;
        };
        let kept = above.as_str().trim_end().len() - 1;
        drop(above.split_off(kept));
        texts::tell("ln-hyphenation", below, mark, "-\n", "", log);
        let mut word = trimmed(std::mem::take(below));
        let rest = trimmed(word.split_off(length));
        above.append_from(word, mark);
        emptied |= rest.is_empty();
        *below = rest;
        // A line that ends within a word is full, however it was measured.
        if let Some(shape) = &mut first.shape {
            shape.slack = Some(0.0);
        }
    }
    if emptied {
        document.blocks.retain(|block| {
            block.as_paragraph().is_none_or(|text| !text.is_empty()) || line(block).is_none()
        });
    }
}

/// The same where lines stay lines: then all of the second line goes up with its word.
pub(crate) fn hyphenation_of_lines(document: &mut Document, log: &mut Log) {
    let fences = Fences::of(&document.blocks);
    let mut out: Vec<Block> = Vec::with_capacity(document.blocks.len());
    for (at, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        let goes_up = !fences.have(at) && out.last().is_some_and(|above| divided(above, &block).is_some());
        let above = out.last_mut().filter(|_| goes_up).map(|above| &mut above.body);
        match (above, block.body) {
            (Some(Body::Paragraph(above)), Body::Paragraph(below)) => {
                let kept = above.as_str().trim_end().len() - 1;
                drop(above.split_off(kept));
                texts::tell("ln-hyphenation", &below, block.mark, "-\n", "", log);
                above.append_from(trimmed(below), block.mark);
            }
            (_, body) => out.push(Block { body, ..block }),
        }
    }
    document.blocks = out;
}

/// The length of the second half of a word divided between two lines, with the points that follow it.
fn divided(first: &Block, second: &Block) -> Option<usize> {
    let (_, above) = line(first)?;
    let (shape, below) = line(second)?;
    let stem = chars::strip_end(above).strip_suffix('-')?;
    let lower = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase());
    let below = chars::strip_start(below);
    let follows = shape.gap < 0.5 && lower(stem.get(stem.len().checked_sub(2)?..)?) && lower(below.get(..2)?);
    follows.then(|| below.find(char::is_whitespace).unwrap_or(below.len()))
}

/// `ln-blank`: at most one blank line between blocks, none before the first.
pub(crate) fn blank(document: &mut Document, _log: &mut Log) {
    for (at, shape) in document.blocks.iter_mut().filter_map(|block| block.shape.as_mut()).enumerate() {
        let most = if at == 0 { 0.0 } else { 1.0 };
        *shape = Shape { gap: shape.gap.min(most), ..*shape };
    }
}

/// Adds the text of a line that stood at `mark` to another, as one paragraph.
pub(crate) fn append(text: &mut Text, next: Text, with: &str, mark: Mark) {
    let kept = text.as_str().trim_end().len();
    if kept < text.len() {
        text.truncate(kept);
    }
    let next = trimmed(next);
    if !with.is_empty() {
        match link_through(text, &next) {
            Some((_, true)) => {}
            link => text.push(with, &link.map(|(style, _)| style).unwrap_or_default()),
        }
    }
    text.append_from(next, mark);
}

/// The style of a link that goes on from one line to the next, and whether the break is within an address that is
/// its own words.
fn link_through(text: &Text, next: &Text) -> Option<(Style, bool)> {
    let last = text.styled().last().filter(|run| run.range.end == text.len())?;
    let first = next.styled().first().filter(|run| run.range.start == 0)?;
    let target = last.style.link.as_ref().filter(|target| first.style.link.as_ref() == Some(target))?;
    let is_end = |c: char| c.is_whitespace() || is_han(c);
    let left = text.as_str()[last.range.clone()].rsplit(is_end).next().unwrap_or_default();
    let right = next.as_str()[first.range.clone()].split(is_end).next().unwrap_or_default();
    Some((last.style.clone(), target.contains(&format!("{left}{right}"))))
}
