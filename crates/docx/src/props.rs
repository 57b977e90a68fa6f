//! Properties of paragraphs and runs, as one place states them; what is not stated is `None`.

use crate::element::{Element, Ns, without_prefix};
use crate::fonts::{Font, Fonts};
use crate::xml::Xml;
use qingwen_model::Align;

/// Properties of a run (`w:rPr`).
#[derive(Clone, Debug, Default)]
pub(crate) struct RunProps {
    /// The id of the character style.
    pub(crate) style: Option<Box<str>>,
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    pub(crate) strike: Option<bool>,
    pub(crate) underline: Option<bool>,
    pub(crate) hidden: Option<bool>,
    /// Shown in capital letters, whatever was typed.
    pub(crate) capitals: Option<bool>,
    pub(crate) vertical: Option<Vertical>,
    /// In half-points.
    pub(crate) size: Option<u16>,
    /// The font of Chinese characters.
    pub(crate) east: Option<Font>,
    /// The font of everything else.
    pub(crate) ascii: Option<Font>,
    /// On a paragraph mark: a revision deleted or inserted it.
    pub(crate) deleted: bool,
    pub(crate) inserted: bool,
    /// On a paragraph mark: the paragraph ends here only for its style, and runs on on the page.
    pub(crate) separator: bool,
}

/// Raised or lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vertical {
    Base,
    Super,
    Sub,
}

impl RunProps {
    /// Reads the children of a `w:rPr`.
    pub(crate) fn read(xml: &mut Xml<'_>, fonts: &mut Fonts) -> RunProps {
        let mut out = RunProps::default();
        while let Some(element) = xml.next() {
            if element.ns == Ns::W {
                out.set(&element, fonts);
            }
            xml.skip();
        }
        out
    }

    fn set(&mut self, element: &Element<'_>, fonts: &mut Fonts) {
        match element.name {
            "rFonts" => {
                for (name, value) in element.attrs() {
                    match without_prefix(name) {
                        "eastAsia" => _ = self.east.get_or_insert(fonts.named(&value)),
                        "ascii" => _ = self.ascii.get_or_insert(fonts.named(&value)),
                        "hAnsi" if self.ascii.is_none() => self.ascii = Some(fonts.named(&value)),
                        // A theme font wins over a named one (ISO/IEC 29500-1, 17.3.2.26).
                        "eastAsiaTheme" => {
                            self.east = Some(Font::Theme { major: value.starts_with("major") })
                        }
                        "asciiTheme" => self.ascii = Some(Font::Latin),
                        _ => {}
                    }
                }
            }
            "sz" => self.size = element.number("val").and_then(|size| u16::try_from(size).ok()),
            "b" => self.bold = Some(element.is_on()),
            "i" => self.italic = Some(element.is_on()),
            "strike" | "dstrike" => self.strike = Some(self.strike == Some(true) || element.is_on()),
            "u" => self.underline = Some(element.is_on()),
            "vanish" => self.hidden = Some(element.is_on()),
            "caps" => self.capitals = Some(element.is_on()),
            "specVanish" => self.separator = element.is_on(),
            "vertAlign" => {
                self.vertical = Some(match element.val().as_deref() {
                    Some("superscript") => Vertical::Super,
                    Some("subscript") => Vertical::Sub,
                    _ => Vertical::Base,
                });
            }
            "rStyle" => self.style = element.val().map(|id| id.into()),
            "del" | "moveFrom" => self.deleted = true,
            "ins" | "moveTo" => self.inserted = true,
            _ => {}
        }
    }

    /// Lets what `over` states win over what is here. Styles' names and marks of revisions stay behind.
    pub(crate) fn overlay(&mut self, over: &RunProps) {
        self.bold = over.bold.or(self.bold);
        self.italic = over.italic.or(self.italic);
        self.strike = over.strike.or(self.strike);
        self.underline = over.underline.or(self.underline);
        self.hidden = over.hidden.or(self.hidden);
        self.capitals = over.capitals.or(self.capitals);
        self.vertical = over.vertical.or(self.vertical);
        self.size = over.size.or(self.size);
        self.east = over.east.or(self.east);
        self.ascii = over.ascii.or(self.ascii);
    }
}

/// Which number a paragraph carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberRef {
    /// The list; 0 means none.
    pub(crate) list: Option<u32>,
    /// The level, from 0.
    pub(crate) level: Option<u8>,
}

/// Properties of a paragraph (`w:pPr`). Lengths are in twips, twentieths of a point.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParaProps {
    /// The id of the paragraph style.
    pub(crate) style: Option<Box<str>>,
    /// The outline level, from 0; 9 means body text.
    pub(crate) outline: Option<u8>,
    pub(crate) number: NumberRef,
    pub(crate) align: Option<Align>,
    pub(crate) left: Option<i32>,
    /// Of the first line against the left edge; negative where it hangs.
    pub(crate) first: Option<i32>,
    /// The same two in hundredths of a character, which win where they are stated.
    pub(crate) left_chars: Option<i32>,
    pub(crate) first_chars: Option<i32>,
    pub(crate) before: Option<i32>,
    pub(crate) after: Option<i32>,
    /// The same two in hundredths of a line.
    pub(crate) before_lines: Option<i32>,
    pub(crate) after_lines: Option<i32>,
    pub(crate) page_before: Option<bool>,
    /// Runs from right to left, so that start and end change sides.
    pub(crate) bidi: Option<bool>,
    /// Properties of the paragraph's mark, and so of its number.
    pub(crate) mark: RunProps,
    /// A section ends with this paragraph, and the next begins on a new page, a new column, or neither.
    pub(crate) section: Option<Section>,
}

/// Where the text goes on after a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Page,
    Column,
    Here,
}

impl ParaProps {
    /// Reads the children of a `w:pPr`. `on_section` is given each section's header and footer references.
    pub(crate) fn read(xml: &mut Xml<'_>, fonts: &mut Fonts, on_section: &mut dyn FnMut(&str)) -> ParaProps {
        let mut out = ParaProps::default();
        while let Some(element) = xml.next() {
            match element.name {
                _ if element.ns != Ns::W => xml.skip(),
                "rPr" => out.mark = RunProps::read(xml, fonts),
                "numPr" => {
                    while let Some(part) = xml.next() {
                        let number = part.number("val").and_then(|n| u32::try_from(n).ok());
                        match part.name {
                            "numId" => out.number.list = number.or(Some(0)),
                            "ilvl" => out.number.level = number.map(|level| level.min(8) as u8),
                            _ => {}
                        }
                        xml.skip();
                    }
                }
                "sectPr" => out.section = Some(Section::read(xml, on_section)),
                _ => {
                    out.set(&element);
                    xml.skip();
                }
            }
        }
        out
    }

    fn set(&mut self, element: &Element<'_>) {
        match element.name {
            "pStyle" => self.style = element.val().map(|id| id.into()),
            "outlineLvl" => self.outline = element.number("val").map(|level| level.clamp(0, 9) as u8),
            "jc" => {
                self.align = element.val().map(|value| match &*value {
                    "center" => Align::Center,
                    "right" | "end" => Align::End,
                    _ => Align::Start,
                });
            }
            "ind" => {
                for (name, value) in element.attrs() {
                    let value = crate::element::whole_number(&value);
                    match without_prefix(name) {
                        "left" | "start" => self.left = value,
                        "leftChars" | "startChars" => self.left_chars = value,
                        "firstLine" => self.first = self.first.or(value),
                        "firstLineChars" => self.first_chars = self.first_chars.or(value),
                        // Where both are stated, hanging wins (17.3.1.12).
                        "hanging" => self.first = value.map(|v| -v),
                        "hangingChars" => self.first_chars = value.map(|v| -v),
                        _ => {}
                    }
                }
            }
            "spacing" => {
                self.before = element.number("before").or(self.before);
                self.after = element.number("after").or(self.after);
                self.before_lines = element.number("beforeLines").or(self.before_lines);
                self.after_lines = element.number("afterLines").or(self.after_lines);
            }
            "pageBreakBefore" => self.page_before = Some(element.is_on()),
            "bidi" => self.bidi = Some(element.is_on()),
            _ => {}
        }
    }

    /// Lets what `over` states win over what is here. The mark, the section and the style's name stay behind.
    pub(crate) fn overlay(&mut self, over: &ParaProps) {
        self.outline = over.outline.or(self.outline);
        self.number.list = over.number.list.or(self.number.list);
        self.number.level = over.number.level.or(self.number.level);
        self.align = over.align.or(self.align);
        // Characters win over twips within one place only: twips stated nearer win over characters further.
        if over.left.is_some() || over.left_chars.is_some() {
            (self.left, self.left_chars) = (over.left.or(self.left), over.left_chars);
        }
        if over.first.is_some() || over.first_chars.is_some() {
            (self.first, self.first_chars) = (over.first.or(self.first), over.first_chars);
        }
        if over.before.is_some() || over.before_lines.is_some() {
            (self.before, self.before_lines) = (over.before.or(self.before), over.before_lines);
        }
        if over.after.is_some() || over.after_lines.is_some() {
            (self.after, self.after_lines) = (over.after.or(self.after), over.after_lines);
        }
        self.page_before = over.page_before.or(self.page_before);
        self.bidi = over.bidi.or(self.bidi);
    }
}

impl Section {
    /// Reads the children of a `w:sectPr`.
    pub(crate) fn read(xml: &mut Xml<'_>, on_reference: &mut dyn FnMut(&str)) -> Section {
        let mut out = Section::Page;
        while let Some(element) = xml.next() {
            match element.name {
                "type" => {
                    out = match element.val().as_deref() {
                        Some("continuous") => Section::Here,
                        Some("nextColumn") => Section::Column,
                        _ => Section::Page,
                    };
                }
                "headerReference" | "footerReference" => {
                    if let Some(id) = element.attr("id") {
                        on_reference(&id);
                    }
                }
                _ => {}
            }
            xml.skip();
        }
        out
    }
}
