//! What the looks of two lines say of whether they are one paragraph: their type, their indentation, the width they fill.

use super::{Here, Paragraph};
use crate::chars::{self, is_han};
use crate::lines::measure::cannot_end;
use crate::lines::sentence::{ends_clause, ends_sentence};
use crate::lines::setting::{INDENT, Setting};
use qingwen_model::{Face, Shape};

/// A block of lines that are further in than others is wider than this, in em.
const NARROW_BLOCK: f32 = 15.0;

/// How far from the bullet a line may begin that goes on from one not quite full, in em.
const HANG_OF_BULLET: f32 = 1.3;

impl Paragraph {
    /// Whether the next line is set in the type of the last.
    pub(super) fn is_alike(&self, next: &Shape) -> bool {
        (self.last.size - next.size).abs() < 0.06 && self.last.bold == next.bold
    }

    /// The white space above a line, in lines, from which on it begins a paragraph. Large type is set with more
    /// space between its lines than the body.
    pub(super) fn most_gap(&self, next: &Shape) -> f32 {
        let size = self.last.size;
        if self.is_alike(next) && size > 1.1 { 0.5 * size + 0.3 } else { 0.5 }
    }

    /// Whether it is set as titles and headings are, or is 第一章 or its kin.
    pub(super) fn is_display(&self) -> bool {
        self.last.size > 1.05
            || self.last.bold
            || self.kind.class.is_some_and(|(class, _)| class.is_division())
    }

    /// Whether a line stands in the middle of the column, as the last line of a heading may.
    pub(super) fn centres(&self, next: &Shape) -> bool {
        self.is_display()
            && self.lines < 4
            && next.slack.is_some_and(|slack| (slack - next.indent).abs() < 2.5)
    }

    /// Whether a line is indented less than the first of its paragraph, as second lines are.
    pub(super) fn outdents(&self, next: &Shape) -> bool {
        self.lines == 1 && next.indent < self.first.indent - 0.6
    }

    /// The indentation that lines after the first have: that of the column, or of the lines so far.
    pub(super) fn base(&self) -> f32 {
        if self.lines > 1 { self.last.indent } else { 0.0 }
    }

    /// Whether a line without a bullet of its own goes on from one that has one.
    pub(super) fn is_bullet_line(&self, before: &str, after: &str, next: &Shape) -> bool {
        if !self.kind.is_bullet {
            return false;
        }
        let is_long = self.last.slack.is_some_and(|slack| slack * 4.0 < self.last.width);
        // Where the words stand is known from the second line on, or where a small letter shows what goes on.
        let is_second = self.lines > 1 && (self.last.indent - next.indent).abs() < 0.3;
        let is_under_words =
            self.hangs(next) && (is_second || after.starts_with(|c: char| c.is_ascii_lowercase()));
        let is_near = (self.first.indent - 0.6..self.first.indent + HANG_OF_BULLET).contains(&next.indent);
        is_long && (is_near || is_under_words) && !(self.lines > 1 && ends_sentence(before))
    }

    /// Whether a line stands under the words of an item or a caption, not under its number, label or bullet.
    pub(super) fn hangs(&self, next: &Shape) -> bool {
        if self.kind.is_bullet {
            // How far the words are from the bullet is not written, and from half an em to two all is usual.
            return (0.4..2.6).contains(&(next.indent - self.first.indent));
        }
        let words_at = self.first.indent + self.kind.hang as f32 / 2.0;
        self.kind.hang > 0 && (next.indent - words_at).abs() < 0.8
    }

    /// Whether a line that is further in than paragraphs go on is one of a block all of which is: a quotation, or what
    /// hangs below its first line. The last line, which is full, says that it goes on.
    pub(super) fn is_block(&self, before: &str, end: char, here: &Here<'_>, setting: &Setting) -> bool {
        const NEAR: f32 = 0.3;
        if here.kind.class.is_some() || ends_clause(end) {
            return matches!(end, '，' | '、');
        }
        // A column of cells is narrow; lines that begin with capitals, or with one sign, are entries.
        let is_entry = chars::strip_start(here.text).starts_with(|c: char| {
            c.is_ascii_uppercase()
                || matches!(c, '*' | '/')
                || !c.is_alphanumeric() && !cannot_end(c) && before.starts_with(c)
        });
        if self.last.width < NARROW_BLOCK || is_entry || !end.is_alphanumeric() {
            return false;
        }
        let indent = here.shape.indent;
        let is_block = self.first.indent >= INDENT && (indent - self.first.indent).abs() < NEAR;
        // Where paragraphs are indented by two, so are those below a line that misses its mark; and in a text, which
        // shows no other room, those below a heading that fills its line.
        let is_paragraph = setting.indented && (indent - 2.0).abs() < 0.5;
        let is_heading = is_paragraph && self.last.slack.is_none() && !setting.in_blocks;
        let hangs = || here.indent_below.is_some_and(|below| (below - indent).abs() < NEAR);
        self.lines == 1 && ((is_block && !is_heading) || (!is_paragraph && hangs()))
    }

    /// Whether a change of size, weight or typeface ends the paragraph.
    pub(super) fn looks_change(&self, next: &Shape, text: &str) -> bool {
        let last = &self.last;
        let size = (last.size - next.size).abs() > 0.08 * last.size.max(next.size);
        let has_words = || text.chars().filter(|c| is_han(*c)).take(4).count() == 4;
        let faces = last.face != next.face && last.face != Face::Unknown && next.face != Face::Unknown;
        size || last.bold != next.bold || faces && has_words()
    }
}
