use crate::{Classes, Findings, Line, Profiles};
use qingwen_model::{Document, Edits, Log};

/// One rule: what it is called, what it does, where it is on, and the page that explains it.
///
/// ```
/// let rule = qingwen_clean::rule("pun-comma").ok_or("no such rule")?;
/// assert!(rule.profiles.contains(qingwen_clean::Profile::Default));
/// assert!(rule.doc.starts_with("# pun-comma"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable name, the unit of configuration, of reports and of tests.
    pub id: &'static str,
    /// The page: what, why, which standard, and examples that are its tests.
    pub doc: &'static str,
    /// The pass it belongs to.
    pub pass: Pass,
    /// Where it is on.
    pub profiles: Profiles,
    /// What it does.
    pub action: Action,
}

/// What a rule does.
///
/// ```
/// use qingwen_clean::{Action, rules};
/// let looks_only = rules().filter(|rule| matches!(rule.action, Action::Check(..) | Action::Report(_)));
/// assert!(looks_only.map(|rule| rule.id).any(|id| id == "rpt-cid"));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Looks at one line or paragraph and asks for edits. Called only where the text has a character of one of
    /// the classes, so that a rule that has nothing to do costs nothing.
    Text(Classes, fn(&Line<'_>, &mut Edits)),
    /// Looks at the whole document and changes it; it writes the ledger itself.
    Document(fn(&mut Document, &mut Log)),
    /// Is one decision of the structure pass, which asks whether the rule is on.
    Structure,
    /// Looks at one line or paragraph, changes nothing, and writes down what it finds. Called as `Text` is.
    Check(Classes, fn(&Line<'_>, &mut Findings)),
    /// Looks at the whole document, changes nothing, and writes down what it finds.
    Report(fn(&Document, &mut Log)),
    /// Is done by a reader or by the writer; it is listed here for its name and its page.
    Elsewhere,
}

/// The passes, in the order they run.
///
/// ```
/// use qingwen_clean::{Pass, rules};
/// let passes: Vec<Pass> = rules().map(|rule| rule.pass).collect();
/// assert!(passes.is_sorted() && passes.first() == Some(&Pass::Decoding));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pass {
    /// D: what a wrong decoding left.
    Decoding,
    /// C: controls and invisible characters.
    Controls,
    /// A: what an extractor left, and page furniture.
    Artifacts,
    /// N: code points.
    CodePoints,
    /// L: lines, spaces, paragraphs.
    Lines,
    /// P: punctuation; repeated until nothing changes, at most four times.
    Punctuation,
    /// S: titles, headings, the parts of an official document.
    Structure,
    /// R: checks that only report.
    Report,
}
