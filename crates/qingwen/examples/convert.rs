//! Converts one file, as the README shows it: `convert 报告.docx > 报告.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example is a program")]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: convert FILE")?;
    let bytes = std::fs::read(&path)?;
    let done = qingwen::convert(&bytes, &qingwen::Options::default())?;
    print!("{}", done.markdown);
    for diagnostic in &done.diagnostics {
        eprintln!("{path}: {diagnostic}");
    }
    Ok(())
}
