//! A sound package around parts that are not: bit flips in a zip hardly ever reach the XML. The input is the parts one
//! after another, each begun by a line `== name` (see `parts.rs`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen::{Format, Options, convert};
use qingwen_fuzz::package;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: Some(Format::Docx), ..Options::default() };
    let _ = convert(&package(bytes), &options);
});
