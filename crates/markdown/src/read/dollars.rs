//! Amounts of money that a parser takes for formulas.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// How often to look again: each look may pair anew what the one before left alone.
const LOOKS: usize = 8;

/// The source with a backslash before every dollar sign that begins no formula, because the next one stands
/// before a digit and so ends none: `花费$3，共$5`.
pub(super) fn escaped(source: Cow<'_, str>, options: Options) -> Cow<'_, str> {
    let mut source = source;
    for _ in 0..LOOKS {
        if !ends_before_digit(&source) {
            break;
        }
        let places = places(&source, options);
        if places.is_empty() {
            break;
        }
        let mut out = String::with_capacity(source.len() + places.len());
        let mut from = 0;
        for place in places {
            out.extend([&source[from..place], "\\"]);
            from = place;
        }
        out.push_str(&source[from..]);
        source = out.into();
    }
    source
}

/// Whether any sign but the first stands before a digit.
fn ends_before_digit(source: &str) -> bool {
    source.split('$').skip(2).any(|after| after.starts_with(|c: char| c.is_ascii_digit()))
}

/// The signs that begin no formula though the parser thinks so, in order.
fn places(source: &str, options: Options) -> Vec<usize> {
    let before_digit = |at: usize| source.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    let mut places: Vec<usize> = Vec::new();
    let mut pictures = 0;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            // What a picture is called stays to the letter.
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::InlineMath(_) if pictures == 0 && before_digit(range.end - 1) => places.push(range.start),
            _ => {}
        }
    }
    places
}
