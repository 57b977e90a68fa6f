//! The arrows between the crates, read from their manifests: any other arrow fails.

use qingwen_tests::root;
use std::collections::BTreeMap;

/// Which of our crates each crate may know.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("docx", &["model"]),
    ("pdf", &["model"]),
    ("clean", &["model"]),
    ("markdown", &["model"]),
    ("qingwen", &["model", "text", "docx", "pdf", "clean", "markdown"]),
    ("bulk", &["qingwen"]),
    ("cli", &["bulk", "qingwen"]),
    ("python", &["bulk", "qingwen"]),
];

/// The crates of ours that a manifest names in `[dependencies]`, `[build-dependencies]` or a target's; what
/// only tests need is free.
fn known(manifest: &str) -> Vec<String> {
    let mut counts = false;
    let mut known = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            counts = section.contains("dependencies") && !section.contains("dev-dependencies");
        } else if counts && line.starts_with("qingwen") {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            known.push(name.strip_prefix("qingwen-").unwrap_or(name).to_owned());
        }
    }
    known
}

#[test]
fn no_crate_knows_another_but_along_the_arrows() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let may = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("crates/{name} has no arrows: name them here"));
        for other in known(&manifest) {
            assert!(may.contains(&other.as_str()), "crates/{name} must not know crates/{other}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} arrows found: are the manifests read right?");
}

#[test]
fn a_wrong_arrow_is_seen() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\nqingwen-pdf.workspace = true\nqingwen = { path = \"..\" }\n\
                    [dev-dependencies]\nqingwen-text.workspace = true\n";
    assert_eq!(known(manifest), ["pdf", "qingwen"]);
}
