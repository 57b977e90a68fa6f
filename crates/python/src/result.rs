//! What became of a document.

use crate::document::Document;
use crate::errors;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use qingwen::model::{Error, ErrorKind, Kind, Mark, Meta};
use qingwen::{ChunkOptions, Converted, json};
use qingwen_bulk::{Status, format_word};
use std::path::PathBuf;
use std::sync::Arc;

/// What became of a document: its Markdown, and everything that was lost, guessed and changed on the way.
#[pyclass(frozen, name = "Result", module = "qingwen")]
pub(crate) struct Outcome {
    path: Option<PathBuf>,
    done: Result<Arc<Converted>, Error>,
}

impl Outcome {
    pub(crate) fn new(path: Option<PathBuf>, done: Result<Converted, Error>) -> Self {
        Outcome { path, done: done.map(Arc::new) }
    }

    fn done(&self) -> Option<&Converted> {
        self.done.as_deref().ok()
    }
}

#[pymethods]
impl Outcome {
    /// The file, where the document was given as one.
    #[getter]
    fn path(&self) -> Option<PathBuf> {
        self.path.clone()
    }

    /// `ok`, `partial` (something is not in the Markdown, the diagnostics say what), `needs_ocr`, or, from
    /// convert_many alone, `encrypted`, `unsupported`, `failed`.
    #[getter]
    fn status(&self) -> &'static str {
        let status = match &self.done {
            Ok(done) => Status::of(&done.diagnostics),
            Err(error) => match error.kind() {
                ErrorKind::Encrypted => Status::Encrypted,
                ErrorKind::Unsupported => Status::Unsupported,
                _ => Status::Failed,
            },
        };
        status.as_str()
    }

    /// Why there is no Markdown; None where there is.
    #[getter]
    fn error(&self, py: Python<'_>) -> Option<PyErr> {
        self.done.as_ref().err().map(|error| errors::raised(py, error, self.path.as_deref()))
    }

    /// The Markdown; empty where there is none.
    #[getter]
    fn markdown(&self) -> &str {
        self.done().map_or("", |done| &done.markdown)
    }

    /// What was lost, guessed and changed, in the order in which it happened.
    #[getter]
    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.done().iter().flat_map(|done| &done.diagnostics).cloned().map(Diagnostic).collect()
    }

    /// `docx`, `pdf`, `text`, `markdown` or `json`.
    #[getter]
    fn format(&self) -> Option<&'static str> {
        self.done().map(|done| format_word(done.format))
    }

    /// What the file says of itself: `title`, `author`, `pages`, …; for a text, its `encoding`.
    #[getter]
    fn meta<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        let Some(done) = self.done() else { return Ok(dict) };
        let Meta { title, author, subject, created, modified, application, language, encoding, pages } =
            &done.document.meta;
        let texts = [
            ("title", title),
            ("author", author),
            ("subject", subject),
            ("created", created),
            ("modified", modified),
            ("application", application),
            ("language", language),
            ("encoding", encoding),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                dict.set_item(name, value)?;
            }
        }
        if let Some(pages) = pages {
            dict.set_item("pages", pages)?;
        }
        Ok(dict)
    }

    /// The document itself, for those who want its structure.
    #[getter]
    fn document(&self) -> Document {
        Document::new(self.done().map_or_else(Default::default, |done| done.document.clone()))
    }

    /// The document in pieces for retrieval, of `min` to `max` characters each.
    #[pyo3(signature = (min = 200, max = 1000))]
    fn chunks(&self, py: Python<'_>, min: usize, max: usize) -> PyResult<Vec<Chunk>> {
        if max == 0 {
            return Err(PyValueError::new_err("max is the most characters of a chunk: at least 1"));
        }
        let options = ChunkOptions { min, max };
        let chunks = py.detach(|| self.done().map(|done| done.chunks(&options)));
        Ok(chunks.unwrap_or_default().into_iter().map(Chunk).collect())
    }

    fn __repr__(&self) -> String {
        let path = self.path.as_ref().map_or(String::new(), |path| format!(" {}", path.display()));
        let count = self.done().map_or(0, |done| done.markdown.chars().count());
        format!("<qingwen.Result{path}: {}, {count} characters>", self.status())
    }

    fn __str__(&self) -> &str {
        self.markdown()
    }
}

/// Something that was lost, guessed or changed, and where.
#[pyclass(frozen, module = "qingwen")]
pub(crate) struct Diagnostic(qingwen::model::Diagnostic);

#[pymethods]
impl Diagnostic {
    /// A stable name: of a rule, or of what a reader or the writer met.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code
    }

    /// `lost`, `guessed` or `changed`.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.0.kind {
            Kind::Lost(_) => "lost",
            Kind::Guessed(_) => "guessed",
            Kind::Changed { .. } => "changed",
        }
    }

    /// What was lost or guessed.
    #[getter]
    fn what(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Lost(what) | Kind::Guessed(what) => Some(what),
            Kind::Changed { .. } => None,
        }
    }

    /// What stood there before a change.
    #[getter]
    fn before(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Changed { before, .. } => Some(before),
            _ => None,
        }
    }

    /// What stands there after a change.
    #[getter]
    fn after(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Changed { after, .. } => Some(after),
            _ => None,
        }
    }

    /// The place as people read it: `paragraph 17`.
    #[getter]
    fn place(&self) -> String {
        self.0.mark.to_string()
    }

    /// The page, from 1, in a paginated file.
    #[getter]
    fn page(&self) -> Option<u32> {
        page(self.0.mark)
    }

    /// The line, from 1: of a text, or on its page.
    #[getter]
    fn line(&self) -> Option<u32> {
        match self.0.mark {
            Mark::Line(line) => Some(line),
            Mark::Page(_, line) if line > 0 => Some(line.into()),
            _ => None,
        }
    }

    /// The paragraph, from 1, in a word-processor file.
    #[getter]
    fn paragraph(&self) -> Option<u32> {
        paragraph(self.0.mark)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<qingwen.Diagnostic {}>", self.0)
    }
}

fn page(mark: Mark) -> Option<u32> {
    match mark {
        Mark::Page(page, _) => Some(page),
        _ => None,
    }
}

fn paragraph(mark: Mark) -> Option<u32> {
    match mark {
        Mark::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    }
}

/// A piece of a document for retrieval.
#[pyclass(frozen, module = "qingwen")]
pub(crate) struct Chunk(qingwen::Chunk);

#[pymethods]
impl Chunk {
    /// Its Markdown: `result.markdown[chunk.start:chunk.end]`.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The headings that all of it stands under, from the outermost.
    #[getter]
    fn headings(&self) -> Vec<String> {
        self.0.headings.clone()
    }

    /// The numbers its headings, paragraphs and items begin with: `第三十六条`.
    #[getter]
    fn labels(&self) -> Vec<String> {
        self.0.labels.clone()
    }

    /// The character of the Markdown at which it begins.
    #[getter]
    fn start(&self) -> usize {
        self.0.chars.start
    }

    /// The character of the Markdown before which it ends.
    #[getter]
    fn end(&self) -> usize {
        self.0.chars.end
    }

    /// Where its first block began in the source, as people read it: `page 3, line 2`.
    #[getter]
    fn first(&self) -> String {
        self.0.first.to_string()
    }

    /// Where its last block ended in the source, as far as that is known.
    #[getter]
    fn last(&self) -> String {
        self.0.last.to_string()
    }

    /// The page on which it begins, in a paginated file.
    #[getter]
    fn page(&self) -> Option<u32> {
        page(self.0.first)
    }

    /// The paragraph at which it begins, in a word-processor file.
    #[getter]
    fn paragraph(&self) -> Option<u32> {
        paragraph(self.0.first)
    }

    /// The chunk as a line of JSON, as `qingwen --chunks` writes it.
    fn to_json(&self) -> String {
        json::chunk(&self.0)
    }

    fn __repr__(&self) -> String {
        let headings = self.0.headings.join(" / ");
        format!("<qingwen.Chunk {headings}: {} characters>", self.0.chars.len())
    }
}
