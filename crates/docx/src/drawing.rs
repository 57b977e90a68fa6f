//! Drawings: pictures stand in the text, text boxes come after the paragraph that anchors them, and what is
//! neither is named.

use crate::body::is_text;
use crate::element::{Element, Ns};
use crate::line::{Line, Look};
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::{Block, MediaItem, Object};

/// What a drawing was seen to hold.
#[derive(Default)]
struct Seen {
    alt: String,
    pictures: Vec<String>,
    /// The program that made an embedded object.
    program: Option<String>,
    other: Option<(&'static str, String)>,
}

impl Reader<'_> {
    /// Reads a `w:drawing`, `w:pict` or `w:object`, however its shapes are nested.
    pub(crate) fn drawing(&mut self, xml: &mut Xml<'_>, line: &mut Line, look: &Look) {
        let mut seen = Seen::default();
        while let Some(part) = xml.next() {
            self.drawing_part(xml, &part, line, look, &mut seen);
        }
        if let Some(program) = seen.program {
            // What the page shows of it is a picture, and that stays.
            let (code, what) = match ["Equation", "MathType"].iter().any(|name| program.starts_with(name)) {
                true => ("docx-equation", "an equation kept only as a picture and an object of"),
                false => ("docx-object", "an embedded object of"),
            };
            self.log.lost(code, self.mark(), format!("{what} {program}"));
        }
        if let Some((code, what)) = seen.other {
            self.log.lost(code, self.mark(), what);
        }
        if look.hidden || self.fields.in_code() {
            return;
        }
        for id in seen.pictures {
            let media = self.picture(&id);
            let alt = std::mem::take(&mut seen.alt);
            let look = self.linked(line, look);
            line.push_object(Object::Image { media, alt }, &look);
        }
    }

    fn drawing_part(
        &mut self,
        xml: &mut Xml<'_>,
        part: &Element<'_>,
        line: &mut Line,
        look: &Look,
        seen: &mut Seen,
    ) {
        match (part.ns, part.name) {
            (Ns::W, "txbxContent") => {
                let blocks = self.inner_story(xml);
                if look.hidden {
                    let mut text = String::new();
                    for block in &blocks {
                        block.visit(&mut |b| text.push_str(b.text().map_or("", |text| text.as_str())));
                    }
                    line.hidden.push_str(&text);
                } else {
                    line.after.extend(blocks);
                }
            }
            (Ns::Wp, "docPr") => {
                let described = part.attr("descr").filter(|text| !text.trim().is_empty());
                seen.alt = described.or_else(|| part.attr("title")).unwrap_or_default().trim().to_owned();
                xml.skip();
            }
            (Ns::A, "blip") => {
                seen.pictures
                    .extend(part.attr("embed").or_else(|| part.attr("link")).map(|id| id.into_owned()));
                xml.skip();
            }
            (Ns::V, "imagedata") => {
                if seen.alt.is_empty() {
                    seen.alt = part.attr("title").unwrap_or_default().into_owned();
                }
                seen.pictures.extend(part.attr("id").or_else(|| part.attr("href")).map(|id| id.into_owned()));
                xml.skip();
            }
            (Ns::V, "shape" | "rect" | "roundrect" | "oval" | "group") => {
                if let Some(alt) = part.attr("alt").filter(|alt| !alt.trim().is_empty()) {
                    seen.alt = alt.trim().to_owned();
                }
                xml.enter();
            }
            (Ns::V, "textpath") => {
                let text = part.attr("string").unwrap_or_default();
                if !text.trim().is_empty() && !look.hidden {
                    line.after.push(Block::paragraph(text.into_owned()).at(self.mark()));
                }
                xml.skip();
            }
            (Ns::O, "OLEObject") => {
                seen.program = Some(part.attr("ProgID").unwrap_or_default().into_owned());
                xml.skip();
            }
            (Ns::Chart, "chart") => {
                let id = part.attr("id").unwrap_or_default();
                let text = self.part_text(&id, |element| {
                    matches!((element.ns, element.name), (Ns::A, "t") | (Ns::Chart, "v"))
                });
                seen.other = Some(("docx-chart", format!("a chart: {text}")));
                xml.skip();
            }
            (Ns::Diagram, "relIds") => {
                let id = part.attr("dm").unwrap_or_default();
                let text = self.part_text(&id, is_text);
                seen.other = Some(("docx-diagram", format!("a diagram: {text}")));
                xml.skip();
            }
            _ if is_text(part) => {
                let text = xml.text();
                if !text.trim().is_empty() {
                    line.after.push(Block::paragraph(text).at(self.mark()));
                }
            }
            _ => xml.enter(),
        }
    }

    /// All text in a related part, for naming what cannot be shown.
    fn part_text(&mut self, id: &str, counts: impl Fn(&Element<'_>) -> bool) -> String {
        let target = self.relationships.get(id).filter(|r| !r.external).map(|r| r.target.clone());
        let Some(text) = target.and_then(|target| self.package.text(&target).ok().flatten()) else {
            return String::new();
        };
        let mut xml = Xml::new(&text, self.options.limits.depth);
        let mut out = String::new();
        while let Some(element) = xml.next() {
            if counts(&element) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&xml.text());
            } else {
                xml.enter();
            }
        }
        out
    }

    /// The place of a picture among the media.
    fn picture(&mut self, id: &str) -> Option<usize> {
        let Some(target) = self.relationships.get(id) else {
            self.log.lost("docx-missing-part", self.mark(), format!("a picture without a part: {id}"));
            return None;
        };
        if target.external {
            let what = format!("a picture kept elsewhere: {}", target.target);
            self.log.lost("docx-linked-picture", self.mark(), what);
            return None;
        }
        let target = target.target.clone();
        if let Some(&place) = self.media_places.get(&target) {
            return Some(place);
        }
        if !self.package.has(&target) {
            self.log.lost("docx-missing-part", self.mark(), target);
            return None;
        }
        let bytes = if self.options.media { self.package.bytes(&target).ok().flatten() } else { None };
        let file = target.rsplit('/').next().unwrap_or(&target).to_owned();
        let taken = self.media.items.iter().any(|item| item.name == file);
        let place = self.media.items.len();
        let name = if taken { format!("{place}-{file}") } else { file };
        self.media.items.push(MediaItem { name, bytes: bytes.unwrap_or_default() });
        self.media_places.insert(target, place);
        Some(place)
    }
}
