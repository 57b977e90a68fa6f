//! Times the library on every file below a folder: the whole call, bytes to Markdown with cleaning on, and the
//! reading alone. Prints a line a file: milliseconds (the least of `RUNS`), milliseconds of reading, path.
//!
//! `cargo run --release -p qingwen-tests --bin time-files -- FOLDER [RUNS]`

use qingwen::{Format, Options, convert};
use std::path::Path;
use std::time::Instant;

/// The least time of `runs` calls, in milliseconds.
fn least(runs: u32, mut call: impl FnMut()) -> f64 {
    let time = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..runs).map(|_| time(&mut call)).fold(f64::INFINITY, f64::min)
}

fn read(bytes: &[u8], options: &Options) {
    match Format::of(bytes) {
        Format::Docx => drop(qingwen_docx::read(bytes, &options.docx)),
        Format::Pdf => drop(qingwen_pdf::read(bytes, &options.pdf)),
        _ => drop(qingwen_text::read(bytes, &options.text)),
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("a folder");
    let runs = args.next().map_or(5, |runs| runs.parse().expect("a number of runs"));
    let files = qingwen_tests::files(Path::new(&folder), &[".docx", ".pdf", ".txt"]);
    assert!(!files.is_empty(), "no file in {folder}");
    let options = Options::default();
    for file in files {
        let bytes = std::fs::read(&file).expect("a file that can be read");
        let whole = least(runs, || drop(convert(&bytes, &options)));
        let reading = least(runs, || read(&bytes, &options));
        println!("{whole:.3}\t{reading:.3}\t{}", file.display());
    }
}
