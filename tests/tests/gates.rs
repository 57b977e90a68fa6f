//! The gates that every cleaned file passes, whatever it was: nothing lost, gained or moved, no residue, valid text,
//! and nothing left to clean. Run over our own texts and over real ones where they are at hand, in every profile.

use qingwen::model::{Diagnostic, Kind};
use qingwen::{CleanOptions, Converted, Format, Ledger, Options, Profile, clean, rules, shown, verify};
use qingwen_tests::{files, root, shared};
use std::path::{Path, PathBuf};

/// Our own texts, and real ones.
fn texts() -> Vec<PathBuf> {
    let mut found = files(&root().join("testdata"), &[".txt"]);
    assert!(!found.is_empty(), "no text in testdata");
    for place in ["seeds", "corpora/zh_dirty", "pairs/zh/txt-gbk"] {
        found.extend(shared(place).iter().flat_map(|folder| files(folder, &[".txt", ".md"])));
    }
    found
}

fn options(path: &Path, profile: Profile) -> Options {
    let format = if path.extension().is_some_and(|e| e == "md") { Format::Markdown } else { Format::Text };
    let clean = CleanOptions { profile, ..CleanOptions::default() };
    Options { format: Some(format), clean, ..Options::default() }
}

/// A character as it counts when words are compared: of one width, and unified.
fn folded(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The letters, digits and ideographs of a text, folded.
fn words(text: &str) -> String {
    text.chars().map(folded).filter(|c| c.is_alphanumeric()).collect()
}

/// Loss, gain and order: the ledger gives back every letter, digit and ideograph, in order.
fn accounted(text: &str, path: &Path, done: &Converted) -> Result<(), String> {
    let mut ledger: Ledger = done.diagnostics.iter().collect();
    let input = if path.extension().is_some_and(|e| e == "md") {
        // The lines of what shows are not those of the file.
        ledger.changed.iter_mut().for_each(|change| change.line = 0);
        shown(text)
    } else {
        text.to_owned()
    };
    match verify(&input, &shown(&done.markdown), &ledger).first() {
        None => Ok(()),
        Some(finding) => Err(format!("{finding:?}")),
    }
}

/// Only what repairs decoding and takes residue away may change words.
fn keeps_words(diagnostics: &[Diagnostic], profile: Profile) -> Result<(), String> {
    for diagnostic in diagnostics {
        let Kind::Changed { before, after } = &diagnostic.kind else { continue };
        let repairs = ["dec-", "ctl-", "art-", "cp-radical", "cp-compat", "cp-ligature"];
        let writes = ["hd-restore-number", "cp-year-circle"];
        let may = repairs.iter().any(|code| diagnostic.code.starts_with(code))
            || (profile == Profile::Publish && writes.contains(&diagnostic.code));
        if !may && words(before) != words(after) {
            return Err(format!("{diagnostic}"));
        }
    }
    Ok(())
}

/// UTF-8 with line feeds, one at the end, no white space at the end of a line, no controls and no mark of byte order.
fn is_valid(markdown: &str, has_code: bool) -> Result<(), String> {
    if markdown.is_empty() {
        return Ok(());
    }
    if !markdown.ends_with('\n') || markdown.ends_with("\n\n") {
        return Err("not one line feed at the end".to_owned());
    }
    if markdown.contains("\n\n\n") {
        return Err("two blank lines".to_owned());
    }
    for (number, line) in markdown.lines().enumerate().filter(|(_, line)| !line.starts_with('<')) {
        // Code keeps its tabs.
        let control = |c: char| c.is_control() && !(has_code && c == '\t') || c == '\u{feff}';
        let bad = line.ends_with(char::is_whitespace) || line.contains(control);
        if bad || line.starts_with('\u{3000}') {
            return Err(format!("line {}: {line:?}", number + 1));
        }
    }
    Ok(())
}

/// What nobody sees and machines leave: characters without width, marks of direction, soft hyphens, radicals.
fn is_residue(c: char) -> bool {
    match c {
        // A radical that Unicode gives no ideograph for.
        '\u{2e9a}' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{2060}'
        | '\u{2e80}'..='\u{2ef3}'
        | '\u{2f00}'..='\u{2fd5}' => true,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    }
}

/// A line that is nothing but the number of a page between dashes, or 第3页 of so many.
fn is_page_number(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '－');
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let inner = line.trim_start_matches('\\').trim_matches(|c| dash(c) || c == ' ');
    let dashed = line.trim_start_matches('\\').starts_with(dash) && line.ends_with(dash) && digits(inner);
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let of = compact.strip_prefix('第').and_then(|rest| rest.split_once("页共"));
    dashed || of.is_some_and(|(at, all)| digits(at) && digits(all.trim_end_matches('页')))
}

/// What extractors and damage leave, and nobody writes.
fn residue(markdown: &str, diagnostics: &[Diagnostic], profile: Profile) -> Result<(), String> {
    const MARKS: [&str; 8] = [
        "[bookmark:",
        "[footnoteRef:",
        "[endnoteRef:",
        "[pic]",
        "MERGEFORMAT",
        "PAGEREF _",
        "HYPERLINK \"",
        "HYPERLINK \\",
    ];
    let arabic = markdown.contains(|c| matches!(c, '\u{590}'..='\u{6ff}'));
    // What a picture shows stays if it says something, and is reported.
    let told = diagnostics.iter().filter(|d| d.code == "rpt-image-alt").count();
    if markdown.matches("[image:").count() > told {
        return Err("[image:".to_owned());
    }
    for (number, line) in markdown.lines().enumerate().filter(|(_, line)| !line.starts_with('<')) {
        let found = MARKS.iter().find(|mark| line.contains(**mark)).map(|mark| (*mark).to_owned());
        let error = ["错误!未", "错误！未"].iter().any(|mark| line.contains(mark));
        let found = found.or_else(|| (error && profile != Profile::Faithful).then(|| "错误!未".to_owned()));
        let found = found.or_else(|| is_page_number(line).then(|| "a page's number".to_owned()));
        let seen = |c: &char| is_residue(*c) && (!arabic || matches!(c, '\u{2e80}'..='\u{2fd5}'));
        let found = found.or_else(|| line.chars().find(seen).map(|c| format!("U+{:04X}", c as u32)));
        if let Some(found) = found {
            return Err(format!("line {}: {found}: {line}", number + 1));
        }
    }
    Ok(())
}

/// Points of ASCII between ideographs, and a space between an ideograph and a short number before another, in a line
/// that has nothing literal in it: found by looking, without the help of the rules that take them away.
fn half_width(markdown: &str) -> Result<(), String> {
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    // Tables, rows with wide gaps, code, addresses, paths, references, rows of values; a date at the end of a signature keeps its place.
    let is_plain = |line: &&str| {
        let words = line.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count();
        !line.starts_with(['|', '<', '~', '\\'])
            && !line.contains(['`', '@', '\\', '<', '&', '['])
            && !line.contains("://")
            && !line.contains("www.")
            && !line.contains("  ")
            && line.matches(',').count() < 2
            && words <= line.chars().filter(|c| is_han(*c)).count()
            && !line.ends_with(['日', '发'])
    };
    for line in markdown.lines().filter(is_plain) {
        let chars: Vec<char> = line.trim_start_matches(['#', ' ']).chars().collect();
        for (at, window) in chars.windows(3).enumerate() {
            let [before, c, after] = *window else { continue };
            if is_han(before) && is_han(after) && matches!(c, ',' | ';' | ':' | '?' | '!') {
                return Err(format!("{before}{c}{after}: {line}"));
            }
            let digits = chars[at + 2..].iter().take_while(|c| c.is_ascii_digit()).count();
            let next = chars[at + 2 + digits..].iter().find(|c| **c != ' ').copied().unwrap_or_default();
            let label = at < 4 && "图表件录注".contains(before)
                || chars[0] == '第' && at < 8 && "编章节条".contains(before);
            if is_han(before) && c == ' ' && (1..7).contains(&digits) && is_han(next) && !label {
                return Err(format!("{before}{c}{after}: {line}"));
            }
        }
    }
    Ok(())
}

/// The rules of texts find nothing more to change in what they left.
fn is_stable(markdown: &str, path: &Path, profile: Profile) -> Result<(), String> {
    let moves = ["art-", "ln-", "hd-", "st-", "rpt-", "md-", "dec-html"];
    let disable = rules().map(|rule| rule.id).filter(|id| moves.iter().any(|start| id.starts_with(start)));
    let mut options = options(path, profile);
    options.clean.disable = disable.map(str::to_owned).collect();
    // Rows of tables are literal while they are lines, and so are not looked at.
    let prose: Vec<&str> = markdown.lines().filter(|line| !line.starts_with(['|', '<'])).collect();
    let again = clean(&prose.join("\n"), &Options { format: Some(Format::Markdown), ..options });
    let mut changes = again.diagnostics.iter().filter(|d| matches!(d.kind, Kind::Changed { .. }));
    changes.next().map_or(Ok(()), |change| {
        let line = match change.mark {
            qingwen::model::Mark::Line(line) => prose.get(line as usize - 1).copied().unwrap_or_default(),
            _ => "",
        };
        Err(format!("{change}: {line}"))
    })
}

#[test]
fn every_file_passes_every_gate_in_every_profile() {
    let mut wrong = Vec::new();
    for path in texts() {
        let bytes = std::fs::read(&path).unwrap();
        let Ok((text, _)) = qingwen::decode(&bytes, &Default::default()) else { continue };
        let text = text.value;
        for profile in Profile::ALL {
            let done = clean(&text, &options(&path, profile));
            let gates = [
                ("content", accounted(&text, &path, &done)),
                ("words", keeps_words(&done.diagnostics, profile)),
                ("valid", is_valid(&done.markdown, path.extension().is_some_and(|e| e == "md"))),
                ("residue", residue(&done.markdown, &done.diagnostics, profile)),
                ("width", if profile == Profile::Faithful { Ok(()) } else { half_width(&done.markdown) }),
                ("stable", is_stable(&done.markdown, &path, profile)),
            ];
            for (gate, result) in gates {
                wrong.extend(
                    result.err().map(|why| format!("{} as {profile}: {gate}: {why}", path.display())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{} gates closed:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_gates_close() {
    let honest = clean("云溪镇第３村。", &Options::default());
    let path = Path::new("x.txt");
    assert!(accounted("云溪镇第３村。", path, &honest).is_ok());
    assert!(accounted("云溪镇第３村。还有一句。", path, &honest).is_err());
    assert!(accounted("镇云溪第３村。", path, &honest).is_err());
    for bad in ["甲 \n", "甲", "甲\n\n\n乙\n", "甲\t乙\n"] {
        assert!(is_valid(bad, false).is_err(), "{bad:?}");
    }
    let left = |text: &str| residue(text, &[], Profile::Default).is_err();
    for bad in [
        "见[pic]\n",
        "⽔库\n",
        "— 3 —\n",
        "第3页 共5页\n",
        "水\u{202d}库\n",
        "[image: a.png]\n",
        "见错误！未定义书签。\n",
    ] {
        assert!(left(bad), "{bad:?}");
    }
    for good in ["水库\n", "第3页的表\n", "——以云河县为例\n", "2021—2025\n"] {
        assert!(!left(good), "{good:?}");
    }
    for (text, bad) in
        [("水库,大坝\n", true), ("共 3 座\n", true), ("水库，共3座\n", false), ("附件2 汇总表\n", false)]
    {
        assert_eq!(half_width(text).is_err(), bad, "{text:?}");
    }
    assert!(is_stable("水库,大坝\n", path, Profile::Default).is_err());
}

/// What the gold removes from the seeds, which is less than a report of our own could claim.
const REMOVED: [(&str, &str); 2] = [("002_", "[bookmark: _GoBack]"), ("004_", "[bookmark: _GoBack]")];

#[test]
fn the_seeds_keep_every_word_that_the_gold_keeps() {
    let Some(folder) = shared("seeds") else { return };
    for path in files(&folder, &[".txt"]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut kept = text.clone();
        for (_, mark) in REMOVED.iter().filter(|(start, _)| name.starts_with(start)) {
            assert!(kept.contains(mark), "{name} has no {mark}");
            kept = kept.replace(mark, "");
        }
        for profile in [Profile::Faithful, Profile::Default] {
            let done = clean(&text, &options(&path, profile));
            assert_eq!(words(&shown(&done.markdown)), words(&kept), "{name} as {profile}");
        }
    }
}
