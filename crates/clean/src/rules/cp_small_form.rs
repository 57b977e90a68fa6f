use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-small-form",
    doc: include_str!("cp_small_form.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::FORM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| TABLE.iter().find(|(form, _)| *form == c).map(|(_, with)| *with));
}

static TABLE: [(char, &str); 14] = [
    ('﹐', "，"),
    ('﹑', "、"),
    ('﹒', "．"),
    ('﹔', "；"),
    ('﹕', "："),
    ('﹖', "？"),
    ('﹗', "！"),
    ('﹘', "—"),
    ('﹙', "（"),
    ('﹚', "）"),
    ('﹛', "｛"),
    ('﹜', "｝"),
    ('﹝', "〔"),
    ('﹞', "〕"),
];
