//! All rules, one file and one page each, in the order they run.
//!
//! One section per pass: the modules, then the rules in order. Rules that move lines and find structure stand
//! in [`lines`] and [`structure`]; their pages are here.

use crate::{Rule, lines, structure};

mod support;

/// Every rule, in the order they run.
static PASSES: [&[&Rule]; 10] = [
    DECODING,
    CONTROLS,
    ARTIFACTS,
    lines::rules::FURNITURE,
    CODE_POINTS,
    SPACES,
    lines::rules::LINES,
    PUNCTUATION,
    structure::rules::RULES,
    REPORT,
];

// Pass D: what a wrong decoding left.
static DECODING: &[&Rule] = &[];

// Pass C: controls and invisible characters.
static CONTROLS: &[&Rule] = &[];

// Pass A: what an extractor left in one line; page furniture follows.
mod art_bookmark;
static ARTIFACTS: &[&Rule] = &[&art_bookmark::RULE];

// Pass N: code points.
static CODE_POINTS: &[&Rule] = &[];

// Pass L: spaces; joining lines follows.
static SPACES: &[&Rule] = &[];

// Pass P: punctuation.
static PUNCTUATION: &[&Rule] = &[];

// Checks that only report.
static REPORT: &[&Rule] = &[];

/// Every rule, in the order they run.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    PASSES.iter().flat_map(|pass| pass.iter().copied())
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}
