use crate::{Edit, Edits, Mark};

/// Where one stretch of a text stood in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// The byte of the text as it is now at which the stretch begins.
    at: usize,
    /// The line or paragraph it stood in; `None` is the one the text's block began in.
    mark: Mark,
    /// The character of that line or paragraph, from 1.
    column: u32,
}

const START: Origin = Origin { at: 0, mark: Mark::None, column: 1 };

/// The stretches of a text that stood apart in the source, in order of `at`. What comes before the first
/// stood at the beginning of the block; so a text nobody touched needs none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(Vec<Origin>);

impl Origins {
    /// Those of a text nobody touched.
    pub(crate) const NONE: Origins = Origins(Vec::new());

    pub(crate) fn places<'a>(&'a self, text: &'a str) -> Places<'a> {
        Places { text, origins: &self.0, next: 0, now: START }
    }

    /// Whether they are those of a text nobody touched.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn push(&mut self, origin: Origin) {
        match self.0.last_mut() {
            Some(last) if last.at == origin.at => *last = origin,
            _ => self.0.push(origin),
        }
    }

    /// Makes of them the origins of `text` after `edits`. Tells each edit and the place where it stood.
    pub(crate) fn edit(
        &mut self,
        edits: &Edits,
        text: &str,
        scratch: &mut Vec<Origin>,
        mut tell: impl FnMut(&Edit, &str, (Mark, u32)),
    ) {
        scratch.clear();
        let mut out = Origins(std::mem::take(scratch));
        let mut places = self.places(text);
        let (mut next, mut gained, mut lost) = (0, 0, 0);
        for edit in edits.fitting(text) {
            while let Some(origin) = self.0.get(next).filter(|origin| origin.at <= edit.range.start) {
                out.push(Origin { at: origin.at + gained - lost, ..*origin });
                next += 1;
            }
            let within = next;
            while self.0.get(next).is_some_and(|origin| origin.at <= edit.range.end) {
                next += 1;
            }
            gained += edit.with.len();
            lost += edit.range.len();
            let before = &text[edit.range.clone()];
            let place = places.at(edit.range.start);
            tell(edit, before, place);
            let gone = begun(before.as_bytes());
            // As many characters as before: those after them are counted on from those before.
            if next == within && gone == begun(edit.with.as_bytes()) {
                continue;
            }
            let (mark, column) =
                if next == within { (place.0, place.1 + gone) } else { places.at(edit.range.end) };
            out.push(Origin { at: edit.range.end + gained - lost, mark, column });
        }
        for origin in self.0.get(next..).unwrap_or_default() {
            out.push(Origin { at: origin.at + gained - lost, ..*origin });
        }
        self.0.clear();
        self.0.extend_from_slice(&out.0);
        *scratch = out.0;
    }

    /// Forgets those of what stands from a byte on.
    pub(crate) fn truncate(&mut self, at: usize) {
        self.0.truncate(self.0.partition_point(|origin| origin.at < at));
    }

    /// Adds the origins of a text that is being appended at byte `at`.
    pub(crate) fn append(&mut self, other: Origins, at: usize) {
        for origin in other.0 {
            self.push(Origin { at: origin.at + at, ..origin });
        }
    }

    /// Names the line that so far was the block's own.
    pub(crate) fn belong_to(&mut self, mark: Mark) {
        if self.0.first().is_none_or(|origin| origin.at > 0) {
            self.0.insert(0, START);
        }
        self.0.iter_mut().filter(|origin| origin.mark == Mark::None).for_each(|origin| origin.mark = mark);
    }

    /// Cuts the origins of `text` in two at a byte.
    pub(crate) fn split_off(&mut self, at: usize, text: &str) -> Origins {
        let cut = self.0.partition_point(|origin| origin.at <= at);
        let from = self.0[..cut].last().copied().unwrap_or(START);
        let chars = text[from.at..at].chars().count() as u32;
        let mut tail = Origins(vec![Origin { at: 0, mark: from.mark, column: from.column + chars }]);
        tail.0.extend(self.0.drain(cut..).map(|origin| Origin { at: origin.at - at, ..origin }));
        self.0.retain(|origin| origin.at < at);
        tail
    }
}

/// Tells where the characters of a text stood in the source. Made for going through a text once: asking for
/// bytes in rising order costs one pass in all.
///
/// ```
/// use qingwen_model::{Mark, Text};
/// let mut text = Text::plain("甲");
/// text.append_from(Text::plain("乙"), Mark::Line(2)); // as a rule does that joins lines
/// let mut places = text.places();
/// assert_eq!(places.at(0), (Mark::None, 1));
/// assert_eq!(places.at("甲".len()), (Mark::Line(2), 1));
/// ```
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    origins: &'a [Origin],
    next: usize,
    now: Origin,
}

impl Places<'_> {
    /// The line or paragraph in which the character at byte `at` stood, [`Mark::None`] being the one its
    /// block began in, and the character within it, from 1. For a character that a rule put in, the place of
    /// what it replaced.
    pub fn at(&mut self, at: usize) -> (Mark, u32) {
        let at = at.min(self.text.len());
        if at < self.now.at {
            (self.next, self.now) = (0, START);
        }
        while let Some(origin) = self.origins.get(self.next).filter(|origin| origin.at <= at) {
            self.now = *origin;
            self.next += 1;
        }
        // Bytes rather than characters, so that a position within a character does no harm.
        let passed = &self.text.as_bytes()[self.now.at..at];
        self.now.column += begun(passed);
        self.now.at = at;
        (self.now.mark, self.now.column)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn begun(bytes: &[u8]) -> u32 {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    // A byte begins a character if its highest bit is not set, or the next one is too.
    let ones = |eight: &[u8]| {
        let eight = eight.first_chunk().map_or(0, |eight| u64::from_ne_bytes(*eight));
        (!eight >> 7 | eight >> 6) & LOW
    };
    let sum = |ones: u64| ones.wrapping_mul(LOW) >> 56;
    let mut many = bytes.chunks_exact(32);
    let counted = many.by_ref().map(|many| sum(many.chunks_exact(8).map(ones).sum::<u64>())).sum::<u64>();
    let mut eights = many.remainder().chunks_exact(8);
    let counted = (counted + eights.by_ref().map(|eight| sum(ones(eight))).sum::<u64>()) as u32;
    counted + eights.remainder().iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::begun;
    use crate::{Edits, Mark, Text};

    #[test]
    fn characters_are_counted_by_their_first_bytes() {
        let text = "ab中文é𠀀，c".repeat(5);
        for (at, _) in text.char_indices() {
            assert_eq!(begun(&text.as_bytes()[at..]) as usize, text[at..].chars().count());
        }
    }

    fn columns(text: &Text) -> Vec<(char, u32)> {
        let mut places = text.places();
        text.as_str().char_indices().map(|(at, c)| (c, places.at(at).1)).collect()
    }

    #[test]
    fn a_character_remembers_its_column_through_edits() {
        let mut text = Text::plain("甲,乙 丙丁.");
        let mut edits = Edits::new();
        edits.replace(3..4, "，");
        edits.delete(7..8);
        text.replace(&edits);
        assert_eq!(text.as_str(), "甲，乙丙丁.");
        assert_eq!(columns(&text), [('甲', 1), ('，', 2), ('乙', 3), ('丙', 5), ('丁', 6), ('.', 7)]);
        edits.clear();
        edits.delete(0..6);
        edits.replace(15..16, "。");
        text.replace(&edits);
        assert_eq!(columns(&text), [('乙', 3), ('丙', 5), ('丁', 6), ('。', 7)]);
    }

    #[test]
    fn a_character_remembers_its_line_through_joins_and_cuts() {
        let mut text = Text::plain("一二");
        text.append_from(Text::plain("三四"), Mark::Line(8));
        assert_eq!(text.places().at(3), (Mark::None, 2));
        assert_eq!(text.places().at(9), (Mark::Line(8), 2));
        let mut tail = text.split_off(9);
        assert_eq!(tail.places().at(0), (Mark::Line(8), 2));
        tail.append_from(text, Mark::Line(7));
        assert_eq!(tail.places().at(3), (Mark::Line(7), 1));
        assert_eq!(tail.places().at(9), (Mark::Line(8), 1));
    }

    #[test]
    fn a_cut_keeps_counting() {
        let mut text = Text::plain("一二三");
        assert_eq!(text.split_off(3).places().at(3), (Mark::None, 3));
    }
}
