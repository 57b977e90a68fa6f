//! `qingwen clean`: text that was extracted already, cleaned.

use crate::config::Config;
use crate::rules::done;
use crate::{Streams, diff, ids, outputs, records, refuse};
use qingwen::model::{Diagnostic, Kind};
use qingwen::{Format, Options, Sections};
use qingwen_bulk::Output;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Clean text that was extracted already: a text, Markdown, JSON lines or Parquet with a field of text.
///
/// Markdown keeps its structure, and its code and addresses are not touched. Of JSON lines, only the field is
/// changed and every other byte stays; of Parquet, only the column. Memory does not grow with the file,
/// but for Markdown, which is read as a whole.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 cleaned, 1 some records could not be cleaned, 2 wrong usage or nothing begun."
)]
pub(crate) struct Args {
    /// The file, or - for standard input. What it is, its name tells: .md, .markdown, .jsonl, .ndjson, .parquet, else
    /// text.
    #[arg(value_name = "FILE", default_value = "-")]
    input: PathBuf,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the input is, where its name does not tell.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Kinds>,
    /// The field of each JSON line, or the column of the Parquet file, that holds the text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    field: String,
    /// What that field holds: text, as another tool extracted it, or Markdown, which keeps its structure.
    #[arg(long, value_name = "FORMAT")]
    field_format: Option<FieldFormat>,
    /// Run this rule alone. Of a rule about structure, all of that pass.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["profile", "enable", "disable", "diff", "report"])]
    only: Option<String>,
    #[command(flatten)]
    choice: ids::Choice,
    /// The encoding of a text, such as gbk, instead of detecting it.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Write every change with its place to this file, as JSON lines.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Show what would change, as a unified diff, instead of writing the result.
    #[arg(long, conflicts_with = "output")]
    diff: bool,
}

/// What an input can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kinds {
    Text,
    Markdown,
    Jsonl,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Kinds {
    /// What a name tells.
    pub(crate) fn of_name(name: &str) -> Kinds {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        match Format::of_name(name) {
            Some(Format::Markdown) => Kinds::Markdown,
            _ if end.eq_ignore_ascii_case("jsonl") || end.eq_ignore_ascii_case("ndjson") => Kinds::Jsonl,
            #[cfg(feature = "parquet")]
            _ if end.eq_ignore_ascii_case("parquet") => Kinds::Parquet,
            _ => Kinds::Text,
        }
    }

    /// Whether it is many texts, each in a field.
    fn has_fields(self) -> bool {
        !matches!(self, Kinds::Text | Kinds::Markdown)
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FieldFormat {
    #[default]
    Text,
    Markdown,
}

impl Args {
    fn kind(&self) -> Kinds {
        self.format.unwrap_or_else(|| Kinds::of_name(&self.input.to_string_lossy()))
    }

    fn options(&self) -> Result<Options, String> {
        ids::check(self.only.iter().chain(&self.choice.enable).chain(&self.choice.disable))?;
        let config = Config::find()?;
        let kind = self.kind();
        if self.field_format.is_some() && !kind.has_fields() {
            return Err("--field-format is for JSON lines and Parquet".to_owned());
        }
        let format = match self.field_format.unwrap_or(config.field_format) {
            FieldFormat::Markdown if kind.has_fields() => Format::Markdown,
            _ if kind == Kinds::Markdown => Format::Markdown,
            _ => Format::Text,
        };
        let settings = config.settings(&self.choice, self.encoding.as_ref());
        qingwen::decode(b"", &settings.options().text).map_err(|error| format!("--encoding: {error}"))?;
        Ok(Options { format: Some(format), ..settings.options() })
    }

    /// An input may be cleaned in place; nothing else is overwritten that may be a text.
    fn check_outputs(&self) -> Result<(), String> {
        let report: Vec<_> = self.report.iter().map(|path| ("--report", path.as_path())).collect();
        let output = self.output.iter().map(|path| ("-o", path.as_path()));
        outputs::check(&output.chain(report.iter().copied()).collect::<Vec<_>>(), &[])?;
        outputs::check(&report, &[&self.input])?;
        outputs::check_ours(&report, "remove it, or choose another name")
    }

    fn name(&self) -> String {
        if self.input.as_os_str() == "-" {
            "stdin".to_owned()
        } else {
            self.input.to_string_lossy().into_owned()
        }
    }
}

pub(crate) fn run(args: &Args, mut streams: Streams<'_>) -> u8 {
    match try_run(args, &mut streams) {
        Ok(code) => code,
        Err(message) => refuse(&mut streams, &message),
    }
}

fn try_run(args: &Args, streams: &mut Streams<'_>) -> Result<u8, String> {
    let options = args.options()?;
    args.check_outputs()?;
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", args.name());
    let mut report = match &args.report {
        Some(path) => {
            Some(BufWriter::new(File::create(path).map_err(|e| format!("{}: {e}", path.display()))?))
        }
        None => None,
    };
    #[cfg(feature = "parquet")]
    if args.kind() == Kinds::Parquet {
        return clean_parquet(args, &options, report, streams);
    }
    let mut input: Box<dyn BufRead> = match args.input.as_os_str() == "-" {
        true => Box::new(BufReader::new(&mut *streams.stdin)),
        false => Box::new(BufReader::new(File::open(&args.input).map_err(|error| named(&error))?)),
    };
    if args.kind() == Kinds::Jsonl {
        if args.only.is_some() {
            return Err("--only is for one text, not for JSON lines".to_owned());
        }
        let mut counts = records::Counts::default();
        let mut tell = |number: u64, result: Result<Vec<Diagnostic>, String>| match result {
            Ok(diagnostics) => {
                report.as_mut().map_or(Ok(()), |to| row(to, &args.name(), Some(number), &diagnostics))
            }
            Err(error) => writeln!(streams.stderr, "{}: line {number}: {error}", args.name()),
        };
        let written = if args.diff {
            difference_of_records(args, &options, &mut *input, streams.stdout, &mut tell)
                .map(|found| counts = found)
        } else {
            write_to(args.output.as_deref(), streams.stdout, |out| {
                counts = records::clean(&mut *input, out, &args.field, &options, &mut tell)?;
                Ok(())
            })
        };
        written.and_then(|()| report.map_or(Ok(()), |mut to| to.flush())).map_err(|error| named(&error))?;
        let _ = writeln!(streams.stderr, "{} records: {} failed", counts.records, counts.failed);
        return Ok(u8::from(counts.failed > 0));
    }
    if args.kind() == Kinds::Text && args.only.is_none() && !args.diff {
        return clean_text(args, &options, &mut *input, report, streams.stdout, streams.stderr);
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| named(&error))?;
    drop(input);
    if let Some(id) = &args.only {
        let (text, _) = qingwen::decode(&bytes, &options.text).map_err(|error| named(&error))?;
        let alone = qingwen::only(id, &text.value).ok_or_else(|| ids::unknown(id))?;
        let written =
            write_to(args.output.as_deref(), streams.stdout, |out| out.write_all(alone.value.as_bytes()));
        return Ok(done(written));
    }
    let cleaned = qingwen::convert(&bytes, &options).map_err(|error| named(&error))?;
    if let Some(to) = &mut report {
        row(to, &args.name(), None, &cleaned.diagnostics)
            .and_then(|()| to.flush())
            .map_err(|error| named(&error))?;
    }
    if args.diff {
        let (text, _) = qingwen::decode(&bytes, &options.text).map_err(|error| named(&error))?;
        let names = [args.name(), args.name() + ".md"];
        return Ok(done(diff::write(streams.stdout, &names, &text.value, &cleaned.markdown)));
    }
    let written =
        write_to(args.output.as_deref(), streams.stdout, |out| out.write_all(cleaned.markdown.as_bytes()));
    let mut counts = Counts::default();
    counts.add(streams.stderr, &cleaned.diagnostics);
    counts.tell(streams.stderr);
    written.map(|()| 0).or_else(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(0),
        _ => Err(named(&error)),
    })
}

/// Shows what cleaning would change in JSON lines.
fn difference_of_records(
    args: &Args,
    options: &Options,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(u64, Result<Vec<Diagnostic>, String>) -> io::Result<()>,
) -> io::Result<records::Counts> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    input.read_to_end(&mut before)?;
    let counts = records::clean(&mut before.as_slice(), &mut after, &args.field, options, tell)?;
    let [before, after] = [&before, &after].map(|bytes| String::from_utf8_lossy(bytes));
    diff::write(out, &[args.name(), args.name()], &before, &after)?;
    Ok(counts)
}

/// Cleans a text, piece by piece: memory does not grow with it.
fn clean_text(
    args: &Args,
    options: &Options,
    input: &mut dyn Read,
    mut report: Option<BufWriter<File>>,
    stdout: &mut (dyn Write + Send),
    stderr: &mut dyn Write,
) -> Result<u8, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", args.name());
    let mut sections = Some(Sections::new(options).map_err(|error| named(&error))?);
    let mut counts = Counts::default();
    let mut row = Row { path: args.name(), begun: false, some: false };
    let mut piece = vec![0; 1 << 16];
    let written = write_to(args.output.as_deref(), stdout, |out| {
        while sections.is_some() {
            let length = match input.read(&mut piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            let cleaned = match sections.take_if(|_| length == 0) {
                Some(cleaner) => cleaner.finish().map(Some),
                None => sections.as_mut().map_or(Ok(None), |cleaner| cleaner.push(&piece[..length])),
            };
            let Some(cleaned) = cleaned.map_err(io::Error::other)? else { continue };
            out.write_all(cleaned.markdown.as_bytes())?;
            counts.add(stderr, &cleaned.diagnostics);
            if let Some(report) = &mut report {
                row.add(report, &cleaned.diagnostics)?;
            }
        }
        Ok(())
    });
    let reported = report.map_or(Ok(()), |mut report| row.end(&mut report).and_then(|()| report.flush()));
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
        written => written.and(reported).map_err(|error| named(&error))?,
    }
    counts.tell(stderr);
    Ok(0)
}

/// A line of the report about a text, written as its sections are cleaned.
struct Row {
    path: String,
    begun: bool,
    /// Whether it has a diagnostic.
    some: bool,
}

impl Row {
    fn add(&mut self, to: &mut dyn Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let head = json!({ "path": self.path }).to_string();
            write!(to, "{},\"diagnostics\":[", head.trim_end_matches('}'))?;
        }
        if diagnostics.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.some, true) {
            to.write_all(b",")?;
        }
        let array = qingwen_bulk::to_json(diagnostics);
        to.write_all(array.trim_start_matches('[').trim_end_matches(']').as_bytes())
    }

    fn end(&self, to: &mut dyn Write) -> io::Result<()> {
        if self.begun { to.write_all(b"]}\n") } else { Ok(()) }
    }
}

/// Cleans a column. Parquet is read from its end, so that standard input goes to a file first.
#[cfg(feature = "parquet")]
fn clean_parquet(
    args: &Args,
    options: &Options,
    mut report: Option<BufWriter<File>>,
    streams: &mut Streams<'_>,
) -> Result<u8, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", args.name());
    if args.only.is_some() || args.diff {
        return Err("--only and --diff are for one text, not for Parquet".to_owned());
    }
    let input = match args.input.as_os_str() == "-" {
        true => {
            tempfile::tempfile().and_then(|mut file| io::copy(&mut streams.stdin, &mut file).map(|_| file))
        }
        false => File::open(&args.input),
    };
    let input = input.map_err(|error| named(&error))?;
    let mut counts = records::Counts::default();
    let mut tell = |number: u64, diagnostics: Vec<Diagnostic>| {
        report.as_mut().map_or(Ok(()), |to| row(to, &args.name(), Some(number), &diagnostics))
    };
    let written = write_to(args.output.as_deref(), streams.stdout, |out| {
        counts = crate::parquet::clean(input, out, &args.field, options, &mut tell)?;
        Ok(())
    });
    written.and_then(|()| report.map_or(Ok(()), |mut to| to.flush())).map_err(|error| named(&error))?;
    let _ = writeln!(streams.stderr, "{} records: 0 failed", counts.records);
    Ok(0)
}

/// A line of the report: whose it is, and what happened to it.
fn row(to: &mut dyn Write, name: &str, record: Option<u64>, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let mut line = json!({ "path": name });
    if let Some(record) = record {
        line["record"] = record.into();
    }
    let mut line = line.to_string();
    line.pop();
    writeln!(to, "{line},\"diagnostics\":{}}}", qingwen_bulk::to_json(diagnostics))
}

/// How often each thing happened.
#[derive(Default)]
struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    /// Counts, and says everything that was lost.
    fn add(&mut self, stderr: &mut dyn Write, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            *self.0.entry(diagnostic.code).or_default() += 1;
            if matches!(diagnostic.kind, Kind::Lost(_)) {
                let _ = writeln!(stderr, "{diagnostic}");
            }
        }
    }

    fn tell(&self, stderr: &mut dyn Write) {
        for (code, count) in &self.0 {
            let _ = writeln!(stderr, "  {code}: {count}");
        }
    }
}

/// Writes to a file, which is there only when all of it is, or to standard output.
fn write_to(
    output: Option<&Path>,
    stdout: &mut (dyn Write + Send),
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    let Some(path) = output else {
        let mut out = BufWriter::with_capacity(1 << 16, stdout);
        return write(&mut out).and_then(|()| out.flush());
    };
    let mut out = BufWriter::with_capacity(1 << 16, Output::create(path)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()
}
