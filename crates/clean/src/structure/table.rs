//! `st-table`: lines whose cells are set apart by tabs, or aligned by spaces, become a table.

use super::enumerator;
use crate::Classes;
use crate::chars::is_han;
use crate::lines::cells;
use qingwen_model::{Block, Body, Cell, Document, Log, Mark, Row, Table, Text};

/// The most cells of a row that are believed.
const MOST_COLUMNS: usize = 64;

/// Makes tables of the rows of a text, and says where they stand. Only of a text: other formats say themselves what is a
/// table.
pub(super) fn find(document: &mut Document, log: &mut Log) -> Vec<usize> {
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
        return Vec::new();
    }
    let mut out = Vec::with_capacity(document.blocks.len());
    let mut rows: Vec<Line> = Vec::new();
    let mut made = Vec::new();
    for block in std::mem::take(&mut document.blocks) {
        let pieces = if is_text(&block) { pieces(&block) } else { Vec::new() };
        let pieces = match rows.first() {
            Some((_, first)) => fitted(first.len(), pieces),
            None => pieces,
        };
        let fits = pieces.len() > 1
            && rows.first().is_none_or(|(_, first)| fits(first, &pieces))
            && (rows.is_empty() || block.shape.is_none_or(|shape| shape.gap < 0.5));
        if !fits {
            close(&mut rows, &mut out, &mut made, log);
        }
        if pieces.len() > 1 {
            rows.push((block, pieces));
        } else {
            out.push(block);
        }
    }
    close(&mut rows, &mut out, &mut made, log);
    document.blocks = out;
    made
}

/// A row set apart by tabs, without empty cells at its ends that the first row has no columns for.
fn fitted(columns: usize, mut row: Vec<Piece>) -> Vec<Piece> {
    let by_tab = row.first().is_some_and(|piece| piece.by_tab);
    while by_tab && row.len() > columns && row.last().is_some_and(|piece| piece.range.is_empty()) {
        row.pop();
    }
    let beyond = row.len().saturating_sub(columns);
    let empty = row.iter().take_while(|piece| piece.range.is_empty()).count();
    if by_tab && beyond > 0 && empty >= beyond {
        row.drain(..beyond);
    }
    row
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
                // So have tabs at the beginning.
                (0..if by_tab && pieces.is_empty() { spaces } else { 0 })
                    .for_each(|_| pieces.push(Piece { range: 0..0, from: 0, to: 0, by_tab }));
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

/// Whether a row has the columns of the first one. One set apart by tabs may lack the last, which are empty.
fn fits(first: &[Piece], row: &[Piece]) -> bool {
    let by_tab = first[0].by_tab;
    if by_tab != row[0].by_tab || row.len() > first.len() {
        return false;
    }
    let lacks = first.len() - row.len();
    if by_tab { lacks * 2 <= first.len() } else { lacks == 0 && stand_below(first, row) }
}

/// Whether the cells of a row stand below those of the first.
fn stand_below(first: &[Piece], row: &[Piece]) -> bool {
    first.iter().zip(row).all(|(a, b)| {
        let near = |x: u32, y: u32| x.abs_diff(y) <= 1;
        near(a.from, b.from) || near(a.to, b.to) || near(a.from + a.to, b.from + b.to)
    })
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

/// A line of a text and its cells.
type Line = (Block, Vec<Piece>);

/// Makes tables of the rows gathered. Where one row alone has all the columns, the others are no shorter rows of its
/// table.
fn close(rows: &mut Vec<Line>, out: &mut Vec<Block>, made: &mut Vec<usize>, log: &mut Log) {
    unindent(rows);
    let columns = rows.first().map_or(0, |(_, pieces)| pieces.len());
    if rows.iter().filter(|(_, pieces)| pieces.len() == columns).count() > 1 {
        return settle(rows, out, made, log);
    }
    let mut alike: Vec<Line> = Vec::new();
    for line in rows.drain(..) {
        if alike.first().is_some_and(|(_, first)| first.len() != line.1.len()) {
            settle(&mut alike, out, made, log);
        }
        alike.push(line);
    }
    settle(&mut alike, out, made, log);
}

/// Whether rows are the items of a list, whose words are set off from their numbers.
fn are_items(rows: &[Line], by_tab: bool, columns: usize) -> bool {
    let is_number = |(block, pieces): &Line| {
        let number = block.as_paragraph().and_then(enumerator::of);
        number.is_some_and(|number| !by_tab || pieces[0].range.end <= number.end)
    };
    (!by_tab || columns == 2) && rows.iter().filter(|line| is_number(line)).count() * 2 > rows.len()
}

/// Takes tabs for an indentation, and no empty cells, where no row has a cell in their columns.
fn unindent(rows: &mut [Line]) {
    let columns = rows.first().map_or(0, |(_, first)| first.len());
    let empty = |row: &[Piece]| row.iter().take_while(|piece| piece.range.is_empty()).count();
    let indent = rows.first().map_or(0, |(_, first)| empty(first));
    let is_indent = |by: &usize| rows.iter().all(|(_, row)| empty(row) >= *by || row.len() + by <= columns);
    let by = (1..=indent).rev().find(is_indent).unwrap_or(0);
    for (_, row) in rows.iter_mut().filter(|(_, row)| empty(row) >= by) {
        row.drain(..by);
    }
}

/// Makes a table of rows, where they are enough to be one, without the last columns where these are empty.
fn settle(rows: &mut Vec<Line>, out: &mut Vec<Block>, made: &mut Vec<usize>, log: &mut Log) {
    let used = |row: &[Piece]| row.iter().rposition(|piece| !piece.range.is_empty()).map_or(0, |at| at + 1);
    let most = rows.iter().map(|(_, row)| used(row)).max().unwrap_or(0);
    rows.iter_mut().for_each(|(_, row)| row.truncate(most));
    let columns = rows.first().map_or(0, |(_, pieces)| pieces.len());
    let by_tab = rows.first().is_some_and(|(_, pieces)| pieces[0].by_tab);
    let least = if by_tab || columns > 2 { 2 } else { 3 };
    let filled = rows.iter().flat_map(|(_, pieces)| pieces).filter(|piece| !piece.range.is_empty()).count();
    let is_prose = are_items(rows, by_tab, columns)
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
    let rows = rows.drain(..).map(|(block, pieces)| row(block, &pieces, columns)).collect();
    let body = Body::Table(Table { rows, header_rows: 0 });
    made.push(out.len());
    out.push(Block { mark, shape: None, body });
}

/// Cuts a line into the cells of a row, and adds those it lacks.
fn row(block: Block, pieces: &[Piece], columns: usize) -> Row {
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
    cells.resize_with(columns.max(cells.len()), || Cell::new(Vec::new()));
    Row { cells }
}
