use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-zero-width",
    doc: include_str!("ctl_zero_width.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::ZERO_WIDTH, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let width = |c: char| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{180e}' | '\u{34f}');
    // What stands before and after a run of characters without width, and where the run ends.
    let (mut before, mut after, mut run_end) = (None, None, 0);
    for (at, c) in text.char_indices() {
        if width(c) {
            before = Some(c);
            continue;
        }
        if at >= run_end {
            run_end = text[at..].find(width).map_or(text.len(), |length| at + length);
            after = text[run_end..].chars().next();
        }
        let joiner = matches!(c, '\u{200c}' | '\u{200d}' | '\u{180e}');
        if !(joiner && joins(c, before, after)) {
            edits.delete(at..at + c.len_utf8());
        }
    }
}

/// Whether a joiner stands where a script or an emoji needs it.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    // Arabic to Sinhala and Mongolian letters change their shape at a joiner.
    let shaped = |c| matches!(c, '\u{600}'..='\u{dff}' | '\u{1800}'..='\u{18af}');
    shaped(before) || shaped(after) || c == '\u{200d}' && is_emoji(before) && is_emoji(after)
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
