//! Paragraphs: what stands in them, and what they are.

use crate::body::is_text;
use crate::element::{Element, Ns};
use crate::flow::{Flow, ItemKind};
use crate::line::{Break, Line, Look, Revision};
use crate::numbering::{Printed, Suffix};
use crate::props::{ParaProps, Section};
use crate::reader::Reader;
use crate::styles::Role;
use crate::xml::Xml;
use crate::{Numbers, TrackChanges};
use qingwen_model::{Block, Body, Code, Mark, Marker, Style, Text};
use std::rc::Rc;
use std::sync::Arc;

impl Reader<'_> {
    /// Reads a paragraph and adds what it is.
    pub(crate) fn paragraph(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) {
        self.paragraphs += 1;
        let mut line = self.new_line();
        if let Some(earlier) = flow.carry.take() {
            line.continue_from(earlier);
        }
        self.inlines(xml, &mut line);
        let mark = &line.props.mark;
        let merges = match self.options.track_changes {
            TrackChanges::Accept => mark.deleted,
            TrackChanges::Reject => mark.inserted,
            TrackChanges::All => false,
        };
        if merges {
            flow.carry = Some(line);
        } else {
            self.finish(line, flow);
        }
    }

    /// An empty paragraph of the default style.
    pub(crate) fn new_line(&mut self) -> Line {
        Line::new(self.styles.paragraph(None, &mut self.fonts), Rc::clone(&self.no_props))
    }

    /// Reads what stands within a paragraph, or within a wrapper in one.
    pub(crate) fn inlines(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::W, "r") => self.run(xml, line),
                (Ns::W, "pPr") => self.paragraph_props(xml, line),
                (Ns::W, "hyperlink") => self.hyperlink(xml, &element, line),
                (Ns::W, "ins" | "moveTo") => self.revised(xml, line, Revision::Inserted),
                (Ns::W, "del" | "moveFrom") => self.revised(xml, line, Revision::Deleted),
                (Ns::W, "smartTag" | "customXml" | "sdt" | "sdtContent" | "dir" | "bdo") => xml.enter(),
                (Ns::W, "fldSimple") => self.simple_field(xml, &element, line),
                (Ns::M, "oMath" | "oMathPara") => self.math(xml, &element, line),
                (Ns::W, "bookmarkStart") => {
                    self.bookmark(&element, self.mark());
                    xml.skip();
                }
                (Ns::W, "subDoc") => {
                    let target = element.attr("id").and_then(|id| self.relationships.get(&id).cloned());
                    let name = target.map_or_else(String::new, |target| target.target);
                    self.log.lost("docx-sub-document", self.mark(), name);
                    xml.skip();
                }
                _ => self.unknown_inline(xml, &element, line),
            }
        }
    }

    fn paragraph_props(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        let (fonts, furniture) = (&mut self.fonts, &mut self.furniture);
        let read = |xml: &mut Xml<'_>| ParaProps::read(xml, fonts, &mut |id| furniture.push(id.to_owned()));
        // A section also names headers and footers.
        line.props = self.recent_paragraphs.read(xml, read, |props| props.section.is_none());
        line.style = self.styles.paragraph(line.props.style.as_deref(), &mut self.fonts);
    }

    fn hyperlink(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line) {
        let anchor = element.attr("anchor");
        let target = element.attr("id").and_then(|id| self.relationships.get(&id).cloned());
        let link: Option<Arc<str>> = match (target, anchor) {
            (Some(target), Some(anchor)) if !target.target.contains('#') => {
                Some(format!("{}#{anchor}", target.target).into())
            }
            (Some(target), _) => Some(target.target.into()),
            (None, Some(anchor)) => Some(format!("#{anchor}").into()),
            (None, None) => None,
        };
        let outer = line.link.clone();
        line.link = link.and_then(|link| self.followable(link)).or_else(|| outer.clone());
        self.inlines(xml, line);
        line.link = outer;
    }

    /// The link, where it leads somewhere; a script leads nowhere outside the program that wrote it.
    pub(crate) fn followable(&mut self, link: Arc<str>) -> Option<Arc<str>> {
        let scheme = link.split(':').next().unwrap_or_default();
        if ["javascript", "vbscript"].iter().any(|script| scheme.trim().eq_ignore_ascii_case(script)) {
            self.log.lost("docx-script-link", self.mark(), link.to_string());
            return None;
        }
        self.links_within |= link.starts_with('#');
        (!link.trim().is_empty()).then_some(link)
    }

    /// A place that links may lead to.
    pub(crate) fn bookmark(&mut self, element: &Element<'_>, mark: Mark) {
        // Where the cursor stood last is nobody's goal.
        if let Some(name) = element.attr("name").filter(|name| *name != "_GoBack") {
            self.anchors.push((name.into_owned(), mark));
        }
    }

    fn revised(&mut self, xml: &mut Xml<'_>, line: &mut Line, revision: Revision) {
        match (self.options.track_changes, revision) {
            (TrackChanges::Accept, Revision::Deleted) | (TrackChanges::Reject, Revision::Inserted) => {
                line.deleted.push_str(&xml.deep_text(is_text));
            }
            (TrackChanges::All, _) => {
                let outer = line.revision.replace(revision);
                self.inlines(xml, line);
                line.revision = outer;
            }
            _ => xml.enter(),
        }
    }

    /// An element that has no business here. What it says is kept.
    pub(crate) fn unknown_inline(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line) {
        let name = element.qualified;
        let text = xml.deep_text(is_text);
        if !text.trim().is_empty() {
            self.log.guessed("docx-unknown-element", self.mark(), format!("{name}: {text}"));
            self.push(&text, line, &Look { size: 21, ..Look::default() });
        }
    }

    /// Adds a paragraph that has been read.
    pub(crate) fn finish(&mut self, mut line: Line, flow: &mut Flow) {
        self.report_dropped(&mut line);
        let style = Rc::clone(&line.style);
        let mut props = style.para.clone();
        let number = self.number(&line, &mut props);
        props.overlay(&line.props);
        if props.page_before == Some(true) {
            line.break_before = Some(Break::Page);
        }
        flow.break_before = flow.break_before.max(line.break_before);
        let after = std::mem::take(&mut line.after);
        let break_after = line.break_after.max(line.props.section.and_then(|section| match section {
            Section::Page => Some(Break::Page),
            Section::Column => Some(Break::Column),
            Section::Here => None,
        }));
        if line.text.is_blank() && !matches!(number, Some(Printed::Number { .. })) {
            match style.role {
                Role::Code => flow.blank_code += 1,
                _ => flow.gap += 1.0,
            }
        } else {
            self.sizes.add(&line, self.tables > 0);
            self.add(line, &props, number, flow);
            flow.gap = 0.0;
            flow.space_after = crate::shape::lines(props.after, props.after_lines);
        }
        flow.break_before = flow.break_before.max(break_after);
        after.into_iter().for_each(|block| flow.push(block));
    }

    fn report_dropped(&mut self, line: &mut Line) {
        let mark = self.mark();
        for (code, text) in [
            ("docx-hidden-text", std::mem::take(&mut line.hidden)),
            ("docx-revision", std::mem::take(&mut line.deleted)),
        ] {
            if !text.trim().is_empty() {
                self.log.lost(code, mark, text);
            }
        }
    }

    /// Counts the paragraph where it is in a list, and lets the list indent it.
    fn number(&mut self, line: &Line, props: &mut ParaProps) -> Option<Printed> {
        let direct = line.props.number;
        let list = direct.list.or(props.number.list).filter(|&list| list > 0)?;
        let stated = direct.level.or(if direct.list.is_some() { Some(0) } else { props.number.level });
        let chain = &line.style.chain;
        let (index, level) = self.numbering.level_of(list, stated, chain, &self.styles, &mut self.fonts)?;
        if direct.list.is_some() {
            props.overlay(&level.para);
        } else {
            let mut under = level.para.clone();
            under.overlay(props);
            *props = under;
        }
        props.number.list = Some(list);
        props.number.level = Some(index as u8);
        // A hidden paragraph that says nothing is not there, and is not counted.
        if line.props.mark.hidden == Some(true) && line.text.is_blank() {
            return None;
        }
        self.numbering.count(list, index, &self.styles, &mut self.fonts)
    }

    fn add(&mut self, mut line: Line, props: &ParaProps, number: Option<Printed>, flow: &mut Flow) {
        let mark = self.mark();
        let role = self.role(&line);
        let level = usize::from(props.number.level.unwrap_or(0));
        let list = props.number.list;
        // Where plain numbers make lists, other numbers of the list stay within its items.
        let under = match &number {
            Some(Printed::Number { plain: None, .. })
                if self.options.numbering == Numbers::List && role == Role::Body =>
            {
                list
            }
            _ => None,
        };
        let mut item = None;
        match number {
            Some(Printed::Bullet(done)) if !matches!(role, Role::Heading(_) | Role::Title) => {
                let done = done.or_else(|| take_box(&mut line.text));
                item = Some(ItemKind { list: None, marker: Marker::Bullet, done });
            }
            Some(Printed::Number { plain: Some(start), .. })
                if self.options.numbering == Numbers::List && role == Role::Body =>
            {
                item = Some(ItemKind { list, marker: Marker::Number(start), done: None });
            }
            Some(Printed::Number { text, suffix, .. }) if self.options.numbering != Numbers::None => {
                line.text = labelled(&text, suffix, std::mem::take(&mut line.text));
            }
            _ => {}
        }
        let shape = crate::shape::of(&line, props, flow);
        let body = match role {
            Role::Title => self.heading(1, line.text),
            Role::Heading(level) => self.heading(level + 1, line.text),
            Role::Code => Body::Code(Code { language: None, text: line.text.as_str().to_owned() }),
            _ => Body::Paragraph(line.text),
        };
        // Cells of tables and what a style has named need no guessing.
        let is_open = role == Role::Body && item.is_none() && self.tables == 0;
        let block = Block { mark, shape: is_open.then_some(shape), body };
        match (item, role) {
            (Some(kind), _) => flow.push_item(level, kind, block),
            (None, Role::Body) if under.is_some() => flow.push_under(level, under, block),
            (None, Role::Quote) => {
                flow.push_joined(Block { mark, shape: None, body: Body::Quote(vec![block]) })
            }
            (None, Role::Code) => flow.push_joined(block),
            _ => flow.push(block),
        }
    }

    /// What the paragraph is, by its style and the outline level of its own.
    fn role(&mut self, line: &Line) -> Role {
        match (line.style.role, line.props.outline) {
            (Role::Title, _) => {
                self.has_title |= self.tables == 0;
                Role::Title
            }
            (_, Some(level @ 0..=8)) => Role::Heading(level + 1),
            (Role::Heading(_), Some(_)) => Role::Body,
            (role, _) => role,
        }
    }

    /// A heading. Bold throughout is how headings look, not a stress.
    fn heading(&mut self, level: u8, mut text: Text) -> Body {
        if text.is_all(|style| style.bold) {
            text.restyle(|style| style.bold = false);
        }
        Body::Heading(level, text)
    }
}

/// Takes the ballot box off the start of an item that is a task, and says whether it is ticked. An item with several
/// boxes is a choice and keeps them.
fn take_box(text: &mut Text) -> Option<bool> {
    let (sign, rest) = text.as_str().trim_start().split_at_checked('☐'.len_utf8())?;
    let done = match sign {
        "☐" => false,
        "☑" | "☒" => true,
        _ => return None,
    };
    let words = rest.trim_start();
    if words.len() == rest.len() || words.is_empty() || words.contains(['☐', '☑', '☒']) {
        return None;
    }
    *text = text.split_off(text.len() - words.len());
    Some(done)
}

/// The text with its number before it. Between them stands what the list says, except that Chinese wants
/// nothing after 、 and ） (GB/T 15834-2011, B.3).
fn labelled(label: &str, suffix: Suffix, text: Text) -> Text {
    let style = match text.runs().next() {
        Some(run) if run.range.len() == text.len() => {
            Style { bold: run.style.bold, italic: run.style.italic, ..Style::default() }
        }
        _ => Style::default(),
    };
    let closed = label
        .ends_with(['、', '）', '．', '。', '：', '，', '】', '〕', '》', '」', '』', '﹚', ' ', '\u{3000}']);
    let spaced = text.as_str().starts_with(char::is_whitespace) || text.is_empty();
    let mut out = Text::new();
    out.push(label, &style);
    if suffix != Suffix::Nothing && !closed && !spaced {
        out.push(" ", &style);
    }
    out.append(text);
    out.set_label(label.trim_end().len());
    out
}
