use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-question-exclaim",
    doc: include_str!("pun_question_exclaim.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::ASK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let mark = |c: char| matches!(c, '?' | '!');
    let mut from = 0;
    while let Some(skip) = memchr::memchr2(b'?', b'!', &text.as_bytes()[from..]) {
        let start = from + skip;
        from = text.len() - text[start..].trim_start_matches(mark).len();
        let rest = &text[from..];
        let query = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let code = rest.starts_with('=') || query.len() < rest.len() && query.starts_with('=');
        // Between two Han characters, question marks in a row are what is left of characters that were lost.
        let asks = text[..start].ends_with(['吗', '呢', '吧', '么', '啊', '何', '谁']);
        let lost = text[start..from].starts_with("??") && rest.starts_with(chars::is_han) && !asks;
        if code || lost || !line.is_chinese_before(start) {
            continue;
        }
        let wide: String = text[start..from].chars().map(|c| if c == '?' { '？' } else { '！' }).collect();
        edits.replace(line.with_spaces(start..from), wide);
    }
}
