//! What a paragraph is by its words alone: a date, a salutation, an issue number, a title's last word.

mod titles;

use super::enumerator::{digit, numeral};
use crate::chars::{self, is_han};
pub(crate) use titles::{ends_in_document_word, is_title_alone};

/// What stands in brackets, where they hold all of a text.
pub(crate) fn in_brackets(text: &str) -> Option<&str> {
    chars::strip(text).strip_prefix(['（', '('])?.strip_suffix(['）', ')'])
}

/// Whether a line is a date and nothing else, or a date in brackets: 2024年1月5日, 二〇二三年十二月.
pub(crate) fn is_date(text: &str) -> bool {
    let is_digit = |c: char| {
        digit(c).is_some()
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
            || matches!(c, '〇' | '零' | '○' | 'Ｏ' | '×' | 'X' | '*')
    };
    // Hardly a line begins as a date does.
    const LONGEST: usize = 60;
    let is_around = |c: char| c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')');
    let text = chars::strip(text);
    // Brackets may stand around it.
    if text.len() > 2 * LONGEST {
        return false;
    }
    let first = text.chars().next();
    let begins = match first {
        Some(c) if is_around(c) => text.trim_start_matches(is_around).starts_with(is_digit),
        first => first.is_some_and(is_digit),
    };
    if !begins {
        return false;
    }
    let text = text.trim_matches(['（', '）', '(', ')']);
    if text.len() > LONGEST || text.is_empty() || !text.contains(['年', '-', '/', '.']) {
        return false;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((year, rest)) = compact.split_once('年') else {
        return is_numeric_date(&compact);
    };
    let digits = |part: &str| !part.is_empty() && part.chars().all(is_digit);
    let after_month = match rest.split_once('月') {
        Some((month, after)) if digits(month) => after,
        _ => return digits(year) && rest.is_empty() && (4..=12).contains(&year.len()),
    };
    let day = after_month.strip_suffix('日').unwrap_or(after_month);
    digits(year) && (day.is_empty() || digits(day))
}

/// 2024-01-05, 2024/1/5, 2024.1.5
fn is_numeric_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts[0].len() == 4
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a line is the number of an issue and little else: 吉政发〔2024〕1号, 第12号.
pub(crate) fn is_issue_number(text: &str) -> bool {
    let text = chars::strip(text);
    if text.len() > 4 * 40 || !text.contains('号') || text.chars().count() > 40 {
        return false;
    }
    let head = text.split(['　', ' ']).next().unwrap_or(text);
    let ends_in_number = |text: &str| {
        text.strip_suffix('号')
            .is_some_and(|t| t.ends_with(|c| digit(c).is_some() || "一二三四五六七八九十〇×X".contains(c)))
    };
    let has_year = |text: &str| text.contains(['〔', '［', '[', '﹝', '【', '（', '(']);
    (ends_in_number(text) || ends_in_number(head))
        && (has_year(text) || text.starts_with('第') || text.ends_with("令"))
}

/// Whether a line belongs above the title: the organ's mark, the issue's number, secrecy, urgency, the signer
/// (GB/T 9704-2012, 7.2).
pub(crate) fn is_front_matter(text: &str) -> bool {
    let text = chars::strip(text);
    let is_within =
        |most: usize| text.len() <= most || text.len() <= 4 * most && text.chars().count() <= most;
    let only_digits = || is_within(6) && text.chars().filter(|c| digit(*c).is_some()).count() == 6;
    let starred = || memchr::memchr_iter(0xe2, text.as_bytes()).any(|at| text[at..].starts_with('★'));
    let urgency = ["特急", "加急", "平急", "特提", "急件"];
    let secrecy = ["绝密", "机密", "秘密", "内部资料", "内部文件"];
    is_issue_number(text)
        || only_digits()
        || starred()
        || (text.ends_with("文件") && is_within(30) && !chars::has_mark(text, ['《', '》']))
        || text.starts_with("签发人")
        || text.starts_with("份号")
        || is_record(text)
        || (is_within(12) && urgency.iter().chain(&secrecy).any(|word| text.starts_with(word)))
}

/// Whether a line is one of the record that web pages set above a document: 索引号：, 发文机关：, 标　　题：.
fn is_record(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "索引号",
        "主题分类",
        "信息分类",
        "公文种类",
        "发文机关",
        "发文单位",
        "发布机构",
        "发布单位",
        "发文字号",
        "文号",
        "标题",
        "成文日期",
        "发文日期",
        "发布日期",
        "生成日期",
        "公开日期",
        "有效性",
    ];
    if !text.starts_with(['索', '主', '信', '公', '发', '文', '标', '成', '生', '有']) {
        return false;
    }
    let label = text.split(['：', ':']).next().filter(|label| label.len() < text.len() && label.len() <= 60);
    let is_label = |label: &str| {
        LABELS.iter().any(|known| known.chars().eq(label.chars().filter(|c| !c.is_whitespace())))
    };
    label.is_some_and(is_label)
}

/// Whether a line addresses the reader: it ends in a colon and says no sentence (GB/T 9704-2012, 7.3.2).
pub(crate) fn is_salutation(text: &str) -> bool {
    let text = chars::strip_end(text);
    text.ends_with(['：', ':']) && !chars::has_mark(text, ['。', '！', '？']) && text.chars().count() <= 100
}

/// Whether a line is the label of an attachment and nothing else: 附件, 附件1, 附件二：, 附 件 2.
pub(crate) fn is_attachment_label(text: &str) -> bool {
    if !chars::strip_start(text).starts_with('附') {
        return false;
    }
    let mut compact = [' '; 9];
    let mut length = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let Some(slot) = compact.get_mut(length) else { return false };
        (*slot, length) = (c, length + 1);
    }
    let compact: String = compact[..length].iter().collect();
    let Some(rest) =
        compact.strip_prefix("附件").or_else(|| compact.strip_prefix("附录").filter(|r| !r.is_empty()))
    else {
        return false;
    };
    let rest = rest.trim_end_matches(['：', ':']);
    rest.is_empty()
        || numeral(rest).is_some_and(|(_, length)| length == rest.len())
        || (rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Whether a line begins the note that lists the attachments: 附件：1.任务清单.
pub(crate) fn is_attachment_note(text: &str) -> bool {
    let text = chars::strip_start(text);
    text.starts_with('附')
        && ["附件：", "附件:", "附：", "附:", "附件1.", "附件 ："].iter().any(|word| text.starts_with(word))
        && !is_attachment_label(text)
}

/// Whether a line belongs to the imprint: 抄送, 印发, （此件公开发布） (GB/T 9704-2012, 7.4).
pub(crate) fn is_imprint(text: &str) -> bool {
    let text = chars::strip(text);
    let begins = text.starts_with(['抄', '分', '主', '报', '印', '（', '(', '校', '共']);
    begins
        && ["抄送", "抄报", "分送", "主送", "报送：", "印送", "（此件", "(此件", "主题词", "校对：", "共印"]
            .iter()
            .any(|word| text.starts_with(word))
        || (text.ends_with("印发")
            && text.contains(|c| digit(c).is_some())
            && text.chars().count() <= 60
            && !chars::has_mark(text, ['，', '。', '；', '《']))
}

/// Whether a line is a caption: 图1 工作流程, 表 2-1 汇总.
pub(crate) fn is_caption(text: &str) -> bool {
    let text = chars::strip_start(text);
    caption_label(text).is_some() && text.chars().count() <= 40
}

/// The label that a caption begins with, 图1 or 表2-3：, and what stands between it and the words.
pub(crate) fn caption_label(text: &str) -> Option<&str> {
    let rest =
        ["图", "表", "附图", "附表", "专栏"].iter().find_map(|kind| text.strip_prefix(kind))?.trim_start();
    let words = rest.trim_start_matches(|c: char| digit(c).is_some() || matches!(c, '-' | '.' | '—' | '－'));
    let body = words.trim_start_matches([' ', '　', '：', ':']);
    (words.len() < rest.len() && body.len() < words.len()).then(|| &text[..text.len() - body.len()])
}

/// Whether a line goes on from a title as its subtitle: ——以某县为例.
pub(crate) fn is_subtitle(text: &str) -> bool {
    chars::strip_start(text).starts_with(['—', '－', '―', '─'])
}

/// Whether a line begins with a word that counts within running text, and so heads nothing: 一是, 首先, 其次, 其一
/// (GB/T 15834-2011, B.3.7).
pub(crate) fn counts_in_words(text: &str) -> bool {
    let text = chars::strip_start(text);
    is_numbered_by_is(text)
        || ["首先", "其次", "其一", "其二", "其三"].iter().any(|word| text.starts_with(word))
}

/// Whether a sentence counts in words what it says, at its beginning or behind a mark: 主要做法：一是加强领导.
pub(crate) fn counts_points(sentence: &str) -> bool {
    let wants = |part: &str| behind_numeral(part).is_some_and(|rest| rest.starts_with('要'));
    let is_ordinal = |part: &str| part.strip_prefix('第').and_then(behind_numeral) == Some("");
    let mut parts = sentence.split(['：', '，', '、', '；', ':', ',']).peekable();
    while let Some(part) = parts.next() {
        // 第一 stands alone between two marks.
        if counts_in_words(part) || wants(part) || is_ordinal(part) && parts.peek().is_some() {
            return true;
        }
    }
    false
}

/// Whether a text begins with 一是, 二是 and so on.
pub(crate) fn is_numbered_by_is(text: &str) -> bool {
    behind_numeral(text).is_some_and(|rest| rest.starts_with('是'))
}

/// What stands behind the one numeral that a text begins with.
fn behind_numeral(text: &str) -> Option<&str> {
    text.strip_prefix(|c| "一二三四五六七八九".contains(c))
}

/// Whether a line says at least one sentence.
pub(crate) fn is_prose(text: &str) -> bool {
    chars::has_mark(text, ['。', '！', '？', '；'])
}

/// Whether a line could be the name of an organ that signs: short, all Han, ending as organs' names end.
pub(crate) fn is_organ(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "政府",
        "委员会",
        "办公室",
        "局",
        "厅",
        "部",
        "院",
        "中心",
        "处",
        "所",
        "党委",
        "大会",
        "公司",
        "学校",
        "中学",
        "小学",
        "大学",
        "协会",
        "银行",
        "村委会",
        "居委会",
        "支部",
        "人大",
        "政协",
        "法院",
        "检察院",
        "党组",
        "集团",
        "站",
        "队",
        "社",
        "联合会",
    ];
    let text = chars::strip(text);
    text.len() <= 160
        && ENDS.iter().any(|end| text.ends_with(end))
        && text.chars().count() <= 40
        && !chars::has_mark(text, ['，', '。', '：', '；', '、'])
}

/// Whether a line is the name of somebody who signs for an organ, after the office: 县长 钱多多.
pub(crate) fn is_signatory(text: &str) -> bool {
    const OFFICES: [&str; 16] = [
        "主席",
        "总理",
        "省长",
        "市长",
        "州长",
        "县长",
        "区长",
        "镇长",
        "乡长",
        "主任",
        "部长",
        "厅长",
        "局长",
        "院长",
        "检察长",
        "署长",
    ];
    let text = chars::strip(text);
    let named = |office: &str| {
        text.split_once(office).is_some_and(|(organ, name)| {
            let name = name.trim_matches([' ', '　', '：', ':', '（', '）']);
            organ.chars().all(is_han)
                && (2..=8).contains(&count(name))
                && name.chars().all(|c| is_han(c) || " 　·".contains(c))
        })
    };
    count(text) <= 20 && OFFICES.iter().any(|office| named(office))
}

/// The number of characters that are not white space.
pub(crate) fn count(text: &str) -> usize {
    // White space is of ASCII, or begins with one of these.
    let may_be_space = |lead: u8| matches!(lead, 0x09..=0x20 | 0xc2 | 0xe1..=0xe3);
    let is_space = |at: usize| text[at..].starts_with(char::is_whitespace);
    leads(text).filter(|(at, lead)| !(may_be_space(*lead) && is_space(*at))).count()
}

/// The byte at which the first sentence ends (before its mark `。`), outside brackets and quotes. Looks at no
/// more than `limit` characters.
pub(crate) fn sentence_end(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut within = None;
    let marks = leads(text).take(limit).filter(|(_, lead)| matches!(lead, b'(' | b')' | 0xe2 | 0xe3 | 0xef));
    for (at, c) in marks.filter_map(|(at, _)| Some((at, text[at..].chars().next()?))) {
        match c {
            '（' | '(' | '《' | '〈' | '“' | '‘' | '「' | '『' | '【' | '〔' => depth += 1,
            '）' | ')' | '》' | '〉' | '”' | '’' | '」' | '』' | '】' | '〕' => {
                depth = depth.saturating_sub(1)
            }
            '。' if depth == 0 => return Some(at),
            '。' => within = within.or(Some(at)),
            _ => {}
        }
    }
    // A quote that never closes must not hide all that follows it.
    within.filter(|_| depth > 0)
}

/// The first byte of each character, and where it stands: cheaper than the characters, where few are looked at.
fn leads(text: &str) -> impl Iterator<Item = (usize, u8)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let lead = *text.as_bytes().get(at)?;
        let length = match lead {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        at += length;
        Some((at - length, lead))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_sentences_with_dates() {
        for date in [
            "2024年1月5日",
            "二〇二三年十二月",
            "（2024年1月5日）",
            "２０２３年５月１日",
            "2024-01-05",
            "二○二四年 一月 五日",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2024年1月5日印发", "2024年度", "今年以来", "", "年月日", "1-2"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn the_parts_of_a_document_are_told_by_their_words() {
        assert!(
            is_issue_number("青政发〔2024〕1号") && is_issue_number("第12号") && !is_issue_number("共有3号")
        );
        assert!(
            is_front_matter("青汶县人民政府文件")
                && is_front_matter("签发人：王某")
                && is_front_matter("机密★1年")
        );
        assert!(
            is_front_matter("标　　题：关于防汛的通知")
                && is_front_matter("索引号：01/2024")
                && !is_front_matter("发布日期另行通知")
        );
        assert!(is_salutation("各乡镇人民政府：") && !is_salutation("他说。如下："));
        assert!(
            is_attachment_label("附 件 2")
                && is_attachment_label("附件：")
                && !is_attachment_label("附件：1.清单")
        );
        assert!(is_attachment_note("附件：1.清单") && is_imprint("县政府办公室 2024年1月5日印发"));
        assert!(ends_in_document_word("工作方案（试行）") && !ends_in_document_word("青汶县人民政府"));
        assert!(
            counts_in_words("一是加强领导")
                && counts_in_words("首先加强领导")
                && counts_in_words("其二落实责任")
        );
        assert!(!counts_in_words("一季度工作总结") && !counts_in_words("其他"));
        assert!(is_caption("图1 工作流程") && !is_caption("图书室建成"));
        assert!(
            is_signatory("县长　钱多多") && !is_signatory("县长参加会议，并讲话") && !is_signatory("县长")
        );
    }

    #[test]
    fn a_full_stop_within_quotes_ends_no_sentence() {
        assert_eq!(sentence_end("他说“好。”之后走了。", 99), Some("他说“好。”之后走了".len()));
        assert_eq!(sentence_end("“未闭合。后文", 99), Some("“未闭合".len()));
        assert_eq!(sentence_end("没有句号", 99), None);
    }
}
