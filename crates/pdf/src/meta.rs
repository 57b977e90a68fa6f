//! What the file says of itself: the information dictionary and the catalog (ISO 32000-2, 14.3).

use crate::file::File;
use hayro_syntax::object::DateTime;
use qingwen_model::Meta;

/// The properties of the document.
pub(crate) fn read(file: &File) -> Meta {
    let info = file.info();
    let string = |bytes: &Option<Box<[u8]>>| {
        bytes.as_deref().map(text).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let language = file.catalog().and_then(|catalog| catalog.get::<crate::file::Bytes<'_>>("Lang"));
    Meta {
        title: string(&info.title),
        author: string(&info.author),
        subject: string(&info.subject),
        created: info.creation_date.as_ref().map(date),
        modified: info.modification_date.as_ref().map(date),
        application: string(&info.creator).or_else(|| string(&info.producer)),
        language: language.map(|lang| text(&lang)).filter(|lang| !lang.is_empty()),
        encoding: None,
        pages: u32::try_from(file.pages().len()).ok(),
    }
}

/// A date as ISO 8601.
fn date(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, utc_offset_hour, utc_offset_minute } = *date;
    let zone = match (utc_offset_hour, utc_offset_minute) {
        (0, 0) => "Z".to_owned(),
        (hours, minutes) => format!("{hours:+03}:{minutes:02}"),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

/// A text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its mark, else PDFDocEncoding. Chinese writers that
/// know neither put in GBK, which is taken for it where nothing else fits.
pub(crate) fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        bytes if bytes.is_ascii() => String::from_utf8_lossy(bytes),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => legacy(bytes),
        },
    };
    decoded.chars().filter(|&c| c != '\0' && c != '\u{feff}').collect()
}

fn legacy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let pairs = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if pairs >= 4
        && pairs % 2 == 0
        && let Some(text) = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes)
        && text.chars().all(|c| {
            c.is_ascii() || matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
        })
    {
        return text;
    }
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_in_every_encoding_writers_use() {
        assert_eq!(text(b"\xfe\xff\x4e\x2d\x65\x87"), "中文");
        assert_eq!(text(b"\xff\xfe\x2d\x4e\x87\x65"), "中文");
        assert_eq!(text("\u{feff}中文".as_bytes()), "中文");
        assert_eq!(text(b"\xd6\xd0\xce\xc4"), "中文");
        assert_eq!(text(b"caf\xe9"), "café");
        assert_eq!(text(b"plain\0"), "plain");
    }
}
