//! The theme's fonts for Chinese, Japanese and Korean.

use crate::element::Ns;
use crate::xml::Xml;
use qingwen_model::Face;

/// The faces of headings and of the body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Theme {
    pub(crate) major: Face,
    pub(crate) minor: Face,
}

impl Theme {
    /// Reads a theme part. Where the East Asian font is left empty, that of simplified Chinese stands in.
    pub(crate) fn read(text: &str, depth: u16) -> Theme {
        let mut theme = Theme::default();
        let mut xml = Xml::new(text, depth);
        xml.root();
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::A, "themeElements" | "fontScheme") => xml.enter(),
                (Ns::A, "majorFont") => theme.major = face(&mut xml),
                (Ns::A, "minorFont") => theme.minor = face(&mut xml),
                _ => _ = xml.inside(&element),
            }
        }
        theme
    }
}

fn face(xml: &mut Xml<'_>) -> Face {
    let mut east = String::new();
    let mut hans = String::new();
    while let Some(element) = xml.next() {
        let typeface = || element.attr("typeface").unwrap_or_default().into_owned();
        match element.name {
            "ea" => east = typeface(),
            "font" if element.attr("script").as_deref() == Some("Hans") => hans = typeface(),
            _ => {}
        }
        xml.skip();
    }
    Face::of_name(if east.is_empty() { &hans } else { &east })
}
