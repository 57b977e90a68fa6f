//! What two readings of a document must have in common: blocks in their nesting, and the characters that show,
//! each with its markup. White space is left out, and so is the weight of punctuation, which may move.

use qingwen_model::{Block, Body, Document, Item, Object, Style, Text};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Paragraph(Vec<Glyph>),
    Heading(u8, Vec<Glyph>),
    List(Option<u32>, Vec<(Option<bool>, Vec<Node>)>),
    Table(Vec<Vec<Vec<Glyph>>>),
    Quote(Vec<Node>),
    Code(String, String),
    Break,
    Note(String, Vec<Node>),
    /// A block that should not be there.
    Stranger(String),
}

/// One thing that shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Glyph {
    pub what: String,
    pub marks: Marks,
}

impl std::fmt::Debug for Glyph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Marks { bold, italic, strike, raised, lowered, code, link } = &self.marks;
        let flags = [(bold, 'b'), (italic, 'i'), (strike, 's'), (raised, '^'), (lowered, '_'), (code, 'c')];
        write!(f, "{}", self.what)?;
        flags.iter().filter(|(set, _)| **set).try_for_each(|(_, name)| write!(f, "·{name}"))?;
        link.iter().try_for_each(|link| write!(f, "→{link}"))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub raised: bool,
    pub lowered: bool,
    pub code: bool,
    pub link: Option<String>,
}

/// Adds the characters of a string that show.
pub fn push(glyphs: &mut Vec<Glyph>, string: &str, marks: &Marks) {
    for c in string.chars().filter(|c| !c.is_whitespace()) {
        let mut marks = marks.clone();
        if !c.is_alphanumeric() {
            (marks.bold, marks.italic, marks.strike) = (false, false, false);
        }
        glyphs.push(Glyph { what: c.to_string(), marks });
    }
}

/// Adds a thing that is no character.
pub fn push_thing(glyphs: &mut Vec<Glyph>, thing: String, marks: &Marks) {
    let link = marks.link.clone().filter(|_| !thing.starts_with("note "));
    glyphs.push(Glyph { what: thing, marks: Marks { link, ..Marks::default() } });
}

/// A tag that the writer uses where it has no other way.
pub fn tag(marks: &mut Marks, html: &str) -> bool {
    match html {
        "<strong>" => marks.bold = true,
        "</strong>" => marks.bold = false,
        "<em>" => marks.italic = true,
        "</em>" => marks.italic = false,
        "<del>" => marks.strike = true,
        "</del>" => marks.strike = false,
        "<sup>" => marks.raised = true,
        "</sup>" => marks.raised = false,
        "<sub>" => marks.lowered = true,
        "</sub>" => marks.lowered = false,
        "<code>" => marks.code = true,
        "</code>" => marks.code = false,
        "<br>" | "<!-- -->" => {}
        _ => return false,
    }
    true
}

/// What a document should look like once it is written and read again.
pub fn expected(document: &Document) -> Vec<Node> {
    let ids: Vec<&str> = document.notes.iter().map(|note| note.id.as_str()).collect();
    let ids = ids.as_slice();
    let mut nodes = blocks(&document.blocks, ids);
    nodes.extend(document.notes.iter().map(|note| Node::Note(note.id.clone(), blocks(&note.blocks, ids))));
    nodes
}

/// Whether any item of any list holds nothing.
pub fn has_empty_item(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::List(_, items) => items.iter().any(|(_, nodes)| nodes.is_empty() || has_empty_item(nodes)),
        Node::Quote(nodes) | Node::Note(_, nodes) => has_empty_item(nodes),
        _ => false,
    })
}

fn blocks(list: &[Block], ids: &[&str]) -> Vec<Node> {
    list.iter().filter_map(|block| self::block(block, ids)).collect()
}

fn block(block: &Block, ids: &[&str]) -> Option<Node> {
    Some(match &block.body {
        Body::Paragraph(text) => Node::Paragraph(some(glyphs(text, false, ids))?),
        Body::Heading(level, text) => Node::Heading(*level, some(glyphs(text, true, ids))?),
        Body::Break => Node::Break,
        Body::Code(code) => {
            let text = if code.text.is_empty() { String::new() } else { format!("{}\n", code.text) };
            Node::Code(code.language.clone().unwrap_or_default(), text)
        }
        Body::Quote(inner) => Node::Quote(some(blocks(inner, ids))?),
        Body::List(list) => {
            let start = list.numbers().next();
            Node::List(start, some(list.items.iter().map(|item| self::item(item, ids)).collect())?)
        }
        Body::Table(table) => {
            let width = table.rows.iter().map(|row| row.cells.len()).max().filter(|&width| width > 0)?;
            let row = |row: &qingwen_model::Row| {
                let cell = |cell: &qingwen_model::Cell| {
                    cell.blocks
                        .iter()
                        .filter_map(Block::as_paragraph)
                        .flat_map(|text| glyphs(text, false, ids))
                        .collect()
                };
                let mut cells: Vec<Vec<Glyph>> = row.cells.iter().map(cell).collect();
                cells.resize(width, Vec::new());
                cells
            };
            Node::Table(table.rows.iter().map(row).collect())
        }
    })
}

fn item(item: &Item, ids: &[&str]) -> (Option<bool>, Vec<Node>) {
    let mut nodes = blocks(&item.blocks, ids);
    let words = |text: &Text| text.as_str().contains(|c: char| !c.is_whitespace() && c != '\u{fffc}');
    let begins = item.blocks.first().and_then(Block::as_paragraph).is_some_and(words);
    match item.done {
        Some(done) if !begins => {
            let mut box_only = Vec::new();
            push(&mut box_only, if done { "☑" } else { "☐" }, &Marks::default());
            nodes.insert(0, Node::Paragraph(box_only));
            (None, nodes)
        }
        done => (done, nodes),
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn glyphs(text: &Text, heading: bool, ids: &[&str]) -> Vec<Glyph> {
    let mut out = Vec::new();
    let shows = |at: usize, c: char| match text.object_at(at) {
        Some(Object::Image { alt, .. }) => !alt.trim().is_empty(),
        Some(Object::Note(id)) => ids.contains(&id.as_str()),
        _ => !c.is_whitespace(),
    };
    let all_bold = heading
        && text.runs().filter(|run| !run.style.bold).all(|run| {
            text.as_str()[run.range.clone()].char_indices().all(|(at, c)| !shows(run.range.start + at, c))
        });
    for run in text.runs() {
        let marks = marks(&run.style, all_bold);
        for (at, c) in text.as_str()[run.range.clone()].char_indices() {
            match text.object_at(run.range.start + at).filter(|_| c == '\u{fffc}') {
                None => push(&mut out, c.encode_utf8(&mut [0; 4]), &marks),
                Some(Object::Note(id)) if !ids.contains(&id.as_str()) => {}
                Some(Object::Note(id)) => push_thing(&mut out, format!("note {id}"), &marks),
                Some(Object::Formula { latex, display }) => {
                    push_thing(&mut out, format!("math {display} {latex}"), &marks);
                }
                Some(Object::Image { alt, .. }) if alt.trim().is_empty() => {}
                Some(Object::Image { alt, .. }) => {
                    push_thing(
                        &mut out,
                        format!("image {}", alt.split_whitespace().collect::<String>()),
                        &marks,
                    );
                }
                Some(Object::Raw(markup)) => push_thing(&mut out, format!("html {markup}"), &marks),
                Some(Object::Ruby { base, reading }) => {
                    push(&mut out, base, &marks);
                    push(&mut out, &format!("（{reading}）"), &marks);
                }
            }
        }
    }
    out
}

fn marks(style: &Style, all_bold: bool) -> Marks {
    Marks {
        bold: style.bold && !all_bold,
        italic: style.italic,
        strike: style.strike,
        raised: style.superscript,
        lowered: style.subscript && !style.superscript,
        code: style.code,
        link: style.link.as_deref().map(str::to_owned),
    }
}
