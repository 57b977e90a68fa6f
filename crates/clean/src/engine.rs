//! Runs rules over a document: applies what they ask for and writes the ledger.

use crate::{Action, Line, Pass, Profile, Rule, rule, rules, structure};
use qingwen_model::{Diagnostic, Document, Edits, Kind, Log, Warned};

/// Which rules run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanOptions {
    /// The set to start from.
    pub profile: Profile,
    /// Ids of rules to add.
    pub enable: Vec<String>,
    /// Ids of rules to leave out; these win.
    pub disable: Vec<String>,
}

/// Cleans a document. Ids that no rule has are passed over; check them with [`rule`](crate::rule) where a
/// person typed them.
pub fn clean(document: Document, options: &CleanOptions) -> Warned<Document> {
    run(document, &RuleSet::of(options))
}

/// Runs one rule alone, whatever profile it is on in. A rule of the structure pass brings the whole pass with
/// it, as `default` has it. `None` where no rule has the id.
pub fn only(document: Document, id: &str) -> Option<Warned<Document>> {
    let named = rule(id)?;
    let set = match named.pass {
        Pass::Structure => RuleSet {
            rules: rules()
                .filter(|r| r.pass == Pass::Structure)
                .filter(|r| r.id == id || r.profiles.contains(Profile::Default))
                .collect(),
        },
        _ => RuleSet { rules: vec![named] },
    };
    Some(run(document, &set))
}

/// The rules that are on, in order.
pub(crate) struct RuleSet {
    rules: Vec<&'static Rule>,
}

impl RuleSet {
    fn of(options: &CleanOptions) -> Self {
        let on = |rule: &&Rule| {
            !options.disable.iter().any(|id| id == rule.id)
                && (rule.profiles.contains(options.profile) || options.enable.iter().any(|id| id == rule.id))
        };
        RuleSet { rules: rules().filter(on).collect() }
    }

    /// Whether a rule is on.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == id)
    }
}

fn run(mut document: Document, set: &RuleSet) -> Warned<Document> {
    let mut log = Log::new();
    for rule in &set.rules {
        match rule.action {
            Action::Text(apply) => edit_texts(&mut document, rule, apply, &mut log),
            Action::Document(apply) => apply(&mut document, &mut log),
            Action::Report(look) => look(&document, &mut log),
            Action::Structure => {}
        }
    }
    if set.rules.iter().any(|rule| rule.pass == Pass::Structure) {
        structure::run(&mut document, set, &mut log);
    }
    Warned::new(document, log)
}

fn edit_texts(document: &mut Document, rule: &Rule, apply: fn(&Line<'_>, &mut Edits), log: &mut Log) {
    let mut edits = Edits::new();
    document.visit_mut(&mut |block| {
        let mark = block.mark;
        let Some(text) = block.text_mut() else { return };
        edits.clear();
        apply(&Line::new(text.as_str(), &[]), &mut edits);
        for edit in edits.as_slice() {
            let before = text.as_str()[edit.range.clone()].to_owned();
            let column = text.as_str()[..edit.range.start].chars().count() as u32 + 1;
            let kind = Kind::Changed { before, after: edit.with.to_string() };
            log.push(Diagnostic { code: rule.id, kind, mark, column });
        }
        text.replace(&edits);
    });
}
