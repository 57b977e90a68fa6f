//! Files as an ordinary program writes them, written by docx-rs.

use docx_rs::*;
use std::io::Cursor;

pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![("report.docx", report()), ("minutes.docx", minutes())]
}

fn pack(docx: Docx) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).expect("pack the docx");
    out.into_inner()
}

fn text(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn style(id: &str, name: &str, outline: Option<usize>) -> Style {
    let style = Style::new(id, StyleType::Paragraph).name(name);
    match outline {
        Some(level) => style.outline_lvl(level),
        None => style,
    }
}

/// A report with styles: title, headings, a table with spans, a footnote, a link.
fn report() -> Vec<u8> {
    let table = Table::new(vec![
        TableRow::new(vec![
            TableCell::new().add_paragraph(text("河段")).vertical_merge(VMergeType::Restart),
            TableCell::new().add_paragraph(text("清淤量（立方米）")).grid_span(2),
        ]),
        TableRow::new(vec![
            TableCell::new().add_paragraph(text("")).vertical_merge(VMergeType::Continue),
            TableCell::new().add_paragraph(text("上半年")),
            TableCell::new().add_paragraph(text("下半年")),
        ]),
        TableRow::new(vec![
            TableCell::new().add_paragraph(text("青柳河")),
            TableCell::new().add_paragraph(text("1,260")),
            TableCell::new().add_paragraph(text("980")),
        ]),
    ]);
    let note = Footnote::new().add_content(text("据青柳河管理所统计。"));
    let docx = Docx::new()
        .add_style(style("Title", "Title", None))
        .add_style(style("1", "heading 1", Some(0)))
        .add_style(style("2", "heading 2", Some(1)))
        .add_paragraph(text("青柳县河道整治工作报告").style("Title"))
        .add_paragraph(text("一、基本情况").style("1"))
        .add_paragraph(
            Paragraph::new()
                .add_run(Run::new().add_text("全县共有河道"))
                .add_run(Run::new().add_text("四十二条").bold())
                .add_run(Run::new().add_text("，总长316公里。"))
                .add_run(Run::new().add_footnote_reference(note)),
        )
        .add_paragraph(text("（一）清淤").style("2"))
        .add_table(table)
        .add_paragraph(
            Paragraph::new()
                .add_run(Run::new().add_text("详见"))
                .add_hyperlink(
                    Hyperlink::new("https://qingliu.example/hedao", HyperlinkType::External)
                        .add_run(Run::new().add_text("公开网页")),
                )
                .add_run(Run::new().add_text("。")),
        );
    pack(docx)
}

/// Minutes with lists of two levels and a numbered one.
fn minutes() -> Vec<u8> {
    let level = |level, format, text: &str| {
        Level::new(
            level,
            Start::new(1),
            NumberFormat::new(format),
            LevelText::new(text),
            LevelJc::new("left"),
        )
    };
    let numbering = AbstractNumbering::new(11)
        .add_level(level(0, "chineseCounting", "%1、"))
        .add_level(level(1, "chineseCounting", "（%2）"));
    let bullets =
        AbstractNumbering::new(12).add_level(level(0, "bullet", "●")).add_level(level(1, "bullet", "—"));
    let item =
        |string: &str, list, level| text(string).numbering(NumberingId::new(list), IndentLevel::new(level));
    let docx = Docx::new()
        .add_abstract_numbering(numbering)
        .add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(11, 11))
        .add_numbering(Numbering::new(12, 12))
        .add_paragraph(text("会议纪要"))
        .add_paragraph(item("听取汇报", 11, 0))
        .add_paragraph(item("水利站汇报清淤进度。", 11, 1))
        .add_paragraph(item("村委会汇报垃圾清运。", 11, 1))
        .add_paragraph(item("议定事项", 11, 0))
        .add_paragraph(item("汛前完成护坡；", 12, 0))
        .add_paragraph(item("先修东岸；", 12, 1))
        .add_paragraph(item("公示经费。", 12, 0))
        .add_paragraph(item("参会人员签名。", 11, 0));
    pack(docx)
}
