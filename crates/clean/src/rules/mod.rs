//! All rules, one file and one page each.

use crate::{Rule, lines, structure};

mod art_bookmark;

/// Every rule, in the order they run.
static RULES: &[&Rule] = &[&art_bookmark::RULE];

/// Every rule, in the order they run.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .copied()
        .chain(lines::rules::FURNITURE.iter().copied())
        .chain(lines::rules::LINES.iter().copied())
        .chain(structure::rules::RULES.iter().copied())
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}
