//! Text beside a picture: its lines end where the picture begins, not where the column does.

use super::measure::line;
use qingwen_model::Block;

/// Lines that end at one place, one below the other, are full if they are at least so many,
const LINES: usize = 3;
/// and as wide as this at least, in em: the cells of a table and the entries of a list are narrower.
const WIDTH: f32 = 12.0;
/// White space at the right that shows nothing, in em.
const LEAST: f32 = 4.0;
/// No picture stands beside more lines.
const PAGE: usize = 60;
/// How far the ends of full lines may be apart, in em.
const NEAR: f32 = 0.3;

/// Measures the white space at the right of lines beside a picture from the picture on.
pub(super) fn narrow(blocks: &mut [Block]) {
    let mut at = 0;
    while at < blocks.len() {
        let Some(edge) = slack(&blocks[at]) else {
            at += 1;
            continue;
        };
        let ends = |block: &Block| slack(block).is_some_and(|slack| (slack - edge).abs() < NEAR);
        let count = blocks[at..].iter().take_while(|block| ends(block)).count();
        if count >= LINES && is_prose(&blocks[at..at + count]) {
            // The last lines of paragraphs end before it.
            let beside = |block: &&mut Block| slack(block).is_some_and(|slack| slack > edge - NEAR);
            for block in blocks[at..].iter_mut().take_while(beside).take(PAGE) {
                let slack = block.shape.as_mut().and_then(|shape| shape.slack.as_mut());
                slack.into_iter().for_each(|slack| *slack = (*slack - edge).max(0.0));
                at += 1;
            }
        } else {
            at += count.max(1);
        }
    }
}

/// The white space at the right of a line that is not full.
fn slack(block: &Block) -> Option<f32> {
    let slack = block.shape.as_ref()?.slack.filter(|slack| *slack >= LEAST)?;
    line(block).map(|_| slack)
}

/// Whether most lines have marks within and few end in one: a list has none, verse ends in them.
fn is_prose(lines: &[Block]) -> bool {
    let count = |is: fn(&str) -> bool| {
        lines.iter().filter_map(line).filter(|(shape, text)| shape.width >= WIDTH && is(text.trim())).count()
    };
    let within =
        count(|text| text.trim_end_matches(['，', '。', '；', '、']).contains(['，', '。', '；', '、']));
    let open = count(|text| text.ends_with(char::is_alphanumeric));
    within * 2 >= lines.len() && open * 2 >= lines.len()
}
