//! What the looks of lines say: which are joined, which are titles, which are headings.

use qingwen_clean::{CleanOptions, clean};
use qingwen_model::{Align, Block, Document, Extent, Face, Mark, Shape, Start, Style, Text};

/// A line of a page whose column is 28 characters wide.
fn line(text: &str, indent: f32) -> Shape {
    let width = text.chars().count() as f32;
    Shape { indent, width, slack: Some(28.0 - indent - width), height: Some(0.5), ..Shape::default() }
}

/// A paragraph of a word-processor file.
fn paragraph() -> Shape {
    Shape { extent: Extent::Paragraph, face: Face::FangSong, ..Shape::default() }
}

fn document(blocks: &[(&str, Shape)]) -> Document {
    let place = |at: usize| Mark::Page(1, at as u16 + 1);
    let blocks = blocks
        .iter()
        .enumerate()
        .map(|(at, (text, shape))| Block::paragraph(*text).at(place(at)).looking(*shape));
    Document { blocks: blocks.collect(), ..Document::default() }
}

fn cleaned(blocks: &[(&str, Shape)]) -> String {
    clean(document(blocks), &CleanOptions::default()).value.to_string()
}

const FULL: &str = "全县今年新修渠道四十二公里改造泵站十一座灌溉面积扩大到";

#[test]
fn a_full_line_goes_on_and_an_indented_one_begins() {
    let second = "三万亩，各村都得到了好处。";
    let third = "明年计划再修二十公里。";
    let got = cleaned(&[
        (&FULL[..78], line(&FULL[..78], 2.0)),
        (second, line(second, 0.0)),
        (third, line(third, 2.0)),
    ]);
    assert_eq!(got, format!("p  {}{second}\np  {third}\n", &FULL[..78]));
}

#[test]
fn a_change_of_size_ends_a_paragraph_even_on_a_full_line() {
    let large = Shape { size: 1.5, width: 28.0, slack: Some(0.0), ..line("", 0.0) };
    let got = cleaned(&[("渠道和泵站的维修改造工程", large), (FULL, line(FULL, 0.0))]);
    assert!(got.lines().count() == 2, "{got}");
}

#[test]
fn space_above_a_line_begins_a_paragraph() {
    let spaced = Shape { gap: 1.0, ..line("另起一段的文字。", 0.0) };
    assert_eq!(
        cleaned(&[("头一段很短", line("头一段很短", 0.0)), ("另起一段的文字。", spaced)]).lines().count(),
        2
    );
}

#[test]
fn centred_lines_in_large_type_are_one_title() {
    let large = Shape { size: 1.4, align: Align::Center, face: Face::Title, ..paragraph() };
    let got = cleaned(&[
        ("青汶县人民政府", large),
        ("关于渠道维修，泵站改造若干事项", large),
        ("各村应当按期完成渠道清淤。", paragraph()),
    ]);
    assert_eq!(got, "h1 青汶县人民政府关于渠道维修，泵站改造若干事项\np  各村应当按期完成渠道清淤。\n");
}

#[test]
fn an_announcement_and_what_it_announces_have_a_title_each() {
    let large = Shape { size: 1.4, align: Align::Center, ..paragraph() };
    let right = Shape { align: Align::End, ..paragraph() };
    let on_new_page = Shape { start: Start::Page, ..large };
    let got = cleaned(&[
        ("青汶县人民法院", large),
        ("公告", large),
        ("渠道保护的规定已经通过，现予公布。", paragraph()),
        ("2023年11月24日", right),
        ("青汶县人民法院", on_new_page),
        ("关于渠道保护的规定", large),
        ("第一条 为了保护渠道，制定本规定。", paragraph()),
    ]);
    assert_eq!(got.lines().filter(|line| line.starts_with("h1 ")).count(), 2, "{got}");
    assert!(got.contains("h1 青汶县人民法院关于渠道保护的规定\n"), "{got}");
}

#[test]
fn a_note_in_brackets_set_over_centred_lines_is_one_paragraph() {
    let centred = Shape { align: Align::Center, face: Face::Kai, ..paragraph() };
    let got = cleaned(&[("（2023年11月24日青汶县审判委员会", centred), ("第十二次会议通过）", centred)]);
    assert_eq!(got, "p  （2023年11月24日青汶县审判委员会第十二次会议通过）\n");
}

#[test]
fn short_lines_in_a_heading_face_are_headings_though_nobody_numbered_them() {
    let hei = Shape { face: Face::Hei, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let got = cleaned(&[("水源", hei), (body, paragraph()), ("渠道", hei), (body, paragraph())]);
    assert_eq!(got, format!("h2 水源\np  {body}\nh2 渠道\np  {body}\n"));
}

#[test]
fn where_the_format_names_headings_none_are_added() {
    let hei = Shape { face: Face::Hei, ..paragraph() };
    let mut document = document(&[("水源", hei), ("各村分段包干。", paragraph())]);
    document.blocks.insert(0, Block::heading(2, "总则"));
    let got = clean(document, &CleanOptions::default()).value.to_string();
    assert_eq!(got, "h2 总则\np  水源\np  各村分段包干。\n");
}

#[test]
fn headings_by_style_make_room_for_the_title() {
    let mut document = document(&[("各村分段包干。", paragraph())]);
    document.blocks.insert(0, Block::heading(1, "一、水源"));
    let got = clean(document, &CleanOptions::default()).value.to_string();
    assert_eq!(got, "h2 一、水源\np  各村分段包干。\n");
}

#[test]
fn a_page_number_is_one_only_in_the_margin() {
    let at = |height: f32| Shape { height: Some(height), ..line("7", 13.0) };
    let page = |height: f32| {
        [
            ("甲村的渠道由甲村维修。", line("甲村的渠道由甲村维修。", 2.0)),
            ("7", at(height)),
            ("乙村的渠道由乙村维修。", Shape { start: Start::Page, ..line("乙村的渠道由乙村维修。", 2.0) }),
        ]
    };
    assert!(!cleaned(&page(0.95)).contains("p  7\n"));
    assert!(cleaned(&page(0.5)).contains("p  7\n"));
}

#[test]
fn an_outline_names_headings_that_nothing_else_shows() {
    let body = "各村分段包干，所需的材料由县里统一采购。";
    let listed = |level: u8| Shape { outline: Some(level), ..paragraph() };
    let got = cleaned(&[
        ("前言", listed(1)),
        (body, paragraph()),
        ("第一章 水源", paragraph()),
        (body, paragraph()),
        ("取水的地方", listed(2)),
        (body, paragraph()),
        ("第二章 渠道", listed(1)),
        (body, paragraph()),
        ("表1 各村渠道", listed(2)),
    ]);
    let expected = format!(
        "h2 前言\np  {body}\nh2 第一章 水源\np  {body}\nh3 取水的地方\np  {body}\nh2 第二章 渠道\np  {body}\np  表1 各村渠道\n"
    );
    assert_eq!(got, expected);
}

#[test]
fn an_outline_that_lists_many_headings_says_how_others_look() {
    let body = "各村分段包干，所需的材料由县里统一采购。";
    let bold = Shape { bold: true, ..paragraph() };
    let large = Shape { size: 1.5, ..paragraph() };
    let listed = Shape { outline: Some(1), ..large };
    let mut blocks = Vec::new();
    for name in ["水源", "渠道", "泵站", "桥涵", "管理"] {
        blocks.extend([(name, listed), (body, paragraph())]);
    }
    blocks.extend([("注意", bold), (body, paragraph()), ("附记", large), (body, paragraph())]);
    let got = cleaned(&blocks);
    assert!(got.contains("p  [b 注意]\n") || got.contains("p  注意\n"), "{got}");
    assert!(got.contains("h2 附记\n"), "{got}");
}

#[test]
fn heads_that_name_the_section_go_and_first_lines_stay() {
    let head = |text: &str| Shape { start: Start::Page, height: Some(0.06), ..line(text, 0.0) };
    let below = |text: &str| Shape { gap: 1.0, height: Some(0.1), ..line(text, 2.0) };
    let text = |name: &str| format!("{name}由各村分段包干并在年底前完成。");
    let names = ["水源", "水源", "渠道", "渠道", "泵站", "泵站"];
    let texts: Vec<(String, String)> = names
        .iter()
        .zip(3..)
        .map(|(name, page)| (format!("第{}节 {name} {page}", page / 2), text(name)))
        .collect();
    let blocks: Vec<(&str, Shape)> = texts
        .iter()
        .flat_map(|(name, text)| [(name.as_str(), head(name)), (text.as_str(), below(text))])
        .collect();
    let got = cleaned(&[&[("管理办法说明", line("管理办法说明", 2.0))], &blocks[..]].concat());
    assert!(!got.contains('节') && got.contains("泵站由各村"), "{got}");
    // The first lines of full pages stand at one height too, but are close to those below.
    let close: Vec<(&str, Shape)> =
        blocks.iter().map(|(text, shape)| (*text, Shape { gap: 0.0, ..*shape })).collect();
    assert!(cleaned(&close).contains('节'));
}

#[test]
fn large_heads_go_where_they_count_the_pages() {
    let names = ["水源", "水源", "渠道", "渠道", "泵站", "泵站"];
    let shown = |number: fn(usize) -> usize| {
        let mut blocks = vec![Block::paragraph("管理办法说明").looking(line("管理办法说明", 2.0))];
        for (at, name) in names.iter().enumerate() {
            let head = Shape { start: Start::Page, height: Some(0.06), size: 1.2, ..line(name, 0.0) };
            let text = format!("{name}由各村分段包干并在年底前完成。");
            let below = Shape { gap: 1.0, height: Some(0.1), ..line(&text, 2.0) };
            let head = Block::paragraph(format!("第三节{name}{}", number(at))).looking(head);
            blocks.extend([head, Block::paragraph(text).looking(below)]);
        }
        let place = |(at, block): (usize, Block)| block.at(Mark::Page(at as u32 / 2 + 2, 1));
        let blocks = blocks.into_iter().enumerate().map(place).collect();
        clean(Document { blocks, ..Document::default() }, &CleanOptions::default()).value.to_string()
    };
    let counted = shown(|at| at + 9);
    assert!(!counted.contains('节') && counted.contains("泵站由各村"), "{counted}");
    assert!(shown(|at| at * at).contains("泵站25"));
}

#[test]
fn a_foot_of_three_lines_goes_where_its_height_is_known() {
    let at = |text: &str, height: f32, start: Start| Shape { height: Some(height), start, ..line(text, 0.0) };
    let page = |text: &'static str| {
        [
            (text, at(text, 0.2, Start::Page)),
            ("云溪镇档案馆", at("云溪镇档案馆", 0.93, Start::Line)),
            ("全宗", at("全宗", 0.94, Start::Line)),
            ("目录", at("目录", 0.95, Start::Line)),
        ]
    };
    let pages =
        ["甲村的渠道由甲村维修。", "乙村的渠道由乙村维修。", "丙村的渠道由丙村维修。"].map(page).concat();
    let got = cleaned(&pages);
    assert!(!got.contains("档案馆") && !got.contains("全宗") && got.contains("丙村"), "{got}");
}

#[test]
fn decimals_stand_below_the_chapters_they_count() {
    let bold = Shape { bold: true, size: 1.2, ..paragraph() };
    let got = cleaned(&[
        ("第一编 灌区", bold),
        ("第一章 水源", bold),
        ("1.1 河流", bold),
        ("境内有大小河流七条。", paragraph()),
        ("1.2 水库", bold),
        ("建成水库十四座。", paragraph()),
        ("第二章 渠道", bold),
        ("2.1 干渠", bold),
        ("干渠全长九十公里。", paragraph()),
    ]);
    for heading in ["h2 第一编 灌区", "h3 第二章 渠道", "h4 1.2 水库", "h4 2.1 干渠"] {
        assert!(got.contains(&format!("{heading}\n")), "{heading}: {got}");
    }
}

#[test]
fn one_heading_set_otherwise_moves_no_other() {
    let section = Shape { bold: true, size: 1.4, face: Face::Hei, ..Shape::default() };
    let stray = Shape { bold: true, face: Face::Hei, ..Shape::default() };
    let below = Shape { size: 1.2, face: Face::Hei, bold: true, ..Shape::default() };
    let body = Shape { face: Face::Song, ..Shape::default() };
    let got = cleaned(&[
        ("第一节 水源", stray),
        ("境内有大小河流七条，水量各不相同，以春季为多。", body),
        ("第二节 渠道", section),
        ("干渠全长九十公里，支渠更长，灌溉田地三万亩。", body),
        ("维修说明", below),
        ("渠道每年清淤两次，由各村出工，县里补助一部分。", body),
        ("第三节 泵站", section),
        ("泵站共有十一座，其中三座今年改造，其余明年。", body),
    ]);
    for heading in ["h2 第二节 渠道", "h2 第三节 泵站", "h3 维修说明"] {
        assert!(got.contains(&format!("{heading}\n")), "{heading}: {got}");
    }
}

#[test]
fn bold_letters_beside_ideographs_are_the_type_of_the_heading() {
    let mixed = |parts: &[(&str, bool)]| {
        let mut text = Text::new();
        for &(part, bold) in parts {
            text.push(part, &Style { bold, ..Style::default() });
        }
        text
    };
    let large = Shape { size: 1.4, face: Face::Hei, ..paragraph() };
    let body = "渠道每年清淤两次，由各村出工，县里补助一部分。";
    let blocks = vec![
        Block::paragraph(mixed(&[("B", true), ("泵站与", false), ("PLC", true)])).looking(large),
        Block::paragraph(body).looking(paragraph()),
        Block::paragraph(mixed(&[("GIS与", false), ("PLC", true)])).looking(large),
        Block::paragraph(body).looking(paragraph()),
    ];
    let cleaned = clean(Document { blocks, ..Document::default() }, &CleanOptions::default()).value;
    let bold_runs: Vec<usize> = cleaned
        .blocks
        .iter()
        .filter_map(Block::text)
        .map(|text| text.styled().iter().filter(|run| run.style.bold).count())
        .collect();
    assert_eq!(bold_runs, [0, 0, 1, 0], "{cleaned}");
}

#[test]
fn lines_under_the_words_of_an_item_go_on() {
    let item = |bullet: &str| format!("{bullet}{}", FULL.chars().take(25).collect::<String>());
    // How far from the bullet words begin, each program has its own view of.
    for hang in [0.8, 1.0, 2.0] {
        let second = Shape { indent: 1.0 + hang, ..line("三万亩", 1.0 + hang) };
        let full = |text: &str| Shape { width: 26.8, slack: Some(0.2), ..line(text, 1.0) };
        let items = [item("•"), item("• ")];
        let got = cleaned(&[
            (&items[0], full(&items[0])),
            ("三万亩；", second),
            (&items[1], full(&items[1])),
            ("三万亩。", second),
        ]);
        let text = item("");
        let item = |end: &str| format!("  item\n    p  {text}{end}\n");
        assert_eq!(got, format!("list Bullet\n{}{}", item("三万亩；"), item("三万亩。")), "{hang}");
    }
    for (label, hang) in [("a) ", 1.5), ("（b）", 2.5), ("图3：", 2.5), ("①", 1.0), ("（1）", 2.5)] {
        let text = item(label);
        let first = Shape { width: 27.0, slack: Some(0.0), ..line(&text, 1.0) };
        let second: String = FULL.chars().take((27.0 - hang) as usize).collect();
        let full = Shape { slack: Some(0.5), ..line(&second, 1.0 + hang) };
        let got = cleaned(&[(&text, first), (&second, full), ("明年再修。", line("明年再修。", 1.0 + hang))]);
        assert_eq!(got.lines().count(), 1, "{got}");
    }
    // What is indented and stands under no words begins a paragraph.
    let text = item("图3：");
    let full = Shape { width: 27.0, slack: Some(0.0), ..line(&text, 1.0) };
    let got = cleaned(&[(&text, full), ("三万亩。", line("三万亩。", 5.0))]);
    assert_eq!(got.lines().count(), 2, "{got}");
}

#[test]
fn an_item_whose_lines_end_before_a_long_word_goes_on_under_its_words() {
    let short =
        |text: &str, indent: f32| Shape { width: 25.0 - indent, slack: Some(3.0), ..line(text, indent) };
    let lines = [
        "• a mill whose yearly output is above the",
        "threshold of the council of the lower Windle",
        "(rev 3)",
    ];
    let got = cleaned(&[
        (lines[0], short(lines[0], 1.0)),
        (lines[1], short(lines[1], 3.0)),
        (lines[2], Shape { width: 3.0, slack: Some(22.0), ..line(lines[2], 3.0) }),
    ]);
    assert_eq!(got, format!("p  {}\n", lines.join(" ")));
    // A capital letter may begin a paragraph below the item.
    let below = "Mills are counted once a year.";
    let first = Shape { width: 21.0, slack: Some(6.0), ..line(lines[0], 1.0) };
    let got = cleaned(&[(lines[0], first), (below, short(below, 3.0))]);
    assert_eq!(got, format!("p  {}\np  {below}\n", lines[0]));
}

#[test]
fn a_block_that_is_further_in_is_one_paragraph() {
    let quote = [
        "湖在县治之北三十里周回百里水深而清多鱼鳖菱芡之利",
        "沿湖居民以渔为业春则网于南汀秋则罾于北渚终岁勤劳而",
        "不足以供赋税。",
    ];
    let got = cleaned(&quote.map(|text| (text, line(text, 4.0))));
    assert_eq!(got, format!("p  {}\n", quote.concat()));
    let hanging = [
        "渔获：沿湖渔民在一个渔汛期里捕捞上岸的全部水产品包括鱼虾",
        "蟹和各种贝类但是不包括人工养殖的部分统计的时候以上",
        "岸称重为准。",
    ];
    let got = cleaned(&std::array::from_fn::<_, 3, _>(|at| {
        (hanging[at], line(hanging[at], if at == 0 { 0.0 } else { 3.0 }))
    }));
    assert_eq!(got, format!("p  {}\n", hanging.concat()));
    // Sentences that fill their lines are paragraphs, and entries of a narrow column are lines.
    let sentences = ["石桥村今年新修渠道四公里改造泵站一座灌溉面积扩大。", "白石村今年新修渠道三公里。"];
    assert_eq!(cleaned(&sentences.map(|text| (text, line(text, 2.0)))).lines().count(), 2);
    let cells = ["石桥村的渠道", "白石村的泵站"];
    let narrow = |text: &str| Shape { slack: Some(0.0), ..line(text, 2.0) };
    assert_eq!(cleaned(&cells.map(|text| (text, narrow(text)))).lines().count(), 2);
}

#[test]
fn text_beside_a_picture_ends_where_the_picture_begins() {
    let beside = |text: &str| Shape { slack: Some(10.0), width: 18.0, ..line(text, 0.0) };
    let prose = [
        "湖在县治之北，周回百里，水深而清，多鱼",
        "鳖菱芡之利，沿湖居民以渔为业，春则网于",
        "南汀，秋则罾于北渚，终岁勤劳，而所入不",
    ];
    let last = ("足。", Shape { slack: Some(26.0), ..line("足。", 0.0) });
    let mut lines = prose.map(|text| (text, beside(text))).to_vec();
    lines.push(last);
    assert_eq!(cleaned(&lines), format!("p  {}足。\n", prose.concat()));
    let list = [
        "石桥村的渠道和泵站已经全部修好",
        "白石村的渠道和泵站已经全部修好",
        "柳树村的渠道和泵站已经全部修好",
    ];
    assert_eq!(cleaned(&list.map(|text| (text, beside(text)))).lines().count(), 3);
}

#[test]
fn an_item_that_counts_the_last_one_on_begins_a_paragraph() {
    let texts = ["a", "b"].map(|letter| format!("{letter}) {}", FULL.chars().take(25).collect::<String>()));
    let full = |text: &str| Shape { width: 26.8, slack: Some(0.2), ..line(text, 1.0) };
    let got = cleaned(&[(&texts[0], full(&texts[0])), (&texts[1], full(&texts[1]))]);
    assert_eq!(got.lines().count(), 2, "{got}");
}

#[test]
fn headings_above_one_paragraph_each_are_headings_down_from_the_title() {
    let title = Shape { size: 1.6, align: Align::Center, ..paragraph() };
    let large = Shape { size: 1.2, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let names = ["水源", "渠道", "泵站", "桥涵", "管理"];
    let blocks: Vec<(&str, Shape)> = std::iter::once(("青汶县灌区手册", title))
        .chain(names.into_iter().flat_map(|name| [(name, large), (body, paragraph())]))
        .collect();
    let got = cleaned(&blocks);
    let expected: String = names.iter().map(|name| format!("h2 {name}\np  {body}\n")).collect();
    assert_eq!(got, format!("h1 青汶县灌区手册\n{expected}"));
    // Alone, or above another short line, it is the subtitle.
    let author = ("水利局编", paragraph());
    let with_subtitle = cleaned(&[&blocks[..1], &[("灌区分册", large), author], &blocks[3..]].concat());
    assert!(with_subtitle.contains("p  灌区分册\n"), "{with_subtitle}");
}

#[test]
fn numbers_do_not_count_among_the_letters_of_a_heading_and_captions_are_none() {
    let bold = Shape { bold: true, size: 1.2, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let got = cleaned(&[
        ("1.1编写目的", bold),
        (body, paragraph()),
        ("2.1目标", bold),
        (body, paragraph()),
        ("2.2 渠道漏水怎么办？", bold),
        (body, paragraph()),
        ("表2.1各村渠道长度", bold),
        (body, paragraph()),
        ("12.5元", Shape { size: 1.5, ..bold }),
        (body, paragraph()),
    ]);
    for heading in ["1.1编写目的", "2.1目标", "2.2 渠道漏水怎么办？"] {
        assert!(got.contains(&format!("h2 {heading}\n")), "{heading}: {got}");
    }
    assert_eq!(got.matches("h2 ").count(), 3, "{got}");
}

#[test]
fn a_line_with_a_bullet_is_a_heading_only_in_larger_type_above_prose() {
    let bold = Shape { bold: true, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let got = cleaned(&[
        (body, paragraph()),
        ("⚫ 水源", Shape { size: 1.2, ..bold }),
        (body, paragraph()),
        ("⚫ 渠道", bold),
        (body, paragraph()),
        ("⚫ 泵站", Shape { size: 1.2, ..bold }),
        ("桥涵", paragraph()),
    ]);
    assert_eq!(got.matches("h2 ").count(), 1, "{got}");
    assert!(got.contains("h2 ⚫ 水源\n"), "{got}");
}

#[test]
fn an_outline_that_leads_to_the_title_leaves_the_next_level_to_the_headings_below() {
    let listed = |outline: u8, size: f32| Shape { outline: Some(outline), size, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let got = cleaned(&[
        ("青汶县灌区手册", Shape { align: Align::Center, ..listed(1, 1.6) }),
        ("水源", listed(2, 1.3)),
        (body, paragraph()),
        ("渠道", listed(2, 1.3)),
        (body, paragraph()),
    ]);
    assert_eq!(got, format!("h1 青汶县灌区手册\nh2 水源\np  {body}\nh2 渠道\np  {body}\n"));
}

#[test]
fn a_list_that_an_outline_leaves_out_moves_no_heading() {
    let listed = |outline: u8| Shape { outline: Some(outline), bold: true, size: 1.3, ..paragraph() };
    let body = "各村分段包干，三月底前完成清淤，由县水利局派人检查验收。";
    let mut blocks = vec![("第一章 水源", listed(1))];
    for name in ["1.1 河流", "1.2 水库", "1.3 水井", "1.4 水窖"] {
        blocks.extend([(name, listed(2)), (body, paragraph())]);
    }
    for step in ["1.查看水位", "2.记下水位", "3.报告水位"] {
        blocks.extend([(step, paragraph()), (body, paragraph())]);
    }
    blocks.extend([("第二章 渠道", listed(1)), ("2.1 干渠", listed(2)), (body, paragraph())]);
    let got = cleaned(&blocks);
    for line in ["h2 第二章 渠道", "h3 1.1 河流", "h3 2.1 干渠"] {
        assert!(got.contains(&format!("{line}\n")), "{line}: {got}");
    }
    assert_eq!(got.matches("\nh").count(), 6, "{got}");
}

#[test]
fn a_link_that_goes_on_in_the_next_line_is_one() {
    let linked = |parts: [(&str, bool); 2], target: &str| {
        let mut text = Text::new();
        for (part, is_link) in parts {
            let link = is_link.then(|| target.into());
            text.push(part, &Style { link, ..Style::default() });
        }
        text
    };
    let address = "https://example.org/guides/of/the/canal/index.html";
    for (target, cut, joined) in [
        (address, ["https://example.org/guides", "/of/the/canal/index.html"], address),
        (
            "https://example.org/canal",
            ["the notes of the whole canal", "in twelve parts"],
            "the notes of the whole canal in twelve parts",
        ),
    ] {
        let full = Shape { width: 28.0, slack: Some(0.0), ..line("", 0.0) };
        let first =
            Block::paragraph(linked([("渠道维修的办法见", false), (cut[0], true)], target)).looking(full);
        let second = linked([(cut[1], true), ("。", false)], target);
        let second = Block::paragraph(second).looking(Shape { slack: Some(14.0), width: 14.0, ..full });
        let document = Document { blocks: vec![first, second], ..Document::default() };
        let got = clean(document, &CleanOptions::default()).value;
        assert_eq!(got.to_string(), format!("p  渠道维修的办法见[a={target} {joined}]。\n"));
    }
}
