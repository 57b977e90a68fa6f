use std::fmt;
use std::str::FromStr;

/// A named set of rules, for one kind of reader of the result.
///
/// ```
/// use qingwen_clean::Profile;
/// assert_eq!("publish".parse(), Ok(Profile::Publish));
/// assert_eq!(Profile::default().to_string(), "default");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// For search and corpora: same words, same order; standard punctuation and width, a heading tree.
    #[default]
    Default,
    /// For archives and evidence: no visible character of the author changes.
    Faithful,
    /// For publishing: house style after GB/T 15834, 15835 and 9704.
    Publish,
}

impl Profile {
    /// All profiles, in the order they are listed in.
    pub const ALL: [Profile; 3] = [Profile::Default, Profile::Faithful, Profile::Publish];

    /// The name as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Profile::Default => "default",
            Profile::Faithful => "faithful",
            Profile::Publish => "publish",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Profile::ALL
            .into_iter()
            .find(|profile| profile.as_str() == name)
            .ok_or_else(|| format!("no profile is called “{name}”: there are default, faithful and publish"))
    }
}

/// The profiles a rule is on in.
///
/// ```
/// use qingwen_clean::{Profile, Profiles};
/// assert!(Profiles::VISIBLE.contains(Profile::Default) && !Profiles::VISIBLE.contains(Profile::Faithful));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profiles(u8);

impl Profiles {
    /// Off unless asked for.
    pub const NONE: Profiles = Profiles(0);
    /// On everywhere.
    pub const ALL: Profiles = Profiles(0b111);
    /// On in `default` and `publish`, where visible characters may change.
    pub const VISIBLE: Profiles = Profiles(0b101);
    /// On in `publish` alone.
    pub const PUBLISH: Profiles = Profiles(0b100);

    /// Whether a profile is among them.
    pub fn contains(self, profile: Profile) -> bool {
        self.0 & (1 << profile as u8) != 0
    }
}
