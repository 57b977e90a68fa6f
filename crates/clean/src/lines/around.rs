//! What the lines around a line say of it.

use super::measure::{Setting, has_room, line, slack};
use super::sentence::ends_clause;
use crate::chars;
use crate::structure::enumerator::{self, Class};
use qingwen_model::{Block, Start, Text};
use std::collections::BTreeSet;

/// How many full lines stand in each block of lines (without a blank line between).
pub(super) struct FullLines {
    of_line: Vec<u32>,
}

impl FullLines {
    pub(super) fn of(blocks: &[Block], setting: &Setting) -> FullLines {
        let mut of_line = vec![0; blocks.len()];
        let (mut from, mut full) = (0, 0);
        for at in 0..=blocks.len() {
            let next = blocks.get(at).and_then(line).map(|(shape, _)| shape);
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
pub(super) fn bare_ends(blocks: &[Block], setting: &Setting) -> Vec<u32> {
    let mut all = vec![0; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let Some((shape, text)) = blocks.get(at).and_then(line) else { continue };
        let text = chars::strip(text);
        let inner = text.strip_suffix('；').unwrap_or(text);
        let Some(slack) = slack(shape, setting).filter(|_| !chars::has_mark(inner, ['。', '；', '：']))
        else {
            continue;
        };
        let below = blocks.get(at + 1).and_then(line).map(|(_, below)| below);
        let has_room = || setting.exact && below.is_some_and(|below| has_room(shape, below, setting));
        let is_short = slack >= 2.0 || has_room();
        all[at] = match all.get(at + 1) {
            _ if is_short => u32::from(!inner.ends_with(ends_clause)),
            Some(below) if *below > 0 && follows(&blocks[at + 1]) => below + 1,
            _ => 0,
        };
    }
    all
}

/// Whether a line stands close below the one before it, or on the next page.
fn follows(block: &Block) -> bool {
    block.shape.is_some_and(|shape| shape.gap < 0.5 || shape.start != Start::Line)
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
    pub(super) fn of(blocks: &[Block]) -> Numbers {
        let lines = blocks.iter().filter_map(|block| line(block).and(block.text()));
        let number = |text: &Text| match text.as_str().trim_start().strip_prefix(['“', '‘', '"']) {
            Some(quoted) => enumerator::parse(quoted),
            None => enumerator::of(text),
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
