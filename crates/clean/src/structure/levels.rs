//! Levels of Markdown headings (algorithm A5): dense, one class one level, the title alone at 1.

use super::Outline;
use super::entry::{Rank, Verdict};
use super::enumerator::{Class, numeral};
use super::looks::Look;

/// The level each kind of heading gets in one document.
pub(crate) struct Levels {
    of_class: [u8; Class::COUNT],
    decimal_base: u8,
    of_look: Vec<u8>,
    of_outline: [u8; DEPTH],
}

/// Levels of an outline that are told apart.
const DEPTH: usize = 6;

/// What gets a level of its own.
#[derive(Clone, Copy)]
enum Step {
    Class(usize),
    Look(usize),
}

impl Levels {
    /// Ranks what this document has.
    pub(crate) fn of(outline: &Outline<'_>) -> Levels {
        let (present, looks) = classes(outline);
        let mut classes: Vec<usize> = (0..Class::COUNT).filter(|class| present[*class]).collect();
        classes.sort_by_key(|class| outline.order.rank_of(*class));
        let mut steps: Vec<Step> = classes.into_iter().map(Step::Class).collect();
        let mut levels = Levels {
            of_class: [2; Class::COUNT],
            decimal_base: 2,
            of_look: vec![0; outline.groups.len()],
            of_outline: [0; DEPTH],
        };
        let mut groups: Vec<usize> = (0..outline.groups.len()).collect();
        groups.sort_by(|a, b| outline.groups[*b].weight().total_cmp(&outline.groups[*a].weight()));
        let mut alike: Vec<(usize, usize)> = Vec::new();
        for group in groups {
            let look = outline.groups[group];
            let like = (0..Class::COUNT)
                .find(|class| present[*class] && looks[*class].is_some_and(|l| l.is_like(&look)));
            match like {
                Some(class) => alike.push((group, class)),
                None => steps.insert(place(&steps, &looks, outline, look), Step::Look(group)),
            }
        }
        let first = if outline.has_title() || outline.is_chinese() { 2 } else { 1 };
        for (rank, step) in steps.iter().enumerate() {
            let level = u8::try_from(rank).unwrap_or(6).saturating_add(first).min(6);
            match step {
                Step::Class(class) => levels.of_class[*class] = level,
                Step::Look(group) => levels.of_look[*group] = level,
            }
        }
        alike.into_iter().for_each(|(group, class)| levels.of_look[group] = levels.of_class[class]);
        if let Some(class) = decimal_parent(outline) {
            levels.decimal_base = levels.of_class[class];
        }
        levels.follow_outline(outline, first);
        levels
    }

    /// Gives each level of the outline that of the numbered headings it has most of, or the one below the level
    /// above it; and unnumbered headings set like, or smaller than, those of an outline the same, or a lower one.
    fn follow_outline(&mut self, outline: &Outline<'_>, first: u8) {
        let mut votes = [[0usize; 7]; DEPTH];
        let mut looks: [Option<Look>; DEPTH] = [None; DEPTH];
        for entry in &outline.entries {
            let Some((shape, depth)) = entry.shape.and_then(|s| Some((s, s.outline?))) else { continue };
            let depth = usize::from(depth).clamp(1, DEPTH) - 1;
            match entry.verdict {
                Verdict::Heading(_, Rank::Outline(_)) => {
                    looks[depth] = looks[depth].or(Some(Look::of(&shape)))
                }
                Verdict::Heading(_, rank) => votes[depth][usize::from(self.level(rank).clamp(1, 6))] += 1,
                _ => {}
            }
        }
        let is_used =
            |votes: &[usize; 7], look: &Option<Look>| look.is_some() || votes.iter().any(|v| *v > 0);
        let mut above = first.saturating_sub(1);
        for ((votes, look), own) in votes.iter().zip(&looks).zip(&mut self.of_outline) {
            let most = (1..7).rev().max_by_key(|level| votes[*level]).unwrap_or(1);
            let told = votes[most] > 0 && most > usize::from(above);
            let level = if told { most as u8 } else { (above + 1).max(first) };
            *own = level.min(6);
            // An entry of the outline that leads to the title only is no level of headings.
            above = if is_used(votes, look) { *own } else { above };
        }
        for (group, look) in outline.groups.iter().enumerate() {
            let known =
                || looks.iter().zip(self.of_outline).filter_map(|(look, level)| Some(((*look)?, level)));
            let like = known().find(|(other, _)| other.is_like(look)).map(|(_, level)| level);
            let below =
                known().filter(|(other, _)| other.weight() > look.weight()).map(|(_, level)| level + 1).max();
            if let Some(level) = like.or(below.map(|below| below.max(self.of_look[group]))) {
                self.of_look[group] = level.min(6);
            }
        }
    }

    /// The level of a heading, 1 to 6.
    pub(crate) fn level(&self, rank: Rank) -> u8 {
        match rank {
            Rank::Class(class) => self.of_class[class as usize],
            Rank::Decimal(parts) => (self.decimal_base + parts - 1).min(6),
            Rank::Attachment => 2,
            Rank::Look(look) => self.of_look.get(look).copied().unwrap_or(2).max(1),
            Rank::Outline(depth) => self.of_outline[usize::from(depth).clamp(1, DEPTH) - 1].max(1),
        }
    }
}

/// The classes that are headings, and the look most headings of each have.
fn classes(outline: &Outline<'_>) -> ([bool; Class::COUNT], [Option<Look>; Class::COUNT]) {
    let mut present = [!outline.on.levels; Class::COUNT];
    let mut looks: [Vec<(Look, usize)>; Class::COUNT] = Default::default();
    for entry in &outline.entries {
        let (Verdict::Heading(_, Rank::Class(class)) | Verdict::RunIn(Rank::Class(class), _)) = entry.verdict
        else {
            continue;
        };
        present[class as usize] = true;
        let Some(look) = entry.shape.as_ref().map(Look::of) else { continue };
        let known = &mut looks[class as usize];
        match known.iter_mut().find(|(known, _)| known.is_like(&look)) {
            Some((_, count)) => *count += 1,
            None => known.push((look, 1)),
        }
    }
    // Of as many, the first.
    (
        present,
        looks.map(|looks| looks.into_iter().rev().max_by_key(|(_, count)| *count).map(|(look, _)| look)),
    )
}

/// The class whose numbers the first numbers of decimals are: 2.1 stands below 2., or below 第二章.
fn decimal_parent(outline: &Outline<'_>) -> Option<usize> {
    if !outline.on.levels {
        return Some(Class::Arabic as usize);
    }
    let mut last = [None; Class::COUNT];
    let (mut votes, mut decimals) = ([0usize; Class::COUNT], 0);
    for (at, entry) in outline.entries.iter().enumerate() {
        let Some(enumerator) = entry.enumerator else { continue };
        match entry.verdict {
            Verdict::Heading(_, Rank::Class(class)) | Verdict::RunIn(Rank::Class(class), _) => {
                last[class as usize] = Some(enumerator.number);
            }
            Verdict::Heading(_, Rank::Decimal(parts)) if parts > 1 => {
                decimals += 1;
                let first = numeral(&outline.text(at)[enumerator.start..]).map(|(first, _)| first);
                // The lowest class that fits: below 第二章 第二节, 2.1 is of the section.
                let fits = |class: &usize| first.is_some() && last[*class] == first;
                if let Some(class) = (0..Class::COUNT).filter(fits).max_by_key(|c| outline.order.rank_of(*c))
                {
                    votes[class] += 1;
                }
            }
            _ => {}
        }
    }
    let most = (0..Class::COUNT).rev().max_by_key(|class| votes[*class])?;
    (votes[most] * 2 > decimals).then_some(most)
}

/// Where a look belongs among steps: above the first that is set in smaller type.
fn place(steps: &[Step], classes: &[Option<Look>; Class::COUNT], outline: &Outline<'_>, look: Look) -> usize {
    let is_smaller = |step: &Step| match step {
        Step::Class(class) => classes[*class].is_some_and(|l| l.size + 0.06 < look.size),
        Step::Look(group) => outline.groups[*group].weight() < look.weight(),
    };
    steps.iter().position(is_smaller).unwrap_or(steps.len())
}
