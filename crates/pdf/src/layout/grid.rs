//! Tables whose cells are ruled: lines that cross make a lattice, and where a line is missing between two
//! places of the lattice, one cell covers both.

use super::bars::{Bar, REACH, nearest, places};
use super::ink::{Class, Ink, Sheet};
use super::order::{Row, rows};
use super::run::Run;
use super::tally::Tally;
use super::{Grid, GridCell, line};
use crate::page::Page;

/// Crossings looked at before a page is taken for a drawing.
const CROSSINGS: usize = 4_000_000;
/// Places of one lattice.
const PLACES: usize = 250_000;
/// Tables on one page.
const TABLES: usize = 200;

/// Finds the ruled tables of a sheet and takes their runs.
pub(super) fn ruled(
    page: &Page,
    sheet: &Sheet,
    level: &[Bar],
    upright: &[Bar],
    runs: &mut Vec<Run>,
) -> Vec<Grid> {
    let mut lattices: Vec<Lattice> =
        components(level, upright).into_iter().filter_map(|(h, v)| Lattice::of(&h, &v)).collect();
    // A table within a cell of another takes its text first.
    lattices.sort_by(|a, b| a.area().total_cmp(&b.area()));
    lattices.truncate(TABLES);
    let mut tables: Vec<Grid> =
        lattices.into_iter().filter_map(|lattice| lattice.fill(page, sheet, runs)).collect();
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    tables
}

/// Sorts level and upright lines into groups that hang together.
fn components(level: &[Bar], upright: &[Bar]) -> Vec<(Vec<Bar>, Vec<Bar>)> {
    let mut sets: Vec<usize> = (0..level.len() + upright.len()).collect();
    let mut looked_at = 0;
    for (index, bar) in upright.iter().enumerate() {
        let first = level.partition_point(|l| l.at < bar.from - REACH);
        for (offset, other) in level[first..].iter().take_while(|l| l.at <= bar.to + REACH).enumerate() {
            looked_at += 1;
            if other.from - REACH <= bar.at && bar.at <= other.to + REACH {
                let (a, b) = (root(&mut sets, first + offset), root(&mut sets, level.len() + index));
                sets[a.max(b)] = a.min(b);
            }
        }
        if looked_at > CROSSINGS {
            return Vec::new();
        }
    }
    let mut groups: Vec<(Vec<Bar>, Vec<Bar>)> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; sets.len()];
    for index in 0..sets.len() {
        let top = root(&mut sets, index);
        let group = *group_of[top].get_or_insert_with(|| {
            groups.push(Default::default());
            groups.len() - 1
        });
        match index.checked_sub(level.len()) {
            None => groups[group].0.push(level[index]),
            Some(index) => groups[group].1.push(upright[index]),
        }
    }
    groups.retain(|(level, upright)| level.len() >= 2 && !upright.is_empty());
    groups
}

fn root(sets: &mut [usize], mut index: usize) -> usize {
    while sets[index] != index {
        sets[index] = sets[sets[index]];
        index = sets[index];
    }
    index
}

/// The places between the lines of a table, and which lines are there.
pub(super) struct Lattice {
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// Whether there is a line above place (row, column), and left of it.
    pub(super) above: Vec<bool>,
    pub(super) left: Vec<bool>,
}

impl Lattice {
    fn of(level: &[Bar], upright: &[Bar]) -> Option<Lattice> {
        // Where lines run on beyond the outermost that crosses them, the table is open at its sides.
        let mut xs = places(upright.iter().map(|bar| bar.at));
        let x0 = level.iter().map(|bar| bar.from).fold(f32::MAX, f32::min);
        let x1 = level.iter().map(|bar| bar.to).fold(f32::MIN, f32::max);
        extend(&mut xs, x0, x1);
        let mut ys = places(level.iter().map(|bar| bar.at));
        let y0 = upright.iter().map(|bar| bar.from).fold(f32::MAX, f32::min);
        let y1 = upright.iter().map(|bar| bar.to).fold(f32::MIN, f32::max);
        extend(&mut ys, y0, y1);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        let count = columns.checked_mul(rows)?;
        if !(2..=PLACES).contains(&count) {
            return None;
        }
        let mut lattice = Lattice { above: vec![false; count], left: vec![false; count], xs, ys };
        for bar in level {
            let row = nearest(&lattice.ys, bar.at);
            for column in covered(&lattice.xs, bar) {
                if row < rows {
                    lattice.above[row * columns + column] = true;
                }
            }
        }
        for bar in upright {
            let column = nearest(&lattice.xs, bar.at);
            for row in covered(&lattice.ys, bar) {
                if column < columns {
                    lattice.left[row * columns + column] = true;
                }
            }
        }
        Some(lattice)
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    fn area(&self) -> f32 {
        (self.xs[self.columns()] - self.xs[0]) * (self.ys[self.rows()] - self.ys[0])
    }

    /// The cells, and for every place the index of its cell.
    pub(super) fn cells(&self) -> (Vec<GridCell>, Vec<u32>) {
        let (rows, columns) = (self.rows(), self.columns());
        let mut owner = vec![u32::MAX; rows * columns];
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if owner[row * columns + column] != u32::MAX {
                    continue;
                }
                let mut wide = 1;
                while column + wide < columns
                    && !self.left[row * columns + column + wide]
                    && owner[row * columns + column + wide] == u32::MAX
                {
                    wide += 1;
                }
                let mut high = 1;
                while row + high < rows && self.goes_on(row + high, column, wide, &owner) {
                    high += 1;
                }
                for r in row..row + high {
                    owner[r * columns + column..r * columns + column + wide].fill(cells.len() as u32);
                }
                cells.push(GridCell {
                    row: row as u32,
                    column: column as u32,
                    rows: high as u32,
                    columns: wide as u32,
                    ..GridCell::default()
                });
            }
        }
        (cells, owner)
    }

    /// Whether a cell `wide` places wide goes on in `row`: no line above, none within.
    fn goes_on(&self, row: usize, column: usize, wide: usize, owner: &[u32]) -> bool {
        let at = row * self.columns() + column;
        (at..at + wide).all(|i| !self.above[i] && owner[i] == u32::MAX)
            && (at + 1..at + wide).all(|i| !self.left[i])
    }

    /// Takes the runs that stand in the lattice. `None`, and nothing is taken, where it is no table.
    fn fill(mut self, page: &Page, sheet: &Sheet, runs: &mut Vec<Run>) -> Option<Grid> {
        if self.cells().0.len() < 2 {
            return None;
        }
        let padding = self.padding(runs);
        self.part(sheet, runs, padding);
        self.refine(page, sheet, runs);
        let (mut cells, owner) = self.cells();
        let mut held: Vec<Vec<u32>> = vec![Vec::new(); cells.len()];
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| !run.taken) {
            if let Some(place) = self.place(run) {
                held[owner[place] as usize].push(index as u32);
            }
        }
        let full = held.iter().filter(|held| !held.is_empty()).count();
        // What is left of a row that the page before could not hold may be a single cell.
        let rest_of_row =
            full == 1 && self.rows() == 1 && cells.len() >= 3 && self.ys[0] < 0.2 * sheet.height;
        if !rest_of_row && (full < 2 || full * 6 < cells.len()) {
            return None;
        }
        self.unspan(sheet, runs, &mut cells, &mut held);
        let texts: Vec<Vec<Row>> = held.into_iter().map(|held| rows(runs, held, &[])).collect();
        if self.columns() == 1 && texts.iter().any(|rows| rows.len() > 4) {
            return None; // a frame about running text
        }
        for (cell, rows) in cells.iter_mut().zip(&texts) {
            let x0 = self.xs[cell.column as usize];
            let x1 = self.xs[(cell.column + cell.columns) as usize];
            (cell.texts, cell.bold) = line::cell(page, sheet, runs, rows, x1 - x0 - 2.0 * padding);
        }
        for row in texts.iter().flatten() {
            row.runs.iter().for_each(|&index| runs[index as usize].taken = true);
        }
        let rows = self.rows();
        let mut grid = Grid {
            top: self.ys[0],
            bottom: self.ys[rows],
            page: sheet.height,
            rows: rows as u32,
            xs: self.xs,
            header: 0,
            cells,
            tag: 0,
        };
        grid.prune();
        grid.find_header();
        Some(grid)
    }

    /// Parts cells that only seem to span: where the lines between columns are drawn in some rows and left out in
    /// others, the text still stands in its columns. Two pieces or more, each within the bounds of one column and no
    /// two on one line in the same, are as many cells.
    fn unspan(&self, sheet: &Sheet, runs: &[Run], cells: &mut Vec<GridCell>, held: &mut Vec<Vec<u32>>) {
        for at in 0..cells.len() {
            let (first, count) = (cells[at].column as usize, cells[at].columns as usize);
            if count < 2 || held[at].len() < 2 {
                continue;
            }
            let xs = &self.xs[first..=first + count];
            let within = |run: &Run| {
                let inset = (0.25 * run.size).min(0.5 * run.width());
                slot(xs, run.x0 + inset).filter(|column| run.x1 - inset <= xs[column + 1])
            };
            let columns: Option<Vec<usize>> = held[at].iter().map(|&i| within(&runs[i as usize])).collect();
            let Some(columns) = columns else { continue };
            let mut used = columns.clone();
            used.sort_unstable();
            used.dedup();
            // One column more than half of those it covers, or the text of a heading that is set wide would be torn.
            if used.len() < 2 || used.len() * 2 < count || !parted(sheet, runs, &held[at]) {
                continue;
            }
            let mut parts: Vec<Vec<u32>> = vec![Vec::new(); count];
            for (&index, column) in held[at].iter().zip(columns) {
                parts[column].push(index);
            }
            let (row, rows) = (cells[at].row, cells[at].rows);
            cells[at].columns = 1;
            let mut parts = parts.into_iter();
            held[at] = parts.next().unwrap_or_default();
            for (offset, part) in (1..).zip(parts) {
                let column = cells[at].column + offset;
                cells.push(GridCell { row, column, rows, columns: 1, ..GridCell::default() });
                held.push(part);
            }
        }
    }

    /// How far text usually stands from the line on its left.
    fn padding(&self, runs: &[Run]) -> f32 {
        let mut seen = Tally::new(200);
        for run in runs.iter().filter(|run| !run.taken) {
            if slot(&self.ys, run.center()).is_none() {
                continue;
            }
            if let Some(column) = slot(&self.xs, run.x0 + 0.5) {
                let padding = run.x0 - self.xs[column];
                seen.add(padding, 1, |&other: &f32| (other - padding).abs() < 0.1);
            }
        }
        seen.top().map_or(0.0, |(padding, _)| padding.clamp(0.0, 12.0))
    }

    /// Parts runs in which a word ran over the edge of its cell and into the text of the next: a glyph that
    /// stands precisely where the text of a cell begins, and not where the one before it ended, begins it.
    fn part(&self, sheet: &Sheet, runs: &mut Vec<Run>, padding: f32) {
        let mut parts = Vec::new();
        for run in runs.iter_mut().filter(|run| !run.taken) {
            let crossed = |run: &Run| {
                let from = self.xs.partition_point(|&x| x <= run.x0);
                let to = self.xs.partition_point(|&x| x + padding < run.x1);
                (from..to, slot(&self.ys, run.center()).is_some())
            };
            let (columns, inside) = crossed(run);
            for column in columns.rev().filter(|_| inside) {
                let start = self.xs[column] + padding;
                let inks = &sheet.inks[run.range()];
                let begins = |pair: &[Ink]| {
                    let (last, ink) = (&pair[0], &pair[1]);
                    (ink.x0 - start).abs() < 0.06 && (ink.x0 - last.x1).abs() > 0.02 * ink.size
                };
                let cut = inks.windows(2).position(begins).map(|at| at + 1);
                if let Some(cut) = cut {
                    parts.push(run.split_off(cut, &sheet.inks));
                }
            }
        }
        runs.append(&mut parts);
    }

    /// The place a run stands in: that of its middle where one place holds it, else where it starts.
    pub(super) fn place(&self, run: &Run) -> Option<usize> {
        let row = slot(&self.ys, run.center())?;
        let inset = (0.3 * run.size).min(0.5 * run.width());
        let start = slot(&self.xs, run.x0 + inset);
        let end = slot(&self.xs, run.x1 - inset);
        let column = start.or(end)?;
        Some(row * self.columns() + column)
    }
}

/// Whether white space that no running text has parts the runs of a cell. Ideographs set wide are one heading.
fn parted(sheet: &Sheet, runs: &[Run], held: &[u32]) -> bool {
    let lines = rows(runs, held.to_vec(), &[]);
    let is_ideograph = |run: &Run| run.inks.len() == 1 && sheet.inks[run.range()][0].class == Class::Han;
    let set_wide = |row: &Row| {
        let alone = row.runs.iter().filter(|&&index| is_ideograph(&runs[index as usize])).count();
        alone * 2 > row.runs.len()
    };
    let apart = |row: &Row| {
        let gap = |pair: &[u32]| runs[pair[1] as usize].x0 - runs[pair[0] as usize].x1;
        row.runs.len() > 1 && row.runs.windows(2).all(|pair| gap(pair) > 0.8 * row.size) && !set_wide(row)
    };
    lines.iter().all(|row| row.runs.len() == 1 || apart(row)) && lines.iter().any(|row| row.runs.len() > 1)
}

/// Which of the slots between places holds `x`.
pub(super) fn slot(places: &[f32], x: f32) -> Option<usize> {
    let after = places.partition_point(|&p| p <= x);
    (after > 0 && after < places.len()).then(|| after - 1)
}

/// The slots a line covers, by their middles.
fn covered(places: &[f32], bar: &Bar) -> std::ops::Range<usize> {
    let middle = |i: usize| 0.5 * (places[i] + places[i + 1]);
    let slots = places.len() - 1;
    let first = places.partition_point(|&p| p < bar.from - REACH).saturating_sub(1);
    let first = (first..slots).find(|&i| middle(i) >= bar.from).unwrap_or(slots);
    let last = (first..slots).take_while(|&i| middle(i) <= bar.to).last();
    first..last.map_or(first, |last| last + 1)
}

/// Adds outer edges where lines reach further than the outermost place.
fn extend(places: &mut Vec<f32>, from: f32, to: f32) {
    if places.first().is_some_and(|&first| from < first - 2.0 * REACH) {
        places.insert(0, from);
    }
    if places.last().is_some_and(|&last| to > last + 2.0 * REACH) {
        places.push(to);
    }
}

impl Grid {
    /// Leaves out rows and columns without any text that are too narrow for any: the gaps of double lines.
    fn prune(&mut self) {
        let columns = self.xs.len().saturating_sub(1);
        let mut used = vec![false; columns];
        for cell in &self.cells {
            // A cell needs only one of the columns it covers to be kept.
            if !cell.texts.is_empty() && cell.columns == 1 {
                used[cell.column as usize] = true;
            }
        }
        for column in (0..columns).rev() {
            if !used[column] && self.xs[column + 1] - self.xs[column] < 2.5 * REACH && columns > 2 {
                self.remove_column(column as u32);
            }
        }
    }

    fn remove_column(&mut self, column: u32) {
        self.cells.retain(|cell| cell.column != column || cell.columns > 1);
        for cell in &mut self.cells {
            if cell.column <= column && column < cell.column + cell.columns {
                cell.columns -= 1;
            } else if cell.column > column {
                cell.column -= 1;
            }
        }
        self.xs.remove(column as usize);
    }

    /// Takes the first row for a header where it alone is bold.
    pub(super) fn find_header(&mut self) {
        let first = |cell: &&GridCell| cell.row == 0 && !cell.texts.is_empty();
        let bold = self.cells.iter().filter(first).all(|cell| cell.bold);
        let rest = self.cells.iter().filter(|cell| cell.row > 0 && !cell.texts.is_empty());
        let (mut others, mut plain) = (0, 0);
        for cell in rest {
            others += 1;
            plain += usize::from(!cell.bold);
        }
        let high = self.cells.iter().filter(|cell| cell.row == 0).map(|cell| cell.rows).max();
        if bold && others > 0 && plain * 2 > others && self.cells.iter().any(|cell| first(&cell)) {
            self.header = high.unwrap_or(1);
        }
    }
}
