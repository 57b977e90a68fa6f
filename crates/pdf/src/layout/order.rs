//! Reading order: which runs stand on one line, and which lines in one column.
//!
//! A page is taken for one column unless a gutter convinces: many lines start at one place, none crosses
//! the white space before it, and on both sides the lines are filled as running text is. A table set
//! without rules has gutters too, but its columns are not filled.

use super::Grid;
use super::ink::Sheet;
use super::run::Run;

/// How often columns are cut into columns.
const DEPTH: usize = 5;

/// Lines read straight down.
#[derive(Debug, Default)]
pub(super) struct Band {
    pub(super) rows: Vec<Row>,
}

/// What stands on one line, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Indices of runs; empty where it is a table.
    pub(super) runs: Vec<u32>,
    pub(super) table: Option<usize>,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// The height at which most of the ink of its largest run is.
    pub(super) center: f32,
    pub(super) size: f32,
    /// The gap between its ideographs where they are set wide, as on a character grid.
    tracking: f32,
}

impl Row {
    pub(super) fn tracking(&self) -> f32 {
        self.tracking
    }

    fn of(run: &Run, index: u32) -> Row {
        Row {
            runs: vec![index],
            table: None,
            x0: run.x0,
            x1: run.x1,
            top: run.top(),
            bottom: run.bottom(),
            center: run.center(),
            size: run.size,
            tracking: 0.0,
        }
    }

    fn add(&mut self, run: &Run, index: u32) {
        self.runs.push(index);
        self.x0 = self.x0.min(run.x0);
        self.x1 = self.x1.max(run.x1);
        self.top = self.top.min(run.top());
        self.bottom = self.bottom.max(run.bottom());
        if run.size > self.size {
            (self.size, self.center) = (run.size, run.center());
        }
    }
}

/// Puts the runs no table has taken, and the tables, in reading order.
pub(super) fn bands(sheet: &Sheet, runs: &[Run], tables: &[Grid]) -> Vec<Band> {
    let free: Vec<u32> = (0..runs.len() as u32).filter(|&i| !runs[i as usize].taken).collect();
    let mut rows = rows(runs, free, tables);
    let mut bands = Vec::new();
    let foot = edge_rows(rows.iter().rev(), sheet.height, runs, true);
    let foot = rows.split_off(rows.len() - foot);
    let head = edge_rows(rows.iter(), sheet.height, runs, false);
    let body = rows.split_off(head);
    push(rows, &mut bands);
    split(runs, tables, body, DEPTH, &mut bands);
    push(foot, &mut bands);
    bands
}

fn push(rows: Vec<Row>, bands: &mut Vec<Band>) {
    if !rows.is_empty() {
        bands.push(Band { rows });
    }
}

/// How many rows at an edge of the page stand apart from the text: what may be a header or a footer must not
/// be torn up between columns.
fn edge_rows<'a>(
    rows: impl ExactSizeIterator<Item = &'a Row>,
    height: f32,
    runs: &[Run],
    at_foot: bool,
) -> usize {
    let total = rows.len();
    let near: Vec<&Row> = rows.take(4).collect();
    let in_margin = |row: &Row| {
        row.table.is_none()
            && !row.runs.is_empty()
            && runs.len() > row.runs.len()
            && if at_foot { row.center > 0.88 * height } else { row.center < 0.12 * height }
    };
    for count in (1..=near.len().saturating_sub(1).min(3)).rev() {
        let (last, next) = (near[count - 1], near[count]);
        let gap = if at_foot { last.top - next.bottom } else { next.top - last.bottom };
        if count < total
            && near[..count].iter().all(|row| in_margin(row))
            && gap > 0.9 * last.size.max(next.size)
        {
            return count;
        }
    }
    0
}

/// Gathers runs and tables into rows, from top to bottom.
pub(super) fn rows(runs: &[Run], mut indices: Vec<u32>, tables: &[Grid]) -> Vec<Row> {
    indices.sort_by(|&a, &b| runs[a as usize].center().total_cmp(&runs[b as usize].center()));
    let mut rows: Vec<Row> = Vec::new();
    for index in indices {
        let run = &runs[index as usize];
        match rows.last_mut() {
            Some(row) if (run.center() - row.center).abs() < 0.4 * row.size.max(run.size) => {
                row.add(run, index)
            }
            _ => rows.push(Row::of(run, index)),
        }
    }
    for row in &mut rows {
        row.runs.sort_by(|&a, &b| runs[a as usize].x0.total_cmp(&runs[b as usize].x0));
        row.tracking = tracking(runs, &row.runs);
    }
    for (index, table) in tables.iter().enumerate() {
        rows.push(Row {
            runs: Vec::new(),
            table: Some(index),
            x0: table.xs.first().copied().unwrap_or(0.0),
            x1: table.xs.last().copied().unwrap_or(0.0),
            top: table.top,
            bottom: table.bottom,
            center: table.top,
            size: 0.0,
            tracking: 0.0,
        });
    }
    if !tables.is_empty() {
        rows.sort_by(|a, b| a.center.total_cmp(&b.center));
    }
    rows
}

/// The usual gap between the runs of a row where most are a single glyph; else 0.
fn tracking(runs: &[Run], row: &[u32]) -> f32 {
    let single = row.iter().filter(|&&index| runs[index as usize].inks.len() == 1).count();
    if row.len() < 4 || single * 2 < row.len() {
        return 0.0;
    }
    let gap = |pair: &[u32]| (runs[pair[1] as usize].x0 - runs[pair[0] as usize].x1).max(0.0);
    let mut gaps: Vec<f32> = row.windows(2).map(gap).collect();
    let middle = gaps.len() / 2;
    *gaps.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Cuts rows into columns where a gutter convinces, and those again.
fn split(runs: &[Run], tables: &[Grid], rows: Vec<Row>, depth: usize, bands: &mut Vec<Band>) {
    if rows.is_empty() {
        return;
    }
    let gutter = if depth > 0 { gutter(runs, &rows) } else { None };
    let Some(Gutter { x, from, to }) = gutter else {
        bands.push(Band { rows });
        return;
    };
    let mut rows = rows;
    let below = rows.split_off(to);
    let within = rows.split_off(from);
    split(runs, tables, rows, depth - 1, bands);
    for left in [true, false] {
        let half = side(runs, tables, &within, x, left);
        split(runs, tables, half, depth - 1, bands);
    }
    split(runs, tables, below, depth - 1, bands);
}

/// The rows of what stands on one side of a gutter.
fn side(runs: &[Run], tables: &[Grid], within: &[Row], x: f32, left: bool) -> Vec<Row> {
    let here = |x0: f32, x1: f32| (0.5 * (x0 + x1) < x) == left;
    let indices = within.iter().flat_map(|row| &row.runs).copied();
    let indices = indices.filter(|&i| here(runs[i as usize].x0, runs[i as usize].x1)).collect();
    let mut half = rows(runs, indices, &[]);
    let of_side = within.iter().filter(|row| row.table.is_some() && here(row.x0, row.x1));
    half.extend(of_side.cloned());
    if !tables.is_empty() {
        half.sort_by(|a, b| a.center.total_cmp(&b.center));
    }
    half
}

/// A gutter: its right edge, and the rows it runs through.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f32,
    from: usize,
    to: usize,
}

/// The most convincing gutter.
fn gutter(runs: &[Run], rows: &[Row]) -> Option<Gutter> {
    let starts = starts(runs, rows);
    let places = places(&starts);
    let outer = outer_places(runs, rows, &starts, &places);
    let mut best: Option<(f32, Gutter)> = None;
    for x in places.into_iter().chain(outer) {
        for (from, to) in stretches(runs, rows, x) {
            let Some(worth) = worth(runs, &rows[from..to], x) else { continue };
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, Gutter { x, from, to }));
            }
        }
    }
    best.map(|(_, gutter)| gutter)
}

/// Where pieces of text start after white space, from left to right.
fn starts(runs: &[Run], rows: &[Row]) -> Vec<f32> {
    let x0 = rows.iter().map(|row| row.x0).fold(f32::MAX, f32::min);
    let x1 = rows.iter().map(|row| row.x1).fold(f32::MIN, f32::max);
    let mut starts: Vec<f32> = Vec::new();
    for row in rows {
        if row.table.is_some() && row.x0 > x0 + 0.15 * (x1 - x0) {
            starts.extend(std::iter::repeat_n(row.x0, table_lines(row).min(50)));
        }
        let mut end = f32::MIN;
        for &index in &row.runs {
            let run = &runs[index as usize];
            if run.x0 - end > row.tracking + 0.5 * run.size && run.x0 > x0 + 0.15 * (x1 - x0) {
                starts.push(run.x0);
            }
            end = end.max(run.x1);
        }
    }
    starts.sort_by(f32::total_cmp);
    starts
}

/// The places where many pieces of text start: the left edges columns may have. The most frequent, each standing for
/// all within a point or two of it.
fn places(starts: &[f32]) -> Vec<f32> {
    let mut groups: Vec<(usize, f32)> = Vec::new();
    let mut at = 0;
    while at < starts.len() {
        let end = at + starts[at..].partition_point(|&x| x <= starts[at] + 2.0);
        if end - at >= 3 {
            groups.push((end - at, starts[at]));
        }
        at = end;
    }
    groups.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    groups.truncate(6);
    groups.into_iter().map(|(_, x)| x).collect()
}

/// Places where few pieces start, and many a little further in: of a list of contents most lines may be indented.
fn outer_places(runs: &[Run], rows: &[Row], starts: &[f32], places: &[f32]) -> Vec<f32> {
    /// How far lines may be indented, in em.
    const INDENTED: f32 = 5.0;
    const LEAST: usize = 12;
    if starts.len() < LEAST {
        return Vec::new();
    }
    let reach = INDENTED * size_of(runs, rows);
    let mut outer: Vec<f32> = Vec::new();
    for x in places {
        let first = starts.partition_point(|&start| start < x - reach);
        let many = starts[first..].partition_point(|&start| start <= x + 2.0) >= LEAST;
        if many && x - starts[first] > 2.0 && !outer.contains(&starts[first]) {
            outer.push(starts[first]);
        }
    }
    outer
}

/// How many lines of text would stand where a table stands.
fn table_lines(row: &Row) -> usize {
    ((row.bottom - row.top) / 14.0) as usize
}

/// The longest stretches of rows in which nothing crosses the white space left of `x`.
fn stretches(runs: &[Run], rows: &[Row], x: f32) -> Vec<(usize, usize)> {
    let crosses = |row: &Row| {
        if row.table.is_some() {
            return row.x0 < x - 3.0 && row.x1 > x + 3.0;
        }
        // What is set wide covers its gaps too, and white space must be wider than those to be a gutter.
        let beyond = if row.tracking > 0.0 { row.tracking + 0.5 * row.size } else { 0.0 };
        // A bracket may hang over the edge by the white half of its body.
        let over = |run: &Run| run.x0 < x - 0.7 * run.size && run.x1 + beyond > x - 0.35 * run.size;
        row.runs.iter().any(|&index| over(&runs[index as usize]))
    };
    let mut found = Vec::new();
    let mut from = None;
    for (index, row) in rows.iter().enumerate() {
        match (crosses(row), from) {
            (false, None) => from = Some(index),
            (true, Some(start)) => {
                found.push((start, index));
                from = None;
            }
            _ => {}
        }
    }
    found.extend(from.map(|start| (start, rows.len())));
    found.retain(|&(from, to)| to - from >= 3 || rows[from..to].iter().any(|row| row.table.is_some()));
    found
}

/// What one side of a gutter holds.
#[derive(Debug)]
struct Side {
    lines: usize,
    x0: f32,
    x1: f32,
    top: f32,
    bottom: f32,
    filled: f32,
    size: f32,
}

impl Side {
    fn of(runs: &[Run], rows: &[Row], here: impl Fn(f32, f32) -> bool) -> Side {
        let mut side = Side {
            lines: 0,
            x0: f32::MAX,
            x1: f32::MIN,
            top: f32::MAX,
            bottom: f32::MIN,
            filled: 0.0,
            size: 0.0,
        };
        for row in rows {
            let mut any = false;
            if row.table.is_some() && here(row.x0, row.x1) {
                let lines = table_lines(row);
                side.lines += lines;
                side.x0 = side.x0.min(row.x0);
                side.x1 = side.x1.max(row.x1);
                side.filled += lines as f32 * (row.x1 - row.x0);
                side.top = side.top.min(row.top);
                side.bottom = side.bottom.max(row.bottom);
            }
            for &index in &row.runs {
                let run = &runs[index as usize];
                if here(run.x0, run.x1) {
                    any = true;
                    side.x0 = side.x0.min(run.x0);
                    side.x1 = side.x1.max(run.x1);
                    side.filled += run.width() + row.tracking;
                    side.size = side.size.max(run.size);
                    side.top = side.top.min(row.center);
                    side.bottom = side.bottom.max(row.center);
                }
            }
            side.lines += usize::from(any);
        }
        side
    }

    fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// How full its lines are, 0 to 1.
    fn fill(&self) -> f32 {
        self.filled / (self.lines as f32 * self.width()).max(1.0)
    }

    fn is_text(&self) -> bool {
        let fill = self.fill();
        match self.lines {
            0..3 => false,
            3 => fill > 0.9,
            4..6 => fill > 0.75,
            _ => fill > 0.55,
        }
    }
}

/// How much a gutter is worth: the lines it parts. `None` where it does not part two columns of text.
fn worth(runs: &[Run], rows: &[Row], x: f32) -> Option<f32> {
    let left = Side::of(runs, rows, |x0, x1| 0.5 * (x0 + x1) < x);
    let right = Side::of(runs, rows, |x0, x1| 0.5 * (x0 + x1) >= x);
    if !left.is_text() || !right.is_text() {
        return None;
    }
    let whole = right.x1 - left.x0;
    let em = size_of(runs, rows);
    let narrow = left.width().min(right.width());
    let overlap = left.bottom.min(right.bottom) - left.top.max(right.top);
    let shorter = (left.bottom - left.top).min(right.bottom - right.top);
    let convincing = narrow > 8.0 * em && narrow > 0.2 * whole && overlap >= 0.5 * shorter;
    convincing.then_some(left.lines.min(right.lines) as f32 + 0.01 * (right.x0 - left.x1))
}

/// The usual size of the type in some rows.
fn size_of(runs: &[Run], rows: &[Row]) -> f32 {
    let indices = rows.iter().flat_map(|row| &row.runs);
    let (mut sum, mut weight) = (0.0, 0.0);
    for &index in indices {
        let run = &runs[index as usize];
        sum += run.size * run.width();
        weight += run.width();
    }
    if weight > 0.0 { sum / weight } else { 10.0 }
}
