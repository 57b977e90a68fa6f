//! `qingwen verify`: proof that output and report give back the input.

use crate::rules::done;
use crate::{Streams, refuse};
use qingwen::{Finding, Format, Ledger, Options, Profile};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Prove that the output and the report give back every letter, digit and ideograph of the input.
///
/// Of every character, the input must have as many as the output, plus what the report says was taken out,
/// less what it says was put in; and what both have must stand in the same order.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 proven, 1 something does not add up, 2 wrong usage or nothing begun.")]
pub(crate) struct Args {
    /// The document as it was.
    input: PathBuf,
    /// The Markdown that came of it.
    output: PathBuf,
    /// The report of that run, as --report wrote it.
    report: PathBuf,
}

pub(crate) fn run(args: &Args, mut streams: Streams<'_>) -> u8 {
    match try_run(args) {
        Err(message) => refuse(&mut streams, &message),
        Ok(findings) => {
            let told = match findings.is_empty() {
                true => writeln!(streams.stdout, "every letter, digit and ideograph is accounted for"),
                false => {
                    findings.iter().try_for_each(|finding| writeln!(streams.stdout, "{}", sentence(finding)))
                }
            };
            done(told).max(u8::from(!findings.is_empty()))
        }
    }
}

fn try_run(args: &Args) -> Result<Vec<Finding>, String> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let bytes = read(&args.input)?;
    let output = String::from_utf8(read(&args.output)?)
        .map_err(|_| format!("{}: not UTF-8", args.output.display()))?;
    let report = String::from_utf8(read(&args.report)?)
        .map_err(|_| format!("{}: not UTF-8", args.report.display()))?;
    let input = words(&args.input, bytes).map_err(|error| format!("{}: {error}", args.input.display()))?;
    let ledger =
        ledger(&report, &args.input).map_err(|error| format!("{}: {error}", args.report.display()))?;
    Ok(qingwen::verify(&input, &qingwen::shown(&output), &ledger))
}

/// The words of the input: of a text all of it, of every other format what is read of it before any rule.
fn words(path: &Path, bytes: Vec<u8>) -> Result<String, qingwen::model::Error> {
    let mut options = Options { format: Format::of_name(&path.to_string_lossy()), ..Options::default() };
    if options.format.is_none() && Format::of(&bytes) == Format::Text {
        return qingwen::decode(&bytes, &options.text).map(|(text, _)| text.value);
    }
    options.clean.profile = Profile::Faithful;
    options.clean.disable = qingwen::rules().map(|rule| rule.id.to_owned()).collect();
    Ok(qingwen::shown(&qingwen::convert(bytes, &options)?.markdown))
}

/// What the report says was taken out and put in: of its one row, or of the row of this file.
fn ledger(report: &str, input: &Path) -> Result<Ledger, String> {
    let rows: Result<Vec<Value>, _> =
        report.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
    let rows = rows.map_err(|error| error.to_string())?;
    let row = match &rows[..] {
        [row] => row,
        rows => {
            let path = |row: &&Value| row["path"].as_str().is_some_and(|path| same(Path::new(path), input));
            rows.iter().rfind(path).ok_or("no row for the input")?
        }
    };
    let mut ledger = Ledger::default();
    for diagnostic in row["diagnostics"].as_array().ok_or("a row without diagnostics")? {
        if let (Some(before), Some(after)) = (diagnostic["before"].as_str(), diagnostic["after"].as_str()) {
            ledger.taken.push(before.to_owned());
            ledger.put.push(after.to_owned());
        }
    }
    Ok(ledger)
}

/// Whether two paths are of one file, however they are written.
fn same(one: &Path, other: &Path) -> bool {
    let full = |path: &Path| path.canonicalize().ok();
    one == other || full(one).is_some_and(|one| Some(one) == full(other))
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Vanished(c, count) => {
            format!("vanished: {c:?}, {count} of them, and the report does not say where")
        }
        Finding::Appeared(c, count) => {
            format!("appeared: {c:?}, {count} of them, and the report does not say whence")
        }
        Finding::Moved(c, at) => {
            format!("moved: {c:?}, near character {at} of the input, and the report does not say so")
        }
        _ => "something does not add up".to_owned(),
    }
}
