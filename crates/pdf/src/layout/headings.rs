//! Which lines the bookmarks lead to.
//!
//! A bookmark is evidence of a heading where lines on the page it leads to have its words; those become one block
//! that says its level. An outline few of whose entries are found so is none of this text.

use super::line::join;
use crate::page::Bookmark;
use qingwen_model::{Block, Body, Extent, Mark};
use std::collections::HashMap;

/// Lines one heading may take.
const LINES: usize = 4;
/// The longest heading, in letters and digits.
const LONGEST: usize = 200;
/// Letters and digits of a number that a heading may have and its bookmark not.
const NUMBER: usize = 8;
/// How far a bookmark may lead from its heading, as a share of the page's height.
const FAR: f32 = 0.2;

/// Marks the lines that bookmarks lead to as headings. `heights` are those of the pages.
pub(super) fn mark(blocks: &mut Vec<Block>, outline: &[Bookmark], heights: &[f32]) {
    let leading = outline.iter().filter(|bookmark| bookmark.page > 0).count();
    if leading == 0 {
        return;
    }
    let pages = pages(blocks);
    let keys: Vec<String> = blocks
        .iter()
        .map(|block| block.as_paragraph().map_or_else(String::new, |t| key(t.as_str())))
        .collect();
    // For each first line: how many lines, and which level.
    let mut found: HashMap<usize, (usize, u8)> = HashMap::new();
    for bookmark in outline {
        let Some(page) = pages.get(&bookmark.page) else { continue };
        let height = heights.get(bookmark.page as usize - 1).copied().unwrap_or(1.0).max(1.0);
        if let Some((at, lines)) = find(blocks, &keys, page, bookmark, height, &found) {
            found.insert(at, (lines, u8::try_from(bookmark.level).unwrap_or(u8::MAX)));
        }
    }
    // Bookmarks for every line are some other index.
    if found.len() * 2 < leading || found.len() * 2 > blocks.len().max(4) {
        return;
    }
    let old = std::mem::take(blocks);
    let mut goes_on = 0;
    for (at, mut block) in old.into_iter().enumerate() {
        if goes_on > 0
            && let Some(Block { body: Body::Paragraph(first), .. }) = blocks.last_mut()
            && let Body::Paragraph(text) = block.body
        {
            join(first, text.as_str().chars().next().unwrap_or(' '));
            first.append_from(text, block.mark);
            goes_on -= 1;
            continue;
        }
        if let (Some(&(lines, level)), Some(shape)) = (found.get(&at), &mut block.shape) {
            (shape.outline, shape.extent) = (Some(level), Extent::Paragraph);
            goes_on = lines - 1;
        }
        blocks.push(block);
    }
}

/// The blocks of each page.
fn pages(blocks: &[Block]) -> HashMap<u32, std::ops::Range<usize>> {
    let mut pages: HashMap<u32, std::ops::Range<usize>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Mark::Page(page, _) = block.mark {
            pages.entry(page).or_insert(at..at).end = at + 1;
        }
    }
    pages
}

/// The lines a bookmark leads to: the first and how many. Of several that have its words, those nearest to where it
/// leads, or the largest.
fn find(
    blocks: &[Block],
    keys: &[String],
    page: &std::ops::Range<usize>,
    bookmark: &Bookmark,
    height: f32,
    found: &HashMap<usize, (usize, u8)>,
) -> Option<(usize, usize)> {
    let title = key(&bookmark.title);
    if title.is_empty() || title.chars().count() > LONGEST {
        return None;
    }
    // A bookmark that leads to the top of its page says no more than the page.
    let target = bookmark.y.map(|y| y / height).filter(|y| (0.03..=1.0).contains(y));
    let mut best: Option<(f32, usize, usize)> = None;
    for at in page.clone().filter(|at| !found.contains_key(at)) {
        let Some(lines) = lines_of(&keys[at..page.end], &title) else { continue };
        let Some(shape) = blocks[at].shape else { continue };
        let distance = match (target, shape.height) {
            (Some(target), Some(here)) => (here - target).abs(),
            _ => 0.0,
        };
        if distance > FAR {
            continue;
        }
        let worth = shape.size + 0.01 * f32::from(shape.bold) - 20.0 * distance;
        if best.is_none_or(|(most, ..)| worth > most) {
            best = Some((worth, at, lines));
        }
    }
    best.map(|(_, at, lines)| (at, lines))
}

/// How many lines from the first on have the words of a title and no others but a number before them.
fn lines_of(keys: &[String], title: &str) -> Option<usize> {
    let first = keys.first().filter(|first| !first.is_empty())?;
    let ends_with =
        |text: &str| text.strip_suffix(title).is_some_and(|number| number.is_empty() || is_number(number));
    if ends_with(first) {
        return Some(1);
    }
    let mut text = first.clone();
    for (count, key) in (2..=LINES).zip(&keys[1..]) {
        if key.is_empty() || text.len() > title.len() + 3 * NUMBER {
            return None;
        }
        text.push_str(key);
        if ends_with(&text) {
            return Some(count);
        }
    }
    None
}

/// Whether letters and digits may be the number of a heading: 12, iv, 第三章, 一.
fn is_number(text: &str) -> bool {
    let numeral =
        |c: char| c.is_ascii_digit() || "ivxlc第章节篇编条部分一二三四五六七八九十百零附录".contains(c);
    text.chars().count() <= NUMBER && text.chars().all(numeral)
}

/// The letters and digits of a text, widths and cases folded: bookmarks are spaced and pointed as they like.
fn key(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
