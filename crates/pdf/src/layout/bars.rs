//! The straight lines of a page, pieced together.

use super::ink::Sheet;
use crate::page::Segment;

/// How far two ends may be apart and still meet.
pub(super) const REACH: f32 = 3.0;

/// How many lines a page may have before its lines are taken for a drawing.
const MOST: usize = 50_000;

/// An upright or level line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bar {
    /// Where it stands: y of a level line, x of an upright one.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The level and the upright lines of a sheet, each from top to bottom or left to right.
pub(super) fn bars(sheet: &Sheet) -> (Vec<Bar>, Vec<Bar>) {
    if sheet.rules.len() > MOST {
        return (Vec::new(), Vec::new());
    }
    let finite = |s: &&Segment| [s.x0, s.y0, s.x1, s.y1].iter().all(|v| v.abs() < 1e6);
    let (mut level, mut upright) = (Vec::new(), Vec::new());
    for s in sheet.rules.iter().filter(finite) {
        let (width, height) = ((s.x1 - s.x0).abs(), (s.y1 - s.y0).abs());
        if height < 1.0 && width > 2.0 {
            level.push(Bar { at: 0.5 * (s.y0 + s.y1), from: s.x0.min(s.x1), to: s.x0.max(s.x1) });
        } else if width < 1.0 && height > 2.0 {
            upright.push(Bar { at: 0.5 * (s.x0 + s.x1), from: s.y0.min(s.y1), to: s.y0.max(s.y1) });
        }
    }
    (pieced(level), pieced(upright))
}

/// Makes one of the pieces that lie on one line and touch: tables are often drawn cell by cell.
fn pieced(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut whole: Vec<Bar> = Vec::new();
    let mut rest = &mut bars[..];
    while let Some(first) = rest.first() {
        let mut last = first.at;
        let end = rest.iter().position(|bar| {
            let apart = bar.at - last > 1.0;
            last = bar.at;
            apart
        });
        let (group, others) = rest.split_at_mut(end.unwrap_or(rest.len()));
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let start = whole.len();
        for bar in group {
            match whole[start..].last_mut() {
                Some(last) if bar.from <= last.to + REACH => last.to = last.to.max(bar.to),
                _ => whole.push(*bar),
            }
        }
        rest = others;
    }
    whole
}

/// The places at which lines stand, those closer than [`REACH`] being one.
pub(super) fn places(at: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = at.collect();
    all.sort_by(f32::total_cmp);
    let mut places: Vec<(f32, f32)> = Vec::new(); // first and last of a group
    for x in all {
        match places.last_mut() {
            Some((_, last)) if x - *last <= REACH => *last = x,
            _ => places.push((x, x)),
        }
    }
    places.into_iter().map(|(first, last)| 0.5 * (first + last)).collect()
}

/// The index of the place nearest to `x`.
pub(super) fn nearest(places: &[f32], x: f32) -> usize {
    let after = places.partition_point(|&p| p < x);
    match (after.checked_sub(1).map(|i| x - places[i]), places.get(after).map(|p| p - x)) {
        (Some(before), Some(behind)) if before < behind => after - 1,
        (_, Some(_)) => after,
        (_, None) => after.saturating_sub(1),
    }
}
