//! Names of rules, as people type them.

use qingwen::Profile;

/// Which rules run, as typed: the same for every command that cleans.
#[derive(Debug, clap::Args)]
pub(crate) struct Choice {
    /// Rules to begin with: default, faithful or publish.
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<Profile>,
    /// Add a rule to the profile; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) enable: Vec<String>,
    /// Leave a rule out of the profile; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) disable: Vec<String>,
}

/// Checks that every id is that of a rule.
///
/// # Errors
///
/// A message that names the first one that is not, and what may have been meant.
pub(crate) fn check<'a>(ids: impl IntoIterator<Item = &'a String>) -> Result<(), String> {
    match ids.into_iter().find(|id| qingwen::rule(id).is_none()) {
        Some(id) => Err(unknown(id)),
        None => Ok(()),
    }
}

/// What to say of an id that no rule has.
pub(crate) fn unknown(id: &str) -> String {
    let hint = match nearest(id) {
        Some(near) => format!("; did you mean “{near}”?"),
        None => String::new(),
    };
    format!("no rule is called “{}”{hint}", qingwen::model::Shown(id))
}

/// The rule whose id is nearest to what was typed, where one is near.
fn nearest(id: &str) -> Option<&'static str> {
    let distance = |rule: &&qingwen::Rule| strsim::damerau_levenshtein(id, rule.id);
    let near = qingwen::rules().min_by_key(distance)?;
    (distance(&near) <= 1 + id.len() / 4).then_some(near.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        for rule in qingwen::rules() {
            let slip = rule.id.replacen('-', "_", 1);
            assert_eq!(nearest(&slip), Some(rule.id));
        }
        assert_eq!(nearest("zzzzzzzzzzzzzzzz"), None);
    }
}
