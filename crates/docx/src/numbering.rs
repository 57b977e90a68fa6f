//! The numbers a word processor prints: lists, their levels, and the counters that run through a document
//! (ISO/IEC 29500-1, 17.9).

pub(crate) mod format;
mod words;

use crate::element::{Element, Ns};
use crate::fonts::{Font, Fonts};
use crate::props::{ParaProps, RunProps};
use crate::styles::Styles;
use crate::xml::Xml;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What stands between the number and the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// One level of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    start: u32,
    format: Box<str>,
    text: String,
    /// All numbers in Arabic digits.
    legal: bool,
    /// The level, from 1, after which this one starts anew; 0 never, `None` after any above.
    restart: Option<u32>,
    suffix: Suffix,
    /// The paragraph style that carries this level.
    style: Option<Box<str>>,
    hidden: bool,
    picture: bool,
    font: Option<Font>,
    /// Indentation, which paragraphs of this level take.
    pub(crate) para: ParaProps,
}

type Levels = [Option<Rc<Level>>; 9];

/// A list as the document names it: an abstract one with some levels replaced.
#[derive(Clone, Debug)]
struct List {
    /// Lists of one abstract list count on together.
    family: u32,
    levels: Levels,
    starts: [Option<u32>; 9],
}

impl List {
    /// What a level counts from.
    fn first(&self, index: usize) -> Option<u32> {
        self.starts[index].or_else(|| self.levels[index].as_ref().map(|level| level.start))
    }
}

/// What is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    /// A sign, the same for every item; a ballot box says whether the item is done.
    Bullet(Option<bool>),
    /// A number.
    Number {
        /// As it is printed.
        text: String,
        /// What follows it.
        suffix: Suffix,
        /// The counter behind it, where its format is plain Arabic digits and nothing but this level.
        plain: Option<u32>,
    },
}

/// The numbering part, and where its counters stand.
pub(crate) struct Numbering<'a> {
    xml: Option<Xml<'a>>,
    abstracts: HashMap<u32, &'a str>,
    /// Abstract lists by the numbering style they define.
    nums: HashMap<u32, &'a str>,
    lists: HashMap<u32, Option<Rc<List>>>,
    counters: HashMap<u32, [Option<u32>; 9]>,
    started: HashSet<(u32, usize)>,
}

impl<'a> Numbering<'a> {
    /// Finds the lists in a part.
    pub(crate) fn new(text: Option<&'a str>, depth: u16) -> Self {
        let mut out = Numbering {
            xml: None,
            abstracts: HashMap::new(),
            nums: HashMap::new(),
            lists: HashMap::new(),
            counters: HashMap::new(),
            started: HashSet::new(),
        };
        let Some(text) = text else { return out };
        let mut xml = Xml::new(text, depth);
        xml.root();
        while let Some(element) = xml.next() {
            let id = |name| element.number(name).and_then(|id| u32::try_from(id).ok());
            if element.is_w("abstractNum") {
                let id = id("abstractNumId");
                let inside = xml.inside(&element);
                id.map(|id| out.abstracts.entry(id).or_insert(inside));
            } else if element.is_w("num") {
                let id = id("numId");
                let inside = xml.inside(&element);
                id.map(|id| out.nums.entry(id).or_insert(inside));
            } else {
                xml.skip();
            }
        }
        out.xml = Some(xml);
        out
    }

    /// What was wrong with the part.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.xml.as_ref()?.damage()
    }

    /// The level of a list, for a paragraph whose style chain is `chain`: the one stated, or the one that
    /// names the style, or the first.
    pub(crate) fn level_of(
        &mut self,
        list: u32,
        stated: Option<u8>,
        chain: &[Box<str>],
        styles: &Styles<'_>,
        fonts: &mut Fonts,
    ) -> Option<(usize, Rc<Level>)> {
        let levels = &self.list(list, styles, fonts)?.levels;
        let carries = |style: &str| {
            levels.iter().position(|level| level.as_ref().is_some_and(|l| l.style.as_deref() == Some(style)))
        };
        let index = match stated {
            Some(level) => usize::from(level),
            None => chain.iter().find_map(|style| carries(style)).unwrap_or(0),
        };
        Some((index, Rc::clone(levels.get(index)?.as_ref()?)))
    }

    /// Counts one paragraph of a list and says what is printed before it.
    pub(crate) fn count(
        &mut self,
        list: u32,
        index: usize,
        styles: &Styles<'_>,
        fonts: &mut Fonts,
    ) -> Option<Printed> {
        let definition = self.list(list, styles, fonts)?;
        let level = definition.levels.get(index)?.clone()?;
        let counters = self.counters.entry(definition.family).or_default();
        // A level that is passed over counts as used: after 2.a.I, which nobody began, comes 2.b.
        for (above, counter) in counters.iter_mut().enumerate().take(index) {
            let restarts = definition.starts[above].is_some() && self.started.insert((list, above));
            *counter = counter.filter(|_| !restarts).or_else(|| definition.first(above));
        }
        let restarts = definition.starts[index].is_some() && self.started.insert((list, index));
        counters[index] = match counters[index] {
            Some(value) if !restarts => Some(value.saturating_add(1)),
            _ => definition.first(index),
        };
        for (below, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            let restart = definition.levels[below].as_ref().and_then(|level| level.restart);
            if index < restart.map_or(below, |restart| restart as usize) {
                *counter = None;
            }
        }
        let counters = *counters;
        print(&definition, &level, index, &counters)
    }

    fn list(&mut self, id: u32, styles: &Styles<'_>, fonts: &mut Fonts) -> Option<Rc<List>> {
        if let Some(list) = self.lists.get(&id) {
            return list.clone();
        }
        let list = self.read_list(id, styles, fonts, 0).map(Rc::new);
        self.lists.insert(id, list.clone());
        list
    }

    fn read_list(&self, id: u32, styles: &Styles<'_>, fonts: &mut Fonts, links: u8) -> Option<List> {
        let mut family = None;
        let mut replaced: Vec<(usize, Option<Level>, Option<u32>)> = Vec::new();
        let mut xml = self.xml.as_ref()?.fragment(self.nums.get(&id)?);
        while let Some(element) = xml.next() {
            match element.name {
                "abstractNumId" => {
                    family = element.number("val").and_then(|id| u32::try_from(id).ok());
                    xml.skip();
                }
                "lvlOverride" => {
                    let index = element.number("ilvl").map_or(0, |level| level.clamp(0, 8) as usize);
                    let mut entry = (index, None, None);
                    while let Some(part) = xml.next() {
                        match part.name {
                            "startOverride" => {
                                entry.2 = part.number("val").and_then(|start| u32::try_from(start).ok());
                                xml.skip();
                            }
                            "lvl" => entry.1 = Some(Level::read(&mut xml, fonts)),
                            _ => xml.skip(),
                        }
                    }
                    replaced.push(entry);
                }
                _ => xml.skip(),
            }
        }
        let mut list = self.read_abstract(family?, styles, fonts, links)?;
        for (index, level, start) in replaced {
            if let Some(level) = level {
                list.levels[index] = Some(Rc::new(level));
            }
            list.starts[index] = start.or(list.starts[index]);
        }
        Some(list)
    }

    fn read_abstract(&self, id: u32, styles: &Styles<'_>, fonts: &mut Fonts, links: u8) -> Option<List> {
        let mut levels = Levels::default();
        let mut xml = self.xml.as_ref()?.fragment(self.abstracts.get(&id)?);
        while let Some(element) = xml.next() {
            match element.name {
                "lvl" => {
                    let index = element.number("ilvl").map_or(0, |level| level.clamp(0, 8) as usize);
                    levels[index] = Some(Rc::new(Level::read(&mut xml, fonts)));
                }
                // The levels stand in the list that the numbering style names (17.9.21). A cycle ends soon.
                "numStyleLink" if links < 4 => {
                    let linked = element.val().and_then(|style| styles.list_of(&style, fonts));
                    xml.skip();
                    if let Some(list) = linked.and_then(|list| self.read_list(list, styles, fonts, links + 1))
                    {
                        return Some(list);
                    }
                }
                _ => xml.skip(),
            }
        }
        Some(List { family: id, levels, starts: [None; 9] })
    }
}

impl Level {
    fn read(xml: &mut Xml<'_>, fonts: &mut Fonts) -> Level {
        // Without a start, counting begins at 0 (17.9.25).
        let mut out = Level { format: "decimal".into(), ..Level::default() };
        while let Some(element) = xml.next() {
            match element.name {
                _ if element.ns != Ns::W => xml.skip(),
                "pPr" => out.para = ParaProps::read(xml, fonts, &mut |_| {}),
                "rPr" => {
                    let run = RunProps::read(xml, fonts);
                    out.hidden = run.hidden == Some(true);
                    out.font = run.ascii;
                }
                _ => {
                    out.set(&element);
                    xml.skip();
                }
            }
        }
        out
    }

    fn set(&mut self, element: &Element<'_>) {
        let number = || element.number("val").and_then(|n| u32::try_from(n).ok());
        match element.name {
            "start" => self.start = number().unwrap_or(0),
            "numFmt" => {
                let format = element.val().unwrap_or_default();
                self.format = match (&*format, element.attr("format")) {
                    ("custom", Some(pattern)) => format::of_pattern(&pattern).into(),
                    (format, _) => format.into(),
                };
            }
            "lvlText" => self.text = element.val().unwrap_or_default().into_owned(),
            "isLgl" => self.legal = element.is_on(),
            "lvlRestart" => self.restart = number(),
            "suff" => {
                self.suffix = match element.val().as_deref() {
                    Some("nothing") => Suffix::Nothing,
                    Some("space") => Suffix::Space,
                    _ => Suffix::Tab,
                };
            }
            "pStyle" => self.style = element.val().map(|id| id.into()),
            "lvlPicBulletId" => self.picture = true,
            _ => {}
        }
    }
}

/// Writes the number of a level from the counters of all.
fn print(list: &List, level: &Level, index: usize, counters: &[Option<u32>; 9]) -> Option<Printed> {
    if level.hidden {
        return None;
    }
    if level.picture && &*level.format == "bullet" {
        return Some(Printed::Bullet(None));
    }
    if &*level.format == "bullet" {
        // A sign makes an item of a list; words (“注：”) are text that happens not to change.
        let shown = level.text.trim();
        let words = shown.chars().nth(1).is_some() && shown.chars().any(char::is_alphanumeric);
        return match (shown.is_empty(), words) {
            (true, _) => None,
            (false, false) => Some(Printed::Bullet(match shown {
                "☐" => Some(false),
                "☑" | "☒" => Some(true),
                _ => None,
            })),
            (false, true) => {
                Some(Printed::Number { text: level.text.clone(), suffix: level.suffix, plain: None })
            }
        };
    }
    let mut text = String::new();
    let mut rest = level.text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        let Some(digit @ b'1'..=b'9') = after.bytes().next() else {
            text.push('%');
            rest = after;
            continue;
        };
        rest = &after[1..];
        let place = usize::from(digit - b'1');
        let Some(other) = list.levels[place].as_ref().filter(|_| place <= index) else { continue };
        let value = counters[place].unwrap_or(other.start);
        let format = match (&*other.format, level.legal) {
            ("none", _) => "none",
            (_, true) => "decimal",
            // A sign of a level above has no number to quote.
            ("bullet", false) => "none",
            (format, false) => format,
        };
        text.push_str(&format::write(value, format));
    }
    text.push_str(rest);
    if let Some(Font::Symbols(symbols)) = level.font {
        text = text.chars().map(|c| symbols.character(c).unwrap_or(c)).collect();
    }
    if text.trim().is_empty() {
        return None;
    }
    let own = format!("%{}", index + 1);
    let plain = (&*level.format == "decimal" && matches!(level.text.strip_prefix(&own), Some("." | ")")))
        .then(|| counters[index])
        .flatten();
    Some(Printed::Number { text, suffix: level.suffix, plain })
}

#[cfg(test)]
#[path = "numbering_tests.rs"]
mod tests;
