//! What the lines around a line say of it.

use super::physical::Physical;
use super::sentence::{ends_clause, ends_sentence};
use super::setting::{Lines, Setting, has_room, slack};
use crate::chars;
use crate::structure::enumerator::{self, Class};
use qingwen_model::Start;
use std::collections::BTreeSet;

/// Lines without a blank line between.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub(super) lines: u32,
    /// How many of them are full.
    pub(super) full: u32,
    /// How many of the full ones end within a sentence.
    pub(super) open: u32,
    /// How many of them end in a semicolon.
    pub(super) halves: u32,
}

/// The group that each line stands in.
pub(super) struct Groups {
    of_line: Vec<Group>,
    /// How many lines of the document are full.
    pub(super) full: u32,
}

impl Groups {
    pub(super) fn of(lines: &Lines<'_>, setting: &Setting) -> Groups {
        let mut groups = Groups { of_line: vec![Group::default(); lines.len()], full: 0 };
        let (mut from, mut group) = (0, Group::default());
        for at in 0..=lines.len() {
            let next = lines.get(at).and_then(Option::as_ref);
            let ends = next.is_none_or(|next| next.shape.gap >= 1.0 && next.shape.start == Start::Line);
            if ends {
                groups.of_line[from..at].fill(group);
                groups.full += group.full;
                (from, group) = (at, Group::default());
            }
            if let Some(Physical { shape, text, .. }) = next {
                group.lines += 1;
                let is_full = slack(shape, setting).is_some_and(|slack| slack < 1.6);
                group.full += u32::from(is_full);
                group.open += u32::from(is_full && !ends_sentence(text));
                group.halves += u32::from(text.ends_with(['；', ';']));
            }
        }
        groups
    }

    pub(super) fn around(&self, at: usize) -> Group {
        self.of_line.get(at).copied().unwrap_or_default()
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

    /// Whether a number does not go on from the latest of its class, or stands alone. An excerpt of a few lines may begin
    /// anywhere.
    pub(super) fn is_out_of_order(&self, (class, number): (Class, u32)) -> bool {
        const EXCERPT: usize = 12;
        let is_excerpt = self.lines <= EXCERPT;
        let counted = self.counted[class as usize];
        let counts_on = number == 1 || counted + 1 == number || (is_excerpt && counted == 0);
        !counts_on || (!is_excerpt && self.is_lonely((class, number)))
    }

    /// Whether no line of the document has the number before this one or the one after it.
    fn is_lonely(&self, (class, number): (Class, u32)) -> bool {
        let has = |number| self.found.contains(&(class, number));
        !has(number + 1) && !has(number.wrapping_sub(1))
    }
}
