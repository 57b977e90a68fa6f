//! How wide lines are, how wide they could be, and what stands between two that are joined.

use super::sentence::{ends_clause, ends_sentence};
use crate::chars::{self, is_han, stops};
use crate::structure::enumerator::{self, Class};
use qingwen_model::{Align, Block, Shape};

/// Marks that cannot begin a line (GB/T 15834-2011, 5.1.1 and 5.1.3).
pub(crate) const NO_START: &str = "，。、；：？！）》〉」』】〕”’…％";
/// Marks that cannot end a line (GB/T 15834-2011, 5.1.3).
pub(crate) const NO_END: &str = "（《〈「『【〔“‘";

/// Width in cells of a fixed-width screen: two for what is wide, full-width or ambiguous.
pub(crate) fn cells(c: char) -> u32 {
    match c {
        ' '..='\u{ff}' => 1 + u32::from(matches!(c, '·' | '×' | '÷' | '±' | '§' | '°')),
        '\t' => 4,
        '\u{100}'..='\u{10ff}' | '\u{ff61}'..='\u{ff9f}' => 1,
        _ => 2,
    }
}

/// How lines of one document are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    /// Width of a full line in em; `None` where lines are not wrapped at a common width.
    pub(crate) full: Option<f32>,
    /// Characters of a full line, where lines were cut after so many, however wide.
    pub(crate) characters: Option<u32>,
    /// Whether paragraphs begin with an indented line.
    pub(crate) indented: bool,
    /// Whether lines were cut after so many characters, within words and before marks alike.
    pub(crate) cut: bool,
    /// Whether most lines are short and end in a mark, as those of verse do.
    pub(crate) verse: bool,
    /// Whether a sentence that ends at the end of a full line is likelier to be followed by another of the same
    /// paragraph than by a new paragraph; `None` where there is too little text to tell.
    pub(crate) goes_on: Option<bool>,
    /// The logarithm of the odds that it is.
    pub(crate) odds: f32,
    /// Whether no line that certainly goes on leaves room for what the next begins with: then one that does ends.
    pub(crate) exact: bool,
    /// Whether lines that go on stand as far in as the first of their paragraph.
    pub(crate) in_blocks: bool,
    /// Whether what follows a colon mostly stands in the same paragraph.
    pub(crate) after_colon: bool,
    /// The classes of enumerators that mostly stand on short lines without a mark, as headings do.
    pub(crate) own: [bool; Class::COUNT],
}

/// Lines narrower than this, in em, are taken for wrapped text only where more speaks for it.
const NARROW: f32 = 20.0;
/// Lines narrower than this are never taken for wrapped text.
const NARROWEST: f32 = 9.0;
const WIDEST: f32 = 60.0;
/// An indentation of a paragraph's first line, in em.
pub(crate) const INDENT: f32 = 1.2;

impl Setting {
    /// Measures the lines of a document.
    pub(crate) fn of<'a>(lines: impl Iterator<Item = (&'a Shape, &'a str)> + Clone) -> Setting {
        let full = full_width(lines.clone()).or_else(|| by_indentation(lines.clone()));
        let (mut count, mut indented, mut flush, mut forbidden, mut of_verse) =
            (0u32, 0u32, 0u32, 0u32, 0u32);
        let all = lines.clone();
        for (shape, text) in lines.clone() {
            count += 1;
            let is_wide = full.is_none_or(|full| shape.indent + shape.width > full * 0.6);
            let is_display = shape.slack.is_none() && full.is_some_and(|full| seems_centred(shape, full));
            // A row of blanks to fill in, set off from the margin, is no paragraph.
            let is_prose = || !is_display && super::small::wide_gaps(text) < 2;
            indented += u32::from(is_wide && (INDENT..=6.0).contains(&shape.indent) && is_prose());
            flush += u32::from(is_wide && shape.indent < INDENT);
            of_verse += u32::from(shape.width < NARROW && text.trim_end().ends_with(ends_clause));
            forbidden += u32::from(chars::strip_start(text).starts_with(|c| NO_START.contains(c)));
        }
        let mut setting = Setting {
            full,
            characters: full.and_then(|_| full_count(lines.clone())),
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
        setting.learn(all.clone());
        setting.learn_breaks(all);
        setting
    }

    /// Learns from the lines that are certainly not full how paragraphs end, and which enumerators head.
    fn learn<'a>(&mut self, lines: impl Iterator<Item = (&'a Shape, &'a str)>) {
        let (mut within, mut ending) = (0usize, 0usize);
        let mut own = [(0u32, 0u32); Class::COUNT];
        let (mut after_end, mut after_colon) = (false, false);
        let (mut in_colons, mut end_colons) = (0usize, 0usize);
        let mut numbered: Option<Class> = None;
        for (shape, text) in lines {
            let text = chars::strip_end(text);
            let is_short = slack(shape, self).is_some_and(|slack| slack >= 2.0);
            let enumerator = enumerator::parse(text);
            let stops = stops(text).count();
            within += stops - usize::from(text.ends_with('。'));
            // Only a paragraph that begins as any line might can be mistaken for more of the one before.
            ending += usize::from(after_end && enumerator.is_none());
            after_end = is_short && ends_sentence(text);
            in_colons +=
                text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)].matches('：').count();
            end_colons += usize::from(after_colon && enumerator.is_none());
            after_colon = is_short && text.ends_with('：');
            // A heading may take several lines; the last of them is short.
            if let Some(e) = enumerator {
                numbered = Some(e.class);
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
    fn learn_breaks<'a>(&mut self, lines: impl Iterator<Item = (&'a Shape, &'a str)> + Clone) {
        const LONG: f32 = 0.75;
        let (mut broken, mut loose, mut flush, mut level) = (0u32, 0u32, 0u32, 0u32);
        let Some(full) = self.full else { return };
        for ((shape, text), (next, below)) in lines.clone().zip(lines.skip(1)) {
            let goes_on = text.trim_end().ends_with(char::is_alphanumeric)
                && shape.indent + shape.width >= full * LONG
                && next.gap < 0.5
                && enumerator::parse(below).is_none();
            if !goes_on {
                continue;
            }
            let room = has_room(shape, below, self);
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

/// Whether a line has a tab.
pub(super) fn has_tab(text: &str) -> bool {
    memchr::memchr(b'\t', text.as_bytes()).is_some()
}

/// The width at which lines are full: the commonest among the widest, where that is a width text is set in.
fn full_width<'a>(lines: impl Iterator<Item = (&'a Shape, &'a str)>) -> Option<f32> {
    const STEPS: usize = 2 * WIDEST as usize + 2;
    // Half an em a step: a cell. The last step takes all that is wider.
    let mut all = [0u32; STEPS + 1];
    let mut open = [0u32; STEPS + 1];
    // Lines that end in no mark at all, and lines that have marks within, as prose has and lists have not.
    let mut bare = [0u32; STEPS + 1];
    let mut marked = [0u32; STEPS + 1];
    let (mut total, mut indented, mut stopped) = (0u32, 0u32, 0u32);
    for (shape, text) in lines.filter(|(_, text)| !has_tab(text)) {
        let step = (((shape.indent + shape.width) * 2.0).round().max(0.0) as usize).min(STEPS);
        let text = chars::strip(text);
        all[step] += 1;
        open[step] += u32::from(!text.ends_with(['。', '！', '？', '：', '；', ':', '.', '”', '）']));
        bare[step] += u32::from(text.ends_with(|c: char| is_han(c) || c.is_ascii_digit()));
        let inner = text.trim_end_matches(['，', '。', '；', '、', ',', '.', ';']);
        marked[step] += u32::from(inner.contains(['，', '。', '；', '、', ',', ';']) || !has_han(text));
        indented += u32::from((INDENT..=6.0).contains(&shape.indent));
        stopped += u32::from(text.contains('。'));
        total += 1;
    }
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
    let near_open: u32 = open[from..=widest].iter().sum();
    let near_bare: u32 = bare[from..=widest].iter().sum();
    let near_marked: u32 = marked[from..=widest].iter().sum();
    // Indented beginnings speak for prose; where there are none, more must.
    let has_starts = indented * 20 >= total;
    let is_wrapped = if is_narrow {
        // Verse ends its lines in marks, a list has none within them; neither has most lines of one width.
        let alike: u32 = all[mode - 1..=(mode + 2).min(STEPS)].iter().sum();
        let about: u32 = all[mode - 6..=(mode + 2).min(STEPS)].iter().sum();
        let has_starts = has_starts && indented * 5 <= total * 3;
        let marked: u32 = marked.iter().sum();
        // Where many lines have marks within, more of them may end in one.
        let (share, marks, bare) = match has_starts {
            true => (4, 8, 3),
            false => (2, 6, if marked * 3 >= total { 3 } else { 4 }),
        };
        let is_prose = near_bare * 6 >= near * bare && marked * marks >= total;
        total >= 12 && near * share >= total && is_prose && (has_starts || alike * 5 >= about * 3)
    } else {
        // Where lines are paragraphs, the widest end as sentences do; the lines of a list have no marks within
        // and no sentence ends in them.
        let has_sentences = near_marked * 4 >= near && stopped * 12 >= total;
        let is_prose = has_starts || near_marked * 2 >= near || has_sentences;
        total < 8 || (near_open * 5 >= near * 2 && near * 25 >= total && is_prose)
    };
    is_wrapped.then_some(mode as f32 / 2.0)
}

/// The width of the widest line, where too few are full to measure it but all paragraphs are indented: then a
/// flush line of prose is more of the line above it, which must be full.
fn by_indentation<'a>(lines: impl Iterator<Item = (&'a Shape, &'a str)> + Clone) -> Option<f32> {
    let hangs = |text: &str| f32::from(u8::from(text.ends_with(|c| NO_START.contains(c))));
    let end = |shape: &Shape, text: &str| shape.indent + shape.width - hangs(text);
    let is_indented = |shape: &Shape| (INDENT..=6.0).contains(&shape.indent);
    let widest = lines.clone().map(|(shape, text)| end(shape, chars::strip_end(text))).fold(0.0, f32::max);
    if !(NARROWEST / 0.6..=WIDEST).contains(&widest) || lines.clone().any(|(_, text)| has_tab(text)) {
        return None;
    }
    let mut lines = lines.skip_while(|(shape, _)| !is_indented(shape) || is_centred(shape)).peekable();
    let mut goes_on = false;
    while let Some((shape, text)) = lines.next() {
        let (text, Some((next, below))) = (chars::strip_end(text), lines.peek()) else { break };
        if next.indent >= INDENT
            || !chars::strip_end(below).ends_with(|c| ENDS.contains(c) || "，、,".contains(c))
        {
            continue;
        }
        let is_full = end(shape, text) + first_piece(below) + 0.3 > widest;
        if next.gap >= 0.5 || !is_full || enumerator::parse(below).is_some() {
            // A short line may be an addressee or a label.
            if next.width * 2.0 >= widest {
                return None;
            }
            continue;
        }
        let is_open = !text.ends_with(|c| ENDS.contains(c));
        goes_on |= is_indented(shape) && is_open && is_running(text) && !is_labelled(below);
    }
    goes_on.then_some(widest)
}

/// Whether a line begins with a label: 乙方（承租方）：某某公司。
pub(super) fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 12;
    let colon = chars::strip_start(text).chars().take(LONGEST + 1).position(|c| matches!(c, '：' | ':'));
    colon.is_some_and(|at| {
        let mut around = chars::strip(text).chars().skip(at.saturating_sub(1));
        let before = around.next();
        at >= 2 && around.nth(1).is_some() && before.is_some_and(|c| is_han(c) || matches!(c, '）' | ')'))
    })
}

/// Marks that may end a paragraph of prose.
const ENDS: &str = "。！？：；.!?:;”）)";

/// Whether a line reads as running text: a heading has a number and no marks.
pub(super) fn is_running(text: &str) -> bool {
    enumerator::parse(text).is_none() || text.contains(['，', '、', '。', ',', '；'])
}

/// Characters of a line, its indentation counted in.
fn characters(shape: &Shape, text: &str) -> u32 {
    chars::strip(text).chars().count() as u32 + shape.indent.round() as u32
}

/// The number of characters after which lines were cut, where one number stands out as no wrapping at a width
/// makes it.
fn full_count<'a>(lines: impl Iterator<Item = (&'a Shape, &'a str)>) -> Option<u32> {
    const MOST: usize = 121;
    let mut all = [0u32; MOST + 1];
    let mut total = 0;
    for (shape, text) in lines.filter(|(_, text)| !has_tab(text)) {
        all[(characters(shape, text) as usize).min(MOST)] += 1;
        total += 1;
    }
    let mode = (20..MOST).max_by_key(|count| all[*count])?;
    let beyond: u32 = all[mode + 1..].iter().sum();
    let stands_out = all[mode] >= 3 && all[mode] * 6 >= total && all[mode] >= 3 * all[mode - 1];
    (stands_out && beyond * 40 <= total).then_some(mode as u32)
}

/// Whether a line has as many characters as any may have.
pub(crate) fn is_cut(shape: &Shape, text: &str, setting: &Setting) -> bool {
    setting.characters.is_some_and(|count| characters(shape, text) >= count)
}

/// Whether a line is set in the middle of its column. A line that nearly fills it only seems to be.
pub(crate) fn is_centred(shape: &Shape) -> bool {
    const ROOM: f32 = 1.5;
    shape.align == Align::Center && shape.slack.is_none_or(|slack| slack >= ROOM && shape.indent >= ROOM)
}

/// White space at the right of a line, in em; `None` where nothing tells.
pub(crate) fn slack(shape: &Shape, setting: &Setting) -> Option<f32> {
    shape.slack.or_else(|| setting.full.map(|full| full - shape.indent - shape.width))
}

/// Whether the beginning of the line below would have fitted: in a text, that is exact.
pub(super) fn has_room(shape: &Shape, below: &str, setting: &Setting) -> bool {
    shape.slack.is_none() && slack(shape, setting).is_some_and(|slack| slack >= first_piece(below))
}

/// Room the beginning of a line would have needed at the end of the one before, in em: what cannot be divided, a
/// word or a character with the marks that may not begin a line.
pub(crate) fn first_piece(text: &str) -> f32 {
    let mut width = 0;
    let (mut in_word, mut done) = (false, false);
    let text = chars::strip_start(text);
    // An address that is all of a line may stand for itself.
    let is_address = text.starts_with("http") && text.contains(|c: char| c.is_whitespace() || is_han(c));
    let mut chars = text.chars().take(40);
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let before = std::mem::replace(&mut last, c);
        let is_digit = |c: &char| c.is_ascii_digit();
        // 12,650.00 and 9:00
        let in_number = || {
            matches!(c, ',' | ':') && is_digit(&before) && chars.clone().next().is_some_and(|c| is_digit(&c))
        };
        let is_word = c.is_ascii_alphanumeric()
            || matches!(c, '.' | '%' | '+' | '-' | '/' | '@' | '_')
            || (is_address && matches!(c, ':' | '?' | '=' | '&' | '#' | '~'))
            || in_number();
        if (in_word && !is_word || done) && !NO_START.contains(c) {
            break;
        }
        width += cells(c);
        done |= NO_START.contains(c) || !(is_word || NO_END.contains(c));
        in_word = is_word;
    }
    width as f32 / 2.0
}

/// What stands between two lines that are joined: nothing where either side is Chinese or both are digits, a
/// space between Latin words.
pub(crate) fn joiner(before: &str, after: &str) -> &'static str {
    let (Some(left), Some(right)) =
        (chars::strip_end(before).chars().next_back(), chars::strip_start(after).chars().next())
    else {
        return "";
    };
    let wide = |c: char| c >= '\u{1100}' && !('\u{2000}'..'\u{2e80}').contains(&c);
    let ambiguous = |c: char| ('\u{2000}'..'\u{2e80}').contains(&c) || matches!(c, '·' | '×' | '÷' | '±');
    let chinese = || [before, after].iter().any(|text| has_han(text));
    if wide(left) || wide(right) || ((ambiguous(left) || ambiguous(right)) && chinese()) {
        return "";
    }
    if left.is_ascii_digit() && right.is_ascii_digit() && chinese() {
        return "";
    }
    let cites = || {
        let mut right = chars::strip_start(after).chars();
        right.next() == Some('[') && right.next().is_some_and(|c| c.is_ascii_digit())
    };
    if matches!(left, '¥' | '$' | '€' | '£') && right.is_ascii_digit()
        || matches!(right, ')' | ']')
        || (cites() && chinese())
    {
        return "";
    }
    if left == '-' && right.is_lowercase() {
        return "";
    }
    let divides = || right.is_ascii_digit() && divides_number(before.trim_end());
    // A number alone may be that of a line.
    let word = after.trim_start().bytes().take_while(u8::is_ascii_graphic).count();
    if divides() || (word >= 2 && right.is_ascii_alphanumeric() && ends_in_address(before.trim_end())) {
        ""
    } else {
        " "
    }
}

/// Whether a text ends within a time or a telephone number: 17: or 0431-
fn divides_number(text: &str) -> bool {
    let number = text.strip_suffix([':', '-']);
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends in the path of an address.
fn ends_in_address(text: &str) -> bool {
    const LONGEST: usize = 200;
    let is_part = |c: &char| c.is_ascii_graphic();
    let length = text.chars().rev().take(LONGEST).take_while(is_part).count();
    text.ends_with('/') && text[text.len() - length..].contains("://")
}

/// Whether there is a Han character among the first few hundred.
fn has_han(text: &str) -> bool {
    text.chars().take(200).any(is_han)
}

/// The looks of a block that is one physical line of a paragraph.
pub(crate) fn line(block: &Block) -> Option<(&Shape, &str)> {
    let shape = block.shape.as_ref().filter(|shape| shape.extent == qingwen_model::Extent::Line)?;
    Some((shape, block.as_paragraph()?.as_str()))
}
