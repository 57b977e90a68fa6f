//! One document, from where its bytes are to its outcome, whatever happens on the way.

use crate::archive::Archives;
use crate::find::Input;
use crate::outcome::{Cause, Outcome, Status};
use crate::settings::{Settings, To};
use crate::store::stage;
use qingwen::model::{Error, ErrorKind};
use qingwen::{Converted, Format, Options};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The function that converts: [`qingwen::convert`], or one that misbehaves in a test of this crate.
pub type Engine = fn(Cow<'_, [u8]>, &Options) -> Result<Converted, Error>;

/// Converts a document that is at hand as a run would. Whatever happens is in the outcome: it never panics, and
/// only `micros` depends on more than the bytes, the settings and, for Markdown, the name.
///
/// ```
/// use qingwen_bulk::{Settings, Status, convert};
/// let outcome = convert("甲.txt".as_ref(), "总产值增长。".as_bytes(), &Settings::default());
/// assert_eq!((outcome.status, outcome.markdown.as_str()), (Status::Ok, "总产值增长。\n"));
/// ```
pub fn convert<'a>(name: &Path, bytes: impl Into<Cow<'a, [u8]>>, settings: &Settings) -> Outcome {
    let start = Instant::now();
    let bytes = bytes.into();
    let mut options = settings.options();
    options.format = format_of(name, &bytes);
    let outcome = attempt(|bytes, options| qingwen::convert(bytes, options), bytes, &options, settings.to);
    Outcome { micros: start.elapsed().as_micros() as u64, ..outcome }
}

/// Converts; a panic is an outcome, too.
fn attempt(engine: Engine, bytes: Cow<'_, [u8]>, options: &Options, to: To) -> Outcome {
    let (length, hash) = (bytes.len() as u64, blake3::hash(&bytes).to_hex().to_string());
    let outcome = match catch_unwind(AssertUnwindSafe(|| engine(bytes, options))) {
        Ok(Ok(done)) => {
            let written = to.write(&done);
            let outcome = Outcome::converted(done);
            Outcome { markdown: written.unwrap_or(outcome.markdown), ..outcome }
        }
        Ok(Err(error)) => Outcome::refused(&error),
        Err(payload) => Outcome::failed(Status::Failed, Cause::new("panic", said(&*payload))),
    };
    Outcome { bytes: length, hash, ..outcome }
}

/// A document to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// Where its bytes are.
    pub input: Input,
    /// What it is called in reports.
    pub label: PathBuf,
    /// What the folder of its pictures is called.
    pub pictures: String,
    /// The file to write its output to, which the run then gives its name.
    pub staged: Option<PathBuf>,
}

/// What a run wants to have of each document, beside its output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wants {
    /// The Markdown.
    pub markdown: bool,
    /// The diagnostics.
    pub diagnostics: bool,
    /// That an output is on the disk when it is said to be written.
    pub sync: bool,
}

/// A document converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    /// What became of it, without what the run does not want.
    pub outcome: Outcome,
    /// BLAKE3 of the output, where it was written.
    pub staged: Option<String>,
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        Done { outcome, staged: None }
    }
}

/// What converts documents, one at a time.
pub(crate) struct Converter {
    engine: Engine,
    options: Options,
    to: To,
    wants: Wants,
    archives: Archives,
}

impl Converter {
    pub(crate) fn new(engine: Engine, settings: &Settings, wants: Wants) -> Self {
        let (options, archives) = (settings.options(), Archives::default());
        Converter { engine, options, to: settings.to, wants, archives }
    }

    /// Reads a document, converts it and writes the output. A panic is an outcome, too.
    pub(crate) fn convert(&mut self, request: &Request) -> Done {
        let mut done = Done::from(self.outcome(request));
        let outcome = &mut done.outcome;
        if let Some(path) = request.staged.as_deref().filter(|_| outcome.status.has_output()) {
            match stage(path, outcome.markdown.as_bytes(), self.wants.sync) {
                Ok(hash) => done.staged = Some(hash),
                Err(cause) => outcome.fail(cause),
            }
        }
        if !self.wants.markdown {
            outcome.markdown = String::new();
        }
        if !self.wants.diagnostics {
            outcome.diagnostics = String::new();
        }
        done
    }

    fn outcome(&mut self, request: &Request) -> Outcome {
        let start = Instant::now();
        self.options.markdown.media = self.options.docx.media.then(|| request.pictures.clone());
        let mut outcome = match self.read(&request.input) {
            Err(error) => Outcome::refused(&error),
            Ok(bytes) => {
                self.options.format = match &request.input {
                    Input::File(path) => format_of(path, &bytes),
                    _ => None,
                };
                attempt(self.engine, bytes, &self.options, self.to)
            }
        };
        self.to.name(&mut outcome.markdown, &request.label);
        outcome.micros = start.elapsed().as_micros() as u64;
        outcome
    }

    fn read<'a>(&mut self, input: &'a Input) -> Result<Cow<'a, [u8]>, Error> {
        let limit = self.options.text.limits.input;
        match input {
            Input::Bytes(bytes) => Ok(bytes.as_slice().into()),
            Input::File(path) => read_file(path, limit).map(Cow::Owned),
            Input::Entry(path, index) => self.archives.read(path, *index, limit).map(Cow::Owned),
        }
    }
}

/// What a file is, where its bytes do not tell it: Markdown is a text whose name says so.
pub fn format_of(name: &Path, bytes: &[u8]) -> Option<Format> {
    let named = Format::of_name(&name.to_string_lossy()).filter(|format| *format == Format::Markdown);
    named.filter(|_| Format::of(bytes) == Format::Text)
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
///
/// Where it cannot be read, is no regular file, or is larger.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    // Looked at before it is opened: opening a pipe would wait for its writer.
    let unreadable = |error: std::io::Error| Error::new(ErrorKind::Io, "cannot be read").from_source(error);
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Error::unsupported("not a regular file"));
    }
    if metadata.len() > limit {
        return Err(Error::limit(format!("{} bytes, more than the limit of {limit}", metadata.len())));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

fn said(payload: &(dyn Any + Send)) -> String {
    let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let message = message.or_else(|| payload.downcast_ref::<String>().cloned());
    format!("a fault in qingwen: {}", message.unwrap_or_else(|| "panic".to_owned()))
}
