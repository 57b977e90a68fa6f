//! Glyphs painted one after another without a gap: the pieces that are never taken apart again.

use super::ink::{Ink, Sheet};
use std::ops::Range;

/// A gap that parts two runs, in em. Only a gap within a run can be taken for anything but a gap between
/// columns or cells, so this is less than any gutter.
const PARTING: f32 = 0.55;

/// A stretch of glyphs on one baseline, each beginning near where the one before ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// Which glyphs of the sheet.
    pub(super) inks: Range<u32>,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline and size of its largest glyph.
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether a table has taken it.
    pub(super) taken: bool,
}

impl Run {
    pub(super) fn range(&self) -> Range<usize> {
        self.inks.start as usize..self.inks.end as usize
    }

    pub(super) fn center(&self) -> f32 {
        self.y - 0.3 * self.size
    }

    pub(super) fn top(&self) -> f32 {
        self.y - 0.85 * self.size
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y + 0.15 * self.size
    }

    /// Cuts the run in two and gives back the part from glyph `at` of it on.
    pub(super) fn split_off(&mut self, at: usize, inks: &[Ink]) -> Run {
        let cut = (self.inks.start + at as u32).min(self.inks.end);
        let mut rest = Run { inks: cut..self.inks.end, ..self.clone() };
        self.inks.end = cut;
        self.fit(inks);
        rest.fit(inks);
        rest
    }

    /// Measures the run by its glyphs.
    fn fit(&mut self, inks: &[Ink]) {
        let mine = inks.get(self.range()).unwrap_or_default();
        self.x0 = mine.iter().map(|ink| ink.x0).fold(f32::MAX, f32::min);
        self.x1 = mine.iter().map(|ink| ink.x1).fold(f32::MIN, f32::max);
    }

    pub(super) fn width(&self) -> f32 {
        (self.x1 - self.x0).max(0.0)
    }
}

/// Cuts the glyphs of a sheet into runs.
pub(super) fn runs(sheet: &Sheet) -> Vec<Run> {
    let uprights = Uprights::of(sheet);
    let mut runs: Vec<Run> = Vec::new();
    for (index, ink) in sheet.inks.iter().enumerate() {
        let index = index as u32;
        let follows = match (runs.last(), index.checked_sub(1)) {
            (Some(run), Some(last)) => {
                continues(run, &sheet.inks[last as usize], ink)
                    && !uprights.part(&sheet.inks[last as usize], ink)
            }
            _ => false,
        };
        match runs.last_mut() {
            Some(run) if follows => {
                run.inks.end = index + 1;
                run.x1 = run.x1.max(ink.x1);
                if ink.size > run.size {
                    (run.size, run.y) = (ink.size, ink.y);
                }
            }
            _ => runs.push(Run {
                inks: index..index + 1,
                x0: ink.x0,
                x1: ink.x1,
                y: ink.y,
                size: ink.size,
                taken: false,
            }),
        }
    }
    runs
}

/// Whether `ink` goes on where `last`, the last glyph of `run`, ended.
fn continues(run: &Run, last: &Ink, ink: &Ink) -> bool {
    let size = last.size.max(ink.size);
    let on_line = (ink.center() - run.center()).abs() < 0.35 * size.max(run.size);
    let gap = ink.x0 - last.x1;
    // Punctuation is set half as wide as its glyph in places, so the pen may step back; but it never starts
    // where the last glyph started.
    let forward = ink.x0 > last.x0 + 0.25 * (last.x1 - last.x0) && gap > -0.6 * size;
    let alike = ink.size > 0.4 * run.size && run.size > 0.4 * ink.size;
    on_line && forward && gap < PARTING * size && alike && last.cell == ink.cell
}

/// The upright rules of a sheet, to see whether one stands between two glyphs.
struct Uprights {
    /// Place, top and bottom, by place.
    rules: Vec<(f32, f32, f32)>,
}

impl Uprights {
    fn of(sheet: &Sheet) -> Self {
        let upright = |s: &&crate::page::Segment| (s.x0 - s.x1).abs() < 1.0 && (s.y0 - s.y1).abs() > 4.0;
        let mut rules: Vec<_> = sheet
            .rules
            .iter()
            .filter(upright)
            .map(|s| (0.5 * (s.x0 + s.x1), s.y0.min(s.y1), s.y0.max(s.y1)))
            .collect();
        rules.sort_by(|a, b| a.0.total_cmp(&b.0));
        Uprights { rules }
    }

    /// Whether a rule stands in the gap between two glyphs. Where there is no gap to speak of, a word may
    /// just have run over the edge of its cell.
    fn part(&self, last: &Ink, ink: &Ink) -> bool {
        if self.rules.is_empty() || ink.x0 - last.x1 < 0.12 * ink.size {
            return false;
        }
        let from = self.rules.partition_point(|rule| rule.0 < last.x1 - 0.5);
        let y = ink.center();
        let between = self.rules[from..].iter().take_while(|rule| rule.0 <= ink.x0 + 0.5);
        between.take(1000).any(|rule| rule.1 <= y && y <= rule.2)
    }
}
