//! Whole documents through the library, beside the Markdown they must become: `testdata/whole/x.pdf` and
//! `x.md`; where the faithful profile is of interest, `x.faithful.md` too.

use qingwen::{CleanOptions, Options, Profile, convert};
use qingwen_tests::{expect, files, root};

#[test]
fn every_whole_document_becomes_its_markdown() {
    let files = files(&root().join("testdata/whole"), &[".txt", ".docx", ".pdf"]);
    assert!(!files.is_empty(), "no file in testdata/whole");
    let mut wrong = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        for (profile, ending) in
            [(Profile::Default, "md"), (Profile::Faithful, "faithful.md"), (Profile::Publish, "publish.md")]
        {
            let wanted = file.with_extension(ending);
            if profile != Profile::Default && !wanted.exists() {
                continue;
            }
            let clean = CleanOptions { profile, ..CleanOptions::default() };
            let done = convert(&bytes, &Options { clean, ..Options::default() }).unwrap();
            wrong.extend(expect(&wanted, &done.markdown).err());
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
