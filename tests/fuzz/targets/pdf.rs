//! Bytes that may be a pdf.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen::{Format, Options, convert};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: Some(Format::Pdf), ..Options::default() };
    let _ = convert(bytes, &options);
});
