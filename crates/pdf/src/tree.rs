//! The page tree: what of it gave no page (ISO 32000-2, 7.7.3).

use crate::file::{Array, Dict, File, MaybeRef, Name, ObjectIdentifier};
use qingwen_model::{Log, Mark};
use std::collections::HashSet;

/// Entries of the tree that gave no page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entries {
    /// They name a page or a node that was named before: it is read once.
    repeated: usize,
    /// They name nothing that is there.
    dangling: usize,
}

/// Reports the entries of the page tree that gave no page.
pub(crate) fn report(file: &File, log: &mut Log) {
    let Entries { repeated, dangling } = walk(file);
    let mut say = |count: usize, what: &str| {
        if count > 0 {
            log.lost("pdf-page-tree", Mark::None, format!("{count} entries of the page tree {what}"));
        }
    };
    say(repeated, "repeat a page or lead back: each is read once");
    say(dangling, "lead to no page");
}

/// Walks the tree as the object library does: each object once, depth first.
fn walk(file: &File) -> Entries {
    let mut entries = Entries::default();
    let Some(root) = file.catalog().and_then(|catalog| catalog.get::<Dict<'_>>("Pages")) else {
        return entries;
    };
    let mut seen: HashSet<ObjectIdentifier> = root.obj_id().into_iter().collect();
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        let Some(kids) = node.get::<Array<'_>>("Kids") else { continue };
        for kid in kids.raw_iter() {
            let dict = match kid {
                MaybeRef::Ref(id) if !seen.insert(id.into()) => {
                    entries.repeated += 1;
                    continue;
                }
                MaybeRef::Ref(id) => file.object(id.into()).and_then(|object| object.into_dict()),
                MaybeRef::NotRef(object) => object.into_dict(),
            };
            match dict {
                Some(dict) if dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pages") => nodes.push(dict),
                Some(_) => {}
                None => entries.dangling += 1,
            }
        }
    }
    entries
}
