use super::typeset::{Typeset, prose};
use super::{document, lay};
use crate::page::Page;
use crate::structure::Structure;
use qingwen_model::Log;

fn shown(pages: Vec<Page>) -> (String, Vec<String>) {
    let mut log = Log::new();
    let laid = pages.iter().map(|page| lay(page, &Structure::default(), &mut log)).collect();
    let document = document(laid, &[], &Structure::default(), &mut log);
    (document.to_string(), log.diagnostics().iter().map(ToString::to_string).collect())
}

/// A page of text with a raised 1 and a ② in it, and what stands in small type at its foot.
fn page(foot: &[&str]) -> Page {
    let mut set = Typeset::new();
    set.paragraph(70.0, 100.0, 15.0, 40, &prose(600));
    let x = set.set(70.0, 600.0, "上湾村的渠道");
    (set.size, set.font) = (6.0, 0);
    let x = set.set(x, 596.5, "1");
    set.size = 10.0;
    set.set(x, 600.0, "由下湾村②维修");
    set.size = 8.0;
    let mut y = 700.0;
    for line in foot {
        let rest = line.strip_prefix('^');
        let mut x = 70.0;
        if rest.is_some() {
            set.size = 5.0;
            x = set.set(x, y - 3.0, "1");
            set.size = 8.0;
        }
        set.set(x, y, rest.unwrap_or(line));
        y += 11.0;
    }
    set.size = 10.0;
    set.set(290.0, 800.0, "3");
    set.page
}

#[test]
fn notes_at_the_foot_are_notes_where_the_text_refers_to_them() {
    let (got, log) = shown(vec![page(&["^见镇志第三卷，", "第四页。", "②下湾村在河的", "南岸。"])]);
    assert!(got.contains("p  上湾村的渠道{note 1}由下湾村{note 2}维修\np  3\n"), "{got}");
    assert!(got.contains("见镇志第三卷，第四页。"), "{got}");
    assert!(got.contains("下湾村在河的南岸。"), "{got}");
    assert_eq!(log, ["page 1, line 18: pdf-note: the note of 1", "page 1, line 20: pdf-note: the note of ②"]);
}

#[test]
fn small_type_that_nothing_refers_to_stays() {
    let (got, log) = shown(vec![page(&["③下湾村在河的南岸。", "资料来源：镇志"])]);
    assert!(got.contains("p  ③下湾村在河的南岸。\np  资料来源：镇志\n"), "{got}");
    assert_eq!(log, [""; 0]);
}
