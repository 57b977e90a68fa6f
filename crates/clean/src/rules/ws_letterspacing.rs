use super::support;
use crate::structure::enumerator;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "ws-letterspacing",
    doc: include_str!("ws_letterspacing.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if !line.has(Classes::HAN) {
        return;
    }
    // What follows the number of a chapter stays apart from it.
    let label = chapter_label(text);
    if let Some(gap) = gap_in_chapter(line, label) {
        line.gaps().filter(|gap| gap.end < label).for_each(|gap| {
            edits.delete(gap);
        });
        edits.delete(gap);
        return;
    }
    if let Some(gap) = gap_in_label(line) {
        edits.delete(gap);
        return;
    }
    let apart: Vec<Range<usize>> = line.gaps().filter(|gap| is_between(text, gap)).collect();
    if apart.len() < 4 {
        return;
    }
    let both_han = |(a, b): &(char, char)| chars::is_han(*a) && chars::is_han(*b);
    let close = text.chars().zip(text.chars().skip(1)).filter(both_han).count();
    // In a list of names each is spaced out: 王 芳、李 明.
    let parts_three = apart.windows(2).any(|gaps| {
        let mut between = text[gaps[0].end..gaps[1].start].chars();
        between.next().is_some() && between.next().is_none()
    });
    let counts = |c: char| chars::is_space(c) || c.is_ascii_digit() || COUNTERS.contains(c);
    if !parts_three || apart.len() * 5 < (apart.len() + close) * 4 || text.chars().all(counts) {
        return;
    }
    let goes = |gap: &Range<usize>| gap.start != label && (is_between(text, gap) || parts_number(text, gap));
    line.gaps().filter(goes).for_each(|gap| {
        edits.delete(gap);
    });
}

/// Rows of these are counted or to be filled in, not spaced out: 一 二 三, 年 月 日 时 分.
const COUNTERS: &str = "〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥壹贰叁肆伍陆柒捌玖拾\
                        年月日时分秒至";

/// Whether a gap of one space has a whole number on one side, and on the other Chinese or, where both are digits that
/// stand alone, another.
fn parts_number(text: &str, gap: &Range<usize>) -> bool {
    let digits = |c: &char| c.is_ascii_digit();
    let apart = |c: Option<char>| c.is_none_or(|c| chars::is_space(c) || chars::is_chinese(c));
    let (head, rest) = (&text[..gap.start], &text[gap.end..]);
    let left = head.chars().rev().take_while(digits).count();
    let right = rest.chars().take_while(digits).count();
    let fits = match (left, right) {
        (0, 0) => false,
        (0, _) => head.ends_with(chars::is_chinese) && apart(rest.chars().nth(right)),
        (_, 0) => rest.starts_with(chars::is_chinese) && apart(head.chars().rev().nth(left)),
        (1, 1) => apart(head.chars().rev().nth(1)) && apart(rest.chars().nth(1)),
        _ => false,
    };
    fits && text[gap.clone()].chars().count() == 1
        // The number of a clause: 1 范 围.
        && !(left == gap.start && enumerator::is_clause_line(text))
}

/// Whether a gap is one space wide and has Chinese on both sides.
fn is_between(text: &str, gap: &Range<usize>) -> bool {
    let one = text[gap.clone()].chars().count() == 1;
    let before = text[..gap.start].chars().next_back();
    let after = text[gap.end..].chars().next();
    one && before.is_some_and(chars::is_chinese) && after.is_some_and(chars::is_chinese)
}

/// The gap within a label of two characters that was spread out to the width of its neighbours.
fn gap_in_label(line: &Line<'_>) -> Option<Range<usize>> {
    let text = line.text();
    let gap = line.gaps().next()?;
    let mut head = text[..gap.start].chars().filter(|c| !chars::is_space(*c));
    let (Some(first), None) = (head.next(), head.next()) else { return None };
    let label = String::from_iter([first, text[gap.end..].chars().next()?]);
    let rest = text[gap.end..].chars().nth(1);
    let ends = rest.is_none_or(|c| c == '：' || c == ':' || chars::is_space(c) || c.is_ascii_digit());
    let whole = rest.is_none_or(|_| chars::trim_end(&text[gap.end..]).chars().count() == 1);
    let alone = LABELS.contains(&label.as_str()) && whole;
    (alone || HEADS.contains(&label.as_str()) && ends).then_some(gap)
}

/// The same in the name of a chapter: 第一章　总　则.
fn gap_in_chapter(line: &Line<'_>, label: usize) -> Option<Range<usize>> {
    let text = line.text();
    if label == 0 || text[..label].ends_with('条') {
        return None;
    }
    let gap = line.gaps().find(|gap| gap.start > label)?;
    let one = |part: &str| part.chars().count() == 1 && part.chars().all(chars::is_han);
    let name = chars::trim_start(&text[label..gap.start]);
    (one(name) && one(chars::trim_end(&text[gap.end..]))).then_some(gap)
}

/// Where the number of a chapter, a section or an article ends that a line begins with; 0 where there is none.
fn chapter_label(text: &str) -> usize {
    if text.starts_with('第') { support::label_end(text) } else { 0 }
}

/// Words that stand alone on a line.
const LABELS: [&str; 44] = [
    "目录", "目次", "附件", "附录", "前言", "序言", "引言", "绪论", "摘要", "结语", "后记", "致谢", "通知",
    "通报", "通告", "公告", "公报", "公示", "决定", "决议", "命令", "意见", "报告", "请示", "批复", "议案",
    "纪要", "方案", "办法", "规定", "章程", "条例", "细则", "总则", "附则", "总结", "计划", "说明", "名单",
    "声明", "合同", "协议", "简报", "凡例",
];
/// Words that something may follow.
const HEADS: [&str; 4] = ["附件", "附录", "主送", "抄送"];
