//! Pictures as files of their own: what is a file already is passed on, plain samples become PNG, faxes TIFF.

use crate::file::{Dict, File, Name, Object, PICTURE, Stream};
use crate::filters;

/// A picture as a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Picture {
    /// Its file name, unique in the document.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Pixels of one picture, of which each may take four bytes here.
const PIXELS: u64 = 50_000_000;

/// The picture of an image object (ISO 32000-2, 8.9.5); `None` where no file can be made of it.
pub(crate) fn of(file: &File, stream: &Stream<'_>) -> Option<Picture> {
    let dict = stream.dict();
    let (data, last) = file.decode_to(stream, PICTURE);
    let (ending, bytes) = match last.as_deref() {
        Some(b"DCTDecode" | b"DCT") => ("jpg", data),
        Some(b"JPXDecode") => ("jp2", data),
        Some(b"CCITTFaxDecode" | b"CCF") => ("tif", fax(dict, &data)?),
        Some(_) => return None,
        None => ("png", Samples::of(dict)?.png(&data)?),
    };
    Some(Picture { name: format!("image-{}.{ending}", stream.obj_id().obj_number), bytes })
}

/// An entry by its name or its abbreviation.
fn either<'a>(dict: &Dict<'a>, key: &str, short: &str) -> Option<Object<'a>> {
    dict.get::<Object<'_>>(key).or_else(|| dict.get::<Object<'_>>(short))
}

fn number(object: Option<Object<'_>>) -> Option<u32> {
    match object? {
        Object::Number(number) => u32::try_from(number.as_i64()).ok(),
        _ => None,
    }
}

fn size(dict: &Dict<'_>) -> Option<(u32, u32)> {
    let (width, height) = (number(either(dict, "Width", "W"))?, number(either(dict, "Height", "H"))?);
    let fits = width > 0 && height > 0 && u64::from(width) * u64::from(height) <= PIXELS;
    fits.then_some((width, height))
}

/// Whether the first sample value stands for the end of the range (ISO 32000-2, 8.9.5.2).
fn is_inverted(dict: &Dict<'_>) -> bool {
    match either(dict, "Decode", "D") {
        Some(Object::Array(array)) => array.iter::<f32>().next().is_some_and(|first| first > 0.5),
        _ => false,
    }
}

/// The samples of a picture and what they mean.
struct Samples {
    width: u32,
    height: u32,
    bits: u8,
    color: Color,
    inverted: bool,
}

enum Color {
    Gray,
    Rgb,
    Cmyk,
    /// Red, green and blue of each value.
    Indexed(Vec<u8>),
}

impl Samples {
    fn of(dict: &Dict<'_>) -> Option<Samples> {
        let (width, height) = size(dict)?;
        let mask = matches!(either(dict, "ImageMask", "IM"), Some(Object::Boolean(true)));
        let bits = if mask { 1 } else { number(either(dict, "BitsPerComponent", "BPC"))? as u8 };
        let color = if mask { Color::Gray } else { color(&either(dict, "ColorSpace", "CS")?, 0)? };
        let known = match color {
            Color::Cmyk => bits == 8,
            Color::Rgb => matches!(bits, 8 | 16),
            Color::Gray => matches!(bits, 1 | 2 | 4 | 8 | 16),
            Color::Indexed(_) => matches!(bits, 1 | 2 | 4 | 8),
        };
        known.then(|| Samples { width, height, bits, color, inverted: is_inverted(dict) })
    }

    fn png(&self, data: &[u8]) -> Option<Vec<u8>> {
        let channels = match self.color {
            Color::Gray | Color::Indexed(_) => 1,
            Color::Rgb => 3,
            Color::Cmyk => 4,
        };
        let row = (self.width as usize * channels * usize::from(self.bits)).div_ceil(8);
        let mut samples = data.get(..(row * self.height as usize).min(data.len()))?.to_vec();
        // What is missing at the end is left white, or the first colour.
        samples.resize(
            row * self.height as usize,
            if matches!(self.color, Color::Indexed(_)) { 0 } else { 255 },
        );
        if self.inverted && !matches!(self.color, Color::Indexed(_)) {
            samples.iter_mut().for_each(|byte| *byte = !*byte);
        }
        if let Color::Cmyk = self.color {
            samples = samples.chunks_exact(4).flat_map(rgb_of_cmyk).collect();
        }
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.width, self.height);
        encoder.set_depth(match self.bits {
            1 => png::BitDepth::One,
            2 => png::BitDepth::Two,
            4 => png::BitDepth::Four,
            16 => png::BitDepth::Sixteen,
            _ => png::BitDepth::Eight,
        });
        encoder.set_color(match &self.color {
            Color::Gray => png::ColorType::Grayscale,
            Color::Rgb | Color::Cmyk => png::ColorType::Rgb,
            Color::Indexed(_) => png::ColorType::Indexed,
        });
        if let Color::Indexed(palette) = &self.color {
            encoder.set_palette(palette.as_slice());
        }
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&samples).ok()?;
        writer.finish().ok()?;
        Some(out)
    }
}

fn rgb_of_cmyk(sample: &[u8]) -> [u8; 3] {
    let black = 255 - u16::from(sample[3]);
    [0, 1, 2].map(|i| ((255 - u16::from(sample[i])) * black / 255) as u8)
}

/// What a colour space means for samples (ISO 32000-2, 8.6), as far as files have it.
fn color(space: &Object<'_>, depth: u8) -> Option<Color> {
    let by_name = |name: &[u8]| match name {
        b"DeviceGray" | b"CalGray" | b"G" => Some(Color::Gray),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(Color::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(Color::Cmyk),
        _ => None,
    };
    match space {
        Object::Name(name) => by_name(name),
        Object::Array(array) if depth < 4 => {
            let mut items = array.flex_iter();
            let kind = items.next::<Name<'_>>()?;
            match kind.as_ref() {
                b"ICCBased" => match items.next::<Stream<'_>>()?.dict().get::<u32>("N")? {
                    1 => Some(Color::Gray),
                    3 => Some(Color::Rgb),
                    4 => Some(Color::Cmyk),
                    _ => None,
                },
                b"Indexed" | b"I" => {
                    let base = color(&items.next::<Object<'_>>()?, depth + 1)?;
                    let _highest = items.next::<Object<'_>>()?;
                    palette(&base, &items.next::<Object<'_>>()?).map(Color::Indexed)
                }
                name => by_name(name),
            }
        }
        _ => None,
    }
}

/// The palette of an indexed colour space as red, green and blue.
fn palette(base: &Color, table: &Object<'_>) -> Option<Vec<u8>> {
    let bytes = match table {
        Object::String(string) => string.to_vec(),
        Object::Stream(stream) => {
            filters::unpack(&filters::Packed { raw: &stream.raw_data(), dict: stream.dict() }, 1 << 12)?
        }
        _ => return None,
    };
    let mut colors: Vec<u8> = match base {
        Color::Gray => bytes.iter().flat_map(|&gray| [gray; 3]).collect(),
        Color::Rgb => bytes,
        Color::Cmyk => bytes.chunks_exact(4).flat_map(rgb_of_cmyk).collect(),
        Color::Indexed(_) => return None,
    };
    // Every value that 8 bits can have has a colour.
    colors.resize(256 * 3, 0);
    Some(colors)
}

/// A fax in a TIFF: its code as it is, behind a header that says how to read it (TIFF 6.0, sections 2 and 11).
fn fax(dict: &Dict<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let (width, height) = size(dict)?;
    let params = match either(dict, "DecodeParms", "DP") {
        Some(Object::Dict(params)) => params,
        Some(Object::Array(array)) => array.iter::<Dict<'_>>().last().unwrap_or_default(),
        _ => Dict::default(),
    };
    let code = params.get::<i32>("K").unwrap_or(0);
    let columns = params.get::<u32>("Columns").unwrap_or(1728);
    let aligned = params.get::<bool>("EncodedByteAlign").unwrap_or(false);
    let black_is_1 = params.get::<bool>("BlackIs1").unwrap_or(false) != is_inverted(dict);
    if columns != width || aligned && code < 0 {
        return None;
    }
    let compression = if code < 0 { 4 } else { 3 };
    // With WhiteIsZero a reader shows the code's black as black.
    let photometric = u32::from(black_is_1);
    let options = if code > 0 { 1 } else { 0 } | if aligned { 4 } else { 0 };
    // Tag, type (3 short, 4 long), value; sorted by tag.
    let mut entries: Vec<(u16, u16, u32)> = vec![
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, photometric),
        (273, 4, 0),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, u32::try_from(data.len()).ok()?),
    ];
    entries.push(if code < 0 { (293, 4, 0) } else { (292, 4, options) });
    let begin = 8 + 2 + entries.len() as u32 * 12 + 4;
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(1u32.to_le_bytes());
        out.extend(if tag == 273 { begin } else { value }.to_le_bytes());
    }
    out.extend([0; 4]);
    out.extend_from_slice(data);
    Some(out)
}
