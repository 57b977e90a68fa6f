//! What cleaning would change, as a unified diff.

use similar::{ChangeTag, TextDiff};
use std::io::{self, IsTerminal, Write};

/// Writes a unified diff of two texts with their names; in colour, where a person at a terminal reads it.
pub(crate) fn write(out: &mut dyn Write, names: &[String; 2], before: &str, after: &str) -> io::Result<()> {
    let colour = is_coloured(io::stdout().is_terminal());
    let diff = TextDiff::from_lines(before, after);
    let paint = |code: &'static str| if colour { code } else { "" };
    let mut first = true;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if std::mem::take(&mut first) {
            let [old, new] = names;
            writeln!(out, "{}--- {old}\n+++ {new}{}", paint("\x1b[1m"), paint("\x1b[0m"))?;
        }
        writeln!(out, "{}{}{}", paint("\x1b[36m"), hunk.header(), paint("\x1b[0m"))?;
        for change in hunk.iter_changes() {
            let (sign, code) = match change.tag() {
                ChangeTag::Delete => ('-', "\x1b[31m"),
                ChangeTag::Insert => ('+', "\x1b[32m"),
                ChangeTag::Equal => (' ', ""),
            };
            let end = if code.is_empty() { "" } else { "\x1b[0m" };
            writeln!(out, "{}{sign}{}{}", paint(code), shown(change.value()), paint(end))?;
            // Without this, patch would look for a line feed that is not there.
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// Whether a diff is coloured: on a terminal, unless `NO_COLOR` is set (no-color.org), and elsewhere if
/// `CLICOLOR_FORCE` is set and not 0, as where a pager shows it.
fn is_coloured(is_terminal: bool) -> bool {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    value("NO_COLOR").is_none() && (is_terminal || value("CLICOLOR_FORCE").is_some_and(|value| value != "0"))
}

/// A line without its end, and without controls that would drive a terminal.
fn shown(line: &str) -> String {
    let line = line.trim_end_matches(['\n', '\r']);
    line.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}
