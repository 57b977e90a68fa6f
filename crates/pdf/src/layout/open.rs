//! Tables that are not ruled throughout: columns are where white space runs through all rows.

use super::Grid;
use super::bars::Bar;
use super::ink::Sheet;
use super::order::{Band, Row};
use super::run::Run;
use crate::page::Page;

/// What follows in a band.
pub(super) enum Piece {
    /// A line.
    Row(Row),
    /// The ruled table of this index.
    Ruled(usize),
}

/// Finds tables that have level rules only, as is the custom in science, and takes their runs.
pub(super) fn three_line(_page: &Page, _sheet: &Sheet, _level: &[Bar], _runs: &mut [Run]) -> Vec<Grid> {
    Vec::new()
}

/// The lines and tables of a band.
pub(super) fn pieces(_page: &Page, _sheet: &Sheet, _runs: &[Run], band: Band) -> Vec<Piece> {
    let piece = |row: Row| match row.table {
        Some(index) => Piece::Ruled(index),
        None => Piece::Row(row),
    };
    band.rows.into_iter().map(piece).collect()
}
