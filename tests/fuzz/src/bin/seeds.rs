//! Writes what fuzzing begins with: `seeds FOLDER FILE…` puts each file, or its parts, into the folders of the targets
//! that take such.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

fn main() {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = args.next().expect("a folder to write to");
    let mut count = 0;
    for path in args {
        let Ok(bytes) = fs::read(&path) else { continue };
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
        let name = path.to_string_lossy().replace(['/', '.'], "_");
        let put = |target: &str, bytes: &[u8]| {
            let folder = folder.join(target);
            fs::create_dir_all(&folder).expect("a folder that can be made");
            fs::write(folder.join(&name), bytes).expect("a folder that can be written to");
        };
        match end.as_str() {
            "docx" | "docm" | "dotx" => {
                put("docx", &bytes);
                put("docx-parts", &docx_parts(&bytes));
            }
            "pdf" => {
                put("pdf", &bytes);
                put("pdf-parts", &pdf_parts(&bytes));
            }
            "txt" | "md" => {
                put("text", &bytes);
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    put("clean", &[b"\x02", text.as_bytes()].concat());
                    put("markdown-read", text.as_bytes());
                    let blocks: Vec<String> = text.split("\n\n").map(|block| format!("\0{block}")).collect();
                    put("markdown-write", blocks.join("\0").as_bytes());
                }
            }
            _ => continue,
        }
        count += 1;
    }
    for (name, content) in CONTENTS {
        let folder = folder.join("pdf-parts");
        fs::create_dir_all(&folder).expect("a folder that can be made");
        fs::write(folder.join(name), content).expect("a folder that can be written to");
    }
    println!("{count} seeds in {}", Path::new(&folder).display());
}

fn docx_parts(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return out };
    for index in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(index) else { continue };
        let Ok(name) = entry.name().map(|name| name.into_owned()) else { continue };
        let wanted = name.starts_with("word/") && (name.ends_with(".xml") || name.ends_with(".rels"));
        let mut part = Vec::new();
        if wanted && entry.read_to_end(&mut part).is_ok() {
            out.extend_from_slice(format!("== {name}\n").as_bytes());
            out.extend_from_slice(&part);
            out.push(b'\n');
        }
    }
    out
}

/// The streams of a pdf that are not compressed, as the content of one page.
fn pdf_parts(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"== content\n".to_vec();
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream\n") {
        rest = &rest[at + 7..];
        let Some(end) = find(rest, b"endstream") else { break };
        if rest[..end].iter().all(|byte| *byte < 128) {
            out.extend_from_slice(&rest[..end]);
        }
        rest = &rest[end + 9..];
    }
    out
}

const CONTENTS: [(&str, &str); 3] = [
    (
        "unicode",
        "== content\nBT /F 20 Tf 50 700 Td <00010002> Tj 0 -30 Td [<0001> -500 <0002>] TJ T* (ab) ' ET\n== unicode\n/CIDInit \
         /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> \
         <4e91> endbfchar 2 beginbfrange <0002> <0010> <6eaa> <0011> <0012> [<4e00> <4e8c>] endbfrange endcmap end\n",
    ),
    (
        "encoding",
        "== content\nq 1 0 0 1 10 10 cm BT /F 12 Tf 1 0 0 1 50 700 Tm 2 Tr 5 Ts 3 Tc 4 Tw 90 Tz 14 TL <d4c6cfaa> Tj ET Q /X Do \
         50 50 m 100 50 l S 20 20 200 100 re f /Span << /ActualText <feff4e91> >> BDC EMC\n== encoding\n/CMapName /A def 1 \
         begincodespacerange <00> <80> endcodespacerange 1 begincodespacerange <8140> <fefe> endcodespacerange 1 \
         begincidrange <20> <7e> 1 endcidrange 1 begincidchar <d4c6> 4500 endcidchar /GBK-EUC-H usecmap\n",
    ),
    (
        "form",
        "== content\n/X Do\n== font\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A /DW 500 /W [1 [500 600] 3 9 700] /DW2 \
         [880 -1000] /W2 [1 9 -500 250 800] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>\n\
         == object\n<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 0 0] /Resources << /XObject << /X 9 \
         0 R >> >> /Length 6 >>\nstream\n/X Do \nendstream\n",
    ),
];
