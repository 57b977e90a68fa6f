use super::*;

fn class(text: &str) -> Option<(Class, u32)> {
    parse(text).map(|e| (e.class, e.number))
}

#[test]
fn what_begins_with_an_enumerator_may() {
    const PARTS: [&str; 20] = [
        "第", "（", "(", "）", ")", "一", "十", "两", "〇", "1", "２", ".", "．", "、", " ", "章", "①", "㈠",
        "\u{3000}", "水",
    ];
    for number in 0..PARTS.len().pow(4) {
        let part = |place: u32| PARTS[number / PARTS.len().pow(place) % PARTS.len()];
        let text = format!("{}{}{}{}水库", part(0), part(1), part(2), part(3));
        let is_one = parse(&text).is_some() || ambiguous(&text).is_some();
        assert!(!is_one || may_begin(chars::strip_start(&text)), "{text}");
    }
}

#[test]
fn enumerators_of_all_classes_are_recognised() {
    for (text, expected) in [
        ("第一编 总则", (Class::Book, 1)),
        ("第二分编 准合同", (Class::SubBook, 2)),
        ("第三部分 附录", (Class::Part, 3)),
        ("第十二章　附则", (Class::Chapter, 12)),
        ("第 3 章 设计", (Class::Chapter, 3)),
        ("第二节 程序", (Class::Section, 2)),
        ("第一百零三条 本法", (Class::Article, 103)),
        ("第一百二十条之一 资助", (Class::Article, 120)),
        ("十一、其他", (Class::Han, 11)),
        ("（十）其他", (Class::HanParen, 10)),
        ("(二）其他", (Class::HanParen, 2)),
        ("（ 三 ）其他", (Class::HanParen, 3)),
        ("㈣其他", (Class::HanParen, 4)),
        ("1.其他", (Class::Arabic, 1)),
        ("２．其他", (Class::Arabic, 2)),
        ("3、其他", (Class::Arabic, 3)),
        ("（4）其他", (Class::ArabicParen, 4)),
        ("⑸其他", (Class::ArabicParen, 5)),
        ("6）其他", (Class::ArabicRight, 6)),
        ("⑦其他", (Class::Circled, 7)),
        ("1.2.3 其他", (Class::Decimal, 3)),
        ("　　一、其他", (Class::Han, 1)),
        ("一、一季度工作回顾", (Class::Han, 1)),
        ("二、二级响应", (Class::Han, 2)),
        ("二、一线职工慰问", (Class::Han, 2)),
        ("1、2023年工作回顾", (Class::Arabic, 1)),
        ("1、5G基站建设", (Class::Arabic, 1)),
        ("2.2024年重点任务。抓好落实。", (Class::Arabic, 2)),
        ("3.2024—2026年目标", (Class::Arabic, 3)),
        ("4、2024—2026年目标", (Class::Arabic, 4)),
        ("5、12345热线办理", (Class::Arabic, 5)),
        ("第四章所有权", (Class::Chapter, 4)),
        ("第三章规划编制", (Class::Chapter, 3)),
        ("第三章中期评估", (Class::Chapter, 3)),
        ("第二章以案释法", (Class::Chapter, 2)),
        ("第五章及时响应", (Class::Chapter, 5)),
        ("第六章项目管理", (Class::Chapter, 6)),
        ("第七章和谐社区", (Class::Chapter, 7)),
    ] {
        assert_eq!(class(text), Some(expected), "{text}");
    }
}

#[test]
fn what_only_looks_like_an_enumerator_is_none() {
    for text in [
        "（一）项所列情形",
        "（一）至（三）项",
        "（二）（三）项",
        "一、二、三产业",
        "3.15消费者",
        "12.4国家宪法日",
        "1.5万元",
        "2024.1.5召开",
        "1、2号楼",
        "3、12月",
        "1.2024",
        "1.2024万元",
        "一、二级公路",
        "二、三季度",
        "一、一产业",
        "一是强化",
        "第三条例",
        "第三条规划",
        "第二章规定的",
        "第二章规定了",
        "第二章所列情形",
        "第二章中的规定",
        "第二章以外",
        "第二章及第三章",
        "第二章和第三章",
        "第三条第一款",
        "第三编辑部主任",
        "第二节课",
        "100.甲",
        "3.",
        "十分重要",
        "第4294967295章",
        "",
    ] {
        assert_eq!(class(text), None, "{text}");
    }
}

#[test]
fn what_may_be_an_item_or_a_list_of_numbers_is_ambiguous() {
    assert_eq!(ambiguous("二、三季度工作安排").map(|e| e.number), Some(2));
    for text in ["二、一线职工", "一、二、三产业", "一、二产业", "二、三季度增长。", "1、2号楼", "二、甲"]
    {
        assert!(ambiguous(text).is_none(), "{text}");
    }
}

#[test]
fn chinese_numbers_have_values() {
    for (text, value) in [
        ("一", 1),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百零三", 103),
        ("二〇", 20),
        ("一千二百六十", 1260),
    ] {
        assert_eq!(numeral(text).map(|n| n.0), Some(value), "{text}");
    }
}
