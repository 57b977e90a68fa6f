use super::lay;
use super::typeset::Typeset;
use crate::structure::Structure;
use qingwen_model::Log;

/// Sets an entry of a list of contents, indented by so many points in a column of 200.
fn entry(set: &mut Typeset, x: f32, y: f32, indent: f32, words: &str, page: u32) {
    let mut at = set.set(x + indent, y, words) + 10.0;
    // What stands at the edge has no dots.
    while indent > 0.0 && at < x + 180.0 {
        set.set(at, y, ".");
        at += 7.5;
    }
    set.set(x + 195.0, y, &page.to_string());
}

#[test]
fn a_list_of_contents_in_two_columns_is_read_column_by_column() {
    let mut set = Typeset::new();
    for row in 0..20u32 {
        let y = 100.0 + 15.0 * row as f32;
        // Of the right column a single line starts at its edge.
        let left = if row % 7 == 0 { 0.0 } else { 20.0 };
        let right = match row {
            9 => 0.0,
            _ if row % 4 == 0 => 20.0,
            _ => 45.0,
        };
        entry(&mut set, 70.0, y, left, &format!("左栏{row:02}目"), 1);
        entry(&mut set, 300.0, y + 3.0, right, &format!("右栏{row:02}目"), 2);
    }
    let laid = lay(&set.page, &Structure::default(), &mut Log::new());
    let lines: Vec<&str> =
        laid.items.iter().filter_map(|item| item.line()).map(|line| line.text.as_str()).collect();
    assert_eq!(lines.len(), 40, "{lines:?}");
    assert!(lines[..20].iter().all(|line| line.starts_with('左') && line.ends_with('1')), "{lines:?}");
    assert!(lines[20..].iter().all(|line| line.starts_with('右') && line.ends_with('2')), "{lines:?}");
}
