//! What holds for the whole way from text to Markdown, whatever the text: generated documents, as official ones are
//! built and as hasty hands and machines leave them.

use proptest::prelude::*;
use qingwen::{CleanOptions, Format, Ledger, Options, Profile, clean, shown, verify};

fn options(profile: Profile, format: Format) -> Options {
    let clean = CleanOptions { profile, ..CleanOptions::default() };
    Options { format: Some(format), clean, ..Options::default() }
}

/// Words of a sentence, with what is done to them by mistake.
fn clause() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec!["水库", "堤防", "巡查", "加强领导", "落实责任", "全县", "汛期", "云河镇", "各乡镇"]),
        3 => prop::sample::select(vec!["2024年", " 3 座", "1,200万元", "98.5%", "9：30", "２０２３年", "第3条", "12人"]),
        2 => prop::sample::select(vec!["《防洪法》", "《关于<方案>的通知》", "\"放管服\"", "“三个责任人”", "(试行)", "（含塘坝)"]),
        1 => prop::sample::select(vec!["GDP", "Word 2016", "v1.2.3", "a@b.cn", "https://example.org/a,b", "`x,y`"]),
        1 => prop::sample::select(vec!["\u{200b}", "\u{feff}", "⽔", "\u{a0}", "[bookmark: _Toc1]", "\u{3000}", "--", "..."]),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.concat())
}

fn sentence() -> impl Strategy<Value = String> {
    let point = prop::sample::select(vec!["，", "，", ",", "、", "；", ";", "：", ":"]);
    let end = prop::sample::select(vec!["。", "。", "。", ".", "！", "?", "。。", ""]);
    (prop::collection::vec((clause(), point), 0..4), clause(), end).prop_map(|(clauses, last, end)| {
        clauses.iter().map(|(c, p)| format!("{c}{p}")).collect::<String>() + &last + end
    })
}

fn paragraph() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "",
        "",
        "",
        "\u{3000}\u{3000}",
        "  ",
        "一、",
        "二、",
        "（一）",
        "(二)",
        "1.",
        "2. ",
        "（1）",
        "第一章 ",
        "第二条 ",
        "- ",
        "一是",
    ]);
    (start, prop::collection::vec(sentence(), 1..4))
        .prop_map(|(start, sentences)| start.to_owned() + &sentences.concat())
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => paragraph(),
        2 => prop::sample::select(vec![
            "云河县水务局关于2024年度水库安全运行情况的报告", "一、总体要求", "（二）主要任务", "各乡镇人民政府：", "附件1", "附件：1.清单",
            "云河县水务局", "2024年1月5日", "— 3 —", "目录", "姓名\t年龄\t职务", "李四\t30\t站长", "甲,乙,丙", "丁,戊,己", "问：水位多高？",
        ]).prop_map(str::to_owned),
        1 => Just(String::new()),
    ]
}

fn document() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 1..9), prop::bool::ANY)
        .prop_map(|(lines, apart)| lines.join(if apart { "\n\n" } else { "\n" }))
}

/// All that is to be seen of a text.
fn visible(text: &str) -> String {
    let hidden = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    text.chars().filter(|c| !hidden(*c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_is_cleaning_once(text in document()) {
        for profile in Profile::ALL {
            let once = clean(&text, &options(profile, Format::Text)).markdown;
            let twice = clean(&once, &options(profile, Format::Markdown)).markdown;
            prop_assert_eq!(&twice, &once, "{}: {:?}", profile, &text);
        }
    }

    #[test]
    fn the_ledger_gives_back_every_letter_digit_and_ideograph(text in document()) {
        for profile in Profile::ALL {
            let done = clean(&text, &options(profile, Format::Text));
            let ledger: Ledger = done.diagnostics.iter().collect();
            let found = verify(&text, &shown(&done.markdown), &ledger);
            prop_assert!(found.is_empty(), "{profile}: {found:?}\n{text:?}\n{}", done.markdown);
        }
    }

    #[test]
    fn faithful_changes_nothing_that_is_to_be_seen(text in document()) {
        let done = clean(&text, &options(Profile::Faithful, Format::Text));
        // What machines leave goes; a radical is the same character, but stays in a row of values.
        let kept: String = text.lines().filter(|line| line.trim() != "— 3 —").collect::<Vec<_>>().join("\n");
        let kept = visible(&kept).replace("[bookmark:_Toc1]", "").replace('⽔', "水");
        let seen = visible(&shown(&done.markdown)).replace('⽔', "水");
        prop_assert_eq!(seen, kept, "{}", done.markdown);
    }

    #[test]
    fn a_text_without_chinese_keeps_its_characters(
        lines in prop::collection::vec(
            prop::collection::vec("[A-Z]?[a-z]{2,8}|[0-9]{1,4}(\\.[0-9])?|\\([a-z]{1,3}\\)|\"[a-z]{1,5}\"|[a-z]{2,5}[,.;:?!]|--|…|é[a-z]", 1..12), 1..6)
    ) {
        let text = lines.iter().map(|words| format!("The {}", words.join(" "))).collect::<Vec<_>>().join("\n");
        for profile in [Profile::Faithful, Profile::Default] {
            let done = clean(&text, &options(profile, Format::Text));
            prop_assert_eq!(visible(&shown(&done.markdown)), visible(&text), "{}: {}", profile, done.markdown);
        }
    }
}
