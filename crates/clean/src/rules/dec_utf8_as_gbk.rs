use super::support::mojibake;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use encoding_rs::GBK;
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "dec-utf8-as-gbk",
    doc: include_str!("dec_utf8_as_gbk.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::HAN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let Some(first) = text.chars().find(|c| !c.is_ascii()) else { return };
    // The first character of sound text hardly ever looks like the lead of three bytes of UTF-8.
    if !mojibake::may_be_utf8(first) {
        return;
    }
    if let Some(fixed) = repaired(text) {
        edits.replace(0..text.len(), fixed);
    }
}

/// What the line was before its UTF-8 was taken for GBK, where that is beyond doubt.
fn repaired(text: &str) -> Option<String> {
    if text.chars().filter(|c| chars::is_han(*c)).count() < 3 {
        return None;
    }
    let (bytes, _, lossy) = GBK.encode(text);
    let fixed = std::str::from_utf8(&bytes).ok().filter(|_| !lossy)?;
    let sound = |c: char| c.is_ascii() || mojibake::gbk(c).is_some_and(|pair| mojibake::is_gb2312(&pair));
    // ASCII is itself in both readings, however much of the line it is.
    let beyond: String = fixed.chars().filter(|c| !c.is_ascii()).collect();
    let han = fixed.chars().filter(|c| chars::is_han(*c)).count();
    (han >= 2 && fixed.chars().all(sound) && mojibake::is_mostly_chinese(&beyond)).then(|| fixed.to_owned())
}
