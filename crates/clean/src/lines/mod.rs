//! Pass L and the page furniture of pass A: physical lines become paragraphs.

mod around;
pub(crate) mod broken;
mod columns;
pub(crate) mod contents;
pub(crate) mod furniture;
mod habits;
mod kind;
mod measure;
mod physical;
mod rows;
pub(crate) mod rules;
mod sentence;
mod setting;
pub(crate) mod small;
pub(crate) mod unwrap;

pub(crate) use measure::{cells, joiner};
pub(crate) use small::{append, trimmed};
