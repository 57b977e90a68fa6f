//! One rule alone, as its page's examples define it.

use qingwen_clean::Pass;
use qingwen_markdown::MarkdownOptions;
use qingwen_model::{Block, Document, Extent, Mark, Object, Shape, Start, Text, Warned};

/// Runs one rule alone on a text, so that anyone can see what it does. `None` where no rule has the id.
///
/// A rule of the structure pass takes every line for a finished paragraph and gives Markdown; every other rule
/// gives the text back line for line.
///
/// ```
/// let done = qingwen::only("pun-comma", "总产值增长,达到3.2%.").unwrap();
/// assert_eq!(done.value, "总产值增长，达到3.2%.");
/// assert!(qingwen::only("no-such-rule", "").is_none());
/// ```
pub fn only(id: &str, text: &str) -> Option<Warned<String>> {
    let pass = qingwen_clean::rule(id)?.pass;
    let mut document = qingwen_text::read_str(text);
    if pass == Pass::Structure {
        document.blocks.iter_mut().filter_map(|b| b.shape.as_mut()).for_each(finished);
    }
    let cleaned = qingwen_clean::only(document, id)?;
    let mut diagnostics = cleaned.diagnostics;
    let value = if pass == Pass::Structure {
        let written = qingwen_markdown::write(&cleaned.value, &MarkdownOptions::default());
        diagnostics.extend(written.diagnostics);
        written.value
    } else {
        lines(&cleaned.value)
    };
    Some(Warned { value, diagnostics })
}

fn finished(shape: &mut Shape) {
    *shape = Shape { extent: Extent::Paragraph, ..Shape::default() };
}

/// A document of lines as the text it was read from.
fn lines(document: &Document) -> String {
    let paragraphs = document.blocks.iter().map(|block| (block, block.text().map(shown).unwrap_or_default()));
    let notes = document.notes.iter().filter_map(|note| {
        let words: Vec<String> = note.blocks.iter().filter_map(Block::text).map(shown).collect();
        Some((note.blocks.first()?, format!("[^{}]: {}", note.id, words.join(" "))))
    });
    // Notes go back to where they stood.
    let line = |(block, _): &(&Block, String)| match block.mark {
        Mark::Line(line) => line,
        _ => u32::MAX,
    };
    let mut all: Vec<(&Block, String)> = paragraphs.chain(notes).collect();
    if !document.notes.is_empty() {
        all.sort_by_key(line);
    }
    let mut out = String::new();
    for (index, (block, text)) in all.into_iter().enumerate() {
        let shape = block.shape.unwrap_or_default();
        if index > 0 {
            out.push(if shape.start == Start::Page { '\u{c}' } else { '\n' });
        }
        (0..shape.gap as u32).for_each(|_| out.push('\n'));
        out.push_str(&text);
    }
    out
}

/// A text with the marks of its notes as Markdown writes them.
fn shown(text: &Text) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, object) in text.objects() {
        if let Object::Note(id) = object {
            out.push_str(&text.as_str()[from..at]);
            out.push_str(&format!("[^{id}]"));
            from = at + '\u{fffc}'.len_utf8();
        }
    }
    out + &text.as_str()[from..]
}
