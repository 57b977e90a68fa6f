//! `ln-join-broken`: a paragraph broken in two by a blank line or the edge of a page is made whole.

use super::kind::begins_with_bullet;
use super::measure::joiner;
use super::small::append;
use crate::chars::{self, is_han};
use crate::rules::support;
use crate::structure::{enumerator, words};
use crate::texts::{self, Fences};
use qingwen_model::{Align, Block, Body, Document, Log, Start};

/// A shorter paragraph is not trusted to be prose, in characters.
const SHORTEST: usize = 20;

/// Joins what an extractor broke.
pub(crate) fn apply(document: &mut Document, log: &mut Log) {
    if !document.blocks.windows(2).any(|pair| is_broken(&pair[0], &pair[1])) {
        return;
    }
    let fences = Fences::of(&document.blocks);
    let mut out: Vec<Block> = Vec::with_capacity(document.blocks.len());
    for (at, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        match out.last_mut() {
            Some(last) if !fences.have(at) && is_broken(last, &block) => {
                let (Body::Paragraph(text), Body::Paragraph(next)) = (&mut last.body, block.body) else {
                    continue;
                };
                let with = joiner(text.as_str(), next.as_str());
                texts::tell("ln-join-broken", &next, block.mark, "\n\n", with, log);
                append(text, next, with, block.mark);
            }
            _ => out.push(block),
        }
    }
    document.blocks = out;
}

/// Whether two blocks are halves of one paragraph.
fn is_broken(first: &Block, second: &Block) -> bool {
    let (Some(above), Some(below)) = (first.as_paragraph(), second.as_paragraph()) else { return false };
    let (Some(shape), Some(next)) = (first.shape, second.shape) else { return false };
    let centred = shape.align == Align::Center && next.align == Align::Center;
    if centred && within_brackets(end_of(above.as_str())) {
        return true;
    }
    let apart = next.gap >= 0.5 || next.start > Start::Line;
    let alike = (shape.size - next.size).abs() < 0.08 && shape.bold == next.bold && next.align == shape.align;
    if !apart || !alike {
        return false;
    }
    let (above, below) = (end_of(above.as_str()), chars::strip(below.as_str()));
    // Nothing ends in an opening mark, whatever the rest looks like.
    let opens = || above.ends_with(['“', '（', '《']) && has_sentence(below);
    (opens() || is_unfinished(above) && goes_on(below)) && !above.contains('\t')
}

/// As much of the end of a paragraph as is looked at, so that a paragraph made of many parts is not looked
/// through once for each.
fn end_of(text: &str) -> &str {
    const ENOUGH: usize = 3000;
    let from = text.len().saturating_sub(ENOUGH);
    let from = text.ceil_char_boundary(from);
    chars::strip(&text[from..])
}

/// Prose that stops without a final mark.
fn is_unfinished(text: &str) -> bool {
    let Some(end) = text.chars().next_back() else { return false };
    // Most paragraphs end so.
    if matches!(end, '。' | '；' | '：') {
        return false;
    }
    let stops_short = ends_in_comma(text) || text.ends_with("——");
    let is_open = stops_short
        || is_han(end)
        || end.is_alphanumeric()
        || matches!(end, '》' | '%')
        || matches!(end, '”' | '）') && !ends_behind(text, end);
    let is_prose = || ends_in_comma(text) || chars::stops(text).next().is_some();
    is_open && is_prose() && text.chars().count() >= SHORTEST
}

/// Whether the sentence ends with the closing mark that a text ends in: a final mark stands before it, or before what it
/// closes, as in …了。（见下文）, or the words of a speaker end.
fn ends_behind(text: &str, mark: char) -> bool {
    const FINAL: [char; 11] = ['。', '！', '？', '；', '：', '…', '.', '!', '?', ';', ':'];
    let open = if mark == '”' { '“' } else { '（' };
    let head = text.rfind(open).map_or("", |at| &text[..at]);
    text.trim_end_matches(['”', '’', '）']).ends_with(FINAL) || head.ends_with(FINAL)
}

/// Whether a text ends in a comma, also in one of ASCII after a Han character.
fn ends_in_comma(text: &str) -> bool {
    text.ends_with(['，', '、']) || text.strip_suffix(',').is_some_and(|head| head.ends_with(is_han))
}

/// Whether a text is a sentence or has one: a final mark stands in it, or the full stop of ASCII at its end.
fn has_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '"']);
    chars::has_mark(text, ['。', '！', '？', '；'])
        || end.strip_suffix('.').is_some_and(|head| head.ends_with(is_han))
}

/// Whether a line tells a label and what belongs to it: 联系人：张三. One ending in a word of speech goes on from
/// who speaks.
fn tells_label(text: &str) -> bool {
    const SPEECH: [&str; 12] =
        ["强调", "指出", "要求", "认为", "表示", "说", "提出", "如下", "包括", "道", "明确", "问"];
    if ["注", "问", "答", "附", "例"]
        .iter()
        .any(|label| text.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':'])))
    {
        return true;
    }
    if !support::is_label(text) {
        return false;
    }
    let label = text.split(['：', ':']).next().unwrap_or_default();
    !SPEECH.iter().any(|word| label.ends_with(word))
}

/// Prose that is no beginning by its form.
fn goes_on(text: &str) -> bool {
    let structural = enumerator::parse(text).is_some()
        || is_marked(text)
        || (text.len() < 400
            && (words::is_date(text)
                || words::is_salutation(text)
                || words::is_attachment_label(text)
                || words::is_attachment_note(text)
                || words::is_imprint(text)
                || words::is_front_matter(text)
                || words::is_subtitle(text)
                || words::is_caption(text)));
    // A part in the middle of three may stop short itself.
    let is_part = || ends_in_comma(text) && text.chars().count() * 2 >= SHORTEST;
    !structural
        && (has_sentence(text) || is_part())
        && !text.contains('\t')
        && !tells_label(text)
        && text.chars().any(is_han)
}

/// Whether a text begins with a bullet, a box, or a sign of Markdown.
fn is_marked(text: &str) -> bool {
    begins_with_bullet(text)
        || text.starts_with(['▶', '□', '☐', '|'])
        || ["> ", "# ", "a. ", "A. "].iter().any(|sign| text.starts_with(sign))
}

/// Whether a bracket that begins a line is still open at its end: a note of promulgation set over several lines.
fn within_brackets(above: &str) -> bool {
    if !above.starts_with(['（', '(']) {
        return false;
    }
    let depth = above.chars().fold(0i32, |depth, c| match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    });
    depth > 0
}
