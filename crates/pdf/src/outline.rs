//! Bookmarks: evidence of headings (ISO 32000-2, 12.3.3).

use crate::file::{Array, Bytes, Dict, File, MaybeRef, Object};
use crate::page::Bookmark;
use crate::{interpret, meta};
use std::collections::{HashMap, HashSet};

/// Bookmarks of one document.
const BOOKMARKS: usize = 100_000;
/// Levels of bookmarks, and of the tree of named destinations.
const DEPTH: usize = 32;

/// The bookmarks of a document in order.
pub(crate) fn read(file: &File) -> Vec<Bookmark> {
    let catalog = file.catalog().unwrap_or_default();
    let Some(first) =
        catalog.get::<Dict<'_>>("Outlines").and_then(|outlines| outlines.get::<Dict<'_>>("First"))
    else {
        return Vec::new();
    };
    let mut reader =
        Reader { file, catalog, names: None, pages: pages(file), seen: HashSet::new(), out: Vec::new() };
    reader.level(first, 1);
    reader.out
}

/// Page numbers by the place of the page's dictionary in the file.
fn pages(file: &File) -> HashMap<usize, u32> {
    file.pages().iter().zip(1..).map(|(page, number)| (page.raw().data().as_ptr() as usize, number)).collect()
}

struct Reader<'a> {
    file: &'a File,
    catalog: Dict<'a>,
    /// Named destinations, read when the first is asked for.
    names: Option<HashMap<Vec<u8>, Object<'a>>>,
    pages: HashMap<usize, u32>,
    /// Places of the bookmarks read so far; a tree does not lead back.
    seen: HashSet<usize>,
    out: Vec<Bookmark>,
}

impl<'a> Reader<'a> {
    fn level(&mut self, first: Dict<'a>, level: u16) {
        let mut next = Some(first);
        while let Some(item) = next {
            if self.out.len() >= BOOKMARKS || !self.seen.insert(item.data().as_ptr() as usize) {
                return;
            }
            let title = item.get::<Bytes<'_>>("Title").map(|title| meta::text(&title)).unwrap_or_default();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let (page, y) = self.target(&item).unwrap_or((0, None));
            if !title.is_empty() {
                self.out.push(Bookmark { title, level, page, y });
            }
            if usize::from(level) < DEPTH
                && let Some(child) = item.get::<Dict<'_>>("First")
            {
                self.level(child, level + 1);
            }
            next = item.get::<Dict<'_>>("Next");
        }
    }

    /// The page a bookmark leads to, and where on it.
    fn target(&mut self, item: &Dict<'a>) -> Option<(u32, Option<f32>)> {
        let action = || item.get::<Dict<'_>>("A")?.get::<Object<'_>>("D");
        let mut target = item.get::<Object<'_>>("Dest").or_else(action)?;
        if let Object::Name(_) | Object::String(_) = target {
            target = self.named(&target)?;
        }
        if let Object::Dict(dict) = &target {
            target = dict.get::<Object<'_>>("D")?;
        }
        let Object::Array(array) = target else { return None };
        self.place(&array)
    }

    /// A destination (ISO 32000-2, table 149): the page and, for some kinds, the top edge.
    fn place(&self, array: &Array<'a>) -> Option<(u32, Option<f32>)> {
        let number = match array.raw_iter().next()? {
            MaybeRef::Ref(_) => {
                let page = self.file.resolved(array).next()?.into_dict()?;
                *self.pages.get(&(page.data().as_ptr() as usize))?
            }
            MaybeRef::NotRef(Object::Number(index)) => u32::try_from(index.as_i64()).ok()?.checked_add(1)?,
            MaybeRef::NotRef(_) => return None,
        };
        let page = self.file.pages().get(number as usize - 1)?;
        let mut items = array.flex_iter();
        let (_, kind) = (items.next::<Object<'_>>(), items.next::<crate::file::Name<'_>>());
        let coordinate = |object: Option<Object<'_>>| match object {
            Some(Object::Number(number)) => Some(number.as_f64()),
            _ => None,
        };
        let (x, top) = match kind.as_deref() {
            Some(b"XYZ") => (coordinate(items.next()), coordinate(items.next())),
            Some(b"FitH" | b"FitBH") => (None, coordinate(items.next())),
            Some(b"FitR") => (
                coordinate(items.next()),
                coordinate({
                    items.next::<Object<'_>>();
                    items.next::<Object<'_>>();
                    items.next()
                }),
            ),
            _ => (None, None),
        };
        Some((number, top.map(|top| interpret::reading_y(page, x.unwrap_or(0.0), top))))
    }

    fn named(&mut self, name: &Object<'a>) -> Option<Object<'a>> {
        let key = match name {
            Object::Name(name) => name.to_vec(),
            Object::String(name) => name.to_vec(),
            _ => return None,
        };
        if self.names.is_none() {
            self.names = Some(names(&self.catalog));
        }
        self.names.as_ref()?.get(&key).cloned()
    }
}

/// All named destinations: those of the catalog's dictionary and those of its name tree (ISO 32000-2, 12.3.2.4).
fn names<'a>(catalog: &Dict<'a>) -> HashMap<Vec<u8>, Object<'a>> {
    let mut names = HashMap::new();
    if let Some(dests) = catalog.get::<Dict<'_>>("Dests") {
        for key in dests.keys().take(BOOKMARKS) {
            if let Some(target) = dests.get::<Object<'_>>(&key) {
                names.insert(key.to_vec(), target);
            }
        }
    }
    if let Some(root) = catalog.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("Dests")) {
        let mut seen = HashSet::new();
        let mut stack = vec![(root, 0)];
        while let Some((node, depth)) = stack.pop() {
            if depth > DEPTH || names.len() > BOOKMARKS || !seen.insert(node.data().as_ptr() as usize) {
                continue;
            }
            if let Some(kids) = node.get::<Array<'_>>("Kids") {
                stack.extend(kids.iter::<Dict<'_>>().take(BOOKMARKS).map(|kid| (kid, depth + 1)));
            }
            if let Some(pairs) = node.get::<Array<'_>>("Names") {
                let mut items = pairs.flex_iter();
                while let Some(key) = items.next::<Bytes<'_>>() {
                    let Some(target) = items.next::<Object<'_>>() else { break };
                    names.insert(key.to_vec(), target);
                }
            }
        }
    }
    names
}
