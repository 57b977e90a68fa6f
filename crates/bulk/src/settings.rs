//! What a run is asked to do to each file, in a form that crosses process borders and can be hashed.

use qingwen::{ChunkOptions, Converted, Numbers, Ocr, Options, Profile, Tables, TrackChanges, json};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How each file is converted. It goes to the worker processes as it is, and its [digest](Settings::digest)
/// stands in the manifest, so that a changed setting makes a second run convert again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The profile's name; empty means the default.
    pub profile: String,
    /// Ids of rules to add to the profile.
    pub enable: Vec<String>,
    /// Ids of rules to leave out; these win.
    pub disable: Vec<String>,
    /// The encoding of texts, where detection is not wanted.
    pub encoding: Option<String>,
    /// The password of encrypted files.
    pub password: Option<String>,
    /// How tables are written: `auto`, `gfm` or `html`.
    pub tables: String,
    /// What becomes of the numbers a word processor prints: `text`, `list` or `none`.
    pub numbering: String,
    /// What becomes of tracked changes: `accept`, `reject` or `all`.
    pub track_changes: String,
    /// Whether to begin with what the file says of itself, as YAML.
    pub front_matter: bool,
    /// Whether to keep underlining.
    pub underline: bool,
    /// Whether to write readings as `<ruby>`.
    pub ruby: bool,
    /// Whether to keep pictures.
    pub media: bool,
    /// The pages of a pdf to read, such as `1-10,15`; empty means all.
    pub pages: String,
    /// Whether to say in the Markdown where a page begins.
    pub page_marks: bool,
    /// The languages, as tesseract calls them, in which to read pages that are pictures; `None` where they are not
    /// to be read.
    pub ocr: Option<String>,
    /// How many threads to read one file with; the output is the same.
    pub threads: usize,
    /// What each document is written as.
    pub to: To,
}

/// What a document is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum To {
    /// Markdown.
    #[default]
    Markdown,
    /// The document model on a line of JSON; see [`qingwen::json`].
    Json,
    /// A line of JSON for each chunk of `min` to `max` characters, with the document's path.
    Chunks {
        /// See [`ChunkOptions::min`].
        min: usize,
        /// See [`ChunkOptions::max`].
        max: usize,
    },
}

impl To {
    /// What the names of such files end in.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            To::Markdown => ".md",
            To::Json => ".json",
            To::Chunks { .. } => ".chunks.jsonl",
        }
    }

    /// A document so written; `None` for its Markdown.
    pub(crate) fn write(self, done: &Converted) -> Option<String> {
        match self {
            To::Markdown => None,
            To::Json => Some(json::write(&done.document)),
            To::Chunks { min, max } => {
                Some(done.chunks(&ChunkOptions { min, max }).iter().map(json::chunk).collect())
            }
        }
    }

    /// Adds to each chunk which document it is of.
    pub(crate) fn name(self, text: &mut String, path: &Path) {
        if let To::Chunks { .. } = self {
            let path = serde_json::Value::from(path.to_string_lossy());
            let named = |line: &str| line.strip_prefix('{').map(|rest| format!("{{\"path\":{path},{rest}\n"));
            *text = text.lines().filter_map(named).collect();
        }
    }
}

impl Settings {
    /// The library's options. Settings come checked from the command line; a name that is not known is
    /// passed over here.
    pub fn options(&self) -> Options {
        let mut options = Options::default();
        options.clean.profile = self.profile.parse().unwrap_or(Profile::Default);
        options.clean.enable.clone_from(&self.enable);
        options.clean.disable.clone_from(&self.disable);
        options.text.encoding.clone_from(&self.encoding);
        options.pdf.password.clone_from(&self.password);
        options.pdf.pages = self.pages.parse().unwrap_or_default();
        options.pdf.media = self.media;
        options.pdf.threads = self.threads;
        options.pdf.ocr =
            self.ocr.clone().map(|languages| Ocr { languages, recognise: crate::ocr::recognise });
        options.docx.media = self.media;
        options.docx.track_changes = match self.track_changes.as_str() {
            "reject" => TrackChanges::Reject,
            "all" => TrackChanges::All,
            _ => TrackChanges::Accept,
        };
        options.docx.numbering = match self.numbering.as_str() {
            "list" => Numbers::List,
            "none" => Numbers::None,
            _ => Numbers::Text,
        };
        options.markdown.tables = match self.tables.as_str() {
            "gfm" => Tables::Gfm,
            "html" => Tables::Html,
            _ => Tables::Auto,
        };
        options.markdown.front_matter = self.front_matter;
        // Insertions are underlined, which must be seen.
        options.markdown.underline = self.underline || self.track_changes == "all";
        options.markdown.ruby = self.ruby;
        options.markdown.page_marks = self.page_marks;
        options
    }

    /// A short name for these settings with this version of the tool: equal digests mean equal output. The
    /// password is no part of it: it decides whether there is output, not which, and is nobody's business. Nor is the
    /// number of threads.
    pub fn digest(&self) -> String {
        let open = Settings { password: None, threads: 0, ..self.clone() };
        let json = serde_json::to_vec(&open).unwrap_or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes()).update(&[0]).update(&json);
        hasher.finalize().to_hex()[..16].to_owned()
    }
}
