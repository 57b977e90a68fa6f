//! What follows an enumerator and makes words in a sentence of it: a reference, or a list of numbers.

use super::{arabic_number, numeral};
use crate::chars;

/// Whether what follows 第三条 makes words in a sentence of it: 第三条例, 第三条规定的, 第三条第一款.
pub(super) fn refers_to_article(after: &str) -> bool {
    after.starts_with([
        '例', '规', '所', '的', '第', '和', '、', '，', '至', '中', '或', '款', '项', '之', '与', '及', '以',
    ])
}

/// Whether what follows 第三章 makes words in a sentence of it: 第三章规定的, 第三章以外. 第三章规划 names a chapter.
pub(super) fn refers_to_division(after: &str) -> bool {
    let joined = ["和", "或", "或者", "与", "及", "以及"];
    after.starts_with(['的', '第', '、', '，', '至', '之'])
        || ["所列", "所称", "所述", "所规定", "中的", "中，", "中规定", "以上", "以下", "以外", "以内"]
            .iter()
            .any(|word| after.starts_with(word))
        || after.strip_prefix("规定").is_some_and(|rest| rest.starts_with(['的', '了', '，', '、']))
        || joined
            .iter()
            .any(|word| after.strip_prefix(word).is_some_and(|rest| rest.starts_with(['第', '本'])))
}

/// Whether what follows （一） makes it a reference: 项, 款, 至（三）, 、（二）, （三）.
pub(super) fn refers_to_item(after: &str) -> bool {
    let may_refer = |c: char| {
        matches!(c, '项' | '款' | '目' | '至' | '到' | '和' | '、' | '或' | '及' | '以' | '与')
            || matches!(c, '-' | '—' | '～' | '（' | '(')
    };
    if !after.starts_with(may_refer) {
        return false;
    }
    let joined = ["至", "到", "和", "、", "或", "或者", "及", "以及", "与", "-", "—", "～"];
    let bracket = |text: &str| chars::strip_start(text).starts_with(['（', '(']);
    let next_is_item = |text: &str| {
        let inner = chars::strip_start(text).trim_start_matches(['（', '(']).trim_start();
        bracket(text) && (numeral(inner).is_some() || arabic_number(inner).is_some())
    };
    ["项", "款", "目规"].iter().any(|word| after.starts_with(word))
        || next_is_item(after)
        || joined.iter().any(|word| {
            after.strip_prefix(word).is_some_and(|rest| next_is_item(rest) || rest.starts_with('第'))
        })
}

/// Whether the words after 一、 go on to count: 二、三产业. A list of numbers rises: 一、一级响应 is none.
pub(super) fn counts_on(number: u32, after: &str) -> bool {
    let words = chars::strip_start(after);
    numeral(words).is_some_and(|(next, length)| {
        let rest = &words[length..];
        let is_spaced = words.len() < after.len();
        rest.starts_with(['、', '，', '产']) || (next > number && !is_spaced && counts_kinds(rest))
    })
}

/// Whether a number before these words counts what numbers are listed of: 一、二号楼, 二、三季度.
pub(super) fn counts_kinds(rest: &str) -> bool {
    rest.starts_with(['号', '类', '级', '次', '季', '是', '线', '等'])
}
