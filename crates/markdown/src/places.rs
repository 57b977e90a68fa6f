//! Links within the document. Markdown has no names for places but those that its renderers give to headings, so
//! a link to a heading leads to that name, and a link to anything else is its text alone.

use qingwen_model::{Body, Document, Edits, Mark, Text};
use std::borrow::Cow;
use std::collections::HashMap;

/// The names of places, and what the headings they lie in are called.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    /// The fragment for each name; `None` where no heading is there.
    fragments: HashMap<&'a str, Option<String>>,
}

impl<'a> Places<'a> {
    /// Finds the headings that the anchors of a document lie in.
    pub(crate) fn new(document: &'a Document) -> Self {
        if document.anchors.is_empty() {
            return Places::default();
        }
        let mut headings: HashMap<Mark, String> = HashMap::new();
        let mut taken: HashMap<String, u32> = HashMap::new();
        document.visit(&mut |block| {
            if let Body::Heading(_, text) = &block.body {
                let slug = slug(text);
                let before = taken.entry(slug.clone()).or_default();
                let name = if *before == 0 { slug } else { format!("{slug}-{before}") };
                *before += 1;
                headings.entry(block.mark).or_insert(name);
            }
        });
        let anchors = document.anchors.iter();
        Places {
            fragments: anchors.map(|(name, mark)| (name.as_str(), headings.get(mark).cloned())).collect(),
        }
    }

    /// A text whose links to names lead to headings, or nowhere.
    pub(crate) fn resolve<'t>(&self, text: Cow<'t, Text>) -> Cow<'t, Text> {
        let known = |link: &str| self.fragments.get(link.strip_prefix('#')?);
        let links =
            |text: &Text| text.styled().iter().any(|run| run.style.link.as_deref().and_then(known).is_some());
        if self.fragments.is_empty() || !links(&text) {
            return text;
        }
        let mut text = text.into_owned();
        text.restyle(|style| {
            if let Some(fragment) = style.link.as_deref().and_then(known) {
                style.link = fragment.as_ref().map(|fragment| format!("#{fragment}").into());
            }
        });
        Cow::Owned(text)
    }
}

/// The name that GitHub and most others give to a heading: its letters and digits in lower case, `-` for a space.
fn slug(text: &Text) -> String {
    let mut text = text.clone();
    let mut objects = Edits::new();
    for (at, _) in text.clone().objects() {
        objects.delete(at..at + '\u{fffc}'.len_utf8());
    }
    text.replace(&objects);
    let kept = text.as_str().trim().chars().filter_map(|c| match c {
        ' ' | '\n' => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}
