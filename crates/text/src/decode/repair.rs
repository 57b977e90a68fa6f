//! Lines in which something is wrong: a byte too many or too few, or an encoding that is not that of the rest.
//!
//! Such a line is read in the way that costs least, where every character costs what it costs in its language,
//! a byte that is passed over a lot, and going from one encoding to another something. So the reading that
//! falls into step again after a stray byte wins over the one that stays out of step.

use super::Output;
use crate::charset::Charset;
use crate::detect::language;
use crate::frequency::{BROKEN, Costs};
use crate::table::{Step, Table};

/// What it costs to go from one encoding to another, in half bits.
const SWITCH: u32 = 60;
/// What it costs to pass over bytes at the start or the end of a line, where characters are cut.
const EDGE: u32 = 50;
/// What one more byte costs that is passed over beside another.
const MORE: u32 = 40;

/// One of the encodings a line may be in.
struct Reading {
    charset: Charset,
    table: Option<&'static Table>,
    costs: &'static Costs,
}

impl Reading {
    fn of(charset: Charset) -> Self {
        Reading { charset, table: Table::of(charset), costs: Costs::of(language(charset)) }
    }

    fn step(&self, bytes: &[u8]) -> Step {
        match self.table {
            Some(table) => table.step(bytes),
            None => utf8_step(bytes),
        }
    }
}

/// The way on from a place.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    /// Which reading goes on.
    reading: u8,
    /// Bytes that are passed over here.
    skips: usize,
}

/// Reads a line in one encoding or two, adds it to the output, and says how many bytes were read: all, unless
/// the line is not `complete` and ends within a character.
pub(super) fn line(
    line: &[u8],
    charset: Charset,
    other: Option<Charset>,
    complete: bool,
    offset: u64,
    output: &mut Output,
) -> usize {
    let readings: Vec<Reading> = [Some(charset), other].into_iter().flatten().map(Reading::of).collect();
    let ways = ways(line, &readings, complete, offset == 0);
    let (mut at, mut reading) = (0, 0);
    let mut foreign = false;
    let mut skipped = 0;
    while at < line.len() {
        let way = ways[at * readings.len() + usize::from(reading)];
        reading = way.reading;
        let now = &readings[usize::from(reading)];
        let step = now.step(&line[at..]);
        if way.skips > 0 && step == Step::Short && !complete {
            break;
        }
        if way.skips > 0 {
            at += way.skips;
            skipped += way.skips;
            continue;
        }
        output.fault(offset + (at - skipped) as u64, &line[at - skipped..at]);
        skipped = 0;
        if now.charset != charset && !foreign && line[at] >= 0x80 {
            foreign = true;
            output.mixed.push((output.text.len(), now.charset));
        }
        at += match step {
            Step::One(c, length) => {
                output.text.push(c);
                length
            }
            Step::Two(a, b) => {
                output.text.extend([a, b]);
                2
            }
            Step::Bad | Step::Short | Step::Unassigned(_) => 1,
        };
    }
    output.fault(offset + (at - skipped) as u64, &line[at - skipped..at]);
    at
}

/// The cheapest way on from every place in every reading, found from the end of the line backwards.
fn ways(line: &[u8], readings: &[Reading], complete: bool, first: bool) -> Vec<Way> {
    let count = readings.len();
    let end = Way { cost: 0, reading: 0, skips: 0 };
    let mut ways = vec![end; (line.len() + 1) * count];
    let edge = line.len() - line.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    for at in (0..line.len()).rev() {
        let mut here = [end; 2];
        for (index, reading) in readings.iter().enumerate() {
            let step = reading.step(&line[at..]);
            let after = |length: usize| &ways[(at + length) * count + index];
            let passed = |length: usize| {
                let next = after(length);
                let at_edge = at == 0 || at + length >= edge;
                let price = if next.skips > 0 {
                    MORE
                } else if at_edge {
                    // Within a text, the start of a line is hardly where it was cut.
                    EDGE + if at == 0 && !first { 20 } else { 0 }
                } else {
                    BROKEN
                };
                next.cost.saturating_add(price)
            };
            let read = match step {
                Step::One(c, length) => after(length).cost.saturating_add(reading.costs.cost(c)),
                Step::Two(a, b) => {
                    after(2).cost.saturating_add(reading.costs.cost(a) + reading.costs.cost(b))
                }
                _ => u32::MAX,
            };
            let mut way = Way { cost: read, reading: index as u8, skips: 0 };
            match step {
                Step::Short if !complete => way = Way { cost: 0, skips: 1, ..way },
                // The last character of the text, cut: all of it goes, the digits of GB 18030 too.
                Step::Short => way = Way { cost: passed(line.len() - at), skips: line.len() - at, ..way },
                // A sound pair without a meaning is no half character, wherever it stands.
                Step::Unassigned(length) => {
                    let edge = if at == 0 || at + length >= edge { BROKEN - EDGE } else { 0 };
                    way = Way { cost: passed(length).saturating_add(edge), skips: length, ..way };
                }
                _ => {}
            }
            // ASCII is never passed over.
            let cost = passed(1);
            if cost < way.cost && line[at] >= 0x80 || way.cost == u32::MAX {
                way = Way { cost, skips: 1, ..way };
            }
            here[index] = way;
        }
        for index in 0..count {
            let own = here[index];
            let best = here[..count].iter().min_by_key(|way| way.cost).copied().unwrap_or(own);
            let changed = best.cost.saturating_add(SWITCH);
            ways[at * count + index] = if changed < own.cost { Way { cost: changed, ..best } } else { own };
        }
    }
    ways
}

/// What stands at the start of some bytes of UTF-8.
fn utf8_step(bytes: &[u8]) -> Step {
    let head = &bytes[..bytes.len().min(4)];
    let Some(&first) = head.first() else { return Step::Short };
    if first < 0x80 {
        return Step::One(char::from(first), 1);
    }
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Step::Bad,
    };
    match std::str::from_utf8(&head[..head.len().min(length)]) {
        Ok(text) => text.chars().next().map_or(Step::Bad, |c| Step::One(c, length)),
        Err(error) if error.error_len().is_none() => Step::Short,
        Err(_) => Step::Bad,
    }
}
