//! The tags of a document: what its writer says its marks are (ISO 32000-2, 14.7 and 14.8).
//!
//! Tags are read whole and judged later: the layout believes them page by page and document by document.

use crate::file::{Array, Bytes, Dict, File, MaybeRef, Name, Object, ObjectIdentifier};
use std::collections::{HashMap, HashSet};

/// Elements of one document.
const ELEMENTS: usize = 2_000_000;
/// Elements within elements.
const DEPTH: usize = 64;
/// Rows and columns that one cell may cover.
const SPAN: u32 = 1000;

/// No element.
pub(crate) const NONE: u32 = u32::MAX;

/// What an element is, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only groups others: Document, Sect, Div, L, TBody.
    #[default]
    Group,
    /// It stands within a line: Span, Link, Lbl.
    Inline,
    Paragraph,
    /// H1 to H6, and 0 for an H whose level is that of its section.
    Heading(u8),
    /// An item of a list, its label included; the bullet that the list is said to have.
    Item(Option<char>),
    Note,
    Caption,
    /// A table; `true` where its cells cover all places of its rows and columns.
    Table(bool),
    Row,
    /// A cell; `true` for a header cell.
    Cell(bool),
}

/// An element of the structure tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    pub(crate) kind: Kind,
    /// The paragraph, heading, item … its words belong to; [`NONE`] where only groups are about it. A division with words
    /// of its own is a paragraph.
    pub(crate) block: u32,
    /// The innermost cell it stands in, or [`NONE`].
    pub(crate) cell: u32,
    /// For a cell: its table and its place there.
    pub(crate) place: Place,
}

/// The place of a cell in its table: the first row and column it covers, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) table: u32,
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) rows: u32,
    pub(crate) columns: u32,
}

/// The structure of a document; empty where it has none.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) elements: Vec<Element>,
    /// The element of each marked-content sequence, by page and identifier.
    marks: HashMap<(u32, u32), u32>,
    /// What figures show, in words, by their element (ISO 32000-2, 14.9.3).
    alts: HashMap<u32, Box<str>>,
}

impl Structure {
    pub(crate) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The element that marked content of a page belongs to.
    pub(crate) fn element(&self, page: u32, mcid: u32) -> Option<&Element> {
        self.elements.get(*self.marks.get(&(page, mcid))? as usize)
    }

    /// What a figure shows whose marked content, counted from 1, stands on a page; empty where nobody said.
    pub(crate) fn alt(&self, page: u32, mark: u32) -> &str {
        let element = mark.checked_sub(1).and_then(|mcid| self.marks.get(&(page, mcid)));
        element.and_then(|element| self.alts.get(element)).map_or("", |alt| alt)
    }

    /// What the block of this index is.
    pub(crate) fn kind(&self, block: u32) -> Kind {
        self.elements.get(block as usize).map_or(Kind::Group, |element| element.kind)
    }
}

/// Reads the structure of a document.
pub(crate) fn read(file: &File) -> Structure {
    let root = file.catalog().and_then(|catalog| catalog.get::<Dict<'_>>("StructTreeRoot"));
    let Some(root) = root else { return Structure::default() };
    let numbers = file.pages().iter().zip(1..);
    let pages = numbers.filter_map(|(page, number)| Some((page.raw().obj_id()?, number))).collect();
    let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    let mut reader = Reader {
        file,
        roles,
        pages,
        seen: HashSet::new(),
        tables: Vec::new(),
        structure: Structure::default(),
    };
    let mut top = About {
        page: 0,
        element: NONE,
        block: NONE,
        cell: NONE,
        holder: None,
        fresh: false,
        label: false,
        bullet: None,
        items: 0,
        level: 0,
    };
    reader.kids(&root, &mut top, 0);
    reader.structure
}

/// What is about an element.
#[derive(Clone, Copy)]
struct About {
    page: u32,
    /// The innermost element.
    element: u32,
    block: u32,
    cell: u32,
    /// Where the innermost element is a division: the paragraph that texts in it are.
    holder: Option<u32>,
    /// The block about it is an item or the like, and the first paragraph within is its own text.
    fresh: bool,
    /// It stands in the label of an item.
    label: bool,
    /// The bullet of the list about it, and how many items it has so far.
    bullet: Option<char>,
    items: u32,
    /// How many sections are about it.
    level: u8,
}

/// A table being read: where the next cell goes.
#[derive(Default)]
struct TableState {
    element: u32,
    row: u32,
    column: u32,
    any_row: bool,
    /// Places that cells cover.
    covered: u64,
    /// For each column, the first row no span from above covers.
    free: Vec<u32>,
}

struct Reader<'a> {
    file: &'a File,
    roles: Dict<'a>,
    pages: HashMap<ObjectIdentifier, u32>,
    seen: HashSet<ObjectIdentifier>,
    tables: Vec<TableState>,
    structure: Structure,
}

impl<'a> Reader<'a> {
    fn kids(&mut self, of: &Dict<'a>, about: &mut About, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match of.get_raw::<Object<'_>>("K") {
            Some(MaybeRef::NotRef(Object::Array(kids))) => self.all(&kids, about, depth),
            Some(MaybeRef::Ref(reference)) => {
                if let Some(Object::Array(kids)) = of.get::<Object<'_>>("K") {
                    self.all(&kids, about, depth);
                } else {
                    self.kid(MaybeRef::Ref(reference), about, depth);
                }
            }
            Some(kid) => self.kid(kid, about, depth),
            None => {}
        }
    }

    fn all(&mut self, kids: &Array<'a>, about: &mut About, depth: usize) {
        for kid in kids.raw_iter() {
            self.kid(kid, about, depth);
        }
    }

    /// A kid: marked content by its number or by a dictionary, or an element.
    fn kid(&mut self, kid: MaybeRef<Object<'a>>, about: &mut About, depth: usize) {
        if self.structure.elements.len() >= ELEMENTS {
            return;
        }
        let dict = match kid {
            MaybeRef::NotRef(Object::Number(number)) => {
                if let Ok(mcid) = u32::try_from(number.as_i64()) {
                    self.mark(about, about.page, mcid);
                }
                return;
            }
            MaybeRef::NotRef(Object::Dict(dict)) => dict,
            MaybeRef::NotRef(_) => return,
            MaybeRef::Ref(reference) => {
                let id: ObjectIdentifier = reference.into();
                if !self.seen.insert(id) {
                    return;
                }
                let Some(dict) = self.file.object(id).and_then(Object::into_dict) else { return };
                dict
            }
        };
        let page = dict.get_ref("Pg").and_then(|page| self.pages.get(&page.into()).copied());
        let page = page.unwrap_or(about.page);
        match dict.get::<Name<'_>>("S") {
            Some(name) => self.element(&dict, &name, page, about, depth),
            // A reference to marked content; one within a form object has a stream of its own.
            None if !dict.contains_key("Stm") => {
                if let Some(mcid) = dict.get::<u32>("MCID") {
                    self.mark(about, page, mcid);
                }
            }
            None => {}
        }
    }

    /// Notes which element marked content belongs to.
    fn mark(&mut self, about: &mut About, page: u32, mcid: u32) {
        if about.element != NONE && page > 0 {
            self.structure.marks.insert((page, mcid), about.element);
            about.fresh &= about.label;
        }
    }

    fn element(&mut self, dict: &Dict<'a>, name: &[u8], page: u32, about: &mut About, depth: usize) {
        let index = self.structure.elements.len() as u32;
        let kind = self.kind(name, about);
        let mut inner = About { page, element: index, ..*about };
        let mut place = Place::default();
        inner.holder = about.holder.filter(|_| kind == Kind::Inline);
        inner.label |= name == b"Lbl";
        match kind {
            Kind::Group => {
                inner.level += u8::from(matches!(name, b"Sect" | b"Art" | b"Part"));
                inner.fresh = about.fresh;
                match name {
                    b"L" => (inner.bullet, inner.items) = (bullet(dict), 0),
                    b"NonStruct" | b"Div" | b"BlockQuote" => self.division(name, index, about, &mut inner),
                    _ => {}
                }
            }
            Kind::Inline => {}
            Kind::Table(_) => {
                (inner.block, inner.cell) = (NONE, NONE);
                self.tables.push(TableState { element: index, ..TableState::default() });
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += u32::from(std::mem::replace(&mut table.any_row, true));
                    table.column = 0;
                }
            }
            Kind::Cell(_) => {
                (inner.block, inner.cell, inner.fresh) = (index, index, true);
                let (rows, columns) = spans(dict);
                place = self.tables.last_mut().map_or(place, |table| table.put(rows, columns));
            }
            Kind::Item(_) | Kind::Note | Kind::Caption => (inner.block, inner.fresh) = (index, true),
            Kind::Paragraph if about.fresh => (about.fresh, inner.fresh) = (false, false),
            Kind::Paragraph | Kind::Heading(_) => (inner.block, inner.fresh) = (index, false),
        }
        self.structure.elements.push(Element { kind, block: inner.block, cell: inner.cell, place });
        if let Some(alt) = dict.get::<Bytes<'_>>("Alt") {
            let alt = crate::meta::text(&alt).split_whitespace().collect::<Vec<_>>().join(" ");
            self.structure.alts.insert(index, alt.into());
        }
        self.kids(dict, &mut inner, depth + 1);
        about.items += u32::from(matches!(kind, Kind::Item(_)));
        if name == b"L" && inner.items == 1 {
            // What stands alone needs no bullet that is not on the page.
            let mut within = self.structure.elements[index as usize..].iter_mut().map(|own| &mut own.kind);
            if let Some(Kind::Item(bullet)) = within.find(|kind| matches!(kind, Kind::Item(_))) {
                *bullet = None;
            }
        }
        match kind {
            Kind::Table(_) => {
                let is_whole = self.tables.pop().is_some_and(|table| table.is_whole());
                self.structure.elements[index as usize].kind = Kind::Table(is_whole);
            }
            // The first paragraph may stand within groups within the item.
            Kind::Group | Kind::Inline => about.fresh &= inner.fresh,
            _ => {}
        }
    }

    /// Says which paragraph the texts in a division are. Browsers put each text in a NonStruct of its own, and those of
    /// a division in another.
    fn division(&self, name: &[u8], index: u32, about: &About, inner: &mut About) {
        // A paragraph holds no other; and the first division in an item or a cell may be its own text.
        let is_open = matches!(self.structure.kind(about.block), Kind::Group | Kind::Item(_) | Kind::Cell(_));
        let own = !is_open || about.block != NONE && about.fresh;
        let holder = if own { about.block } else { index };
        inner.holder = Some(holder);
        inner.block = match (about.holder, name) {
            (Some(above), b"NonStruct") => above,
            (None, b"NonStruct") if about.block != NONE => about.block,
            _ => holder,
        };
    }

    /// What an element of this name is. A name of the writer's own stands for a standard one.
    fn kind(&self, name: &[u8], about: &About) -> Kind {
        let mut name = name.to_vec();
        for _ in 0..8 {
            let kind = match name.as_slice() {
                b"P" => Kind::Paragraph,
                b"H" => Kind::Heading(about.level.clamp(1, 6)),
                b"Title" => Kind::Heading(1),
                [b'H', level @ b'1'..=b'6'] => Kind::Heading(level - b'0'),
                b"LI" => Kind::Item(about.bullet),
                b"TOCI" => Kind::Item(None),
                b"Note" | b"FENote" => Kind::Note,
                b"Caption" => Kind::Caption,
                b"Table" => Kind::Table(false),
                b"TR" => Kind::Row,
                b"TH" => Kind::Cell(true),
                b"TD" => Kind::Cell(false),
                b"Span" | b"Link" | b"Lbl" | b"Reference" | b"Annot" | b"Quote" | b"Code" | b"Em"
                | b"Strong" | b"Sub" | b"BibEntry" | b"Formula" | b"Figure" | b"Ruby" | b"Warichu"
                | b"Form" => Kind::Inline,
                b"Document" | b"DocumentFragment" | b"Part" | b"Art" | b"Sect" | b"Div" | b"BlockQuote"
                | b"TOC" | b"L" | b"LBody" | b"THead" | b"TBody" | b"TFoot" | b"NonStruct" | b"Private"
                | b"Index" => Kind::Group,
                other => match self.roles.get::<Name<'_>>(other) {
                    Some(role) if role.as_ref() != other => {
                        name = role.to_vec();
                        continue;
                    }
                    _ => Kind::Group,
                },
            };
            return kind;
        }
        Kind::Group
    }
}

impl TableState {
    /// Takes the next place of the row that no span from above covers.
    fn put(&mut self, rows: u32, columns: u32) -> Place {
        while self.free.get(self.column as usize).is_some_and(|&free| free > self.row) {
            self.column += 1;
        }
        let place = Place { table: self.element, row: self.row, column: self.column, rows, columns };
        let end = (self.column + columns) as usize;
        if self.free.len() < end {
            self.free.resize(end, 0);
        }
        self.free[self.column as usize..end].fill(self.row + rows);
        self.column += columns;
        self.covered += u64::from(rows) * u64::from(columns);
        place
    }

    /// Whether the cells cover all places: some writers leave out those without text, and the others' are then wrong.
    fn is_whole(&self) -> bool {
        self.covered == u64::from(self.row + 1) * self.free.len() as u64
    }
}

/// The bullet of a list, where its attributes say that it has one (ISO 32000-2, table 382).
fn bullet(list: &Dict<'_>) -> Option<char> {
    let read = |attributes: &Dict<'_>| match attributes.get::<Name<'_>>("ListNumbering")?.as_ref() {
        b"Disc" => Some('•'),
        b"Circle" => Some('◦'),
        b"Square" => Some('▪'),
        _ => None,
    };
    match list.get::<Object<'_>>("A")? {
        Object::Dict(attributes) => read(&attributes),
        Object::Array(array) => {
            array.iter::<Object<'_>>().filter_map(Object::into_dict).find_map(|dict| read(&dict))
        }
        _ => None,
    }
}

/// How many rows and columns a cell covers (ISO 32000-2, table 384).
fn spans(dict: &Dict<'_>) -> (u32, u32) {
    let read = |attributes: &Dict<'_>| {
        let span = |key: &str| attributes.get::<u32>(key).unwrap_or(1).clamp(1, SPAN);
        (span("RowSpan"), span("ColSpan"))
    };
    match dict.get::<Object<'_>>("A") {
        Some(Object::Dict(attributes)) => read(&attributes),
        Some(Object::Array(list)) => list.iter::<Object<'_>>().fold((1, 1), |(rows, columns), object| {
            let (r, c) = object.into_dict().map_or((1, 1), |attributes| read(&attributes));
            (rows.max(r), columns.max(c))
        }),
        _ => (1, 1),
    }
}
