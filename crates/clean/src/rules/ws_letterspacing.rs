use super::support::gaps;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-letterspacing",
    doc: include_str!("ws_letterspacing.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

/// Fewer gaps than this are no letter-spacing.
const FEWEST: usize = 4;
/// Words of two characters that stand alone on a line and are usually spaced out.
const LABELS: &str = "目录 目次 附件 附录 附表 附图 附则 总则 前言 引言 序言 绪论 摘要 结论 结语 后记 致谢 说明 \
                      通知 公告 通告 公示 决定 命令 报告 请示 批复 意见 议案 声明 证明 合同 协议 章程 名单";

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if !is_label(text) && !is_letterspaced(text) {
        return;
    }
    let label = is_label(text);
    for gap in gaps(text) {
        let single = |c: char| chars::is_chinese(c) || c.is_ascii_digit() && gap.parts_single_characters();
        if label || single(gap.before) && single(gap.after) {
            edits.delete(gap.range);
        }
    }
}

fn is_label(text: &str) -> bool {
    let mut parts = text.split(chars::is_space).filter(|part| !part.is_empty());
    let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    LABELS.split_whitespace().any(|label| label.strip_prefix(first) == Some(second))
        && first.chars().count() == 1
}

/// Whether at least four, and four fifths, of all pairs of neighbouring ideographs have one space between them.
fn is_letterspaced(text: &str) -> bool {
    let (mut apart, mut pairs) = (0usize, 0usize);
    let mut last: Option<char> = None;
    let mut spaces = 0;
    for c in text.chars() {
        if chars::is_space(c) {
            spaces += 1;
            continue;
        }
        if chars::is_han(c) && last.is_some_and(chars::is_han) {
            pairs += 1;
            apart += usize::from(spaces == 1);
        }
        (last, spaces) = (Some(c), 0);
    }
    apart >= FEWEST && apart * 5 >= pairs * 4
}
