//! Page furniture: `art-page-number` and `art-running-header`.

use super::measure::line;
use crate::Classes;
use crate::chars;
use crate::structure::enumerator::digit;
use crate::structure::words;
use crate::texts;
use qingwen_model::{Block, Document, Log, Mark, Shape, Start, Text};
use std::collections::HashMap;

/// Takes away the blocks marked for it, with a word in the log for each. What stood above a removed block (the
/// edge of a page, blank lines) is handed to the one after it.
pub(crate) fn remove(document: &mut Document, gone: &[bool], code: &'static str, log: &mut Log) {
    let mut above: Option<Shape> = None;
    let mut kept = Vec::with_capacity(document.blocks.len());
    for (block, gone) in std::mem::take(&mut document.blocks).into_iter().zip(gone) {
        if *gone {
            let shape = block.shape.unwrap_or_default();
            if let Some(text) = block.text() {
                texts::tell(code, text, block.mark, text.as_str(), "", log);
            }
            let edge = shape.start.max(Start::Column).max(above.map_or(Start::Line, |a| a.start));
            let gap = shape.gap.max(above.map_or(0.0, |a| a.gap));
            above = Some(Shape { start: edge, gap, ..shape });
            continue;
        }
        kept.push(match (above.take(), block.shape) {
            (Some(above), Some(shape)) => {
                let gap = if kept.is_empty() { 0.0 } else { shape.gap.max(above.gap) };
                block.looking(Shape { start: shape.start.max(above.start), gap, ..shape })
            }
            _ => block,
        });
    }
    document.blocks = kept;
}

/// Heights on the page beyond which furniture stands.
const HEAD: f32 = 0.12;
const FOOT: f32 = 0.88;

/// Whether a line stands where page furniture does, as far as its place on the page is known.
fn in_margin(shape: &Shape) -> bool {
    shape.height.is_none_or(|height| !(HEAD..=FOOT).contains(&height))
}

/// What a line that may be a page number says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    /// `— 3 —`, 第3页: a page number whatever stands around it.
    Certain,
    /// `3/9`
    Of(u32, u32),
    /// `3`
    Bare(u32),
}

/// `art-page-number`.
pub(crate) fn page_numbers(document: &mut Document, log: &mut Log) {
    let found: Vec<(usize, Number)> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| {
            let is_prose = |text: &&Text| Classes::within(text).meet(Classes::PROSE);
            let number = number(block.as_paragraph().filter(|text| !is_prose(text))?.as_str())?;
            let counts_subtitle =
                || document.blocks.get(at + 1).and_then(line).is_some_and(|(_, below)| below.contains("-->"));
            let may_be = || line(block).is_some_and(|(shape, _)| in_margin(shape)) && !counts_subtitle();
            (number == Number::Certain || may_be()).then_some((at, number))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    let mut gone = vec![false; document.blocks.len()];
    for (at, number) in &found {
        gone[*at] = match number {
            Number::Certain => true,
            Number::Of(..) => false,
            Number::Bare(_) => at_page_edge(&document.blocks, *at),
        };
    }
    mark_rising(&found, 2, &mut gone, |number| match number {
        Number::Of(n, of) => Some((*n, *of)),
        _ => None,
    });
    mark_rising(&found, 3, &mut gone, |number| match number {
        // Years head the parts of a chronicle.
        Number::Bare(n) if !(1000..=2100).contains(n) => Some((*n, 0)),
        _ => None,
    });
    if gone.contains(&true) {
        remove(document, &gone, "art-page-number", log);
    }
}

/// Marks runs of numbers that rise by one, of `least` numbers or more, with other lines between them.
fn mark_rising(
    found: &[(usize, Number)],
    least: usize,
    gone: &mut [bool],
    pick: impl Fn(&Number) -> Option<(u32, u32)>,
) {
    let mut run: Vec<(usize, (u32, u32))> = Vec::new();
    let mut close = |run: &mut Vec<(usize, (u32, u32))>| {
        if run.len() >= least {
            run.iter().for_each(|(at, _)| gone[*at] = true);
        }
        run.clear();
    };
    for (at, number) in found {
        let Some((n, of)) = pick(number) else { continue };
        let follows =
            run.last().is_some_and(|(last, (m, total))| n == m + 1 && of == *total && *at > last + 1);
        if !follows {
            close(&mut run);
        }
        run.push((*at, (n, of)));
    }
    close(&mut run);
}

/// Whether a block is the first or the last of its page, where pages are known.
fn at_page_edge(blocks: &[Block], at: usize) -> bool {
    let begins = |at: usize| blocks.get(at).and_then(|b| b.shape).is_some_and(|s| s.start == Start::Page);
    let known = blocks.get(at).and_then(|b| b.shape).is_some_and(|s| s.height.is_some());
    begins(at + 1) || (begins(at) && at > 0) || (known && (at == 0 || at + 1 == blocks.len()))
}

/// Reads a line that is nothing but a page number.
fn number(text: &str) -> Option<Number> {
    let text = chars::strip(text);
    if text.len() > 60 || !text.contains(|c| digit(c).is_some()) {
        return None;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dash = |c: char| matches!(c, '—' | '-' | '–' | '－' | '―' | '─' | '‐' | '‑' | '−' | '·');
    let inner = compact.trim_start_matches(dash).trim_end_matches(dash);
    if inner.len() < compact.len()
        && compact.starts_with(dash)
        && compact.ends_with(dash)
        && (value(inner).is_some() || is_labelled(inner))
    {
        return Some(Number::Certain);
    }
    if is_labelled(&compact) {
        return Some(Number::Certain);
    }
    if let Some((n, of)) = compact.split_once(['/', '／']) {
        return Some(Number::Of(value(n)?, value(of)?)).filter(|_| value(n) <= value(of));
    }
    value(&compact).map(Number::Bare)
}

/// 第2页, 第2页共5页, 共5页第3页, Page 2 of 9, p. 2
fn is_labelled(text: &str) -> bool {
    let page = |text: &str, before: &str| {
        text.strip_prefix(before).and_then(|t| t.strip_suffix('页')).is_some_and(|n| value(n).is_some())
    };
    let pair = |first: &str, second: &str| {
        text.find('页').is_some_and(|at| {
            let (a, b) = text.split_at(at + '页'.len_utf8());
            page(a, first)
                && page(b.trim_start_matches(['，', ',', '/', '、', '（']).trim_end_matches('）'), second)
        })
    };
    if page(text, "第") || pair("第", "共") || pair("共", "第") {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    lower.strip_prefix("page").is_some_and(|rest| match rest.split_once("of") {
        Some((n, of)) => value(n).is_some() && value(of).is_some(),
        None => value(rest).is_some(),
    })
}

/// A page's number, of up to four digits.
fn value(text: &str) -> Option<u32> {
    let mut number = 0;
    let mut digits = 0;
    for c in text.chars() {
        number = number * 10 + digit(c)?;
        digits += 1;
        if digits > 4 {
            return None;
        }
    }
    (digits > 0).then_some(number)
}

/// Lines at the top and at the bottom of a page that may be furniture.
const DEPTH: usize = 2;
/// And so many where the height on the page is known to be that of furniture.
const DEPTH_IN_MARGIN: usize = 4;
/// On so many pages at least, and on this share of all.
const PAGES: usize = 3;
const SHARE: f32 = 0.6;
/// The share that is enough where the height on the page is known to be that of furniture.
const SHARE_IN_MARGIN: f32 = 0.25;

/// `art-running-header`.
pub(crate) fn running_headers(document: &mut Document, log: &mut Log) {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(
            (1..document.blocks.len())
                .filter(|at| document.blocks[*at].shape.is_some_and(|s| s.start == Start::Page)),
        )
        .collect();
    if starts.len() < PAGES || document.blocks.is_empty() {
        return;
    }
    let mut pages: HashMap<String, (usize, usize)> = HashMap::new(); // on how many pages, in the margin of how many
    let mut places: Vec<(usize, String)> = Vec::new();
    for (page, start) in starts.iter().enumerate() {
        let end = starts.get(page + 1).copied().unwrap_or(document.blocks.len());
        let mut seen: Vec<String> = Vec::new();
        for at in edges(&document.blocks, *start, end) {
            let Some(masked) = masked(&document.blocks[at]) else { continue };
            let height = document.blocks[at].shape.and_then(|s| s.height);
            if !seen.contains(&masked) {
                let counts = pages.entry(masked.clone()).or_default();
                counts.0 += 1;
                counts.1 += usize::from(height.is_some_and(|h| !(HEAD..=FOOT).contains(&h)));
                seen.push(masked.clone());
            }
            places.push((at, masked));
        }
    }
    let repeats = |text: &str| {
        pages.get(text).is_some_and(|(on, in_margin)| {
            (*on >= PAGES && *on as f32 >= SHARE * starts.len() as f32)
                || (*in_margin >= PAGES && *in_margin as f32 >= SHARE_IN_MARGIN * starts.len() as f32)
        })
    };
    let mut gone = vec![false; document.blocks.len()];
    for (at, text) in &places {
        gone[*at] = repeats(text) && (*at > 0 || title_follows(&document.blocks));
    }
    for at in heads_apart(&document.blocks, &starts) {
        gone[at] = true;
    }
    if gone.contains(&true) {
        remove(document, &gone, "art-running-header", log);
    }
}

/// The first lines of pages that stand apart from the text below, all at one height in the margin: heads that name
/// the section, and so change from page to page. Each must be known from another page, or from the text, and be set
/// like the text, or must have the number of its page.
fn heads_apart(blocks: &[Block], starts: &[usize]) -> Vec<usize> {
    const ALIKE: f32 = 0.004;
    const LEAST: usize = 4;
    let head = |start: &usize| {
        let (shape, _) = line(&blocks[*start])?;
        let below = blocks.get(start + 1)?.shape.map_or(1.0, |shape| shape.gap);
        Some((*start, shape.height.filter(|height| *height < HEAD && below >= 0.4)?))
    };
    let heads: Vec<(usize, f32)> = starts.iter().filter_map(head).collect();
    let alike = |height: f32| heads.iter().filter(|(_, other)| (other - height).abs() < ALIKE).count();
    let Some(height) = heads.iter().map(|head| head.1).max_by_key(|height| alike(*height)) else {
        return Vec::new();
    };
    let many = |count: usize| count >= LEAST && count * 2 >= starts.len();
    if !many(alike(height)) {
        return Vec::new();
    }
    let words = |at: usize| -> String {
        let text = blocks[at].as_paragraph().map_or("", |text| text.as_str());
        text.chars().filter(|c| c.is_alphabetic()).collect()
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    let short = |at: &usize| blocks[*at].as_paragraph().is_some_and(|text| text.len() < 300);
    for at in (0..blocks.len()).filter(short) {
        *known.entry(words(at)).or_default() += 1;
    }
    let at_height: Vec<usize> =
        heads.into_iter().filter(|(_, other)| (other - height).abs() < ALIKE).map(|(at, _)| at).collect();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for offset in at_height.iter().filter_map(|&at| offset(&blocks[at], false)) {
        *offsets.entry(offset).or_default() += 1;
    }
    let numbered = offsets.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| many(*count));
    let has_number = |block: &Block| {
        numbered.is_some_and(|(own, _)| [false, true].iter().any(|left| offset(block, *left) == Some(own)))
    };
    let is_plain = |at: &usize| blocks[*at].shape.is_some_and(|shape| shape.size < 1.12);
    let plain = at_height.iter().filter(|at| is_plain(at)).count();
    let is_known =
        |at: usize| many(plain) && is_plain(&at) && known.get(&words(at)).is_some_and(|on| *on > 1);
    at_height.into_iter().filter(|&at| at > 0).filter(|&at| is_known(at) || has_number(&blocks[at])).collect()
}

/// How far the number at the end of a line, or at its beginning, is from that of the page.
fn offset(block: &Block, at_start: bool) -> Option<i64> {
    let Mark::Page(page, _) = block.mark else { return None };
    let text = block.as_paragraph()?.as_str().trim();
    let is_digit = |c: char| c.is_ascii_digit();
    let words = if at_start { text.trim_start_matches(is_digit) } else { text.trim_end_matches(is_digit) };
    let number = if at_start { &text[..text.len() - words.len()] } else { &text[words.len()..] };
    Some(i64::from(value(number)?) - i64::from(page))
}

/// The first and the last lines of a page, and some more where their height is known to be that of furniture.
fn edges(blocks: &[Block], start: usize, end: usize) -> impl Iterator<Item = usize> {
    let deep = move |at: &usize| {
        let is_known = blocks[*at].shape.is_some_and(|shape| shape.height.is_some() && in_margin(&shape));
        *at < start + DEPTH || *at + DEPTH >= end || is_known
    };
    let head = start..end.min(start + DEPTH_IN_MARGIN);
    let foot = end.saturating_sub(DEPTH_IN_MARGIN).max(head.end)..end;
    head.chain(foot).filter(deep)
}

/// A line with its digits masked, where it is short enough to be furniture.
fn masked(block: &Block) -> Option<String> {
    const LONGEST: usize = 300;
    let (_, text) = line(block)?;
    let text = text.trim();
    if text.len() > LONGEST || text.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match digit(c) {
            Some(_) if out.ends_with('#') => {}
            Some(_) => out.push('#'),
            None => out.push(c),
        }
    }
    Some(out)
}

/// Whether the title of a document follows its first line, so that this need not be it.
fn title_follows(blocks: &[Block]) -> bool {
    const TITLE_LINES: usize = 4;
    let on_first_page = |block: &&Block| block.shape.is_none_or(|shape| shape.start != Start::Page);
    let lines = blocks.iter().skip(1).take(TITLE_LINES).take_while(on_first_page);
    let lines = lines.map(|block| block.as_paragraph().map_or("", |text| text.as_str()));
    let mut lines = lines.take_while(|text| !words::is_prose(text) && words::count(text) <= 80);
    // A narrow page may divide the very word that a title ends in.
    let mut title = String::new();
    lines.any(|text| {
        title.push_str(text.trim());
        words::ends_in_document_word(&title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_other_short_lines() {
        for certain in [
            "— 1 —",
            "- 2 -",
            "－3－",
            "第 2 页 共 5 页",
            "共5页 第3页",
            "第2页/共5页",
            "Page 2 of 9",
            "page 3",
            "— 第 2 页 —",
            "—１２—",
        ] {
            assert_eq!(number(certain), Some(Number::Certain), "{certain}");
        }
        assert_eq!(number("1 / 3"), Some(Number::Of(1, 3)));
        assert_eq!(number("7"), Some(Number::Bare(7)));
        for other in ["— 1 —是页码格式", "第二页", "12345", "3.5", "-", "", "4/3", "第3页的内容"]
        {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
