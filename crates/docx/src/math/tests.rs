use super::*;

fn latex(inside: &str) -> String {
    let text = format!("<m:oMath>{inside}</m:oMath>");
    let mut xml = Xml::new(&text, 64);
    xml.root();
    Formula { deleted: String::new(), aligned: false }.row(&mut xml)
}

fn r(text: &str) -> String {
    format!("<m:r><m:t>{text}</m:t></m:r>")
}

fn e(name: &str, inside: &str) -> String {
    format!("<m:{name}>{inside}</m:{name}>")
}

#[test]
fn structures_become_latex() {
    let x = e("e", &r("x"));
    for (omml, want) in [
        (e("f", &(e("num", &r("1")) + &e("den", &r("2")))), "\\frac{1}{2}"),
        (e("sSup", &(x.clone() + &e("sup", &r("2")))), "x^{2}"),
        (e("sSub", &(e("e", &r("ab")) + &e("sub", &r("i")))), "{ab}_{i}"),
        (e("rad", &("<m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>".to_owned() + &x)), "\\sqrt{x}"),
        (e("rad", &(e("deg", &r("3")) + &x)), "\\sqrt[3]{x}"),
        (
            e(
                "nary",
                &("<m:naryPr><m:chr m:val='∑'/></m:naryPr>".to_owned()
                    + &e("sub", &r("i=1"))
                    + &e("sup", &r("n"))
                    + &x),
            ),
            "\\sum_{i=1}^{n}x",
        ),
        (e("d", &x), "\\left(x\\right)"),
        (
            e("d", &("<m:dPr><m:begChr m:val='{'/><m:endChr m:val=''/></m:dPr>".to_owned() + &x)),
            "\\left\\{x\\right.",
        ),
        (e("func", &(e("fName", &r("sin")) + &x)), "\\sin x"),
        (
            e("func", &(e("fName", &e("limLow", &(e("e", &r("lim")) + &e("lim", &r("n→∞"))))) + &x)),
            "\\lim_{n\\rightarrow\\infty}x",
        ),
        (e("acc", &("<m:accPr><m:chr m:val='\u{20d7}'/></m:accPr>".to_owned() + &x)), "\\vec{x}"),
        (e("bar", &("<m:barPr><m:pos m:val='top'/></m:barPr>".to_owned() + &x)), "\\overline{x}"),
        (
            e("m", &(e("mr", &(x.clone() + &x)) + &e("mr", &(x.clone() + &x)))),
            "\\begin{matrix}x & x \\\\ x & x\\end{matrix}",
        ),
        (
            e("eqArr", &(e("e", &r("a&amp;=b")) + &e("e", &r("c")))),
            "\\begin{aligned}a&=b \\\\ c\\end{aligned}",
        ),
    ] {
        assert_eq!(latex(&omml), want, "{omml}");
    }
}

#[test]
fn characters_become_commands_and_never_run_into_letters() {
    for (text, want) in [
        ("α+β≤γ", "\\alpha+\\beta\\leq\\gamma"),
        ("2πr", "2\\pi r"),
        ("50%", "50\\%"),
        ("速度v", "\\text{速度}v"),
        ("𝑥", "x"),
        ("a\u{2061}b", "ab"),
    ] {
        assert_eq!(latex(&r(text)), want, "{text}");
    }
}

#[test]
fn styles_of_letters_are_kept() {
    let styled = |props: &str| latex(&format!("<m:r><m:rPr>{props}</m:rPr><m:t>R</m:t></m:r>"));
    assert_eq!(styled("<m:scr m:val='double-struck'/>"), "\\mathbb{R}");
    assert_eq!(styled("<m:sty m:val='p'/>"), "\\mathrm{R}");
    assert_eq!(styled("<m:nor/>"), "\\text{R}");
    assert_eq!(styled(""), "R");
}
