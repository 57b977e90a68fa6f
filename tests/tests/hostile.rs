//! Damaged input, everywhere: nothing panics, and what comes out is Markdown all the same.

use qingwen::{Options, convert};
use qingwen_tests::{files, root};

/// Lengths to cut a file of `length` bytes at: every one near both ends, and a spread between.
fn cuts(length: usize) -> impl Iterator<Item = usize> {
    let step = (length / 64).max(1);
    (0..length).filter(move |at| *at < 16 || at + 16 > length || at % step == 0)
}

fn sound(bytes: &[u8], name: &str) {
    if let Ok(done) = convert(bytes, &Options::default()) {
        assert!(!done.markdown.contains('\r'), "{name}: a carriage return in the output");
        assert!(done.markdown.is_empty() || done.markdown.ends_with('\n'), "{name}: no final newline");
    }
}

#[test]
fn a_file_cut_anywhere_does_not_panic() {
    let files = files(&root().join("testdata"), &[".docx", ".pdf", ".txt"]);
    assert!(!files.is_empty(), "no file in testdata");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for at in cuts(bytes.len()) {
            sound(&bytes[..at], &format!("{}, cut at {at}", file.display()));
        }
    }
}

#[test]
fn a_file_with_a_flipped_byte_does_not_panic() {
    let files = files(&root().join("testdata"), &[".docx", ".pdf", ".txt"]);
    for file in files {
        let whole = std::fs::read(&file).unwrap();
        // A small generator of our own keeps the run the same everywhere.
        let mut seed = whole.len() as u32 | 1;
        for _ in 0..48 {
            let mut bytes = whole.clone();
            for _ in 0..1 + seed % 4 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = seed as usize % bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= (seed >> 24) as u8;
                }
            }
            sound(&bytes, &file.display().to_string());
        }
    }
}

#[test]
fn every_bad_file_gives_an_error_or_a_document() {
    let files: Vec<_> =
        files(&root().join("testdata/bad"), &[]).into_iter().filter(|f| !f.ends_with("README.md")).collect();
    assert!(!files.is_empty(), "no file in testdata/bad");
    for file in files {
        sound(&std::fs::read(&file).unwrap(), &file.display().to_string());
    }
}
