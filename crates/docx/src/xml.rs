//! A pull reader over one XML part: elements as children of where one stands, prefixes resolved, markup
//! compatibility already decided, damage repaired and remembered.
//!
//! The methods cannot fail. What is wrong with the XML is kept in [`Xml::damage`]; at the first place that
//! cannot be read, the part simply ends. So the code that understands WordprocessingML reads as if all
//! files were sound.

use crate::element::{Element, Ns};
use quick_xml::Reader;
use quick_xml::events::Event;

/// What a reference such as `&lt;` or `&#x4E2D;` stands for; as written where nobody knows.
fn push_reference(out: &mut String, name: &str) {
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.strip_prefix('#').and_then(|number| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|&c| c != '\0')
        }),
    };
    match character {
        Some(c) => out.push(c),
        None => out.extend(["&", name, ";"]),
    }
}

/// Prefixes in scope beyond which further ones keep their usual meaning. Real files declare some thirty.
const MOST_BINDINGS: usize = 512;

#[derive(Clone, Copy)]
struct Binding<'a> {
    prefix: &'a str,
    ns: Ns,
    depth: usize,
}

/// A place in an XML part. See the [module](self).
pub(crate) struct Xml<'a> {
    text: &'a str,
    /// Where `reader` began in `text`.
    base: usize,
    reader: Reader<&'a [u8]>,
    bindings: Vec<Binding<'a>>,
    /// The prefix resolved last, and its meaning: nearly always `w`.
    last: (&'a str, Ns),
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// Depths of elements whose children count as those of the element around them, and whether one of
    /// their alternatives has been chosen.
    entered: Vec<(usize, bool)>,
    /// The element given last was `<empty/>` and nobody has asked for its children yet.
    at_empty: bool,
    /// Ends still owed, because an end tag closed more than one element.
    owed: usize,
    most_depth: usize,
    ended: bool,
    damage: Option<String>,
    too_deep: bool,
    left_out: String,
    has_doctype: bool,
}

impl<'a> Xml<'a> {
    /// The start of a part. Elements nested deeper than `most_depth` are left out.
    pub(crate) fn new(text: &'a str, most_depth: u16) -> Self {
        Xml {
            text,
            base: 0,
            reader: reader_of(text),
            bindings: Vec::new(),
            last: ("xml", Ns::Other),
            open: Vec::new(),
            entered: Vec::new(),
            at_empty: false,
            owed: 0,
            most_depth: usize::from(most_depth),
            ended: false,
            damage: None,
            too_deep: false,
            left_out: String::new(),
            has_doctype: false,
        }
    }

    /// A reader over the inside of an element that [`inside`](Xml::inside) cut out of this part.
    pub(crate) fn fragment(&self, inside: &'a str) -> Xml<'a> {
        let bindings = self.bindings.iter().map(|b| Binding { depth: 0, ..*b }).collect();
        Xml { bindings, ..Xml::new(inside, self.most_depth.min(usize::from(u16::MAX)) as u16) }
    }

    /// What was wrong with the XML, if anything was: the first fault and its byte.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    /// The text of elements that were left out because they were nested too deeply, where there were any.
    pub(crate) fn too_deep(&self) -> Option<&str> {
        self.too_deep.then_some(&self.left_out)
    }

    /// Whether there was a document type declaration, which the format forbids.
    pub(crate) fn has_doctype(&self) -> bool {
        self.has_doctype
    }

    /// The outermost element.
    pub(crate) fn root(&mut self) -> Option<Element<'a>> {
        self.next()
    }

    /// The next child of the element that was given last and not yet left; `None` at its end, which leaves
    /// it. Of alternatives (ISO/IEC 29500-3, 9) the first choice is given and the fallback never.
    pub(crate) fn next(&mut self) -> Option<Element<'a>> {
        loop {
            match self.step(&mut None)? {
                Step::End => return None,
                Step::Start(element) => {
                    if self.passes_compatibility(&element) {
                        return Some(element);
                    }
                }
            }
        }
    }

    /// Takes the element given last as a mere wrapper: its children come as children of the one around it.
    pub(crate) fn enter(&mut self) {
        if self.at_empty {
            self.at_empty = false;
        } else {
            self.entered.push((self.open.len(), false));
        }
    }

    /// Leaves the element given last, whatever it holds.
    pub(crate) fn skip(&mut self) {
        let depth = self.open.len();
        let entered = self.entered.len();
        if std::mem::take(&mut self.at_empty) {
            return;
        }
        // Within what is skipped, nothing counts but depth.
        while self.open.len() >= depth && !self.ended {
            match self.step(&mut None) {
                Some(Step::Start(_)) => self.at_empty = false,
                Some(Step::End) => {}
                None => break,
            }
        }
        self.entered.truncate(entered);
    }

    /// All text within the element given last, however deep, and leaves it.
    pub(crate) fn text(&mut self) -> String {
        let mut out = Some(String::new());
        loop {
            match self.step(&mut out) {
                Some(Step::Start(_)) => self.enter(),
                Some(Step::End) | None => return out.unwrap_or_default(),
            }
        }
    }

    /// The text of those elements within the element given last for which `counts` holds, however deep, and
    /// leaves it.
    pub(crate) fn deep_text(&mut self, counts: impl Fn(&Element<'a>) -> bool) -> String {
        let mut out = String::new();
        while let Some(element) = self.next() {
            if counts(&element) {
                out.push_str(&self.text());
            } else {
                if element.ns == Ns::W && element.name == "p" && !out.is_empty() {
                    out.push(' ');
                }
                self.enter();
            }
        }
        out
    }

    /// Cuts out the inside of the element given last and leaves it, without looking at what it holds. For
    /// elements that never hold one of their own name.
    pub(crate) fn inside(&mut self, element: &Element<'a>) -> &'a str {
        if std::mem::take(&mut self.at_empty) {
            return "";
        }
        let start = self.position();
        let rest = &self.text[start..];
        let closing = format!("</{}", element.qualified);
        for at in memchr::memmem::find_iter(rest.as_bytes(), closing.as_bytes()) {
            let tail = &rest[at + closing.len()..];
            if let Some(close) = tail.find('>')
                && tail[..close].trim_ascii().is_empty()
            {
                self.leave_after(at + closing.len() + close + 1);
                return &rest[..at];
            }
        }
        self.skip();
        rest
    }

    /// What is left of the part after the start tag given last; nothing where that is its end as well.
    pub(crate) fn ahead(&self) -> &'a str {
        if self.at_empty { "" } else { &self.text[self.position()..] }
    }

    /// Leaves the element given last, whose inside and end tag are the next `length` bytes.
    pub(crate) fn leave_after(&mut self, length: usize) {
        self.seek(self.position() + length);
        self.open.pop();
        self.unbind();
    }

    /// What was read since `ahead` was what is left, where nothing was wrong so far.
    pub(crate) fn written_since(&self, ahead: &'a str) -> Option<&'a str> {
        let sound = self.damage.is_none() && !self.too_deep && self.owed == 0 && !self.ended;
        let length = ahead.len().checked_sub(self.text.len() - self.position())?;
        ahead.get(..length).filter(|_| sound)
    }

    fn seek(&mut self, position: usize) {
        self.base = position;
        self.reader = reader_of(&self.text[position..]);
    }

    /// The byte that is read next.
    fn position(&self) -> usize {
        let at = self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        at.min(self.text.len())
    }

    fn step(&mut self, text: &mut Option<String>) -> Option<Step<'a>> {
        if std::mem::take(&mut self.at_empty) {
            return Some(Step::End);
        }
        loop {
            if self.owed > 0 {
                self.owed -= 1;
                if self.close() {
                    return Some(Step::End);
                }
                continue;
            }
            if self.ended {
                return None;
            }
            let from = self.position();
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let length = start.name().as_ref().len();
                    if let Some(element) = self.start(from, length, false) {
                        return Some(Step::Start(element));
                    }
                }
                Ok(Event::Empty(start)) => {
                    let length = start.name().as_ref().len();
                    if let Some(element) = self.start(from, length, true) {
                        return Some(Step::Start(element));
                    }
                }
                Ok(Event::End(end)) => {
                    let name = end.name().as_ref().len();
                    self.end(from, name);
                }
                Ok(Event::Text(content)) => {
                    if let Some(out) = text {
                        out.push_str(&content.xml10_content());
                    }
                }
                Ok(Event::CData(content)) => {
                    if let Some(out) = text {
                        out.push_str(&content.xml10_content());
                    }
                }
                Ok(Event::GeneralRef(reference)) => {
                    if let Some(out) = text {
                        push_reference(out, &reference);
                    }
                }
                Ok(Event::DocType(_)) => self.has_doctype = true,
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(Event::Eof) => {
                    if !self.open.is_empty() {
                        self.damaged("ends before its last element does", from);
                    }
                    self.ended = true;
                }
                Err(error) => {
                    self.damaged(&error.to_string(), from);
                    self.ended = true;
                }
            }
        }
    }

    /// An element starts whose name of `length` bytes follows the `<` at `from`.
    fn start(&mut self, from: usize, length: usize, empty: bool) -> Option<Element<'a>> {
        let end = self.position();
        let tail = if empty { 2 } else { 1 };
        let text = self.text;
        let qualified = text.get(from + 1..from + 1 + length)?;
        let attributes = text.get(from + 1 + length..end.saturating_sub(tail)).unwrap_or("");
        if self.open.len() >= self.most_depth {
            self.too_deep = true;
            if !empty {
                self.leave_out();
            }
            return None;
        }
        self.open.push(qualified);
        // Few attributes have an `x` at all, which is found sooner than the word.
        if memchr::memchr(b'x', attributes.as_bytes()).is_some() && attributes.contains("xmlns") {
            self.bind(attributes);
        }
        let (prefix, name) = match qualified.bytes().position(|b| b == b':') {
            Some(colon) => (&qualified[..colon], &qualified[colon + 1..]),
            None => ("", qualified),
        };
        let ns = self.resolve(prefix);
        if empty {
            self.open.pop();
            self.unbind();
            self.at_empty = true;
        }
        Some(Element::new(ns, qualified, name, attributes))
    }

    /// Passes over an element that is nested too deeply, by counting, and keeps what it says.
    fn leave_out(&mut self) {
        let mut depth = 1_u64;
        while depth > 0 {
            match self.reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Text(content)) => self.left_out.push_str(&content.xml10_content()),
                Ok(Event::GeneralRef(reference)) => push_reference(&mut self.left_out, &reference),
                Ok(Event::Eof) | Err(_) => {
                    self.damaged("ends before its last element does", self.position());
                    self.ended = true;
                    return;
                }
                Ok(_) => {}
            }
        }
    }

    /// An end tag. One that does not fit closes what it can and is remembered as damage.
    fn end(&mut self, from: usize, length: usize) {
        let name = self.text.get(from + 2..from + 2 + length).unwrap_or("");
        match self.open.last() {
            Some(last) if *last == name => self.owed = 1,
            _ => {
                self.damaged("has an end tag that does not fit", from);
                // Far up the stack it is rather the end tag that is wrong.
                let near = self.open.iter().rev().take(16).position(|open| *open == name);
                self.owed = near.map_or(0, |above| above + 1);
            }
        }
    }

    /// Closes the innermost element; whether that is an end to tell of.
    fn close(&mut self) -> bool {
        let depth = self.open.len();
        self.open.pop();
        self.unbind();
        match self.entered.last() {
            Some((entered, _)) if *entered == depth => {
                self.entered.pop();
                false
            }
            _ => true,
        }
    }

    fn damaged(&mut self, what: &str, byte: usize) {
        self.damage.get_or_insert_with(|| format!("{what} (byte {byte})"));
    }

    fn bind(&mut self, attributes: &'a str) {
        let depth = self.open.len();
        let element = Element::of_attributes(attributes);
        for (name, uri) in element.attrs() {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            if self.bindings.len() < MOST_BINDINGS {
                self.bindings.push(Binding { prefix, ns: Ns::of_uri(&uri), depth });
            }
        }
        self.last = ("xml", Ns::Other);
    }

    fn unbind(&mut self) {
        let depth = self.open.len();
        if self.bindings.last().is_some_and(|binding| binding.depth > depth) {
            self.bindings.retain(|binding| binding.depth <= depth);
            self.last = ("xml", Ns::Other);
        }
    }

    fn resolve(&mut self, prefix: &'a str) -> Ns {
        if self.last.0 == prefix {
            return self.last.1;
        }
        let bound = self.bindings.iter().rev().find(|binding| binding.prefix == prefix);
        let ns = bound.map_or_else(|| Ns::of_prefix(prefix), |binding| binding.ns);
        self.last = (prefix, ns);
        ns
    }

    /// Decides markup compatibility; whether the element is one to give.
    fn passes_compatibility(&mut self, element: &Element<'a>) -> bool {
        if element.ns != Ns::Mc {
            return true;
        }
        match element.name {
            "AlternateContent" => self.enter(),
            "Choice" | "Fallback" => {
                let around = if self.at_empty { self.open.len() } else { self.open.len() - 1 };
                match self.entered.iter_mut().rev().find(|(depth, _)| *depth == around) {
                    Some((_, chosen)) if *chosen => self.skip(),
                    Some((_, chosen)) => {
                        *chosen = true;
                        self.enter();
                    }
                    None => self.enter(),
                }
            }
            _ => self.skip(),
        }
        false
    }
}

enum Step<'a> {
    Start(Element<'a>),
    End,
}

fn reader_of(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
