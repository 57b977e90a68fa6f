//! `st-table`: lines whose cells are set apart by tabs, or aligned by spaces, become a table.

use super::enumerator;
use crate::Classes;
use crate::line::is_han;
use crate::lines::cells;
use qingwen_model::{Block, Body, Cell, Document, Log, Mark, Row, Table, Text};

/// The most cells of a row that are believed.
const MOST_COLUMNS: usize = 64;

/// Makes tables of the rows of a text. Only of a text: other formats say themselves what is a table.
pub(super) fn find(document: &mut Document, log: &mut Log) {
    let is_text = |block: &Block| matches!(block.mark, Mark::Line(_) | Mark::None);
    let has_gap = |block: &Block| {
        is_text(block)
            && block.as_paragraph().is_some_and(|text| {
                let classes = Classes::within(text);
                classes.meet(Classes::TAB | Classes::WIDE_SPACE)
                    || classes.meet(Classes::SPACE) && text.as_str().contains("  ")
            })
    };
    if !document.blocks.iter().any(has_gap) {
        return;
    }
    let mut out = Vec::with_capacity(document.blocks.len());
    let mut rows: Vec<(Block, Vec<Piece>)> = Vec::new();
    for block in std::mem::take(&mut document.blocks) {
        let pieces = if is_text(&block) { pieces(&block) } else { Vec::new() };
        let fits = pieces.len() > 1
            && rows.first().is_none_or(|(_, first)| fits(first, &pieces))
            && (rows.is_empty() || block.shape.is_none_or(|shape| shape.gap < 0.5));
        if !fits {
            close(&mut rows, &mut out, log);
        }
        if pieces.len() > 1 {
            rows.push((block, pieces));
        } else {
            out.push(block);
        }
    }
    close(&mut rows, &mut out, log);
    document.blocks = out;
}

/// One cell of a row: bytes of its text, and where it stands in cells of the screen.
struct Piece {
    range: std::ops::Range<usize>,
    from: u32,
    to: u32,
    by_tab: bool,
}

/// The cells of a line: between tabs, or between gaps of two spaces or more.
fn pieces(block: &Block) -> Vec<Piece> {
    let Some(text) = block.as_paragraph().map(Text::as_str) else { return Vec::new() };
    let by_tab = text.trim().contains('\t');
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut column, mut start, mut from, mut spaces) = (0, None::<usize>, 0, 0u32);
    let mut end = (0, 0);
    for (at, c) in text.char_indices() {
        let separates = if by_tab { c == '\t' } else { c.is_whitespace() };
        if separates {
            spaces += 1;
        } else {
            if let Some(first) = start.filter(|_| spaces >= if by_tab { 1 } else { 2 }) {
                pieces.push(Piece { range: first..end.0, from, to: end.1, by_tab });
                // Two tabs in a row have an empty cell between them.
                (1..if by_tab { spaces } else { 1 }).for_each(|_| {
                    pieces.push(Piece { range: end.0..end.0, from: column, to: column, by_tab })
                });
                start = None;
            }
            if start.is_none() {
                (start, from) = (Some(at), column);
            }
            spaces = 0;
            end = (at + c.len_utf8(), column + cells(c));
        }
        column += cells(c);
        if pieces.len() > MOST_COLUMNS {
            return Vec::new();
        }
    }
    if let Some(first) = start {
        pieces.push(Piece { range: first..end.0, from, to: end.1, by_tab });
    }
    (0..if by_tab { spaces } else { 0 })
        .for_each(|_| pieces.push(Piece { range: end.0..end.0, from: end.1, to: end.1, by_tab }));
    pieces
}

/// Whether a row has the columns of the first one.
fn fits(first: &[Piece], row: &[Piece]) -> bool {
    if first.len() != row.len() || first[0].by_tab != row[0].by_tab {
        return false;
    }
    first[0].by_tab
        || first.iter().zip(row).all(|(a, b)| {
            let near = |x: u32, y: u32| x.abs_diff(y) <= 1;
            near(a.from, b.from) || near(a.to, b.to) || near(a.from + a.to, b.from + b.to)
        })
}

/// Whether a line begins with an enumerator: the gap after it sets no cells apart.
fn is_item(block: &Block) -> bool {
    block.as_paragraph().and_then(enumerator::of).is_some()
}

/// The commonest hundred family names.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石\
金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";

/// Whether all that a row has are names of persons: a list of those present is no table.
fn are_names(block: &Block, pieces: &[Piece]) -> bool {
    let text = block.as_paragraph().map_or("", Text::as_str);
    pieces.iter().all(|piece| {
        let name = &text[piece.range.clone()];
        let length = name.chars().filter(|c| !c.is_whitespace()).count();
        (2..=4).contains(&length)
            && name.starts_with(|c| FAMILIES.contains(c))
            && name.chars().all(|c| is_han(c) || c.is_whitespace())
    })
}

/// Makes a table of the rows gathered, where they are enough to be one.
fn close(rows: &mut Vec<(Block, Vec<Piece>)>, out: &mut Vec<Block>, log: &mut Log) {
    let columns = rows.first().map_or(0, |(_, pieces)| pieces.len());
    let by_tab = rows.first().is_some_and(|(_, pieces)| pieces[0].by_tab);
    let least = if by_tab || columns > 2 { 2 } else { 3 };
    let filled = rows.iter().flat_map(|(_, pieces)| pieces).filter(|piece| !piece.range.is_empty()).count();
    let is_numbered = rows.iter().filter(|(block, _)| is_item(block)).count() * 2 > rows.len();
    let is_prose = is_numbered && !by_tab
        || rows
            .iter()
            .filter(|(block, _)| block.as_paragraph().is_some_and(|t| t.as_str().ends_with('。')))
            .count()
            * 2
            > rows.len();
    let is_roll = !by_tab && rows.iter().all(|(block, pieces)| are_names(block, pieces));
    if rows.len() < least || filled * 2 < rows.len() * columns || is_prose || is_roll {
        out.extend(rows.drain(..).map(|(block, _)| block));
        return;
    }
    let Some((first, _)) = rows.first() else { return };
    let mark = first.mark;
    log.guessed("st-table", mark, format!("table of {} rows and {columns} columns", rows.len()));
    let rows = rows.drain(..).map(|(block, pieces)| row(block, &pieces)).collect();
    let body = Body::Table(Table { rows, header_rows: 0 });
    out.push(Block { mark, shape: None, body });
}

/// Cuts a line into the cells of a row.
fn row(block: Block, pieces: &[Piece]) -> Row {
    let mark = block.mark;
    let Body::Paragraph(mut text) = block.body else { return Row::default() };
    let mut cells: Vec<Cell> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().rev() {
        let mut cell = text.split_off(piece.range.start);
        drop(cell.split_off(piece.range.len()));
        let cell = crate::lines::trimmed(cell);
        let blocks = if cell.is_empty() { Vec::new() } else { vec![Block::paragraph(cell).at(mark)] };
        cells.push(Cell::new(blocks));
    }
    cells.reverse();
    Row { cells }
}
