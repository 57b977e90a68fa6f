//! The text of one paragraph, heading or cell, as it is read.

use super::shelter::Shelter;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qingwen_model::{Log, Mark, Object, Style, Text};

/// Gathers what stands in one line of text.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: Text,
    style: Style,
    /// How many marks of each kind are open.
    bold: u32,
    italic: u32,
    strike: u32,
    /// How deep within a picture, whose words are part of it.
    picture: u32,
    /// Whether a line break that is not hard waits for what follows it.
    broken: bool,
    shelter: Shelter,
}

impl Inline {
    pub(super) fn new(shelter: Shelter) -> Self {
        Inline { shelter, ..Inline::default() }
    }

    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether any markup is open.
    pub(super) fn is_open(&self) -> bool {
        self.bold + self.italic + self.strike + self.picture > 0 || self.style.link.is_some()
    }

    /// Gives up what has come.
    pub(super) fn take(&mut self) -> Text {
        std::mem::replace(self, Inline::new(self.shelter)).text
    }

    pub(super) fn event(&mut self, event: Event<'_>, source: &str) {
        if self.picture > 0 {
            return;
        }
        match event {
            Event::Text(text) => self.push(&self.shelter.bare(&text)),
            Event::Code(code) => {
                let code = self.shelter.bare(&code);
                self.join(code.chars().next());
                self.text.push(&code, &Style { code: true, ..self.style.clone() });
            }
            Event::InlineMath(latex) => {
                self.object(Object::Formula { latex: self.shelter.bare(&latex).into_owned(), display: false })
            }
            Event::DisplayMath(latex) => {
                self.object(Object::Formula { latex: self.shelter.bare(&latex).into_owned(), display: true })
            }
            Event::FootnoteReference(id) => self.object(Object::Note(self.shelter.bare(&id).into_owned())),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak => self.text.push("\n", &self.style),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            _ => self.object(Object::Raw(source.to_owned())),
        }
    }

    /// Begins inline markup. Whether the tag is inline at all.
    pub(super) fn start(&mut self, tag: &Tag<'_>, source: &str, log: &mut Log, mark: Mark) -> bool {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.strike += 1,
            Tag::Link { dest_url, title, .. } => {
                if !title.is_empty() {
                    log.lost("markdown-link-title", mark, self.shelter.bare(title));
                }
                self.style.link = Some(self.shelter.bare(dest_url).into());
            }
            Tag::Image { link_type, dest_url, .. } => {
                if self.picture == 0 {
                    let markup = match link_type {
                        LinkType::Inline => source.replace('\n', " "),
                        _ => resolved(source, &self.shelter.bare(dest_url)),
                    };
                    self.object(Object::Raw(markup));
                }
                self.picture += 1;
            }
            _ => return false,
        }
        self.restyle();
        true
    }

    /// Ends inline markup. Whether the tag is inline at all.
    pub(super) fn end(&mut self, tag: TagEnd) -> bool {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strikethrough => self.strike = self.strike.saturating_sub(1),
            TagEnd::Link => self.style.link = None,
            TagEnd::Image => self.picture = self.picture.saturating_sub(1),
            _ => return false,
        }
        self.restyle();
        true
    }

    fn restyle(&mut self) {
        self.style.bold = self.bold > 0;
        self.style.italic = self.italic > 0;
        self.style.strike = self.strike > 0;
    }

    /// A tag that says what a style says becomes one; every other stays as it is.
    fn html(&mut self, html: &str) {
        match html {
            "<br>" | "<br/>" | "<br />" => self.text.push("\n", &self.style),
            "<strong>" | "<b>" => self.bold += 1,
            "</strong>" | "</b>" if self.bold > 0 => self.bold -= 1,
            "<em>" | "<i>" => self.italic += 1,
            "</em>" | "</i>" if self.italic > 0 => self.italic -= 1,
            "<del>" | "<s>" => self.strike += 1,
            "</del>" | "</s>" if self.strike > 0 => self.strike -= 1,
            "<sup>" => self.style.superscript = true,
            "</sup>" if self.style.superscript => self.style.superscript = false,
            "<sub>" => self.style.subscript = true,
            "<code>" => self.style.code = true,
            "</code>" if self.style.code => self.style.code = false,
            "</sub>" if self.style.subscript => self.style.subscript = false,
            crate::inline::NOTHING => {}
            html => self.object(Object::Raw(html.to_owned())),
        }
        self.restyle();
    }

    /// Takes what is kept to the letter.
    pub(super) fn kept(&mut self, markup: &str) {
        if self.picture == 0 {
            self.object(Object::Raw(markup.to_owned()));
        }
    }

    fn push(&mut self, string: &str) {
        if string.is_empty() {
            return;
        }
        if self.broken && begins_line(self.text.as_str(), string) {
            self.broken = false;
            self.text.push("\n", &self.style);
        }
        self.join(string.chars().next());
        self.text.push(string, &self.style);
    }

    fn object(&mut self, object: Object) {
        self.join(Some('\u{fffc}'));
        self.text.push_object(object, &self.style);
    }

    /// Ends a line that was broken to fit a page: a blank goes where neither side is wide.
    fn join(&mut self, next: Option<char>) {
        if !std::mem::take(&mut self.broken) {
            return;
        }
        let narrow = |c: char| c < '\u{1100}' || c == '\u{fffc}';
        if self.text.as_str().chars().next_back().is_some_and(narrow) && next.is_some_and(narrow) {
            self.text.push(" ", &self.style);
        }
    }
}

/// Whether what follows a line break that is not hard is a line of its own all the same: an item with a number that
/// Markdown does not know (`2、`, `（三）`), or one of lines that all begin with a label (`电话：`).
fn begins_line(before: &str, after: &str) -> bool {
    let after = after.trim_start();
    let follows_label =
        || last_line(before).is_some_and(|last| is_labelled(last) && !last.contains(['，', '。', '；']));
    is_item(after) || is_labelled(after) && follows_label()
}

/// The last line of a text, if it is short enough to be a label and what belongs to it: a paragraph of many lines is not
/// looked through for each of them.
fn last_line(text: &str) -> Option<&str> {
    const LONGEST: usize = 600;
    let from = text.len().saturating_sub(LONGEST);
    let from = text.ceil_char_boundary(from);
    match text[from..].rfind('\n') {
        Some(at) => Some(&text[from + at + 1..]),
        None => (from == 0).then_some(text),
    }
}

fn is_item(text: &str) -> bool {
    let rest = text.strip_prefix(['（', '(']);
    let bracketed = rest.is_some();
    let rest = rest.unwrap_or(text);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_arabic = digits.len() < rest.len();
    let body = if is_arabic {
        digits
    } else {
        rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c))
    };
    let number = &rest[..rest.len() - body.len()];
    let marks: &[char] = match (bracketed, is_arabic) {
        (true, _) => &['）', ')'],
        (false, true) => &['、', '.', '．', '）', ')'],
        (false, false) => &['、'],
    };
    let words = body.strip_prefix(marks).map(str::trim_start);
    // 1、2号楼, （一）项 and 一、二、三产业 are no items.
    (1..=3).contains(&number.chars().count())
        && words.and_then(|words| words.chars().next()).is_some_and(|c| {
            (is_han(c) && !"项款目至一二三四五六七八九十".contains(c)) || matches!(c, '“' | '《')
        })
}

/// Whether a line begins with a short label, all Han, and a colon.
fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 8;
    let label = text.trim_start().chars().take(LONGEST + 1).position(|c| !is_han(c));
    label.is_some_and(|at| at >= 2 && text.trim_start().chars().nth(at) == Some('：'))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// A picture whose address stood elsewhere, with its address.
fn resolved(source: &str, address: &str) -> String {
    let words = source.strip_prefix("![").unwrap_or(source);
    let words = words.split("][").next().unwrap_or(words).trim_end_matches(['[', ']']);
    let mut out = format!("![{}](", words.replace('\n', " "));
    crate::objects::destination(&mut out, address);
    out.push(')');
    out
}
