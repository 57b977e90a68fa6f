//! Front matter: what a file says of itself, as YAML.

use qingwen_model::Meta;

/// Writes what is known, between lines of three hyphens, with a blank line behind; nothing where nothing is.
pub(crate) fn write(out: &mut String, meta: &Meta) {
    let fields = [
        ("title", &meta.title),
        ("author", &meta.author),
        ("subject", &meta.subject),
        ("created", &meta.created),
        ("modified", &meta.modified),
        ("application", &meta.application),
        ("language", &meta.language),
        ("encoding", &meta.encoding),
    ];
    let known: Vec<(&str, &str)> =
        fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
    if known.is_empty() && meta.pages.is_none() {
        return;
    }
    out.push_str("---\n");
    for (name, value) in known {
        out.push_str(name);
        out.push_str(": ");
        quoted(out, value);
        out.push('\n');
    }
    if let Some(pages) = meta.pages {
        out.push_str(&format!("pages: {pages}\n"));
    }
    out.push_str("---\n");
}

/// A YAML double-quoted scalar, which can hold anything and is never taken for a number or a date.
fn quoted(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
