use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule, chars};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-duplicate-word",
    doc: include_str!("rpt_duplicate_word.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Check(Classes::HAN, look),
};

/// The longest word that is looked for.
const LONGEST: usize = 4;

fn look(line: &Line<'_>, findings: &mut Findings) {
    let text = line.text();
    if !may_repeat(text.as_bytes()) {
        return;
    }
    let mut last = ['\0'; LONGEST];
    // How many characters in a row equal the one so many places before.
    let mut runs = [0usize; LONGEST];
    for (at, c) in text.char_indices() {
        let han = chars::is_han(c);
        for (index, run) in runs.iter_mut().enumerate() {
            *run = if han && last[index] == c { *run + 1 } else { 0 };
            if *run == index + 1 {
                let end = at + c.len_utf8();
                let start = text[..end].char_indices().rev().nth(2 * *run - 1).map_or(at, |(start, _)| start);
                let word = &text[start..start + (end - start) / 2];
                if is_suspect(word) {
                    findings.push(start, format!("“{word}” stands twice in a row"));
                }
            }
        }
        last.rotate_right(1);
        last[0] = c;
    }
}

/// Bytes that are looked at together: five characters, and a few more so that eight can be taken at each.
const WINDOW: usize = 3 * (LONGEST + 1) + 5;

/// Whether a word may stand twice in a row; hardly any text in which none does passes for one. No character is
/// decoded.
fn may_repeat(bytes: &[u8]) -> bool {
    let body = bytes.len().saturating_sub(2 * WINDOW);
    // Behind the end there is nothing that equals what stands before it.
    let mut tail: [u8; 3 * WINDOW] = std::array::from_fn(|index| index as u8);
    let end = &bytes[body..];
    tail[..end.len()].copy_from_slice(end);
    may_repeat_within(bytes) || may_repeat_within(&tail)
}

/// Goes two characters at a time: of the first two characters of a longer word one is met, and that it returns two,
/// three or four characters on is rare enough to be looked at more closely.
fn may_repeat_within(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + WINDOW).and_then(|window| window.first_chunk::<WINDOW>()) {
        let eight = |from: usize| {
            window[from..].first_chunk().map_or(0, |eight: &[u8; 8]| u64::from_le_bytes(*eight))
        };
        // Marks return often and ideographs seldom.
        match (window[0], window[1]) {
            (0xe4..=0xe9, _) | (0xe3, 0x90..) | (0xef, 0xa4..=0xab) => {
                let (here, on, far) = (eight(0), eight(6), eight(12));
                let (next, behind) = (here >> 24, on >> 24);
                let differ = |one: u64, other: u64| (one ^ other) << 40 != 0;
                let twice = !differ(here, next) || !differ(next, on);
                if twice && (is_slip(&window[..3]) || is_slip(&window[3..6])) {
                    return true;
                }
                let returns = !(differ(here, on) & differ(here, behind) & differ(here, far));
                if returns && repeats(bytes, at) {
                    return true;
                }
                at += if matches!(window[3], 0xe3..=0xef) { 6 } else { 3 };
            }
            (0xe0..=0xef, _) => at += 3,
            // Ideographs of four bytes are too rare to be looked for so.
            (0xf0.., _) => return true,
            _ => at += 1,
        }
    }
    false
}

/// Whether a word of two to four characters that the byte at `at` is within, in its first two characters, stands
/// twice in a row.
fn repeats(bytes: &[u8], at: usize) -> bool {
    let twice = |start: usize, length: usize| {
        let word = bytes.get(start..start + length);
        word.is_some() && word == bytes.get(start + length..start + 2 * length)
    };
    (2..=LONGEST)
        .any(|word| [Some(at), at.checked_sub(3)].into_iter().flatten().any(|start| twice(start, 3 * word)))
}

/// Whether a single character is one that nobody doubles on purpose.
fn is_slip(character: &[u8]) -> bool {
    std::str::from_utf8(character).is_ok_and(is_suspect)
}

/// Whether a word that stands twice is a slip: most single characters and some words are doubled on purpose.
fn is_suspect(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let Some(second) = chars.next() else {
        return "的是和在与及对将把被由从向等".contains(first);
    };
    let numeral = |c: char| "〇零一二三四五六七八九十百千万亿两几某".contains(c);
    let same = chars.all(|c| c == first) && second == first;
    !same && !word.chars().any(numeral) && !DOUBLED.contains(&word)
}

/// Words of two characters that are said twice for emphasis or lightly.
const DOUBLED: [&str; 20] = [
    "研究", "考虑", "商量", "讨论", "学习", "休息", "打扫", "了解", "非常", "许多", "很多", "特别", "永远",
    "真的", "不断", "慢慢", "好好", "看看", "彼此", "各种",
];
