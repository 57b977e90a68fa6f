use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule, chars, scan};

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
    if !scan::may_repeat(text.as_bytes(), is_slip) {
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
    !same && (!word.chars().any(numeral) || WHOLE.contains(&word)) && !DOUBLED.contains(&word)
}

/// Words that count nothing, though they have a numeral.
const WHOLE: [&str; 3] = ["进一步", "统一", "一律"];

/// Words of two characters that are said twice for emphasis or lightly.
const DOUBLED: [&str; 20] = [
    "研究", "考虑", "商量", "讨论", "学习", "休息", "打扫", "了解", "非常", "许多", "很多", "特别", "永远",
    "真的", "不断", "慢慢", "好好", "看看", "彼此", "各种",
];
