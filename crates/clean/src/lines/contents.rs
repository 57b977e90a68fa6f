//! `art-toc`: a table of contents with page numbers goes.

use super::furniture::remove;
use crate::structure::enumerator::{self, digit};
use crate::{Classes, chars};
use qingwen_model::{Block, Document, Log, Mark};
use std::borrow::Cow;
use std::ops::Range;

/// A table of contents has so many entries at least.
const LEAST: usize = 2;
/// One without page numbers has so many.
const LEAST_UNNUMBERED: usize = 3;

/// Removes tables of contents.
pub(crate) fn apply(document: &mut Document, log: &mut Log) {
    let text = |at: usize| document.blocks.get(at).and_then(Block::as_paragraph).map(|text| text.as_str());
    if !(0..document.blocks.len()).any(|at| heads(&document.blocks, at)) {
        return;
    }
    let mut gone = vec![false; document.blocks.len()];
    let mut at = 0;
    while at < document.blocks.len() {
        if !heads(&document.blocks, at) {
            at += 1;
            continue;
        }
        let (end, entries) = entries(&text, at + 1);
        if entries >= LEAST {
            gone[at..end].fill(true);
        }
        at = end;
    }
    // Of a text, a list without page numbers may be the author's; a word processor or a typesetter made all others.
    let is_text = |at: usize| matches!(document.blocks[at].mark, Mark::Line(_));
    if !(0..document.blocks.len()).all(is_text) {
        for lines in repeated(&document.blocks).into_iter().filter(|lines| !is_text(lines.start)) {
            gone[lines.start - 1..lines.end].fill(true);
        }
    }
    if gone.contains(&true) {
        remove(document, &gone, "art-toc", log);
    }
}

/// Where the entries that begin at a block end, and how many of them have a leader.
///
/// Entries of the highest level often have none, only a page; they count among others, where pages do not fall.
fn entries<'a>(text: &impl Fn(usize) -> Option<&'a str>, from: usize) -> (usize, usize) {
    /// The next entry with a leader is at most so many blocks below the one before.
    const APART: usize = 3;
    /// An entry without a leader below the last of those with one is less than so many pages further on.
    const FAR: u32 = 30;
    let (mut at, mut end, mut led, mut page) = (from, from, 0, 0u32);
    while at < end + APART {
        let Some(line) = text(at) else { break };
        let entry = Entry::of(line);
        // Below the last leader only a line set apart from its page goes on, and none that only may be an entry.
        let goes_on = |entry: &Entry| {
            led > 0
                && at == end
                && entry.is_apart
                && entry.page.is_some_and(|own| (page..page.saturating_add(FAR)).contains(&own))
        };
        match entry {
            Some(entry) if entry.has_leader || goes_on(&entry) => {
                page = entry.page.unwrap_or(page);
                (end, led) = (at + 1, led + usize::from(entry.has_leader));
            }
            _ if !may_wrap(line) => break,
            _ => {}
        }
        at += 1;
    }
    (end, led)
}

/// The entries of tables of contents that have page numbers, below each heading.
pub(crate) fn numbered(blocks: &[Block]) -> Vec<Range<usize>> {
    let text = |at: usize| blocks.get(at).and_then(Block::as_paragraph).map(|text| text.as_str());
    let headings = (0..blocks.len()).filter(|at| heads(blocks, *at));
    let below = |heading: usize| (heading + 1, entries(&text, heading + 1));
    let all = headings.map(below).filter(|(_, (_, led))| *led >= LEAST);
    all.map(|(from, (end, _))| from..end).collect()
}

/// Tables of contents without page numbers, known by their lines' returning later on: the blocks of each, its
/// heading left out.
pub(crate) fn repeated(blocks: &[Block]) -> Vec<Range<usize>> {
    let text = |at: usize| blocks.get(at).and_then(Block::as_paragraph).map_or("", |text| text.as_str());
    let headings: Vec<usize> = (0..blocks.len()).filter(|at| heads(blocks, *at)).collect();
    let mut found = Vec::new();
    let Some(first) = headings.first() else { return found };
    let mut later: Vec<(Cow<'_, str>, usize)> =
        (*first..blocks.len()).filter(|at| is_short(text(*at))).map(|at| (compact(text(at)), at)).collect();
    later.sort_unstable();
    let mut from = 0;
    for heading in headings {
        if heading < from {
            continue;
        }
        let begin = compact(text(heading + 1));
        let mut end = heading + 1;
        while is_short(text(end)) && (end == heading + 1 || compact(text(end)) != begin) {
            end += 1;
        }
        from = end;
        // A line without a number may be the rest of the entry above it.
        let entries: Vec<Cow<'_, str>> =
            (heading + 1..end).map(text).filter(|t| enumerator::parse(t).is_some()).map(compact).collect();
        let entries = if entries.is_empty() {
            (heading + 1..end).map(|at| compact(text(at))).collect()
        } else {
            entries
        };
        let found_later = entries.iter().filter(|entry| returns(&later, entry, end)).count();
        if entries.len() >= LEAST_UNNUMBERED && found_later * 10 >= entries.len() * 9 {
            found.push(heading + 1..end);
        }
    }
    found
}

/// Whether a line, or its beginning, or a longer line that begins with it, stands at `from` or later.
fn returns(lines: &[(Cow<'_, str>, usize)], entry: &str, from: usize) -> bool {
    const NEAR: usize = 8;
    let at = lines.partition_point(|(line, _)| **line < *entry);
    let longer = lines[at..].iter().take_while(|(line, _)| line.starts_with(entry)).take(NEAR);
    let shorter = lines[..at]
        .iter()
        .rev()
        .take(NEAR)
        .filter(|(line, _)| line.len() >= 12 && entry.starts_with(&**line));
    longer.chain(shorter).any(|(_, at)| *at >= from)
}

/// Whether a line may be an entry of a table of contents, or the heading it points to.
fn is_short(text: &str) -> bool {
    !text.is_empty() && text.len() <= 300 && !chars::has_mark(text, ['。', '；'])
}

fn compact(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_whitespace) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a block is the heading of a table of contents.
fn heads(blocks: &[Block], at: usize) -> bool {
    let text = blocks.get(at).and_then(Block::as_paragraph);
    text.is_some_and(|text| !Classes::within(text).meet(Classes::PROSE) && is_heading(text.as_str()))
}

/// 目录, 目 录, 目次, Contents
pub(crate) fn is_heading(text: &str) -> bool {
    let begins = |text: &str| text.starts_with(['目', 'C', 'c', 'T', 't']);
    // Hardly a paragraph begins so, or with white space.
    if !begins(text) && !begins(chars::strip_start(text)) {
        return false;
    }
    let text = chars::strip(text);
    if text.len() > 40 {
        return false;
    }
    matches!(&*compact(text), "目录" | "目次" | "目錄")
        || text.eq_ignore_ascii_case("contents")
        || text.eq_ignore_ascii_case("table of contents")
}

/// A line of a table of contents: words and the number of a page.
struct Entry {
    /// The page, unless it is counted in Roman numerals.
    page: Option<u32>,
    /// Whether dots, a tab or much space lead to the page.
    has_leader: bool,
    /// Whether anything stands between the words and the page.
    is_apart: bool,
}

impl Entry {
    fn of(text: &str) -> Option<Entry> {
        let text = chars::strip(text);
        if text.len() > 500 {
            return None;
        }
        let closed = text.trim_end_matches(['）', ')', '-', '—', '－']).trim_end();
        let rest =
            closed.trim_end_matches(|c| digit(c).is_some() || matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
        let number = &closed[rest.len()..];
        if number.is_empty() {
            return None;
        }
        let rest = rest.trim_end_matches(['（', '(', '-', '—', '－']);
        let words = rest.trim_end_matches(|c: char| c.is_whitespace() || is_leader(c));
        let leader = &rest[words.len()..];
        let dots: usize = leader
            .chars()
            .filter(|c| is_leader(*c))
            .map(|c| if matches!(c, '…' | '⋯') { 2 } else { 1 })
            .sum();
        let spaces = leader
            .chars()
            .filter(|c| c.is_whitespace())
            .map(|c| if c == '\u{3000}' { 2 } else { 1 })
            .sum::<usize>();
        let page = number.chars().try_fold(0u32, |page, c| page.checked_mul(10)?.checked_add(digit(c)?));
        let has_leader = dots >= 3 || leader.contains('\t') || spaces >= 4;
        let is_page = has_leader || number.chars().count() <= 4 && may_wrap(text);
        (is_page && !words.is_empty()).then_some(Entry { page, has_leader, is_apart: !leader.is_empty() })
    }
}

fn is_leader(c: char) -> bool {
    matches!(c, '.' | '．' | '·' | '…' | '⋯' | '‥' | '・' | '•' | '_' | '-' | '—')
}

/// The first line of an entry that takes two.
fn may_wrap(text: &str) -> bool {
    text.chars().count() <= 60 && !chars::has_mark(text, ['。', '：', '；'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_a_leader_and_a_number() {
        for entry in [
            "一、总体要求........1",
            "第一章 总则………………1",
            "第二章 职责\t4",
            "附录      12",
            "第三章 · · · · 9",
            "前言……（3）",
        ] {
            assert!(Entry::of(entry).is_some_and(|entry| entry.has_leader), "{entry}");
        }
        for other in ["一、总体要求", "规范重大行政决策目录化管理1", "共有 3", "……", "2024"]
        {
            assert!(!Entry::of(other).is_some_and(|entry| entry.has_leader), "{other}");
        }
    }

    #[test]
    fn entries_without_a_leader_count_among_others() {
        let lines = [
            "一、水源5",
            "1.1 河流........5",
            "1.2 水库........9",
            "二、渠道12",
            "2.1 干渠........12",
            "参考书目 20",
            "附表 22",
            "一、水源",
            "2021年共 23",
        ];
        assert_eq!(entries(&|at| lines.get(at).copied(), 0), (7, 3));
        let fallen = ["1.1 河流........5", "1.2 水库........9", "图 3", "全县水库见表 9 及其说明。"];
        assert_eq!(entries(&|at| fallen.get(at).copied(), 0), (2, 2));
    }
}
