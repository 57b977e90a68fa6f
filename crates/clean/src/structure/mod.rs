//! Pass S: which paragraphs are titles, headings, items, and the fixed parts of an official document.
//!
//! First every block gets an [`Entry`](entry::Entry) that says what its words begin with and what part of an
//! official document they name. Then titles, numbered series and labels are decided on the entries, levels
//! are given to what was found, and only then is the document changed.

mod apply;
mod entry;
pub(crate) mod enumerator;
mod levels;
pub(crate) mod rules;
mod series;
mod table;
mod tidy;
mod title;
pub(crate) mod words;

use crate::engine::RuleSet;
use entry::{Entry, Part, Rank, Verdict};
use qingwen_model::{Block, Document, Log};

/// The decisions that are wanted.
#[derive(Clone, Copy, Debug)]
struct Switches {
    title: bool,
    title_join: bool,
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
}

impl Switches {
    fn of(rules: &RuleSet) -> Self {
        Switches {
            title: rules.has("hd-title"),
            title_join: rules.has("hd-title-join"),
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
        }
    }
}

/// A document and what has been decided about each of its blocks.
struct Outline<'a> {
    blocks: &'a [Block],
    entries: Vec<Entry>,
    order: series::Order,
    on: Switches,
}

impl<'a> Outline<'a> {
    fn of(blocks: &'a [Block], on: Switches) -> Self {
        let mut outline = Outline {
            blocks,
            entries: blocks.iter().map(Entry::of).collect(),
            order: series::Order::default(),
            on,
        };
        outline.follow_attachment_notes();
        outline
    }

    /// The words of a block; empty for a table.
    fn text(&self, at: usize) -> &'a str {
        self.blocks.get(at).and_then(Block::text).map_or("", |text| text.as_str())
    }

    /// 附件：1.甲 and the lines 2.乙, 3.丙 below it are one note.
    fn follow_attachment_notes(&mut self) {
        let mut last = None;
        for entry in &mut self.entries {
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

    /// Whether a line stands in a table of contents: nothing but further headings around it, and a heading of
    /// the same words later on.
    fn in_contents(&self, _at: usize) -> bool {
        false
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
    if rules.has("st-table") {
        table::find(document, log);
    }
    tidy::enumerators(document, rules, log);
    let on = Switches::of(rules);
    let mut outline = Outline::of(&document.blocks, on);
    title::find(&mut outline);
    outline.find_attachments();
    series::decide(&mut outline);
    series::find_lost_number(&mut outline);
    let levels = levels::Levels::of(&outline);
    let verdicts: Vec<Verdict> = outline.entries.iter().map(|entry| entry.verdict).collect();
    apply::verdicts(document, &verdicts, &levels, on, log);
}
