//! Shows what the reader makes of a pdf before any rule: `pdf_blocks FILE` prints each block with how it looked,
//! then the diagnostics.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example is a program")]

use qingwen_pdf::{PdfOptions, read};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: pdf_blocks FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    match read(&bytes, &PdfOptions::default()) {
        Ok(done) => {
            for block in &done.value.blocks {
                match block.shape {
                    Some(s) => print!(
                        "{} {:?} indent {:.1} slack {:.1} gap {:.2} size {:.2}{} {:?} {:?} height {:.2} | {block}",
                        block.mark,
                        s.start,
                        s.indent,
                        s.slack.unwrap_or(f32::NAN),
                        s.gap,
                        s.size,
                        if s.bold { " bold" } else { "" },
                        s.face,
                        s.align,
                        s.height.unwrap_or(f32::NAN),
                    ),
                    None => print!("{} | {block}", block.mark),
                }
            }
            done.diagnostics.iter().for_each(|diagnostic| println!("{diagnostic}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
