//! What tags say of lines and tables, as far as they can be believed.
//!
//! A page's tags count where they cover its text. A table's count where its cells stand as their rows and columns
//! say. Those of paragraphs and headings count in a document where lines are parted and kept together as no
//! careless writer would by chance: full lines go on, and short ones end.

use super::ink::{Ink, Sheet};
use super::order::rows;
use super::run::Run;
use super::{Grid, GridCell, line};
use crate::page::Page;
use crate::structure::{Kind, NONE, Place, Structure};
use qingwen_model::{Block, Body, Shape, Text};
use std::collections::{BTreeMap, HashSet};

/// Tables on one page.
const TABLES: usize = 200;
/// Cells of one table on one page.
const CELLS: u32 = 100_000;

/// The tags of one page.
pub(super) struct Tags<'a> {
    structure: &'a Structure,
    page: u32,
    counts: bool,
}

impl<'a> Tags<'a> {
    /// Looks whether the tags of a page cover its text: four of five glyphs, artifacts aside.
    pub(super) fn of(page: &Page, structure: &'a Structure) -> Tags<'a> {
        let mut tags = Tags { structure, page: page.number, counts: !structure.is_empty() };
        if tags.counts {
            let (mut all, mut tagged) = (0usize, 0usize);
            let mut last = (0, false);
            for glyph in page.glyphs.iter().filter(|glyph| !glyph.flags.artifact && glyph.bytes > 0) {
                if glyph.mark != last.0 {
                    last = (glyph.mark, tags.get(glyph.mark).0 != NONE);
                }
                all += 1;
                tagged += usize::from(last.1);
            }
            tags.counts = tagged > 0 && tagged * 5 >= all * 4;
        }
        tags
    }

    /// The block and the cell that marked content belongs to.
    pub(super) fn get(&self, mark: u32) -> (u32, u32) {
        if !self.counts || mark == 0 {
            return (NONE, NONE);
        }
        self.structure
            .element(self.page, mark - 1)
            .map_or((NONE, NONE), |element| (element.block, element.cell))
    }

    /// The tables that tags tell, their runs taken.
    pub(super) fn tables(&self, page: &Page, sheet: &Sheet, runs: &mut [Run]) -> Vec<Grid> {
        if !self.counts {
            return Vec::new();
        }
        let mut tables: BTreeMap<u32, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
        for (index, run) in runs.iter().enumerate() {
            let cell = sheet.inks[run.range()][0].cell;
            if let Some(element) = self.structure.elements.get(cell as usize) {
                tables.entry(element.place.table).or_default().entry(cell).or_default().push(index as u32);
            }
        }
        let mut grids = Vec::new();
        for (table, cells) in tables.into_iter().take(TABLES) {
            let Some(grid) = self.table(page, sheet, runs, table, &cells) else { continue };
            cells.values().flatten().for_each(|&index| runs[index as usize].taken = true);
            grids.push(grid);
        }
        grids
    }

    fn table(
        &self,
        page: &Page,
        sheet: &Sheet,
        runs: &[Run],
        table: u32,
        cells: &BTreeMap<u32, Vec<u32>>,
    ) -> Option<Grid> {
        let element = |cell: u32| &self.structure.elements[cell as usize];
        let places: Vec<(Place, Extent)> =
            cells.iter().map(|(&cell, held)| (element(cell).place, Extent::of(runs, held))).collect();
        // The rows on this page: a header may be painted again above rows far below it.
        let mut own: Vec<u32> = places.iter().map(|(place, _)| place.row).collect();
        own.sort_unstable();
        own.dedup();
        let at = |row: u32| own.partition_point(|&other| other < row) as u32;
        let rows = own.len() as u32;
        let columns = places.iter().map(|(place, _)| place.column + place.columns).max()?;
        let several = places.iter().any(|(place, _)| place.column != places[0].0.column);
        let is_whole = element(table).kind == Kind::Table(true);
        if !is_whole
            || !several
            || columns < 2
            || rows.checked_mul(columns)? > CELLS
            || !stand_as_told(&places)
        {
            return None;
        }
        let xs = edges(&places, columns);
        // About so wide as the text of cells over the same columns gets is the room each of them has.
        let mut rooms: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        for (place, extent) in &places {
            let room = rooms.entry((place.column, place.columns)).or_default();
            *room = room.max(extent.x1 - extent.x0);
        }
        let mut header = 0;
        let is_header = |row: u32| {
            let mut of_row = cells.keys().filter(|&&cell| at(element(cell).place.row) == row).peekable();
            of_row.peek().is_some() && of_row.all(|&cell| element(cell).kind == Kind::Cell(true))
        };
        while header < rows && is_header(header) {
            header += 1;
        }
        let cells = cells.iter().map(|(&cell, held)| {
            let place = element(cell).place;
            let room = 0.9 * rooms.get(&(place.column, place.columns)).copied().unwrap_or(0.0);
            let (texts, bold) = texts(page, sheet, runs, held, room);
            let (row, end) = (at(place.row), at(place.row + place.rows));
            GridCell { row, column: place.column, rows: end - row, columns: place.columns, texts, bold }
        });
        let mut cells: Vec<GridCell> = cells.collect();
        fill(&mut cells, rows, columns);
        let ends = places.iter().map(|(_, extent)| extent);
        Some(Grid {
            xs,
            top: ends.clone().map(|e| e.top).fold(f32::MAX, f32::min),
            bottom: ends.map(|e| e.bottom).fold(f32::MIN, f32::max),
            page: sheet.height,
            rows,
            header: if header < rows { header } else { 0 },
            cells,
            tag: table + 1,
        })
    }
}

/// The text of a cell: each paragraph by itself.
fn texts(page: &Page, sheet: &Sheet, runs: &[Run], held: &[u32], room: f32) -> (Vec<Text>, bool) {
    let mut blocks: Vec<(u32, Vec<u32>)> = Vec::new();
    for &index in held {
        let block = sheet.inks[runs[index as usize].range()][0].block;
        match blocks.iter_mut().find(|(own, _)| *own == block) {
            Some((_, held)) => held.push(index),
            None => blocks.push((block, vec![index])),
        }
    }
    let (mut all, mut bold) = (Vec::new(), true);
    for (_, held) in blocks {
        let lines = rows(runs, held, &[]);
        let (texts, is_bold) = line::cell(page, sheet, runs, &lines, room);
        all.extend(texts);
        bold &= is_bold;
    }
    (all, bold)
}

/// Adds the cells without text, which no mark on the page tells of.
fn fill(cells: &mut Vec<GridCell>, rows: u32, columns: u32) {
    let mut covered = vec![false; (rows * columns) as usize];
    for cell in &mut *cells {
        for row in cell.row..(cell.row + cell.rows).min(rows) {
            let from = (row * columns + cell.column) as usize;
            covered[from..from + cell.columns.min(columns - cell.column) as usize].fill(true);
        }
    }
    for at in (0..rows * columns).filter(|&at| !covered[at as usize]) {
        let (row, column) = (at / columns, at % columns);
        cells.push(GridCell { row, column, rows: 1, columns: 1, ..GridCell::default() });
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug)]
struct Extent {
    x0: f32,
    x1: f32,
    top: f32,
    bottom: f32,
}

impl Extent {
    fn of(runs: &[Run], held: &[u32]) -> Extent {
        let runs = held.iter().map(|&index| &runs[index as usize]);
        Extent {
            x0: runs.clone().map(|run| run.x0).fold(f32::MAX, f32::min),
            x1: runs.clone().map(|run| run.x1).fold(f32::MIN, f32::max),
            top: runs.clone().map(Run::top).fold(f32::MAX, f32::min),
            bottom: runs.map(Run::bottom).fold(f32::MIN, f32::max),
        }
    }
}

/// Whether the cells of a row stand from left to right and the rows from top to bottom.
fn stand_as_told(places: &[(Place, Extent)]) -> bool {
    let mut by_row: Vec<&(Place, Extent)> = places.iter().collect();
    by_row.sort_by_key(|(place, _)| (place.row, place.column));
    let (mut told, mut wrong) = (0, 0);
    for pair in by_row.windows(2) {
        let ((a, left), (b, right)) = (pair[0], pair[1]);
        told += 1;
        wrong += usize::from(if a.row == b.row {
            right.x0 < left.x1 - 1.0
                || right.top > left.bottom + 0.5 * (left.bottom - left.top) && a.rows == 1 && b.rows == 1
        } else {
            right.bottom < left.top
        });
    }
    wrong * 20 <= told
}

/// The lines between columns, the outermost included, by where the text of each column begins.
fn edges(places: &[(Place, Extent)], columns: u32) -> Vec<f32> {
    let mut xs = vec![f32::MAX; columns as usize + 1];
    let mut end = f32::MIN;
    for (place, extent) in places {
        let x = &mut xs[place.column as usize];
        *x = x.min(extent.x0);
        end = end.max(extent.x1);
    }
    xs[columns as usize] = end;
    for column in (0..columns as usize).rev() {
        xs[column] = xs[column].min(xs[column + 1]);
    }
    xs
}

/// The block most glyphs of a line belong to; [`NONE`] where none has most.
pub(super) fn block(inks: &[Ink]) -> u32 {
    let Some(first) = inks.first() else { return NONE };
    let same = inks.iter().filter(|ink| ink.block == first.block).count();
    if same == inks.len() {
        return first.block;
    }
    let last = inks[inks.len() - 1].block;
    let of_last = inks.iter().filter(|ink| ink.block == last).count();
    match (same * 5 >= inks.len() * 4, of_last * 5 >= inks.len() * 4) {
        (true, _) => first.block,
        (_, true) => last,
        _ => NONE,
    }
}

/// Says of each line which paragraph it belongs to and whether that is a heading, where the tags of the whole
/// document can be believed. `tags` are the blocks of the tree, one for each block of the document.
pub(super) fn tell(blocks: &mut [Block], tags: &[u32], structure: &Structure) {
    if structure.is_empty() || !are_sane(blocks, tags) {
        return;
    }
    let is_heading = |tag: u32| matches!(structure.kind(tag), Kind::Heading(_));
    let lines = tags.iter().filter(|&&tag| tag != NONE).count();
    let headings = tags.iter().filter(|&&tag| is_heading(tag)).count();
    let trust_headings = headings * 5 <= lines * 2 || lines <= 6;
    let mut begun = HashSet::new();
    for (block, &tag) in blocks.iter_mut().zip(tags) {
        let Some(shape) = block.shape.as_mut().filter(|_| tag != NONE) else { continue };
        shape.paragraph = Some(tag);
        if let (Kind::Item(Some(bullet)), Body::Paragraph(text)) = (structure.kind(tag), &mut block.body)
            && begun.insert(tag)
            && lacks_bullet(text.as_str())
        {
            // The bullet is no character on the page, but drawn.
            let words = std::mem::replace(text, Text::plain(format!("{bullet} ")));
            text.append(words);
        }
        if let Kind::Heading(level) = structure.kind(tag)
            && trust_headings
        {
            shape.outline = Some(level.clamp(1, 6));
        }
    }
}

/// Whether an item begins with words at once.
fn lacks_bullet(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let first = chars.next().unwrap_or('•');
    let is_letter = first == 'o' && chars.next().is_none_or(char::is_whitespace);
    (first.is_alphanumeric() || "（《“‘「『【(\"'<[".contains(first)) && !is_letter
}

/// Whether full lines mostly go on and short ones mostly end, and each paragraph stands together.
fn are_sane(blocks: &[Block], tags: &[u32]) -> bool {
    let (mut full, mut full_parted, mut short, mut short_joined) = (0, 0, 0, 0);
    let (mut tagged, mut returns) = (0, 0);
    let mut seen = HashSet::new();
    let shape = |block: &Block| -> Option<Shape> { block.shape };
    let mut last = NONE;
    for tag in tags.iter().copied().filter(|&tag| tag != NONE) {
        tagged += 1;
        if tag != last {
            returns += usize::from(!seen.insert(tag));
        }
        last = tag;
    }
    for at in 1..blocks.len() {
        let (Some(above), Some(below)) = (shape(&blocks[at - 1]), shape(&blocks[at])) else { continue };
        if tags[at - 1] == NONE || tags[at] == NONE || below.start != qingwen_model::Start::Line {
            continue;
        }
        let text = blocks[at - 1].text().map_or("", |text| text.as_str().trim_end());
        let ends = text.ends_with(['。', '！', '？', '：', '；', '.', '!', '?', ':', ';']);
        let together = tags[at - 1] == tags[at];
        let slack = above.slack.unwrap_or(0.0);
        // What is set alike, close together, and runs into the right edge in mid-sentence goes on.
        if slack < 1.0
            && !ends
            && below.gap < 0.3
            && (above.size - below.size).abs() < 0.05
            && above.width > 15.0
        {
            full += 1;
            full_parted += usize::from(!together);
        } else if ends && slack > 6.0 && slack * 3.0 > above.width {
            short += 1;
            short_joined += usize::from(together);
        }
    }
    tagged > 0 && returns * 10 <= tagged && full_parted * 3 <= full && short_joined * 3 <= short
}
