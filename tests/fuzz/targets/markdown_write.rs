//! Any document written: nothing panics, and the Markdown, parsed by one of two other parsers, has the document's words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen_fuzz::{document, words_of, words_parsed, words_parsed_again};
use qingwen_markdown::{MarkdownOptions, write};

fuzz_target!(|bytes: &[u8]| {
    let document = document(bytes);
    let written = write(&document, &MarkdownOptions::default());
    if written.diagnostics.is_empty() {
        let (wanted, got) = (words_of(&document), words_parsed(&written.value));
        let is_kept = wanted == got || wanted == words_parsed_again(&written.value);
        assert!(is_kept, "{wanted:?}\n{got:?}\n{}", written.value);
    }
});
