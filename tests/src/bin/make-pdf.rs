//! Makes the pdf test documents: `cargo run -p qingwen-tests --bin make-pdf`.
//!
//! Each is set by hand with [`PdfBuilder`]: fonts that are not embedded, glyphs put where a typesetter would put
//! them. Places, people and figures are invented. The same bytes come out each time.

use qingwen_tests::pdf_builder::{PdfBuilder, hex, truetype};
use qingwen_tests::root;
use std::fmt::Write;

/// Width of the page's text, in characters of the body.
const MEASURE: usize = 28;
const BODY: f32 = 16.0;
const LEFT: f32 = 76.0;

fn main() {
    for (name, bytes) in [
        ("report", report()),
        ("table", table()),
        ("grid", grid()),
        ("columns", columns()),
        ("scan", scan()),
        ("fonts", fonts()),
        ("vertical", vertical()),
        ("list", list()),
    ] {
        std::fs::write(root().join(format!("testdata/pdf/{name}.pdf")), bytes).expect("a folder to write to");
    }
    std::fs::write(root().join("testdata/sample/巡河简报.pdf"), report()).expect("a folder to write to");
}

/// A composite font that is not embedded, its Latin half as wide as its ideographs.
fn font(pdf: &mut PdfBuilder, name: &str) -> usize {
    let descendant = pdf.add(format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (GB1) /Supplement 0 >> /DW 1000 /W [1 95 500] >>"
    ));
    pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UCS2-H /DescendantFonts [{descendant} 0 R] >>"
    ))
}

/// Characters as UCS-2 in hexadecimal.
fn ucs2(text: &str) -> String {
    hex(text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>())
}

/// How wide a text is, in em.
fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// A content stream being written, from the top of a page of 600 by 800 points down.
struct Sheet {
    content: String,
    y: f32,
}

impl Sheet {
    fn new() -> Self {
        Sheet { content: String::new(), y: 720.0 }
    }

    fn show(&mut self, font: &str, size: f32, x: f32, y: f32, text: &str) {
        let _ = writeln!(self.content, "BT /{font} {size} Tf {x} {y} Td <{}> Tj ET", ucs2(text));
    }

    fn centred(&mut self, font: &str, size: f32, text: &str) {
        let x = LEFT + (MEASURE as f32 * BODY - width(text) * size) / 2.0;
        self.show(font, size, x, self.y, text);
        self.y -= size * 1.75;
    }

    /// Sets a paragraph line by line, the first one indented by two characters.
    fn paragraph(&mut self, font: &str, text: &str) {
        let mut line = String::new();
        let mut indent = 2.0;
        for c in text.chars() {
            let full = indent + width(&line) + width(c.encode_utf8(&mut [0; 4])) > MEASURE as f32;
            if full && !"，。、；：）》”".contains(c) {
                self.line(font, indent, &line);
                (indent, line) = (0.0, String::new());
            }
            line.push(c);
        }
        self.line(font, indent, &line);
    }

    fn line(&mut self, font: &str, indent: f32, text: &str) {
        self.show(font, BODY, LEFT + indent * BODY, self.y, text);
        self.y -= BODY * 1.75;
    }
}

/// Two pages of an official report: a title over two lines, headings in another face, a page number.
fn report() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let (body, hei) = (font(&mut pdf, "FangSong_GB2312"), font(&mut pdf, "SimHei"));
    let resources = format!("/Font << /F {body} 0 R /H {hei} 0 R >>");
    let mut first = Sheet::new();
    first.centred("H", 22.0, "云溪镇人民政府");
    first.centred("H", 22.0, "关于2024年度巡河工作情况的报告");
    first.y -= BODY;
    first.paragraph("F", "2024年，云溪镇组织各村巡河员开展日常巡查，全年巡河四百二十六次，发现问题七十三个，已经全部整改到位。");
    first.paragraph("H", "一、主要做法");
    first.paragraph("F", "镇里与十一个村签订责任书，把河道分成二十三段，每段有人管，每天有人看，发现问题当天上报，能够当场处理的当场处理。");
    first.show("F", 14.0, 270.0, 60.0, "— 1 —");
    let mut second = Sheet::new();
    second.paragraph("H", "二、存在的问题");
    second.paragraph(
        "F",
        "部分河段地处偏远，巡河员年龄偏大，雨季巡查有困难；少数村民仍有向河里倾倒垃圾的习惯。",
    );
    second.paragraph("H", "三、下一步打算");
    second.paragraph("F", "增配巡河员八名，在偏远河段安装监控设备，把巡河情况纳入年底考核。");
    second.show("F", 14.0, 270.0, 60.0, "— 2 —");
    for sheet in [first, second] {
        pdf.page(&resources, sheet.content);
    }
    pdf.finish()
}

/// A table drawn with rules, one cell of which spans two columns.
fn table() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let body = font(&mut pdf, "SimSun");
    let mut sheet = Sheet::new();
    sheet.paragraph("F", "各村巡河情况见下表。");
    let (top, row, columns) = (sheet.y, 28.0, [LEFT, LEFT + 140.0, LEFT + 280.0, LEFT + 420.0]);
    for line in 0..=3 {
        let y = top - row * line as f32;
        let _ = writeln!(sheet.content, "{} {y} m {} {y} l S", columns[0], columns[3]);
    }
    for (at, x) in columns.iter().enumerate() {
        let bottom = if at == 2 { top - row * 2.0 } else { top - row * 3.0 };
        let _ = writeln!(sheet.content, "{x} {top} m {x} {bottom} l S");
    }
    let cells = [["村名", "巡河次数", "问题"], ["上湾村", "212", "35"], ["下湾村", "未报送", ""]];
    for (line, cells) in cells.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let y = top - row * line as f32 - 20.0;
            sheet.show("F", 14.0, columns[column] + 8.0, y, text);
        }
    }
    pdf.page(&format!("/Font << /F {body} 0 R >>"), sheet.content);
    pdf.finish()
}

/// Characters set apart on a grid, as forms and old typesetting systems do.
fn grid() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let body = font(&mut pdf, "SimSun");
    let mut sheet = Sheet::new();
    for line in ["云溪镇河道管理办法自二〇二五年一月起", "施行，由镇水利服务中心负责解释。"]
    {
        for (at, c) in line.chars().enumerate() {
            sheet.show("F", 12.0, LEFT + at as f32 * 20.0, sheet.y, c.encode_utf8(&mut [0; 4]));
        }
        sheet.y -= 26.0;
    }
    pdf.page(&format!("/Font << /F {body} 0 R >>"), sheet.content);
    pdf.finish()
}

/// Latin text in two columns, with a word hyphenated at a line's end.
fn columns() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
    let left = [
        "The town of Yunxi lies on",
        "eleven small rivers. Each",
        "spring the water carries",
        "branches and sand into the",
        "fields, and every year the",
        "council sends people to in-",
        "spect the banks by boat, and",
    ];
    let right = [
        "on foot where no boat can",
        "go. What they find is put",
        "down on the same day. The",
        "report is read in public in",
        "the hall beside the bridge,",
        "and whoever wants to may",
        "ask how the work goes on.",
    ];
    let mut content = String::new();
    for (x, lines) in [(60.0, left), (320.0, right)] {
        for (at, line) in lines.iter().enumerate() {
            let y = 700.0 - 16.0 * at as f32;
            let _ = writeln!(content, "BT /F 12 Tf {x} {y} Td <{}> Tj ET", hex(line));
        }
    }
    pdf.page(&format!("/Font << /F {font} 0 R >>"), content);
    pdf.finish()
}

/// A page that is a picture: there is nothing to read without character recognition.
fn scan() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let entries =
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let image = pdf.stream(entries, [0u8, 255, 255, 0]);
    pdf.page(&format!("/XObject << /I {image} 0 R >>"), "q 600 0 0 800 0 0 cm /I Do Q");
    pdf.finish()
}

/// A line in a font of every kind: each says the name of the town in its own way.
fn fonts() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let simple = |entries: &str| format!("<< /Type /Font {entries} >>");
    let glyph = pdf.stream("", "1000 0 d0 0 0 800 800 re f");
    let to_unicode = pdf.stream(
        "",
        "2 beginbfchar <0001> <4E91> <0002> <6EAA> endbfchar 1 beginbfrange <0003> <0004> <6C34> endbfrange",
    );
    let program = pdf.stream("", truetype(&[('云', 7), ('溪', 3), ('镇', 9)]));
    let descriptor =
        pdf.add(format!("<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontFile2 {program} 0 R >>"));
    let own = pdf.stream(
        "/Type /CMap /CMapName /Yunxi",
        "2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange 1 begincidrange <41> <5a> 34 endcidrange \
         2 begincidchar <8001> 4559 <8002> 2 endcidchar",
    );
    let mut lines = Vec::new();
    let mut line = |font: usize, string: String| lines.push((font, string));
    let names =
        "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /uni4E91 /uni6EAA 65 /Omega /f_i] >>";
    line(
        pdf.add(simple("/Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding")),
        hex(b"Yunxi caf\xe9 \x97 1"),
    );
    line(pdf.add(simple(&format!("/Subtype /Type1 /BaseFont /Courier {names}"))), hex(b"\x01\x02 AB 2"));
    line(pdf.add(simple("/Subtype /Type1 /BaseFont /Symbol")), hex(b"abg"));
    line(
        pdf.add(simple(&format!(
            "/Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 66 \
             /Widths [1000 1000] /CharProcs << /uni4E91 {glyph} 0 R /uni6EAA {glyph} 0 R >> \
             /Encoding << /Differences [65 /uni4E91 /uni6EAA] >>"
        ))),
        hex(b"AB"),
    );
    let unicode = |text: &str| hex(text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    for (encoding, ordering, string) in [
        ("/GBK-EUC-H", "GB1", hex(b"\xd4\xc6\xcf\xaa")),
        ("/GBK2K-H", "GB1", hex(b"\xd4\xc6\x81\x39\xee\x39")),
        ("/UniGB-UTF16-H", "GB1", unicode("云溪𠀋")),
        ("/UniGB-UTF8-H", "GB1", hex("云溪")),
        ("/ETen-B5-H", "CNS1", hex(b"\xb6\xb3\xb7\xcb")),
        ("/UniCNS-UTF16-H", "CNS1", unicode("雲溪鎮")),
        ("/90ms-RKSJ-H", "Japan1", hex(b"\x89\x5f\x83\x4a\xb1")),
        ("/UniJIS-UTF16-H", "Japan1", unicode("雲のまち")),
        ("/KSCms-UHC-H", "Korea1", hex(b"\xb1\xb8\xb8\xa7")),
        ("/UniKS-UTF16-H", "Korea1", unicode("구름")),
        ("/Identity-H", "GB1", "11cf0022".to_owned()),
    ] {
        line(pdf.cid_font(encoding, ordering, ""), string);
    }
    line(pdf.cid_font(&format!("{own} 0 R"), "GB1", ""), "8001414243".to_owned());
    let entries = format!("/ToUnicode {to_unicode} 0 R");
    line(pdf.cid_font("/Identity-H", "Identity", &entries), "0001000200030004".to_owned());
    let embedded = format!("/DW 1000 /FontDescriptor {descriptor} 0 R");
    line(pdf.cid_font_with("/Identity-H", "Identity", &embedded, ""), "000700030009".to_owned());
    // The program knows what the ToUnicode CMap leaves out.
    line(pdf.cid_font_with("/Identity-H", "Identity", &embedded, &entries), "000100020009".to_owned());

    let (mut content, mut resources) = (String::new(), "/Font <<".to_owned());
    for (at, (font, string)) in lines.iter().enumerate() {
        let _ = write!(resources, " /F{at} {font} 0 R");
        let _ = writeln!(content, "BT /F{at} 14 Tf 76 {} Td <{string}> Tj ET", 740 - 30 * at);
    }
    pdf.page(&(resources + " >>"), content);
    pdf.finish()
}

/// Three columns of vertical writing, from right to left.
fn vertical() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/UniGB-UCS2-V", "GB1", "");
    let mut content = String::new();
    for (at, text) in ["云溪镇依山临水，", "春有桃花，秋有稻香，", "四时皆可观。"].iter().enumerate()
    {
        let _ = writeln!(content, "BT /F 16 Tf {} 720 Td <{}> Tj ET", 480 - 28 * at, ucs2(text));
    }
    pdf.page(&format!("/Font << /F {font} 0 R >>"), content);
    pdf.finish()
}

/// Bullets, some of them below others.
fn list() -> Vec<u8> {
    let mut pdf = PdfBuilder::new();
    let body = font(&mut pdf, "SimSun");
    let mut sheet = Sheet::new();
    sheet.paragraph("F", "云溪镇今年巡河，要做到下面几条，各村都要照办，不得走样，年底由镇里逐村查看。");
    for (indent, text) in [
        (0.0, "• 每日巡查一次，雨天加一次"),
        (2.0, "– 上湾村由王某负责"),
        (2.0, "– 下湾村由李某负责"),
        (0.0, "• 发现问题当日上报"),
    ] {
        sheet.line("F", indent, text);
    }
    pdf.page(&format!("/Font << /F {body} 0 R >>"), sheet.content);
    pdf.finish()
}
