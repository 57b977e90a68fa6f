//! Glyph names to characters (Adobe Glyph List Specification).

use read_fonts::ps::agl;

/// Appends the characters a glyph name stands for; nothing where it is not known.
pub(crate) fn chars(name: &str, out: &mut String) {
    let before = out.len();
    out.extend(agl::name_to_chars(name));
    if out.len() == before {
        let base = name.split('.').next().unwrap_or(name);
        out.push_str(TEX.iter().find(|(known, _)| *known == base).map_or("", |(_, text)| text));
    }
}

/// Names of TeX's fonts that are in no list of Adobe's.
const TEX: [(&str, &str); 30] = [
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("dotlessj", "ȷ"),
    ("visiblespace", "␣"),
    ("arrowdblboth", "⇔"),
    ("mu", "µ"),
    ("Ifractur", "ℑ"),
    ("Rfractur", "ℜ"),
    ("element", "∈"),
    ("similarequal", "≃"),
    ("lessorequalslant", "⩽"),
    ("greaterorequalslant", "⩾"),
    ("nabla", "∇"),
    ("epsilon1", "ϵ"),
    ("rho1", "ϱ"),
    ("emptyset", "∅"),
    ("parenleftbig", "("),
    ("parenrightbig", ")"),
    ("parenleftBig", "("),
    ("parenrightBig", ")"),
    ("bracketleftbig", "["),
    ("bracketrightbig", "]"),
    ("summationdisplay", "∑"),
    ("summationtext", "∑"),
    ("integraldisplay", "∫"),
    ("integraltext", "∫"),
    ("productdisplay", "∏"),
    ("radicalbig", "√"),
    ("bar", "|"),
];

/// Whether a name says nothing but the code it stands at: `a65`, `C65`, `G41` (hexadecimal), `g65`, `uni65`.
pub(crate) fn repeats_code(name: &str, code: u8) -> bool {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '#');
    let letters = name.len() - digits.len();
    let hexadecimal = name.get(1..).and_then(|rest| u8::from_str_radix(rest, 16).ok());
    (letters <= 3 && digits.parse() == Ok(code)) || (name.len() == 3 && hexadecimal == Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> String {
        let mut out = String::new();
        chars(name, &mut out);
        out
    }

    #[test]
    fn names_stand_for_characters() {
        for (name, text) in [
            ("A", "A"),
            ("uni4E2D", "中"),
            ("uni4E2D6587", "中文"),
            ("u2000B", "𠀋"),
            ("f_f_i", "ffi"),
            ("Aacute.sc", "Á"),
            ("a1", "✁"),
            ("parenleftBig", "("),
            (".notdef", ""),
            ("g12", ""),
        ] {
            assert_eq!(of(name), text, "{name}");
        }
    }

    #[test]
    fn some_names_only_repeat_their_code() {
        assert!(repeats_code("a65", 65) && repeats_code("C65", 65) && repeats_code("G41", 65));
        assert!(!repeats_code("a66", 65) && !repeats_code("A", 65) && !repeats_code("uni4E2D", 65));
    }
}
