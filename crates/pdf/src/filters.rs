//! Unpacks streams (ISO 32000-2, 7.4), never to more than a limit.

use crate::file::{Array, Dict, Name, Object};
use flate2::{Decompress, FlushDecompress, Status};

/// A stream as it stands in the file, already decrypted.
pub(crate) struct Packed<'a> {
    pub(crate) raw: &'a [u8],
    pub(crate) dict: &'a Dict<'a>,
}

/// At most this many filters in a row.
const FILTERS: usize = 8;

/// The bytes of a stream, or what precedes damage or the limit. `None` where a filter is none for text.
pub(crate) fn unpack(packed: &Packed<'_>, limit: usize) -> Option<Vec<u8>> {
    match unpack_to(packed, limit) {
        (data, None) => Some(data),
        (_, Some(_)) => None,
    }
}

/// The bytes of a stream as far as filters for text unpack them, and the name of the filter that is none.
pub(crate) fn unpack_to(packed: &Packed<'_>, limit: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let dict = packed.dict;
    let filters = listed(dict, "Filter", "F");
    let params = listed(dict, "DecodeParms", "DP");
    let mut current: Option<Vec<u8>> = None;
    let mut other = None;
    for (i, filter) in filters.iter().take(FILTERS).enumerate() {
        let Object::Name(filter) = filter else { continue };
        let empty = Dict::empty();
        let params = match params.get(i) {
            Some(Object::Dict(params)) => params,
            _ => &empty,
        };
        let input = current.as_deref().unwrap_or(packed.raw);
        let early = params.get::<i32>("EarlyChange") != Some(0);
        let Some(out) = apply(filter, input, limit, early) else {
            other = Some(filter.to_vec());
            break;
        };
        let predicted = matches!(filter.as_ref(), b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW");
        current = Some(if predicted { unpredict(out, params) } else { out });
    }
    let data =
        current.unwrap_or_else(|| packed.raw.get(..limit.min(packed.raw.len())).unwrap_or_default().to_vec());
    (data, other)
}

/// What one filter makes of data, predictors left as they are. `None` for the filters of pictures, and for those
/// that nobody knows.
pub(crate) fn apply(filter: &[u8], input: &[u8], limit: usize, early: bool) -> Option<Vec<u8>> {
    Some(match filter {
        b"FlateDecode" | b"Fl" => inflate(input, limit),
        b"LZWDecode" | b"LZW" => lzw(input, early, limit),
        b"ASCIIHexDecode" | b"AHx" => ascii_hex(input),
        b"ASCII85Decode" | b"A85" => ascii_85(input),
        b"RunLengthDecode" | b"RL" => run_length(input, limit),
        b"Crypt" => input.to_vec(),
        _ => return None,
    })
}

/// An entry that is one object or an array of them, by its name or its abbreviation.
fn listed<'a>(dict: &Dict<'a>, key: &str, short: &str) -> Vec<Object<'a>> {
    let entry = dict.get::<Object<'_>>(key).or_else(|| dict.get::<Object<'_>>(short));
    match entry {
        Some(Object::Array(array)) => list(&array),
        Some(object) => vec![object],
        None => Vec::new(),
    }
}

fn list<'a>(array: &Array<'a>) -> Vec<Object<'a>> {
    let mut items = array.flex_iter();
    std::iter::from_fn(|| items.next::<Object<'_>>()).take(FILTERS).collect()
}

/// Whether a stream of this dictionary is a picture's data.
pub(crate) fn is_picture(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_ref() == b"Image")
}

fn inflate(data: &[u8], limit: usize) -> Vec<u8> {
    let zlib =
        data.len() >= 2 && data[0] & 15 == 8 && u16::from_be_bytes([data[0], data[1]]).is_multiple_of(31);
    let out = inflate_as(data, zlib, limit);
    // A wrong header is more common than a raw stream, so the other way is tried only where nothing came.
    if !out.is_empty() || data.len() <= 2 {
        return out;
    }
    let other = inflate_as(data, !zlib, limit);
    if other.is_empty() && !zlib { inflate_as(&data[2..], false, limit) } else { other }
}

fn inflate_as(data: &[u8], zlib: bool, limit: usize) -> Vec<u8> {
    let mut decoder = Decompress::new(zlib);
    let mut out = Vec::with_capacity((data.len() * 4).clamp(256, 1 << 20).min(limit));
    loop {
        let (read, written) = (decoder.total_in() as usize, out.len());
        let status =
            decoder.decompress_vec(data.get(read..).unwrap_or_default(), &mut out, FlushDecompress::None);
        let stuck = decoder.total_in() as usize == read && out.len() == written && out.capacity() > out.len();
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || stuck {
            return out;
        }
        if out.len() == out.capacity() {
            if out.len() >= limit {
                return out;
            }
            out.reserve(out.len().clamp(1024, 16 << 20).min(limit - out.len()));
        }
    }
}

fn lzw(data: &[u8], early: bool, limit: usize) -> Vec<u8> {
    const CLEAR: u16 = 256;
    const END: u16 = 257;
    let mut out: Vec<u8> = Vec::new();
    // Where each code's bytes stand in `out`: start and length.
    let mut table: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let (mut bits, mut held, mut width) = (0u32, 0u32, 9u32);
    let mut previous: Option<(usize, usize)> = None;
    for &byte in data {
        bits = bits << 8 | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as u16;
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                table.clear();
                width = 9;
                previous = None;
                continue;
            }
            END => break,
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(code as u8);
        } else if let Some(&(from, length)) = table.get(usize::from(code) - 258) {
            out.extend_from_within(from..from + length);
        } else if let Some((from, length)) = previous {
            out.extend_from_within(from..from + length);
            out.push(out[start]);
        } else {
            break;
        }
        let length = out.len() - start;
        if let Some((from, before)) = previous
            && table.len() < 4096 - 258
        {
            // The previous code's bytes and the first of this one stand side by side in `out`.
            table.push((from, before + 1));
        }
        previous = Some((start, length));
        let next = table.len() + 258 + usize::from(early) + 1;
        width = if next > 2048 {
            12
        } else if next > 1024 {
            11
        } else if next > 512 {
            10
        } else {
            9
        };
        if out.len() >= limit {
            break;
        }
    }
    out
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let end = memchr::memchr(b'>', data).unwrap_or(data.len());
    let mut out = Vec::with_capacity(end / 2);
    crate::lexer::string(crate::lexer::Token::Hex(&data[..end]), &mut out);
    out
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let (mut word, mut count) = (0u32, 0usize);
    for &byte in data {
        match byte {
            b'!'..=b'u' => {
                word = word.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&word.to_be_bytes());
                    (word, count) = (0, 0);
                }
            }
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            word = word.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&word.to_be_bytes()[..count - 1]);
    }
    out
}

fn run_length(data: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((&length, tail)) = rest.split_first() {
        rest = tail;
        match length {
            0..=127 => {
                let run = rest.get(..usize::from(length) + 1).unwrap_or(rest);
                out.extend_from_slice(run);
                rest = &rest[run.len()..];
            }
            128 => break,
            _ => {
                let Some((&byte, tail)) = rest.split_first() else { break };
                out.resize(out.len() + 257 - usize::from(length), byte);
                rest = tail;
            }
        }
        if out.len() >= limit {
            break;
        }
    }
    out
}

/// Undoes a predictor (ISO 32000-2, 7.4.4.4). For text only the PNG kind is used in earnest; the TIFF kind is
/// undone for components of 8 bits.
fn unpredict(data: Vec<u8>, params: &Dict<'_>) -> Vec<u8> {
    let predictor = params.get::<i32>("Predictor").unwrap_or(1);
    if predictor < 2 {
        return data;
    }
    let number = |key, default| params.get::<i32>(key).unwrap_or(default).clamp(1, 1 << 16) as usize;
    let bits = number("Colors", 1) * number("BitsPerComponent", 8);
    let (pixel, row) = (bits.div_ceil(8), (bits * number("Columns", 1)).div_ceil(8));
    if predictor == 2 {
        return untiff(data, pixel, row);
    }
    unpredict_png(&data, pixel, row)
}

/// Undoes the PNG kind: rows of `row` bytes, each after the number of its predictor.
pub(crate) fn unpredict_png(data: &[u8], pixel: usize, row: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0u8; row];
    for line in data.chunks(row + 1) {
        let (kind, line) = (line[0], &line[1..]);
        let start = out.len();
        for (i, &byte) in line.iter().enumerate() {
            let left = if i >= pixel { out[start + i - pixel] } else { 0 };
            let corner = if i >= pixel { above[i - pixel] } else { 0 };
            out.push(byte.wrapping_add(match kind {
                1 => left,
                2 => above[i],
                3 => ((u16::from(left) + u16::from(above[i])) / 2) as u8,
                4 => paeth(left, above[i], corner),
                _ => 0,
            }));
        }
        above[..line.len()].copy_from_slice(&out[start..]);
    }
    out
}

fn untiff(mut data: Vec<u8>, pixel: usize, row: usize) -> Vec<u8> {
    for line in data.chunks_mut(row) {
        for i in pixel..line.len() {
            line[i] = line[i].wrapping_add(line[i - pixel]);
        }
    }
    data
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}
