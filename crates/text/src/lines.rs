//! Characters to lines.

use qingwen_model::{Block, Document, Extent, Mark, Shape, Start};

/// Reads text that is decoded already.
///
/// Lines end at LF, CR LF or CR; a form feed ends a line and a page. Blank lines become the
/// [`gap`](Shape::gap) of the line after them.
pub fn read_str(text: &str) -> Document {
    let mut document = Document::default();
    let (mut number, mut blank, mut start) = (0u32, 0u32, Start::Line);
    for page in text.split('\u{c}') {
        for line in page.split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n'])) {
            number += 1;
            if line.trim().is_empty() {
                blank += 1;
                continue;
            }
            let shape = Shape { start, gap: blank as f32, ..measure(line) };
            document.blocks.push(Block::paragraph(line).at(Mark::Line(number)).looking(shape));
            (blank, start) = (0, Start::Line);
        }
        start = Start::Page;
    }
    document
}

fn measure(line: &str) -> Shape {
    let body = line.trim_start();
    let indent = cells(&line[..line.len() - body.len()]);
    Shape {
        extent: Extent::Line,
        indent: indent as f32 / 2.0,
        width: cells(body.trim_end()) as f32 / 2.0,
        ..Shape::default()
    }
}

/// Width in cells of a fixed-width screen: two for what is wide or full-width, four for a tab.
fn cells(text: &str) -> u32 {
    text.chars().map(|c| if c == '\t' { 4 } else { 1 + u32::from(c >= '\u{1100}') }).sum()
}
