//! The words that titles end in.

use crate::chars;

/// Words that the titles of most official documents end in: these tell a title where nothing else stands.
const USUAL_WORDS: &[&str] = &[
    "报告", "总结", "通知", "意见", "方案", "办法", "规定", "决定", "通报", "公告", "请示", "批复", "函",
    "纪要", "计划", "要点", "安排", "情况", "条例", "细则", "讲话",
];

/// Further words that titles end in.
const DOCUMENT_WORDS: &[&str] = &[
    "通告",
    "公报",
    "规划",
    "纲要",
    "决议",
    "议案",
    "章程",
    "规则",
    "制度",
    "规程",
    "标准",
    "规范",
    "合同",
    "协议",
    "协议书",
    "合同书",
    "承诺书",
    "责任书",
    "倡议书",
    "建议书",
    "申请书",
    "说明",
    "解释",
    "指引",
    "指南",
    "手册",
    "预案",
    "清单",
    "名单",
    "简报",
    "汇报",
    "提纲",
    "致辞",
    "发言",
    "公约",
    "守则",
    "准则",
    "宣言",
    "声明",
    "启事",
    "须知",
    "答复",
    "批示",
    "指示",
    "令",
    "修正案",
    "任务书",
    "说明书",
    "通知书",
    "判决书",
    "裁定书",
    "心得体会",
    "工作思路",
    "设想",
    "提案",
    "白皮书",
    "蓝皮书",
    "决算",
    "预算",
    "公示",
    "决定书",
    "告知书",
    "意见书",
    "裁决书",
    "调解书",
    "起诉书",
    "诉状",
    "答辩状",
    "委托书",
    "授权书",
    "证明书",
    "公证书",
    "鉴定书",
    "认定书",
    "确认书",
    "催告书",
    "保证书",
    "志愿书",
    "意向书",
    "计划书",
    "议定书",
    "聘书",
    "主持词",
    "开幕词",
    "闭幕词",
    "欢迎词",
    "致词",
    "贺词",
    "贺信",
    "慰问信",
    "感谢信",
    "公开信",
    "介绍信",
    "日程",
    "议程",
    "备忘录",
    "年鉴",
    "协定",
    "条约",
    "讣告",
    "会议记录",
    "笔录",
    "责任状",
    "发言稿",
    "讲话稿",
    "打算",
    "建议",
    "倡议",
    "材料",
    "措施",
    "解读",
];

/// Whether a line ends in a word that titles end in, perhaps with a suffix in brackets: 工作方案（试行）.
pub(crate) fn ends_in_document_word(text: &str) -> bool {
    let text = without_suffix(chars::strip_end(text));
    ends_in_one_of(text, USUAL_WORDS) || ends_in_one_of(text, DOCUMENT_WORDS) || ends_in_law(text)
}

/// Whether a line reads as a title though nothing follows it: 工作方案, 中华人民共和国防洪法.
pub(crate) fn is_title_alone(text: &str) -> bool {
    let text = without_suffix(chars::strip_end(text));
    let is_law = || text.contains("共和国") && ends_in_law(text);
    !text.contains(['：', ':']) && (ends_in_one_of(text, USUAL_WORDS) || is_law())
}

/// Whether a line ends in one of these words, and not in what a verb makes of it: 没有办法, 主持会议并讲话.
fn ends_in_one_of(text: &str, words: &[&str]) -> bool {
    let speaks = |head: &str, word: &str| {
        ["讲话", "发言", "致辞", "致词"].contains(&word) && head.ends_with(['并', '作', '表'])
    };
    words.iter().any(|word| {
        text.strip_suffix(word).is_some_and(|head| !head.ends_with("没有") && !speaks(head, word))
    })
}

/// Whether a line ends in the name of a law: 防洪法. 做法 and 守法 are none, and 办法 is a word of its own.
fn ends_in_law(text: &str) -> bool {
    const NO_LAWS: &str = "办做想看写说守司执普学尊用违犯合依非无枉";
    text.strip_suffix('法').is_some_and(|name| !name.ends_with(|c| NO_LAWS.contains(c)))
}

/// The text without a bracketed suffix at its end.
fn without_suffix(text: &str) -> &str {
    let close = text.chars().next_back().filter(|c| matches!(c, '）' | ')' | '〕' | '】'));
    match close.and_then(|_| text.rfind(['（', '(', '〔', '【'])) {
        Some(open) if open > 0 => chars::strip_end(&text[..open]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_what_only_ends_as_they_do() {
        for title in ["工作方案（试行）", "中华人民共和国防洪法", "关于水费的建议", "在会上的讲话"]
        {
            assert!(ends_in_document_word(title), "{title}");
        }
        for other in ["全民守法", "基本做法", "没有办法", "县长出席会议并讲话"] {
            assert!(!ends_in_document_word(other), "{other}");
        }
        assert!(is_title_alone("中华人民共和国防洪法") && is_title_alone("清渠工作方案（试行）"));
        for other in ["深入学习宪法", "落实河长制度", "首页：通知公告"] {
            assert!(!is_title_alone(other), "{other}");
        }
    }
}
