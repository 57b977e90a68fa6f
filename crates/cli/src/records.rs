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
        line.clear();
        if io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let end = line.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |last| last + 1);
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
