//! All rules, one file and one page each, in the order they run.
//!
//! One section per pass: the modules, then the rules in order. Rules that move lines and find structure stand
//! in [`lines`] and [`structure`]; their pages are here.

use crate::{Rule, lines, structure};

pub(crate) mod support;

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
mod dec_bom;
mod dec_detect_encoding;
mod dec_gb_pua;
mod dec_gbk_as_latin1;
mod dec_html_entity;
mod dec_utf8_as_gbk;
mod dec_utf8_as_latin1;
static DECODING: &[&Rule] = &[
    &dec_detect_encoding::RULE,
    &dec_bom::RULE,
    &dec_utf8_as_latin1::RULE,
    &dec_gbk_as_latin1::RULE,
    &dec_utf8_as_gbk::RULE,
    &dec_gb_pua::RULE,
    &dec_html_entity::RULE,
];

// Pass C: controls and invisible characters.
mod ctl_bidi;
mod ctl_newline;
mod ctl_object_char;
mod ctl_soft_hyphen;
mod ctl_strip;
mod ctl_word_cell;
mod ctl_word_field_chars;
mod ctl_word_hyphen;
mod ctl_zero_width;
static CONTROLS: &[&Rule] = &[
    &ctl_newline::RULE,
    &ctl_word_field_chars::RULE,
    &ctl_word_cell::RULE,
    &ctl_word_hyphen::RULE,
    &ctl_strip::RULE,
    &ctl_zero_width::RULE,
    &ctl_bidi::RULE,
    &ctl_soft_hyphen::RULE,
    &ctl_object_char::RULE,
];

// Pass A: what an extractor left in one line; page furniture follows.
mod art_bookmark;
mod art_checkbox;
mod art_field_code;
mod art_field_error;
mod art_footnote_ref;
mod art_image_alt;
mod art_overstrike;
mod art_pic_mark;
mod art_revision_note;
mod art_web_chrome;
static ARTIFACTS: &[&Rule] = &[
    &art_bookmark::RULE,
    &art_image_alt::RULE,
    &art_checkbox::RULE,
    &art_field_code::RULE,
    &art_field_error::RULE,
    &art_pic_mark::RULE,
    &art_revision_note::RULE,
    &art_web_chrome::RULE,
    &art_overstrike::RULE,
    &art_footnote_ref::RULE,
];

// Pass N: code points.
mod cp_compat_ideograph;
mod cp_dash;
mod cp_ellipsis;
mod cp_fullwidth_alnum;
mod cp_fullwidth_numpunct;
mod cp_halfwidth_cjk;
mod cp_ligature;
mod cp_middle_dot;
mod cp_radical;
mod cp_small_form;
mod cp_time_colon;
mod cp_vertical_form;
mod cp_wave_dash;
mod cp_year_circle;
static CODE_POINTS: &[&Rule] = &[
    &cp_radical::RULE,
    &cp_compat_ideograph::RULE,
    &cp_vertical_form::RULE,
    &cp_small_form::RULE,
    &cp_halfwidth_cjk::RULE,
    &cp_ligature::RULE,
    &cp_fullwidth_alnum::RULE,
    &cp_fullwidth_numpunct::RULE,
    &cp_time_colon::RULE,
    &cp_ellipsis::RULE,
    &cp_dash::RULE,
    &cp_middle_dot::RULE,
    &cp_wave_dash::RULE,
    &cp_year_circle::RULE,
];

// Pass L: spaces; joining lines follows.
mod ws_bracket_inner;
mod ws_cjk_cjk;
mod ws_cjk_digit;
mod ws_cjk_latin_insert;
mod ws_collapse;
mod ws_exotic;
mod ws_fullwidth_adjacent;
mod ws_ideographic;
mod ws_letterspacing;
mod ws_trim;
static SPACES: &[&Rule] = &[
    &ws_trim::RULE,
    &ws_exotic::RULE,
    &ws_ideographic::RULE,
    &ws_collapse::RULE,
    &ws_letterspacing::RULE,
    &ws_fullwidth_adjacent::RULE,
    &ws_bracket_inner::RULE,
    &ws_cjk_digit::RULE,
    &ws_cjk_cjk::RULE,
    &ws_cjk_latin_insert::RULE,
];

// Pass P: punctuation.
mod pun_colon;
mod pun_comma;
mod pun_corner_quote;
mod pun_docnum;
mod pun_duplicate;
mod pun_event_dot;
mod pun_fullwidth_in_english;
mod pun_paren;
mod pun_period_eol;
mod pun_period_mid;
mod pun_question_exclaim;
mod pun_quote_direction;
mod pun_quote_straight;
mod pun_range_dash;
mod pun_semicolon;
mod pun_title_ascii;
mod pun_title_nest;
mod pun_title_nest_double;
static PUNCTUATION: &[&Rule] = &[
    &pun_docnum::RULE,
    &pun_title_ascii::RULE,
    &pun_title_nest::RULE,
    &pun_title_nest_double::RULE,
    &pun_paren::RULE,
    &pun_quote_straight::RULE,
    &pun_quote_direction::RULE,
    &pun_corner_quote::RULE,
    &pun_comma::RULE,
    &pun_semicolon::RULE,
    &pun_colon::RULE,
    &pun_question_exclaim::RULE,
    &pun_period_eol::RULE,
    &pun_period_mid::RULE,
    &pun_duplicate::RULE,
    &pun_range_dash::RULE,
    &pun_event_dot::RULE,
    &pun_fullwidth_in_english::RULE,
];

// Checks that only report.
mod md_escape;
mod rpt_cid;
mod rpt_duplicate_word;
mod rpt_image_alt;
mod rpt_lossy_marker;
mod rpt_ocr_suspect;
mod rpt_series_gap;
mod rpt_unbalanced;
static REPORT: &[&Rule] = &[
    &md_escape::RULE,
    &rpt_lossy_marker::RULE,
    &rpt_ocr_suspect::RULE,
    &rpt_duplicate_word::RULE,
    &rpt_cid::RULE,
    &rpt_image_alt::RULE,
    &rpt_unbalanced::RULE,
    &rpt_series_gap::RULE,
];

/// Every rule, in the order they run.
///
/// ```
/// assert!(qingwen_clean::rules().any(|rule| rule.id == "art-bookmark"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    PASSES.iter().flat_map(|pass| pass.iter().copied())
}

/// The rule of an id.
///
/// ```
/// assert!(qingwen_clean::rule("pun-comma").is_some() && qingwen_clean::rule("pun-coma").is_none());
/// ```
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}
