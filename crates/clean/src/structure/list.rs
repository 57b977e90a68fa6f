//! `st-list`: paragraphs of a page that begin with the same bullet at the same indentation become a list.

use crate::texts;
use qingwen_model::{Block, Body, Document, Edits, Item, List, Log, Mark};

/// How far the indentations of items of one list may differ, in em.
const NEAR: f32 = 0.6;
/// The deepest nesting that is believed.
const DEPTH: usize = 8;

/// Makes lists of the bulleted paragraphs of pages. Only of pages: other formats say themselves what is a list.
pub(super) fn find(document: &mut Document, log: &mut Log) {
    if !document.blocks.iter().any(|block| Bullet::of(block).is_some()) {
        return;
    }
    let mut out = Vec::with_capacity(document.blocks.len());
    let mut run: Vec<(Block, Bullet)> = Vec::new();
    for block in std::mem::take(&mut document.blocks) {
        match Bullet::of(&block) {
            Some(bullet) => run.push((block, bullet)),
            None => {
                close(&mut run, &mut out, log);
                out.push(block);
            }
        }
    }
    close(&mut run, &mut out, log);
    document.blocks = out;
}

/// The bullet that a paragraph begins with.
#[derive(Clone, Copy, Debug)]
struct Bullet {
    sign: char,
    /// Bytes of the sign and the space after it.
    length: usize,
    indent: f32,
}

impl Bullet {
    fn of(block: &Block) -> Option<Bullet> {
        let (Mark::Page(..), Some(shape), Some(text)) = (block.mark, block.shape, block.as_paragraph())
        else {
            return None;
        };
        let text = text.as_str();
        let sign = text.chars().next()?;
        let rest = &text[sign.len_utf8()..];
        let body = rest.trim_start();
        let is_bullet = match sign {
            '•' | '●' | '◦' | '■' | '□' | '▪' | '▫' | '◆' | '◇' | '❖' | '➢' | '►' | '▶' | '✓' | '✔' => {
                true
            }
            // These are also signs of punctuation and of arithmetic.
            '-' | '–' | '*' | '·' | '+' => body.len() < rest.len(),
            _ => false,
        };
        let length = text.len() - body.len();
        (is_bullet && !body.is_empty()).then_some(Bullet { sign, length, indent: shape.indent })
    }

    /// Whether two bullets may stand before items of one list.
    fn is_like(self, other: Bullet) -> bool {
        self.sign == other.sign && (self.indent - other.indent).abs() < NEAR
    }
}

/// Puts the paragraphs gathered out, those that are lists as lists.
fn close(run: &mut Vec<(Block, Bullet)>, out: &mut Vec<Block>, log: &mut Log) {
    // One paragraph with a bullet is no list.
    let is_list =
        run.iter().enumerate().any(|(at, (_, a))| run[at + 1..].iter().take(64).any(|(_, b)| a.is_like(*b)));
    if is_list {
        out.extend(lists(std::mem::take(run), 1, log));
    } else {
        out.extend(run.drain(..).map(|(block, _)| block));
    }
}

/// The lists that bulleted paragraphs are: what is indented further belongs to the item above it.
fn lists(run: Vec<(Block, Bullet)>, depth: usize, log: &mut Log) -> Vec<Block> {
    let mut out: Vec<(Bullet, Block, Vec<Item>)> = Vec::new();
    let mut below: Vec<(Block, Bullet)> = Vec::new();
    for (block, bullet) in run {
        if depth < DEPTH && out.last().is_some_and(|(first, ..)| bullet.indent >= first.indent + NEAR) {
            below.push((block, bullet));
            continue;
        }
        nest(&mut out, &mut below, depth, log);
        let frame = Block { mark: block.mark, ..Block::default() };
        let item = item(block, bullet, log);
        match out.last_mut() {
            Some((first, _, items)) if first.is_like(bullet) => items.push(item),
            _ => out.push((bullet, frame, vec![item])),
        }
    }
    nest(&mut out, &mut below, depth, log);
    let list = |items| Body::List(List { items, ..List::default() });
    out.into_iter().map(|(_, frame, items)| Block { body: list(items), ..frame }).collect()
}

/// Gives the paragraphs that are indented further to the last item.
fn nest(
    out: &mut [(Bullet, Block, Vec<Item>)],
    below: &mut Vec<(Block, Bullet)>,
    depth: usize,
    log: &mut Log,
) {
    if let Some(item) = out.last_mut().and_then(|(_, _, items)| items.last_mut())
        && !below.is_empty()
    {
        item.blocks.extend(lists(std::mem::take(below), depth + 1, log));
    }
}

/// A paragraph as an item: without its bullet, which the ledger keeps.
fn item(mut block: Block, bullet: Bullet, log: &mut Log) -> Item {
    let mark = block.mark;
    block.shape = None;
    if let Some(text) = block.text_mut() {
        let mut edits = Edits::new();
        edits.delete(0..bullet.length);
        texts::replace("st-list", text, mark, &edits, log);
    }
    Item { blocks: vec![block], ..Item::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qingwen_model::Shape;

    fn found(lines: &[(f32, &str)]) -> (String, usize) {
        let block = |(at, &(indent, text)): (usize, &(f32, &str))| {
            let shape = Shape { indent, ..Shape::default() };
            Block::paragraph(text).at(Mark::Page(1, at as u16 + 1)).looking(shape)
        };
        let mut document =
            Document { blocks: lines.iter().enumerate().map(block).collect(), ..Document::default() };
        let mut log = Log::new();
        find(&mut document, &mut log);
        fn write(blocks: &[Block], depth: usize, out: &mut String) {
            for block in blocks {
                match &block.body {
                    Body::List(list) => list.items.iter().for_each(|item| {
                        out.push_str(&"  ".repeat(depth));
                        out.push('*');
                        write(&item.blocks, depth + 1, out);
                    }),
                    _ => {
                        out.push_str(block.text().map_or("", |text| text.as_str()));
                        out.push('\n');
                    }
                }
            }
        }
        let mut out = String::new();
        write(&document.blocks, 0, &mut out);
        (out, log.diagnostics().len())
    }

    #[test]
    fn bulleted_paragraphs_at_one_indentation_are_a_list() {
        let lines = [(2.0, "要求如下："), (2.0, "• 每日巡河"), (2.1, "•每周上报"), (2.0, "完毕。")];
        assert_eq!(found(&lines), ("要求如下：\n*每日巡河\n*每周上报\n完毕。\n".to_owned(), 2));
    }

    #[test]
    fn what_is_indented_further_belongs_to_the_item_above() {
        let lines = [(0.0, "• a"), (2.0, "– b"), (2.0, "– c"), (0.0, "• d"), (0.0, "▪ e")];
        assert_eq!(found(&lines), ("*a\n  *b\n  *c\n*d\n*e\n".to_owned(), 5));
    }

    #[test]
    fn one_bullet_or_a_sign_without_a_space_is_no_list() {
        for lines in [
            &[(0.0, "• a"), (0.0, "b"), (0.0, "• c")][..],
            &[(0.0, "-5 m"), (0.0, "-7 m")],
            &[(0.0, "• a"), (4.0, "• b")],
            &[(0.0, "•"), (0.0, "•")],
            &[(0.0, "一、甲"), (0.0, "二、乙")],
        ] {
            let unchanged: String = lines.iter().map(|(_, text)| format!("{text}\n")).collect();
            assert_eq!(found(lines), (unchanged, 0));
        }
    }
}
