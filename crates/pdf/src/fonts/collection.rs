//! The character collections of Adobe: from CIDs to Unicode, and from codes of predefined CMaps to CIDs.
//!
//! The tables come with hayro-cmap and are unpacked only when a font needs one.

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use std::collections::HashMap;

/// A character collection (ISO 32000-2, 9.7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Collection {
    Gb1,
    Cns1,
    Japan1,
    Korea1,
}

impl Collection {
    /// By the ordering of a CIDSystemInfo, where the registry is Adobe's.
    pub(crate) fn of_system(registry: &[u8], ordering: &[u8]) -> Option<Collection> {
        if registry != b"Adobe" {
            return None;
        }
        match ordering {
            b"GB1" => Some(Collection::Gb1),
            b"CNS1" => Some(Collection::Cns1),
            b"Japan1" | b"Japan2" => Some(Collection::Japan1),
            b"Korea1" => Some(Collection::Korea1),
            _ => None,
        }
    }

    fn table(self) -> &'static str {
        match self {
            Collection::Gb1 => "Adobe-GB1-UCS2",
            Collection::Cns1 => "Adobe-CNS1-UCS2",
            Collection::Japan1 => "Adobe-Japan1-UCS2",
            Collection::Korea1 => "Adobe-Korea1-UCS2",
        }
    }
}

/// Tables that were needed so far, each read once.
#[derive(Default)]
pub(crate) struct Collections {
    tables: HashMap<String, Option<CMap>>,
}

impl Collections {
    fn table(&mut self, name: &str) -> Option<&CMap> {
        if !self.tables.contains_key(name) {
            let data = load_embedded(CMapName::from_bytes(name.as_bytes()));
            let table = data.and_then(|data| CMap::parse(data, load_embedded));
            self.tables.insert(name.to_owned(), table);
        }
        self.tables.get(name)?.as_ref()
    }

    /// The CID of a code of a predefined CMap.
    pub(crate) fn cid(&mut self, cmap: &str, code: u32, length: usize) -> Option<u32> {
        self.table(cmap)?.lookup_cid_code(code, length as u8)
    }

    /// Appends the characters of a CID to `out`; `false` where it has none.
    pub(crate) fn text(&mut self, collection: Collection, cid: u32, out: &mut String) -> bool {
        match self.table(collection.table()).and_then(|table| table.lookup_bf_string(cid)) {
            Some(BfString::Char(c)) => out.push(c),
            Some(BfString::String(string)) => out.push_str(&string),
            None => return false,
        }
        true
    }
}
