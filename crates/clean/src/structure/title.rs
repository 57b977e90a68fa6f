//! Titles (algorithm A4): where one stands, and how many lines it takes.

use super::entry::{Entry, Kind, Part, Verdict};
use super::enumerator::{self, Class};
use super::looks::Look;
use super::{Outline, words};
use crate::lines::contents;
use qingwen_model::{Align, Body, Shape, Start};

/// Lines that may stand above a title.
const FRONT_LINES: usize = 12;
/// Lines a title may take.
const TITLE_LINES: usize = 4;
/// Characters a title may have.
const LONGEST: usize = 80;

/// Characters of a suffix in brackets on a line of its own: （试行）.
const SUFFIX: usize = 8;
/// Blocks among which a title that shows by its looks is sought.
const NEAR_TOP: usize = 20;
/// Characters of a title that shows by its looks.
const LONGEST_BY_LOOK: usize = 160;

/// Finds the title of the document, and those of further documents in the same file.
pub(crate) fn find(outline: &mut Outline<'_>) {
    if !outline.on.title || is_named(outline) {
        return;
    }
    let first = if outline.on.continues { None } else { Some(find_first(outline)) };
    let (first, mut at) = first.map_or((0, 0), |first| (first, first + 1));
    let size = outline.entries.get(first).and_then(|e| e.shape).map_or(1.0, |shape| shape.size);
    while at < outline.entries.len() {
        let lines = further_by_look(outline, at, size);
        if lines > 0 {
            declare(outline, at, lines);
            at += lines;
            continue;
        }
        if ends_a_document(outline, at) {
            let next = skip_front_matter(outline, at + 1);
            if further_by_look(outline, next, size) == 0 {
                mark(outline, next, true);
            }
        } else if opens_an_attachment(outline, at) {
            mark(outline, at + 1, true);
        }
        at += 1;
    }
}

/// Finds the title the document begins with, and says where it begins or would.
fn find_first(outline: &mut Outline<'_>) -> usize {
    if let Some((at, lines)) = find_by_look(outline) {
        declare(outline, at, lines);
        return at;
    }
    let first = skip_front_matter(outline, 0);
    mark(outline, first, false);
    first
}

/// Whether the format itself names the title: one heading of level 1 that begins the document.
fn is_named(outline: &Outline<'_>) -> bool {
    let mut top =
        (0..outline.blocks.len()).filter(|at| matches!(outline.blocks[*at].body, Body::Heading(1, _)));
    match (top.next(), top.next()) {
        (Some(first), None) => outline.entries[first].enumerator.is_none(),
        _ => false,
    }
}

/// The title that shows by its looks: the first line near the top, before any prose, that is set as one.
fn find_by_look(outline: &Outline<'_>) -> Option<(usize, usize)> {
    for at in 0..outline.entries.len().min(NEAR_TOP) {
        let lines = measure_by_look(outline, at);
        if lines > 0 && outline.entries.len() > at + lines {
            let is_one_of_several = is_listed_among_others(outline, at)
                || !outline.is_chinese() && has_equals(outline, at, lines);
            return Some((at, lines)).filter(|_| !is_one_of_several);
        }
        let text = outline.text(at);
        let prose = words::is_prose(text) && words::count(text) > 60;
        if prose || outline.entries[at].kind == Kind::Heading {
            return None;
        }
    }
    None
}

/// Whether an outline lists further headings of its level, or of a higher one.
fn is_listed_among_others(outline: &Outline<'_>, at: usize) -> bool {
    let level = |entry: &Entry| entry.shape.and_then(|shape| shape.outline);
    level(&outline.entries[at])
        .is_some_and(|own| outline.entries[at + 1..].iter().filter_map(level).any(|other| other <= own))
}

/// Whether lines below are set as large as this one: then it is one heading of several.
fn has_equals(outline: &Outline<'_>, at: usize, lines: usize) -> bool {
    let Some(first) = outline.entries[at].shape else { return false };
    (at + lines..outline.entries.len()).any(|other| {
        let shape = outline.entries[other].shape;
        shape.is_some_and(|s| s.size > first.size - 0.06 && is_title_by_look(outline, other, &s))
    })
}

/// How many lines from `at` on are a further document's title, by their looks: as large as the first, at the
/// top of a page, or after a date, a signature or the label of an attachment.
fn further_by_look(outline: &Outline<'_>, at: usize, size: f32) -> usize {
    let Some(shape) = outline.entries.get(at).and_then(|e| e.shape) else { return 0 };
    let above = &outline.entries[at.saturating_sub(1)];
    let begins = shape.start == Start::Page
        || matches!(above.part, Part::Date | Part::AttachmentLabel | Part::Imprint)
        || above.shape.is_some_and(|shape| shape.align == Align::End);
    if !begins || shape.size < size - 0.05 || shape.align != Align::Center {
        return 0;
    }
    let lines = measure_by_look(outline, at);
    let length: usize = (at..at + lines).map(|line| words::count(outline.text(line))).sum();
    let names = lines > 0 && words::ends_in_document_word(outline.text(at + lines - 1));
    if names || length >= 6 { lines } else { 0 }
}

/// How many lines from `at` on are set as one title.
fn measure_by_look(outline: &Outline<'_>, at: usize) -> usize {
    let Some(first) = outline.entries.get(at).and_then(|e| e.shape) else { return 0 };
    let (mut lines, mut length) = (0, 0);
    while lines < TITLE_LINES {
        let Some(entry) = outline.entries.get(at + lines) else { break };
        // Further lines are known by the type of the first: a full one does not look centred.
        let shape = entry
            .shape
            .map(|shape| Shape { align: if lines > 0 { first.align } else { shape.align }, ..shape });
        let Some(shape) = shape.filter(|shape| is_title_by_look(outline, at + lines, shape)) else { break };
        length += words::count(outline.text(at + lines));
        let alike = (shape.size - first.size).abs() < 0.06 && shape.bold == first.bold;
        if length > LONGEST_BY_LOOK || (lines > 0 && (!alike || shape.gap > 1.5 || !outline.on.title_join)) {
            break;
        }
        if lines > 0 && words::ends_in_document_word(outline.text(at + lines - 1)) && shape.gap > 0.5 {
            break;
        }
        lines += 1;
    }
    lines
}

fn is_title_by_look(outline: &Outline<'_>, at: usize, shape: &Shape) -> bool {
    let text = outline.text(at).trim();
    let entry = &outline.entries[at];
    let is_han = text.chars().any(crate::chars::is_han);
    entry.is_open()
        && outline.looks.is_title(shape)
        && (entry.enumerator.is_none() || !is_han)
        && entry.part == Part::None
        && !words::counts_in_words(text)
        && !text.contains(['。', '；', '\t'])
        && !text.ends_with(['：', ':', '，', ','])
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !contents::is_heading(text)
}

fn declare(outline: &mut Outline<'_>, at: usize, lines: usize) {
    outline.entries[at].verdict = Verdict::Title(lines);
    for line in at + 1..at + lines {
        outline.entries[line].verdict = Verdict::TitleLine;
    }
}

fn skip_front_matter(outline: &Outline<'_>, from: usize) -> usize {
    if !outline.on.front_matter {
        return from;
    }
    let is_above = |at: &usize| {
        outline.entries.get(*at).is_some_and(|e| {
            e.is_open()
                && (matches!(e.part, Part::FrontMatter | Part::Imprint) || is_letterhead(outline, *at))
        })
    };
    (from..from + FRONT_LINES).take_while(is_above).last().map_or(from, |at| at + 1)
}

/// Whether a line is the name of an organ at the head of its letter: the number of the issue stands below it, or
/// below the other organs.
fn is_letterhead(outline: &Outline<'_>, at: usize) -> bool {
    let is_organ = |at: &usize| words::is_organ(outline.text(*at));
    let organs = (at..at + FRONT_LINES).take_while(is_organ).count();
    organs > 0 && words::is_issue_number(outline.text(at + organs))
}

/// Whether a document ends here, so that another may begin: an organ or its head has signed and dated it.
fn ends_a_document(outline: &Outline<'_>, at: usize) -> bool {
    at > 0
        && outline.entries[at].part == Part::Date
        && outline.entries[at].is_open()
        && (words::is_organ(outline.text(at - 1)) || words::is_signatory(outline.text(at - 1)))
}

/// Whether an attachment begins here, and the lines below its label are its title: they end as titles end, they look no
/// smaller than a heading, and what stands below them is text. Where no looks are known, they must end in one of the most
/// usual words: lists, tables and forms are attached, too.
fn opens_an_attachment(outline: &Outline<'_>, at: usize) -> bool {
    let entry = &outline.entries[at];
    if !outline.on.attachment || entry.part != Part::AttachmentLabel || !entry.is_open() {
        return false;
    }
    let lines = measure(outline, at + 1);
    let below = at + 1 + lines;
    let is_text = outline.entries.get(below).is_some_and(|entry| {
        let begins = entry.enumerator.is_some_and(|e| e.number == 1);
        entry.kind == Kind::Open && (begins || words::is_prose(outline.text(below)))
    });
    let is_set_apart = match outline.entries.get(at + 1).and_then(|entry| entry.shape) {
        Some(shape) if outline.looks.known() => {
            shape.align == Align::Center || outline.looks.is_heading(&shape)
        }
        _ => words::is_title_alone(name(outline, at + 1, lines)),
    };
    lines > 0 && is_text && is_set_apart
}

/// Declares the title that begins at `at`, if one does. A `further` title needs more evidence than the first.
fn mark(outline: &mut Outline<'_>, at: usize, further: bool) {
    let lines = measure(outline, at);
    if lines == 0 || !is_accepted(outline, at, lines, further) {
        return;
    }
    declare(outline, at, lines);
}

/// How many lines from `at` on could be one title.
fn measure(outline: &Outline<'_>, at: usize) -> usize {
    let (mut lines, mut length) = (0, 0);
    while lines < TITLE_LINES && is_title_line(outline, at + lines) {
        let text = outline.text(at + lines);
        length += words::count(text);
        if length > LONGEST {
            break;
        }
        lines += 1;
        let ends = words::ends_in_document_word(text) || (lines > 1 && is_suffix(text));
        if ends && !goes_on(outline, at + lines) && !is_closed_below(outline, at, lines) {
            break;
        }
        if !outline.on.title_join {
            break;
        }
    }
    lines
}

fn is_title_line(outline: &Outline<'_>, at: usize) -> bool {
    let Some(entry) = outline.entries.get(at) else { return false };
    let text = outline.text(at);
    entry.is_open()
        && entry.enumerator.is_none()
        && enumerator::ambiguous(text).is_none()
        && enumerator::clause(text).is_none()
        && !words::counts_in_words(text)
        // What closes a document: 特此通知, 以上报告.
        && !["特此", "以上"].iter().any(|word| text.trim_start().starts_with(word))
        && matches!(entry.part, Part::None)
        && !text.contains(['。', '！', '？', '；', '，', ',', ';', '!', '?', '\t'])
        && (!text.contains(['：', ':'])
            || (words::ends_in_document_word(text) && !text.trim_start().starts_with("附件")))
        && text.len() <= 4 * LONGEST
        && text.chars().any(crate::chars::is_han)
}

/// Whether the next line cannot begin anything: 的通知, 暨2024年工作安排, （试行）.
fn goes_on(outline: &Outline<'_>, at: usize) -> bool {
    is_title_line(outline, at) && {
        let text = outline.text(at);
        text.trim_start().starts_with(['的', '暨']) || is_suffix(text)
    }
}

/// Whether the first lines of a title leave a bracket or a quote open that a further one closes: 关于印发《普法工作方案
/// and （2024—2026年）》的通知.
fn is_closed_below(outline: &Outline<'_>, at: usize, lines: usize) -> bool {
    [('《', '》'), ('（', '）'), ('“', '”')].into_iter().any(|(open, close)| {
        let is_open = (at..at + lines).rev().find_map(|line| {
            let last = outline.text(line).chars().rev().find(|c| *c == open || *c == close);
            last.map(|c| c == open)
        });
        is_open == Some(true)
            && (at + lines..at + TITLE_LINES)
                .take_while(|line| is_title_line(outline, *line))
                .find_map(|line| outline.text(line).chars().find(|c| *c == open || *c == close))
                == Some(close)
    })
}

/// Whether a line is the suffix of the title above it: （试行）. The number of an issue in brackets is none.
fn is_suffix(text: &str) -> bool {
    words::in_brackets(text)
        .is_some_and(|inner| words::count(inner) + 2 <= SUFFIX && !words::is_issue_number(inner))
}

/// The last line of a title that is no suffix.
fn name<'a>(outline: &Outline<'a>, at: usize, lines: usize) -> &'a str {
    let named = (1..lines).rev().find(|line| !is_suffix(outline.text(at + line))).unwrap_or(0);
    outline.text(at + named)
}

fn is_accepted(outline: &Outline<'_>, at: usize, lines: usize, further: bool) -> bool {
    let last = name(outline, at, lines);
    let after = outline.entries.get(at + lines);
    let before_words = after.is_some_and(|entry| {
        entry.kind == Kind::Open
            && (words::is_prose(outline.text(at + lines))
                || matches!(entry.part, Part::Salutation | Part::Subtitle))
            && entry.class().is_none_or(|class| class == Class::Article)
    });
    let is_signature = words::is_organ(last) && after.is_some_and(|entry| entry.part == Part::Date);
    if is_signature || (!further && lines == 1 && is_lost_heading(outline, at)) {
        return false;
    }
    if after.is_none() {
        return !further && words::is_title_alone(last);
    }
    if words::ends_in_document_word(last) {
        return true;
    }
    lines == 1 && before_words && !further && stands_out(outline, at) && !is_counted(outline, at)
}

/// Whether a line begins with a decimal as others do below, which clauses and amounts do: 1.1术语, 1.5万元.
fn is_counted(outline: &Outline<'_>, at: usize) -> bool {
    let is_decimal = |at: usize| enumerator::begins_with_decimal(outline.text(at));
    is_decimal(at) && (at + 1..outline.entries.len()).any(is_decimal)
}

/// Whether a line is a first heading whose number was lost, as [`super::series::find_lost_number`] takes it: （一） or 1.
/// stands right below it, and the document counts on with 二、.
fn is_lost_heading(outline: &Outline<'_>, at: usize) -> bool {
    let number = |entry: &Entry, is_class: fn(Class) -> bool| {
        entry.enumerator.filter(|e| is_class(e.class)).map(|e| e.number)
    };
    outline.on.lost_number
        && outline.entries.get(at + 1).and_then(|entry| number(entry, |class| class > Class::Han)) == Some(1)
        && outline.entries.iter().find_map(|entry| number(entry, |class| class == Class::Han)) == Some(2)
}

/// Whether a line that only its place makes a title looks like one, where looks are known: set apart from the
/// body, and not as further short lines are, which are headings with it.
fn stands_out(outline: &Outline<'_>, at: usize) -> bool {
    let Some(shape) = outline.entries[at].shape.filter(|_| outline.looks.known()) else { return true };
    let is_set_apart = shape.align == Align::Center || outline.looks.is_heading(&shape);
    let look = Look::of(&shape);
    let has_kin = (at + 1..outline.entries.len()).any(|other| {
        let entry = &outline.entries[other];
        let alike = entry.shape.is_some_and(|s| Look::of(&s).is_like(&look) && s.align == shape.align);
        alike
            && entry.is_open()
            && words::count(outline.text(other)) <= LONGEST
            && !words::is_prose(outline.text(other))
    });
    is_set_apart && !has_kin
}
