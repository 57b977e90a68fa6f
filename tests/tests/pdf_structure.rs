//! What a pdf says of its text beside the page: tags and bookmarks, believed where they are sane.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use qingwen_tests::pdf_builder::{PdfBuilder, hex};
use std::fmt::Write;

/// A page of type 10 points high, its ideographs as wide; pieces of text are marked content.
#[derive(Default)]
struct Sheet {
    content: String,
    marks: usize,
}

impl Sheet {
    /// Shows a text from a place measured from the top left; gives its number as marked content.
    fn show(&mut self, x: f32, y: f32, text: &str) -> usize {
        let mark = self.marks;
        let code = hex(text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
        let y = 800.0 - y;
        let _ = writeln!(self.content, "/X << /MCID {mark} >> BDC BT /F 10 Tf {x} {y} Td <{code}> Tj ET EMC");
        self.marks += 1;
        mark
    }

    /// Shows lines of a paragraph below one another.
    fn lines(&mut self, y: f32, lines: &[&str]) -> Vec<usize> {
        let mut y = y;
        let mut marks = Vec::new();
        for line in lines {
            marks.push(self.show(60.0, y, line));
            y += 15.0;
        }
        marks
    }
}

/// An element of the structure: its type, further entries, and what it holds.
struct Element(&'static str, &'static str, Vec<Element>, Vec<usize>);

fn leaf(kind: &'static str, marks: &[usize]) -> Element {
    Element(kind, "", Vec::new(), marks.to_vec())
}

fn add(pdf: &mut PdfBuilder, element: &Element, page: usize) -> usize {
    let mut kids: Vec<String> = element.3.iter().map(ToString::to_string).collect();
    for kid in &element.2 {
        kids.push(format!("{} 0 R", add(pdf, kid, page)));
    }
    pdf.add(format!("<< /S /{} {} /Pg {page} 0 R /K [{}] >>", element.0, element.1, kids.join(" ")))
}

fn markdown(sheet: Sheet, elements: &[Element], outline: &[(&str, usize)]) -> String {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/UniGB-UCS2-H", "GB1", "");
    let page = pdf.page(&format!("/Font << /F {font} 0 R >>"), sheet.content);
    if !elements.is_empty() {
        let kids: Vec<String> =
            elements.iter().map(|element| format!("{} 0 R", add(&mut pdf, element, page))).collect();
        let root =
            pdf.add(format!("<< /Type /StructTreeRoot /RoleMap << /Own /H2 >> /K [{}] >>", kids.join(" ")));
        let _ = write!(pdf.catalog, "/MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R ");
    }
    if !outline.is_empty() {
        let mut next = String::new();
        let mut item = 0;
        for (title, y) in outline.iter().rev() {
            let title = hex(title.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
            item =
                pdf.add(format!("<< /Title <feff{title}> /Dest [{page} 0 R /XYZ 0 {} 0] {next} >>", 800 - y));
            next = format!("/Next {item} 0 R");
        }
        let _ = write!(pdf.catalog, "/Outlines << /First {item} 0 R >>");
    }
    qingwen::convert(pdf.finish(), &qingwen::Options::default()).unwrap().markdown
}

/// Lines of 28 characters, which no mark ends.
const FULL: [&str; 3] = [
    "全镇共有十一个行政村沿河分布其中七个村在上游四个村在下游",
    "各村的水利设施由村里维护镇里每年检查两次并把结果公布在村",
    "务公开栏里接受村民的监督有意见的可以向镇里的水利中心反映",
];

#[test]
fn tags_name_paragraphs_and_headings_that_do_not_show() {
    let mut sheet = Sheet::default();
    let heading = sheet.show(60.0, 100.0, "水利设施");
    let first = sheet.lines(120.0, &[FULL[0], "维护情况较好。"]);
    // The first line of the next is not indented, and the last one was full: only tags tell them apart.
    let second = sheet.lines(150.0, &[FULL[1], FULL[2]]);
    let third = sheet.lines(180.0, &[FULL[0], FULL[1]]);
    let elements = [
        leaf("Own", &[heading]),
        leaf("P", &first),
        leaf("P", &second),
        Element("Sect", "", vec![leaf("P", &third)], vec![]),
    ];
    let expected = format!(
        "## 水利设施\n\n{}维护情况较好。\n\n{}{}\n\n{}{}\n",
        FULL[0], FULL[1], FULL[2], FULL[0], FULL[1]
    );
    assert_eq!(markdown(sheet, &elements, &[]), expected);
}

#[test]
fn words_of_divisions_are_paragraphs_and_tags_beside_them_count() {
    let mut sheet = Sheet::default();
    let heading = sheet.show(60.0, 100.0, "水利设施");
    let first = sheet.lines(120.0, &[FULL[0], FULL[1]]);
    let second = sheet.lines(150.0, &[FULL[2], "维护情况较好。"]);
    let text = |marks: &[usize]| Element("NonStruct", "", vec![leaf("NonStruct", marks)], vec![]);
    let elements = [leaf("H2", &[heading]), text(&first), leaf("Div", &second)];
    let expected = format!("## 水利设施\n\n{}{}\n\n{}维护情况较好。\n", FULL[0], FULL[1], FULL[2]);
    assert_eq!(markdown(sheet, &elements, &[]), expected);
}

#[test]
fn bullets_that_are_drawn_are_read_from_the_list_and_a_division_in_an_item_is_its_own() {
    let mut sheet = Sheet::default();
    let intro = sheet.lines(100.0, &[FULL[0], "各村要做两件事："]);
    let first = sheet.show(80.0, 130.0, "修渠");
    let second = sheet.show(80.0, 145.0, "植树");
    let code = sheet.show(80.0, 160.0, "每年两次");
    let only = sheet.show(80.0, 190.0, "别的以后再说");
    let text = |mark: usize| leaf("NonStruct", &[mark]);
    let block = |mark: usize| Element("NonStruct", "", vec![text(mark)], vec![]);
    let item = |kids: Vec<Element>| Element("LI", "", kids, vec![]);
    let list = |items| Element("L", "/A << /O /List /ListNumbering /Disc >>", items, vec![]);
    let elements = [
        leaf("P", &intro),
        list(vec![item(vec![text(first)]), item(vec![block(second), block(code)])]),
        list(vec![item(vec![text(only)])]),
    ];
    let got = markdown(sheet, &elements, &[]);
    assert!(got.contains("- 修渠\n- 植树\n\n每年两次\n\n别的以后再说\n"), "{got}");
}

#[test]
fn tags_that_part_every_line_are_not_believed() {
    let mut sheet = Sheet::default();
    let marks = sheet.lines(120.0, &[FULL[0], FULL[1], FULL[2], "情况较好。"]);
    let elements: Vec<Element> = marks.iter().map(|&mark| leaf("P", &[mark])).collect();
    assert_eq!(markdown(sheet, &elements, &[]), format!("{}情况较好。\n", FULL.concat()));
}

#[test]
fn tags_that_cover_little_of_the_page_are_not_believed() {
    let mut sheet = Sheet::default();
    let marks = sheet.lines(120.0, &[FULL[0], FULL[1], FULL[2], "情况较好。"]);
    assert_eq!(markdown(sheet, &[leaf("H1", &marks[..1])], &[]), format!("{}情况较好。\n", FULL.concat()));
}

#[test]
fn tagged_tables_have_their_rows_and_spans_without_rules() {
    let mut sheet = Sheet::default();
    let intro = sheet.lines(100.0, &[FULL[0], "各村户数如下。"]);
    let head = [sheet.show(60.0, 140.0, "村名"), sheet.show(160.0, 140.0, "户数和人口")];
    let first =
        [sheet.show(60.0, 160.0, "上湾"), sheet.show(160.0, 160.0, "212"), sheet.show(260.0, 160.0, "803")];
    let second =
        [sheet.show(60.0, 180.0, "下湾"), sheet.show(160.0, 180.0, "98"), sheet.show(260.0, 180.0, "344")];
    let row = |kind, marks: &[usize]| {
        Element("TR", "", marks.iter().map(|&mark| leaf(kind, &[mark])).collect(), vec![])
    };
    let wide = Element("TH", "/A << /O /Table /ColSpan 2 >>", vec![], vec![head[1]]);
    let table = |wide| {
        let header = Element("TR", "", vec![leaf("TH", &head[..1]), wide], vec![]);
        Element("Table", "", vec![header, row("TD", &first), row("TD", &second)], vec![])
    };
    let got = markdown(sheet, &[leaf("P", &intro), table(wide)], &[]);
    assert!(got.contains("<th>村名</th><th colspan=\"2\">户数和人口</th>"), "{got}");
    assert!(got.contains("<td>下湾</td><td>98</td><td>344</td>"), "{got}");
}

#[test]
fn lines_of_a_tagged_cell_that_had_room_for_more_are_paragraphs() {
    let mut sheet = Sheet::default();
    let intro = sheet.lines(100.0, &[FULL[0], "各村事项如下。"]);
    let head = [sheet.show(60.0, 140.0, "上湾"), sheet.show(160.0, 140.0, "渠道由上湾和下湾两村共同维护")];
    let name = sheet.show(60.0, 160.0, "下湾");
    let works = [sheet.show(160.0, 160.0, "1.修渠；"), sheet.show(160.0, 175.0, "2.植树。")];
    let cell = |marks: &[usize]| leaf("TD", marks);
    let row = |cells| Element("TR", "", cells, vec![]);
    let rows = vec![row(vec![cell(&head[..1]), cell(&head[1..])]), row(vec![cell(&[name]), cell(&works)])];
    let got = markdown(sheet, &[leaf("P", &intro), Element("Table", "", rows, vec![])], &[]);
    assert!(got.contains("1.修渠；<br>2.植树。"), "{got}");
}

#[test]
fn bookmarks_name_headings_and_their_order_their_levels() {
    let mut sheet = Sheet::default();
    sheet.show(60.0, 100.0, "缘起");
    sheet.lines(120.0, &[FULL[0], "维护情况较好。"]);
    sheet.show(60.0, 180.0, "第一章 水利设施");
    sheet.lines(200.0, &[FULL[1], "情况较好。"]);
    let expected =
        format!("## 缘起\n\n{}维护情况较好。\n\n## 第一章 水利设施\n\n{}情况较好。\n", FULL[0], FULL[1]);
    assert_eq!(markdown(sheet, &[], &[("缘起", 95), ("第一章　水利设施", 175)]), expected);
}

#[test]
fn figures_have_the_words_that_their_tags_give_them() {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/UniGB-UCS2-H", "GB1", "");
    let picture =
        pdf.stream("/Subtype /Image /Width 9 /Height 9 /Filter /DCTDecode", b"\xff\xd8\xff a picture");
    let mut sheet = Sheet::default();
    let first = sheet.lines(120.0, &[FULL[0], "情况较好。"]);
    let _ = writeln!(sheet.content, "/Figure << /MCID 9 >> BDC q 100 0 0 50 60 500 cm /P Do Q EMC");
    let resources = format!("/Font << /F {font} 0 R >> /XObject << /P {picture} 0 R >>");
    let page = pdf.page(&resources, sheet.content);
    let text = add(&mut pdf, &leaf("P", &first), page);
    let alt = hex("\u{feff}水闸  全景".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    let figure = pdf.add(format!("<< /S /Figure /Alt <{alt}> /Pg {page} 0 R /K 9 >>"));
    let root = pdf.add(format!("<< /Type /StructTreeRoot /K [{text} 0 R {figure} 0 R] >>"));
    pdf.catalog = format!("/MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R");
    let file = pdf.finish();
    let mut options = qingwen::Options::default();
    let told = qingwen::convert(&file, &options).unwrap().diagnostics;
    let told: Vec<String> = told.iter().filter(|d| d.code == "pdf-image").map(ToString::to_string).collect();
    assert_eq!(told, ["page 1: pdf-image: lost: 1 image(s): 水闸 全景"]);
    options.pdf.media = true;
    let done = qingwen::convert(&file, &options).unwrap();
    assert!(done.markdown.contains("![水闸 全景]("), "{}", done.markdown);
}

#[test]
fn bullets_become_a_list_and_go_into_the_report() {
    let file = std::fs::read(qingwen_tests::root().join("testdata/pdf/list.pdf")).unwrap();
    let done = qingwen::convert(&file, &qingwen::Options::default()).unwrap();
    let list = "- 每日巡查一次，雨天加一次\n  - 上湾村由王某负责\n  - 下湾村由李某负责\n- 发现问题当日上报\n";
    assert!(done.markdown.ends_with(list), "{}", done.markdown);
    assert_eq!(done.diagnostics.iter().filter(|found| found.code == "st-list").count(), 4);
}
