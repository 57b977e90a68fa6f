//! Cleaning a corpus of records: a line of JSON each, of which one field is text.

use qingwen::Options;
use qingwen::model::Diagnostic;
use std::io::{self, BufRead, Write};

/// What became of the records.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) records: u64,
    pub(crate) failed: u64,
}

/// Bytes that one line may have. Nothing is kept of a line that is longer, so that memory stays small.
const LONGEST: u64 = 512 << 20;

/// Cleans line by line; memory does not grow with the number of lines. A line that cannot be cleaned is
/// passed on as it is, and told with its number. Blank lines are passed on.
pub(crate) fn clean(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    field: &str,
    options: &Options,
    tell: &mut dyn FnMut(u64, Result<Vec<Diagnostic>, String>) -> io::Result<()>,
) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let (mut line, mut cleaned) = (Vec::new(), String::new());
    for number in 1.. {
        let Some(end) = read_line(input, &mut line, number)? else { break };
        if line[..end].trim_ascii().is_empty() {
            out.write_all(&line)?;
            continue;
        }
        counts.records += 1;
        cleaned.clear();
        let result = match std::str::from_utf8(&line[..end]) {
            Ok(text) => {
                qingwen::clean_record(text, field, options, &mut cleaned).map_err(|error| error.to_string())
            }
            Err(error) => Err(format!("not UTF-8 (byte {})", error.valid_up_to())),
        };
        match &result {
            Ok(_) => out.write_all(cleaned.as_bytes())?,
            Err(_) => {
                counts.failed += 1;
                out.write_all(&line[..end])?;
            }
        }
        out.write_all(&line[end..])?;
        tell(number, result)?;
    }
    Ok(counts)
}

/// Reads the line of a number into `line`, and tells where the end of the line begins; `None` where there is none.
/// A mark of byte order before the first is taken off.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, number: u64) -> io::Result<Option<usize>> {
    line.clear();
    if io::Read::take(&mut *input, LONGEST).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
        line.drain(..3);
    }
    Ok(Some(line.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |last| last + 1)))
}

/// Reads two files of records in step, line by line without its end: the number, and the line of each, `None` where
/// that file has ended.
pub(crate) fn in_step(
    files: [&mut dyn BufRead; 2],
    mut each: impl FnMut(u64, [Option<&[u8]>; 2]) -> Result<(), String>,
) -> Result<(), String> {
    let [input, output] = files;
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for number in 1.. {
        let wrong = |error: io::Error| format!("line {number}: {error}");
        let ends = (read_line(input, &mut one, number), read_line(output, &mut other, number));
        let (one, other) = match (ends.0.map_err(wrong)?, ends.1.map_err(wrong)?) {
            (None, None) => break,
            (a, b) => (a.map(|end| &one[..end]), b.map(|end| &other[..end])),
        };
        each(number, [one, other])?;
    }
    Ok(())
}
