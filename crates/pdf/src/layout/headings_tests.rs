use super::typeset::{Typeset, prose};
use super::{document, lay};
use crate::page::{Bookmark, Page};
use crate::structure::Structure;
use qingwen_model::{Block, Log};

fn bookmark(title: &str, level: u16, page: u32, y: Option<f32>) -> Bookmark {
    Bookmark { title: title.into(), level, page, y }
}

/// The blocks an outline leads to, with their levels.
fn marked(pages: Vec<Page>, outline: &[Bookmark]) -> Vec<(u8, String)> {
    let laid = pages.iter().map(|page| lay(page, &Structure::default(), &mut Log::new())).collect();
    let blocks = document(laid, outline, &Structure::default(), &mut Log::new()).blocks;
    let level = |block: &Block| Some((block.shape?.outline?, block.text()?.as_str().to_owned()));
    blocks.iter().filter_map(level).collect()
}

/// A page with a running head, a heading over two lines and the same words in the text.
fn page() -> Page {
    let mut set = Typeset::new();
    set.set(70.0, 40.0, "水源和渠道的管理办法");
    set.paragraph(70.0, 100.0, 15.0, 40, &prose(120));
    set.set(70.0, 190.0, "１．水源和渠道的");
    set.set(70.0, 205.0, "管理办法");
    set.paragraph(70.0, 230.0, 15.0, 40, &prose(120));
    set.set(70.0, 320.0, "泵站");
    set.paragraph(70.0, 340.0, 15.0, 40, &prose(120));
    set.page
}

#[test]
fn lines_with_the_words_of_a_bookmark_become_one_marked_block() {
    let outline = [
        bookmark("水源和渠道的管理办法", 1, 1, Some(185.0)),
        bookmark("泵 站", 2, 1, None),
        bookmark("别处的标题", 1, 7, None),
    ];
    let expected = [(1, "１．水源和渠道的管理办法".to_owned()), (2, "泵站".to_owned())];
    assert_eq!(marked(vec![page()], &outline), expected);
}

#[test]
fn an_outline_of_other_words_marks_nothing() {
    let outline =
        [bookmark("泵站", 1, 1, None), bookmark("幻灯片 1", 1, 1, None), bookmark("幻灯片 2", 1, 1, None)];
    assert_eq!(marked(vec![page()], &outline), []);
    assert_eq!(marked(vec![page()], &[]), []);
}

#[test]
fn a_bookmark_far_from_its_words_is_not_theirs() {
    assert_eq!(marked(vec![page()], &[bookmark("泵站", 1, 1, Some(700.0))]), []);
}
