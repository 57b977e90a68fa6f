use super::typeset::{Typeset, prose, shown};
use crate::page::Page;

/// A page of text with a raised 1 and a ② in it, and what stands in small type at its foot.
fn page(foot: &[&str]) -> Page {
    let mut set = Typeset::new();
    set.paragraph(70.0, 100.0, 15.0, 40, &prose(600));
    let x = set.set(70.0, 600.0, "上湾村的渠道");
    (set.size, set.font) = (6.0, 0);
    let x = set.set(x, 596.5, "1");
    set.size = 10.0;
    set.set(x, 600.0, "由下湾村②维修");
    set.size = 8.0;
    let mut y = 700.0;
    for line in foot {
        let rest = line.strip_prefix('^');
        let mut x = 70.0;
        if rest.is_some() {
            set.size = 5.0;
            x = set.set(x, y - 3.0, "1");
            set.size = 8.0;
        }
        set.set(x, y, rest.unwrap_or(line));
        y += 11.0;
    }
    set.size = 10.0;
    set.set(290.0, 800.0, "3");
    set.page
}

#[test]
fn notes_at_the_foot_are_notes_where_the_text_refers_to_them() {
    let (got, log) = shown(vec![page(&["^见镇志第三卷，", "第四页。", "②下湾村在河的", "南岸。"])]);
    assert!(got.contains("p  上湾村的渠道{note 1}由下湾村{note 2}维修\np  3\n"), "{got}");
    assert!(got.contains("见镇志第三卷，第四页。"), "{got}");
    assert!(got.contains("下湾村在河的南岸。"), "{got}");
    assert_eq!(log, ["page 1, line 18: pdf-note: the note of 1", "page 1, line 20: pdf-note: the note of ②"]);
}

#[test]
fn small_type_that_nothing_refers_to_stays() {
    let (got, log) = shown(vec![page(&["③下湾村在河的南岸。", "资料来源：镇志"])]);
    assert!(got.contains("p  ③下湾村在河的南岸。\np  资料来源：镇志\n"), "{got}");
    assert_eq!(log, [""; 0]);
}

#[test]
fn a_page_number_close_below_a_note_is_no_part_of_it() {
    let mut low = page(&["^见镇志第三卷。", "第1页"]);
    low.glyphs.iter_mut().filter(|glyph| glyph.y > 690.0).for_each(|glyph| glyph.y += 40.0);
    let (got, _) = shown(vec![low]);
    assert!(got.contains("p  第1页\n") && got.contains("见镇志第三卷。\n"), "{got}");
    let (got, _) = shown(vec![page(&["^见镇志第三卷，1998年，第", "12页。"])]);
    assert!(got.contains("1998年，第12页。"), "{got}");
}

#[test]
fn references_are_no_notes_and_their_numbers_no_marks() {
    for foot in [&["参考文献", "[1]镇志第三卷。", "②镇志第四卷。"][..], &["[1]镇志第三卷。"]]
    {
        let (got, log) = shown(vec![page(foot)]);
        assert!(got.contains("p  [1]镇志第三卷。\n"), "{got}");
        assert_eq!(log, [""; 0]);
    }
}

#[test]
fn a_sign_that_tex_sets_is_a_mark() {
    let mut foot = page(&["∗下湾村人。"]);
    let mark = foot.glyphs.iter().position(|glyph| glyph.size == 6.0).unwrap_or_default();
    foot.glyphs[mark].start = foot.text.len() as u32;
    foot.glyphs[mark].bytes = '∗'.len_utf8() as u8;
    foot.text.push('∗');
    let (got, _) = shown(vec![foot]);
    assert!(got.contains("上湾村的渠道{note 1}") && got.contains("下湾村人。"), "{got}");
}

#[test]
fn notes_do_not_part_the_halves_of_a_table() {
    let table = |set: &mut Typeset, y: f32, rows: &[[&str; 2]]| {
        let ys: Vec<f32> = (0..=rows.len()).map(|row| y + 20.0 * row as f32).collect();
        set.lattice(&[70.0, 200.0, 500.0], &ys);
        for (row, y) in rows.iter().zip(ys) {
            set.set(75.0, y + 14.0, row[0]);
            set.set(205.0, y + 14.0, row[1]);
        }
    };
    let mut first = Typeset::new();
    first.paragraph(70.0, 100.0, 15.0, 40, &prose(600));
    let x = first.set(70.0, 560.0, "各村的渠道");
    (first.size, first.font) = (6.0, 0);
    first.set(x, 556.5, "1");
    first.size = 10.0;
    table(&mut first, 600.0, &[["村名", "渠道"], ["上湾", "九里"], ["下湾", "七里"]]);
    first.size = 5.0;
    let x = first.set(70.0, 737.0, "1");
    first.size = 8.0;
    first.set(x, 740.0, "不含支渠。");
    let mut second = Typeset::new();
    second.page.number = 2;
    table(&mut second, 80.0, &[["中湾", "三里"], ["后湾", "五里"]]);
    second.paragraph(70.0, 200.0, 15.0, 40, &prose(600));
    let (got, _) = shown(vec![first.page, second.page]);
    assert_eq!(got.matches("table").count(), 1, "{got}");
    assert!(got.contains("不含支渠。"), "{got}");
}
