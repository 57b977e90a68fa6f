use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-word-field-chars",
    doc: include_str!("ctl_word_field_chars.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::FIELD, apply),
};

const BEGIN: char = '\u{13}';
const MIDDLE: char = '\u{14}';
const END: char = '\u{15}';

fn apply(line: &Line<'_>, edits: &mut Edits) {
    // Fields that are open: where each began, and whether its result has begun.
    let mut open: Vec<(usize, bool)> = Vec::new();
    // What goes, in order; an outer code swallows what lies in it.
    let mut goes: Vec<Range<usize>> = Vec::new();
    let mut swallow = |range: Range<usize>| {
        while goes.last().is_some_and(|last| last.start >= range.start) {
            goes.pop();
        }
        goes.push(range);
    };
    for (at, c) in line.text().char_indices().filter(|(_, c)| matches!(*c, BEGIN | MIDDLE | END)) {
        match c {
            BEGIN => open.push((at, false)),
            MIDDLE => match open.last_mut() {
                Some((start, result @ false)) => {
                    *result = true;
                    swallow(*start..at + 1);
                }
                _ => swallow(at..at + 1),
            },
            _ => match open.pop() {
                Some((start, false)) => swallow(start..at + 1),
                _ => swallow(at..at + 1),
            },
        }
    }
    // A code that no line here ends: the mark goes, the words stay to be seen.
    open.iter().filter(|(_, result)| !result).for_each(|(start, _)| {
        edits.delete(*start..start + 1);
    });
    for range in goes {
        edits.delete(range);
    }
}
