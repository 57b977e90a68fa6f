//! A sound pdf around what is not: the content of a page, a font's map to Unicode and its dictionary. Nothing is
//! compressed and every length is right, so that what is fuzzed is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen::{Format, Options, convert};
use qingwen_fuzz::pdf;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: Some(Format::Pdf), ..Options::default() };
    let _ = convert(&pdf(bytes), &options);
});
