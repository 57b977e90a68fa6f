use super::flow::blocks;
use super::lay;
use super::typeset::{Typeset, prose};
use crate::page::{Flags, Page};
use crate::structure::Structure;
use proptest::prelude::*;
use qingwen_model::{Align, Block, Body, Document, Face, Log, Shape, Start};

fn laid(pages: &[Page]) -> (Vec<Block>, Log) {
    let mut log = Log::new();
    let laid = pages.iter().map(|page| lay(page, &Structure::default(), &mut log)).collect();
    (blocks(laid, &mut log).0, log)
}

fn lines(page: &Page) -> Vec<String> {
    let blocks = laid(std::slice::from_ref(page)).0;
    blocks.iter().filter_map(|block| block.text()).map(|text| text.to_string()).collect()
}

fn shapes(page: &Page) -> Vec<Shape> {
    laid(std::slice::from_ref(page)).0.iter().filter_map(|block| block.shape).collect()
}

fn shown(pages: &[Page]) -> String {
    Document { blocks: laid(pages).0, ..Document::default() }.to_string()
}

fn codes(page: &Page) -> Vec<String> {
    laid(std::slice::from_ref(page)).1.diagnostics().iter().map(|d| d.to_string()).collect()
}

#[test]
fn ideographs_on_a_character_grid_have_no_spaces_between_them() {
    for tracking in [0.0, 1.5, 4.0, 8.0] {
        let mut set = Typeset::new();
        set.tracking = tracking;
        set.set(70.0, 100.0, "中华人民共和国城乡规划条例");
        assert_eq!(lines(&set.page), ["中华人民共和国城乡规划条例"], "{tracking}");
    }
}

#[test]
fn spaces_painted_between_all_ideographs_are_layout() {
    let mut set = Typeset::new();
    set.set(70.0, 100.0, "中 华 人 民 共 和 国 宪 法");
    assert_eq!(lines(&set.page), ["中华人民共和国宪法"]);
}

#[test]
fn a_space_of_the_author_stays_one_space() {
    let mut set = Typeset::new();
    set.set(70.0, 100.0, "第一章 总则");
    set.set(70.0, 120.0, "第一条　为了规范城乡规划工作");
    set.paints_spaces = false;
    set.set(70.0, 140.0, "第二条    本条例所称城乡规划");
    set.tracking = 1.0;
    set.set(70.0, 160.0, "第三条    城乡规划区内的建设");
    let expected = [
        "第一章 总则",
        "第一条 为了规范城乡规划工作",
        "第二条 本条例所称城乡规划",
        "第三条 城乡规划区内的建设",
    ];
    assert_eq!(lines(&set.page), expected);
}

#[test]
fn figures_set_off_from_ideographs_by_a_quarter_em_have_no_space() {
    let mut set = Typeset::new();
    set.paints_spaces = false;
    set.set(70.0, 100.0, "全镇共有 12 个行政村，面积 86.5 平方公里。");
    assert_eq!(lines(&set.page), ["全镇共有12个行政村，面积86.5平方公里。"]);
}

#[test]
fn words_are_parted_by_painted_spaces_and_by_gaps() {
    let mut set = Typeset::new();
    set.set(70.0, 100.0, "the quick brown fox");
    set.paints_spaces = false;
    set.set(70.0, 120.0, "the quick brown fox");
    set.tracking = 1.5;
    set.set(70.0, 140.0, "the quick brown fox");
    assert_eq!(lines(&set.page), ["the quick brown fox"; 3]);
}

#[test]
fn text_painted_twice_is_read_once() {
    let mut set = Typeset::new();
    set.set(70.0, 100.0, "三、工作安排");
    set.set(70.4, 100.0, "三、工作安排");
    set.set(70.0, 100.3, "三、工作安排");
    set.set(70.0, 130.0, "all 11 llamas");
    set.set(70.3, 130.0, "all 11 llamas");
    for c in "高高兴兴".chars().enumerate() {
        let x = 70.0 + 10.0 * c.0 as f32;
        set.set(x, 160.0, &c.1.to_string());
        set.set(x + 0.2, 160.0, &c.1.to_string());
    }
    assert_eq!(lines(&set.page), ["三、工作安排", "all 11 llamas", "高高兴兴"]);
}

#[test]
fn raised_figures_stay_on_their_line() {
    let mut set = Typeset::new();
    let x = set.set(70.0, 100.0, "面积为三百");
    set.size = 6.0;
    let x = set.set(x, 96.5, "[1]");
    set.size = 10.0;
    set.set(x, 100.0, "公顷");
    set.set(70.0, 115.0, "次年增加");
    assert_eq!(lines(&set.page), ["面积为三百[sup [1]]公顷", "次年增加"]);
}

#[test]
fn small_bullets_are_not_raised() {
    let mut set = Typeset::new();
    let x = set.set(70.0, 100.0, "合计九里");
    set.size = 6.0;
    let x = set.set(x, 96.5, "●");
    set.size = 10.0;
    let x = set.set(x, 100.0, "上湾");
    set.size = 6.0;
    set.set(x, 96.5, "2");
    assert_eq!(lines(&set.page), ["合计九里●上湾[sup 2]"]);
}

#[test]
fn a_shape_tells_indent_slack_size_and_place() {
    let mut set = Typeset::new();
    set.size = 20.0;
    set.font = 1;
    set.set(220.0, 100.0, "城乡规划条例说明");
    (set.size, set.font) = (10.0, 0);
    let y = set.paragraph(100.0, 140.0, 15.0, 40, &prose(90));
    set.paragraph(100.0, y + 15.0, 15.0, 40, &prose(60));
    let shapes = shapes(&set.page);
    assert_eq!(shapes.len(), 6);
    let title = &shapes[0];
    assert_eq!(
        (title.start, title.align, title.face, title.bold),
        (Start::Page, Align::Center, Face::Hei, true)
    );
    assert_eq!(title.size, 2.0);
    let indents: Vec<f32> = shapes[1..].iter().map(|s| s.indent).collect();
    assert_eq!(indents, [2.0, 0.0, 0.0, 2.0, 0.0]);
    let slacks: Vec<f32> = shapes[1..].iter().map(|s| s.slack.unwrap()).collect();
    assert_eq!(slacks, [0.0, 0.0, 28.0, 0.0, 18.0]);
    assert_eq!(
        shapes.iter().map(|s| s.gap > 0.5).collect::<Vec<_>>(),
        [false, true, false, false, true, false]
    );
    assert!(shapes.windows(2).all(|pair| pair[0].height < pair[1].height));
}

fn two_columns(offset: f32) -> Typeset {
    let mut set = Typeset::new();
    set.size = 18.0;
    set.set(180.0, 80.0, "横跨两栏的文章标题");
    set.size = 10.0;
    for line in 0..20 {
        let y = 120.0 + 14.0 * line as f32;
        set.set(60.0, y, &format!("左{line:02}{}", prose(20)));
        set.set(312.0, y + offset, &format!("右{line:02}{}", prose(20)));
    }
    set.set(290.0, 800.0, "- 3 -");
    set
}

#[test]
fn two_columns_are_read_one_after_the_other_between_title_and_page_number() {
    for offset in [0.0, 3.0, 6.0] {
        let set = two_columns(offset);
        let lines = lines(&set.page);
        assert_eq!(lines.len(), 42, "{offset}");
        assert_eq!(lines[0], "横跨两栏的文章标题");
        assert!(lines[1..21].iter().all(|line| line.starts_with('左')), "{offset}: {lines:#?}");
        assert!(lines[21..41].iter().all(|line| line.starts_with('右')), "{offset}");
        assert_eq!(lines[41], "- 3 -");
        let starts: Vec<Start> = shapes(&set.page).iter().map(|s| s.start).collect();
        assert_eq!(
            (starts[0], starts[1], starts[2], starts[21]),
            (Start::Page, Start::Line, Start::Line, Start::Column)
        );
    }
}

#[test]
fn lines_with_wide_gaps_are_no_columns() {
    let mut set = Typeset::new();
    for line in 0..12 {
        let y = 100.0 + 20.0 * line as f32;
        set.set(70.0, y, &format!("第{line:02}章 {}", prose(4 + line % 5)));
        set.set(500.0, y, &format!("{}", 3 + 4 * line));
    }
    assert_eq!(lines(&set.page).len(), 12);
}

#[test]
fn a_character_grid_has_no_gutters() {
    let mut set = Typeset::new();
    set.tracking = 10.0;
    for line in 0..30 {
        // Every third line has white space in one place, as after the number of an article.
        let text = if line % 3 == 0 { format!("第三条{}", "　") + &prose(16) } else { prose(20) };
        set.set(70.0, 90.0 + 24.0 * line as f32, &text);
    }
    set.set(70.0, 820.0, "本法。");
    set.set(70.0, 840.0, "通知");
    let lines = lines(&set.page);
    assert_eq!(
        (lines[0].as_str(), lines[1].as_str()),
        (format!("第三条 {}", prose(16)).as_str(), prose(20).as_str())
    );
    assert_eq!(lines[30..], ["本法。", "通知"]);
}

#[test]
fn vertical_writing_is_read_from_right_to_left() {
    let mut set = Typeset::new();
    (set.angle, set.flags) = (90, Flags { vertical: true, ..Flags::default() });
    set.set(500.0, 100.0, "子曰學而時習之");
    set.set(480.0, 100.0, "不亦說乎有朋自");
    set.set(460.0, 100.0, "遠方來不亦樂乎");
    assert_eq!(lines(&set.page), ["子曰學而時習之", "不亦說乎有朋自", "遠方來不亦樂乎"]);
}

#[test]
fn text_turned_aside_is_read_too() {
    for angle in [90, 180, 270] {
        let mut set = Typeset::new();
        set.angle = angle;
        let step = |line: f32| match angle {
            90 => (300.0 - 14.0 * line, 200.0),
            180 => (400.0, 400.0 - 14.0 * line),
            _ => (300.0 + 14.0 * line, 500.0),
        };
        for (line, text) in ["附表一 人口", "单位 人", "合计 368"].iter().enumerate() {
            let (x, y) = step(line as f32);
            set.set(x, y, text);
        }
        assert_eq!(lines(&set.page), ["附表一 人口", "单位 人", "合计 368"], "{angle}");
    }
}

#[test]
fn what_is_left_out_is_reported() {
    let mut set = Typeset::new();
    set.set(70.0, 100.0, "正文在此处，内容很多很多。");
    set.set(70.0, 900.0, "页外");
    set.set(f32::NAN, 300.0, "无处");
    set.flags.artifact = true;
    set.set(70.0, 800.0, "页脚");
    set.flags = Flags { invisible: true, ..Flags::default() };
    set.set(70.0, 100.0, "正文在此处");
    set.set(70.0, 500.0, "扫描");
    set.flags = Flags::default();
    (set.angle, set.size) = (315, 60.0);
    set.set(100.0, 600.0, "内部资料");
    assert_eq!(lines(&set.page), ["正文在此处，内容很多很多。", "扫描"]);
    let expected = [
        "page 1: pdf-artifact: lost: 页脚",
        "page 1: pdf-off-page: lost: 页外无处",
        "page 1: pdf-hidden-text: lost: 正文在此处",
        "page 1: pdf-watermark: lost: 内部资料",
        "page 1: pdf-invisible-text: 2 invisible characters are the only text where they stand",
    ];
    assert_eq!(codes(&set.page), expected);
}

#[test]
fn bold_words_and_links_are_styled_within_a_line() {
    let mut set = Typeset::new();
    set.font = 1;
    let x = set.set(70.0, 100.0, "第一条");
    set.font = 0;
    let from = set.set(x, 100.0, " 见");
    let to = set.set(from, 100.0, "公报网站");
    set.set(to, 100.0, "。");
    set.link(from - 1.0, 88.0, to - 1.0, 104.0, "https://example.org/");
    assert_eq!(lines(&set.page), ["[b 第一条] 见[a=https://example.org/ 公报网站]。"]);
}

fn table(set: &mut Typeset, xs: &[f32], ys: &[f32], rows: &[&[&str]]) {
    set.lattice(xs, ys);
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            set.set(xs[column] + 4.0, ys[row] + 14.0, text);
        }
    }
}

#[test]
fn ruled_cells_are_a_table_between_its_neighbours() {
    let mut set = Typeset::new();
    set.set(60.0, 80.0, "各村情况见下表");
    set.font = 1;
    table(&mut set, &[60.0, 150.0, 260.0], &[100.0, 120.0], &[&["村名", "户数"]]);
    set.font = 0;
    table(&mut set, &[60.0, 150.0, 260.0], &[120.0, 140.0, 160.0], &[&["上柳村", "186"], &["下柳村", ""]]);
    set.set(60.0, 190.0, "以上为年末数");
    let expected = "p  各村情况见下表\ntable, header rows: 1\n  row\n    cell\n      p  村名\n    cell\n      p  户数\n  row\n    cell\n      p  上柳村\n    cell\n      p  186\n  row\n    cell\n      p  下柳村\n    cell\np  以上为年末数\n";
    assert_eq!(shown(&[set.page]), expected);
}

#[test]
fn cells_without_a_line_between_them_are_one() {
    let mut set = Typeset::new();
    let (x, y) = ([60.0, 120.0, 180.0, 240.0], [100.0, 120.0, 140.0, 160.0]);
    for rule in [(0, 0, 3, 0), (1, 1, 3, 1), (0, 2, 3, 2), (0, 3, 3, 3)] {
        set.rule(x[rule.0], y[rule.1], x[rule.2], y[rule.3]);
    }
    for rule in [(0, 0, 0, 3), (1, 0, 1, 3), (2, 1, 2, 3), (3, 0, 3, 3)] {
        set.rule(x[rule.0], y[rule.1], x[rule.2], y[rule.3]);
    }
    set.set(64.0, 124.0, "地区");
    set.set(130.0, 114.0, "人口（万人）");
    set.set(124.0, 134.0, "城镇");
    set.set(184.0, 134.0, "乡村");
    set.set(64.0, 154.0, "滨海");
    set.set(124.0, 154.0, "12");
    set.set(184.0, 154.0, "30");
    let expected = "table\n  row\n    cell 2x1\n      p  地区\n    cell 1x2\n      p  人口（万人）\n  row\n    cell\n      p  城镇\n    cell\n      p  乡村\n  row\n    cell\n      p  滨海\n    cell\n      p  12\n    cell\n      p  30\n";
    assert_eq!(shown(&[set.page]), expected);
}

#[test]
fn lines_of_a_cell_are_joined_as_their_script_wants() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 110.0, 180.0], &[100.0, 140.0]);
    set.lines(64.0, 114.0, 14.0, &["城镇居民", "收入"]);
    set.lines(114.0, 114.0, 14.0, &["Environment", "and safety"]);
    let expected =
        "table\n  row\n    cell\n      p  城镇居民收入\n    cell\n      p  Environment and safety\n";
    assert_eq!(shown(&[set.page]), expected);
}

#[test]
fn a_word_that_runs_over_the_edge_of_its_cell_stays_whole() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 90.0, 140.0], &[100.0, 120.0, 140.0]);
    set.set(64.0, 114.0, "Category");
    set.set(94.0, 114.0, "Number");
    set.set(64.0, 134.0, "Security");
    set.set(94.0, 134.0, "834");
    let expected = "table\n  row\n    cell\n      p  Category\n    cell\n      p  Number\n  row\n    cell\n      p  Security\n    cell\n      p  834\n";
    assert_eq!(shown(&[set.page]), expected);
}

#[test]
fn a_frame_about_running_text_is_no_table() {
    let mut set = Typeset::new();
    set.lattice(&[40.0, 555.0], &[60.0, 100.0, 800.0]);
    set.set(60.0, 85.0, "公告");
    set.paragraph(60.0, 130.0, 15.0, 40, &prose(400));
    assert!(!shown(&[set.page]).contains("table"));
}

#[test]
fn a_table_goes_on_across_pages_without_its_repeated_header_and_the_page_numbers() {
    let page = |number: u32, y: f32, rows: &[&[&str]]| {
        let mut set = Typeset::new();
        set.page.number = number;
        let ys: Vec<f32> = (0..=rows.len()).map(|row| y + 20.0 * row as f32).collect();
        table(&mut set, &[60.0, 150.0, 260.0], &ys, rows);
        set.set(290.0, 820.0, &format!("- {number} -"));
        set.page
    };
    let pages = [
        page(1, 720.0, &[&["村名", "户数"], &["上柳村", "186"], &["下柳村", "142"]]),
        page(2, 80.0, &[&["村名", "户数"], &["石桥村", "203"], &["古塘村", "97"]]),
    ];
    let (blocks, log) = laid(&pages);
    assert_eq!(blocks.len(), 3);
    let Body::Table(table) = &blocks[0].body else { panic!("a table first") };
    assert_eq!((table.rows.len(), table.header_rows), (5, 1));
    assert_eq!(log.diagnostics()[0].to_string(), "page 2, line 1: pdf-repeated-header: lost: 村名 户数");
}

fn cells(block: &Block) -> Vec<String> {
    let Body::Table(table) = &block.body else { panic!("a table: {block}") };
    let text = |cell: &qingwen_model::Cell| {
        cell.blocks.iter().filter_map(Block::text).map(|t| t.to_string()).collect()
    };
    table.cells().map(text).collect()
}

#[test]
fn level_rules_alone_make_a_table_of_what_stands_between_them() {
    let mut set = Typeset::new();
    set.set(60.0, 80.0, &prose(40));
    for y in [100.0, 120.0, 180.0] {
        set.rule(60.0, y, 460.0, y);
    }
    for (y, row) in [
        (114.0, ["地区", "户数"]),
        (134.0, ["上柳", "186"]),
        (154.0, ["下柳", "142"]),
        (174.0, ["石桥", "97"]),
    ] {
        set.set(70.0, y, row[0]);
        set.set(300.0, y, row[1]);
    }
    set.set(60.0, 200.0, &prose(40));
    let blocks = laid(&[set.page]).0;
    assert_eq!(blocks.len(), 3);
    assert_eq!(cells(&blocks[1]), ["地区", "户数", "上柳", "186", "下柳", "142", "石桥", "97"]);
}

#[test]
fn rules_above_and_below_running_text_make_no_table() {
    let mut set = two_columns(0.0);
    set.rule(60.0, 60.0, 540.0, 60.0);
    set.rule(60.0, 780.0, 540.0, 780.0);
    assert!(!shown(&[set.page]).contains("table"));
}

#[test]
fn three_columns_aligned_in_three_rows_are_a_table_and_a_table_of_contents_is_none() {
    let mut set = Typeset::new();
    set.set(60.0, 80.0, &prose(40));
    for (line, row) in
        [["品名", "数量", "单价"], ["水泥", "30", "410"], ["河沙", "120", "75"]].iter().enumerate()
    {
        for (column, text) in row.iter().enumerate() {
            set.set(70.0 + 120.0 * column as f32, 100.0 + 14.0 * line as f32, text);
        }
    }
    for line in 0..4 {
        let y = 160.0 + 14.0 * line as f32;
        set.set(60.0, y, "第一章");
        set.set(110.0, y, &format!("总则{}", ".".repeat(20)));
        set.set(400.0, y, "12");
    }
    let blocks = laid(&[set.page]).0;
    assert_eq!(cells(&blocks[1]), ["品名", "数量", "单价", "水泥", "30", "410", "河沙", "120", "75"]);
    assert_eq!(blocks.len(), 6);
}

#[test]
fn a_row_that_a_page_breaks_is_one_row() {
    let page = |number: u32, y: f32, rows: &[&[&str]]| {
        let mut set = Typeset::new();
        set.page.number = number;
        let ys: Vec<f32> = (0..=rows.len()).map(|row| y + 20.0 * row as f32).collect();
        table(&mut set, &[60.0, 150.0, 260.0], &ys, rows);
        set.page
    };
    let pages =
        [page(1, 760.0, &[&["修桥", "桥长三十米"]]), page(2, 80.0, &[&["", "宽六米。"], &["铺路", "路长"]])];
    let blocks = laid(&pages).0;
    let Body::Table(table) = &blocks[0].body else { panic!("a table first") };
    let texts: Vec<&str> =
        table.cells().flat_map(|cell| &cell.blocks).filter_map(Block::text).map(|t| t.as_str()).collect();
    assert_eq!(texts, ["修桥", "桥长三十米宽六米。", "铺路", "路长"]);
}

#[test]
fn a_table_beside_text_does_not_hide_the_columns() {
    let mut set = Typeset::new();
    for line in 0..20 {
        set.set(60.0, 120.0 + 14.0 * line as f32, &format!("左{}", prose(20)));
    }
    let ys: Vec<f32> = (0..8).map(|row| 110.0 + 20.0 * row as f32).collect();
    table(&mut set, &[312.0, 400.0, 520.0], &ys, &[&["右", "1"], &["下", "2"]]);
    for line in 0..8 {
        set.set(312.0, 290.0 + 14.0 * line as f32, &format!("右{}", prose(20)));
    }
    let blocks = laid(&[set.page]).0;
    let at = blocks.iter().position(|block| matches!(block.body, Body::Table(_)));
    assert_eq!(at, Some(20));
    assert_eq!(blocks.len(), 29);
}

fn wild() -> impl Strategy<Value = f32> {
    prop_oneof![
        8 => -50.0..900.0f32,
        1 => Just(f32::NAN),
        1 => Just(f32::INFINITY),
        1 => Just(f32::MIN),
        1 => Just(1e30f32),
        1 => Just(0.0f32),
    ]
}

proptest! {
    #[test]
    fn no_page_makes_it_panic(
        glyphs in proptest::collection::vec((wild(), wild(), wild(), wild(), -400..400i16, 0..6usize), 0..80),
        rules in proptest::collection::vec((wild(), wild(), wild(), wild()), 0..30),
        size in (wild(), wild()),
    ) {
        let mut page = Page { number: 1, width: size.0, height: size.1, text: "中a ，9\u{0}".into(), ..Page::default() };
        let starts = [(0, 3), (3, 1), (4, 1), (5, 3), (8, 1), (9, 1)];
        for (x, y, advance, size, angle, text) in glyphs {
            let (start, bytes) = starts[text];
            let angle = if angle % 3 == 0 { 0 } else { angle };
            page.glyphs.push(crate::page::Glyph { start, bytes, font: 7, x, y, advance, size, angle, flags: Flags::default(), mark: 0 });
        }
        for (x0, y0, x1, y1) in rules {
            let segment = crate::page::Segment { x0, y0, x1: if x1 > 400.0 { x0 } else { x1 }, y1: if x1 > 400.0 { y1 } else { y0 }, thickness: 1.0 };
            page.rules.push(segment);
        }
        let (blocks, _) = laid(&[page.clone(), page]);
        for shape in blocks.iter().filter_map(|block| block.shape) {
            prop_assert!(shape.indent.is_finite() && shape.width.is_finite() && shape.gap.is_finite());
        }
    }
}
