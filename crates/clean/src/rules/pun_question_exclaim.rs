use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-question-exclaim",
    doc: include_str!("pun_question_exclaim.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::ASK, apply),
};

/// Particles and question words that end a question: after them even `??` is a mark, not a loss.
const ASKING: &str = "吗呢么吧啊呀嘛何谁哪几样";

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find(['?', '!']) {
        let start = from + skip;
        from = text[start..].find(|c| c != '?' && c != '!').map_or(text.len(), |length| start + length);
        let marks = &text[start..from];
        if line.is_chinese_before(start) && !text[from..].starts_with('=') && !is_loss(line, start, marks) {
            let full = marks.chars().map(|c| if c == '?' { '？' } else { '！' }).collect::<String>();
            edits.replace(line.with_spaces(start..from), full);
        }
    }
}

/// Whether question marks stand where characters were lost: several between two ideographs, the first of which
/// does not end a question.
fn is_loss(line: &Line<'_>, start: usize, marks: &str) -> bool {
    let (text, end) = (line.text(), start + marks.len());
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    marks.len() > 1
        && marks.bytes().all(|mark| mark == b'?')
        && before.is_some_and(|c| chars::is_han(c) && !ASKING.contains(c))
        && after.is_some_and(chars::is_han)
}
