//! Names what a file is that is no Word document, so that its owner knows what to do.

use crate::package::Package;
use memchr::memmem;
use qingwen_model::Error;

/// The error for a file that does not begin as a zip archive does.
pub(crate) fn not_a_zip(bytes: &[u8]) -> Error {
    const CFB: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if bytes.starts_with(CFB) {
        return compound_file(bytes);
    }
    let head = &bytes[..bytes.len().min(1024)];
    let named = [
        (&b"{\\rtf"[..], "an RTF document"),
        (b"%PDF-", "a PDF document"),
        (b"<?mso-application", "a Word document in flat XML"),
        (b"<pkg:package", "a Word document in flat XML"),
        (b"<html", "a web page"),
        (b"<HTML", "a web page"),
        (b"MIME-Version:", "a web page in one file (MHTML)"),
    ];
    if bytes.is_empty() {
        return Error::malformed("the file is empty");
    }
    match named.iter().find(|(magic, _)| memmem::find(head, magic).is_some()) {
        Some((_, what)) => Error::unsupported(format!("this is {what}, not a docx")),
        None => Error::malformed("this is not a zip archive, and so not a docx"),
    }
}

/// The older container of Microsoft: what it holds stands in the names of its streams ([MS-CFB] 2.6), which
/// are UTF-16.
fn compound_file(bytes: &[u8]) -> Error {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Error::encrypted("the document is locked with a password");
    }
    let what = if has("WordDocument") {
        "a Word 97–2003 document (.doc)"
    } else if has("Workbook") {
        "an Excel 97–2003 workbook (.xls)"
    } else if has("PowerPoint Document") {
        "a PowerPoint 97–2003 presentation (.ppt)"
    } else if has("__substg1.0_") {
        "an Outlook message (.msg)"
    } else {
        "a file of the older Microsoft container format"
    };
    Error::unsupported(format!("this is {what}, not a docx"))
}

/// What the main part of an Office package is, unless it is a Word document.
pub(crate) fn office_format(content_type: &str, part: &str) -> Option<&'static str> {
    let of = |words: &[&str], folder: &str| {
        words.iter().any(|word| content_type.contains(word)) || part.starts_with(folder)
    };
    if of(&["spreadsheetml", "ms-excel"], "xl/") {
        Some("an Excel workbook")
    } else if of(&["presentationml", "ms-powerpoint"], "ppt/") {
        Some("a PowerPoint presentation")
    } else if of(&["themeManager"], "theme/") {
        Some("an Office theme")
    } else if of(&["ms-visio"], "visio/") {
        Some("a Visio drawing")
    } else {
        None
    }
}

/// The error for a zip archive without a Word document.
pub(crate) fn other_zip(package: &Package<'_>) -> Error {
    let unsupported = |what: &str| Error::unsupported(format!("this is {what}, not a docx"));
    let mimetype = package.bytes("mimetype").ok().flatten().unwrap_or_default();
    let mimetype = String::from_utf8_lossy(&mimetype);
    let by_mimetype = [
        ("epub", "an EPUB book"),
        ("opendocument.text", "an OpenDocument text (.odt)"),
        ("opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
        ("opendocument.presentation", "an OpenDocument presentation (.odp)"),
        ("opendocument", "an OpenDocument file"),
    ];
    if let Some((_, what)) = by_mimetype.iter().find(|(word, _)| mimetype.contains(word)) {
        return unsupported(what);
    }
    let by_part = [
        ("xl/workbook.xml", "an Excel workbook"),
        ("xl/workbook.bin", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("visio/document.xml", "a Visio drawing"),
        ("ofd.xml", "an OFD document"),
        ("fixeddocseq.fdseq", "an XPS document"),
        ("index/document.iwa", "an Apple Pages document"),
        ("androidmanifest.xml", "an Android app"),
        ("meta-inf/manifest.mf", "a Java archive"),
    ];
    if let Some((_, what)) = by_part.iter().find(|(part, _)| package.has(part)) {
        return unsupported(what);
    }
    if package.has("[Content_Types].xml") || package.names().any(|name| name.starts_with("word/")) {
        return Error::malformed("the package has no document part");
    }
    unsupported("a zip archive without a Word document")
}
