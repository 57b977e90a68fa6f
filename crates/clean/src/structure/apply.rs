//! Changes the document as decided, and writes down every change.

use super::Switches;
use super::entry::{Rank, Verdict};
use super::enumerator::Class;
use super::levels::Levels;
use super::words;
use crate::texts;
use qingwen_model::{Block, Body, Document, Extent, Log, Mark, Shape, Text};

/// Carries out the verdicts, one for each block; gives the blocks that were cut from another.
pub(super) fn verdicts(
    document: &mut Document,
    verdicts: &[Verdict],
    levels: &Levels,
    on: Switches,
    log: &mut Log,
) -> Vec<usize> {
    let old = std::mem::take(&mut document.blocks);
    document.blocks.reserve(old.len());
    let mut parts = Vec::new();
    let mut blocks = old.into_iter();
    for verdict in verdicts {
        let Some(block) = blocks.next() else { break };
        match *verdict {
            Verdict::Title(_) => document.blocks.push(title(block, on, log)),
            Verdict::TitleLine => join_title(&mut document.blocks, block, on, log),
            Verdict::Heading(code, rank) => {
                let level = levels.level(rank);
                let mut block = heading(block, code, level, log);
                restore_number(&mut block, code, rank, on, log);
                strip_mark(&mut block, on, log);
                document.blocks.push(block);
            }
            Verdict::RunIn(rank, end) => {
                let (heading, rest) = split(block, end, levels.level(rank), on, log);
                let first = document.blocks.len();
                document.blocks.push(heading);
                document.blocks.extend(rest);
                parts.extend(first..document.blocks.len());
            }
            Verdict::Keep => document.blocks.push(block),
        }
    }
    parts
}

fn title(mut block: Block, on: Switches, log: &mut Log) -> Block {
    let mark = block.mark;
    if let Some(text) = block.text_mut().filter(|_| on.title_organs) {
        name_organs(text, mark, log);
    }
    heading(block, "hd-title", 1, log)
}

/// Moves all headings one level down, but for the title that was found by rule.
pub(super) fn shift(document: &mut Document, log: &mut Log) {
    let found =
        |mark: Mark, log: &Log| log.diagnostics().iter().any(|d| d.code == "hd-title" && d.mark == mark);
    let mut first = true;
    for block in &mut document.blocks {
        let mark = block.mark;
        let Body::Heading(level, _) = &mut block.body else { continue };
        if std::mem::take(&mut first) && found(mark, log) {
            continue;
        }
        *level = level.saturating_add(1).min(6);
        log.guessed("hd-levels", mark, format!("heading of level {level}"));
    }
}

/// Writes 、 for the gap between two organs that issue a document together.
fn name_organs(text: &mut Text, mark: Mark, log: &mut Log) {
    let string = text.as_str();
    let mut edits = qingwen_model::Edits::new();
    let mut left = 0;
    for (at, gap) in gaps(string) {
        let right = string[at + gap..].split(char::is_whitespace).next().unwrap_or_default();
        let right = right.split("关于").next().unwrap_or_default();
        if is_organ_name(&string[left..at]) && is_organ_name(right) && edits.replace(at..at + gap, "、") {
            texts::tell_at(at, "hd-title-organs", text, mark, [&string[at..at + gap], "、"], log);
        }
        left = at + gap;
    }
    text.replace(&edits);
}

/// The runs of white space within a text: where each begins, and its length.
fn gaps(text: &str) -> Vec<(usize, usize)> {
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        match gaps.last_mut() {
            Some((start, length)) if *start + *length == at => *length += c.len_utf8(),
            _ => gaps.push((at, c.len_utf8())),
        }
    }
    gaps
}

fn is_organ_name(text: &str) -> bool {
    words::is_organ(text) && words::count(text) >= 4 && !text.contains("关于")
}

/// Takes the bold type off a heading that has it wherever it can: typesetters set ideographs of a heading in a typeface
/// of its own, and the letters and digits beside them in bold.
fn drop_type(text: &mut Text) {
    if text.styled().is_empty() {
        return;
    }
    let string = text.as_str();
    let mut letters = text.runs().flat_map(|run| {
        let beside = |c: &char| c.is_alphanumeric() && !crate::chars::is_han(*c);
        string[run.range].chars().filter(beside).map(move |_| run.style.bold)
    });
    let all_bold = letters.next() == Some(true) && letters.all(|bold| bold);
    drop(letters);
    if all_bold {
        text.restyle(|style| style.bold = false);
    }
}

/// What is said of a heading, by its level.
const LEVELS: [&str; 7] = [
    "",
    "heading of level 1",
    "heading of level 2",
    "heading of level 3",
    "heading of level 4",
    "heading of level 5",
    "heading of level 6",
];

/// The same block as a heading.
fn heading(mut block: Block, code: &'static str, level: u8, log: &mut Log) -> Block {
    if let Body::Paragraph(text) = &mut block.body {
        log.guessed(code, block.mark, LEVELS.get(usize::from(level)).copied().unwrap_or_default());
        drop_type(text);
        block.body = Body::Heading(level, std::mem::take(text));
        block.shape = None;
    }
    block
}

/// Adds a further line to the title above it.
fn join_title(blocks: &mut Vec<Block>, mut line: Block, on: Switches, log: &mut Log) {
    let mark = line.mark;
    if let Some(text) = line.text_mut().filter(|_| on.title_organs) {
        name_organs(text, mark, log);
    }
    match (blocks.last_mut(), line.body) {
        (Some(Block { body: Body::Heading(_, title), .. }), Body::Paragraph(text)) => {
            let last = title.as_str().rsplit(['、', ' ']).next().unwrap_or_default();
            let first = text.as_str().split(['、', ' ']).next().unwrap_or_default();
            let organs = on.title_organs && is_organ_name(last) && is_organ_name(first);
            let joiner = if organs { "、" } else { crate::lines::joiner(title.as_str(), text.as_str()) };
            let code = if organs { "hd-title-organs" } else { "hd-title-join" };
            texts::tell(code, &text, mark, "\n", joiner, log);
            crate::lines::append(title, text, joiner, mark);
        }
        (_, body) => blocks.push(Block { body, mark, shape: line.shape }),
    }
}

/// Takes the mark off the end of a heading (GB/T 15834-2011, B.4). 。；，、： go, ？！… stay.
fn strip_mark(block: &mut Block, on: Switches, log: &mut Log) {
    let mark = block.mark;
    let Some(text) = block.text_mut().filter(|_| on.strip_period) else { return };
    const MARKS: [char; 7] = ['。', '；', '，', '、', '：', '．', '.'];
    // A point of ASCII goes with another mark; alone it may belong to a number.
    let whole = text.as_str().trim_end();
    let kept = whole.trim_end_matches(&MARKS[..6]).len();
    let kept = if kept < whole.len() { whole.trim_end_matches(MARKS).len() } else { kept };
    if kept > 0 && kept < text.as_str().trim_end().len() {
        cut(text, kept, "hd-strip-period", mark, log);
    }
}

/// Cuts a text off at a byte and writes down what went.
fn cut(text: &mut Text, at: usize, code: &'static str, mark: Mark, log: &mut Log) {
    texts::tell_at(at, code, text, mark, [&text.as_str()[at..], ""], log);
    text.truncate(at);
}

/// Makes a heading of the words up to `end`, and a paragraph of those after the full stop there.
fn split(mut block: Block, end: usize, level: u8, on: Switches, log: &mut Log) -> (Block, Option<Block>) {
    let mark = block.mark;
    let Body::Paragraph(text) = &mut block.body else { return (block, None) };
    let stop = end + '。'.len_utf8();
    texts::tell_at(stop, "hd-run-in", text, mark, ["", "\n"], log);
    let mut rest = text.split_off(stop);
    let mut block = heading(block, "hd-run-in", level, log);
    strip_mark(&mut block, on, log);
    let spaces = rest.as_str().len() - rest.as_str().trim_start().len();
    if spaces > 0 {
        rest = rest.split_off(spaces);
    }
    let shape = Shape { extent: Extent::Paragraph, ..Shape::default() };
    let rest = (!rest.is_empty()).then_some(Block { mark, shape: Some(shape), body: Body::Paragraph(rest) });
    (block, rest)
}

/// Writes the number that an extractor lost before the first heading.
fn restore_number(block: &mut Block, code: &'static str, rank: Rank, on: Switches, log: &mut Log) {
    if code != "hd-lost-number" || rank != Rank::Class(Class::Han) || !on.restore_number {
        return;
    }
    let mark = block.mark;
    if let Some(text) = block.text_mut() {
        texts::tell("hd-restore-number", text, mark, "", "一、", log);
        let mut edits = qingwen_model::Edits::new();
        edits.insert(0, "一、");
        text.replace(&edits);
    }
}
