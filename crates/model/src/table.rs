use crate::Block;

/// A table as rows of cells. A cell that spans stands once, where it begins; the places it covers further
/// right and further down are not listed, as in HTML.
///
/// ```
/// use qingwen_model::{Block, Cell, Row, Table};
/// let cell = |text: &str| Cell::new(vec![Block::paragraph(text)]);
/// let wide = Cell { column_span: 2, ..cell("河道") };
/// let rows = vec![Row { cells: vec![wide] }, Row { cells: vec![cell("东河"), cell("西河")] }];
/// let table = Table { rows, header_rows: 1 };
/// assert!(table.has_spans());
/// assert_eq!((table.columns(), table.cells().count()), (2, 3));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// How many rows at the top are a header that the format has named as such. 0 where it is silent.
    pub header_rows: u32,
}

/// One row of a table.
///
/// ```
/// let row = qingwen_model::Row { cells: vec![qingwen_model::Cell::new(Vec::new())] };
/// assert_eq!(row.cells.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells that begin in this row, from left to right.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
///
/// ```
/// let cell = qingwen_model::Cell::new(Vec::new());
/// assert_eq!((cell.row_span, cell.column_span), (1, 1));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What the cell holds.
    pub blocks: Vec<Block>,
    /// How many rows it covers, at least 1.
    pub row_span: u32,
    /// How many columns it covers, at least 1.
    pub column_span: u32,
}

impl Default for Cell {
    fn default() -> Self {
        Cell { blocks: Vec::new(), row_span: 1, column_span: 1 }
    }
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(blocks: Vec<Block>) -> Self {
        Cell { blocks, ..Cell::default() }
    }
}

impl Table {
    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// All cells, row by row, to change.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.rows.iter_mut().flat_map(|row| &mut row.cells)
    }

    /// Whether any cell covers more than one row or column.
    pub fn has_spans(&self) -> bool {
        self.cells().any(|cell| cell.row_span > 1 || cell.column_span > 1)
    }

    /// How many columns the widest row has, spans from above counted in.
    pub fn columns(&self) -> usize {
        let mut covered: Vec<u32> = Vec::new(); // rows still covered from above, by column
        let mut widest = 0;
        for row in &self.rows {
            let mut column = 0;
            for cell in &row.cells {
                while covered.get(column).is_some_and(|&rows| rows > 0) {
                    column += 1;
                }
                let end = column + cell.column_span.max(1) as usize;
                if covered.len() < end {
                    covered.resize(end, 0);
                }
                covered[column..end].fill(cell.row_span.max(1));
                column = end;
            }
            let reach = covered.iter().rposition(|&rows| rows > 0).map_or(0, |last| last + 1);
            widest = widest.max(reach);
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        widest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row_span: u32, column_span: u32) -> Cell {
        Cell { row_span, column_span, ..Cell::default() }
    }

    #[test]
    fn columns_count_what_spans_cover() {
        let rows = vec![
            Row { cells: vec![cell(2, 1), cell(1, 2)] },
            Row { cells: vec![cell(1, 1), cell(1, 1)] },
            Row { cells: vec![cell(1, 1)] },
        ];
        assert_eq!(Table { rows, header_rows: 0 }.columns(), 3);
        assert_eq!(Table::default().columns(), 0);
    }
}
