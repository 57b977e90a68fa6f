//! `qingwen verify`: proof that output and report give back the input.

use crate::clean::{FieldFormat, Kinds};
use crate::rules::done;
use crate::{Streams, records, refuse};
use qingwen::{Change, Finding, Format, Ledger, Options, Profile, Record};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};

/// Prove that the output and the report give back every letter, digit and ideograph of the input.
///
/// Of every character, the input must have as many as the output, plus what the report says was taken out,
/// less what it says was put in; and what both have must stand in the same order. Of Markdown, where its links
/// lead counts as well. JSON lines and Parquet that `qingwen clean` cleaned are proven record by record, and
/// everything beside the field must be the same.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 proven, 1 something does not add up, 2 wrong usage or nothing begun.")]
pub(crate) struct Args {
    /// The document, or the JSON lines or Parquet, as it was.
    input: PathBuf,
    /// What came of it.
    output: PathBuf,
    /// The report of that run, as --report wrote it.
    report: PathBuf,
    /// What the input is, where its name does not tell.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Kinds>,
    /// The field of each JSON line, or the column of the Parquet file, that was cleaned.
    #[arg(long, value_name = "NAME", default_value = "text")]
    field: String,
    /// What that field held before: text, or Markdown.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    field_format: FieldFormat,
}

pub(crate) fn run(args: &Args, mut streams: Streams<'_>) -> u8 {
    let (mut faults, mut told) = (0u64, Ok(()));
    let stdout = &mut streams.stdout;
    let proven = prove(args, &mut |fault| {
        faults += 1;
        if told.is_ok() {
            told = writeln!(stdout, "{fault}");
        }
    });
    if let Err(message) = proven {
        return refuse(&mut streams, &message);
    }
    if faults == 0 {
        told = writeln!(streams.stdout, "every letter, digit and ideograph is accounted for");
    }
    done(told).max(u8::from(faults > 0))
}

/// Tells everything that does not add up.
fn prove(args: &Args, tell: &mut dyn FnMut(String)) -> Result<(), String> {
    match args.format.unwrap_or_else(|| Kinds::of_name(&args.input.to_string_lossy())) {
        Kinds::Jsonl => prove_lines(args, tell),
        #[cfg(feature = "parquet")]
        Kinds::Parquet => prove_parquet(args, tell),
        _ => prove_document(args, tell),
    }
}

fn prove_document(args: &Args, tell: &mut dyn FnMut(String)) -> Result<(), String> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| named(path, &error));
    let text =
        |path: &Path| String::from_utf8(read(path)?).map_err(|_| format!("{}: not UTF-8", path.display()));
    let format = match args.format {
        Some(Kinds::Markdown) => Some(Format::Markdown),
        Some(_) => Some(Format::Text),
        None => Format::of_name(&args.input.to_string_lossy()),
    };
    let bytes = read(&args.input)?;
    let is_text = format.unwrap_or_else(|| Format::of(&bytes)) == Format::Text;
    let (output, report) = (text(&args.output)?, text(&args.report)?);
    let input = words(format, bytes).map_err(|error| named(&args.input, &error))?;
    let ledger = ledger(&report, &args.input, is_text).map_err(|error| named(&args.report, &error))?;
    // Markdown alone has links before and after; of a docx, where they lead depends on the headings.
    let output = match format {
        Some(Format::Markdown) => qingwen::shown_with_links(&output),
        _ => qingwen::shown(&output),
    };
    qingwen::verify(&input, &output, &ledger).iter().for_each(|finding| tell(sentence(finding)));
    Ok(())
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// Proves JSON lines, line by line: memory does not grow with their number.
fn prove_lines(args: &Args, tell: &mut dyn FnMut(String)) -> Result<(), String> {
    let open = |path: &Path| File::open(path).map(BufReader::new).map_err(|error| named(path, &error));
    let (mut input, mut output) = (open(&args.input)?, open(&args.output)?);
    let mut rows = Rows::open(args)?;
    records::in_step([&mut input, &mut output], |number, lines| {
        let row = rows.of(number)?;
        let mut tell = |what: &str| tell(format!("record {number}: {what}"));
        match (lines, row) {
            ([None, _], _) => tell("not in the input"),
            ([_, None], _) => tell("not in the output"),
            // What could not be cleaned was passed on.
            ([one, other], None) if one != other => tell(UNTOLD),
            (_, None) => {}
            ([Some(one), Some(other)], Some(ledger)) => prove_line(args, [one, other], &ledger, &mut tell),
        }
        Ok(())
    })?;
    rows.end(tell)
}

/// What is said of a record that changed without a row in the report.
const UNTOLD: &str = "changed, and the report does not say so";

fn prove_line(args: &Args, lines: [&[u8]; 2], ledger: &Ledger, tell: &mut dyn FnMut(&str)) {
    let lines = lines.map(String::from_utf8_lossy);
    match [&lines[0], &lines[1]].map(|line| Record::read(line, &args.field)) {
        [Err(error), _] => tell(&format!("in the input: {error}")),
        [_, Err(error)] => tell(&format!("in the output: {error}")),
        [Ok(one), Ok(other)] => {
            // Of a line whose field is null in one alone, the parts are not the same.
            let comparable = one.text.is_some() == other.text.is_some();
            if comparable && (one.before, one.after) != (other.before, other.after) {
                tell(BESIDE);
            }
            prove_texts(args, [one.text, other.text], ledger, tell);
        }
    }
}

/// What is said of a record that changed beside its text.
const BESIDE: &str = "something beside the field changed";

fn prove_texts(args: &Args, texts: [Option<String>; 2], ledger: &Ledger, tell: &mut dyn FnMut(&str)) {
    let [one, other] = match texts {
        [Some(one), Some(other)] => match args.field_format {
            FieldFormat::Text => [one, qingwen::shown(&other)],
            FieldFormat::Markdown => [one, other].map(|text| qingwen::shown_with_links(&text)),
        },
        [None, None] => return,
        _ => return tell(UNTOLD),
    };
    qingwen::verify(&one, &other, ledger).iter().for_each(|finding| tell(&sentence(finding)));
}

/// Proves Parquet, row by row.
#[cfg(feature = "parquet")]
fn prove_parquet(args: &Args, tell: &mut dyn FnMut(String)) -> Result<(), String> {
    let files = [args.input.as_path(), &args.output];
    let mut rows = Rows::open(args)?;
    let counts = crate::parquet::in_step(files, &args.field, &mut |pair| {
        let ledger = rows.of(pair.number)?.ok_or_else(|| format!("no row for record {}", pair.number));
        let mut tell = |what: &str| tell(format!("record {}: {what}", pair.number));
        if !pair.is_else_same {
            tell(BESIDE);
        }
        prove_texts(args, pair.texts, &ledger.map_err(|error| named(&args.report, &error))?, &mut tell);
        Ok(())
    })?;
    match counts {
        [one, other] if one != other => tell(format!("the input has {one} records, the output {other}")),
        _ => rows.end(tell)?,
    }
    Ok(())
}

/// The rows of a report about records, which has them in order.
struct Rows<'a> {
    path: &'a Path,
    /// Whether the field held text.
    is_text: bool,
    lines: Lines<BufReader<File>>,
    /// The row that was read last, and is of none of the records so far.
    next: Option<(u64, Ledger)>,
}

impl<'a> Rows<'a> {
    fn open(args: &'a Args) -> Result<Self, String> {
        let path = args.report.as_path();
        let file = File::open(path).map_err(|error| named(path, &error))?;
        let is_text = args.field_format == FieldFormat::Text;
        Ok(Rows { path, is_text, lines: BufReader::new(file).lines(), next: None })
    }

    /// What the report says of a record; `None` where it has no row for it. Asked for in rising order.
    fn of(&mut self, number: u64) -> Result<Option<Ledger>, String> {
        if self.next.is_none() {
            self.next = self.read()?;
        }
        match self.next.take() {
            Some((record, ledger)) if record == number => Ok(Some(ledger)),
            Some((record, _)) if record < number => {
                Err(named(self.path, &format!("the row of record {record} is not where it belongs")))
            }
            later => {
                self.next = later;
                Ok(None)
            }
        }
    }

    fn read(&mut self) -> Result<Option<(u64, Ledger)>, String> {
        let Some(line) = self.lines.next() else { return Ok(None) };
        let wrong = |error: &dyn std::fmt::Display| named(self.path, error);
        let row: Value =
            serde_json::from_str(&line.map_err(|error| wrong(&error))?).map_err(|e| wrong(&e))?;
        let record = row["record"].as_u64().ok_or_else(|| wrong(&"a row that is of no record"))?;
        Ok(Some((record, changes(&row, self.is_text).map_err(|error| wrong(&error))?)))
    }

    /// Tells whether there are rows of more records than there were.
    fn end(mut self, tell: &mut dyn FnMut(String)) -> Result<(), String> {
        let next = self.next.take();
        if let Some((record, _)) = next.map_or_else(|| self.read(), |row| Ok(Some(row)))? {
            tell(format!("record {record}: in the report alone"));
        }
        Ok(())
    }
}

/// The words of the input: of a text all of it, of every other format what is read of it before any rule.
fn words(format: Option<Format>, bytes: Vec<u8>) -> Result<String, qingwen::model::Error> {
    let mut options = Options { format, ..Options::default() };
    match format.unwrap_or_else(|| Format::of(&bytes)) {
        Format::Text => return Ok(qingwen::decode(&bytes, &options.text)?.0.value),
        Format::Markdown => {
            return Ok(qingwen::shown_with_links(&qingwen::decode(&bytes, &options.text)?.0.value));
        }
        _ => {}
    }
    options.clean.profile = Profile::Faithful;
    options.clean.disable = qingwen::rules().map(|rule| rule.id.to_owned()).collect();
    Ok(qingwen::shown(&qingwen::convert(bytes, &options)?.markdown))
}

/// What the report says was taken out and put in: of its one row, or of the row of this file.
fn ledger(report: &str, input: &Path, is_text: bool) -> Result<Ledger, String> {
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
    changes(row, is_text)
}

/// The changes in a row of a report. Their places are those of a text; of anything else, what is compared has other lines.
fn changes(row: &Value, is_text: bool) -> Result<Ledger, String> {
    let mut ledger = Ledger::default();
    for diagnostic in row["diagnostics"].as_array().ok_or("a row without diagnostics")? {
        if let (Some(before), Some(after)) = (diagnostic["before"].as_str(), diagnostic["after"].as_str()) {
            let number =
                |name: &str| diagnostic[name].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            let line = if is_text { number("line") } else { 0 };
            let (before, after) = (before.to_owned(), after.to_owned());
            ledger.changed.push(Change { before, after, line, column: number("column") });
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
            format!(
                "moved: {c:?}, behind {at} letters, digits and ideographs, and the report does not say so"
            )
        }
        _ => "something does not add up".to_owned(),
    }
}
