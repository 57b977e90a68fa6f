//! Notes at the foot of pages: small type that begins with a mark which the text above has too.
//!
//! The mark in the text becomes a reference, and the lines at the foot the note it leads to. A mark without its note,
//! or a note without its mark, stays what it is.

use super::line::join;
use qingwen_model::{Block, Body, Document, Log, Mark, Note, NoteKind, Object, Shape, Start, Style, Text};
use std::ops::Range;

/// Type of notes is at most so large against the body.
pub(super) const SMALL: f32 = 0.93;
/// Notes begin below this part of the page.
const TOP: f32 = 0.35;
/// What stands below this part of the page may be a page number.
const FOOT: f32 = 0.88;

/// Makes notes of the lines at the foot of pages that the text refers to.
pub(super) fn gather(document: &mut Document, log: &mut Log) {
    let blocks = &mut document.blocks;
    let mut gone = vec![false; blocks.len()];
    let mut from = 0;
    while from < blocks.len() {
        let page = page(&blocks[from]);
        let length = blocks[from..].iter().take_while(|block| self::page(block) == page).count();
        let whole = from..from + length.max(1);
        for zone in zones(&blocks[whole.clone()]) {
            let zone = whole.start + zone.start..whole.start + zone.end;
            let starts: Vec<(usize, String)> =
                zone.clone().filter_map(|at| Some((at, mark_of(&blocks[at])?.0))).collect();
            for (number, (at, mark)) in starts.iter().enumerate() {
                let end = starts.get(number + 1).map_or(zone.end, |(next, _)| *next);
                let Some((block, place)) = reference(blocks, &whole, &zone, mark) else { continue };
                let id = (document.notes.len() + 1).to_string();
                refer(&mut blocks[block], place, &id);
                log.guessed("pdf-note", blocks[*at].mark, format!("the note of {mark}"));
                document.notes.push(note(&mut blocks[*at..end], id));
                gone[*at..end].fill(true);
            }
        }
        from = whole.end;
    }
    let mut gone = gone.into_iter();
    blocks.retain(|_| !gone.next().unwrap_or(false));
}

fn page(block: &Block) -> u32 {
    match block.mark {
        Mark::Page(page, _) => page,
        _ => 0,
    }
}

/// The stretches of small type at the ends of the columns of a page, each from its first mark on. A list of references
/// is none.
fn zones(blocks: &[Block]) -> Vec<Range<usize>> {
    let shape = |at: usize| blocks.get(at).and_then(|block: &Block| block.shape);
    let is_small = |shape: &Shape| shape.size <= SMALL && shape.height.is_some_and(|height| height > TOP);
    let is_foot = |at: usize| shape(at).is_some_and(|s| s.height.is_some_and(|height| height > FOOT));
    let mut zones = Vec::new();
    let mut at = 0;
    let blocks = &blocks[..blocks.iter().position(heads_references).unwrap_or(blocks.len())];
    while at < blocks.len() {
        let goes_on = |at: usize| shape(at).is_some_and(|s| is_small(&s) && s.start == Start::Line);
        if !shape(at).is_some_and(|s| is_small(&s)) || mark_of(&blocks[at]).is_none() {
            at += 1;
            continue;
        }
        // A page number in small type is no part of a note: it says so, or stands apart and has no more than a few
        // signs.
        let is_number = |at: usize| {
            let text = blocks[at].text().map_or("", |text| text.as_str());
            let apart = || shape(at).is_some_and(|s| s.gap > 0.3) && mark_of(&blocks[at]).is_none();
            is_foot(at) && text.len() <= 24 && (is_page_number(text) || apart())
        };
        let end = (at + 1..blocks.len()).find(|&at| !goes_on(at) || is_number(at)).unwrap_or(blocks.len());
        let ends_column = shape(end).is_none_or(|s| s.start != Start::Line) && end >= blocks.len()
            || shape(end).is_some_and(|s| s.start != Start::Line)
            || (end..blocks.len()).all(is_foot);
        if ends_column {
            zones.push(at..end);
        }
        at = end;
    }
    zones
}

/// 参考文献, References: what is numbered below is no note.
fn heads_references(block: &Block) -> bool {
    let text = block.text().map_or("", |text| text.as_str());
    if text.len() > 48 {
        return false;
    }
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).take(16).collect();
    matches!(letters.to_lowercase().as_str(), "参考文献" | "參考文獻" | "references" | "bibliography")
}

/// 第3页, 第 3 页 共 9 页, — 3 —, 3/9.
fn is_page_number(text: &str) -> bool {
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '－');
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let framed = text.starts_with(dash) && text.ends_with(dash);
    let inner = text.trim_matches(dash);
    let counts = inner.contains(|c: char| c.is_ascii_digit())
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '第' | '共' | '页' | '頁' | '/' | '，'));
    counts && (framed || !inner.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a note begins here.
pub(super) fn begins(text: &Text) -> bool {
    mark(text).is_some()
}

/// The mark a note begins with, and the byte its words begin at: a raised figure or sign, ①, [1], or a figure or
/// sign set off by a space.
fn mark_of(block: &Block) -> Option<(String, usize)> {
    mark(block.as_paragraph()?)
}

fn mark(text: &Text) -> Option<(String, usize)> {
    let string = text.as_str();
    if let Some(run) = text.runs().next().filter(|run| run.range.start == 0 && run.style.superscript) {
        let mark = string[run.range.clone()].trim();
        return is_mark(mark).then(|| (mark.to_owned(), run.range.end));
    }
    let first = string.chars().next()?;
    if is_circled(first) || is_sign(first) {
        let length = string.chars().take_while(|c| *c == first).map(char::len_utf8).sum();
        return Some((string[..length].to_owned(), length)).filter(|_| length < string.len());
    }
    let close = match first {
        '[' => ']',
        '〔' => '〕',
        '［' => '］',
        _ => return figure(string),
    };
    let end = string.find(close)? + close.len_utf8();
    let inner = &string[first.len_utf8()..end - close.len_utf8()];
    is_figure(inner).then(|| (string[..end].to_owned(), end))
}

/// `1 See the report`: a figure that a space sets off.
fn figure(string: &str) -> Option<(String, usize)> {
    let length = string.bytes().take_while(u8::is_ascii_digit).count();
    let after = string[length..].chars().next()?;
    (is_figure(&string[..length]) && after.is_whitespace()).then(|| (string[..length].to_owned(), length))
}

fn is_figure(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{2473}' | '\u{2776}'..='\u{2793}')
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '＊' | '∗' | '†' | '‡')
}

fn is_mark(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '〔', '〕', '［', '］', '(', ')', '（', '）']);
    is_figure(inner)
        || (1..=3).contains(&inner.chars().count())
            && inner.chars().all(|c| is_circled(c) || is_sign(c) || matches!(c, '§' | '¶'))
        || inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Where the text of the page has a mark: raised, or, where it is a sign that is nothing else, as it is.
fn reference(
    blocks: &[Block],
    page: &Range<usize>,
    zone: &Range<usize>,
    mark: &str,
) -> Option<(usize, Range<usize>)> {
    let plain = |mark: &str| mark.chars().all(is_circled) || mark.starts_with(['[', '〔', '［']);
    // A raised 1 is not [1], but brackets have several forms.
    let bare = |mark: &str| -> String {
        let plain = |c| match c {
            '〔' | '［' => '[',
            '〕' | '］' => ']',
            c => c,
        };
        mark.chars().map(plain).collect()
    };
    let outside = page.clone().filter(|at| !zone.contains(at) && (*at < zone.start || *at >= zone.end));
    let mut found = None;
    for at in outside {
        let Some(text) = blocks[at].text() else { continue };
        let raised = text.runs().find(|run| {
            run.style.superscript
                && run.range.start > 0
                && bare(text.as_str()[run.range.clone()].trim()) == bare(mark)
        });
        if let Some(run) = raised {
            return Some((at, run.range));
        }
        if found.is_none()
            && plain(mark)
            && let Some(place) = text.as_str().find(mark)
            && place > 0
        {
            found = Some((at, place..place + mark.len()));
        }
    }
    found
}

/// Puts a reference in the place of a mark.
fn refer(block: &mut Block, place: Range<usize>, id: &str) {
    let Some(text) = block.text_mut() else { return };
    let mut rest = text.split_off(place.start);
    let rest = rest.split_off(place.end - place.start);
    text.push_object(Object::Note(id.to_owned()), &Style::default());
    text.append(rest);
}

/// The note that stands in some lines.
fn note(lines: &mut [Block], id: String) -> Note {
    let mark = lines.first().map_or(Mark::None, |line| line.mark);
    let skip = lines.first().and_then(mark_of).map_or(0, |(_, end)| end);
    let mut whole = Text::new();
    for (number, line) in lines.iter_mut().enumerate() {
        let from = line.mark;
        let Some(text) = line.text_mut() else { continue };
        let mut text = std::mem::take(text);
        if number == 0 {
            text = text.split_off(skip);
            let spaces = text.as_str().len() - text.as_str().trim_start().len();
            text = text.split_off(spaces);
        } else {
            join(&mut whole, text.as_str().chars().next().unwrap_or(' '));
        }
        whole.append_from(text, from);
    }
    let block = Block { mark, shape: None, body: Body::Paragraph(whole) };
    Note { id, kind: NoteKind::Footnote, blocks: vec![block] }
}
