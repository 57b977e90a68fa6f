//! Makes the docx files of `testdata/docx`: `cargo run -p qingwen-tests --bin make-docx [OUT_DIR]`.
//!
//! Every text in them is our own invention. What docx-rs can write it writes; what it cannot (revisions,
//! fields, drawings, damage, other programs' habits) is written here as parts of a package. The files come
//! out the same each time.

mod foreign;
mod handmade;
mod lists;
mod ordinary;
mod package;
mod places;

use std::path::PathBuf;

fn main() {
    let folder =
        std::env::args_os().nth(1).map_or_else(|| qingwen_tests::root().join("testdata/docx"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("make the folder");
    let files = ordinary::files().into_iter().chain(handmade::files()).chain(lists::files());
    for (name, bytes) in files.chain(foreign::files()).chain(places::files()) {
        std::fs::write(folder.join(name), bytes).expect("write the file");
        println!("{name}");
    }
}
