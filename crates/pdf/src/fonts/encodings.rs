//! The encodings simple fonts are based on (ISO 32000-2, annex D).

/// An encoding that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
    MacExpert,
    /// The built-in encoding of the font Symbol.
    Symbol,
    /// The built-in encoding of the font Zapf Dingbats.
    ZapfDingbats,
    /// The built-in encoding of the font Wingdings, as far as documents use it.
    Wingdings,
}

/// The upper half of StandardEncoding, from 0xa0; a space where it has no character.
const STANDARD: &str =
    " ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß    ";

/// Symbol from 0x20 to 0x7e, and from 0xa0 to 0xff.
const SYMBOL: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_UPPER: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ";

/// Zapf Dingbats from 0x20 to 0x7e, and from 0xa1 to 0xfe.
const DINGBATS: &str =
    " ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞";
const DINGBATS_UPPER: &str =
    "❡❢❣❤❥❦❧♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯ ➱➲➳➴➵➶➷➸➹➺➻➼➽➾";

/// Wingdings: codes and the nearest characters of Unicode that fonts have.
const WINGDINGS: &[(u8, &str)] = &[
    (0x20, " "),
    (0x22, "✂✁"),
    (0x28, "☎✆✉"),
    (0x36, "⌛⌨"),
    (0x3f, "✍"),
    (0x41, "✌"),
    (0x45, "☜☞☝☟"),
    (0x4a, "☺😐☹"),
    (0x51, "✈☼💧❄"),
    (0x58, "✠✡☪☯"),
    (0x6c, "●❍■□□❑❒⬧⧫◆❖⬥⌧"),
    (0x7b, "❀✿❝❞"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9e, "·•"),
    (0xa1, "○○○◉◎"),
    (0xa7, "▪◻"),
    (0xab, "★✶✴✹✵"),
    (0xd8, "➢"),
    (0xdf, "←→↑↓↖↗↙↘➔"),
    (0xef, "⇦⇨⇧⇩⬄⇳"),
    (0xfb, "✗✓☒☑"),
];

impl Base {
    pub(crate) fn of_name(name: &[u8]) -> Option<Base> {
        match name {
            b"StandardEncoding" => Some(Base::Standard),
            b"WinAnsiEncoding" => Some(Base::WinAnsi),
            b"MacRomanEncoding" => Some(Base::MacRoman),
            b"MacExpertEncoding" => Some(Base::MacExpert),
            _ => None,
        }
    }

    /// What a font of this name is encoded in, where nothing says otherwise.
    pub(crate) fn of_font(name: &str) -> Option<Base> {
        let name = match name.split_once('+') {
            Some((_, name)) => name,
            None => name,
        };
        match name.split([',', '-']).next() {
            Some("Symbol" | "SymbolMT" | "OpenSymbol") => Some(Base::Symbol),
            Some("Wingdings") => Some(Base::Wingdings),
            Some("ZapfDingbats" | "ITCZapfDingbats" | "Dingbats") => Some(Base::ZapfDingbats),
            _ => None,
        }
    }

    /// Appends the characters of a code to `out`.
    pub(crate) fn push(self, code: u8, out: &mut String) {
        let c = match self {
            Base::Standard => match code {
                b'\'' => Some('’'),
                b'`' => Some('‘'),
                b' '..=b'~' => Some(char::from(code)),
                _ => nth(STANDARD, code, 0xa0).filter(|&c| c != ' '),
            },
            // Annex D.2, note 3: codes that are not used stand for a bullet.
            Base::WinAnsi if matches!(code, 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => Some('•'),
            // Notes 5 and 6: two codes for the hyphen, two for the space.
            Base::WinAnsi if code == 0xad => Some('-'),
            Base::WinAnsi if code == 0xa0 => Some(' '),
            Base::WinAnsi => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code]).0.chars().next(),
            Base::MacRoman => encoding_rs::MACINTOSH.decode_without_bom_handling(&[code]).0.chars().next(),
            // Old-style figures and small capitals, as the figures and letters they are.
            Base::MacExpert => match code {
                b'0'..=b'9' | b'a'..=b'z' | b' ' | b',' | b'-' | b'.' | b':' | b';' | b'&' => {
                    Some(char::from(code))
                }
                _ => None,
            },
            Base::Symbol => nth(SYMBOL, code, 0x20).or_else(|| nth(SYMBOL_UPPER, code, 0xa0)),
            Base::Wingdings => {
                let run = WINGDINGS.iter().rev().find(|(first, _)| *first <= code);
                run.and_then(|&(first, table)| nth(table, code, first))
            }
            Base::ZapfDingbats => nth(DINGBATS, code, 0x20).or_else(|| nth(DINGBATS_UPPER, code, 0xa1)),
        };
        out.extend(c);
    }
}

/// The character of a code in a table that begins at a code.
fn nth(table: &str, code: u8, first: u8) -> Option<char> {
    table.chars().nth(usize::from(code.checked_sub(first)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(base: Base, codes: &[u8]) -> String {
        let mut out = String::new();
        codes.iter().for_each(|&code| base.push(code, &mut out));
        out
    }

    #[test]
    fn codes_have_the_characters_of_annex_d() {
        assert_eq!(
            chars(Base::Standard, b"A'`\xa1\xae\xb7\xd0\xe1\xe3\xe8\xf1\xf5\xf8\xfb"),
            "A’‘¡ﬁ•—ÆªŁæıłß"
        );
        assert_eq!(chars(Base::Standard, b"\x80\xa0\xb0\xd5\xff"), "");
        assert_eq!(chars(Base::WinAnsi, b"\x80\x93\xe9\x8f\xad"), "€“é•-");
        assert_eq!(chars(Base::MacRoman, b"\x8e\xd2\xde"), "é“ﬁ");
        assert_eq!(chars(Base::Symbol, b"abW\xa3\xb7\xae\xd2\xe5\xf2"), "αβΩ≤•→®∑∫");
        assert_eq!(chars(Base::ZapfDingbats, b"4ln\xac\xb6\xd5\xfe"), "✔●■①❶→➾");
        assert_eq!(chars(Base::Wingdings, b"ln\xa7\xd8\xe0\xfc\x24"), "●■▪➢→✓");
    }
}
