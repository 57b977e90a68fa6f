//! What the READMEs show is what happens.

use qingwen::{Options, convert};
use qingwen_tests::root;

/// The fenced block of a page whose info string is `kind`.
fn fence<'a>(page: &'a str, kind: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_else(|| panic!("no {kind} block"));
    rest.split_once("\n```").map_or(rest, |(body, _)| body)
}

#[test]
fn the_before_and_after_of_both_readmes_are_true() {
    let bytes = std::fs::read(root().join("testdata/whole/河道整治报告.txt")).unwrap();
    let mut before = String::new();
    qingwen_text::read(&bytes, &Default::default()).unwrap().value.visit(&mut |block| {
        let gap = block.shape.map_or(0, |shape| shape.gap as usize);
        before.push_str(&"\n".repeat(gap));
        before.push_str(block.text().map_or("", |text| text.as_str()));
        before.push('\n');
    });
    let after = convert(&bytes, &Options::default()).unwrap().markdown;
    for name in ["README.md", "README.zh-CN.md"] {
        let page = std::fs::read_to_string(root().join(name)).unwrap();
        assert!(before.starts_with(fence(&page, "text")), "{name}: the text is another");
        assert!(after.starts_with(fence(&page, "markdown")), "{name}: it becomes\n{after}");
    }
}
