//! What a run says on standard error: problems as they come, a progress bar, a summary.

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use qingwen::model::Shown;
use qingwen_bulk::{Row, Status, Stop, Summary, Watch};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Only what has no Markdown.
    Quiet,
    /// Also what was lost, counts and a summary.
    Normal,
    /// Also a line for each file.
    Verbose,
    /// A line of JSON for each file and one for the whole, and nothing else.
    Json,
}

/// Standard error during a run.
pub(crate) struct Terminal<'a> {
    stderr: Mutex<&'a mut (dyn Write + Send)>,
    bar: ProgressBar,
    voice: Voice,
}

impl<'a> Terminal<'a> {
    /// `bar`: whether to show progress, where standard error is a terminal.
    pub(crate) fn new(stderr: &'a mut (dyn Write + Send), voice: Voice, bar: bool) -> Self {
        let bar = if bar && !matches!(voice, Voice::Quiet | Voice::Json) {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10))
        } else {
            ProgressBar::hidden()
        };
        bar.set_style(ProgressStyle::default_spinner());
        Terminal { stderr: Mutex::new(stderr), bar, voice }
    }

    /// Whether someone sees the bar.
    pub(crate) fn shows_bar(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// Tells the bar how many files there are.
    pub(crate) fn expect(&self, files: u64) {
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files{pace}") {
            self.bar.set_style(style.with_key("pace", pace));
        }
        self.bar.set_length(files);
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| {
            let mut stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
            // Nobody is left to be told that standard error is gone.
            let _ = writeln!(stderr, "{line}");
        });
    }

    /// The last words: counts by code and one line for the whole.
    pub(crate) fn sum_up(&self, summary: &Summary, resumable: bool) {
        self.bar.finish_and_clear();
        if self.voice == Voice::Json {
            return self.say(&json(summary));
        }
        if self.voice != Voice::Quiet {
            self.codes(summary);
            self.say(&line(summary));
        }
        match &summary.stopped {
            Some(Stop::Asked) if resumable => {
                self.say("qingwen: interrupted; what is done is whole, and the same command again goes on from there");
            }
            Some(Stop::Asked) => self.say("qingwen: interrupted"),
            Some(Stop::Broken(why)) => self.say(&format!("qingwen: stopped: {}", Shown(why))),
            Some(Stop::ReaderGone) | None => {}
        }
    }

    fn codes(&self, summary: &Summary) {
        for kind in ["lost", "guessed", "changed"] {
            for (code, total) in summary.codes.iter().filter(|(_, total)| total.kind == kind) {
                let files = match summary.files {
                    1 => String::new(),
                    _ => format!(" in {}", files(total.files)),
                };
                self.say(&format!("  {kind:7}  {code}: {}{files}", total.count));
            }
        }
    }
}

impl Watch for Terminal<'_> {
    fn tick(&self) {
        self.bar.inc(1);
    }

    fn finished(&self, row: &Row) {
        if self.voice == Voice::Json {
            return self.say(row.to_json().trim_end());
        }
        let name = shown(&row.label);
        if let Some(cause) = row.cause() {
            self.say(&format!("{name}: {}: {}", row.status().as_str(), Shown(&cause.message)));
            return;
        }
        if self.voice == Voice::Quiet {
            return;
        }
        if row.edited {
            self.say(&format!("{name}: the output was edited by hand and is left alone"));
        }
        for lost in &row.outcome.lost {
            self.say(&format!("{name}: {lost}"));
        }
        if row.status() == Status::NeedsOcr {
            self.say(&format!("{name}: pages are pictures and need OCR"));
        }
        if self.voice == Voice::Verbose {
            let seconds = row.outcome.micros as f64 / 1e6;
            let how = if row.skipped { "done before".to_owned() } else { format!("{seconds:.3} s") };
            let output = row.output.as_ref().map_or(String::new(), |output| format!(" → {}", shown(output)));
            self.say(&format!("{name}{output}: {} ({how})", row.status().as_str()));
        }
    }
}

/// How fast a run goes, and how long it will go on; nothing as long as no file is finished.
fn pace(state: &ProgressState, out: &mut dyn fmt::Write) {
    if state.pos() > 0 {
        // A bar that cannot be written is no bar; nobody needs to know.
        let _ = write!(out, ", {:.1}/s, {:#} left", state.per_sec(), HumanDuration(state.eta()));
    }
}

/// A name that cannot drive the terminal.
pub(crate) fn shown(path: &Path) -> String {
    Shown(&path.to_string_lossy()).to_string()
}

fn files(count: u64) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
}

/// The summary as one line of JSON; it is known by its `files`.
fn json(summary: &Summary) -> String {
    let statuses: BTreeMap<&str, u64> =
        summary.statuses.iter().map(|(s, count)| (s.as_str(), *count)).collect();
    let stopped = summary.stopped.as_ref().map(|stop| match stop {
        Stop::Asked => "interrupted",
        Stop::ReaderGone => "nobody reads the output",
        Stop::Broken(why) => why,
    });
    json!({
        "files": summary.files,
        "statuses": statuses,
        "skipped": summary.skipped,
        "edited": summary.edited,
        "passed": summary.passed,
        "bytes": summary.bytes,
        "chars": summary.chars,
        "seconds": summary.elapsed.as_secs_f64(),
        "stopped": stopped,
    })
    .to_string()
}

/// `12 files: 9 ok, 2 partial, 1 failed; 3 done before; passed over: 2 .xlsx, 1 .png; 0.4 s`
fn line(summary: &Summary) -> String {
    if summary.files == 0 && summary.passed.is_empty() {
        return "no documents found".to_owned();
    }
    let statuses = Status::ALL.iter().filter(|status| summary.count(**status) > 0);
    let statuses: Vec<String> = statuses.map(|s| format!("{} {}", summary.count(*s), s.as_str())).collect();
    let mut parts = vec![files(summary.files)];
    if !statuses.is_empty() {
        parts[0] = format!("{}: {}", parts[0], statuses.join(", "));
    }
    if summary.skipped > 0 {
        parts.push(format!("{} done before", summary.skipped));
    }
    if !summary.passed.is_empty() {
        let passed = summary.passed.iter().map(|(what, count)| format!("{count} {}", Shown(what)));
        parts.push(format!("passed over: {}", passed.collect::<Vec<_>>().join(", ")));
    }
    parts.push(format!("{:.1} s", summary.elapsed.as_secs_f64()));
    parts.join("; ")
}
