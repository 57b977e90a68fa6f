//! Makes `testdata/text`: our own small texts in each encoding, whole and damaged.
//!
//! `cargo run -p qingwen-tests --bin make-text` writes them anew; a difference means that this changed.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1251};

const NOTICE: &str = "临河县人民政府办公室\n关于开展春季防火检查的通知\n\n各乡镇人民政府，县直各单位：\n    为切实做好春季防火工作，经县政府同意，现就有关事项通知如下：\n　　一、检查时间：2024年3月5日至20日。\n\n　　二、检查重点：林区、仓库、学校、医院。\n";
const TRADITIONAL: &str = "臨河縣水利協會會訊\n\n　　本會訂於三月五日召開年度大會，敬請會員踴躍參加。\n";
const JAPANESE: &str = "海辺町の図書館だより\n三月の休館日は五日と十二日です。\n";
const KOREAN: &str = "바닷가 마을 소식지\n삼월 오일에 도서관이 문을 닫습니다.\n";
const RUSSIAN: &str = "Вестник посёлка Озёрный\nБиблиотека закрыта пятого марта.\n";

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} cannot write it", encoding.name());
    bytes.into_owned()
}

fn main() {
    let folder = qingwen_tests::root().join("testdata/text");
    std::fs::create_dir_all(&folder).unwrap();
    let gbk = encoded(GB18030, NOTICE);
    let utf16 = |order: fn(u16) -> [u8; 2]| NOTICE.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let line = gbk.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let half = gbk.len() / 2 + gbk[gbk.len() / 2..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("gbk", gbk.clone()),
        ("gbk-eight-bytes", encoded(GB18030, "中文测试")),
        (
            "gb18030-four-bytes",
            encoded(GB18030, "㐀人名：𠮷田、䶮；音标：ḿǹ；竖排：︐︑\n本件由临河县档案馆整理。\n"),
        ),
        ("gbk-windows-ends", encoded(GB18030, &NOTICE.replace('\n', "\r\n"))),
        ("gbk-mixed-ends", encoded(GB18030, "第一行内容\r第二行内容\n第三行内容\r\n\r\n第五行内容\n")),
        (
            "gbk-pages",
            encoded(GB18030, "第一页的正文在这里\n\u{c}第二页的正文在这里\n\n\u{c}\n第三页的正文在这里\n"),
        ),
        ("gbk-cut-start", gbk[1..].to_vec()),
        ("gbk-cut-end", gbk[..gbk.len() - 2].to_vec()),
        ("gbk-stray-byte", [&gbk[..line + 6], b"\xFF", &gbk[line + 6..]].concat()),
        ("gbk-with-utf-8", [&gbk[..half], "附件：防火检查登记表\n".as_bytes(), &gbk[half..]].concat()),
        (
            "utf-8-with-gbk",
            [NOTICE.as_bytes(), &encoded(GB18030, "附件：防火检查登记表\n"), "特此通知。\n".as_bytes()]
                .concat(),
        ),
        ("utf-8-marks", ["\u{feff}".as_bytes(), NOTICE.as_bytes(), "\u{feff}附件\n".as_bytes()].concat()),
        ("utf-8-cut", NOTICE.as_bytes()[1..NOTICE.len() - 3].to_vec()),
        ("gbk-private-use", [&gbk[..], b"\xAA\xA1\n"].concat()),
        ("utf-16le-mark", [b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat()),
        ("utf-16le", utf16(u16::to_le_bytes)),
        ("utf-16be", utf16(u16::to_be_bytes)),
        ("utf-32le", NOTICE.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ("big5", encoded(BIG5, TRADITIONAL)),
        ("shift-jis", encoded(SHIFT_JIS, JAPANESE)),
        ("euc-jp", encoded(EUC_JP, JAPANESE)),
        ("euc-kr", encoded(EUC_KR, KOREAN)),
        ("windows-1251", encoded(WINDOWS_1251, RUSSIAN)),
        ("hz", b"Linhe Gazette\n~{VPND2bJT~} and ASCII ~~\n".to_vec()),
        ("iso-2022-cn", b"Linhe Gazette\n\x1B$)A\x0EVPND2bJT\x0F\n".to_vec()),
        ("zeros-at-end", [&gbk[..], &[0; 200]].concat()),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        (
            "noise",
            (0..400u32).map(|at| (at.wrapping_mul(at).wrapping_mul(2_654_435_761) >> 11) as u8).collect(),
        ),
        ("empty", Vec::new()),
    ];
    for (name, bytes) in &files {
        std::fs::write(folder.join(format!("{name}.txt")), bytes).unwrap();
    }
    println!("{} files in {}", files.len(), folder.display());
}
