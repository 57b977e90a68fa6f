//! Which lines are rows of values, and never go on from the line above.

use super::measure::{Setting, has_tab, line, slack};
use super::small::wide_gaps;
use crate::line::is_han;
use crate::{Classes, literal};
use qingwen_model::{Block, Shape};

/// Whether a line is a row of a table: cells set apart by tabs or by wide gaps.
pub(super) fn is_row(text: &str, classes: Classes) -> bool {
    let text = text.trim();
    classes.meet(Classes::SPACES) && (has_tab(text) || wide_gaps(text) >= 2)
}

/// For each line, whether it is a row of comma-separated values; empty where no line has a comma. Lines in a row that
/// have equally many commas are such rows, unless they are wrapped prose: that fills all of its lines, and none has a
/// field without words.
pub(super) fn value_rows(blocks: &[Block], setting: &Setting) -> Vec<bool> {
    let commas = |block: &Block| match line(block) {
        Some((_, text)) if block.text().is_some_and(|t| Classes::within(t).meet(Classes::COMMA)) => {
            literal::commas(text)
        }
        _ => 0,
    };
    let commas: Vec<usize> = blocks.iter().map(commas).collect();
    if !commas.iter().any(|count| *count >= 2) {
        return Vec::new();
    }
    let mut all = vec![false; blocks.len()];
    let mut from = 0;
    for alike in commas.chunk_by(|a, b| a == b) {
        let run = &blocks[from..from + alike.len()];
        let is_full = |(shape, _): (&Shape, &str)| slack(shape, setting).is_some_and(|slack| slack < 2.0);
        let has_value = |(_, text): (&Shape, &str)| text.split(',').any(|field| !field.contains(is_han));
        let is_prose = || {
            let mut lines = run.iter().filter_map(line);
            lines.clone().all(is_full) && !lines.all(has_value)
        };
        if run.len() > 1 && alike[0] >= 2 && !is_prose() {
            all[from..from + run.len()].fill(true);
        }
        from += run.len();
    }
    all
}
