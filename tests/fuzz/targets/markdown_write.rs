//! Any document written: nothing panics, and the Markdown, parsed by another parser, has the document's words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen_fuzz::{document, words_of, words_parsed};
use qingwen_markdown::{MarkdownOptions, write};

fuzz_target!(|bytes: &[u8]| {
    let document = document(bytes);
    let written = write(&document, &MarkdownOptions::default());
    if written.diagnostics.is_empty() {
        let (wanted, got) = (words_of(&document), words_parsed(&written.value));
        assert!(wanted == got, "{wanted:?}\n{got:?}\n{}", written.value);
    }
});
