//! Pass S: which paragraphs are titles, headings, items, and the fixed parts of an official document.
//!
//! First every block gets an [`Entry`](entry::Entry) that says what its words begin with and what part of an
//! official document they name. Then titles, numbered series and labels are decided on the entries, levels
//! are given to what was found, and only then is the document changed.
//!
#![doc = include_str!("algorithm.md")]

mod again;
mod apply;
mod bookmarks;
mod entry;
pub(crate) mod enumerator;
mod levels;
mod list;
mod looks;
pub(crate) mod rules;
mod series;
mod table;
mod tidy;
mod title;
pub(crate) mod words;

use crate::Classes;
use crate::engine::RuleSet;
use entry::{Entry, Part, Rank, Verdict};
use enumerator::{Class, Enumerator};
use looks::{Look, Looks};
use qingwen_model::{Block, Body, Document, Log, Text};

/// The decisions that are wanted.
#[derive(Clone, Copy, Debug)]
struct Switches {
    /// Whether the document goes on from one before it, and so does not begin with a title.
    continues: bool,
    title: bool,
    title_join: bool,
    title_organs: bool,
    front_matter: bool,
    own_line: bool,
    run_in: bool,
    strip_period: bool,
    lost_number: bool,
    restore_number: bool,
    series_items: bool,
    chapter: bool,
    decimal: bool,
    levels: bool,
    attachment: bool,
    look: bool,
    outline: bool,
}

impl Switches {
    fn of(rules: &RuleSet) -> Self {
        Switches {
            continues: rules.continues,
            title: rules.has("hd-title"),
            title_join: rules.has("hd-title-join"),
            title_organs: rules.has("hd-title-organs"),
            front_matter: rules.has("st-front-matter"),
            own_line: rules.has("hd-own-line"),
            run_in: rules.has("hd-run-in"),
            strip_period: rules.has("hd-strip-period"),
            lost_number: rules.has("hd-lost-number"),
            restore_number: rules.has("hd-restore-number"),
            series_items: rules.has("hd-series-items"),
            chapter: rules.has("hd-chapter"),
            decimal: rules.has("hd-decimal"),
            levels: rules.has("hd-levels"),
            attachment: rules.has("st-attachment"),
            look: rules.has("hd-look"),
            outline: rules.has("hd-outline"),
        }
    }
}

/// A document and what has been decided about each of its blocks.
struct Outline<'a> {
    blocks: &'a [Block],
    entries: Vec<Entry>,
    order: series::Order,
    looks: Looks,
    /// The looks of unnumbered headings, each once.
    groups: Vec<Look>,
    on: Switches,
}

impl<'a> Outline<'a> {
    fn of(blocks: &'a [Block], on: Switches) -> Self {
        let entries: Vec<Entry> = blocks.iter().map(Entry::of).collect();
        let length = |at: usize| blocks[at].text().map_or(0, Text::len);
        let looks = Looks::of(&entries, length);
        let order = series::Order::default();
        let mut outline = Outline { blocks, entries, order, looks, groups: Vec::new(), on };
        outline.follow_numbers();
        outline.follow_attachment_notes();
        outline.find_contents();
        outline
    }

    /// The words of a block; empty for a table.
    fn text(&self, at: usize) -> &'a str {
        self.blocks.get(at).and_then(Block::text).map_or("", |text| text.as_str())
    }

    /// 二、三季度工作安排 is an item where 一、 stands before it, and 一、二季度工作回顾 where 二、 follows.
    fn follow_numbers(&mut self) {
        let item = |at: usize| match self.entries[at].enumerator {
            Some(sure) => Some((at, sure, true)).filter(|_| sure.class == Class::Han),
            None => self.blocks[at].text().and_then(enumerator::ambiguous_of).map(|found| (at, found, false)),
        };
        let items: Vec<(usize, Enumerator, bool)> = (0..self.entries.len()).filter_map(item).collect();
        let mut last = 0;
        for (nth, (at, item, is_sure)) in items.iter().enumerate() {
            let begins = || item.number == 1 && items.get(nth + 1).is_some_and(|next| next.1.number == 2);
            let goes_on = last > 0 && item.number == last + 1;
            if !is_sure && !goes_on && !begins() {
                continue;
            }
            last = item.number;
            let entry = &mut self.entries[*at];
            if !is_sure {
                (entry.enumerator, entry.part) = (Some(*item), Part::None);
            }
        }
    }

    /// 附件：1.甲 and the lines 2.乙, 3.丙 below it are one note; 1.甲 may stand below 附件： too.
    fn follow_attachment_notes(&mut self) {
        let mut last = None;
        for at in 0..self.entries.len() {
            let next = self.entries.get(at + 1).and_then(|entry| entry.enumerator);
            let leads = self.entries[at].part == Part::AttachmentLabel
                && self.text(at).trim_end().ends_with(['：', ':'])
                && next.is_some_and(|e| e.class == Class::Arabic && e.number == 1);
            let entry = &mut self.entries[at];
            if leads {
                entry.part = Part::AttachmentNote;
                last = Some(0);
                continue;
            }
            if entry.part == Part::AttachmentNote {
                last = Some(1);
                continue;
            }
            last = match (last, entry.enumerator) {
                (Some(last), Some(e)) if e.number == last + 1 => Some(e.number),
                _ => None,
            };
            if last.is_some() {
                entry.part = Part::AttachmentNote;
            }
        }
    }

    /// The lines of a table of contents head nothing.
    fn find_contents(&mut self) {
        use crate::lines::contents;
        for lines in contents::repeated(self.blocks).into_iter().chain(contents::numbered(self.blocks)) {
            self.entries[lines].iter_mut().for_each(|entry| entry.part = Part::Contents);
        }
    }

    /// Whether the format names headings by itself; then no further ones are looked for.
    fn is_styled(&self) -> bool {
        self.entries.iter().any(|entry| entry.kind == entry::Kind::Heading)
    }

    /// Whether a title ends right above a paragraph: what follows it in large type is its subtitle.
    fn near_title(&self, at: usize) -> bool {
        let mut above = self.entries[..at].iter().rev().take(1);
        above.any(|e| matches!(e.verdict, Verdict::Title(_) | Verdict::TitleLine))
    }

    /// Whether the headings that the format names must all move one down, because level 1 is the title's: the
    /// title was found by rule, or there is none and the highest headings are numbered as no title is.
    fn shift(&self) -> bool {
        let mut top = self.blocks.iter().filter_map(|block| match &block.body {
            Body::Heading(1, text) => Some(text.as_str()),
            _ => None,
        });
        let Some(first) = top.next() else { return false };
        let numbered =
            |text: &str| enumerator::parse(text).is_some() && text.chars().any(crate::chars::is_han);
        self.has_title() || (numbered(first) && self.is_chinese())
    }

    /// Whether the document is written in Chinese: its first paragraphs have more ideographs than words of Latin
    /// letters.
    fn is_chinese(&self) -> bool {
        const PARAGRAPHS: usize = 200;
        const CHARACTERS: usize = 200;
        // A word has two letters and something beside it.
        const MOST_WORDS: usize = CHARACTERS / 3 + 1;
        let mut balance = 0i32;
        let texts = self.blocks.iter().filter_map(Block::text).take(PARAGRAPHS);
        for (read, text) in texts.enumerate() {
            if balance > 0 && balance as usize > (PARAGRAPHS - read) * MOST_WORDS {
                break;
            }
            let mut letters = 0;
            for c in text.as_str().chars().take(CHARACTERS) {
                if c.is_ascii_alphabetic() {
                    letters += 1;
                    balance -= i32::from(letters == 2);
                } else {
                    letters = 0;
                    balance += i32::from(crate::chars::is_han(c));
                }
            }
        }
        balance > 0
    }

    /// Whether there is a title, found or by the format's own word.
    fn has_title(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.verdict, Verdict::Title(_)))
    }

    /// The group of looks a heading belongs to.
    fn group(&mut self, look: Look) -> usize {
        match self.groups.iter().position(|known| known.is_like(&look)) {
            Some(group) => group,
            None => {
                self.groups.push(look);
                self.groups.len() - 1
            }
        }
    }

    fn find_attachments(&mut self) {
        for entry in &mut self.entries {
            if self.on.attachment && entry.is_open() && entry.part == Part::AttachmentLabel {
                entry.verdict = Verdict::Heading("st-attachment", Rank::Attachment);
            }
        }
    }
}

/// Runs the structure pass, asking `rules` which of its decisions are wanted.
pub(crate) fn run(document: &mut Document, rules: &RuleSet, log: &mut Log) {
    // What a rule emptied is no paragraph any more.
    let is_blank = |text: &Text| !Classes::within(text).meet(Classes::HAN) && text.is_blank();
    document.blocks.retain(|block| !block.as_paragraph().is_some_and(is_blank));
    if rules.has("st-table") {
        let made = table::find(document, log);
        // A row is literal as long as it is a line; a cell is not.
        again::edit(document, &made, rules, log);
    }
    tidy::enumerators(document, rules, log);
    again::look(document, rules, log);
    let on = Switches::of(rules);
    let mut outline = Outline::of(&document.blocks, on);
    title::find(&mut outline);
    if !outline.is_styled() {
        outline.find_attachments();
        series::decide(&mut outline);
        series::find_lost_number(&mut outline);
        bookmarks::find(&mut outline);
        looks::find(&mut outline);
    }
    let shift = outline.shift();
    let levels = levels::Levels::of(&outline);
    let verdicts: Vec<Verdict> = outline.entries.iter().map(|entry| entry.verdict).collect();
    let parts = apply::verdicts(document, &verdicts, &levels, on, log);
    again::edit(document, &parts, rules, log);
    if on.levels && shift {
        apply::shift(document, log);
    }
    if rules.has("st-list") {
        list::find(document, log);
    }
}
