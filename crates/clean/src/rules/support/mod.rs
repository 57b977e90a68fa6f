//! What several rules share.

pub(crate) mod fields;
pub(crate) mod mojibake;
pub(crate) mod unicode;

use crate::{Line, chars, scan, texts};
use qingwen_model::{Edits, Log, Mark, Text};
use std::ops::Range;

/// Asks for every character that `map` knows to be replaced: never a common ideograph or a printable character of
/// ASCII, which are passed over.
pub(crate) fn replace_chars(line: &Line<'_>, edits: &mut Edits, map: impl Fn(char) -> Option<&'static str>) {
    let text = line.text();
    let mut replace = |at: usize| {
        let c = text[at..].chars().next().unwrap_or_default();
        if let Some(with) = map(c) {
            edits.replace(at..at + c.len_utf8(), with);
        }
    };
    scan::others(text.as_bytes(), 0, |at, [lead, ..]| {
        if !matches!(lead, b' '..=b'~') {
            replace(at);
        }
    });
}

/// Asks for every run of characters for which `goes` is true to be deleted.
pub(crate) fn delete_chars(line: &Line<'_>, edits: &mut Edits, goes: impl Fn(char) -> bool) {
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find(&goes) {
        let start = from + skip;
        from = text[start..].find(|c| !goes(c)).map_or(text.len(), |length| start + length);
        edits.delete(start..from);
    }
}

/// A mark in square brackets that an extractor left, such as `[bookmark: NAME]`.
pub(crate) struct TikaMark<'a> {
    pub(crate) range: Range<usize>,
    /// What stands after the colon, one space excepted.
    pub(crate) name: &'a str,
}

/// All marks that begin with `sign`, whose name has no closing bracket and at most `longest` characters.
pub(crate) fn tika_marks<'a>(
    text: &'a str,
    sign: &str,
    longest: usize,
) -> impl Iterator<Item = TikaMark<'a>> {
    text.match_indices(sign).filter_map(move |(start, sign)| {
        let rest = &text[start + sign.len()..];
        let (length, _) = rest.char_indices().take(longest + 2).find(|(_, c)| *c == ']')?;
        let name = &rest[..length];
        let name = name.strip_prefix(' ').unwrap_or(name);
        let fits = name.chars().count() <= longest && !name.contains('\n');
        fits.then_some(TikaMark { range: start..start + sign.len() + length + 1, name })
    })
}

/// Applies edits on behalf of a rule that looks at the whole document, and writes the ledger.
pub(crate) fn apply(id: &'static str, text: &mut Text, mark: Mark, edits: &Edits, log: &mut Log) {
    texts::replace(id, text, mark, edits, log);
}

/// The longest runs of one character.
pub(crate) fn runs_of(text: &str, sign: char) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + find(&text[from..], sign)?;
        from = text.len() - text[start..].trim_start_matches(sign).len();
        Some(start..from)
    })
}

/// Whether a wide gap is a blank to fill in: between the colon of a label and the next label, as where parties sign.
pub(crate) fn is_blank(text: &str, gap: &Range<usize>) -> bool {
    let is_wide = text[gap.clone()].chars().count() >= 2;
    is_wide && text[..gap.start].ends_with(['：', ':']) && is_label(&text[gap.end..])
}

/// Whether a gap stands between what a label says and the next label: 电话：6321 联系人：王五.
pub(crate) fn parts_labels(text: &str, gap: &Range<usize>) -> bool {
    let next = &text[gap.end..];
    if !next.starts_with(chars::is_han) || !is_label(next) {
        return false;
    }
    // Looked for from the gap: the label before it is near.
    let head = &text[..gap.start];
    let mark = head.rfind(['：', ':', '，', '。', '；', ',', ';']);
    mark.is_some_and(|mark| head[mark..].starts_with(['：', ':']) && !head.ends_with(['：', ':']))
}

/// Whether a text begins with a label and its colon: 联系电话：.
pub(crate) fn is_label(text: &str) -> bool {
    const LONGEST: usize = 10;
    let is_part = |c: &char| chars::is_han(*c) || matches!(c, '（' | '）' | '(' | ')');
    let count = text.chars().take(LONGEST + 1).position(|c| !is_part(&c)).unwrap_or(0);
    count >= 2 && matches!(text.chars().nth(count), Some('：' | ':'))
}

/// Where a mark of punctuation stands first.
fn find(text: &str, sign: char) -> Option<usize> {
    match sign.encode_utf8(&mut [0; 4]).as_bytes() {
        [byte] => memchr::memchr(*byte, text.as_bytes()),
        [first, second, third] => scan::find(text.as_bytes(), [*first, *second, *third]),
        _ => text.find(sign),
    }
}

/// Where the marker or the label ends that a line begins with and that a space follows: `-`, `##`, `2.`, 第三章,
/// 表 4, 附件2. 0 where there is none.
pub(crate) fn label_end(text: &str) -> usize {
    let body = chars::trim_start(text);
    let skipped = text.len() - body.len();
    let number = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c);
    let length = if body.starts_with(['-', '*', '+', '>', '#', '•']) {
        body.len() - body.trim_start_matches(['#', '-', '*', '+', '>', '•']).len()
    } else if let Some(rest) = body.strip_prefix('第') {
        let after = rest.trim_start_matches(|c| number(c) || chars::is_space(c));
        let unit = ["编", "部分", "章", "节", "条"].iter().find(|unit| after.starts_with(**unit));
        unit.filter(|_| after.len() < rest.len()).map_or(0, |unit| body.len() - after.len() + unit.len())
    } else if body.starts_with(|c: char| c.is_ascii_digit()) {
        let after = body.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let after = after.strip_prefix(')').unwrap_or(after);
        let label = &body[..body.len() - after.len()];
        if label.contains('.') || label.ends_with(')') { label.len() } else { 0 }
    } else {
        let captions = ["图表", "图", "表", "附图", "附表", "附件", "附录", "公式", "专栏"];
        let rest = captions.iter().find_map(|caption| body.strip_prefix(caption)).unwrap_or_default();
        let digits = chars::trim_start(rest);
        let after = digits.trim_start_matches(|c: char| number(c) || matches!(c, '.' | '-'));
        if after.len() < digits.len() { body.len() - after.len() } else { 0 }
    };
    let (label, rest) = body.split_at(length);
    let is_mention = chars::trim_start(rest).starts_with(['，', '。', '、', '；', '：', '？', '！'])
        || goes_on_counting(label, chars::trim_start(rest))
        // A caption is no sentence.
        || label.starts_with(|c: char| c != '第' && chars::is_han(c)) && chars::has_mark(rest, ['。', '，']);
    if length == 0 || is_mention { 0 } else { skipped + length }
}

/// Whether what follows the label of a caption names another of its kind: 表 1 和表 2, 附件 1 至 3.
fn goes_on_counting(label: &str, rest: &str) -> bool {
    let kind = &label[..label.find(|c| !chars::is_han(c)).unwrap_or(label.len())];
    let next = ["和", "及", "与", "至", "到", "或", "以及"].iter().find_map(|word| rest.strip_prefix(word));
    next.map(chars::trim_start).is_some_and(|next| {
        !kind.is_empty() && next.starts_with(kind) || next.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether what stands before the byte at `at` is a percentage, or a number that follows a Chinese character.
pub(crate) fn ends_in_chinese_number(line: &Line<'_>, at: usize) -> bool {
    let head = chars::trim_end(&line.text()[..at]);
    let number = head.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '‰' | ':' | '-' | '/' | '~')
    });
    let digits = head[number.len()..].bytes().any(|b| b.is_ascii_digit());
    digits && (head.ends_with(['%', '‰']) || line.is_chinese_before(number.len()))
}

/// Asks for edits that were found in any order. [`Edits`] takes them in rising order at no cost, and otherwise
/// moves those behind each: brackets in brackets would take time that grows with the square.
pub(crate) fn replace_all(edits: &mut Edits, mut found: Vec<(Range<usize>, &'static str)>) {
    found.sort_unstable_by_key(|(range, _)| (range.start, range.end));
    for (range, with) in found {
        edits.replace(range, with);
    }
}

/// Whether what follows a colon or a semicolon is the mouth of a face, not text. A bracket that is closed later
/// (`closes`) opens a note or an item.
pub(crate) fn is_mouth(rest: &str, closes: bool) -> bool {
    let nose = rest.strip_prefix('-');
    let mut chars = nose.unwrap_or(rest).chars();
    match chars.next() {
        Some(')') => true,
        Some('(') => !closes,
        // Without a nose it is the answer to a question, or a drive.
        Some('D' | 'P') => nose.is_some() && !chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}
