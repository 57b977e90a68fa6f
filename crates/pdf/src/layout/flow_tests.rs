use super::flow::blocks;
use super::lay;
use super::typeset::{Typeset, prose};
use crate::structure::Structure;
use qingwen_model::{Document, Log};

#[test]
fn cells_half_a_line_apart_do_not_tell_how_far_lines_are() {
    let mut set = Typeset::new();
    let mut y = set.paragraph(70.0, 100.0, 20.0, 40, &prose(300));
    for _ in 0..5 {
        set.set(70.0, y + 10.0, "一");
        set.set(110.0, y, "应用服务器，双活");
        set.set(110.0, y + 20.0, "组件");
        set.set(300.0, y + 10.0, "四台");
        y += 45.0;
    }
    let mut log = Log::new();
    let laid = lay(&set.page, &Structure::default(), &mut log);
    let (blocks, _) = blocks(vec![laid], &mut log);
    let gaps: Vec<f32> = blocks.iter().take(8).filter_map(|block| Some(block.shape?.gap)).collect();
    assert_eq!(gaps, [0.0; 8]);
    assert!(blocks.len() > 12, "the cells are lines: {}", Document { blocks, ..Document::default() });
}

#[test]
fn small_bullets_are_not_raised() {
    let mut set = Typeset::new();
    let x = set.set(70.0, 100.0, "合计九里");
    set.size = 6.0;
    let x = set.set(x, 96.5, "●");
    set.size = 10.0;
    let x = set.set(x, 100.0, "上湾");
    set.size = 6.0;
    set.set(x, 96.5, "2");
    let mut log = Log::new();
    let laid = lay(&set.page, &Structure::default(), &mut log);
    let (blocks, _) = blocks(vec![laid], &mut log);
    let text = blocks.first().and_then(|block| block.text()).map(ToString::to_string);
    assert_eq!(text.as_deref(), Some("合计九里●上湾[sup 2]"));
}
