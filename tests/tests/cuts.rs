//! Texts cut anywhere near their ends decode as the whole does, but for the character that was cut.

use encoding_rs::Encoding;
use qingwen_tests::{files, shared};
use qingwen_text::{Decoder, TextOptions};

/// How far from its ends a text is cut.
const REACH: usize = 64;

fn decode(bytes: &[u8], label: Option<&str>) -> Result<(String, &'static str), String> {
    let options = TextOptions { encoding: label.map(str::to_owned), ..TextOptions::default() };
    let mut decoder = Decoder::new(&options).unwrap();
    let mut text = String::new();
    decoder.push(bytes, &mut text).and_then(|()| decoder.finish(&mut text)).map_err(|e| e.to_string())?;
    Ok((text, decoder.encoding().unwrap()))
}

/// Where characters end: bytes from the start of the text, bytes of UTF-8 decoded until there.
type Ends = Vec<(usize, usize)>;

/// Ends of characters and the text, found by another decoder than the one under test.
fn ends(bytes: &[u8], label: &str) -> (Ends, String) {
    let (mut ends, mut text) = (vec![(0, 0)], String::new());
    let mut units = |length: &dyn Fn(&[u8]) -> usize, read: &dyn Fn(&[u8]) -> String| {
        let mut at = 0;
        while at < bytes.len() {
            let next = (at + length(&bytes[at..])).min(bytes.len());
            text.push_str(&read(&bytes[at..next]));
            at = next;
            // An escape belongs to the character after it.
            if ends.last().is_none_or(|(_, length)| *length < text.len()) {
                ends.push((at, text.len()));
            }
        }
    };
    match label {
        "utf-32le" | "utf-32be" => units(&|_| 4, &|unit| {
            let Ok(unit) = <[u8; 4]>::try_from(unit) else { return "\u{fffd}".into() };
            let scalar =
                if label.ends_with("le") { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
            char::from_u32(scalar).unwrap_or('\u{fffd}').into()
        }),
        // There is no other decoder for these two; where their characters end is plain.
        "euc-tw" => units(
            &|rest| match rest[0] {
                0x8E => 4,
                0x80.. => 2,
                _ => 1,
            },
            &|unit| decode(unit, Some(label)).unwrap().0,
        ),
        "hz-gb-2312" => {
            let shifted = std::cell::Cell::new(false);
            units(
                &|rest| {
                    let escape =
                        rest.starts_with(b"~{") || rest.starts_with(b"~}") || rest.starts_with(b"~~");
                    if escape || shifted.get() && rest[0] > b' ' { 2 } else { 1 }
                },
                &|unit| match unit {
                    b"~{" | b"~}" => {
                        shifted.set(unit[1] == b'{');
                        String::new()
                    }
                    [a, b] if shifted.get() => {
                        encoding_rs::GBK.decode_without_bom_handling(&[a | 0x80, b | 0x80]).0.into_owned()
                    }
                    b"~~" => "~".into(),
                    unit => String::from_utf8_lossy(unit).into_owned(),
                },
            );
        }
        _ => {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let mut decoder = encoding.new_decoder_without_bom_handling();
            for (at, byte) in bytes.iter().enumerate() {
                let before = text.len();
                text.reserve(16);
                let last = at + 1 == bytes.len();
                let _ = decoder.decode_to_string(&[*byte], &mut text, last);
                if text.len() > before {
                    ends.push((at + 1, text.len()));
                }
            }
        }
    }
    // A mark at the start is no part of the text.
    if text.starts_with('\u{feff}') {
        text.drain(..3);
        ends.iter_mut().for_each(|(_, length)| *length = length.saturating_sub(3));
    }
    (ends, text)
}

/// How cut texts were read.
#[derive(Debug, Default)]
struct Tally {
    cuts: usize,
    /// Which were read wrongly, and how.
    wrong: Vec<String>,
    /// Texts of ASCII in units of two or four bytes, cut within a unit: either byte order reads the same
    /// letters, and only which end was cut is told differently.
    either_order: usize,
    /// Pairs of bytes out of step that are sound characters too, and fall into step again after a few.
    either_step: Vec<String>,
    /// Wrong ones of which fewer than [`SHORT`] bytes are left.
    short: usize,
}

/// A cut text, and what it must be read as.
struct Cut<'a> {
    name: String,
    label: &'static str,
    bytes: &'a [u8],
    at_start: bool,
    whole: &'a str,
    /// What the whole says but for the cut character.
    want: &'a str,
    /// Bytes that are left of that; each may be read as a character.
    spare: usize,
}

impl Tally {
    fn add(&mut self, cut: &Cut<'_>) {
        self.cuts += 1;
        let (got, found) = decode(cut.bytes, None).unwrap_or_else(|error| (error, ""));
        let want = cut.want;
        let rest = if cut.at_start { got.strip_suffix(want) } else { got.strip_prefix(want) };
        if rest.is_some_and(|rest| rest.chars().count() <= cut.spare) {
            return;
        }
        let plain = got.trim_matches('\u{fffd}');
        let wide = cut.label.starts_with("utf-16") || cut.label.starts_with("utf-32");
        let all_but_one = plain.chars().count() + 1 >= want.chars().count();
        if wide && want.chars().all(|c| c < '\u{100}') && cut.whole.contains(plain) && all_but_one {
            self.either_order += 1;
            return;
        }
        let (mut left, mut right): (Vec<char>, Vec<char>) = (got.chars().collect(), want.chars().collect());
        if cut.at_start {
            left.reverse();
            right.reverse();
        }
        let same = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
        let show = |chars: &[char]| chars.iter().skip(same).take(8).collect::<String>();
        let what = format!("{}: {found}: {:?} for {:?}", cut.name, show(&left), show(&right));
        let sound = !got.contains('\u{fffd}') && found.to_lowercase() == cut.label;
        if cut.at_start && sound && left.len() - same <= 4 {
            self.either_step.push(what);
        } else if cut.bytes.len() < SHORT {
            self.short += 1;
        } else {
            self.wrong.push(what);
        }
    }

    /// Fails where anything was read wrongly, or too much is undecided.
    fn judge(&self) {
        assert!(self.cuts > 0, "no texts");
        let Tally { cuts, wrong, either_order, either_step, short } = self;
        println!(
            "{cuts} cuts: {} wrong, {either_order} either byte order, {} either step, {short} wrong of fewer than {SHORT} bytes\n{}",
            wrong.len(),
            either_step.len(),
            either_step.join("\n")
        );
        assert!(wrong.is_empty(), "{} of {cuts} cuts:\n{}", wrong.len(), wrong.join("\n"));
        assert!(either_step.len() * 100 <= *cuts && short * 500 <= *cuts, "too much is undecided");
    }
}

/// Fewer bytes may be too few to tell an encoding by.
const SHORT: usize = 32;

/// Cuts a text at each of its first and last bytes.
fn cut_everywhere(name: &str, bytes: &[u8], label: &'static str, tally: &mut Tally) {
    let (ends, text) = ends(bytes, label);
    let (whole, _) = decode(bytes, None).unwrap();
    for cut in 1..=REACH.min(bytes.len().saturating_sub(LEAST)) {
        let (end, told) = *ends.iter().find(|(end, _)| *end >= cut).unwrap();
        // What the decoder under test makes of the whole, from the end of the cut character on.
        assert!(whole.starts_with(&text[..told]), "{name} begins {:?}", &text[..told]);
        tally.add(&Cut {
            name: format!("{name} without its first {cut}"),
            label,
            bytes: &bytes[cut..],
            at_start: true,
            whole: &whole,
            want: &whole[told..],
            spare: end - cut,
        });
        let left = bytes.len() - cut;
        let (end, told) = *ends.iter().rev().find(|(end, _)| *end <= left).unwrap();
        let after = &text[told..];
        assert!(whole.ends_with(after), "{name} ends {after:?}");
        tally.add(&Cut {
            name: format!("{name} without its last {cut}"),
            label,
            bytes: &bytes[..left],
            at_start: false,
            whole: &whole,
            want: &whole[..whole.len() - after.len()],
            spare: left - end,
        });
    }
}

/// Bytes that are left of a text at least. Fewer say too little.
const LEAST: usize = 8;

/// The folders of Chinese and Unicode encodings, and the labels of their files.
fn label(folder: &str, bytes: &[u8]) -> Option<&'static str> {
    Some(match folder {
        "gb18030" | "gbk" | "gb2312" => "gb18030",
        "big5" | "big5hkscs" => "big5",
        "euc-tw" => "euc-tw",
        "hz" => "hz-gb-2312",
        "utf-8" | "utf-8-sig" => "utf-8",
        "utf-16" if bytes.starts_with(b"\xFE\xFF") => "utf-16be",
        "utf-16" | "utf-16le" => "utf-16le",
        "utf-16be" => "utf-16be",
        "utf-32" if bytes.starts_with(b"\0\0") => "utf-32be",
        "utf-32" | "utf-32le" => "utf-32le",
        "utf-32be" => "utf-32be",
        _ => return None,
    })
}

#[test]
fn real_texts_cut_near_their_ends_decode_as_the_whole() {
    let Some(folder) = shared("corpora/txt_enc") else { return };
    let mut tally = Tally::default();
    for path in files(&folder, &[]) {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let (encoding, file) = name.split_once('/').unwrap_or_default();
        let bytes = std::fs::read(&path).unwrap();
        let Some(label) = label(encoding, &bytes).filter(|_| !file.ends_with(".utf8")) else { continue };
        cut_everywhere(&name, &bytes, label, &mut tally);
    }
    tally.judge();
}

/// Words of invented notices, simplified and traditional.
const WORDS: [(&str, &str); 24] = [
    ("临河县", "臨河縣"),
    ("水务局", "水務局"),
    ("关于", "關於"),
    ("加强", "加強"),
    ("城乡供水", "城鄉供水"),
    ("安全管理", "安全管理"),
    ("的通知", "的通知"),
    ("各乡镇人民政府", "各鄉鎮人民政府"),
    ("为了保障居民生活用水", "為了保障居民生活用水"),
    ("现将有关情况报告如下", "現將有關情況報告如下"),
    ("检查", "檢查"),
    ("发现问题", "發現問題"),
    ("已经整改", "已經整改"),
    ("，", "，"),
    ("。", "。"),
    ("、", "、"),
    ("；", "；"),
    ("《供水条例》", "《供水條例》"),
    ("2024年3月", "2024年3月"),
    ("12座", "12座"),
    ("（一）", "（一）"),
    ("DN300管网", "DN300管網"),
    ("\n　　", "\n　　"),
    ("\r\n", "\r\n"),
];

/// Numbers that look drawn by lot and are the same every time.
fn lots(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    }
}

#[test]
fn made_texts_cut_near_their_ends_decode_as_the_whole() {
    let mut tally = Tally::default();
    for seed in 1..=12 {
        let mut lot = lots(seed);
        let words: Vec<_> = (0..60 + lot(200)).map(|_| WORDS[lot(WORDS.len())]).collect();
        let simplified: String = words.iter().map(|(word, _)| *word).collect();
        let traditional: String = words.iter().map(|(_, word)| *word).collect();
        let utf16 =
            |order: fn(u16) -> [u8; 2]| simplified.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let utf32 = |order: fn(u32) -> [u8; 4]| simplified.chars().flat_map(|c| order(c.into())).collect();
        let texts: [(&'static str, Vec<u8>); 8] = [
            ("gb18030", encoding_rs::GB18030.encode(&simplified).0.into_owned()),
            ("gb18030", encoding_rs::GB18030.encode(&traditional).0.into_owned()),
            ("big5", encoding_rs::BIG5.encode(&traditional).0.into_owned()),
            ("utf-8", simplified.clone().into_bytes()),
            ("utf-16le", utf16(u16::to_le_bytes)),
            ("utf-16be", utf16(u16::to_be_bytes)),
            ("utf-32le", utf32(u32::to_le_bytes)),
            ("utf-32be", utf32(u32::to_be_bytes)),
        ];
        for (label, bytes) in texts {
            cut_everywhere(&format!("{label} {seed}"), &bytes, label, &mut tally);
        }
    }
    tally.judge();
}
