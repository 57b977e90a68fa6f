//! Arrow in, Arrow out, over the C data interface.

use crate::options;
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_pyarrow::{FromPyArrow, ToPyArrow};
use arrow_schema::DataType;
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use qingwen_bulk::{Cause, Outcome, Row, Settings, Status, arrow, convert};
use std::path::PathBuf;

/// Converts every row of a record batch, or of a table: `content` holds the bytes of a document and `path`, which may
/// be missing, what it is called. Gives the columns of `qingwen --parquet`, row for row; a document that cannot be
/// converted is a row whose `status` and `cause` say why.
///
/// Takes whatever speaks the Arrow PyCapsule interface, and gives what pyarrow has.
#[pyfunction]
#[pyo3(signature = (batch, **options))]
pub(crate) fn convert_batch<'py>(
    batch: &Bound<'py, PyAny>,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = batch.py();
    let settings = options::read(options)?;
    if !batch.hasattr("to_batches")? {
        return one(batch, &settings);
    }
    let batches: Vec<Bound<'py, PyAny>> = batch.call_method0("to_batches")?.extract()?;
    let done = batches.iter().map(|batch| one(batch, &settings)).collect::<PyResult<Vec<_>>>()?;
    let table = py.import("pyarrow")?.getattr("Table")?;
    table.call_method1("from_batches", (PyList::new(py, done)?, schema(py)?))
}

/// The schema of what `convert_batch` gives.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    arrow::schema().to_pyarrow(py)
}

fn one<'py>(batch: &Bound<'py, PyAny>, settings: &Settings) -> PyResult<Bound<'py, PyAny>> {
    let py = batch.py();
    let batch = RecordBatch::from_pyarrow_bound(batch)?;
    let content =
        batch.column_by_name("content").ok_or_else(|| PyKeyError::new_err("no column “content”"))?;
    let content = Column::of("content", content.as_ref())?;
    let path = batch.column_by_name("path").map(|path| Column::of("path", path.as_ref())).transpose()?;
    let done = py.detach(|| {
        let mut out = arrow::Batch::new();
        for row in 0..batch.num_rows() {
            let path = path.as_ref().and_then(|path| path.get(row)).unwrap_or_default();
            let path = PathBuf::from(String::from_utf8_lossy(path).into_owned());
            let outcome = match content.get(row) {
                Some(bytes) => convert(&path, bytes, settings),
                None => Outcome::failed(Status::Failed, Cause::new("missing", "no content")),
            };
            out.push(&Row::new(path, outcome))?;
        }
        out.finish()
    });
    done.map_err(|error| PyValueError::new_err(error.to_string()))?.to_pyarrow(py)
}

/// A column of bytes or of text.
struct Column<'a> {
    array: &'a dyn Array,
    get: fn(&dyn Array, usize) -> &[u8],
}

impl<'a> Column<'a> {
    fn of(name: &str, array: &'a dyn Array) -> PyResult<Self> {
        let get: fn(&dyn Array, usize) -> &[u8] = match array.data_type() {
            DataType::Binary => |array, row| array.as_binary::<i32>().value(row),
            DataType::LargeBinary => |array, row| array.as_binary::<i64>().value(row),
            DataType::BinaryView => |array, row| array.as_binary_view().value(row),
            DataType::Utf8 => |array, row| array.as_string::<i32>().value(row).as_bytes(),
            DataType::LargeUtf8 => |array, row| array.as_string::<i64>().value(row).as_bytes(),
            DataType::Utf8View => |array, row| array.as_string_view().value(row).as_bytes(),
            other => {
                return Err(PyTypeError::new_err(format!(
                    "column “{name}” is of {other}, not of bytes or text"
                )));
            }
        };
        Ok(Column { array, get })
    }

    fn get(&self, row: usize) -> Option<&'a [u8]> {
        self.array.is_valid(row).then(|| (self.get)(self.array, row))
    }
}
