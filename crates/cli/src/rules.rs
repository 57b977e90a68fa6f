//! `qingwen rules` and `qingwen explain RULE`.

use crate::{Streams, ids, refuse};
use qingwen::{Pass, Profile, Rule};
use std::io::{self, Write};

/// List the rules: their ids, where they are on, and what they do.
#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    /// Only the rules that are on in this profile.
    #[arg(long, value_name = "NAME")]
    profile: Option<Profile>,
}

/// Print the page of a rule: what it does and why, with examples.
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The rule's id, as `qingwen rules` lists it.
    rule: String,
}

pub(crate) fn list(args: &Rules, streams: Streams<'_>) -> u8 {
    let rules: Vec<&Rule> = qingwen::rules()
        .filter(|rule| args.profile.is_none_or(|profile| rule.profiles.contains(profile)))
        .collect();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = io::BufWriter::new(streams.stdout);
    let written = rules.iter().try_for_each(|rule| {
        let on = Profile::ALL.map(|profile| match (rule.profiles.contains(profile), profile) {
            (false, _) => '-',
            (true, Profile::Default) => 'D',
            (true, Profile::Faithful) => 'F',
            (true, Profile::Publish) => 'P',
        });
        let [default, faithful, publish] = on;
        let letter = letter(rule.pass);
        writeln!(out, "{:width$}  {letter}  {default}{faithful}{publish}  {}", rule.id, summary(rule))
    });
    done(written.and_then(|()| out.flush()))
}

pub(crate) fn explain(args: &Explain, mut streams: Streams<'_>) -> u8 {
    match qingwen::rule(&args.rule) {
        Some(rule) => done(streams.stdout.write_all(rule.doc.as_bytes())),
        None => refuse(&mut streams, &ids::unknown(&args.rule)),
    }
}

/// The first sentence of a rule's page, below its title.
fn summary(rule: &Rule) -> &str {
    rule.doc.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

fn letter(pass: Pass) -> char {
    match pass {
        Pass::Decoding => 'D',
        Pass::Controls => 'C',
        Pass::Artifacts => 'A',
        Pass::CodePoints => 'N',
        Pass::Lines => 'L',
        Pass::Punctuation => 'P',
        Pass::Structure => 'S',
        Pass::Report => 'R',
    }
}

/// The exit status of a command that only prints: nobody reading on is no fault.
pub(crate) fn done(result: io::Result<()>) -> u8 {
    u8::from(result.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe))
}
