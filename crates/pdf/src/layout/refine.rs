//! Rows and columns of a ruled table that are not ruled off: only the text tells them.
//!
//! Many tables rule off the header and the sum and leave the rows between to the eye; others rule off groups of
//! columns and not the columns. Both are found before cells are made, and become places of the lattice as though a
//! line had been drawn.

use super::grid::{Lattice, slot};
use super::ink::Sheet;
use super::line::first_word;
use super::order::{Row, rows};
use super::run::Run;
use crate::page::Page;

/// The least white space between two columns, in em.
const GAP: f32 = 0.8;

impl Lattice {
    /// Adds the columns and then the rows that the text shows within those that are ruled off.
    pub(super) fn refine(&mut self, page: &Page, sheet: &Sheet, runs: &[Run]) {
        let mut inside: Vec<u32> = (0..runs.len() as u32).collect();
        inside.retain(|&index| !runs[index as usize].taken && self.place(&runs[index as usize]).is_some());
        if inside.len() < 6 {
            return;
        }
        self.part_columns(runs, &inside);
        self.part_rows(page, sheet, runs, &inside);
    }

    fn part_columns(&mut self, runs: &[Run], inside: &[u32]) {
        for column in (0..self.columns()).rev() {
            let Some(gaps) = self.gaps(runs, inside, column) else { continue };
            for x in gaps.into_iter().rev() {
                self.insert_column(column, x, |row, this| {
                    let of_row = inside.iter().map(|&index| &runs[index as usize]);
                    let here = |run: &&Run| slot(&this.ys, run.center()) == Some(row);
                    !of_row.filter(here).any(|run| run.x0 < x - 1.0 && run.x1 > x + 1.0)
                });
            }
        }
    }

    /// The middles of the white space that parts the text of a column, where most of its lines are parted by it.
    fn gaps(&self, runs: &[Run], inside: &[u32], column: usize) -> Option<Vec<f32>> {
        let (x0, x1) = (self.xs[column], self.xs[column + 1]);
        let own = |run: &Run| run.x0 > x0 - 1.0 && run.x1 < x1 + 1.0;
        let held: Vec<u32> = inside.iter().copied().filter(|&index| own(&runs[index as usize])).collect();
        let lines = rows(runs, held, &[]);
        let pieces: Vec<Vec<(f32, f32)>> = lines.iter().map(|line| pieces(runs, line)).collect();
        let parted = pieces.iter().filter(|pieces| pieces.len() > 1).count();
        if parted < 3 || parted * 3 < pieces.len() * 2 {
            return None;
        }
        let mut all: Vec<(f32, f32)> =
            pieces.into_iter().filter(|pieces| pieces.len() > 1).flatten().collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
        let mut gaps = Vec::new();
        let mut stack = (f32::MAX, 0.0, 0); // where the pieces of a column end, their widths, how many they are
        let mut narrow = false;
        for (from, to) in all {
            if from > stack.0 + 2.0 {
                gaps.push(0.5 * (from + stack.0));
                narrow |= stack.1 < size * stack.2 as f32;
                stack = (to, 0.0, 0);
            }
            let end = if stack.2 == 0 { to } else { to.max(stack.0) };
            stack = (end, stack.1 + to - from, stack.2 + 1);
        }
        // A figure and its unit set apart are no columns.
        if narrow || stack.1 < size * stack.2 as f32 {
            return None;
        }
        Some(gaps)
    }

    fn part_rows(&mut self, page: &Page, sheet: &Sheet, runs: &[Run], inside: &[u32]) {
        let (cells, owner) = self.cells();
        let mut of_row: Vec<Vec<u32>> = vec![Vec::new(); self.rows()];
        for &index in inside {
            let Some(place) = self.place(&runs[index as usize]) else { continue };
            if cells[owner[place] as usize].rows == 1 {
                of_row[place / self.columns()].push(index);
            }
        }
        for (row, held) in of_row.into_iter().enumerate().rev() {
            let lines = rows(runs, held, &[]);
            if !self.are_rows(page, sheet, runs, row, &lines, &owner) {
                continue;
            }
            let start = row * self.columns();
            let alone: Vec<bool> = owner[start..start + self.columns()]
                .iter()
                .map(|&own| cells[own as usize].rows == 1)
                .collect();
            let between = |pair: &[Row]| 0.5 * (pair[0].bottom + pair[1].top);
            self.insert_rows(row, lines.windows(2).map(between).collect(), &alone);
        }
    }

    /// Whether the lines of a row are rows themselves: most have text in several cells, and no line is one that was
    /// wrapped.
    fn are_rows(
        &self,
        page: &Page,
        sheet: &Sheet,
        runs: &[Run],
        row: usize,
        lines: &[Row],
        owner: &[u32],
    ) -> bool {
        let owner = &owner[row * self.columns()..(row + 1) * self.columns()];
        // Each cell by its first column, up to the first column beyond it.
        let mut cells: Vec<(usize, Stack)> = Vec::new();
        let mut column = 0;
        while column < owner.len() {
            let end = (column..owner.len()).find(|&c| owner[c] != owner[column]).unwrap_or(owner.len());
            cells.push((end, Stack::new(self.xs[end] - self.xs[column])));
            column = end;
        }
        let mut several = 0;
        for line in lines {
            let mut used = 0;
            let mut at = 0;
            for (end, stack) in &mut cells {
                let first = at;
                let within = |run: &Run| slot(&self.xs, 0.5 * (run.x0 + run.x1)).is_some_and(|c| c < *end);
                while line.runs.get(at).is_some_and(|&index| within(&runs[index as usize])) {
                    at += 1;
                }
                if at > first {
                    used += 1;
                    stack.add(page, sheet, runs, &line.runs[first..at], line.size);
                }
            }
            several += usize::from(used > 1);
        }
        let count = lines.len();
        let shown: Vec<&Stack> =
            cells.iter().map(|(_, stack)| stack).filter(|stack| stack.lines > 0).collect();
        let full: usize = shown.iter().map(|stack| stack.lines).sum();
        let (breaks, loose) =
            shown.iter().fold((0, 0), |(b, l), stack| (b + stack.lines - 1, l + stack.loose));
        // Figures that stand below one another are rows, however the words beside them are wrapped.
        let of_figures = |stack: &&&Stack| {
            stack.figures && stack.lines * 3 >= count * 2 && stack.loose * 10 >= (stack.lines - 1) * 9
        };
        let of_figures = shown.iter().skip(1).filter(of_figures).count();
        count >= 2
            && shown.len() >= 2
            && (count >= 3 || of_figures > 0)
            && several * 3 >= count * 2
            && full * 2 >= shown.len() * count
            && (loose * 10 >= breaks * 9 || of_figures * 2 >= shown.len())
    }

    /// Adds a line within a column; `parts` says whether it is drawn in a row.
    fn insert_column(&mut self, column: usize, x: f32, parts: impl Fn(usize, &Lattice) -> bool) {
        let (rows, columns) = (self.rows(), self.columns());
        let (mut above, mut left) = (Vec::new(), Vec::new());
        for row in 0..rows {
            let drawn = parts(row, self);
            for c in 0..columns {
                let at = row * columns + c;
                above.push(self.above[at]);
                left.push(self.left[at]);
                if c == column {
                    above.push(self.above[at]);
                    left.push(drawn);
                }
            }
        }
        (self.above, self.left) = (above, left);
        self.xs.insert(column + 1, x);
    }

    /// Adds lines across those cells of a row that stand in it `alone`.
    fn insert_rows(&mut self, row: usize, ys: Vec<f32>, alone: &[bool]) {
        let (start, end) = (row * self.columns(), (row + 1) * self.columns());
        let left = self.left[start..end].repeat(ys.len());
        self.left.splice(end..end, left);
        self.above.splice(end..end, alone.repeat(ys.len()));
        self.ys.splice(row + 1..row + 1, ys);
    }
}

/// The lines of a cell, to see whether they are one text that was wrapped.
struct Stack {
    width: f32,
    lines: usize,
    /// Lines that were not broken off the line before for want of room.
    loose: usize,
    /// Whether all of them are figures.
    figures: bool,
    /// How wide the last one is.
    last: f32,
}

impl Stack {
    fn new(width: f32) -> Stack {
        Stack { width, lines: 0, loose: 0, figures: true, last: 0.0 }
    }

    fn add(&mut self, page: &Page, sheet: &Sheet, runs: &[Run], line: &[u32], size: f32) {
        let (Some(&first), Some(&end)) = (line.first(), line.last()) else { return };
        let width = runs[end as usize].x1 - runs[first as usize].x0;
        self.figures &= line.iter().all(|&index| is_figure(page, sheet, &runs[index as usize]));
        if self.lines > 0 {
            let word = first_word(page, &sheet.inks[runs[first as usize].range()]);
            let had_room = self.last + word + 1.2 * size < self.width - size;
            // A figure too wide for its cell leaves its last digits to the next line.
            let rest = width < 0.6 * self.last && self.last + 1.8 * size > self.width;
            self.loose += usize::from(had_room || self.figures && !rest);
        }
        self.lines += 1;
        self.last = width;
    }
}

/// The stretches of a line without a wide gap.
fn pieces(runs: &[Run], line: &Row) -> Vec<(f32, f32)> {
    let mut pieces: Vec<(f32, f32)> = Vec::new();
    for run in line.runs.iter().map(|&index| &runs[index as usize]) {
        match pieces.last_mut() {
            Some((_, end)) if run.x0 - *end < line.tracking() + GAP * line.size => *end = end.max(run.x1),
            _ => pieces.push((run.x0, run.x1)),
        }
    }
    pieces
}

/// Whether a run is a number, a share, a sum or the dash that stands for none.
fn is_figure(page: &Page, sheet: &Sheet, run: &Run) -> bool {
    let chars = || sheet.inks[run.range()].iter().flat_map(|ink| ink.text(page).chars());
    chars().all(|c| !c.is_alphabetic()) && chars().any(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '—'))
}
