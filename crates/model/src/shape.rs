/// How a block *looked*, where the format itself does not say what it is.
///
/// Readers measure, rules judge. Lengths are in em of the body text: one em is one Chinese character, two
/// cells of a fixed-width text. A `Shape` is `None` on a block whose nature the format states (a Word
/// heading style, a list item, a table).
///
/// ```
/// use qingwen_model::{Block, Shape};
/// let looks = Shape { indent: 2.0, bold: true, ..Shape::default() };
/// assert_eq!(Block::paragraph("甲").looking(looks).shape.map(|shape| shape.indent), Some(2.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Whether the block is one physical line, or a whole paragraph by the format's own word.
    pub extent: Extent,
    /// What stood before the block: a column or a page may have begun with it.
    pub start: Start,
    /// From the left edge of the column to the first character, in em. For a whole paragraph, the
    /// indentation of its first line.
    pub indent: f32,
    /// Width of the line from first to last character, in em. For a whole paragraph 0.
    pub width: f32,
    /// From the last character to the right edge of the column, in em; `None` where the edge is not known.
    pub slack: Option<f32>,
    /// White space above beyond the usual line spacing, in lines. In a text, the number of blank lines.
    pub gap: f32,
    /// Size of the type against the body text; 1.0 where unknown.
    pub size: f32,
    /// Set in bold throughout.
    pub bold: bool,
    /// The kind of typeface the whole block is set in.
    pub face: Face,
    /// How the block is set between the edges of its column.
    pub align: Align,
    /// Vertical place on the page, 0.0 at its top and 1.0 at its bottom; `None` where there is no page.
    pub height: Option<f32>,
    /// Its level, from 1 for the highest, in the outline that the format keeps beside or about the text: bookmarks,
    /// tags. `None` where no entry of it leads here and has these words.
    pub outline: Option<u8>,
    /// The paragraph it belongs to by the word of a format that keeps such beside lines (tags): lines of one number are
    /// one paragraph, lines of different numbers are not. `None` where nothing is said.
    pub paragraph: Option<u32>,
}

impl Default for Shape {
    fn default() -> Self {
        Shape {
            extent: Extent::Line,
            start: Start::Line,
            indent: 0.0,
            width: 0.0,
            slack: None,
            gap: 0.0,
            size: 1.0,
            bold: false,
            face: Face::Unknown,
            align: Align::Start,
            height: None,
            outline: None,
            paragraph: None,
        }
    }
}

/// How much of a paragraph a block holds.
///
/// ```
/// assert_ne!(qingwen_model::Extent::Line, qingwen_model::Extent::Paragraph);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// One physical line; joining it to its neighbours is a guess, and so a rule's business.
    #[default]
    Line,
    /// A paragraph that the format, or a rule, has marked off.
    Paragraph,
}

/// What a block is the first of.
///
/// ```
/// assert_eq!(qingwen_model::Start::default(), qingwen_model::Start::Line);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// An ordinary line.
    #[default]
    Line,
    /// The first line of a column.
    Column,
    /// The first line of a page.
    Page,
}

/// The kinds of typeface that carry meaning in Chinese official documents (GB/T 9704-2012, 7.2 and 7.3).
///
/// ```
/// use qingwen_model::Face;
/// assert_eq!(Face::of_name("FangSong_GB2312"), Face::FangSong);
/// assert_eq!(Face::of_name("方正小标宋简体"), Face::Title);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Not known, or mixed within the block.
    #[default]
    Unknown,
    /// 宋体 and other serif faces of ordinary weight.
    Song,
    /// 小标宋 and other display serif faces, used for titles.
    Title,
    /// 黑体 and other sans-serif faces, used for first-level headings.
    Hei,
    /// 楷体, used for second-level headings and quotations.
    Kai,
    /// 仿宋, the body face of official documents.
    FangSong,
    /// A monospaced face.
    Mono,
}

impl Face {
    /// The kind of typeface a font name stands for, by the words font makers put in names: `SimHei`,
    /// `方正小标宋简体`, `FangSong_GB2312`. Case does not matter.
    pub fn of_name(name: &str) -> Face {
        let lower = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&["小标宋", "大标宋", "xbs", "dbs", "xiaobiaosong", "标宋"]) {
            Face::Title
        } else if has(&["仿宋", "fangsong", "fsong"]) {
            Face::FangSong
        } else if has(&["楷", "kai"]) {
            Face::Kai
        } else if has(&["mono", "courier", "consol", "menlo"]) {
            Face::Mono
        } else if has(&["黑", "hei", "gothic", "yahei", "sans", "arial", "helvetica", "ゴシック"]) {
            Face::Hei
        } else if has(&["宋", "song", "simsun", "ming", "serif", "times", "明朝"]) {
            Face::Song
        } else {
            Face::Unknown
        }
    }
}

/// How a block is set between the edges of its column.
///
/// ```
/// assert_eq!(qingwen_model::Align::default(), qingwen_model::Align::Start);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Against the left edge, or justified.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Against the right edge.
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn font_names_tell_the_kind_of_typeface() {
        for (name, face) in [
            ("SimHei", Face::Hei),
            ("方正小标宋简体", Face::Title),
            ("FZXBSJW--GB1-0", Face::Title),
            ("FangSong_GB2312", Face::FangSong),
            ("楷体_GB2312", Face::Kai),
            ("宋体", Face::Song),
            ("Noto Sans CJK SC", Face::Hei),
            ("NSimSun", Face::Song),
            ("Courier New", Face::Mono),
            ("Zapfino", Face::Unknown),
        ] {
            assert_eq!(Face::of_name(name), face, "{name}");
        }
    }
}
