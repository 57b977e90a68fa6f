//! The text of a paragraph, a heading or a cell.

use crate::emphasis;
use crate::escape::{Context, begins_entity};
use crate::spans::{Kind, Nest, Token, Wanted, nest};
use crate::writer::Writer;
use qingwen_model::{Mark, Object, Text};
use std::ops::Range;

/// Where a text is written, which decides what a line break is and what must be escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// A paragraph.
    #[default]
    Paragraph,
    /// The first paragraph of an item.
    Item,
    /// The first paragraph of an item, after its `[ ]`.
    Task,
    /// A heading, which is one line.
    Heading,
    /// A cell of a GFM table, which is part of a line.
    Cell,
    /// Within HTML, where nothing is read as Markdown.
    Html,
}

impl Writer<'_> {
    /// Writes a text at the end of what there is, without a line end. Blanks at its edges go.
    pub(crate) fn text(&mut self, text: &Text, mark: Mark, place: Place) {
        let string = text.as_str();
        let blank = [' ', '\t', '\n', '\r'];
        let start = string.len() - string.trim_start_matches(blank).len();
        let body = string[start..].trim_end_matches(blank);
        let nest = if text.styled().is_empty() {
            Nest { tokens: vec![Token::Text(0..string.len())], pieces: Vec::new() }
        } else {
            nest(text, self.wanted(text, place))
        };
        self.line = Line { body: start..start + body.len(), place, ..Line::default() };
        if place == Place::Html {
            self.escapes.places.clear();
        } else {
            let block = matches!(place, Place::Paragraph | Place::Item);
            let item = place == Place::Item;
            let notes = !self.document.notes.is_empty();
            self.escapes.find(text, &nest.edges(), Context { block, item, notes, inner: false });
        }
        self.tokens(text, &nest, mark, place);
        let end = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(end);
    }

    fn wanted(&self, text: &Text, place: Place) -> Wanted {
        let string = text.as_str();
        let is_bold = || text.runs().all(|run| run.style.bold || string[run.range].trim().is_empty());
        Wanted { underline: self.options.underline, bold: place != Place::Heading || !is_bold() }
    }

    fn tokens(&mut self, text: &Text, nest: &Nest, mark: Mark, place: Place) {
        let html = place == Place::Html;
        let tags = if html { vec![true; nest.pieces.len()] } else { emphasis::tags(nest, text) };
        let mut at = 0;
        while let Some(token) = nest.tokens.get(at) {
            at += 1;
            match token {
                Token::Text(range) => self.stretch(text, range.clone(), mark, place),
                Token::Open(piece) => {
                    let opened = &nest.pieces[*piece];
                    match (opened.kind, opened.link.as_deref()) {
                        (Kind::Code, _) => {
                            if let Some(Token::Text(range)) = nest.tokens.get(at) {
                                self.code(text, range.clone(), mark, place);
                                at += 1;
                            }
                        }
                        (Kind::Link, Some(link)) => {
                            if let [Token::Text(range), Token::Close(_), ..] = &nest.tokens[at..]
                                && !html
                                && let Some(link) = autolink(&text.as_str()[range.clone()], link)
                            {
                                self.open("<");
                                self.out.push_str(link);
                                self.out.push('>');
                                at += 2;
                            } else if html {
                                self.open("<a href=\"");
                                html_escape(&mut self.out, link);
                                self.out.push_str("\">");
                            } else {
                                self.open("[");
                            }
                        }
                        (kind, _) => self.open(delimiter(kind, tags[*piece]).0),
                    }
                }
                Token::Close(piece) => {
                    let closed = &nest.pieces[*piece];
                    match (closed.kind, closed.link.as_deref()) {
                        (Kind::Code, _) => {}
                        (Kind::Link, Some(link)) if !html => self.destination(link),
                        (kind, _) => self.out.push_str(delimiter(kind, tags[*piece]).1),
                    }
                }
            }
        }
    }

    /// Begins something: a line break that was waiting goes first, and a `!` before `[` would make a picture.
    fn open(&mut self, mark: &str) {
        self.flush();
        if mark.starts_with('[') && self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push_str(mark);
    }

    /// Writes characters with the backslashes they need, and the objects among them.
    fn stretch(&mut self, text: &Text, range: Range<usize>, mark: Mark, place: Place) {
        let string = text.as_str();
        let end = range.end.min(self.line.body.end);
        let mut at = range.start.max(self.line.body.start);
        while self.escapes.places.get(self.line.next).is_some_and(|&place| place < at) {
            self.line.next += 1;
        }
        while at < end {
            let escape = self.escapes.places.get(self.line.next).map_or(end, |&place| place);
            let stop = self.line.next_special(string, at).min(escape).min(end);
            self.plain(&string[at..stop], place);
            at = stop;
            if at == end {
                break;
            }
            if at == escape {
                self.flush();
                self.out.push('\\');
                self.line.next += 1;
                // The byte after the backslash is ASCII, and no line break.
                self.out.push_str(&string[at..at + 1]);
                at += 1;
                continue;
            }
            let Some(c) = string[at..].chars().next() else { break };
            match (c, text.object_at(at)) {
                ('\n' | '\r', _) => self.line_break(string, at, place),
                ('\u{fffc}', Some(object)) => self.object(object, mark, place),
                ('\0', _) => self.plain("\u{fffd}", place),
                _ => self.plain(&string[at..at + c.len_utf8()], place),
            }
            at += c.len_utf8();
        }
    }

    fn plain(&mut self, string: &str, place: Place) {
        let string = if self.line.broken { string.trim_start_matches([' ', '\t']) } else { string };
        if string.is_empty() {
            return;
        }
        self.flush();
        if place == Place::Html { html_escape(&mut self.out, string) } else { self.out.push_str(string) }
    }

    /// A line break that the author forced. It is written when something follows it.
    fn line_break(&mut self, string: &str, at: usize, place: Place) {
        let end = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(end);
        match place {
            Place::Heading => {
                let before = string[..at].trim_end().chars().next_back();
                let after = string[at..].trim_start().chars().next();
                if before.is_some_and(is_narrow) && after.is_some_and(is_narrow) && !self.out.ends_with(' ') {
                    self.out.push(' ');
                }
            }
            _ => self.line.broken = true,
        }
    }

    fn flush(&mut self) {
        if !std::mem::take(&mut self.line.broken) {
            return;
        }
        match self.line.place {
            Place::Cell | Place::Html => self.out.push_str("<br>"),
            _ => {
                self.out.push_str("\\\n");
                self.out.push_str(&self.prefix);
            }
        }
    }

    fn code(&mut self, text: &Text, range: Range<usize>, mark: Mark, place: Place) {
        let string = text.as_str();
        let end = range.end.min(self.line.body.end);
        let start = range.start.max(self.line.body.start).min(end);
        let mut from = start;
        for (at, c) in string[start..end].char_indices().map(|(at, c)| (start + at, c)) {
            let object = (c == '\u{fffc}').then(|| text.object_at(at)).flatten();
            if c != '\n' && c != '\r' && object.is_none() {
                continue;
            }
            self.code_span(&string[from..at], place);
            match object {
                Some(object) => self.object(object, mark, place),
                None => self.line_break(string, at, place),
            }
            from = at + c.len_utf8();
        }
        self.code_span(&string[from..end], place);
    }

    fn code_span(&mut self, code: &str, place: Place) {
        if code.is_empty() {
            return;
        }
        self.flush();
        if place == Place::Html {
            self.out.push_str("<code>");
            html_escape(&mut self.out, code);
            self.out.push_str("</code>");
            return;
        }
        // Two code spans that touch would be one run of back-quotes in the middle.
        if self.out.ends_with('`') && !self.out.ends_with("\\`") {
            self.out.push_str("<!-- -->");
        }
        let fence = "`".repeat(free_fence(code));
        let pads = code.starts_with('`') || code.ends_with('`');
        let pads = pads || code.starts_with(' ') && code.ends_with(' ') && code.trim() != "";
        self.out.push_str(&fence);
        self.out.push_str(if pads { " " } else { "" });
        self.out.push_str(code);
        self.out.push_str(if pads { " " } else { "" });
        self.out.push_str(&fence);
    }

    /// The end of a link: `](destination)`.
    fn destination(&mut self, link: &str) {
        self.out.push_str("](");
        destination(&mut self.out, link);
        self.out.push(')');
    }

    fn object(&mut self, object: &Object, mark: Mark, place: Place) {
        match object {
            Object::Image { media, alt } => self.image(*media, alt, mark, place),
            Object::Note(id) => {
                if !self.notes.contains(id.as_str()) {
                    self.log.lost(
                        "markdown-note",
                        mark,
                        format!("a note's mark whose note is missing: {id}"),
                    );
                    return;
                }
                self.open("[^");
                self.out.push_str(id);
                self.out.push(']');
            }
            Object::Formula { latex, display } => self.formula(latex, *display, place),
            Object::Ruby { base, reading } => self.ruby(base, reading, place),
        }
    }

    fn image(&mut self, media: Option<usize>, alt: &str, mark: Mark, place: Place) {
        let name =
            media.and_then(|index| self.document.media.items.get(index)).map(|item| item.name.as_str());
        let path = name.zip(self.options.media.as_deref()).map(|(name, folder)| match folder {
            "" => name.to_owned(),
            folder => format!("{}/{name}", folder.trim_end_matches('/')),
        });
        if path.is_none() {
            self.log.lost("markdown-image", mark, if alt.is_empty() { "a picture" } else { alt });
            if alt.trim().is_empty() {
                return;
            }
        }
        let path = path.unwrap_or_default();
        if place == Place::Html {
            self.open("<img src=\"");
            html_escape(&mut self.out, &path);
            self.out.push_str("\" alt=\"");
            html_escape(&mut self.out, alt);
            self.out.push_str("\">");
            return;
        }
        self.open("![");
        self.inner(alt, place);
        self.destination(&path);
    }

    fn formula(&mut self, latex: &str, display: bool, place: Place) {
        let latex = latex.trim();
        if latex.is_empty() {
            return;
        }
        let fence = if display { "$$" } else { "$" };
        self.open(fence);
        let mut escaped = false;
        for c in latex.chars() {
            match c {
                '\n' | '\r' => self.out.push(' '),
                '$' if !escaped => self.out.push_str("\\$"),
                '<' | '>' | '&' if place == Place::Html => {
                    html_escape(&mut self.out, c.encode_utf8(&mut [0; 4]))
                }
                c => self.out.push(c),
            }
            escaped = c == '\\' && !escaped;
        }
        self.out.push_str(if escaped { "{}" } else { "" });
        self.out.push_str(fence);
    }

    fn ruby(&mut self, base: &str, reading: &str, place: Place) {
        let (open, middle, close) =
            if self.options.ruby { ("<ruby>", "<rt>", "</rt></ruby>") } else { ("", "（", "）") };
        self.open(open);
        self.inner(base, place);
        if !reading.trim().is_empty() {
            self.out.push_str(middle);
            self.inner(reading, place);
            self.out.push_str(close);
        }
    }

    /// Writes characters that stand within markup.
    fn inner(&mut self, string: &str, place: Place) {
        let string = string.split_whitespace().collect::<Vec<_>>().join(" ");
        if place == Place::Html {
            html_escape(&mut self.out, &string);
            return;
        }
        let text = Text::plain(string);
        let mut escapes = std::mem::take(&mut self.inner_escapes);
        escapes.find(&text, &[], Context { inner: true, notes: true, ..Context::default() });
        let mut at = 0;
        for &place in &escapes.places {
            self.out.push_str(&text.as_str()[at..place]);
            self.out.push('\\');
            at = place;
        }
        self.out.push_str(&text.as_str()[at..]);
        self.inner_escapes = escapes;
    }
}

/// What is being written of a text.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The bytes of the text without the blanks at its edges.
    body: Range<usize>,
    /// The next of the escapes.
    next: usize,
    /// Whether a line break waits for something to follow it.
    broken: bool,
    place: Place,
    /// The first U+FFFC and the first control character not yet passed, where they have been looked for.
    specials: Option<(usize, usize)>,
}

impl Line {
    /// Where the next character stands that cannot be copied as it is: a line break, an object.
    fn next_special(&mut self, string: &str, from: usize) -> usize {
        let (object, control) = self.specials.unwrap_or((0, 0));
        let after = |known: usize, find: &dyn Fn(&str) -> Option<usize>| match known {
            known if known >= from && self.specials.is_some() => known,
            _ => find(&string[from..]).map_or(string.len(), |found| from + found),
        };
        let object = after(object, &|rest| rest.find('\u{fffc}'));
        let control = after(control, &|rest| rest.bytes().position(|b| b < b' ' && b != b'\t'));
        self.specials = Some((object, control));
        object.min(control)
    }
}

fn delimiter(kind: Kind, tag: bool) -> (&'static str, &'static str) {
    match (kind, tag) {
        (Kind::Bold, false) => ("**", "**"),
        (Kind::Bold, true) => ("<strong>", "</strong>"),
        (Kind::Italic, false) => ("*", "*"),
        (Kind::Italic, true) => ("<em>", "</em>"),
        (Kind::Strike, false) => ("~~", "~~"),
        (Kind::Strike, true) => ("<del>", "</del>"),
        (Kind::Underline, _) => ("<u>", "</u>"),
        (Kind::Superscript, _) => ("<sup>", "</sup>"),
        (Kind::Subscript, _) => ("<sub>", "</sub>"),
        (Kind::Link, _) => ("", "</a>"),
        (Kind::Code, _) => ("", ""),
    }
}

/// Where a link shows its own address, what stands between the angle brackets of an autolink (CommonMark
/// 0.31.2, 6.5).
fn autolink<'a>(shown: &'a str, link: &str) -> Option<&'a str> {
    let sound = !shown.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'));
    let scheme = shown.split_once(':')?.0;
    let named = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    (shown == link && sound && named).then_some(shown)
}

/// Writes a link's destination, in angle brackets where it needs them.
fn destination(out: &mut String, link: &str) {
    let mut depth = 0i64;
    let mut balanced = true;
    for b in link.bytes() {
        depth += i64::from(b == b'(') - i64::from(b == b')');
        balanced &= depth >= 0;
    }
    let pointed =
        link.is_empty() || link.starts_with('<') || link.contains([' ', '\t']) || !balanced || depth != 0;
    if link.is_empty() {
        return;
    }
    out.push_str(if pointed { "<" } else { "" });
    for (at, c) in link.char_indices() {
        let rest = &link.as_bytes()[at + c.len_utf8()..];
        match c {
            '\\' if rest.first().is_none_or(u8::is_ascii_punctuation) => out.push_str("\\\\"),
            '<' | '>' if pointed => out.extend(['\\', c]),
            '&' if begins_entity(rest) => out.push_str("&amp;"),
            c if c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push_str(if pointed { ">" } else { "" });
}

/// Writes characters so that HTML shows them.
pub(crate) fn html_escape(out: &mut String, string: &str) {
    let mut rest = string;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\n']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#10;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// How many back-quotes it takes to fence a code span.
fn free_fence(code: &str) -> usize {
    let mut lengths: Vec<usize> = code.split(|c| c != '`').map(str::len).filter(|&n| n > 0).collect();
    lengths.sort_unstable();
    lengths.dedup();
    (1..).find(|n| lengths.binary_search(n).is_err()).unwrap_or(1)
}

/// Whether a character is set apart from its neighbours by spaces, as Latin words are.
fn is_narrow(c: char) -> bool {
    c < '\u{1100}'
}
