//! The package: parts in a zip, their relationships, and what a zip is that is no Word document.

use crate::inflate::{Inflater, Packed};
use crate::xml::Xml;
use qingwen_model::{Error, Limits};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

/// An open package.
pub(crate) struct Package<'a> {
    input: &'a [u8],
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    inflater: RefCell<Inflater>,
    /// Part names in lower case without a leading slash (ISO/IEC 29500-2, 6.2.2.3: case does not count).
    names: HashMap<String, usize>,
    limits: &'a Limits,
    unpacked: Cell<u64>,
    /// Parts whose bytes did not come out whole.
    damaged: RefCell<Vec<String>>,
}

/// One relationship of a part.
#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    /// The last word of its type: `styles`, `hyperlink`.
    pub(crate) kind: String,
    /// A part's name, or a URL where external.
    pub(crate) target: String,
    /// Whether the target lies outside the package.
    pub(crate) external: bool,
}

/// The relationships of one part, by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relationships {
    by_id: HashMap<String, Relationship>,
    /// Ids in the order of the file.
    order: Vec<String>,
}

impl Relationships {
    /// The relationship of an id.
    pub(crate) fn get(&self, id: &str) -> Option<&Relationship> {
        self.by_id.get(id)
    }

    /// The first part of a kind.
    pub(crate) fn part(&self, kind: &str) -> Option<&str> {
        self.parts(kind).next()
    }

    /// All parts of a kind, in the order of the file.
    pub(crate) fn parts<'s, 'k>(&'s self, kind: &'k str) -> impl Iterator<Item = &'s str> + use<'s, 'k> {
        let all = self.order.iter().filter_map(|id| self.by_id.get(id));
        all.filter(move |r| r.kind == kind && !r.external).map(|r| r.target.as_str())
    }

    /// What a document without relationships most likely has: the usual parts at their usual places.
    pub(crate) fn usual(package: &Package<'_>, main: &str) -> Self {
        let mut out = Relationships::default();
        for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
            let target =
                resolve(main.rsplit_once('/').map_or("", |(folder, _)| folder), &format!("{kind}.xml"));
            if package.has(&target) {
                let relationship = Relationship { kind: kind.to_owned(), target, external: false };
                out.by_id.insert(kind.to_owned(), relationship);
                out.order.push(kind.to_owned());
            }
        }
        out
    }

    /// Whether the part has no relationships at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(crate) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Error> {
        if bytes.len() as u64 > limits.input {
            return Err(Error::limit("the file is larger than the limit allows"));
        }
        if !bytes.starts_with(b"PK") {
            return Err(crate::foreign::not_a_zip(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Error::malformed("the zip archive is damaged").from_source(error))?;
        if archive.len() as u64 > u64::from(limits.parts) {
            return Err(Error::limit(format!("the package has {} parts", archive.len())));
        }
        let mut names = HashMap::with_capacity(archive.len());
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.entry(normal_name(&name)).or_insert(index);
            }
        }
        Ok(Package {
            input: bytes,
            archive: RefCell::new(archive),
            inflater: RefCell::default(),
            names,
            limits,
            unpacked: Cell::new(0),
            damaged: RefCell::default(),
        })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normal_name(name))
    }

    /// The names of the parts, as they are looked up.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Parts that were damaged when they were read.
    pub(crate) fn damaged(&self) -> Vec<String> {
        self.damaged.borrow().clone()
    }

    /// The bytes of a part; `None` where there is none.
    pub(crate) fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(&index) = self.names.get(&normal_name(name)) else { return Ok(None) };
        let mut archive = self.archive.borrow_mut();
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(what)) if what.contains("assword") => {
                return Err(Error::encrypted("the zip archive is locked with a password").at(name));
            }
            Err(zip::result::ZipError::UnsupportedArchive(what)) => {
                return Err(Error::unsupported(what).at(name));
            }
            Err(error) => return Err(Error::malformed("a part cannot be read").at(name).from_source(error)),
        };
        let most = self.limits.part.min(self.limits.total.saturating_sub(self.unpacked.get()));
        // The directory may lie about the size; inflate makes at most 1032 bytes of one.
        let likely = entry.size().min(entry.compressed_size().saturating_mul(1032)).min(most);
        let (out, whole) = match self.packed(&entry) {
            Some(bytes) => {
                let packed = Packed { bytes, likely, crc: entry.crc32() };
                self.inflater.borrow_mut().unpack(&packed, most)
            }
            None => {
                let mut out = Vec::with_capacity(usize::try_from(likely).unwrap_or(0));
                let read = entry.take(most.saturating_add(1)).read_to_end(&mut out);
                (out, read.is_ok())
            }
        };
        if out.len() as u64 > most {
            return Err(Error::limit(format!("a part unpacks to more than {most} bytes")).at(name));
        }
        self.unpacked.set(self.unpacked.get() + out.len() as u64);
        if !whole {
            self.damaged.borrow_mut().push(name.to_owned());
        }
        Ok(Some(out))
    }

    /// The bytes of a part as they are stored, where they are deflated and nothing else.
    fn packed<R: Read>(&self, entry: &ZipFile<'_, R>) -> Option<&'a [u8]> {
        if entry.compression() != CompressionMethod::Deflated || entry.encrypted() {
            return None;
        }
        let start = usize::try_from(entry.data_start()?).ok()?;
        let length = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX);
        let end = start.saturating_add(length).min(self.input.len());
        self.input.get(start..end)
    }

    /// The text of an XML part; `None` where there is none.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        Ok(Some(match decode(bytes) {
            Ok(text) => text,
            Err(text) => {
                self.damaged.borrow_mut().push(name.to_owned());
                text
            }
        }))
    }

    /// The relationships of a part; `""` means those of the package itself.
    pub(crate) fn relationships(&self, part: &str) -> Result<Relationships, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{file}.rels"))? else {
            return Ok(Relationships::default());
        };
        let mut out = Relationships::default();
        let mut xml = Xml::new(&text, self.limits.depth);
        xml.root();
        while let Some(element) = xml.next() {
            if let (Some(id), Some(target)) = (element.attr("Id"), element.attr("Target")) {
                let kind = element.attr("Type").unwrap_or_default();
                let kind = kind.rsplit_once('/').map_or(&*kind, |(_, last)| last).to_owned();
                let external = element.attr("TargetMode").is_some_and(|mode| mode == "External");
                let target = if external { target.into_owned() } else { resolve(folder, &target) };
                if !out.by_id.contains_key(&*id) {
                    out.order.push(id.to_string());
                    out.by_id.insert(id.into_owned(), Relationship { kind, target, external });
                }
            }
            xml.skip();
        }
        Ok(out)
    }

    /// The content type of a part, by its own entry or by its ending.
    pub(crate) fn content_type(&self, part: &str) -> Result<Option<String>, Error> {
        let Some(text) = self.text("[Content_Types].xml")? else { return Ok(None) };
        let part = normal_name(part);
        let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
        let mut by_ending = None;
        let mut xml = Xml::new(&text, self.limits.depth);
        xml.root();
        while let Some(element) = xml.next() {
            let kind = element.attr("ContentType").map(Cow::into_owned);
            match element.name {
                "Override" if element.attr("PartName").is_some_and(|name| normal_name(&name) == part) => {
                    return Ok(kind);
                }
                "Default" if element.attr("Extension").is_some_and(|e| e.eq_ignore_ascii_case(ending)) => {
                    by_ending = kind;
                }
                _ => {}
            }
            xml.skip();
        }
        Ok(by_ending)
    }

    /// The name of the part that holds the document.
    pub(crate) fn main_part(&self) -> Result<String, Error> {
        let named = self.relationships("")?.part("officeDocument").map(str::to_owned);
        if let Some(part) = named.filter(|part| self.has(part)) {
            let kind = self.content_type(&part)?.unwrap_or_default();
            return match crate::foreign::office_format(&kind, &part) {
                Some(format) => Err(Error::unsupported(format!("this is {format}, not a Word document"))),
                None => Ok(part),
            };
        }
        if self.has("word/document.xml") {
            return Ok("word/document.xml".to_owned());
        }
        Err(crate::foreign::other_zip(self))
    }
}

/// A part's name as it is compared.
fn normal_name(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

/// The part that a target means, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.split_once('#').map_or(target, |(path, _)| path).replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The text of an XML part: UTF-8, or UTF-16 by its byte order mark or by its first `<`. `Err` holds a text
/// with replacement characters.
fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    let utf16 = |from_bytes: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| from_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| String::from_utf16_lossy(&units))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return utf16(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => return utf16(u16::from_be_bytes, rest),
        [b'<', 0, ..] => return utf16(u16::from_le_bytes, &bytes),
        [0, b'<', ..] => return utf16(u16::from_be_bytes, &bytes),
        [0xef, 0xbb, 0xbf, ..] => _ = bytes.drain(..3),
        _ => {}
    }
    String::from_utf8(bytes).map_err(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_folder() {
        for (folder, target, part) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word\\document.xml", "word/document.xml"),
            ("word", "../../../../x.xml", "x.xml"),
            ("word", "./media/a.png#frag", "word/media/a.png"),
        ] {
            assert_eq!(resolve(folder, target), part);
        }
    }

    #[test]
    fn utf16_parts_are_decoded_with_and_without_a_mark() {
        let le: Vec<u8> = "<中>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "<中>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(le.clone()).as_deref(), Ok("<中>"));
        assert_eq!(decode([&[0xfe, 0xff][..], &be].concat()).as_deref(), Ok("<中>"));
        assert_eq!(decode(be).as_deref(), Ok("<中>"));
        assert_eq!(decode("\u{feff}<中>".into()).as_deref(), Ok("<中>"));
        assert_eq!(decode(vec![b'<', 0xff]), Err("<\u{fffd}".into()));
    }
}
