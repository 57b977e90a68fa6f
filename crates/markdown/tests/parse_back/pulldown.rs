//! Markdown as pulldown-cmark reads it.

use crate::skeleton::{Marks, Node, push, push_thing, tag};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub fn read(markdown: &str) -> Vec<Node> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut parser = Parser::new_ext(markdown, options).peekable();
    nodes(&mut parser)
}

type Events<'a> = std::iter::Peekable<Parser<'a>>;

/// Reads nodes up to the end of what holds them.
fn nodes(events: &mut Events<'_>) -> Vec<Node> {
    let mut out = Vec::new();
    loop {
        match events.peek() {
            None => return out,
            Some(Event::End(_)) => {
                events.next();
                return out;
            }
            Some(Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
            )) => {
                out.push(Node::Paragraph(inline(events)));
                continue;
            }
            Some(Event::Start(_) | Event::Rule | Event::TaskListMarker(_)) => {}
            // A tight item holds its text without a paragraph.
            Some(_) => {
                out.push(Node::Paragraph(inline(events)));
                continue;
            }
        }
        match events.next() {
            Some(Event::Rule) => out.push(Node::Break),
            Some(Event::Start(tag)) => out.push(start(tag, events)),
            Some(Event::TaskListMarker(done)) => out.push(Node::Stranger(format!("task {done}"))),
            _ => unreachable!(),
        }
    }
}

fn start(tag: Tag<'_>, events: &mut Events<'_>) -> Node {
    match tag {
        Tag::Paragraph => {
            let text = inline(events);
            events.next();
            Node::Paragraph(text)
        }
        Tag::Heading { level, .. } => {
            let text = inline(events);
            events.next();
            Node::Heading(level as u8, text)
        }
        Tag::BlockQuote(None) => Node::Quote(nodes(events)),
        Tag::CodeBlock(kind) => {
            let mut text = String::new();
            while let Some(Event::Text(more)) = events.next_if(|event| matches!(event, Event::Text(_))) {
                text.push_str(&more);
            }
            events.next();
            match kind {
                CodeBlockKind::Fenced(language) => Node::Code(language.into_string(), text),
                CodeBlockKind::Indented => Node::Stranger("indented code".into()),
            }
        }
        Tag::List(first) => {
            let mut items = Vec::new();
            while let Some(Event::Start(Tag::Item)) = events.next() {
                let mut done = None;
                let mut content = Vec::new();
                if let Some(Event::TaskListMarker(_)) = events.peek() {
                    done = task(events);
                } else if let Some(Event::Start(Tag::Paragraph)) = events.peek() {
                    events.next();
                    done = task(events);
                    content.push(Node::Paragraph(inline(events)));
                    events.next();
                }
                content.extend(nodes(events));
                items.push((done, content));
            }
            Node::List(first.map(|n| n as u32), items)
        }
        Tag::Table(_) => {
            let mut rows = Vec::new();
            while let Some(Event::Start(Tag::TableHead | Tag::TableRow)) = events.next() {
                let mut cells = Vec::new();
                while let Some(Event::Start(Tag::TableCell)) = events.next() {
                    cells.push(inline(events));
                    events.next();
                }
                rows.push(cells);
            }
            Node::Table(rows)
        }
        Tag::FootnoteDefinition(id) => Node::Note(id.into_string(), nodes(events)),
        other => Node::Stranger(format!("{other:?} {:?}", nodes(events))),
    }
}

fn task(events: &mut Events<'_>) -> Option<bool> {
    match events.next_if(|event| matches!(event, Event::TaskListMarker(_))) {
        Some(Event::TaskListMarker(done)) => Some(done),
        _ => None,
    }
}

/// Reads text up to the end of its block, which stays.
fn inline(events: &mut Events<'_>) -> Vec<crate::skeleton::Glyph> {
    let mut out = Vec::new();
    let mut marks = Marks::default();
    loop {
        match events.peek() {
            None | Some(Event::Rule) => return out,
            Some(Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)) => {}
            Some(Event::End(_)) => return out,
            Some(Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {}
            Some(Event::Start(Tag::Link { .. } | Tag::Image { .. })) => {}
            Some(Event::Start(_)) => return out,
            Some(_) => {}
        }
        match events.next() {
            Some(Event::Text(text)) => push(&mut out, &text, &marks),
            Some(Event::Code(code)) => push(&mut out, &code, &Marks { code: true, ..marks.clone() }),
            Some(Event::InlineMath(latex)) => push_thing(&mut out, format!("math false {latex}"), &marks),
            Some(Event::DisplayMath(latex)) => push_thing(&mut out, format!("math true {latex}"), &marks),
            Some(Event::FootnoteReference(id)) => push_thing(&mut out, format!("note {id}"), &marks),
            Some(Event::SoftBreak | Event::HardBreak) => {}
            Some(Event::InlineHtml(html) | Event::Html(html)) => {
                if !tag(&mut marks, &html) {
                    push_thing(&mut out, format!("html {html}"), &marks);
                }
            }
            Some(Event::Start(Tag::Image { .. })) => {
                let mut alt = String::new();
                loop {
                    match events.next() {
                        Some(Event::Text(text)) => alt.push_str(&text),
                        Some(Event::End(TagEnd::Image)) | None => break,
                        other => alt.push_str(&format!("{other:?}")),
                    }
                }
                alt.retain(|c| !c.is_whitespace());
                push_thing(&mut out, format!("image {alt}"), &marks);
            }
            Some(Event::Start(tag)) => set(&mut marks, &tag),
            Some(Event::End(tag)) => unset(&mut marks, tag),
            other => push_thing(&mut out, format!("{other:?}"), &marks),
        }
    }
}

fn set(marks: &mut Marks, tag: &Tag<'_>) {
    match tag {
        Tag::Emphasis => marks.italic = true,
        Tag::Strong => marks.bold = true,
        Tag::Strikethrough => marks.strike = true,
        Tag::Link { dest_url, .. } => marks.link = Some(dest_url.to_string()),
        _ => {}
    }
}

fn unset(marks: &mut Marks, tag: TagEnd) {
    match tag {
        TagEnd::Emphasis => marks.italic = false,
        TagEnd::Strong => marks.bold = false,
        TagEnd::Strikethrough => marks.strike = false,
        TagEnd::Link => marks.link = None,
        _ => {}
    }
}
