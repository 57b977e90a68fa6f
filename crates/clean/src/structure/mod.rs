//! Pass S: which paragraphs are titles, headings, items, and the fixed parts of an official document.

use crate::engine::RuleSet;
use qingwen_model::{Document, Log};

/// Runs the structure pass, asking `rules` which of its decisions are wanted.
pub(crate) fn run(_document: &mut Document, _rules: &RuleSet, _log: &mut Log) {}
