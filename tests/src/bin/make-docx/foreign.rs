//! Files that are no docx, or not one that can be read; each must be named for what it is.

use crate::package::{NAMESPACES, Package, plain, zip_of};

pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |streams: &[&str]| {
        let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        out.resize(512, 0);
        for stream in streams {
            out.extend(wide(stream));
            out.resize(out.len().next_multiple_of(128), 0);
        }
        out
    };
    let whole = Package::new(&plain("青柳河水位正常。")).zip();
    let doctype = format!(
        "<!DOCTYPE x [<!ENTITY a \"甲\">]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p>\
         </w:body></w:document>"
    );
    vec![
        ("bad-encrypted.docx", compound(&["Root Entry", "EncryptedPackage", "EncryptionInfo"])),
        ("bad-legacy.docx", compound(&["Root Entry", "WordDocument", "1Table"])),
        ("bad-rtf.docx", text("{\\rtf1\\ansi 青柳河}")),
        ("bad-empty.docx", Vec::new()),
        ("bad-cut.docx", whole[..whole.len() / 2].to_vec()),
        ("bad-doctype.docx", Package::of_document(doctype).zip()),
        ("bad-xlsx.docx", zip_of(&[("xl/workbook.xml".into(), text("<workbook/>"))])),
        ("bad-odt.docx", zip_of(&[("mimetype".into(), text("application/vnd.oasis.opendocument.text"))])),
        ("bad-zip.docx", zip_of(&[("readme.txt".into(), text("青柳河"))])),
        ("bad-root.docx", Package::of_document("<html><body>青柳河</body></html>").zip()),
    ]
}
