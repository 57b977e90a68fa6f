//! Counting of a few different things.

/// Things and how often they were seen. Beyond a number of different ones, new ones are not counted, so that
/// counting stays linear.
#[derive(Debug)]
pub(super) struct Tally<T> {
    counts: Vec<(T, u64)>,
    most: usize,
}

impl<T: Copy> Tally<T> {
    pub(super) fn new(most: usize) -> Self {
        Tally { counts: Vec::new(), most }
    }

    /// Counts `weight` for the first thing that is `alike`, or for a new one.
    pub(super) fn add(&mut self, thing: T, weight: u64, alike: impl Fn(&T) -> bool) {
        match self.counts.iter().position(|(other, _)| alike(other)) {
            Some(at) => self.counts[at].1 += weight,
            None if self.counts.len() < self.most => self.counts.push((thing, weight)),
            None => {}
        }
    }

    /// The thing seen most often, the first of several.
    pub(super) fn top(&self) -> Option<(T, u64)> {
        self.counts.iter().rev().max_by_key(|(_, count)| *count).copied()
    }

    pub(super) fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// All things, the one seen most often first.
    pub(super) fn ranked(mut self) -> Vec<(T, u64)> {
        self.counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        self.counts
    }

    pub(super) fn things(&self) -> impl Iterator<Item = T> {
        self.counts.iter().map(|(thing, _)| *thing)
    }
}
