//! What the looks of a paragraph say: a title, a heading, the body. Only readers of pages and of word-processor
//! files measure looks; plain text has none.

use super::entry::{Entry, Kind, Part, Rank, Verdict};
use super::{Outline, words};
use qingwen_model::{Align, Face, Shape};

/// The type a document's body is set in, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    /// Whether anything is known at all.
    known: bool,
    body_face: Face,
    body_bold: bool,
}

/// Type at least so much larger than the body is a heading's.
const HEADING_SIZE: f32 = 1.12;
/// Type at least so much larger than the body, centred, is a title's.
const TITLE_SIZE: f32 = 1.15;
/// Type at least so much larger than the body is a title's wherever it stands.
const LARGE_TITLE_SIZE: f32 = 1.3;

impl Looks {
    /// Measures the open paragraphs of a document.
    pub(crate) fn of(entries: &[Entry], length: impl Fn(usize) -> usize) -> Looks {
        let (mut all, mut bold, mut known) = (0, 0, false);
        let mut faces = [0usize; 7];
        for (at, entry) in entries.iter().enumerate() {
            let Some(shape) = entry.shape.filter(|_| entry.kind == Kind::Open) else { continue };
            known |=
                shape.size != 1.0 || shape.bold || shape.face != Face::Unknown || shape.align != Align::Start;
            if (shape.size - 1.0).abs() < 0.05 {
                let length = length(at);
                all += length;
                bold += if shape.bold { length } else { 0 };
                faces[shape.face as usize] += length;
            }
        }
        let most = [Face::Song, Face::Title, Face::Hei, Face::Kai, Face::FangSong, Face::Mono]
            .into_iter()
            .max_by_key(|face| faces[*face as usize]);
        let body_face = most.filter(|face| faces[*face as usize] * 2 > all).unwrap_or_default();
        Looks { known, body_face, body_bold: bold * 2 > all }
    }

    /// Whether anything is known of how the document looks.
    pub(crate) fn known(&self) -> bool {
        self.known
    }

    /// Whether a paragraph is set as titles are.
    pub(crate) fn is_title(&self, shape: &Shape) -> bool {
        let centred = shape.align == Align::Center;
        let display = shape.face == Face::Title && self.body_face != Face::Title;
        shape.size >= LARGE_TITLE_SIZE || (centred && (shape.size >= TITLE_SIZE || display))
    }

    /// Whether a paragraph is set as headings are: larger than the body, bold, or in a heading's typeface.
    pub(crate) fn is_heading(&self, shape: &Shape) -> bool {
        let face = matches!(shape.face, Face::Hei | Face::Title) && self.body_face != shape.face;
        let known_body = self.body_face != Face::Unknown;
        shape.size >= HEADING_SIZE
            || (shape.size > 0.95 && ((shape.bold && !self.body_bold) || (face && known_body)))
    }
}

/// Looks that are told apart when levels are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) face: Face,
}

impl Look {
    pub(crate) fn of(shape: &Shape) -> Look {
        Look { size: shape.size, bold: shape.bold, face: shape.face }
    }

    /// How much it stands out.
    pub(crate) fn weight(&self) -> f32 {
        let face = if matches!(self.face, Face::Hei | Face::Title) { 0.02 } else { 0.0 };
        self.size + if self.bold { 0.03 } else { 0.0 } + face
    }

    /// Whether two headings look alike.
    pub(crate) fn is_like(&self, other: &Look) -> bool {
        let faces = self.face == other.face || self.face == Face::Unknown || other.face == Face::Unknown;
        (self.size - other.size).abs() < 0.06 && self.bold == other.bold && faces
    }
}

/// The longest unnumbered heading, in characters that are not spaces.
const LONGEST: usize = 60;
const LONGEST_LATIN: usize = 100;
/// So many lines of the same look in a row are a list or a cover, not headings.
const TOO_MANY: usize = 3;

/// Finds headings that nobody numbered, by their looks alone.
pub(crate) fn find(outline: &mut Outline<'_>) {
    if !outline.on.look || !outline.looks.known {
        return;
    }
    let listed = listed(outline);
    let fits = |at: usize| {
        listed.is_empty()
            || outline.entries[at]
                .shape
                .is_some_and(|s| listed.iter().any(|look| look.is_like(&Look::of(&s))))
    };
    let candidates: Vec<bool> =
        (0..outline.entries.len()).map(|at| is_candidate(outline, at) && fits(at)).collect();
    let share = candidates.iter().filter(|c| **c).count() * 5;
    let open = outline.entries.iter().filter(|e| e.kind != Kind::Other).count();
    if share > open * 2 && open > 4 {
        return;
    }
    let mut at = 0;
    while at < candidates.len() {
        let end = (at..candidates.len()).find(|at| !candidates[*at]).unwrap_or(candidates.len());
        if end > at && end - at < TOO_MANY && stands_above(outline, end) {
            for heading in at..end {
                let Some(shape) = outline.entries[heading].shape else { continue };
                let group = outline.group(Look::of(&shape));
                outline.entries[heading].verdict = Verdict::Heading("hd-look", Rank::Look(group));
            }
        }
        at = end.max(at) + 1;
    }
}

/// The looks of headings that an outline lists, where it lists so many that headings it leaves out must look like
/// those it has.
fn listed(outline: &Outline<'_>) -> Vec<Look> {
    const LEAST: usize = 5;
    let heads = |entry: &&Entry| matches!(entry.verdict, Verdict::Heading(..));
    let shapes = outline.entries.iter().filter(heads).filter_map(|entry| entry.shape);
    let shapes: Vec<Shape> = shapes.filter(|shape| shape.outline.is_some()).collect();
    if shapes.len() < LEAST {
        return Vec::new();
    }
    let mut looks: Vec<Look> = Vec::new();
    for look in shapes.iter().map(Look::of) {
        if !looks.iter().any(|known| known.is_like(&look)) {
            looks.push(look);
        }
    }
    looks
}

/// Whether there are words, or a table, for a heading to stand above.
fn stands_above(outline: &Outline<'_>, at: usize) -> bool {
    outline.entries.get(at).is_some_and(|next| {
        !matches!(next.part, Part::Date | Part::Imprint) && !matches!(next.verdict, Verdict::Title(_))
    })
}

fn is_candidate(outline: &Outline<'_>, at: usize) -> bool {
    let entry = &outline.entries[at];
    let Some(shape) = entry.shape.filter(|_| entry.is_open()) else { return false };
    let text = outline.text(at).trim();
    let is_han = text.chars().any(crate::line::is_han);
    let numbered = entry.enumerator.is_some() && is_han;
    entry.part == Part::None
        && !numbered
        && outline.looks.is_heading(&shape)
        && shape.align != Align::End
        && (1..=if is_han { LONGEST } else { LONGEST_LATIN }).contains(&words::count(text))
        && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > words::count(text)
        && !ends_open(text)
        && !(text.starts_with(['（', '(', '【', '[']) && text.ends_with(['）', ')', '】', ']']))
        && !words::is_prose(text)
        && !text.contains('\t')
        && !outline.near_title(at)
        && !crate::lines::contents::is_heading(text)
}

/// Whether a line ends as sentences and lead-ins do.
fn ends_open(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '，', '、', '.', ';', ':', ','])
}
