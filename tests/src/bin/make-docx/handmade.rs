//! What docx-rs cannot write: fields, revisions, drawings, formulas, hidden text, other programs' habits.

use crate::package::{NAMESPACES, Package, p, plain, r, t};

pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("headings.docx", headings()),
        ("flat.docx", flat()),
        ("fields.docx", fields()),
        ("revisions.docx", revisions()),
        ("drawings.docx", drawings()),
        ("formulas.docx", formulas()),
        ("inlines.docx", inlines()),
        ("tables.docx", tables()),
        ("notes.docx", notes()),
        ("wrappers.docx", wrappers()),
        ("furniture.docx", furniture()),
        ("strict-prefix.docx", strict()),
        ("utf16.docx", utf16()),
        ("damaged-xml.docx", damaged()),
        ("no-relationships.docx", bare()),
    ]
}

/// Titles and headings by style names, outline levels, chains; quotations and code.
fn headings() -> Vec<u8> {
    let style = |id: &str, name: &str, base: &str, more: &str| {
        format!(
            "<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/><w:basedOn w:val='{base}'/>\
             {more}</w:style>"
        )
    };
    let outline = |level: u8| format!("<w:pPr><w:outlineLvl w:val='{level}'/></w:pPr>");
    let styles = [
        style("a3", "Title", "a", ""),
        style("a4", "Subtitle", "a", ""),
        style("1", "heading 1", "a", &outline(0)),
        style("b", "章标题", "1", "<w:rPr><w:b/></w:rPr>"),
        style("d", "附录", "1", &outline(9)),
        style("q", "Quote", "a", ""),
        style("h", "HTML Preformatted", "a", ""),
    ];
    let styled = |style: &str, text: &str| p(&format!("<w:pStyle w:val='{style}'/>"), "", text);
    let body = [
        styled("a3", "青柳河志"),
        styled("a4", "（1990—2020）"),
        styled("1", "沿革"),
        styled("b", "近代"),
        p("<w:outlineLvl w:val='2'/>", "<w:b/>", "按大纲级别的标题"),
        p("<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>", "", "按样式像标题的正文"),
        styled("d", "附录样式是正文"),
        styled("Heading3", "样式未定义的标题"),
        styled("q", "上善若水。"),
        styled("q", "水善利万物而不争。"),
        styled("h", "level = 3.2"),
        styled("h", "  warn = true"),
        plain("正文。"),
    ];
    Package::new(&body.concat()).styles(&styles.concat()).zip()
}

/// A document without styles: fonts, sizes and places only.
fn flat() -> Vec<u8> {
    let title = "<w:rFonts w:eastAsia='方正小标宋简体'/><w:sz w:val='44'/>";
    let body_run = "<w:rFonts w:eastAsia='仿宋_GB2312'/><w:sz w:val='32'/>";
    let hei = "<w:rFonts w:eastAsia='黑体'/><w:sz w:val='32'/>";
    let indent = "<w:ind w:firstLineChars='200' w:firstLine='640'/>";
    let body = [
        p("<w:jc w:val='center'/>", title, "青柳县人民政府"),
        p("<w:jc w:val='center'/>", title, "关于加强河道管理的通知"),
        plain(""),
        p("", body_run, "各乡镇人民政府："),
        p(indent, hei, "一、总体要求"),
        p(indent, body_run, "各乡镇要压实责任，确保河道安全度汛，群众满意。"),
        p("<w:jc w:val='right'/>", body_run, "2024年5月6日"),
    ];
    Package::new(&body.concat()).zip()
}

fn field(code: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let separate = if result.is_empty() { String::new() } else { mark("separate") + result };
    format!(
        "{}<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>{separate}{}",
        mark("begin"),
        mark("end")
    )
}

/// Codes and results, fields in fields, fields over paragraphs, fields without results.
fn fields() -> Vec<u8> {
    let wrap = |inner: &str| format!("<w:p>{inner}</w:p>");
    let entry = |text: &str, page: &str| {
        let page = field("PAGEREF _Toc1 \\h", &r(page));
        format!("<w:hyperlink w:anchor='_Toc1'>{}<w:r><w:tab/></w:r>{page}</w:hyperlink>", r(text))
    };
    let form = |inner: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{inner}</w:ffData></w:fldChar></w:r>\
             <w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let start = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o \"1-3\"</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    let body = [
        wrap(&(start.to_owned() + &entry("一、水情", "1"))),
        wrap(&(entry("二、工情", "3") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>")),
        wrap(&(r("第") + &field("PAGE", &r("7")) + &r("页"))),
        wrap(&field("HYPERLINK \"https://qingliu.example/a\" \\o \"提示\"", &r("水情网"))),
        wrap(&field("HYPERLINK \\l \"表一\"", &(r("见") + &field("REF 表一 \\h", &r("表一"))))),
        wrap(&(r("步骤") + &field("EQ \\o\\ac(○,3)", "") + &r("灌浆"))),
        wrap(&field("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(qú),渠)", "")),
        wrap(&field("EQ \\f(3,4)", "")),
        wrap(&field("SYMBOL 252 \\f Wingdings", "")),
        wrap(&field("IF 1 = 1 \"是\" \"否\"", &r("是"))),
        wrap(&(r("条目") + &field("XE \"索引项\"", ""))),
        wrap("<w:fldSimple w:instr='DATE'><w:r><w:t>2024年5月6日</w:t></w:r></w:fldSimple>"),
        wrap(&form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")),
        wrap(&form(
            "<w:ddList><w:result w:val='1'/><w:listEntry w:val='东岸'/><w:listEntry w:val='西岸'/></w:ddList>",
        )),
    ];
    Package::new(&body.concat()).zip()
}

/// Insertions, deletions, moves, a deleted paragraph mark, a deleted row.
fn revisions() -> Vec<u8> {
    let del = |text: &str| format!("<w:del w:author='何川'><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let ins = |text: &str| format!("<w:ins w:author='何川'>{}</w:ins>", r(text));
    let row = |props: &str, text: &str| format!("<w:tr>{props}<w:tc>{}</w:tc></w:tr>", plain(text));
    let body = [
        format!("<w:p>{}{}{}{}</w:p>", r("河长"), del("每月"), ins("每周"), r("巡河一次。")),
        format!("<w:p><w:pPr><w:rPr><w:del w:author='何川'/></w:rPr></w:pPr>{}</w:p>", r("两段并作")),
        plain("一段。"),
        format!("<w:p><w:pPr><w:rPr><w:del w:author='何川'/></w:rPr></w:pPr>{}</w:p>", del("整段删去。")),
        format!("<w:p><w:moveFrom w:author='何川'>{}</w:moveFrom>{}</w:p>", r("移走的"), r("留下的")),
        format!("<w:p><w:moveTo w:author='何川'>{}</w:moveTo></w:p>", r("移来的")),
        format!(
            "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:author='何川'><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>{}</w:r></w:p>",
            t("改了格式")
        ),
        format!(
            "<w:tbl>{}{}</w:tbl>",
            row("", "留下的行"),
            row("<w:trPr><w:del w:author='何川'/></w:trPr>", "删去的行")
        ),
    ];
    Package::new(&body.concat()).zip()
}

/// A text box written twice, an old one, a picture, a chart, an embedded object, a horizontal rule of VML.
fn drawings() -> Vec<u8> {
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", plain(text));
    let modern = format!(
        "<w:drawing><wp:anchor><wp:docPr id='1' name='文本框 1'/><a:graphic><a:graphicData><wps:wsp><wps:txbx>{}\
         </wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>",
        content("文本框里的话")
    );
    let old =
        |text: &str| format!("<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>", content(text));
    let both = format!(
        "<mc:AlternateContent><mc:Choice Requires='wps'>{modern}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
         </mc:AlternateContent>",
        old("文本框里的话")
    );
    let picture = |id: &str, alt: &str| {
        format!(
            "<w:drawing><wp:inline><wp:docPr id='2' name='图片 2' descr='{alt}'/><a:graphic><a:graphicData><pic:pic>\
             <pic:blipFill><a:blip r:embed='{id}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>\
             </w:drawing>"
        )
    };
    let chart = "<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id='c1'/></a:graphicData></a:graphic>\
                 </wp:inline></w:drawing>";
    let object =
        "<w:object><v:shape><v:imagedata r:id='p1'/></v:shape><o:OLEObject ProgID='Equation.3'/></w:object>";
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let body = [
        format!("<w:p>{}{}</w:p>", run(&both), r("锚在这一段")),
        format!("<w:p>{}</w:p>", run(&old("旧式文本框"))),
        format!("<w:p>{}{}</w:p>", r("示意图"), run(&picture("p1", "青柳河平面图"))),
        format!("<w:p>{}</w:p>", run(&picture("gone", "丢了的图"))),
        format!("<w:p>{}{}</w:p>", r("水位过程"), run(chart)),
        format!("<w:p>{}{}</w:p>", r("流量"), run(object)),
        format!("<w:p>{}</w:p>", run("<w:pict><v:shape><v:textpath string='艺术字'/></v:shape></w:pict>")),
    ];
    let chart_part =
        format!("<c:chartSpace {NAMESPACES}><c:title><a:t>水位</a:t></c:title><c:v>3.2</c:v></c:chartSpace>");
    Package::new(&body.concat())
        .part("p1", "image", "media/image1.png", *b"\x89PNG\r\n\x1a\n")
        .part("c1", "chart", "charts/chart1.xml", chart_part)
        .zip()
}

fn formulas() -> Vec<u8> {
    let mr = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let part = |name: &str, inner: &str| format!("<m:{name}>{inner}</m:{name}>");
    let fraction = part("f", &(part("num", &mr("Q")) + &part("den", &mr("A"))));
    let root = part("rad", &(part("deg", &mr("3")) + &part("e", &mr("x+1"))));
    let sum = part(
        "nary",
        &("<m:naryPr><m:chr m:val='∑'/></m:naryPr>".to_owned()
            + &part("sub", &mr("i=1"))
            + &part("sup", &mr("n"))
            + &part("e", &part("sSub", &(part("e", &mr("q")) + &part("sub", &mr("i")))))),
    );
    let body = [
        format!("<w:p>{}<m:oMath>{}{fraction}</m:oMath>{}</w:p>", r("流速"), mr("v="), r("。")),
        format!("<w:p><m:oMathPara><m:oMath>{root}{}{sum}</m:oMath></m:oMathPara></w:p>", mr("≤")),
    ];
    Package::new(&body.concat()).zip()
}

/// Everything that can stand in a run.
fn inlines() -> Vec<u8> {
    let run = |props: &str, inner: &str| format!("<w:r><w:rPr>{props}</w:rPr>{inner}</w:r>");
    let body = [
        [run("<w:b/>", &t("粗")), run("<w:i/>", &t("斜")), run("<w:strike/>", &t("删")), run("<w:u w:val='single'/>", &t("线")),
            run("<w:b w:val='0'/>", &t("平"))].concat(),
        [r("x"), run("<w:vertAlign w:val='superscript'/>", &t("2")), r("H"),
            run("<w:vertAlign w:val='subscript'/>", &t("2")), r("O")].concat(),
        [r("甲"), run("", "<w:tab/>"), r("乙"), run("", "<w:br/>"), r("丙"), run("", "<w:noBreakHyphen/>"), r("丁"),
            run("", "<w:softHyphen/>"), r("戊")].concat(),
        [run("", "<w:sym w:font='Wingdings' w:char='F0FE'/>"), r("已验收"),
            run("<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>", &t("&#xF0B3;")), run("<w:rFonts w:ascii='Wingdings'/>", &t("l"))].concat(),
        [run("<w:vanish/>", &t("隐藏的字")), r("看得见的字")].concat(),
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>qú</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渠</w:t></w:r></w:rubyBase></w:ruby></w:r>".into(),
        format!("<w:r><w:t>  没有声明保留的空格  </w:t></w:r>{}", r("&amp;&lt;&#x4E2D;&gt;")),
        format!("<w:hyperlink r:id='web' w:anchor='top'>{}</w:hyperlink><w:hyperlink w:anchor='表一'>{}</w:hyperlink>", r("网"), r("表")),
        format!("<w:hyperlink r:id='js'>{}</w:hyperlink>", r("脚本")),
    ];
    let body: String = body.iter().map(|inner| format!("<w:p>{inner}</w:p>")).collect();
    Package::new(&body).link("web", "https://qingliu.example/").link("js", "javascript:open(1)").zip()
}

/// Spans both ways, columns left out, header rows, a table in a cell, text in a merged cell.
fn tables() -> Vec<u8> {
    let cell = |props: &str, inner: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>");
    let text = |string: &str| cell("", &plain(string));
    let begins = "<w:vMerge w:val='restart'/>";
    let row = |props: &str, cells: &[String]| format!("<w:tr>{props}{}</w:tr>", cells.concat());
    let header = "<w:trPr><w:tblHeader/></w:trPr>";
    let first = [
        row(header, &[cell(begins, &plain("站名")), cell("<w:gridSpan w:val='2'/>", &plain("水位"))]),
        row(header, &[cell("<w:vMerge/>", &plain("")), text("最高"), text("最低")]),
        row("", &[text("青柳"), text("3.2"), text("1.1")]),
        row("<w:trPr><w:gridBefore w:val='1'/><w:gridAfter w:val='1'/></w:trPr>", &[text("合计")]),
        row("", &[cell(begins, &plain("上")), cell("<w:gridSpan w:val='2'/>", &plain("甲"))]),
        row("", &[cell("<w:vMerge/>", &plain("被并掉的字")), cell("<w:gridSpan w:val='2'/>", &plain("乙"))]),
        row("", &[cell("<w:vMerge/>", &plain("")), text("丙"), cell("<w:vMerge/>", &plain("无首可并"))]),
    ];
    let inner = format!("<w:tbl>{}</w:tbl>", row("", &[text("内")]));
    let second = format!("<w:tbl>{}</w:tbl>", row("", &[cell("", &(plain("外") + &inner + &plain("")))]));
    let wrapped = format!(
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
        text("控件里的单元格")
    );
    let body =
        format!("<w:tbl>{}</w:tbl>{}{second}{}{wrapped}", first.concat(), plain("间隔"), plain("又一表"));
    Package::new(&body).zip()
}

fn notes() -> Vec<u8> {
    let mark = |kind: &str, id: i32| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let note = |kind: &str, id: i32, more: &str, text: &str| {
        format!(
            "<w:{kind} w:id='{id}' {more}><w:p><w:r><w:{kind}Ref/></w:r>{}</w:p></w:{kind}>",
            r(&format!(" {text}"))
        )
    };
    let part = |kind: &str, notes: &str| format!("<w:{kind}s {NAMESPACES}>{notes}</w:{kind}s>");
    let separator =
        "<w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>";
    let footnotes = separator.to_owned()
        + &note("footnote", 2, "", "第二个写的注。")
        + &note("footnote", 3, "", "第一个提到的注。")
        + &note("footnote", 4, "", "没有人提到的注。");
    let body = [
        format!("<w:p>{}{}{}{}</w:p>", r("甲"), mark("footnote", 3), r("乙"), mark("footnote", 2)),
        format!("<w:p>{}{}{}{}</w:p>", r("丙"), mark("endnote", 1), mark("comment", 0), mark("footnote", 9)),
        format!(
            "<w:tbl><w:tr><w:tc><w:p>{}{}</w:p></w:tc></w:tr></w:tbl>",
            r("表中再提"),
            mark("footnote", 2)
        ),
    ];
    Package::new(&body.concat())
        .part("f", "footnotes", "footnotes.xml", part("footnote", &footnotes))
        .part("e", "endnotes", "endnotes.xml", part("endnote", &note("endnote", 1, "", "尾注。")))
        .part(
            "c",
            "comments",
            "comments.xml",
            part("comment", &note("comment", 0, "w:author='何川'", "此处待核。")),
        )
        .zip()
}

/// Wrappers around blocks and runs; elements nobody knows; a document within the document.
fn wrappers() -> Vec<u8> {
    let body = [
        format!("<w:sdt><w:sdtPr><w:alias w:val='控件'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", plain("块控件")),
        format!("<w:customXml>{}</w:customXml>", plain("自定义标记")),
        format!(
            "<w:p><w:smartTag><w:smartTagPr/>{}</w:smartTag><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:dir>{}</w:dir></w:p>",
            r("智能标记"), r("行内控件"), r("方向")
        ),
        format!("<w:p>{}<w:novelty>{}</w:novelty></w:p>", r("已知"), r("未知元素里的字")),
        format!("<w:novelty><w:p>{}</w:p></w:novelty>", r("未知块里的字")),
        "<w:p><w:bookmarkStart w:id='0' w:name='_GoBack'/><w:bookmarkEnd w:id='0'/><w:proofErr w:type='spellStart'/></w:p>".into(),
        "<w:altChunk r:id='chunk'/>".into(),
        plain("末段"),
    ];
    Package::new(&body.concat()).part("chunk", "aFChunk", "chunk.html", "<p>外来的网页</p>").zip()
}

/// Headers and footers, told once; page numbers alone are not worth telling.
fn furniture() -> Vec<u8> {
    let part = |name: &str, inner: &str| format!("<w:{name} {NAMESPACES}>{inner}</w:{name}>");
    let section = "<w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:headerReference w:type='first' r:id='h2'/>\
                   <w:footerReference w:type='default' r:id='f1'/></w:sectPr>";
    let body = format!("{}{}{section}", p(section, "", "上节"), plain("下节"));
    let page = format!("<w:p>{}{}{}</w:p>", r("— "), field("PAGE", &r("1")), r(" —"));
    Package::new(&body)
        .part("h1", "header", "header1.xml", part("hdr", &plain("青柳县水利局文件")))
        .part("h2", "header", "header2.xml", part("hdr", &plain("青柳县水利局文件")))
        .part("f1", "footer", "footer1.xml", part("ftr", &page))
        .zip()
}

/// Strict namespaces under prefixes nobody uses.
fn strict() -> Vec<u8> {
    let document = "<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main' \
        xmlns:y='http://purl.oclc.org/ooxml/officeDocument/relationships'><x:body><x:p><x:pPr><x:outlineLvl x:val='0'/>\
        </x:pPr><x:r><x:t>严格格式的标题</x:t></x:r></x:p><x:p><x:hyperlink y:id='web'><x:r><x:t>链接</x:t></x:r></x:hyperlink>\
        </x:p></x:body></x:document>";
    Package::of_document(document).link("web", "https://qingliu.example/").zip()
}

fn utf16() -> Vec<u8> {
    let document = format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", plain("青柳河𠮷"));
    let bytes: Vec<u8> =
        [0xfeff].into_iter().chain(document.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    Package::of_document(bytes).zip()
}

/// A part with an end tag that does not fit, and that stops in the middle.
fn damaged() -> Vec<u8> {
    let document = format!(
        "<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>第一段</w:t></w:p>{}<w:p><w:r><w:t>断在这",
        plain("第二段")
    );
    Package::of_document(document).zip()
}

/// A package whose document names none of its parts.
fn bare() -> Vec<u8> {
    Package::new(&plain("没有关系部件，也能读。")).zip()
}
