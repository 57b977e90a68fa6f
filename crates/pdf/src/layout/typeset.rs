//! Sets strings on synthetic pages, for tests.

use super::{document, lay};
use crate::page::{Area, Flags, Font, Glyph, Page, Segment};
use crate::structure::Structure;
use qingwen_model::Log;

/// A page under construction: A4, body text of 10 points.
pub(super) struct Typeset {
    pub(super) page: Page,
    /// Space between all glyphs, as a character grid or justification adds it, in points.
    pub(super) tracking: f32,
    /// Whether spaces are painted, or only skipped.
    pub(super) paints_spaces: bool,
    pub(super) size: f32,
    pub(super) font: u16,
    pub(super) flags: Flags,
    pub(super) angle: i16,
}

impl Typeset {
    pub(super) fn new() -> Self {
        let font = |name: &str, bold| Font { name: name.into(), bold, ..Font::default() };
        let page = Page {
            number: 1,
            width: 595.0,
            height: 842.0,
            fonts: vec![font("SimSun", false), font("SimHei", true)],
            ..Page::default()
        };
        let flags = Flags::default();
        Typeset { page, tracking: 0.0, paints_spaces: true, size: 10.0, font: 0, flags, angle: 0 }
    }

    /// Sets a string from a baseline's left end and says where it ends. Ideographs are one em wide, letters
    /// half an em, spaces a quarter.
    pub(super) fn set(&mut self, x: f32, y: f32, text: &str) -> f32 {
        let (sin, cos) = f32::from(self.angle).to_radians().sin_cos();
        let mut along = 0.0;
        for c in text.chars() {
            let advance = self.size
                * if c == ' ' {
                    0.25
                } else if c.is_ascii() {
                    0.5
                } else {
                    1.0
                };
            if c != ' ' || self.paints_spaces {
                let start = self.page.text.len() as u32;
                self.page.text.push(c);
                self.page.glyphs.push(Glyph {
                    start,
                    bytes: c.len_utf8() as u8,
                    font: self.font,
                    x: x + along * cos,
                    y: y + along * sin,
                    advance,
                    size: self.size,
                    angle: self.angle,
                    flags: self.flags,
                    mark: 0,
                });
            }
            along += advance + self.tracking;
        }
        x + along
    }

    /// Sets lines below one another.
    pub(super) fn lines(&mut self, x: f32, y: f32, leading: f32, lines: &[&str]) {
        for (index, line) in lines.iter().enumerate() {
            self.set(x, y + leading * index as f32, line);
        }
    }

    /// Sets a text in lines of so many ideographs, the first indented by two.
    pub(super) fn paragraph(&mut self, x: f32, y: f32, leading: f32, columns: usize, text: &str) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        let first = chars.len().min(columns - 2);
        self.set(x + 2.0 * self.size, y, &chars[..first].iter().collect::<String>());
        let mut y = y;
        for line in chars[first..].chunks(columns) {
            y += leading;
            self.set(x, y, &line.iter().collect::<String>());
        }
        y + leading
    }

    pub(super) fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.page.rules.push(Segment { x0, y0, x1, y1, thickness: 0.5 });
    }

    /// Rules every cell of a lattice on its own, as browsers do.
    pub(super) fn lattice(&mut self, xs: &[f32], ys: &[f32]) {
        for y in ys {
            for x in xs.windows(2) {
                self.rule(x[0], *y, x[1], *y);
            }
        }
        for x in xs {
            for y in ys.windows(2) {
                self.rule(*x, y[0], *x, y[1]);
            }
        }
    }

    pub(super) fn link(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, target: &str) {
        self.page.links.push((Area { x0, y0, x1, y1 }, target.into()));
    }
}

/// Running text of so many ideographs, no two neighbours alike.
pub(super) fn prose(count: usize) -> String {
    "春风吹过山岭河水流向东方村民修桥铺路学校开设新课".chars().cycle().take(count).collect()
}

/// The document that pages give, and what is told of it.
pub(super) fn shown(pages: Vec<Page>) -> (String, Vec<String>) {
    let mut log = Log::new();
    let laid = pages.iter().map(|page| lay(page, &Structure::default(), &mut log)).collect();
    let document = document(laid, &[], &Structure::default(), &mut log);
    (document.to_string(), log.diagnostics().iter().map(ToString::to_string).collect())
}
