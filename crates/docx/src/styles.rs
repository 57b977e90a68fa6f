//! Styles: what a style id stands for once its chain is followed. Styles are found by their place in the
//! part and read only when a paragraph or run asks for them; most files define hundreds and use five.

use crate::element::Ns;
use crate::fonts::Fonts;
use crate::props::{ParaProps, RunProps};
use crate::xml::Xml;
use std::collections::HashMap;
use std::rc::Rc;

/// What a paragraph of a style is, as far as the style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing in particular.
    #[default]
    Body,
    Title,
    Subtitle,
    /// A heading of a level, from 1.
    Heading(u8),
    Quote,
    Code,
    /// A line of a table of contents, or its heading.
    Contents,
    Caption,
}

impl Role {
    /// The role of a style by its name. Word keeps the English names of its own styles in every language;
    /// other programs write them in theirs.
    fn of_name(name: &str) -> Option<Role> {
        const HEADINGS: [&str; 22] = [
            "heading",
            "标题",
            "標題",
            "見出し",
            "제목",
            "überschrift",
            "titre",
            "título",
            "titolo",
            "titulo",
            "rubrik",
            "kop",
            "заголовок",
            "nagłówek",
            "nadpis",
            "otsikko",
            "overskrift",
            "başlık",
            "tiêu đề",
            "cím",
            "encabezado",
            "intestazione",
        ];
        const TITLES: [&str; 10] =
            ["title", "标题", "標題", "表題", "제목", "titel", "titre", "título", "titolo", "название"];
        let name = name.trim().to_lowercase();
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        if let Ok(level @ 1..=9) = name[stem.len()..].parse() {
            if HEADINGS.contains(&stem.trim_end_matches([' ', '_', '-'])) {
                return Some(Role::Heading(level));
            }
            return (stem.trim_end() == "toc").then_some(Role::Contents);
        }
        match &*name {
            "subtitle" | "副标题" | "副標題" => Some(Role::Subtitle),
            "quote" | "intense quote" | "block text" | "引用" | "明显引用" | "quotations" => {
                Some(Role::Quote)
            }
            "html preformatted" | "source code" | "macro" | "macro text" | "preformatted text" => {
                Some(Role::Code)
            }
            "toc heading" | "contents heading" => Some(Role::Contents),
            "caption" | "table caption" | "image caption" => Some(Role::Caption),
            name if TITLES.contains(&name) => Some(Role::Title),
            _ => None,
        }
    }
}

/// A style with everything it inherits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    pub(crate) para: ParaProps,
    pub(crate) run: RunProps,
    pub(crate) role: Role,
    /// Whether it is a character style for program code.
    pub(crate) code: bool,
    /// The ids of the style and of those it is based on, nearest first.
    pub(crate) chain: Vec<Box<str>>,
}

/// The styles part. See the [module](self).
pub(crate) struct Styles<'a> {
    xml: Option<Xml<'a>>,
    /// The inside of each style by id.
    places: HashMap<String, &'a str>,
    default_paragraph: Option<String>,
    defaults: (ParaProps, RunProps),
    language: Option<String>,
    resolved: HashMap<Box<str>, Rc<Style>>,
    plain: Rc<Style>,
}

/// The longest chain of styles based on one another. Word stops at eleven.
const LONGEST_CHAIN: usize = 32;

impl<'a> Styles<'a> {
    /// Finds the styles in a part.
    pub(crate) fn new(text: Option<&'a str>, depth: u16, fonts: &mut Fonts) -> Self {
        let mut styles = Styles {
            xml: None,
            places: HashMap::new(),
            default_paragraph: None,
            defaults: <_>::default(),
            language: None,
            resolved: HashMap::new(),
            plain: Rc::default(),
        };
        let Some(text) = text else { return styles };
        let mut xml = Xml::new(text, depth);
        xml.root();
        while let Some(element) = xml.next() {
            if element.is_w("style") {
                let id = element.attr("styleId").unwrap_or_default().into_owned();
                let kind = element.attr("type");
                let is_paragraph = kind.as_deref().is_none_or(|kind| kind == "paragraph");
                if is_paragraph && element.attr("default").is_some_and(|v| v == "1" || v == "true") {
                    styles.default_paragraph = Some(id.clone());
                }
                let inside = xml.inside(&element);
                if matches!(kind.as_deref(), None | Some("paragraph" | "character" | "numbering")) {
                    styles.places.insert(id, inside);
                }
            } else if element.is_w("docDefaults") {
                styles.read_defaults(&mut xml, fonts);
            } else {
                xml.inside(&element);
            }
        }
        styles.xml = Some(xml);
        let plain =
            Style { para: styles.defaults.0.clone(), run: styles.defaults.1.clone(), ..Style::default() };
        styles.plain = Rc::new(plain);
        styles
    }

    fn read_defaults(&mut self, xml: &mut Xml<'a>, fonts: &mut Fonts) {
        while let Some(element) = xml.next() {
            match element.name {
                "rPr" => {
                    // The language is the one property of the defaults that runs do not read.
                    let inside = xml.inside(&element);
                    let mut search = xml.fragment(inside);
                    while let Some(part) = search.next() {
                        if part.is_w("lang") {
                            self.language = part.attr("eastAsia").or(part.val()).map(|l| l.into_owned());
                        }
                        search.skip();
                    }
                    self.defaults.1 = RunProps::read(&mut xml.fragment(inside), fonts);
                }
                "pPr" => self.defaults.0 = ParaProps::read(xml, fonts, &mut |_| {}),
                _ => xml.enter(),
            }
        }
    }

    /// The language the document is written in by default.
    pub(crate) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// What was wrong with the part.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.xml.as_ref()?.damage()
    }

    /// The style of a paragraph: the one it names, or the default one.
    pub(crate) fn paragraph(&mut self, id: Option<&str>, fonts: &mut Fonts) -> Rc<Style> {
        match id {
            Some(id) => self.resolve(id, fonts),
            None => match self.default_paragraph.clone() {
                Some(id) => self.resolve(&id, fonts),
                None => Rc::clone(&self.plain),
            },
        }
    }

    /// What a character style states, without the document's defaults.
    pub(crate) fn character(&mut self, id: &str, fonts: &mut Fonts) -> Rc<Style> {
        let key: Box<str> = format!("\0{id}").into();
        if let Some(style) = self.resolved.get(&key) {
            return Rc::clone(style);
        }
        let mut style = Style::default();
        self.follow(id, &mut style, fonts);
        let style = Rc::new(style);
        self.resolved.insert(key, Rc::clone(&style));
        style
    }

    fn resolve(&mut self, id: &str, fonts: &mut Fonts) -> Rc<Style> {
        if let Some(style) = self.resolved.get(id) {
            return Rc::clone(style);
        }
        let mut style = (*self.plain).clone();
        self.follow(id, &mut style, fonts);
        let style = Rc::new(style);
        self.resolved.insert(id.into(), Rc::clone(&style));
        style
    }

    /// Lays the chain of styles over `style`, the furthest first.
    fn follow(&self, id: &str, style: &mut Style, fonts: &mut Fonts) {
        let mut chain = Vec::new();
        let mut next: Option<Box<str>> = Some(id.into());
        while let Some(id) = next.take() {
            if chain.len() == LONGEST_CHAIN || chain.iter().any(|(seen, _): &(Box<str>, _)| *seen == id) {
                break;
            }
            let own = self.read(&id, fonts);
            next.clone_from(&own.based_on);
            chain.push((id, own));
        }
        for (_, own) in chain.iter().rev() {
            style.para.overlay(&own.para);
            style.run.overlay(&own.run);
            match (own.role, own.para.outline) {
                (Some(role), _) => style.role = role,
                (None, Some(level @ 0..=8)) => style.role = Role::Heading(level + 1),
                (None, Some(_)) => style.role = Role::Body,
                (None, None) => {}
            }
            style.code |= own.code;
        }
        style.chain = chain.into_iter().map(|(id, _)| id).collect();
    }

    /// What one style itself states. A style nobody defined still has its id, which often is a name.
    fn read(&self, id: &str, fonts: &mut Fonts) -> Own {
        let mut own = Own::default();
        let (Some(xml), Some(inside)) = (&self.xml, self.places.get(id)) else {
            own.role = Role::of_name(id);
            return own;
        };
        let mut xml = xml.fragment(inside);
        while let Some(element) = xml.next() {
            match element.name {
                _ if element.ns != Ns::W => xml.skip(),
                "name" => {
                    let name = element.val().unwrap_or_default();
                    own.role = Role::of_name(&name);
                    own.code = matches!(
                        &*name.to_lowercase(),
                        "html code"
                            | "html typewriter"
                            | "verbatim char"
                            | "source text"
                            | "html sample"
                            | "html keyboard"
                    );
                    xml.skip();
                }
                "basedOn" => {
                    own.based_on = element.val().map(|id| id.into());
                    xml.skip();
                }
                "pPr" => own.para = ParaProps::read(&mut xml, fonts, &mut |_| {}),
                "rPr" => own.run = RunProps::read(&mut xml, fonts),
                _ => xml.skip(),
            }
        }
        own
    }

    /// The list that a numbering style stands for (`numStyleLink`, ISO/IEC 29500-1, 17.9.21).
    pub(crate) fn list_of(&self, id: &str, fonts: &mut Fonts) -> Option<u32> {
        self.read(id, fonts).para.number.list
    }
}

#[derive(Default)]
struct Own {
    based_on: Option<Box<str>>,
    role: Option<Role>,
    code: bool,
    para: ParaProps,
    run: RunProps,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_languages_mean_headings() {
        for (name, role) in [
            ("heading 1", Some(Role::Heading(1))),
            ("Heading 9", Some(Role::Heading(9))),
            ("Heading2", Some(Role::Heading(2))),
            ("标题 3", Some(Role::Heading(3))),
            ("Überschrift 2", Some(Role::Heading(2))),
            ("Title", Some(Role::Title)),
            ("标题", Some(Role::Title)),
            ("toc 1", Some(Role::Contents)),
            ("TOC Heading", Some(Role::Contents)),
            ("heading", None),
            ("heading 10", None),
            ("List 2", None),
            ("Normal", None),
        ] {
            assert_eq!(Role::of_name(name), role, "{name}");
        }
    }

    fn role(styles: &str, id: &str) -> Role {
        let text = format!("<w:styles>{styles}</w:styles>");
        let mut fonts = Fonts::default();
        Styles::new(Some(&text), 64, &mut fonts).paragraph(Some(id), &mut fonts).role
    }

    #[test]
    fn a_style_takes_its_role_from_the_nearest_that_has_one() {
        let styles = "<w:style w:styleId='1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
            <w:style w:styleId='a'><w:name w:val='章'/><w:basedOn w:val='1'/></w:style>\
            <w:style w:styleId='b'><w:name w:val='节'/><w:basedOn w:val='a'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>\
            <w:style w:styleId='c'><w:name w:val='文'/><w:basedOn w:val='a'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
            <w:style w:styleId='x'><w:basedOn w:val='y'/></w:style><w:style w:styleId='y'><w:basedOn w:val='x'/></w:style>";
        for (id, want) in [
            ("1", Role::Heading(1)),
            ("a", Role::Heading(1)),
            ("b", Role::Heading(3)),
            ("c", Role::Body),
            ("x", Role::Body),
            ("Heading4", Role::Heading(4)),
        ] {
            assert_eq!(role(styles, id), want, "{id}");
        }
    }
}
