//! What the words on both sides of a line's end say: whether a sentence ends there, and whether the next one belongs
//! to the same paragraph.

use super::measure::cannot_begin;
use crate::chars::{self, is_han};
use crate::structure::enumerator::{self, Class};
use crate::structure::words;

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '）', ')']);
    // The rules of punctuation have not seen it yet.
    let of_ascii =
        || text.strip_suffix(['.', '!', '?']).is_some_and(|text| text.ends_with(chars::is_chinese));
    text.ends_with(['。', '！', '？']) || of_ascii()
}

/// Whether the last quotation that a text opens, of those that `close` closes, is open still.
pub(super) fn leaves_open(text: &str, close: char) -> bool {
    let open = if close == '”' { '“' } else { '‘' };
    text.rfind([open, close]).is_some_and(|at| text[at..].starts_with(open))
}

/// Whether a character may end a paragraph of sentences, or a part of it.
pub(super) fn ends_clause(c: char) -> bool {
    cannot_begin(c) || matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')')
}

/// Whether a sentence begins with a word that ties it to the one before, as no paragraph begins.
pub(super) fn ties_to_before(text: &str) -> bool {
    const TIES: [&str; 24] = [
        "但",
        "不过",
        "同时",
        "其中",
        "因此",
        "因而",
        "从而",
        "否则",
        "必要时",
        "而且",
        "并且",
        "对此",
        "为此",
        "此外",
        "另外",
        "例如",
        "特别是",
        "尤其是",
        "其一",
        "其二",
        "其三",
        "其次",
        "再次",
        "最后",
    ];
    words::is_numbered_by_is(text) || TIES.iter().any(|word| text.starts_with(word))
}

/// Whether a sentence begins by naming the paragraph or the document it belongs to, as a paragraph of its own does
/// in laws.
pub(super) fn names_its_document(text: &str) -> bool {
    const NAMES: [&str; 12] = [
        "前款",
        "前两款",
        "前三款",
        "前条",
        "本条",
        "本法",
        "本规定",
        "本办法",
        "本条例",
        "本解释",
        "本决定",
        "本细则",
    ];
    NAMES.iter().any(|word| text.starts_with(word)) && !text.starts_with("本法院")
}

/// Whether a text begins with a full date and a space, as the notes of a document's history do.
pub(super) fn begins_with_date(text: &str) -> bool {
    let number = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let part = |text: &mut &str, unit: char, digits: std::ops::RangeInclusive<usize>| {
        let length = number(text);
        let rest = text[length..].strip_prefix(unit).filter(|_| digits.contains(&length));
        *text = rest.unwrap_or(text);
        rest.is_some()
    };
    let mut rest = text;
    part(&mut rest, '年', 4..=4)
        && part(&mut rest, '月', 1..=2)
        && part(&mut rest, '日', 1..=2)
        && rest.starts_with([' ', '　'])
}

/// Whether a text begins with a time of the day and goes on after it, as the entries of a schedule do.
pub(super) fn begins_with_time(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    let Some(rest) = text[hours..].strip_prefix([':', '：']).filter(|_| (1..=2).contains(&hours)) else {
        return false;
    };
    digits(rest) == 2 && rest[2..].starts_with(['-', '—', '–', '~', '～', '至', ' ', '　', '\t'])
}

/// Whether a text is a note of a document's history and complete: 2024年3月1日 云溪县水务会议通过.
pub(super) fn is_note_of_history(text: &str) -> bool {
    const ENDS: [&str; 9] = ["通过", "公布", "施行", "修正", "修订", "批准", "发布", "印发", "生效"];
    begins_with_date(text) && text.len() < 400 && ENDS.iter().any(|word| text.ends_with(word))
}

/// Whether a text has the item before this one within it, not at its beginning: then both are of a list that runs
/// on in one paragraph.
pub(super) fn counts_within(text: &str, class: Class, number: u32) -> bool {
    const NEAR: usize = 600;
    let text = text.trim_start_matches(['“', '‘', '"']);
    let from = text.len().saturating_sub(NEAR);
    let from = text.ceil_char_boundary(from);
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let begins = |c: char| c.is_ascii_digit() || matches!(c, '（' | '(' | '①'..='⑳') || is_numeral(c);
    let mut last = '\0';
    text[from..].char_indices().any(|(at, c)| {
        let before = std::mem::replace(&mut last, c);
        let starts = begins(c) && !before.is_alphanumeric() && before != '\0' && before != '.';
        starts
            && enumerator::parse(&text[from + at..])
                .is_some_and(|found| found.class == class && found.number + 1 == number)
    })
}

/// Whether a line is the number of the title above it: 关于适用《防洪法》若干问题的解释（二）.
pub(super) fn numbers_title(title: &str, line: &str) -> bool {
    words::ends_in_document_word(title)
        && words::in_brackets(line)
            .is_some_and(|n| n.chars().count() <= 2 && n.chars().all(|c| "一二三四五六七八九十".contains(c)))
}

/// Whether a full line that ends as titles do only seems to: its last word, its brackets or its sentence go on.
pub(super) fn seems_title(before: &str, after: &str) -> bool {
    let before = before.trim_start();
    // 非法, 司法, 政法; 中华人民共和国水法 is a title.
    let is_word = before.ends_with('法') && !before.starts_with("中华人民共和国");
    let is_prose = ["为", "根据", "依照", "按照"].iter().any(|word| before.starts_with(word));
    is_word || is_prose || after.starts_with(['的', '和', '与', '及']) || opens_bracket(before)
}

/// Whether a bracket or quote of names is open at the end of a text.
pub(super) fn opens_bracket(text: &str) -> bool {
    const NEAR: usize = 100;
    let mut depth = 0;
    for c in text.chars().rev().take(NEAR) {
        match c {
            '）' | ')' | '》' | '〉' | '〕' => depth += 1,
            '（' | '(' | '《' | '〈' | '〔' if depth == 0 => return true,
            '（' | '(' | '《' | '〈' | '〔' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// Whether brackets hold all of a text, and no others stand beside them.
pub(super) fn is_note(text: &str) -> bool {
    const SHORTEST: usize = 12;
    let inner = words::in_brackets(text).filter(|inner| inner.chars().nth(SHORTEST - 1).is_some());
    inner.is_some_and(|inner| {
        let mut from_start = 0;
        let ends_early = inner.chars().any(|c| {
            from_start += bracket(c);
            from_start < 0
        });
        !ends_early && from_start == 0
    })
}

/// Whether two lines are a couplet of classical verse: five or seven ideographs and a mark, each.
pub(super) fn is_couplet(above: &str, below: &str) -> bool {
    let length = |line: &str| {
        let words = line.trim_end_matches(['，', '。', '！', '？', '；']);
        let count = words.chars().count();
        (matches!(count, 5 | 7) && words.len() < line.len() && words.chars().all(is_han)).then_some(count)
    };
    length(above).is_some_and(|above| length(chars::strip(below)) == Some(above))
}

/// Whether a line addresses those who listen, as a speech begins: 尊敬的各位代表，, 同志们，.
pub(super) fn is_address(line: &str) -> bool {
    const LONGEST: usize = 60;
    const BEGINS: [&str; 4] = ["尊敬的", "敬爱的", "亲爱的", "各位"];
    const ENDS: [&str; 9] =
        ["同志们", "同学们", "朋友们", "先生们", "老师们", "乡亲们", "战友们", "家长们", "代表们"];
    let words = line.trim_end_matches(['，', ',']);
    words.len() <= LONGEST
        && !words.contains('，')
        && (BEGINS.iter().any(|word| words.starts_with(word))
            || ENDS.iter().any(|word| words.ends_with(word)))
}

/// Whether a time was divided after its colon: 17: and 00.
pub(super) fn divides_time(before: &str, after: &str) -> bool {
    let mut end = before.chars().rev().skip(1);
    let mut start = after.chars();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    is_digit(end.next()) && is_digit(start.next()) && is_digit(start.next()) && !is_digit(start.next())
}

/// Brackets opened less brackets closed.
pub(super) fn brackets(text: &str) -> i32 {
    text.chars().map(bracket).sum()
}

fn bracket(c: char) -> i32 {
    match c {
        '（' | '(' => 1,
        '）' | ')' => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tie_a_sentence_to_the_one_before_or_set_it_apart() {
        assert!(ties_to_before("但因汛情紧急的除外。") && ties_to_before("二是加强巡查。"));
        assert!(!ties_to_before("是否加固由水务站决定。") && !ties_to_before("水务站应当报告。"));
        assert!(names_its_document("前款所称水库") && !names_its_document("水库"));
        assert!(is_note_of_history("2024年3月1日 云溪县水务会议通过"));
        assert!(!begins_with_date("2024年3月1日召开会议"));
        assert!(begins_with_time("9:00—10:00 开幕式") && begins_with_time("14：30 茶歇"));
        assert!(
            !begins_with_time("9:00召开会议") && !begins_with_time("1:500 地形图") && !begins_with_time("")
        );
    }

    #[test]
    fn a_couplet_has_lines_of_five_or_seven() {
        assert!(
            is_couplet("渠水清清流，", "流到田里头。") && is_couplet("两个黄鹂鸣翠柳，", "一行白鹭上青天！")
        );
        assert!(
            !is_couplet("经研究决定，", "现将有关事项通知如下。") && !is_couplet("加强领导，", "落实责任。")
        );
        assert!(!is_couplet("2023年，", "我镇修渠。") && !is_couplet("渠水清清流", "流到田里头。"));
    }

    #[test]
    fn a_list_in_running_text_counts_on() {
        let list = "工具包括：（1）铁锹；（2）编织袋；";
        assert!(counts_within(list, Class::ArabicParen, 3));
        assert!(
            !counts_within(list, Class::ArabicParen, 5)
                && !counts_within("（1）铁锹；", Class::ArabicParen, 2)
        );
    }
}
