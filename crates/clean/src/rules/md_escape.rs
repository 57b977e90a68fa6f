use crate::{Action, Pass, Profiles, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "md-escape",
    doc: include_str!("md_escape.md"),
    pass: Pass::Structure,
    profiles: Profiles::ALL,
    action: Action::Elsewhere,
};
