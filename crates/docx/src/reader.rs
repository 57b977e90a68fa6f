//! The reader: what the parts of a document share while they are read, and the order in which they are.

use crate::DocxOptions;
use crate::fields::Fields;
use crate::flow::Flow;
use crate::fonts::{Font, Fonts};
use crate::notes::NoteParts;
use crate::numbering::Numbering;
use crate::package::{Package, Relationships};
use crate::props::{ParaProps, RunProps};
use crate::recent::Recent;
use crate::shape::Sizes;
use crate::styles::Styles;
use crate::theme::Theme;
use crate::xml::Xml;
use qingwen_model::{Document, Error, Face, Log, Mark, Media, Note, Warned};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What is known while a document is read.
pub(crate) struct Reader<'a> {
    pub(crate) options: &'a DocxOptions,
    pub(crate) package: &'a Package<'a>,
    pub(crate) styles: Styles<'a>,
    pub(crate) numbering: Numbering<'a>,
    pub(crate) fonts: Fonts,
    pub(crate) recent_runs: Recent<RunProps>,
    pub(crate) recent_paragraphs: Recent<ParaProps>,
    /// What a paragraph without properties states.
    pub(crate) no_props: Rc<ParaProps>,
    theme: Option<Theme>,
    theme_part: Option<String>,
    pub(crate) log: Log,
    /// Paragraphs begun so far.
    pub(crate) paragraphs: u32,
    pub(crate) note_parts: NoteParts<'a>,
    pub(crate) notes: Vec<Note>,
    pub(crate) media: Media,
    pub(crate) media_places: HashMap<String, usize>,
    /// The relationships of the part being read.
    pub(crate) relationships: Rc<Relationships>,
    pub(crate) fields: Fields,
    pub(crate) sizes: Sizes,
    /// Tables around what is being read.
    pub(crate) tables: u32,
    /// Ids of headers and footers, as sections name them.
    pub(crate) furniture: Vec<String>,
    /// Whether a paragraph had the style of a title.
    pub(crate) has_title: bool,
    /// Bookmarks, with the paragraphs they begin in.
    pub(crate) anchors: Vec<(String, Mark)>,
    /// Whether a link leads to a place within the document.
    pub(crate) links_within: bool,
}

pub(crate) fn read(bytes: &[u8], options: &DocxOptions) -> Result<Warned<Document>, Error> {
    let limits = &options.limits;
    let package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let text =
        package.text(&main)?.ok_or_else(|| Error::malformed("the document part is missing").at(&main))?;
    let mut relationships = package.relationships(&main)?;
    if relationships.is_empty() {
        relationships = Relationships::usual(&package, &main);
    }
    let mut log = Log::new();
    let mut part = |kind: &str| -> Result<Option<(String, String)>, Error> {
        let Some(name) = relationships.part(kind) else { return Ok(None) };
        let text = package.text(name)?;
        if text.is_none() {
            log.lost("docx-missing-part", Mark::None, name);
        }
        Ok(text.map(|text| (name.to_owned(), text)))
    };
    let (styles, numbering) = (part("styles")?, part("numbering")?);
    let (footnotes, endnotes, comments) = (part("footnotes")?, part("endnotes")?, part("comments")?);
    let mut fonts = Fonts::default();
    let mut reader = Reader {
        options,
        package: &package,
        styles: Styles::new(styles.as_ref().map(|(_, text)| text.as_str()), limits.depth, &mut fonts),
        numbering: Numbering::new(numbering.as_ref().map(|(_, text)| text.as_str()), limits.depth),
        fonts,
        recent_runs: Recent::default(),
        recent_paragraphs: Recent::default(),
        no_props: Rc::default(),
        theme: None,
        theme_part: relationships.part("theme").map(str::to_owned),
        log,
        paragraphs: 0,
        note_parts: NoteParts::new(&package, [&footnotes, &endnotes, &comments], limits.depth)?,
        notes: Vec::new(),
        media: Media::default(),
        media_places: HashMap::new(),
        relationships: Rc::new(relationships),
        fields: Fields::default(),
        sizes: Sizes::default(),
        tables: 0,
        furniture: Vec::new(),
        has_title: false,
        anchors: Vec::new(),
        links_within: false,
    };
    let blocks = reader.document(&main, &text)?;
    reader.unread_notes();
    reader.furniture();
    for (name, damage) in [("styles", reader.styles.damage()), ("numbering", reader.numbering.damage())] {
        if let Some(damage) = damage {
            reader.log.lost("docx-damaged-xml", Mark::None, format!("{name}: the part {damage}"));
        }
    }
    for name in package.damaged() {
        reader.log.lost("docx-damaged-part", Mark::None, name);
    }
    let meta = crate::meta::read(&package, reader.styles.language(), limits.depth)?;
    let mut document =
        Document { meta, blocks, notes: reader.notes, media: reader.media, anchors: Vec::new() };
    if reader.links_within {
        document.anchors = reader.anchors;
        unlink_nowhere(&mut document);
    }
    crate::shape::settle(&mut document, &reader.sizes, reader.has_title);
    Ok(Warned::new(document, reader.log))
}

impl Reader<'_> {
    fn document(&mut self, name: &str, text: &str) -> Result<Vec<qingwen_model::Block>, Error> {
        let mut xml = Xml::new(text, self.options.limits.depth);
        let root = xml.root().ok_or_else(|| Error::malformed("the document part is not XML").at(name))?;
        if xml.has_doctype() {
            return Err(Error::malformed("the document part has a document type declaration").at(name));
        }
        if root.name != "document" && root.name != "glossaryDocument" {
            let found = format!("the document part holds “{}”, not a document", root.name);
            return Err(Error::malformed(found).at(name));
        }
        let mut flow = Flow::default();
        while let Some(element) = xml.next() {
            if element.is_w("body") {
                // Some programs write several bodies; they follow one another.
                self.blocks(&mut xml, &mut flow);
            } else {
                xml.skip();
            }
        }
        let blocks = self.finish_flow(flow);
        let fields = std::mem::take(&mut self.fields);
        self.close_fields(fields);
        self.report_damage(name, &xml);
        Ok(blocks)
    }

    /// Reports what was wrong with the XML of a part.
    pub(crate) fn report_damage(&mut self, name: &str, xml: &Xml<'_>) {
        if let Some(damage) = xml.damage() {
            self.log.lost("docx-damaged-xml", Mark::None, format!("{name}: the part {damage}"));
        }
        if let Some(text) = xml.too_deep() {
            self.log.lost(
                "docx-too-deep",
                Mark::None,
                format!("{name}: elements nested beyond the limit: {text}"),
            );
        }
    }

    /// Where the paragraph being read stands.
    pub(crate) fn mark(&self) -> Mark {
        Mark::Paragraph(self.paragraphs)
    }

    /// The typeface of a font.
    pub(crate) fn face(&mut self, font: Option<Font>) -> Face {
        match font {
            Some(Font::Named(face)) => face,
            Some(Font::Theme { major }) => {
                let theme = self.theme();
                if major { theme.major } else { theme.minor }
            }
            Some(Font::Symbols(_) | Font::Latin) | None => Face::Unknown,
        }
    }

    fn theme(&mut self) -> Theme {
        if let Some(theme) = self.theme {
            return theme;
        }
        let text = self.theme_part.take().and_then(|part| self.package.text(&part).ok().flatten());
        let theme = text.map(|text| Theme::read(&text, self.options.limits.depth)).unwrap_or_default();
        self.theme = Some(theme);
        theme
    }

    /// What stands in headers and footers has no place in running text; it is told once. Without a letter it
    /// is taken for a page number, which nobody misses.
    fn furniture(&mut self) {
        let mut seen: Vec<String> = Vec::new();
        for id in std::mem::take(&mut self.furniture) {
            let Some(target) = self.relationships.get(&id).filter(|r| !r.external).cloned() else { continue };
            let Ok(Some(text)) = self.package.text(&target.target) else { continue };
            let shown = furniture_text(&text, self.options.limits.depth);
            if shown.is_empty() || seen.contains(&shown) {
                continue;
            }
            if shown.chars().any(char::is_alphabetic) {
                let code = if target.kind == "header" { "docx-header" } else { "docx-footer" };
                self.log.lost(code, Mark::None, shown.clone());
            } else {
                self.log.guessed("docx-page-number", Mark::None, shown.clone());
            }
            seen.push(shown);
        }
    }
}

/// Takes back links to bookmarks that are not there.
fn unlink_nowhere(document: &mut Document) {
    let names: HashSet<String> = document.anchors.iter().map(|(name, _)| name.clone()).collect();
    let leads = |link: &str| link.strip_prefix('#').is_none_or(|name| names.contains(name));
    document.visit_mut(&mut |block| {
        if let Some(text) = block.text_mut() {
            text.restyle(|style| style.link = style.link.take().filter(|link| leads(link)));
        }
    });
}

/// The text of a header or footer.
fn furniture_text(text: &str, depth: u16) -> String {
    let mut xml = Xml::new(text, depth);
    xml.root();
    xml.deep_text(|element| element.is_w("t")).trim().to_owned()
}
