//! The schema as types, and the model to and from it.

use qingwen_model::{self as model, Align, Extent, Face, Mark, NoteKind, Start};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[derive(Serialize, Deserialize)]
pub(super) struct Document<'a> {
    pub(super) schema: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) meta: Meta,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) blocks: Vec<Block<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<Note<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) media: Vec<Picture<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) anchors: Vec<Anchor<'a>>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    #[serde(skip_serializing_if = "is_default")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) author: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) subject: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) created: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) modified: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) application: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) language: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) encoding: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) pages: Option<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Note<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) kind: NoteWord,
    #[serde(default)]
    pub(super) blocks: Vec<Block<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Picture<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) data: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Anchor<'a> {
    pub(super) name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mark: Option<Place>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Block<'a> {
    #[serde(flatten)]
    pub(super) body: Body<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mark: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shape: Option<Shape>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Body<'a> {
    Paragraph(Text<'a>),
    Heading {
        level: u8,
        #[serde(flatten)]
        text: Text<'a>,
    },
    List {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        loose: bool,
        items: Vec<Item<'a>>,
    },
    Table {
        #[serde(default)]
        header_rows: u32,
        rows: Vec<Vec<Cell<'a>>>,
    },
    Quote {
        blocks: Vec<Block<'a>>,
    },
    Code {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Cow<'a, str>>,
        text: Cow<'a, str>,
    },
    Break,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Item<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) done: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Cell<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) row_span: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) column_span: u32,
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_one(span: &u32) -> bool {
    *span == 1
}

#[derive(Serialize, Deserialize)]
pub(super) struct Text<'a> {
    pub(super) text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) label: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) styles: Vec<Run<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) objects: Vec<Object<'a>>,
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Run<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) bold: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) italic: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) underline: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) strike: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) superscript: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) subscript: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) code: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Object<'a> {
    pub(super) at: usize,
    #[serde(flatten)]
    pub(super) what: What<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What<'a> {
    Image {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        media: Option<usize>,
        #[serde(default)]
        alt: Cow<'a, str>,
    },
    Note(Cow<'a, str>),
    Formula {
        latex: Cow<'a, str>,
        #[serde(default)]
        display: bool,
    },
    Ruby {
        base: Cow<'a, str>,
        reading: Cow<'a, str>,
    },
    Raw(Cow<'a, str>),
}

/// A place in the source.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
}

pub(super) fn mark(mark: Mark) -> Option<Place> {
    let place = Place::default();
    Some(match mark {
        Mark::None => return None,
        Mark::Line(line) => Place { line: Some(line), ..place },
        Mark::Page(page, line) => {
            Place { page: Some(page), line: (line > 0).then_some(line.into()), ..place }
        }
        Mark::Paragraph(paragraph) => Place { paragraph: Some(paragraph), ..place },
    })
}

impl Place {
    pub(super) fn mark(&self) -> Mark {
        match (self.page, self.line, self.paragraph) {
            (Some(page), line, _) => Mark::Page(page, line.unwrap_or(0).try_into().unwrap_or(u16::MAX)),
            (None, Some(line), _) => Mark::Line(line),
            (None, None, Some(paragraph)) => Mark::Paragraph(paragraph),
            (None, None, None) => Mark::None,
        }
    }
}

/// The words for the values of an enumeration of the model.
macro_rules! words {
    ($name:ident for $of:ident: $($word:ident),+) => {
        #[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $name {
            #[default]
            $($word),+
        }
        impl From<$of> for $name {
            fn from(value: $of) -> Self {
                match value { $($of::$word => $name::$word),+ }
            }
        }
        impl From<$name> for $of {
            fn from(value: $name) -> Self {
                match value { $($name::$word => $of::$word),+ }
            }
        }
    };
}

words!(NoteWord for NoteKind: Footnote, Endnote, Comment);
words!(ExtentWord for Extent: Line, Paragraph);
words!(StartWord for Start: Line, Column, Page);
words!(FaceWord for Face: Unknown, Song, Title, Hei, Kai, FangSong, Mono);
words!(AlignWord for Align: Start, Center, End);

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Shape {
    extent: ExtentWord,
    #[serde(skip_serializing_if = "is_default")]
    start: StartWord,
    indent: f32,
    width: f32,
    #[serde(skip_serializing_if = "is_default")]
    slack: Option<f32>,
    #[serde(skip_serializing_if = "is_default")]
    gap: f32,
    size: f32,
    #[serde(skip_serializing_if = "is_default")]
    bold: bool,
    #[serde(skip_serializing_if = "is_default")]
    face: FaceWord,
    #[serde(skip_serializing_if = "is_default")]
    align: AlignWord,
    #[serde(skip_serializing_if = "is_default")]
    height: Option<f32>,
    #[serde(skip_serializing_if = "is_default")]
    outline: Option<u8>,
    #[serde(skip_serializing_if = "is_default")]
    paragraph: Option<u32>,
}

impl Default for Shape {
    fn default() -> Self {
        model::Shape::default().into()
    }
}

impl From<model::Shape> for Shape {
    fn from(shape: model::Shape) -> Self {
        let model::Shape {
            extent,
            start,
            indent,
            width,
            slack,
            gap,
            size,
            bold,
            face,
            align,
            height,
            outline,
            paragraph,
        } = shape;
        let (extent, start, face, align) = (extent.into(), start.into(), face.into(), align.into());
        Shape {
            extent,
            start,
            indent,
            width,
            slack,
            gap,
            size,
            bold,
            face,
            align,
            height,
            outline,
            paragraph,
        }
    }
}

impl From<Shape> for model::Shape {
    fn from(shape: Shape) -> Self {
        let Shape {
            extent,
            start,
            indent,
            width,
            slack,
            gap,
            size,
            bold,
            face,
            align,
            height,
            outline,
            paragraph,
        } = shape;
        let (extent, start, face, align) = (extent.into(), start.into(), face.into(), align.into());
        model::Shape {
            extent,
            start,
            indent,
            width,
            slack,
            gap,
            size,
            bold,
            face,
            align,
            height,
            outline,
            paragraph,
        }
    }
}
