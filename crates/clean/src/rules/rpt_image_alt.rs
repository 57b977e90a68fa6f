use super::art_image_alt::{LONGEST, is_made_by_machine};
use super::support;
use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-image-alt",
    doc: include_str!("rpt_image_alt.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Check(Classes::BRACKET, look),
};

fn look(line: &Line<'_>, findings: &mut Findings) {
    for mark in support::tika_marks(line.text(), "[image:", LONGEST) {
        let words = mark.name.trim();
        if !is_made_by_machine(words) {
            findings.push(mark.range.start, format!("a picture was here: “{words}”"));
        }
    }
}
