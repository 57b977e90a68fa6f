//! What the words on both sides of a line's end say of whether they are one paragraph.

use super::{Here, Paragraph};
use crate::chars::{self, is_han};
use crate::lines::habits;
use crate::lines::measure::cannot_end;
use crate::lines::sentence::{
    divides_time, ends_clause, ends_sentence, is_address, is_couplet, names_its_document, opens_bracket,
    ties_to_before,
};
use crate::lines::setting::{Setting, has_room, is_running, slack};
use crate::structure::enumerator::{self, Class};
use crate::structure::words;

/// The logarithm of the odds, two to one, from which on a paragraph goes on: a false join hides two paragraphs, a false
/// break spoils one.
const LIKELY: f32 = 0.69;

/// A line that ends in a comma at this width, in em, was broken there; a line of verse is shorter.
const NARROW: f32 = 20.0;

impl Paragraph {
    /// Whether the words at the break say that the paragraph goes on.
    pub(super) fn words_go_on(
        &self,
        before: &str,
        end: char,
        here: &Here<'_>,
        is_full: bool,
        is_flush: bool,
        setting: &Setting,
    ) -> bool {
        let last = &self.last;
        let after = chars::strip_start(here.text);
        let width = last.indent + last.width;
        let is_filled = is_full && (self.is_cut || !setting.exact || !has_room(last, after, setting));
        let is_long = match (last.slack, setting.full) {
            (Some(slack), _) => slack * 4.0 < width,
            (None, Some(full)) => width >= full * 0.75,
            (None, None) => false,
        };
        // No paragraph begins with a small letter.
        let lower = |c: char| c.is_lowercase() && c.is_ascii();
        let measured = last.slack.is_some() || setting.full.is_some_and(|full| width >= full * 0.6);
        if measured && (lower(end) || end == ',') && after.starts_with(lower) {
            return true;
        }
        match end {
            '：' | ':' if divides_time(before, after) => is_full,
            '：' | ':' => {
                is_full && here.is_wrapped_text && (is_flush || self.after_colon(before, after, setting))
            }
            // No verse ends so.
            '、' => true,
            '，' | ',' if is_long || width >= NARROW => true,
            '，' | ',' => self.breaks_clause(before, here, setting),
            _ if cannot_end(end) => true,
            '；' | ';' => {
                (is_filled && !after.starts_with('前')) || is_flush && is_long || self.is_half(before, here)
            }
            '。' | '！' | '？' => self.after_sentence(before, here, is_flush, is_filled, setting),
            '”' | '’' | '）' | ')' | '.' | '!' | '?' if ends_sentence(before) => {
                self.after_sentence(before, here, is_flush, is_filled, setting)
            }
            _ => is_full || (is_flush && is_long && !self.is_heading(before)),
        }
    }

    /// Whether a short line was broken behind its comma. Verse is, too; its lines are shorter, or one like the other. Two
    /// or three such lines are verse only in one of its forms.
    fn breaks_clause(&self, before: &str, here: &Here<'_>, setting: &Setting) -> bool {
        const SHORTEST: f32 = 9.0;
        const STANZA: u32 = 4;
        let (last, next) = (&self.last, &here.shape);
        let is_chinese = before.trim_end_matches(['，', ',']).ends_with(|c| is_han(c) || c == '”');
        let is_stanza = here.group.lines >= STANZA;
        let may_be_verse = is_stanza && (last.width < SHORTEST || (last.width - next.width).abs() < 1.0)
            || is_couplet(before, here.text);
        last.slack.is_none()
            && !setting.verse
            && is_chinese
            && !may_be_verse
            && !is_address(before)
            && !words::is_salutation(here.text)
    }

    /// Whether a short line is the first half of a sentence: the items of a list end so as well, but then several do.
    fn is_half(&self, before: &str, here: &Here<'_>) -> bool {
        let counts = |text: &str| words::counts_in_words(chars::strip_start(text));
        self.last.slack.is_none()
            && here.group.halves == 1
            && self.kind.class.is_none()
            && before.contains('，')
            && ends_sentence(chars::strip_end(here.text))
            && !counts(before)
            && !counts(here.text)
    }

    /// Whether what follows the colon of a full line belongs to the same paragraph. One line without a mark is a
    /// salutation or a label.
    fn after_colon(&self, before: &str, after: &str, setting: &Setting) -> bool {
        let is_within =
            self.lines > 1 || before.contains(['，', '；', '。']) || after.starts_with(['“', '"']);
        setting.after_colon && is_within
    }

    /// Whether the number that a line begins with is part of a sentence: 第一条、 and 第三条, 统 and 一、规范.
    pub(super) fn refers(&self, before: &str, here: &Here<'_>) -> bool {
        let Some((class, number)) = here.kind.class else { return false };
        let counts_on = self.kind.class.is_some_and(|(own, last)| own == class && last + 1 == number);
        let is_article =
            |class: Option<(Class, u32)>| class.is_some_and(|(class, _)| class == Class::Article);
        // 第十八条、 and 第三十五条
        let lists = ["条、", "款、", "项、"].iter().any(|unit| before.ends_with(unit));
        if is_article(here.kind.class) && !lists && is_spaced(here.text) {
            return false;
        }
        let is_open = lists
            || before.ends_with('第')
            || opens_bracket(before)
            || before.ends_with(['、', '，']) && (here.is_out_of_order || is_article(here.kind.class));
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '》' | '）');
        // A list begins below a colon: what follows half a sentence of an article is none.
        let is_unfinished = || is_article(self.kind.class) && before.contains('，');
        let is_odd = || {
            here.is_out_of_order
                && (is_running(before, enumerator::parse(before).is_some()) || is_article(here.kind.class))
                || is_unfinished()
        };
        !counts_on && (is_open || before.ends_with(goes_on) && is_odd())
    }

    /// Whether a paragraph goes on after the end of a sentence.
    fn after_sentence(
        &self,
        before: &str,
        here: &Here<'_>,
        is_flush: bool,
        is_full: bool,
        setting: &Setting,
    ) -> bool {
        let Some(full) = setting.full else { return is_full && self.last.slack.is_some() && is_flush };
        let width = self.last.indent + self.last.width;
        if setting.indented {
            return is_flush && (is_full || width >= full * 0.75);
        }
        let after = chars::strip_start(here.text);
        // A paragraph of sentences does not end on a short line without a mark: that is a heading or a name.
        let is_bare = !chars::strip_end(after).ends_with(ends_clause);
        let is_short = slack(&here.shape, setting).is_some_and(|slack| slack >= 2.0);
        if names_its_document(after) || (is_bare && is_short) {
            return false;
        }
        match setting.goes_on {
            _ if ties_to_before(after) && (setting.goes_on.is_some() || here.has_full_lines()) => is_full,
            Some(true) => is_full,
            Some(false) => {
                let class = self.kind.class.map(|(class, _)| class);
                is_full && setting.odds + here.evidence() + habits::of_paragraph(before, class) > LIKELY
            }
            None => here.has_full_lines() && (is_full || width >= full - 1.5),
        }
    }
}

/// Whether a numbered line that fills in no sentence begins a paragraph, though it stands where lines go on.
pub(super) fn begins_anew(before: &str, class: Class, after: &str) -> bool {
    let is_law = class == Class::Article || class.is_division();
    let closed = before.trim_end_matches(['”', '’', '）', ')']);
    closed.ends_with(['。', '！', '？', '：', '；', ':', ';']) || is_law && is_spaced(after)
}

/// Whether a space stands behind the number of a line, as behind one that begins an article and none that is referred to.
fn is_spaced(text: &str) -> bool {
    enumerator::parse(text).is_some_and(|found| found.body > found.end)
}
