//! Errors of the library as exceptions: one class for each kind.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError};
use pyo3::prelude::*;
use qingwen::model::{Error, ErrorKind};
use std::path::Path;

create_exception!(
    qingwen,
    QingwenError,
    PyException,
    "A file that gives no document; `kind` and `place` say more."
);
create_exception!(qingwen, MalformedError, QingwenError, "The bytes are not what they claim to be.");
create_exception!(qingwen, EncryptedError, QingwenError, "A password is needed, or another one.");
create_exception!(qingwen, UnsupportedError, QingwenError, "The format is not read.");
create_exception!(qingwen, LimitError, QingwenError, "Larger or deeper than the limits allow.");

/// The exception for an error; one of reading a file is an OSError.
pub(crate) fn raised(py: Python<'_>, error: &Error, path: Option<&Path>) -> PyErr {
    let message = error.to_string();
    if error.kind() == ErrorKind::Io {
        let source =
            std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
        let name = path.map(|path| path.display().to_string());
        // With a number, Python makes of it FileNotFoundError and its like.
        return match source.and_then(std::io::Error::raw_os_error) {
            Some(number) => PyOSError::new_err((number, message, name)),
            None => PyOSError::new_err(message),
        };
    }
    let raised = match error.kind() {
        ErrorKind::Malformed => MalformedError::new_err(message),
        ErrorKind::Encrypted => EncryptedError::new_err(message),
        ErrorKind::Unsupported => UnsupportedError::new_err(message),
        ErrorKind::Limit => LimitError::new_err(message),
        _ => QingwenError::new_err(message),
    };
    let value = raised.value(py);
    let set =
        value.setattr("kind", error.kind().as_str()).and_then(|()| value.setattr("place", error.place()));
    set.err().unwrap_or(raised)
}
