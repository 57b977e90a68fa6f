//! Bytes that may be text: decoding and lines; whole and in pieces must say the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen_text::{TextOptions, read};

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, &TextOptions::default());
});
