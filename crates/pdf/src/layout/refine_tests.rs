use super::flow::blocks;
use super::lay;
use super::typeset::Typeset;
use crate::structure::Structure;
use qingwen_model::{Body, Log};

/// The rows of the only table of a page: texts by ` | `, the columns a cell spans after it.
fn rows(set: &Typeset) -> Vec<String> {
    let mut log = Log::new();
    let blocks = blocks(vec![lay(&set.page, &Structure::default(), &mut log)], &mut log).0;
    let [block] = &blocks[..] else { panic!("{} blocks", blocks.len()) };
    let Body::Table(table) = &block.body else { panic!("{block}") };
    let cell = |cell: &qingwen_model::Cell| {
        let texts: Vec<&str> = cell.blocks.iter().filter_map(|b| b.text()).map(|t| t.as_str()).collect();
        let spans = if cell.column_span > 1 { format!("*{}", cell.column_span) } else { String::new() };
        texts.join("/") + &spans
    };
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn rows_that_are_not_ruled_off_are_rows() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 150.0, 260.0, 340.0], &[100.0, 120.0, 190.0]);
    for (x, column) in [
        (64.0, ["村名", "上湾", "下湾", "石桥"]),
        (154.0, ["户数", "212", "98", "1,034"]),
        (264.0, ["问题", "3", "-", "12"]),
    ] {
        for (y, text) in [114.0, 134.0, 154.0, 174.0].into_iter().zip(column) {
            set.set(x, y, text);
        }
    }
    assert_eq!(rows(&set), ["村名 | 户数 | 问题", "上湾 | 212 | 3", "下湾 | 98 | -", "石桥 | 1,034 | 12"]);
}

#[test]
fn lines_that_were_wrapped_are_no_rows() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 110.0, 140.0], &[100.0, 160.0, 180.0]);
    set.lines(64.0, 114.0, 14.0, &["石桥村委", "会负责每", "月的巡查"]);
    // A figure too wide for its cell.
    set.lines(114.0, 114.0, 14.0, &["69.1", "5"]);
    set.set(64.0, 174.0, "合计");
    set.set(114.0, 174.0, "7.2");
    assert_eq!(rows(&set), ["石桥村委会负责每月的巡查 | 69.15", "合计 | 7.2"]);
}

#[test]
fn columns_that_are_not_ruled_off_are_columns_and_their_heading_spans_them() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 150.0, 260.0], &[100.0, 120.0, 140.0, 160.0, 180.0]);
    set.set(64.0, 114.0, "年龄");
    set.set(172.0, 114.0, "全镇人口分布情况");
    for (y, cells) in [
        (134.0, ["0-6", "1,087", "1,022"]),
        (154.0, ["7-15", "2,586", "2,568"]),
        (174.0, ["16-", "867", "576"]),
    ] {
        for (x, text) in [64.0, 160.0, 220.0].into_iter().zip(cells) {
            set.set(x, y, text);
        }
    }
    let expected =
        ["年龄 | 全镇人口分布情况*2", "0-6 | 1,087 | 1,022", "7-15 | 2,586 | 2,568", "16- | 867 | 576"];
    assert_eq!(rows(&set), expected);
}

#[test]
fn a_figure_and_its_unit_are_one_cell() {
    let mut set = Typeset::new();
    set.lattice(&[60.0, 150.0, 260.0], &[100.0, 120.0, 140.0, 160.0]);
    for (y, cells) in [(114.0, ["甲", "3", "L"]), (134.0, ["乙", "2", "L"]), (154.0, ["丙", "7", "L"])] {
        for (x, text) in [64.0, 154.0, 170.0].into_iter().zip(cells) {
            set.set(x, y, text);
        }
    }
    assert_eq!(rows(&set), ["甲 | 3 L", "乙 | 2 L", "丙 | 7 L"]);
}

#[test]
fn cells_ruled_off_in_some_rows_only_are_cells_in_all() {
    let mut set = Typeset::new();
    let (xs, ys) = ([60.0, 130.0, 200.0, 270.0], [100.0, 120.0, 140.0, 160.0]);
    set.lattice(&xs, &ys[..2]);
    set.lattice(&[60.0, 270.0], &ys[1..]);
    for (y, cells) in [(114.0, ["村名", "户数", "问题"]), (134.0, ["上湾", "212", "3"])] {
        for (x, text) in xs.into_iter().zip(cells) {
            set.set(x + 4.0, y, text);
        }
    }
    set.set(84.0, 154.0, "合");
    set.set(159.0, 154.0, "计");
    set.set(234.0, 154.0, "栏");
    assert_eq!(rows(&set), ["村名 | 户数 | 问题", "上湾 | 212 | 3", "合计栏*3"]);
}
