//! One file's row: what the report, the collected output and the terminal say of it, and under which names.
//!
//! [`COLUMNS`] is the one place that says which columns there are. JSON lines ([`line`](Row::line)), Arrow and
//! Parquet are all written from it.

use crate::manifest::name_of;
use crate::outcome::{Cause, Count, Outcome, Status};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a run says of one file.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the file is called: its path, or `-`.
    pub label: PathBuf,
    /// The output's path below the output folder, where there is one.
    pub output: Option<PathBuf>,
    /// Whether an earlier run did it.
    pub skipped: bool,
    /// Whether the output was edited by hand since an earlier run wrote it.
    pub edited: bool,
    /// What became of it.
    pub outcome: Outcome,
}

/// A column of the report, of the collected documents, or of both.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    place: Place,
    get: fn(&Row) -> Value<'_>,
}

/// What a column holds. A row may have nothing in it, except where this says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text.
    Text,
    /// A number that is not negative.
    Integer,
    /// Seconds.
    Seconds,
    /// Yes or no; never nothing.
    Flag,
    /// Why there is no Markdown: `kind` and `message`.
    Cause,
    /// How often each diagnostic was given, by its code; never nothing.
    Counts,
    /// The diagnostics; never nothing. See [`to_json`](crate::to_json).
    Diagnostics,
}

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Report,
    Documents,
    Both,
}

/// What a row has in a column.
pub(crate) enum Value<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Integer(u64),
    Seconds(f64),
    Flag(bool),
    Cause(&'a Cause),
    Counts(&'a BTreeMap<String, Count>),
    /// As a JSON array.
    Diagnostics(&'a str),
}

/// All columns, in their order.
const COLUMNS: [Column; 19] = {
    use ColumnKind::{Cause, Counts, Diagnostics, Flag, Integer, Seconds, Text};
    use Place::{Both, Documents, Report};
    const fn column(
        name: &'static str,
        kind: ColumnKind,
        place: Place,
        get: fn(&Row) -> Value<'_>,
    ) -> Column {
        Column { name, kind, place, get }
    }
    [
        column("path", Text, Both, |row| Value::Text(row.label.to_string_lossy())),
        // The path in hexadecimal, where it is not UTF-8.
        column("path_bytes", Text, Both, |row| Value::text(name_of(&row.label).1)),
        column("output", Text, Both, |row| row.output.as_deref().map_or(Value::Nothing, Value::path)),
        column("skipped", Flag, Report, |row| Value::Flag(row.skipped)),
        column("edited", Flag, Report, |row| Value::Flag(row.edited)),
        column("status", Text, Both, |row| Value::Text(row.status().as_str().into())),
        column("cause", Cause, Both, |row| row.cause().map_or(Value::Nothing, Value::Cause)),
        column("format", Text, Both, |row| Value::fact(&row.outcome.format)),
        column("encoding", Text, Both, |row| Value::fact(&row.outcome.encoding)),
        column("title", Text, Both, |row| Value::fact(&row.outcome.title)),
        column("pages", Integer, Both, |row| {
            row.outcome.pages.map_or(Value::Nothing, |pages| Value::Integer(pages.into()))
        }),
        column("bytes", Integer, Both, |row| Value::Integer(row.outcome.bytes)),
        // BLAKE3 of the file.
        column("hash", Text, Both, |row| Value::Text(row.outcome.hash.as_str().into())),
        column("chars_in", Integer, Both, |row| Value::Integer(row.outcome.chars_in)),
        column("chars", Integer, Both, |row| Value::Integer(row.outcome.chars)),
        column("counts", Counts, Both, |row| Value::Counts(&row.outcome.codes)),
        column("seconds", Seconds, Report, |row| Value::Seconds(row.outcome.micros as f64 / 1e6)),
        column("markdown", Text, Documents, |row| Value::Text(row.outcome.markdown.as_str().into())),
        column("diagnostics", Diagnostics, Both, |row| Value::Diagnostics(&row.outcome.diagnostics)),
    ]
};

/// The columns of the report: everything but the Markdown.
pub(crate) fn report() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| column.place != Place::Documents)
}

/// The columns of collected documents: all that is the same for every run over the same files.
pub fn documents() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| column.place != Place::Report)
}

impl Column {
    pub(crate) fn of<'a>(&self, row: &'a Row) -> Value<'a> {
        (self.get)(row)
    }
}

impl<'a> Value<'a> {
    fn text(text: Option<String>) -> Self {
        text.map_or(Value::Nothing, |text| Value::Text(text.into()))
    }

    fn path(path: &'a Path) -> Self {
        Value::Text(path.to_string_lossy())
    }

    fn fact(fact: &'a Option<String>) -> Self {
        fact.as_deref().map_or(Value::Nothing, |fact| Value::Text(fact.into()))
    }

    fn write_json(&self, line: &mut String) {
        let json = match self {
            Value::Nothing => Json::Null,
            Value::Text(text) => text.as_ref().into(),
            Value::Integer(number) => (*number).into(),
            Value::Seconds(seconds) => (*seconds).into(),
            Value::Flag(flag) => (*flag).into(),
            Value::Cause(cause) => {
                serde_json::json!({ "kind": cause.kind, "message": cause.message })
            }
            Value::Counts(codes) => {
                codes.iter().map(|(code, count)| (code.clone(), Json::from(count.count))).collect()
            }
            // They are JSON already.
            Value::Diagnostics(diagnostics) => return line.push_str(diagnostics),
        };
        line.push_str(&json.to_string());
    }
}

impl Row {
    /// The row of a file that was converted, or was not.
    pub fn new(label: PathBuf, outcome: Outcome) -> Self {
        Row { label, output: None, skipped: false, edited: false, outcome }
    }

    /// How it went.
    pub fn status(&self) -> Status {
        self.outcome.status
    }

    /// Why there is no Markdown.
    pub fn cause(&self) -> Option<&Cause> {
        self.outcome.cause.as_ref()
    }

    /// What the report says of the file but for the diagnostics, as one line of JSON.
    pub fn to_json(&self) -> String {
        self.line(report().filter(|column| column.kind != ColumnKind::Diagnostics))
    }

    /// The row as a line of JSON, every column in it.
    pub(crate) fn line<'c>(&self, columns: impl Iterator<Item = &'c Column>) -> String {
        let mut line =
            String::with_capacity(512 + self.outcome.markdown.len() + self.outcome.diagnostics.len());
        for column in columns {
            line.push(if line.is_empty() { '{' } else { ',' });
            line.push('"');
            line.push_str(column.name);
            line.push_str("\":");
            column.of(self).write_json(&mut line);
        }
        line.push_str("}\n");
        line
    }
}
