use crate::{Action, Classes, Line, Pass, Profiles, Rule, literal};
use qingwen_model::Edits;
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule {
    id: "dec-html-entity",
    doc: include_str!("dec_html_entity.md"),
    pass: Pass::Decoding,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::AMPERSAND, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for (range, body) in literal::references(line.text()) {
        if !line.is_inside_literal(&range)
            && let Some(with) = stands_for(body)
        {
            edits.replace(range, with);
        }
    }
}

fn stands_for(body: &str) -> Option<Cow<'static, str>> {
    let Some(number) = body.strip_prefix('#') else {
        return NAMES.iter().find(|(name, _)| *name == body).map(|(_, with)| Cow::Borrowed(*with));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = char::from_u32(code).filter(|c| !c.is_control())?;
    Some(if c == '\u{a0}' { Cow::Borrowed(" ") } else { Cow::Owned(c.to_string()) })
}

/// The names that text taken from web pages has; all lower case.
static NAMES: [(&str, &str); 48] = [
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("cent", "¢"),
    ("copy", "©"),
    ("deg", "°"),
    ("divide", "÷"),
    ("emsp", " "),
    ("ensp", " "),
    ("euro", "€"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("ge", "≥"),
    ("gt", ">"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("larr", "←"),
    ("ldquo", "“"),
    ("le", "≤"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("micro", "µ"),
    ("middot", "·"),
    ("minus", "−"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("ne", "≠"),
    ("para", "¶"),
    ("permil", "‰"),
    ("plusmn", "±"),
    ("pound", "£"),
    ("prime", "′"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rarr", "→"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rsquo", "’"),
    ("sect", "§"),
    ("shy", ""),
    ("sup2", "²"),
    ("sup3", "³"),
    ("thinsp", " "),
    ("times", "×"),
    ("trade", "™"),
    ("yen", "¥"),
];
