//! What the writer writes, example by example.

use qingwen_markdown::{MarkdownOptions, Tables, write};
use qingwen_model::{
    Block, Body, Cell, Code, Document, Item, List, Marker, MediaItem, Meta, Note, Object, Row, Style, Table,
    Text,
};

fn plain() -> Style {
    Style::default()
}

fn bold() -> Style {
    Style { bold: true, ..plain() }
}

fn italic() -> Style {
    Style { italic: true, ..plain() }
}

fn linked(to: &str) -> Style {
    Style { link: Some(to.into()), ..plain() }
}

fn text(runs: &[(&str, Style)]) -> Text {
    let mut text = Text::new();
    runs.iter().for_each(|(string, style)| text.push(string, style));
    text
}

fn block(body: Body) -> Block {
    Block { body, ..Block::default() }
}

fn written(blocks: Vec<Block>) -> String {
    write(&Document { blocks, ..Document::default() }, &MarkdownOptions::default()).value
}

fn paragraph(runs: &[(&str, Style)]) -> String {
    written(vec![Block::paragraph(text(runs))])
}

fn list(marker: Marker, items: Vec<Vec<Block>>) -> Block {
    let items = items.into_iter().map(|blocks| Item { blocks, ..Item::default() }).collect();
    block(Body::List(List { marker, items, ..List::default() }))
}

fn table(rows: &[&[&str]]) -> Table {
    let cell = |string: &&str| Cell::new(vec![Block::paragraph(*string)]);
    Table {
        rows: rows.iter().map(|row| Row { cells: row.iter().map(cell).collect() }).collect(),
        header_rows: 0,
    }
}

#[test]
fn one_blank_line_between_blocks_and_one_line_end_at_the_end() {
    let blocks = vec![
        Block::heading(1, "办法"),
        Block::paragraph(""),
        Block::paragraph(" 第一条 "),
        block(Body::Break),
    ];
    assert_eq!(written(blocks), "# 办法\n\n第一条\n\n---\n");
    assert_eq!(written(vec![]), "");
}

#[test]
fn only_what_would_be_markup_is_escaped() {
    for (plain, escaped) in [
        ("1.专业", "1.专业"),
        ("1. 专业", r"1\. 专业"),
        ("2) 专业", r"2\) 专业"),
        ("#标签", "#标签"),
        ("[甲](\u{7f}乙)", "\\[甲](\u{7f}乙)"),
        ("[甲](乙\r丙 \"丁\")", "\\[甲](乙\\\n丙 \"丁\")"),
        ("[甲](\u{b}乙)", "\\[甲](\u{b}乙)"),
        ("####### 七", "####### 七"),
        ("-5℃", "-5℃"),
        ("- 甲", r"\- 甲"),
        ("---", r"\---"),
        ("姓名：________ 性别：________", "姓名：________ 性别：________"),
        ("电话138****5678", "电话138****5678"),
        ("张**，李**。", "张**，李**。"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("2*3*4", r"2\*3\*4"),
        ("__init__", r"\_\_init\_\_"),
        ("a_b_c", "a_b_c"),
        ("10~20，30~40", r"10\~20，30\~40"),
        ("10~20", "10~20"),
        ("`甲", "`甲"),
        ("`甲`", r"\`甲\`"),
        ("$5", "$5"),
        (r"C:\Users\甲", r"C:\Users\甲"),
        (r"a\*", r"a\\*"),
        ("AT&T;", "AT&T;"),
        ("&amp;", r"\&amp;"),
        ("&#12;", r"\&#12;"),
        ("a < b", "a < b"),
        ("[甲](乙 丙)", "[甲](乙 丙)"),
        ("[甲](乙)", r"\[甲](乙)"),
        ("![甲](<乙 丙> \"丁\")", r#"!\[甲](<乙 丙> "丁")"#),
        ("[甲](<乙 \"丁\")", r#"\[甲](<乙 "丁")"#),
        ("[甲](<a \"丁\")", r#"\[甲](\<a "丁")"#),
        ("[1]: 甲", r"\[1]: 甲"),
        ("参见[1]和[2]", "参见[1]和[2]"),
        ("| 甲 | 乙 |", "| 甲 | 乙 |"),
    ] {
        assert_eq!(paragraph(&[(plain, Style::default())]), format!("{escaped}\n"), "{plain}");
    }
}

#[test]
fn a_line_break_of_the_author_stays_in_a_paragraph_and_goes_in_a_heading() {
    assert_eq!(paragraph(&[("甲 \n  乙\n\n# 丙\n", plain())]), "甲\\\n乙\\\n\\# 丙\n");
    assert_eq!(written(vec![Block::heading(1, "关于\n开展 the\nwork")]), "# 关于开展 the work\n");
    assert_eq!(paragraph(&[("表头\n---|---", plain())]), "表头\\\n\\---|---\n");
}

#[test]
fn emphasis_beside_full_width_punctuation_shows() {
    assert_eq!(paragraph(&[("一是加强领导。", bold()), ("各镇", plain())]), "**一是加强领导**。各镇\n");
    assert_eq!(
        paragraph(&[("依据", plain()), ("《合同法》", bold()), ("规定", plain())]),
        "依据《**合同法**》规定\n"
    );
    assert_eq!(
        paragraph(&[("见《合同法》", bold()), ("规定", plain())]),
        "<strong>见《合同法》</strong>规定\n"
    );
    assert_eq!(paragraph(&[("甲", plain()), ("乙", bold()), ("丙", plain())]), "甲**乙**丙\n");
    assert_eq!(paragraph(&[("《合同法》", bold())]), "**《合同法》**\n");
}

#[test]
fn flat_runs_become_nested_markup() {
    let both = Style { bold: true, italic: true, ..plain() };
    assert_eq!(paragraph(&[("a ", bold()), ("b", both.clone()), (" c", italic())]), "**a *b*** *c*\n");
    assert_eq!(paragraph(&[("甲", bold()), ("乙", both), ("丙", italic())]), "**甲*乙***<em>丙</em>\n");
    assert_eq!(paragraph(&[("甲", bold()), (" ", plain()), ("乙", bold())]), "**甲 乙**\n");
    assert_eq!(paragraph(&[("甲", bold()), ("乙", italic())]), "**甲**<em>乙</em>\n");
}

#[test]
fn a_heading_is_not_bold_as_a_whole() {
    assert_eq!(
        written(vec![Block::heading(2, text(&[("第一章", bold()), (" 总则", bold())]))]),
        "## 第一章 总则\n"
    );
    assert_eq!(written(vec![Block::heading(2, text(&[("甲", bold()), ("乙", plain())]))]), "## **甲**乙\n");
    assert_eq!(written(vec![Block::heading(2, "C #")]), "## C \\#\n");
}

#[test]
fn links_and_pictures() {
    assert_eq!(paragraph(&[("附件[1]", linked("a b.doc"))]), "[附件\\[1\\]](<a b.doc>)\n");
    assert_eq!(paragraph(&[("http://a.cn/_b_", linked("http://a.cn/_b_"))]), "<http://a.cn/_b_>\n");
    assert_eq!(paragraph(&[("看!", plain()), ("这", linked("#x"))]), "看\\![这](#x)\n");
    let mut picture = Text::plain("图");
    picture.push_object(Object::Image { media: Some(0), alt: "现场".into() }, &plain());
    let mut document = Document { blocks: vec![Block::paragraph(picture)], ..Document::default() };
    document.media.items.push(MediaItem { name: "image1.png".into(), bytes: vec![] });
    let options = MarkdownOptions { media: Some("media".into()), ..MarkdownOptions::default() };
    assert_eq!(write(&document, &options).value, "图![现场](media/image1.png)\n");
    let without = write(&document, &MarkdownOptions::default());
    assert_eq!(without.value, "图![现场]()\n");
    assert_eq!(without.diagnostics[0].code, "markdown-image");
}

#[test]
fn notes_stand_at_the_end() {
    let mut body = Text::plain("总产值");
    body.push_object(Object::Note("1".into()), &plain());
    body.push_object(Object::Note("2".into()), &plain());
    let note = Note {
        id: "1".into(),
        blocks: vec!["按可比价计算。".into(), "另见年鉴。".into()]
            .into_iter()
            .map(|t: Text| Block::paragraph(t))
            .collect(),
        ..Note::default()
    };
    let done = write(
        &Document { blocks: vec![Block::paragraph(body)], notes: vec![note], ..Document::default() },
        &MarkdownOptions::default(),
    );
    assert_eq!(done.value, "总产值[^1]\n\n[^1]: 按可比价计算。\n\n    另见年鉴。\n");
    assert_eq!(
        done.diagnostics[0].to_string(),
        "document: markdown-note: lost: a note's mark whose note is missing: 2"
    );
}

#[test]
fn formulas_and_readings() {
    let mut body = Text::plain("设");
    body.push_object(Object::Formula { latex: r"\frac{a}{b}".into(), display: false }, &plain());
    body.push_object(Object::Ruby { base: "汉字".into(), reading: "hànzì".into() }, &plain());
    assert_eq!(written(vec![Block::paragraph(body)]), "设$\\frac{a}{b}$汉字（hànzì）\n");
}

#[test]
fn lists_are_tight_where_items_are_single_paragraphs() {
    let inner = list(Marker::Number(1), vec![vec![Block::paragraph("乙")], vec![Block::paragraph("- 丙")]]);
    let outer =
        list(Marker::Bullet, vec![vec![Block::paragraph("甲"), inner], vec![], vec![Block::paragraph("丁")]]);
    assert_eq!(
        written(vec![outer.clone(), outer.clone()]).lines().filter(|l| l.starts_with("* ")).count(),
        2
    );
    assert_eq!(written(vec![outer]), "- 甲\n  1. 乙\n  2. \\- 丙\n-\n- 丁\n");
    let loose = list(
        Marker::Number(9),
        vec![vec![Block::paragraph("甲"), Block::paragraph("乙")], vec![Block::paragraph("丙")]],
    );
    assert_eq!(written(vec![loose]), "9. 甲\n\n   乙\n\n10. 丙\n");
}

#[test]
fn tasks_have_boxes() {
    let item = |done, string: &str| Item { blocks: vec![Block::paragraph(string)], done, ..Item::default() };
    let items = vec![item(Some(true), "甲"), item(Some(false), "# 乙"), item(None, "[ ] 丙")];
    let tasks = block(Body::List(List { items, ..List::default() }));
    assert_eq!(written(vec![tasks]), "- [x] 甲\n- [ ] # 乙\n- \\[ ] 丙\n");
}

#[test]
fn code_is_fenced_by_more_than_it_holds() {
    let code = Code { language: Some("md".into()), text: "```\n\n甲 ".into() };
    assert_eq!(
        written(vec![block(Body::Quote(vec![block(Body::Code(code))]))]),
        "> ````md\n> ```\n>\n> 甲 \n> ````\n"
    );
    let code = Style { code: true, ..plain() };
    assert_eq!(paragraph(&[("用", plain()), ("a`b", code.clone()), ("。", plain())]), "用``a`b``。\n");
    assert_eq!(paragraph(&[("`", code)]), "`` ` ``\n");
}

#[test]
fn a_table_is_gfm_where_gfm_can_carry_it() {
    let mut simple = table(&[&["甲|乙", "# 丙"], &["a\nb"]]);
    simple.rows[1].cells[0].blocks.push(Block::paragraph("c"));
    assert_eq!(
        written(vec![block(Body::Table(simple.clone()))]),
        "| 甲\\|乙 | # 丙 |\n| --- | --- |\n| a<br>b<br>c |\n"
    );
    simple.rows[0].cells[0].column_span = 2;
    let html = "<table>\n<tr><td colspan=\"2\">甲|乙</td><td># 丙</td></tr>\n<tr><td>a<br>b<br>c</td></tr>\n</table>\n";
    assert_eq!(written(vec![block(Body::Table(simple.clone()))]), html);
    let options = MarkdownOptions { tables: Tables::Gfm, ..MarkdownOptions::default() };
    let done = write(&Document { blocks: vec![block(Body::Table(simple))], ..Document::default() }, &options);
    assert_eq!(done.value, "| 甲\\|乙 | | # 丙 |\n| --- | --- | --- |\n| a<br>b<br>c |\n");
    assert_eq!(done.diagnostics[0].code, "markdown-table-span");
}

#[test]
fn a_table_in_html_has_no_blank_line() {
    let mut nested = table(&[&["甲", "<乙>"]]);
    nested.header_rows = 1;
    nested.rows[0].cells[0].blocks.push(block(Body::Code(Code { language: None, text: "a\n\nb".into() })));
    nested.rows[0].cells[1].blocks.push(list(Marker::Bullet, vec![vec![Block::paragraph("丙")]]));
    assert_eq!(
        written(vec![block(Body::Table(nested))]),
        "<table>\n<tr><th>甲<pre><code>a&#10;&#10;b</code></pre></th><th>&lt;乙&gt;<ul><li>丙</li></ul></th></tr>\n</table>\n"
    );
}

#[test]
fn front_matter_is_yaml() {
    let meta = Meta { title: Some("“办法”: \"一\"".into()), pages: Some(3), ..Meta::default() };
    let options = MarkdownOptions { front_matter: true, ..MarkdownOptions::default() };
    let done =
        write(&Document { meta, blocks: vec![Block::paragraph("甲")], ..Document::default() }, &options);
    assert_eq!(done.value, "---\ntitle: \"“办法”: \\\"一\\\"\"\npages: 3\n---\n\n甲\n");
}
