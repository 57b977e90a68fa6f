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
        ("A⇀B⊣c", "A\\rightharpoonup B\\dashv c"),
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

/// A structure with properties: `pr("nary", "chr=∏ subHide=1", …)`.
fn pr(name: &str, props: &str, inside: &str) -> String {
    let props: String = props
        .split_ascii_whitespace()
        .filter_map(|prop| prop.split_once('='))
        .map(|(prop, value)| format!("<m:{prop} m:val=\"{value}\"/>"))
        .collect();
    e(name, &format!("<m:{name}Pr>{props}<m:ctrlPr><w:rPr><w:i/></w:rPr></m:ctrlPr></m:{name}Pr>{inside}"))
}

#[test]
fn every_structure_of_the_standard_has_its_latex() {
    let (x, ab) = (e("e", &r("x")), e("e", &r("a+b")));
    let scripts = e("sub", &r("1")) + &e("sup", &r("n"));
    let halves = e("num", &r("a+b")) + &e("den", &r("c"));
    for (omml, want) in [
        // 22.1.2.36: fractions
        (pr("f", "type=bar", &halves), "\\frac{a+b}{c}"),
        (pr("f", "type=skw", &halves), "{a+b}/c"),
        (pr("f", "type=lin", &halves), "{a+b}/c"),
        (pr("f", "type=noBar", &halves), "\\genfrac{}{}{0pt}{}{a+b}{c}"),
        (pr("f", "", &(e("num", &e("f", &halves)) + &e("den", &r("2")))), "\\frac{\\frac{a+b}{c}}{2}"),
        // 22.1.2.88: radicals
        (pr("rad", "degHide=on", &(e("deg", &r("3")) + &ab)), "\\sqrt{a+b}"),
        (pr("rad", "degHide=0", &(e("deg", &r("n+1")) + &ab)), "\\sqrt[n+1]{a+b}"),
        // 22.1.2.70: n-ary operators
        (pr("nary", "limLoc=subSup", &(scripts.clone() + &x)), "\\int_{1}^{n}x"),
        (pr("nary", "chr=∏ limLoc=undOvr", &(scripts.clone() + &x)), "\\prod_{1}^{n}x"),
        (pr("nary", "chr=∬ subHide=1 supHide=1", &(scripts.clone() + &x)), "\\iint x"),
        (pr("nary", "chr=∮ supHide=1", &(scripts.clone() + &x)), "\\oint_{1}x"),
        (pr("nary", "chr=⋃ subHide=1", &(scripts.clone() + &x)), "\\bigcup^{n}x"),
        (pr("nary", "chr=⨁", &(scripts.clone() + &x)), "\\bigoplus_{1}^{n}x"),
        // 22.1.2.24: delimiters
        (pr("d", "begChr=[ endChr=)", &ab), "\\left[a+b\\right)"),
        (pr("d", "begChr=⟨ sepChr=, endChr=⟩", &(ab.clone() + &x)), "\\left\\langle a+b,x\\right\\rangle "),
        (pr("d", "begChr=‖ endChr=‖", &x), "\\left\\|x\\right\\|"),
        (pr("d", "begChr=⌈ endChr=⌉", &x), "\\left\\lceil x\\right\\rceil "),
        (pr("d", "", &(ab.clone() + &x)), "\\left(a+b \\middle| x\\right)"),
        (pr("d", "begChr=【 endChr=】", &x), "\\text{【}\\left.x\\right.\\text{】}"),
        (
            pr("d", "begChr=( endChr=)", &e("e", &pr("f", "type=noBar", &halves))),
            "\\left(\\genfrac{}{}{0pt}{}{a+b}{c}\\right)",
        ),
        // 22.1.2.103 and others: scripts, before and after
        (e("sSubSup", &(ab.clone() + &scripts)), "{a+b}_{1}^{n}"),
        (e("sPre", &(scripts.clone() + &x)), "{}_{1}^{n}x"),
        (
            e("sSup", &(e("e", &e("sSub", &(x.clone() + &e("sub", &r("i"))))) + &e("sup", &r("2")))),
            "{x_{i}}^{2}",
        ),
        // 22.1.2.1: accents; omitted means a hat, empty means none
        (pr("acc", "", &x), "\\hat{x}"),
        (pr("acc", "", &ab), "\\widehat{a+b}"),
        (pr("acc", "chr=", &x), "x"),
        (pr("acc", "chr=\u{303}", &x), "\\tilde{x}"),
        (pr("acc", "chr=\u{307}", &x), "\\dot{x}"),
        (pr("acc", "chr=\u{308}", &x), "\\ddot{x}"),
        (pr("acc", "chr=\u{20db}", &x), "\\dddot{x}"),
        (pr("acc", "chr=\u{306}", &x), "\\breve{x}"),
        (pr("acc", "chr=\u{30c}", &x), "\\check{x}"),
        (pr("acc", "chr=\u{300}", &x), "\\grave{x}"),
        (pr("acc", "chr=\u{301}", &x), "\\acute{x}"),
        (pr("acc", "chr=\u{305}", &x), "\\bar{x}"),
        (pr("acc", "chr=\u{305}", &ab), "\\overline{a+b}"),
        (pr("acc", "chr=\u{20d7}", &e("e", &r("AB"))), "\\overrightarrow{AB}"),
        (pr("acc", "chr=\u{20d1}", &x), "\\overrightharpoon{x}"),
        (pr("acc", "chr=\u{332}", &x), "\\underline{x}"),
        (pr("acc", "chr=\u{33f}", &x), "\\overline{\\overline{x}}"),
        (pr("acc", "chr=♯", &x), "\\overset{♯}{x}"),
        // 22.1.2.7: bars
        (pr("bar", "", &ab), "\\underline{a+b}"),
        (pr("bar", "pos=bot", &ab), "\\underline{a+b}"),
        // 22.1.2.41: group characters, and their limits
        (pr("groupChr", "", &ab), "\\underbrace{a+b}"),
        (pr("groupChr", "chr=⏞ pos=top", &ab), "\\overbrace{a+b}"),
        (pr("groupChr", "chr=→ pos=top", &ab), "\\overrightarrow{a+b}"),
        (pr("groupChr", "chr=⇒ pos=bot", &ab), "\\underset{\\Rightarrow}{a+b}"),
        (e("limLow", &(e("e", &pr("groupChr", "", &ab)) + &e("lim", &r("n")))), "\\underbrace{a+b}_{n}"),
        (
            e("limUpp", &(e("e", &pr("groupChr", "chr=⏞ pos=top", &ab)) + &e("lim", &r("n")))),
            "\\overbrace{a+b}^{n}",
        ),
        // 22.1.2.54: limits
        (e("limLow", &(e("e", &r("max")) + &e("lim", &r("x")))), "\\max_{x}"),
        (e("limLow", &(e("e", &r("A")) + &e("lim", &r("x")))), "\\underset{x}{A}"),
        (e("limUpp", &(e("e", &r("=")) + &e("lim", &r("def")))), "\\overset{def}{=}"),
        (e("func", &(e("fName", &e("sSup", &(e("e", &r("sin")) + &e("sup", &r("2"))))) + &x)), "\\sin^{2}x"),
        // 22.1.2.60: matrices
        (
            pr(
                "d",
                "begChr=[ endChr=]",
                &e("e", &pr("m", "", &(e("mr", &(x.clone() + &ab)) + &e("mr", &(e("e", "") + &x))))),
            ),
            "\\left[\\begin{matrix}x & a+b \\\\  & x\\end{matrix}\\right]",
        ),
        // 22.1.2.34: arrays of equations
        (
            pr(
                "d",
                "begChr={ endChr=",
                &e("e", &pr("eqArr", "", &(e("e", &r("x&amp;,x≥0")) + &e("e", &r("-x&amp;,x&lt;0"))))),
            ),
            "\\left\\{\\begin{aligned}x&,x\\geq0 \\\\ -x&,x<0\\end{aligned}\\right.",
        ),
        // 22.1.2.11: boxes with borders, and lines through them
        (pr("borderBox", "", &ab), "\\boxed{a+b}"),
        (pr("borderBox", "hideTop=1 hideBot=1 hideLeft=1 hideRight=1 strikeBLTR=1", &ab), "\\cancel{a+b}"),
        (
            pr("borderBox", "hideTop=1 hideBot=1 hideLeft=1 hideRight=1 strikeBLTR=1 strikeTLBR=1", &x),
            "\\xcancel{x}",
        ),
        (pr("borderBox", "strikeH=1", &x), "\\boxed{\\sout{x}}"),
        // 22.1.2.13 and 22.1.2.81: boxes without, and phantoms
        (pr("box", "opEmu=1", &ab), "a+b"),
        (pr("phant", "show=0", &x), "\\phantom{x}"),
        (pr("phant", "zeroAsc=1", &x), "x"),
    ] {
        assert_eq!(latex(&omml), want, "{omml}");
    }
}

#[test]
fn letters_of_mathematical_alphabets_are_letters() {
    for (text, want) in [
        ("𝐀𝑧𝟗", "Az9"),
        ("𝛼+𝜷=𝚪", "\\alpha+\\beta=\\Gamma"),
        ("𝜕𝜖𝜋", "\\partial\\epsilon\\pi"),
        ("𝛁𝝎", "\\nabla\\omega"),
    ] {
        assert_eq!(latex(&r(text)), want, "{text}");
    }
}
