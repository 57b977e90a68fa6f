//! What the decoder promises of bytes, whole and damaged.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use qingwen_text::{Decoder, Fault, TextOptions};

/// Decodes in one piece.
fn decode(bytes: &[u8], label: Option<&str>) -> (String, &'static str, Vec<Fault>) {
    let options = TextOptions { encoding: label.map(str::to_owned), ..TextOptions::default() };
    let mut decoder = Decoder::new(&options).unwrap();
    let mut text = String::new();
    decoder.push(bytes, &mut text).unwrap();
    decoder.finish(&mut text).unwrap();
    (text, decoder.encoding().unwrap(), decoder.take_faults())
}

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} cannot write {text}", encoding.name());
    bytes.into_owned()
}

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
