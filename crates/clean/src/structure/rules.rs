//! The decisions of pass S, each a rule of its own so that it can be named, explained and switched.

use crate::{Action, Pass, Profiles, Rule};

const fn decision(id: &'static str, doc: &'static str, profiles: Profiles) -> Rule {
    Rule { id, doc, pass: Pass::Structure, profiles, action: Action::Structure }
}

/// A decision and its page.
macro_rules! decision {
    ($id:literal, $page:literal, $profiles:ident) => {
        &decision($id, include_str!(concat!("../rules/", $page, ".md")), Profiles::$profiles)
    };
}

/// The rules of pass S.
pub(crate) static RULES: &[&Rule] = &[
    decision!("hd-enum-paren-width", "hd_enum_paren_width", VISIBLE),
    decision!("hd-enum-space", "hd_enum_space", VISIBLE),
    decision!("hd-enum-dot-width", "hd_enum_dot_width", VISIBLE),
    decision!("hd-enum-redundant-point", "hd_enum_redundant_point", PUBLISH),
    decision!("hd-enum-reference", "hd_enum_reference", ALL),
    decision!("hd-title", "hd_title", ALL),
    decision!("hd-title-join", "hd_title_join", ALL),
    decision!("hd-title-organs", "hd_title_organs", VISIBLE),
    decision!("hd-own-line", "hd_own_line", ALL),
    decision!("hd-run-in", "hd_run_in", VISIBLE),
    decision!("hd-strip-period", "hd_strip_period", VISIBLE),
    decision!("hd-lost-number", "hd_lost_number", ALL),
    decision!("hd-restore-number", "hd_restore_number", PUBLISH),
    decision!("hd-series-items", "hd_series_items", ALL),
    decision!("hd-chapter", "hd_chapter", ALL),
    decision!("hd-decimal", "hd_decimal", ALL),
    decision!("hd-outline", "hd_outline", ALL),
    decision!("hd-look", "hd_look", ALL),
    decision!("hd-inline-ordinal", "hd_inline_ordinal", ALL),
    decision!("hd-levels", "hd_levels", ALL),
    decision!("st-front-matter", "st_front_matter", ALL),
    decision!("st-salutation", "st_salutation", ALL),
    decision!("st-signature", "st_signature", ALL),
    decision!("st-attachment", "st_attachment", ALL),
    decision!("st-imprint", "st_imprint", ALL),
    decision!("st-table", "st_table", ALL),
    decision!("st-list", "st_list", ALL),
];
