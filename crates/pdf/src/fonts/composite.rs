//! Composite fonts: codes of several bytes, CIDs, and their widths (ISO 32000-2, 9.7).

use super::charset::Charset;
use super::cmap::CMap;
use super::collection::{Collection, Collections};
use super::embedded::Embedded;
use super::metrics::{Vertical, Widths};
use super::{Chars, Shown, Strings};
use crate::file::{Bytes, CMAP, Dict, File, Name, Object};
use std::collections::HashMap;

/// A composite font.
pub(crate) struct Composite<'a> {
    encoding: Encoding,
    to_unicode: Option<CMap>,
    collection: Option<Collection>,
    /// A Latin font of Founder's, which names letters by ideographs.
    founder: bool,
    widths: Widths,
    vertical: Option<Vertical>,
    descriptor: Dict<'a>,
    descendant: Dict<'a>,
    /// What the font's own program says, asked only where nothing else tells.
    embedded: Option<Option<Embedded>>,
    known: Known,
}

/// How codes are told apart and become CIDs.
enum Encoding {
    /// Two bytes, the CID itself.
    Identity,
    /// A predefined CMap, by its name.
    Predefined(Charset, String),
    /// A CMap in the file.
    Own(Box<CMap>),
}

/// What is known of codes already, by pages of 256 codes.
#[derive(Default)]
struct Known {
    pages: Vec<Option<Box<[Shown; 256]>>>,
    long: HashMap<u32, Shown>,
}

const UNKNOWN: Shown = Shown { length: 0, space: false, advance: 0.0, text: Chars::NONE };

impl Known {
    fn get(&self, code: u32, length: usize) -> Option<Shown> {
        let shown = match page_of(code, length) {
            Some(page) => self.pages.get(page)?.as_ref()?[(code & 255) as usize],
            None => *self.long.get(&code)?,
        };
        (shown.length > 0).then_some(shown)
    }

    fn put(&mut self, code: u32, shown: Shown) {
        match page_of(code, usize::from(shown.length)) {
            Some(page) => {
                if self.pages.len() <= page {
                    self.pages.resize_with(page + 1, || None);
                }
                self.pages[page].get_or_insert_with(|| Box::new([UNKNOWN; 256]))[(code & 255) as usize] =
                    shown;
            }
            None if self.long.len() < 1 << 16 => {
                self.long.insert(code, shown);
            }
            None => {}
        }
    }
}

/// Codes of one byte stand on the page after those of two; longer ones on none.
fn page_of(code: u32, length: usize) -> Option<usize> {
    match length {
        1 => Some(256),
        2 => Some((code >> 8 & 255) as usize),
        _ => None,
    }
}

impl<'a> Composite<'a> {
    /// Reads a Type0 font; gives its descendant's descriptor beside it.
    pub(crate) fn read(file: &File, dict: &Dict<'a>) -> (Composite<'a>, Option<Dict<'a>>) {
        let descendant = match dict.get::<Object<'_>>("DescendantFonts") {
            Some(Object::Array(array)) => array.flex_iter().next::<Dict<'_>>(),
            Some(Object::Dict(descendant)) => Some(descendant),
            _ => None,
        }
        .unwrap_or_default();
        let descriptor = descendant.get::<Dict<'_>>("FontDescriptor");
        let (encoding, vertical) = encoding(file, dict);
        let own = descriptor.clone().unwrap_or_default();
        // An identity tells nothing of glyphs whose order is known.
        let tells = |cmap: &CMap| !(cmap.is_identity() && Embedded::is_of_windows(file, &own, &descendant));
        let to_unicode = to_unicode(file, dict).filter(tells);
        let collection = collection(&descendant, &encoding, to_unicode.as_ref());
        let composite = Composite {
            widths: Widths::of_cids(&descendant),
            vertical: vertical.then(|| Vertical::of_cids(&descendant)),
            encoding,
            to_unicode,
            collection,
            founder: is_founder_latin(&descendant),
            descriptor: own,
            descendant,
            embedded: None,
            known: Known::default(),
        };
        (composite, descriptor)
    }

    pub(crate) fn vertical(&self) -> bool {
        self.vertical.is_some()
    }

    /// Why characters were guessed, if they were.
    pub(crate) fn guess(&self) -> Option<&'static str> {
        let windows = matches!(self.embedded, Some(Some(Embedded::Windows)));
        windows.then_some("it is not embedded, and its glyphs are taken to be in the order Windows has them")
    }

    /// What the first code of `bytes` shows.
    pub(crate) fn shown(
        &mut self,
        file: &File,
        bytes: &[u8],
        strings: &mut Strings,
        tables: &mut Collections,
    ) -> Shown {
        let length = match &self.encoding {
            Encoding::Identity => 2,
            Encoding::Predefined(charset, _) => charset.length(bytes),
            Encoding::Own(cmap) => cmap.length(bytes),
        };
        let bytes = &bytes[..length.min(bytes.len())];
        let code = bytes.iter().fold(0u32, |code, &byte| code << 8 | u32::from(byte));
        if let Some(shown) = self.known.get(code, bytes.len()) {
            return shown;
        }
        let shown = self.find(file, bytes, code, strings, tables);
        self.known.put(code, shown);
        shown
    }

    fn find(
        &mut self,
        file: &File,
        bytes: &[u8],
        code: u32,
        strings: &mut Strings,
        tables: &mut Collections,
    ) -> Shown {
        let cid = self.cid(bytes, code, tables);
        let mut text = String::new();
        let mut chars = Chars::NONE;
        if self.to_unicode.as_ref().is_some_and(|cmap| cmap.text(code, &mut text)) {
            if self.founder {
                founder_letter(&mut text);
            }
            chars = strings.keep(&text);
        }
        if chars.is_none() {
            text.clear();
            let told = match &self.encoding {
                Encoding::Predefined(charset, _) => charset.decode(bytes, &mut text),
                _ => false,
            };
            let told =
                told || self.collection.is_some_and(|c| tables.text(c, cid.unwrap_or(code), &mut text));
            let base = self.to_unicode.as_ref().and_then(|cmap| cmap.base.as_deref());
            let told = told || base.is_some_and(|base| self.based(base, code, tables, &mut text));
            if told {
                chars = strings.keep(&text);
            }
        }
        if chars.is_none() {
            text.clear();
            let (descriptor, descendant) = (&self.descriptor, &self.descendant);
            let own = || Embedded::of_cid_font(file, descriptor, descendant);
            let program = self.embedded.get_or_insert_with(own);
            if program.as_ref().is_some_and(|own| own.text(cid.unwrap_or(code), tables, &mut text)) {
                chars = strings.keep(&text);
            }
        }
        let advance = match &self.vertical {
            Some(vertical) => vertical.advance(cid.unwrap_or(0)),
            None => self.widths.get(cid.unwrap_or(0)),
        };
        let space = bytes.len() == 1 && code == 32;
        Shown { length: bytes.len() as u8, space, advance, text: chars }
    }

    /// What the CMap that a ToUnicode CMap builds on, or is, says of a code. Some writers give the identity and
    /// mean that the codes are Unicode.
    fn based(&self, base: &str, code: u32, tables: &mut Collections, out: &mut String) -> bool {
        match base_collection(base) {
            Some(collection) => tables.text(collection, code, out),
            None if base.starts_with("Identity-") => {
                out.extend(char::from_u32(code));
                true
            }
            None => false,
        }
    }

    fn cid(&self, bytes: &[u8], code: u32, tables: &mut Collections) -> Option<u32> {
        match &self.encoding {
            Encoding::Identity => Some(code),
            // Only EUC-TW needs CIDs to know its characters. Where all CIDs are equally wide, or all but those of
            // ASCII, the tables are not worth unpacking.
            Encoding::Predefined(charset, name) if *charset != Charset::EucTw && self.widths.is_simple() => {
                charset.ascii(bytes).and_then(|c| ascii_cid(name, c))
            }
            // There are no tables for UTF-8 and UTF-32, since there is one for UTF-16.
            Encoding::Predefined(charset @ (Charset::Utf8 | Charset::Utf32), name) => {
                let (mut text, mut units) = (String::new(), [0; 2]);
                charset.decode(bytes, &mut text);
                let units = text.chars().next()?.encode_utf16(&mut units);
                let code = units.iter().fold(0, |code, &unit| code << 16 | u32::from(unit));
                let name = name.replace("UTF8", "UTF16").replace("UTF32", "UTF16");
                tables.cid(&name, code, units.len() * 2)
            }
            Encoding::Predefined(_, name) => tables.cid(name, code, bytes.len()),
            Encoding::Own(cmap) => cmap.cid(code, bytes.len()).or_else(|| {
                let base = cmap.base.as_deref()?;
                if base.starts_with("Identity") { Some(code) } else { tables.cid(base, code, bytes.len()) }
            }),
        }
    }
}

/// Whether the glyphs of a font are those of Founder's Latin fonts, E-BZ and its kin.
fn is_founder_latin(descendant: &Dict<'_>) -> bool {
    let system = descendant.get::<Dict<'_>>("CIDSystemInfo").unwrap_or_default();
    let is = |key: &str, value: &[u8]| system.get::<Bytes<'_>>(key).is_some_and(|own| own.starts_with(value));
    is("Registry", b"Founder") && is("Ordering", b"PKUE")
}

/// The letter that an ideograph of GBK's row A0 stands for: 犐, A0 C9, is I.
fn founder_letter(text: &mut String) {
    if let [0xa0, letter @ 0xa1..=0xfe] = *encoding_rs::GBK.encode(text).0 {
        *text = char::from(letter - 0x80).to_string();
    }
}

/// The encoding of a Type0 font, and whether it writes vertically.
fn encoding(file: &File, dict: &Dict<'_>) -> (Encoding, bool) {
    match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => {
            let name = String::from_utf8_lossy(&name).into_owned();
            match Charset::of_name(&name) {
                Some((charset, vertical)) => (Encoding::Predefined(charset, name), vertical),
                None => (Encoding::Identity, name.ends_with("-V")),
            }
        }
        Some(Object::Stream(stream)) => {
            let mut cmap = CMap::parse(&file.decode(&stream, CMAP).unwrap_or_default());
            let entry = stream.dict().get::<Name<'_>>("UseCMap");
            if let Some(base) = entry {
                cmap.base = Some(String::from_utf8_lossy(&base).into_owned());
            }
            let vertical = stream.dict().get::<i32>("WMode").map(|mode| mode == 1).or(cmap.vertical);
            let named =
                stream.dict().get::<Name<'_>>("CMapName").map(|n| String::from_utf8_lossy(&n).into_owned());
            let predefined = named.as_deref().and_then(Charset::of_name);
            match (predefined, named) {
                // A predefined CMap that was embedded all the same.
                (Some((charset, by_name)), Some(name)) => {
                    (Encoding::Predefined(charset, name), vertical.unwrap_or(by_name))
                }
                _ if cmap.has_spaces() => (Encoding::Own(Box::new(cmap)), vertical.unwrap_or(false)),
                _ => (Encoding::Identity, vertical.unwrap_or(false)),
            }
        }
        _ => (Encoding::Identity, false),
    }
}

/// The ToUnicode CMap of a font, where it has one that says anything.
pub(crate) fn to_unicode(file: &File, dict: &Dict<'_>) -> Option<CMap> {
    let cmap = match dict.get::<Object<'_>>("ToUnicode")? {
        Object::Stream(stream) => CMap::parse(&file.decode(&stream, CMAP)?),
        Object::Name(name) => CMap::on(&String::from_utf8_lossy(&name)),
        _ => return None,
    };
    cmap.says_anything().then_some(cmap)
}

/// The CID of a printable character of ASCII in a predefined CMap, some of which map to proportional and some to
/// half-width forms.
fn ascii_cid(cmap: &str, c: u8) -> Option<u32> {
    let base = cmap.strip_suffix("-H").or_else(|| cmap.strip_suffix("-V"))?;
    let space = match base {
        "GBK-EUC" | "GB-EUC" if c == b' ' => return Some(7716),
        "GBK-EUC" | "GB-EUC" => 813,
        "ETen-B5" => 13648,
        "90ms-RKSJ" | "Add-RKSJ" | "Ext-RKSJ" | "EUC" | "UniJIS-UCS2-HW" => 231,
        "KSC-EUC" | "KSCms-UHC-HW" => 8094,
        _ => 1,
    };
    matches!(c, b' '..=b'~').then(|| space + u32::from(c - b' '))
}

fn base_collection(name: &str) -> Option<Collection> {
    let ordering = name.strip_prefix("Adobe-")?.strip_suffix("-UCS2")?;
    Collection::of_system(b"Adobe", ordering.as_bytes())
}

/// The collection CIDs belong to: what the descendant says, else what the encoding implies.
fn collection(descendant: &Dict<'_>, encoding: &Encoding, _to_unicode: Option<&CMap>) -> Option<Collection> {
    let system = descendant.get::<Dict<'_>>("CIDSystemInfo");
    let entry = |key: &str| match system.as_ref()?.get::<Object<'_>>(key)? {
        Object::String(string) => Some(string.to_vec()),
        Object::Name(name) => Some(name.to_vec()),
        _ => None,
    };
    let said =
        Collection::of_system(&entry("Registry").unwrap_or_default(), &entry("Ordering").unwrap_or_default());
    said.or_else(|| match encoding {
        Encoding::Predefined(charset, name) => match charset {
            Charset::Gbk | Charset::Gb18030 => Some(Collection::Gb1),
            Charset::Big5 | Charset::EucTw => Some(Collection::Cns1),
            Charset::ShiftJis | Charset::EucJp | Charset::Jis => Some(Collection::Japan1),
            Charset::EucKr => Some(Collection::Korea1),
            _ if name.starts_with("UniGB") => Some(Collection::Gb1),
            _ if name.starts_with("UniCNS") => Some(Collection::Cns1),
            _ if name.starts_with("UniJIS") => Some(Collection::Japan1),
            _ if name.starts_with("UniKS") => Some(Collection::Korea1),
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_the_cids_of_ascii_agrees_with_the_tables() {
        let mut tables = Collections::default();
        let mut checked = 0;
        for base in [
            "GBK-EUC",
            "GBKp-EUC",
            "GB-EUC",
            "GBpc-EUC",
            "GBK2K",
            "B5pc",
            "ETen-B5",
            "ETenms-B5",
            "HKscs-B5",
            "90ms-RKSJ",
            "90msp-RKSJ",
            "90pv-RKSJ",
            "83pv-RKSJ",
            "Add-RKSJ",
            "Ext-RKSJ",
            "EUC",
            "KSC-EUC",
            "KSCms-UHC",
            "KSCms-UHC-HW",
            "KSCpc-EUC",
            "UniGB-UCS2",
            "UniGB-UTF16",
            "UniCNS-UCS2",
            "UniCNS-UTF16",
            "UniJIS-UCS2",
            "UniJIS-UCS2-HW",
            "UniJIS-UTF16",
            "UniKS-UCS2",
            "UniKS-UTF16",
        ] {
            let name = format!("{base}-H");
            let length = if base.starts_with("Uni") { 2 } else { 1 };
            for c in (b' '..=b' ').chain(b'0'..=b'Z').chain(b'a'..=b'z') {
                let told = tables.cid(&name, c.into(), length);
                assert_eq!(ascii_cid(&name, c), told, "{name} {}", char::from(c));
                checked += 1;
            }
        }
        assert!(checked > 1000);
    }
}
