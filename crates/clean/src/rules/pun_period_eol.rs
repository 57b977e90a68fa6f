use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-period-eol",
    doc: include_str!("pun_period_eol.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::DOT, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text().trim_end();
    let body = text.trim_end_matches(['”', '’', '"', '）', ')', '」', '』']);
    let Some(head) = body.strip_suffix('.') else { return };
    let Some(last) = head.chars().next_back() else { return };
    let ends_sentence = chars::is_han(last) || matches!(last, '）' | '》' | '”' | '’');
    if ends_sentence && !is_enumerator(head) {
        edits.replace(head.len()..head.len() + 1, "。");
    }
}

/// Whether all there is is a number: `一.`
fn is_enumerator(head: &str) -> bool {
    head.trim_start().chars().all(|c| "〇零一二三四五六七八九十百（）()第".contains(c))
}
