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
    let pairs = || marks.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    if marks.len().is_multiple_of(2) && pairs().all(|(open, close)| is_quotation(line, open, close)) {
        for (open, close) in pairs() {
            edits.replace(open..open + 1, "“");
            edits.replace(close..close + 1, "”");
        }
    }
}

/// Whether two straight marks are a pair of quotes around or beside Chinese.
fn is_quotation(line: &Line<'_>, open: usize, close: usize) -> bool {
    let text = line.text();
    let inside = &text[open + 1..close];
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '=' | '{' | '[');
    let assigned = chars::trim_end(&text[..open]).ends_with(['=', '{', '[']);
    let measure = text[..open].ends_with(sign) || assigned || inside.ends_with('=');
    let spaced = inside.starts_with(chars::is_space) && !text[..open].ends_with(chars::is_space);
    let chinese =
        inside.contains(chars::is_han) || line.is_chinese_before(open) || line.is_chinese_after(close + 1);
    !measure && !spaced && !inside.is_empty() && chinese
}
