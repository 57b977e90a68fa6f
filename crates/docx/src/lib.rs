//! Reads docx into the qingwen document model.

use qingwen_model::{Document, Error, Limits, Warned};

/// How to read a docx.
#[derive(Clone, Debug, Default)]
pub struct DocxOptions {
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a docx.
///
/// # Errors
///
/// Those of [`ErrorKind`](qingwen_model::ErrorKind): malformed, encrypted, unsupported, over a limit.
pub fn read(_bytes: &[u8], _options: &DocxOptions) -> Result<Warned<Document>, Error> {
    Err(Error::unsupported("docx is not read yet"))
}
