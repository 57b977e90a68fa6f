//! One element's start tag: its name, its namespace, its attributes.

use std::borrow::Cow;

/// The namespaces that mean something to us, transitional and strict alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ns {
    /// WordprocessingML.
    W,
    /// Relationship ids.
    R,
    /// Office Math.
    M,
    /// Markup compatibility.
    Mc,
    /// DrawingML.
    A,
    /// DrawingML's place in a text.
    Wp,
    /// Word's shapes, groups and canvases.
    Shape,
    /// Charts.
    Chart,
    /// Diagrams.
    Diagram,
    /// VML.
    V,
    /// VML's office part.
    O,
    /// Word 2010 and later.
    W14,
    /// Anything else.
    Other,
}

impl Ns {
    pub(crate) fn of_uri(uri: &str) -> Ns {
        const STRICT: &str = "http://purl.oclc.org/ooxml/";
        const OPEN: &str = "http://schemas.openxmlformats.org/";
        const MICROSOFT: &str = "http://schemas.microsoft.com/office/";
        let Some(path) = uri.strip_prefix(STRICT).or_else(|| uri.strip_prefix(OPEN)) else {
            return match uri.strip_prefix(MICROSOFT) {
                Some("word/2010/wordml" | "word/2012/wordml") => Ns::W14,
                Some(path) if path.starts_with("word/2010/wordprocessing") => Ns::Shape,
                Some(path) if path.starts_with("drawing/2014/chartex") => Ns::Chart,
                Some(path) if path.starts_with("word/2003/wordml") => Ns::W,
                _ if uri == "urn:schemas-microsoft-com:vml" => Ns::V,
                _ if uri == "urn:schemas-microsoft-com:office:office" => Ns::O,
                _ => Ns::Other,
            };
        };
        match path {
            "wordprocessingml/2006/main" | "wordprocessingml/main" => Ns::W,
            "officeDocument/2006/relationships" | "officeDocument/relationships" => Ns::R,
            "officeDocument/2006/math" | "officeDocument/math" => Ns::M,
            "markup-compatibility/2006" => Ns::Mc,
            "drawingml/2006/main" | "drawingml/main" => Ns::A,
            "drawingml/2006/wordprocessingDrawing" | "drawingml/wordprocessingDrawing" => Ns::Wp,
            "drawingml/2006/chart" | "drawingml/chart" => Ns::Chart,
            "drawingml/2006/diagram" | "drawingml/diagram" => Ns::Diagram,
            _ => Ns::Other,
        }
    }

    /// What a prefix means that nobody declared: its usual meaning.
    pub(crate) fn of_prefix(prefix: &str) -> Ns {
        match prefix {
            "w" => Ns::W,
            "r" => Ns::R,
            "m" => Ns::M,
            "mc" => Ns::Mc,
            "a" => Ns::A,
            "wp" => Ns::Wp,
            "wps" | "wpg" | "wpc" => Ns::Shape,
            "c" => Ns::Chart,
            "dgm" => Ns::Diagram,
            "v" => Ns::V,
            "o" => Ns::O,
            "w14" | "w15" => Ns::W14,
            _ => Ns::Other,
        }
    }
}

/// The start of an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    /// Its namespace.
    pub(crate) ns: Ns,
    /// Its name as written, with the prefix.
    pub(crate) qualified: &'a str,
    /// Its name without the prefix.
    pub(crate) name: &'a str,
    /// The attributes as written.
    attributes: &'a str,
}

impl<'a> Element<'a> {
    /// An element as it stands in the text.
    pub(crate) fn new(ns: Ns, qualified: &'a str, name: &'a str, attributes: &'a str) -> Self {
        Element { ns, qualified, name, attributes }
    }

    /// Attributes alone.
    pub(crate) fn of_attributes(attributes: &'a str) -> Self {
        Element::new(Ns::Other, "", "", attributes)
    }

    /// Whether it is the WordprocessingML element of this name.
    pub(crate) fn is_w(&self, name: &str) -> bool {
        self.ns == Ns::W && self.name == name
    }

    /// The attribute of a local name, whatever its prefix.
    pub(crate) fn attr(&self, local: &str) -> Option<Cow<'a, str>> {
        self.attrs().find(|(name, _)| without_prefix(name) == local).map(|(_, value)| value)
    }

    /// The attribute of a full name, prefix included: for the few where the local name is not enough.
    pub(crate) fn attr_exact(&self, qualified: &str) -> Option<Cow<'a, str>> {
        self.attrs().find(|(name, _)| *name == qualified).map(|(_, value)| value)
    }

    /// The `val` attribute.
    pub(crate) fn val(&self) -> Option<Cow<'a, str>> {
        self.attr("val")
    }

    /// Whether a switch such as `<w:b/>` is on (ISO/IEC 29500-1, 17.17.4): no value means yes.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// A whole number in an attribute, whatever follows its digits; values such as `11pt` and `2.5` exist.
    pub(crate) fn number(&self, local: &str) -> Option<i32> {
        whole_number(&self.attr(local)?)
    }

    /// All attributes: full name and value.
    pub(crate) fn attrs(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            // Names and values are short: a plain loop beats every searcher.
            let equals = rest.bytes().position(|b| b == b'=')?;
            let name = rest[..equals].trim_ascii();
            let after = rest[equals + 1..].trim_ascii_start();
            let quote = after.bytes().next().filter(|b| matches!(b, b'"' | b'\''))?;
            let length = after.bytes().skip(1).position(|b| b == quote)?;
            rest = &after[length + 2..];
            Some((name, unescape(&after[1..=length])))
        })
    }
}

/// A whole number at the start of a string.
pub(crate) fn whole_number(string: &str) -> Option<i32> {
    let string = string.trim_ascii();
    let digits = string.strip_prefix(['-', '+']).unwrap_or(string);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let value: i32 = digits[..length].parse().ok()?;
    Some(if string.starts_with('-') { -value } else { value })
}

fn unescape(value: &str) -> Cow<'_, str> {
    if !value.bytes().any(|b| b == b'&') {
        return Cow::Borrowed(value);
    }
    quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
}

/// A name without its prefix.
pub(crate) fn without_prefix(name: &str) -> &str {
    name.bytes().rposition(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
}
