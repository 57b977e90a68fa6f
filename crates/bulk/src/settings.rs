//! What a run is asked to do to each file, in a form that crosses process borders and can be hashed.

use qingwen::{Options, Profile};
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
        options
    }

    /// A short name for these settings with this version of the tool: equal digests mean equal output.
    pub fn digest(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes()).update(&[0]).update(&json);
        hasher.finalize().to_hex()[..16].to_owned()
    }
}
