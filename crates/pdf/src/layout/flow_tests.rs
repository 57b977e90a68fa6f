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
