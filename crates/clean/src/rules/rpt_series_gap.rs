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
    // The last number of each class, in the order the classes nest, and the width of its brackets.
    let mut last: Vec<(Class, u32, Option<Width>)> = Vec::new();
    let mut items = document.blocks.iter().filter_map(item).peekable();
    while let Some(Item { mark, found, is_sure, width }) = items.next() {
        let known = last.iter().find(|(class, ..)| *class == found.class);
        let before = known.map(|(_, number, _)| *number);
        let width_before = known.and_then(|(.., width)| *width).filter(|_| found.number > 1);
        let goes_on = before.is_some_and(|before| found.number == before + 1);
        let mut begins = || found.number == 1 && items.peek().is_some_and(|next| next.is_second(found.class));
        if !is_sure && !goes_on && !begins() {
            continue;
        }
        // An item ends the series within it, and begins its own anew at 1.
        last.retain(|(class, ..)| *class < found.class);
        last.push((found.class, found.number, width));
        let mut report = |what| {
            log.push(Diagnostic { code: RULE.id, kind: Kind::Guessed(what), mark, column: 1 });
        };
        if width == Some(Width::Mixed) || width_before.is_some() && width.is_some() && width_before != width {
            report("the series has brackets of both widths".to_owned());
        }
        let what = match before {
            _ if found.number == 1 => continue,
            Some(before) if found.number == before + 1 => continue,
            Some(before) if found.number == before => format!("the series has {before} twice"),
            Some(before) => format!("the series goes from {before} to {}", found.number),
            None => format!("the series begins with {}", found.number),
        };
        report(what);
    }
}

/// A block that begins with a number, and whether that surely is one of an item: 二、三季度工作 is an item only where 一、
/// stands before it.
struct Item {
    mark: Mark,
    found: Enumerator,
    is_sure: bool,
    /// Where it has brackets.
    width: Option<Width>,
}

/// How wide the brackets of an item are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    Half,
    Full,
    /// One of each.
    Mixed,
}

impl Width {
    fn of(sign: &str) -> Option<Width> {
        match (sign.starts_with('（'), sign.ends_with('）')) {
            (true, true) => Some(Width::Full),
            (false, false) if sign.starts_with('(') => Some(Width::Half),
            (opens, _) if opens || sign.starts_with('(') => Some(Width::Mixed),
            _ => None,
        }
    }
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
    let width = Width::of(&text.as_str()[found.start..found.end]);
    SERIES.contains(&found.class).then_some(Item { mark: block.mark, found, is_sure: sure.is_some(), width })
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
