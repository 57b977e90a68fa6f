use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "dec-gb-pua",
    doc: include_str!("dec_gb_pua.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::PRIVATE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| {
        let found = TABLE.binary_search_by_key(&c, |(private, _)| *private).ok()?;
        Some(TABLE[found].1)
    });
}

/// Private use code points of older GBK and GB 18030 tables, and what GB 18030-2022 has in their place.
static TABLE: [(char, &str); 28] = [
    ('\u{e5e5}', "\u{3000}"),
    ('\u{e78d}', "\u{fe10}"),
    ('\u{e78e}', "\u{fe12}"),
    ('\u{e78f}', "\u{fe11}"),
    ('\u{e790}', "\u{fe13}"),
    ('\u{e791}', "\u{fe14}"),
    ('\u{e792}', "\u{fe15}"),
    ('\u{e793}', "\u{fe16}"),
    ('\u{e794}', "\u{fe17}"),
    ('\u{e795}', "\u{fe18}"),
    ('\u{e796}', "\u{fe19}"),
    ('\u{e7c7}', "\u{1e3f}"),
    ('\u{e7c8}', "\u{1f9}"),
    ('\u{e816}', "\u{20087}"),
    ('\u{e817}', "\u{20089}"),
    ('\u{e818}', "\u{200cc}"),
    ('\u{e81e}', "\u{9fb4}"),
    ('\u{e826}', "\u{9fb5}"),
    ('\u{e82b}', "\u{9fb6}"),
    ('\u{e82c}', "\u{9fb7}"),
    ('\u{e831}', "\u{215d7}"),
    ('\u{e832}', "\u{9fb8}"),
    ('\u{e83b}', "\u{2298f}"),
    ('\u{e843}', "\u{9fb9}"),
    ('\u{e854}', "\u{9fba}"),
    ('\u{e855}', "\u{241fe}"),
    ('\u{e864}', "\u{9fbb}"),
    ('\u{f8f5}', "\u{3000}"),
];
