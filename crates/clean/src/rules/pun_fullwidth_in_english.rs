use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-fullwidth-in-english",
    doc: include_str!("pun_fullwidth_in_english.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::POINT.or(Classes::WIDE_COLON).or(Classes::WIDE_PAREN), apply),
};

/// With fewer words than this, a line may be a label in Chinese text.
const FEWEST: usize = 3;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if line.has(Classes::HAN) || text.split_whitespace().filter(|word| is_word(word)).count() < FEWEST {
        return;
    }
    for (at, c) in text.char_indices() {
        let with = match c {
            '，' => ", ",
            '。' => ". ",
            '；' => "; ",
            '：' => ": ",
            '？' => "? ",
            '！' => "! ",
            '（' => " (",
            '）' => ") ",
            _ => continue,
        };
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        // No second space, none at an edge, and none between two marks.
        let left = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && c != '）');
        let right = after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric() && c != '（');
        let with = if left { with.trim_start() } else { with };
        edits.replace(at..at + c.len_utf8(), if right { with.trim_end() } else { with });
    }
}

/// Whether a piece between spaces has at least two Latin letters.
fn is_word(piece: &str) -> bool {
    piece.chars().filter(char::is_ascii_alphabetic).count() >= 2
}
