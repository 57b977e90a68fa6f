//! The cleaning rules of qingwen: a [`Document`](qingwen_model::Document) in, a cleaner one out, and a ledger of every change.
//!
//! A rule is a constant ([`Rule`]) with a page of documentation beside it, whose examples are its tests. All
//! rules stand in one ordered list ([`rules`]); a [`Profile`] is a set of their ids. Rules ask for edits;
//! applying them, keeping code and links out of reach and writing the ledger are the engine's business.

mod chars;
mod classes;
mod engine;
mod line;
mod lines;
mod literal;
mod profile;
mod rule;
mod rules;
mod scan;
mod structure;
mod texts;
#[cfg(test)]
mod work_tests;

pub use classes::Classes;
pub use engine::{CleanOptions, clean, only, opposite};
pub use line::{Findings, Line};
pub use profile::{Profile, Profiles};
pub use rule::{Action, Pass, Rule};
pub use rules::{rule, rules};

/// The number that a paragraph begins with as people write it, with its signs: `第三十六条`, `（一）`, `1.2`. What
/// only looks like one, as `一、二、三产业` does, is none.
///
/// ```
/// assert_eq!(qingwen_clean::number("第三十六条　本条例自发布之日起施行。"), Some("第三十六条"));
/// assert_eq!(qingwen_clean::number("第三条例的规定"), None);
/// ```
pub fn number(paragraph: &str) -> Option<&str> {
    let found = structure::enumerator::parse(paragraph)?;
    paragraph.get(found.start..found.end)
}
