//! Links within a document, letters shown otherwise than typed, comments, documents within the document.

use crate::package::{Package, p, plain, r, t};

pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("links-within.docx", links()),
        ("capitals.docx", capitals()),
        ("comments.docx", comments()),
        ("chunks.docx", chunks()),
        ("list-levels.docx", list_levels()),
    ]
}

fn bookmark(name: &str, inner: &str) -> String {
    format!("<w:bookmarkStart w:id='1' w:name='{name}'/>{inner}<w:bookmarkEnd w:id='1'/>")
}

fn heading(level: u8, inner: &str) -> String {
    format!("<w:p><w:pPr><w:outlineLvl w:val='{level}'/></w:pPr>{inner}</w:p>")
}

/// Links to headings (two of one name), to a paragraph, to nothing; a reference that is a link.
fn links() -> Vec<u8> {
    let link = |name: &str, text: &str| format!("<w:hyperlink w:anchor='{name}'>{}</w:hyperlink>", r(text));
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let reference = format!(
        "{}<w:r><w:instrText>REF _Ref7 \\h</w:instrText></w:r>{}{}{}",
        mark("begin"),
        mark("separate"),
        r("Spillway (2021)"),
        mark("end")
    );
    let body = [
        heading(0, &r("青柳闸")),
        heading(1, &bookmark("_Ref1", &r("一、运行情况"))),
        format!("<w:p>{}{}{}</w:p>", r("见"), link("_Ref1", "运行情况"), r("。")),
        heading(1, &r("一、运行情况")),
        bookmark("_Ref7", ""),
        heading(1, &r("Spillway (2021)")),
        format!("<w:p>{}</w:p>", bookmark("表一", &r("表一 水位"))),
        format!("<w:p>{}{}</w:p>", link("表一", "表一"), link("gone", "不在了")),
        format!("<w:p>{}{reference}</w:p>", r("又见")),
    ];
    Package::new(&body.concat()).zip()
}

/// Capitals by the run, by a style, and switched off again; small capitals are only a look.
fn capitals() -> Vec<u8> {
    let styles = "<w:style w:type='paragraph' w:styleId='C'><w:name w:val='Capitals'/><w:rPr><w:caps/></w:rPr></w:style>";
    let run = |props: &str, text: &str| format!("<w:r><w:rPr>{props}</w:rPr>{}</w:r>", t(text));
    let body = [
        format!("<w:p>{}{}</w:p>", run("<w:caps/>", "qingliu 河 weir é"), run("<w:smallCaps/>", " Small")),
        format!(
            "<w:p><w:pPr><w:pStyle w:val='C'/></w:pPr>{}{}</w:p>",
            run("", "gate "),
            run("<w:caps w:val='0'/>", "gate")
        ),
    ];
    Package::new(&body.concat()).styles(styles).zip()
}

/// Comments, of two people, one on nothing.
fn comments() -> Vec<u8> {
    let comment = |id: u8, author: &str, text: &str| {
        format!(
            "<w:comment w:id='{id}' w:author='{author}'><w:p><w:r><w:annotationRef/></w:r>{}</w:p></w:comment>",
            r(text)
        )
    };
    let body = format!(
        "<w:p>{}<w:commentRangeStart w:id='1'/>{}<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r></w:p>",
        r("闸门"),
        r("每季检修")
    );
    let part = comment(1, "何川", "是否改为每月？") + &comment(2, "林溪", "无处可注。");
    Package::new(&body)
        .part(
            "c",
            "comments",
            "comments.xml",
            format!("<w:comments {}>{part}</w:comments>", crate::package::NAMESPACES),
        )
        .zip()
}

/// A document within the document, and one that is missing.
fn chunks() -> Vec<u8> {
    let body = [
        plain("前。"),
        "<w:altChunk r:id='chunk'/>".to_owned(),
        "<w:altChunk r:id='gone'/>".to_owned(),
        plain("后。"),
    ];
    Package::new(&body.concat()).part("chunk", "aFChunk", "chunk.html", "<p>附页</p>").zip()
}

/// A plain number, letters below it, a plain number again.
fn list_levels() -> Vec<u8> {
    let level = |index: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)")
    );
    let item = |level: u8, text: &str| {
        p(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"), "", text)
    };
    let body = [item(0, "开闸"), item(1, "先报"), item(1, "后开"), item(0, "关闸"), plain("完毕。")];
    Package::new(&body.concat()).numbering(&numbering).zip()
}
