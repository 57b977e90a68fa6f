//! The acceptance cases of the catalogue, run from outside: one rule alone, or a whole profile.
//!
//! The cases are shared data and no part of the repository: `spec/cases.tsv`.

use qingwen::model::Kind;
use qingwen::{CleanOptions, Options, Profile, clean, only, rule};
use qingwen_tests::shared;
use std::collections::BTreeMap;

struct Case {
    id: String,
    input: String,
    expected: String,
    note: String,
}

fn cases(name: &str) -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(shared(name)?).unwrap();
    let case = |line: &str| {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_else(|| panic!("a case without four fields: {line}"));
        let (id, input, expected) = (field().to_owned(), unescape(field()), unescape(field()));
        Case { id, input, expected, note: field().to_owned() }
    };
    Some(text.lines().skip(1).filter(|line| !line.is_empty()).map(case).collect())
}

/// `\n \t \r \f \\ \uXXXX`.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\u{c}'),
            Some('\\') => out.push('\\'),
            Some('u') => {
                let hex: String = chars.by_ref().take(4).collect();
                out.push(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).unwrap());
            }
            other => panic!("no escape: \\{other:?}"),
        }
    }
    out
}

/// What a case gives, or what is wrong with how it came to be.
fn run(case: &Case) -> Result<String, String> {
    if let Some(name) = case.id.strip_prefix('@') {
        let profile: Profile = name.parse().unwrap();
        let options =
            Options { clean: CleanOptions { profile, ..CleanOptions::default() }, ..Options::default() };
        return Ok(clean(&case.input, &options).markdown);
    }
    let done = only(&case.id, &case.input).ok_or_else(|| "no rule has this id".to_owned())?;
    let reported = done.diagnostics.iter().any(|d| d.code == case.id && matches!(d.kind, Kind::Guessed(_)));
    // A legal opening quote is a case of the check that finds nothing.
    if case.id.starts_with("rpt-") && !reported && !case.note.starts_with("GB/T 15834") {
        return Err("nothing reported".to_owned());
    }
    Ok(done.value)
}

/// What the command writes of a case that it reads from its standard input.
fn command(case: &Case) -> String {
    let mut args = vec!["qingwen", "clean"];
    args.extend(match case.id.strip_prefix('@') {
        Some(profile) => ["--profile", profile],
        None => ["--only", case.id.as_str()],
    });
    args.push("-");
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = args.into_iter().map(Into::into);
    qingwen_cli::run(args, &mut case.input.as_bytes(), &mut stdout, &mut stderr);
    String::from_utf8(stdout).unwrap()
}

#[test]
fn the_command_gives_the_same() {
    let Some(cases) = cases("spec/cases.tsv") else { return };
    let wrong = cases.iter().map(|case| (case, command(case))).filter(|(case, out)| {
        let wanted = case.expected.trim_end_matches('\n');
        out.trim_end_matches('\n') != wanted
    });
    let wrong: Vec<String> =
        wrong.map(|(case, out)| format!("{}: {:?}\n   got {out:?}", case.id, case.input)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_gives_what_the_catalogue_says() {
    let Some(cases) = cases("spec/cases.tsv") else { return };
    assert!(!cases.is_empty(), "no case found");
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut failures = Vec::new();
    for case in &cases {
        let pass = match rule(&case.id) {
            Some(rule) => format!("{:?}", rule.pass),
            None if case.id.starts_with('@') => "profile".to_owned(),
            None => "no rule".to_owned(),
        };
        let result = run(case);
        let same = |out: &str| out.trim_end_matches('\n') == case.expected.trim_end_matches('\n');
        let count = counts.entry(pass).or_default();
        count.1 += 1;
        match result {
            Ok(out) if same(&out) => count.0 += 1,
            Ok(out) => failures.push(format!(
                "{} ({})\n   input {:?}\nexpected {:?}\n     got {out:?}",
                case.id, case.note, case.input, case.expected
            )),
            Err(why) => failures.push(format!("{} ({}): {why}: {:?}", case.id, case.note, case.input)),
        }
    }
    for (pass, (good, all)) in &counts {
        eprintln!("{pass}: {good} of {all}");
    }
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}
