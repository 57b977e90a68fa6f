//! Writes a pdf of many pages for measuring: `make-large-pdf PAGES FILE`. Every page has a running header, a heading,
//! forty lines of invented text, a page number and a picture of noise that nobody needs to unpack.

use qingwen_tests::pdf_builder::{PdfBuilder, hex, zlib};
use std::fmt::Write;

fn main() {
    let mut args = std::env::args().skip(1);
    let (pages, file) = (args.next().expect("a number of pages"), args.next().expect("a file"));
    let pages: u32 = pages.parse().expect("a number of pages");
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/UniGB-UCS2-H", "GB1", "");
    for page in 1..=pages {
        let mut seed = page;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let samples: Vec<u8> = (0..200 * 100).map(|_| noise()).collect();
        let picture = pdf.stream(
            "/Subtype /Image /Width 200 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode",
            zlib(&samples),
        );
        let mut content = String::new();
        line(&mut content, 9, 80, 770, "清河镇水务所年度观测记录汇编");
        line(&mut content, 16, 80, 735, &format!("第{page}号断面 观测说明"));
        for row in 0..40 {
            let text = format!(
                "河东断面第{row:02}次观测时水位平稳，流速均匀，岸坡完好，闸门启闭正常，记录{page:04}。"
            );
            line(&mut content, 12, 80, 710 - 16 * row, &text);
        }
        line(&mut content, 9, 290, 40, &format!("— {page} —"));
        content.push_str("q 100 0 0 30 450 15 cm /P Do Q\n");
        let content = pdf.stream("/Filter /FlateDecode", zlib(content.as_bytes()));
        pdf.bare_page(
            &format!("/MediaBox [0 0 595 842] /Contents {content} 0 R"),
            &format!("/Font << /F {font} 0 R >> /XObject << /P {picture} 0 R >>"),
        );
    }
    std::fs::write(&file, pdf.finish()).expect("a file that can be written");
}

fn line(content: &mut String, size: u32, x: u32, y: u32, text: &str) {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let _ = writeln!(content, "BT /F {size} Tf {x} {y} Td <{}> Tj ET", hex(bytes));
}
