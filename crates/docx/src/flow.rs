//! Blocks as they come one after another: gathers list items into lists, and remembers the white space and
//! the breaks between paragraphs.

use crate::line::{Break, Line};
use qingwen_model::{Block, Body, Item, List, Marker, Start};

/// Blocks in the making.
#[derive(Default)]
pub(crate) struct Flow {
    blocks: Vec<Block>,
    open: Vec<Open>,
    /// Empty paragraphs since the last block, in lines.
    pub(crate) gap: f32,
    /// Empty lines of program code since the last block.
    pub(crate) blank_code: usize,
    /// The space that the last paragraph asks for after itself, in lines.
    pub(crate) space_after: f32,
    /// What has ended since the last block.
    pub(crate) break_before: Option<Break>,
    /// A paragraph whose mark is gone, so that the next one goes on with it.
    pub(crate) carry: Option<Line>,
}

/// What an item is an item of.
#[derive(Clone, Copy)]
pub(crate) struct ItemKind {
    /// The list, where its numbers tell it from others.
    pub(crate) list: Option<u32>,
    pub(crate) marker: Marker,
    /// Whether the item is a task, and if so, done.
    pub(crate) done: Option<bool>,
}

struct Open {
    level: usize,
    list: Option<u32>,
    marker: Marker,
    items: Vec<Item>,
}

impl Flow {
    /// Adds a block that is no list item.
    pub(crate) fn push(&mut self, block: Block) {
        self.close_to(0);
        self.blank_code = 0;
        self.blocks.push(block);
    }

    /// Adds a block that goes on with the last one where both are of a kind: code, quotations.
    pub(crate) fn push_joined(&mut self, block: Block) {
        self.close_to(0);
        let blank = std::mem::take(&mut self.blank_code);
        if self.gap == 0.0
            && let Some(last) = self.blocks.last_mut()
        {
            match (&mut last.body, &block.body) {
                (Body::Code(last), Body::Code(more)) => {
                    last.text.extend(std::iter::repeat_n('\n', blank + 1));
                    last.text.push_str(&more.text);
                    return;
                }
                (Body::Quote(last), Body::Quote(more)) => return last.extend(more.iter().cloned()),
                _ => {}
            }
        }
        self.blocks.push(block);
    }

    /// Adds an item of a list. Numbered items of another list begin a list of their own.
    pub(crate) fn push_item(&mut self, level: usize, kind: ItemKind, block: Block) {
        let ItemKind { list, marker, done } = kind;
        let deeper = self.open.iter().take_while(|open| open.level < level).count();
        let stays = self.open.get(deeper).is_some_and(|open| {
            open.level == level
                && matches!(
                    (open.marker, marker),
                    (Marker::Bullet, Marker::Bullet) | (Marker::Number(_), Marker::Number(_))
                )
                && open.list == list
        });
        self.close_to(if stays { deeper + 1 } else { deeper });
        if !stays {
            self.open.push(Open { level, list, marker, items: Vec::new() });
        }
        if let Some(open) = self.open.last_mut() {
            open.items.push(Item { blocks: vec![block], done, ..Item::default() });
        }
    }

    /// Adds a block to the last item of an open list, where it belongs to that list and stands deeper.
    pub(crate) fn push_under(&mut self, level: usize, list: Option<u32>, block: Block) {
        let depth = self.open.iter().rposition(|open| open.level < level && open.list == list);
        let Some(depth) = depth else { return self.push(block) };
        self.close_to(depth + 1);
        match self.open.last_mut().and_then(|open| open.items.last_mut()) {
            Some(item) => item.blocks.push(Block { shape: None, ..block }),
            None => self.push(block),
        }
    }

    /// Ends the lists beyond the first `depth` that are open.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(Open { marker, items, .. }) = self.open.pop() else { return };
            let mark = items.first().and_then(|item| item.blocks.first()).map(|b| b.mark).unwrap_or_default();
            let block =
                Block { mark, body: Body::List(List { marker, items, ..List::default() }), shape: None };
            let blocks = match self.open.last_mut().and_then(|open| open.items.last_mut()) {
                Some(item) => &mut item.blocks,
                None => &mut self.blocks,
            };
            blocks.push(block);
        }
    }

    /// What the next block is the first of; asked once for each block.
    pub(crate) fn take_start(&mut self) -> Start {
        match self.break_before.take() {
            Some(Break::Page) => Start::Page,
            Some(Break::Column) => Start::Column,
            None => Start::Line,
        }
    }

    /// The blocks.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.close_to(0);
        self.blocks
    }
}
