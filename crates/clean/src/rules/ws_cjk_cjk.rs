use super::support::gaps;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-cjk-cjk",
    doc: include_str!("ws_cjk_cjk.md"),
    pass: Pass::Lines,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::SPACE, apply),
};

/// Chunks up to this long, and nothing else on a line, are a list of names.
const NAME: usize = 4;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if text.split(' ').all(|chunk| chunk.chars().count() <= NAME) {
        return;
    }
    for gap in gaps(text) {
        let han = chars::is_han(gap.before) && chars::is_han(gap.after);
        if han && gap.range.len() == 1 && !is_number(&text[..gap.range.start]) {
            edits.delete(gap.range);
        }
    }
}

/// Whether what stands before a space numbers what follows: 第一章, 第三条, 表二.
fn is_number(head: &str) -> bool {
    let word = head.rsplit(chars::is_space).next().unwrap_or(head);
    let numeral = |c: char| "〇零一二三四五六七八九十百千".contains(c);
    let ordinal = word.starts_with('第')
        && word.ends_with(['编', '章', '节', '条', '款', '项', '部', '分', '篇', '卷']);
    let labelled = ["附件", "附表", "图", "表", "例"].iter().any(|label| {
        word.strip_prefix(label).is_some_and(|rest| !rest.is_empty() && rest.chars().all(numeral))
    });
    ordinal || labelled
}
