/// The formats that can be told apart.
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
}

impl Format {
    /// The format of some bytes, by what they begin with.
    pub fn of(bytes: &[u8]) -> Format {
        const OF_WORD: [&[u8]; 3] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"];
        if OF_WORD.iter().any(|magic| bytes.starts_with(magic)) {
            Format::Docx
        } else if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
            Format::Pdf
        } else {
            Format::Text
        }
    }
}
