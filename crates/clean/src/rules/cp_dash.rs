use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars, literal};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-dash",
    doc: include_str!("cp_dash.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::HYPHEN.or(Classes::LINE), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let start = literal::within_margins(text).start;
    let signs = [('-', Classes::HYPHEN), ('－', Classes::HYPHEN), ('―', Classes::LINE), ('─', Classes::LINE)];
    for (sign, _) in signs.into_iter().filter(|(_, class)| line.has(*class)) {
        for run in support::runs_of(text, sign) {
            let count = run.len() / sign.len_utf8();
            let at_start = run.start <= start;
            let between = at_start || line.is_chinese_before(run.start);
            // Hyphens at the end of a line may stand for a value that is missing.
            let at_end = sign == '―' && !at_start && chars::trim_start(&text[run.end..]).is_empty();
            if (2..=4).contains(&count) && between && (at_end || line.is_chinese_after(run.end)) {
                edits.replace(run, "——");
            } else if count == 1 && sign == '―' {
                edits.replace(run, "—");
            }
        }
    }
}
