//! Five real reports, where they are at hand: the cleaned text equals what people made of it by hand, and where
//! nobody did, its structure is right.

use qingwen::{CleanOptions, Options, Profile, convert};
use qingwen_tests::shared;
use std::path::PathBuf;

/// The Markdown of the report whose file name begins with `number`.
fn converted(number: &str, profile: Profile) -> Option<String> {
    let mut files = std::fs::read_dir(shared("seeds")?).unwrap().map(|entry| entry.unwrap().path());
    let begins =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number));
    let file = files.find(begins).expect("a report of this number");
    let clean = CleanOptions { profile, ..CleanOptions::default() };
    Some(convert(std::fs::read(file).unwrap(), &Options { clean, ..Options::default() }).unwrap().markdown)
}

/// The number of headings of each level, 1 to 6.
fn headings(markdown: &str) -> [usize; 6] {
    let mut counts = [0; 6];
    for line in markdown.lines().filter(|line| line.starts_with('#')) {
        counts[line.bytes().take_while(|b| *b == b'#').count() - 1] += 1;
    }
    counts
}

#[test]
fn reports_with_a_fair_copy_equal_it_byte_for_byte() {
    for (profile, folder) in [(Profile::Default, "gold/default"), (Profile::Faithful, "gold/faithful")] {
        let Some(folder) = shared(folder) else { return };
        let mut copies = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let number = path.file_name().unwrap().to_string_lossy()[..3].to_owned();
            let got = converted(&number, profile).expect("the reports lie beside their copies");
            assert!(got == std::fs::read_to_string(&path).unwrap(), "{number} in {profile} differs");
            copies += 1;
        }
        assert!(copies > 0, "no fair copy found");
    }
}

#[test]
fn a_series_with_one_long_member_stays_items_and_a_broken_paragraph_is_whole() {
    let Some(markdown) = converted("003", Profile::Default) else { return };
    assert_eq!(headings(&markdown), [1, 4, 9, 0, 0, 0]);
    let items = |from: &str, to: &str| {
        let chapter = markdown.split(from).nth(1).and_then(|rest| rest.split(to).next()).expect("a chapter");
        chapter.lines().filter(|line| line.starts_with('（')).count()
    };
    assert_eq!(items("\n## 一、", "\n## 二、"), 3);
    assert_eq!(items("\n## 三、", "\n## 四、"), 6);
    assert!(markdown.lines().any(|line| line.contains("深入开展“法律六进”")));
    let faithful = converted("003", Profile::Faithful).expect("it is here");
    assert_eq!(headings(&faithful), [1, 4, 0, 0, 0, 0]);
}

#[test]
fn a_title_of_two_lines_is_one_heading() {
    let Some(markdown) = converted("004", Profile::Default) else { return };
    assert_eq!(headings(&markdown), [1, 4, 7, 0, 0, 0]);
    assert!(markdown.lines().next().is_some_and(|line| line.starts_with("# 湟中区共和镇2024年")));
    assert!(!markdown.contains("[bookmark"));
    let faithful = converted("004", Profile::Faithful).expect("it is here");
    assert_eq!(headings(&faithful), [1, 4, 0, 0, 0, 0]);
}
