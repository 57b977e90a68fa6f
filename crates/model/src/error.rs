use std::fmt;

/// Why a file gave no document at all. Anything less is a [`Diagnostic`](crate::Diagnostic).
///
/// Opaque, so that it can grow: ask for its [`kind`](Error::kind), and print it for a person. The message is
/// a fragment that reads well after "failed to convert: ".
///
/// ```
/// use qingwen_model::{Error, ErrorKind};
/// let error = Error::malformed("a part is cut off").at("word/document.xml");
/// assert_eq!(error.to_string(), "a part is cut off (word/document.xml)");
/// assert_eq!((error.kind(), error.place()), (ErrorKind::Malformed, Some("word/document.xml")));
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Whose fault it is, and so what a caller can do about it.
///
/// ```
/// assert_eq!(qingwen_model::ErrorKind::Encrypted.as_str(), "encrypted");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file is damaged, or is not what it claims to be.
    Malformed,
    /// The file needs a password that was not given.
    Encrypted,
    /// The file is sound, and of a kind that is not read.
    Unsupported,
    /// The file asks for more than [`Limits`](crate::Limits) allow.
    Limit,
    /// Reading or writing failed below us.
    Io,
}

impl ErrorKind {
    /// The kind as one lower-case word, as it stands in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Malformed => "malformed",
            ErrorKind::Encrypted => "encrypted",
            ErrorKind::Unsupported => "unsupported",
            ErrorKind::Limit => "limit",
            ErrorKind::Io => "io",
        }
    }
}

impl Error {
    /// An error of a kind, with a message in lower case.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), place: None, source: None }
    }

    /// The file is damaged, or is not what it claims to be.
    pub fn malformed(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Malformed, message)
    }

    /// The file is of a kind that is not read.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Unsupported, message)
    }

    /// The file asks for more than the limits allow.
    pub fn limit(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Limit, message)
    }

    /// The file needs a password that was not given.
    pub fn encrypted(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Encrypted, message)
    }

    /// Names the place in the file: a part of the package, an object number, a byte offset.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Keeps the error this one comes from.
    #[must_use]
    pub fn from_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whose fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The place in the file, where one is known.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::new(ErrorKind::Io, "read or write").from_source(error)
    }
}
