//! The text of a paragraph, a heading or a cell.

use crate::emphasis;
use crate::escape::{Context, is_plain, plain_start};
use crate::objects::{autolink, destination, html_escape};
use crate::spans::{Kind, Nest, Token, Wanted, nest};
use crate::writer::Writer;
use qingwen_model::{Edits, Mark, Object, Text};
use std::borrow::Cow;
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
        let shown = self.shown(text, mark, place);
        let text = &*self.places.resolve(shown);
        if text.is_blank() {
            return;
        }
        let string = text.as_str();
        let blank = [' ', '\t', '\n', '\r'];
        let start = string.len() - string.trim_start_matches(blank).len();
        let body = string[start..].trim_end_matches(blank);
        let is_bare = text.styled().is_empty();
        self.line = Line { body: start..start + body.len(), place, floor: self.out.len(), ..Line::default() };
        let context = Context {
            lines: matches!(place, Place::Paragraph | Place::Item | Place::Task),
            task: place == Place::Task,
            item: place == Place::Item,
            notes: !self.document.notes.is_empty(),
            inner: false,
        };
        let has_objects = || text.objects().next().is_some();
        if is_bare && place != Place::Html && !has_objects() && is_plain(body.as_bytes()) {
            let (head, tail) = body.split_at(plain_start(body, context).unwrap_or(body.len()));
            self.out.push_str(head);
            self.out.push_str(if tail.is_empty() { "" } else { "\\" });
            self.out.push_str(tail);
            return;
        }
        let nest = if is_bare {
            Nest { tokens: vec![Token::Text(0..string.len())], pieces: Vec::new() }
        } else {
            nest(text, self.wanted(text, place))
        };
        if place == Place::Html {
            self.escapes.places.clear();
        } else {
            self.escapes.find(text, &nest.edges(), context);
        }
        self.tokens(text, &nest, place);
        self.trim_end();
    }

    /// Takes back the blanks at the end of what was written of the text.
    pub(crate) fn trim_end(&mut self) {
        let floor = self.line.floor;
        let written = self.out.get(floor..).unwrap_or_default();
        self.out.truncate(floor + written.trim_end_matches([' ', '\t']).len());
    }

    /// A text without the objects that have nothing to show, which are told, and without the line breaks that
    /// a heading cannot have.
    fn shown<'t>(&mut self, text: &'t Text, mark: Mark, place: Place) -> Cow<'t, Text> {
        let mut hidden = Edits::new();
        if place == Place::Heading {
            join_lines(text.as_str(), &mut hidden);
        }
        for (at, object) in text.objects() {
            let keeps = match object {
                Object::Note(id) if !self.notes.contains(id.as_str()) => {
                    self.log.lost(
                        "markdown-note",
                        mark,
                        format!("a note's mark whose note is missing: {id}"),
                    );
                    false
                }
                Object::Image { media, alt } if self.path(*media).is_none() => {
                    let alt = alt.trim();
                    self.log.lost("markdown-image", mark, if alt.is_empty() { "a picture" } else { alt });
                    !alt.is_empty()
                }
                Object::Note(_) | Object::Image { .. } => true,
                Object::Raw(markup) => !markup.trim().is_empty(),
                Object::Formula { latex, .. } => !latex.trim().is_empty(),
                Object::Ruby { base, .. } => !base.trim().is_empty(),
            };
            if !keeps {
                hidden.delete(at..at + '\u{fffc}'.len_utf8());
            }
        }
        if hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut text = text.clone();
        text.replace(&hidden);
        Cow::Owned(text)
    }

    /// Where a picture is kept, as the options have it.
    pub(crate) fn path(&self, media: Option<usize>) -> Option<String> {
        let name = &self.document.media.items.get(media?)?.name;
        let folder = self.options.media.as_deref()?.trim_end_matches('/');
        Some(if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") })
    }

    fn wanted(&self, text: &Text, place: Place) -> Wanted {
        let string = text.as_str();
        let is_bold = || text.runs().all(|run| run.style.bold || string[run.range].trim().is_empty());
        Wanted { underline: self.options.underline, bold: place != Place::Heading || !is_bold() }
    }

    fn tokens(&mut self, text: &Text, nest: &Nest, place: Place) {
        let html = place == Place::Html;
        let tags = if html { vec![true; nest.pieces.len()] } else { emphasis::tags(nest, text) };
        let mut at = 0;
        while let Some(token) = nest.tokens.get(at) {
            at += 1;
            match token {
                Token::Text(range) => self.stretch(text, range.clone(), place),
                Token::Open(piece) => {
                    let opened = &nest.pieces[*piece];
                    match (opened.kind, opened.link.as_deref()) {
                        (Kind::Code, _) => {
                            if let Some(Token::Text(range)) = nest.tokens.get(at) {
                                self.code(text, range.clone(), place);
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
    pub(crate) fn open(&mut self, mark: &str) {
        self.flush();
        if std::mem::take(&mut self.line.behind) == Behind::Note && mark == "[" {
            // `[^1][…](…)` would be read as one thing.
            self.out.push_str(NOTHING);
        }
        if mark.starts_with('[') && self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push_str(mark);
    }

    /// Writes characters with the backslashes they need, and the objects among them.
    fn stretch(&mut self, text: &Text, range: Range<usize>, place: Place) {
        let string = text.as_str();
        let end = range.end.min(self.line.body.end);
        let mut at = range.start.max(self.line.body.start);
        while self.escapes.places.get(self.line.next).is_some_and(|&place| place < at) {
            self.line.next += 1;
        }
        let has_objects = text.objects().next().is_some();
        while at < end {
            let escape = self.escapes.places.get(self.line.next).map_or(end, |&place| place);
            let stop = self.line.next_special(string, has_objects, at).min(escape).min(end);
            self.plain(&string[at..stop], place);
            at = stop;
            if at == end {
                break;
            }
            if at == escape {
                self.flush();
                if std::mem::take(&mut self.line.behind) == Behind::Note && string[at..].starts_with('[') {
                    self.out.push_str(NOTHING);
                }
                self.out.push('\\');
                self.line.next += 1;
                // The byte after the backslash is ASCII, and no line break.
                self.out.push_str(&string[at..at + 1]);
                at += 1;
                continue;
            }
            let Some(c) = string[at..].chars().next() else { break };
            match (c, text.object_at(at)) {
                ('\n' | '\r', _) => self.line_break(),
                ('\u{fffc}', Some(object)) => self.object(object, place),
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
        if place == Place::Html {
            return html_escape(&mut self.out, string);
        }
        match std::mem::take(&mut self.line.behind) {
            // These would make a link or a definition of it.
            Behind::Note if string.starts_with('[') => self.out.push_str(NOTHING),
            Behind::Note if string.starts_with(['(', ':']) => self.out.push('\\'),
            // No formula ends before a digit.
            Behind::Formula if string.starts_with(|c: char| c.is_ascii_digit()) => self.out.push_str(NOTHING),
            _ => {}
        }
        self.out.push_str(string);
    }

    /// A line break that the author forced. It is written when something follows it.
    pub(crate) fn line_break(&mut self) {
        self.trim_end();
        self.line.broken = true;
    }

    pub(crate) fn flush(&mut self) {
        if !std::mem::take(&mut self.line.broken) {
            return;
        }
        self.line.behind = Behind::Text;
        match self.line.place {
            Place::Cell | Place::Html => self.out.push_str("<br>"),
            _ => {
                self.out.push_str("\\\n");
                self.out.push_str(&self.prefix);
            }
        }
    }

    /// The end of a link: `](destination)`.
    pub(crate) fn destination(&mut self, link: &str) {
        self.out.push_str("](");
        destination(&mut self.out, link);
        self.out.push(')');
    }
}

/// Parts what would be read as one.
pub(crate) const NOTHING: &str = "<!-- -->";

/// What was written last, where it matters to what comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Behind {
    #[default]
    Text,
    Note,
    Formula,
}

/// What is being written of a text.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The bytes of the text without the blanks at its edges.
    pub(crate) body: Range<usize>,
    /// The next of the escapes.
    next: usize,
    /// Whether a line break waits for something to follow it.
    broken: bool,
    /// What has just been written.
    pub(crate) behind: Behind,
    place: Place,
    /// Where the text begins in what is written.
    floor: usize,
    /// The first U+FFFC and the first control character not yet passed, where they have been looked for.
    specials: Option<(usize, usize)>,
}

impl Line {
    /// Where the next character stands that cannot be copied as it is: a line break, an object.
    fn next_special(&mut self, string: &str, has_objects: bool, from: usize) -> usize {
        let (object, control) = self.specials.unwrap_or((0, 0));
        let after = |known: usize, find: &dyn Fn(&str) -> Option<usize>| match known {
            known if known >= from && self.specials.is_some() => known,
            _ => find(&string[from..]).map_or(string.len(), |found| from + found),
        };
        // Without an object, its sign is a character like any other.
        let object = if has_objects { after(object, &|rest| rest.find('\u{fffc}')) } else { string.len() };
        let control = after(control, &|rest| first_control(rest.as_bytes()));
        self.specials = Some((object, control));
        object.min(control)
    }
}

/// Where the first control character stands that is no tab.
fn first_control(bytes: &[u8]) -> Option<usize> {
    let is_control = |byte: &u8| *byte < b' ' && *byte != b'\t';
    // So many bytes are looked at together, without a branch for each.
    let chunks = bytes.chunks_exact(32);
    let has_none = |chunk: &&[u8]| !chunk.iter().fold(false, |any, byte| any | is_control(byte));
    let passed = chunks.take_while(has_none).count() * 32;
    bytes[passed..].iter().position(is_control).map(|at| passed + at)
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

/// Joins the lines of a heading: without a blank between ideographs, which need none.
fn join_lines(string: &str, edits: &mut Edits) {
    let mut from = 0;
    while let Some(at) = string[from..].find(['\n', '\r']).map(|at| from + at) {
        let before = string[..at].trim_end();
        let after = string[at..].trim_start();
        from = string.len() - after.len();
        let parts =
            before.chars().next_back().is_some_and(is_narrow) && after.chars().next().is_some_and(is_narrow);
        edits.replace(before.len()..from, if parts { " " } else { "" });
    }
}

/// Whether a character is set apart from its neighbours by spaces, as Latin words are.
fn is_narrow(c: char) -> bool {
    c < '\u{1100}'
}
