//! One document, from where its bytes are to its outcome, whatever happens on the way.

use crate::archive::Archives;
use crate::find::Input;
use crate::outcome::{Cause, Outcome, Status};
use qingwen::model::{Error, ErrorKind};
use qingwen::{Converted, Format, Options};
use std::any::Any;
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

/// The function that converts: [`qingwen::convert`], or one that misbehaves in a test of this crate.
pub type Engine = fn(&[u8], &Options) -> Result<Converted, Error>;

/// What converts documents, one at a time.
pub(crate) struct Converter {
    engine: Engine,
    options: Options,
    archives: Archives,
}

impl Converter {
    pub(crate) fn new(engine: Engine, options: Options) -> Self {
        Converter { engine, options, archives: Archives::default() }
    }

    /// Reads and converts; `pictures` is what the folder of its pictures is called. A panic is an outcome, too.
    pub(crate) fn convert(&mut self, input: &Input, pictures: &str) -> Outcome {
        let start = Instant::now();
        self.options.markdown.media = self.options.docx.media.then(|| pictures.to_owned());
        let mut outcome = match self.read(input) {
            Err(error) => Outcome::refused(&error),
            Ok(bytes) => {
                self.options.format = format(input, &bytes);
                let result = catch_unwind(AssertUnwindSafe(|| (self.engine)(&bytes, &self.options)));
                let outcome = match result {
                    Ok(Ok(done)) => Outcome::converted(done),
                    Ok(Err(error)) => Outcome::refused(&error),
                    Err(payload) => Outcome::failed(Status::Failed, Cause::new("panic", said(&*payload))),
                };
                let hash = blake3::hash(&bytes).to_hex().to_string();
                Outcome { bytes: bytes.len() as u64, hash, ..outcome }
            }
        };
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
fn format(input: &Input, bytes: &[u8]) -> Option<Format> {
    let Input::File(path) = input else { return None };
    let named = Format::of_name(&path.to_string_lossy()).filter(|format| *format == Format::Markdown);
    named.filter(|_| Format::of(bytes) == Format::Text)
}

fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
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
