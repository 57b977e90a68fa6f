//! Markdown as comrak reads it.

use crate::skeleton::{Glyph, Marks, Node, push, push_thing, tag};
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

pub fn read(markdown: &str) -> Vec<Node> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    let arena = Arena::new();
    nodes(parse_document(&arena, markdown, &options))
}

fn nodes<'a>(parent: &'a AstNode<'a>) -> Vec<Node> {
    parent.children().map(node).collect()
}

fn node<'a>(node: &'a AstNode<'a>) -> Node {
    match &node.data.borrow().value {
        NodeValue::Paragraph => Node::Paragraph(text(node)),
        NodeValue::Heading(heading) => Node::Heading(heading.level, text(node)),
        NodeValue::ThematicBreak => Node::Break,
        NodeValue::BlockQuote => Node::Quote(nodes(node)),
        NodeValue::CodeBlock(code) if code.fenced => Node::Code(code.info.clone(), code.literal.clone()),
        NodeValue::List(list) => {
            let first = (list.list_type == ListType::Ordered).then_some(list.start as u32);
            let item = |item: &'a AstNode<'a>| match &item.data.borrow().value {
                NodeValue::TaskItem(task) => (Some(task.symbol.is_some()), nodes(item)),
                _ => (None, nodes(item)),
            };
            Node::List(first, node.children().map(item).collect())
        }
        NodeValue::Table(_) => {
            Node::Table(node.children().map(|row| row.children().map(|cell| text(cell)).collect()).collect())
        }
        NodeValue::FootnoteDefinition(note) => Node::Note(note.name.clone(), nodes(node)),
        other => Node::Stranger(format!("{other:?}")),
    }
}

fn text<'a>(block: &'a AstNode<'a>) -> Vec<Glyph> {
    let mut out = Vec::new();
    inline(block, &mut Marks::default(), &mut out);
    out
}

fn inline<'a>(parent: &'a AstNode<'a>, marks: &mut Marks, out: &mut Vec<Glyph>) {
    for node in parent.children() {
        let outer = marks.clone();
        match &node.data.borrow().value {
            NodeValue::Text(text) => push(out, text, marks),
            NodeValue::Code(code) => push(out, &code.literal, &Marks { code: true, ..outer.clone() }),
            NodeValue::Math(math) => {
                push_thing(out, format!("math {} {}", math.display_math, math.literal), marks)
            }
            NodeValue::FootnoteReference(note) => push_thing(out, format!("note {}", note.name), marks),
            NodeValue::SoftBreak | NodeValue::LineBreak => {}
            NodeValue::HtmlInline(html) => {
                if !tag(marks, html) {
                    push_thing(out, format!("html {html}"), marks);
                }
                continue;
            }
            NodeValue::Emph => {
                marks.italic = true;
                inline(node, marks, out);
                marks.italic = outer.italic;
            }
            NodeValue::Strong => {
                marks.bold = true;
                inline(node, marks, out);
                marks.bold = outer.bold;
            }
            NodeValue::Strikethrough => {
                marks.strike = true;
                inline(node, marks, out);
                marks.strike = outer.strike;
            }
            NodeValue::Link(link) => {
                marks.link = Some(link.url.clone());
                inline(node, marks, out);
                marks.link = None;
            }
            NodeValue::Image(_) => {
                let mut alt = Vec::new();
                inline(node, &mut Marks::default(), &mut alt);
                let alt: String = alt.iter().map(|glyph| format!("{glyph:?}")).collect();
                push_thing(out, format!("image {alt}"), marks);
            }
            other => push_thing(out, format!("{other:?}"), marks),
        }
    }
}
