use super::*;
use proptest::prelude::*;

fn bold() -> Style {
    Style { bold: true, ..Style::default() }
}

fn italic() -> Style {
    Style { italic: true, ..Style::default() }
}

fn image(alt: &str) -> Object {
    Object::Image { media: None, alt: alt.into() }
}

fn edited(mut text: Text, edits: &[(Range<usize>, &'static str)]) -> String {
    let mut list = Edits::new();
    for (range, with) in edits {
        assert!(list.replace(range.clone(), *with));
    }
    text.replace(&list);
    text.to_string()
}

#[test]
fn equal_neighbours_are_one_run() {
    let mut text = Text::plain("a");
    text.push("b", &bold());
    text.push("c", &bold());
    text.push("", &italic());
    text.push("d", &Style::default());
    assert_eq!(text.to_string(), "a[b bc]d");
}

#[test]
fn a_deletion_may_cross_runs() {
    let mut text = Text::plain("ab");
    text.push("cd", &bold());
    text.push("ef", &italic());
    assert_eq!(edited(text, &[(1..5, "")]), "a[i f]");
}

#[test]
fn new_characters_take_the_style_of_the_first_they_replace() {
    let mut text = Text::plain("ab");
    text.push("cd", &bold());
    assert_eq!(edited(text.clone(), &[(2..3, "X")]), "ab[b Xd]");
    assert_eq!(edited(text.clone(), &[(1..3, "X")]), "aX[b d]");
    assert_eq!(edited(text.clone(), &[(4..4, "X")]), "ab[b cdX]");
    assert_eq!(edited(text, &[(2..2, "X")]), "abX[b cd]");
}

#[test]
fn objects_move_with_the_text_and_go_with_their_place() {
    let mut text = Text::plain("甲");
    text.push_object(image("图"), &bold());
    text.push("乙\u{fffc}", &Style::default());
    assert_eq!(text.to_string(), "甲[b {image 图}]乙\u{fffc}");
    assert_eq!(edited(text.clone(), &[(0..3, "天地")]), "天地[b {image 图}]乙\u{fffc}");
    assert_eq!(edited(text, &[(3..6, "")]), "甲乙\u{fffc}");
}

#[test]
fn a_label_follows_the_edits() {
    let mut text = Text::plain("(一) 总则");
    text.set_label(5);
    let mut edits = Edits::new();
    edits.replace(0..1, "（");
    edits.replace(4..5, "）");
    edits.delete(5..6);
    text.replace(&edits);
    assert_eq!(text.label(), Some("（一）"));
    assert_eq!(text.as_str(), "（一）总则");
    let tail = text.split_off(9);
    assert_eq!((text.label(), tail.label()), (Some("（一）"), None));
}

#[test]
fn splitting_and_appending_give_the_text_back() {
    let mut text = Text::plain("甲乙");
    text.push("丙丁", &bold());
    text.push_object(image("图"), &italic());
    let whole = text.clone();
    let tail = text.split_off(9);
    assert_eq!((text.to_string(), tail.to_string()), ("甲乙[b 丙]".into(), "[b 丁][i {image 图}]".into()));
    text.append(tail);
    assert_eq!(text, whole);
}

/// A text of up to six runs, each plain, bold, italic or an object.
fn texts() -> impl Strategy<Value = Text> {
    proptest::collection::vec((0..4u8, "[a-c中文，]{0,4}"), 0..6).prop_map(|runs| {
        let mut text = Text::new();
        for (kind, string) in runs {
            match kind {
                0 => text.push(&string, &Style::default()),
                1 => text.push(&string, &bold()),
                2 => text.push(&string, &italic()),
                _ => text.push_object(image(&string), &bold()),
            }
        }
        text
    })
}

proptest! {
    #[test]
    fn editing_a_text_edits_its_string(text in texts(), asked in proptest::collection::vec((0..40usize, 0..9usize, "[x，]{0,2}"), 0..8)) {
        let mut edits = Edits::new();
        for (start, length, with) in asked {
            edits.replace(start..start + length, with);
        }
        let mut after = text.clone();
        after.replace(&edits);
        prop_assert_eq!(after.as_str(), edits.apply(text.as_str()));
        check_invariants(&after);
        // Every character that was not edited keeps its style.
        let deleted: usize = edits.fitting(text.as_str()).map(|e| text.as_str()[e.range.clone()].matches('\u{fffc}').count()).sum();
        prop_assert_eq!(after.objects().count() + deleted, text.objects().count());
    }

    #[test]
    fn splitting_anywhere_and_appending_gives_the_text_back(text in texts(), at in 0..40usize) {
        let mut head = text.clone();
        let tail = head.split_off(at);
        check_invariants(&head);
        check_invariants(&tail);
        head.append(tail);
        prop_assert_eq!(head, text);
    }
}

fn check_invariants(text: &Text) {
    let mut at = 0;
    for run in text.runs() {
        assert_eq!(run.range.start, at);
        assert!(!run.range.is_empty());
        at = run.range.end;
    }
    assert_eq!(at, text.len());
    assert!(
        text.styled()
            .windows(2)
            .all(|pair| pair[0].range.end < pair[1].range.start || pair[0].style != pair[1].style)
    );
    for (place, _) in text.objects() {
        assert!(text.as_str()[place..].starts_with('\u{fffc}'));
    }
}

#[test]
fn what_was_remembered_is_forgotten_with_the_next_change() {
    let mut edits = Edits::new();
    edits.insert(0, "乙");
    let changes: [fn(&mut Text, &Edits); 5] = [
        |text, _| text.push("丙", &Style::default()),
        |text, edits| text.replace(edits),
        |text, _| text.append(Text::plain("丁")),
        |text, _| text.append_from(Text::plain("丁"), Mark::Line(2)),
        |text, _| drop(text.split_off(3)),
    ];
    for change in changes {
        let mut text = Text::plain("甲甲");
        text.remember(7);
        assert_eq!(text.memo(), 7);
        change(&mut text, &edits);
        assert_eq!(text.memo(), 0, "{text:?}");
    }
}

#[test]
fn a_text_that_shares_its_string_is_like_one_of_its_own() {
    let all = std::sync::Arc::new("甲乙\n丙丁".to_owned());
    let part = |range: std::ops::Range<usize>| Text::shared(&all, range);
    assert_eq!(part(7..13), Text::plain("丙丁"));
    // Within a character, beyond the end, backwards.
    assert!([1..3, 0..4, 7..14, 20..21].into_iter().all(|range| part(range).is_empty()));
    let mut text = part(0..6);
    text.append_from(part(7..13), Mark::Line(2));
    let mut edits = Edits::new();
    edits.replace(3..6, "戊");
    text.replace(&edits);
    assert_eq!(text.as_str(), "甲戊丙丁");
    assert_eq!(text.places().at(6), (Mark::Line(2), 1));
    let tail = text.split_off(6);
    assert_eq!((text.as_str(), tail.as_str()), ("甲戊", "丙丁"));
    assert_eq!(all.as_str(), "甲乙\n丙丁");
}

#[test]
fn a_plain_line_is_small() {
    assert!(size_of::<Text>() <= 40, "{}", size_of::<Text>());
    assert!(size_of::<crate::Block>() <= 120, "{}", size_of::<crate::Block>());
}
