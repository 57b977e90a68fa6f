//! Properties that were read a moment ago. The runs and paragraphs of a document repeat a handful of property
//! elements letter for letter, so what follows is compared with those first, and read only where it is new.

use crate::xml::Xml;
use std::rc::Rc;

/// Property elements that were read last, the latest first.
pub(crate) struct Recent<T> {
    /// An element's inside and end tag as written, and what they came to.
    entries: Vec<(Box<str>, Rc<T>)>,
}

/// Elements remembered; what a search that finds nothing costs grows with them.
const MOST: usize = 12;
/// The longest element remembered, in bytes. Longer ones are rare and seldom repeated.
const LONGEST: usize = 2048;

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Recent { entries: Vec::with_capacity(MOST) }
    }
}

impl<T> Recent<T> {
    /// What the element given last comes to, and leaves it. `read` reads it, and must depend on nothing but
    /// what stands in it; whether to remember what it came to, `keeps` says.
    pub(crate) fn read<'a>(
        &mut self,
        xml: &mut Xml<'a>,
        read: impl FnOnce(&mut Xml<'a>) -> T,
        keeps: impl FnOnce(&T) -> bool,
    ) -> Rc<T> {
        let ahead = xml.ahead();
        let known = self.entries.iter().position(|(written, _)| ahead.starts_with(&**written));
        if let Some(at) = known {
            self.entries[..=at].rotate_right(1);
            let (written, value) = &self.entries[0];
            xml.leave_after(written.len());
            return Rc::clone(value);
        }
        let value = Rc::new(read(xml));
        if let Some(written) = xml.written_since(ahead)
            && (1..=LONGEST).contains(&written.len())
            && keeps(&value)
        {
            self.entries.truncate(MOST - 1);
            self.entries.insert(0, (written.into(), Rc::clone(&value)));
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// The values of the `w:p` elements of a document, and how many were read.
    fn read(text: &str) -> (Vec<String>, u32, Option<String>) {
        let (mut recent, reads, mut out) = (Recent::default(), Cell::new(0), Vec::new());
        let mut xml = Xml::new(text, 64);
        xml.root();
        while let Some(element) = xml.next() {
            assert!(element.is_w("p"), "{}", element.qualified);
            let value = |xml: &mut Xml<'_>| {
                reads.set(reads.get() + 1);
                xml.text()
            };
            out.push(recent.read(&mut xml, value, |value| value != "not kept").to_string());
        }
        (out, reads.get(), xml.damage().map(str::to_owned))
    }

    #[test]
    fn what_is_repeated_letter_for_letter_is_read_once() {
        for (text, values, reads) in [
            ("<w:p><b>1</b></w:p><w:p><b>1</b></w:p><w:p x='2'><b>1</b></w:p>", ["1", "1", "1"], 1),
            ("<w:p>1</w:p><w:p>12</w:p><w:p>1</w:p>", ["1", "12", "1"], 2),
            ("<w:p>1</w:p ><w:p>1</w:p><w:p>1</w:p >", ["1", "1", "1"], 2),
            ("<w:p/><w:p></w:p><w:p/>", ["", "", ""], 3),
            ("<w:p><w:p>1</w:p>2</w:p><w:p>1</w:p><w:p><w:p>1</w:p>2</w:p>", ["12", "1", "12"], 2),
            ("<w:p>not kept</w:p><w:p>not kept</w:p><w:p>1</w:p>", ["not kept", "not kept", "1"], 3),
        ] {
            let whole = format!("<r>{text}</r>");
            assert_eq!(read(&whole), (values.map(String::from).to_vec(), reads, None), "{text}");
        }
    }

    #[test]
    fn damage_is_told_however_often_it_is_repeated() {
        let (values, _, damage) = read("<r><w:p><b>1</w:p><w:p><b>1</w:p><w:p>2</w:p></r>");
        assert_eq!(values, ["1", "1", "2"]);
        assert!(damage.is_some_and(|damage| damage.contains("byte 12")));
    }

    #[test]
    fn many_and_long_elements_are_read_as_they_come() {
        let many: String = (0..40).map(|n| format!("<w:p>{}</w:p>", n % 20)).collect();
        let (values, reads, _) = read(&format!("<r>{many}</r>"));
        assert_eq!(values, (0..40).map(|n| (n % 20).to_string()).collect::<Vec<_>>());
        assert_eq!(reads, 40);
        let long = format!("<w:p>{}</w:p>", "x".repeat(LONGEST));
        assert_eq!(read(&format!("<r>{long}{long}</r>")).1, 2);
    }
}
