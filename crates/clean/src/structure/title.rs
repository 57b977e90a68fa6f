//! Titles (algorithm A4): where one stands, and how many lines it takes.

use super::entry::{Kind, Part, Verdict};
use super::enumerator::Class;
use super::{Outline, words};

/// Lines that may stand above a title.
const FRONT_LINES: usize = 6;
/// Lines a title may take.
const TITLE_LINES: usize = 4;
/// Characters a title may have.
const LONGEST: usize = 80;

/// Finds the title of the document, and those of further documents in the same file.
pub(crate) fn find(outline: &mut Outline<'_>) {
    if !outline.on.title {
        return;
    }
    let first = skip_front_matter(outline, 0);
    mark(outline, first, false);
    let mut at = first + 1;
    while at < outline.entries.len() {
        if ends_a_document(outline, at) {
            let next = skip_front_matter(outline, at + 1);
            mark(outline, next, true);
            at = next;
        }
        at += 1;
    }
}

fn skip_front_matter(outline: &Outline<'_>, from: usize) -> usize {
    if !outline.on.front_matter {
        return from;
    }
    let is_above = |at: &usize| {
        outline
            .entries
            .get(*at)
            .is_some_and(|e| e.is_open() && matches!(e.part, Part::FrontMatter | Part::Imprint))
    };
    (from..from + FRONT_LINES).take_while(is_above).last().map_or(from, |at| at + 1)
}

/// Whether a document ends here, so that another may begin: an organ has signed and dated it.
fn ends_a_document(outline: &Outline<'_>, at: usize) -> bool {
    at > 0
        && outline.entries[at].part == Part::Date
        && outline.entries[at].is_open()
        && words::is_organ(outline.text(at - 1))
}

/// Declares the title that begins at `at`, if one does. A `further` title needs more evidence than the first.
fn mark(outline: &mut Outline<'_>, at: usize, further: bool) {
    let lines = measure(outline, at);
    if lines == 0 || !is_accepted(outline, at, lines, further) {
        return;
    }
    outline.entries[at].verdict = Verdict::Title(lines);
    for line in at + 1..at + lines {
        outline.entries[line].verdict = Verdict::TitleLine;
    }
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
        if words::ends_in_document_word(text) && !goes_on(outline, at + lines) {
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
        && matches!(entry.part, Part::None)
        && !text.contains(['。', '！', '？', '；', '，', ',', ';', '!', '?', '\t'])
        && (!text.contains(['：', ':']) || words::ends_in_document_word(text))
        && text.len() <= 4 * LONGEST
        && text.chars().any(crate::line::is_han)
}

/// Whether the next line cannot begin anything: 的通知, （试行）.
fn goes_on(outline: &Outline<'_>, at: usize) -> bool {
    is_title_line(outline, at) && {
        let text = outline.text(at).trim_start();
        text.starts_with('的')
            || (text.starts_with(['（', '(']) && words::ends_in_document_word(&format!("通知{text}")))
    }
}

fn is_accepted(outline: &Outline<'_>, at: usize, lines: usize, further: bool) -> bool {
    let last = outline.text(at + lines - 1);
    let after = outline.entries.get(at + lines);
    let before_words = after.is_some_and(|entry| {
        entry.kind == Kind::Open
            && (words::is_prose(outline.text(at + lines))
                || matches!(entry.part, Part::Salutation | Part::Subtitle))
            && entry.class().is_none_or(|class| class == Class::Article)
    });
    let is_signature = words::is_organ(last) && after.is_some_and(|entry| entry.part == Part::Date);
    if is_signature {
        return false;
    }
    if words::ends_in_document_word(last) {
        return !further || after.is_some();
    }
    lines == 1 && before_words && !further
}
