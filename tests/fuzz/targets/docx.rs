//! Bytes that may be a package.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen::{Format, Options, convert};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: Some(Format::Docx), ..Options::default() };
    let _ = convert(bytes, &options);
});
