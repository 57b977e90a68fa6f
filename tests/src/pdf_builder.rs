//! A small builder of test documents: byte-exact PDFs, sound or damaged on purpose.

use std::fmt::Write;

/// A document being built: objects numbered from 1, of which the first is the catalog and the second the page tree.
#[derive(Clone, Debug)]
pub struct PdfBuilder {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// Entries of the catalog beside its type and pages.
    pub catalog: String,
    /// Entries of the trailer beside its size and root.
    pub trailer: String,
}

impl Default for PdfBuilder {
    fn default() -> Self {
        PdfBuilder {
            objects: vec![Vec::new(), Vec::new()],
            pages: Vec::new(),
            catalog: String::new(),
            trailer: String::new(),
        }
    }
}

impl PdfBuilder {
    /// A document without pages.
    pub fn new() -> Self {
        PdfBuilder::default()
    }

    /// Adds an object; gives its number.
    pub fn add(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len()
    }

    /// Adds a stream with these entries in its dictionary beside its length; gives its number.
    pub fn stream(&mut self, entries: &str, data: impl AsRef<[u8]>) -> usize {
        let data = data.as_ref();
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.add(body)
    }

    /// Adds a page of 600 by 800 points with these resources and this content; gives its number.
    pub fn page(&mut self, resources: &str, content: impl AsRef<[u8]>) -> usize {
        self.page_with("/MediaBox [0 0 600 800]", resources, content)
    }

    /// Adds a page with these entries of its own; gives its number.
    pub fn page_with(&mut self, entries: &str, resources: &str, content: impl AsRef<[u8]>) -> usize {
        let content = self.stream("", content);
        let page = self.add(format!(
            "<< /Type /Page /Parent 2 0 R {entries} /Resources << {resources} >> /Contents {content} 0 R >>"
        ));
        self.pages.push(page);
        page
    }

    /// Adds a page with these entries, its content among them; gives its number.
    pub fn bare_page(&mut self, entries: &str, resources: &str) -> usize {
        let page =
            self.add(format!("<< /Type /Page /Parent 2 0 R {entries} /Resources << {resources} >> >>"));
        self.pages.push(page);
        page
    }

    /// How many objects there are.
    pub fn count(&self) -> usize {
        self.objects.len()
    }

    /// Adds a composite font that is not embedded; gives its number. `encoding` is an object such as `/GBK-EUC-H`,
    /// `ordering` that of its collection of Adobe's; `entries` stand in the Type0 dictionary.
    pub fn cid_font(&mut self, encoding: &str, ordering: &str, entries: &str) -> usize {
        self.cid_font_with(encoding, ordering, "/DW 1000", entries)
    }

    /// As [`cid_font`](PdfBuilder::cid_font), with these entries in the descendant beside its names: its widths, and
    /// where it is embedded.
    pub fn cid_font_with(
        &mut self,
        encoding: &str,
        ordering: &str,
        descendant: &str,
        entries: &str,
    ) -> usize {
        let descendant = self.add(format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) \
             /Ordering ({ordering}) /Supplement 0 >> {descendant} >>"
        ));
        self.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding {encoding} \
             /DescendantFonts [{descendant} 0 R] {entries} >>"
        ))
    }

    /// A document of one page that shows one string, given in hexadecimal, in one font: `/F` of the resources.
    pub fn showing(mut self, font: usize, hex: &str) -> Self {
        let content = format!("BT /F 20 Tf 50 700 Td <{hex}> Tj ET");
        self.page(&format!("/Font << /F {font} 0 R >>"), content);
        self
    }

    /// The objects with the catalog and the page tree filled in.
    fn filled(&self) -> Vec<Vec<u8>> {
        let mut objects = self.objects.clone();
        let mut kids = String::new();
        self.pages.iter().for_each(|page| _ = write!(kids, "{page} 0 R "));
        objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes();
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        objects
    }

    /// The file with a cross-reference table.
    pub fn finish(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let objects = self.filled();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            offsets.push(file.len());
            push_object(&mut file, number, object);
        }
        let start = file.len();
        let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        offsets.iter().for_each(|offset| _ = writeln!(end, "{offset:010} 00000 n "));
        let _ = write!(
            end,
            "trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1,
            self.trailer
        );
        file.extend_from_slice(end.as_bytes());
        file
    }

    /// A hybrid file (ISO 32000-2, 7.5.8.4): the catalog and the page tree are in an object stream that only a
    /// cross-reference stream places, to which the trailer of a table refers.
    pub fn finish_hybrid(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let objects = self.filled();
        let hidden = 2;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 3);
        table.push_str(&"0000000000 65535 f \n".repeat(hidden));
        for (number, object) in (1..).zip(&objects).skip(hidden) {
            let _ = writeln!(table, "{:010} 00000 n ", file.len());
            push_object(&mut file, number, object);
        }
        let holder = objects.len() + 1;
        let index = format!("1 0 2 {} ", objects[0].len() + 1);
        let data = [index.as_bytes(), &objects[0], b"\n", &objects[1]].concat();
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let dict =
            format!("<< /Type /ObjStm /N 2 /First {} /Length {} >>\nstream\n", index.len(), data.len());
        push_object(&mut file, holder, &[dict.as_bytes(), &data, b"\nendstream"].concat());
        let stream = file.len();
        let _ = writeln!(table, "{stream:010} 00000 n ");
        let data = [[2, 0, holder as u8, 0], [2, 0, holder as u8, 1]].concat();
        let dict = format!(
            "<< /Type /XRef /Size {} /Index [1 2] /W [1 2 1] /Root 1 0 R /Length {} >>\nstream\n",
            objects.len() + 3,
            data.len()
        );
        push_object(&mut file, holder + 1, &[dict.as_bytes(), &data, b"\nendstream"].concat());
        let start = file.len();
        let _ = write!(
            table,
            "trailer\n<< /Size {} /Root 1 0 R /XRefStm {stream} >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 3
        );
        file.extend_from_slice(table.as_bytes());
        file
    }

    /// The file with its objects in an object stream and a cross-reference stream.
    pub fn finish_in_streams(&self) -> Vec<u8> {
        self.in_streams("", |data| data)
    }

    /// As [`finish_in_streams`](PdfBuilder::finish_in_streams), with the object stream deflated.
    pub fn finish_in_packed_streams(&self) -> Vec<u8> {
        self.in_streams("/Filter /FlateDecode", |data| zlib(&data))
    }

    fn in_streams(&self, filter: &str, pack: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let objects = self.filled();
        let (mut index, mut bodies, mut held) = (String::new(), Vec::new(), 0);
        // Entry of the cross-reference stream: type, offset or stream, index.
        let mut entries = vec![[0u8, 0, 0, 0, 0, 0, 0]];
        let holder = objects.len() + 1;
        let entry = |kind: u8, field: usize, last: usize| {
            let [.., a, b, c, d] = (field as u64).to_be_bytes();
            let [.., e, f] = (last as u64).to_be_bytes();
            [kind, a, b, c, d, e, f]
        };
        for (number, object) in (1..).zip(&objects) {
            if object.ends_with(b"endstream") {
                entries.push(entry(1, file.len(), 0));
                push_object(&mut file, number, object);
            } else {
                let _ = write!(index, "{number} {} ", bodies.len());
                entries.push(entry(2, holder, held));
                bodies.extend_from_slice(object);
                bodies.push(b'\n');
                held += 1;
            }
        }
        entries.push(entry(1, file.len(), 0));
        let data = pack([index.as_bytes(), &bodies].concat());
        let dict = format!(
            "<< /Type /ObjStm {filter} /N {held} /First {} /Length {} >>\nstream\n",
            index.len(),
            data.len()
        );
        push_object(&mut file, holder, &[dict.as_bytes(), &data, b"\nendstream"].concat());
        let start = file.len();
        entries.push(entry(1, start, 0));
        let (data, size) = (entries.concat(), entries.len());
        let dict = format!(
            "<< /Type /XRef /Size {size} /W [1 4 2] /Root 1 0 R {} /Length {} >>\nstream\n",
            self.trailer,
            data.len()
        );
        push_object(&mut file, holder + 1, &[dict.as_bytes(), &data, b"\nendstream"].concat());
        file.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        file
    }
}

/// Bytes deflated, behind the header of zlib.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

fn push_object(file: &mut Vec<u8>, number: usize, body: &[u8]) {
    file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    file.extend_from_slice(body);
    file.extend_from_slice(b"\nendobj\n");
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A TrueType program that has nothing but a character map: glyphs by character, in the order of the characters.
pub fn truetype(glyphs: &[(char, u16)]) -> Vec<u8> {
    // A table of format 12 for all of Unicode (OpenType 1.9, cmap), a group for each character.
    let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    let mut long = |value: usize| cmap.extend((value as u32).to_be_bytes());
    [16 + 12 * glyphs.len(), 0, glyphs.len()].into_iter().for_each(&mut long);
    for &(c, glyph) in glyphs {
        [c as usize, c as usize, usize::from(glyph)].into_iter().for_each(&mut long);
    }
    let count = glyphs.iter().map(|&(_, glyph)| glyph + 1).max().unwrap_or(1);
    let maxp = [&[0, 0, 0x50, 0][..], &count.to_be_bytes()].concat();
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[18..20].copy_from_slice(&1000u16.to_be_bytes());
    let tables = [(b"cmap", cmap), (b"head", head), (b"maxp", maxp)];
    let mut font = vec![0, 1, 0, 0, 0, 3, 0, 32, 0, 1, 0, 16];
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        font.extend(*tag);
        [0, offset, data.len()].iter().for_each(|&value| font.extend((value as u32).to_be_bytes()));
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        font.extend(data);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}
