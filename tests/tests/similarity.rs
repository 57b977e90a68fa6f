//! Damaged text beside what it was: cleaning brings every file nearer to it, or leaves it where it is.
//!
//! `cargo test -p qingwen-tests --test similarity -- --nocapture` prints the similarity of each file before and after,
//! and the mean of each set: twice the longest common subsequence by the length of both texts.

use qingwen::{Options, clean, decode, shown};
use qingwen_tests::shared;
use std::collections::HashMap;
use std::path::Path;

/// The length of the longest common subsequence, 64 characters at a time (Hyyrö 2004).
fn common(a: &[char], b: &[char]) -> usize {
    let blocks = a.len().div_ceil(64);
    let mut masks: HashMap<char, Vec<u64>> = HashMap::new();
    for (at, c) in a.iter().enumerate() {
        masks.entry(*c).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; blocks];
    for mask in b.iter().filter_map(|c| masks.get(c)) {
        let mut carry = 0u64;
        for (bits, mask) in row.iter_mut().zip(mask) {
            let matched = *bits & mask;
            let (sum, first) = bits.overflowing_add(matched);
            let (sum, second) = sum.overflowing_add(carry);
            carry = u64::from(first | second);
            *bits = sum | (*bits & !mask);
        }
    }
    let unset: u32 = row.iter().map(|bits| bits.count_zeros()).sum();
    unset as usize
}

fn similarity(a: &str, b: &str) -> f64 {
    let chars =
        |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    let (a, b): (Vec<char>, Vec<char>) = (chars(a).chars().collect(), chars(b).chars().collect());
    2.0 * common(&a, &b) as f64 / (a.len() + b.len()).max(1) as f64
}

/// The text that a law's Markdown says; what stands above its own mark is about it, except for the title.
fn gold(markdown: &str, whole: bool) -> String {
    match markdown.split_once("<!-- INFO END -->") {
        Some((head, body)) if !whole => {
            let title = head.lines().find(|line| line.starts_with("# ")).unwrap_or_default();
            shown(&format!("{title}\n\n{body}"))
        }
        _ => shown(markdown),
    }
}

/// Prints a set of files beside their gold, and gives those that are farther from it than they were.
fn measure(folder: &Path, set: &str, whole: bool) -> Vec<String> {
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let (mut sums, mut count, mut worse) = ((0.0, 0.0), 0, Vec::new());
    for line in manifest.lines().filter(|line| line.starts_with(set)) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (Some(name), Some(truth)) = (fields.first(), fields.get(8).filter(|gold| !gold.is_empty()))
        else {
            continue;
        };
        let (Ok(bytes), Ok(truth)) =
            (std::fs::read(folder.join(name)), std::fs::read_to_string(folder.join(truth)))
        else {
            continue;
        };
        let truth = gold(&truth, whole);
        let text = decode(&bytes, &Default::default()).unwrap().0.value;
        let before = similarity(&truth, &text);
        let after = similarity(&truth, &shown(&clean(&text, &Options::default()).markdown));
        println!("{before:.4} → {after:.4}  {name}");
        (sums, count) = ((sums.0 + before, sums.1 + after), count + 1);
        // Marks of Markdown in a source count as its text.
        if after < before - 0.0005 {
            worse.push(format!("{name}: {before:.4} → {after:.4}"));
        }
    }
    assert!(count > 0, "no file of {set} has a gold");
    println!("{:.4} → {:.4}  mean of {count} in {set}", sums.0 / f64::from(count), sums.1 / f64::from(count));
    worse
}

#[test]
fn no_damaged_text_comes_out_worse() {
    let Some(folder) = shared("corpora/zh_dirty") else { return };
    let mut worse = measure(&folder, "mojibake_made", true);
    worse.extend(measure(&folder, "pdf_pairs", false));
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}

#[test]
fn similarity_is_that_of_the_longest_common_subsequence() {
    let common = |a: &str, b: &str| common(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
    assert_eq!((common("云溪镇水库", "云镇库"), common("甲乙", "丙丁"), common("", "甲")), (3, 0, 0));
    assert_eq!(common(&"甲乙".repeat(100), &"乙甲".repeat(100)), 199);
    assert!((similarity("甲乙", "甲乙") - 1.0).abs() < 1e-9 && similarity("甲乙", "丙") < 1e-9);
}
