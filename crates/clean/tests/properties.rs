//! What holds for any text: generated lines of Chinese, Latin and punctuation in any order.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that meets the unexpected should fail at once"
)]

use proptest::prelude::*;
use qingwen_clean::{CleanOptions, Profile, clean};
use qingwen_model::{Block, Diagnostic, Document, Kind, Mark, Shape};
use std::collections::BTreeMap;

fn document(lines: &[String]) -> Document {
    let mut document = Document::default();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mark = Mark::Line(index as u32 + 1);
        document.blocks.push(Block::paragraph(line.as_str()).at(mark).looking(Shape::default()));
    }
    document
}

/// All text of a document, one line for each block that has any.
fn text(document: &Document) -> String {
    let mut out = String::new();
    document.visit(&mut |block| {
        if let Some(text) = block.text() {
            out.push_str(text.as_str());
            out.push('\n');
        }
    });
    out
}

/// How often each letter, digit and ideograph occurs.
fn count(text: &str, into: &mut BTreeMap<char, i64>, weight: i64) {
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *into.entry(c).or_default() += weight;
    }
}

fn run(lines: &[String], profile: Profile) -> (Document, Vec<Diagnostic>) {
    let options = CleanOptions { profile, ..CleanOptions::default() };
    let done = clean(document(lines), &options);
    (done.value, done.diagnostics)
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        6 => "[水库大坝汛期巡查责任人报告年月日第章条一二三]{1,8}",
        3 => "[，。、；：？！（）“”《》—…·]{1,2}",
        4 => "[,;:?!().\"<>\\-]{1,3}",
        3 => "[0-9]{1,4}",
        2 => "[a-zA-Z]{1,6}",
        3 => "[ \u{3000}\t\u{a0}]{1,3}",
        1 => "[\u{feff}\u{200b}\u{ad}％．－／０-９Ａ-Ｃ⽔︵︶〜•⋯]{1,2}",
        1 => Just("https://example.org/a,b".to_owned()),
        1 => Just("`代码,`".to_owned()),
    ];
    let line = proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    proptest::collection::vec(line, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_digit_or_ideograph_goes_or_comes_without_an_entry_in_the_ledger(lines in lines()) {
        for profile in Profile::ALL {
            let (cleaned, diagnostics) = run(&lines, profile);
            let mut balance = BTreeMap::new();
            lines.iter().for_each(|line| count(line, &mut balance, -1));
            count(&text(&cleaned), &mut balance, 1);
            for diagnostic in &diagnostics {
                if let Kind::Changed { before, after } = &diagnostic.kind {
                    count(before, &mut balance, 1);
                    count(after, &mut balance, -1);
                }
            }
            balance.retain(|_, n| *n != 0);
            prop_assert!(balance.is_empty(), "{profile}: {balance:?}\n{lines:?}\n{}", text(&cleaned));
        }
    }

    #[test]
    fn faithful_changes_no_visible_character(lines in lines()) {
        let (cleaned, _) = run(&lines, Profile::Faithful);
        let visible = |text: &str| -> String {
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}')).collect()
        };
        // A radical is damage and is repaired, but not in a row of a table.
        let repaired = |text: &str| visible(text).replace('⽔', "水");
        prop_assert_eq!(repaired(&text(&cleaned)), repaired(&lines.concat()));
    }

    #[test]
    fn every_change_names_a_place_that_the_source_has(lines in lines()) {
        let (_, diagnostics) = run(&lines, Profile::Default);
        for diagnostic in diagnostics.iter().filter(|d| matches!(d.kind, Kind::Changed { .. })) {
            let Mark::Line(line) = diagnostic.mark else { panic!("no line: {diagnostic}") };
            let length = lines[line as usize - 1].chars().count();
            prop_assert!(diagnostic.column as usize <= length + 1, "{diagnostic} column {}", diagnostic.column);
        }
    }

    #[test]
    fn text_without_chinese_keeps_its_characters(words in proptest::collection::vec("[A-Za-z]{1,8}|[0-9]{1,3}|[,.;:!?()\"-]", 1..20)) {
        let line = words.join(" ");
        let (cleaned, _) = run(std::slice::from_ref(&line), Profile::Default);
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(visible(&text(&cleaned)), visible(&line));
    }

    #[test]
    fn cleaning_the_texts_twice_is_cleaning_them_once(lines in lines()) {
        // Joining lines and finding structure look at looks, which a second reading does not have.
        let moves = qingwen_clean::rules().filter(|rule| !matches!(rule.action, qingwen_clean::Action::Text(..)));
        let disable: Vec<String> = moves.map(|rule| rule.id.to_owned()).collect();
        for profile in Profile::ALL {
            let options = CleanOptions { profile, disable: disable.clone(), ..CleanOptions::default() };
            let once = clean(document(&lines), &options).value;
            let twice = clean(once.clone(), &options).value;
            prop_assert_eq!(text(&twice), text(&once), "{}: {:?}", profile, &lines);
        }
    }
}

#[test]
fn hostile_lines_take_linear_time() {
    let lines = [
        "(".repeat(1_000_000),
        "(水".repeat(300_000) + &")".repeat(300_000),
        "《<水".repeat(200_000),
        "[](".repeat(300_000),
        "`".repeat(1_000_000) + "水",
        "水, ".repeat(300_000),
        "<<水".repeat(300_000),
        "\"水".repeat(300_001),
        "[bookmark:".repeat(100_000),
        "HYPERLINK ".repeat(100_000),
        "水 ".repeat(300_000),
        "&#1".repeat(300_000),
        "http://".repeat(200_000),
        "水库".repeat(1_000_000),
        "“水".repeat(300_000) + &"”".repeat(300_000),
        "\u{200d}".repeat(500_000) + "水",
        "水:(".repeat(300_000),
        " ".repeat(500_000) + &"-水".repeat(300_000),
        "水...1".repeat(300_000) + &" ".repeat(500_000),
        "#".repeat(500_000) + &" “水”".repeat(200_000),
        "a".repeat(500_000) + &"）".repeat(300_000) + "“水",
        " ".repeat(1_000_000) + "水",
        ",".repeat(1_000_000) + "水",
    ];
    for line in lines {
        let start = std::time::Instant::now();
        let (cleaned, _) = run(std::slice::from_ref(&line), Profile::Publish);
        assert!(!cleaned.blocks.is_empty());
        assert!(
            start.elapsed().as_secs() < 20,
            "{:?} took {:?}",
            line.chars().take(12).collect::<String>(),
            start.elapsed()
        );
    }
}
