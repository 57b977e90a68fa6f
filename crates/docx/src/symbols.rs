//! Fonts whose characters are symbols, and what their characters are in Unicode.
//!
//! Word writes such characters as `w:sym`, or as text in the private area U+F000–U+F0FF, or plainly as the
//! Latin letters that sit at the same place.

/// A font of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SymbolFont {
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
}

impl SymbolFont {
    /// The font of symbols of a name.
    pub(crate) fn of_name(name: &str) -> Option<SymbolFont> {
        match &*name.trim().to_ascii_lowercase() {
            "symbol" => Some(SymbolFont::Symbol),
            "wingdings" => Some(SymbolFont::Wingdings),
            "wingdings 2" => Some(SymbolFont::Wingdings2),
            "wingdings 3" => Some(SymbolFont::Wingdings3),
            "webdings" => Some(SymbolFont::Webdings),
            _ => None,
        }
    }

    /// What a character of the font shows; `None` where Unicode, or this table, has nothing like it.
    pub(crate) fn character(self, c: char) -> Option<char> {
        let code = match u32::from(c) {
            code @ 0x20..=0xff => code,
            code @ 0xf020..=0xf0ff => code - 0xf000,
            _ => return None,
        };
        let table: &[(u32, &str)] = match self {
            SymbolFont::Symbol => SYMBOL,
            SymbolFont::Wingdings => WINGDINGS,
            SymbolFont::Wingdings2 => WINGDINGS_2,
            SymbolFont::Wingdings3 => WINGDINGS_3,
            SymbolFont::Webdings => WEBDINGS,
        };
        let (first, row) = table.iter().rev().find(|(first, _)| *first <= code)?;
        row.chars().nth((code - first) as usize).filter(|&c| c != '\u{fffd}')
    }
}

/// Rows of neighbours: the first code, and what the codes from there on are. U+FFFD marks a gap.
const SYMBOL: &[(u32, &str)] = &[
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xa0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
    (0xc0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0xe0, "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{fffd}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
];

const WINGDINGS: &[(u32, &str)] = &[
    (0x20, " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍"),
    (0x40, "🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉"),
    (0x60, "♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■□🞐❑❒⬧⧫◆❖⬥⌧⮹⌘🏵🏶🙶🙷"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•"),
    (0xa0, "▪⚪🞆🞈◉◎🔿▪◻🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"),
    (0xc0, "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘⮚⮙⮛⮈⮊⮉⮋🡨"),
    (0xe0, "🡪🡩🡫🡬🡭🡯🡮🡸🡺🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑"),
];

const WINGDINGS_2: &[(u32, &str)] = &[
    (0x50, "✓✗☒☑☒☒☒⮽⮿🛇⦸🙱🙴🙲🙳‽🙹🙺🙻"),
    (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x95, "●⚫⬤"),
    (0x9e, "⚬◎⦿"),
    (0xa3, "□■◻"),
];

const WINGDINGS_3: &[(u32, &str)] = &[(0x66, "🡐🡒🡑🡓🡔🡕🡗🡖"), (0x70, "▲▼△▽◀▶◁▷◣◢◤◥")];

const WEBDINGS: &[(u32, &str)] = &[(0x34, "⏴⏵⏶⏷"), (0x61, "✓🚴□"), (0x67, "■"), (0x6e, "⚫"), (0x72, "✗")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_known_by_letter_and_in_the_private_area() {
        use SymbolFont::*;
        for (font, c, want) in [
            (Wingdings, 'l', Some('●')),
            (Wingdings, '\u{f06c}', Some('●')),
            (Wingdings, 'n', Some('■')),
            (Wingdings, 'o', Some('□')),
            (Wingdings, 'u', Some('◆')),
            (Wingdings, '\u{f0a8}', Some('◻')),
            (Wingdings, '\u{f0fc}', Some('✓')),
            (Wingdings, '\u{f0fe}', Some('☑')),
            (Wingdings, '\u{f0fb}', Some('✗')),
            (Wingdings, '\u{f0e8}', Some('🡺')),
            (Wingdings, '\u{f0d8}', Some('⮚')),
            (Wingdings, '\u{f081}', Some('①')),
            (Wingdings2, 'R', Some('☒')),
            (Wingdings2, '\u{f052}', Some('☒')),
            (Symbol, 'a', Some('α')),
            (Symbol, '\u{f0b7}', Some('•')),
            (Symbol, '\u{f0b4}', Some('×')),
            (Symbol, '\u{f0a3}', Some('≤')),
            (Symbol, '\u{f0de}', Some('⇒')),
            (Webdings, 'a', Some('✓')),
            (Symbol, '中', None),
        ] {
            assert_eq!(font.character(c), want, "{font:?} {c}");
        }
    }
}
