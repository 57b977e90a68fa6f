//! Cuts a file into pieces for retrieval and says where each is from: `chunks 条例.docx`.

#![allow(clippy::print_stdout, reason = "an example is a program")]

use qingwen::{ChunkOptions, Options, convert};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: chunks FILE")?;
    let done = convert(&std::fs::read(&path)?, &Options::default())?;
    for chunk in done.chunks(&ChunkOptions { min: 200, max: 800 }) {
        println!("{} | {} | {}", chunk.first, chunk.headings.join(" / "), chunk.labels.join(" "));
    }
    Ok(())
}
