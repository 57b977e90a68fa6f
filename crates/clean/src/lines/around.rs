//! What the lines around a line say of it.

use super::measure::{Setting, line, slack};
use super::sentence::ends_clause;
use crate::chars;
use qingwen_model::{Block, Start};

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

/// For each line, how many lines there are to a short one without a mark, with none but full lines and no end of a
/// sentence before it; none where there is no such line. Prose does not end so, a wrapped heading does.
pub(super) fn bare_ends(blocks: &[Block], setting: &Setting) -> Vec<u32> {
    let mut all = vec![0; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let Some((shape, text)) = blocks.get(at).and_then(line) else { continue };
        let text = chars::strip(text);
        let Some(slack) = slack(shape, setting).filter(|_| !chars::has_mark(text, ['。', '；', '：']))
        else {
            continue;
        };
        all[at] = match all.get(at + 1) {
            _ if slack >= 2.0 => u32::from(!text.ends_with(ends_clause)),
            Some(below) if *below > 0 && blocks[at + 1].shape.is_some_and(|s| s.gap < 0.5) => below + 1,
            _ => 0,
        };
    }
    all
}
