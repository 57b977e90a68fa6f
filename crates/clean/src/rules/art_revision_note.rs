use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-revision-note",
    doc: include_str!("art_revision_note.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::HAN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let head = chars::strip_start(text);
    if !head.starts_with(['带', '设']) {
        return;
    }
    let Some(rest) = ["带格式的", "设置了格式", "带格式表格"].iter().find_map(|sign| head.strip_prefix(sign))
    else {
        return;
    };
    let rest = match rest.strip_prefix(['[', '［']) {
        Some(name) => name.split_once([']', '］']).map_or("", |(_, rest)| rest),
        None => rest,
    };
    let Some(what) = rest.strip_prefix([':', '：']) else { return };
    if FORMATS.iter().any(|format| chars::strip_start(what).starts_with(format)) {
        edits.delete(0..text.len());
    }
}

const FORMATS: &[&str] = &[
    "字体",
    "缩进",
    "行距",
    "段落",
    "居中",
    "左",
    "右",
    "两端对齐",
    "项目符号",
    "编号",
    "样式",
    "正文",
    "标题",
    "加粗",
    "非加粗",
    "下划线",
    "字号",
    "制表位",
    "孤行控制",
    "间距",
    "边框",
    "突出显示",
    "倾斜",
    "无",
    "不",
    "默认段落字体",
    "多级",
    "非突出显示",
    "非倾斜",
    "字距",
    "字符",
    "定义网格",
    "调整中文",
    "底纹",
    "图案",
    "首行",
    "悬挂",
    "对齐",
    "与下段同页",
    "段中不分页",
    "段前",
    "段后",
    "删除线",
    "上标",
    "下标",
    "大纲",
];
