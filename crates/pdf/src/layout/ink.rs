//! The glyphs of a page that count, turned so that they read from left to right and down.

use super::tags::Tags;
use super::tally::Tally;
use crate::page::{Glyph, Page, Segment};
use qingwen_model::{Log, Mark};
use std::collections::HashSet;

/// No page is larger, in points: the format's own limit is 200 inches, times a user unit.
const FAR: f32 = 1e6;

/// What is written on a page in one direction, in a frame in which that direction points to the right.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// In the order they were painted.
    pub(super) inks: Vec<Ink>,
    pub(super) rules: Vec<Segment>,
    pub(super) height: f32,
    /// Whether the frame is the page's own.
    pub(super) upright: bool,
}

/// One glyph that can be seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ink {
    /// Its characters: a range of [`Page::text`].
    pub(super) start: u32,
    pub(super) bytes: u8,
    pub(super) class: Class,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// A space glyph was painted before, or after it.
    pub(super) space_before: bool,
    pub(super) space_after: bool,
    pub(super) font: u16,
    /// Which link it belongs to, counted from 1; 0 for none.
    pub(super) link: u16,
    /// The block and the cell it belongs to by its tags, or [`NONE`](crate::structure::NONE).
    pub(super) block: u32,
    pub(super) cell: u32,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
}

/// What matters of a character for the space beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters and digits of scripts that put spaces between words, and all that is not named below.
    #[default]
    Word,
    /// Ideographs, kana, bopomofo: written without spaces.
    Han,
    /// Full-width punctuation, which brings its own white space.
    Wide,
}

impl Class {
    pub(super) fn of(c: char) -> Class {
        match c {
            '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' => Class::Han,
            '\u{3001}'..='\u{303f}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}' => Class::Wide,
            '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Class::Han,
            '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e000}'..='\u{f8ff}' => Class::Han,
            '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => Class::Wide,
            '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' => Class::Wide,
            '\u{ff10}'..='\u{ffef}' => Class::Han,
            _ => Class::Word,
        }
    }
}

impl Ink {
    pub(super) fn text<'a>(&self, page: &'a Page) -> &'a str {
        let start = self.start as usize;
        page.text.get(start..start + usize::from(self.bytes)).unwrap_or("")
    }

    /// The height at which most of its ink is.
    pub(super) fn center(&self) -> f32 {
        self.y - 0.3 * self.size
    }
}

/// Sorts the glyphs of a page by the direction they are written in, the one with the most first, and leaves
/// out those that are not part of the text, each kind reported.
pub(super) fn sheets(page: &Page, tags: &Tags<'_>, log: &mut Log) -> Vec<Sheet> {
    let mut left_out = LeftOut::default();
    let kept = keep(page, &mut left_out);
    let mut angles = Tally::new(16);
    for &index in &kept {
        let angle = page.glyphs[index as usize].angle.rem_euclid(360);
        angles.add(angle, 1, |&other| turn_between(other, angle) <= 3);
    }
    let mut sheets = Vec::new();
    for (rank, (angle, _)) in angles.ranked().into_iter().enumerate() {
        let slanted = (angle + 45).rem_euclid(90) - 45;
        let of_angle = |g: &Glyph| turn_between(angle, g.angle.rem_euclid(360)) <= 3;
        if rank > 0 && slanted.abs() > 3 {
            let text: String = kept
                .iter()
                .map(|&index| &page.glyphs[index as usize])
                .filter(|glyph| of_angle(glyph))
                .map(|glyph| page.text_of(glyph))
                .collect();
            left_out.slanted.push_str(&text);
            continue;
        }
        sheets.push(sheet(page, tags, &kept, angle, of_angle));
    }
    left_out.report(page.number, log);
    sheets
}

/// The smaller of the two turns from one direction to another, in degrees.
fn turn_between(a: i16, b: i16) -> i16 {
    let turn = (a - b).rem_euclid(360);
    turn.min(360 - turn)
}

/// The characters that were left out, by reason.
#[derive(Default)]
struct LeftOut {
    artifact: String,
    off_page: String,
    hidden: String,
    slanted: String,
    invisible: usize,
}

impl LeftOut {
    fn report(self, page: u32, log: &mut Log) {
        let mark = Mark::Page(page, 0);
        let texts = [
            ("pdf-artifact", self.artifact),
            ("pdf-off-page", self.off_page),
            ("pdf-hidden-text", self.hidden),
            ("pdf-watermark", self.slanted),
        ];
        for (code, text) in texts {
            let text = text.trim();
            if !text.is_empty() {
                log.lost(code, mark, text);
            }
        }
        if self.invisible > 0 {
            let what = format!("{} invisible characters are the only text where they stand", self.invisible);
            log.guessed("pdf-invisible-text", mark, what);
        }
    }
}

/// The glyphs that are part of the page's text, by index.
fn keep(page: &Page, left_out: &mut LeftOut) -> Vec<u32> {
    let seen: HashSet<(i32, i32)> = if page.glyphs.iter().any(|g| g.flags.invisible) {
        let shown = page.glyphs.iter().filter(|g| !g.flags.invisible && !is_blank(page.text_of(g)));
        shown.map(place).collect()
    } else {
        HashSet::new()
    };
    let artifacts = page.glyphs.iter().filter(|g| g.flags.artifact).count();
    let trust_artifacts = artifacts * 2 <= page.glyphs.len();
    let mut kept = Vec::with_capacity(page.glyphs.len());
    for (index, glyph) in page.glyphs.iter().enumerate() {
        let sane = [glyph.x, glyph.y, glyph.advance].iter().all(|v| v.abs() < FAR)
            && (0.01..FAR).contains(&glyph.size.abs());
        let text = page.text_of(glyph);
        if text.is_empty() {
            // Glyphs without known characters are reported where fonts are known.
            continue;
        } else if !sane || is_off(page, glyph) {
            left_out.off_page.push_str(text);
        } else if glyph.flags.artifact && trust_artifacts {
            left_out.artifact.push_str(text);
        } else if glyph.flags.invisible && is_covered(glyph, &seen) {
            left_out.hidden.push_str(text);
        } else {
            left_out.invisible += usize::from(glyph.flags.invisible && !is_blank(text));
            kept.push(index as u32);
        }
    }
    kept
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// Whether a glyph stands wholly outside of the page.
fn is_off(page: &Page, glyph: &Glyph) -> bool {
    let reach = glyph.size.abs() + glyph.advance.abs();
    let slack = 0.5 * glyph.size.abs();
    glyph.x < -reach || glyph.y < -slack || glyph.x > page.width + slack || glyph.y > page.height + reach
}

/// The place of a glyph's middle on a coarse grid.
fn place(glyph: &Glyph) -> (i32, i32) {
    let (sin, cos) = f32::from(glyph.angle).to_radians().sin_cos();
    let (along, up) = (0.5 * glyph.advance, 0.3 * glyph.size);
    let x = glyph.x + along * cos + up * sin;
    let y = glyph.y + along * sin - up * cos;
    ((x / 8.0).floor() as i32, (y / 8.0).floor() as i32)
}

fn is_covered(glyph: &Glyph, seen: &HashSet<(i32, i32)>) -> bool {
    let (x, y) = place(glyph);
    (-1..=1).any(|dx| (-1..=1).any(|dy| seen.contains(&(x.saturating_add(dx), y.saturating_add(dy)))))
}

/// Turns points of the page so that an angle becomes rightwards.
struct Turn {
    cos: f32,
    sin: f32,
    dx: f32,
    dy: f32,
}

impl Turn {
    /// The turn for an angle, and how high the page is then.
    fn of(page: &Page, angle: i16) -> (Turn, f32) {
        let (sin, cos) = match angle {
            0 => (0.0, 1.0),
            90 => (1.0, 0.0),
            180 => (0.0, -1.0),
            270 => (-1.0, 0.0),
            _ => f32::from(angle).to_radians().sin_cos(),
        };
        let turn = Turn { cos, sin, dx: 0.0, dy: 0.0 };
        let sane = |length: f32| if (1.0..FAR).contains(&length) { length } else { 1000.0 };
        let (width, height) = (sane(page.width), sane(page.height));
        let corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)];
        let corners = corners.map(|(x, y)| turn.apply(x, y));
        let x0 = corners.iter().map(|c| c.0).fold(f32::MAX, f32::min);
        let y0 = corners.iter().map(|c| c.1).fold(f32::MAX, f32::min);
        let y1 = corners.iter().map(|c| c.1).fold(f32::MIN, f32::max);
        (Turn { dx: -x0, dy: -y0, ..turn }, y1 - y0)
    }

    fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos + y * self.sin + self.dx, y * self.cos - x * self.sin + self.dy)
    }
}

fn sheet(page: &Page, tags: &Tags<'_>, kept: &[u32], angle: i16, of_angle: impl Fn(&Glyph) -> bool) -> Sheet {
    let (turn, height) = Turn::of(page, angle);
    let mut inks: Vec<Ink> = Vec::with_capacity(kept.len());
    let mut tagged = (0, tags.get(0)); // the marked content of the glyph before, and what it belongs to
    let mut space: Option<(f32, f32)> = None; // where the last space glyph stood, while nothing follows it
    for &index in kept {
        let glyph = &page.glyphs[index as usize];
        if !of_angle(glyph) {
            continue;
        }
        let (x, mut y) = turn.apply(glyph.x, glyph.y);
        let size = glyph.size.abs();
        if glyph.flags.vertical {
            y += 0.3 * size; // from the cell's axis to where a baseline would be
        }
        let text = page.text_of(glyph);
        if is_blank(text) {
            if let Some(last) = inks.last_mut()
                && (last.y - y).abs() < 0.5 * size
                && (x - last.x1).abs() < 1.5 * size
            {
                last.space_after = true;
            }
            space = Some((x, y));
            continue;
        }
        let font = page.fonts.get(usize::from(glyph.font));
        let space_before =
            space.take().is_some_and(|(sx, sy)| (sy - y).abs() < 0.5 * size && sx < x + 0.1 * size);
        if glyph.mark != tagged.0 {
            tagged = (glyph.mark, tags.get(glyph.mark));
        }
        let (block, cell) = tagged.1;
        inks.push(Ink {
            start: glyph.start,
            bytes: glyph.bytes,
            class: text.chars().next().map_or(Class::Word, Class::of),
            bold: glyph.flags.stroked || font.is_some_and(|font| font.bold),
            italic: font.is_some_and(|font| font.italic),
            space_before,
            space_after: false,
            font: glyph.font,
            link: link(page, glyph),
            block,
            cell,
            x0: x,
            x1: x + glyph.advance.max(0.0),
            y,
            size,
        });
    }
    let rules = if angle % 90 == 0 {
        page.rules.iter().map(|rule| turned(rule, &turn)).collect()
    } else {
        Vec::new()
    };
    Sheet { inks, rules, height, upright: angle == 0 }
}

fn turned(rule: &Segment, turn: &Turn) -> Segment {
    let (x0, y0) = turn.apply(rule.x0, rule.y0);
    let (x1, y1) = turn.apply(rule.x1, rule.y1);
    Segment { x0, y0, x1, y1, thickness: rule.thickness }
}

/// The link a glyph can be clicked on, counted from 1.
fn link(page: &Page, glyph: &Glyph) -> u16 {
    if page.links.is_empty() {
        return 0;
    }
    let (sin, cos) = f32::from(glyph.angle).to_radians().sin_cos();
    let (along, up) = (0.5 * glyph.advance, 0.3 * glyph.size);
    let (x, y) = (glyph.x + along * cos + up * sin, glyph.y + along * sin - up * cos);
    let hit = page.links.iter().take(1000).position(|(area, _)| {
        let (x0, x1) = (area.x0.min(area.x1), area.x0.max(area.x1));
        let (y0, y1) = (area.y0.min(area.y1), area.y0.max(area.y1));
        (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
    });
    hit.map_or(0, |at| at as u16 + 1)
}
