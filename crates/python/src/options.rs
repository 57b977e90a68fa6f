//! Options as keyword arguments, under the names that the command has for them.

use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use qingwen_bulk::{OCR_LANGUAGES, Settings};

/// The names that are understood.
pub(crate) const NAMES: [&str; 15] = [
    "disable",
    "enable",
    "encoding",
    "front_matter",
    "media",
    "numbering",
    "ocr",
    "page_marks",
    "pages",
    "password",
    "profile",
    "ruby",
    "tables",
    "track_changes",
    "underline",
];

/// An option with a value that it cannot have.
pub(crate) fn wrong(message: String) -> PyErr {
    PyValueError::new_err(message)
}

/// Reads and checks options, so that a slip is told once and not by every file.
pub(crate) fn read(given: Option<&Bound<'_, PyDict>>) -> PyResult<Settings> {
    let mut settings = Settings::default();
    for (name, value) in given.iter().flat_map(|given| given.iter()) {
        let name: String = name.extract()?;
        match name.as_str() {
            "disable" => settings.disable = value.extract()?,
            "enable" => settings.enable = value.extract()?,
            "encoding" => settings.encoding = value.extract()?,
            "front_matter" => settings.front_matter = value.extract()?,
            "media" => settings.media = value.extract()?,
            "numbering" => settings.numbering = word(&name, &value, &["text", "list", "none"])?,
            "ocr" => settings.ocr = languages(&value)?,
            "page_marks" => settings.page_marks = value.extract()?,
            "pages" => settings.pages = value.extract()?,
            "password" => settings.password = value.extract()?,
            "profile" => settings.profile = value.extract()?,
            "ruby" => settings.ruby = value.extract()?,
            "tables" => settings.tables = word(&name, &value, &["auto", "gfm", "html"])?,
            "track_changes" => settings.track_changes = word(&name, &value, &["accept", "reject", "all"])?,
            "underline" => settings.underline = value.extract()?,
            _ => return Err(PyTypeError::new_err(format!("no option is called “{name}”"))),
        }
    }
    if !settings.profile.is_empty() {
        settings.profile.parse::<qingwen::Profile>().map_err(wrong)?;
    }
    if let Some(id) = settings.enable.iter().chain(&settings.disable).find(|id| qingwen::rule(id).is_none()) {
        return Err(wrong(format!("no rule is called “{id}”")));
    }
    if !settings.pages.is_empty() {
        let pages = settings.pages.parse::<qingwen::Pages>();
        pages.map_err(|error| wrong(format!("pages: {error}")))?;
    }
    if settings.ocr.is_some() {
        qingwen_bulk::check_ocr().map_err(|error| PyOSError::new_err(format!("ocr: {error}")))?;
    }
    if settings.encoding.is_some() {
        let tried = qingwen::convert(b"a", &settings.options());
        tried.map_err(|error| wrong(format!("encoding: {error}")))?;
    }
    Ok(settings)
}

/// `True` stands for the languages that the command reads where it is not told.
fn languages(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    match value.extract::<bool>() {
        Ok(true) => Ok(Some(OCR_LANGUAGES.to_owned())),
        Ok(false) => Ok(None),
        Err(_) => value.extract(),
    }
}

fn word(name: &str, value: &Bound<'_, PyAny>, words: &[&str]) -> PyResult<String> {
    let word: String = value.extract()?;
    if words.contains(&word.as_str()) {
        return Ok(word);
    }
    Err(wrong(format!("{name}: “{word}” is none of {}", words.join(", "))))
}
