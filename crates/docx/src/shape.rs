//! Looks, from what Word measures in to what the model does: ems and lines of the body text.

use crate::flow::Flow;
use crate::line::Line;
use crate::props::ParaProps;
use qingwen_model::{Align, Body, Document, Extent, Shape};

/// Characters of running text by size in half-points.
#[derive(Debug, Default)]
pub(crate) struct Sizes {
    counts: Vec<(u16, u64)>,
    in_tables: Vec<(u16, u64)>,
}

impl Sizes {
    /// Counts the characters of a paragraph.
    pub(crate) fn add(&mut self, line: &Line, in_table: bool) {
        let counts = if in_table { &mut self.in_tables } else { &mut self.counts };
        for &(size, count) in &line.sizes {
            match counts.iter_mut().find(|(known, _)| *known == size) {
                Some((_, total)) => *total += u64::from(count),
                None => counts.push((size, u64::from(count))),
            }
        }
    }

    /// The size of the body text, in half-points: the commonest outside tables.
    fn body(&self) -> f32 {
        let counts = if self.counts.is_empty() { &self.in_tables } else { &self.counts };
        let most = counts.iter().filter(|(size, _)| *size > 0).max_by_key(|(_, count)| *count);
        most.map_or(21.0, |(size, _)| f32::from(*size))
    }
}

/// Headings with a stated level from which on the document's own word is taken for all its headings.
const HEADINGS_THAT_DECIDE: usize = 2;

/// The looks of a paragraph, lengths still in twips and the size in half-points.
pub(crate) fn of(line: &Line, props: &ParaProps, flow: &mut Flow) -> Shape {
    let size = line.size().unwrap_or(21);
    // A hundredth of a character is a hundredth of an em; an em is so many twips.
    let em = f32::from(size) * 10.0;
    let length = |twips: Option<i32>, chars: Option<i32>| match chars {
        Some(chars) if chars != 0 => chars as f32 / 100.0 * em,
        _ => twips.unwrap_or(0) as f32,
    };
    let align = match (props.align.unwrap_or_default(), props.bidi) {
        (Align::End, Some(true)) => Align::Start,
        (align, _) => align,
    };
    Shape {
        extent: Extent::Paragraph,
        start: flow.take_start(),
        indent: length(props.left, props.left_chars) + length(props.first, props.first_chars),
        gap: flow.gap + flow.space_after.max(lines(props.before, props.before_lines)),
        size: f32::from(size),
        bold: line.is_bold(),
        face: line.face(),
        align,
        ..Shape::default()
    }
}

/// White space in lines of twelve points.
pub(crate) fn lines(twips: Option<i32>, hundredths: Option<i32>) -> f32 {
    match hundredths {
        Some(hundredths) if hundredths != 0 => hundredths as f32 / 100.0,
        _ => twips.unwrap_or(0).max(0) as f32 / 240.0,
    }
}

/// Brings looks and levels into the model's terms, now that the whole document is known.
///
/// A title is level 1 and everything else moves one down; where no style names a title, the first level of
/// heading is level 1. Where styles state the levels, looks have nothing to add after the first heading;
/// before it they are kept, so that a title nobody styled can still be found.
pub(crate) fn settle(document: &mut Document, sizes: &Sizes, has_title: bool) {
    let body = sizes.body();
    let is_heading = |block: &qingwen_model::Block| matches!(block.body, Body::Heading(..));
    let headings = document.blocks.iter().filter(|block| is_heading(block)).count();
    let first = document.blocks.iter().position(is_heading).filter(|_| headings >= HEADINGS_THAT_DECIDE);
    for block in document.blocks.iter_mut().skip(first.unwrap_or(usize::MAX)) {
        block.visit_mut(&mut |block| block.shape = None);
    }
    document.visit_mut(&mut |block| {
        if let Some(shape) = &mut block.shape {
            shape.size /= body;
            shape.indent /= body * 10.0;
        }
        if let Body::Heading(level, _) = &mut block.body {
            *level = level.saturating_sub(u8::from(!has_title)).clamp(1, 6);
        }
    });
}
