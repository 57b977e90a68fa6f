//! Which encoding a text is in.
//!
//! What can be known is asked first: a byte order mark, escape sequences, UTF-8 without a fault. The rest is
//! weighed: each candidate reads a sample, and what it reads is paid for by how rare the characters are
//! ([`frequency`](crate::frequency)). The cheapest reading wins. Among encodings of one byte chardetng
//! chooses, and its choice is weighed against the others.

use crate::charset::{Charset, Escaped, Order};
use crate::frequency::{BROKEN, Costs, Language};
use crate::table::{Step, Table};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030};

/// What was decided, and how surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Decision {
    pub(crate) charset: Charset,
    /// The encoding that lines which do not fit may be in.
    pub(crate) other: Option<Charset>,
    /// Bytes of the byte order mark.
    pub(crate) bom: usize,
    /// Bytes before the first whole code unit, where the start was cut off.
    pub(crate) skip: usize,
    /// From 0 to 1.
    pub(crate) confidence: f32,
    /// What it would be otherwise.
    pub(crate) runner_up: Option<Charset>,
}

impl Decision {
    /// A decision that leaves no doubt.
    pub(crate) fn sure(charset: Charset) -> Self {
        Decision { charset, other: None, bom: 0, skip: 0, confidence: 1.0, runner_up: None }
    }
}

/// Decides on the beginning of a text, or on all of it where it is `complete`.
pub(crate) fn detect(bytes: &[u8], complete: bool) -> Decision {
    // U+FEFF and a NUL are not how UTF-16 begins, but how UTF-32 does without its first two bytes.
    let halved = bytes.starts_with(b"\xFE\xFF\0\0");
    if let Some((charset, bom)) = Charset::for_bom(bytes).filter(|_| !halved) {
        let other = (charset == Charset::Utf8).then(|| foreign(&bytes[bom..], complete)).flatten();
        return Decision { bom, other, ..Decision::sure(charset) };
    }
    if let Some(decision) = wide(bytes, complete) {
        return decision;
    }
    if let Some(escaped) = escapes(bytes) {
        return Decision::sure(Charset::Escaped(escaped));
    }
    let sound = simdutf8::basic::from_utf8(bytes).is_ok();
    let valid = if sound { bytes.len() } else { Encoding::utf8_valid_up_to(bytes) };
    if sound || !complete && bytes.len() - valid < 4 && is_cut(&bytes[valid..]) {
        let few = bytes.iter().filter(|b| **b >= 0x80).take(FEW).count();
        if few == 0 || few == FEW {
            return Decision::sure(Charset::Utf8);
        }
    }
    weigh(bytes, complete)
}

/// Bytes weighed at first: enough for running text in an encoding of its own.
const SMALL_SAMPLE: usize = 768;
/// Bytes weighed where those leave anything to ask.
const SAMPLE: usize = 3072;
/// Bytes weighed where the first do not decide.
const LARGE_SAMPLE: usize = 32 * 1024;
/// Bytes beyond ASCII that are valid as UTF-8 by accident: up to so many.
const FEW: usize = 16;

/// Whether these bytes begin a character of UTF-8.
fn is_cut(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// The encoding of the lines that are not UTF-8, where there are any and they are not UTF-8 either.
pub(crate) fn foreign(bytes: &[u8], complete: bool) -> Option<Charset> {
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return None;
    }
    let decision = weigh(bytes, complete);
    if decision.charset == Charset::Utf8 { decision.other } else { Some(decision.charset) }
}

/// Lines of a text that tell its encoding: those with bytes beyond ASCII.
struct Sample<'a> {
    /// Lines that are not UTF-8.
    lines: Vec<&'a [u8]>,
    /// Bytes beyond ASCII in lines that are UTF-8.
    utf8: usize,
    /// Bytes beyond ASCII in lines that are not.
    strange: usize,
}

impl<'a> Sample<'a> {
    /// From the first `limit` bytes of such lines, or all lines if none is left over otherwise.
    fn of(bytes: &'a [u8], complete: bool, limit: usize) -> Self {
        let mut sample = Sample { lines: Vec::new(), utf8: 0, strange: 0 };
        let (mut taken, mut looked) = (0, 0);
        let mut lines = bytes.split_inclusive(|b| *b == b'\n').peekable();
        while let Some(line) = lines.next() {
            looked += line.len();
            if line.is_ascii() {
                continue;
            }
            let line = &line[..line.len().min(limit)];
            let high = line.iter().filter(|b| **b >= 0x80).count();
            let open = lines.peek().is_none() && !complete || line.last() != Some(&b'\n');
            let valid = Encoding::utf8_valid_up_to(line);
            if valid == line.len() || open && valid > 0 && is_cut(&line[valid..]) {
                sample.utf8 += high;
            } else {
                sample.strange += high;
                sample.lines.push(line);
                taken += line.len();
            }
            if taken >= limit || looked >= 64 * limit {
                break;
            }
        }
        sample
    }
}

/// Weighs the readings of bytes that are not, or not surely, UTF-8.
fn weigh(bytes: &[u8], complete: bool) -> Decision {
    let mut sample = Sample::of(bytes, complete, SAMPLE);
    let short = sample.lines.is_empty();
    if short {
        // Valid UTF-8, but so few characters that it may be an accident.
        sample.lines = bytes.split_inclusive(|b| *b == b'\n').filter(|line| !line.is_ascii()).collect();
    }
    let first = Sample::of(bytes, complete, SMALL_SAMPLE);
    let ranking = (bytes.len() > SAMPLE && !short).then(|| candidates(&first.lines, false));
    let clear = ranking.filter(|ranking| is_clear(ranking, &first.lines));
    let mut ranking = clear.unwrap_or_else(|| rank(&sample.lines, short));
    if margin(&ranking) < DOUBT && bytes.len() > SAMPLE && !short {
        sample = Sample::of(bytes, complete, LARGE_SAMPLE);
        ranking = rank(&sample.lines, short);
    }
    let (charset, _) = ranking[0];
    let confidence = 1.0 - (-(margin(&ranking) as f32) / DOUBT as f32 * 3.0).exp2() / 2.0;
    let runner_up = ranking.get(1).map(|(charset, _)| *charset);
    let decision = Decision { confidence, runner_up, ..Decision::sure(charset) };
    if charset != Charset::Utf8 && sample.utf8 > sample.strange {
        return Decision { charset: Charset::Utf8, other: Some(charset), ..decision };
    }
    let other = if charset == Charset::Utf8 { legacy(&ranking) } else { Some(Charset::Utf8) };
    Decision { other, ..decision }
}

/// By how many half bits a decision must be ahead to be without doubt.
const DOUBT: u32 = 60;

fn margin(ranking: &[(Charset, u32)]) -> u32 {
    match ranking {
        [first, second, ..] => second.1.saturating_sub(first.1),
        _ => u32::MAX,
    }
}

/// The likeliest encoding of a ranking, UTF-8 left aside.
fn legacy(ranking: &[(Charset, u32)]) -> Option<Charset> {
    ranking.iter().map(|(charset, _)| *charset).find(|charset| *charset != Charset::Utf8)
}

/// The candidates, the cheapest first, and the encodings of one byte among them where they may matter.
fn rank(lines: &[&[u8]], short: bool) -> Vec<(Charset, u32)> {
    let mut ranking = candidates(lines, short);
    if !is_clear(&ranking, lines) {
        let charset = one_byte(lines);
        if let Some(charset) = charset {
            let enough = ranking[0].1.saturating_add(16 * DOUBT);
            ranking.push((charset, cost(charset, lines, enough)));
            ranking.sort_by_key(|(_, cost)| *cost);
            prefer_sound(&mut ranking, lines);
        }
    }
    ranking
}

/// UTF-8 and the encodings of more than one byte, the cheapest first.
fn candidates(lines: &[&[u8]], short: bool) -> Vec<(Charset, u32)> {
    // A reading much dearer than the best so far is not read to its end.
    let mut enough = u32::MAX;
    let mut ranking: Vec<(Charset, u32)> = Vec::with_capacity(8);
    for charset in Charset::EAST_ASIAN.into_iter().chain([Charset::Utf8]) {
        let bonus = if short && charset == Charset::Utf8 { 30 } else { 0 };
        let cost = (cost(charset, lines, enough) + rarity(charset)).saturating_sub(bonus);
        enough = enough.min(cost.saturating_add(16 * DOUBT));
        ranking.push((charset, cost));
    }
    ranking.sort_by_key(|(_, cost)| *cost);
    ranking
}

/// Where the characters of the first candidate are too odd for any language, as in a list of rare ideographs,
/// an encoding goes before it that reads a long stretch of pairs without a fault: that does not happen by
/// accident.
fn prefer_sound(ranking: &mut [(Charset, u32)], lines: &[&[u8]]) {
    let (count, sum) = letters(ranking[0].0, lines);
    let odd = if Charset::EAST_ASIAN.contains(&ranking[0].0) { 36 } else { 20 };
    if count < LONG || sum < count * odd {
        return;
    }
    let sound = |charset: Charset| {
        let Some(table) = Table::of(charset).filter(|table| table.is_multi()) else { return false };
        let mut steps = lines.iter().flat_map(|line| {
            let mut rest = *line;
            std::iter::from_fn(move || {
                let step = (!rest.is_empty()).then(|| table.step(rest))?;
                rest = &rest[step_length(step, rest)..];
                Some(step)
            })
        });
        steps.all(|step| step != Step::Bad)
    };
    // The last ones leave the fewest pairs of bytes without a meaning, and so prove the least.
    let strict = Charset::EAST_ASIAN.iter().rev().find(|charset| sound(**charset));
    if let Some(at) = strict.and_then(|charset| ranking.iter().position(|(c, _)| c == charset)) {
        ranking[..=at].rotate_right(1);
        ranking[0].1 = ranking[1].1;
    }
}

/// Letters from which on chance is no explanation.
const LONG: u32 = 512;

/// What it costs to suppose an encoding that is hardly met.
fn rarity(charset: Charset) -> u32 {
    if charset == Charset::EucTw { 24 } else { 0 }
}

/// Whether the first candidate reads common characters only, and no other comes near: then the encodings of
/// one byte, and the slow detector that knows them, need not be asked.
fn is_clear(ranking: &[(Charset, u32)], lines: &[&[u8]]) -> bool {
    let (count, sum) = letters(ranking[0].0, lines);
    // Running text takes nine or ten bits a character, a wrong reading twenty.
    count >= 32 && sum < count * 24 && margin(ranking) > 4 * DOUBT
}

/// How many characters beyond ASCII a charset reads, and what they cost together.
fn letters(charset: Charset, lines: &[&[u8]]) -> (u32, u32) {
    let Some(table) = Table::of(charset) else { return (0, 0) };
    let costs = Costs::of(language(charset));
    let (mut count, mut sum) = (0, 0);
    for line in lines {
        let mut rest = *line;
        while let Some(first) = rest.first() {
            let (cost, length) = step_cost(table, costs, rest);
            if *first >= 0x80 {
                (count, sum) = (count + 1, sum + cost);
            }
            rest = &rest[length..];
        }
    }
    (count, sum)
}

/// What chardetng makes of the lines, if that is an encoding of one byte.
fn one_byte(lines: &[&[u8]]) -> Option<Charset> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut left = SAMPLE;
    for line in lines {
        let line = &line[..line.len().min(left)];
        detector.feed(line, false);
        left -= line.len();
    }
    detector.feed(b"", true);
    let charset = Charset::of(detector.guess(None, Utf8Detection::Deny))?;
    (!Charset::EAST_ASIAN.contains(&charset)).then_some(charset)
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
fn cost(charset: Charset, lines: &[&[u8]], enough: u32) -> u32 {
    let costs = Costs::of(language(charset));
    let table = Table::of(charset);
    let one = |line: &[u8]| match table {
        Some(table) => bytes_cost(table, costs, line),
        None => utf8_cost(costs, line),
    };
    let Some((first, rest)) = lines.split_first() else { return 0 };
    // The first line may begin within a character.
    let head = &first[..first.len().min(64)];
    let is_cut = table.is_some_and(Table::is_multi) && head.len() > 1 && one(&head[1..]) + CUT < one(head);
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
    let Some(table) = Table::of(charset) else { return false };
    let costs = Costs::of(language(charset));
    let head = &line[..line.len().min(256)];
    // Cut at both ends, and sound as it stands: that is too much to suppose.
    if head.len() < 2 || head.len() == line.len() && ends_short(table, &head[1..]) && !ends_short(table, head)
    {
        return false;
    }
    let sound =
        |bytes: &[u8]| bytes_cost(table, costs, bytes) + if ends_short(table, bytes) { CUT } else { 0 };
    // Who says the encoding may have rare characters in mind.
    let price = if told { 4 * CUT } else { CUT };
    head[0] >= 0x80 && sound(&head[1..]) + price < sound(head)
}

/// Whether the bytes end within a character.
fn ends_short(table: &Table, mut bytes: &[u8]) -> bool {
    loop {
        match table.step(bytes) {
            Step::Short => return !bytes.is_empty(),
            step => bytes = &bytes[step_length(step, bytes)..],
        }
    }
}

/// What it costs to take the first byte for the end of a character that was cut.
const CUT: u32 = 40;

fn bytes_cost(table: &Table, costs: &Costs, mut bytes: &[u8]) -> u32 {
    let (mut sum, mut last) = (0u32, Kin::Other);
    while !bytes.is_empty() {
        let (cost, length) = step_cost(table, costs, bytes);
        let now = Kin::of(table, bytes);
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

/// What the first character costs, and its bytes.
fn step_cost(table: &Table, costs: &Costs, bytes: &[u8]) -> (u32, usize) {
    let step = table.step(bytes);
    let cost = match step {
        Step::One(c, _) => costs.cost(c),
        Step::Two(a, b) => costs.cost(a) + costs.cost(b),
        Step::Bad | Step::Unassigned(_) => BROKEN,
        // The sample may end within a character.
        Step::Short => 0,
    };
    (cost, step_length(step, bytes))
}

fn step_length(step: Step, bytes: &[u8]) -> usize {
    match step {
        Step::One(_, length) | Step::Unassigned(length) => length,
        Step::Two(..) => 2,
        Step::Bad => 1,
        Step::Short => bytes.len(),
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

/// UTF-16 and UTF-32 without a mark, whatever byte they begin at.
fn wide(bytes: &[u8], complete: bool) -> Option<Decision> {
    let total = complete.then_some(bytes.len());
    let zeros = bytes[..bytes.len().min(SAMPLE)].contains(&0);
    let telling = if zeros { telling(bytes) } else { &[] };
    let bytes = &bytes[..bytes.len().min(if zeros { SAMPLE } else { 512 })];
    // Nothing that is text as it stands is text in units of two bytes.
    let valid = Encoding::utf8_valid_up_to(bytes);
    let is_utf8 = valid == bytes.len() || bytes.len() == 512 && is_cut(&bytes[valid..]);
    if bytes.len() < 2 || !zeros && is_utf8 && is_printable(bytes) {
        return None;
    }
    let costs = Costs::of(Language::Any);
    // Nearly every UTF-16 text has spaces, digits or line ends, and so zeros.
    let rare = if zeros { 0 } else { 24 };
    let readings = [Order::Little, Order::Big].into_iter().flat_map(|order| {
        let two = (0..2).map(move |skip| (Charset::Utf16(order), 2, skip, rare));
        // A unit of four bytes has one zero at least.
        let four = (0..4).map(move |skip| (Charset::Utf32(order), 4, skip, 0));
        two.chain(four.filter(move |_| zeros))
    });
    let (cost, charset, skip, size) = readings
        .filter(|(_, size, skip, _)| bytes.len() >= skip + size)
        .map(|(charset, size, skip, more)| {
            let cost = |bytes: &[u8]| match charset {
                Charset::Utf16(order) => utf16_cost(costs, &bytes[skip.min(bytes.len())..], order),
                Charset::Utf32(order) => utf32_cost(costs, &bytes[skip.min(bytes.len())..], order),
                _ => u32::MAX,
            };
            let cost = cost(bytes).saturating_add(cost(telling));
            // A character cut at the start, and one cut at the end.
            let cuts = usize::from(skip > 0) + usize::from(total.is_some_and(|all| (all - skip) % size > 0));
            (cost.saturating_add(cuts as u32 * CUT + skip as u32 + more), charset, skip, size)
        })
        .min_by_key(|(cost, ..)| *cost)?;
    // Binary data reads as characters nobody uses.
    if cost > ((bytes.len() + telling.len()) / size) as u32 * 32 + rare {
        return None;
    }
    // What it would cost otherwise. A text without NUL needs more to be called UTF-16.
    let mut narrow = u32::MAX;
    for charset in Charset::EAST_ASIAN.into_iter().chain([Charset::Utf8]) {
        narrow = narrow.min(self::cost(charset, &[bytes], cost));
        if narrow <= cost {
            return None;
        }
    }
    let single = Table::of(one_byte(&[bytes]).unwrap_or(Charset::GB18030))?;
    let narrow =
        narrow.min(bytes_cost(single, Costs::of(language(Charset::Bytes(encoding_rs::WINDOWS_1252))), bytes));
    (cost < narrow).then(|| {
        let confidence = 1.0 - (-((narrow - cost) as f32) / DOUBT as f32 * 3.0).exp2() / 2.0;
        Decision { skip, confidence, ..Decision::sure(charset) }
    })
}

/// A stretch that tells the byte order of a text that begins with more ASCII than a sample holds: every unit
/// of ASCII has a zero, and cut within one, either order reads the same letters.
fn telling(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().min(SAMPLE);
    let head = bytes[..end].as_chunks::<4>().0;
    let used = head.iter().fold([0; 4], |used, unit| [0, 1, 2, 3].map(|column| used[column] | unit[column]));
    let is_new = |unit: &[u8; 4]| unit.iter().zip(&used).any(|(byte, used)| *used == 0 && *byte != 0);
    let first = bytes[end..].as_chunks::<4>().0.iter().position(is_new);
    let start = first.map_or(bytes.len(), |unit| end + unit * 4);
    &bytes[start..bytes.len().min(start + 256)]
}

fn is_printable(bytes: &[u8]) -> bool {
    !bytes.iter().any(|b| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
}

fn utf16_cost(costs: &Costs, bytes: &[u8], order: Order) -> u32 {
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| match order {
        Order::Little => u16::from_le_bytes(*unit),
        Order::Big => u16::from_be_bytes(*unit),
    });
    // A NUL in two bytes is no cheaper than two.
    let cost = |c| if c == '\0' { 2 * costs.cost(c) } else { costs.cost(c) };
    char::decode_utf16(units).map(|c| c.map_or(BROKEN, cost)).fold(0, u32::saturating_add)
}

fn utf32_cost(costs: &Costs, bytes: &[u8], order: Order) -> u32 {
    let (units, _) = bytes.as_chunks::<4>();
    let scalars = units.iter().map(|unit| match order {
        Order::Little => u32::from_le_bytes(*unit),
        Order::Big => u32::from_be_bytes(*unit),
    });
    // A NUL in four bytes is no cheaper than four.
    let cost = |c| if c == '\0' { 4 * costs.cost(c) } else { costs.cost(c) };
    scalars.map(|scalar| char::from_u32(scalar).map_or(2 * BROKEN, cost)).fold(0, u32::saturating_add)
}

/// The escape sequences of a text of seven bits.
fn escapes(bytes: &[u8]) -> Option<Escaped> {
    if !bytes.is_ascii() {
        return None;
    }
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    if memchr::memchr(0x1B, bytes).is_some() {
        if has(b"\x1B$)C") {
            return Some(Escaped::Iso2022Kr);
        }
        if has(b"\x1B$)A") || has(b"\x1B$)G") || has(b"\x1B$*H") {
            return Some(Escaped::Iso2022Cn);
        }
        if [b"\x1B$B".as_slice(), b"\x1B$@", b"\x1B$A", b"\x1B(J", b"\x1B(I", b"\x1B$("]
            .iter()
            .any(|e| has(e))
        {
            return Some(Escaped::Iso2022Jp);
        }
    }
    is_hz(bytes).then_some(Escaped::Hz)
}

/// Whether every `~{` is followed by pairs of bytes of GB 2312 up to `~}` or the end of the line. The first
/// `~{` may be cut off.
fn is_hz(bytes: &[u8]) -> bool {
    let mut found = false;
    for start in memchr::memmem::find_iter(bytes, b"~{") {
        let rest = &bytes[start + 2..];
        let end = rest.iter().position(|b| matches!(b, b'~' | b'\n')).unwrap_or(rest.len());
        let pairs = rest[..end].as_chunks::<2>().0;
        let good = pairs.iter().all(|[a, b]| matches!(a, 0x21..=0x77) && matches!(b, 0x21..=0x7E));
        if !good || pairs.is_empty() && !rest.is_empty() {
            return false;
        }
        found |= !pairs.is_empty();
    }
    found || memchr::memmem::find(bytes, b"~}").is_some_and(|end| is_chinese_of_hz(&bytes[..end]))
}

/// Whether the bytes are pairs of GB 2312 that are read as Chinese, the first byte perhaps left aside.
fn is_chinese_of_hz(bytes: &[u8]) -> bool {
    let bytes = &bytes[bytes.len() % 2..];
    let high: Vec<u8> = bytes.iter().map(|byte| byte | 0x80).collect();
    let plain = bytes.iter().all(|byte| matches!(byte, 0x21..=0x7E));
    let charset = Charset::GB18030;
    // As ASCII, a pair would cost at least as much, and the shift back means something.
    plain && bytes.len() >= 4 && cost(charset, &[&high], u32::MAX) < high.len() as u32 * 12
}
