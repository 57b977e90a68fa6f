//! The same law as docx and as pdf: both readers must find the same headings and paragraphs.
//!
//! `cargo test -p qingwen-tests --test twins -- --nocapture` prints the agreement of each pair and the mean.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measure that is also a test")]

use qingwen::{Options, convert};
use qingwen_tests::shared;
use std::collections::HashMap;

/// The blocks of a Markdown text: headings and others, without spaces.
fn blocks(markdown: &str) -> (Vec<String>, Vec<String>) {
    let compact =
        |block: &str| block.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect::<String>();
    let all = markdown.split("\n\n").map(compact).filter(|block| !block.is_empty());
    all.partition(|block| block.starts_with('#'))
}

/// Agreement of two lists: twice the common part over both lengths.
fn agreement(a: &[String], b: &[String]) -> f64 {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    a.iter().for_each(|block| *counts.entry(block).or_default() += 1);
    let mut common = 0;
    for block in b {
        let count = counts.entry(block).or_default();
        common += i64::from(*count > 0);
        *count -= 1;
    }
    if a.is_empty() && b.is_empty() { 1.0 } else { 2.0 * common as f64 / (a.len() + b.len()) as f64 }
}

#[test]
fn a_law_gives_the_same_headings_and_paragraphs_from_docx_and_pdf() {
    let Some(corpora) = shared("corpora") else { return };
    let manifest = std::fs::read_to_string(corpora.join("pdf_zh/MANIFEST.tsv")).unwrap();
    let (mut headings, mut paragraphs, mut pairs) = (0.0, 0.0, 0);
    for row in manifest.lines().filter(|row| row.starts_with("rendered_law/")) {
        let file = row.split('\t').next().unwrap();
        let Some((_, source)) = row.split_once("source docx ") else { continue };
        let source = source.split('\t').next().unwrap();
        let read = |path: &str| {
            let bytes = std::fs::read(corpora.join(path)).ok()?;
            Some(blocks(&convert(&bytes, &Options::default()).ok()?.markdown))
        };
        let (Some(pdf), Some(docx)) = (read(&format!("pdf_zh/{file}")), read(source)) else { continue };
        let (heads, paras) = (agreement(&pdf.0, &docx.0), agreement(&pdf.1, &docx.1));
        println!("headings {heads:.4}  paragraphs {paras:.4}  {file}");
        if std::env::var_os("QINGWEN_TWINS").is_some() {
            let differ = |a: &[String], b: &[String], sign: &str| {
                a.iter().filter(|block| !b.contains(block)).for_each(|block| println!("  {sign} {block}"));
            };
            differ(&pdf.0, &docx.0, "pdf ");
            differ(&docx.0, &pdf.0, "docx");
            differ(&pdf.1, &docx.1, "pdf ");
            differ(&docx.1, &pdf.1, "docx");
        }
        (headings, paragraphs, pairs) = (headings + heads, paragraphs + paras, pairs + 1);
    }
    assert!(pairs > 0, "no pair of a docx and a pdf");
    let mean = |sum: f64| sum / f64::from(pairs);
    println!("headings {:.4}  paragraphs {:.4}  mean of {pairs} pairs", mean(headings), mean(paragraphs));
    assert!(mean(headings) >= 0.97, "headings agree to {:.4}", mean(headings));
    assert!(mean(paragraphs) >= 0.95, "paragraphs agree to {:.4}", mean(paragraphs));
}
