use super::*;

/// Counts paragraphs given as (list, level) and joins what is printed.
fn printed(numbering: &str, paragraphs: &[(u32, usize)]) -> String {
    let text = format!("<w:numbering>{numbering}</w:numbering>");
    let mut fonts = Fonts::default();
    let styles = Styles::new(None, 64, &mut fonts);
    let mut numbering = Numbering::new(Some(&text), 64);
    let all: Vec<String> = paragraphs
        .iter()
        .map(|&(list, level)| match numbering.count(list, level, &styles, &mut fonts) {
            None => "-".to_owned(),
            Some(Printed::Bullet(done)) => done.map_or("•", |done| if done { "☑" } else { "☐" }).to_owned(),
            Some(Printed::Number { text, .. }) => text,
        })
        .collect();
    all.join(" ")
}

fn level(index: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>\
         <w:lvlText w:val='{text}'/>{more}</w:lvl>"
    )
}

fn list(levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
}

#[test]
fn lower_levels_start_anew_after_higher_ones() {
    let levels = level(0, "chineseCounting", "%1、", "") + &level(1, "chineseCounting", "（%2）", "");
    let counted = printed(&list(&levels), &[(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]);
    assert_eq!(counted, "一、 （一） （二） 二、 （一）");
}

#[test]
fn a_level_may_run_on_through_higher_ones() {
    let article = level(1, "chineseCountingThousand", "第%2条", "<w:lvlRestart w:val='0'/>");
    let levels = level(0, "chineseCountingThousand", "第%1章", "") + &article;
    let counted = printed(&list(&levels), &[(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]);
    assert_eq!(counted, "第一章 第一条 第二条 第二章 第三条");
}

#[test]
fn a_level_may_start_anew_only_after_a_certain_one() {
    let levels = level(0, "decimal", "%1", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "decimal", "%3", "<w:lvlRestart w:val='1'/>");
    let counted = printed(&list(&levels), &[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]);
    assert_eq!(counted, "1 1.1 1 1.2 2 2 2.1 1");
}

#[test]
fn several_levels_in_one_number_and_legal_digits() {
    let levels = level(0, "chineseCounting", "第%1章", "")
        + &level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + &level(2, "decimal", "%1.%2.%3", "");
    assert_eq!(printed(&list(&levels), &[(1, 0), (1, 1), (1, 2)]), "第一章 1.1 一.1.1");
}

#[test]
fn levels_that_are_passed_over_count_as_used() {
    let levels = level(0, "decimal", "%1", "") + &level(1, "decimal", "%1.%2", "");
    assert_eq!(printed(&list(&levels), &[(1, 1), (1, 1), (1, 0)]), "1.1 1.2 2");
    let levels = levels + &level(2, "upperRoman", "%1.%2.%3", "");
    assert_eq!(printed(&list(&levels), &[(1, 0), (1, 2), (1, 1), (1, 2)]), "1 1.1.I 1.2 1.2.I");
    let over = list(&levels)
        + "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>\
           <w:startOverride w:val='5'/></w:lvlOverride></w:num>";
    assert_eq!(printed(&over, &[(1, 0), (1, 0), (2, 1), (2, 1), (2, 0)]), "1 2 5.1 5.2 6");
}

#[test]
fn lists_of_one_family_count_on_until_one_states_a_start() {
    let lists = list(&level(0, "decimal", "%1.", ""))
        + "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>\
           <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>\
           <w:startOverride w:val='7'/></w:lvlOverride></w:num>";
    let counted = printed(&lists, &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]);
    assert_eq!(counted, "1. 2. 7. 8. 9.");
}

#[test]
fn signs_are_bullets_and_words_are_not() {
    let levels = level(0, "bullet", "\u{f06c}", "")
        + &level(1, "bullet", "", "")
        + &level(2, "bullet", "注：", "")
        + &level(3, "none", "", "")
        + &level(4, "decimal", "%5", "<w:rPr><w:vanish/></w:rPr>")
        + &level(5, "bullet", "o", "")
        + &level(6, "bullet", "☐", "")
        + &level(7, "bullet", "☒", "");
    let counted = printed(
        &list(&levels),
        &[(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8), (9, 0)],
    );
    assert_eq!(counted, "• - 注： - - • ☐ ☑ - -");
}

#[test]
fn patterns_stand_for_formats() {
    for (pattern, number, want) in [
        ("001, 002, 003, ...", 12, "012"),
        ("一, 十, 一百(简), ...", 10, "十"),
        ("①, ②, ③, ...", 2, "②"),
        ("甲, 乙, 丙 ...", 3, "丙"),
        ("what, ever", 3, "3"),
    ] {
        assert_eq!(format::write(number, &format::of_pattern(pattern)), want, "{pattern}");
    }
}

#[test]
fn a_list_may_stand_in_a_numbering_style() {
    let styles = "<w:styles><w:style w:type='numbering' w:styleId='S'><w:pPr><w:numPr><w:numId w:val='2'/>\
                  </w:numPr></w:pPr></w:style></w:styles>";
    let text = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='S'/></w:abstractNum>\
         <w:abstractNum w:abstractNumId='1'><w:styleLink w:val='S'/>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
        level(0, "upperRoman", "%1.", "")
    );
    let mut fonts = Fonts::default();
    let styles = Styles::new(Some(styles), 64, &mut fonts);
    let mut numbering = Numbering::new(Some(&text), 64);
    let mut count = |list| numbering.count(list, 0, &styles, &mut fonts);
    let number = |text: &str| Some(Printed::Number { text: text.into(), suffix: Suffix::Tab, plain: None });
    assert_eq!((count(1), count(2)), (number("I."), number("II.")));
}
