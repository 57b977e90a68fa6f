//! Numbers of lines in the margin, as drafts, contracts and court papers have them.

use super::Laid;
use super::ink::Sheet;
use super::order::{Row, rows};
use super::run::Run;
use crate::page::Page;
use qingwen_model::{Log, Mark};

/// So many numbers on a page at least, where nothing but the page tells.
const LEAST: usize = 8;
/// So many are enough where only every fifth line or so has one.
const LEAST_SPARSE: usize = 4;
/// So many pages at least, where no single one tells.
const PAGES: usize = 3;
/// So many pages before and after one are asked.
const NEIGHBOURS: usize = 8;
/// How far apart numbers of one column may stand, in points: 9 is set flush with 10, or below it.
const NEAR: f32 = 8.0;

/// The numbers of the lines of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// On which side of the text.
    left: bool,
    /// Their edge towards the text.
    x: f32,
    first: u32,
    last: u32,
    /// From one to the next; 0 where there is only one.
    step: u32,
    count: usize,
    /// Whether the page alone tells that they are numbers of lines.
    pub(super) sure: bool,
}

impl Numbers {
    /// Whether they stand where those of another page do.
    fn beside(&self, other: &Numbers) -> bool {
        let steps = self.step == other.step || self.step == 0 || other.step == 0;
        steps && self.left == other.left && (self.x - other.x).abs() < NEAR
    }

    /// Whether they go with those of another page: begin anew as those do, or count on.
    fn go_with(&self, other: &Numbers) -> bool {
        let step = self.step.max(other.step);
        let follows = |one: &Numbers, next: &Numbers| one.last.checked_add(step) == Some(next.first);
        self.beside(other) && (self.first == other.first || follows(self, other) || follows(other, self))
    }

    /// Whether there are enough of them to count among the pages that tell together.
    fn is_telling(&self) -> bool {
        self.count >= LEAST || self.step > 1 && self.count >= 3
    }
}

/// Numbers of lines, found on a page, and the runs that are these.
pub(super) struct Found {
    pub(super) numbers: Numbers,
    runs: Vec<u32>,
}

impl Found {
    pub(super) fn take(&self, runs: &mut [Run]) {
        for &run in &self.runs {
            runs[run as usize].taken = true;
        }
    }
}

/// Finds the numbers of lines. They stand below one another beside lines of text, and count them; where the page
/// alone does not tell, other pages may.
pub(super) fn find(page: &Page, sheet: &Sheet, runs: &[Run]) -> Option<Found> {
    let free: Vec<u32> = (0..runs.len() as u32).filter(|&index| !runs[index as usize].taken).collect();
    let lines = rows(runs, free, &[]);
    [true, false].into_iter().find_map(|left| {
        let found = candidates(page, sheet, runs, &lines, left);
        let (first, last) = (*found.first()?, *found.last()?);
        if !count_lines(&found) || are_contents(page, sheet, runs, &lines, &found) {
            return None;
        }
        let mut steps: Vec<u32> = found.windows(2).map(|pair| pair[1].2.saturating_sub(pair[0].2)).collect();
        steps.sort_unstable();
        let step = steps.get(steps.len() / 2).copied().unwrap_or(0);
        let enough = found.len() >= if step > 1 { LEAST_SPARSE } else { LEAST };
        let cells = found.iter().filter(|one| lines[one.0].runs.len() > 3).count();
        let sure = enough && beside_text(runs, &lines, &found);
        if !in_margin(runs, &lines, &found, left) || !sure && cells * 3 > found.len() {
            return None;
        }
        let run = &runs[first.1 as usize];
        let x = if left { run.x1 } else { run.x0 };
        let numbers = Numbers { left, x, first: first.2, last: last.2, step, count: found.len(), sure };
        Some(Found { numbers, runs: found.iter().map(|&(_, run, _)| run).collect() })
    })
}

/// Decides over all pages: takes the pages without their numbers where pages nearby tell what they are.
pub(super) fn settle(pages: &mut [Laid], log: &mut Log) {
    let mut numbered: Vec<&mut Laid> = pages.iter_mut().filter(|page| page.numbers.is_some()).collect();
    let all: Vec<Numbers> = numbered.iter().filter_map(|page| page.numbers).collect();
    let near = |at: usize| at.saturating_sub(NEIGHBOURS)..all.len().min(at + NEIGHBOURS + 1);
    // A list counts on over pages, too, but neither begins anew on each nor counts by fives.
    let alike =
        |one: &Numbers, other: &Numbers| one.go_with(other) && (one.step > 1 || one.first == other.first);
    let fellow = |at: usize, other: usize| all[other].is_telling() && alike(&all[at], &all[other]);
    let tells = |at: usize| {
        all[at].sure || all[at].is_telling() && near(at).filter(|&other| fellow(at, other)).count() >= PAGES
    };
    let mut known: Vec<bool> = (0..all.len()).map(tells).collect();
    for (at, page) in numbered.iter_mut().enumerate() {
        let without = page.unnumbered.take();
        known[at] = known[at] || near(at).any(|other| known[other] && all[other].go_with(&all[at]));
        if known[at] {
            if let Some(without) = without {
                **page = *without;
            }
            let Numbers { first, last, .. } = all[at];
            log.lost("pdf-line-number", Mark::Page(page.number, 0), format!("{first} to {last}"));
        }
    }
}

/// The rows that begin (or end) with a number apart, or are nothing else, those at the commonest place: row, run and
/// number.
fn candidates(page: &Page, sheet: &Sheet, runs: &[Run], lines: &[Row], left: bool) -> Vec<(usize, u32, u32)> {
    let mut all: Vec<(usize, u32, u32, f32, bool)> = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let (index, next) = if left {
            (line.runs.first(), line.runs.get(1))
        } else {
            (line.runs.last(), line.runs.len().checked_sub(2).and_then(|at| line.runs.get(at)))
        };
        let Some(&index) = index else { continue };
        let run = &runs[index as usize];
        let gap = |next: &Run| if left { next.x0 - run.x1 } else { run.x0 - next.x1 };
        if next.is_some_and(|&next| gap(&runs[next as usize]) <= 0.7 * line.size) {
            continue;
        }
        let Some(number) = number(page, sheet, run) else { continue };
        all.push((row, index, number, if left { run.x1 } else { run.x0 }, next.is_some()));
    }
    // Numbers are set flush at the side of the text, or at the other; a few points cover both.
    let near = |x: f32| all.iter().filter(|other| other.4 && (other.3 - x).abs() < NEAR).count();
    let beside = all.iter().filter(|one| one.4);
    let Some(x) = beside.map(|one| one.3).max_by_key(|&x| near(x)) else { return Vec::new() };
    all.retain(|one| (one.3 - x).abs() < NEAR);
    // A number alone on its row is that of an empty line only where it counts on; else that of the page, perhaps.
    let counts = |at: usize, other: Option<usize>| {
        let (one, other) = (&all[at], other.and_then(|other| all.get(other)));
        other.is_some_and(|other| {
            i64::from(one.2) - i64::from(other.2) == one.0 as i64 - other.0 as i64 && other.4
        })
    };
    let kept =
        (0..all.len()).filter(|&at| all[at].4 || counts(at, at.checked_sub(1)) || counts(at, Some(at + 1)));
    kept.map(|at| (all[at].0, all[at].1, all[at].2)).collect()
}

/// Whether numbers stand further out than any line, as those of a program on a page of text do not.
fn in_margin(runs: &[Run], lines: &[Row], found: &[(usize, u32, u32)], left: bool) -> bool {
    let outer = |&(_, run, _): &(usize, u32, u32)| {
        let run = &runs[run as usize];
        if left { run.x1 } else { -run.x0 }
    };
    let edge = found.iter().map(outer).fold(f32::MIN, f32::max);
    let mut numbered = found.iter().map(|one| one.0).peekable();
    let mut beyond = 0;
    for (row, line) in lines.iter().enumerate() {
        if numbered.next_if_eq(&row).is_none() {
            beyond += usize::from(if left { line.x0 < edge } else { -line.x1 < edge });
        }
    }
    beyond <= 2
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
    let extents: Vec<_> = found.iter().filter(|one| lines[one.0].runs.len() > 1).map(extent).collect();
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
