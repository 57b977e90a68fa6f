//! Office Math (ISO/IEC 29500-1, 22.1) as LaTeX.

mod commands;
mod signs;

use crate::body::is_text;
use crate::element::{Element, Ns};
use crate::line::Line;
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::Object;

impl Reader<'_> {
    /// Reads an `m:oMath` or `m:oMathPara`.
    pub(crate) fn math(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line) {
        let mut formula = Formula { deleted: String::new(), aligned: false };
        let display = element.name == "oMathPara";
        let latex = if display { formula.paragraph(xml) } else { formula.row(xml) };
        line.deleted.push_str(&formula.deleted);
        let latex = latex.trim();
        if latex.is_empty() {
            return;
        }
        let look = self.look(&<_>::default(), line);
        if self.fields.in_code() {
            self.fields.add_code(latex);
        } else {
            line.push_object(Object::Formula { latex: latex.to_owned(), display }, &look);
        }
    }
}

struct Formula {
    /// Text that a tracked change took out.
    deleted: String,
    /// Within an array of equations, where `&` aligns.
    aligned: bool,
}

/// What a structure's own properties say; only what changes the LaTeX.
#[derive(Default)]
struct Props {
    /// `chr`, `begChr`, `sepChr`, `endChr`: a sign, perhaps none.
    sign: Option<String>,
    begin: Option<String>,
    separator: Option<String>,
    end: Option<String>,
    /// `type`, `pos`, `limLoc`.
    kind: String,
    no_degree: bool,
    no_sub: bool,
    no_sup: bool,
    /// Sides of a box that are not drawn.
    hidden_sides: usize,
    /// Lines through a box: level, rising, falling.
    strikes: [bool; 3],
    /// `show` is off.
    unseen: bool,
}

impl Formula {
    /// Several formulas of one paragraph stand below one another.
    fn paragraph(&mut self, xml: &mut Xml<'_>) -> String {
        let mut rows = Vec::new();
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::M, "oMath") => rows.push(self.row(xml)),
                (Ns::W, "ins" | "moveTo" | "r") => xml.enter(),
                _ => xml.skip(),
            }
        }
        rows.retain(|row| !row.trim().is_empty());
        match rows.len() {
            0 | 1 => rows.pop().unwrap_or_default(),
            _ => format!("\\begin{{gathered}}{}\\end{{gathered}}", rows.join(" \\\\ ")),
        }
    }

    /// What stands within an element, one after another.
    fn row(&mut self, xml: &mut Xml<'_>) -> String {
        let mut out = String::new();
        while let Some(element) = xml.next() {
            let part = self.structure(xml, &element);
            signs::join(&mut out, &part);
        }
        out
    }

    fn structure(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> String {
        match (element.ns, element.name) {
            (Ns::M, "r") => self.run(xml),
            (Ns::M, "f") => self.fraction(xml),
            (Ns::M, "sSup" | "sSub" | "sSubSup" | "sPre") => self.script(xml, element.name),
            (Ns::M, "rad") => self.radical(xml),
            (Ns::M, "nary") => self.nary(xml),
            (Ns::M, "d") => self.delimited(xml),
            (Ns::M, "func") => self.function(xml),
            (Ns::M, "limLow" | "limUpp") => self.limit(xml, element.name),
            (Ns::M, "acc" | "bar" | "groupChr") => self.accent(xml, element.name),
            (Ns::M, "m") => self.matrix(xml),
            (Ns::M, "eqArr") => self.equations(xml),
            (Ns::M, "borderBox") => self.border(xml),
            (Ns::M, "phant") => self.phantom(xml),
            (Ns::W, "del" | "moveFrom") => {
                self.deleted.push_str(&xml.deep_text(is_text));
                String::new()
            }
            (Ns::M, name) if name.ends_with("Pr") => {
                xml.skip();
                String::new()
            }
            // Boxes, arguments, insertions: what they hold is what they show.
            (Ns::M | Ns::W, _) if !is_text(element) => self.row(xml),
            _ => signs::escape(&xml.text(), self.aligned),
        }
    }

    /// The parts of a structure by name, and its properties.
    fn parts(&mut self, xml: &mut Xml<'_>) -> (Props, Vec<(String, String)>) {
        let mut props = Props::default();
        let mut parts = Vec::new();
        while let Some(element) = xml.next() {
            if element.ns == Ns::M && element.name.ends_with("Pr") {
                props = Props::read(xml);
            } else {
                let name = element.name.to_owned();
                parts.push((name, self.row(xml)));
            }
        }
        (props, parts)
    }

    fn run(&mut self, xml: &mut Xml<'_>) -> String {
        let (mut style, mut script, mut is_words) = (String::new(), String::new(), false);
        let mut text = String::new();
        while let Some(element) = xml.next() {
            match (element.ns, element.name) {
                (Ns::M, "rPr") => xml.enter(),
                (Ns::M, "sty") => {
                    style = element.val().unwrap_or_default().into_owned();
                    xml.skip();
                }
                (Ns::M, "scr") => {
                    script = element.val().unwrap_or_default().into_owned();
                    xml.skip();
                }
                (Ns::M, "nor") => {
                    is_words = element.is_on();
                    xml.skip();
                }
                (Ns::W, "br") => {
                    text.push(' ');
                    xml.skip();
                }
                _ if is_text(&element) => text.push_str(&xml.text()),
                _ => xml.skip(),
            }
        }
        if is_words {
            return signs::words(&text);
        }
        let latex = signs::escape(&text, self.aligned);
        let letters = text.chars().any(char::is_alphabetic);
        let command = match (script.as_str(), style.as_str()) {
            _ if !letters => return latex,
            ("double-struck", _) => "mathbb",
            ("script", _) => "mathcal",
            ("fraktur", _) => "mathfrak",
            ("sans-serif", _) => "mathsf",
            ("monospace", _) => "mathtt",
            (_, "b") => "mathbf",
            (_, "bi") => "boldsymbol",
            (_, "p") if text.chars().all(|c| c.is_ascii_alphabetic()) => "mathrm",
            _ => return latex,
        };
        format!("\\{command}{{{latex}}}")
    }

    fn fraction(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        let (over, under) = (part(&parts, "num"), part(&parts, "den"));
        match props.kind.as_str() {
            "lin" | "skw" => format!("{}/{}", signs::group(over), signs::group(under)),
            "noBar" => format!("\\genfrac{{}}{{}}{{0pt}}{{}}{{{over}}}{{{under}}}"),
            _ => format!("\\frac{{{over}}}{{{under}}}"),
        }
    }

    fn script(&mut self, xml: &mut Xml<'_>, name: &str) -> String {
        let (_, parts) = self.parts(xml);
        let base = signs::group(part(&parts, "e"));
        let (sub, sup) = (part(&parts, "sub"), part(&parts, "sup"));
        match name {
            "sSup" => format!("{base}^{{{sup}}}"),
            "sSub" => format!("{base}_{{{sub}}}"),
            "sPre" => format!("{{}}_{{{sub}}}^{{{sup}}}{base}"),
            _ => format!("{base}_{{{sub}}}^{{{sup}}}"),
        }
    }

    fn radical(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        let (degree, of) = (part(&parts, "deg"), part(&parts, "e"));
        if props.no_degree || degree.is_empty() {
            format!("\\sqrt{{{of}}}")
        } else {
            format!("\\sqrt[{degree}]{{{of}}}")
        }
    }

    fn nary(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        // Without a sign of its own it is an integral (22.1.2.70).
        let mut out = signs::escape(props.sign.as_deref().unwrap_or("∫"), false);
        let (sub, sup) = (part(&parts, "sub"), part(&parts, "sup"));
        if !sub.is_empty() && !props.no_sub {
            out.push_str(&format!("_{{{sub}}}"));
        }
        if !sup.is_empty() && !props.no_sup {
            out.push_str(&format!("^{{{sup}}}"));
        }
        signs::join(&mut out, part(&parts, "e"));
        out
    }

    fn delimited(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        let (begin, end) = (props.begin.as_deref().unwrap_or("("), props.end.as_deref().unwrap_or(")"));
        let separator = match props.separator.as_deref().unwrap_or("|") {
            "|" => " \\middle| ".to_owned(),
            other => signs::escape(other, false),
        };
        let inside: Vec<&str> = parts.iter().map(|(_, part)| part.as_str()).collect();
        // A sign that cannot be stretched stands beside what it encloses.
        let beside = |sign: &str| match signs::delimiter(sign) {
            Some(bracket) => (String::new(), bracket),
            None => (signs::escape(sign, false), "."),
        };
        let ((before, left), (after, right)) = (beside(begin), beside(end));
        format!("{before}\\left{left}{}\\right{right}{after}", inside.join(&separator))
    }

    fn function(&mut self, xml: &mut Xml<'_>) -> String {
        let (_, parts) = self.parts(xml);
        let mut out = signs::function(part(&parts, "fName"));
        signs::join(&mut out, part(&parts, "e"));
        out
    }

    fn limit(&mut self, xml: &mut Xml<'_>, name: &str) -> String {
        let (_, parts) = self.parts(xml);
        let (base, limit) = (signs::function(part(&parts, "e")), part(&parts, "lim"));
        let low = name == "limLow";
        let is_operator = base.starts_with('\\') && base[1..].bytes().all(|b| b.is_ascii_alphabetic());
        let is_brace = base.starts_with("\\underbrace") || base.starts_with("\\overbrace");
        match (is_operator || is_brace, low) {
            (true, true) => format!("{base}_{{{limit}}}"),
            (true, false) => format!("{base}^{{{limit}}}"),
            (false, true) => format!("\\underset{{{limit}}}{{{base}}}"),
            (false, false) => format!("\\overset{{{limit}}}{{{base}}}"),
        }
    }

    fn accent(&mut self, xml: &mut Xml<'_>, name: &str) -> String {
        let (props, parts) = self.parts(xml);
        let base = part(&parts, "e");
        let sign = props.sign.as_deref();
        match (name, props.kind.as_str()) {
            ("bar", "top") => format!("\\overline{{{base}}}"),
            ("bar", _) => format!("\\underline{{{base}}}"),
            ("groupChr", kind) => signs::group_sign(sign.unwrap_or("⏟"), kind == "top", base),
            _ => signs::accent(sign.unwrap_or("\u{302}"), base),
        }
    }

    /// A box, whose sides may be hidden and which may be struck out (22.1.2.11).
    fn border(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        let base = part(&parts, "e");
        let out = match props.strikes {
            [_, true, true] => format!("\\xcancel{{{base}}}"),
            [_, true, false] => format!("\\cancel{{{base}}}"),
            [_, false, true] => format!("\\bcancel{{{base}}}"),
            [true, ..] => format!("\\sout{{{base}}}"),
            _ => base.to_owned(),
        };
        if props.hidden_sides < 4 { format!("\\boxed{{{out}}}") } else { out }
    }

    /// What takes room, and is shown unless it says that it is not (22.1.2.81).
    fn phantom(&mut self, xml: &mut Xml<'_>) -> String {
        let (props, parts) = self.parts(xml);
        let base = part(&parts, "e");
        if props.unseen { format!("\\phantom{{{base}}}") } else { base.to_owned() }
    }

    fn matrix(&mut self, xml: &mut Xml<'_>) -> String {
        let mut rows = Vec::new();
        while let Some(element) = xml.next() {
            if element.name == "mr" {
                let (_, parts) = self.parts(xml);
                let cells: Vec<String> = parts.into_iter().map(|(_, cell)| cell).collect();
                rows.push(cells.join(" & "));
            } else {
                xml.skip();
            }
        }
        format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ "))
    }

    fn equations(&mut self, xml: &mut Xml<'_>) -> String {
        let outer = std::mem::replace(&mut self.aligned, true);
        let (_, parts) = self.parts(xml);
        self.aligned = outer;
        let rows: Vec<String> = parts.into_iter().map(|(_, row)| row).collect();
        format!("\\begin{{aligned}}{}\\end{{aligned}}", rows.join(" \\\\ "))
    }
}

impl Props {
    fn read(xml: &mut Xml<'_>) -> Props {
        let mut out = Props::default();
        while let Some(element) = xml.next() {
            let value = || element.val().map(|value| value.into_owned());
            match element.name {
                "chr" => out.sign = value().or(Some(String::new())),
                "begChr" => out.begin = value().or(Some(String::new())),
                "sepChr" => out.separator = value().or(Some(String::new())),
                "endChr" => out.end = value().or(Some(String::new())),
                "type" | "pos" | "limLoc" => out.kind = value().unwrap_or_default(),
                "degHide" => out.no_degree = element.is_on(),
                "subHide" => out.no_sub = element.is_on(),
                "supHide" => out.no_sup = element.is_on(),
                "hideTop" | "hideBot" | "hideLeft" | "hideRight" => {
                    out.hidden_sides += usize::from(element.is_on());
                }
                "strikeH" => out.strikes[0] = element.is_on(),
                "strikeBLTR" => out.strikes[1] = element.is_on(),
                "strikeTLBR" => out.strikes[2] = element.is_on(),
                "show" => out.unseen = !element.is_on(),
                _ => {}
            }
            xml.skip();
        }
        out
    }
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    parts.iter().find(|(known, _)| known == name).map_or("", |(_, part)| part.as_str())
}

#[cfg(test)]
#[path = "math/tests.rs"]
mod tests;
