//! What the package says of itself: docProps/core.xml and docProps/app.xml.

use crate::package::Package;
use crate::xml::Xml;
use qingwen_model::{Error, Meta};

/// Reads the properties of a package.
pub(crate) fn read(package: &Package<'_>, language: Option<&str>, depth: u16) -> Result<Meta, Error> {
    let mut meta = Meta::default();
    let root = package.relationships("")?;
    let core = root.part("core-properties").unwrap_or("docProps/core.xml");
    if let Some(text) = package.text(core)? {
        each(&text, depth, |name, value| match name {
            "title" => meta.title = Some(value),
            "creator" => meta.author = Some(value),
            "subject" => meta.subject = Some(value),
            "created" => meta.created = Some(value),
            "modified" => meta.modified = Some(value),
            "language" => meta.language = Some(value),
            _ => {}
        });
    }
    let app = root.part("extended-properties").unwrap_or("docProps/app.xml");
    if let Some(text) = package.text(app)? {
        each(&text, depth, |name, value| match name {
            "Application" => meta.application = Some(value),
            "Pages" => meta.pages = value.parse().ok(),
            _ => {}
        });
    }
    meta.language = meta.language.take().or_else(|| language.map(str::to_owned));
    Ok(meta)
}

fn each(text: &str, depth: u16, mut set: impl FnMut(&str, String)) {
    let mut xml = Xml::new(text, depth);
    xml.root();
    while let Some(element) = xml.next() {
        let value = xml.text();
        if !value.trim().is_empty() {
            set(element.name, value.trim().to_owned());
        }
    }
}
