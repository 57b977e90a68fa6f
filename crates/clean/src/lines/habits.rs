//! What speaks for and against a new paragraph where the page says nothing: in flush text, a sentence that ends with a
//! full line, and a line without a number below it.
//!
//! The weights are logarithms of odds, fitted to the paragraphs of one half of a collection of laws, tried on the other
//! half and on documents of other kinds, and rounded. What they tell is little: a reader cannot tell much more.

use super::physical::Physical;
use super::setting::{Lines, Setting, slack};
use crate::chars;
use crate::structure::enumerator::Class;
use std::collections::HashSet;

/// How sentences and paragraphs of a document begin, by places that leave no doubt.
#[derive(Default)]
pub(super) struct Habits {
    /// The first two characters of paragraphs.
    paragraphs: HashSet<[char; 2]>,
    /// The first four characters of sentences within paragraphs.
    sentences: HashSet<[char; 4]>,
    /// For each line, the characters up to the first end of a sentence from its beginning on.
    lengths: Vec<u32>,
}

impl Habits {
    /// Those of a document; none where paragraphs are indented, which shows where they begin.
    pub(super) fn of(lines: &Lines<'_>, setting: &Setting) -> Habits {
        let mut habits = Habits::default();
        if setting.indented || setting.full.is_none() {
            return habits;
        }
        habits.lengths = vec![0; lines.len()];
        let mut below = 0;
        for at in (0..lines.len()).rev() {
            let Some(text) = lines[at].map(|line| line.text) else { continue };
            let end = text.find(['。', '！', '？']);
            let length = text[..end.unwrap_or(text.len())].chars().count() as u32;
            below = if end.is_some() { length } else { length.saturating_add(below) };
            habits.lengths[at] = below;
        }
        let mut is_after_end = true;
        for Physical { shape, text, number, .. } in lines.iter().flatten() {
            if is_after_end || number.is_some() {
                habits.paragraphs.extend(opening(&text[number.map_or(0, |number| number.body)..]));
            }
            let sentences = text.split(['。', '！', '？']).skip(1);
            habits.sentences.extend(sentences.filter_map(opening));
            is_after_end = slack(shape, setting).is_some_and(|slack| slack >= 2.0);
        }
        habits
    }

    /// What the line at a place says for its being more of the paragraph above.
    pub(super) fn of_line(&self, at: usize, text: &str) -> f32 {
        const BACK: [&str; 3] = ["其", "该", "《"];
        // Without a subject of their own.
        const ELLIPSES: [&str; 20] = [
            "未", "不", "没有", "经", "需要", "可以", "因", "如", "若", "逾期", "情节", "构成", "必要", "确",
            "无", "期满", "由", "符合", "造成", "仍",
        ];
        const SHORT: u32 = 24;
        let text = chars::strip_start(text);
        let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        let is_short = self.lengths.get(at).is_some_and(|length| *length < SHORT);
        let weigh = |seen: bool, weight: f32| if seen { weight } else { 0.0 };
        weigh(begins(&BACK), 2.2)
            + weigh(begins(&ELLIPSES), 0.4)
            + weigh(is_short, 1.2)
            + weigh(opening(text).is_some_and(|opening| self.sentences.contains(&opening)), 0.7)
            + weigh(opening(text).is_some_and(|opening| self.paragraphs.contains(&opening)), -1.1)
    }
}

/// What a paragraph says for its going on after the end of a sentence.
pub(super) fn of_paragraph(text: &str, class: Option<Class>) -> f32 {
    // Few items of a list have more than one sentence.
    const ITEM: f32 = -2.6;
    let is_item =
        |class| matches!(class, Class::HanParen | Class::ArabicParen | Class::ArabicRight | Class::Circled);
    let length = match chars::stops(text).take(3).count() {
        0 | 1 => 0.3,
        2 => -0.1,
        _ => -0.9,
    };
    length + if class.is_some_and(is_item) { ITEM } else { 0.0 }
}

/// The first characters of a text.
fn opening<const N: usize>(text: &str) -> Option<[char; N]> {
    let mut opening = ['\0'; N];
    let mut all = text.trim_start().chars();
    for slot in &mut opening {
        *slot = all.next()?;
    }
    Some(opening)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qingwen_model::{Block, Document, Extent, Shape};

    fn habits(lines: &[&str]) -> Habits {
        let block = |text: &&str| {
            let width = text.chars().count() as f32;
            Block::paragraph(*text).looking(Shape { width, extent: Extent::Line, ..Shape::default() })
        };
        let document = Document { blocks: lines.iter().map(block).collect(), ..Document::default() };
        let lines: Vec<_> = document.blocks.iter().map(Physical::of).collect();
        let setting = Setting::of(&lines);
        assert!(setting.full == Some(20.0) && !setting.indented, "{setting:?}");
        Habits::of(&lines, &setting)
    }

    #[test]
    fn openings_and_the_length_of_the_sentence_tell() {
        let lines = [
            "灌区管理单位应当在每年春季开展渠道的清淤",
            "和维修，保证输水安全。",
            "用水户应当按照批准的计划取水，不得擅自扩",
            "大灌溉面积。灌溉定额每五年修订一次。",
            "灌区管理单位应当公开水价，听取用水户意见",
            "并接受监督。",
            "水费由灌区管理单位按照实际取水的数量收取",
            "并开具统一的水费收据。",
        ];
        let habits = habits(&lines);
        assert_eq!(habits.lengths[..4], [30, 10, 25, 5]);
        // The last line is 11 characters to its stop: as short as a sentence that goes on.
        let of = |text: &str| habits.of_line(0, text);
        assert!(of("灌区管理单位应当另行公告。") < of("逾期的另行公告。"));
        assert!(of("灌溉定额由县水务局公布。") > 0.0 && of("其具体标准由县水务局公布。") > 2.0);
        assert!(habits.of_line(3, "另行公告。") > habits.of_line(0, "另行公告。"));
    }

    #[test]
    fn a_list_and_sentences_so_far_speak_against() {
        let (one, two) = ("渠道应当清淤。", "渠道应当清淤。泵站应当维修。");
        assert!(of_paragraph(one, None) > of_paragraph(two, None));
        assert!(of_paragraph(one, Some(Class::HanParen)) < of_paragraph(one, Some(Class::Article)));
    }
}
