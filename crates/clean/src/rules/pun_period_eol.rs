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
    let text = line.text();
    let body =
        text.trim_end_matches(|c: char| chars::is_space(c) || matches!(c, '”' | '’' | '"' | '」' | '』'));
    let Some(head) = body.strip_suffix('.').map(chars::trim_end) else { return };
    if !line.is_chinese() {
        return;
    }
    let Some(last) = head.chars().next_back() else { return };
    let number = |c: char| "一二三四五六七八九十百〇零（）()第".contains(c) || chars::is_space(c);
    let ends_sentence = chars::is_han(last) || matches!(last, '）' | '》' | '”' | '’' | '%' | '％' | '‰');
    if ends_sentence && !head.chars().all(number) {
        edits.replace(head.len()..body.len(), "。");
    }
}
