//! Numbered series: which items belong together, and whether they are headings or items (algorithm A3).
//!
//! The decision is made for a whole series at once. A short first sentence alone says little; a series whose
//! every member has one, with words below it, says a lot.

use super::entry::{Entry, Kind, Part, Rank, Verdict};
use super::enumerator::{self, Class};
use super::{Outline, words};
use crate::chars::{self, is_han};

/// The longest heading on a line of its own, in characters.
const LONGEST: usize = 60;
/// The longest heading that ends in a full stop or is run into its paragraph.
const LONGEST_SENTENCE: usize = 40;

/// An outline with so many headings has all of their kind.
const OUTLINE: usize = 5;

/// The members of one series, by entry.
struct Series {
    class: Class,
    last: u32,
    members: Vec<usize>,
}

/// How one member of a series looks.
enum Member {
    /// A heading on a line of its own.
    Own,
    /// A heading sentence up to a byte, and its paragraph after it.
    RunIn(usize),
    /// An item.
    Item,
}

/// Decides all series of a document.
pub(crate) fn decide(outline: &mut Outline<'_>) {
    let order = Order::observed(&outline.entries);
    let is_listed = |entry: &Entry| entry.shape.is_some_and(|shape| shape.outline.is_some());
    let counts_decimals = |entry: &&Entry| is_listed(entry) && entry.class() == Some(Class::Decimal);
    let lists_decimals = outline.entries.iter().filter(counts_decimals).count() >= OUTLINE;
    for series in collect(&outline.entries, &order) {
        // 1. may be the heading above 1.1 or an item; an outline that has many of these knows.
        let left_out = || !series.members.iter().any(|at| is_listed(&outline.entries[*at]));
        if !(lists_decimals && series.class >= Class::Arabic && left_out()) {
            decide_one(outline, &series, &order);
        }
    }
    decide_decimals(outline);
    outline.order = order;
}

/// The classes from top to bottom, as this document nests them.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    rank: [usize; Class::COUNT],
}

impl Default for Order {
    fn default() -> Self {
        Order { rank: std::array::from_fn(|at| at) }
    }
}

impl Order {
    /// The rank of a class: 0 is the highest.
    pub(crate) fn of(&self, class: Class) -> usize {
        self.rank[class as usize]
    }

    /// The rank of a class by its place in [`Class`].
    pub(crate) fn rank_of(&self, class: usize) -> usize {
        self.rank[class]
    }

    /// The usual order, except where one class begins anew after items of a lower one more often than the
    /// other way round.
    fn observed(entries: &[Entry]) -> Order {
        let mut anew = [[0u32; Class::COUNT]; Class::COUNT];
        let mut previous: Option<Class> = None;
        for entry in entries.iter().filter(|entry| entry.kind == Kind::Open) {
            let Some(e) = entry.enumerator else { continue };
            if let Some(previous) = previous.filter(|p| *p != e.class && e.number == 1) {
                anew[previous as usize][e.class as usize] += 1;
            }
            previous = Some(e.class);
        }
        let mut classes: Vec<usize> = (0..Class::COUNT).collect();
        for _ in 0..Class::COUNT {
            for at in Class::Han as usize + 1..Class::COUNT {
                let (above, below) = (classes[at - 1], classes[at]);
                // `above` is begun anew below `below`, twice at least: the document nests them so.
                if anew[below][above] > anew[above][below] + 1 {
                    classes.swap(at - 1, at);
                }
            }
        }
        if counts_through_articles(entries) {
            let (article, han) = (Class::Article as usize, Class::Han as usize);
            classes.retain(|class| *class != article);
            let at = classes.iter().position(|class| *class == han).map_or(classes.len(), |at| at + 1);
            classes.insert(at, article);
        }
        let mut order = Order::default();
        for (rank, class) in classes.into_iter().enumerate() {
            order.rank[class] = rank;
        }
        order
    }
}

/// Whether 一、 二、 三、 head the articles of a regulation: they count on while 第X条 stand between them.
fn counts_through_articles(entries: &[Entry]) -> bool {
    let (mut last, mut between, mut counted_on, mut restarts) = (0, false, 0, 0);
    for e in entries.iter().filter_map(|entry| entry.enumerator) {
        match e.class {
            Class::Article => between = true,
            Class::Han => {
                counted_on += u32::from(between && last > 0 && e.number == last + 1);
                restarts += u32::from(e.number <= last);
                (last, between) = (e.number, false);
            }
            _ => {}
        }
    }
    counted_on > restarts
}

/// Gathers the series of a document, in the order they begin.
fn collect(entries: &[Entry], order: &Order) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    let mut open: [Option<usize>; Class::COUNT] = [None; Class::COUNT];
    for (at, entry) in entries.iter().enumerate() {
        if matches!(entry.verdict, Verdict::Title(_)) || entry.kind == Kind::Heading {
            open = [None; Class::COUNT];
        }
        if !entry.is_open() || matches!(entry.part, Part::AttachmentNote | Part::Contents) {
            continue;
        }
        let Some(e) = entry.enumerator.filter(|e| e.class != Class::Decimal) else { continue };
        for (series, rank) in open.iter_mut().zip(order.rank) {
            if rank > order.of(e.class) {
                *series = None;
            }
        }
        match open[e.class as usize].filter(|series| all[*series].last < e.number) {
            Some(series) => {
                all[series].last = e.number;
                all[series].members.push(at);
            }
            None => {
                open[e.class as usize] = Some(all.len());
                all.push(Series { class: e.class, last: e.number, members: vec![at] });
            }
        }
    }
    all
}

fn decide_one(outline: &mut Outline<'_>, series: &Series, order: &Order) {
    if series.class == Class::Article {
        return;
    }
    if series.class.is_division() {
        return decide_divisions(outline, series);
    }
    let members: Vec<Member> = series.members.iter().map(|at| judge(outline, *at)).collect();
    let keeps_items = outline.on.series_items;
    let runs_in = members.iter().any(|m| matches!(m, Member::RunIn(_)));
    let refused = (keeps_items && members.iter().any(|m| matches!(m, Member::Item)))
        || (runs_in && !outline.on.run_in)
        || !outline.on.own_line;
    let with_body: Vec<usize> = series
        .members
        .iter()
        .zip(&members)
        .filter(|(at, member)| match member {
            Member::RunIn(end) => !is_remark(&outline.text(**at)[*end + '。'.len_utf8()..]),
            _ => has_body(outline, **at, order),
        })
        .map(|(at, _)| *at)
        .collect();
    let all_own = members.iter().all(|member| matches!(member, Member::Own));
    let closes = matches!(with_body[..], [only] if all_own && are_sentences(outline, series, only));
    // One alone that ends in a comma is the rest of a sentence.
    let is_rest =
        matches!(series.members[..], [only] if outline.text(only).trim_end().ends_with(['，', ',']));
    if refused || closes || is_rest || with_body.len() * 2 < members.len() {
        return;
    }
    for (at, member) in series.members.iter().zip(members) {
        let rank = Rank::Class(series.class);
        outline.entries[*at].verdict = match member {
            Member::Own => Verdict::Heading("hd-own-line", rank),
            Member::RunIn(end) => Verdict::RunIn(rank, end),
            Member::Item => Verdict::Keep,
        };
    }
}

/// Whether members are sentences below which nothing stands but words without a number below the last: these may be
/// the document's next, as in a letter that asks for one thing and another.
fn are_sentences(outline: &Outline<'_>, series: &Series, with_body: usize) -> bool {
    let is_numbered = |entry: &Entry| entry.enumerator.is_some();
    series.members.len() > 1
        && series.members.last() == Some(&with_body)
        && !outline.entries.get(with_body + 1).is_some_and(is_numbered)
        && series.members.iter().all(|at| outline.text(*at).trim_end().ends_with('。'))
}

/// Looks at the first sentence of one member.
fn judge(outline: &Outline<'_>, at: usize) -> Member {
    let Some(e) = outline.entries[at].enumerator else { return Member::Item };
    let text = outline.text(at);
    let words = text[e.body..].trim_end();
    let base = text.len() - text[e.body..].len();
    let end = words::sentence_end(words, LONGEST + 2);
    let sentence = &words[..end.unwrap_or(words.len())];
    // Steps and clauses in Latin letters are numbered as often as headings are; their looks decide. Below a Chinese
    // number they are Chinese all the same: 一、GDP.
    let is_chinese = matches!(e.class, Class::Han | Class::HanParen);
    let is_word = |c: char| is_han(c) || (is_chinese && c.is_alphabetic());
    if sentence.len() > 4 * (LONGEST + 2) || !sentence.chars().any(is_word) || has_blank(sentence) {
        return Member::Item;
    }
    let length = words::count(sentence);
    let last = sentence.chars().next_back();
    let inner = &sentence[..sentence.len() - last.map_or(0, char::len_utf8)];
    let is_lead_in = matches!(last, Some('：' | ':')) && !is_short_label(e.class, inner);
    let stops = chars::has_mark(inner, ['；', '？', '！'])
        || memchr::memchr(b';', inner.as_bytes()).is_some()
        || matches!(last, Some('；' | ';'));
    // Lists of items may have commas between them; a heading below 一、 has one by mistake.
    let goes_on = matches!(last, Some('，' | ',')) && e.class != Class::Han;
    if stops || is_lead_in || goes_on || words::counts_points(sentence) {
        return Member::Item;
    }
    match end {
        None if length <= LONGEST => Member::Own,
        None => Member::Item,
        Some(end) if end + '。'.len_utf8() == words.len() => {
            let longest = if e.class == Class::Han { LONGEST } else { LONGEST_SENTENCE };
            if length <= longest { Member::Own } else { Member::Item }
        }
        Some(end) if (2..=LONGEST_SENTENCE).contains(&length) => Member::RunIn(base + end),
        Some(_) => Member::Item,
    }
}

/// Whether words leave a blank to fill in, as questions and forms do: （ ）, ____.
fn has_blank(words: &str) -> bool {
    let is_empty = |open: usize, bracket: char| {
        chars::strip_start(&words[open + bracket.len_utf8()..]).starts_with(['）', ')'])
    };
    memchr::memchr(b'_', words.as_bytes()).is_some_and(|at| words[at..].contains("___"))
        || memchr::memchr_iter(b'(', words.as_bytes()).any(|at| is_empty(at, '('))
        || chars::marks(words, ['（']).any(|at| is_empty(at, '（'))
}

/// Whether words are a remark in brackets and no more, as the points of a question are: （6分）. 责任单位： names who does
/// what a heading says.
fn is_remark(text: &str) -> bool {
    words::in_brackets(text).is_some_and(|inner| !inner.contains(['（', '(', '：', ':']))
}

/// 一、指导思想： is a heading that an author ended in a colon; （一）主要做法如下： leads in.
fn is_short_label(class: Class, words: &str) -> bool {
    class == Class::Han
        && words::count(words) <= 12
        && !chars::has_mark(words, ['，', '、'])
        && !["如下", "下列", "以下", "包括", "是"].iter().any(|lead| words.ends_with(lead))
}

/// Whether words follow that the heading could stand above: anything but an item of its own class or a higher
/// one, a date, or the end.
fn has_body(outline: &Outline<'_>, at: usize, order: &Order) -> bool {
    let Some(class) = outline.entries[at].class() else { return false };
    let Some(next) = outline.entries.get(at + 1) else { return false };
    if next.kind == Kind::Heading || matches!(next.verdict, Verdict::Title(_)) {
        return false;
    }
    if matches!(next.part, Part::Date | Part::AttachmentLabel | Part::AttachmentNote | Part::Imprint) {
        return false;
    }
    let signs = words::is_organ(outline.text(at + 1))
        && outline.entries.get(at + 2).is_some_and(|after| after.part == Part::Date);
    !signs && next.class().is_none_or(|c| c == Class::Decimal || order.of(c) > order.of(class))
}

/// 第一章 and 第一节 are headings, unless they stand in a table of contents or begin a sentence.
fn decide_divisions(outline: &mut Outline<'_>, series: &Series) {
    for at in &series.members {
        let text = outline.text(*at).trim_end();
        let Some(e) = outline.entries[*at].enumerator else { continue };
        let words = text.get(e.body..).unwrap_or_default();
        let spaced = e.body > e.end || words.is_empty();
        let ends = words.chars().next_back();
        let stops = words.strip_suffix('.').is_some_and(|words| words.ends_with(is_han));
        let is_sentence = matches!(ends, Some('。' | '；' | '：' | '，' | '！' | ':' | ';' | ',' | '!'))
            || stops
            || chars::has_mark(words, ['。', '；'])
            || (!spaced && words.contains(['，', ',']));
        if outline.on.chapter && !is_sentence && words::count(words) <= LONGEST_SENTENCE {
            outline.entries[*at].verdict = Verdict::Heading("hd-chapter", Rank::Class(series.class));
        }
    }
}

/// 1.1 术语 and 1.2.1 页边, where at least two such lines end in no mark.
fn decide_decimals(outline: &mut Outline<'_>) {
    let is_candidate = |at: usize| {
        let entry = &outline.entries[at];
        if !entry.is_open() || entry.class() != Some(Class::Decimal) {
            return false;
        }
        let text = outline.text(at).trim_end();
        text.chars().count() <= LONGEST
            && !text.ends_with(['。', '；', '：', '，', '.', ';', ':', ','])
            && !words::is_prose(text)
    };
    let found: Vec<usize> = (0..outline.entries.len()).filter(|at| is_candidate(*at)).collect();
    if !outline.on.decimal || found.len() < 2 || !counts_on(outline, &found) {
        return;
    }
    for at in clauses(outline) {
        outline.entries[at].verdict = Verdict::Heading("hd-decimal", Rank::Decimal(1));
    }
    for at in found {
        let parts = outline.entries[at].enumerator.map_or(2, |e| e.parts);
        outline.entries[at].verdict = Verdict::Heading("hd-decimal", Rank::Decimal(parts));
    }
}

/// Whether decimals count as those of clauses do, one up from line to line or anew a level below: 3.5 万人 and 4.2 万人
/// are amounts.
fn counts_on(outline: &Outline<'_>, found: &[usize]) -> bool {
    let numbers = |at: usize| -> Vec<u32> {
        let label = outline.entries[at].enumerator.map_or("", |e| &outline.text(at)[e.start..e.end]);
        label
            .split(['.', '．'])
            .filter_map(|part| enumerator::numeral(part).map(|(number, _)| number))
            .collect()
    };
    let follows = |first: &[u32], second: &[u32]| {
        let same = first.iter().zip(second).take_while(|(a, b)| a == b).count();
        let (first, second) = (&first[same..], &second[same..]);
        match (first.first(), second) {
            (None, [1, ..]) => true,
            (Some(a), [b, rest @ ..]) => *b == a + 1 && rest.iter().all(|number| *number == 1),
            _ => false,
        }
    };
    let pairs = found.windows(2).filter(|pair| follows(&numbers(pair[0]), &numbers(pair[1]))).count();
    pairs * 2 >= found.len() - 1
}

/// The clauses above them, numbered 1, 2, 3 without a point, where these count on from 1.
fn clauses(outline: &Outline<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut next = None;
    for at in 0..outline.entries.len() {
        let text = outline.text(at);
        let number = enumerator::clause(text);
        let is_next = outline.entries[at].is_open()
            && number.is_some_and(|number| next.map_or(number <= 1, |next| number == next))
            && enumerator::is_clause_line(text);
        if is_next {
            found.push(at);
            next = number.map(|number| number + 1);
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// A short unnumbered line before the first （一） or 1., where the 一、 series begins at 二: Word counted the
/// first heading, and the extractor lost its number.
pub(crate) fn find_lost_number(outline: &mut Outline<'_>) {
    if !outline.on.lost_number {
        return;
    }
    let is_han_heading = |entry: &Entry| {
        matches!(
            entry.verdict,
            Verdict::Heading(_, Rank::Class(Class::Han)) | Verdict::RunIn(Rank::Class(Class::Han), _)
        )
    };
    let Some(second) = outline.entries.iter().position(is_han_heading) else { return };
    if outline.entries[second].enumerator.is_none_or(|e| e.number != 2) {
        return;
    }
    let begins = |entry: &Entry| {
        entry.enumerator.is_some_and(|e| e.number == 1 && e.class > Class::Han) && entry.kind == Kind::Open
    };
    let Some(first_item) = outline.entries[..second].iter().position(begins).filter(|at| *at > 0) else {
        return;
    };
    let at = first_item - 1;
    let text = outline.text(at);
    let fits = outline.entries[at].is_open()
        && outline.entries[at].part == Part::None
        && outline.entries[at].enumerator.is_none()
        && !words::counts_in_words(text)
        && (2..=LONGEST_SENTENCE).contains(&words::count(text))
        && !text.contains(['。', '，', '；', '：', '！', '？', ',', ';', ':']);
    if fits {
        outline.entries[at].verdict = Verdict::Heading("hd-lost-number", Rank::Class(Class::Han));
    }
}
