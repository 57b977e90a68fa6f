use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, literal};
use qingwen_model::{Block, Document, Edits, Extent, Log, Note, NoteKind, Object, Shape, Style, Text};
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    id: "art-footnote-ref",
    doc: include_str!("art_footnote_ref.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Document(apply),
};

fn apply(document: &mut Document, log: &mut Log) {
    let mut known = BTreeSet::new();
    document.visit_mut(&mut |block| {
        let mark = block.mark;
        let may_refer =
            |text: &Text| Classes::within(text).meet(Classes::BRACKET) && text.as_str().contains("noteRef:");
        let Some(text) = block.text_mut().filter(|text| may_refer(text)) else { return };
        let line = Line::new(text.as_str());
        let mut edits = Edits::new();
        for (kind, sign) in [("", "[footnoteRef:"), ("en", "[endnoteRef:")] {
            for mark in support::tika_marks(text.as_str(), sign, LONGEST) {
                let number = mark.name.trim();
                let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
                if !is_number || line.is_code(&mark.range) {
                    continue;
                }
                let id = format!("{kind}{number}");
                // Number 0 is the line between the text and its notes.
                let with = if number == "0" { String::new() } else { format!("[^{id}]") };
                edits.replace(mark.range, with);
                known.insert(id);
            }
        }
        support::apply(RULE.id, text, mark, &edits, log);
    });
    refer_already(document, &mut known);
    let told = bodies(document, &known, log);
    if !told.is_empty() {
        document.visit_mut(&mut |block| block.text_mut().into_iter().for_each(|text| refer(text, &told)));
    }
}

/// Adds the numbers of notes that somebody wrote the marks of as Markdown has them, where there may be such notes.
fn refer_already(document: &Document, known: &mut BTreeSet<String>) {
    let told = |block: &Block| {
        block.as_paragraph().and_then(|text| body(text.as_str())).map(|(id, _)| id.to_owned())
    };
    let bodies: BTreeSet<String> = document.blocks.iter().filter_map(told).collect();
    if bodies.is_empty() {
        return;
    }
    document.visit(&mut |block| {
        let Some(text) = block.text() else { return };
        let mut code = Vec::new();
        if Classes::within(text).meet(Classes::BACKQUOTE) {
            literal::code(text.as_str(), &mut code);
        }
        let is_code = |at: usize| {
            code.get(code.partition_point(|span| span.end <= at)).is_some_and(|span| span.start <= at)
        };
        for (start, sign) in text.as_str().match_indices("[^") {
            let Some((id, _)) = text.as_str()[start + sign.len()..].split_once(']') else { break };
            if bodies.contains(id) && !is_code(start) {
                known.insert(id.to_owned());
            }
        }
    });
}

/// Takes paragraphs such as `[1: words]` that say what a known note says out of the text and makes notes of
/// them; gives their ids.
fn bodies(document: &mut Document, known: &BTreeSet<String>, log: &mut Log) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    if known.is_empty() {
        return told;
    }
    let taken: BTreeSet<String> = document.notes.iter().map(|note| note.id.clone()).collect();
    let mut kept = Vec::with_capacity(document.blocks.len());
    for mut block in std::mem::take(&mut document.blocks) {
        let id = block.as_paragraph().and_then(|text| body(text.as_str())).map(|(id, _)| id.to_owned());
        match id.filter(|id| known.contains(id) && !told.contains(id) && !taken.contains(id)) {
            Some(id) => {
                document.notes.push(note(&mut block, &id, log));
                told.insert(id);
            }
            None => kept.push(block),
        }
    }
    document.blocks = kept;
    told
}

/// The note that a paragraph `[1: words]` is.
fn note(block: &mut Block, id: &str, log: &mut Log) -> Note {
    let mark = block.mark;
    let mut words = Text::new();
    if let Some(text) = block.text_mut() {
        let sign = format!("[^{id}]: ");
        let colon = id.len() + 2;
        let spaces = text.as_str()[colon..].len() - text.as_str()[colon..].trim_start().len();
        let mut edits = Edits::new();
        edits.replace(0..colon + spaces, sign.clone());
        edits.delete(text.len() - 1..text.len());
        support::apply(RULE.id, text, mark, &edits, log);
        words = text.split_off(sign.len());
    }
    let Shape { gap, start, .. } = block.shape.unwrap_or_default();
    let shape = Shape { extent: Extent::Paragraph, gap, start, ..Shape::default() };
    Note {
        id: id.to_owned(),
        kind: NoteKind::Footnote,
        blocks: vec![Block::paragraph(words).at(mark).looking(shape)],
    }
}

/// Makes marks of the references to notes that are now known to say something.
fn refer(text: &mut Text, told: &BTreeSet<String>) {
    let mut marks: Vec<(usize, String)> = Vec::new();
    for (start, _) in text.as_str().match_indices("[^") {
        let id: String = text.as_str()[start + 2..].chars().take(LONGEST).take_while(|c| *c != ']').collect();
        let closed = text.as_str()[start + 2 + id.len()..].starts_with(']');
        if closed && told.contains(&id) {
            marks.push((start, id));
        }
    }
    // Cut from the end and put together from the start, so that no character is moved twice.
    let mut pieces = Vec::with_capacity(marks.len());
    for (start, id) in marks.into_iter().rev() {
        let mut mark = text.split_off(start);
        pieces.push((mark.split_off(id.len() + 3), id));
    }
    for (rest, id) in pieces.into_iter().rev() {
        text.push_object(Object::Note(id), &Style::default());
        text.append(rest);
    }
}

const LONGEST: usize = 9;

/// The number of a note in brackets that fill the line, and where its colon stands.
fn body(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (number, _) = inner.split_once(':')?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some((number, number.len() + 1))
}
