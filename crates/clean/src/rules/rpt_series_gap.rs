use crate::structure::enumerator::{self, Class, Enumerator};
use crate::{Action, Pass, Profiles, Rule};
use qingwen_model::{Block, Diagnostic, Document, Kind, Log, Mark};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-series-gap",
    doc: include_str!("rpt_series_gap.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Report(look),
};

fn look(document: &Document, log: &mut Log) {
    // The last number of each class, in the order the classes nest.
    let mut last: Vec<(Class, u32)> = Vec::new();
    let mut items = document.blocks.iter().filter_map(item).peekable();
    while let Some(Item { mark, found, is_sure }) = items.next() {
        let before = last.iter().find(|(class, _)| *class == found.class).map(|(_, number)| *number);
        let goes_on = before.is_some_and(|before| found.number == before + 1);
        let mut begins = || found.number == 1 && items.peek().is_some_and(|next| next.is_second(found.class));
        if !is_sure && !goes_on && !begins() {
            continue;
        }
        // An item ends the series within it, and begins its own anew at 1.
        last.retain(|(class, _)| *class < found.class);
        last.push((found.class, found.number));
        let what = match before {
            _ if found.number == 1 => continue,
            Some(before) if found.number == before + 1 => continue,
            Some(before) if found.number == before => format!("the series has {before} twice"),
            Some(before) => format!("the series goes from {before} to {}", found.number),
            None => format!("the series begins with {}", found.number),
        };
        log.push(Diagnostic { code: RULE.id, kind: Kind::Guessed(what), mark, column: 1 });
    }
}

/// A block that begins with a number, and whether that surely is one of an item: 二、三季度工作 is an item only where 一、
/// stands before it.
struct Item {
    mark: Mark,
    found: Enumerator,
    is_sure: bool,
}

impl Item {
    fn is_second(&self, class: Class) -> bool {
        self.found.class == class && self.found.number == 2
    }
}

fn item(block: &Block) -> Option<Item> {
    let text = block.text()?;
    let sure = enumerator::of(text);
    let found = sure.or_else(|| enumerator::ambiguous_of(text))?;
    SERIES.contains(&found.class).then_some(Item { mark: block.mark, found, is_sure: sure.is_some() })
}

/// Classes whose numbers rise by one; decimals and articles go their own ways.
const SERIES: [Class; 8] = [
    Class::Chapter,
    Class::Section,
    Class::Han,
    Class::HanParen,
    Class::Arabic,
    Class::ArabicParen,
    Class::ArabicRight,
    Class::Circled,
];
