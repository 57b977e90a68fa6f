//! What the parser tells nothing of.

use pulldown_cmark::Event;
use std::ops::Range;

/// What lies between the blocks that the parser tells of.
#[derive(Default)]
pub(super) struct Gaps {
    depth: usize,
    /// Where the last block ended.
    end: usize,
    found: Vec<Range<usize>>,
}

impl Gaps {
    /// Passes over an event.
    pub(super) fn pass(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.depth == 0 {
            if range.start > self.end {
                self.found.push(self.end..range.start);
            }
            self.end = self.end.max(range.end);
        }
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// The lines between blocks that are none of the known spans, which are in order.
    pub(super) fn lines(mut self, source: &str, known: &[Range<usize>]) -> Vec<Range<usize>> {
        self.found.push(self.end..source.len());
        let mut lines = Vec::new();
        for gap in self.found {
            let mut at = gap.start;
            for line in source.get(gap).unwrap_or_default().split_inclusive('\n') {
                let range = at..at + line.trim_end().len();
                at += line.len();
                let next = known.partition_point(|span| span.end <= range.start);
                let is_known = known.get(next).is_some_and(|span| span.start < range.end);
                if !line.trim().is_empty() && !is_known {
                    lines.push(range);
                }
            }
        }
        lines
    }
}
