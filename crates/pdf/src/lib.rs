//! Reads pdf into the qingwen document model.

#[allow(dead_code, reason = "the border types land before both sides of it")]
mod page;

use qingwen_model::{Document, Error, Limits, Warned};

/// How to read a pdf.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a pdf.
///
/// # Errors
///
/// Those of [`ErrorKind`](qingwen_model::ErrorKind): malformed, encrypted, unsupported, over a limit.
pub fn read(_bytes: &[u8], _options: &PdfOptions) -> Result<Warned<Document>, Error> {
    Err(Error::unsupported("pdf is not read yet"))
}
