//! Tables: rows, cells, and the grid that spans are counted on.

use crate::TrackChanges;
use crate::body::is_text;
use crate::element::Ns;
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::{Cell, Mark, Row, Table};

/// A table in the making.
#[derive(Default)]
struct Grid {
    table: Table,
    /// By column: the row and the place in it of the cell that a merge from above would go on with.
    above: Vec<Option<(usize, usize)>>,
    /// The column at which the next cell begins.
    column: usize,
    header_over: bool,
    cells: u32,
}

#[derive(Default)]
struct RowProps {
    before: u32,
    after: u32,
    header: bool,
    deleted: bool,
    inserted: bool,
}

/// How a cell joins with others.
#[derive(Clone, Copy, Default)]
struct CellProps {
    span: u32,
    /// Goes on with the cell above.
    continues: bool,
    /// May be gone on with below.
    begins: bool,
    /// Goes on with the cell to the left (an older way to say span).
    continues_left: bool,
}

/// More columns than Word allows in any table.
const MOST_COLUMNS: u32 = 1024;

impl Reader<'_> {
    /// Reads a table; none where every row was taken out by a tracked change.
    pub(crate) fn table(&mut self, xml: &mut Xml<'_>) -> (Option<Table>, Mark) {
        let mark = Mark::Paragraph(self.paragraphs + 1);
        let mut grid = Grid::default();
        self.tables += 1;
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::W, "tr") if grid.cells > self.options.limits.cells => {
                    let text = xml.deep_text(is_text);
                    self.log.lost("docx-table-size", mark, text);
                }
                (Ns::W, "tr") => self.row(xml, &mut grid),
                (Ns::W, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => xml.enter(),
                (Ns::W, "tblPr" | "tblGrid") => xml.skip(),
                _ => self.lost_in_table(xml, element.qualified),
            }
        }
        self.tables -= 1;
        ((!grid.table.rows.is_empty()).then_some(grid.table), mark)
    }

    fn row(&mut self, xml: &mut Xml<'_>, grid: &mut Grid) {
        let mut props = RowProps::default();
        let mut started = false;
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::W, "trPr") => props = RowProps::read(xml),
                (Ns::W, "tc") => {
                    let gone = match self.options.track_changes {
                        TrackChanges::Accept => props.deleted,
                        TrackChanges::Reject => props.inserted,
                        TrackChanges::All => false,
                    };
                    if gone {
                        let text = xml.deep_text(is_text);
                        if !text.trim().is_empty() {
                            self.log.lost("docx-revision", self.mark(), text);
                        }
                        continue;
                    }
                    if !std::mem::replace(&mut started, true) {
                        grid.begin_row(&props);
                    }
                    self.cell(xml, grid);
                }
                (Ns::W, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => xml.enter(),
                (Ns::W, "tblPrEx") => xml.skip(),
                _ => self.lost_in_table(xml, element.qualified),
            }
        }
        if started {
            grid.pad(props.after);
        }
    }

    fn cell(&mut self, xml: &mut Xml<'_>, grid: &mut Grid) {
        // The properties come first, and only the cell itself knows them.
        let mut props = CellProps { span: 1, ..CellProps::default() };
        let blocks = self.cell_blocks(xml, &mut props);
        if props.continues && grid.extend(props.span) || props.continues_left && grid.widen(props.span) {
            let mut text = String::new();
            blocks.iter().for_each(|block| {
                block.visit(&mut |block| text.push_str(block.text().map_or("", |text| text.as_str())));
            });
            if !text.trim().is_empty() {
                self.log.lost("docx-merged-cell", self.mark(), text);
            }
            return;
        }
        grid.push(Cell { blocks, row_span: 1, column_span: props.span }, props.begins);
    }

    fn cell_blocks(&mut self, xml: &mut Xml<'_>, props: &mut CellProps) -> Vec<qingwen_model::Block> {
        let mut flow = crate::flow::Flow::default();
        while let Some(element) = xml.next() {
            if element.is_w("tcPr") {
                *props = CellProps::read(xml);
            } else {
                self.block(xml, &element, &mut flow);
            }
        }
        if let Some(line) = flow.carry.take() {
            self.finish(line, &mut flow);
        }
        flow.finish()
    }

    fn lost_in_table(&mut self, xml: &mut Xml<'_>, name: &str) {
        let text = xml.deep_text(is_text);
        if !text.trim().is_empty() {
            self.log.lost("docx-unknown-element", self.mark(), format!("{name}: {text}"));
        }
    }
}

impl RowProps {
    fn read(xml: &mut Xml<'_>) -> RowProps {
        let mut out = RowProps::default();
        while let Some(element) = xml.next() {
            let count = || element.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            match element.name {
                "gridBefore" => out.before = count().min(MOST_COLUMNS),
                "gridAfter" => out.after = count().min(MOST_COLUMNS),
                "tblHeader" => out.header = element.is_on(),
                "del" => out.deleted = true,
                "ins" => out.inserted = true,
                _ => {}
            }
            xml.skip();
        }
        out
    }
}

impl CellProps {
    fn read(xml: &mut Xml<'_>) -> CellProps {
        let mut out = CellProps { span: 1, ..CellProps::default() };
        while let Some(element) = xml.next() {
            let restarts = || element.val().as_deref() == Some("restart");
            match element.name {
                "gridSpan" => {
                    let span = element.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                    out.span = span.clamp(1, MOST_COLUMNS);
                }
                "vMerge" => (out.begins, out.continues) = (restarts(), !restarts()),
                "hMerge" => out.continues_left = !restarts(),
                _ => {}
            }
            xml.skip();
        }
        out
    }
}

impl Grid {
    fn begin_row(&mut self, props: &RowProps) {
        self.table.rows.push(Row::default());
        self.header_over |= !props.header;
        self.table.header_rows += u32::from(!self.header_over);
        self.column = 0;
        self.pad(props.before);
    }

    /// Columns that the row leaves empty at one of its ends.
    fn pad(&mut self, columns: u32) {
        if columns > 0 {
            self.push(Cell { column_span: columns, ..Cell::default() }, false);
        }
    }

    fn push(&mut self, cell: Cell, begins: bool) {
        let row = self.table.rows.len().saturating_sub(1);
        let Some(last) = self.table.rows.last_mut() else { return };
        let place = (row, last.cells.len());
        let end = self.column + cell.column_span as usize;
        if self.above.len() < end {
            self.above.resize(end, None);
        }
        self.above[self.column..end].fill(None);
        self.above[self.column] = begins.then_some(place);
        self.column = end;
        self.cells = self.cells.saturating_add(cell.column_span);
        last.cells.push(cell);
    }

    /// Goes on with the cell above; whether there is one that may be gone on with.
    fn extend(&mut self, span: u32) -> bool {
        let Some(&Some((row, place))) = self.above.get(self.column) else { return false };
        let now = self.table.rows.len() - 1;
        let Some(cell) = self.table.rows.get_mut(row).and_then(|row| row.cells.get_mut(place)) else {
            return false;
        };
        if cell.column_span != span || row + cell.row_span as usize != now {
            return false;
        }
        cell.row_span += 1;
        self.cells = self.cells.saturating_add(span);
        self.column += span as usize;
        true
    }

    /// Goes on with the cell to the left.
    fn widen(&mut self, span: u32) -> bool {
        let Some(cell) = self.table.rows.last_mut().and_then(|row| row.cells.last_mut()) else {
            return false;
        };
        cell.column_span += span;
        let end = self.column + span as usize;
        if self.above.len() < end {
            self.above.resize(end, None);
        }
        self.above[self.column..end].fill(None);
        self.column = end;
        true
    }
}
