//! `qingwen.toml`: what a folder's documents want done to them. What is typed wins over it.

use crate::clean::FieldFormat;
use crate::ids;
use qingwen::{Profile, TextOptions};
use qingwen_bulk::Settings;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file, looked for in the working folder and the folders above it.
const NAME: &str = "qingwen.toml";

/// What the file may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Config {
    /// The profile to begin with.
    profile: Option<String>,
    /// Rules to add.
    enable: Vec<String>,
    /// Rules to leave out.
    disable: Vec<String>,
    /// The encoding of texts.
    encoding: Option<String>,
    /// How tables are written: auto, gfm or html.
    tables: Option<String>,
    /// Whether to keep underlining.
    underline: bool,
    /// Whether to begin with what the file says of itself.
    front_matter: bool,
    /// What a field of JSON lines or Parquet holds.
    pub(crate) field_format: FieldFormat,
}

/// The ways to write tables.
pub(crate) const TABLES: [&str; 3] = ["auto", "gfm", "html"];

impl Config {
    /// Reads the nearest file, if there is one.
    ///
    /// # Errors
    ///
    /// A message that names the file and says what is wrong in it.
    pub(crate) fn find() -> Result<Config, String> {
        let Ok(folder) = std::env::current_dir() else { return Ok(Config::default()) };
        match folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) {
            Some(path) => Config::read(&path),
            None => Ok(Config::default()),
        }
    }

    fn read(path: &Path) -> Result<Config, String> {
        let wrong = |error: String| format!("{}: {}", PathBuf::from(path).display(), error.trim_end());
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let config: Config = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        ids::check(config.enable.iter().chain(&config.disable)).map_err(wrong)?;
        if let Some(profile) = &config.profile {
            profile.parse::<Profile>().map_err(wrong)?;
        }
        if let Some(word) = config.tables.as_ref().filter(|word| !TABLES.contains(&word.as_str())) {
            return Err(wrong(format!("tables: “{word}” is none of {}", TABLES.join(", "))));
        }
        let text = TextOptions { encoding: config.encoding.clone(), ..TextOptions::default() };
        if let Err(error) = qingwen::decode(b"", &text) {
            return Err(wrong(format!("encoding: {error}")));
        }
        Ok(config)
    }

    /// Settings to begin with: what is typed wins over the file, and the file over the defaults.
    pub(crate) fn settings(&self, choice: &ids::Choice, encoding: Option<&String>) -> Settings {
        let (enable, disable) = self.ids(&choice.enable, &choice.disable);
        Settings {
            profile: self.profile(choice.profile).to_string(),
            enable,
            disable,
            encoding: encoding.or(self.encoding.as_ref()).cloned(),
            tables: self.tables.clone().unwrap_or_default(),
            underline: self.underline,
            front_matter: self.front_matter,
            ..Settings::default()
        }
    }

    /// The profile that was typed, else the file's, else the default.
    fn profile(&self, typed: Option<Profile>) -> Profile {
        typed.or_else(|| self.profile.as_deref()?.parse().ok()).unwrap_or_default()
    }

    /// Ids to add and to leave out. What is typed comes last, and wins: a rule that is typed to be on is on
    /// whatever the file says, and the other way round.
    fn ids(&self, enable: &[String], disable: &[String]) -> (Vec<String>, Vec<String>) {
        let merge = |file: &[String], typed: &[String], against: &dyn Fn(&str) -> bool| -> Vec<String> {
            file.iter().filter(|id| !against(id)).chain(typed).cloned().collect()
        };
        let off = |id: &str| disable.iter().any(|other| other == id);
        let on = |id: &str| enable.iter().any(|other| other == id);
        // A rule that is typed to be on puts the file's rule that does the opposite off.
        let opposed = |id: &str| off(id) || qingwen::opposite(id).is_some_and(on);
        (merge(&self.enable, enable, &opposed), merge(&self.disable, disable, &on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_wins() {
        let config: Config =
            toml::from_str("profile = \"faithful\"\nenable = [\"a\", \"b\"]\ndisable = [\"c\"]").unwrap();
        assert_eq!(config.profile(None), Profile::Faithful);
        assert_eq!(config.profile(Some(Profile::Publish)), Profile::Publish);
        let id = |id: &str| id.to_owned();
        assert_eq!(config.ids(&[id("c")], &[id("a")]), (vec![id("b"), id("c")], vec![id("a")]));
        let config: Config = toml::from_str("enable = [\"ws-cjk-latin-insert\"]").unwrap();
        assert_eq!(config.ids(&[id("ws-cjk-digit")], &[]), (vec![id("ws-cjk-digit")], vec![]));
    }

    #[test]
    fn a_slip_in_the_file_is_told() {
        assert!(toml::from_str::<Config>("profil = \"faithful\"").is_err());
    }
}
