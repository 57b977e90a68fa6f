//! How the lines of one document are set: how wide a full line is, whether paragraphs are indented, what lines are
//! numbered with.

use super::measure::{cannot_begin, first_piece, is_centred, is_labelled};
use super::physical::Physical;
use super::sentence::{ends_clause, ends_sentence};
use crate::chars::{self, is_han, stops};
use crate::structure::enumerator::Class;
use qingwen_model::Shape;

/// How lines of one document are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// Width of a full line in em; `None` where lines are not wrapped at a common width.
    pub(super) full: Option<f32>,
    /// Characters of a full line, where lines were cut after so many, however wide.
    pub(super) characters: Option<u32>,
    /// Whether paragraphs begin with an indented line.
    pub(super) indented: bool,
    /// Whether lines were cut after so many characters, within words and before marks alike.
    pub(super) cut: bool,
    /// Whether most lines are short and end in a mark, as those of verse do.
    pub(super) verse: bool,
    /// Whether a sentence that ends at the end of a full line is likelier to be followed by another of the same
    /// paragraph than by a new paragraph; `None` where there is too little text to tell.
    pub(super) goes_on: Option<bool>,
    /// The logarithm of the odds that it is.
    pub(super) odds: f32,
    /// Whether no line that certainly goes on leaves room for what the next begins with: then one that does ends.
    pub(super) exact: bool,
    /// Whether lines that go on stand as far in as the first of their paragraph.
    pub(super) in_blocks: bool,
    /// Whether what follows a colon mostly stands in the same paragraph.
    pub(super) after_colon: bool,
    /// The classes of enumerators that mostly stand on short lines without a mark, as headings do.
    pub(super) own: [bool; Class::COUNT],
}

/// Lines narrower than this, in em, are taken for wrapped text only where more speaks for it.
const NARROW: f32 = 20.0;
/// Lines narrower than this are never taken for wrapped text.
const NARROWEST: f32 = 9.0;
const WIDEST: f32 = 60.0;
/// An indentation of a paragraph's first line, in em.
pub(super) const INDENT: f32 = 1.2;

/// The lines of a document in order; `None` stands for a block that is none.
pub(super) type Lines<'a> = [Option<Physical<'a>>];

impl Setting {
    /// Measures the lines of a document.
    pub(super) fn of(lines: &Lines<'_>) -> Setting {
        let all = || lines.iter().flatten();
        let full = full_width(lines).or_else(|| by_indentation(lines));
        let (mut count, mut indented, mut flush, mut forbidden, mut of_verse) =
            (0u32, 0u32, 0u32, 0u32, 0u32);
        let mut is_measured = full.is_some();
        for Physical { shape, text, .. } in all() {
            count += 1;
            let is_wide = full.is_none_or(|full| shape.indent + shape.width > full * 0.6);
            let is_display = shape.slack.is_none() && full.is_some_and(|full| seems_centred(shape, full));
            // A row of blanks to fill in, set off from the margin, is no paragraph.
            let is_prose = || !is_display && super::small::wide_gaps(text) < 2;
            indented += u32::from(is_wide && (INDENT..=6.0).contains(&shape.indent) && is_prose());
            flush += u32::from(is_wide && shape.indent < INDENT);
            of_verse += u32::from(shape.width < NARROW && text.ends_with(ends_clause));
            forbidden += u32::from(text.starts_with(cannot_begin));
            is_measured |= shape.slack.is_some();
        }
        let mut setting = Setting {
            full,
            characters: full.and_then(|_| full_count(lines)),
            indented: indented > 0 && indented as f32 * lines_to_indent(full) >= (indented + flush) as f32,
            cut: count >= 3 && forbidden * 60 >= count,
            verse: of_verse >= 4 && of_verse * 2 >= count,
            goes_on: None,
            odds: 0.0,
            exact: false,
            in_blocks: false,
            after_colon: false,
            own: [false; Class::COUNT],
        };
        // Where no line is known to be short, nothing can be learnt from those that are.
        if is_measured {
            setting.learn(lines);
            setting.learn_breaks(lines);
        }
        setting
    }

    /// Learns from the lines that are certainly not full how paragraphs end, and which enumerators head.
    fn learn(&mut self, lines: &Lines<'_>) {
        let (mut within, mut ending) = (0usize, 0usize);
        let mut own = [(0u32, 0u32); Class::COUNT];
        let (mut after_end, mut after_colon) = (false, false);
        let (mut in_colons, mut end_colons) = (0usize, 0usize);
        let mut numbered: Option<Class> = None;
        for Physical { shape, text, number, .. } in lines.iter().flatten() {
            let is_short = slack(shape, self).is_some_and(|slack| slack >= 2.0);
            let stops = stops(text).count();
            within += stops - usize::from(text.ends_with('。'));
            // Only a paragraph that begins as any line might can be mistaken for more of the one before.
            ending += usize::from(after_end && number.is_none());
            after_end = is_short && ends_sentence(text);
            in_colons += chars::marks(text, ['：']).count() - usize::from(text.ends_with('：'));
            end_colons += usize::from(after_colon && number.is_none());
            after_colon = is_short && text.ends_with('：');
            // A heading may take several lines; the last of them is short.
            if let Some(number) = number {
                numbered = Some(number.class);
            }
            if stops > 0 && !text.ends_with('。') {
                numbered = None;
            }
            if let Some(class) = numbered.take_if(|_| is_short) {
                let (heads, all) = &mut own[class as usize];
                *heads += u32::from(!text.ends_with(['。', '；', '：', '，', ';', ':', '.']));
                *all += 1;
            }
        }
        self.odds = ((within as f32 + 1.0) / (ending as f32 + 1.5)).ln();
        // A false join hides two paragraphs, a false break spoils one.
        self.goes_on = (within + ending >= 3).then_some(within > 2 * ending);
        self.after_colon = in_colons >= 2 && in_colons > 2 * end_colons;
        self.own = own.map(|(heads, all)| all >= 2 && heads * 2 > all);
    }

    /// Learns from the lines that end within a word or a sentence how lines are broken.
    fn learn_breaks(&mut self, lines: &Lines<'_>) {
        const LONG: f32 = 0.75;
        let (mut broken, mut loose, mut flush, mut level) = (0u32, 0u32, 0u32, 0u32);
        let Some(full) = self.full else { return };
        let all = || lines.iter().flatten();
        for (Physical { shape, text, .. }, below) in all().zip(all().skip(1)) {
            let next = below.shape;
            let goes_on = text.ends_with(char::is_alphanumeric)
                && shape.indent + shape.width >= full * LONG
                && next.gap < 0.5
                && below.number.is_none();
            if !goes_on {
                continue;
            }
            let room = has_room(shape, below.text, self);
            if next.indent < INDENT || (next.indent - shape.indent).abs() < 0.3 {
                (broken, loose) = (broken + 1, loose + u32::from(room));
            }
            if shape.indent >= INDENT && !room {
                flush += u32::from(next.indent < INDENT);
                level += u32::from((next.indent - shape.indent).abs() < 0.3);
            }
        }
        self.exact = loose * 20 < broken;
        self.in_blocks = level > flush;
    }
}

/// Whether spaces before a line of a text put it in the middle.
fn seems_centred(shape: &Shape, full: f32) -> bool {
    let right = full - shape.indent - shape.width;
    shape.indent >= 2.5 && (shape.indent - right).abs() <= 1.5
}

/// A text that is indented has an indented line in so many, at least: a paragraph takes more lines where they are
/// narrow.
fn lines_to_indent(full: Option<f32>) -> f32 {
    const LINES: f32 = 20.0;
    const COMMON: f32 = 28.0;
    full.map_or(LINES, |full| LINES * (COMMON / full).max(1.0))
}

/// The width at which lines are full: the commonest among the widest, where that is a width text is set in.
fn full_width(lines: &Lines<'_>) -> Option<f32> {
    const STEPS: usize = 2 * WIDEST as usize + 2;
    let lines = || lines.iter().flatten().filter(|line| !line.has_tab);
    // Half an em a step: a cell. The last step takes all that is wider.
    let step = |shape: &Shape| (((shape.indent + shape.width) * 2.0).round().max(0.0) as usize).min(STEPS);
    let mut all = [0u32; STEPS + 1];
    lines().for_each(|line| all[step(line.shape)] += 1);
    let total: u32 = all.iter().sum();
    // A few lines may be wider than the text: tables, headers, what was typed by hand.
    let allowed = total / 40;
    let mut beyond = 0;
    let mut widest = STEPS;
    while widest > 0 && beyond + all[widest] <= allowed {
        beyond += all[widest];
        widest -= 1;
    }
    let is_narrow = (widest as f32) < NARROW * 2.0;
    if widest == STEPS || (widest as f32) < NARROWEST * 2.0 {
        return None;
    }
    let from = widest.saturating_sub(5);
    let mode = (from..=widest).rev().max_by_key(|step| all[*step])?;
    let near: u32 = all[from..=widest].iter().sum();
    let count = |holds: &dyn Fn(&Physical<'_>) -> bool| lines().filter(|line| holds(line)).count() as u32;
    let is_near = |line: &Physical<'_>| (from..=widest).contains(&step(line.shape));
    // Indented beginnings speak for prose; where there are none, more must.
    let indented = count(&|line| (INDENT..=6.0).contains(&line.shape.indent));
    let has_starts = indented * 20 >= total;
    let is_wrapped = if is_narrow {
        // Verse ends its lines in marks, a list has none within them; neither has most lines of one width.
        let alike: u32 = all[mode - 1..=(mode + 2).min(STEPS)].iter().sum();
        let about: u32 = all[mode - 6..=(mode + 2).min(STEPS)].iter().sum();
        let has_starts = has_starts && indented * 5 <= total * 3;
        let marked = count(&|line| has_marks(line.text));
        // Where many lines have marks within, more of them may end in one.
        let (share, marks, bare) = match has_starts {
            true => (4, 8, 3),
            false => (2, 6, if marked * 3 >= total { 3 } else { 4 }),
        };
        let ends_in_word = |text: &str| text.ends_with(|c: char| is_han(c) || c.is_ascii_digit());
        let near_bare = count(&|line| is_near(line) && ends_in_word(line.text));
        let is_prose = near_bare * 6 >= near * bare && marked * marks >= total;
        total >= 12 && near * share >= total && is_prose && (has_starts || alike * 5 >= about * 3)
    } else {
        // Where lines are paragraphs, the widest end as sentences do; the lines of a list have no marks within
        // and no sentence ends in them.
        let is_open = |text: &str| !text.ends_with(['。', '！', '？', '：', '；', ':', '.', '”', '）']);
        let near_open = || count(&|line| is_near(line) && is_open(line.text));
        let near_marked = || count(&|line| is_near(line) && has_marks(line.text));
        let stopped = || count(&|line| stops(line.text).next().is_some());
        let is_prose = || {
            let marked = near_marked();
            marked * 2 >= near || marked * 4 >= near && stopped() * 12 >= total
        };
        total < 8 || (near_open() * 5 >= near * 2 && near * 25 >= total && (has_starts || is_prose()))
    };
    is_wrapped.then_some(mode as f32 / 2.0)
}

/// Whether a line has marks within, as prose has and lists have not, or no ideographs.
fn has_marks(text: &str) -> bool {
    let inner = text.trim_end_matches(['，', '。', '；', '、', ',', '.', ';']);
    inner.contains(['，', '。', '；', '、', ',', ';']) || !super::measure::has_han(text)
}

/// The width of the widest line, where too few are full to measure it but all paragraphs are indented: then a
/// flush line of prose is more of the line above it, which must be full.
fn by_indentation(lines: &Lines<'_>) -> Option<f32> {
    let all = || lines.iter().flatten();
    // A mark may hang.
    let end = |line: &Physical<'_>| {
        let hangs = line.text.ends_with(cannot_begin);
        line.shape.indent + line.shape.width - f32::from(u8::from(hangs))
    };
    let is_too_wide = |line: &Physical<'_>| line.shape.indent + line.shape.width - 1.0 > WIDEST;
    let is_indented = |shape: &Shape| (INDENT..=6.0).contains(&shape.indent);
    if all().any(|line| is_too_wide(line) || line.has_tab) {
        return None;
    }
    let widest = all().map(end).fold(0.0, f32::max);
    if !(NARROWEST / 0.6..=WIDEST).contains(&widest) {
        return None;
    }
    let mut rest = all().skip_while(|line| !is_indented(line.shape) || is_centred(line.shape)).peekable();
    let mut goes_on = false;
    while let Some(line) = rest.next() {
        let Some(below) = rest.peek() else { break };
        let next = below.shape;
        if next.indent >= INDENT || !below.text.ends_with(|c| may_end(c) || matches!(c, '，' | '、' | ','))
        {
            continue;
        }
        let is_full = end(line) + first_piece(below.text) + 0.3 > widest;
        if next.gap >= 0.5 || !is_full || below.number.is_some() {
            // A short line may be an addressee or a label.
            if next.width * 2.0 >= widest {
                return None;
            }
            continue;
        }
        let is_open = !line.text.ends_with(may_end);
        goes_on |= is_indented(line.shape)
            && is_open
            && is_running(line.text, line.number.is_some())
            && !is_labelled(below.text);
    }
    goes_on.then_some(widest)
}

/// Whether a mark may end a paragraph of prose.
fn may_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '：' | '；' | '.' | '!' | '?' | ':' | ';' | '”' | '）' | ')')
}

/// Whether a line reads as running text: a heading has a number and no marks.
pub(super) fn is_running(text: &str, is_numbered: bool) -> bool {
    !is_numbered || text.contains(['，', '、', '。', ',', '；'])
}

/// Characters of a line, its indentation counted in.
fn characters(shape: &Shape, text: &str) -> u32 {
    chars::strip(text).chars().count() as u32 + shape.indent.round() as u32
}

/// The number of characters after which lines were cut, where one number stands out as no wrapping at a width
/// makes it.
fn full_count(lines: &Lines<'_>) -> Option<u32> {
    const MOST: usize = 121;
    let mut all = [0u32; MOST + 1];
    let mut total = 0;
    for line in lines.iter().flatten().filter(|line| !line.has_tab) {
        all[(characters(line.shape, line.text) as usize).min(MOST)] += 1;
        total += 1;
    }
    let mode = (20..MOST).max_by_key(|count| all[*count])?;
    let beyond: u32 = all[mode + 1..].iter().sum();
    let stands_out = all[mode] >= 3 && all[mode] * 6 >= total && all[mode] >= 3 * all[mode - 1];
    (stands_out && beyond * 40 <= total).then_some(mode as u32)
}

/// Whether a line has as many characters as any may have.
pub(super) fn is_cut(shape: &Shape, text: &str, setting: &Setting) -> bool {
    setting.characters.is_some_and(|count| characters(shape, text) >= count)
}

/// White space at the right of a line, in em; `None` where nothing tells.
pub(super) fn slack(shape: &Shape, setting: &Setting) -> Option<f32> {
    shape.slack.or_else(|| setting.full.map(|full| full - shape.indent - shape.width))
}

/// Whether the beginning of the line below would have fitted: in a text, that is exact.
pub(super) fn has_room(shape: &Shape, below: &str, setting: &Setting) -> bool {
    shape.slack.is_none() && slack(shape, setting).is_some_and(|slack| slack >= first_piece(below))
}
