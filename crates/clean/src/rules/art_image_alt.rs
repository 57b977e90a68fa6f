use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-image-alt",
    doc: include_str!("art_image_alt.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BRACKET, apply),
};

/// Longer words about a picture are surely somebody's.
pub(super) const LONGEST: usize = 300;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for mark in support::tika_marks(line.text(), "[image:", LONGEST) {
        if is_made_by_machine(mark.name.trim()) {
            edits.delete(mark.range);
        }
    }
}

/// Whether the words about a picture say nothing about it: none at all, a file's name, a running number.
pub(super) fn is_made_by_machine(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let ending = |end: &str| lower.strip_suffix(end).is_some_and(|stem| stem.ends_with('.'));
    let numbered = |word: &str| lower.strip_prefix(word).is_some_and(|rest| is_number(rest.trim_start()));
    let begun = |word: &str| lower.strip_prefix(word).is_some_and(is_code);
    words.is_empty()
        || FILES.iter().any(|end| ending(end))
        || NUMBERED.iter().any(|word| numbered(word))
        || CAMERAS.iter().any(|word| begun(word))
        || PLAIN.contains(&lower.as_str())
        || words.len() >= 8 && is_number(words)
        || words.len() >= 16 && words.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn is_number(rest: &str) -> bool {
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
}

/// What cameras and chat programs put after the beginning of a name.
fn is_code(rest: &str) -> bool {
    rest.bytes().any(|b| b.is_ascii_digit())
        && rest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' ' | b'(' | b')'))
}

const FILES: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "webp", "wdp"];
const NUMBERED: [&str; 26] = [
    "图片",
    "图像",
    "图形",
    "图表",
    "对象",
    "形状",
    "文本框",
    "组合",
    "直线",
    "矩形",
    "picture",
    "image",
    "graphic",
    "chart",
    "object",
    "shape",
    "diagram",
    "text box",
    "group",
    "rectangle",
    "photo",
    "内容占位符",
    "幻灯片",
    "未标题-",
    "rid",
    "untitled-",
];
/// Words that name no more than what stands there.
const PLAIN: [&str; 5] = ["图片", "图像", "picture", "image", "photo"];
const CAMERAS: [&str; 12] = [
    "微信图片",
    "微信截图",
    "qq图片",
    "qq截图",
    "截图",
    "屏幕截图",
    "img",
    "dsc",
    "mmexport",
    "screenshot",
    "wps",
    "clip_image",
];
