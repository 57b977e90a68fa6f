//! Which characters of a text would be read as markup.
//!
//! Over-escaping pollutes a corpus (`1\.专业`), under-escaping changes the document. So the rule is: exactly
//! what CommonMark 0.31 or GFM would interpret, in this paragraph, and nothing else.

use crate::emphasis::is_stuck;
use crate::unicode::{Class, is_surely_word, may_flank};
use qingwen_model::{Object, Style, Text};

/// What surrounds the text that is to be escaped.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// Whether it is a paragraph, whose lines could be read as the beginning of other blocks.
    pub(crate) lines: bool,
    /// Whether something stands before it on its first line that keeps that from being read so.
    pub(crate) task: bool,
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
    /// How many of them are at the beginning of lines.
    starts: usize,
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

/// What CommonMark takes away at the ends of lines.
const BLANK: [char; 2] = [' ', '\t'];

/// Whether no byte of a text could be markup anywhere in a line, nor ends one, nor is another control: then at most its
/// beginning needs a backslash.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    const TOGETHER: usize = 32;
    // The bytes of SPECIAL, `^`, and controls, in few comparisons.
    let needs_look = |byte: u8| {
        byte < b' '
            || byte & !2 == b'$'
            || matches!(byte, b'*' | b'<' | b'~')
            || byte.wrapping_sub(b'[') <= b'`' - b'['
    };
    // So many bytes are looked at together, without a branch for each.
    let has_none = |chunk: &[u8]| !chunk.iter().fold(false, |any, byte| any | needs_look(*byte));
    match bytes.last_chunk::<TOGETHER>() {
        Some(last) => has_none(last) && bytes.chunks_exact(TOGETHER).all(has_none),
        None => has_none(bytes),
    }
}

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
        if context.lines {
            line_starts(text.as_str(), edges, context, &mut self.places);
        }
        self.starts = self.places.len();
        if string.bytes().any(|b| SPECIAL[usize::from(b)]) {
            self.scan(text, edges, context);
            self.pair(text, context);
        }
        if self.places.len() > 1 {
            self.places.sort_unstable();
            self.places.dedup();
        }
    }

    /// Looks at every special byte once.
    fn scan(&mut self, text: &Text, edges: &[usize], context: Context) {
        let string = text.as_str();
        let bytes = string.as_bytes();
        let mut runs = text.styled();
        let marked = !edges.is_empty();
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
                    let breaks = || string[at + 1..].trim_start_matches(BLANK).starts_with(['\n', '\r']);
                    let borders = edges.iter().take(2).any(|&edge| edge == at + 1);
                    borders
                        || breaks()
                        || context.inner && next.is_none()
                        || next.is_some_and(|b| b.is_ascii_punctuation() || b == 0xef)
                }
                b'[' if in_link => true,
                b']' if in_link => true,
                b'[' => {
                    self.brackets.push(at);
                    // GitHub's parser loses markup within what it took for a note's mark.
                    next == Some(b'^') && (context.notes || marked)
                }
                b']' => {
                    let open = self.brackets.pop();
                    let links = next == Some(b'(') && is_link_tail(&string[at + 1..]);
                    match open.filter(|_| links) {
                        // The one bracket that could open the link; of several, the next would take its place.
                        Some(open) if self.brackets.is_empty() => {
                            self.places.push(open);
                            false
                        }
                        Some(open) => {
                            self.brackets.push(open);
                            true
                        }
                        None => false,
                    }
                }
                b'<' => opens_html(rest),
                b'&' => begins_entity(rest),
                delimiter => {
                    let edge = edges.iter().copied().find(|&edge| edge > at).unwrap_or(bytes.len());
                    length += rest[..edge - at - 1].iter().take_while(|&&b| b == delimiter).count();
                    self.delimiters(string, at, length, edges, context);
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
    fn delimiters(&mut self, string: &str, at: usize, length: usize, edges: &[usize], context: Context) {
        let end = at + length;
        let edges = &edges[..edges.iter().take_while(|&&edge| edge <= end).count()];
        let class = |c: Option<char>, place: usize, beyond: Option<char>| match c {
            _ if edges.contains(&place) => Class::ANY,
            None if context.inner => Class::ANY,
            None => Class::SPACE,
            Some('\u{fffc}') => Class::ANY,
            // Blanks beside a line break go.
            Some(' ' | '\t') if matches!(beyond, Some('\n' | '\r')) => Class::BREAK,
            Some(c) => Class::of(c),
        };
        let (head, tail) = (&string[..at], &string[end..]);
        let before = class(head.chars().next_back(), at, head.trim_end_matches(BLANK).chars().next_back());
        let after = class(tail.chars().next(), end, tail.trim_start_matches(BLANK).chars().next());
        let (left, right) = (may_flank(before, after), may_flank(after, before));
        let (kind, opens, closes) = match string.as_bytes()[at] {
            b'*' if length == 2 => {
                let (last, first) = (head.chars().next_back(), tail.chars().next());
                (STAR, left || is_stuck(true, first, last), right || is_stuck(false, last, first))
            }
            b'*' => (STAR, left, right),
            b'_' => (UNDERSCORE, left && !is_surely_word(before), right && !is_surely_word(after)),
            // Three tildes are none of GFM's, unless markup makes them one run with it.
            b'~' if length > 2 => (TILDE, after == Class::ANY, before == Class::ANY),
            b'~' => (TILDE, after != Class::SPACE, before != Class::SPACE),
            b'`' => (BACKTICK, true, true),
            _ => {
                let opens = length > 1 || !tail.is_empty() && !tail.starts_with(BLANK) || after == Class::ANY;
                let closes = length > 1 || !head.is_empty() && !head.ends_with(BLANK) || before == Class::ANY;
                (DOLLAR, opens || after == Class::BREAK, closes || before == Class::BREAK)
            }
        };
        let mut run = DelimiterRun { at, length, opens, closes };
        if self.starts > 0 && self.places[..self.starts].binary_search(&at).is_ok() {
            // The first is escaped already; what is left of the run stands behind a backslash's punctuation.
            // But a backslash does not keep back-quotes from closing a code span.
            if kind == BACKTICK {
                self.runs[kind].push(DelimiterRun { opens: false, ..run });
            }
            run = DelimiterRun { at: at + 1, length: length - 1, opens: true, closes: true };
        }
        if run.length > 0 {
            self.runs[kind].push(run);
        }
    }

    /// Escapes the delimiters that could pair with one another or with markup that the text will have.
    fn pair(&mut self, text: &Text, context: Context) {
        const DELIMITERS: [char; 5] = ['*', '_', '~', '`', '$'];
        for (kind, delimiter) in DELIMITERS.into_iter().enumerate() {
            if self.runs[kind].is_empty() {
                continue;
            }
            let joins = context.inner
                || text
                    .styled()
                    .iter()
                    .any(|run| is_written(delimiter, &run.style, &text.as_str()[run.range.clone()]))
                || text.objects().any(|(_, object)| is_written_by(delimiter, object));
            let runs = std::mem::take(&mut self.runs[kind]);
            // Back-quotes pair with runs of their own length only. So do tildes, but not to every parser.
            let empty = kind == DOLLAR && runs.iter().any(|run| run.length > 3);
            if joins || empty || runs.len() > 1 && may_pair(&runs, kind == BACKTICK) {
                for run in runs.iter().filter(|run| run.opens || run.closes) {
                    self.places.extend(run.at..run.at + run.length);
                }
            }
            self.runs[kind] = runs;
        }
    }
}

/// Whether a stretch of one style is written with a delimiter.
fn is_written(delimiter: char, style: &Style, string: &str) -> bool {
    let holds = || {
        style.code && string.contains(delimiter)
            || style.link.as_deref().is_some_and(|link| link.contains(delimiter))
    };
    match delimiter {
        '*' => style.bold || style.italic,
        '~' => style.strike,
        '`' => style.code || holds(),
        '$' => holds(),
        _ => false,
    }
}

/// Whether an object is written with a delimiter.
fn is_written_by(delimiter: char, object: &Object) -> bool {
    match object {
        Object::Formula { latex, .. } => delimiter == '$' || latex.contains(delimiter),
        Object::Image { alt, .. } => alt.contains(delimiter),
        Object::Ruby { base, reading } => base.contains(delimiter) || reading.contains(delimiter),
        Object::Raw(markup) => markup.contains(delimiter),
        Object::Note(_) => false,
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
///
/// What is too long or too deep to look through is taken for one, so that a million brackets cost no more than
/// their number.
fn is_link_tail(tail: &str) -> bool {
    const FAR: usize = 1000;
    const DEEP: usize = 32;
    let near = &tail.as_bytes()[..tail.len().min(FAR)];
    let broken = near.iter().find(|b| b"\n\r)".contains(b)).is_some_and(|&b| b != b')');
    if broken {
        // The line break may become a tag without a blank in it.
        return true;
    }
    let space = |s: &'_ str| s.len() - s.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let mut rest = &tail[1..];
    rest = &rest[space(rest)..];
    let pointed = rest.strip_prefix('<').and_then(|pointed| {
        let end = pointed.find(['>', '\n', '<'])?;
        pointed[end..].strip_prefix('>')
    });
    if let Some(after) = pointed {
        rest = after;
    } else {
        // A `<` that nothing closes may be escaped on its own account, and then begins a destination after all.
        let mut depth = 0usize;
        let end = rest.bytes().position(|b| match b {
            b'(' => {
                depth += 1;
                depth > DEEP
            }
            b')' => {
                depth = depth.wrapping_sub(1);
                depth == usize::MAX
            }
            // Some readers take controls for part of a destination, against the standard.
            b => matches!(b, b' ' | b'\t' | b'\n' | b'\r'),
        });
        if (DEEP..usize::MAX).contains(&depth) {
            return true;
        }
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    let gap = space(rest);
    rest = &rest[gap..];
    if rest.starts_with(')') {
        return true;
    }
    let close = match rest.bytes().next() {
        Some(mark @ (b'"' | b'\'')) => mark,
        Some(b'(') => b')',
        _ => return false,
    };
    let title = rest.as_bytes()[1..].iter().take(FAR).position(|&b| b == close);
    gap > 0 && title.map_or(rest.len() > FAR, |end| rest[end + 2..].trim_start().starts_with(')'))
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

/// Where a backslash keeps a text that [`is_plain`], and has no blanks at its edges, from beginning another kind of block.
pub(crate) fn plain_start(string: &str, context: Context) -> Option<usize> {
    line_start(string, string, true, context).filter(|_| context.lines)
}

/// Finds what would be read as the beginning of another kind of block, line by line.
fn line_starts(string: &str, edges: &[usize], context: Context, places: &mut Vec<usize>) {
    let mut at = 0;
    let mut first = true;
    for line in string.split(['\n', '\r']) {
        let body = line.trim_start_matches(BLANK);
        let start = at + line.len() - body.len();
        at += line.len() + 1;
        let body = body.trim_end_matches(BLANK);
        if let Some(place) = line_start(body, &string[start..], first, context) {
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
fn line_start(line: &str, rest: &str, first: bool, context: Context) -> Option<usize> {
    let bytes = line.as_bytes();
    let blank_at = |at: usize| bytes.get(at).is_none_or(|&b| b == b' ' || b == b'\t');
    let run = |mark: u8| bytes.iter().take_while(|&&b| b == mark).count();
    let only = |marks: &[u8]| bytes.iter().all(|b| marks.contains(b));
    if first && context.task {
        return None;
    }
    let hit = match *bytes.first()? {
        b'>' => true,
        b'#' => run(b'#') <= 6 && blank_at(run(b'#')),
        mark @ (b'-' | b'+' | b'*' | b'_') => {
            // Behind a list marker of the same sign, even one makes a thematic break with it.
            let breaks = mark != b'+'
                && only(&[mark, b' ', b'\t'])
                && (context.item && first || bytes.iter().filter(|&&b| b == mark).count() > 2);
            mark != b'_' && blank_at(1) || breaks || !first && mark == b'-' && only(b"-:| \t")
        }
        b'=' => !first && only(b"="),
        b'|' | b':' => !first && only(b"-:| \t") && bytes.contains(&b'-'),
        mark @ (b'`' | b'~') => run(mark) > 2 && (mark == b'~' || !bytes[run(mark)..].contains(&b'`')),
        b'[' => {
            is_definition(rest.as_bytes(), first)
                || context.item && first && is_task(bytes)
                || is_alert(bytes)
        }
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
    // A label has at most 999 characters, and may go over lines (CommonMark 0.31.2, 4.7).
    let Some(close) = bytes.iter().take(4000).position(|&b| b == b']') else { return false };
    bytes.get(close + 1) == Some(&b':') && (first || bytes.get(1) == Some(&b'^'))
}

/// `[!NOTE]`, which GitHub reads as the heading of an alert.
fn is_alert(bytes: &[u8]) -> bool {
    let [b'[', b'!', word @ ..] = bytes else { return false };
    let letters = word.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    letters > 0 && word.get(letters) == Some(&b']')
}
