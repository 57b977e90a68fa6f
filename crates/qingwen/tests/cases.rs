//! Cases beyond the pages of the rules (`cases.tsv`): one rule alone, or a whole profile by its name after `@`. Half of
//! them must stay as they are: addresses, code, ratios, times, versions, formulas, names.

use qingwen::{CleanOptions, Options, clean, only};

/// `\n`, `\t`, `\r`, `\f`, `\\` and `\uXXXX`, as the table writes them.
fn unescape(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => '\n',
            ('\\', Some('t')) => '\t',
            ('\\', Some('r')) => '\r',
            ('\\', Some('f')) => '\u{c}',
            ('\\', Some('u')) => {
                let hex: String = chars.by_ref().take(4).collect();
                u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)?
            }
            ('\\', other) => other.filter(|c| *c == '\\')?,
            (c, _) => c,
        });
    }
    Some(out)
}

fn run(id: &str, input: &str) -> Option<String> {
    let Some(profile) = id.strip_prefix('@') else { return only(id, input).map(|done| done.value) };
    let clean_options = CleanOptions { profile: profile.parse().ok()?, ..CleanOptions::default() };
    Some(clean(input, &Options { clean: clean_options, ..Options::default() }).markdown)
}

#[test]
fn every_case_comes_out_as_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("cases.tsv").lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, input, output] = fields[..] else { panic!("not three fields: {line}") };
        let input = unescape(input);
        let wanted = if output == "=" { input.clone() } else { unescape(output) };
        let got = input.as_deref().and_then(|input| run(id, input));
        let ends = |text: &Option<String>| text.as_deref().map(|text| text.trim_end_matches('\n').to_owned());
        if got.is_none() || ends(&got) != ends(&wanted) {
            wrong.push(format!("{id}: {line}\n   got {got:?}"));
        }
        count += 1;
    }
    assert!(count > 100, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}
