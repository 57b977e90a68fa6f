//! From marks on pages to the blocks of a document.
//!
//! [`lay`] reads one page: [glyphs](ink) become [runs](run), ruled [tables](grid) take theirs, the rest is put
//! in [reading order](order) and set as [lines](line). It looks at nothing but its page, so pages may be laid
//! out in any order or at once, and a page can be dropped when it is laid. [`blocks`](flow::blocks) then looks at all pages
//! together, for what only the whole document tells: the size of the body text, the edges of the columns, the
//! usual distance of lines, tables that continue.
//!
//! One block per physical line comes out. Which lines are one paragraph, a heading or a page number is a guess
//! and the business of rules; here it is measured how each line looks.

mod bars;
mod continued;
mod flow;
#[cfg(test)]
mod flow_tests;
mod grid;
mod headings;
#[cfg(test)]
mod headings_tests;
mod ink;
mod line;
mod notes;
#[cfg(test)]
mod notes_tests;
mod numbers;
#[cfg(test)]
mod numbers_tests;
mod open;
mod order;
#[cfg(test)]
mod order_tests;
mod pictures;
mod refine;
#[cfg(test)]
mod refine_tests;
mod run;
mod space;
mod tags;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typeset;

use crate::page::{Bookmark, Page};
use crate::pictures::Picture;
use crate::structure::Structure;
use ink::Sheet;
use line::Line;
use numbers::Numbers;
use qingwen_model::{Document, Log, Text};
use tags::Tags;

/// The document that stands on pages that were laid out.
pub(crate) fn document(
    mut pages: Vec<Laid>,
    outline: &[Bookmark],
    structure: &Structure,
    log: &mut Log,
) -> Document {
    numbers::settle(&mut pages, log);
    let last = pages.last().map_or(0, |page| page.number as usize);
    let mut heights = vec![1.0; last];
    for page in &pages {
        if let Some(height) = heights.get_mut((page.number as usize).wrapping_sub(1)) {
            *height = page.height;
        }
    }
    let media = pictures::media(&mut pages);
    let (mut blocks, tags) = flow::blocks(pages, log);
    tags::tell(&mut blocks, &tags, structure);
    headings::mark(&mut blocks, outline, &heights);
    let mut document = Document { blocks, media, ..Document::default() };
    notes::gather(&mut document, log);
    document
}

/// A page that has been laid out.
#[derive(Debug, Default)]
pub(crate) struct Laid {
    /// The page's number.
    number: u32,
    height: f32,
    /// Lines and tables in reading order.
    items: Vec<Item>,
    /// The columns the lines stand in.
    columns: Vec<Column>,
    /// The pictures that [`Item::Picture`] counts.
    pictures: Vec<Picture>,
    /// The numbers of its lines, or what may be these.
    numbers: Option<Numbers>,
    /// The page without them, where this one has them because it does not tell alone what they are.
    unnumbered: Option<Box<Laid>>,
}

/// Something that stands in a column.
#[derive(Debug)]
enum Item {
    Line(Line),
    Table(Box<Grid>),
    /// A picture, counted on the page, and from [`pictures::media`] on in the document; and what it shows, in words.
    Picture(usize, String),
}

/// A column of text, by its outermost characters.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    left: f32,
    right: f32,
    lines: u32,
}

/// A table with its place on the page.
#[derive(Debug, Default)]
struct Grid {
    /// The lines between columns, the outermost included.
    xs: Vec<f32>,
    top: f32,
    bottom: f32,
    /// The page's height.
    page: f32,
    rows: u32,
    /// How many rows at the top are a header.
    header: u32,
    cells: Vec<GridCell>,
    /// The element that tags it, counted from 1; 0 where it was found by its looks.
    tag: u32,
}

/// A cell of a [`Grid`]: the first row and column it covers and how many.
#[derive(Debug, Default)]
struct GridCell {
    row: u32,
    column: u32,
    rows: u32,
    columns: u32,
    /// Its paragraphs.
    texts: Vec<Text>,
    /// Set in bold throughout.
    bold: bool,
}

/// Lays one page out.
pub(crate) fn lay(page: &Page, structure: &Structure, log: &mut Log) -> Laid {
    let laid = lay_once(page, structure, false, log);
    if laid.numbers.is_none_or(|numbers| numbers.sure) {
        return laid;
    }
    let unnumbered = lay_once(page, structure, true, &mut Log::new());
    Laid { unnumbered: Some(Box::new(unnumbered)), ..laid }
}

/// Lays one page out, without numbers of its lines of which it is not sure if `unnumbered`.
fn lay_once(page: &Page, structure: &Structure, unnumbered: bool, log: &mut Log) -> Laid {
    let mut laid = Laid { number: page.number, height: page.height, ..Laid::default() };
    let tags = Tags::of(page, structure);
    for sheet in ink::sheets(page, &tags, log) {
        lay_sheet(page, &sheet, &tags, unnumbered, &mut laid);
    }
    pictures::place(page, structure, &mut laid);
    // It is kept until all pages are laid out.
    laid.items.shrink_to_fit();
    pictures::report(page, structure, log);
    laid
}

/// Lays out what is written in one direction.
fn lay_sheet(page: &Page, sheet: &Sheet, tags: &Tags<'_>, unnumbered: bool, laid: &mut Laid) {
    let mut runs = run::runs(sheet);
    let (level, upright) = bars::bars(sheet);
    let mut tables = tags.tables(page, sheet, &mut runs);
    tables.extend(grid::ruled(page, sheet, &level, &upright, &mut runs));
    tables.extend(open::three_line(page, sheet, &level, &mut runs));
    if let Some(found) = numbers::find(page, sheet, &runs) {
        if found.numbers.sure || unnumbered {
            found.take(&mut runs);
        }
        laid.numbers = laid.numbers.or(Some(found.numbers));
    }
    let bands = order::bands(sheet, &runs, &tables);
    let mut tables: Vec<Option<Grid>> = tables.into_iter().map(Some).collect();
    for band in bands {
        let mut column = Column::default();
        let index = laid.columns.len();
        let mut wide = 0.0;
        for piece in open::pieces(page, sheet, &runs, band) {
            match piece {
                open::Piece::Row(row) => {
                    let line = line::line(page, sheet, &runs, &row, index, &mut wide);
                    let Some(line) = line else { continue };
                    laid.items.push(Item::Line(line));
                }
                open::Piece::Open(grid) => laid.items.push(Item::Table(Box::new(grid))),
                open::Piece::Ruled(table) => {
                    laid.items.extend(tables[table].take().map(|grid| Item::Table(Box::new(grid))));
                }
            }
        }
        flow::measure(&mut column, &laid.items, index);
        laid.columns.push(column);
    }
}
