//! qingwen for Python: the library's names, and Arrow in and out.
//!
//! The package `qingwen` (`python/qingwen`) re-exports what is here; `_qingwen.pyi` beside it is its documentation for
//! type checkers, and a test holds it to what is here.

mod arrow;
mod document;
mod errors;
mod many;
mod options;
mod result;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use qingwen::model::Error;
use qingwen::{Converted, Format, Options};
use qingwen_bulk::{format_of, read_file};
use result::Outcome;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Converts a document, given as bytes or as the path of a file.
///
/// Raises a subclass of QingwenError where it gives no document at all, and OSError where the file cannot be read;
/// anything less is among the diagnostics.
#[pyfunction]
#[pyo3(signature = (source, **options))]
fn convert(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Outcome> {
    let options = options::read(options)?.options();
    let (path, done) = if let Ok(bytes) = source.cast::<PyBytes>() {
        let bytes = bytes.as_bytes();
        (None, py.detach(|| Outcome::attempt(Path::new(""), bytes.into(), options)))
    } else {
        let path: PathBuf = source.extract()?;
        let done = py.detach(|| Outcome::of_file(&path, options));
        (Some(path), done)
    };
    match done {
        Ok(done) => Ok(Outcome::new(path, Ok(done))),
        Err(error) => Err(errors::raised(py, &error, path.as_deref())),
    }
}

/// Cleans text that is decoded already; Markdown, if `format` says so.
#[pyfunction]
#[pyo3(signature = (text, *, format = "text", **options))]
fn clean(py: Python<'_>, text: &str, format: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Outcome> {
    let format = match format {
        "text" => Format::Text,
        "markdown" => Format::Markdown,
        _ => return Err(options::wrong(format!("format: “{format}” is neither text nor markdown"))),
    };
    let options = Options { format: Some(format), ..options::read(options)?.options() };
    Ok(Outcome::new(None, Ok(py.detach(|| qingwen::clean(text, &options)))))
}

impl Outcome {
    /// Reads a file and converts it.
    fn of_file(path: &Path, options: Options) -> Result<Converted, Error> {
        let bytes = read_file(path, options.text.limits.input)?;
        Outcome::attempt(path, bytes.into(), options)
    }

    /// Converts some bytes; `name` is what they are called.
    fn attempt(name: &Path, bytes: Cow<'_, [u8]>, mut options: Options) -> Result<Converted, Error> {
        options.format = format_of(name, &bytes);
        qingwen::convert(bytes, &options)
    }
}

/// Clean UTF-8 Markdown from docx, pdf and text in any Chinese encoding.
#[pymodule]
mod _qingwen {
    #[pymodule_export]
    use super::arrow::{convert_batch, schema};
    #[pymodule_export]
    use super::document::Document;
    #[pymodule_export]
    use super::errors::{EncryptedError, LimitError, MalformedError, QingwenError, UnsupportedError};
    #[pymodule_export]
    use super::many::{Results, convert_many};
    #[pymodule_export]
    use super::result::{Chunk, Diagnostic, Outcome};
    #[pymodule_export]
    use super::{clean, convert};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("OPTIONS", super::options::NAMES)
    }
}
