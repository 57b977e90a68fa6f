use crate::chars::Chars;
use crate::place::{Origin, Origins};
use crate::{Edit, Edits, Mark, Places};
use std::ops::Range;
use std::sync::Arc;

/// The text of one paragraph: a string, with styles and objects lying flat beside it.
///
/// Flat, because Word and PDF give flat runs and because more than a quarter of Word's run borders fall
/// inside a word: a rule must see 根据《合同法》 as one string, however many runs it came in.
///
/// ```
/// use qingwen_model::{Style, Text};
/// let strong = Style { bold: true, ..Style::default() };
/// let mut text = Text::plain("根据");
/// text.push("《合同法》", &strong);
/// assert_eq!(text.as_str(), "根据《合同法》");
/// assert_eq!(text.runs().count(), 2);
/// ```
///
/// An [`Object`] (a picture, a note's mark, a formula) stands in the string as U+FFFC. A U+FFFC without an
/// object is an ordinary character that happened to be in the source. A line break that the author forced
/// is `\n`.
#[derive(Clone, Debug, Default)]
pub struct Text {
    string: Chars,
    /// What lies beside it, if anything does: most texts have nothing, and a document has many.
    beside: Option<Box<Beside>>,
    /// What somebody found out about the string; 0 since it last changed.
    memo: u64,
}

/// What lies beside the string of a text.
#[derive(Clone, Debug, Default)]
struct Beside {
    /// Styled stretches in order, without overlap, none empty, none of default style; equal neighbours are
    /// one. What lies between them is plain.
    runs: Vec<Run>,
    /// Objects by the byte at which their U+FFFC begins, in order.
    objects: Vec<(usize, Object)>,
    /// Length in bytes of the printed number at the start.
    label: usize,
    /// Where stretches of it stood in the source, since it was edited, cut or joined.
    origins: Origins,
}

/// Two texts are equal if they say and look the same; where their characters once stood is no part of that.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.beside(), other.beside());
        *self.string == *other.string
            && ours.runs == theirs.runs
            && ours.objects == theirs.objects
            && ours.label == theirs.label
    }
}

/// A stretch of one style.
///
/// ```
/// use qingwen_model::Text;
/// let runs: Vec<_> = Text::plain("甲乙").runs().collect();
/// assert_eq!(runs[0].range, 0..6);
/// assert!(runs[0].style.is_plain());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the string.
    pub range: Range<usize>,
    /// The style.
    pub style: Style,
}

/// How characters are set. The default is plain.
///
/// ```
/// use qingwen_model::{Style, Text};
/// let mut text = Text::plain("见");
/// text.push("附件", &Style { link: Some("#附件".into()), ..Style::default() });
/// assert!(text.styled()[0].style.link.is_some() && !text.is_all(|style| style.bold));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Raised.
    pub superscript: bool,
    /// Lowered.
    pub subscript: bool,
    /// Set as code: kept to the letter.
    pub code: bool,
    /// Where a link leads: a URL, or `#` and a bookmark's name.
    pub link: Option<Arc<str>>,
}

impl Style {
    /// Whether nothing is set.
    pub fn is_plain(&self) -> bool {
        *self == Style::default()
    }

    /// Whether rules must leave the characters alone: code, and text that is a link.
    pub fn is_literal(&self) -> bool {
        self.code
    }
}

/// Something in a line of text that is not text.
///
/// ```
/// use qingwen_model::{Object, Style, Text};
/// let mut text = Text::plain("供水");
/// text.push_object(Object::Note("1".to_owned()), &Style::default());
/// assert_eq!(text.as_str(), "供水\u{fffc}");
/// assert_eq!(text.object_at("供水".len()), Some(&Object::Note("1".to_owned())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// A picture: its place in [`Media`](crate::Media), where its bytes are known, and what it shows.
    Image {
        /// Index into the media items.
        media: Option<usize>,
        /// What the picture shows, in words; empty where nobody said.
        alt: String,
    },
    /// The mark of a note, by the note's [`id`](crate::Note::id).
    Note(String),
    /// A formula as LaTeX.
    Formula {
        /// The formula, without delimiters.
        latex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// Characters with their reading above or beside them.
    Ruby {
        /// The characters.
        base: String,
        /// How they are read.
        reading: String,
    },
    /// Markup that a Markdown source had and the model has no name for, to be written as it was.
    Raw(String),
}

/// Memory that [`Text::replace_telling`] works in and that can be used again, so that a change costs no allocation.
#[derive(Debug, Default)]
pub struct Scratch {
    string: String,
    origins: Vec<Origin>,
}

/// The character that holds an object's place.
const PLACE: char = '\u{fffc}';

impl Text {
    /// No text.
    pub fn new() -> Self {
        Text::default()
    }

    /// Text without styles or objects.
    pub fn plain(string: impl Into<String>) -> Self {
        Text { string: Chars::Own(string.into()), ..Text::default() }
    }

    /// Text without styles or objects that is a stretch of a string: some bytes of it, which stay in memory as
    /// long as one text does that shares them. Empty where they are no whole characters of the string, or lie
    /// beyond its first four gigabytes.
    pub fn shared(string: &Arc<String>, range: Range<usize>) -> Self {
        Text { string: Chars::shared(string, range).unwrap_or_default(), ..Text::default() }
    }

    fn beside(&self) -> &Beside {
        static NOTHING: Beside =
            Beside { runs: Vec::new(), objects: Vec::new(), label: 0, origins: Origins::NONE };
        self.beside.as_deref().unwrap_or(&NOTHING)
    }

    fn beside_mut(&mut self) -> &mut Beside {
        self.beside.get_or_insert_default()
    }

    fn take_beside(&mut self) -> Beside {
        self.beside.take().map_or_else(Beside::default, |beside| *beside)
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// What [`remember`](Text::remember) left here about the characters; 0 if nothing was left since they
    /// last changed.
    pub fn memo(&self) -> u64 {
        self.memo
    }

    /// Leaves here what a pass over the characters found out, so that nobody need make that pass again until
    /// they change. What the bits mean is the caller's business.
    pub fn remember(&mut self, memo: u64) {
        self.memo = memo;
    }

    /// Whether there is nothing, not even an object.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.string.chars().all(char::is_whitespace)
    }

    /// Adds characters of one style at the end.
    pub fn push(&mut self, string: &str, style: &Style) {
        let start = self.string.len();
        self.memo = 0;
        self.string.to_mut().push_str(string);
        self.push_run(start..self.string.len(), style);
    }

    /// Adds an object at the end.
    pub fn push_object(&mut self, object: Object, style: &Style) {
        let at = self.string.len();
        self.beside_mut().objects.push((at, object));
        self.push(PLACE.encode_utf8(&mut [0; 4]), style);
    }

    /// Adds another text at the end. Its label, now in mid-text, is forgotten, unless this text was empty.
    pub fn append(&mut self, mut other: Text) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let at = self.string.len();
        self.memo = 0;
        self.string.to_mut().push_str(&other.string);
        if other.beside.is_none() {
            return;
        }
        let Beside { runs, objects, origins, .. } = other.take_beside();
        for Run { range, style } in runs {
            self.push_run(range.start + at..range.end + at, &style);
        }
        let beside = self.beside_mut();
        beside.origins.append(origins, at);
        beside.objects.extend(objects.into_iter().map(|(place, object)| (place + at, object)));
    }

    /// Adds another text at the end and remembers that it began at `mark`, so that [`places`](Text::places)
    /// goes on to say where its characters stood. For rules that join lines.
    pub fn append_from(&mut self, mut other: Text, mark: Mark) {
        other.beside_mut().origins.belong_to(mark);
        self.append(other);
    }

    /// Where the characters stood in the source, whatever edits, cuts and joins came since.
    pub fn places(&self) -> Places<'_> {
        self.beside().origins.places(&self.string)
    }

    fn push_run(&mut self, range: Range<usize>, style: &Style) {
        if range.is_empty() || style.is_plain() {
            return;
        }
        let runs = &mut self.beside_mut().runs;
        match runs.last_mut() {
            Some(last) if last.range.end == range.start && last.style == *style => last.range.end = range.end,
            _ => runs.push(Run { range, style: style.clone() }),
        }
    }

    /// The stretches of one style, plain ones included, in order and without gaps.
    pub fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let mut at = 0;
        let mut next = 0;
        std::iter::from_fn(move || {
            let run = self.beside().runs.get(next);
            let plain_end = run.map_or(self.string.len(), |run| run.range.start);
            if at < plain_end {
                let range = at..plain_end;
                at = plain_end;
                return Some(Run { range, style: Style::default() });
            }
            let run = run?;
            next += 1;
            at = run.range.end;
            Some(run.clone())
        })
    }

    /// The stretches that are not plain, in order.
    pub fn styled(&self) -> &[Run] {
        &self.beside().runs
    }

    /// Whether every character has a style for which `holds` is true. An empty text has none.
    pub fn is_all(&self, holds: impl Fn(&Style) -> bool) -> bool {
        !self.is_empty() && self.runs().all(|run| holds(&run.style))
    }

    /// Changes the style of every stretch; equal neighbours become one again.
    pub fn restyle(&mut self, mut change: impl FnMut(&mut Style)) {
        let runs: Vec<Run> = self.runs().collect();
        if let Some(beside) = &mut self.beside {
            beside.runs.clear();
        }
        for Run { range, mut style } in runs {
            change(&mut style);
            self.push_run(range, &style);
        }
    }

    /// The objects and the bytes at which they stand, in order.
    pub fn objects(&self) -> impl Iterator<Item = (usize, &Object)> {
        self.beside().objects.iter().map(|(at, object)| (*at, object))
    }

    /// The object whose place begins at a byte.
    pub fn object_at(&self, at: usize) -> Option<&Object> {
        let objects = &self.beside().objects;
        let found = objects.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        objects.get(found).map(|(_, object)| object)
    }

    /// The objects, to change them.
    pub fn objects_mut(&mut self) -> impl Iterator<Item = &mut Object> {
        self.beside.iter_mut().flat_map(|beside| &mut beside.objects).map(|(_, object)| object)
    }

    /// The number at the start that a word processor printed: `第三十六条`, `（一）`, `1.2`. It is part of the
    /// text; this says how far it reaches, so that it can be cited.
    pub fn label(&self) -> Option<&str> {
        let label = self.beside().label;
        (label > 0).then(|| &self.string[..label])
    }

    /// Declares the first `length` bytes a printed number. 0, or a length within a character, means none.
    pub fn set_label(&mut self, length: usize) {
        let length = if self.string.is_char_boundary(length) { length } else { 0 };
        if length != self.beside().label {
            self.beside_mut().label = length;
        }
    }

    /// Applies all edits in one pass. New characters take the style of the first they replace, or of the one
    /// before them where they replace none. Objects in a replaced range go; edits that do not fit the string
    /// are left out.
    pub fn replace(&mut self, edits: &Edits) {
        self.replace_telling(edits, &mut Scratch::default(), |_, _, _| {});
    }

    /// The same, telling of each edit what stood there before and where in the source, as
    /// [`places`](Text::places) would say.
    pub fn replace_telling(
        &mut self,
        edits: &Edits,
        scratch: &mut Scratch,
        tell: impl FnMut(&Edit, &str, (Mark, u32)),
    ) {
        if edits.is_empty() {
            return;
        }
        let is_bare =
            |beside: &Beside| beside.runs.is_empty() && beside.objects.is_empty() && beside.label == 0;
        if self.beside.as_deref().is_none_or(is_bare) {
            // Nothing but origins lies beside it.
            self.memo = 0;
            let mut none = Origins::NONE;
            let origins = self.beside.as_mut().map_or(&mut none, |beside| &mut beside.origins);
            origins.edit(edits, &self.string, &mut scratch.origins, tell);
            if !none.is_empty() {
                self.beside_mut().origins = none;
            }
            self.string.edit(edits, &mut scratch.string);
            return;
        }
        let mut old = std::mem::take(self);
        let Beside { runs, objects, label, mut origins } = old.take_beside();
        origins.edit(edits, &old.string, &mut scratch.origins, tell);
        let mut out = Text::plain(String::with_capacity(old.string.len()));
        out.beside_mut().origins = origins;
        let mut runs = runs.into_iter().peekable();
        let mut objects = objects.into_iter().peekable();
        let (mut at, mut new_label) = (0, 0);
        for edit in edits.fitting(&old.string) {
            out.copy(&old.string, at..edit.range.start, &mut runs, &mut objects);
            if at < label && label <= edit.range.start {
                new_label = out.string.len() - (edit.range.start - label);
            }
            let inserts = edit.range.is_empty();
            let probe = if inserts { edit.range.start.wrapping_sub(1) } else { edit.range.start };
            let style = match runs.peek() {
                Some(run) if run.range.contains(&probe) => run.style.clone(),
                _ if inserts => out.style_at_end(),
                _ => Style::default(),
            };
            out.push(&edit.with, &style);
            while objects.next_if(|(place, _)| edit.range.contains(place)).is_some() {}
            if edit.range.start < label && label <= edit.range.end {
                new_label = out.string.len();
            }
            at = edit.range.end;
        }
        out.copy(&old.string, at..old.string.len(), &mut runs, &mut objects);
        if at < label {
            new_label = out.string.len() - (old.string.len() - label);
        }
        out.beside_mut().label = new_label;
        *self = out;
    }

    /// The style of the last character, where a run ends exactly there.
    fn style_at_end(&self) -> Style {
        match self.beside().runs.last() {
            Some(run) if run.range.end == self.string.len() => run.style.clone(),
            _ => Style::default(),
        }
    }

    /// Copies `range` of `from` with the runs and objects that lie in it. Runs that end before or in the
    /// range are used up; one that reaches further is left for the next call.
    fn copy(
        &mut self,
        from: &str,
        range: Range<usize>,
        runs: &mut std::iter::Peekable<impl Iterator<Item = Run>>,
        objects: &mut std::iter::Peekable<impl Iterator<Item = (usize, Object)>>,
    ) {
        let shift = self.string.len();
        self.string.to_mut().push_str(&from[range.clone()]);
        while let Some(run) = runs.peek() {
            let start = run.range.start.max(range.start);
            let end = run.range.end.min(range.end);
            if start < end {
                self.push_run(start - range.start + shift..end - range.start + shift, &run.style);
            }
            if run.range.end > range.end {
                break;
            }
            runs.next();
        }
        while let Some((place, object)) = objects.next_if(|(place, _)| *place < range.end) {
            if place >= range.start {
                self.beside_mut().objects.push((place - range.start + shift, object));
            }
        }
    }

    /// Cuts off what stands from a byte on. A byte within a character, or beyond the end, cuts nothing off.
    pub fn truncate(&mut self, at: usize) {
        if !self.string.is_char_boundary(at) || at == self.string.len() {
            return;
        }
        self.memo = 0;
        self.string.truncate(at);
        let Some(beside) = &mut self.beside else { return };
        beside.runs.retain_mut(|run| {
            run.range.end = run.range.end.min(at);
            run.range.start < at
        });
        beside.objects.truncate(beside.objects.partition_point(|(place, _)| *place < at));
        beside.origins.truncate(at);
        beside.label = if beside.label > at { 0 } else { beside.label };
    }

    /// Cuts the text in two at a byte and gives back the second part. A byte within a character, or beyond
    /// the end, cuts nothing off.
    #[must_use]
    pub fn split_off(&mut self, at: usize) -> Text {
        if !self.string.is_char_boundary(at) {
            return Text::new();
        }
        self.memo = 0;
        if self.beside.is_none() {
            let origins = Origins::default().split_off(at, &self.string);
            let beside = Some(Box::new(Beside { origins, ..Beside::default() }));
            return Text { string: self.string.split_off(at), beside, memo: 0 };
        }
        let Beside { runs, mut objects, label, mut origins } = self.take_beside();
        let tail_origins = origins.split_off(at, &self.string);
        let mut tail = Text { string: self.string.split_off(at), ..Text::default() };
        for Run { range, style } in runs {
            self.push_run(range.start..range.end.min(at), &style);
            tail.push_run(range.start.max(at) - at..range.end.max(at) - at, &style);
        }
        let cut = objects.partition_point(|(place, _)| *place < at);
        let beside = tail.beside_mut();
        beside.objects = objects.split_off(cut).into_iter().map(|(p, object)| (p - at, object)).collect();
        beside.origins = tail_origins;
        let beside = self.beside_mut();
        (beside.objects, beside.origins) = (objects, origins);
        beside.label = if label > at { 0 } else { label };
        tail
    }
}

impl From<&str> for Text {
    fn from(string: &str) -> Self {
        Text::plain(string)
    }
}

impl From<String> for Text {
    fn from(string: String) -> Self {
        Text::plain(string)
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
