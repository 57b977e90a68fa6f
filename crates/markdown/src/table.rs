//! Tables: GFM's where it can carry them, HTML where it cannot.

use crate::Tables;
use crate::inline::Place;
use crate::writer::Writer;
use qingwen_model::{Block, Body, Cell, Mark, Marker, Style, Table, Text};

/// Columns that a GFM table is given for spans, at most.
const WIDEST: usize = 1000;

impl Writer<'_> {
    /// Writes a table, the first line of which has begun.
    pub(crate) fn table(&mut self, table: &Table, mark: Mark) {
        if table.rows.iter().all(|row| row.cells.is_empty()) {
            return;
        }
        let html = match self.options.tables {
            Tables::Auto => !fits_gfm(table),
            Tables::Gfm => false,
            Tables::Html => true,
        };
        if html {
            return self.html_table(table);
        }
        if table.has_spans() {
            self.log.lost("markdown-table-span", mark, "cells that cover several rows or columns");
        }
        self.gfm_table(table);
    }

    fn gfm_table(&mut self, table: &Table) {
        let grid = Grid::of(table);
        for (number, row) in grid.rows.iter().enumerate() {
            if number > 0 {
                self.out.push_str(&self.prefix);
            }
            // Rows that are short may stay so; the first says how many columns there are.
            let columns = if number == 0 { grid.columns } else { row.len() };
            self.out.push('|');
            for column in 0..columns {
                self.out.push(' ');
                if let Some(Some(cell)) = row.get(column) {
                    self.gfm_cell(cell);
                }
                self.out.push_str(if self.out.ends_with(' ') { "|" } else { " |" });
            }
            self.out.push('\n');
            if number == 0 {
                self.out.push_str(&self.prefix);
                self.out.push('|');
                (0..columns).for_each(|_| self.out.push_str(" --- |"));
                self.out.push('\n');
            }
        }
    }

    /// Writes a cell on one line.
    fn gfm_cell(&mut self, cell: &Cell) {
        let start = self.out.len();
        match &cell.blocks[..] {
            [Block { body: Body::Paragraph(text), mark, .. }] => self.text(text, *mark, Place::Cell),
            blocks => {
                let mut text = Text::new();
                self.flat(blocks, &mut text);
                self.text(&text, blocks.first().map(|block| block.mark).unwrap_or_default(), Place::Cell);
            }
        }
        if self.out[start..].contains('|') {
            // A cell ends at any bar without a backslash, one in code included (GFM, 4.10).
            let escaped = self.out[start..].replace('|', "\\|");
            self.out.truncate(start);
            self.out.push_str(&escaped);
        }
    }

    /// Gathers the texts of blocks into one, parted by line breaks.
    fn flat(&mut self, blocks: &[Block], out: &mut Text) {
        for block in blocks {
            if block.as_paragraph().is_none() {
                self.log.lost(
                    "markdown-table-block",
                    block.mark,
                    "what a GFM cell cannot hold is text in it",
                );
            }
            match &block.body {
                Body::Quote(blocks) => self.flat(blocks, out),
                Body::List(list) => list.items.iter().for_each(|item| self.flat(&item.blocks, out)),
                Body::Table(table) => table.cells().for_each(|cell| self.flat(&cell.blocks, out)),
                Body::Paragraph(text) | Body::Heading(_, text) => append_line(out, text),
                Body::Code(code) => append_line(out, &Text::plain(code.text.as_str())),
                Body::Break => {}
            }
        }
    }

    /// Writes a table as HTML without a blank line, which would end it (CommonMark 0.31.2, 4.6).
    fn html_table(&mut self, table: &Table) {
        self.out.push_str("<table>\n");
        for (number, row) in table.rows.iter().enumerate() {
            let name = if number < table.header_rows as usize { "th" } else { "td" };
            self.out.push_str(&self.prefix);
            self.out.push_str("<tr>");
            row.cells.iter().for_each(|cell| self.html_cell(cell, name));
            self.out.push_str("</tr>\n");
        }
        self.out.push_str(&self.prefix);
        self.out.push_str("</table>\n");
    }

    fn html_cell(&mut self, cell: &Cell, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        if cell.row_span > 1 {
            self.out.push_str(&format!(" rowspan=\"{}\"", cell.row_span));
        }
        if cell.column_span > 1 {
            self.out.push_str(&format!(" colspan=\"{}\"", cell.column_span));
        }
        self.out.push('>');
        self.html_blocks(&cell.blocks);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes blocks as HTML in one line; paragraphs that follow one another are parted by `<br>`.
    fn html_blocks(&mut self, blocks: &[Block]) {
        let mut after_paragraph = false;
        for block in blocks {
            let length = self.out.len();
            let paragraph = block.as_paragraph().is_some();
            self.out.push_str(if paragraph && after_paragraph { "<br>" } else { "" });
            let inside = self.out.len();
            self.html_block(block);
            if self.out.len() == inside {
                self.out.truncate(length);
            } else {
                after_paragraph = paragraph;
            }
        }
    }

    fn html_block(&mut self, block: &Block) {
        match &block.body {
            Body::Paragraph(text) => self.text(text, block.mark, Place::Html),
            Body::Heading(level, text) => {
                let name = format!("h{}", (*level).clamp(1, 6));
                self.tag(&name, |writer| writer.text(text, block.mark, Place::Html));
            }
            Body::Code(code) => self.tag("pre", |writer| {
                writer.tag("code", |writer| crate::objects::html_escape(&mut writer.out, &code.text));
            }),
            Body::Quote(blocks) => self.tag("blockquote", |writer| writer.html_blocks(blocks)),
            Body::List(list) => {
                let (open, name) = match list.numbers().next() {
                    None if list.marker == Marker::Bullet => ("ul".to_owned(), "ul"),
                    None | Some(1) => ("ol".to_owned(), "ol"),
                    Some(first) => (format!("ol start=\"{first}\""), "ol"),
                };
                self.out.push_str(&format!("<{open}>"));
                for (index, item) in list.items.iter().enumerate() {
                    let number = item.number.filter(|_| index > 0 && name == "ol");
                    let value = number.map_or_else(String::new, |number| format!(" value=\"{number}\""));
                    self.out.push_str(&format!("<li{value}>"));
                    self.tag_end("li", |writer| {
                        writer.out.push_str(item.done.map_or("", |done| if done { "☑ " } else { "☐ " }));
                        writer.html_blocks(&item.blocks);
                    });
                }
                self.out.push_str(&format!("</{name}>"));
            }
            Body::Table(table) => self.tag("table", |writer| {
                for (number, row) in table.rows.iter().enumerate() {
                    let name = if number < table.header_rows as usize { "th" } else { "td" };
                    writer.tag("tr", |writer| row.cells.iter().for_each(|cell| writer.html_cell(cell, name)));
                }
            }),
            Body::Break => self.out.push_str("<hr>"),
        }
    }

    fn tag(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.out.push_str(&format!("<{name}>"));
        self.tag_end(name, write);
    }

    fn tag_end(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        write(self);
        self.out.push_str(&format!("</{name}>"));
    }
}

fn append_line(out: &mut Text, text: &Text) {
    if text.is_blank() {
        return;
    }
    if !out.is_empty() {
        out.push("\n", &Style::default());
    }
    out.append(text.clone());
}

/// Whether GFM can carry a table: no spans, no second header row, nothing but paragraphs in its cells.
fn fits_gfm(table: &Table) -> bool {
    let plain = |cell: &Cell| cell.blocks.iter().all(|block| block.as_paragraph().is_some());
    !table.has_spans() && table.header_rows < 2 && table.cells().all(plain)
}

/// The cells of a table by column; what a span covers is empty.
struct Grid<'a> {
    rows: Vec<Vec<Option<&'a Cell>>>,
    columns: usize,
}

impl<'a> Grid<'a> {
    fn of(table: &'a Table) -> Self {
        let mut covered: Vec<u32> = Vec::new(); // rows still covered from above, by column
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells: Vec<Option<&Cell>> = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                while covered.get(cells.len()).is_some_and(|&rows| rows > 0) {
                    cells.push(None);
                }
                let start = cells.len();
                cells.push(Some(cell));
                let room = WIDEST.saturating_sub(cells.len());
                let covers = (cell.column_span.max(1) as usize - 1).min(room);
                cells.extend(std::iter::repeat_n(None, covers));
                if cell.row_span > 1 {
                    covered.resize(covered.len().max(cells.len()), 0);
                    covered[start..cells.len()].fill(cell.row_span);
                }
            }
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            rows.push(cells);
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        Grid { rows, columns }
    }
}
