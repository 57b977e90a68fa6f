//! Markdown that others wrote, read and written again.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use qingwen_markdown::{MarkdownOptions, read, write};
use qingwen_model::{Block, Body, Document, Extent, Mark, Object};
use std::path::{Path, PathBuf};

fn again(markdown: &str) -> String {
    write(&read(markdown).value, &MarkdownOptions::default()).value
}

#[test]
fn structure_is_read() {
    let markdown = "# 标题\n\n正文**重点**和[链接](u)，`a,b`。\n\n- 甲\n  1. 乙\n- [x] 丙\n\n> 引文\n\n```rust\nlet a,b;\n```\n\n| a | b |\n| --- | --- |\n| 一 | 二 |\n\n注[^1]\n\n[^1]: 注文\n";
    let document = read(markdown).value;
    assert_eq!(
        document.to_string(),
        "h1 标题\np  正文[b 重点]和[a=u 链接]，[code a,b]。\nlist Bullet\n  item\n    p  甲\n    list Number(1)\n      item\n        p  乙\n  item done\n    p  丙\nquote\n  p  引文\ncode rust\n  let a,b;\ntable\n  row\n    cell\n      p  a\n    cell\n      p  b\n  row\n    cell\n      p  一\n    cell\n      p  二\np  注{note 1}\nnote 1\n  p  注文\n"
    );
    assert_eq!(document.blocks[1].mark, Mark::Line(3));
    assert_eq!(document.blocks[2].mark, Mark::Line(5));
    assert_eq!(again(markdown), markdown);
}

#[test]
fn what_has_no_name_in_the_model_stays_to_the_letter() {
    for markdown in [
        "---\ntitle: 甲, 乙\n---\n\n正文\n",
        "<div class=\"a\">\n甲,乙\n</div>\n\n正文<kbd>Ctrl</kbd>，![图,一](a.png \"题\")\n",
        "<!-- 甲,乙 -->\n\n$a,b$和$$c$$\n",
        "> [!NOTE]\n>\n> 甲\n",
        "- <table>\n  <tr><td>甲</td></tr>\n  </table>\n\n  乙\n",
    ] {
        assert_eq!(again(markdown), markdown);
    }
    assert_eq!(again("![图][x]\n\n[x]: a.png\n"), "![图](a.png)\n");
}

#[test]
fn lines_broken_to_fit_are_joined_as_their_script_wants() {
    assert_eq!(
        again("为了规范\n管理，using the\nlatest version\n。"),
        "为了规范管理，using the latest version。\n"
    );
    assert_eq!(again("甲  \n乙\\\n丙"), "甲\\\n乙\\\n丙\n");
}

#[test]
fn items_and_labelled_lines_stay_lines() {
    for (markdown, wanted) in [
        (
            "步骤如下：\n1、打开电源\n2. 按下启动键\n（三）等待",
            "步骤如下：\\\n1、打开电源\\\n2\\. 按下启动键\\\n（三）等待\n",
        ),
        ("联系人：周婷\n电话：0571-88001234", "联系人：周婷\\\n电话：0571-88001234\n"),
        (
            "工程位于\n1、2号楼之间，见\n（一）项和\n一、二、三产业",
            "工程位于1、2号楼之间，见（一）项和一、二、三产业\n",
        ),
        ("注意事项：请按时报送，联系\n电话：0571", "注意事项：请按时报送，联系电话：0571\n"),
    ] {
        assert_eq!(again(markdown), wanted);
        assert_eq!(again(wanted), wanted);
    }
}

#[test]
fn amounts_leave_the_signs_of_code_alone() {
    let read = again("花费$3，共$5，命令`awk '{print $1, $2}'`。");
    assert!(read.contains("`awk '{print $1, $2}'`"), "{read}");
}

#[test]
fn where_nothing_is_a_heading_paragraphs_may_become_one() {
    let shape = |markdown: &str| read(markdown).value.blocks[0].shape.map(|shape| shape.extent);
    assert_eq!(shape("一、总则\n\n正文"), Some(Extent::Paragraph));
    assert_eq!(shape("正文\n\n# 总则"), None);
}

#[test]
fn nesting_has_an_end() {
    let deep = format!("{}甲", "> ".repeat(20_000));
    assert!(again(&deep).contains('甲'));
    let deep: String = (0..2_000).map(|n| format!("{}- {n}\n", "  ".repeat(n))).collect();
    assert!(again(&deep).contains("1999"));
}

#[test]
fn what_cannot_be_kept_is_told() {
    let codes = |markdown: &str| read(markdown).diagnostics.iter().map(|d| d.to_string()).collect::<Vec<_>>();
    assert_eq!(codes("\n[a](u \"题\")"), ["line 2: markdown-link-title: lost: 题"]);
    assert_eq!(codes("| a |\n| --: |"), ["line 1: markdown-table-align: lost: the alignment of columns"]);
    assert_eq!(codes("> 甲\n>\n> [b]: u 'v'\n\n乙"), ["line 3: markdown-definition: lost: [b]: u 'v'"]);
    // Of two with one name, the first counts.
    assert_eq!(codes("[a]\n\n[a]: u\n[A]: v\n\n乙"), ["line 4: markdown-definition: lost: [A]: v"]);
}

#[test]
fn cells_beyond_the_heading_get_columns_of_their_own() {
    let row = "markdown-table-row: a row has more cells than the heading";
    for (markdown, wanted) in [
        (
            "| 村 | 长 |\n|---|---|\n| 甲 | 3 | 多余9 |\n| 乙 | 4 | | |\n| 丙 |\n",
            "| 村 | 长 | |\n| --- | --- | --- |\n| 甲 | 3 | 多余9 |\n| 乙 | 4 | |\n| 丙 | | |\n",
        ),
        (
            "| a | b |\n|---|---|\n| `x|y` | **b** \\| c | d",
            "| a | b | | |\n| --- | --- | --- | --- |\n| `x | y` | **b** \\| c | d |\n",
        ),
    ] {
        let read = read(markdown);
        let once = write(&read.value, &MarkdownOptions::default());
        assert_eq!(once.value, wanted);
        assert_eq!(again(wanted), wanted);
        assert_eq!(
            read.diagnostics.iter().map(|d| d.to_string()).collect::<Vec<_>>(),
            [format!("line 3: {row}")]
        );
    }
    // Where a row has too many cells only by the bars in its code, they end none.
    for (markdown, wanted) in [
        ("a | `x|y`\n-|-\n``b`|c`` | `d`\n", "| a | `x\\|y` |\n| --- | --- |\n| ``b`\\|c`` | `d` |\n"),
        (
            "> | a | b |\n> |---|---|\n> | `x|y||` | c |\n",
            "> | a | b |\n> | --- | --- |\n> | `x\\|y\\|\\|` | c |\n",
        ),
        ("```\n| a | `x|y` |\n|---|---|\n```\n", "```\n| a | `x|y` |\n|---|---|\n```\n"),
    ] {
        assert_eq!(again(markdown), wanted);
        assert_eq!(again(wanted), wanted);
    }
    // More than a hundred are told.
    let many = format!("| a |\n|---|\n| a |{}", "b|".repeat(200));
    let told = read(&many).diagnostics;
    assert!(told[0].to_string().contains("lost: |b|b|"), "{told:?}");
}

#[test]
fn items_keep_their_numbers_and_lists_their_blank_lines() {
    for markdown in [
        "5. 甲,3 条\n7. 乙\n8. 丙\n",
        "1986. 那年,好\n\n2024. 这年\n",
        "1. 甲\n1. 乙\n1. 丙\n",
        "0. 甲\n1. 乙\n",
        "- 甲\n\n- 乙\n\n  - 丙\n  - 丁\n",
        "- 甲\n  - 乙\n\n  - 丙\n- 丁\n",
        "- 甲\n  ```\n  乙\n\n  丙\n  ```\n  > 丁\n- 戊\n",
        "- 甲\n\n  乙\n\n- 丙\n",
        "> 3. 甲\n> 1. 乙\n",
    ] {
        assert_eq!(again(markdown), markdown);
    }
    assert!(read("3. 甲\n4. 乙").value.to_string().starts_with("list Number(3)\n  item\n"));
    assert!(
        read("3. 甲\n\n9. 乙")
            .value
            .to_string()
            .contains("list Number(3) loose\n  item\n    p  甲\n  item 9")
    );
}

#[test]
fn a_dollar_sign_before_a_digit_ends_no_formula() {
    let formulas = |markdown: &str| {
        let mut found = Vec::new();
        read(markdown).value.visit(&mut |block| {
            let objects = block.text().into_iter().flat_map(|text| text.objects());
            found.extend(objects.filter_map(|(_, object)| match object {
                Object::Formula { latex, .. } => Some(latex.clone()),
                _ => None,
            }));
        });
        found
    };
    assert_eq!(formulas("花费$3,共$5。"), [""; 0]);
    assert_eq!(formulas("$3、$4、$5和$6，`$7`、$8"), [""; 0]);
    assert_eq!(formulas("花费$3，共$5。其中 $x=1$。"), ["x=1"]);
    assert_eq!(formulas("$a,b$与$3，$c$"), ["a,b", "3，"]);
    assert_eq!(formulas("$ a$ 与 $b $"), [""; 0]);
    assert_eq!(formulas("| $3 | $4 | $x$5 | $y$ |\n|-|-|-|-|"), ["y"]);
    assert_eq!(again("![花$3,共$5](a.png)花$3共$5\n"), "![花$3,共$5](a.png)花\\$3共\\$5\n");
}

#[test]
fn dialects_stay_to_the_letter() {
    for markdown in [
        "解\\(a,b\\)与\\(x\\)，**\\(f(a)_1 * b_2 * c\\)** 得\\[x=1\\]。\n",
        "\\(a_1\\)起，`\\(a,b\\)`\n",
        "公式：\n\n\\[\na,b = \\text{速,度} \\\\\n c*d*e\n\\]\n\n其中\n",
        "\\[x,y=1\\]\n",
        "::: tip 提示\n\n内容三条。\n\n:::\n",
        "> ::: tip\n>\n> 内容\n>\n> :::\n",
        "{% note info,好 %}\n\n内容\n\n{% endnote %}\n",
        "{{< figure src=\"a,b\" >}}\n",
        "[[维基 3 链接,好|显示]]与![[图,1.png]]\n",
        "| [[甲,乙\\|丙]] | [[丁,戊]] |\n| --- | --- |\n",
        "甲\n\n[//]: # (这是注释 3,好)\n[//]: # \"又\"\n[b]: http://a.cn/x,y\n\n乙\n",
        "+++\ntitle = \"甲, 乙\"\n+++\n\n正文\n",
        "+++\n[a]\nb = 1\n+++\n",
        "```\n::: tip\n\\(a,b\\) [[c]]\n[b]: u\n```\n",
        "<div title=\"[[甲]]\">\n::: tip\n</div>\n\n甲<b title=\"[[乙]]\">丙\n",
        "[甲](u_[[丁]]) $[[乙]]$ ![[[丙]]](u)\n",
    ] {
        assert_eq!(again(markdown), markdown);
    }
    for (markdown, wanted) in [
        ("甲\n::: tip 提示\n内容三条。\n:::\n乙", "甲\n\n::: tip 提示\n\n内容三条。\n\n:::\n\n乙\n"),
        ("- 甲\n:::\n", "- 甲\n\n:::\n"),
        ("| 甲 |\n|---|\n| 乙 |\n:::", "| 甲 |\n| --- |\n| 乙 |\n\n:::\n"),
        ("{% note %}\n甲\n{% endnote %}", "{% note %}\n\n甲\n\n{% endnote %}\n"),
        ("见\\(试行\\)与\\[1\\]，\\\\(a+b)", "见(试行)与[1]，\\\\(a+b)\n"),
        ("[[1]](u)与[[2]][a]，[[3]]\n\n[a]: v\n[3]: w", "[\\[1\\]](u)与[\\[2\\]](v)，[[3](w)]\n"),
        ("\\[x=1\\](u)、\\[^1=a\\]、\\[G/O Media\\]", "\\[x=1](u)、[^1=a]、[G/O Media]\n"),
        ("\u{fdd2}[[甲]]", "\u{fdd2}[[甲]]\n"),
    ] {
        assert_eq!(again(markdown), wanted, "{markdown}");
        assert_eq!(again(wanted), wanted);
    }
    assert_eq!(read("甲\n::: tip\n乙").value.blocks[2].mark, Mark::Line(3));
}

#[test]
fn bold_words_are_read_as_chinese_authors_mark_them() {
    for (markdown, wanted) in [
        ("**注意：**请看**重点**部分。", "**注意**：请看**重点**部分。\n"),
        ("- 见**“重点”**处\n* **甲：**乙\n", "- 见“**重点**”处\n\n* **甲**：乙\n"),
        ("| **甲：**乙 |\n|---|\n", "| **甲**：乙 |\n| --- |\n"),
        ("**注意：** 请看**重点**\n", "**注意：** 请看**重点**\n"),
        // No pairs.
        ("甲：**乙\n", "甲：**乙\n"),
        ("2**3，**4\n", "2**3，**4\n"),
        ("`**甲：**乙`\n", "`**甲：**乙`\n"),
    ] {
        assert_eq!(again(markdown), wanted);
        assert_eq!(again(wanted), wanted);
    }
    // Asterisks that are text stay text.
    assert_eq!(
        write(
            &Document { blocks: vec![Block::paragraph("**注意：**请看")], ..Document::default() },
            &MarkdownOptions::default()
        )
        .value,
        "\\*\\*注意：\\*\\*请看\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn a_text_reads_back_as_it_was_written(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "**", "**", "*", "甲", "乙", "a", "：", "“", "”", "。", " ", "3", "$", "$", "_", "~~", "`", "<b>", "[a]", "(u)",
        ]), 1..14)
    ) {
        let words = tokens.concat();
        let blocks = vec![Block::paragraph(words.trim())];
        let written = write(&Document { blocks, ..Document::default() }, &MarkdownOptions::default()).value;
        let read = read(&written).value;
        let found = read.blocks.first().and_then(Block::text).map_or("", |text| text.as_str());
        prop_assert_eq!(found, words.trim(), "{}", written);
    }

    #[test]
    fn what_was_read_and_written_is_stable(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "甲", "乙,", "a_1", "：", "“", "”", " ", "3", "$", "$x=1$", "\\(", "\\)", "\\[", "\\]", "[[", "]]", "![[", "[a]",
            "(u)", "\n", "\n", "\n\n", "\n\n", "::: tip", "{% note %}", "\n[a]: u", "\n\n[b]: u 'c'", "\n- ", "\n3. ", "\n> ",
            "\n1. ", "\n| a | b |\n|---|---|\n| ", "=", "?>",
        ]), 1..16)
    ) {
        let markdown = tokens.concat();
        // What ends on another line is not sheltered, until the lines are joined.
        let ends = |line: &str| {
            let last = |sign| line.rfind(sign);
            last("[[") <= last("]]") && last("\\(") <= last("\\)") && last("\\[") <= last("\\]")
        };
        prop_assume!(markdown.lines().all(ends));
        let once = again(&markdown);
        prop_assert_eq!(again(&once), once, "{:?}", markdown);
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
}

#[test]
fn formulas_without_end_and_tables_with_one_long_row_cost_no_more_than_their_length() {
    let formulas = r"\(a\)".repeat(100_000);
    assert_eq!(again(&formulas).trim_end(), formulas);
    let long = format!("{}{}", "|a".repeat(101), "|b".repeat(100));
    let table = format!("|a|\n|-|\n{}{long}\n", "|a\n".repeat(20_000));
    let read = read(&table).value;
    let rows = read.blocks.iter().flat_map(|block| match &block.body {
        Body::Table(table) => table.rows.as_slice(),
        _ => &[],
    });
    assert!((20_000..30_000).contains(&rows.map(|row| row.cells.len()).sum::<usize>()));
}

#[test]
fn every_markdown_file_at_hand_keeps_its_words_and_is_stable() {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("QINGWEN_SHARED").map_or_else(beside, PathBuf::from);
    if !shared.is_dir() {
        return eprintln!("skipped: no shared data at {}", shared.display());
    }
    let mut files = Vec::new();
    walk(&shared, &mut files);
    assert!(!files.is_empty(), "no Markdown found in {}", shared.display());
    let words = |markdown: &str| {
        let mut out: Vec<String> = Vec::new();
        read(markdown)
            .value
            .visit(&mut |block| out.extend(block.text().map(|text| text.as_str().to_owned())));
        out.concat().split_whitespace().collect::<String>()
    };
    let mut failures = Vec::new();
    for file in &files {
        let Ok(markdown) = std::fs::read_to_string(file) else { continue };
        let once = again(&markdown);
        if again(&once) != once {
            failures.push(format!("not stable: {}", file.display()));
        } else if words(&once) != words(&markdown) {
            failures.push(format!("other words: {}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), files.len(), failures.join("\n"));
}
