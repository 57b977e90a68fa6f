use super::support::mojibake;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "dec-utf8-as-latin1",
    doc: include_str!("dec_utf8_as_latin1.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::LATIN1, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for run in mojibake::runs(line.text(), mojibake::windows_1252) {
        let text = &line.text()[run.clone()];
        let whole = repaired(text).map(|fixed| (run.clone(), fixed));
        // Quotes and dashes beside the damage may be sound: try without them.
        let within = || {
            let sound = |c: char| c > '\u{ff}';
            let start = run.start + text.len() - text.trim_start_matches(sound).len();
            let end = run.start + text.trim_end_matches(sound).len();
            (start < end)
                .then(|| repaired(&line.text()[start..end]).map(|fixed| (start..end, fixed)))
                .flatten()
        };
        if let Some((range, fixed)) = whole.or_else(within) {
            edits.replace(range, fixed);
        }
    }
}

/// What the text was before its UTF-8 was taken for windows-1252, once or twice, where that is beyond doubt.
fn repaired(text: &str) -> Option<String> {
    let once = reread(text)?;
    let is_chinese = |text: &String| mojibake::is_mostly_chinese(text);
    if is_chinese(&once) { Some(once) } else { reread(&once).filter(is_chinese) }
}

fn reread(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(mojibake::windows_1252).collect();
    let bytes = bytes.filter(|bytes| bytes.len() >= 3)?;
    String::from_utf8(bytes).ok()
}
