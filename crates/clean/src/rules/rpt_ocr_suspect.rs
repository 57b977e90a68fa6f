use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule, chars};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-ocr-suspect",
    doc: include_str!("rpt_ocr_suspect.md"),
    pass: Pass::Report,
    profiles: Profiles::NONE,
    action: Action::Check(Classes::HAN, look),
};

fn look(line: &Line<'_>, findings: &mut Findings) {
    let text = line.text();
    for (wrong, right) in WORDS {
        if let Some(at) = text.find(wrong) {
            findings.push(at, format!("“{wrong}” may be a misreading of “{right}”"));
        }
    }
    let numeral = |c: char| "〇一二三四五六七八九十年".contains(c);
    for (at, sign) in text.match_indices('○').filter(|_| line.has(Classes::CIRCLE)) {
        let before = text[..at].chars().next_back().is_some_and(|c| chars::is_han(c) && !numeral(c));
        let after = text[at + sign.len()..].chars().next().is_some_and(|c| chars::is_han(c) && !numeral(c));
        if before && after {
            findings.push(at, "“○” may be a misreading of “。”");
        }
    }
}

/// Strings that no sentence has, and what recognition of characters is known to have made them of.
const WORDS: [(&str, &str); 12] = [
    ("领导于部", "领导干部"),
    ("党员于部", "党员干部"),
    ("利学民主", "科学民主"),
    ("利学决策", "科学决策"),
    ("场实履行", "切实履行"),
    ("法冶", "法治"),
    ("政冶", "政治"),
    ("咨面", "咨询"),
    ("人民政俯", "人民政府"),
    ("己经", "已经"),
    ("末来", "未来"),
    ("贯砌", "贯彻"),
];
