//! What a run is asked to do to each file, in a form that crosses process borders and can be hashed.

use qingwen::{Numbers, Ocr, Options, Profile, Tables, TrackChanges};
use serde::{Deserialize, Serialize};

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
