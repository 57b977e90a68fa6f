//! Text objects: where each glyph stands and what it says (ISO 32000-2, 9.4).

use super::matrix::Matrix;
use super::state::Marked;
use super::{Resources, Run, first_name, numbers};
use crate::file::{Bytes, Dict};
use crate::fonts::Shown;
use crate::lexer::{Token, string};
use crate::page::{Flags, Glyph};

/// Marked content within marked content.
const MARKS: usize = 256;

impl<'a> Run<'_, 'a> {
    /// Runs a text operator; `false` where the operator is none.
    pub(super) fn text_operator(
        &mut self,
        operator: &[u8],
        operands: &[Token<'_>],
        resources: &Resources<'a>,
    ) -> bool {
        let one = || numbers::<1>(operands).map_or(0.0, |[number]| number);
        match operator {
            b"BT" => (self.state.text, self.state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tj" => self.show_all(operands),
            b"TJ" => self.show_all(operands),
            b"Td" => self.move_line(operands),
            b"TD" => {
                if let Some([_, y]) = numbers(operands) {
                    self.state.leading = -y;
                }
                self.move_line(operands);
            }
            b"Tm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    (self.state.text, self.state.line) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(),
            b"Tf" => {
                let name = first_name(operands);
                self.state.font = name.map(|name| self.fonts.named(&resources.fonts, &name));
                self.state.size = one();
            }
            b"Tc" => self.state.char_spacing = one(),
            b"Tw" => self.state.word_spacing = one(),
            b"Tz" => self.state.scale = one() / 100.0,
            b"TL" => self.state.leading = one(),
            b"Ts" => self.state.rise = one(),
            b"Tr" => self.state.mode = one() as u8,
            b"'" => {
                self.next_line();
                self.show_all(operands);
            }
            b"\"" => {
                if let Some([word, char]) = numbers(operands) {
                    (self.state.word_spacing, self.state.char_spacing) = (word, char);
                }
                self.next_line();
                self.show_all(operands.get(2..).unwrap_or_default());
            }
            b"ET" => {}
            _ => return false,
        }
        true
    }

    fn move_line(&mut self, operands: &[Token<'_>]) {
        if let Some([x, y]) = numbers(operands) {
            self.state.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.state.line);
            self.state.text = self.state.line;
        }
    }

    fn next_line(&mut self) {
        let down = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -self.state.leading]);
        self.state.line = down.then(&self.state.line);
        self.state.text = self.state.line;
    }

    /// Shows the strings among the operands, moved as the numbers between them say.
    fn show_all(&mut self, operands: &[Token<'_>]) {
        let vertical =
            self.state.font.and_then(|font| self.fonts.get(font)).is_some_and(|font| font.vertical);
        for &token in operands {
            match token {
                Token::Number(number) => {
                    let move_by = -number / 1000.0 * self.state.size;
                    if vertical {
                        self.advance(0.0, move_by);
                    } else {
                        self.advance(move_by * self.state.scale, 0.0);
                    }
                }
                token => {
                    let mut bytes = std::mem::take(&mut self.scratch);
                    bytes.clear();
                    if string(token, &mut bytes) {
                        self.show(&bytes);
                    }
                    self.scratch = bytes;
                }
            }
        }
    }

    fn advance(&mut self, x: f64, y: f64) {
        let [a, b, c, d, e, f] = &mut self.state.text.0;
        (*e, *f) = (*e + x * *a + y * *c, *f + x * *b + y * *d);
    }

    /// Shows one string.
    fn show(&mut self, bytes: &[u8]) {
        let font = match self.state.font {
            Some(font) => font,
            None => self.fonts.absent(),
        };
        let Some(page_font) = self.page_font(font) else { return };
        let state = &self.state;
        let vertical = self.fonts.get(font).is_some_and(|font| font.vertical);
        let (size, scale) = (state.size, state.scale);
        let (char_spacing, word_spacing) = (state.char_spacing, state.word_spacing);
        let full = state.text.then(&state.ctm);
        let [a, b, c, d, ..] = full.0;
        let along = if vertical { (-c * size, -d * size) } else { (a * size * scale, b * size * scale) };
        let glyph = Glyph {
            font: page_font,
            size: (size.abs() * full.y_scale()) as f32,
            angle: degrees(along.0, along.1),
            flags: Flags {
                invisible: matches!(state.mode, 3 | 7),
                vertical,
                artifact: self.marked.iter().any(|marked| marked.artifact),
                stroked: matches!(state.mode, 2 | 6),
            },
            mark: self.marked.last().map_or(0, |marked| marked.mark),
            ..Glyph::default()
        };
        let unit = along.0.hypot(along.1);
        let hidden = self.marked.iter().any(|marked| marked.hidden);
        let (mut x, mut y) = (0.0, state.rise);
        let mut rest = bytes;
        while !rest.is_empty() {
            let shown = self.fonts.shown(font, rest);
            rest = rest.get(usize::from(shown.length.max(1))..).unwrap_or_default();
            let (at_x, at_y) = full.apply(x, y);
            let advance = f64::from(shown.advance);
            let spacing = char_spacing + if shown.space { word_spacing } else { 0.0 };
            if vertical {
                y -= advance * size + spacing;
            } else {
                x += (advance * size + spacing) * scale;
            }
            let glyph = Glyph { x: at_x as f32, y: at_y as f32, advance: (advance * unit) as f32, ..glyph };
            self.push_glyph(font, shown, glyph, hidden);
        }
        let rise = self.state.rise;
        self.advance(x, y - rise);
    }

    /// Notes a glyph with its characters.
    fn push_glyph(&mut self, font: usize, shown: Shown, mut glyph: Glyph, hidden: bool) {
        if !(glyph.x.is_finite()
            && glyph.y.is_finite()
            && glyph.advance.is_finite()
            && glyph.size.is_finite())
        {
            return;
        }
        if hidden {
            self.fonts.push_text(font, shown.text, &mut self.hidden);
            return;
        }
        let start = self.page.text.len();
        self.fonts.push_text(font, shown.text, &mut self.page.text);
        glyph.start = start as u32;
        glyph.bytes = u8::try_from(self.page.text.len() - start).unwrap_or(0);
        if let Some(radical) = self.fonts.radical(font, shown.text) {
            *self.page.radicals.entry(radical).or_default() += 1;
        }
        self.page.glyphs.push(glyph);
    }

    /// The page's index of a font of the document.
    fn page_font(&mut self, font: usize) -> Option<u16> {
        const NONE: u16 = u16::MAX;
        if let Some(&index) = self.font_indexes.get(font)
            && index != NONE
        {
            return Some(index);
        }
        let index = u16::try_from(self.page.fonts.len()).ok().filter(|&index| index != NONE)?;
        self.page.fonts.push(self.fonts.get(font)?.look.clone());
        if self.font_indexes.len() <= font {
            self.font_indexes.resize(font + 1, NONE);
        }
        self.font_indexes[font] = index;
        Some(index)
    }

    /// Begins marked content: notes whether it is an artifact, and what it says its glyphs stand for.
    pub(super) fn begin_marked(&mut self, operands: &[Token<'_>], resources: &Resources<'a>, depth: usize) {
        if self.marked.len() >= MARKS {
            return;
        }
        let tag = first_name(operands);
        let artifact = tag.as_deref() == Some(b"Artifact");
        let hidden = match operands {
            [_, Token::Name(name)] if tag.as_deref() == Some(b"OC") => {
                self.layers.hide(&resources.properties, &crate::lexer::name(name))
            }
            _ => false,
        };
        let mut bytes = Vec::new();
        let inline = operands.iter().position(|token| *token == Token::Name(b"ActualText"));
        let told = match (inline, operands) {
            (Some(at), _) => operands.get(at + 1).is_some_and(|&token| string(token, &mut bytes)),
            (None, [_, Token::Name(name)]) => {
                let list = resources.properties.get::<Dict<'_>>(crate::lexer::name(name));
                match list.and_then(|list| list.get::<Bytes<'_>>("ActualText")) {
                    Some(text) => {
                        bytes.extend_from_slice(&text);
                        true
                    }
                    None => false,
                }
            }
            _ => false,
        };
        let actual = told.then(|| (crate::meta::text(&bytes), self.page.glyphs.len()));
        let about = self.marked.last().map_or(0, |marked| marked.mark);
        let own = if depth == 0 { identifier(operands, resources) } else { None };
        self.marked.push(Marked { artifact, mark: own.map_or(about, |id| id + 1), hidden, actual });
    }

    /// Ends marked content: its glyphs stand for what it said they stand for (ISO 32000-2, 14.9.4).
    pub(super) fn end_marked(&mut self) {
        let Some(Marked { actual: Some((text, from)), .. }) = self.marked.pop() else { return };
        let Some(glyphs) = self.page.glyphs.get(from..).map(<[Glyph]>::to_vec) else { return };
        self.page.glyphs.truncate(from);
        let chars: Vec<char> = text.chars().map(crate::radicals::ideograph).collect();
        // As many groups of glyphs as there are characters, or fewer: each group becomes one glyph.
        let groups = chars.len().min(glyphs.len());
        for group in 0..groups {
            let part = |length: usize| group * length / groups..(group + 1) * length / groups;
            let [first, .., last] = &glyphs[part(glyphs.len())] else {
                self.stand_for(glyphs[part(glyphs.len()).start], &chars[part(chars.len())]);
                continue;
            };
            let span = (last.x - first.x).hypot(last.y - first.y) + last.advance;
            let level = first.angle == last.angle && span < 50.0 * first.size.max(1.0);
            self.stand_for(
                Glyph { advance: if level { span } else { first.advance }, ..*first },
                &chars[part(chars.len())],
            );
        }
    }

    /// A glyph for the characters, or several at the same place where they are more than one glyph can hold.
    fn stand_for(&mut self, mut glyph: Glyph, chars: &[char]) {
        for chars in chars.chunks(63) {
            let start = self.page.text.len();
            self.page.text.extend(chars);
            (glyph.start, glyph.bytes) = (start as u32, (self.page.text.len() - start) as u8);
            self.page.glyphs.push(glyph);
            (glyph.x, glyph.advance) = (glyph.x + glyph.advance, 0.0);
        }
    }
}

/// The identifier of marked content, by which the structure knows it.
fn identifier(operands: &[Token<'_>], resources: &Resources<'_>) -> Option<u32> {
    let id = match (operands.iter().position(|token| *token == Token::Name(b"MCID")), operands) {
        (Some(at), _) => match operands.get(at + 1)? {
            Token::Number(id) => *id as i64,
            _ => return None,
        },
        (None, [_, Token::Name(name)]) => {
            i64::from(resources.properties.get::<Dict<'_>>(crate::lexer::name(name))?.get::<i32>("MCID")?)
        }
        _ => return None,
    };
    u32::try_from(id).ok().filter(|id| *id < u32::MAX)
}

/// The direction of a vector in whole degrees clockwise from the right.
fn degrees(x: f64, y: f64) -> i16 {
    if y == 0.0 && x >= 0.0 { 0 } else { y.atan2(x).to_degrees().round() as i16 }
}
