//! Many files through qingwen: walking, workers, atomic output, report.
//!
//! [`run`] takes a [`Plan`] and gives a [`Summary`]. Documents are found one after another ([`Find`]), converted
//! by several workers at once, and written whole or not at all; what is said of them comes in the order in which
//! they were found, whatever the number of workers. Memory does not grow with the number of files.

mod archive;
#[cfg(feature = "arrow")]
pub mod arrow;
mod collect;
mod convert;
mod find;
mod frame;
mod html;
mod manifest;
mod ocr;
mod ordered;
mod outcome;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod pool;
mod row;
mod run;
mod settings;
mod store;
mod summary;
mod table;
mod walk;
mod worker;

pub use collect::{Collect, Form};
pub use convert::{Engine, convert, format_of, read_file};
pub use find::{EXTENSIONS, Find, FindOptions, Found, Input, Job, Root};
pub use html::html;
pub use ocr::{OCR_LANGUAGES, check_ocr};
pub use outcome::{Cause, Count, Outcome, Status, format_word, to_json};
pub use output::Output;
pub use pool::Isolation;
pub use row::{Column, ColumnKind, Row, documents};
pub use run::{Plan, Watch, run};
pub use settings::{Settings, To};
pub use store::StoreOptions;
pub use summary::{CodeTotal, FormatTotal, Notable, Stop, Summary};
pub use worker::{WORKER, serve};
