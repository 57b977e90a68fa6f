//! How enumerators are written: the width of their marks, the space after them. Their numbers stay.

use super::enumerator::{self, Class, Enumerator};
use super::words;
use crate::chars::is_han;
use crate::engine::RuleSet;
use crate::texts;
use qingwen_model::{Body, Document, Edits, Log, Text};

/// What of an enumerator's form is put right.
struct Wanted {
    paren_width: bool,
    dot_width: bool,
    space: bool,
    redundant_point: bool,
}

/// Tidies the enumerators of all paragraphs and headings that are not within tables or lists.
pub(super) fn enumerators(document: &mut Document, rules: &RuleSet, log: &mut Log) {
    let wanted = Wanted {
        paren_width: rules.has("hd-enum-paren-width"),
        dot_width: rules.has("hd-enum-dot-width"),
        space: rules.has("hd-enum-space"),
        redundant_point: rules.has("hd-enum-redundant-point"),
    };
    if !(wanted.paren_width || wanted.dot_width || wanted.space || wanted.redundant_point) {
        return;
    }
    let mut edits = Edits::new();
    for block in &mut document.blocks {
        let mark = block.mark;
        let (Body::Paragraph(text) | Body::Heading(_, text)) = &mut block.body else { continue };
        let Some(found) = enumerator::of(text).or_else(|| first_attachment(text)) else { continue };
        edits.clear();
        let codes = ask(text, found, &wanted, &mut edits);
        for (edit, code) in edits.as_slice().iter().zip(codes) {
            let before = &text.as_str()[edit.range.clone()];
            texts::tell_at(edit.range.start, code, text, mark, [before, &edit.with], log);
        }
        text.replace(&edits);
    }
}

/// The enumerator of the first attachment, which stands after a label: 附件：1.申请表.
fn first_attachment(text: &Text) -> Option<Enumerator> {
    let string = text.as_str();
    let label = words::is_attachment_note(string).then(|| string.find(['：', ':'])).flatten()?;
    let from = label + string[label..].chars().next()?.len_utf8();
    let found = enumerator::parse(&string[from..]).filter(|e| e.class == Class::Arabic)?;
    let Enumerator { start, end, body, .. } = found;
    Some(Enumerator { start: from + start, end: from + end, body: from + body, ..found })
}

/// Asks for the edits of one enumerator, from left to right, and says which rule asks for each.
fn ask(text: &Text, found: Enumerator, wanted: &Wanted, edits: &mut Edits) -> Vec<&'static str> {
    let string = text.as_str();
    let mut codes = Vec::new();
    let mut replace = |edits: &mut Edits, code, range: std::ops::Range<usize>, with: &'static str| {
        if string[range.clone()] != *with && edits.replace(range, with) {
            codes.push(code);
        }
    };
    let bracketed = matches!(found.class, Class::HanParen | Class::ArabicParen);
    let sign = &string[found.start..found.end];
    // `(1) First clause` in an English text is right as it is.
    let chinese = found.class == Class::HanParen || string[found.end..].chars().any(is_han);
    if bracketed && chinese && wanted.paren_width && sign.ends_with(['）', ')']) {
        let open = sign.chars().next().map_or(0, char::len_utf8);
        let close = sign.chars().next_back().map_or(0, char::len_utf8);
        replace(edits, "hd-enum-paren-width", found.start..found.start + open, "（");
        replace(edits, "hd-enum-paren-width", found.end - close..found.end, "）");
    }
    if found.class == Class::Arabic && wanted.dot_width && sign.ends_with('．') {
        replace(edits, "hd-enum-dot-width", found.end - '．'.len_utf8()..found.end, ".");
    }
    let mut end = found.end;
    if bracketed && wanted.redundant_point && string[end..].starts_with('、') {
        replace(edits, "hd-enum-redundant-point", end..end + '、'.len_utf8(), "");
        end += '、'.len_utf8();
    }
    let spaces = string[end..].len() - string[end..].trim_start().len();
    let next = string[end + spaces..].chars().next();
    let before_chinese = next.is_some_and(|c| is_han(c) || "“‘《〈（「『【".contains(c));
    if wanted.space && spaces > 0 && before_chinese {
        let one = found.class.is_division() || matches!(found.class, Class::Article | Class::Decimal);
        replace(edits, "hd-enum-space", end..end + spaces, if one { " " } else { "" });
    }
    codes
}
