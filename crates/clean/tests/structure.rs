//! Properties of the structure pass and of joining lines, over documents made of the pieces they look for.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use proptest::prelude::*;
use qingwen_clean::{CleanOptions, Profile, clean, only};
use qingwen_model::{Align, Block, Document, Extent, Face, Mark, Shape, Start};

const PIECES: &[&str] = &[
    "第",
    "一",
    "二",
    "十",
    "章",
    "节",
    "条",
    "编",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "(",
    ")",
    "1",
    "2",
    "３",
    ".",
    "．",
    "①",
    "⑵",
    "㈢",
    "\t",
    " ",
    "　",
    "“",
    "”",
    "《",
    "》",
    "附件",
    "目录",
    "目 录",
    "……",
    "…",
    "—",
    "-",
    "— 3 —",
    "关于",
    "的通知",
    "青汶县人民政府",
    "县水利局",
    "2024年1月5日",
    "抄送",
    "灌溉面积扩大到三万亩",
    "渠道",
    "word",
    "Another",
    "- ",
    "• ",
    "\u{fffc}",
    "第二节 渠道",
    "（一）水源",
    "1.1 术语",
    "？",
    "！",
    "12",
    "/",
    "页",
    "共",
    "项",
    "至",
    "𠀀",
];

fn shapes() -> impl Strategy<Value = Option<Shape>> {
    let shape =
        (any::<[bool; 3]>(), 0..3u8, 0..3u8, 0.0..6.0f32, 0.0..40.0f32, 0.0..3.0f32, 0..4u8, 0.0..1.0f32);
    proptest::option::weighted(
        0.9,
        shape.prop_map(|(flags, start, align, indent, width, gap, size, height)| Shape {
            extent: if flags[0] { Extent::Line } else { Extent::Paragraph },
            start: [Start::Line, Start::Column, Start::Page][usize::from(start)],
            indent,
            width,
            slack: flags[1].then_some(40.0 - width),
            gap: gap.floor(),
            size: [1.0, 1.0, 1.2, 1.5][usize::from(size)],
            bold: flags[2] && size == 0,
            face: [Face::Unknown, Face::Song, Face::Hei, Face::Kai][usize::from(size)],
            align: [Align::Start, Align::Center, Align::End][usize::from(align)],
            height: flags[1].then_some(height),
            paragraph: flags[0].then_some(u32::from(start)),
            outline: (flags[2] && size == 1).then_some(start + 1),
        }),
    )
}

fn documents() -> impl Strategy<Value = Document> {
    let text =
        proptest::collection::vec(proptest::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat());
    let block = (text, shapes(), 0..12u8).prop_map(|(text, shape, kind)| {
        let block = if kind == 0 { Block::heading(1, text) } else { Block::paragraph(text) };
        Block { shape, ..block }
    });
    proptest::collection::vec(block, 0..24).prop_map(|mut blocks| {
        for (at, block) in blocks.iter_mut().enumerate() {
            block.mark = Mark::Line(at as u32 + 1);
        }
        Document { blocks, ..Document::default() }
    })
}

fn words(document: &Document) -> String {
    let mut words = String::new();
    document.visit(&mut |block| {
        words.extend(block.text().map_or("", |t| t.as_str()).chars().filter(|c| c.is_alphanumeric()));
    });
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_document_is_too_strange(document in documents()) {
        for profile in Profile::ALL {
            clean(document.clone(), &CleanOptions { profile, ..CleanOptions::default() });
        }
    }

    #[test]
    fn finding_structure_neither_adds_nor_moves_words(document in documents()) {
        let without: Vec<String> = ["art-page-number", "art-running-header", "art-toc"].map(String::from).into();
        let options = CleanOptions { profile: Profile::Faithful, disable: without, ..CleanOptions::default() };
        let before = words(&document);
        let after = clean(document, &options);
        prop_assert_eq!(words(&after.value), before);
    }
}

#[test]
fn a_document_that_goes_on_begins_with_no_title() {
    let lines = [
        "临河县水务局关于加强供水管理的通知",
        "各乡镇人民政府：",
        "为了保障居民生活用水，现将有关事项通知如下。",
        "一、加强检查",
        "各水厂应当每日检查。",
    ];
    let document = || Document {
        blocks: lines.iter().map(|line| Block::paragraph(*line)).collect(),
        ..Document::default()
    };
    let level = |document: &Document, at: usize| match &document.blocks[at].body {
        qingwen_model::Body::Heading(level, _) => Some(*level),
        _ => None,
    };
    let begins = clean(document(), &CleanOptions::default()).value;
    assert_eq!(level(&begins, 0), Some(1));
    let goes_on = clean(document(), &CleanOptions { continues: true, ..CleanOptions::default() }).value;
    assert!(goes_on.title().is_none(), "{goes_on:?}");
    // Everything else is as it was.
    assert_eq!(level(&goes_on, 3), level(&begins, 3));
}

#[test]
fn a_heading_that_may_be_a_list_of_numbers_leaves_no_gap_in_its_series() {
    let gaps = |lines: &[&str]| {
        let blocks = lines.iter().map(|line| Block::paragraph(*line)).collect();
        let done = clean(Document { blocks, ..Document::default() }, &CleanOptions::default());
        done.diagnostics.iter().filter(|d| d.code == "rpt-series-gap").count()
    };
    assert_eq!(
        gaps(&["一、上半年工作", "完成三件事。", "二、三季度工作", "做好四件事。", "三、要求", "认真落实。"]),
        0
    );
    assert_eq!(gaps(&["一、二季度工作", "完成三件事。", "二、三季度工作", "做好四件事。"]), 0);
    assert_eq!(gaps(&["一、上半年工作", "完成三件事。", "三、要求", "认真落实。"]), 1);
    // Without 一、 it is a list of numbers.
    assert_eq!(gaps(&["二、三季度工作", "做好四件事。"]), 0);
}

#[test]
fn brackets_of_both_widths_in_a_series_are_reported() {
    let found = |lines: &[&str]| {
        let blocks = lines.iter().map(|line| Block::paragraph(*line)).collect();
        let done = only(Document { blocks, ..Document::default() }, "rpt-series-gap").unwrap();
        done.diagnostics.len()
    };
    assert_eq!(found(&["(一)巡查。", "（二）值守。"]), 1);
    assert_eq!(found(&["（1）巡查。", "（2)值守。"]), 1);
    // Another series may be written otherwise.
    assert_eq!(found(&["（一）巡查。", "(1)水库。", "(2)堤防。", "（二）值守。"]), 0);
    assert_eq!(found(&["(一)巡查。", "(二)值守。", "（一）水库。", "（二）堤防。"]), 0);
    assert_eq!(found(&["㈠巡查。", "（二）值守。"]), 0);
}

#[test]
fn the_ledger_names_the_column_of_the_line_as_it_was_read() {
    let blocks = ["　　1．防汛", "　　一、 工作开展情况。", "堤防已经加固。"].map(Block::paragraph);
    let document = Document { blocks: blocks.into(), ..Document::default() };
    let cleaned = clean(document, &CleanOptions::default());
    let column =
        |code: &str| cleaned.diagnostics.iter().find(|found| found.code == code).map(|found| found.column);
    assert_eq!(column("hd-enum-dot-width"), Some(4));
    assert_eq!(column("hd-strip-period"), Some(12));
}
