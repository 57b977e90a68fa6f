use crate::{Mark, Snippet};
use std::fmt;

/// One thing that happened to the document on its way, with its place.
///
/// Its [`Display`](fmt::Display) is what people read:
///
/// ```
/// use qingwen_model::{Diagnostic, Kind, Mark};
/// let kind = Kind::Changed { before: ",".into(), after: "，".into() };
/// let diagnostic = Diagnostic { code: "pun-comma", kind, mark: Mark::Paragraph(17), column: 4 };
/// assert_eq!(diagnostic.to_string(), "paragraph 17: pun-comma: “,” → “，”");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name: the id of a rule, or a reader's code such as `docx-unknown-element`.
    pub code: &'static str,
    /// What happened.
    pub kind: Kind,
    /// Where the block began.
    pub mark: Mark,
    /// The character within the line or paragraph of the source that `mark` names, from 1, counted in the
    /// text as it was read, whatever rules did to it before; 0 where the block as a whole is meant.
    pub column: u32,
}

/// What happened to a piece of the document.
///
/// ```
/// let kind = qingwen_model::Kind::Changed { before: ",".into(), after: "，".into() };
/// assert_ne!(kind, qingwen_model::Kind::Lost(",".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something in the input has no place in the output; the text says what.
    Lost(String),
    /// A judgement that may be wrong, or a finding a person should look at; nothing was removed.
    Guessed(String),
    /// A rule replaced `before` by `after`.
    Changed {
        /// The text before.
        before: Snippet,
        /// The text after; empty where something was removed.
        after: Snippet,
    },
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.mark, self.code)?;
        match &self.kind {
            Kind::Lost(what) => write!(f, "lost: {}", Shown(what)),
            Kind::Guessed(what) => write!(f, "{}", Shown(what)),
            Kind::Changed { before, after } => write!(f, "“{}” → “{}”", Shown(before), Shown(after)),
        }
    }
}

/// Prints a piece of a document, or a name, without letting it drive a terminal: controls and characters that
/// cannot be seen are shown as escapes.
///
/// ```
/// assert_eq!(qingwen_model::Shown("甲\u{200b}乙\n").to_string(), "甲\\u{200b}乙\\n");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if c.is_control() || is_invisible(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Characters that change how their neighbours are shown, or are not shown at all.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What readers, rules and the writer write their diagnostics into.
///
/// A log never says less than what happened; a caller who wants less filters what comes out.
///
/// ```
/// use qingwen_model::{Log, Mark};
/// let mut log = Log::new();
/// log.lost("pdf-unmapped", Mark::Page(3, 0), "2 characters");
/// log.changed("pun-comma", Mark::Line(1), ",", "，");
/// assert_eq!(log.diagnostics()[0].to_string(), "page 3: pdf-unmapped: lost: 2 characters");
/// assert_eq!(log.into_diagnostics().len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    diagnostics: Vec<Diagnostic>,
}

impl Log {
    /// An empty log.
    pub fn new() -> Self {
        Log::default()
    }

    /// Something in the input has no place in the output.
    pub fn lost(&mut self, code: &'static str, mark: Mark, what: impl Into<String>) {
        self.push(Diagnostic { code, kind: Kind::Lost(what.into()), mark, column: 0 });
    }

    /// A judgement that may be wrong, or a finding to look at.
    pub fn guessed(&mut self, code: &'static str, mark: Mark, what: impl Into<String>) {
        self.push(Diagnostic { code, kind: Kind::Guessed(what.into()), mark, column: 0 });
    }

    /// A rule replaced one piece of text by another.
    pub fn changed(
        &mut self,
        code: &'static str,
        mark: Mark,
        before: impl Into<Snippet>,
        after: impl Into<Snippet>,
    ) {
        let kind = Kind::Changed { before: before.into(), after: after.into() };
        self.push(Diagnostic { code, kind, mark, column: 0 });
    }

    /// Adds a diagnostic made elsewhere.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all of another's diagnostics.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// What has been written so far.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Gives the diagnostics up, in the order they were written.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

/// A result with something to say about how it came to be.
///
/// ```
/// use qingwen_model::{Log, Mark, Warned};
/// let mut log = Log::new();
/// log.guessed("text-encoding", Mark::None, "gbk or big5");
/// let read = Warned::new("报告", log);
/// assert_eq!((read.value, read.diagnostics.len()), ("报告", 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What was lost, guessed or changed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A result and the log of how it came to be.
    pub fn new(value: T, log: Log) -> Self {
        Warned { value, diagnostics: log.into_diagnostics() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_never_prints_controls_raw() {
        let mut log = Log::new();
        log.lost("x", Mark::Page(3, 0), "\u{1b}[31m\u{202e}乙");
        assert_eq!(log.diagnostics()[0].to_string(), "page 3: x: lost: \\u{1b}[31m\\u{202e}乙");
    }
}
