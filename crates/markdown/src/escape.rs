//! Which characters of a text would be read as markup.
//!
//! Over-escaping pollutes a corpus (`1\.专业`), under-escaping changes the document. So the rule is: exactly
//! what CommonMark 0.31 or GFM would interpret, in this paragraph, and nothing else.

use crate::unicode::{Class, is_surely_word, may_flank};
use qingwen_model::{Object, Text};

/// What surrounds the text that is to be escaped.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// Whether its first line begins a block, so that `# ` would be read as a heading.
    pub(crate) block: bool,
    /// Whether it begins an item, so that `[ ] ` would be read as a task.
    pub(crate) item: bool,
    /// Whether `[^…]` is a reference, because the document has notes.
    pub(crate) notes: bool,
    /// Whether it stands within markup, as what a picture shows does: whatever could pair with something
    /// outside must not.
    pub(crate) inner: bool,
}

/// Scratch for finding escapes, kept to spare allocations.
#[derive(Debug, Default)]
pub(crate) struct Escapes {
    /// Bytes of the text before which a backslash must stand, in order.
    pub(crate) places: Vec<usize>,
    runs: [Vec<DelimiterRun>; 5],
    brackets: Vec<usize>,
}

/// Consecutive delimiters of one kind.
#[derive(Clone, Copy, Debug)]
struct DelimiterRun {
    at: usize,
    length: usize,
    opens: bool,
    closes: bool,
}

const STAR: usize = 0;
const UNDERSCORE: usize = 1;
const TILDE: usize = 2;
const BACKTICK: usize = 3;
const DOLLAR: usize = 4;

/// Bytes that may be markup anywhere in a line.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\\`*_[]<&~$";
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

impl Escapes {
    /// Finds where backslashes must stand in a text. `edges` are the bytes at which markup will stand, in order.
    pub(crate) fn find(&mut self, text: &Text, edges: &[usize], context: Context) {
        self.places.clear();
        self.runs.iter_mut().for_each(Vec::clear);
        self.brackets.clear();
        let string = text.as_str();
        if context.block || context.item {
            line_starts(text.as_str(), edges, context, &mut self.places);
        }
        let before = self.places.len();
        if string.bytes().any(|b| SPECIAL[usize::from(b)]) {
            self.scan(text, edges, context);
            self.pair(text, context);
        }
        if before > 0 || self.places.len() > 1 {
            self.places.sort_unstable();
            self.places.dedup();
        }
    }

    /// Looks at every special byte once.
    fn scan(&mut self, text: &Text, edges: &[usize], context: Context) {
        let string = text.as_str();
        let bytes = string.as_bytes();
        let mut runs = text.styled();
        let mut edges = edges;
        let mut at = 0;
        while let Some(skip) = bytes[at..].iter().position(|&b| SPECIAL[usize::from(b)]) {
            at += skip;
            runs = &runs[runs.iter().take_while(|run| run.range.end <= at).count()..];
            edges = &edges[edges.iter().take_while(|&&edge| edge < at).count()..];
            let run = runs.first().filter(|run| run.range.start <= at);
            if let Some(run) = run.filter(|run| run.style.code) {
                at = run.range.end;
                continue;
            }
            let in_link = context.inner || run.is_some_and(|run| run.style.link.is_some());
            let rest = &bytes[at + 1..];
            let next = rest.first().copied();
            let mut length = 1;
            let literal = match bytes[at] {
                b'\\' => {
                    let borders = edges.iter().take(2).any(|&edge| edge == at + 1);
                    borders || next.is_some_and(|b| b.is_ascii_punctuation() || b"\n\r\xef".contains(&b))
                }
                b'[' if in_link => true,
                b']' if in_link => true,
                b'[' => {
                    self.brackets.push(at);
                    context.notes && next == Some(b'^')
                }
                b']' => {
                    if let Some(open) = self.brackets.pop()
                        && next == Some(b'(')
                        && is_link_tail(&string[at + 1..])
                    {
                        self.places.push(open);
                    }
                    false
                }
                b'<' => opens_html(rest),
                b'&' => begins_entity(rest),
                delimiter => {
                    length += rest.iter().take_while(|&&b| b == delimiter).count();
                    self.delimiters(string, at, length, edges);
                    false
                }
            };
            if literal {
                self.places.push(at);
            }
            at += length;
        }
    }

    /// Notes a run of delimiters and what it could do where it stands.
    fn delimiters(&mut self, string: &str, at: usize, length: usize, edges: &[usize]) {
        let end = at + length;
        let edges = &edges[..edges.iter().take_while(|&&edge| edge <= end).count()];
        let class = |c: Option<char>, place: usize| match c {
            _ if edges.contains(&place) => Class::ANY,
            None => Class::SPACE,
            Some('\u{fffc}') => Class::ANY,
            Some(c) => Class::of(c),
        };
        let before = class(string[..at].chars().next_back(), at);
        let after = class(string[end..].chars().next(), end);
        let (left, right) = (may_flank(before, after), may_flank(after, before));
        let (kind, opens, closes) = match string.as_bytes()[at] {
            b'*' => (STAR, left, right),
            b'_' => (UNDERSCORE, left && !is_surely_word(before), right && !is_surely_word(after)),
            b'~' if length > 2 => return,
            b'~' => (TILDE, after != Class::SPACE, before != Class::SPACE),
            b'`' => (BACKTICK, true, true),
            _ => (DOLLAR, length > 1 || after != Class::SPACE, length > 1 || before != Class::SPACE),
        };
        self.runs[kind].push(DelimiterRun { at, length, opens, closes });
    }

    /// Escapes the delimiters that could pair with one another or with markup that the text will have.
    fn pair(&mut self, text: &Text, context: Context) {
        let styled = text.styled().iter();
        let stars = styled.clone().any(|run| run.style.bold || run.style.italic);
        let strikes = styled.clone().any(|run| run.style.strike);
        let codes = styled.clone().any(|run| run.style.code);
        let formulas = text.objects().any(|(_, object)| matches!(object, Object::Formula { .. }));
        for (kind, joins) in
            [(STAR, stars), (UNDERSCORE, false), (TILDE, strikes), (BACKTICK, codes), (DOLLAR, formulas)]
        {
            let runs = std::mem::take(&mut self.runs[kind]);
            // Tildes and backticks pair with runs of their own length only.
            if joins || context.inner || runs.len() > 1 && may_pair(&runs, kind == TILDE || kind == BACKTICK)
            {
                for run in runs.iter().filter(|run| run.opens || run.closes) {
                    self.places.extend(run.at..run.at + run.length);
                }
            }
            self.runs[kind] = runs;
        }
    }
}

/// Whether any run that opens stands before one that closes.
fn may_pair(runs: &[DelimiterRun], same_length: bool) -> bool {
    if !same_length {
        let opener = runs.iter().position(|run| run.opens);
        let closer = runs.iter().rposition(|run| run.closes);
        return matches!((opener, closer), (Some(opener), Some(closer)) if opener < closer);
    }
    let mut lengths: Vec<usize> = Vec::new();
    runs.iter().any(|run| {
        let pairs = run.closes && lengths.binary_search(&run.length).is_ok();
        if run.opens
            && let Err(place) = lengths.binary_search(&run.length)
        {
            lengths.insert(place, run.length);
        }
        pairs
    })
}

/// Whether `(…)` after `]` would make a link: a destination, perhaps a title (CommonMark 0.31.2, 6.3).
fn is_link_tail(tail: &str) -> bool {
    let space = |s: &'_ str| s.len() - s.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let mut rest = &tail[1..];
    rest = &rest[space(rest)..];
    if let Some(pointed) = rest.strip_prefix('<') {
        let Some(end) = pointed.find(['>', '\n', '<']).filter(|&end| pointed[end..].starts_with('>')) else {
            return false;
        };
        rest = &pointed[end + 1..];
    } else {
        let mut depth = 0usize;
        let end = rest.bytes().position(|b| match b {
            b'(' => {
                depth += 1;
                false
            }
            b')' => {
                depth = depth.wrapping_sub(1);
                depth == usize::MAX
            }
            b => b <= b' ' || b == 0x7f,
        });
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    let gap = space(rest);
    rest = &rest[gap..];
    if rest.starts_with(')') {
        return true;
    }
    let close = match rest.bytes().next() {
        Some(b'"') => '"',
        Some(b'\'') => '\'',
        Some(b'(') => ')',
        _ => return false,
    };
    gap > 0 && rest[1..].find(close).is_some_and(|end| rest[end + 2..].trim_start().starts_with(')'))
}

/// Whether what follows `<` would make it HTML or an autolink. Wider than the standard, which wants the tag to
/// be complete: laxer readers, browsers among them, take `<` before a letter for a tag.
fn opens_html(rest: &[u8]) -> bool {
    match rest.first() {
        Some(b'/' | b'!' | b'?') => true,
        Some(b) if b.is_ascii_alphabetic() => true,
        // An address in angle brackets may begin with any of these (CommonMark 0.31.2, 6.5).
        Some(b) if b.is_ascii_digit() || b".#$%&'*+=^_`{|}~-@".contains(b) => {
            let local = rest.iter().take_while(|b| b.is_ascii_graphic() && !b"<>@".contains(b)).count();
            rest.get(local) == Some(&b'@')
        }
        _ => false,
    }
}

/// Whether what follows `&` would make it a character reference. No name is a single letter.
pub(crate) fn begins_entity(rest: &[u8]) -> bool {
    let digits = |from: usize, test: fn(&u8) -> bool, most: usize| {
        let count = rest.iter().skip(from).take_while(|b| test(b)).take(most + 1).count();
        (1..=most).contains(&count) && rest.get(from + count) == Some(&b';')
    };
    match rest {
        [b'#', b'x' | b'X', ..] => digits(2, u8::is_ascii_hexdigit, 6),
        [b'#', ..] => digits(1, u8::is_ascii_digit, 7),
        [first, second, ..] => {
            first.is_ascii_alphabetic()
                && second.is_ascii_alphanumeric()
                && digits(0, u8::is_ascii_alphanumeric, 32)
        }
        _ => false,
    }
}

/// Finds what would be read as the beginning of another kind of block, line by line.
fn line_starts(string: &str, edges: &[usize], context: Context, places: &mut Vec<usize>) {
    let blank = [' ', '\t'];
    let mut at = 0;
    let mut first = true;
    for line in string.split(['\n', '\r']) {
        let body = line.trim_start_matches(blank);
        let start = at + line.len() - body.len();
        at += line.len() + 1;
        let body = body.trim_end_matches(blank);
        if let Some(place) = line_start(body, first, context) {
            // Markup at the place keeps the line from being read so.
            let edge = edges.partition_point(|&edge| edge < start);
            if edges.get(edge).is_none_or(|&edge| edge > start + place) {
                places.push(start + place);
            }
        }
        first &= body.is_empty();
    }
}

/// Where in a line a backslash keeps it from being read as anything but text.
fn line_start(line: &str, first: bool, context: Context) -> Option<usize> {
    let bytes = line.as_bytes();
    let blank_at = |at: usize| bytes.get(at).is_none_or(|&b| b == b' ' || b == b'\t');
    let run = |mark: u8| bytes.iter().take_while(|&&b| b == mark).count();
    let only = |marks: &[u8]| bytes.iter().all(|b| marks.contains(b));
    if first && !context.block {
        return (context.item && is_task(bytes)).then_some(0);
    }
    let hit = match *bytes.first()? {
        b'>' => true,
        b'#' => run(b'#') <= 6 && blank_at(run(b'#')),
        mark @ (b'-' | b'+' | b'*' | b'_') => {
            let breaks = mark != b'+'
                && only(&[mark, b' ', b'\t'])
                && bytes.iter().filter(|&&b| b == mark).count() > 2;
            mark != b'_' && blank_at(1) || breaks || !first && mark == b'-' && only(b"-:| \t")
        }
        b'=' => !first && only(b"="),
        b'|' | b':' => !first && only(b"-:| \t") && bytes.contains(&b'-'),
        mark @ (b'`' | b'~') => run(mark) > 2 && (mark == b'~' || !bytes[run(mark)..].contains(&b'`')),
        b'[' => is_definition(bytes, first) || context.item && first && is_task(bytes) || is_alert(bytes),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            return (digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && blank_at(digits + 1))
                .then_some(digits);
        }
        _ => false,
    };
    hit.then_some(0)
}

/// `[ ] ` and `[x] `, which GFM reads as a task.
fn is_task(bytes: &[u8]) -> bool {
    matches!(bytes, [b'[', b' ' | b'x' | b'X', b']'] | [b'[', b' ' | b'x' | b'X', b']', b' ' | b'\t', ..])
}

/// `[name]:` and `[^name]:`. The former cannot interrupt a paragraph.
fn is_definition(bytes: &[u8], first: bool) -> bool {
    let Some(close) = bytes.iter().position(|&b| b == b']') else { return false };
    bytes.get(close + 1) == Some(&b':') && (first || bytes.get(1) == Some(&b'^'))
}

/// `[!NOTE]`, which GitHub reads as the heading of an alert.
fn is_alert(bytes: &[u8]) -> bool {
    matches!(bytes, [b'[', b'!', word @ .., b']'] if word.iter().all(u8::is_ascii_alphabetic))
}
