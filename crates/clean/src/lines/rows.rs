//! Which lines are rows of values, and never go on from the line above.

use super::physical::Physical;
use super::setting::{Lines, Setting, slack};
use super::small::wide_gaps;
use crate::chars::is_han;
use crate::{Classes, literal};

/// Whether a line is a row of a table: cells set apart by tabs or by wide gaps.
pub(super) fn is_row(line: &Physical<'_>) -> bool {
    line.has_tab || literal::may_have_gaps(line.text, line.classes) && wide_gaps(line.text) >= 2
}

/// For each line, whether it stays a line whatever stands around it: as a row of comma-separated values, code or verse.
pub(super) fn kept(lines: &Lines<'_>, setting: &Setting) -> Vec<bool> {
    let mut kept = value_rows(lines, setting);
    let mut from = 0;
    // What stands together without a blank line between.
    let goes_on =
        |_: &Option<Physical<'_>>, next: &Option<Physical<'_>>| next.is_some_and(|next| next.shape.gap < 0.5);
    for block in lines.chunk_by(goes_on) {
        let texts = || block.iter().flatten().map(|line| line.text);
        // A page shows by other means what stands apart.
        let of_text = block.iter().all(|line| line.is_some_and(|line| line.shape.slack.is_none()));
        if of_text && (is_code(texts()) || is_verse(texts())) {
            kept.resize(lines.len(), false);
            kept[from..from + block.len()].fill(true);
        }
        from += block.len();
    }
    kept
}

/// Whether lines are those of a program: at least three, and two of three, have what prose has not.
fn is_code<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    const SIGNS: [&str; 11] = [" = ", " == ", " += ", " != ", "->", "=>", "::", "</", "):", ");", "#include"];
    let of_program = |text: &str| {
        if !may_be_of_program(text.as_bytes()) {
            return false;
        }
        text.ends_with(['{', '}', ';']) && !text.trim_end_matches(['}', ';']).ends_with(is_han)
            || SIGNS.iter().any(|sign| text.contains(sign))
            || text.starts_with("//")
            || calls(text)
    };
    let all = lines.clone().count();
    // As soon as too many are none, the rest is not looked at: most texts are prose.
    let most = all / 3;
    all >= 3 && lines.filter(|text| !of_program(text)).nth(most.min(all - 3)).is_none()
}

/// Whether a line has a byte that all signs of programs have one of, and Chinese prose hardly has.
fn may_be_of_program(bytes: &[u8]) -> bool {
    memchr::memchr3(b'=', b'<', b'>', bytes).is_some()
        || memchr::memchr3(b'(', b')', b':', bytes).is_some()
        || memchr::memchr3(b'{', b'}', b';', bytes).is_some()
        || memchr::memchr2(b'#', b'/', bytes).is_some()
}

/// Whether a small letter or an underscore stands right before a bracket, as where a function is called: open(path).
fn calls(text: &str) -> bool {
    let before = |at: usize| at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    memchr::memchr_iter(b'(', text.as_bytes())
        .any(|at| before(at).is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'_'))
}

/// Whether lines are verse of Latin letters: at least four, each of which begins with a capital. Of wrapped prose few do.
fn is_verse<'a>(mut lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    let begins = |text: &str| {
        text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase())
    };
    lines.clone().nth(3).is_some() && lines.all(begins)
}

/// For each line, whether it is a row of comma-separated values; empty where no line has a comma. Lines in a row that
/// have equally many commas are such rows, unless they are wrapped prose: that fills all of its lines, and none has a
/// field without words.
fn value_rows(lines: &Lines<'_>, setting: &Setting) -> Vec<bool> {
    let has_commas = |line: &&Physical<'_>| line.classes.meet(Classes::COMMA);
    if !lines.iter().flatten().any(|line| has_commas(&line)) {
        return Vec::new();
    }
    let commas = |line: &Option<Physical<'_>>| {
        line.as_ref().filter(has_commas).map_or(0, |line| literal::commas(line.text))
    };
    let commas: Vec<usize> = lines.iter().map(commas).collect();
    if !commas.iter().any(|count| *count >= 2) {
        return Vec::new();
    }
    let mut all = vec![false; lines.len()];
    let mut from = 0;
    for alike in commas.chunk_by(|a, b| a == b) {
        let run = &lines[from..from + alike.len()];
        let is_full = |line: &Physical<'_>| slack(line.shape, setting).is_some_and(|slack| slack < 2.0);
        let has_value = |line: &Physical<'_>| line.text.split(',').any(|field| !field.contains(is_han));
        let is_prose = || {
            let mut lines = run.iter().flatten();
            lines.clone().all(is_full) && !lines.all(has_value)
        };
        if run.len() > 1 && alike[0] >= 2 && !is_prose() {
            all[from..from + run.len()].fill(true);
        }
        from += run.len();
    }
    all
}
