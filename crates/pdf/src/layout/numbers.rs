//! Numbers of lines in the margin, as drafts, contracts and court papers have them.

use super::ink::Sheet;
use super::order::{Row, rows};
use super::run::Run;
use crate::page::Page;

/// So many numbers on a page at least.
const LEAST: usize = 8;

/// Finds the numbers of lines and takes their runs; says which they were.
///
/// They stand below one another beside lines of running text, and count them.
pub(super) fn take(page: &Page, sheet: &Sheet, runs: &mut [Run]) -> Option<String> {
    let free: Vec<u32> = (0..runs.len() as u32).filter(|&index| !runs[index as usize].taken).collect();
    if free.len() < 2 * LEAST {
        return None;
    }
    let lines = rows(runs, free, &[]);
    let found = [true, false].into_iter().find_map(|left| {
        let found = candidates(page, sheet, runs, &lines, left);
        let counts = found.len() >= LEAST && count_lines(&found) && beside_text(runs, &lines, &found);
        (counts && !are_contents(page, sheet, runs, &lines, &found)).then_some(found)
    })?;
    for &(_, run, _) in &found {
        runs[run as usize].taken = true;
    }
    let (first, last) = (found.first()?.2, found.last()?.2);
    Some(format!("{first} to {last}"))
}

/// The rows that begin (or end) with a number apart, those at the commonest place: row, run and number.
fn candidates(page: &Page, sheet: &Sheet, runs: &[Run], lines: &[Row], left: bool) -> Vec<(usize, u32, u32)> {
    let mut all: Vec<(usize, u32, u32, f32)> = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let ends = if left {
            line.runs.first().zip(line.runs.get(1))
        } else {
            line.runs.last().zip(line.runs.len().checked_sub(2).and_then(|at| line.runs.get(at)))
        };
        let Some((&index, &next)) = ends else { continue };
        let (run, next) = (&runs[index as usize], &runs[next as usize]);
        let gap = if left { next.x0 - run.x1 } else { run.x0 - next.x1 };
        let Some(number) = number(page, sheet, run).filter(|_| gap > 0.7 * line.size) else { continue };
        all.push((row, index, number, if left { run.x1 } else { run.x0 }));
    }
    // Numbers are set flush at the side of the text, or at the other; a few points cover both.
    let near = |x: f32| all.iter().filter(|other| (other.3 - x).abs() < 8.0).count();
    let Some(x) = all.iter().map(|one| one.3).max_by_key(|&x| near(x)) else { return Vec::new() };
    all.into_iter()
        .filter(|one| (one.3 - x).abs() < 8.0)
        .map(|(row, run, number, _)| (row, run, number))
        .collect()
}

fn number(page: &Page, sheet: &Sheet, run: &Run) -> Option<u32> {
    let inks = &sheet.inks[run.range()];
    if inks.len() > 5 {
        return None;
    }
    let text: String = inks.iter().map(|ink| ink.text(page)).collect();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Whether numbers rise as their lines follow one another.
fn count_lines(found: &[(usize, u32, u32)]) -> bool {
    let counts = |pair: &[(usize, u32, u32)]| {
        pair[1]
            .2
            .checked_sub(pair[0].2)
            .is_some_and(|step| step > 0 && step as usize == pair[1].0 - pair[0].0)
    };
    let pairs = found.windows(2);
    pairs.clone().filter(|pair| counts(pair)).count() * 10 >= pairs.len() * 9
}

/// Whether what stands beside the numbers is running text: most of its lines are filled to one edge.
fn beside_text(runs: &[Run], lines: &[Row], found: &[(usize, u32, u32)]) -> bool {
    let extent = |&(row, number, _): &(usize, u32, u32)| {
        let own =
            lines[row].runs.iter().filter(|&&index| index != number).map(|&index| &runs[index as usize]);
        let filled: f32 = own.clone().map(Run::width).sum();
        let x0 = own.clone().map(|run| run.x0).fold(f32::MAX, f32::min);
        let x1 = own.map(|run| run.x1).fold(f32::MIN, f32::max);
        (x0, x1, filled)
    };
    let extents: Vec<_> = found.iter().map(extent).collect();
    let x0 = extents.iter().map(|e| e.0).fold(f32::MAX, f32::min);
    let x1 = extents.iter().map(|e| e.1).fold(f32::MIN, f32::max);
    let full = extents.iter().filter(|(_, _, filled)| *filled > 0.75 * (x1 - x0)).count();
    full * 3 >= extents.len() * 2
}

/// Whether dots lead the eye from the words to the number of a page, as in a table of contents.
fn are_contents(
    page: &Page,
    sheet: &Sheet,
    runs: &[Run],
    lines: &[Row],
    found: &[(usize, u32, u32)],
) -> bool {
    let leads = |&&(row, ..): &&(usize, u32, u32)| super::open::has_leader(page, sheet, runs, &lines[row]);
    found.iter().filter(leads).count() * 5 > found.len()
}
