//! Stops bombs that would go off while a file is opened.
//!
//! The object layer (hayro-syntax 0.9) unpacks cross-reference streams and object streams as far as they go. Here
//! they are found first, as it would find them, and measured: by what their filters can make of their length at
//! most, which clears nearly every file, and else by unpacking them within bounds.
//!
//! Dictionaries are read with the lexer, so escapes in names (`/Fl#61teDecode`), abbreviations, comments and strings
//! that look like something else lead nobody astray. What cannot be measured, because it is encrypted or because the
//! dictionary refers to its filters elsewhere, is left to the other library, which keeps to a bound itself.

use crate::filters;
use crate::lexer::{Lexer, Token, name};
use memchr::memmem;
use qingwen_model::{Error, Limits};
use std::borrow::Cow;
use std::collections::HashSet;

/// What a file may be trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Opening it unpacks no more than the limits allow.
    Sound,
    /// Nobody can tell.
    Unsure,
}

/// The most that object streams, or cross-reference streams, of a file may unpack to together. They hold
/// dictionaries; those of a file of a hundred thousand pages unpack to some ten megabytes.
const OBJECTS: u64 = 256 << 20;
/// Filters in a row that are followed.
const FILTERS: usize = 8;
/// The longest row that a predictor may be asked for, in bytes.
const ROW: u64 = 1 << 24;
/// Tokens of one dictionary that are read.
const TOKENS: usize = 1 << 16;

/// Says whether a file's object and cross-reference streams keep to the limits.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<Verdict, Error> {
    let most = limits.part.min(limits.total).min(OBJECTS);
    let streams = streams(bytes);
    // What the entries of cross-reference streams say is held by a stream of objects is unpacked as one; where they
    // cannot be read, anything may be.
    let (mut held, mut blind) = (HashSet::new(), false);
    let mut unsure = false;
    let mut total = 0u64;
    for stream in streams.iter().filter(|stream| stream.is_xref) {
        let left = most.saturating_sub(total);
        match stream.measure(left) {
            Size::Known(data) => {
                total += data.len() as u64;
                stream.holders(&data, &mut held);
            }
            Size::Unknown => {
                blind = true;
                unsure |= stream.bound() > left;
                total = total.saturating_add(stream.bound().min(left));
            }
            Size::Over => return Err(refusal(stream.at)),
        }
    }
    let objects: Vec<&Stream<'_>> =
        streams.iter().filter(|stream| !stream.is_xref && (blind || stream.may_be_unpacked(&held))).collect();
    // The bounds are added up first: mostly that is all there is to do.
    let bound = objects.iter().fold(total, |sum, stream| sum.saturating_add(stream.bound()));
    if bound > most {
        for stream in objects {
            match stream.measure(most.saturating_sub(total)) {
                Size::Known(data) => total += data.len() as u64,
                Size::Unknown => unsure = true,
                Size::Over if stream.is_objects => return Err(refusal(stream.at)),
                Size::Over => unsure = true,
            }
        }
    }
    Ok(if unsure { Verdict::Unsure } else { Verdict::Sound })
}

fn refusal(at: usize) -> Error {
    Error::limit("unpack the streams of objects").at(format!("byte {at}"))
}

/// A stream as it stands in the file.
struct Stream<'a> {
    at: usize,
    /// Its object number, where that can be read.
    number: Option<u32>,
    data: &'a [u8],
    is_xref: bool,
    is_objects: bool,
    /// Its filters; `None` where the dictionary has them elsewhere.
    filters: Option<Vec<Cow<'a, [u8]>>>,
    predictor: Predictor,
    /// The widths of the fields of a cross-reference stream.
    widths: [usize; 3],
}

/// What a dictionary asks of a predictor.
#[derive(Clone, Copy, Default)]
struct Predictor {
    /// 1 where there is none.
    kind: u64,
    /// Bytes of a row.
    row: u64,
    /// The parameters stand elsewhere, or are out of the ordinary.
    strange: bool,
}

/// What unpacking a stream gives.
enum Size {
    Known(Vec<u8>),
    Unknown,
    Over,
}

impl Stream<'_> {
    /// Whether the object layer may take it for a stream of objects.
    fn may_be_unpacked(&self, held: &HashSet<u32>) -> bool {
        self.is_objects || self.number.is_none_or(|number| held.contains(&number))
    }

    /// The most that its filters can make of it.
    fn bound(&self) -> u64 {
        let Some(filters) = &self.filters else { return u64::MAX };
        let ratio = |filter: &Cow<'_, [u8]>| match filter.as_ref() {
            b"FlateDecode" | b"Fl" => 1032,
            b"LZWDecode" | b"LZW" => 2560,
            b"RunLengthDecode" | b"RL" => 64,
            b"ASCII85Decode" | b"A85" => 4,
            _ => 1u64,
        };
        let size = filters.iter().fold(self.data.len() as u64, |size, f| size.saturating_mul(ratio(f)));
        if self.predictor.strange || filters.len() > FILTERS { u64::MAX } else { size }
    }

    fn measure(&self, most: u64) -> Size {
        let Some(filters) = &self.filters else { return Size::Unknown };
        if self.predictor.strange || filters.len() > FILTERS {
            return Size::Unknown;
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
        let mut current: Cow<'_, [u8]> = self.data.into();
        for filter in filters {
            let Some(out) = filters::apply(filter, &current, most, true) else {
                // A picture's filter, or none at all: the object layer has no use for it either.
                return Size::Known(Vec::new());
            };
            if out.len() >= most {
                return Size::Over;
            }
            // Encrypted data breaks off at once.
            if out.len() < 16 && current.len() > 64 {
                return Size::Unknown;
            }
            current = out.into();
        }
        Size::Known(current.into_owned())
    }

    /// Notes the numbers of the streams that a cross-reference stream says objects are in. Its rows are read as they
    /// are unpacked and with the predictor undone; where a row is damaged, one number too many does no harm.
    fn holders(&self, data: &[u8], held: &mut HashSet<u32>) {
        let [kind, middle, last] = self.widths;
        let width = kind.saturating_add(middle).saturating_add(last);
        if width == 0 || width > 64 || kind == 0 {
            return;
        }
        let plain = if self.predictor.kind >= 10 {
            filters::unpredict_png(data, 1, self.predictor.row.max(1) as usize)
        } else {
            data.to_vec()
        };
        // The object layer reads one byte of the kind, whatever its width.
        for width in [width, 1 + middle + last] {
            for row in plain.chunks_exact(width) {
                if row[0] == 2 || row.get(kind - 1) == Some(&2) {
                    for from in [1, kind] {
                        let field = row.get(from..(from + middle).min(row.len())).unwrap_or_default();
                        held.insert(field.iter().fold(0, |value: u32, &byte| value << 8 | u32::from(byte)));
                    }
                }
            }
        }
    }
}

/// The streams of a file, by the keyword that begins their data.
fn streams(bytes: &[u8]) -> Vec<Stream<'_>> {
    let found = memmem::find_iter(bytes, b"stream").filter(|&at| !bytes[..at].ends_with(b"end"));
    found.filter_map(|at| stream_at(bytes, at)).collect()
}

/// The stream whose data follows the keyword at `keyword`; `None` where the keyword is part of something else.
fn stream_at(bytes: &[u8], keyword: usize) -> Option<Stream<'_>> {
    if !matches!(bytes.get(keyword + 6), Some(b'\r' | b'\n')) {
        return None;
    }
    // The nearest `obj` from which a dictionary leads to the keyword; within strings there may be nearer ones.
    let mut end = keyword;
    for _ in 0..8 {
        let at = memmem::rfind(&bytes[..end], b"obj")?;
        if let Some(stream) = read(bytes, at, keyword) {
            return Some(stream);
        }
        end = at;
    }
    None
}

/// Reads the dictionary that begins after the `obj` at `obj` and ends at the keyword.
fn read(bytes: &[u8], obj: usize, keyword: usize) -> Option<Stream<'_>> {
    let mut lexer = Lexer::new(&bytes[obj + 3..keyword]);
    if lexer.next() != Some(Token::DictOpen) {
        return None;
    }
    let data = &bytes[keyword + 6..];
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let mut stream = Stream {
        at: obj,
        number: number_before(&bytes[..obj]),
        data: &data[..memmem::find(data, b"endstream").unwrap_or(data.len())],
        is_xref: false,
        is_objects: false,
        filters: Some(Vec::new()),
        predictor: Predictor { kind: 1, row: 1, strange: false },
        widths: [0; 3],
    };
    let mut tokens = lexer.by_ref().take(TOKENS).peekable();
    let mut closed = false;
    while let Some(token) = tokens.next() {
        match token {
            Token::DictClose => {
                closed = true;
                break;
            }
            Token::Name(key) => {
                let value = value(&mut tokens);
                stream.entry(&name(key), &value);
            }
            _ => {}
        }
    }
    (closed && tokens.next().is_none()).then_some(stream)
}

/// The number of the object whose generation and `obj` follow.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let tail = &bytes[bytes.len().saturating_sub(40)..];
    let mut words =
        tail.rsplit(|byte| matches!(byte, b' ' | b'\r' | b'\n' | b'\t' | 0 | 12)).filter(|w| !w.is_empty());
    let (_generation, number) = (words.next()?, words.next()?);
    let digits = number.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&number[number.len() - digits..]).ok()?.parse().ok()
}

/// The tokens of one value: an object, or an array or dictionary with its brackets.
fn value<'a>(tokens: &mut std::iter::Peekable<impl Iterator<Item = Token<'a>>>) -> Vec<Token<'a>> {
    let mut value = Vec::new();
    let mut depth = 0usize;
    while let Some(&token) = tokens.peek() {
        match token {
            Token::ArrayOpen | Token::DictOpen => depth += 1,
            Token::DictClose if depth == 0 => break,
            Token::ArrayClose | Token::DictClose => depth = depth.saturating_sub(1),
            // A name is a value where none has come yet, and the next key otherwise.
            Token::Name(_) if depth == 0 && !value.is_empty() => break,
            _ => {}
        }
        value.push(token);
        tokens.next();
    }
    value
}

impl<'a> Stream<'a> {
    fn entry(&mut self, key: &[u8], value: &[Token<'a>]) {
        let refers = value.iter().any(|token| matches!(token, Token::Operator(word) if *word == b"R"));
        match key {
            b"Type" => {
                let is = |kind: &[u8]| matches!(value, [Token::Name(raw)] if name(raw).as_ref() == kind);
                self.is_objects |= refers || is(b"ObjStm");
                self.is_xref |= is(b"XRef");
            }
            b"W" => {
                self.is_xref = true;
                let numbers = value.iter().filter_map(|token| match token {
                    Token::Number(number) => Some(*number as usize),
                    _ => None,
                });
                self.widths.iter_mut().zip(numbers).for_each(|(width, number)| *width = number);
            }
            b"Filter" | b"F" if refers => self.filters = None,
            b"Filter" | b"F" => {
                let names = value.iter().filter_map(|token| match token {
                    Token::Name(raw) => Some(name(raw)),
                    _ => None,
                });
                if let Some(filters) = &mut self.filters {
                    filters.extend(names);
                }
            }
            b"DecodeParms" | b"DP" => self.predictor.read(value, refers),
            _ => {}
        }
    }
}

impl Predictor {
    fn read(&mut self, value: &[Token<'_>], refers: bool) {
        self.strange |= refers;
        let (mut colors, mut bits, mut columns) = (1u64, 8u64, 1u64);
        for pair in value.windows(2) {
            if let [Token::Name(raw), Token::Number(number)] = pair {
                let number = if *number < 0.0 { u64::MAX } else { *number as u64 };
                match name(raw).as_ref() {
                    b"Predictor" => self.kind = number,
                    b"Colors" => colors = number,
                    b"BitsPerComponent" => bits = number,
                    b"Columns" => columns = number,
                    _ => {}
                }
            }
        }
        self.row = colors.saturating_mul(bits).saturating_mul(columns).div_ceil(8);
        self.strange |= self.row > ROW;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compress, Compression, FlushCompress};

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(data.len() / 500 + 1000);
        let mut compress = Compress::new(Compression::best(), true);
        compress.compress_vec(data, &mut packed, FlushCompress::Finish).unwrap();
        packed
    }

    /// A file with one stream.
    fn file(dict: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.5\n7 0 obj\n{dict}\nstream\n").into_bytes();
        file.extend_from_slice(data);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    fn small() -> Limits {
        Limits { part: 4 << 20, total: 8 << 20, ..Limits::default() }
    }

    #[test]
    fn a_bomb_is_refused_and_a_large_file_is_not() {
        let zeros = |count: usize| file("<< /Type /ObjStm /Filter /FlateDecode >>", &packed(&vec![0; count]));
        assert_eq!(check(&zeros(3 << 20), &small()).unwrap(), Verdict::Sound);
        let error = check(&zeros(5 << 20), &small()).unwrap_err();
        assert_eq!(error.kind(), qingwen_model::ErrorKind::Limit);
        assert!(check(&zeros(3 << 20).repeat(3), &small()).is_err(), "together too much");
    }

    #[test]
    fn a_bomb_is_found_however_it_is_written() {
        let bomb = packed(&vec![0; 5 << 20]);
        for dict in [
            "<< /Type /ObjStm /Filter /Fl#61teDecode >>",
            "<</Type/Obj#53tm/Filter[/Fl]>>",
            "<< /#54ype % << obj\n /ObjStm /F#69lter /FlateDecode >> % end",
            "<< /Filter /FlateDecode /Note (1 0 obj << /Type /X >> stream) /Type /ObjStm >>",
            "<< /Type /ObjStm /Filter [/FlateDecode /ASCIIHexDecode] >>",
            "<< /Type /XRef /Filter /FlateDecode /W [1 2 1] >>",
            "<< /Filter /FlateDecode /W [1 2 1] >>",
        ] {
            assert!(check(&file(dict, &bomb), &small()).is_err(), "{dict}");
        }
        // Packed twice.
        let twice = packed(&bomb);
        let dict = "<< /Type /ObjStm /Filter [/FlateDecode /FlateDecode] >>";
        assert!(check(&file(dict, &twice), &small()).is_err());
        // Named by nothing but an entry of a cross-reference stream: object 9 is in the stream 7.
        let mut unnamed = file("<< /Filter /FlateDecode >>", &bomb);
        assert_eq!(check(&unnamed, &small()).unwrap(), Verdict::Sound, "ordinary content");
        unnamed.extend(file("<< /Type /XRef /W [1 2 1] >>", &[2, 0, 7, 0]));
        assert_eq!(check(&unnamed, &small()).unwrap(), Verdict::Unsure);
    }

    #[test]
    fn what_cannot_be_measured_is_not_trusted() {
        let bomb = packed(&vec![0; 5 << 20]);
        for dict in [
            "<< /Type /ObjStm /Filter 8 0 R >>",
            "<< /Type /ObjStm /Filter /FlateDecode /DecodeParms 8 0 R >>",
            "<< /Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 9999999999 >> >>",
        ] {
            assert_eq!(check(&file(dict, &bomb), &small()).unwrap(), Verdict::Unsure, "{dict}");
        }
        // What looks like noise may be encrypted.
        let noise: Vec<u8> = (0..1u32 << 17).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let file = file("<< /Type /ObjStm /Filter /FlateDecode >>", &noise);
        assert_eq!(check(&file, &small()).unwrap(), Verdict::Unsure);
    }
}
