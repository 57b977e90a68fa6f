//! Habits of other cleaners that ruin official documents: what each of them breaks, ours keeps.

use qingwen::{CleanOptions, Options, Profile, clean};

/// What a habit does to text, texts it would change, and the profiles in which these must stay.
struct Habit {
    name: &'static str,
    texts: &'static [&'static str],
    profiles: &'static [Profile],
}

const ALL: &[Profile] = &Profile::ALL;
const MILD: &[Profile] = &[Profile::Default, Profile::Faithful];
const FAITHFUL: &[Profile] = &[Profile::Faithful];

const HABITS: &[Habit] = &[
    Habit {
        name: "compatibility normalisation (NFKC)",
        texts: &[
            "水渠，已通水（试行）：共三处；好！对吗？",
            "未完……待续",
            "①清淤，②补漏，③巡查。",
            "每㎡造价Ⅲ级，10℃以上，½程。",
            "渠长3²，共№5。",
        ],
        profiles: ALL,
    },
    Habit {
        name: "numbers in brackets of one character", texts: &["见㈠和㈡，另见⑴。"], profiles: ALL
    },
    Habit {
        name: "full-width forms in evidence",
        texts: &["２０２３年，增长８．５％。"],
        profiles: FAITHFUL,
    },
    Habit {
        name: "quotes made straight", texts: &["落实“河长制”，他说：‘好’。"], profiles: ALL
    },
    Habit {
        name: "brackets, addresses and numbers deleted",
        texts: &[
            "青石水库（中型）位于云溪镇，详见https://example.org/dam?id=3，电话0399-5550123。",
            "联系人：钱多多，手机13900000000，邮箱qian@example.org。",
            "哈哈哈，啊啊啊，好~~",
        ],
        profiles: FAITHFUL,
    },
    Habit {
        name: "brackets made half-width",
        texts: &["青石水库（中型）位于云溪镇。", "（一）清淤。"],
        profiles: ALL,
    },
    Habit {
        name: "spaces between ideographs and Latin letters or digits",
        texts: &["使用GIS系统巡查3次，建成App一个。", "2023年新修渠道42公里，占98%。"],
        profiles: ALL,
    },
    Habit {
        name: "points between ideographs made full stops",
        texts: &["阿依古丽.买买提江同志任河长。", "列昂纳多.达.芬奇画过水车。"],
        profiles: ALL,
    },
    Habit { name: "semicolons of code", texts: &["int depth=3;水位", "a && b;"], profiles: MILD },
    Habit {
        name: "slips of the author put right",
        texts: &["持续推动推动清淤工作。", "领导于部要带头巡查。", "成立“河长办，定期开会。"],
        profiles: ALL,
    },
    Habit {
        name: "simplified and traditional converted",
        texts: &["請各鄉鎮於三月五日前報送水庫清單。", "「河長制」已經落實。"],
        profiles: MILD,
    },
    Habit {
        name: "text of other languages taken for Chinese",
        texts: &[
            "これは水門の「点検」です。",
            "수문을 점검한다.",
            "The gate (old) was closed at 9:30; see p. 3, fig. 2.",
        ],
        profiles: MILD,
    },
];

fn markdown(text: &str, profile: Profile) -> String {
    let clean_options = CleanOptions { profile, ..CleanOptions::default() };
    clean(text, &Options { clean: clean_options, ..Options::default() }).markdown
}

/// What the Markdown says, without the writer's backslashes.
fn said(text: &str, profile: Profile) -> String {
    markdown(text, profile).trim_end().trim_start_matches("# ").replace('\\', "")
}

#[test]
fn nothing_that_others_ruin_is_ruined() {
    let mut wrong = Vec::new();
    for habit in HABITS {
        assert!(!habit.texts.is_empty() && !habit.profiles.is_empty());
        for (text, profile) in habit.texts.iter().flat_map(|t| habit.profiles.iter().map(move |p| (*t, *p))) {
            let out = said(text, profile);
            if out != text {
                wrong.push(format!("{} as {profile}:\n  {text}\n  {out}", habit.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_content_is_deleted_where_others_delete_it() {
    for habit in HABITS {
        for text in habit.texts {
            let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            assert_eq!(words(&said(text, Profile::Default)), words(text), "{}: {text}", habit.name);
        }
    }
}

#[test]
fn lines_are_joined_without_a_space_before_ambiguous_marks() {
    let text = "全县各乡镇深入开展河湖清理整治工作，统筹推进水资源保护和\n“清四乱”行动，成效明显；渠道、泵站、闸门逐一检修到位——一\n处不漏。";
    let out = markdown(text, Profile::Default);
    assert!(!out.contains(' ') && out.trim_end().lines().count() == 1, "{out}");
}
