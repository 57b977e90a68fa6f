/// The formats that can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Office Open XML word processing.
    Docx,
    /// Portable Document Format.
    Pdf,
}

impl Format {
    /// The format of some bytes, by what they begin with.
    pub fn of(bytes: &[u8]) -> Format {
        if bytes.starts_with(b"PK\x03\x04") {
            Format::Docx
        } else if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
            Format::Pdf
        } else {
            Format::Text
        }
    }
}
