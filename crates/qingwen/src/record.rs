//! One record of a corpus: a line of JSON of which one field is text.
//!
//! The record is not parsed into a tree and written anew: the field's value is found and replaced where it
//! stands, so that every other byte, the order of keys and the way numbers are written stay as they were.

use crate::{Options, clean};
use qingwen_model::Diagnostic;
use std::fmt;
use std::ops::Range;

/// Objects and arrays within one another, at most.
const DEEPEST: usize = 1000;

/// Why a record could not be cleaned.
///
/// ```
/// let tried = qingwen::clean_record("{}", "text", &qingwen::Options::default(), &mut String::new());
/// assert_eq!(tried, Err(qingwen::RecordError::Missing));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The line is not a JSON object; the byte at which that shows.
    Malformed(usize),
    /// The object has no such field.
    Missing,
    /// The field's value is not a string.
    NotText,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::Malformed(at) => write!(f, "not a JSON object (byte {at})"),
            RecordError::Missing => f.write_str("no such field"),
            RecordError::NotText => f.write_str("the field is not a string"),
        }
    }
}

impl std::error::Error for RecordError {}

/// Cleans the text in one field of a line of JSON and appends the line, with nothing else changed, to `out`.
/// A field that is `null` stays so. The text is read as Markdown, if the [format](Options::format) says so.
///
/// ```
/// let mut out = String::new();
/// let line = r#"{"id": 1.0, "text":"总产值[bookmark: _GoBack]增长"}"#;
/// qingwen::clean_record(line, "text", &qingwen::Options::default(), &mut out)?;
/// assert_eq!(out, r#"{"id": 1.0, "text":"总产值增长"}"#);
/// # Ok::<(), qingwen::RecordError>(())
/// ```
///
/// # Errors
///
/// Where the line is not a JSON object or the field is not a string; then nothing is appended.
pub fn clean_record(
    line: &str,
    field: &str,
    options: &Options,
    out: &mut String,
) -> Result<Vec<Diagnostic>, RecordError> {
    let record = Record::read(line, field)?;
    let Some(text) = &record.text else {
        out.push_str(line);
        return Ok(Vec::new());
    };
    let cleaned = clean(text, options);
    out.push_str(record.before);
    escape(cleaned.markdown.trim_end_matches('\n'), out);
    out.push_str(record.after);
    Ok(cleaned.diagnostics)
}

/// A line of JSON, taken apart at the text in one field.
///
/// ```
/// let record = qingwen::Record::read(r#"{"text": "甲\n乙", "n": 1}"#, "text")?;
/// assert_eq!(record.text.as_deref(), Some("甲\n乙"));
/// assert_eq!((record.before, record.after), (r#"{"text": ""#, r#"", "n": 1}"#));
/// # Ok::<(), qingwen::RecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The line up to the text, with its quote; all of it, where the field is `null`.
    pub before: &'a str,
    /// The text that the field holds, without the escapes of JSON; `None` where it is `null`.
    pub text: Option<String>,
    /// The line after the text, with its quote.
    pub after: &'a str,
}

impl<'a> Record<'a> {
    /// Takes a line apart.
    ///
    /// ```
    /// assert_eq!(qingwen::Record::read(r#"{"text": null}"#, "text").map(|record| record.text), Ok(None));
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`clean_record`].
    pub fn read(line: &'a str, field: &str) -> Result<Self, RecordError> {
        Ok(match find(line, field)? {
            Some(value) => Record {
                before: &line[..value.start],
                text: Some(unescape(&line[value.clone()])),
                after: &line[value.end..],
            },
            None => Record { before: line, text: None, after: "" },
        })
    }
}

/// The bytes between the quotes of a field's value; `None` where it is `null`. Of several fields of one name
/// the last counts, as it does to most readers of JSON.
fn find(line: &str, field: &str) -> Result<Option<Range<usize>>, RecordError> {
    let mut scan = Scan { bytes: line.as_bytes(), at: 0 };
    let mut found = Err(RecordError::Missing);
    scan.expect(b'{')?;
    if !scan.take(b'}') {
        loop {
            scan.blank();
            let key = scan.string()?;
            scan.expect(b':')?;
            scan.blank();
            let start = scan.at;
            let string = if scan.peek() == Some(b'"') { Some(scan.string()?) } else { None };
            if string.is_none() {
                scan.value()?;
            }
            if unescape(&line[key]) == field {
                found = match string {
                    Some(range) => Ok(Some(range)),
                    None if &line[start..scan.at] == "null" => Ok(None),
                    None => Err(RecordError::NotText),
                };
            }
            if !scan.take(b',') {
                break;
            }
        }
        scan.expect(b'}')?;
    }
    scan.blank();
    if scan.at < line.len() {
        return Err(RecordError::Malformed(scan.at));
    }
    found
}

/// Walks over JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.blank();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), RecordError> {
        if self.take(byte) { Ok(()) } else { Err(RecordError::Malformed(self.at)) }
    }

    /// Passes a string, and gives what stands between its quotes.
    fn string(&mut self) -> Result<Range<usize>, RecordError> {
        let malformed = RecordError::Malformed(self.at);
        if self.peek() != Some(b'"') {
            return Err(malformed);
        }
        let start = self.at + 1;
        let mut at = start;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(0..0x20) | None => return Err(malformed),
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Ok(start..at)
    }

    /// Passes a value of any kind. Of one that is not a string, only the nesting is looked at.
    fn value(&mut self) -> Result<(), RecordError> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                Some(b'"') => {
                    self.string()?;
                }
                Some(bracket @ (b'{' | b'[')) if open.len() < DEEPEST => {
                    self.at += 1;
                    open.push(if bracket == b'{' { b'}' } else { b']' });
                    continue;
                }
                Some(close @ (b'}' | b']')) if open.last() == Some(&close) => {
                    self.at += 1;
                    open.pop();
                }
                Some(b',' | b':') if !open.is_empty() => {
                    self.at += 1;
                    continue;
                }
                Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                    while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E')) {
                        self.at += 1;
                    }
                }
                _ => return Err(RecordError::Malformed(self.at)),
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }
}

/// The characters that the inside of a JSON string stands for. Half a surrogate pair is U+FFFD.
fn unescape(string: &str) -> String {
    let mut out = String::with_capacity(string.len());
    let mut rest = string;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => out.push(code_unit(&mut rest)),
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// Reads the digits after `\u`, and those of the other half where it takes two.
fn code_unit(rest: &mut &str) -> char {
    let digits = |string: &str| string.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(unit) = digits(rest) else { return char::REPLACEMENT_CHARACTER };
    *rest = &rest[4..];
    if (0xd800..0xdc00).contains(&unit)
        && let Some(low) =
            rest.strip_prefix("\\u").and_then(digits).filter(|low| (0xdc00..0xe000).contains(low))
    {
        *rest = &rest[6..];
        let c = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        return char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Appends characters as the inside of a JSON string.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &str) -> Result<String, RecordError> {
        let mut out = String::new();
        clean_record(line, "text", &Options::default(), &mut out).map(|_| out)
    }

    #[test]
    fn everything_but_the_field_stays_byte_for_byte() {
        let line = r#" { "a" : [1e5, {"text": "x,乙"}, "\u4e2d\/"], "text":"甲\u005b\\\n\n乙[bookmark: x]" , "n":-0.10 } "#;
        let expected = line.replace(r#""甲\u005b\\\n\n乙[bookmark: x]""#, r#""甲[\\\n\n乙""#);
        assert_eq!(cleaned(line).unwrap(), expected);
    }

    #[test]
    fn a_field_that_is_null_stays_so() {
        assert_eq!(cleaned(r#"{"text":null}"#).unwrap(), r#"{"text":null}"#);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for (line, error) in [
            ("", RecordError::Malformed(0)),
            ("[1]", RecordError::Malformed(0)),
            (r#"{"a":1}"#, RecordError::Missing),
            ("{}", RecordError::Missing),
            (r#"{"text":[1]}"#, RecordError::NotText),
            (r#"{"text":"a"#, RecordError::Malformed(8)),
            (r#"{"text":"a"} x"#, RecordError::Malformed(13)),
            (r#"{"text":"a",}"#, RecordError::Malformed(12)),
        ] {
            assert_eq!(cleaned(line), Err(error), "{line}");
        }
        let deep = format!(r#"{{"a":{}}}"#, "[".repeat(100_000));
        assert!(matches!(cleaned(&deep), Err(RecordError::Malformed(_))));
    }

    #[test]
    fn surrogates_and_controls_are_characters() {
        assert_eq!(unescape(r"\ud83d\ude00\ud83d\u0001\b"), "\u{1f600}\u{fffd}\u{1}\u{8}");
        let mut out = String::new();
        escape("\u{1}\"\\\n汉", &mut out);
        assert_eq!(out, r#"\u0001\"\\\n汉"#);
        assert_eq!(unescape(&out), "\u{1}\"\\\n汉");
    }
}
