use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-field-error",
    doc: include_str!("art_field_error.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::ANY, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let head = chars::strip_start(text);
    if head.starts_with(['未', 'N'])
        && matches!(
            chars::strip_end(head),
            "未找到目录项。" | "未找到目录项" | "No table of contents entries found."
        )
    {
        edits.delete(0..text.len());
        return;
    }
    if !line.has(Classes::ASK | Classes::WIDE_EXCLAMATION) {
        return;
    }
    for at in memchr::memchr2_iter(b'!', 0xef, text.as_bytes()) {
        let Some(sign) = text[at..].chars().next().filter(|c| matches!(c, '!' | '！')) else { continue };
        let head = &text[..at];
        let (start, messages) = match (head.strip_suffix("错误"), head.strip_suffix("Error")) {
            (Some(head), _) => (head.len(), &CHINESE),
            (_, Some(head)) if sign == '!' => (head.len(), &ENGLISH),
            _ => continue,
        };
        let message = text[at + sign.len_utf8()..].trim_start_matches(' ');
        let Some(found) = messages.iter().find(|words| message.starts_with(**words)) else { continue };
        let mut end = text.len() - message.len() + found.len();
        end += text[end..].chars().next().filter(|c| matches!(c, '。' | '.')).map_or(0, char::len_utf8);
        // Between quotes somebody speaks of the message.
        if !text[..start].ends_with(['“', '"', '「', '‘']) {
            edits.delete(start..end);
        }
    }
}

const CHINESE: [&str; 9] = [
    "未找到引用源",
    "未定义书签",
    "文档中没有指定样式的文字",
    "不能识别的开关参数",
    "超链接引用无效",
    "未指定书签名",
    "未找到图形项目表",
    "链接无效",
    "未知的文档属性名",
];
const ENGLISH: [&str; 9] = [
    "Reference source not found",
    "Bookmark not defined",
    "No text of specified style in document",
    "Unknown switch argument",
    "No bookmark name given",
    "Unknown document property name",
    "Hyperlink reference not valid",
    "Not a valid link",
    "No table of figures entries found",
];
