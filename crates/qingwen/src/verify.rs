//! The proof that nothing vanished: input, output and ledger accounted against one another.
//!
//! Only letters, digits and ideographs are counted: what carries the words. Two things are proven. *Account*:
//! of every character, the input has as many as the output, plus what the ledger says was taken out, less what
//! it says was put in. *Order*: what the input and the output have in common stands in one order, so that
//! whatever moved is in the ledger, too.

use qingwen_model::{Body, Diagnostic, Kind, Object, Text};
use std::collections::{BTreeMap, HashMap};

/// What the ledger of a file says was taken out and put in. Diagnostics collect into one.
///
/// ```
/// let ledger = qingwen::Ledger { taken: vec!["乙".to_owned()], put: Vec::new() };
/// assert!(qingwen::verify("甲乙", "甲", &ledger).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Texts that are in the input and not in the output: the `before` of changes, the `what` of losses.
    pub taken: Vec<String>,
    /// Texts that are in the output and not in the input: the `after` of changes.
    pub put: Vec<String>,
}

impl<'a> FromIterator<&'a Diagnostic> for Ledger {
    fn from_iter<T: IntoIterator<Item = &'a Diagnostic>>(diagnostics: T) -> Self {
        let mut ledger = Ledger::default();
        for diagnostic in diagnostics {
            match &diagnostic.kind {
                Kind::Changed { before, after } => {
                    ledger.taken.push(before.to_string());
                    ledger.put.push(after.to_string());
                }
                Kind::Lost(what) => ledger.taken.push(what.clone()),
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
    /// and how many characters of the input come before it.
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
    let document = qingwen_markdown::read(markdown).value;
    let mut out = String::with_capacity(markdown.len());
    document.visit(&mut |block| {
        if let Some(text) = block.text() {
            show(text, &mut out);
        } else if let Body::Code(code) = &block.body {
            out.push_str(&code.text);
        }
        out.push('\n');
    });
    document.notes.iter().for_each(|note| out.push_str(&note.id));
    out
}

fn show(text: &Text, out: &mut String) {
    for (at, c) in text.as_str().char_indices() {
        match text.object_at(at).filter(|_| c == '\u{fffc}') {
            None => out.push(c),
            Some(Object::Raw(markup)) => without_tags(markup, out),
            Some(Object::Note(id)) => out.push_str(id),
            Some(Object::Formula { latex, .. }) => out.push_str(latex),
            Some(Object::Image { alt, .. }) => out.push_str(alt),
            Some(Object::Ruby { base, reading }) => out.extend([base.as_str(), reading.as_str()]),
        }
    }
}

/// The characters of HTML between its tags.
fn without_tags(markup: &str, out: &mut String) {
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        out.push_str(&references(&rest[..open]));
        let Some(close) = rest[open..].find('>') else { break };
        out.push(' ');
        rest = &rest[open + close + 1..];
    }
    out.push_str(&references(rest));
}

/// The references that the Markdown writer uses in HTML, as the characters they stand for.
fn references(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#10;", "\n"), ("&amp;", "&")]
        .iter()
        .fold(html.to_owned(), |text, (reference, c)| text.replace(reference, c))
}

/// Compares what was read with what is left and what the ledger says. An empty list is the proof.
///
/// `input` and `output` are plain text: of Markdown, the words that show.
///
/// ```
/// use qingwen::{Ledger, Options, clean, shown, verify};
/// let text = "总产值[bookmark: _GoBack]增长";
/// let done = clean(text, &Options::default());
/// let ledger: Ledger = done.diagnostics.iter().collect();
/// assert_eq!(ledger.taken, ["[bookmark: _GoBack]"]);
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
    ledger.taken.iter().flat_map(|text| words(text)).for_each(|c| *balance.entry(c).or_default() -= 1);
    ledger.put.iter().flat_map(|text| words(text)).for_each(|c| *balance.entry(c).or_default() += 1);
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
    // Digits that changed nothing but their width are the same, or another digit nearby would pass for one of them.
    fn even(text: &str) -> impl Iterator<Item = char> + '_ {
        words(text).map(of_one_width)
    }
    let counts = |texts: &[String]| {
        let mut counts: HashMap<char, i64> = HashMap::new();
        texts.iter().flat_map(|text| even(text)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (mut taken, mut put) = (counts(&ledger.taken), counts(&ledger.put));
    let (input, output): (Vec<char>, Vec<char>) = (even(input).collect(), even(output).collect());
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &input, &output) {
        let spend = |counts: &mut HashMap<char, i64>, c: char, at: usize| {
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
        Ledger {
            taken: changes.iter().map(|(before, _)| (*before).to_owned()).collect(),
            put: changes.iter().map(|(_, after)| (*after).to_owned()).collect(),
        }
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
}
