use crate::{Mark, Shape, Table, Text};

/// One block of a document.
///
/// ```
/// use qingwen_model::{Block, Mark};
/// let heading = Block::heading(2, "一、总则").at(Mark::Line(3));
/// assert_eq!(heading.text().map(|text| text.as_str()), Some("一、总则"));
/// assert!(heading.as_paragraph().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Where it began in the source.
    pub mark: Mark,
    /// How it looked, where the format does not say what it is.
    pub shape: Option<Shape>,
    /// What it is.
    pub body: Body,
}

/// What a block is.
///
/// ```
/// use qingwen_model::{Block, Body};
/// let level = |block: &Block| match &block.body {
///     Body::Heading(level, _) => Some(*level),
///     _ => None,
/// };
/// assert_eq!(level(&Block::heading(9, "总则")), Some(6));
/// assert_eq!(level(&Block::paragraph("总则")), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Running text: a paragraph, or one line of it while its [`Shape`] says [`Extent::Line`](crate::Extent).
    Paragraph(Text),
    /// A heading and its level, 1 to 6. Level 1 is the title of the document.
    Heading(u8, Text),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// Blocks quoted from elsewhere.
    Quote(Vec<Block>),
    /// Text to be kept to the letter.
    Code(Code),
    /// A thematic break.
    Break,
}

impl Default for Body {
    fn default() -> Self {
        Body::Paragraph(Text::new())
    }
}

/// A list whose markers are the format's business. Numbers that a reader of the page would see as text (一、,
/// 第三条) are not here but in the text of a paragraph, as its [label](Text::label).
///
/// ```
/// use qingwen_model::{Block, Body, Item, List, Marker};
/// let item = |text: &str| Item { blocks: vec![Block::paragraph(text)], ..Item::default() };
/// let items = vec![item("清淤"), item("巡河")];
/// let list = List { marker: Marker::Number(1), items, ..List::default() };
/// let mut words = Vec::new();
/// Block { body: Body::List(list), ..Block::default() }
///     .visit(&mut |block| words.extend(block.text().map(|text| text.as_str().to_owned())));
/// assert_eq!(words, ["清淤", "巡河"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// What stands before each item.
    pub marker: Marker,
    /// Whether blank lines part the items in the source, even where nothing in them asks for it.
    pub loose: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// What stands before the items of a list.
///
/// ```
/// assert_eq!(qingwen_model::Marker::default(), qingwen_model::Marker::Bullet);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marker {
    /// The same sign before every item.
    #[default]
    Bullet,
    /// Arabic numbers that rise by one, from this one, except where an [item](Item::number) has its own.
    Number(u32),
}

/// One item of a list.
///
/// ```
/// let task = qingwen_model::Item { done: Some(true), ..Default::default() };
/// assert!(task.blocks.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What the item holds; usually one paragraph, perhaps followed by further blocks.
    pub blocks: Vec<Block>,
    /// Whether the item is a task, and if so, done.
    pub done: Option<bool>,
    /// The number that the source gave it, where it is not the one that follows from the list's marker.
    pub number: Option<u32>,
}

/// Text to be kept to the letter.
///
/// ```
/// use qingwen_model::{Block, Body, Code};
/// let code = Code { language: Some("sh".to_owned()), text: "ls\npwd".to_owned() };
/// assert!(Block { body: Body::Code(code), ..Block::default() }.text().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The language, where known.
    pub language: Option<String>,
    /// The text, lines separated by `\n`, without a final one.
    pub text: String,
}

impl List {
    /// The number of each item, in order; nothing where the items have none.
    ///
    /// ```
    /// use qingwen_model::{Item, List, Marker};
    /// let items = vec![Item::default(), Item { number: Some(7), ..Item::default() }, Item::default()];
    /// let list = List { marker: Marker::Number(5), items, ..List::default() };
    /// assert_eq!(list.numbers().collect::<Vec<_>>(), [5, 7, 8]);
    /// ```
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let first = match self.marker {
            Marker::Number(first) => Some(first),
            Marker::Bullet => None,
        };
        let mut next = first;
        self.items.iter().map_while(move |item| {
            let number = item.number.or(next).filter(|_| first.is_some())?;
            next = Some(number.saturating_add(1));
            Some(number)
        })
    }
}

impl Block {
    /// A paragraph without styles, place or looks.
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Block { body: Body::Paragraph(text.into()), ..Block::default() }
    }

    /// A heading without place or looks. The level is brought within 1 to 6.
    pub fn heading(level: u8, text: impl Into<Text>) -> Self {
        Block { body: Body::Heading(level.clamp(1, 6), text.into()), ..Block::default() }
    }

    /// The same block with a place.
    #[must_use]
    pub fn at(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    /// The same block with looks.
    #[must_use]
    pub fn looking(mut self, shape: Shape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// The text of a paragraph or a heading.
    pub fn text(&self) -> Option<&Text> {
        match &self.body {
            Body::Paragraph(text) | Body::Heading(_, text) => Some(text),
            _ => None,
        }
    }

    /// The text of a paragraph or a heading, to change.
    pub fn text_mut(&mut self) -> Option<&mut Text> {
        match &mut self.body {
            Body::Paragraph(text) | Body::Heading(_, text) => Some(text),
            _ => None,
        }
    }

    /// The text of a paragraph, and of nothing else.
    pub fn as_paragraph(&self) -> Option<&Text> {
        match &self.body {
            Body::Paragraph(text) => Some(text),
            _ => None,
        }
    }

    /// Calls `visit` on this block and on every block within it, outermost first.
    pub fn visit(&self, visit: &mut impl FnMut(&Block)) {
        visit(self);
        match &self.body {
            Body::List(list) => list.items.iter().flat_map(|item| &item.blocks).for_each(|b| b.visit(visit)),
            Body::Table(table) => table.cells().flat_map(|cell| &cell.blocks).for_each(|b| b.visit(visit)),
            Body::Quote(blocks) => blocks.iter().for_each(|b| b.visit(visit)),
            Body::Paragraph(_) | Body::Heading(..) | Body::Code(_) | Body::Break => {}
        }
    }

    /// Calls `visit` on this block and on every block within it, outermost first, to change them.
    pub fn visit_mut(&mut self, visit: &mut impl FnMut(&mut Block)) {
        visit(self);
        match &mut self.body {
            Body::List(list) => {
                list.items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|b| b.visit_mut(visit));
            }
            Body::Table(table) => {
                table.cells_mut().flat_map(|cell| &mut cell.blocks).for_each(|b| b.visit_mut(visit));
            }
            Body::Quote(blocks) => blocks.iter_mut().for_each(|b| b.visit_mut(visit)),
            Body::Paragraph(_) | Body::Heading(..) | Body::Code(_) | Body::Break => {}
        }
    }
}
