//! Layers that can be switched off, and are (ISO 32000-2, 8.11).

use crate::file::{Array, Dict, File, MaybeRef, Name, Object, ObjectIdentifier};
use std::collections::HashSet;

/// Layers of one document.
const LAYERS: usize = 100_000;

/// The layers that a reader does not show when it opens the document.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    pub(crate) fn read(file: &File) -> Layers {
        let mut layers = Layers::default();
        let properties = file.catalog().and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"));
        let Some(properties) = properties else { return layers };
        let state = properties.get::<Dict<'_>>("D").unwrap_or_default();
        if state.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
            layers.off.extend(references(&properties, "OCGs"));
            for on in references(&state, "ON") {
                layers.off.remove(&on);
            }
        }
        layers.off.extend(references(&state, "OFF"));
        layers
    }

    /// Whether the content that an entry of a dictionary assigns to a layer is off: the entry is the layer, or says
    /// that it belongs to several of which none is on.
    pub(super) fn hide(&self, dict: &Dict<'_>, key: &[u8]) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if dict.get_ref(key).is_some_and(|id| self.off.contains(&id.into())) {
            return true;
        }
        let Some(membership) = dict.get::<Dict<'_>>(key) else { return false };
        let members: Vec<_> = references(&membership, "OCGs").collect();
        let is_off = |id: &ObjectIdentifier| self.off.contains(id);
        match membership.get::<Name<'_>>("P").as_deref() {
            _ if members.is_empty() => false,
            Some(b"AllOn") => members.iter().any(is_off),
            Some(b"AnyOff") => !members.iter().any(is_off),
            Some(b"AllOff") => !members.iter().all(is_off),
            _ => members.iter().all(is_off),
        }
    }
}

/// The objects an entry refers to: one, or an array of them.
fn references(dict: &Dict<'_>, key: &str) -> impl Iterator<Item = ObjectIdentifier> {
    let array = match dict.get::<Object<'_>>(key) {
        Some(Object::Array(array)) => array,
        _ => Array::default(),
    };
    let single = dict.get_ref(key).map(ObjectIdentifier::from);
    let listed: Vec<_> = array
        .raw_iter()
        .filter_map(|item| match item {
            MaybeRef::Ref(id) => Some(id.into()),
            MaybeRef::NotRef(_) => None,
        })
        .take(LAYERS)
        .collect();
    single.into_iter().chain(listed)
}
