//! Prints the headings of a file and what was lost on the way: `headings 报告.docx`.

#![allow(clippy::print_stdout, reason = "an example is a program")]

use qingwen::model::{Body, Kind};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: headings FILE")?;
    let done = qingwen::convert(&std::fs::read(&path)?, &qingwen::Options::default())?;
    for block in &done.document.blocks {
        if let Body::Heading(level, text) = &block.body {
            println!("{}{} ({})", "  ".repeat(usize::from(*level) - 1), text.as_str(), block.mark);
        }
    }
    for lost in done.diagnostics.iter().filter(|diagnostic| matches!(diagnostic.kind, Kind::Lost(_))) {
        println!("{lost}");
    }
    Ok(())
}
