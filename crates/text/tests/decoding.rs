//! What the decoder promises of bytes, whole and damaged.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use proptest::prelude::*;
use qingwen_model::{ErrorKind, Mark};
use qingwen_text::{Decoder, Fault, Reader, TextOptions, read};

fn options(label: Option<&str>) -> TextOptions {
    TextOptions { encoding: label.map(str::to_owned), ..TextOptions::default() }
}

/// Decodes in pieces of a length: text, encoding, faults with their places in the whole text.
fn decode_in(bytes: &[u8], label: Option<&str>, length: usize) -> (String, &'static str, Vec<Fault>) {
    let mut decoder = Decoder::new(&options(label)).unwrap();
    let (mut text, mut faults) = (String::new(), Vec::new());
    for piece in bytes.chunks(length) {
        let start = text.len();
        decoder.push(piece, &mut text).unwrap();
        faults.extend(decoder.take_faults().into_iter().map(|f| Fault { place: f.place + start, ..f }));
    }
    let start = text.len();
    decoder.finish(&mut text).unwrap();
    faults.extend(decoder.take_faults().into_iter().map(|f| Fault { place: f.place + start, ..f }));
    (text, decoder.encoding().unwrap(), faults)
}

fn decode(bytes: &[u8], label: Option<&str>) -> (String, &'static str, Vec<Fault>) {
    decode_in(bytes, label, bytes.len().max(1))
}

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} cannot write {text}", encoding.name());
    bytes.into_owned()
}

/// A report as offices write it, long enough to leave no doubt.
const REPORT: &str = concat!(
    "临河县水务局关于供水安全检查情况的报告\n\n",
    "　　根据县政府的统一部署，我局于三月上旬对全县供水设施进行了全面检查，现将有关情况报告如下：\n",
    "一、基本情况\n",
    "　　此次共检查水厂12座、泵站37处，发现问题46个，已经整改41个。\n",
);

#[test]
fn eight_bytes_of_gbk_are_not_korean() {
    let (text, name, faults) = decode(&encode(GB18030, "中文测试"), None);
    assert_eq!((text.as_str(), name, faults), ("中文测试", "gb18030", vec![]));
}

#[test]
fn few_characters_tell_the_encodings_apart() {
    for (encoding, text) in [
        (GB18030, "会议纪要"),
        (GB18030, "关于做好工作的通知"),
        (BIG5, "中文測試"),
        (BIG5, "會議紀錄"),
        (SHIFT_JIS, "これはテスト"),
        (EUC_JP, "日本語のテスト"),
        (EUC_KR, "한국어로 쓴"),
    ] {
        let (got, name, _) = decode(&encode(encoding, text), None);
        assert_eq!((got.as_str(), name), (text, encoding.name()));
    }
}

#[test]
fn pairs_of_surrogates_alone_are_a_text_of_utf_16() {
    // Deseret, Osmanya, rare ideographs, emoji.
    for text in ["𐐏𐐭", "𐒋𐒘𐒕", "𠀋𡃁", "😀👍🎉"] {
        for (label, bytes) in
            [("UTF-16LE", utf16(text, u16::to_le_bytes)), ("UTF-16BE", utf16(text, u16::to_be_bytes))]
        {
            let (got, name, faults) = decode(&bytes, None);
            assert_eq!((got.as_str(), name, faults), (text, label, vec![]));
        }
    }
    // Halves of pairs alone are no text.
    let halves: Vec<u8> =
        [0xD801u16, 0xD802, 0xD803, 0xD804].iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let read = read(&halves, &options(None));
    assert!(!matches!(read, Ok(read) if read.value.meta.encoding.as_deref() == Some("UTF-16BE")));
}

#[test]
fn utf_16_needs_no_mark_and_may_lack_its_first_byte() {
    for (label, bytes) in
        [("UTF-16LE", utf16(REPORT, u16::to_le_bytes)), ("UTF-16BE", utf16(REPORT, u16::to_be_bytes))]
    {
        let (text, name, faults) = decode(&bytes, None);
        assert_eq!((text.as_str(), name, faults), (REPORT, label, vec![]));
        let (text, name, faults) = decode(&bytes[1..], None);
        let rest: String = REPORT.chars().skip(1).collect();
        assert_eq!((text.trim_start_matches('\u{fffd}'), name), (rest.as_str(), label));
        assert_eq!(faults, [Fault { offset: 0, bytes: vec![bytes[1]], place: 0 }]);
    }
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn escapes_of_seven_bits_are_obeyed() {
    for (name, bytes, text) in [
        ("HZ-GB-2312", b"Note: ~{VPND~}~~\n".as_slice(), "Note: 中文~\n"),
        ("ISO-2022-CN", b"\x1B$)A\x0EVPND\x0F.\n", "中文.\n"),
        ("ISO-2022-CN", b"\x1B$)G\x0EDcEF\x0F.\n", "中文.\n"),
        ("ISO-2022-KR", b"\x1B$)C\n\x0EGQ19\x0F.\n", "\n한국.\n"),
        ("ISO-2022-JP", b"\x1B$BF|K\\\x1B(B.\n", "日本.\n"),
    ] {
        assert_eq!(decode(bytes, None), (text.to_owned(), name, vec![]), "{name}");
    }
}

#[test]
fn hz_cut_within_its_shift_is_still_chinese() {
    assert_eq!(decode(b"VPND~} and ~{VPND~}\n", Some("hz-gb-2312")).0, "中文 and 中文\n");
}

#[test]
fn gb18030_is_that_of_2022() {
    // Vertical forms that older decoders send to the private use area.
    assert_eq!(
        decode(b"\xA6\xD9\xA6\xDF\xA8\xBC\xFE\x59", Some("gbk")).0,
        "\u{fe10}\u{fe16}\u{1e3f}\u{9fb4}"
    );
    assert_eq!(decode(b"\x81\x35\xF4\x37\x95\x32\x82\x36", Some("gb18030")).0, "\u{e7c7}\u{20000}");
}

#[test]
fn a_label_overrules_and_an_unknown_one_is_refused() {
    let bytes = encode(GB18030, "中文测试");
    assert_eq!(decode(&bytes, Some("euc-kr")).1, "EUC-KR");
    assert_eq!(Decoder::new(&options(Some("klingon"))).unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn a_mark_at_the_start_is_no_character() {
    for bytes in [
        b"\xEF\xBB\xBFabc\n".as_slice(),
        b"\xFF\xFEa\0b\0c\0\n\0",
        b"\0\0\xFE\xFF\0\0\0a\0\0\0b\0\0\0c\0\0\0\n",
    ] {
        assert_eq!(decode(bytes, None).0, "abc\n");
    }
}

#[test]
fn lines_of_utf_8_in_gbk_are_read_and_told() {
    let mut bytes = encode(GB18030, REPORT);
    bytes.extend("附件：检查问题清单\n".as_bytes());
    bytes.extend(encode(GB18030, "特此报告。\n"));
    let read = read(&bytes, &TextOptions::default()).unwrap();
    let text: Vec<&str> = read.value.blocks.iter().filter_map(|b| b.text().map(|t| t.as_str())).collect();
    assert_eq!(text[text.len() - 2..], ["附件：检查问题清单", "特此报告。"]);
    let told: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["line 6: text-mixed-encoding: read as UTF-8"]);
}

#[test]
fn lines_of_gbk_in_utf_8_are_read_and_told() {
    let mut bytes = REPORT.as_bytes().to_vec();
    bytes.extend(encode(GB18030, "附件：检查问题清单\n"));
    bytes.extend("特此报告。\n".as_bytes());
    let read = read(&bytes, &TextOptions::default()).unwrap();
    let text: Vec<&str> = read.value.blocks.iter().filter_map(|b| b.text().map(|t| t.as_str())).collect();
    assert_eq!(text[text.len() - 2..], ["附件：检查问题清单", "特此报告。"]);
    assert_eq!(read.value.meta.encoding.as_deref(), Some("UTF-8"));
    let told: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["line 6: text-mixed-encoding: read as gb18030"]);
}

#[test]
fn a_stray_byte_costs_itself_only() {
    for encoding in [GB18030, encoding_rs::UTF_8] {
        let whole = encode(encoding, REPORT);
        let line = whole.iter().position(|b| *b == b'\n').unwrap() + 2;
        let text_line = REPORT.find('\n').unwrap() + 2;
        // After the indentation and six characters of the body.
        let at = line + encode(encoding, "　　根据县政府的").len();
        let mut bytes = whole.clone();
        bytes.insert(at, 0xFF);
        let (text, name, faults) = decode(&bytes, None);
        let place = text_line + "　　根据县政府的".len();
        assert_eq!(text, format!("{}\u{fffd}{}", &REPORT[..place], &REPORT[place..]), "{name}");
        assert_eq!(faults, [Fault { offset: at as u64, bytes: vec![0xFF], place }]);
    }
}

#[test]
fn half_a_character_does_not_put_the_rest_out_of_step() {
    let whole = encode(GB18030, REPORT);
    let (text, _, faults) = decode(&whole[1..], None);
    assert_eq!(text, format!("\u{fffd}{}", REPORT.strip_prefix('临').unwrap()));
    assert_eq!(faults, [Fault { offset: 0, bytes: vec![whole[1]], place: 0 }]);
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    for (bytes, name) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "PNG"),
        (b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "Word 97"),
        (b"MZ\x90\0\x03\0\0\0\x04\0", "Windows program"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x01\x02\x03\x04\0\0\x05\x06\xFF\xFE\x01\x02\x03\x01", "binary"),
    ] {
        let error = read(bytes, &TextOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn controls_that_word_left_in_a_short_text_do_not_make_it_binary() {
    let text = "依据\u{2}规定\u{5}执行";
    assert_eq!(decode(text.as_bytes(), None), (text.to_owned(), "UTF-8", vec![]));
    for bytes in ["依据\0\u{2}规定".as_bytes(), "依\u{2}\u{3}\u{4}".as_bytes(), b"ab\x02cd\x05ef"] {
        assert!(read(bytes, &TextOptions::default()).is_err(), "{bytes:?}");
    }
}

#[test]
fn zeros_in_a_text_do_not_make_it_binary() {
    let mut bytes = encode(GB18030, REPORT);
    bytes.extend([0; 4096]);
    let (text, name, faults) = decode(&bytes, None);
    assert_eq!((text.trim_end_matches('\0'), name, faults), (REPORT, "gb18030", vec![]));
}

#[test]
fn pieces_of_any_length_give_the_same() {
    let long = format!("{}\n{}", REPORT.repeat(300), "长行".repeat(50_000));
    for encoding in [GB18030, encoding_rs::UTF_8] {
        let bytes = encode(encoding, &long);
        let whole = decode(&bytes, None);
        assert_eq!((whole.0.as_str(), whole.2.len()), (long.as_str(), 0));
        for length in [997, 65_536, 100_000] {
            assert_eq!(decode_in(&bytes, None, length), whole);
        }
        let mut reader = Reader::new(&TextOptions::default()).unwrap();
        let mut blocks = Vec::new();
        for piece in bytes.chunks(5000) {
            reader.push(piece).unwrap();
            blocks.extend(reader.take().value);
        }
        let rest = reader.finish().unwrap();
        blocks.extend(rest.value.blocks);
        assert_eq!(
            (blocks, rest.diagnostics),
            (read(&bytes, &TextOptions::default()).unwrap().value.blocks, vec![])
        );
    }
}

#[test]
fn a_line_without_end_is_cut_and_told() {
    let line = "长行".repeat(1_500_000);
    for encoding in [GB18030, encoding_rs::UTF_8] {
        let read = read(&encode(encoding, &line), &options(None)).unwrap();
        let texts: Vec<&str> = read.value.blocks.iter().map(|block| block.text().unwrap().as_str()).collect();
        assert!(texts.len() > 1 && texts.concat() == line);
        assert!(texts.iter().all(|text| text.len() < 5 << 20));
        let codes: Vec<&str> = read.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, ["text-long-line"]);
    }
}

#[test]
fn ascii_that_goes_on_for_long_does_not_decide() {
    let bytes = [b"plain\n".repeat(40_000), encode(GB18030, REPORT)].concat();
    let (text, name, faults) = decode_in(&bytes, None, 8192);
    assert!(text.ends_with(REPORT) && faults.is_empty(), "{name}");
}

/// Lines of invented reports, each with words enough to tell its encoding.
const LINES: [&str; 6] = [
    "临河县水务局关于供水安全检查情况的报告",
    "　　根据县政府的统一部署，我局对全县供水设施进行了全面检查。",
    "一、基本情况",
    "　　此次共检查水厂12座、泵站37处，发现问题46个，已经整改41个。",
    "（二）2024年12月31日前完成DN300以上管网改造；",
    "联系人：王小明，电话：0000-1234567",
];

/// Lines drawn by number, each with its end.
fn lines() -> impl Strategy<Value = Vec<(usize, &'static str)>> {
    prop::collection::vec((0..LINES.len(), prop::sample::select(vec!["\n", "\r\n", "\r"])), 12..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lines_of_another_encoding_are_read_and_told(
        lines in lines(),
        foreign in prop::collection::vec(prop::bool::weighted(0.15), 60),
        utf8_in_gbk in any::<bool>(),
    ) {
        // Lines that end by LF: what a CR ends is no line of its own to those who look for encodings.
        let (main, other) = if utf8_in_gbk { (GB18030, encoding_rs::UTF_8) } else { (encoding_rs::UTF_8, GB18030) };
        let (mut bytes, mut text, mut strange) = (Vec::new(), String::new(), 0);
        for ((line, _), foreign) in lines.iter().zip(&foreign) {
            // The first lines say what the text is in.
            let foreign = *foreign && text.len() > 600;
            strange += usize::from(foreign);
            let line = format!("{}\n", LINES[*line]);
            bytes.extend(encode(if foreign { other } else { main }, &line));
            text.push_str(&line);
        }
        let read = read(&bytes, &TextOptions::default()).unwrap();
        let got: Vec<&str> = read.value.blocks.iter().map(|block| block.text().unwrap().as_str()).collect();
        prop_assert_eq!(got, text.lines().collect::<Vec<_>>());
        prop_assert_eq!(read.value.meta.encoding.as_deref(), Some(main.name()));
        let told = read.diagnostics.iter().filter(|d| d.code == "text-mixed-encoding").count();
        prop_assert_eq!(told, strange);
    }

    #[test]
    fn stray_bytes_and_zeros_cost_nothing_but_themselves(
        lines in lines(),
        places in prop::collection::btree_map(0..10_000usize, prop::sample::select(vec![0u8, 0xFF]), 1..6),
        bom in any::<bool>(),
    ) {
        let text: String = lines.iter().map(|(line, end)| format!("{}{end}", LINES[*line])).collect();
        // Between characters, in a text that may say twice where it begins.
        let chars: Vec<char> = text.chars().collect();
        let (mut bytes, mut want, mut lost) = (Vec::new(), String::new(), 0);
        for (at, c) in chars.iter().enumerate() {
            for (_, stray) in places.iter().filter(|(place, _)| **place % chars.len() == at) {
                bytes.push(*stray);
                want.push(if *stray == 0 { '\0' } else { '\u{fffd}' });
                lost += usize::from(*stray != 0);
            }
            if bom && at == chars.len() / 2 {
                bytes.extend(encode(GB18030, "\u{feff}"));
                want.push('\u{feff}');
            }
            bytes.extend(encode(GB18030, &c.to_string()));
            want.push(*c);
        }
        let (got, name, faults) = decode(&bytes, None);
        prop_assert_eq!(name, "gb18030");
        // Two strays side by side are one fault.
        prop_assert_eq!(got.replace('\u{fffd}', ""), want.replace('\u{fffd}', ""));
        prop_assert_eq!(faults.iter().map(|fault| fault.bytes.len()).sum::<usize>(), lost);
    }

    #[test]
    fn line_ends_of_any_kind_end_lines(lines in lines()) {
        let text: String = lines.iter().map(|(line, end)| format!("{}{end}", LINES[*line])).collect();
        for encoding in [GB18030, encoding_rs::UTF_8] {
            let read = read(&encode(encoding, &text), &TextOptions::default()).unwrap();
            let got: Vec<_> = read.value.blocks.iter().map(|b| (b.text().unwrap().as_str(), b.mark)).collect();
            let want: Vec<_> =
                lines.iter().zip(1..).map(|((line, _), number)| (LINES[*line], Mark::Line(number))).collect();
            prop_assert_eq!(got, want);
        }
    }
}

#[test]
fn doubt_is_reported_with_what_it_would_be_otherwise_and_a_label_overrules_it() {
    // Two characters are a guess.
    let bytes = encode(GB18030, "中文");
    let mut decoder = Decoder::new(&options(None)).unwrap();
    let mut text = String::new();
    decoder.push(&bytes, &mut text).unwrap();
    decoder.finish(&mut text).unwrap();
    let (sure, otherwise) = decoder.confidence().unwrap();
    assert!((0.5..1.0).contains(&sure), "{sure}");
    assert!(otherwise.is_some_and(|name| Some(name) != decoder.encoding()), "{otherwise:?}");
    let long = encode(GB18030, REPORT);
    let mut decoder = Decoder::new(&options(None)).unwrap();
    decoder.push(&long, &mut text).unwrap();
    decoder.finish(&mut text).unwrap();
    assert!(decoder.confidence().unwrap().0 > sure);
    // Wrong by all looks, and obeyed; what does not fit is reported, not read by another encoding.
    let (_, name, faults) = decode(&long, Some("utf-8"));
    assert!(name == "UTF-8" && !faults.is_empty());
    let (text, name, _) = decode(REPORT.as_bytes(), Some("gbk"));
    assert!(name == "gb18030" && !text.contains("临河县"));
}

/// Text that an encoding can write, of characters that are in use.
fn text_for(encoding: &'static Encoding) -> impl Strategy<Value = String> {
    let range = "[ -~\n\u{3001}-\u{3011}\u{3041}-\u{3093}\u{30a1}-\u{30f6}\u{4e00}-\u{9fa5}\u{ac00}-\u{ac80}\u{ff01}-\u{ff5e}]{0,80}";
    range.prop_map(move |text| {
        text.chars().filter(|c| !encoding.encode(c.encode_utf8(&mut [0; 4])).2).collect()
    })
}

proptest! {
    #[test]
    fn what_an_encoding_writes_is_read_back(
        (encoding, text) in prop::sample::select(vec![GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, encoding_rs::UTF_8, encoding_rs::WINDOWS_1251])
            .prop_flat_map(|encoding| text_for(encoding).prop_map(move |text| (encoding, text))),
        length in 1..40usize,
    ) {
        let bytes = encode(encoding, &text);
        let want = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        let (got, _, faults) = decode_in(&bytes, Some(encoding.name()), length);
        prop_assert_eq!((got, faults), (want, vec![]));
    }

    #[test]
    fn every_byte_is_read_or_reported(bytes in prop::collection::vec(any::<u8>(), 0..200), label in prop::sample::select(vec![
        "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "euc-tw", "utf-8", "utf-16le", "utf-16be", "utf-32le", "windows-1253",
        "hz-gb-2312", "iso-2022-cn", "iso-2022-jp", "iso-2022-kr",
    ])) {
        let (text, _, faults) = decode(&bytes, Some(label));
        let mut last = 0;
        for fault in &faults {
            // In order, without overlap, with the bytes that stand there, where the text says so.
            prop_assert!(fault.offset >= last && !fault.bytes.is_empty());
            let at = fault.offset as usize;
            prop_assert_eq!(&bytes[at..at + fault.bytes.len()], fault.bytes.as_slice());
            let told = text[fault.place..].starts_with('\u{fffd}');
            prop_assert!(told);
            last = fault.offset + fault.bytes.len() as u64;
        }
        if label == "utf-8" {
            // What is not reported is there.
            let lost: usize = faults.iter().map(|fault| fault.bytes.len()).sum();
            let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            prop_assert_eq!(text.len() - 3 * faults.len() + lost + bom, bytes.len());
        }
    }

    #[test]
    fn any_bytes_give_a_document_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &TextOptions::default());
    }
}
