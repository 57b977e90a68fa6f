use super::typeset::{Typeset, prose, shown};
use crate::page::Page;

/// A page of lines of so many ideographs each, with numbers from `first` on in the margin of every `step`-th.
fn page(number: u32, first: u32, step: u32, lengths: &[usize]) -> Page {
    let mut set = Typeset::new();
    for (line, &length) in (0..).zip(lengths) {
        let y = 100.0 + 15.0 * line as f32;
        set.set(70.0, y, &prose(length));
        let count = first + line;
        if count.is_multiple_of(step) {
            set.size = 7.0;
            set.set(if count < 10 { 48.5 } else { 45.0 }, y, &count.to_string());
            set.size = 10.0;
        }
    }
    set.page.number = number;
    set.page
}

#[test]
fn a_short_last_page_counts_on() {
    let (got, log) = shown(vec![page(1, 1, 1, &[40; 20]), page(2, 21, 1, &[40, 12])]);
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
    assert_eq!(log, ["page 1: pdf-line-number: lost: 1 to 20", "page 2: pdf-line-number: lost: 21 to 22"]);
    // Nothing else counts on there.
    let (got, log) = shown(vec![page(1, 1, 1, &[40; 20]), page(2, 31, 1, &[40, 12])]);
    assert!(got.contains("31") && got.contains("32"), "{got}");
    assert_eq!(log, ["page 1: pdf-line-number: lost: 1 to 20"]);
}

#[test]
fn every_fifth_line_may_have_a_number() {
    let pages = |count: u32| (0..count).map(|n| page(n + 1, 1 + 18 * n, 5, &[40; 18])).collect();
    let (got, log) = shown(pages(3));
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
    let lost = |page, numbers| format!("page {page}: pdf-line-number: lost: {numbers}");
    assert_eq!(log, [lost(1, "5 to 15"), lost(2, "20 to 35"), lost(3, "40 to 50")]);
    // One page with three numbers does not tell.
    let (got, log) = shown(pages(1));
    assert!(got.contains("15"), "{got}");
    assert_eq!(log, [""; 0]);
}

#[test]
fn short_lines_are_numbered_where_the_numbers_begin_anew_on_every_page() {
    let lines: Vec<usize> = (0..12).map(|line| 3 + line % 5 * 2).collect();
    let (got, log) = shown((1..=3).map(|number| page(number, 1, 1, &lines)).collect());
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
    assert_eq!(log.len(), 3, "{log:?}");
    // What counts on over pages of short lines is a list.
    let (got, log) = shown((0..3).map(|number| page(number + 1, 1 + 12 * number, 1, &lines)).collect());
    assert!(got.contains("36"), "{got}");
    assert_eq!(log, [""; 0]);
}

#[test]
fn an_empty_line_has_its_number_too() {
    let mut lengths = [40; 20];
    (lengths[4], lengths[9], lengths[10]) = (0, 0, 0);
    let (got, log) = shown(vec![page(1, 1, 1, &lengths)]);
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
    assert_eq!(log, ["page 1: pdf-line-number: lost: 1 to 20"]);
}

#[test]
fn numbers_within_the_text_stay() {
    // A program of full lines, set in.
    let mut page = Typeset::new();
    for line in 0..24 {
        let y = 100.0 + 15.0 * line as f32;
        if line % 8 > 5 {
            page.set(40.0, y, &prose(40));
        } else {
            page.set(48.0, y, &(line + 10).to_string());
            page.set(70.0, y, &prose(36));
        }
    }
    let (got, log) = shown(vec![page.page]);
    assert!(got.contains("10") && got.contains("31"), "{got}");
    assert_eq!(log, [""; 0]);
}

#[test]
fn numbers_of_verses_and_of_rows_stay() {
    // Verses of one to three lines, each with its number.
    let mut set = Typeset::new();
    let mut y = 100.0;
    for verse in 1..=12 {
        set.set(48.0, y, &verse.to_string());
        for _ in 0..=verse % 3 {
            set.set(70.0, y, &prose(40));
            y += 15.0;
        }
    }
    // A table without rules, its rows numbered anew on every page.
    let table = |number| {
        let mut set = Typeset::new();
        for row in 0..12 {
            let y = 100.0 + 15.0 * row as f32;
            for (x, text) in
                [(48.0, (row + 1).to_string()), (70.0, prose(4)), (200.0, prose(6)), (330.0, prose(3))]
            {
                set.set(x, y, &text);
            }
        }
        set.page.number = number;
        set.page
    };
    for pages in [vec![set.page], (1..=4).map(table).collect()] {
        let (got, log) = shown(pages);
        assert!(got.contains("12"), "{got}");
        assert_eq!(log, [""; 0]);
    }
}

/// Twelve lines of so many ideographs each, with numbers from 6 on set flush right.
fn numbered(length: impl Fn(usize) -> usize) -> Typeset {
    let mut set = Typeset::new();
    for line in 0..12 {
        let y = 100.0 + 15.0 * line as f32;
        set.set(70.0, y, &prose(length(line)));
        set.set(if line < 4 { 45.0 } else { 40.0 }, y, &(line + 6).to_string());
    }
    set
}

#[test]
fn numbers_of_lines_in_the_margin_are_left_out_and_reported() {
    let (got, log) = shown(vec![numbered(|_| 40).page]);
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
    assert_eq!(log, ["page 1: pdf-line-number: lost: 6 to 17"]);
}

#[test]
fn numbers_of_short_items_are_not_those_of_lines() {
    let mut set = numbered(|line| 3 + line % 5 * 2);
    set.set(70.0, 400.0, &prose(40));
    let (got, log) = shown(vec![set.page]);
    assert!(got.contains("17"), "{got}");
    assert_eq!(log, [""; 0]);
}
