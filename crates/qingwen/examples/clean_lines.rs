//! Cleans the field `text` of JSON lines: `clean_lines < corpus.jsonl > clean.jsonl`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example is a program")]

use qingwen::{Options, Profile, clean_record};
use std::io;

fn main() -> io::Result<()> {
    let mut options = Options::default();
    options.clean.profile = Profile::Faithful;
    for (number, line) in io::stdin().lines().enumerate() {
        let (line, mut out) = (line?, String::new());
        match clean_record(&line, "text", &options, &mut out) {
            Ok(_) => println!("{out}"),
            Err(error) => eprintln!("line {}: {error}", number + 1),
        }
    }
    Ok(())
}
