//! A second look at what was no paragraph when the rules of spaces and punctuation first saw it: rows that became no
//! table, the cells of those that did, paragraphs made of several lines, and both parts of one whose first sentence became
//! a heading.

use crate::engine::RuleSet;
use crate::texts::Fences;
use crate::{Action, Classes, Pass, Rule, texts};
use qingwen_model::{Block, Body, Document, Edits, Extent, Log, Mark, Text};

/// Makes spaces of tabs that set no cells apart, and has the text rules that are on look again where they may find
/// something new.
pub(super) fn look(document: &mut Document, on: &RuleSet, log: &mut Log) {
    let fences = Fences::of(&document.blocks);
    let is_open = |at: &usize| !fences.have(*at);
    let new: Vec<usize> =
        (0..document.blocks.len()).filter(|at| is_new(&document.blocks[*at])).filter(is_open).collect();
    if new.is_empty() {
        return;
    }
    if on.has("st-table") {
        new.iter().for_each(|at| release(&mut document.blocks[*at], log));
    }
    edit(document, &new, on, log);
}

/// Has the text rules that are on look at some blocks once more.
pub(super) fn edit(document: &mut Document, new: &[usize], on: &RuleSet, log: &mut Log) {
    // The blocks are put aside, so that only they are looked at. Paragraphs made whole and
    // tables are neither cut nor taken out, so each comes back to its place.
    let mut aside = Document::default();
    aside.blocks.extend(new.iter().map(|at| {
        let mut block = std::mem::take(&mut document.blocks[*at]);
        block.shape.iter_mut().for_each(|shape| shape.extent = Extent::Paragraph);
        block
    }));
    let again: Vec<&'static Rule> = on.rules().filter(|rule| is_of_texts(rule)).collect();
    let spaces: Vec<&'static Rule> =
        again.iter().filter(|rule| rule.pass != Pass::Punctuation).copied().collect();
    if !again.is_empty() && !new.is_empty() {
        texts::edit(&mut aside, &again, &spaces, log);
    }
    for (at, block) in new.iter().zip(aside.blocks) {
        document.blocks[*at] = block;
    }
}

fn is_of_texts(rule: &Rule) -> bool {
    let pass = matches!(rule.pass, Pass::CodePoints | Pass::Lines | Pass::Punctuation);
    pass && matches!(rule.action, Action::Text(..))
}

/// Whether a paragraph of a text has wide gaps left, or is made of several lines and has a space.
fn is_new(block: &Block) -> bool {
    let Some(text) = block.as_paragraph().filter(|_| matches!(block.mark, Mark::Line(_))) else {
        return false;
    };
    if !Classes::within(text).meet(Classes::SPACES) {
        return false;
    }
    let string = text.as_str();
    let is_wide = string.contains(['\t', '\u{3000}']) || string.contains("  ");
    is_wide || (string.contains(' ') && is_joined(text))
}

fn is_joined(text: &Text) -> bool {
    let mut places = text.places();
    let first = places.at(0).0;
    places.at(text.len().saturating_sub(1)).0 != first
}

/// Makes one space of each tab, with the spaces beside it.
fn release(block: &mut Block, log: &mut Log) {
    let mark = block.mark;
    let Body::Paragraph(text) = &mut block.body else { return };
    let mut edits = Edits::new();
    let string = text.as_str();
    let mut from = 0;
    while let Some(skip) = string[from..].find('\t') {
        let head = string[..from + skip].trim_end_matches([' ', '\t']).len().max(from);
        from = string.len() - string[from + skip..].trim_start_matches([' ', '\t']).len();
        edits.replace(head..from, " ");
    }
    texts::replace("st-table", text, mark, &edits, log);
}
