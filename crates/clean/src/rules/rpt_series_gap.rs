use crate::structure::enumerator::{self, Class};
use crate::{Action, Pass, Profiles, Rule};
use qingwen_model::{Diagnostic, Document, Kind, Log};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-series-gap",
    doc: include_str!("rpt_series_gap.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Report(look),
};

fn look(document: &Document, log: &mut Log) {
    // The last number of each class, in the order the classes nest.
    let mut last: Vec<(Class, u32)> = Vec::new();
    for block in &document.blocks {
        let Some(found) = block.text().and_then(enumerator::of) else { continue };
        if !SERIES.contains(&found.class) {
            continue;
        }
        let before = last.iter().find(|(class, _)| *class == found.class).map(|(_, number)| *number);
        // An item ends the series within it, and begins its own anew at 1.
        last.retain(|(class, _)| *class < found.class);
        last.push((found.class, found.number));
        let what = match before {
            _ if found.number == 1 => continue,
            Some(before) if found.number == before + 1 => continue,
            Some(before) if found.number == before => format!("the series has {before} twice"),
            Some(before) => format!("the series goes from {before} to {}", found.number),
            None => format!("the series begins with {}", found.number),
        };
        log.push(Diagnostic { code: RULE.id, kind: Kind::Guessed(what), mark: block.mark, column: 1 });
    }
}

/// Classes whose numbers rise by one; decimals and articles go their own ways.
const SERIES: [Class; 8] = [
    Class::Chapter,
    Class::Section,
    Class::Han,
    Class::HanParen,
    Class::Arabic,
    Class::ArabicParen,
    Class::ArabicRight,
    Class::Circled,
];
