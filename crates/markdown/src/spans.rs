//! Flat runs to nested markup.
//!
//! A [`Text`] has runs that lie flat beside its string; Markdown nests. Each kind of markup becomes a list of
//! [`Span`]s of its own, whose ends are brought to where markup can stand; one sweep over all lists then gives
//! [`Token`]s that open and close in proper order, cutting the spans that overlap.

use crate::unicode::{Class, surely_flanks};
use qingwen_model::{Object, Style, Text};
use std::ops::Range;
use std::sync::Arc;

/// The kinds of inline markup, from the outside in: of two that begin and end together, the earlier holds the
/// later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Link,
    Underline,
    Strike,
    Bold,
    Italic,
    Superscript,
    Subscript,
    Code,
}

const KINDS: [Kind; 8] = [
    Kind::Link,
    Kind::Underline,
    Kind::Strike,
    Kind::Bold,
    Kind::Italic,
    Kind::Superscript,
    Kind::Subscript,
    Kind::Code,
];

impl Kind {
    fn is_set(self, style: &Style) -> bool {
        match self {
            Kind::Link => style.link.is_some(),
            Kind::Underline => style.underline,
            Kind::Strike => style.strike,
            Kind::Bold => style.bold,
            Kind::Italic => style.italic,
            Kind::Superscript => style.superscript,
            Kind::Subscript => style.subscript && !style.superscript,
            Kind::Code => style.code,
        }
    }

    /// Whether CommonMark writes it with delimiters that must flank what they hold.
    pub(crate) fn flanks(self) -> bool {
        matches!(self, Kind::Bold | Kind::Italic | Kind::Strike)
    }

    /// Whether it is written with asterisks, so that neighbours of the kind run together.
    pub(crate) fn is_starred(self) -> bool {
        matches!(self, Kind::Bold | Kind::Italic)
    }

    /// Whether a blank at its edge shows nothing, so that the edge may move past it.
    fn is_blind_to_space(self) -> bool {
        matches!(self, Kind::Bold | Kind::Italic)
    }
}

/// A stretch of one kind of markup.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) link: Option<Arc<str>>,
}

/// A step in writing a text.
#[derive(Clone, Debug)]
pub(crate) enum Token {
    /// Characters, and the objects among them.
    Text(Range<usize>),
    /// The beginning of a piece, by its index.
    Open(usize),
    /// The end of a piece, by its index.
    Close(usize),
}

/// One piece of markup that opens and closes once.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    pub(crate) link: Option<Arc<str>>,
}

/// The markup of a text in proper nesting.
#[derive(Debug, Default)]
pub(crate) struct Nest {
    pub(crate) tokens: Vec<Token>,
    pub(crate) pieces: Vec<Piece>,
}

/// What a caller wants left out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) underline: bool,
    /// Bold is not wanted where the whole is bold by its nature, as in a heading.
    pub(crate) bold: bool,
}

/// Brings the runs of a text into proper nesting. The ranges of `Token::Text`, in order, cover the text.
pub(crate) fn nest(text: &Text, wanted: Wanted) -> Nest {
    let mut lists: [Vec<Span>; KINDS.len()] = Default::default();
    for (list, kind) in lists.iter_mut().zip(KINDS) {
        if kind == Kind::Underline && !wanted.underline || kind == Kind::Bold && !wanted.bold {
            continue;
        }
        *list = spans(text, kind);
        list.iter_mut().for_each(|span| fit(span, kind, text));
        let blank =
            |span: &Span| kind != Kind::Underline && text.as_str()[span.start..span.end].trim().is_empty();
        list.retain(|span| span.start < span.end && !blank(span));
    }
    let sweep = Sweep {
        string: text.as_str(),
        lists: &lists,
        next: [0; KINDS.len()],
        waiting: Vec::new(),
        stack: Vec::new(),
        nest: Nest::default(),
    };
    sweep.run()
}

/// The stretches in which a kind is set. Those of bold or italic that only blanks part are one.
fn spans(text: &Text, kind: Kind) -> Vec<Span> {
    let string = text.as_str();
    let mut spans: Vec<Span> = Vec::new();
    for run in text.styled().iter().filter(|run| kind.is_set(&run.style)) {
        let link = if kind == Kind::Link { run.style.link.clone() } else { None };
        if let Some(last) = spans.last_mut()
            && last.link == link
            && (last.end == run.range.start
                || kind.is_blind_to_space() && string[last.end..run.range.start].chars().all(|c| c == ' '))
        {
            last.end = run.range.end;
        } else {
            spans.push(Span { start: run.range.start, end: run.range.end, link });
        }
    }
    if kind == Kind::Link { cut_at_notes(spans, text) } else { spans }
}

/// A note's mark is a link of its own, and links do not nest.
fn cut_at_notes(spans: Vec<Span>, text: &Text) -> Vec<Span> {
    let mut notes = text.objects().filter(|(_, object)| matches!(object, Object::Note(_))).peekable();
    let mut out = Vec::with_capacity(spans.len());
    for mut span in spans {
        while notes.next_if(|(at, _)| *at < span.start).is_some() {}
        while let Some((at, _)) = notes.next_if(|(at, _)| *at < span.end) {
            out.push(Span { end: at, ..span.clone() });
            span.start = at + '\u{fffc}'.len_utf8();
        }
        out.push(span);
    }
    out
}

/// Moves the edges of a span to where its markup can stand: past blanks, and, where CommonMark would not take
/// the delimiters for markup, past the points or the pair of brackets at the edge. Which of them is bold is
/// not worth asterisks that show; `《合同法》` in bold is written `《**合同法**》`.
fn fit(span: &mut Span, kind: Kind, text: &Text) {
    let string = text.as_str();
    if matches!(kind, Kind::Code | Kind::Underline) {
        let inner = &string[span.start..span.end];
        span.end = span.start + inner.trim_end_matches(['\n', '\r']).len();
        span.start = (span.start + inner.len() - inner.trim_start_matches(['\n', '\r']).len()).min(span.end);
        return;
    }
    loop {
        let inner = &string[span.start..span.end];
        span.end = span.start + inner.trim_end().len();
        span.start += inner.len() - inner.trim_start().len();
        span.start = span.start.min(span.end);
        let inner = &string[span.start..span.end];
        let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return };
        if !kind.flanks() {
            return;
        }
        let before = string[..span.start].chars().next_back().map_or(Class::SPACE, Class::of);
        let after = string[span.end..].chars().next().map_or(Class::SPACE, Class::of);
        if !surely_flanks(after, inside(text, span.end - last.len_utf8(), last)) {
            if is_point(last) || is_note(text, span.end - last.len_utf8()) {
                span.end -= last.len_utf8();
            } else if is_paired(inner) {
                span.start += first.len_utf8();
                span.end -= last.len_utf8();
            } else {
                return;
            }
        } else if !surely_flanks(before, inside(text, span.start, first)) {
            if is_point(first) || is_note(text, span.start) {
                span.start += first.len_utf8();
            } else if is_paired(inner) {
                span.start += first.len_utf8();
                span.end -= last.len_utf8();
            } else {
                return;
            }
        } else {
            return;
        }
    }
}

fn inside(text: &Text, at: usize, c: char) -> Class {
    if c == '\u{fffc}' && text.object_at(at).is_some() { Class::PUNCTUATION } else { Class::of(c) }
}

fn is_note(text: &Text, at: usize) -> bool {
    matches!(text.object_at(at), Some(Object::Note(_)))
}

fn is_point(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '…' | '—' | ',' | '.' | ';' | ':' | '!' | '?'
    )
}

/// Whether a string begins and ends with a pair of brackets or quotes.
fn is_paired(string: &str) -> bool {
    const PAIRS: [(char, char); 14] = [
        ('《', '》'),
        ('（', '）'),
        ('“', '”'),
        ('【', '】'),
        ('〔', '〕'),
        ('「', '」'),
        ('『', '』'),
        ('〈', '〉'),
        ('‘', '’'),
        ('［', '］'),
        ('(', ')'),
        ('[', ']'),
        ('"', '"'),
        ('<', '>'),
    ];
    PAIRS.iter().any(|(open, close)| string.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)))
}

/// What is to be opened: its kind, where its span ends, where it leads.
type Opening = (Kind, usize, Option<Arc<str>>);

/// Walks over all lists at once.
struct Sweep<'a> {
    string: &'a str,
    lists: &'a [Vec<Span>; KINDS.len()],
    next: [usize; KINDS.len()],
    /// What was closed before its end and will be opened again, behind a blank.
    waiting: Vec<(usize, Opening)>,
    /// What is open, outermost first: the piece and where its span ends.
    stack: Vec<(usize, usize)>,
    nest: Nest,
}

impl Sweep<'_> {
    fn run(mut self) -> Nest {
        let length = self.string.len();
        let mut at = 0;
        loop {
            self.turn(at);
            let starts = (0..KINDS.len()).filter_map(|k| self.lists[k].get(self.next[k])).map(|s| s.start);
            let ends = self.stack.iter().map(|&(_, end)| end);
            let waiting = self.waiting.iter().map(|&(start, _)| start);
            let Some(edge) = starts.chain(ends).chain(waiting).min().filter(|_| at < length) else { break };
            if at < edge {
                self.nest.tokens.push(Token::Text(at..edge));
            }
            at = edge;
        }
        if at < length {
            self.nest.tokens.push(Token::Text(at..length));
        }
        self.nest
    }

    /// Closes what ends at a place and opens what begins there. What lies above something that must close is
    /// closed with it and opened again.
    fn turn(&mut self, at: usize) {
        let mut opening: Vec<Opening> = Vec::new();
        for (index, kind) in KINDS.into_iter().enumerate() {
            if let Some(span) = self.lists[index].get(self.next[index])
                && span.start == at
            {
                self.next[index] += 1;
                opening.push((kind, span.end, span.link.clone()));
            }
        }
        opening.extend(self.waiting.extract_if(.., |(start, _)| *start == at).map(|(_, opening)| opening));
        let link_end = opening.iter().find(|(kind, ..)| *kind == Kind::Link).map(|(_, end, _)| *end);
        let opens = !opening.is_empty();
        // A link is not cut if it can be helped, and code, being innermost, always gives way.
        let closes = |&(piece, end): &(usize, usize)| {
            end <= at
                || link_end.is_some_and(|link| end < link)
                || opens && self.nest.pieces[piece].kind == Kind::Code
        };
        if let Some(lowest) = self.stack.iter().position(closes) {
            for (piece, end) in self.stack.drain(lowest..).rev() {
                self.nest.tokens.push(Token::Close(piece));
                let Piece { kind, link } = self.nest.pieces[piece].clone();
                let rest = self.string.get(at..end).unwrap_or_default();
                let blank = rest.len() - rest.trim_start().len();
                if blank < rest.len() && blank > 0 && kind.is_blind_to_space() {
                    self.waiting.push((at + blank, (kind, end, link)));
                } else if blank < rest.len() || end > at && !kind.is_blind_to_space() {
                    opening.push((kind, end, link));
                }
            }
        }
        // Outermost first: what reaches furthest, but code within all.
        let rank = |kind: Kind, end: usize| (kind == Kind::Code, std::cmp::Reverse(end), kind);
        opening.sort_by_key(|&(kind, end, _)| rank(kind, end));
        for (kind, end, link) in opening {
            self.stack.push((self.nest.pieces.len(), end));
            self.nest.tokens.push(Token::Open(self.nest.pieces.len()));
            self.nest.pieces.push(Piece { kind, link });
        }
    }
}

impl Nest {
    /// The bytes at which markup stands, in order.
    pub(crate) fn edges(&self) -> Vec<usize> {
        let mut edges = Vec::new();
        let mut at = 0;
        for token in &self.tokens {
            match token {
                Token::Text(range) => at = range.end,
                Token::Open(_) | Token::Close(_) if edges.last() != Some(&at) => edges.push(at),
                Token::Open(_) | Token::Close(_) => {}
            }
        }
        edges
    }
}
