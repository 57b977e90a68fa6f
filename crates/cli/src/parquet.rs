//! Cleaning a corpus in a Parquet file: one column of text is cleaned, all else is passed on.

use crate::records::Counts;
use arrow_array::builder::{LargeStringBuilder, StringBuilder, StringViewBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use qingwen::Options;
use qingwen::model::Diagnostic;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a file that are in memory at once, about: rows are read by so many, and a row group of the result, which
/// has as many rows as the largest of the file, is at most so large.
const BATCH: i64 = 4 << 20;
const GROUP: usize = 64 << 20;

/// Cleans the column `field`; memory does not grow with the file. What is null stays so. `tell` is given the number
/// of each row, from 1.
///
/// # Errors
///
/// A message, where the file is no Parquet, has no such column of text, or cannot be read or written.
pub(crate) fn clean(
    input: File,
    out: &mut (dyn Write + Send),
    field: &str,
    options: &Options,
    tell: &mut dyn FnMut(u64, Vec<Diagnostic>) -> io::Result<()>,
) -> io::Result<Counts> {
    let (found, at) = open(&input, field)?;
    let metadata = Arc::clone(found.metadata());
    let mut writer = ArrowWriter::try_new(out, Arc::clone(found.schema()), Some(properties(&metadata, at)))
        .map_err(io_error)?;
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(input, found);
    let reader = reader.with_batch_size(rows_at_once(&metadata)).build().map_err(io_error)?;
    let mut counts = Counts::default();
    for batch in reader {
        let batch = batch.map_err(io::Error::other)?;
        let mut columns = batch.columns().to_vec();
        columns[at] = clean_column(&columns[at], |text| {
            counts.records += 1;
            let cleaned = text.map(|text| qingwen::clean(text, options));
            let (text, diagnostics) = cleaned.map(|done| (line(done.markdown), done.diagnostics)).unzip();
            tell(counts.records, diagnostics.unwrap_or_default())?;
            Ok(text)
        })?;
        let batch = RecordBatch::try_new(batch.schema(), columns).map_err(io::Error::other)?;
        writer.write(&batch).map_err(io_error)?;
    }
    writer.close().map_err(io_error)?;
    Ok(counts)
}

/// A row of two files at once: its number, its text in each, and whether the other columns are the same.
pub(crate) struct Pair {
    pub(crate) number: u64,
    pub(crate) texts: [Option<String>; 2],
    pub(crate) is_else_same: bool,
}

/// Reads the rows of two files in step, and tells how many rows each has.
pub(crate) fn in_step(
    files: [&Path; 2],
    field: &str,
    each: &mut dyn FnMut(Pair) -> Result<(), String>,
) -> Result<[i64; 2], String> {
    let open = |path: &Path| File::open(path).and_then(|file| Rows::of(file, field));
    let [one, other] = files.map(|path| open(path).map_err(|error| format!("{}: {error}", path.display())));
    let (one, other) = (one?, other?);
    let counts = [one.count, other.count];
    let at = [one.at, other.at];
    for (number, rows) in (1..).zip(one.rows.zip(other.rows)) {
        let wrong = |error: io::Error| format!("record {number}: {error}");
        let rows = [rows.0.map_err(wrong)?, rows.1.map_err(wrong)?];
        let texts = [0, 1].map(|i| text_of(rows[i].column(at[i])));
        let others = |i: usize| {
            let names = rows[i].schema_ref().fields().iter().map(|field| field.name());
            let columns = names.zip(rows[i].columns()).enumerate();
            columns.filter(move |(index, _)| *index != at[i]).map(|(_, named)| named)
        };
        each(Pair { number, texts, is_else_same: others(0).eq(others(1)) })?;
    }
    Ok(counts)
}

/// The rows of a file, one by one.
struct Rows {
    rows: Box<dyn Iterator<Item = io::Result<RecordBatch>>>,
    count: i64,
    /// Where the column of texts stands.
    at: usize,
}

impl Rows {
    fn of(file: File, field: &str) -> io::Result<Self> {
        let (found, at) = open(&file, field)?;
        let (count, size) = (found.metadata().file_metadata().num_rows(), rows_at_once(found.metadata()));
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, found);
        let reader = reader.with_batch_size(size).build().map_err(io_error)?;
        let rows = reader.flat_map(|batch| -> Vec<io::Result<RecordBatch>> {
            match batch {
                Ok(batch) => (0..batch.num_rows()).map(|row| Ok(batch.slice(row, 1))).collect(),
                Err(error) => vec![Err(io::Error::other(error))],
            }
        });
        Ok(Rows { rows: Box::new(rows), count, at })
    }
}

/// The text in a column of one row.
fn text_of(column: &ArrayRef) -> Option<String> {
    let text = match column.data_type() {
        DataType::LargeUtf8 => column.as_string::<i64>().iter().next(),
        DataType::Utf8View => column.as_string_view().iter().next(),
        _ => column.as_string::<i32>().iter().next(),
    };
    text.flatten().map(str::to_owned)
}

/// What is in the file, and where the column stands. A column of few texts often repeated is read as plain text.
fn open(input: &File, field: &str) -> io::Result<(ArrowReaderMetadata, usize)> {
    let found = ArrowReaderMetadata::load(input, ArrowReaderOptions::new()).map_err(io_error)?;
    let Ok(at) = found.schema().index_of(field) else {
        let names: Vec<&str> = found.schema().fields().iter().map(|field| field.name().as_str()).collect();
        return Err(other(format!("no column {field}; there are: {}", names.join(", "))));
    };
    let text = |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    match found.schema().field(at).data_type() {
        kind if text(kind) => Ok((found, at)),
        DataType::Dictionary(_, value) if text(value) => {
            let plain = ArrowReaderOptions::new().with_schema(with_type(found.schema(), at, value));
            Ok((ArrowReaderMetadata::load(input, plain).map_err(io_error)?, at))
        }
        kind => Err(other(format!("the column {field} holds no text but {kind}"))),
    }
}

fn with_type(schema: &SchemaRef, at: usize, kind: &DataType) -> SchemaRef {
    let mut fields = schema.fields().to_vec();
    fields[at] = Arc::new(Field::clone(&fields[at]).with_data_type(kind.clone()));
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

/// How many rows to take at once, by how large they are.
fn rows_at_once(metadata: &ParquetMetaData) -> usize {
    let bytes: i64 = metadata.row_groups().iter().map(|group| group.total_byte_size()).sum();
    let row = bytes / metadata.file_metadata().num_rows().max(1) + 1;
    (BATCH / row).clamp(1, 8192) as usize
}

/// Each column compressed as it was, and what the file says of itself kept.
fn properties(metadata: &ParquetMetaData, at: usize) -> WriterProperties {
    let rows = metadata.row_groups().iter().map(|group| group.num_rows()).max().unwrap_or(1).max(1);
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("qingwen ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_max_row_group_row_count(usize::try_from(rows).ok())
        .set_max_row_group_bytes(Some(GROUP));
    if let Some(said) = metadata.file_metadata().key_value_metadata() {
        let kept = said.iter().filter(|pair| pair.key != "ARROW:schema").cloned().collect();
        properties = properties.set_key_value_metadata(Some(kept));
    }
    let Some(group) = metadata.row_groups().first() else { return properties.build() };
    for column in group.columns() {
        properties = properties.set_column_compression(column.column_path().clone(), column.compression());
    }
    // Where long texts stand in the alphabet helps nobody, and a dictionary of them even less.
    let texts =
        ColumnPath::from(metadata.file_metadata().schema_descr().root_schema().get_fields()[at].name());
    properties
        .set_column_statistics_enabled(texts.clone(), EnabledStatistics::None)
        .set_column_dictionary_enabled(texts, false)
        .build()
}

/// A column of the same type with every text put through `clean`.
fn clean_column(
    column: &ArrayRef,
    mut clean: impl FnMut(Option<&str>) -> io::Result<Option<String>>,
) -> io::Result<ArrayRef> {
    macro_rules! each {
        ($texts:expr, $builder:ident) => {{
            let mut builder = $builder::new();
            for text in $texts {
                builder.append_option(clean(text)?);
            }
            Ok(Arc::new(builder.finish()))
        }};
    }
    match column.data_type() {
        DataType::LargeUtf8 => each!(column.as_string::<i64>(), LargeStringBuilder),
        DataType::Utf8View => each!(column.as_string_view(), StringViewBuilder),
        _ => each!(column.as_string::<i32>(), StringBuilder),
    }
}

/// A field is no file: no line end closes it.
fn line(mut text: String) -> String {
    text.truncate(text.trim_end_matches('\n').len());
    text
}

fn other(message: String) -> io::Error {
    io::Error::other(message)
}

/// What the system said, where it was that.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}
