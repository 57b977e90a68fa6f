//! Rows as Arrow record batches: for Parquet, and for whoever speaks Arrow.

use crate::row::{Column, ColumnKind, Row, Value, documents};
use arrow_array::RecordBatch;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, MapBuilder, StringBuilder,
    StructBuilder,
};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;

/// The schema of collected documents.
pub fn schema() -> SchemaRef {
    let field = |column: &Column| {
        let nullable =
            !matches!(column.kind, ColumnKind::Flag | ColumnKind::Counts | ColumnKind::Diagnostics);
        Field::new(column.name, builder(column.kind).finish().data_type().clone(), nullable)
    };
    Arc::new(Schema::new(documents().map(field).collect::<Fields>()))
}

/// Rows on their way into a record batch.
pub struct Batch {
    schema: SchemaRef,
    columns: Vec<Box<dyn ArrayBuilder>>,
    rows: usize,
    bytes: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Batch { schema: schema(), columns: documents().map(|c| builder(c.kind)).collect(), rows: 0, bytes: 0 }
    }
}

/// What a text column of one batch can hold: its offsets have 32 bits.
const MOST: usize = i32::MAX as usize;

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Batch::default()
    }

    /// How many rows are in it.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of its Markdown and diagnostics.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// Where the batch would hold more than 2 GiB of text.
    pub fn push(&mut self, row: &Row) -> Result<(), ArrowError> {
        let bytes = self.bytes + row.outcome.markdown.len() + row.outcome.diagnostics.len();
        if bytes > MOST {
            return Err(ArrowError::InvalidArgumentError("more than 2 GiB of text in one batch".to_owned()));
        }
        for (column, builder) in documents().zip(&mut self.columns) {
            append(builder.as_mut(), column.of(row))?;
        }
        (self.rows, self.bytes) = (self.rows + 1, bytes);
        Ok(())
    }

    /// The rows as a record batch of the [`schema`]; this one is empty then.
    ///
    /// # Errors
    ///
    /// Never, as long as schema and columns are made from the same list.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.bytes) = (0, 0);
        let arrays = self.columns.iter_mut().map(|column| column.finish()).collect();
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
    }
}

/// The fields of a diagnostic; see [`to_json`](crate::to_json).
const DIAGNOSTIC: [(&str, DataType); 10] = [
    ("code", DataType::Utf8),
    ("kind", DataType::Utf8),
    ("place", DataType::Utf8),
    ("line", DataType::Int64),
    ("page", DataType::Int64),
    ("paragraph", DataType::Int64),
    ("column", DataType::Int64),
    ("what", DataType::Utf8),
    ("before", DataType::Utf8),
    ("after", DataType::Utf8),
];

/// A diagnostic as it stands in the JSON of an outcome.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    place: Cow<'a, str>,
    line: Option<i64>,
    page: Option<i64>,
    paragraph: Option<i64>,
    column: Option<i64>,
    #[serde(borrow)]
    what: Option<Cow<'a, str>>,
    #[serde(borrow)]
    before: Option<Cow<'a, str>>,
    #[serde(borrow)]
    after: Option<Cow<'a, str>>,
}

fn fields(fields: &[(&str, DataType)]) -> Fields {
    fields.iter().map(|(name, kind)| Field::new(*name, kind.clone(), true)).collect()
}

fn builder(kind: ColumnKind) -> Box<dyn ArrayBuilder> {
    match kind {
        ColumnKind::Text => Box::new(StringBuilder::new()),
        ColumnKind::Integer => Box::new(Int64Builder::new()),
        ColumnKind::Seconds => Box::new(Float64Builder::new()),
        ColumnKind::Flag => Box::new(BooleanBuilder::new()),
        ColumnKind::Cause => {
            let parts = fields(&[("kind", DataType::Utf8), ("message", DataType::Utf8)]);
            Box::new(StructBuilder::from_fields(parts, 0))
        }
        ColumnKind::Counts => Box::new(MapBuilder::new(None, StringBuilder::new(), Int64Builder::new())),
        ColumnKind::Diagnostics => {
            Box::new(ListBuilder::new(StructBuilder::from_fields(fields(&DIAGNOSTIC), 0)))
        }
    }
}

/// The builder of a column as what it is.
fn as_a<B: ArrayBuilder>(builder: &mut dyn ArrayBuilder) -> Result<&mut B, ArrowError> {
    builder.as_any_mut().downcast_mut().ok_or_else(mismatch)
}

fn mismatch() -> ArrowError {
    ArrowError::SchemaError("a value of another kind than its column".to_owned())
}

fn append(builder: &mut dyn ArrayBuilder, value: Value<'_>) -> Result<(), ArrowError> {
    match value {
        Value::Nothing => append_nothing(builder)?,
        Value::Text(text) => as_a::<StringBuilder>(builder)?.append_value(text),
        Value::Integer(number) => as_a::<Int64Builder>(builder)?.append_value(number.cast_signed()),
        Value::Seconds(seconds) => as_a::<Float64Builder>(builder)?.append_value(seconds),
        Value::Flag(flag) => as_a::<BooleanBuilder>(builder)?.append_value(flag),
        Value::Cause(cause) => {
            let builder = as_a::<StructBuilder>(builder)?;
            let (kind, message) = (Some(cause.kind.as_str()), Some(cause.message.as_str()));
            text(builder, 0, kind)?;
            text(builder, 1, message)?;
            builder.append(true);
        }
        Value::Counts(codes) => {
            let builder = as_a::<MapBuilder<StringBuilder, Int64Builder>>(builder)?;
            for (code, count) in codes {
                builder.keys().append_value(code);
                builder.values().append_value(count.count.cast_signed());
            }
            builder.append(true)?;
        }
        Value::Diagnostics(json) => {
            let entries: Vec<Entry<'_>> =
                serde_json::from_str(json).map_err(|error| ArrowError::JsonError(error.to_string()))?;
            let builder = as_a::<ListBuilder<StructBuilder>>(builder)?;
            for entry in entries {
                append_entry(builder.values(), &entry)?;
            }
            builder.append(true);
        }
    }
    Ok(())
}

fn append_nothing(builder: &mut dyn ArrayBuilder) -> Result<(), ArrowError> {
    if let Ok(builder) = as_a::<StringBuilder>(builder) {
        builder.append_null();
    } else if let Ok(builder) = as_a::<Int64Builder>(builder) {
        builder.append_null();
    } else {
        let builder = as_a::<StructBuilder>(builder)?;
        text(builder, 0, None)?;
        text(builder, 1, None)?;
        builder.append(false);
    }
    Ok(())
}

fn append_entry(builder: &mut StructBuilder, entry: &Entry<'_>) -> Result<(), ArrowError> {
    let texts = [
        (0, Some(&entry.code)),
        (1, Some(&entry.kind)),
        (2, Some(&entry.place)),
        (7, entry.what.as_ref()),
        (8, entry.before.as_ref()),
        (9, entry.after.as_ref()),
    ];
    for (at, value) in texts {
        text(builder, at, value.map(|value| value.as_ref()))?;
    }
    for (at, number) in [(3, entry.line), (4, entry.page), (5, entry.paragraph), (6, entry.column)] {
        builder.field_builder::<Int64Builder>(at).ok_or_else(mismatch)?.append_option(number);
    }
    builder.append(true);
    Ok(())
}

fn text(builder: &mut StructBuilder, at: usize, value: Option<&str>) -> Result<(), ArrowError> {
    builder.field_builder::<StringBuilder>(at).ok_or_else(mismatch)?.append_option(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{Cause, Outcome, Status};
    use arrow_array::Array;
    use arrow_array::cast::AsArray;

    #[test]
    fn a_batch_has_what_the_rows_have() {
        let text = "总产值增长,达到3.2%.\n";
        let done = qingwen::convert(text.as_bytes(), &qingwen::Options::default()).unwrap();
        let changes = done.diagnostics.len();
        assert!(changes > 0);
        let mut batch = Batch::new();
        batch.push(&Row::new("甲.txt".into(), Outcome::converted(done))).unwrap();
        let failed = Outcome::failed(Status::Timeout, Cause::new("timeout", "too long"));
        batch.push(&Row::new("乙.txt".into(), failed)).unwrap();
        let batch = batch.finish().unwrap();
        assert_eq!((batch.num_rows(), batch.schema()), (2, schema()));
        let column = |name: &str| batch.column_by_name(name).unwrap();
        assert_eq!(column("path").as_string::<i32>().value(1), "乙.txt");
        assert!(column("markdown").as_string::<i32>().value(0).starts_with("总产值增长，"));
        assert_eq!(column("status").as_string::<i32>().value(1), "timeout");
        assert!(column("cause").is_null(0) && column("format").is_null(1));
        assert_eq!(column("cause").as_struct().column(1).as_string::<i32>().value(1), "too long");
        let diagnostics = column("diagnostics").as_list::<i32>();
        assert_eq!([0, 1].map(|row| diagnostics.value(row).len()), [changes, 0]);
        assert!(column("counts").as_map().value(0).len() > 0);
    }
}
