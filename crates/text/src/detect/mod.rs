//! Which encoding a text is in.
//!
//! What can be known is asked first: a byte order mark, escape sequences, UTF-8 without a fault. The rest is
//! weighed: each candidate reads a sample, and what it reads is paid for by how rare the characters are
//! ([`frequency`](crate::frequency)). The cheapest reading wins. Among encodings of one byte chardetng
//! chooses, and its choice is weighed against the others.

mod cost;
mod escapes;
mod wide;

pub(crate) use cost::{begins_within, language};

use crate::charset::Charset;
use crate::decode::{line_at, utf8_line};
use crate::table::{Step, Table};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use cost::{cost, letters};
use encoding_rs::Encoding;

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
///
/// `sound` says whether the bytes are [`utf8`].
pub(crate) fn detect(bytes: &[u8], complete: bool, sound: bool) -> Decision {
    // U+FEFF and a NUL are not how UTF-16 begins, but how UTF-32 does without its first two bytes.
    let halved = bytes.starts_with(b"\xFE\xFF\0\0");
    if let Some((charset, bom)) = Charset::for_bom(bytes).filter(|_| !halved) {
        let other = (charset == Charset::Utf8).then(|| foreign(&bytes[bom..], complete)).flatten();
        return Decision { bom, other, ..Decision::sure(charset) };
    }
    if let Some(charset) = if sound { None } else { plain_chinese(bytes) } {
        return Decision { other: Some(Charset::Utf8), ..Decision::sure(charset) };
    }
    if let Some(decision) = wide::detect(bytes, complete, sound) {
        return decision;
    }
    if let Some(escaped) = escapes::detect(bytes) {
        return Decision::sure(Charset::Escaped(escaped));
    }
    let valid = if sound { bytes.len() } else { Encoding::utf8_valid_up_to(bytes) };
    if sound || !complete && bytes.len() - valid < 4 && is_cut(&bytes[valid..]) {
        let few = bytes.iter().filter(|b| **b >= 0x80).take(FEW).count();
        if few == 0 || few == FEW {
            return Decision::sure(Charset::Utf8);
        }
    }
    weigh(bytes, complete)
}

/// The bytes as text, if they are UTF-8 from first to last.
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    // The fast way reads on after a fault.
    let start = std::str::from_utf8(&bytes[..bytes.len().min(64)]);
    if start.is_err_and(|error| error.error_len().is_some()) {
        return None;
    }
    simdutf8::basic::from_utf8(bytes).ok()
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
        while looked < bytes.len() {
            let line = line_at(&bytes[looked..]);
            looked += line.len();
            if line.is_ascii() {
                continue;
            }
            let line = &line[..line.len().min(limit)];
            let high = line.iter().filter(|b| **b >= 0x80).count();
            let open = looked == bytes.len() && !complete || line.last() != Some(&b'\n');
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

    /// The first `limit` bytes of the lines, and what more the last of them has.
    fn first(&self, limit: usize) -> Vec<&'a [u8]> {
        let mut taken = 0;
        let is_within = |line: &&[u8]| {
            let within = taken < limit;
            taken += line.len();
            within
        };
        self.lines.iter().map(|line| &line[..line.len().min(limit)]).take_while(is_within).collect()
    }
}

/// The encoding in which the beginning of a text is Chinese of characters so common that nothing else need be asked:
/// running text, most of all that is read. By accident a stretch of this length costs twice as much.
fn plain_chinese(bytes: &[u8]) -> Option<Charset> {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    if memchr::memchr(0, head).is_some() || utf8_line(head).is_some() {
        return None;
    }
    let sample = Sample::of(head, false, SMALL_SAMPLE).lines;
    [Charset::GB18030, Charset::BIG5].into_iter().find(|charset| {
        let (count, sum) = letters(*charset, &sample);
        count >= 128 && sum < count * 22
    })
}

/// Weighs the readings of bytes that are not, or not surely, UTF-8.
fn weigh(bytes: &[u8], complete: bool) -> Decision {
    let mut sample = Sample::of(bytes, complete, SAMPLE);
    let short = sample.lines.is_empty();
    if short {
        // Valid UTF-8, but so few characters that it may be an accident.
        sample.lines = bytes.split_inclusive(|b| *b == b'\n').filter(|line| !line.is_ascii()).collect();
    }
    let first = sample.first(SMALL_SAMPLE);
    let ranking = (bytes.len() > SAMPLE && !short).then(|| candidates(&first, false));
    let clear = ranking.filter(|ranking| is_clear(ranking, &first));
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
                rest = &rest[step.length(rest)..];
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
