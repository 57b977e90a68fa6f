//! Literals: what no rule about characters, spaces or punctuation may read or change.
//!
//! Code between back-quotes, Markdown links and images, URLs, addresses of e-mail, paths of Windows, tags of
//! HTML, calls of functions with a string, character references, emoji by name, damage of decoding that has no-break
//! spaces in it, and rows of tables. All are found in one pass each, and only where the classes of the text say that
//! they can be there.

use crate::chars::{self, is_chinese_mark, is_han, is_space};
use crate::rules::support::mojibake;
use crate::{Classes, scan};
use std::collections::HashMap;
use std::ops::Range;

/// The literals of a line that is no row of a table, together with `fixed`, in order and without overlap.
pub(crate) fn find(text: &str, classes: Classes, fixed: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = fixed.to_vec();
    if classes.meet(Classes::BACKQUOTE) {
        code(text, &mut found);
    }
    if classes.meet(Classes::BRACKET) {
        links(text, &mut found);
    }
    if classes.meet(Classes::COLON) {
        if classes.meet(Classes::SLASH) {
            urls(text, "://", &mut found);
        }
        if classes.meet(Classes::BACKSLASH) {
            paths(text, &mut found);
        }
        emoji(text, &mut found);
    }
    if classes.meet(Classes::DOT) && classes.meet(Classes::LOWER) {
        urls(text, "www.", &mut found);
    }
    if classes.meet(Classes::AT) {
        addresses(text, &mut found);
    }
    if classes.meet(Classes::ANGLE) {
        tags(text, &mut found);
    }
    if classes.meet(Classes::PAREN) {
        calls(text, &mut found);
    }
    if classes.meet(Classes::LATIN1) && classes.meet(Classes::EXOTIC_SPACE) {
        damaged(text, &mut found);
    }
    if classes.meet(Classes::AMPERSAND) {
        found.extend(references(text).map(|(range, _)| range));
    }
    if found.len() > 1 {
        merge(&mut found);
    }
    found
}

/// Puts ranges in order and makes one of those that overlap.
fn merge(found: &mut Vec<Range<usize>>) {
    found.sort_by_key(|range| (range.start, range.end));
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found.drain(..) {
        match kept.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    *found = kept;
}

/// Code between runs of equally many back-quotes (CommonMark 0.31, 6.1).
pub(crate) fn code(text: &str, found: &mut Vec<Range<usize>>) {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'`', text.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    // For each run, the next one of the same length.
    let mut closers = vec![None; runs.len()];
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for (index, run) in runs.iter().enumerate().rev() {
        closers[index] = seen.insert(run.len(), index);
    }
    let mut index = 0;
    while index < runs.len() {
        if let Some(closer) = closers[index] {
            found.push(runs[index].start..runs[closer].end);
            index = closer;
        }
        index += 1;
    }
}

/// Links and images of Markdown: `[words](address)`, the address without spaces.
fn links(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    let bytes = text.as_bytes();
    let middles = memchr::memchr_iter(b']', bytes).filter(|at| bytes.get(at + 1) == Some(&b'('));
    for middle in middles {
        let Some(open) = text[from..middle].rfind(['[', ']', '\n']).map(|at| at + from) else { continue };
        if !text[open..].starts_with('[') {
            continue;
        }
        let address = &text[middle + 2..];
        from = middle;
        // Stopping at brackets keeps a text of nothing but brackets linear.
        let end = address.find([')', '[', ']', ' ', '\n', '\u{3000}', '，', '。']).unwrap_or(address.len());
        if address[end..].starts_with(')') {
            let start = if text[..open].ends_with('!') { open - 1 } else { open };
            found.push(start..middle + 2 + end + 1);
            from = middle + 2 + end + 1;
        }
    }
}

/// Addresses with a scheme before `://`, or with `www.`. They end where no address can go on: at white space,
/// a Han character, Chinese or full-width punctuation, a quote or an angle bracket. A point or a bracket that
/// closes at the very end belongs to the sentence, not to the address (GFM 6.9).
fn urls(text: &str, sign: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for (at, _) in text.match_indices(sign) {
        if at < from {
            continue;
        }
        let start = if sign == "www." {
            at
        } else {
            let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
            let start = text[from..at].trim_end_matches(scheme).len() + from;
            let skipped = text[start..at].find(|c: char| c.is_ascii_alphabetic());
            start + skipped.unwrap_or(at - start)
        };
        let bare = start == at && sign != "www.";
        let inside_word = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if bare || sign == "www." && inside_word {
            continue;
        }
        let rest = &text[at + sign.len()..];
        let end = rest.find(ends_address).unwrap_or(rest.len());
        let end = without_closing_points(&rest[..end]);
        if end > 0 {
            from = at + sign.len() + end;
            found.push(start..from);
        }
    }
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '<' | '>' | '`' | '\u{2018}'..='\u{201d}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
        || is_han(c)
        || is_chinese_mark(c)
}

/// The length of an address without the points after it, and without a bracket it does not open.
fn without_closing_points(address: &str) -> usize {
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    let mut end = address.len();
    loop {
        match address.as_bytes()[..end].last() {
            Some(b',' | b'.' | b';' | b':' | b'?' | b'!' | b'\'' | b'(') => end -= 1,
            Some(b')') if closed > opened => {
                closed -= 1;
                end -= 1;
            }
            _ => return end,
        }
    }
}

/// Addresses of e-mail.
fn addresses(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        if at < from {
            continue;
        }
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let start = text[from..at].trim_end_matches(name).len() + from;
        let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let rest = &text[at + 1..];
        let length = rest.find(|c| !host(c)).unwrap_or(rest.len());
        let host = rest[..length].trim_end_matches(['.', '-']);
        let domain = host.rsplit_once('.').map(|(_, domain)| domain);
        from = at + 1 + length;
        if start < at && domain.is_some_and(|d| d.len() >= 2 && d.bytes().all(|b| b.is_ascii_alphabetic())) {
            found.push(start..at + 1 + host.len());
        }
    }
}

/// Paths of Windows: a drive's letter, `:\`, and what may stand in a name.
fn paths(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for (at, _) in text.match_indices(":\\") {
        let bytes = text.as_bytes();
        let drive = at.checked_sub(1).filter(|drive| *drive >= from && bytes[*drive].is_ascii_alphabetic());
        let Some(drive) = drive else { continue };
        if drive.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric()) {
            continue;
        }
        let rest = &text[at + 2..];
        let ends = |c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | '?' | '*') || is_chinese_mark(c)
        };
        from = at + 2 + rest.find(ends).unwrap_or(rest.len());
        found.push(drive..from);
    }
}

/// Emoji by name: `:name:`.
fn emoji(text: &str, found: &mut Vec<Range<usize>>) {
    const LONGEST: usize = 50;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(skip) = memchr::memchr(b':', &bytes[at..]) {
        let start = at + skip;
        let name = &bytes[start + 1..];
        let length = name
            .iter()
            .take(LONGEST)
            .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+' | b'-'))
            .count();
        let named = name[..length].iter().filter(|b| b.is_ascii_lowercase()).count() >= 2;
        at = start + 1 + length;
        let stuck = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'/'));
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        if named && name.get(length) == Some(&b':') && !stuck(before) && !stuck(name.get(length + 1)) {
            found.push(start..at + 1);
            at += 1;
        }
    }
}

/// Tags and comments of HTML (CommonMark 0.31, 6.6).
fn tags(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        if at < from {
            continue;
        }
        let rest = &text[at + 1..];
        let comment = rest.starts_with("!--").then(|| rest.find("-->").map(|end| end + 2));
        let end = match comment {
            // Without an end there is none further on either.
            Some(None) => return,
            Some(end) => end,
            None => tag(rest),
        };
        if let Some(end) = end {
            from = at + 1 + end + 1;
            found.push(at..from);
        }
    }
}

/// Where a tag ends, after its `<`.
fn tag(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('/').unwrap_or(rest);
    let name = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(body.len());
    if !body.starts_with(|c: char| c.is_ascii_alphabetic())
        || !body[name..].starts_with([' ', '/', '>', '\t'])
    {
        return None;
    }
    let end = rest.find(['>', '<', '\n'])?;
    rest[end..].starts_with('>').then_some(end)
}

/// Calls of a function with a string: `print("...")`, `app.open('...', 'r')`; and formulas of a spreadsheet:
/// `=IF(A1>=60,"及格","不及格")`. They end at the first bracket that closes outside the strings.
fn calls(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'(', text.as_bytes()) {
        let takes_string = text[at + 1..].starts_with(['"', '\'']);
        if at < from || !takes_string && !text[..at].ends_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let start = text[..at].trim_end_matches(name).len();
        let last = text[start..at].rsplit('.').next().unwrap_or_default();
        let is_formula = text[..start].ends_with('=') && last.bytes().all(|b| b.is_ascii_uppercase());
        let is_function = takes_string && last.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        if !is_formula && !is_function {
            continue;
        }
        let mut within = None;
        let end = text[at + 1..].char_indices().find(|(_, c)| match (within, c) {
            (None, ')' | '\n') => true,
            (None, '"' | '\'') => {
                within = Some(*c);
                false
            }
            (Some(quote), c) if *c == quote => {
                within = None;
                false
            }
            (_, c) => *c == '\n',
        });
        from = at + 1 + end.map_or(text.len() - at - 1, |(end, _)| end);
        if text[from..].starts_with(')') {
            found.push(start..from + 1);
        }
    }
}

/// Bytes that were read with the wrong table and that nothing could repair: a no-break space among them is no
/// space but one of the bytes.
fn damaged(text: &str, found: &mut Vec<Range<usize>>) {
    let is_damaged = |run: &Range<usize>| {
        let run = &text[run.clone()];
        run.contains('\u{a0}') && run.chars().filter(|c| matches!(c, '\u{a1}'..='\u{ff}')).nth(1).is_some()
    };
    found.extend(mojibake::runs(text, mojibake::windows_1252).filter(is_damaged));
}

/// Character references, and what each stands for by its body: `nbsp`, `#12289`, `#x3001`.
pub(crate) fn references(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    const LONGEST: usize = 32;
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| {
        let rest = &text[at + 1..];
        let number = rest.starts_with('#');
        let body = usize::from(number);
        let length =
            rest.as_bytes()[body..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
        let end = body + length;
        let begun = if number { length > 0 } else { rest.starts_with(|c: char| c.is_ascii_alphabetic()) };
        (begun && rest.as_bytes().get(end) == Some(&b';')).then(|| (at..at + end + 2, &rest[..end]))
    })
}

/// The longest runs of white space within a line, in order.
pub(crate) fn spaces(text: &str, classes: Classes) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(8);
    let mut add = |range: Range<usize>| match found.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => found.push(range),
    };
    if classes.meet(Classes::EXOTIC_SPACE) {
        let all = text.char_indices().filter(|(_, c)| is_space(*c));
        all.for_each(|(at, c)| add(at..at + c.len_utf8()));
    } else {
        scan::spaces(text.as_bytes(), |at, [lead, ..]| add(at..at + if lead == 0xe3 { 3 } else { 1 }));
    }
    found
}

/// Whether white space other than single spaces may stand in a line: only that sets cells apart.
pub(crate) fn may_have_gaps(text: &str, classes: Classes) -> bool {
    let bytes = text.as_bytes();
    classes.meet(Classes::TAB | Classes::WIDE_SPACE | Classes::EXOTIC_SPACE)
        || classes.meet(Classes::SPACE)
            && memchr::memchr_iter(b' ', bytes).any(|at| bytes.get(at + 1) == Some(&b' '))
}

/// Whether a line with these runs of white space is a row of a table by itself: cells lie a tab, or at least twice
/// a wide gap, apart.
pub(crate) fn is_row(text: &str, spaces: &[Range<usize>]) -> bool {
    let mut wide = 0;
    for gap in spaces.iter().filter(|gap| gap.start > 0 && gap.end < text.len()) {
        let gap = &text[gap.clone()];
        if gap.contains('\t') {
            return true;
        }
        wide += usize::from(gap.chars().nth(1).is_some());
    }
    wide >= 2
}

/// A line without the white space at its ends.
pub(crate) fn within_margins(text: &str) -> Range<usize> {
    let start = text.len() - chars::trim_start(text).len();
    start..chars::trim_end(text).len().max(start)
}

/// How many commas stand between the fields of a line that may be a row of comma-separated values; 0 where
/// it cannot be one.
///
/// Besides what rows of values have in common, prose has marks that they have not: a full stop, a point at
/// the end, an enumerator before the first field.
pub(crate) fn commas(text: &str) -> usize {
    let text = &text[within_margins(text)];
    const STOP: [u8; 3] = [0xe3, 0x80, 0x82];
    // Prose mostly ends in a full stop, which is then found at once.
    if text.ends_with('。')
        || text.ends_with(['.', ';', ',', '，', '；', '：', ':', '？', '！'])
        || memchr::memchr(b'\n', text.as_bytes()).is_some()
        || begins_as_item(text)
        || scan::find(text.as_bytes(), STOP).is_some()
    {
        return 0;
    }
    let spaced = |at: &usize| text[at + 1..].starts_with(is_space) || text[..*at].ends_with(is_space);
    let is_quoted = quoted(text);
    memchr::memchr_iter(b',', text.as_bytes()).filter(|at| !spaced(at) && !is_quoted(*at)).count()
}

/// Whether a byte stands within a field in straight quotes, where all quotes come in pairs.
fn quoted(text: &str) -> impl Fn(usize) -> bool {
    let quotes: Vec<usize> = memchr::memchr_iter(b'"', text.as_bytes()).collect();
    let paired = quotes.len().is_multiple_of(2);
    move |at| paired && quotes.partition_point(|quote| *quote < at) % 2 == 1
}

/// Whether a line begins with a number and the mark that makes it an enumerator: `1.`, `（一）`, `二、`.
fn begins_as_item(text: &str) -> bool {
    let open = text.starts_with(['（', '(']);
    let rest = text.trim_start_matches(['（', '(']);
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let after = rest.trim_start_matches(number);
    after.len() < rest.len()
        && if open {
            after.starts_with(['）', ')'])
        } else {
            after.starts_with(['.', '、', '．', ')', '）'])
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<&str> {
        find(text, Classes::of(text), &[]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn literals_are_found_where_they_begin_and_end() {
        for (text, expected) in [
            ("用`a,b`或``c`d``写", vec!["`a,b`", "``c`d``"]),
            ("只有一个`引号", vec![]),
            ("见[名单](list.docx)和![图](a.png)，[x] (y)", vec!["[名单](list.docx)", "![图](a.png)"]),
            ("见https://example.org/a,b?c=1。", vec!["https://example.org/a,b?c=1"]),
            ("(见http://example.org/x),然后", vec!["http://example.org/x"]),
            ("http://example.org/a(b)好", vec!["http://example.org/a(b)"]),
            ("www.example.org:8080/a“好”", vec!["www.example.org:8080/a"]),
            ("信箱:li.si@mail.example.cn,电话", vec!["li.si@mail.example.cn"]),
            ("盘C:\\资料\\a.txt，", vec!["C:\\资料\\a.txt"]),
            ("<b>粗</b>与a<b且c>d<br/>", vec!["<b>", "</b>", "<br/>"]),
            ("A&nbsp;B&#12289;C&x D&T;", vec!["&nbsp;", "&#12289;", "&T;"]),
            (":smile:与10:20:30与a::b", vec![":smile:"]),
            ("用=IF(A1>=60,\"及格\",\"不及格\")判断", vec!["IF(A1>=60,\"及格\",\"不及格\")"]),
            ("国内生产总值GDP(\"名义\"),按可比价", vec![]),
            ("损坏的æ\u{a0}´字，好”\u{a0}——", vec!["æ\u{a0}´"]),
            ("姓名\t年龄", vec!["姓名\t年龄"]),
        ] {
            let row = is_row(text, &spaces(text, Classes::of(text)));
            let found = if row { vec![&text[within_margins(text)]] } else { literals(text) };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn prose_with_commas_is_no_row_of_values() {
        assert_eq!(commas("姓名,性别,年龄"), 2);
        assert_eq!(commas("1.加强领导,落实责任,严格考核"), 0);
        assert_eq!(commas("加强领导,落实责任。"), 0);
        assert_eq!(commas("one, two, three"), 0);
        assert_eq!(commas("石桥村,\"李家,王家\",126"), 2);
    }
}
