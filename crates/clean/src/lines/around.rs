//! What the lines around a line say of it.

use super::physical::Physical;
use super::sentence::ends_clause;
use super::setting::{Lines, Setting, has_room, slack};
use crate::chars;
use crate::structure::enumerator::{self, Class};
use qingwen_model::Start;
use std::collections::BTreeSet;

/// How many full lines stand in each block of lines (without a blank line between).
pub(super) struct FullLines {
    of_line: Vec<u32>,
}

impl FullLines {
    pub(super) fn of(lines: &Lines<'_>, setting: &Setting) -> FullLines {
        let mut of_line = vec![0; lines.len()];
        let (mut from, mut full) = (0, 0);
        for at in 0..=lines.len() {
            let next = lines.get(at).and_then(Option::as_ref).map(|line| line.shape);
            let ends = next.is_none_or(|shape| shape.gap >= 1.0 && shape.start == Start::Line);
            if ends {
                of_line[from..at].fill(full);
                (from, full) = (at, 0);
            }
            if let Some(shape) = next {
                full += u32::from(slack(shape, setting).is_some_and(|slack| slack < 1.6));
            }
        }
        FullLines { of_line }
    }

    pub(super) fn around(&self, at: usize) -> u32 {
        self.of_line.get(at).copied().unwrap_or(0)
    }
}

/// For each line, how many lines there are to a short one without a mark or with a semicolon, with none but full lines
/// and no end of a sentence before it; none where there is no such line. Prose does not end so, a wrapped heading or
/// item does.
pub(super) fn bare_ends(lines: &Lines<'_>, setting: &Setting) -> Vec<u32> {
    let mut all = vec![0; lines.len()];
    for at in (0..lines.len()).rev() {
        let Some(Physical { shape, text, .. }) = lines[at] else { continue };
        let Some(slack) = slack(shape, setting) else { continue };
        let inner = text.strip_suffix('；').unwrap_or(text);
        if chars::has_mark(inner, ['。', '；', '：']) {
            continue;
        }
        let next = lines.get(at + 1).and_then(Option::as_ref);
        let below = next.map(|below| below.text);
        let has_room = || setting.exact && below.is_some_and(|below| has_room(shape, below, setting));
        let is_short = slack >= 2.0 || has_room();
        all[at] = match all.get(at + 1) {
            _ if is_short => u32::from(!inner.ends_with(ends_clause)),
            Some(below) if *below > 0 && next.is_some_and(follows) => below + 1,
            _ => 0,
        };
    }
    all
}

/// Whether a line stands close below the one before it, or on the next page.
fn follows(line: &Physical<'_>) -> bool {
    line.shape.gap < 0.5 || line.shape.start != Start::Line
}

/// What lines of a document are numbered with.
pub(super) struct Numbers {
    found: BTreeSet<(Class, u32)>,
    /// How many lines there are.
    lines: usize,
    /// The latest number of each class that began a paragraph.
    counted: [u32; Class::COUNT],
}

impl Numbers {
    pub(super) fn of(lines: &Lines<'_>) -> Numbers {
        let lines = lines.iter().flatten();
        let number = |line: &Physical<'_>| match line.text.strip_prefix(['“', '‘', '"']) {
            Some(quoted) => enumerator::parse(quoted),
            None => line.number,
        };
        let found = lines.clone().filter_map(number).map(|found| (found.class, found.number)).collect();
        Numbers { found, lines: lines.count(), counted: [0; Class::COUNT] }
    }

    /// Notes the number that a paragraph begins with.
    pub(super) fn count(&mut self, (class, number): (Class, u32)) {
        self.counted[class as usize] = number;
    }

    /// Whether a number does not go on from the latest of its class, or stands alone.
    pub(super) fn is_out_of_order(&self, (class, number): (Class, u32)) -> bool {
        let counts_on = number == 1 || self.counted[class as usize] + 1 == number;
        !counts_on || self.is_lonely((class, number))
    }

    /// Whether no line of the document has the number before this one or the one after it. Of an excerpt of a few lines
    /// that says nothing.
    fn is_lonely(&self, (class, number): (Class, u32)) -> bool {
        const EXCERPT: usize = 12;
        let has = |number| self.found.contains(&(class, number));
        self.lines > EXCERPT && !has(number + 1) && !has(number.wrapping_sub(1))
    }
}
