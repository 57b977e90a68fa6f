//! A row of runs becomes a line of text.

use super::ink::{Class, Ink, Sheet};
use super::order::Row;
use super::run::Run;
use super::space::Gaps;
use super::tally::Tally;
use crate::page::Page;
use qingwen_model::{Face, Style, Text};
use std::sync::Arc;

/// One physical line.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: Text,
    /// Index into the page's columns.
    pub(super) column: u32,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    /// Size of most of its characters.
    pub(super) size: f32,
    /// How many characters, spaces not counted.
    pub(super) characters: u32,
    pub(super) bold: bool,
    pub(super) face: Face,
    /// The block of the structure it belongs to, or [`NONE`](crate::structure::NONE).
    pub(super) tag: u32,
    /// Vertical place on the page, 0 to 1; `None` where the line is not upright.
    pub(super) height: Option<f32>,
}

/// Sets the runs of a row as a line. `None` where nothing is left of it.
/// `wide` is handed from line to line: how wide ideographs are set.
pub(super) fn line(
    page: &Page,
    sheet: &Sheet,
    runs: &[Run],
    row: &Row,
    column: usize,
    wide: &mut f32,
) -> Option<Line> {
    let inks = inks(page, sheet, runs, &row.runs);
    let (first, last) = (inks.first()?, inks.last()?);
    let look = Look::of(page, &inks);
    let mut text = Text::new();
    write(page, &inks, &look, wide, &mut text);
    let y = look.y;
    Some(Line {
        text,
        column: column as u32,
        x0: first.x0,
        x1: inks.iter().map(|ink| ink.x1).fold(last.x1, f32::max),
        y,
        size: look.size,
        characters: inks.len() as u32,
        bold: look.bold,
        face: look.face,
        tag: super::tags::block(&inks),
        height: sheet.upright.then(|| (y / sheet.height.max(1.0)).clamp(0.0, 1.0)),
    })
}

/// The text of a table's cell as paragraphs, and whether it is bold throughout. A line is taken to go on in
/// the next one unless the next one's first word would have had ample `room` on it.
pub(super) fn cell(page: &Page, sheet: &Sheet, runs: &[Run], rows: &[Row], room: f32) -> (Vec<Text>, bool) {
    let mut texts: Vec<Text> = Vec::new();
    let mut bold = !rows.is_empty();
    let mut end = f32::MAX; // width of the line before
    let mut wide = 0.0;
    for row in rows {
        let inks = inks(page, sheet, runs, &row.runs);
        let Some(first) = inks.first() else { continue };
        let look = Look::of(page, &inks);
        bold &= look.bold;
        let had_room = end + first_word(page, &inks) + 1.5 * row.size < room;
        match texts.last_mut() {
            Some(text) if !had_room => {
                let next = first.text(page).chars().next().unwrap_or(' ');
                // A figure too wide for its cell is broken between its digits.
                let is_broken = end + 0.8 * row.size > room && next.is_ascii_digit();
                if !(is_broken && text.as_str().ends_with(|c: char| c.is_ascii_digit())) {
                    join(text, next);
                }
                write(page, &inks, &look, &mut wide, text);
            }
            _ => {
                let mut text = Text::new();
                write(page, &inks, &look, &mut wide, &mut text);
                texts.push(text);
            }
        }
        end = row.x1 - row.x0;
    }
    (texts, bold)
}

/// Width of the first word of a line, an ideograph being one, with the marks that stay with it.
pub(super) fn first_word(page: &Page, inks: &[Ink]) -> f32 {
    let mut end = 0;
    while end + 1 < inks.len() {
        let (last, next) = (&inks[end], &inks[end + 1]);
        let apart = last.space_after || next.space_before || next.x0 - last.x1 > 0.2 * next.size;
        let opens = last.text(page).ends_with(['（', '《', '“', '‘', '「', '『', '〔', '【', '(']);
        let parted = (last.class == Class::Han && next.class != Class::Wide) || next.class == Class::Han;
        if apart || (parted && !opens) {
            break;
        }
        end += 1;
    }
    match (inks.first(), inks.get(end)) {
        (Some(first), Some(last)) => last.x1 - first.x0,
        _ => 0.0,
    }
}

/// Makes ready for another line: a space between words, none beside an ideograph, nor in Chinese text beside
/// the dashes and quotes that Latin shares with it.
pub(super) fn join(text: &mut Text, next: char) {
    let Some(last) = text.as_str().chars().next_back() else { return };
    let words = Class::of(last) == Class::Word && Class::of(next) == Class::Word;
    let chinese = || text.as_str().chars().rev().take(40).any(|c| Class::of(c) == Class::Han);
    let shared = |c: char| matches!(c, '—' | '…' | '“' | '”' | '‘' | '’' | '·' | '～');
    let digits = last.is_ascii_digit() && next.is_ascii_digit();
    if words && last != '-' && !((shared(last) || shared(next) || digits) && chinese()) {
        text.push(" ", &Style::default());
    }
}

/// The glyphs of a row from left to right, those painted twice only once.
fn inks(page: &Page, sheet: &Sheet, runs: &[Run], indices: &[u32]) -> Vec<Ink> {
    let mut inks: Vec<Ink> = Vec::new();
    for &index in indices {
        let run = &runs[index as usize];
        let run_inks = &sheet.inks[run.range()];
        if inks.last().is_none_or(|last| run.x0 >= last.x1 - 0.3 * run.size) {
            inks.extend_from_slice(run_inks);
        } else {
            overlay(page, &mut inks, run_inks);
        }
    }
    inks
}

/// Adds a run that stands over what is there: nothing where it is the same again, between its neighbours where
/// it is an accent or two, and else after all, so that words which collide stay words.
fn overlay(page: &Page, inks: &mut Vec<Ink>, run: &[Ink]) {
    let place = |inks: &[Ink], x: f32| inks.partition_point(|ink| ink.x0 < x);
    let is_new = |ink: &&Ink| {
        let near = place(inks, ink.x0);
        let near = &inks[near.saturating_sub(4)..(near + 4).min(inks.len())];
        !near.iter().any(|other| is_same(page, other, ink))
    };
    let new: Vec<Ink> = run.iter().filter(is_new).copied().collect();
    if new.len() > 2 || inks.len() > 4000 {
        inks.extend(new);
        return;
    }
    for ink in new {
        inks.insert(place(inks, ink.x0), ink);
    }
}

/// Whether two glyphs are one painted twice, as is done to make it look bold or to give it a shadow.
fn is_same(page: &Page, a: &Ink, b: &Ink) -> bool {
    let size = a.size.max(b.size);
    let width = (a.x1 - a.x0).max(0.1 * size);
    (a.x0 - b.x0).abs() < (0.2 * size).min(0.5 * width)
        && (a.y - b.y).abs() < 0.2 * size
        && a.text(page) == b.text(page)
}

/// How a line looks on the whole.
struct Look {
    size: f32,
    y: f32,
    bold: bool,
    face: Face,
}

impl Look {
    fn of(page: &Page, inks: &[Ink]) -> Look {
        // The size and the font that most glyphs have; ideographs tell before letters and digits, which are
        // often set in another font beside them.
        let han = inks.iter().any(|ink| ink.class == Class::Han);
        let telling = |ink: &&Ink| !han || ink.class == Class::Han;
        let mut sizes = Tally::new(8);
        for ink in inks {
            sizes.add((ink.size, ink.y), 1, |(size, _)| (size - ink.size).abs() < 0.05);
        }
        let ((size, y), _) = sizes.top().unwrap_or(((10.0, 0.0), 1));
        let mut fonts = Tally::new(8);
        for ink in inks.iter().filter(telling) {
            fonts.add(ink.font, 1, |&font| font == ink.font);
        }
        let face_of =
            |font: u16| page.fonts.get(usize::from(font)).map_or(Face::Unknown, |f| Face::of_name(&f.name));
        let face = match fonts.top() {
            Some((font, count)) => {
                let face = face_of(font);
                let pure =
                    count * 10 >= fonts.total() * 9 || fonts.things().all(|other| face_of(other) == face);
                if pure { face } else { Face::Unknown }
            }
            None => Face::Unknown,
        };
        let mut letters = inks.iter().filter(telling).filter(|ink| is_letter(page, ink)).peekable();
        let bold = letters.peek().is_some() && letters.all(|ink| ink.bold);
        Look { size, y, bold, face }
    }
}

fn is_letter(page: &Page, ink: &Ink) -> bool {
    ink.class == Class::Han || ink.text(page).chars().any(char::is_alphanumeric)
}

/// Writes glyphs, and the spaces between them, at the end of a text.
fn write(page: &Page, inks: &[Ink], look: &Look, wide: &mut f32, text: &mut Text) {
    let gaps = Gaps::of(inks, wide);
    let mut style = Style::default();
    let mut current: Option<(bool, bool, i8, u16)> = None;
    let mut pending = String::new();
    for (index, ink) in inks.iter().enumerate() {
        let raised = (look.y - ink.y) / look.size.max(0.1);
        let shift = match ink.size < 0.85 * look.size && !is_bullet(page, ink) {
            true if raised > 0.15 => 1,
            true if raised < -0.08 => -1,
            _ => 0,
        };
        let key = (ink.bold && !look.bold, ink.italic, shift, ink.link);
        let space = index > 0 && gaps.has_space(&inks[index - 1], ink);
        if current != Some(key) {
            text.push(&pending, &style);
            pending.clear();
            if space && index > 0 {
                text.push(" ", &Style::default());
            }
            style = style_of(page, key);
            current = Some(key);
        } else if space {
            pending.push(' ');
        }
        pending.extend(ink.text(page).chars().filter(|c| !c.is_control()));
    }
    text.push(&pending, &style);
}

/// A small bullet stands at half the height of its line, and is not raised. ◦ and ○ may be degrees.
fn is_bullet(page: &Page, ink: &Ink) -> bool {
    ink.text(page).starts_with(['•', '●', '■', '□', '▪', '▫', '◆', '◇', '❖', '➢', '►', '▶'])
}

fn style_of(page: &Page, (bold, italic, shift, link): (bool, bool, i8, u16)) -> Style {
    let link = usize::from(link).checked_sub(1).and_then(|index| page.links.get(index));
    let link = link.map(|(_, target)| target).filter(|target| is_address(target));
    Style {
        bold,
        italic,
        superscript: shift > 0,
        subscript: shift < 0,
        link: link.map(|target| Arc::from(target.as_str())),
        ..Style::default()
    }
}

/// Whether a link leads out of the document.
fn is_address(target: &str) -> bool {
    ["http://", "https://", "mailto:", "ftp://"].iter().any(|scheme| target.starts_with(scheme))
}
