//! What is not text, by name.

use crate::scan;

/// Names the kind of file that some bytes begin, if it is one of those that are not text.
pub(crate) fn name(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(1024)];
    let sure = |magic: &[u8]| {
        magic.iter().any(|b| !(b' '..=b'~').contains(b))
            || [b"%PDF-".as_slice(), b"{\\rtf"].contains(&magic)
            || head.contains(&0)
    };
    let magic = MAGIC
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)) && sure(magic));
    let riff =
        (bytes.starts_with(b"RIFF") && bytes.len() >= 12).then_some("a RIFF container (WebP, WAV, AVI)");
    let program = (bytes.starts_with(b"MZ") && bytes.contains(&0)).then_some("a Windows program");
    magic.map(|(_, _, name)| *name).or(riff).or(program)
}

/// Whether the bytes are mostly such as no text has, whatever its encoding: one in twenty is a control, runs
/// of NUL apart, which a crash leaves in a text.
pub(crate) fn looks_binary(bytes: &[u8]) -> bool {
    // Nearly every text has none of them; this is looked at first and fast.
    if !scan::has_controls(bytes) {
        return false;
    }
    let strange: usize =
        bytes.chunks(255).map(|part| usize::from(part.iter().map(is_strange).sum::<u8>())).sum();
    if strange < 2 {
        return false;
    }
    let runs = bytes.chunk_by(|a, b| (*a == 0) == (*b == 0));
    let padding: usize = runs.filter(|run| run[0] == 0 && run.len() >= PADDING).map(<[u8]>::len).sum();
    strange > padding + 1
        && (strange - padding) * 20 > bytes.len() - padding
        && !(padding == 0 && is_chinese(bytes, strange))
}

/// Whether bytes are UTF-8, a character cut off at the end apart, without NUL and with at least so many ideographs: a
/// short text that Word's controls were left in. Binary data is such by no accident.
fn is_chinese(bytes: &[u8], least: usize) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.contains('\0') && text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count() >= least
}

/// So many NUL in a row are padding.
const PADDING: usize = 64;

/// 1 for a control that no text has. What word processors leave in extracted text is not held against it.
fn is_strange(byte: &u8) -> u8 {
    u8::from(
        *byte < 7
            || (*byte >= 0x0E && *byte < 0x13)
            || (*byte >= 0x16 && *byte < 0x1A)
            || *byte == 0x1C
            || *byte == 0x1D,
    )
}

/// Where, what, and what it is.
const MAGIC: [(usize, &[u8], &str); 46] = [
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xFF\xD8\xFF", "a JPEG picture"),
    (0, b"GIF87a", "a GIF picture"),
    (0, b"GIF89a", "a GIF picture"),
    (0, b"II*\0", "a TIFF picture"),
    (0, b"MM\0*", "a TIFF picture"),
    (0, b"8BPS\0", "a Photoshop picture"),
    (0, b"\0\0\x01\0", "a Windows icon"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an OLE2 file, as Word 97 (.doc), Excel (.xls) and WPS write"),
    (0, b"\xDB\xA5-\0", "a Word 2 document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document in one"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (0, b"\x1F\x8B\x08", "a gzip file"),
    (0, b"BZh91AY&SY", "a bzip2 file"),
    (0, b"\xFD7zXZ\0", "an xz file"),
    (0, b"\x28\xB5\x2F\xFD", "a Zstandard file"),
    (0, b"\x04\x22\x4D\x18", "an LZ4 file"),
    (0, b"MSCF\0\0\0\0", "a cabinet archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7FELF", "a Linux program"),
    (0, b"\xCF\xFA\xED\xFE", "a macOS program"),
    (0, b"\xCE\xFA\xED\xFE", "a macOS program"),
    (0, b"\xCA\xFE\xBA\xBE", "a Java class or a macOS program"),
    (0, b"\0asm", "a WebAssembly module"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\0\x01\0\0Standard Jet DB", "an Access database"),
    (0, b"\0\x01\0\0Standard ACE DB", "an Access database"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"ARROW1\0\0", "an Arrow file"),
    (0, b"ITSF\x03\0\0\0", "a compiled HTML help file (.chm)"),
    (0, b"AT&TFORM", "a DjVu document"),
    (60, b"BOOKMOBI", "a Mobipocket book"),
    (0, b"true\0", "a TrueType font"),
    (0, b"\0\x01\0\0\0", "a TrueType font"),
    (0, b"OTTO\0", "an OpenType font"),
    (0, b"wOFF", "a web font"),
    (0, b"wOF2", "a web font"),
    (0, b"OggS\0", "an Ogg recording"),
    (0, b"fLaC\0", "a FLAC recording"),
    (0, b"ID3\x03\0", "an MP3 recording"),
    (4, b"ftyp", "an MP4 or HEIF file"),
    (0, b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut"),
];
