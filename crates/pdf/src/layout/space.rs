//! Where a space stands between two glyphs of a line.
//!
//! Between ideographs white space is layout: justification, a character grid, a title set wide. Only a gap that
//! stands out from those of its line is the author's. Between words, a space that was painted is a space, and
//! where none was painted, a gap that stands out from those between letters.

use super::ink::{Class, Ink};

/// What gaps are usual in a line, in em.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gaps {
    /// Between ideographs.
    han: f32,
    /// Between letters.
    word: f32,
}

/// What stands between two glyphs.
#[derive(Clone, Copy)]
struct Gap {
    width: f32,
    painted: bool,
    sides: (Class, Class),
}

impl Gap {
    fn of(a: &Ink, b: &Ink) -> Gap {
        let size = a.size.max(b.size).max(0.1);
        Gap {
            width: (b.x0 - a.x1) / size,
            painted: a.space_after || b.space_before,
            sides: (a.class, b.class),
        }
    }
}

impl Gaps {
    /// Measures a line, its glyphs in order from left to right. Where it has too few ideographs to tell, it is
    /// set as the lines before it, of which `wide` keeps the gap; 0 where none is known.
    pub(super) fn of(line: &[Ink], wide: &mut f32) -> Gaps {
        let mut scratch = Vec::with_capacity(line.len());
        let gaps = || line.windows(2).map(|pair| Gap::of(&pair[0], &pair[1]));
        scratch.extend(gaps().filter(|gap| gap.sides == (Class::Han, Class::Han)).map(|gap| gap.width));
        let han = match scratch.len() {
            0 | 1 if *wide > 0.3 => *wide,
            0 | 1 => 0.0,
            // A few ideographs set wide are all set equally wide.
            2..5 => {
                let (least, most) = extremes(&scratch);
                if most - least < 0.2 { most } else { least.max(0.0) }
            }
            _ => {
                *wide = median(&mut scratch);
                *wide
            }
        };
        scratch.clear();
        let letters = gaps().filter(|gap| gap.sides == (Class::Word, Class::Word) && !gap.painted);
        scratch.extend(letters.map(|gap| gap.width));
        // The median would be that of the words' gaps in a line of very short words.
        let word = if scratch.len() < 4 { 0.0 } else { quartile(&mut scratch).clamp(-0.1, 0.6) };
        Gaps { han: han.max(0.0), word }
    }

    /// Whether a space stands between two glyphs that follow one another.
    pub(super) fn has_space(&self, a: &Ink, b: &Ink) -> bool {
        let Gap { width, painted, sides } = Gap::of(a, b);
        match sides {
            (Class::Word, Class::Word) if painted => width > self.word + 0.03,
            (Class::Word, Class::Word) => width > self.word + 0.17,
            (Class::Wide, _) | (_, Class::Wide) => {
                painted && width > self.han + 0.3 || width > self.han + 1.5
            }
            (Class::Han, Class::Han) => width > self.han + if painted { 0.15 } else { 0.42 },
            _ => width > self.han + if painted { 0.12 } else { 0.7 },
        }
    }
}

fn extremes(values: &[f32]) -> (f32, f32) {
    values.iter().fold((f32::MAX, f32::MIN), |(least, most), &v| (least.min(v), most.max(v)))
}

fn median(values: &mut [f32]) -> f32 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

fn quartile(values: &mut [f32]) -> f32 {
    let at = values.len() * 2 / 5;
    *values.select_nth_unstable_by(at, f32::total_cmp).1
}
