//! Tables that go on on the next page or in the next column.

use super::line::join;
use super::{Grid, GridCell};
use qingwen_model::{Block, Cell, Log, Mark, Row, Table, Text};

impl Grid {
    /// Whether `next`, at the top of the following page, has the same columns.
    pub(super) fn goes_on(&self, next: &Grid) -> bool {
        if self.tag > 0 || next.tag > 0 {
            return self.tag == next.tag && self.xs.len() == next.xs.len();
        }
        let shift = next.xs.first().copied().unwrap_or(0.0) - self.xs.first().copied().unwrap_or(0.0);
        self.xs.len() == next.xs.len()
            && self.xs.iter().zip(&next.xs).all(|(a, b)| (a + shift - b).abs() < 4.0)
            && next.top < 0.35 * next.page
    }

    /// Adds the rows of a table's continuation; a header that is repeated is left out.
    pub(super) fn append(&mut self, next: Grid, mark: Mark, log: &mut Log) {
        let header = self.repeated(&next);
        if header > 0 {
            let repeated = next.cells.iter().filter(|cell| cell.row < header);
            let text: Vec<&str> = repeated.flat_map(|cell| &cell.texts).map(|text| text.as_str()).collect();
            log.lost("pdf-repeated-header", mark, text.join(" "));
            self.header = self.header.max(header);
        }
        let broken = self.is_broken(&next, header);
        let offset = self.rows - u32::from(broken);
        for cell in next.cells.into_iter().filter(|cell| cell.row >= header) {
            let cell = GridCell { row: cell.row - header + offset, ..cell };
            let own =
                if broken && cell.row == offset { self.last_covering(offset, cell.column) } else { None };
            match own {
                Some(own) => self.cells[own].continue_with(cell.texts),
                None => self.cells.push(cell),
            }
        }
        self.rows = offset + next.rows - header.min(next.rows);
        self.bottom = next.bottom;
    }

    /// Whether the page broke within the last row: the first row of `next` below its header goes on with cells
    /// that had not come to an end, and begins none in the first column.
    fn is_broken(&self, next: &Grid, header: u32) -> bool {
        let Some(last) = self.rows.checked_sub(1) else { return false };
        let mut goes_on = false;
        for cell in next.cells.iter().filter(|cell| cell.row == header) {
            let own = self.last_covering(last, cell.column).map(|own| &self.cells[own]);
            let alike = own.is_some_and(|own| own.column == cell.column && own.columns == cell.columns);
            let Some(first) = cell.texts.first() else { continue };
            if !alike || cell.column == 0 || cell.rows > 1 {
                return false;
            }
            let ended = own.and_then(|own| own.texts.last()).map(|text| text.as_str().ends_with(ENDS));
            let starts_low = first.as_str().starts_with(|c: char| c.is_lowercase());
            goes_on |= ended == Some(false) || ended.is_some() && starts_low;
        }
        goes_on
    }

    /// The cell that covers a place in the last rows. Cells are in the order of their rows, and only so far is
    /// looked back that tables over thousands of pages are joined in linear time.
    fn last_covering(&self, row: u32, column: u32) -> Option<usize> {
        let near = self.cells.len().saturating_sub(1000);
        self.cells[near..].iter().rposition(|cell| cell.covers(row, column)).map(|at| near + at)
    }

    /// How many rows at the top of `next` repeat those of this table.
    fn repeated(&self, next: &Grid) -> u32 {
        let row = |grid: &Grid, index: u32| -> Vec<(u32, u32, u32, String)> {
            let of_row =
                grid.cells.iter().take_while(|cell| cell.row <= index).filter(|cell| cell.row == index);
            let key = |cell: &GridCell| {
                let text: String = cell.texts.iter().map(|text| text.as_str()).collect();
                (cell.column, cell.rows, cell.columns, text)
            };
            let mut cells: Vec<_> = of_row.map(key).collect();
            cells.sort();
            cells
        };
        let mut count = 0;
        while count < 4 && count + 1 < next.rows {
            let (mine, theirs) = (row(self, count), row(next, count));
            // Figures repeat by chance; words at the head of every column do not.
            let words = mine.iter().any(|cell| cell.3.chars().any(char::is_alphabetic));
            if mine != theirs || !words {
                break;
            }
            count += 1;
        }
        count
    }

    pub(super) fn table(self) -> Table {
        let mut rows: Vec<Vec<GridCell>> = Vec::new();
        rows.resize_with(self.rows as usize, Vec::new);
        for cell in self.cells {
            if let Some(row) = rows.get_mut(cell.row as usize) {
                row.push(cell);
            }
        }
        let header_rows = self.header;
        let rows = rows.into_iter().map(|mut cells| {
            cells.sort_by_key(|cell| cell.column);
            Row { cells: cells.into_iter().map(GridCell::cell).collect() }
        });
        Table { rows: rows.collect(), header_rows }
    }
}

/// What ends a sentence.
const ENDS: [char; 9] = ['。', '！', '？', '；', '：', '.', '!', '?', ';'];

impl GridCell {
    fn covers(&self, row: u32, column: u32) -> bool {
        (self.row..self.row + self.rows).contains(&row)
            && (self.column..self.column + self.columns).contains(&column)
    }

    /// Adds the text of the part of the cell that stands on the next page.
    fn continue_with(&mut self, texts: Vec<Text>) {
        let mut texts = texts.into_iter();
        match (self.texts.last_mut(), texts.next()) {
            (Some(last), Some(text)) if !last.as_str().ends_with(ENDS) => {
                join(last, text.as_str().chars().next().unwrap_or(' '));
                last.append(text);
            }
            (_, Some(text)) => self.texts.push(text),
            (_, None) => {}
        }
        self.texts.extend(texts);
    }

    fn cell(self) -> Cell {
        Cell {
            blocks: self.texts.into_iter().map(Block::paragraph).collect(),
            row_span: self.rows.max(1),
            column_span: self.columns.max(1),
        }
    }
}
