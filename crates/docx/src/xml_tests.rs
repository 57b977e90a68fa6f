use super::*;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn names(text: &str) -> String {
    fn walk(xml: &mut Xml<'_>, out: &mut String) {
        while let Some(element) = xml.next() {
            out.push_str(element.name);
            if element.name == "t" {
                out.push_str(&format!("={}", xml.text()));
            } else {
                out.push('(');
                walk(xml, out);
                out.push(')');
            }
        }
    }
    let mut out = String::new();
    walk(&mut Xml::new(text, 64), &mut out);
    out
}

#[test]
fn children_come_in_order_and_end_where_they_end() {
    assert_eq!(names("<w:a><w:b/><w:c><w:d/></w:c> <w:e></w:e></w:a>"), "a(b()c(d())e())");
}

#[test]
fn references_are_text() {
    assert_eq!(names("<w:t>a&lt;b&#x4E2D;&amp;&foo; & c<![CDATA[<&>]]></w:t>"), "t=a<b中&&foo; & c<&>");
}

#[test]
fn any_prefix_may_stand_for_a_namespace() {
    for text in [
        format!("<x:p xmlns:x='{W}'/>"),
        format!("<p xmlns='{W}'/>"),
        "<w:p xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'/>".to_owned(),
        "<w:p/>".to_owned(),
    ] {
        let element = Xml::new(&text, 64).root().unwrap();
        assert!(element.is_w("p"), "{text}");
    }
}

#[test]
fn a_binding_ends_with_its_element() {
    let text = format!("<a><b xmlns:w='urn:other'><w:p/></b><c xmlns:w='{W}'/><w:q/></a>");
    let mut xml = Xml::new(&text, 64);
    xml.root();
    xml.next();
    assert_eq!(xml.next().map(|e| e.ns), Some(Ns::Other));
    assert!(xml.next().is_none());
    assert!(xml.next().is_none());
    assert_eq!(xml.next().map(|e| e.name), Some("c"));
    assert!(xml.next().is_none());
    assert_eq!(xml.next().map(|e| e.ns), Some(Ns::W));
}

#[test]
fn the_first_choice_is_given_and_the_fallback_never() {
    let alternate = "<mc:AlternateContent><mc:Choice Requires='wps'><w:a/></mc:Choice>\
                     <mc:Choice><w:x/></mc:Choice><mc:Fallback><w:b/></mc:Fallback></mc:AlternateContent>";
    assert_eq!(names(&format!("<w:r>{alternate}<w:c/></w:r>")), "r(a()c())");
    let only = "<mc:AlternateContent><mc:Fallback><w:b/></mc:Fallback></mc:AlternateContent>";
    assert_eq!(names(&format!("<w:r>{only}</w:r>")), "r(b())");
    assert_eq!(names("<w:r><mc:AlternateContent/><w:c/></w:r>"), "r(c())");
}

#[test]
fn an_entered_element_gives_its_children_to_the_one_around_it() {
    let mut xml = Xml::new("<w:p><w:s><w:r/><w:s/></w:s><w:r/></w:p>", 64);
    xml.root();
    let mut seen = String::new();
    while let Some(element) = xml.next() {
        seen.push_str(element.name);
        match element.name {
            "s" => xml.enter(),
            _ => xml.skip(),
        }
    }
    assert_eq!(seen, "srsr");
}

#[test]
fn what_is_skipped_is_skipped_whole() {
    let mut xml = Xml::new("<a><b><c/><c><b/></c>text</b><d/></a>", 64);
    xml.root();
    xml.next();
    xml.skip();
    assert_eq!(xml.next().map(|e| e.name), Some("d"));
}

#[test]
fn the_inside_of_an_element_can_be_cut_out() {
    let mut xml = Xml::new("<a><b i='1'><c/></b><bb/><b/><d/></a>", 64);
    xml.root();
    let b = xml.next().unwrap();
    assert_eq!(xml.inside(&b), "<c/>");
    assert_eq!(xml.next().map(|e| e.name), Some("bb"));
    xml.skip();
    let b = xml.next().unwrap();
    assert_eq!(xml.inside(&b), "");
    assert_eq!(xml.next().map(|e| e.name), Some("d"));
    assert!(xml.damage().is_none());
}

#[test]
fn damage_is_repaired_and_remembered() {
    for (text, want) in [
        ("<a><b><c></b><d/></a>", "a(b(c())d())"),
        ("<a></x><b/></a>", "a(b())"),
        ("<a><t>cut o", "a(t=cut o)"),
        ("<a><b><c att='", "a(b())"),
    ] {
        let mut xml = Xml::new(text, 64);
        while xml.next().is_some() {}
        while !xml.ended {
            xml.next();
        }
        assert!(xml.damage().is_some(), "{text}");
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn nesting_beyond_the_limit_is_left_out() {
    let text = format!("{}<t>x&lt;</t>{}", "<a>".repeat(300_000), "</a>".repeat(300_000));
    let mut xml = Xml::new(&text, 64);
    let mut depth = 0;
    while xml.next().is_some() {
        depth += 1;
    }
    assert_eq!(depth, 64);
    assert_eq!(xml.too_deep(), Some("x<"));
}

#[test]
fn attributes_are_found_by_local_name_and_unescaped() {
    let mut xml = Xml::new("<w:a w:val = 'x &amp; y' r:id=\"7pt\" off=\"0\"/>", 64);
    let element = xml.root().unwrap();
    assert_eq!(element.val().as_deref(), Some("x & y"));
    assert_eq!(element.number("id"), Some(7));
    assert_eq!(element.attr("none"), None);
    assert!(element.is_on());
}
