//! Prints the paragraphs of docx files with the numbers printed before them: `labels FILE…`. A line a paragraph,
//! number, tab, text; a sign is `•`. A line `= FILE` comes before those of each file. `tests/measure/numbering.py`
//! compares them with what another program prints.
#![allow(clippy::print_stdout, reason = "the purpose of an example")]

use qingwen_docx::{DocxOptions, read};
use qingwen_model::{Block, Body};

fn show(block: &Block, sign: bool) {
    match &block.body {
        Body::Paragraph(text) | Body::Heading(_, text) => {
            let label = if sign { "•" } else { text.label().unwrap_or_default() };
            let rest = &text.as_str()[text.label().map_or(0, str::len)..];
            println!("{label}\t{}", rest.replace(['\t', '\n'], " "));
        }
        Body::List(list) => {
            for item in &list.items {
                item.blocks.iter().enumerate().for_each(|(at, block)| show(block, at == 0));
            }
        }
        Body::Table(table) => {
            table.cells().flat_map(|cell| &cell.blocks).for_each(|block| show(block, false))
        }
        Body::Quote(blocks) => blocks.iter().for_each(|block| show(block, false)),
        Body::Code(code) => code.text.lines().for_each(|line| println!("\t{line}")),
        Body::Break => {}
    }
}

fn main() {
    for path in std::env::args_os().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if let Ok(read) = read(&bytes, &DocxOptions::default()) {
            println!("= {}", path.display());
            read.value.blocks.iter().for_each(|block| show(block, false));
        }
    }
}
