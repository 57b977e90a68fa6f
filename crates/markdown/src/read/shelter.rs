//! Keeps to the letter what Markdown does not know and its dialects do, before a parser reads it otherwise:
//! formulas in `\(…\)` and `\[…\]`, links in `[[…]]`, fences of extensions (`::: tip`, `{% note %}`), and
//! definitions that no link uses.
//!
//! Each is put between `<?` and `?>`, which a parser leaves alone and keeps in its place, with characters beside
//! them that no document has (noncharacters of Unicode). Wherever the parser gives them back, they go again; so
//! it does no harm to put some within code, where they mean nothing.

use super::{bars, stars};
use pulldown_cmark::Parser;
use std::borrow::Cow;
use std::collections::HashMap;

const OPEN: &str = "<?\u{fdd0}";
const CLOSE: &str = "\u{fdd1}?>";
/// Stands outside both in mid-text, and beside asterisks: it is neither blank nor punctuation, so that no line begins
/// with `<?`, and emphasis beside it is what it was beside a letter.
pub(super) const EDGE: char = '\u{fdd2}';

/// Lines a formula may take.
const TALLEST: usize = 60;

/// Whether anything is sheltered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shelter(bool);

impl Shelter {
    /// The source with what must be kept sheltered.
    pub(super) fn raise(source: &str) -> (Self, Cow<'_, str>) {
        const SIGNS: [&str; 9] = ["`", "**", "\\(", "\\[", "[[", ":::", "{%", "{{", "]:"];
        if source.contains(is_sign) || !SIGNS.iter().any(|sign| source.contains(sign)) {
            return (Shelter(false), source.into());
        }
        let labels = Labels::of(source);
        let barred = bars::escaped(source);
        let lines: Vec<&str> = barred.split_inclusive('\n').collect();
        let mut out = String::with_capacity(source.len() + 64);
        let mut at = 0;
        // Whether a definition may stand here: not directly behind a line of text.
        let mut apart = true;
        while let Some(&line) = lines.get(at) {
            let count = match block(&lines[at..]) {
                0 if apart => labels.unused(&lines[at..]),
                count => count,
            };
            apart = count > 0 || line.trim().is_empty() || line.starts_with('#');
            if count == 0 {
                inline(&mut out, &stars::freed(line), &labels);
                at += 1;
                continue;
            }
            let all = lines[at..at + count].concat();
            let start = all.len() - within(&all).len();
            let end = all.trim_end().len();
            out.extend([&all[..start], OPEN, &all[start..end], CLOSE, &all[end..]]);
            at += count;
        }
        (Shelter(true), out.into())
    }

    /// A piece of what the parser gave back as it was in the source.
    pub(super) fn bare<'a>(self, piece: &'a str) -> Cow<'a, str> {
        if !self.0 || !piece.contains(is_sign) {
            return piece.into();
        }
        let bar = format!("{}\\|", bars::MARK);
        piece.replace(&bar, "|").replace([EDGE, bars::MARK], "").replace(OPEN, "").replace(CLOSE, "").into()
    }

    /// What is kept to the letter, where a piece of HTML is nothing else.
    pub(super) fn kept(self, html: &str) -> Option<&str> {
        html.strip_prefix(OPEN)?.strip_suffix(CLOSE).filter(|_| self.0)
    }
}

/// Whether a character is one of those that stand beside what is sheltered.
fn is_sign(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdd3}').contains(&c)
}

/// A line behind the signs of the quotes and the indentation of the items it stands in.
pub(super) fn within(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}

/// How many lines, from the first, are one thing to be kept that stands by itself.
fn block(lines: &[&str]) -> usize {
    let Some(first) = lines.first().map(|line| within(line).trim_end()) else { return 0 };
    if first.contains("?>") {
        return 0;
    }
    let tag = |open: &str, close: &str| {
        first
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inside| !inside.is_empty() && !inside.contains(open) && !inside.contains(close))
    };
    if first.starts_with(":::") || tag("{%", "%}") || tag("{{<", ">}}") || tag("{{%", "%}}") {
        return 1;
    }
    if first != "\\[" {
        let alone = first.strip_prefix("\\[").and_then(|rest| rest.strip_suffix("\\]"));
        return usize::from(lines[0].starts_with("\\[") && alone.is_some_and(|inside| reads(inside, true)));
    }
    let mut formula = String::new();
    for (number, line) in lines.iter().enumerate().take(TALLEST).skip(1) {
        match within(line).trim() {
            "\\]" => return if reads(&formula, true) { number + 1 } else { 0 },
            "" => return 0,
            line => formula.extend([line, " "]),
        }
    }
    0
}

/// Whether what stands between `\(` and `\)`, or between `\[` and `\]`, is a formula. Brackets want more than
/// parentheses, for many programs write a backslash before every bracket.
fn reads(inside: &str, brackets: bool) -> bool {
    let is_wide = |c: char| c >= '\u{2e80}';
    let (mut letters, mut digits, mut signs) = (0, false, false);
    for c in inside.chars() {
        letters += usize::from(c.is_ascii_alphabetic());
        digits |= c.is_ascii_digit();
        signs |= "=+^_<>\\".contains(c) || !brackets && "/*,-|!{}:".contains(c);
    }
    let spells = inside.contains("\\text") || inside.contains("\\mbox");
    let refused = inside.contains('`') || ["?>", ": ", "]("].iter().any(|sign| inside.contains(sign));
    (letters > 0 || digits)
        && (signs || !brackets && letters < 3)
        && (spells || !inside.contains(is_wide))
        && !refused
}

/// Copies a line, and shelters the formulas and the links in it.
fn inline(out: &mut String, line: &str, labels: &Labels) {
    // In a table a bar ends a cell, whatever it stands in.
    let in_row = within(line).starts_with('|');
    let mut rest = line;
    while let Some(at) = rest.find(['\\', '[', '!']) {
        let found = &rest[at..];
        let length = match found.as_bytes() {
            [b'\\', b'(', ..] => formula(found, "\\)", false),
            [b'\\', b'[', ..] => formula(found, "\\]", true),
            [b'[', b'[', ..] | [b'!', b'[', b'[', ..] => link(found, labels),
            _ => None,
        };
        let holds_bar = |piece: &str| piece.replace("\\|", "").contains('|');
        match length.filter(|&length| !in_row || !holds_bar(&found[..length])) {
            Some(length) => {
                out.push_str(&rest[..at]);
                out.push(EDGE);
                out.extend([OPEN, &found[..length], CLOSE]);
                out.push(EDGE);
                rest = &found[length..];
            }
            None => {
                // A backslash takes the next character with it.
                let escaped = found.starts_with('\\').then(|| found[1..].chars().next()).flatten();
                let next = at + 1 + escaped.map_or(0, char::len_utf8);
                out.push_str(&rest[..next]);
                rest = &rest[next..];
            }
        }
    }
    out.push_str(rest);
}

/// The length of a formula that begins here and ends on this line.
fn formula(found: &str, close: &str, brackets: bool) -> Option<usize> {
    /// A formula in mid-text is no longer.
    const LONGEST: usize = 1000;
    let mut at = 2;
    while at < LONGEST
        && let Some(skip) = found.get(at..)?.find('\\')
    {
        at += skip;
        if at >= LONGEST {
            return None;
        }
        if let Some(after) = found[at..].strip_prefix(close) {
            // What is written so may be a note's mark, a definition or a link that is none.
            let other = brackets
                && (found[2..].starts_with('^')
                    || after.starts_with([':', '('])
                    || after.starts_with("\\(") && formula(after, "\\)", false).is_none());
            return (!other && reads(&found[2..at], brackets)).then_some(at + close.len());
        }
        at += 1 + found[at + 1..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// The length of a `[[…]]` or `![[…]]` that begins here, unless Markdown knows it for a link.
fn link(found: &str, labels: &Labels) -> Option<usize> {
    let start = found.find("[[")? + 2;
    let length = found[start..].find(['[', ']', '`', '<', '\n'])?;
    let inside = &found[start..start + length];
    let after = found[start + length..].strip_prefix("]]")?;
    let links = after.trim_start_matches('\\').starts_with(['(', '[', ':'])
        || inside.starts_with('^')
        || labels.defines(inside);
    (!links && !inside.trim().is_empty() && !inside.contains("?>")).then_some(start + length + 2)
}

/// What stands in brackets in a source: how often, and how often of these as a definition's name.
#[derive(Debug, Default)]
struct Labels(HashMap<String, (usize, usize)>);

impl Labels {
    fn of(source: &str) -> Self {
        let mut labels = Labels::default();
        let mut rest = source;
        while let Some(at) = rest.find('[') {
            rest = &rest[at + 1..];
            let Some(end) = rest.find(['[', ']']).filter(|&end| rest[end..].starts_with(']')) else {
                continue;
            };
            labels.0.entry(folded(&rest[..end])).or_default().0 += 1;
        }
        let mut apart = true;
        for line in source.lines() {
            let label = definition(line).filter(|_| apart && is_whole(line));
            apart = label.is_some() || line.trim().is_empty() || line.starts_with('#');
            if let Some(label) = label {
                labels.0.entry(folded(label)).or_default().1 += 1;
            }
        }
        labels
    }

    fn defines(&self, label: &str) -> bool {
        self.0.get(&folded(label)).is_some_and(|&(_, definitions)| definitions > 0)
    }

    /// How many lines, from the first, are definitions that nothing uses.
    fn unused(&self, lines: &[&str]) -> usize {
        let is_unused = |line: &str| {
            definition(line).is_some_and(|label| {
                let (all, definitions) = self.0.get(&folded(label)).copied().unwrap_or_default();
                all == definitions && is_whole(line) && !line.contains("?>")
            })
        };
        let count = lines.iter().take_while(|line| is_unused(line)).count();
        // A title may follow on a line of its own.
        let titled = lines.get(count).is_some_and(|line| line.trim_start().starts_with(['"', '\'', '(']));
        count - usize::from(titled && count > 0)
    }
}

/// The name in a line that looks like a definition.
fn definition(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (label, rest) = line[indent..].strip_prefix('[')?.split_once("]:")?;
    let sound = indent < 4 && !label.contains(['[', ']']) && !label.starts_with('^');
    (sound && !rest.trim().is_empty()).then_some(label)
}

/// Whether a line is a definition and nothing else, as the parser sees it.
fn is_whole(line: &str) -> bool {
    let parser = Parser::new(line);
    parser.reference_definitions().iter().count() == 1 && parser.count() == 0
}

/// A label as labels are compared.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
