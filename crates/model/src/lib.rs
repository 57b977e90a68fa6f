//! The document model of qingwen.
//!
//! Readers turn bytes into a [`Document`], rules change it, a writer turns it into Markdown; this crate is
//! what they share, and it depends on nothing. Three ideas carry it:
//!
//! * A paragraph is **one string with styles lying flat beside it** ([`Text`]). Rules see whole words as
//!   `&str`; the runs follow when the string is edited.
//! * What a line only *looks* like ([`Shape`]) is kept apart from what a format says it is ([`Body`]).
//! * Whatever is in the input and not in the output is in a [`Diagnostic`].

mod block;
mod chars;
mod diagnostic;
mod document;
mod edit;
mod error;
mod limits;
mod mark;
mod notation;
mod place;
mod shape;
mod snippet;
mod table;
mod text;

pub use block::{Block, Body, Code, Item, List, Marker};
pub use diagnostic::{Diagnostic, Kind, Log, Shown, Warned};
pub use document::{Document, Media, MediaItem, Meta, Note, NoteKind};
pub use edit::{Edit, Edits};
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use mark::Mark;
pub use place::Places;
pub use shape::{Align, Extent, Face, Shape, Start};
pub use snippet::Snippet;
pub use table::{Cell, Row, Table};
pub use text::{Object, Run, Scratch, Style, Text};
