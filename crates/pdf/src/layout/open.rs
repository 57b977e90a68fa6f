//! Tables that are not ruled throughout: columns are where white space runs through all rows.

use super::bars::Bar;
use super::ink::Sheet;
use super::order::{Band, Row, rows};
use super::run::Run;
use super::{Grid, GridCell, line};
use crate::page::Page;

/// The least white space between two columns, in em.
const GAP: f32 = 0.9;
/// The mean width of a cell's line, in em, beyond which it is running text.
const WIDE: f32 = 14.0;

/// What follows in a band.
pub(super) enum Piece {
    /// A line.
    Row(Row),
    /// The ruled table of this index.
    Ruled(usize),
    /// A table found here.
    Open(Grid),
}

/// Finds tables that have level rules only, as is the custom in science, and takes their runs.
pub(super) fn three_line(page: &Page, sheet: &Sheet, level: &[Bar], runs: &mut [Run]) -> Vec<Grid> {
    let mut tables = Vec::new();
    for bars in alike(level) {
        let (from, to) = (bars[0].from - 2.0, bars[0].to + 2.0);
        let within = |run: &Run| !run.taken && run.x0 >= from && run.x1 <= to;
        let free: Vec<u32> = (0..runs.len() as u32).filter(|&i| within(&runs[i as usize])).collect();
        let lines = rows(runs, free, &[]);
        let mut table: Vec<&[Row]> = Vec::new(); // the rows between each two rules, from the first on
        let mut top = 0;
        for index in 0..bars.len() {
            let between = bars.get(index + 1).map(|next| {
                let first = lines.partition_point(|row| row.center < bars[index].at);
                &lines[first..lines.partition_point(|row| row.center < next.at).max(first)]
            });
            if let Some(between) = between.filter(|rows| is_tabular(runs, rows)) {
                table.push(between);
                continue;
            }
            if let Some(grid) = ruled_off(page, sheet, runs, &table) {
                let ends = (bars[top].at, bars[index].at);
                tables.push(Grid { top: ends.0, bottom: ends.1, ..grid });
            }
            table.clear();
            top = index + 1;
        }
    }
    for grid in &tables {
        let (x0, x1) = (grid.xs[0], grid.xs[grid.xs.len() - 1]);
        let inside = |run: &&mut Run| {
            run.x0 >= x0 - 2.0 && run.x1 <= x1 + 2.0 && (grid.top..=grid.bottom).contains(&run.center())
        };
        runs.iter_mut().filter(inside).for_each(|run| run.taken = true);
    }
    tables
}

/// Groups rules that begin and end alike, each group from top to bottom.
fn alike(level: &[Bar]) -> Vec<Vec<Bar>> {
    let mut groups: Vec<Vec<Bar>> = Vec::new();
    for bar in level.iter().filter(|bar| bar.to - bar.from > 80.0).take(2000) {
        let near =
            |group: &Vec<Bar>| (group[0].from - bar.from).abs() < 4.0 && (group[0].to - bar.to).abs() < 4.0;
        match groups.iter().position(near) {
            Some(at) => groups[at].push(*bar),
            None if groups.len() < 50 => groups.push(vec![*bar]),
            None => {}
        }
    }
    groups.retain(|group| group.len() >= 2);
    groups
}

/// Whether rows look like those of a table: short pieces of text with white space between.
fn is_tabular(runs: &[Run], rows: &[Row]) -> bool {
    let (mut many, mut count, mut width) = (0, 0, 0.0);
    for row in rows {
        let pieces = pieces_of(runs, row);
        many += usize::from(pieces.len() >= 2);
        count += pieces.len();
        width += pieces.iter().map(|(x0, x1)| x1 - x0).sum::<f32>() / row.size.max(1.0);
    }
    many > 0 && many * 2 >= rows.len() && width < WIDE * count as f32
}

/// The stretches of a row without a wide gap, by where they begin and end.
fn pieces_of(runs: &[Run], row: &Row) -> Vec<(f32, f32)> {
    let mut pieces: Vec<(f32, f32)> = Vec::new();
    for run in row.runs.iter().map(|&index| &runs[index as usize]) {
        match pieces.last_mut() {
            Some((_, end)) if run.x0 - *end < row.tracking() + GAP * row.size => *end = end.max(run.x1),
            _ => pieces.push((run.x0, run.x1)),
        }
    }
    pieces
}

/// The lines between columns: the middles of the white space that runs through all rows of several pieces, and
/// the outer edges.
fn columns(runs: &[Run], rows: &[&Row]) -> Vec<f32> {
    let most = rows.iter().map(|row| pieces_of(runs, row).len()).max().unwrap_or(0);
    let mut pieces: Vec<(f32, f32)> = Vec::new();
    for row in rows {
        let own = pieces_of(runs, row);
        if own.len() * 2 > most {
            pieces.extend(own);
        }
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut xs = Vec::new();
    let mut end = f32::MIN;
    for (x0, x1) in pieces {
        if end == f32::MIN {
            xs.push(x0);
        } else if x0 > end + 2.0 {
            xs.push(0.5 * (x0 + end));
        }
        end = end.max(x1);
    }
    xs.push(end);
    xs
}

/// The table whose rows stand between rules. With many rules each parts two rows; with few, only the header is
/// ruled off.
fn ruled_off(page: &Page, sheet: &Sheet, runs: &[Run], table: &[&[Row]]) -> Option<Grid> {
    let all: Vec<&Row> = table.iter().copied().flatten().collect();
    let xs = columns(runs, &all);
    if xs.len() < 3 || all.len() < 2 || table.len() == 1 && all.len() < 3 {
        return None;
    }
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for (index, part) in table.iter().enumerate() {
        if table.len() >= 4 || (index == 0 && table.len() > 1) {
            groups.push(part.iter().collect());
        } else {
            grouped(runs, part.iter(), &xs, &mut groups);
        }
    }
    let mut grid = grid(page, sheet, runs, &groups, xs);
    grid.header = u32::from(table.len() > 1);
    Some(grid)
}

/// Makes a row of a table of each line, except of those that leave the first column empty and stand close
/// below another: they go on with its cells.
fn grouped<'a>(
    runs: &[Run],
    rows: impl Iterator<Item = &'a Row>,
    xs: &[f32],
    groups: &mut Vec<Vec<&'a Row>>,
) {
    for row in rows {
        let starts = row.runs.iter().any(|&index| runs[index as usize].x0 < xs[1]);
        match groups.last_mut() {
            Some(group) if !starts && is_close(group, row) => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
}

fn is_close(group: &[&Row], row: &Row) -> bool {
    group.last().is_some_and(|last| row.top - last.bottom < 0.5 * row.size)
}

/// A table of rows of lines and the lines between columns.
fn grid(page: &Page, sheet: &Sheet, runs: &[Run], groups: &[Vec<&Row>], xs: Vec<f32>) -> Grid {
    let columns = xs.len() - 1;
    let mut cells = Vec::new();
    for (row, lines) in groups.iter().enumerate() {
        let mut held: Vec<Vec<u32>> = vec![Vec::new(); columns];
        for index in lines.iter().flat_map(|line| &line.runs).copied() {
            let run = &runs[index as usize];
            let column = xs.partition_point(|&x| x <= 0.5 * (run.x0 + run.x1)).saturating_sub(1);
            held[column.min(columns - 1)].push(index);
        }
        for (column, held) in held.into_iter().enumerate() {
            let lines = rows(runs, held, &[]);
            let (texts, bold) = line::cell(page, sheet, runs, &lines, xs[column + 1] - xs[column]);
            cells.push(GridCell { row: row as u32, column: column as u32, rows: 1, columns: 1, texts, bold });
        }
    }
    let ends = groups.iter().flatten();
    let top = ends.clone().map(|row| row.top).fold(f32::MAX, f32::min);
    let bottom = ends.map(|row| row.bottom).fold(f32::MIN, f32::max);
    let mut grid =
        Grid { xs, top, bottom, page: sheet.height, rows: groups.len() as u32, header: 0, cells, tag: 0 };
    grid.find_header();
    grid
}

/// The lines and tables of a band. At least three rows of three columns make a table.
pub(super) fn pieces(page: &Page, sheet: &Sheet, runs: &[Run], band: Band) -> Vec<Piece> {
    let mut out = Vec::with_capacity(band.rows.len());
    let mut waiting: Vec<Row> = Vec::new(); // rows that may be of one table
    for row in band.rows {
        let cells = if row.table.is_some() { 0 } else { pieces_of(runs, &row).len() };
        let close = waiting.last().is_none_or(|last| row.top - last.bottom < 1.6 * row.size);
        let goes_on = if waiting.is_empty() { cells >= 3 } else { cells >= 2 && close };
        if !goes_on {
            flush(page, sheet, runs, &mut waiting, &mut out);
        }
        match row.table {
            Some(index) => out.push(Piece::Ruled(index)),
            None if goes_on || cells >= 3 => waiting.push(row),
            None => out.push(Piece::Row(row)),
        }
    }
    flush(page, sheet, runs, &mut waiting, &mut out);
    out
}

/// Puts out the rows that were waiting, as a table where they are one.
fn flush(page: &Page, sheet: &Sheet, runs: &[Run], waiting: &mut Vec<Row>, out: &mut Vec<Piece>) {
    if let Some(grid) = aligned(page, sheet, runs, waiting) {
        waiting.clear();
        out.push(Piece::Open(grid));
    } else {
        out.extend(waiting.drain(..).map(Piece::Row));
    }
}

fn aligned(page: &Page, sheet: &Sheet, runs: &[Run], waiting: &[Row]) -> Option<Grid> {
    if waiting.len() < 3
        || !is_tabular(runs, waiting)
        || waiting.iter().any(|row| has_leader(page, sheet, runs, row))
    {
        return None;
    }
    let all: Vec<&Row> = waiting.iter().collect();
    let xs = columns(runs, &all);
    let full = |row: &&Row| pieces_of(runs, row).len() * 3 >= (xs.len() - 1) * 2;
    if xs.len() < 4 || all.iter().filter(|row| full(row)).count() * 3 < all.len() * 2 {
        return None;
    }
    let mut groups = Vec::new();
    grouped(runs, waiting.iter(), &xs, &mut groups);
    (groups.len() >= 3).then(|| grid(page, sheet, runs, &groups, xs))
}

/// Whether dots lead the eye through a row, as in a table of contents.
pub(super) fn has_leader(page: &Page, sheet: &Sheet, runs: &[Run], row: &Row) -> bool {
    let inks = row.runs.iter().flat_map(|&index| &sheet.inks[runs[index as usize].range()]);
    inks.filter(|ink| matches!(ink.text(page), "." | "…" | "·" | "．" | "⋯")).take(8).count() == 8
}
