//! That work grows with the text and no faster: counted in bytes looked over, not in time.

use crate::{CleanOptions, Profile, clean};
use qingwen_model::{Block, Document, Mark, Shape};
use std::cell::Cell;

thread_local! {
    static LOOKED_OVER: Cell<usize> = const { Cell::new(0) };
}

/// Counts bytes that are looked over for their classes.
pub(crate) fn count(bytes: usize) {
    LOOKED_OVER.with(|all| all.set(all.get() + bytes));
}

/// Bytes looked over for each byte of a text while it is cleaned, rounded up.
fn work(text: &str) -> usize {
    let line = |(index, line): (usize, &str)| {
        Block::paragraph(line).at(Mark::Line(index as u32 + 1)).looking(Shape::default())
    };
    let document = Document { blocks: text.lines().enumerate().map(line).collect(), ..Document::default() };
    LOOKED_OVER.with(|all| all.set(0));
    let options = CleanOptions { profile: Profile::Publish, ..CleanOptions::default() };
    clean(document, &options);
    LOOKED_OVER.with(Cell::get).div_ceil(text.len())
}

#[test]
fn clean_text_is_looked_over_once() {
    let lines = "云河县坚持“预防为主”的方针，落实《条例》，整改隐患86处（其中省级15处）。\n".repeat(40);
    assert_eq!(work(&lines), 1);
}

#[test]
fn the_work_for_a_byte_does_not_grow_with_the_text() {
    let texts: [fn(usize) -> String; 10] = [
        |n| "水,库(大坝).\"汛期\" 2021 年".repeat(n),
        |n| "（水(".repeat(n),
        |n| "（水".repeat(n) + &")".repeat(n),
        |n| "“水".repeat(n) + &"”".repeat(n),
        |n| "\"水".repeat(n),
        |n| "水:(".repeat(n),
        |n| "水，，。。".repeat(n),
        |n| "水库\n".repeat(n),
        |n| " ".repeat(n) + "水",
        |n| ",".repeat(n) + "水",
    ];
    for make in texts {
        let (short, long) = (make(1_000), make(16_000));
        let (few, many) = (work(&short), work(&long));
        assert!(
            many <= few + few / 4 + 1,
            "{}: {few}, then {many}",
            short.chars().take(9).collect::<String>()
        );
        assert!(many < 80, "{}: {many}", short.chars().take(9).collect::<String>());
    }
}
