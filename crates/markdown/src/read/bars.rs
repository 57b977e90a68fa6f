//! Bars within code in a row of a table, which end a cell to GFM and do not to whoever wrote them.

use super::shelter::within;
use std::borrow::Cow;

/// Stands before the backslash that such a bar gets, so that both can go again where they are not in a table at all.
pub(super) const MARK: char = '\u{fdd3}';

/// The source with a backslash before bars in code, in rows that have as many cells as their table has columns only
/// with it.
pub(super) fn escaped(source: &str) -> Cow<'_, str> {
    if !source.contains('`') || !source.contains("-|") && !source.contains("- |") && !source.contains(":|") {
        return source.into();
    }
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut out = String::with_capacity(source.len() + 16);
    // The columns of the table that goes on here.
    let mut columns = None;
    for (number, &line) in lines.iter().enumerate() {
        columns = match lines.get(number + 1).and_then(|next| delimiters(next)) {
            Some(columns) if columns > 1 => Some(columns),
            _ => columns.filter(|_| line.contains('|')),
        };
        match columns {
            Some(columns) if line.contains('`') && cells(line) > columns => {
                let mended = in_code(line);
                out.push_str(if cells(&mended) == columns { &mended } else { line });
            }
            _ => out.push_str(line),
        }
    }
    out.into()
}

/// How many columns a line makes that parts the heading of a table from its rows.
fn delimiters(line: &str) -> Option<usize> {
    let body = within(line).trim_end();
    let parts = body.contains('|') && body.contains('-') && body.bytes().all(|b| b"|-: \t".contains(&b));
    parts.then(|| cells(line))
}

/// How many cells a row has.
pub(super) fn cells(line: &str) -> usize {
    let body = within(line).trim_end();
    let inside = body.strip_prefix('|').unwrap_or(body);
    let ends = inside.ends_with('|') && !inside.ends_with("\\|");
    inside.replace("\\|", "").matches('|').count() + usize::from(!ends)
}

/// A row with a backslash before every bar in code that has none.
fn in_code(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let fence = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let (head, tail) = rest.split_at(at + fence);
        out.push_str(head);
        rest = tail;
        let quoted = head[..at].ends_with('\\');
        let Some(end) = closing(tail, fence).filter(|_| !quoted) else { continue };
        for (place, piece) in tail[..end].split('|').enumerate() {
            if place > 0 && !out.ends_with('\\') {
                out.extend([MARK, '\\']);
            }
            out.push_str(if place > 0 { "|" } else { "" });
            out.push_str(piece);
        }
        out.push_str(&tail[end..end + fence]);
        rest = &tail[end + fence..];
    }
    out.push_str(rest);
    out
}

/// Where the run of back-quotes begins that ends code which began with one as long.
fn closing(tail: &str, fence: usize) -> Option<usize> {
    /// Code in a cell is no longer.
    const LONGEST: usize = 2000;
    let mut at = 0;
    while at < LONGEST
        && let Some(skip) = tail[at..].find('`')
    {
        at += skip;
        let length = tail[at..].len() - tail[at..].trim_start_matches('`').len();
        if length == fence {
            return Some(at);
        }
        at += length;
    }
    None
}
