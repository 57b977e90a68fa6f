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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::charset::Charset;

    /// The predefined CMaps of ISO 32000-2, table 116, without the endings -H and -V.
    const PREDEFINED: [(Collection, &[&str]); 4] = [
        (
            Collection::Gb1,
            &["GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K", "UniGB-UCS2", "UniGB-UTF16"],
        ),
        (
            Collection::Cns1,
            &["B5pc", "HKscs-B5", "ETen-B5", "ETenms-B5", "CNS-EUC", "UniCNS-UCS2", "UniCNS-UTF16"],
        ),
        (
            Collection::Japan1,
            &[
                "90ms-RKSJ",
                "90msp-RKSJ",
                "Add-RKSJ",
                "Ext-RKSJ",
                "EUC",
                "UniJIS-UCS2",
                "UniJIS-UCS2-HW",
                "UniJIS-UTF16",
            ],
        ),
        (Collection::Korea1, &["KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "UniKS-UCS2", "UniKS-UTF16"]),
    ];

    /// A character's code in a charset.
    fn encoded(charset: Charset, c: char) -> Option<Vec<u8>> {
        let text = c.to_string();
        let legacy = |encoding: &'static encoding_rs::Encoding| {
            let (bytes, _, unmappable) = encoding.encode(&text);
            (!unmappable).then(|| bytes.into_owned())
        };
        match charset {
            Charset::Ucs2 | Charset::Utf16 => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Charset::Utf32 => Some(u32::from(c).to_be_bytes().into()),
            Charset::Utf8 => Some(text.into_bytes()),
            Charset::Gbk => legacy(encoding_rs::GBK),
            Charset::Gb18030 => legacy(encoding_rs::GB18030),
            Charset::Big5 => legacy(encoding_rs::BIG5),
            Charset::ShiftJis => legacy(encoding_rs::SHIFT_JIS),
            Charset::EucJp => legacy(encoding_rs::EUC_JP),
            Charset::EucKr => legacy(encoding_rs::EUC_KR),
            Charset::Jis => {
                legacy(encoding_rs::EUC_JP).map(|code| code.iter().map(|byte| byte & 0x7f).collect())
            }
            Charset::EucTw => None,
        }
    }

    #[test]
    fn every_predefined_cmap_leads_to_the_character_its_code_is() {
        let mut tables = Collections::default();
        let mut checked = 0;
        let mut agrees = |collection: Collection, name: &str, sample: &str| {
            let (charset, vertical) = Charset::of_name(name).unwrap();
            assert_eq!(vertical, name.ends_with('V'), "{name}");
            assert!(tables.table(name).is_some(), "{name} is not at hand");
            for c in sample.chars() {
                let Some(code) = encoded(charset, c) else { continue };
                let number = code.iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
                let cid = tables.cid(name, number, code.len()).unwrap_or_else(|| panic!("{name} lacks {c}"));
                let mut text = String::new();
                tables.text(collection, cid, &mut text);
                assert_eq!(text, c.to_string(), "{name} <{number:x}>");
                checked += 1;
            }
        };
        for (collection, names) in PREDEFINED {
            let sample = match collection {
                Collection::Gb1 => "一中国清河镇水务所",
                Collection::Cns1 => "一中國清河鎮水務所",
                Collection::Japan1 => "一中国清河あいウ",
                Collection::Korea1 => "一中國江河가나다",
            };
            for name in names {
                agrees(collection, &format!("{name}-H"), sample);
                agrees(collection, &format!("{name}-V"), sample);
            }
        }
        for name in ["H", "V", "83pv-RKSJ-H", "90pv-RKSJ-H"] {
            agrees(Collection::Japan1, name, "一中国清河あいウ");
        }
        agrees(Collection::Korea1, "KSCpc-EUC-H", "一中國江河가나다");
        assert!(checked > 400, "{checked}");
    }
}
