/// What the JSON of a document begins with.
pub(crate) const JSON: &[u8] = b"{\"schema\":\"qingwen-document/";

/// The formats that can be told apart.
///
/// ```
/// use qingwen::Format;
/// assert_eq!(Format::of(b"%PDF-1.7 ..."), Format::Pdf);
/// assert_eq!(Format::of("总则".as_bytes()), Format::Text);
/// assert_eq!(Format::of_name("报告.md"), Some(Format::Markdown));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Office Open XML word processing; also what Word wrote before or writes beside it, so that its reader can
    /// say what such a file is.
    Docx,
    /// Portable Document Format.
    Pdf,
    /// A document of ours as JSON; see [`json`](crate::json). It is cleaned already and is written as it stands.
    Json,
    /// Markdown. Its bytes are those of a text, so a caller has to say it: see [`of_name`](Format::of_name).
    Markdown,
}

impl Format {
    /// The format that the end of a file's name promises, where bytes cannot tell: `.md` and `.markdown`.
    ///
    /// ```
    /// assert_eq!(qingwen::Format::of_name("报告.MD"), Some(qingwen::Format::Markdown));
    /// assert_eq!(qingwen::Format::of_name("报告.docx"), None); // its bytes tell
    /// ```
    pub fn of_name(name: &str) -> Option<Format> {
        let (_, end) = name.rsplit_once('.')?;
        let named = |other: &str| end.eq_ignore_ascii_case(other);
        (named("md") || named("markdown")).then_some(Format::Markdown)
    }

    /// The format of some bytes, by what they begin with.
    ///
    /// ```
    /// assert_eq!(qingwen::Format::of(b"PK\x03\x04"), qingwen::Format::Docx);
    /// assert_eq!(qingwen::Format::of("总则".as_bytes()), qingwen::Format::Text);
    /// ```
    pub fn of(bytes: &[u8]) -> Format {
        const OF_WORD: [&[u8]; 3] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"];
        if OF_WORD.iter().any(|magic| bytes.starts_with(magic)) {
            Format::Docx
        } else if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
            Format::Pdf
        } else if bytes.starts_with(JSON) {
            Format::Json
        } else {
            Format::Text
        }
    }
}
