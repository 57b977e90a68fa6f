//! Block level: paragraphs, tables, and the wrappers around them.

use crate::TrackChanges;
use crate::element::{Element, Ns};
use crate::flow::Flow;
use crate::line::Break;
use crate::props::Section;
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::{Block, Body, Mark};

impl Reader<'_> {
    /// Reads the blocks of a story: the body, a cell, a note, a text box.
    pub(crate) fn story(&mut self, xml: &mut Xml<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        self.blocks(xml, &mut flow);
        self.finish_flow(flow)
    }

    /// The blocks of a story that has been read.
    pub(crate) fn finish_flow(&mut self, mut flow: Flow) -> Vec<Block> {
        if let Some(line) = flow.carry.take() {
            self.finish(line, &mut flow);
        }
        flow.finish()
    }

    /// The same, for a story within another: fields do not reach from one into the other.
    pub(crate) fn inner_story(&mut self, xml: &mut Xml<'_>) -> Vec<Block> {
        let fields = std::mem::take(&mut self.fields);
        let blocks = self.story(xml);
        let inner = std::mem::replace(&mut self.fields, fields);
        self.close_fields(inner);
        blocks
    }

    /// Reads what stands in an element of blocks.
    pub(crate) fn blocks(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) {
        while let Some(element) = xml.next() {
            self.block(xml, &element, flow);
        }
    }

    pub(crate) fn block(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, flow: &mut Flow) {
        match (element.ns, element.name) {
            (Ns::W, "p") => self.paragraph(xml, flow),
            (Ns::W, "tbl") => {
                let (table, mark) = self.table(xml);
                if let Some(table) = table {
                    flow.push(Block { mark, shape: None, body: Body::Table(table) });
                    (flow.gap, flow.space_after) = (0.0, 0.0);
                }
            }
            (Ns::W, "ins" | "moveTo") if self.options.track_changes == TrackChanges::Reject => {
                self.delete_blocks(xml);
            }
            (Ns::W, "del" | "moveFrom") if self.options.track_changes == TrackChanges::Accept => {
                self.delete_blocks(xml);
            }
            (
                Ns::W,
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" | "del" | "moveFrom"
                | "dir" | "bdo",
            ) => xml.enter(),
            (Ns::W, "bookmarkStart") => {
                self.bookmark(element, Mark::Paragraph(self.paragraphs + 1));
                xml.skip();
            }
            (Ns::W, "sectPr") => self.section(xml, flow),
            (Ns::W, "altChunk") => {
                let target = element.attr("id").and_then(|id| self.relationships.get(&id).cloned());
                let name = target.map_or_else(|| "unknown part".to_owned(), |target| target.target);
                self.log.lost(
                    "docx-alt-chunk",
                    self.mark(),
                    format!("a document within the document: {name}"),
                );
                xml.skip();
            }
            (Ns::M, "oMathPara" | "oMath") => {
                self.paragraphs += 1;
                let mut line = self.new_line();
                self.math(xml, element, &mut line);
                self.finish(line, flow);
            }
            _ => self.unknown_block(xml, element, flow),
        }
    }

    fn section(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) {
        let furniture = &mut self.furniture;
        match Section::read(xml, &mut |id| furniture.push(id.to_owned())) {
            Section::Page => flow.break_before = Some(Break::Page),
            Section::Column => flow.break_before = flow.break_before.max(Some(Break::Column)),
            Section::Here => {}
        }
    }

    /// Blocks that a tracked change takes out.
    fn delete_blocks(&mut self, xml: &mut Xml<'_>) {
        let text = xml.deep_text(is_text);
        if !text.trim().is_empty() {
            self.log.lost("docx-revision", self.mark(), text);
        }
    }

    /// An element that has no business here. What it says is kept as a paragraph.
    fn unknown_block(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, flow: &mut Flow) {
        let name = element.qualified.to_owned();
        let text = xml.deep_text(is_text);
        if !text.trim().is_empty() {
            self.paragraphs += 1;
            self.log.guessed("docx-unknown-element", self.mark(), format!("{name}: {text}"));
            flow.push(Block::paragraph(text).at(self.mark()));
        }
    }
}

/// Whether an element holds text that a reader of the document sees, or saw.
pub(crate) fn is_text(element: &Element<'_>) -> bool {
    matches!((element.ns, element.name), (Ns::W, "t" | "delText") | (Ns::M | Ns::A, "t"))
}
