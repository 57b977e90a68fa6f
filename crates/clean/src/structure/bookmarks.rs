//! `hd-outline`: headings that an outline leads to. Only readers of files that have one state it (bookmarks, tags).

use super::entry::{Part, Rank, Verdict};
use super::{Outline, words};

/// The longest heading, in characters that are not spaces.
const LONGEST: usize = 120;

/// Makes headings of what an outline leads to and no number has made one.
pub(crate) fn find(outline: &mut Outline<'_>) {
    if !outline.on.outline {
        return;
    }
    for at in 0..outline.entries.len() {
        let entry = &outline.entries[at];
        let Some(level) = entry.shape.and_then(|shape| shape.outline) else { continue };
        let text = outline.text(at).trim();
        let heads = entry.is_open()
            && !matches!(entry.part, Part::Caption | Part::Contents | Part::Date)
            && (1..=LONGEST).contains(&words::count(text))
            && !text.ends_with(['。', '；', '，'])
            && !crate::lines::contents::is_heading(text);
        if heads {
            outline.entries[at].verdict = Verdict::Heading("hd-outline", Rank::Outline(level));
        }
    }
}
