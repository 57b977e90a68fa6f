use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-quote-straight",
    doc: include_str!("pun_quote_straight.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::QUOTE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let marks: Vec<usize> =
        text.match_indices('"').map(|(at, _)| at).filter(|at| !line.is_protected(*at)).collect();
    if marks.len() % 2 != 0 || !marks.chunks_exact(2).all(|pair| is_quotation(line, pair[0], pair[1])) {
        return;
    }
    for pair in marks.chunks_exact(2) {
        edits.replace(pair[0]..pair[0] + 1, "“");
        edits.replace(pair[1]..pair[1] + 1, "”");
    }
}

/// Whether two straight quotes hold or touch Chinese, and neither is the sign of an inch or of an attribute.
fn is_quotation(line: &Line<'_>, open: usize, close: usize) -> bool {
    let text = line.text();
    let measure = |at: usize| {
        text[..at].ends_with('=') || at == open && text[..at].ends_with(|c: char| c.is_ascii_digit())
    };
    let chinese = text[open + 1..close].contains(chars::is_han)
        || line.is_chinese_before(open)
        || line.is_chinese_after(close + 1);
    close > open + 1 && chinese && !measure(open) && !measure(close)
}
