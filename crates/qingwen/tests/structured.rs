//! Documents as JSON and in chunks: what must hold for every document.

#![cfg(feature = "json")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use qingwen::model::{
    Align, Block, Body, Cell, Code, Document, Extent, Face, Item, List, Mark, Marker, Media, MediaItem, Meta,
    Note, NoteKind, Object, Row, Shape, Start, Style, Table, Text,
};
use qingwen::{Chunk, ChunkOptions, Converted, Format, Options, convert, json};

fn words() -> impl Strategy<Value = String> {
    "[一二第条甲乙，。a-c1#*|\\\\\"\u{0}\u{1f600} \n\u{fffc}]{0,8}"
}

fn style() -> impl Strategy<Value = Style> {
    (any::<[bool; 7]>(), prop::option::of(words())).prop_map(|(set, link)| Style {
        bold: set[0],
        italic: set[1],
        underline: set[2],
        strike: set[3],
        superscript: set[4],
        subscript: set[5],
        code: set[6],
        link: link.map(Into::into),
    })
}

fn object() -> impl Strategy<Value = Object> {
    prop_oneof![
        (prop::option::of(0..9_usize), words()).prop_map(|(media, alt)| Object::Image { media, alt }),
        words().prop_map(Object::Note),
        (words(), any::<bool>()).prop_map(|(latex, display)| Object::Formula { latex, display }),
        (words(), words()).prop_map(|(base, reading)| Object::Ruby { base, reading }),
        words().prop_map(Object::Raw),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    let piece = (words(), prop::option::of(style()), prop::option::of(object()));
    (prop::collection::vec(piece, 0..4), 0..12_usize).prop_map(|(pieces, label)| {
        let mut text = Text::new();
        for (words, style, object) in pieces {
            let style = style.unwrap_or_default();
            text.push(&words, &style);
            if let Some(object) = object {
                text.push_object(object, &style);
            }
        }
        text.set_label(label.min(text.len()));
        text
    })
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::None),
        any::<u32>().prop_map(Mark::Line),
        any::<(u32, u16)>().prop_map(|(page, line)| Mark::Page(page, line)),
        any::<u32>().prop_map(Mark::Paragraph),
    ]
}

fn shape() -> impl Strategy<Value = Shape> {
    let number = || -100.0_f32..100.0;
    let words = (0..2_usize, 0..3_usize, 0..7_usize, 0..3_usize, any::<(bool, Option<u8>, Option<u32>)>());
    let numbers =
        (number(), number(), prop::option::of(number()), number(), number(), prop::option::of(number()));
    (words, numbers).prop_map(|((extent, start, face, align, (bold, outline, paragraph)), numbers)| {
        let (indent, width, slack, gap, size, height) = numbers;
        let faces =
            [Face::Unknown, Face::Song, Face::Title, Face::Hei, Face::Kai, Face::FangSong, Face::Mono];
        Shape {
            extent: [Extent::Line, Extent::Paragraph][extent],
            start: [Start::Line, Start::Column, Start::Page][start],
            face: faces[face],
            align: [Align::Start, Align::Center, Align::End][align],
            indent,
            width,
            slack,
            gap,
            size,
            height,
            bold,
            outline,
            paragraph,
        }
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        text().prop_map(Body::Paragraph),
        (1..7_u8, text()).prop_map(|(level, text)| Body::Heading(level, text)),
        (prop::option::of(words()), words()).prop_map(|(language, text)| Body::Code(Code { language, text })),
        Just(Body::Break),
    ];
    let placed = |body: BoxedStrategy<Body>| {
        (body, mark(), prop::option::of(shape())).prop_map(|(body, mark, shape)| Block { mark, shape, body })
    };
    placed(leaf.boxed()).prop_recursive(3, 16, 3, move |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 0..3);
        let item = (blocks(), any::<Option<bool>>(), any::<Option<u32>>())
            .prop_map(|(blocks, done, number)| Item { blocks, done, number });
        let cell = (blocks(), 1..4_u32, 1..4_u32).prop_map(|(blocks, row_span, column_span)| Cell {
            blocks,
            row_span,
            column_span,
        });
        let row = prop::collection::vec(cell, 0..3).prop_map(|cells| Row { cells });
        placed(
            prop_oneof![
                blocks().prop_map(Body::Quote),
                (prop::option::of(any::<u32>()), any::<bool>(), prop::collection::vec(item, 0..3)).prop_map(
                    |(first, loose, items)| {
                        Body::List(List {
                            marker: first.map_or(Marker::Bullet, Marker::Number),
                            loose,
                            items,
                        })
                    }
                ),
                (prop::collection::vec(row, 0..3), 0..3_u32)
                    .prop_map(|(rows, header_rows)| Body::Table(Table { rows, header_rows })),
            ]
            .boxed(),
        )
    })
}

fn document() -> impl Strategy<Value = Document> {
    let kind = prop::sample::select(vec![NoteKind::Footnote, NoteKind::Endnote, NoteKind::Comment]);
    let note = (kind, prop::collection::vec(block(), 0..2));
    let item = (words(), any::<Vec<u8>>()).prop_map(|(name, bytes)| MediaItem { name, bytes });
    let meta = (any::<[Option<bool>; 8]>(), words(), any::<Option<u32>>()).prop_map(|(set, words, pages)| {
        let field = |at: usize| set[at].map(|long| if long { words.repeat(2) } else { words.clone() });
        Meta {
            title: field(0),
            author: field(1),
            subject: field(2),
            created: field(3),
            modified: field(4),
            application: field(5),
            language: field(6),
            encoding: field(7),
            pages,
        }
    });
    let notes = prop::collection::vec(note, 0..2);
    let anchors = prop::collection::vec((words(), mark()), 0..2);
    (meta, prop::collection::vec(block(), 0..5), notes, prop::collection::vec(item, 0..2), anchors).prop_map(
        |(meta, blocks, notes, items, anchors)| {
            let note = |(at, (kind, blocks))| Note { id: format!("n{at}"), kind, blocks };
            let notes = notes.into_iter().enumerate().map(note).collect();
            Document { meta, blocks, notes, media: Media { items }, anchors }
        },
    )
}

/// What must hold for the chunks of any document.
fn check(done: &Converted, options: &ChunkOptions) -> Vec<Chunk> {
    let chunks = done.chunks(options);
    let markdown = &done.markdown;
    let mut at = 0;
    for chunk in &chunks {
        assert_eq!(chunk.text, markdown[chunk.bytes.clone()]);
        assert_eq!(chunk.text.trim(), chunk.text);
        assert!(
            markdown[at..chunk.bytes.start].trim().is_empty(),
            "left out: {:?}",
            &markdown[at..chunk.bytes.start]
        );
        assert_eq!(chunk.chars.start, markdown[..chunk.bytes.start].chars().count());
        assert_eq!(chunk.chars.len(), chunk.text.chars().count());
        assert!((1..=options.max).contains(&chunk.chars.len()), "{} characters", chunk.chars.len());
        at = chunk.bytes.end;
    }
    assert!(markdown[at..].trim().is_empty(), "left out: {:?}", &markdown[at..]);
    chunks
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_comes_back_from_json(document in document()) {
        let text = json::write(&document);
        prop_assert_eq!(text.matches('\n').count(), 1);
        prop_assert_eq!(Format::of(text.as_bytes()), Format::Json);
        let back = json::read(text.as_bytes()).unwrap();
        prop_assert_eq!(json::write(&back), text);
        prop_assert_eq!(back, document);
    }

    #[test]
    fn json_gives_the_markdown_of_its_document_and_chunks_hold_it_all(
        document in document(), min in 0..40_usize, max in 1..80_usize,
    ) {
        let text = json::write(&document);
        let done = convert(text.as_bytes(), &Options::default()).unwrap();
        prop_assert_eq!(&done.document, &document);
        check(&done, &ChunkOptions { min, max });
    }

    #[test]
    fn no_bytes_make_reading_json_panic(text in words(), cut in 0..200_usize, document in document()) {
        let mut bytes = json::write(&document).into_bytes();
        let cut = cut.min(bytes.len());
        bytes.splice(cut..cut, text.into_bytes());
        let _ = json::read(&bytes);
    }
}

#[test]
fn another_version_or_a_place_outside_is_refused() {
    let refused = |text: &str| json::read(text.as_bytes()).unwrap_err().to_string();
    assert!(refused(r#"{"schema":"qingwen-document/2"}"#).contains("qingwen-document/1"));
    let block = |rest: &str| refused(&format!(r#"{{"schema":"qingwen-document/1","blocks":[{{{rest}}}]}}"#));
    let outside = "a style, an object or a label that does not lie in its text";
    assert_eq!(
        block(r#""type":"paragraph","text":"甲","styles":[{"start":0,"end":2,"bold":true}]"#),
        outside
    );
    assert_eq!(block(r#""type":"paragraph","text":"甲","objects":[{"at":0,"note":"1"}]"#), outside);
    assert_eq!(block(r#""type":"paragraph","text":"甲","label":2"#), outside);
    assert_eq!(block(r#""type":"heading","level":9,"text":"甲""#), "a heading of level 9");
    let deep = format!("{}{}", r#"{"type":"quote","blocks":["#.repeat(100_000), "]}".repeat(100_000));
    assert!(
        refused(&format!(r#"{{"schema":"qingwen-document/1","blocks":[{deep}]}}"#)).contains("recursion")
    );
}

#[test]
fn chunks_know_their_headings_and_numbers() {
    let law = "# 云溪市公园条例\n\n## 第一章 总则\n\n第一条 为了加强公园管理，制定本条例。\n\n\
               第二条 本条例所称公园，是指公益性绿地。\n\n## 第二章 管理\n\n第三条 公园应当免费开放。\n";
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let done = convert(law.as_bytes(), &options).unwrap();
    let chunks = check(&done, &ChunkOptions { min: 10, max: 1000 });
    let headings: Vec<String> = chunks.iter().map(|chunk| chunk.headings.join(" / ")).collect();
    assert_eq!(headings, ["云溪市公园条例", "云溪市公园条例 / 第二章 管理"]);
    assert_eq!(chunks[0].labels, ["第一章", "第一条", "第二条"]);
    assert_eq!(chunks[1].labels, ["第二章", "第三条"]);
    assert_eq!((chunks[1].first, chunks[1].last), (Mark::Line(9), Mark::Line(11)));
    // A heading is never parted from what stands under it where both fit.
    let chunks = check(&done, &ChunkOptions { min: 0, max: 34 });
    assert!(
        chunks.iter().all(|chunk| chunk.text.lines().count() > 1 || !chunk.text.starts_with('#')),
        "{chunks:#?}"
    );
}

#[test]
fn a_long_paragraph_is_cut_behind_sentences_and_a_table_between_rows() {
    let paragraph = "河道整治工作全面完成。".repeat(20);
    let table: String = (0..40).map(|row| format!("| {row} | 清淤 |\n")).collect();
    let text = format!("{paragraph}\n\n| 段 | 事 |\n| --- | --- |\n{table}");
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let done = convert(text.as_bytes(), &options).unwrap();
    let chunks = check(&done, &ChunkOptions { min: 0, max: 50 });
    assert!(chunks.len() > 8);
    assert!(chunks.iter().all(|chunk| chunk.text.ends_with(['。', '|'])), "{chunks:#?}");
}

#[test]
fn an_article_stays_whole_where_it_can_and_quotes_close_before_a_cut() {
    let options = Options { format: Some(Format::Markdown), ..Options::default() };
    let item = |number: &str| format!("（{number}）擅自占用公园绿地的；\n\n");
    let items = ["一", "二", "三"].map(item).concat();
    let law = format!(
        "第六条 公园应当免费开放，节假日除外。\n\n第七条 禁止下列行为：\n\n{items}第八条 本条例自公布之日起施行。\n"
    );
    let done = convert(law.as_bytes(), &options).unwrap();
    let chunks = check(&done, &ChunkOptions { min: 10, max: 70 });
    assert_eq!(chunks[0].labels, ["第六条"]);
    assert_eq!(chunks[1].labels, ["第七条", "（一）", "（二）", "（三）"]);
    let talk = "老人说：“今年的水比去年大得多。”大家都点头。".repeat(6);
    let done = convert(talk.as_bytes(), &options).unwrap();
    for max in 23..60 {
        let chunks = check(&done, &ChunkOptions { min: 0, max });
        assert!(chunks.iter().all(|chunk| !chunk.text.starts_with('”')), "{chunks:#?}");
    }
    // A lead-in stands with the beginning of what it leads in to.
    let lead = format!("## 任务\n\n具体如下：\n\n{}\n", "河道整治工作全面完成。".repeat(12));
    let done = convert(lead.as_bytes(), &options).unwrap();
    let chunks = check(&done, &ChunkOptions { min: 40, max: 100 });
    assert!(chunks[0].text.contains("河道整治"), "{chunks:#?}");
}
