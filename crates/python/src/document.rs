//! The document model: blocks for those who want structure.

use crate::errors;
use pyo3::prelude::*;
use qingwen::{MarkdownOptions, json};

/// A document: blocks in reading order, notes, pictures.
#[pyclass(frozen, module = "qingwen")]
pub(crate) struct Document(qingwen::model::Document);

impl Document {
    pub(crate) fn new(document: qingwen::model::Document) -> Self {
        Document(document)
    }

    fn part<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let whole = py.import("json")?.call_method1("loads", (json::write(&self.0),))?;
        whole.call_method1("get", (name, pyo3::types::PyList::empty(py)))
    }
}

#[pymethods]
impl Document {
    /// The blocks as dictionaries, after the schema of `to_json`: each has a `type`, and by that `text`, `level`,
    /// `items`, `rows`, …
    #[getter]
    fn blocks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.part(py, "blocks")
    }

    /// The notes as dictionaries: `id`, `kind`, `blocks`.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.part(py, "notes")
    }

    /// The document as a line of JSON; its schema has a version.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| json::write(&self.0))
    }

    /// The document of a line of JSON.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Document> {
        let read = py.detach(|| json::read(text.as_bytes()));
        read.map(Document).map_err(|error| errors::raised(py, &error, None))
    }

    /// The document as Markdown.
    fn to_markdown(&self, py: Python<'_>) -> PyResult<String> {
        // By the one way that documents are written.
        let options = qingwen::Options { markdown: MarkdownOptions::default(), ..Default::default() };
        let text = json::write(&self.0);
        let done = py.detach(|| qingwen::convert(text.as_bytes(), &options));
        done.map(|done| done.markdown).map_err(|error| errors::raised(py, &error, None))
    }

    fn __repr__(&self) -> String {
        format!("<qingwen.Document: {} blocks>", self.0.blocks.len())
    }
}
