//! All pages together: what is usual in the document, and how each line looks beside it.

use super::ink::Class;
use super::line::Line;
use super::tally::Tally;
use super::{Column, Grid, Item, Laid, notes};
use crate::structure::NONE;
use qingwen_model::{Align, Block, Body, Extent, Log, Mark, Object, Shape, Start, Style, Text};

/// The outermost part of a page's height in which headers and footers stand.
const MARGIN: f32 = 0.1;

/// Puts the edges of a column where its lines reach; a single line that reaches further is overlooked.
pub(super) fn measure(column: &mut Column, items: &[Item], index: usize) {
    let mut lines: Vec<&Line> = Vec::new();
    for item in items.iter().rev() {
        match item {
            Item::Line(line) if line.column as usize == index => lines.push(line),
            Item::Line(_) => break,
            Item::Table(_) | Item::Picture(..) => {}
        }
    }
    let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    // Brackets and stops may hang: half of them is white space, which need not stand within the edges.
    let hang =
        |c: Option<char>, size: f32| if c.map(Class::of) == Some(Class::Wide) { 0.5 * size } else { 0.0 };
    let left = |line: &&Line| line.x0 + hang(line.text.as_str().chars().next(), line.size);
    let right = |line: &&Line| hang(line.text.as_str().chars().next_back(), line.size) - line.x1;
    let mut lefts: Vec<f32> = lines.iter().map(left).collect();
    let mut rights: Vec<f32> = lines.iter().map(right).collect();
    column.lines = lines.len() as u32;
    column.left = edge(&mut lefts, size);
    column.right = -edge(&mut rights, size);
}

/// The least value, or, among many, the least that is not alone.
fn edge(values: &mut [f32], size: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    match values {
        [] => 0.0,
        [first, second, _, _, _, _, _, _, ..] if *second - *first > 0.6 * size => *second,
        [first, ..] => *first,
    }
}

/// What is usual in a document.
#[derive(Clone, Copy, Debug)]
struct Usual {
    /// Size of the body text, and so the em, in points.
    em: f32,
    /// From one baseline to the next, in sizes.
    leading: f32,
}

impl Usual {
    fn of(pages: &[Laid]) -> Usual {
        let em = common_size(pages).unwrap_or(10.0);
        let mut counts: Vec<u32> = vec![0; 60]; // leading in steps of 0.05
        for page in pages {
            for (a, b) in neighbours(page) {
                let body = |line: &Line| (line.size - em).abs() < 0.06 * em;
                // Cells of a row that stand beside one another may stand half a line apart.
                let beneath = (-2.6 * em..0.5 * em).contains(&(b.x0 - a.x0));
                let step = ((b.y - a.y) / em * 20.0).round();
                if beneath && body(a) && body(b) && (19.0..60.0).contains(&step) {
                    counts[step as usize] += 1;
                }
            }
        }
        // Paragraphs of one line each are no reason to take the distance of paragraphs for that of lines.
        let near = |i: usize| counts[i] + counts.get(i + 1).copied().unwrap_or(0);
        let most = (0..counts.len()).map(near).max().unwrap_or(0);
        let least = (0..counts.len()).find(|&i| most > 0 && near(i) * 3 >= most);
        let leading = least.map_or(1.4, |i| {
            let (a, b) = (counts[i] as f32, counts.get(i + 1).copied().unwrap_or(0) as f32);
            (i as f32 + b / (a + b).max(1.0)) * 0.05
        });
        Usual { em, leading }
    }
}

/// The size most characters have, in points.
fn common_size(pages: &[Laid]) -> Option<f32> {
    let mut sizes = Tally::new(400); // size in quarters of a point
    for line in pages.iter().flat_map(|page| &page.items).filter_map(Item::line) {
        let size = (line.size * 4.0).round() as i32;
        sizes.add(size, u64::from(line.characters), |&other| other == size);
    }
    let (size, _) = sizes.top()?;
    (size > 0).then_some(size as f32 / 4.0)
}

/// The pairs of lines that follow one another in a column.
fn neighbours(page: &Laid) -> impl Iterator<Item = (&Line, &Line)> {
    let pairs = page.items.windows(2);
    pairs.filter_map(|pair| match pair {
        [Item::Line(a), Item::Line(b)] if a.column == b.column => Some((a, b)),
        _ => None,
    })
}

impl Item {
    pub(super) fn line(&self) -> Option<&Line> {
        match self {
            Item::Line(line) => Some(line),
            Item::Table(_) | Item::Picture(..) => None,
        }
    }
}

/// Makes blocks of all the pages of a document, in their order, each with the block of the structure it belongs to.
pub(super) fn blocks(pages: Vec<Laid>, log: &mut Log) -> (Vec<Block>, Vec<u32>) {
    let usual = Usual::of(&pages);
    let frames = Frames::of(&pages, usual.em);
    let count = pages.iter().map(|page| page.items.len()).sum();
    let (mut blocks, mut tags) = (Vec::with_capacity(count), Vec::with_capacity(count));
    // A table may go on on the next page: until all are read, they stand here, with their places among the blocks.
    let mut grids: Vec<(usize, Box<Grid>)> = Vec::new();
    let mut open: Option<(u32, f32)> = None; // the last of them may go on: its page and its foot
    for page in pages {
        let mut noted = false; // notes have begun at the foot of the page
        let columns: Vec<Column> = page.columns.iter().map(|column| frames.fit(column, usual.em)).collect();
        let mut before: Option<Before> = None;
        let mut number = 0u16;
        for item in page.items {
            number = number.saturating_add(1);
            let mark = Mark::Page(page.number, number);
            let mut put = |shape, body, tag| {
                blocks.push(Block { mark, shape, body });
                tags.push(tag);
            };
            match item {
                Item::Line(line) => {
                    let in_margin = line.height.is_some_and(|h| !(MARGIN..=1.0 - MARGIN).contains(&h));
                    let is_small = line.size <= notes::SMALL * usual.em;
                    noted = open.is_some() && is_small && (noted || notes::begins(&line.text));
                    if !in_margin && !noted {
                        open = None;
                    }
                    let column = columns.get(line.column as usize).copied().unwrap_or_default();
                    let shape = shape(&line, &column, before.as_ref(), usual);
                    before = Some(Before::line(&line));
                    put(Some(shape), Body::Paragraph(line.text), line.tag);
                }
                Item::Picture(media, alt) => {
                    let mut text = Text::new();
                    let image = Object::Image { media: Some(media), alt };
                    text.push_object(image, &Style::default());
                    put(None, Body::Paragraph(text), NONE);
                }
                Item::Table(grid) => {
                    before =
                        Some(Before { y: grid.bottom, size: 0.0, column: before.map_or(0, |b| b.column) });
                    // It goes on where it reached the foot of a page or a column, and only notes, page numbers
                    // and the like stand between.
                    let (foot, bottom) = (0.7 * grid.page, grid.bottom);
                    let first = open.filter(|&(last, below)| {
                        last + 1 == page.number || last == page.number && grid.top < below
                    });
                    match grids.last_mut().filter(|(_, last)| first.is_some() && last.goes_on(&grid)) {
                        Some((_, first)) => first.append(*grid, mark, log),
                        None => {
                            put(None, Body::Break, NONE);
                            grids.push((blocks.len() - 1, grid));
                        }
                    }
                    open = (bottom > foot).then_some((page.number, bottom));
                }
            }
        }
    }
    for (at, grid) in grids {
        blocks[at].body = Body::Table(grid.table());
    }
    (blocks, tags)
}

/// What stands above a line.
#[derive(Clone, Copy, Debug)]
struct Before {
    y: f32,
    /// 0 where it is a table.
    size: f32,
    column: u32,
}

impl Before {
    fn line(line: &Line) -> Before {
        Before { y: line.y, size: line.size, column: line.column }
    }
}

/// How a line looks in its column and document.
fn shape(line: &Line, column: &Column, before: Option<&Before>, usual: Usual) -> Shape {
    let em = usual.em;
    let indent = ((line.x0 - column.left) / em).max(0.0);
    let slack = ((column.right - line.x1) / em).max(0.0);
    let size = line.size / em;
    let start = match before {
        None => Start::Page,
        Some(before) if before.column != line.column && line.y < before.y => Start::Column,
        Some(_) => Start::Line,
    };
    let gap = match before {
        Some(before) if start == Start::Line => {
            let usual_here = match before.size {
                0.0 => line.size,
                size => usual.leading * (line.size + 0.25 * (size - line.size).max(0.0)),
            };
            let gap = (line.y - before.y - usual_here) / (usual.leading * em);
            if gap < 0.1 { 0.0 } else { gap }
        }
        _ => 0.0,
    };
    Shape {
        extent: Extent::Line,
        start,
        indent,
        width: (line.x1 - line.x0) / em,
        slack: Some(slack),
        gap,
        size: if (size - 1.0).abs() < 0.03 { 1.0 } else { size },
        bold: line.bold,
        face: line.face,
        align: align(indent, slack, (column.right - column.left) / em, size),
        height: line.height,
        outline: None,
        paragraph: None,
    }
}

/// Whether a line is evidently centred, or set against the right edge.
fn align(indent: f32, slack: f32, width: f32, size: f32) -> Align {
    let even = (indent - slack).abs();
    // Two em on the left is the indentation of a paragraph, which a short line may have on its right by chance.
    let like_paragraph = (1.7..2.4).contains(&indent) && size < 1.15;
    if even < 0.6 && indent > 0.8 && !like_paragraph {
        Align::Center
    } else if slack < 0.6 && indent > 4.0 && indent > 0.35 * width {
        Align::End
    } else {
        Align::Start
    }
}

/// The edges of the columns that occur in a document, and by how many lines.
struct Frames {
    frames: Vec<Column>,
}

impl Frames {
    fn of(pages: &[Laid], em: f32) -> Frames {
        let mut frames: Vec<Column> = Vec::new();
        for column in pages.iter().flat_map(|page| &page.columns).filter(|column| column.lines >= 3) {
            let near = |frame: &Column| {
                (frame.left - column.left).abs() < 0.5 * em && (frame.right - column.right).abs() < 0.8 * em
            };
            match frames.iter().position(near) {
                Some(at) => {
                    let frame = &mut frames[at];
                    frame.lines += column.lines;
                    frame.left = frame.left.min(column.left);
                    frame.right = frame.right.max(column.right);
                }
                None if frames.len() < 64 => frames.push(*column),
                None => {}
            }
        }
        frames.sort_by_key(|frame| std::cmp::Reverse(frame.lines));
        Frames { frames }
    }

    /// The edges of a column, by those of its kind on other pages: a page with few lines may not have one that
    /// reaches an edge.
    fn fit(&self, column: &Column, em: f32) -> Column {
        let most = self.frames.first().map_or(0, |frame| frame.lines);
        let room = if column.lines >= 10 { 2.6 } else { f32::MAX };
        let holds = |frame: &&Column| {
            frame.left < column.left + 0.3 * em
                && frame.right > column.right - 0.3 * em
                && column.left - frame.left < room * em
                && frame.right - column.right < room * em
                && frame.lines * 10 >= most
                && frame.lines >= column.lines
        };
        let fits = self.frames.iter().filter(holds);
        let narrowest = fits.min_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left)));
        narrowest.copied().unwrap_or(*column)
    }
}
