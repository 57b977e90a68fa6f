//! What a run comes to.

use crate::outcome::{Outcome, Status};
use crate::row::Row;
use std::collections::BTreeMap;
use std::time::Duration;

/// Figures of a run. Their size does not depend on the number of files.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files that were looked at.
    pub files: u64,
    /// How many of them an earlier run had done.
    pub skipped: u64,
    /// How many outputs of an earlier run were found edited by hand, and left alone.
    pub edited: u64,
    /// How they went.
    pub statuses: BTreeMap<Status, u64>,
    /// Figures per format; a file whose format was not told counts as `unknown`.
    pub formats: BTreeMap<String, FormatTotal>,
    /// The files that a person should look at first, worst first after [`sort`](Summary::sort).
    pub notable: Vec<Notable>,
    /// Diagnostics by code: the kind, how many, in how many files, and one of them.
    pub codes: BTreeMap<String, CodeTotal>,
    /// Files in folders and archives that were passed over, by what they are.
    pub passed: BTreeMap<String, u64>,
    /// Bytes read.
    pub bytes: u64,
    /// Characters of Markdown.
    pub chars: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Why the run ended before its time.
    pub stopped: Option<Stop>,
}

/// What a format comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormatTotal {
    /// Files of this format.
    pub files: u64,
    /// How many of them gave no Markdown.
    pub failed: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Characters of Markdown.
    pub chars: u64,
    /// Seconds that converting took, in all workers together.
    pub seconds: f64,
}

/// A file that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Notable {
    /// What it is called.
    pub path: String,
    /// How it went.
    pub status: Status,
    /// The format, where it was told.
    pub format: String,
    /// Why there is no Markdown, or the first thing that was lost.
    pub why: String,
    /// Pieces lost, guesses made and changes.
    pub counts: [u64; 3],
    /// Seconds it took.
    pub seconds: f64,
}

/// What a code comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeTotal {
    /// `lost`, `guessed` or `changed`.
    pub kind: String,
    /// How often.
    pub count: u64,
    /// In how many files.
    pub files: u64,
    /// The first few, as people read them, with their file.
    pub examples: Vec<(String, String)>,
}

/// Why a run ended before its time. What was done by then is whole, and a second run goes on from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Someone asked for it.
    Asked,
    /// Whoever read the standard output went away.
    ReaderGone,
    /// Nothing more can be written, for this reason.
    Broken(String),
}

/// Examples kept of each code.
const EXAMPLES: usize = 5;
/// Files kept of those that a person should look at.
const NOTABLE: usize = 1000;
/// Kinds of files passed over that are told apart.
const PASSED: usize = 50;

impl Summary {
    /// Whether every file has its Markdown.
    pub fn is_clean(&self) -> bool {
        let done: u64 = self.statuses.iter().filter(|(status, _)| status.has_output()).map(|(_, n)| n).sum();
        done == self.files && !matches!(self.stopped, Some(Stop::Asked | Stop::Broken(_)))
    }

    /// How many files went one way.
    pub fn count(&self, status: Status) -> u64 {
        self.statuses.get(&status).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, row: &Row) {
        let outcome = &row.outcome;
        self.files += 1;
        self.skipped += u64::from(row.skipped);
        self.edited += u64::from(row.edited);
        *self.statuses.entry(outcome.status).or_default() += 1;
        self.bytes += outcome.bytes;
        self.chars += outcome.chars;
        if !row.skipped {
            self.add_format(outcome);
            self.note(row, outcome);
        }
        self.add_codes(row, outcome);
    }

    fn add_format(&mut self, outcome: &Outcome) {
        let format = outcome.format.as_deref().unwrap_or("unknown");
        let total = self.formats.entry(format.to_owned()).or_default();
        total.files += 1;
        total.failed += u64::from(!outcome.status.has_output());
        total.bytes += outcome.bytes;
        total.chars += outcome.chars;
        total.seconds += outcome.micros as f64 / 1e6;
    }

    fn note(&mut self, row: &Row, outcome: &Outcome) {
        let cause = outcome.cause.as_ref().map(|cause| cause.message.clone());
        self.notable.push(Notable {
            path: row.label.to_string_lossy().into_owned(),
            status: outcome.status,
            format: outcome.format.clone().unwrap_or_default(),
            why: cause.or_else(|| outcome.lost.first().cloned()).unwrap_or_default(),
            counts: ["lost", "guessed", "changed"].map(|kind| outcome.count(kind)),
            seconds: outcome.micros as f64 / 1e6,
        });
        if self.notable.len() >= 2 * NOTABLE {
            self.sort();
        }
    }

    /// Puts the worst files first and forgets those beyond the first thousand.
    pub fn sort(&mut self) {
        self.notable.sort_by(|a, b| {
            let worth = |file: &Notable| (!file.status.has_output(), file.status != Status::Ok, file.counts);
            worth(b).cmp(&worth(a)).then_with(|| a.path.cmp(&b.path))
        });
        self.notable.truncate(NOTABLE);
    }

    fn add_codes(&mut self, row: &Row, outcome: &Outcome) {
        for (code, count) in &outcome.codes {
            if !self.codes.contains_key(code) {
                self.codes
                    .insert(code.clone(), CodeTotal { kind: count.kind.clone(), ..CodeTotal::default() });
            }
            let Some(total) = self.codes.get_mut(code) else { continue };
            total.count += count.count;
            total.files += 1;
            if total.examples.len() < EXAMPLES {
                total.examples.push((row.label.to_string_lossy().into_owned(), count.first.clone()));
            }
        }
    }

    pub(crate) fn pass(&mut self, what: String) {
        let known = self.passed.contains_key(&what) || self.passed.len() < PASSED;
        *self.passed.entry(if known { what } else { "of other kinds".to_owned() }).or_default() += 1;
    }
}
