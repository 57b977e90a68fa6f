//! Levels of Markdown headings (algorithm A5): dense, one class one level, the title alone at 1.

use super::Outline;
use super::entry::{Rank, Verdict};
use super::enumerator::Class;

/// The level each kind of heading gets in one document.
pub(crate) struct Levels {
    of_class: [u8; Class::COUNT],
    decimal_base: u8,
    of_look: Vec<u8>,
}

impl Levels {
    /// Ranks what this document has.
    pub(crate) fn of(outline: &Outline<'_>) -> Levels {
        let mut present = [false; Class::COUNT];
        let mut looks = 0;
        for entry in &outline.entries {
            match entry.verdict {
                Verdict::Heading(_, Rank::Class(class)) | Verdict::RunIn(Rank::Class(class), _) => {
                    present[class as usize] = true;
                }
                Verdict::Heading(_, Rank::Look(look)) => looks = looks.max(look + 1),
                _ => {}
            }
        }
        let mut classes: Vec<usize> =
            (0..Class::COUNT).filter(|class| present[*class] || !outline.on.levels).collect();
        classes.sort_by_key(|class| outline.order.rank_of(*class));
        let mut of_class = [2; Class::COUNT];
        for (rank, class) in classes.iter().enumerate() {
            of_class[*class] = (rank as u8).saturating_add(2).min(6);
        }
        let decimal_base = if present[Class::Arabic as usize] { of_class[Class::Arabic as usize] } else { 2 };
        Levels { of_class, decimal_base, of_look: vec![2; looks] }
    }

    /// The level of a heading, 2 to 6.
    pub(crate) fn level(&self, rank: Rank) -> u8 {
        match rank {
            Rank::Class(class) => self.of_class[class as usize],
            Rank::Decimal(parts) => (self.decimal_base + parts - 1).min(6),
            Rank::Attachment => 2,
            Rank::Look(look) => self.of_look.get(look).copied().unwrap_or(2),
        }
    }
}
