//! `ln-unwrap`: physical lines become paragraphs (algorithm A1).

mod breaks;
mod looks;

use super::around::{Group, Groups, Numbers, bare_ends};
use super::habits::Habits;
use super::kind::{LineKind, is_signing};
use super::measure::{cannot_begin, first_piece, is_centred, is_labelled, joiner, line};
use super::physical::Physical;
use super::rows;
use super::sentence::{
    begins_with_date, begins_with_time, brackets, counts_within, ends_clause, ends_sentence, is_note,
    is_note_of_history, leaves_open, numbers_title, seems_title,
};
use super::setting::{INDENT, Lines, Setting, is_cut, slack};
use super::small::append;
use crate::chars::{self, is_han};
use crate::structure::words;
use crate::texts::{self, Fences};
use qingwen_model::{Block, Body, Document, Extent, Log, Shape, Start};

/// Joins the lines of a document into paragraphs and marks these as such.
pub(crate) fn apply(document: &mut Document, log: &mut Log) {
    if !document.blocks.iter().any(|block| line(block).is_some()) {
        return;
    }
    super::columns::narrow(&mut document.blocks);
    let fences = Fences::of(&document.blocks);
    let open = |(at, block)| Physical::of(block).filter(|_| !fences.have(at));
    let lines: Vec<Option<Physical<'_>>> = document.blocks.iter().enumerate().map(open).collect();
    let setting = Setting::of(&lines);
    let known = Known::of(&lines, &setting);
    let old = std::mem::take(&mut document.blocks);
    let mut unwrapper = Unwrapper {
        setting,
        known,
        out: Vec::with_capacity(old.len()),
        paragraph: Paragraph::default(),
        in_title_zone: true,
    };
    let mut rest = old.into_iter().enumerate().peekable();
    while let Some((at, block)) = rest.next() {
        let below = rest.peek().map(|(_, below)| below);
        match unwrapper.known.kinds[at] {
            Some(kind) => unwrapper.line(at, block, kind, below, log),
            None => unwrapper.other(block),
        }
    }
    document.blocks = unwrapper.out;
}

/// What all lines together say of each, before any is joined.
struct Known {
    /// What each line is; `None` for a block that is none.
    kinds: Vec<Option<LineKind>>,
    groups: Groups,
    bare_ends: Vec<u32>,
    numbers: Numbers,
    habits: Habits,
}

impl Known {
    fn of(lines: &Lines<'_>, setting: &Setting) -> Known {
        let kept = rows::kept(lines, setting);
        let mut kinds: Vec<Option<LineKind>> =
            lines.iter().map(|line| line.as_ref().map(LineKind::of)).collect();
        for (at, line) in lines.iter().enumerate() {
            let signs = kinds.get(at + 1).is_some_and(|below| below.is_some_and(|below| below.is_date));
            let Some((kind, line)) = kinds[at].as_mut().zip(line.as_ref()) else { continue };
            kind.begins |= signs && is_signing(line.text);
            kind.is_row |= kept.get(at).is_some_and(|is_kept| *is_kept);
        }
        Known {
            kinds,
            groups: Groups::of(lines, setting),
            bare_ends: bare_ends(lines, setting),
            numbers: Numbers::of(lines),
            habits: Habits::of(lines, setting),
        }
    }
}

/// The lines that have been met, as paragraphs.
struct Unwrapper {
    setting: Setting,
    known: Known,
    out: Vec<Block>,
    paragraph: Paragraph,
    in_title_zone: bool,
}

impl Unwrapper {
    /// Meets a block that is no line.
    fn other(&mut self, block: Block) {
        self.paragraph = Paragraph::default();
        self.out.push(block);
    }

    /// Meets a line.
    fn line(&mut self, at: usize, mut block: Block, kind: LineKind, below: Option<&Block>, log: &mut Log) {
        let Some((shape, text)) = line(&block).map(|(shape, text)| (*shape, text)) else {
            return self.other(block);
        };
        let indent_of = |block: &Block| block.shape.map(|shape| shape.indent);
        let here = Here {
            shape,
            text,
            kind,
            group: self.known.groups.around(at),
            is_wrapped_text: self.known.groups.full >= ENOUGH_FULL,
            bare_end: self.known.bare_ends.get(at).copied().unwrap_or(0),
            in_title_zone: self.in_title_zone,
            indent_below: below.filter(|_| shape.indent >= INDENT).and_then(indent_of),
            at,
            habits: &self.known.habits,
            is_out_of_order: kind.class.is_some_and(|found| self.known.numbers.is_out_of_order(found)),
        };
        let (last, setting) = (self.out.last(), &self.setting);
        let joins =
            self.paragraph.is_open && last.is_some_and(|last| self.paragraph.goes_on(last, &here, setting));
        self.in_title_zone = self.in_title_zone && !chars::has_mark(text, ['。', '：']);
        if joins {
            let with = between(&self.paragraph, last, text, setting);
            self.paragraph.extend(shape, text, setting);
            join(self.out.last_mut(), block, with, log);
            return;
        }
        if let Some(found) = kind.class {
            self.known.numbers.count(found);
        }
        self.paragraph = Paragraph::begin(shape, text, kind, setting);
        if let Some(shape) = &mut block.shape {
            shape.extent = if kind.is_row { Extent::Line } else { Extent::Paragraph };
        }
        self.out.push(block);
    }
}

/// A line that may go on from the paragraph before it.
struct Here<'a> {
    shape: Shape,
    text: &'a str,
    kind: LineKind,
    group: Group,
    /// Whether so many lines of the document are full that it must have been wrapped.
    is_wrapped_text: bool,
    /// See [`bare_ends`].
    bare_end: u32,
    in_title_zone: bool,
    /// The indentation of the line below, where this one is indented.
    indent_below: Option<f32>,
    at: usize,
    habits: &'a Habits,
    /// Whether its number does not follow the one before, or has no other beside it in the document.
    is_out_of_order: bool,
}

impl Here<'_> {
    /// Whether enough lines around this one are full to show that they were wrapped.
    fn has_full_lines(&self) -> bool {
        // Where every line is a sentence, none was broken.
        self.group.full >= ENOUGH_FULL && self.group.open > 0
    }

    /// See [`Habits::of_line`].
    fn evidence(&self) -> f32 {
        self.habits.of_line(self.at, self.text)
    }
}

/// The paragraph being gathered.
#[derive(Clone, Copy, Debug, Default)]
struct Paragraph {
    is_open: bool,
    first: Shape,
    kind: LineKind,
    last: Shape,
    lines: u32,
    /// How far apart the characters of the last line are set, in em: on a grid more than 1.
    pitch: f32,
    /// Whether the last line was cut after so many characters as all full lines are.
    is_cut: bool,
    /// Brackets opened and not yet closed, in a paragraph that begins with one.
    open_brackets: i32,
}

impl Paragraph {
    fn begin(shape: Shape, text: &str, kind: LineKind, setting: &Setting) -> Paragraph {
        let is_open = !kind.is_row && !chars::strip(text).is_empty();
        let noted = chars::strip_start(text).starts_with(['（', '(']) && kind.class.is_none();
        let open_brackets = if noted { brackets(text) } else { 0 };
        let mut paragraph = Paragraph { is_open, first: shape, kind, open_brackets, ..Paragraph::default() };
        paragraph.measure(shape, text, setting);
        paragraph
    }

    fn measure(&mut self, shape: Shape, text: &str, setting: &Setting) {
        self.last = shape;
        self.lines += 1;
        self.pitch = pitch(&shape, text);
        self.is_cut = is_cut(&shape, text, setting);
    }

    fn extend(&mut self, shape: Shape, text: &str, setting: &Setting) {
        self.measure(shape, text, setting);
        if self.open_brackets > 0 {
            self.open_brackets += brackets(text);
        }
    }

    /// Whether the line after this paragraph belongs to it.
    fn goes_on(&self, block: &Block, here: &Here<'_>, setting: &Setting) -> bool {
        let next = &here.shape;
        // Where the format says which lines are one paragraph, others are not asked; but a line that it keeps with a
        // short one may follow a line break.
        if let (Some(own), Some(other)) = (self.last.paragraph, next.paragraph) {
            let is_short = self.last.slack.is_some_and(|slack| slack * 3.0 > self.last.width);
            if own != other || !is_short {
                return own == other;
            }
        }
        if here.kind.is_row || (next.gap >= self.most_gap(next) && next.start == Start::Line) {
            return false;
        }
        let before = block.text().map_or("", |text| chars::strip_end(text.as_str()));
        let after = chars::strip_start(here.text);
        let (Some(end), Some(start)) = (before.chars().next_back(), after.chars().next()) else {
            return false;
        };
        // Spaces set a line of a text in the middle or at the right.
        let is_set_apart = self.last.slack.is_none() && self.last.indent >= FAR && next.indent < INDENT;
        if is_set_apart && !before.contains(['，', '。', '；', '、', ',']) {
            return false;
        }
        let cannot_begin = match start {
            '”' | '’' => leaves_open(before, start),
            // Else something is left out between two paragraphs.
            '…' => is_han(end) && after.ends_with(ends_clause),
            // Punctuation becomes Chinese only later.
            ',' | ';' | ')' | '?' | '!' | ':' => {
                let is_chinese = is_han(end) || end.is_ascii_digit() || matches!(end, '”' | '）' | '》');
                is_chinese && after[1..].starts_with(is_han)
            }
            start => cannot_begin(start),
        };
        // The point after a number that stands above: 2 and ．防汛责任.
        if cannot_begin || (start == '．' && end.is_ascii_digit()) {
            return true;
        }
        if self.open_brackets > 0 && self.is_alike(next) && self.lines < MOST_NOTED {
            return here.kind.class.is_none();
        }
        let need = || first_piece(after) * next.size.max(self.pitch) + 0.3;
        let is_full = self.is_cut || slack(&self.last, setting).is_some_and(|slack| slack < need());
        let is_flush = setting.indented && next.indent < INDENT;
        self.may_go_on(before, end, here, is_full, is_flush, setting)
            && !self.look_ends(here, is_full)
            && !self.kind_ends(before, here, is_full, is_flush, setting)
    }

    /// Whether anything speaks for its going on.
    fn may_go_on(
        &self,
        before: &str,
        end: char,
        here: &Here<'_>,
        is_full: bool,
        is_flush: bool,
        setting: &Setting,
    ) -> bool {
        let next = &here.shape;
        if self.is_bullet_line(before, chars::strip_start(here.text), next) {
            return true;
        }
        let shows_start = next.indent - self.base() >= INDENT && !is_centred(next);
        if shows_start && !(is_full && (self.outdents(next) || self.centres(next))) {
            return is_full && (self.hangs(next) || self.is_block(before, end, here, setting));
        }
        self.words_go_on(before, end, here, is_full, is_flush, setting)
    }

    /// Whether the look of the next line shows that it begins a paragraph.
    fn look_ends(&self, here: &Here<'_>, is_full: bool) -> bool {
        let (last, next) = (&self.last, &here.shape);
        // How a full line is aligned cannot be seen.
        let is_display = is_full && self.is_display();
        let align_changes = is_centred(last) != is_centred(next) && !is_display;
        align_changes || self.looks_change(next, here.text)
    }

    /// Whether what the next line is, or what this paragraph is, ends it here.
    fn kind_ends(
        &self,
        before: &str,
        here: &Here<'_>,
        is_full: bool,
        is_flush: bool,
        setting: &Setting,
    ) -> bool {
        let after = chars::strip_start(here.text);
        // Each attachment stands on a line of its own.
        let is_listed = is_full
            && !words::is_attachment_note(before)
            && here.kind.class.is_some_and(|(class, number)| {
                is_flush && !breaks::begins_anew(before, class, after)
                    || counts_within(before, class, number)
                    || self.refers(before, here)
            });
        let numbers_title = is_full && here.in_title_zone && numbers_title(before, after);
        let counts_letters = self.kind.letter.is_some_and(|letter| here.kind.letter == Some(letter + 1));
        let begins = here.kind.class.is_some() && !is_listed && !numbers_title || counts_letters;
        // A paragraph below the title, or a title that was wrapped after such a word.
        let goes_on_flush = is_full && is_flush && self.first.indent >= INDENT;
        let is_within = || {
            goes_on_flush
                || is_full
                    && (numbers_title || (words::ends_in_document_word(after) && !words::is_prose(after)))
        };
        // What looks through all of the paragraph is asked last: it may have many lines.
        let may_be_title = here.in_title_zone && before.len() <= LONGEST_TITLE;
        let is_title = may_be_title
            && words::ends_in_document_word(before)
            && !before.contains(['，', ','])
            && !is_within()
            && !(is_full && seems_title(before, after));
        // What the title is followed by: the line that addresses the reader.
        let is_more_of_it = || {
            goes_on_flush
                || before.ends_with('、')
                || is_full && before.contains('、') && !words::ends_in_document_word(before)
                || after.trim_end_matches(['：', ':']).ends_with("如下")
        };
        let addresses = may_be_title
            && after.len() <= LONGEST_ADDRESS
            && words::is_salutation(after)
            && after.contains(is_han)
            && !before.contains(['，', ',', '；'])
            && !is_more_of_it();
        // 一是 begins the words below a heading.
        let heads_points = self.kind.class.is_some()
            && words::counts_in_words(after)
            && !chars::has_mark(before, ['，', '。', '；', '：']);
        // Nothing follows the bracket that closes a note, as 以上写明管水员的姓名 is.
        let is_noted = !is_flush && self.kind.class.is_none() && is_note(before);
        here.kind.begins
            || here.kind.is_bullet
            || is_noted
            || addresses
            || heads_points
            || (begins_with_date(before) && begins_with_date(after))
            || (begins_with_time(before) && begins_with_time(after))
            || (is_labelled(after) && is_labelled(before) && !chars::has_mark(before, ['，', '。', '；']))
            || is_note_of_history(before)
            || begins
            || is_title
            || (!setting.indented && self.heads_full_line(before, here, setting))
    }

    /// Whether a numbered line that happens to fill its line is a heading all the same: its kin are, and the next
    /// line reads as the words below it.
    fn heads_full_line(&self, text: &str, here: &Here<'_>, setting: &Setting) -> bool {
        let heads = self.kind.class.is_some_and(|(class, _)| setting.own[class as usize]);
        let is_next_long = slack(&here.shape, setting).is_some_and(|slack| slack < 1.6)
            || ends_sentence(chars::strip_end(here.text));
        let most = setting.full.map_or(0, |full| (LONGEST_HEADING / full).ceil() as u32).max(MOST_HEADING);
        let is_wrapped = here.bare_end > 0 && self.lines + here.bare_end <= most;
        heads
            && self.lines <= most
            && !is_wrapped
            && is_next_long
            && !chars::has_mark(text, ['。', '；'])
            && !text.ends_with(['，', '、'])
    }

    /// Whether a first line stands as a heading would: short, numbered, without a mark within.
    fn is_heading(&self, text: &str) -> bool {
        self.lines == 1 && self.kind.class.is_some() && !chars::has_mark(text, ['，', '。', '；'])
    }
}

/// So many full lines show that a text was wrapped.
const ENOUGH_FULL: u32 = 3;

/// So far in, in em, no paragraph of a text begins: it is a title, the number of an issue, a signature.
const FAR: f32 = 5.0;

/// A numbered heading takes no more lines than this,
const MOST_HEADING: u32 = 4;
/// or, where lines are narrow, has no more characters than this.
const LONGEST_HEADING: f32 = 56.0;

/// A note in brackets takes no more lines than this.
const MOST_NOTED: u32 = 24;

/// How far apart the characters of a line are set, in em, at least 1.
fn pitch(shape: &Shape, text: &str) -> f32 {
    if shape.slack.is_none() {
        return 1.0;
    }
    let cells: u32 = chars::strip(text).chars().map(super::cells).sum();
    if cells < 6 { 1.0 } else { (shape.width * 2.0 / cells as f32).clamp(1.0, 3.0) }
}

/// A title takes no more bytes than this.
const LONGEST_TITLE: usize = 1000;

/// A line that addresses the reader takes no more bytes than this.
const LONGEST_ADDRESS: usize = 120;

/// What stands between the paragraph so far and its next line.
fn between(paragraph: &Paragraph, block: Option<&Block>, after: &str, setting: &Setting) -> &'static str {
    let before = block.and_then(Block::text).map_or("", |text| text.as_str());
    let with = joiner(before, after);
    let is_cut =
        paragraph.is_cut || setting.cut && slack(&paragraph.last, setting).is_some_and(|slack| slack < 0.3);
    let spaced = before.ends_with(' ') || after.starts_with(' ');
    if with == " " && is_cut && !spaced && words_touch(before, after) { "" } else { with }
}

/// Whether what stands on both sides of the break could be one word or number that was cut: there is Chinese
/// about, and neither side has a space near the break that would show a phrase in Latin letters.
fn words_touch(before: &str, after: &str) -> bool {
    let left = chars::strip_end(before).chars().rev().take(40).take_while(|c| c.is_ascii()).any(|c| c == ' ');
    let right = chars::strip_start(after).chars().take(40).take_while(|c| c.is_ascii()).any(|c| c == ' ');
    !left && !right
}

/// Adds a line to the paragraph above it.
fn join(paragraph: Option<&mut Block>, line: Block, with: &'static str, log: &mut Log) {
    let Some(Body::Paragraph(text)) = paragraph.map(|block| &mut block.body) else { return };
    let Body::Paragraph(next) = line.body else { return };
    texts::tell("ln-unwrap", &next, line.mark, "\n", with, log);
    append(text, next, with, line.mark);
}
