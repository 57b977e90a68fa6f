//! What stands in a text and is no text, and what is kept to the letter: pictures, notes, formulas, readings,
//! code, and where links lead.

use crate::escape::{Context, begins_entity};
use crate::inline::{Behind, NOTHING, Place};
use crate::writer::Writer;
use qingwen_model::{Object, Text};
use std::ops::Range;

impl Writer<'_> {
    pub(crate) fn code(&mut self, text: &Text, range: Range<usize>, place: Place) {
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
                Some(object) => self.object(object, place),
                None => self.line_break(),
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
        if code.contains("]:") || place == Place::Cell && code.contains("\\|") {
            // A code span does not keep `[…]:` from being read as a definition, and in cells parsers disagree
            // about a backslash before a bar.
            self.out.push_str("<code>");
            self.inner(code, place);
            self.out.push_str("</code>");
            return;
        }
        // Two code spans that touch would be one run of back-quotes in the middle.
        if self.out.ends_with('`') && !self.out.ends_with("\\`") {
            self.out.push_str(NOTHING);
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

    pub(crate) fn object(&mut self, object: &Object, place: Place) {
        match object {
            Object::Image { media, alt } => self.image(*media, alt, place),
            Object::Note(id) => {
                self.open("[^");
                self.out.push_str(id);
                self.out.push(']');
                self.line.behind = Behind::Note;
            }
            Object::Formula { latex, display } => self.formula(latex, *display, place),
            Object::Ruby { base, reading } => self.ruby(base, reading, place),
            Object::Raw(markup) => self.raw(markup, place),
        }
    }

    fn image(&mut self, media: Option<usize>, alt: &str, place: Place) {
        let path = self.path(media).unwrap_or_default();
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
        self.line.behind = Behind::Formula;
    }

    /// Writes markup as it was; in a line that cannot break, its lines are parted by blanks.
    fn raw(&mut self, markup: &str, place: Place) {
        for (number, line) in markup.trim_end_matches('\n').split('\n').enumerate() {
            if number == 0 {
                self.open(line);
            } else if matches!(place, Place::Paragraph | Place::Item | Place::Task) {
                let end = if line.is_empty() { self.prefix.trim_end() } else { &self.prefix };
                self.out.push('\n');
                self.out.push_str(end);
                self.out.push_str(line);
            } else {
                self.out.push(' ');
                self.out.push_str(line);
            }
        }
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

/// Where a link shows its own address, what stands between the angle brackets of an autolink (CommonMark
/// 0.31.2, 6.5).
pub(crate) fn autolink<'a>(shown: &'a str, link: &str) -> Option<&'a str> {
    let sound = !shown.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'));
    let scheme = shown.split_once(':')?.0;
    let named = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    (shown == link && sound && named).then_some(shown)
}

/// Writes a link's destination, in angle brackets where it needs them.
pub(crate) fn destination(out: &mut String, link: &str) {
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
