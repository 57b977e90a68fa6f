//! The proof that nothing vanished: input, output and ledger accounted against one another.
//!
//! Only letters, digits and ideographs are counted: what carries the words. Two things are proven. *Account*:
//! of every character, the input has as many as the output, plus what the ledger says was taken out, less what
//! it says was put in. *Order*: what the input and the output have in common stands in one order, so that
//! whatever moved is in the ledger, too.

use qingwen_model::{Body, Diagnostic, Kind, Mark, Object, Text};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What the ledger of a file says was taken out and put in. Diagnostics collect into one.
///
/// ```
/// let ledger = qingwen::Ledger { lost: vec!["乙".to_owned()], ..Default::default() };
/// assert!(qingwen::verify("甲乙", "甲", &ledger).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Every change.
    pub changed: Vec<Change>,
    /// The `what` of every loss: texts that are in the input and not in the output.
    pub lost: Vec<String>,
}

/// A change that the ledger tells of.
///
/// ```
/// let change = qingwen::Change { before: "乙".to_owned(), line: 1, column: 2, ..Default::default() };
/// let ledger = qingwen::Ledger { changed: vec![change], ..Default::default() };
/// assert!(qingwen::verify("甲乙", "甲", &ledger).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
    /// The line of the input, from 1; 0 where it is not known, or the input was no text.
    pub line: u32,
    /// The character of that line, from 1; 0 for its beginning.
    pub column: u32,
}

impl<'a> FromIterator<&'a Diagnostic> for Ledger {
    fn from_iter<T: IntoIterator<Item = &'a Diagnostic>>(diagnostics: T) -> Self {
        let mut ledger = Ledger::default();
        for diagnostic in diagnostics {
            match &diagnostic.kind {
                Kind::Changed { before, after } => {
                    let line = if let Mark::Line(line) = diagnostic.mark { line } else { 0 };
                    let (before, after) = (before.to_string(), after.to_string());
                    ledger.changed.push(Change { before, after, line, column: diagnostic.column });
                }
                Kind::Lost(what) => ledger.lost.push(what.clone()),
                Kind::Guessed(_) => {}
            }
        }
        ledger
    }
}

/// A character that does not add up.
///
/// ```
/// use qingwen::Finding;
/// assert_eq!(qingwen::verify("甲乙", "甲", &Default::default()), [Finding::Vanished('乙', 1)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The ledger does not say where these went: the character, and how many.
    Vanished(char, u64),
    /// The ledger does not say where these came from: the character, and how many.
    Appeared(char, u64),
    /// The output has the character elsewhere than the input, and the ledger does not say so: the character,
    /// and how many letters, digits and ideographs of the input, less what was taken out, come before it.
    Moved(char, usize),
}

/// The characters that are accounted for, in order: letters, digits and ideographs.
fn words(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The words that a piece of Markdown shows: its text without its markup.
///
/// ```
/// assert_eq!(qingwen::shown("## **总**则").trim(), "总则");
/// ```
pub fn shown(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    pieces(markdown, false, &mut |piece, _| out.push_str(piece));
    out
}

/// The words that a piece of Markdown shows, and where its links lead: what two pieces of Markdown are compared by.
/// A link that goes on, as in the next cell of a table, counts once.
///
/// ```
/// assert_eq!(qingwen::shown_with_links("见[附件](http://a.cn/2.html)二。").trim(), "见附件 http://a.cn/2.html 二。");
/// ```
pub fn shown_with_links(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut last: Option<String> = None;
    pieces(markdown, true, &mut |piece, link| {
        let ends = last.as_deref() != link && (link.is_some() || words(piece).next().is_some());
        if let Some(address) = last.take_if(|_| ends) {
            out.extend([" ", address.as_str(), " "]);
        }
        out.push_str(piece);
        last = last.take().or_else(|| link.map(str::to_owned));
    });
    out.extend(last.iter().flat_map(|address| [" ", address.as_str()]));
    out
}

/// Tells the text of Markdown piece by piece, and where each leads, if it is a link. Of HTML within it, where its tags
/// lead is told as text, if it is asked for.
fn pieces(markdown: &str, addresses: bool, tell: &mut dyn FnMut(&str, Option<&str>)) {
    let document = qingwen_markdown::read(markdown).value;
    let mut piece = String::new();
    document.visit(&mut |block| {
        if let Some(text) = block.text() {
            for run in text.runs() {
                piece.clear();
                show(text, run.range, addresses, &mut piece);
                tell(&piece, run.style.link.as_deref());
            }
        } else if let Body::Code(code) = &block.body {
            tell(&code.text, None);
        }
        tell("\n", None);
    });
    document.notes.iter().for_each(|note| tell(&note.id, None));
}

fn show(text: &Text, range: Range<usize>, addresses: bool, out: &mut String) {
    for (at, c) in text.as_str()[range.clone()].char_indices() {
        match text.object_at(range.start + at).filter(|_| c == '\u{fffc}') {
            None => out.push(c),
            Some(Object::Raw(markup)) => without_tags(markup, addresses, out),
            Some(Object::Note(id)) => out.push_str(id),
            Some(Object::Formula { latex, .. }) => out.push_str(latex),
            Some(Object::Image { alt, .. }) => out.push_str(alt),
            Some(Object::Ruby { base, reading }) => out.extend([base.as_str(), reading.as_str()]),
        }
    }
}

/// The characters of HTML between its tags, and where these lead, if it is asked for.
fn without_tags(markup: &str, addresses: bool, out: &mut String) {
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        let is_tag = rest[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let Some(close) = rest[open..].find('>').filter(|_| is_tag) else {
            out.push_str(&references(&rest[..=open]));
            rest = &rest[open + 1..];
            continue;
        };
        out.push_str(&references(&rest[..open]));
        out.push(' ');
        if let Some(address) = address(&rest[open..open + close]).filter(|_| addresses) {
            out.extend([references(address).as_str(), " "]);
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(&references(rest));
}

/// Where a tag of HTML leads.
fn address(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("href=").or_else(|| tag.split_once("src="))?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// The references that the Markdown writer uses in HTML, as the characters they stand for.
fn references(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#10;", "\n"), ("&amp;", "&")]
        .iter()
        .fold(html.to_owned(), |text, (reference, c)| text.replace(reference, c))
}

/// Compares what was read with what is left and what the ledger says. An empty list is the proof.
///
/// `input` and `output` are plain text: of Markdown, the words that show. Lines of the ledger are lines of `input`; where
/// it was made of something else, they are to be 0.
///
/// ```
/// use qingwen::{Ledger, Options, clean, shown, verify};
/// let text = "总产值[bookmark: _GoBack]增长";
/// let done = clean(text, &Options::default());
/// let ledger: Ledger = done.diagnostics.iter().collect();
/// assert_eq!(ledger.changed[0].before, "[bookmark: _GoBack]");
/// assert!(verify(text, &shown(&done.markdown), &ledger).is_empty());
/// ```
pub fn verify(input: &str, output: &str, ledger: &Ledger) -> Vec<Finding> {
    let mut findings = account(input, output, ledger);
    if findings.is_empty() {
        findings.extend(order(input, output, ledger));
    }
    findings
}

fn account(input: &str, output: &str, ledger: &Ledger) -> Vec<Finding> {
    let mut balance: BTreeMap<char, i64> = BTreeMap::new();
    words(input).for_each(|c| *balance.entry(c).or_default() += 1);
    words(output).for_each(|c| *balance.entry(c).or_default() -= 1);
    let taken = ledger.changed.iter().map(|change| &change.before).chain(&ledger.lost);
    taken.flat_map(|text| words(text)).for_each(|c| *balance.entry(c).or_default() -= 1);
    let put = ledger.changed.iter().map(|change| &change.after);
    put.flat_map(|text| words(text)).for_each(|c| *balance.entry(c).or_default() += 1);
    balance
        .into_iter()
        .filter_map(|(c, rest)| match rest {
            0 => None,
            1.. => Some(Finding::Vanished(c, rest.unsigned_abs())),
            _ => Some(Finding::Appeared(c, rest.unsigned_abs())),
        })
        .collect()
}

/// Goes through both in step. Where they part, the shortest way to where they meet again may only leave out
/// what the ledger says was taken, and only bring in what it says was put.
fn order(input: &str, output: &str, ledger: &Ledger) -> Option<Finding> {
    let (input, rest) = apply(input, &ledger.changed);
    let (mut taken, mut put) = credits(&rest, &ledger.lost);
    let (input, output): (Vec<char>, Vec<char>) = (even(&input).collect(), even(output).collect());
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &input, &output) {
        let spend = |counts: &mut Counts, c: char, at: usize| {
            let left = counts.entry(c).or_default();
            *left -= 1;
            (*left < 0).then_some(Finding::Moved(c, at))
        };
        let (_, old, new) = op.as_tag_tuple();
        if matches!(op, similar::DiffOp::Equal { .. }) {
            continue;
        }
        let at = old.start;
        let found = input[old].iter().find_map(|&c| spend(&mut taken, c, at));
        let found = found.or_else(|| output[new].iter().find_map(|&c| spend(&mut put, c, at)));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The input after those changes of which it has what was there before in the very place, and the other changes: those
/// that change what another made, and those of a single word, which may stand in a place by chance.
fn apply<'a>(input: &str, changed: &'a [Change]) -> (String, Vec<&'a Change>) {
    let lines: Vec<usize> =
        std::iter::once(0).chain(input.match_indices('\n').map(|(at, _)| at + 1)).collect();
    // Where the last change stood: along a long line, the next is counted on from there.
    let (mut line, mut column, mut at) = (0, 1, 0);
    let (mut places, mut rest) = (BTreeMap::new(), Vec::new());
    for change in changed {
        let start = (change.line as usize).checked_sub(1).and_then(|line| lines.get(line));
        let Some(start) = start.filter(|_| words(&change.before).nth(1).is_some()) else {
            rest.push(change);
            continue;
        };
        let wanted = change.column.max(1);
        if line != change.line || column > wanted {
            (line, column, at) = (change.line, 1, *start);
        }
        let line_end = lines.get(change.line as usize).copied().unwrap_or(input.len()).max(at);
        at += input[at..line_end].chars().take((wanted - column) as usize).map(char::len_utf8).sum::<usize>();
        column = wanted;
        let end = at + change.before.len();
        let is_free = places.range(..end).next_back().is_none_or(|(_, (last, _))| *last <= at);
        if is_free && input[at..].starts_with(&change.before) {
            places.insert(at, (end, change.after.as_str()));
        } else {
            rest.push(change);
        }
    }
    let (mut out, mut done) = (String::with_capacity(input.len()), 0);
    for (start, (end, after)) in places {
        out.extend([&input[done..start], after]);
        done = end;
    }
    out.push_str(&input[done..]);
    (out, rest)
}

/// How often each character occurs.
type Counts = HashMap<char, i64>;

/// What may be left out on the way from input to output, and what may be brought in: of every change what is not the
/// same before and after, for what stayed gives nothing else the right to move.
fn credits(changed: &[&Change], lost: &[String]) -> (Counts, Counts) {
    let mut credits = (Counts::new(), Counts::new());
    let add = |counts: &mut Counts, chars: &[char]| {
        chars.iter().for_each(|&c| *counts.entry(c).or_default() += 1);
    };
    for Change { before, after, .. } in changed {
        let (before, after): (Vec<char>, Vec<char>) = (even(before).collect(), even(after).collect());
        let (before, after) = apart(&before, &after);
        add(&mut credits.0, before);
        add(&mut credits.1, after);
    }
    lost.iter().for_each(|text| add(&mut credits.0, &even(text).collect::<Vec<_>>()));
    credits
}

/// Two rows of characters without what both begin and end with.
fn apart<'a>(one: &'a [char], other: &'a [char]) -> (&'a [char], &'a [char]) {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (&one[..one.len() - tail], &other[..other.len() - tail])
}

/// The words of a text in one width: digits that changed nothing but their width are the same, or another digit
/// nearby would pass for one of them.
fn even(text: &str) -> impl Iterator<Item = char> + '_ {
    words(text).map(of_one_width)
}

/// A letter or digit of full width as the one of ASCII.
fn of_one_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(changes: &[(&str, &str)]) -> Ledger {
        let change = |(before, after): &(&str, &str)| Change {
            before: (*before).to_owned(),
            after: (*after).to_owned(),
            ..Change::default()
        };
        Ledger { changed: changes.iter().map(change).collect(), lost: Vec::new() }
    }

    #[test]
    fn what_the_ledger_tells_is_accounted_for() {
        let changes = ledger(&[("２０", "20"), ("[bookmark: x]", ""), (",", "，")]);
        assert_eq!(verify("２０年,[bookmark: x]总结", "# 20年，总结", &changes), []);
        let page = ledger(&[("２０２３", "2023"), ("— 3 —", "")]);
        assert_eq!(verify("２０２３年\n— 3 —", "2023年", &page), []);
    }

    #[test]
    fn what_it_does_not_tell_is_found() {
        let nothing = Ledger::default();
        assert_eq!(verify("甲乙乙", "甲", &nothing), [Finding::Vanished('乙', 2)]);
        assert_eq!(verify("甲", "甲1", &nothing), [Finding::Appeared('1', 1)]);
        assert_eq!(verify("甲乙丙", "丙甲乙", &nothing), [Finding::Moved('丙', 0)]);
        assert_eq!(verify("甲乙", "乙", &ledger(&[("甲", "丁")])), [Finding::Vanished('丁', 1)]);
    }

    #[test]
    fn a_digit_of_another_width_gives_no_other_the_right_to_move() {
        let input = "２０２３年云溪镇投入资金12万元，修渠34公里。";
        let changes = ledger(&[("２０２３", "2023"), ("元,", "元，")]);
        assert_eq!(verify(input, "2023年云溪镇投入资金12万元，修渠34公里。", &changes), []);
        for output in [
            "2023年云溪镇投入资金21万元，修渠34公里。",
            "2032年云溪镇投入资金12万元，修渠34公里。",
            "2023年云溪镇投入资金34万元，修渠12公里。",
        ] {
            assert!(matches!(verify(input, output, &changes)[..], [Finding::Moved(..)]), "{output}");
        }
        let year = ledger(&[("二0二三", "二〇二三")]);
        assert_eq!(verify("二0二三年二三月", "二〇二三年二三月", &year), []);
        assert!(matches!(verify("二0二三年二三月", "二〇三二年二三月", &year)[..], [Finding::Moved(..)]));
    }

    #[test]
    fn what_was_taken_out_in_one_place_gives_no_right_in_another() {
        let input = "二〇二一年\n2021[bookmark: 2112]\n完";
        let (good, bad) = ("二〇二一年\n2021\n完", "二〇二一年\n2012\n完");
        let mut changes = ledger(&[("[bookmark: 2112]", "")]);
        assert_eq!(verify(input, bad, &changes), []);
        (changes.changed[0].line, changes.changed[0].column) = (2, 5);
        assert!(matches!(verify(input, bad, &changes)[..], [Finding::Moved(..)]));
        assert_eq!(verify(input, good, &changes), []);
        // A place where something else stands is passed over, and so is one that is not there, or taken.
        for (line, column) in [(2, 4), (1, 1), (3, 9), (9, 1), (2, u32::MAX)] {
            (changes.changed[0].line, changes.changed[0].column) = (line, column);
            assert_eq!(verify(input, good, &changes), [], "{line}:{column}");
        }
        let mut twice = ledger(&[("甲乙", "丙丁"), ("甲乙", "")]);
        twice.changed.iter_mut().for_each(|change| change.line = 1);
        assert_eq!(verify("甲乙戊甲乙", "丙丁戊", &twice), []);
    }

    #[test]
    fn an_address_counts_once_for_a_link() {
        let shown = shown_with_links("**甲**[乙**丙**丁](http://a.cn/1)戊\n\n- [己](#己)[庚](b)");
        let words: String = words(&shown).collect();
        assert_eq!(words, "甲乙丙丁httpacn1戊己己庚b");
        assert_eq!(shown_with_links("无").trim(), "无");
        let html = "<p><a href=\"b/1\">甲</a></p>\n\n乙 <img src='c/2?d=3&amp;e=4'> 丙";
        assert_eq!(even(&shown_with_links(html)).collect::<String>(), "b1甲乙c2d3e4丙");
        assert_eq!(even(&super::shown(html)).collect::<String>(), "甲乙丙");
        // The same link in the next cell goes on.
        let row: String = even(&shown_with_links("[甲 1](#b)乙")).collect();
        let cells: String = even(&shown_with_links("| [甲](#b) | [1](#b) |\n| - | - |\n| 乙 |  |")).collect();
        assert_eq!((row.as_str(), cells.as_str()), ("甲1b乙", "甲1b乙"));
    }
}
