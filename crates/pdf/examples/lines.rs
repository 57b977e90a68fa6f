//! Prints what is read from a pdf, block by block, and then the diagnostics: `lines FILE`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to the terminal")]

use qingwen_pdf::{PdfOptions, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("which file?")?;
    let read = read(&std::fs::read(path)?, &PdfOptions::default())?;
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
