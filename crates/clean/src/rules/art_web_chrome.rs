use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-web-chrome",
    doc: include_str!("art_web_chrome.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::HAN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text().trim();
    if text.chars().take(LONGEST + 1).count() <= LONGEST && is_furniture(text) {
        edits.delete(0..line.text().len());
    }
}

/// Longer lines are sentences.
const LONGEST: usize = 60;

fn is_furniture(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        matches!(c, '【' | '】' | '[' | ']' | '［' | '］' | '|' | '｜') || c.is_whitespace()
    });
    let value = |label: &&str| bare.strip_prefix(*label)?.strip_prefix(['：', ':']);
    let labelled = LABELS.iter().any(|label| value(label).is_some())
        || SIZES.iter().filter_map(value).any(is_choice)
        || COUNTERS.iter().filter_map(value).any(|value| !value.contains(['，', '；', '。']));
    let mut rest = bare;
    while let Some(after) = BUTTONS.iter().find_map(|button| rest.strip_prefix(button)) {
        rest = after.trim_start_matches(|c: char| {
            matches!(c, '【' | '】' | '[' | ']' | '|' | '｜' | '/' | '·') || c.is_whitespace()
        });
    }
    labelled && !bare.ends_with('。') || rest.is_empty() && !bare.is_empty()
}

/// Whether sizes to choose from follow, and buttons: a notice may say what type it wants.
fn is_choice(value: &str) -> bool {
    let mut rest = value.to_owned();
    BUTTONS.iter().for_each(|button| rest = rest.replace(button, ""));
    rest.chars().all(|c| "大中小特超默认A+-－＋[]【】［］|｜/·()（）".contains(c) || c.is_whitespace())
}

/// What stands before a colon.
const LABELS: [&str; 6] = ["上一篇", "下一篇", "分享到", "当前位置", "您当前的位置", "您现在的位置"];
/// The same, before the sizes of type to choose from.
const SIZES: [&str; 2] = ["字体", "字号"];
/// The same, before a number.
const COUNTERS: [&str; 9] =
    ["浏览次数", "浏览量", "访问次数", "访问量", "点击数", "点击次数", "点击量", "阅读次数", "阅读量"];
/// What can be clicked, the longer before what it begins with.
const BUTTONS: [&str; 14] = [
    "扫一扫在手机打开当前页",
    "打印本页",
    "关闭窗口",
    "关闭本页",
    "返回顶部",
    "返回首页",
    "返回列表",
    "收藏本页",
    "加入收藏",
    "设为首页",
    "我要纠错",
    "打印",
    "关闭",
    "分享",
];
