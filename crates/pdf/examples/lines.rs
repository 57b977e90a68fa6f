//! Prints what is read from a pdf, block by block, and then the diagnostics: `lines FILE`. With `--characters`
//! before the file, the bare characters in the order they were painted.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to the terminal")]

use qingwen_pdf::{PdfOptions, characters, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let path = arguments.pop().ok_or("which file?")?;
    let bytes = std::fs::read(path)?;
    if arguments.iter().any(|argument| argument == "--characters") {
        print!("{}", characters(&bytes, &PdfOptions::default())?);
        return Ok(());
    }
    let read = read(&bytes, &PdfOptions::default())?;
    read.value.visit(&mut |block| {
        if let Some(text) = block.text() {
            println!("{}", text.as_str());
        }
    });
    for diagnostic in &read.diagnostics {
        eprintln!("{diagnostic}");
    }
    Ok(())
}
