//! Fields: codes that Word replaces by a result (ISO/IEC 29500-1, 17.16). Their results are kept and their
//! codes are not; links lead where the code says; the few fields without a result are worked out.

use crate::element::Element;
use crate::line::{Line, Look};
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::Object;
use std::sync::Arc;

/// The fields that are open at a place, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// How many of them are in their code.
    codes: usize,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    /// The code is over.
    in_result: bool,
    link: Option<Arc<str>>,
    /// What a check box or list field without a result shows.
    shown: Option<String>,
}

/// Fields nested deeper than this are taken as text.
const DEEPEST: usize = 64;

impl Fields {
    /// Whether what comes is code and not to be seen.
    pub(crate) fn in_code(&self) -> bool {
        self.codes > 0
    }

    /// Adds to the code that is being read.
    pub(crate) fn add_code(&mut self, code: &str) {
        if let Some(field) = self.open.iter_mut().rev().find(|field| !field.in_result) {
            field.code.push_str(code);
        }
    }

    /// Where the text leads that is being read.
    pub(crate) fn link(&self) -> Option<Arc<str>> {
        self.open.iter().rev().find_map(|field| field.link.clone())
    }

    fn begin(&mut self, shown: Option<String>) {
        self.open.push(Field { shown, ..Field::default() });
        self.codes += 1;
    }

    /// The code of the innermost field is over; where it leads, if anywhere.
    fn separate(&mut self) -> Option<Arc<str>> {
        let field = self.open.last_mut().filter(|field| !field.in_result)?;
        field.in_result = true;
        self.codes -= 1;
        link_of(&field.code)
    }

    fn end(&mut self) -> Option<Field> {
        let field = self.open.pop()?;
        self.codes -= usize::from(!field.in_result);
        Some(field)
    }
}

impl Reader<'_> {
    /// A field begins, turns from code to result, or ends.
    pub(crate) fn field_character(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        line: &mut Line,
        look: &Look,
    ) {
        match element.attr("fldCharType").as_deref() {
            Some("begin") if self.fields.open.len() < DEEPEST => {
                let shown = form_field(xml);
                return self.fields.begin(shown);
            }
            Some("separate") => self.separate_field(),
            Some("end") => {
                if let Some(field) = self.fields.end() {
                    self.field_result(&field, line, look);
                }
            }
            _ => {}
        }
        xml.skip();
    }

    fn separate_field(&mut self) {
        let link = self.fields.separate().and_then(|link| self.followable(link));
        if let Some(field) = self.fields.open.last_mut().filter(|_| link.is_some()) {
            field.link = link;
        }
    }

    /// A field in one element, its result within.
    pub(crate) fn simple_field(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line) {
        if self.fields.open.len() >= DEEPEST {
            return self.inlines(xml, line);
        }
        self.fields.begin(None);
        self.fields.add_code(&element.attr("instr").unwrap_or_default());
        self.separate_field();
        let before = line.text.len();
        self.inlines(xml, line);
        if let Some(mut field) = self.fields.end() {
            field.in_result = line.text.len() > before;
            let look = self.look(&<_>::default(), line);
            self.field_result(&field, line, &look);
        }
    }

    /// What a field shows that came without a result.
    fn field_result(&mut self, field: &Field, line: &mut Line, look: &Look) {
        if let Some(shown) = &field.shown {
            return self.push(shown, line, look);
        }
        if field.in_result {
            return;
        }
        let code = field.code.trim();
        let (name, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
        match &*name.to_ascii_uppercase() {
            "EQ" => match crate::fields::equation(rest) {
                Equation::Text(text) => self.push(&text, line, look),
                Equation::Ruby { base, reading } => line.push_object(Object::Ruby { base, reading }, look),
                Equation::Formula(latex) => {
                    line.push_object(Object::Formula { latex, display: false }, look);
                }
            },
            "SYMBOL" => {
                let text = self.symbol_field(rest);
                self.push(&text, line, look);
            }
            "QUOTE" => self.push(rest.trim().trim_matches('"'), line, look),
            _ => {}
        }
    }

    /// `SYMBOL 183 \f Symbol`.
    fn symbol_field(&mut self, code: &str) -> String {
        let words = words(code);
        let number = words.first().map(String::as_str).unwrap_or_default();
        let value = match number.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        let Some(c) = value.and_then(char::from_u32) else { return String::new() };
        let font = words.iter().skip_while(|word| *word != "\\f").nth(1);
        match font.map(|name| self.fonts.named(name)) {
            Some(crate::fonts::Font::Symbols(symbols)) => symbols.character(c).unwrap_or(c).to_string(),
            _ => c.to_string(),
        }
    }

    /// Fields that never ended. Text in a code that never became a result was to be seen by nobody.
    pub(crate) fn close_fields(&mut self, fields: Fields) {
        for field in fields.open.into_iter().filter(|field| !field.in_result && !field.code.trim().is_empty())
        {
            self.log.lost("docx-open-field", self.mark(), field.code);
        }
    }
}

/// What a form field shows: the state of a check box, the entry of a list (17.16.7, 17.16.9).
fn form_field(xml: &mut Xml<'_>) -> Option<String> {
    let (mut checked, mut chosen, mut entries) = (None, 0, Vec::new());
    let mut is_list = false;
    while let Some(element) = xml.next() {
        match element.name {
            "ffData" => xml.enter(),
            "checkBox" => {
                checked.get_or_insert(false);
                xml.enter();
            }
            "ddList" => {
                is_list = true;
                xml.enter();
            }
            "default" | "checked" if checked.is_some() => {
                checked = Some(element.is_on());
                xml.skip();
            }
            "result" | "default" if is_list => {
                chosen = element.number("val").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                xml.skip();
            }
            "listEntry" => {
                entries.push(element.val().unwrap_or_default().into_owned());
                xml.skip();
            }
            _ => xml.skip(),
        }
    }
    match checked {
        Some(true) => Some("☑".to_owned()),
        Some(false) => Some("☐".to_owned()),
        None if chosen < entries.len() => Some(entries.swap_remove(chosen)),
        None => None,
    }
}

/// The words of a field code; quotation marks hold one together.
fn words(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = code.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        out.push(word.to_owned());
        rest = after.trim_start();
    }
    out
}

/// Where a `HYPERLINK` field leads, or a `REF` that is a link (17.16.5.25, 17.16.5.51).
fn link_of(code: &str) -> Option<Arc<str>> {
    let words = words(code);
    let mut words = words.iter();
    let name = words.next()?;
    if name.eq_ignore_ascii_case("REF") {
        let target = words.next()?;
        return words.any(|word| word.eq_ignore_ascii_case("\\h")).then(|| format!("#{target}").into());
    }
    if !name.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let (mut target, mut anchor) = (None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => anchor = words.next(),
            "\\o" | "\\t" => _ = words.next(),
            word if word.starts_with('\\') && word.len() == 2 => {}
            _ => target = target.or(Some(word)),
        }
    }
    let link = match (target, anchor) {
        (Some(target), Some(anchor)) => format!("{target}#{anchor}"),
        (Some(target), None) => target.clone(),
        (None, Some(anchor)) => format!("#{anchor}"),
        (None, None) => return None,
    };
    Some(link.into())
}

/// What an `EQ` field draws.
#[derive(Debug, PartialEq)]
enum Equation {
    Text(String),
    Ruby { base: String, reading: String },
    Formula(String),
}

/// Works out an `EQ` field. Word uses it for numbers in circles (`\o\ac(○,1)`), for readings above
/// characters (`\o\ad(\s\up 9(zhù),注)`), and for small formulas.
fn equation(code: &str) -> Equation {
    let code = code.trim();
    if let Some(at) = code.find("\\o") {
        let arguments = arguments(&code[at..]);
        if let [ring, inner] = arguments.as_slice() {
            let inner_text = plain(inner);
            if matches!(ring.trim(), "○" | "〇" | "◯") {
                let number = inner_text.trim().parse().ok();
                let circled = number.and_then(crate::numbering::format::circled);
                return Equation::Text(circled.unwrap_or_else(|| format!("{}{inner_text}", ring.trim())));
            }
            if ring.contains("\\up") {
                return Equation::Ruby { base: inner_text, reading: plain(ring) };
            }
        }
        return Equation::Text(arguments.iter().map(|part| plain(part)).collect());
    }
    for (switch, latex) in [("\\f", "\\frac"), ("\\r", "\\sqrt")] {
        if let Some(at) = code.find(switch) {
            let parts: Vec<String> = arguments(&code[at..]).iter().map(|part| plain(part)).collect();
            match (latex, parts.as_slice()) {
                ("\\frac", [over, under]) => {
                    return Equation::Formula(format!("\\frac{{{over}}}{{{under}}}"));
                }
                ("\\sqrt", [of]) => return Equation::Formula(format!("\\sqrt{{{of}}}")),
                ("\\sqrt", [root, of]) if root.trim().is_empty() => {
                    return Equation::Formula(format!("\\sqrt{{{of}}}"));
                }
                ("\\sqrt", [root, of]) => return Equation::Formula(format!("\\sqrt[{root}]{{{of}}}")),
                _ => {}
            }
        }
    }
    Equation::Text(plain(code))
}

/// The arguments of a switch: between its brackets, parted by commas outside inner brackets.
fn arguments(code: &str) -> Vec<&str> {
    let Some(open) = code.find('(') else { return Vec::new() };
    let inner = &code[open + 1..];
    let (mut depth, mut start, mut out) = (0_usize, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                out.push(&inner[start..at]);
                return out;
            }
            ')' => depth -= 1,
            ',' | ';' if depth == 0 => {
                out.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&inner[start..]);
    out
}

/// The characters of an argument, without the switches and brackets around them.
fn plain(code: &str) -> String {
    let mut rest = code;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before.trim_matches(['(', ')']));
        // A switch is letters, perhaps a number after them: `\s\up 9(`, `\* jc2`.
        let end = after.find(['(', '\\']).unwrap_or(after.len());
        rest = if after.starts_with(['\\', ',', '(', ')']) {
            out.extend(after.chars().next());
            &after[after.chars().next().map_or(0, char::len_utf8)..]
        } else {
            &after[end..]
        };
    }
    out.push_str(rest.trim_matches(['(', ')']));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_codes() {
        for (code, want) in [
            (" HYPERLINK \"http://a.example/x y\" \\o \"tip\" ", Some("http://a.example/x y")),
            ("HYPERLINK \\l _Toc1 \\h", Some("#_Toc1")),
            ("HYPERLINK \"http://a.example\" \\l \"b\"", Some("http://a.example#b")),
            ("PAGEREF _Toc1 \\h", None),
            (" REF _Ref1 \\r \\h ", Some("#_Ref1")),
            ("REF _Ref1", None),
            ("", None),
        ] {
            assert_eq!(link_of(code).as_deref(), want, "{code}");
        }
    }

    #[test]
    fn equations_become_what_they_draw() {
        let ruby = Equation::Ruby { base: "注".into(), reading: "zhù".into() };
        for (code, want) in [
            ("\\o\\ac(○,1)", Equation::Text("①".into())),
            ("\\o\\ac(○,12)", Equation::Text("⑫".into())),
            ("\\o\\ac(□,1)", Equation::Text("□1".into())),
            ("\\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(zhù),注)", ruby),
            ("\\f(1,2)", Equation::Formula("\\frac{1}{2}".into())),
            ("\\r(3,x)", Equation::Formula("\\sqrt[3]{x}".into())),
            ("\\r(,x)", Equation::Formula("\\sqrt{x}".into())),
        ] {
            assert_eq!(equation(code), want, "{code}");
        }
    }
}
