//! Documents made to be hard to write.

use proptest::prelude::*;
use qingwen_model::{
    Block, Body, Cell, Code, Document, Item, List, Marker, Note, Object, Row, Style, Table, Text,
};

/// Pieces of strings that mean something to a parser, and some that do not.
fn scrap() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "```",
        "~~~",
        "$",
        "$$",
        "\\",
        "&lt;",
        "&#65;",
        "&x",
        "<b>",
        "</b>",
        "<!--",
        "<?",
        "<http://a.b>",
        "<a@b.c>",
        "[",
        "]",
        "](u)",
        "[^1]",
        "[^1]:",
        "[x]: y",
        "[ ] ",
        "![",
        "!",
        "# ",
        "#",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "12) ",
        "---",
        "===",
        "***",
        "|",
        "| - |",
        "---|---",
        ":-:",
        "    ",
        "\t",
        " ",
        "\n",
        "\n\n",
        "\u{3000}",
        "\u{fffc}",
        "=",
        "-",
        "[!NOTE]",
        ":",
        "(",
        ")",
        "\"",
        "'",
    ])
    .prop_map(str::to_owned);
    prop_oneof![
        4 => nasty,
        2 => "[甲乙丙丁ab12]{1,3}",
        2 => "[，。《》（）“”、：！…—￥＋→]{1,2}",
        1 => Just(" ".to_owned()),
    ]
}

fn string() -> impl Strategy<Value = String> {
    prop::collection::vec(scrap(), 0..5).prop_map(|scraps| scraps.concat())
}

/// Markdown of nothing but scraps.
pub fn scraps() -> impl Strategy<Value = String> {
    prop::collection::vec(scrap(), 0..20).prop_map(|scraps| scraps.concat())
}

fn style() -> impl Strategy<Value = Style> {
    let link = prop::sample::select(vec!["u", "http://a.cn/x_y", "a b", "(", "<", "a\\*b", "?a&lt;b", "a|b"]);
    let flags = prop::bits::u8::masked(0b11_1111);
    (flags, prop::option::weighted(0.2, link), any::<bool>()).prop_map(|(flags, link, plain)| {
        let set = |bit: u8| !plain && flags & (1 << bit) != 0;
        Style {
            bold: set(0),
            italic: set(1) && set(4),
            strike: set(2) && set(5),
            superscript: set(3) && set(4),
            subscript: set(3) && set(5),
            code: set(4) && set(5) && set(0),
            link: link.map(Into::into),
            underline: set(5),
        }
    })
}

fn object() -> impl Strategy<Value = Object> {
    prop_oneof![
        string().prop_map(|alt| Object::Image { media: None, alt }),
        Just(Object::Note("1".into())),
        prop::sample::select(vec!["x", "\\frac{a}{b}", "a<b", "x_1*y_2", "a & b"])
            .prop_map(|latex| Object::Formula { latex: latex.into(), display: false }),
        string().prop_map(|base| Object::Ruby { base: format!("汉{base}"), reading: "hàn".into() }),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    let piece = prop_oneof![8 => string().prop_map(Ok), 1 => object().prop_map(Err)];
    prop::collection::vec((style(), piece), 0..5).prop_map(|pieces| {
        let mut text = Text::new();
        for (mut style, piece) in pieces {
            match piece {
                Ok(string) => {
                    // A link that shows nothing is none.
                    if string.trim().is_empty() || string.contains('\u{fffc}') {
                        style.link = None;
                    }
                    text.push(&string, &style);
                }
                Err(object) => text.push_object(object, &Style { code: false, link: None, ..style }),
            }
        }
        text
    })
}

fn table() -> impl Strategy<Value = Table> {
    let cell = prop::collection::vec(text().prop_map(Block::paragraph), 0..3).prop_map(Cell::new);
    let row = prop::collection::vec(cell, 1..4).prop_map(|cells| Row { cells });
    prop::collection::vec(row, 1..4).prop_map(|rows| Table { rows, header_rows: 0 })
}

fn code() -> impl Strategy<Value = Code> {
    let language = prop::option::of(prop::sample::select(vec!["rust", "c++", "a b", "a`b", "&lt;"]));
    (language, string()).prop_map(|(language, text)| Code { language: language.map(Into::into), text })
}

fn block() -> impl Strategy<Value = Block> {
    let wrap = |body| Block { body, ..Block::default() };
    let leaf = prop_oneof![
        6 => text().prop_map(Body::Paragraph),
        1 => (1..=6u8, text()).prop_map(|(level, text)| Body::Heading(level, text)),
        1 => table().prop_map(Body::Table),
        1 => code().prop_map(Body::Code),
        1 => Just(Body::Break),
    ]
    .prop_map(wrap);
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let blocks = prop::collection::vec(inner, 1..4);
        let item = (
            blocks.clone(),
            prop::option::weighted(0.2, any::<bool>()),
            prop::option::weighted(0.2, 0..9999_u32),
        )
            .prop_map(|(blocks, done, number)| Item { blocks, done, number });
        let marker = prop_oneof![Just(Marker::Bullet), Just(Marker::Number(1)), Just(Marker::Number(12))];
        let list = (marker, any::<bool>(), prop::collection::vec(item, 0..4))
            .prop_map(|(marker, loose, items)| List { marker, loose, items });
        prop_oneof![2 => list.prop_map(Body::List), 1 => blocks.prop_map(Body::Quote)].prop_map(wrap)
    })
}

/// A document that shows itself in the readable notation.
#[derive(Clone)]
pub struct Shown(pub Document);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

/// Paragraphs, without notes.
pub fn paragraphs() -> impl Strategy<Value = Shown> {
    prop::collection::vec(text().prop_map(Block::paragraph), 1..3)
        .prop_map(|blocks| Shown(Document { blocks, ..Document::default() }))
}

/// A document, with a note `1`.
pub fn document() -> impl Strategy<Value = Shown> {
    let blocks = || prop::collection::vec(block(), 0..5);
    (blocks(), blocks()).prop_map(|(mut blocks, note)| {
        // A note that nothing refers to is not shown by GFM.
        let mut reference = Text::plain("注");
        reference.push_object(Object::Note("1".into()), &Style::default());
        blocks.insert(0, Block::paragraph(reference));
        let notes = vec![Note { id: "1".into(), blocks: note, ..Note::default() }];
        Shown(Document { blocks, notes, ..Document::default() })
    })
}
