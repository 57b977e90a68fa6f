//! The rules of lines and of page furniture.

use super::{broken, contents, furniture, small, unwrap};
use crate::{Action, Pass, Profiles, Rule};
use qingwen_model::{Document, Log};

type Apply = fn(&mut Document, &mut Log);

const fn furniture(id: &'static str, doc: &'static str, profiles: Profiles, apply: Apply) -> Rule {
    Rule { id, doc, pass: Pass::Artifacts, profiles, action: Action::Document(apply) }
}

const fn lines(id: &'static str, doc: &'static str, apply: Apply) -> Rule {
    Rule { id, doc, pass: Pass::Lines, profiles: Profiles::ALL, action: Action::Document(apply) }
}

/// The rules of page furniture, in order: numbers first, so that the header is what is left at the edge.
pub(crate) static FURNITURE: &[&Rule] = &[
    &furniture(
        "art-page-number",
        include_str!("../rules/art_page_number.md"),
        Profiles::ALL,
        furniture::page_numbers,
    ),
    &furniture(
        "art-running-header",
        include_str!("../rules/art_running_header.md"),
        Profiles::ALL,
        furniture::running_headers,
    ),
    &furniture("art-toc", include_str!("../rules/art_toc.md"), Profiles::VISIBLE, contents::apply),
];

/// `ln-hyphenation` where `ln-unwrap` does not come after it.
pub(crate) static HYPHENATION_ALONE: &Rule =
    &lines("ln-hyphenation", include_str!("../rules/ln_hyphenation.md"), small::hyphenation_of_lines);

/// The rules of lines, in order.
pub(crate) static LINES: &[&Rule] = &[
    &lines("ln-vertical", include_str!("../rules/ln_vertical.md"), small::vertical),
    &lines("ln-hyphenation", include_str!("../rules/ln_hyphenation.md"), small::hyphenation),
    &lines("ln-unwrap", include_str!("../rules/ln_unwrap.md"), unwrap::apply),
    &lines("ln-join-broken", include_str!("../rules/ln_join_broken.md"), broken::apply),
    &lines("ln-blank", include_str!("../rules/ln_blank.md"), small::blank),
];
