use crate::{Action, Pass, Profiles, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "dec-detect-encoding",
    doc: include_str!("dec_detect_encoding.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Elsewhere,
};
