//! Runs rules over a document: applies what they ask for and writes the ledger.

use crate::lines::rules::HYPHENATION_ALONE;
use crate::{Action, Pass, Profile, Rule, rule, rules, structure, texts};
use qingwen_model::{Document, Log, Warned};
use std::mem::discriminant;

/// Which rules run.
///
/// ```
/// use qingwen_clean::{CleanOptions, Profile};
/// let options = CleanOptions {
///     profile: Profile::Faithful,
///     enable: vec!["pun-comma".to_owned()],
///     ..CleanOptions::default()
/// };
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanOptions {
    /// The set to start from.
    pub profile: Profile,
    /// Ids of rules to add.
    pub enable: Vec<String>,
    /// Ids of rules to leave out; these win.
    pub disable: Vec<String>,
    /// Whether the document goes on from one before it, as a section of a long text does: its first lines are
    /// then no title, however much they look like one. Titles after the end of a document within it stay.
    pub continues: bool,
}

/// Cleans a document. Ids that no rule has are passed over; check them with [`rule`](crate::rule) where a
/// person typed them.
///
/// ```
/// use qingwen_clean::{CleanOptions, clean};
/// use qingwen_model::{Block, Document};
/// let document = Document { blocks: vec![Block::paragraph("总产值增长,达到3.2%。")], ..Document::default() };
/// let cleaned = clean(document, &CleanOptions::default());
/// assert_eq!(cleaned.value.blocks[0].text().map(|text| text.as_str()), Some("总产值增长，达到3.2%。"));
/// assert_eq!(cleaned.diagnostics[0].code, "pun-comma");
/// ```
pub fn clean(document: Document, options: &CleanOptions) -> Warned<Document> {
    run(document, &RuleSet::of(options))
}

/// Runs one rule alone, whatever profile it is on in. A decision of the structure pass brings the whole pass
/// with it, as `default` has it. `None` where no rule has the id.
pub fn only(document: Document, id: &str) -> Option<Warned<Document>> {
    let named = rule(id)?;
    let set = match named.action {
        Action::Structure => rules()
            .filter(|r| r.pass == Pass::Structure)
            .filter(|r| r.id == id || r.profiles.contains(Profile::Default))
            .collect(),
        _ => vec![named],
    };
    Some(run(document, &RuleSet::new(set, false)))
}

/// Rules that are off where somebody asks for the rule that does the opposite.
const OPPOSITES: [(&str, &str); 1] = [("ws-cjk-digit", "ws-cjk-latin-insert")];

/// The rule that does the opposite of another, so that only one of them can be on.
///
/// ```
/// assert_eq!(qingwen_clean::opposite("ws-cjk-digit"), Some("ws-cjk-latin-insert"));
/// assert_eq!(qingwen_clean::opposite("pun-comma"), None);
/// ```
pub fn opposite(id: &str) -> Option<&'static str> {
    let other = |&(one, other): &(&'static str, &'static str)| match id {
        _ if id == one => Some(other),
        _ if id == other => Some(one),
        _ => None,
    };
    OPPOSITES.iter().find_map(other)
}

/// The rules that are on, in order.
pub(crate) struct RuleSet {
    /// Whether the document goes on from one before it.
    pub(crate) continues: bool,
    rules: Vec<&'static Rule>,
}

impl RuleSet {
    fn of(options: &CleanOptions) -> Self {
        let asked = |id: &str| options.enable.iter().any(|other| other == id);
        let barred = |id: &str| options.disable.iter().any(|other| other == id);
        let on = |rule: &&Rule| {
            let opposed =
                OPPOSITES.iter().any(|(id, other)| *id == rule.id && asked(other) && !barred(other));
            !barred(rule.id) && !opposed && (rule.profiles.contains(options.profile) || asked(rule.id))
        };
        RuleSet::new(rules().filter(on).collect(), options.continues)
    }

    /// These rules. Some do less where others come after them.
    fn new(mut rules: Vec<&'static Rule>, continues: bool) -> Self {
        if !rules.iter().any(|rule| rule.id == "ln-unwrap") {
            let hyphenation = rules.iter_mut().find(|rule| rule.id == HYPHENATION_ALONE.id);
            hyphenation.into_iter().for_each(|rule| *rule = HYPHENATION_ALONE);
        }
        RuleSet { continues, rules }
    }

    /// Whether a rule is on.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == id)
    }

    /// The rules that are on, in order.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied()
    }
}

fn run(mut document: Document, set: &RuleSet) -> Warned<Document> {
    let mut log = Log::new();
    let mut rest = &set.rules[..];
    let mut structured = false;
    let is_again = |rule: &&&Rule| {
        matches!(rule.action, Action::Text(..)) && matches!(rule.pass, Pass::CodePoints | Pass::Lines)
    };
    let again: Vec<&'static Rule> = set.rules.iter().filter(is_again).copied().collect();
    while let Some(rule) = rest.first() {
        let alike =
            rest.iter().take_while(|other| discriminant(&other.action) == discriminant(&rule.action)).count();
        let (group, others) = rest.split_at(alike);
        if matches!(rule.action, Action::Structure) && !structured {
            structure::run(&mut document, set, &mut log);
            structured = true;
        }
        if rule.pass == Pass::Report {
            texts::look(&mut document);
        }
        match rule.action {
            Action::Text(..) => texts::edit(&mut document, group, &again, &mut log),
            Action::Check(..) => texts::check(&document, group, &mut log),
            Action::Document(_) | Action::Report(_) => group.iter().for_each(|rule| match rule.action {
                Action::Document(apply) => apply(&mut document, &mut log),
                Action::Report(look) => look(&document, &mut log),
                _ => {}
            }),
            Action::Structure | Action::Elsewhere => {}
        }
        rest = others;
    }
    Warned::new(document, log)
}
