//! What it costs to read bytes in a charset.

use crate::charset::Charset;
use crate::frequency::{BROKEN, Costs, Language};
use crate::table::{Step, Table};
use encoding_rs::{BIG5, EUC_KR, GB18030};
use std::sync::OnceLock;

/// A charset, to be asked what bytes cost that are read in it.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    table: &'static Table,
    costs: &'static Costs,
    /// What two bytes cost that are a character, by the first without its high bit, then the second; 0 for others.
    pairs: &'static [u8],
}

impl Reading {
    /// `None` for a charset that has no table.
    pub(super) fn of(charset: Charset) -> Option<Reading> {
        static PAIRS: [OnceLock<Vec<u8>>; 6] = [const { OnceLock::new() }; 6];
        let (table, costs) = (Table::of(charset)?, Costs::of(language(charset)));
        let pairs = Charset::EAST_ASIAN.iter().zip(&PAIRS).find(|(c, _)| **c == charset);
        let cost = |c: Option<char>| c.map_or(0, |c| costs.cost(c) as u8);
        let pairs = pairs.map(|(_, pairs)| pairs.get_or_init(|| table.pairs().map(cost).collect()));
        Some(Reading { table, costs, pairs: pairs.map_or(&[], Vec::as_slice) })
    }

    /// A charset in which a language is written that is not its own.
    pub(super) fn with(charset: Charset, language: Language) -> Option<Reading> {
        Some(Reading { table: Table::of(charset)?, costs: Costs::of(language), pairs: &[] })
    }

    /// What the character costs that the first two bytes are, if they are one.
    fn pair(&self, bytes: &[u8]) -> Option<u32> {
        let [first, second] = *bytes.first_chunk::<2>()?;
        let cost = *self.pairs.get(usize::from(first).checked_sub(0x80)? << 8 | usize::from(second))?;
        (cost > 0).then_some(u32::from(cost))
    }

    /// What the first character costs, and its bytes.
    fn step(&self, bytes: &[u8]) -> (u32, usize) {
        let step = self.table.step(bytes);
        let cost = match step {
            Step::One(c, _) => self.costs.cost(c),
            Step::Two(a, b) => self.costs.cost(a) + self.costs.cost(b),
            Step::Bad | Step::Unassigned(_) => BROKEN,
            // The sample may end within a character.
            Step::Short => 0,
        };
        (cost, step.length(bytes))
    }

    /// What all characters cost.
    pub(super) fn cost(&self, mut bytes: &[u8]) -> u32 {
        let (mut sum, mut last) = (0u32, Kin::Other);
        while !bytes.is_empty() {
            let (cost, length, now) = match self.pair(bytes) {
                Some(cost) => (cost, 2, Kin::Ideograph),
                None => {
                    let (cost, length) = self.step(bytes);
                    (cost, length, Kin::of(self.table, bytes))
                }
            };
            let beside = match (last, now) {
                // A word of capitals is no dearer than one of small letters, but for its first.
                (Kin::Capital, Kin::Capital) if bytes[0] >= 0x80 => cost.saturating_sub(6),
                // Case changes, and signs stand, where words do not.
                (Kin::Small, Kin::Capital) if bytes[0] >= 0x80 => cost + BESIDE_LATIN,
                (Kin::Sign, Kin::Small | Kin::Capital) | (Kin::Small | Kin::Capital, Kin::Sign) => {
                    cost + BESIDE_LATIN
                }
                (Kin::Capital | Kin::Small, Kin::Ideograph) => cost + BESIDE_LATIN,
                (Kin::Ideograph, Kin::Small) => cost + BESIDE_LATIN / 2,
                _ => cost,
            };
            (sum, last) = (sum.saturating_add(beside), now);
            bytes = &bytes[length..];
        }
        sum
    }
}

/// How many characters beyond ASCII a charset reads, and what they cost together.
pub(super) fn letters(charset: Charset, lines: &[&[u8]]) -> (u32, u32) {
    let Some(reading) = Reading::of(charset) else { return (0, 0) };
    let (mut count, mut sum) = (0, 0);
    for line in lines {
        let mut rest = *line;
        while let Some(first) = rest.first() {
            if let Some(cost) = reading.pair(rest) {
                (count, sum) = (count + 1, sum + cost);
                rest = &rest[2..];
                continue;
            }
            let (cost, length) = reading.step(rest);
            if *first >= 0x80 {
                (count, sum) = (count + 1, sum + cost);
            }
            rest = &rest[length..];
        }
    }
    (count, sum)
}

/// What is likely written in a charset.
pub(crate) fn language(charset: Charset) -> Language {
    match charset {
        Charset::Bytes(e) if e == GB18030 => Language::Chinese,
        Charset::EucTw => Language::Traditional,
        Charset::Bytes(e) if e == BIG5 => Language::Traditional,
        Charset::Bytes(e) if e == EUC_KR => Language::Korean,
        Charset::Bytes(_) if Charset::EAST_ASIAN.contains(&charset) => Language::Japanese,
        Charset::Bytes(_) => Language::Alphabetic,
        _ => Language::Any,
    }
}

/// What it costs to read lines in a charset; where that is more than `enough`, at least so much.
pub(super) fn cost(charset: Charset, lines: &[&[u8]], enough: u32) -> u32 {
    let reading = Reading::of(charset);
    let one = |line: &[u8]| match reading {
        Some(reading) => reading.cost(line),
        None => utf8_cost(Costs::of(language(charset)), line),
    };
    let Some((first, rest)) = lines.split_first() else { return 0 };
    // The first line may begin within a character.
    let head = &first[..first.len().min(64)];
    let is_multi = reading.is_some_and(|reading| reading.table.is_multi());
    let is_cut = is_multi && head.len() > 1 && one(&head[1..]) + CUT < one(head);
    let mut sum = if is_cut { one(&first[1..]).saturating_add(CUT) } else { one(first) };
    for line in rest {
        if sum > enough {
            break;
        }
        sum = sum.saturating_add(one(line));
    }
    sum
}

/// Whether a line looks so much better without its first byte that this must be the end of a character cut off,
/// though the line has no fault with it either.
pub(crate) fn begins_within(charset: Charset, line: &[u8], told: bool) -> bool {
    let Some(reading) = Reading::of(charset) else { return false };
    let table = reading.table;
    let head = &line[..line.len().min(256)];
    if head.len() < 2 || head[0] < 0x80 {
        return false;
    }
    // Who says the encoding may have rare characters in mind.
    let price = if told { 4 * CUT } else { CUT };
    let (cut, whole) = (reading.cost(&head[1..]) + price, reading.cost(head));
    // No need to look at the end where that cannot decide.
    if cut >= whole + CUT {
        return false;
    }
    let (short_cut, short) = (ends_short(table, &head[1..]), ends_short(table, head));
    // Cut at both ends, and sound as it stands: that is too much to suppose.
    let price = |short| if short { CUT } else { 0 };
    !(head.len() == line.len() && short_cut && !short) && cut + price(short_cut) < whole + price(short)
}

/// Whether the bytes end within a character.
fn ends_short(table: &Table, mut bytes: &[u8]) -> bool {
    loop {
        match table.step(bytes) {
            Step::Short => return !bytes.is_empty(),
            step => bytes = &bytes[step.length(bytes)..],
        }
    }
}

/// What it costs to take the first byte for the end of a character that was cut.
pub(super) const CUT: u32 = 40;

/// What it costs that an ideograph stands in the middle of a Latin word, as it would seem to where a letter
/// with an accent is half of it.
const BESIDE_LATIN: u32 = 8;

/// What decides how a character goes with its neighbours.
#[derive(Clone, Copy, PartialEq)]
enum Kin {
    Small,
    Capital,
    Ideograph,
    /// Beyond ASCII and no letter.
    Sign,
    Other,
}

impl Kin {
    fn of(table: &Table, bytes: &[u8]) -> Kin {
        match bytes.first() {
            Some(b'a'..=b'z') => Kin::Small,
            Some(b'A'..=b'Z') => Kin::Capital,
            Some(0x80..) if table.is_multi() => Kin::Ideograph,
            Some(0x80..) => match table.step(bytes) {
                Step::One(c, _) if c.is_uppercase() => Kin::Capital,
                Step::One(c, _) if c.is_alphabetic() => Kin::Small,
                _ => Kin::Sign,
            },
            _ => Kin::Other,
        }
    }
}

fn utf8_cost(costs: &Costs, bytes: &[u8]) -> u32 {
    // The first character may have lost its lead byte.
    let cut = bytes.iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let mut sum = if cut > 0 { CUT } else { 0 };
    let bytes = &bytes[cut..];
    for chunk in bytes.utf8_chunks() {
        sum = chunk.valid().chars().fold(sum, |sum, c| sum.saturating_add(costs.cost(c)));
        sum = sum.saturating_add(if chunk.invalid().is_empty() { 0 } else { BROKEN });
    }
    sum
}
