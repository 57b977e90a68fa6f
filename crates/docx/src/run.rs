//! Runs: characters and the things that stand among them.

use crate::TrackChanges;
use crate::element::{Element, Ns};
use crate::fonts::Font;
use crate::line::{Break, Line, Look, Revision};
use crate::props::{RunProps, Vertical};
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::{NoteKind, Object, Style};

impl Reader<'_> {
    /// Reads a run.
    pub(crate) fn run(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        let mut look = None;
        while let Some(element) = xml.next() {
            if element.is_w("rPr") {
                let fonts = &mut self.fonts;
                let props = self.recent_runs.read(xml, |xml| RunProps::read(xml, fonts), |_| true);
                look = Some(self.look(&props, line));
                continue;
            }
            let look = match &look {
                Some(look) => look.clone(),
                None => self.look(&RunProps::default(), line),
            };
            self.run_content(xml, &element, line, &look);
        }
    }

    fn run_content(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line, look: &Look) {
        if element.ns != Ns::W {
            return match (element.ns, element.name) {
                (Ns::M, "oMath" | "oMathPara") => self.math(xml, element, line),
                _ => self.unknown_inline(xml, element, line),
            };
        }
        match element.name {
            "t" | "delText" => {
                let text = characters(element, xml.text());
                self.push(&text, line, look);
            }
            "tab" | "ptab" => self.push_mark("\t", xml, line, look),
            "cr" => self.push_mark("\n", xml, line, look),
            "br" => match element.attr("type").as_deref() {
                Some("page") => {
                    xml.skip();
                    line.break_here(Break::Page);
                }
                Some("column") => {
                    xml.skip();
                    line.break_here(Break::Column);
                }
                _ => self.push_mark("\n", xml, line, look),
            },
            "noBreakHyphen" => self.push_mark("-", xml, line, look),
            "softHyphen" | "lastRenderedPageBreak" | "rPr" => xml.skip(),
            "sym" => {
                let text = self.symbol(element);
                self.push_mark(&text, xml, line, look);
            }
            "fldChar" => self.field_character(xml, element, line, look),
            "instrText" | "delInstrText" => {
                let code = xml.text();
                self.fields.add_code(&code);
            }
            "footnoteReference" => self.note(xml, element, NoteKind::Footnote, line, look),
            "endnoteReference" => self.note(xml, element, NoteKind::Endnote, line, look),
            "commentReference" => self.note(xml, element, NoteKind::Comment, line, look),
            "ruby" => self.ruby(xml, line, look),
            "drawing" | "pict" | "object" => self.drawing(xml, line, look),
            "footnoteRef" | "endnoteRef" | "annotationRef" | "separator" | "continuationSeparator" => {
                xml.skip()
            }
            _ => self.unknown_inline(xml, element, line),
        }
    }

    fn push_mark(&mut self, text: &str, xml: &mut Xml<'_>, line: &mut Line, look: &Look) {
        xml.skip();
        self.push(text, line, look);
    }

    /// Adds characters where they are to be seen; field codes and hidden text are not.
    pub(crate) fn push(&mut self, text: &str, line: &mut Line, look: &Look) {
        let capitals = look.capitals && text.bytes().any(|b| b.is_ascii_lowercase() || b >= 0x80);
        let text = if capitals { &*text.to_uppercase() } else { text };
        if self.fields.in_code() {
            self.fields.add_code(text);
        } else if look.hidden {
            line.hidden.push_str(text);
        } else if let Some(symbols) = look.symbols {
            let shown: String = text.chars().map(|c| symbols.character(c).unwrap_or(c)).collect();
            line.push(&shown, &self.linked(line, look));
        } else if let Some(link) = self.fields.link().filter(|_| line.link.is_none()) {
            let style = Style { link: Some(link), underline: false, ..look.style.clone() };
            line.push(text, &Look { style, ..look.clone() });
        } else {
            line.push(text, look);
        }
    }

    /// The look with the link of the field around it.
    pub(crate) fn linked(&self, line: &Line, look: &Look) -> Look {
        let mut look = look.clone();
        if line.link.is_none() {
            look.style.link = self.fields.link();
        }
        look
    }

    /// Follows the properties of a run through its styles.
    pub(crate) fn look(&mut self, props: &RunProps, line: &Line) -> Look {
        let base = line.style.clone();
        let base = &base.run;
        let named = props.style.as_deref().map(|id| self.styles.character(id, &mut self.fonts));
        let none = RunProps::default();
        let char = named.as_ref().map_or(&none, |style| &style.run);
        // A switch set by a paragraph's style and again by a character's is off (ISO/IEC 29500-1, 17.7.3).
        let switch = |direct: Option<bool>, char: Option<bool>, base: Option<bool>| {
            direct.unwrap_or(base.unwrap_or(false) ^ char.unwrap_or(false))
        };
        let bold = switch(props.bold, char.bold, base.bold);
        let italic = switch(props.italic, char.italic, base.italic);
        let strike = switch(props.strike, char.strike, base.strike);
        let vertical = props.vertical.or(char.vertical).or(base.vertical);
        let underline = props.underline.or(char.underline).unwrap_or(false);
        let ascii = props.ascii.or(char.ascii).or(base.ascii);
        let east = props.east.or(char.east).or(base.east);
        let symbols = match ascii {
            Some(Font::Symbols(symbols)) => Some(symbols),
            _ => None,
        };
        let style = Style {
            bold: bold && base.bold != Some(true),
            italic: italic && base.italic != Some(true),
            strike: strike || line.revision == Some(Revision::Deleted),
            underline: (underline && line.link.is_none()) || line.revision == Some(Revision::Inserted),
            superscript: vertical == Some(Vertical::Super),
            subscript: vertical == Some(Vertical::Sub),
            code: named.as_ref().is_some_and(|style| style.code),
            link: line.link.clone(),
        };
        Look {
            style,
            bold,
            hidden: switch(props.hidden, char.hidden, base.hidden),
            capitals: switch(props.capitals, char.capitals, base.capitals),
            size: props.size.or(char.size).or(base.size).unwrap_or(20),
            east: self.face(east),
            ascii: self.face(ascii),
            symbols,
        }
    }

    /// A character of a symbol font (ISO/IEC 29500-1, 17.3.3.30).
    fn symbol(&mut self, element: &Element<'_>) -> String {
        let font = element.attr("font").unwrap_or_default();
        let code = element.attr("char").unwrap_or_default();
        let Some(c) = u32::from_str_radix(code.trim(), 16).ok().and_then(char::from_u32) else {
            self.log.lost("docx-symbol", self.mark(), format!("character {code} of {font}"));
            return String::new();
        };
        let Font::Symbols(symbols) = self.fonts.named(&font) else {
            // An ordinary font: the private area stands for the Latin letters behind it.
            let latin = u32::from(c).checked_sub(0xf000).filter(|c| (0x20..0x7f).contains(c));
            return latin.and_then(char::from_u32).unwrap_or(c).to_string();
        };
        symbols.character(c).map(String::from).unwrap_or_else(|| {
            self.log.guessed("docx-symbol", self.mark(), format!("character {code} of {font} is not known"));
            c.to_string()
        })
    }

    /// Characters with their reading (17.3.3.25).
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line, look: &Look) {
        let mut part = |reader: &mut Self, xml: &mut Xml<'_>| {
            let mut inner = Line::new(line.style.clone(), line.props.clone());
            reader.inlines(xml, &mut inner);
            line.hidden.push_str(&inner.hidden);
            line.deleted.push_str(&inner.deleted);
            inner.text.as_str().to_owned()
        };
        let (mut base, mut reading) = (String::new(), String::new());
        while let Some(element) = xml.next() {
            match element.name {
                "rt" => reading = part(self, xml),
                "rubyBase" => base = part(self, xml),
                _ => xml.skip(),
            }
        }
        if self.fields.in_code() {
            self.fields.add_code(&base);
        } else if look.hidden {
            line.hidden.push_str(&base);
        } else if reading.trim().is_empty() {
            self.push(&base, line, look);
        } else {
            line.push_object(Object::Ruby { base, reading }, look);
        }
    }

    /// Whether comments are kept.
    pub(crate) fn keeps_comments(&self) -> bool {
        self.options.track_changes == TrackChanges::All
    }
}

/// The characters of a text element. Without `xml:space`, white space at its ends is only layout of the XML.
fn characters(element: &Element<'_>, text: String) -> String {
    let bytes = text.as_bytes();
    let layout = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let trims = bytes.first().is_some_and(layout) || bytes.last().is_some_and(layout);
    let text = if trims && element.attr_exact("xml:space").as_deref() != Some("preserve") {
        text.trim_matches([' ', '\t', '\r', '\n']).to_owned()
    } else {
        text
    };
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ") } else { text }
}
