//! What the looks of a paragraph say: a title, a heading, the body. Only readers of pages and of word-processor
//! files measure looks; plain text has none.

use super::entry::{Entry, Kind, Part, Rank, Verdict};
use super::enumerator::{Class, digit};
use super::{Outline, words};
use qingwen_model::{Align, Face, Shape};
use std::ops::Range;

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
    let claims: Vec<Claim> = (0..outline.entries.len())
        .map(|at| if fits(at) { claim(outline, at) } else { Claim::None })
        .collect();
    let runs = runs(outline, &claims);
    let length = |at: usize| outline.text(at).len();
    let is_open = |at: &usize| outline.entries[*at].kind != Kind::Other;
    let open: usize = (0..claims.len()).filter(is_open).map(length).sum();
    let entries = (0..claims.len()).filter(is_open).count();
    let heads: usize = runs.iter().cloned().flatten().map(length).sum();
    // Where most words stand out, none do.
    if heads * 5 > open * 2 && entries > 4 {
        return;
    }
    let mut known: Vec<(usize, Align)> = Vec::new();
    for heading in runs.into_iter().flatten() {
        let Some(shape) = outline.entries[heading].shape else { continue };
        let group = outline.group(Look::of(&shape));
        outline.entries[heading].verdict = Verdict::Heading("hd-look", Rank::Look(group));
        if !known.contains(&(group, shape.align)) {
            known.push((group, shape.align));
        }
    }
    for at in (0..claims.len()).filter(|at| claims[*at] == Claim::AsOthers) {
        let Some(shape) = outline.entries[at].shape else { continue };
        let like = |(group, align): &&(usize, Align)| {
            *align == shape.align && outline.groups[*group].is_like(&Look::of(&shape))
        };
        let prose = || !outline.near_title(at) || words::is_prose(outline.text(at + 1));
        let follows = claims.get(at + 1) == Some(&Claim::None) && stands_above(outline, at + 1) && prose();
        if let Some((group, _)) = known.iter().find(like).filter(|_| follows) {
            outline.entries[at].verdict = Verdict::Heading("hd-look", Rank::Look(*group));
        }
    }
}

/// What lines in a row claim to be headings, where there are few of them and something to stand above.
fn runs(outline: &Outline<'_>, claims: &[Claim]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < claims.len() {
        let end = (at..claims.len()).find(|at| claims[*at] != Claim::Heading).unwrap_or(claims.len());
        if end > at && end - at < TOO_MANY && stands_above(outline, end) {
            runs.push(at..end);
        }
        at = end.max(at) + 1;
    }
    runs
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

/// What a line's looks say of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    None,
    /// A heading where another looks the same: alone it could be a subtitle, or an amount.
    AsOthers,
    Heading,
}

fn claim(outline: &Outline<'_>, at: usize) -> Claim {
    let entry = &outline.entries[at];
    let Some(shape) = entry.shape.filter(|_| entry.is_open()) else { return Claim::None };
    let text = outline.text(at).trim();
    let is_han = text.chars().any(crate::chars::is_han);
    let numbered = entry.class().is_some_and(|class| class != Class::Decimal) && is_han;
    // An item of a list, unless it is set as a heading and stands above prose.
    let is_bulleted = text.starts_with(|c| matches!(c, '•' | '·' | '\u{25a0}'..='\u{27bf}'));
    let is_heading = entry.part == Part::None
        && !numbered
        && !words::counts_in_words(text)
        && outline.looks.is_heading(&shape)
        && shape.align != Align::End
        && (1..=if is_han { LONGEST } else { LONGEST_LATIN }).contains(&words::count(text))
        && has_words(past_number(text))
        && !ends_open(text)
        && !is_caption(text)
        && (!is_bulleted || shape.size >= HEADING_SIZE && words::is_prose(outline.text(at + 1)))
        && !(text.starts_with(['（', '(', '【', '[']) && text.ends_with(['）', ')', '】', ']']))
        && !words::is_prose(text.strip_suffix('？').unwrap_or(text))
        && !text.contains('\t')
        && !crate::lines::contents::is_heading(text);
    match is_heading {
        false => Claim::None,
        true if outline.near_title(at) || !has_words(text) => Claim::AsOthers,
        true => Claim::Heading,
    }
}

/// Whether most of a text is letters.
fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() * 2 > words::count(text)
}

/// What follows a number with points, as in 2.1目标.
fn past_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if text[..text.len() - rest.len()].trim_matches('.').contains('.') { rest } else { text }
}

/// Whether a line is the caption of a figure or table though no space sets its number off: 表2.1监测点. In the type
/// of the body that is how sentences begin.
fn is_caption(text: &str) -> bool {
    let label = text.strip_prefix(['图', '表']).map(str::trim_start);
    label.is_some_and(|label| label.starts_with(|c| digit(c).is_some()))
}

/// Whether a line ends as sentences and lead-ins do.
fn ends_open(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '，', '、', '.', ';', ':', ','])
}
