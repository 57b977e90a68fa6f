//! Characters of formulas as LaTeX commands.

use super::commands::command;

/// Adds LaTeX after LaTeX, with a space where a command would otherwise swallow a letter.
pub(super) fn join(out: &mut String, part: &str) {
    let ends_in_command = out
        .rfind('\\')
        .is_some_and(|at| at + 1 < out.len() && out[at + 1..].bytes().all(|b| b.is_ascii_alphabetic()));
    if ends_in_command && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
    out.push_str(part);
}

/// In braces, unless it is one sign already.
pub(super) fn group(latex: &str) -> String {
    let one_sign = latex.chars().nth(1).is_none() && !latex.is_empty();
    let one_command =
        latex.strip_prefix('\\').is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphabetic()));
    if one_sign || one_command { latex.to_owned() } else { format!("{{{latex}}}") }
}

/// Characters of a formula. `&` aligns where equations are aligned, and is a sign elsewhere.
pub(super) fn escape(text: &str, aligned: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Words in other scripts stand upright, and whole.
        let length: usize = rest.chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum();
        if length > 0 {
            join(&mut out, &format!("\\text{{{}}}", &rest[..length]));
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '&' if aligned => out.push('&'),
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("\\backslash"),
            '−' | '–' => out.push('-'),
            '^' => out.push_str("\\hat{}"),
            '~' => out.push_str("\\sim"),
            '\u{2061}'..='\u{2064}' | '\u{200b}' => {}
            '\u{a0}' | '\u{2003}' | '\u{2002}' | '\u{2005}' | '\u{2009}' => out.push_str("\\ "),
            _ => {
                let plain = math_letter(c);
                match command(plain) {
                    Some(name) => join(&mut out, &format!("\\{name}")),
                    None => join(&mut out, plain.encode_utf8(&mut [0; 4])),
                }
            }
        }
    }
    out
}

/// Text that is words, not symbols.
pub(super) fn words(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            _ => escaped.push(c),
        }
    }
    format!("\\text{{{escaped}}}")
}

/// A script that LaTeX has no mathematical letters for.
fn is_word(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{400}'..='\u{4ff}')
}

/// The letter behind a letter of the mathematical alphabets, which Word's linear input makes.
fn math_letter(c: char) -> char {
    /// The letters of one Greek alphabet of mathematics, in the order of Unicode.
    const GREEK: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";
    let code = u32::from(c);
    let from = |first: u32, letters: u32| (code - first) % letters;
    let latin = |index: u32| {
        let base = if index < 26 { b'A' } else { b'a' - 26 };
        char::from(base + index as u8)
    };
    match code {
        0x210e => 'h',
        0x1d400..=0x1d6a3 => latin(from(0x1d400, 52)),
        0x1d6a8..=0x1d7c9 => GREEK.chars().nth(from(0x1d6a8, 58) as usize).unwrap_or(c),
        0x1d7ce..=0x1d7ff => char::from(b'0' + from(0x1d7ce, 10) as u8),
        _ => c,
    }
}

/// The name of a function or an operator.
pub(super) fn function(name: &str) -> String {
    const KNOWN: [&str; 37] = [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "inf",
        "ker",
        "lg",
        "lim",
        "liminf",
        "limsup",
        "ln",
        "log",
        "max",
        "min",
        "Pr",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
        "mod",
        "injlim",
        "projlim",
        "varlimsup",
        "varliminf",
    ];
    let bare = name.strip_prefix("\\mathrm{").and_then(|rest| rest.strip_suffix('}')).unwrap_or(name);
    let bare = bare.strip_prefix("\\text{").and_then(|rest| rest.strip_suffix('}')).unwrap_or(bare);
    if KNOWN.contains(&bare) {
        format!("\\{bare}")
    } else if bare.len() > 1 && bare.bytes().all(|b| b.is_ascii_alphabetic()) {
        format!("\\operatorname{{{bare}}}")
    } else {
        // A function with scripts: only its first word is the name.
        for known in ["\\mathrm{", "\\text{", ""] {
            if let Some(rest) = name.strip_prefix('{').unwrap_or(name).strip_prefix(known)
                && let Some((word, after)) = rest.split_once('}')
                && KNOWN.contains(&word)
            {
                return format!("\\{word}{}", after.strip_prefix('}').unwrap_or(after));
            }
        }
        name.to_owned()
    }
}

/// A bracket for `\left` and `\right`: `.` where there is none, and `None` where LaTeX cannot stretch the sign.
pub(super) fn delimiter(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "" => ".",
        "{" => "\\{",
        "}" => "\\}",
        "⟨" | "〈" => "\\langle ",
        "⟩" | "〉" => "\\rangle ",
        "⌈" => "\\lceil ",
        "⌉" => "\\rceil ",
        "⌊" => "\\lfloor ",
        "⌋" => "\\rfloor ",
        "‖" | "∥" => "\\|",
        "(" | "（" => "(",
        ")" | "）" => ")",
        "[" | "［" => "[",
        "]" | "］" => "]",
        "|" | "∣" => "|",
        "/" => "/",
        "<" => "<",
        ">" => ">",
        "\\" => "\\backslash ",
        "↑" => "\\uparrow ",
        "↓" => "\\downarrow ",
        "↕" => "\\updownarrow ",
        "⇑" => "\\Uparrow ",
        "⇓" => "\\Downarrow ",
        "⇕" => "\\Updownarrow ",
        _ => return None,
    })
}

/// A sign above or below an expression; what LaTeX has no command for is set above it as it is.
pub(super) fn accent(sign: &str, base: &str) -> String {
    let wide = group(base).starts_with('{');
    let command = match sign {
        "" => return base.to_owned(),
        "\u{300}" | "`" => "grave",
        "\u{301}" | "´" => "acute",
        "\u{302}" | "^" | "ˆ" => ["hat", "widehat"][usize::from(wide)],
        "\u{303}" | "~" | "˜" => ["tilde", "widetilde"][usize::from(wide)],
        "\u{304}" | "\u{305}" | "¯" | "‾" => ["bar", "overline"][usize::from(wide)],
        "\u{306}" | "˘" => "breve",
        "\u{307}" | "˙" => "dot",
        "\u{308}" | "¨" => "ddot",
        "\u{20db}" => "dddot",
        "\u{20dc}" => "ddddot",
        "\u{30c}" | "ˇ" => "check",
        "\u{30a}" | "˚" => "mathring",
        "\u{20d7}" | "→" => ["vec", "overrightarrow"][usize::from(wide)],
        "\u{20d6}" | "←" => "overleftarrow",
        "\u{20e1}" | "↔" => "overleftrightarrow",
        "\u{20d0}" => "overleftharpoon",
        "\u{20d1}" => "overrightharpoon",
        "\u{332}" | "_" => "underline",
        "\u{333}" | "‗" => return format!("\\underline{{\\underline{{{base}}}}}"),
        "\u{33f}" => return format!("\\overline{{\\overline{{{base}}}}}"),
        _ => return format!("\\overset{{{}}}{{{base}}}", escape(sign, false)),
    };
    format!("\\{command}{{{base}}}")
}

/// A brace or an arrow along a whole expression.
pub(super) fn group_sign(sign: &str, top: bool, base: &str) -> String {
    let command = match (sign, top) {
        ("⏞", _) => "overbrace",
        ("⏟", _) => "underbrace",
        ("→", true) => "overrightarrow",
        ("→", false) => "underrightarrow",
        ("←", true) => "overleftarrow",
        ("←", false) => "underleftarrow",
        (_, true) => return format!("\\overset{{{}}}{{{base}}}", escape(sign, false)),
        (_, false) => return format!("\\underset{{{}}}{{{base}}}", escape(sign, false)),
    };
    format!("\\{command}{{{base}}}")
}
