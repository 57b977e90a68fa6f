//! The files of a folder and its subfolders, one after another, without reading them all first.

use ignore::gitignore::Gitignore;
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType, ReadDir};
use std::io;
use std::path::{Path, PathBuf};

/// Folders of up to this many names are walked in the order of the names, larger ones as the file system has
/// them, so that memory does not grow with the folder.
const SORTED: usize = 20_000;

/// What a walk meets.
pub(crate) enum Met {
    /// A regular file, and its path below the root.
    File(PathBuf, PathBuf),
    /// Something passed over, and what it is.
    Passed(String),
    /// A folder or a name that could not be read.
    Unreadable(PathBuf, io::Error),
}

/// How to walk.
#[derive(Clone, Debug)]
pub(crate) struct WalkOptions {
    /// What to leave out, matched against paths below the root.
    pub excludes: Gitignore,
    /// Whether to take names that begin with a dot.
    pub hidden: bool,
    /// Whether to enter folders through symbolic links.
    pub follow: bool,
    /// A folder not to enter: the one that is being written to.
    pub without: Option<PathBuf>,
}

/// A walk through one folder.
pub(crate) struct Walk {
    root: PathBuf,
    options: WalkOptions,
    open: Vec<Folder>,
}

struct Folder {
    /// Its path below the root.
    below: PathBuf,
    /// Where it really is, to see a loop; only where links are followed.
    real: Option<PathBuf>,
    names: VecDeque<(OsString, FileType)>,
    rest: Option<ReadDir>,
}

impl Walk {
    /// A walk through `root`; a root that cannot be read is the first thing met.
    pub(crate) fn new(root: PathBuf, options: WalkOptions) -> (Self, Option<Met>) {
        let mut walk = Walk { root, options, open: Vec::new() };
        let problem = walk.enter(PathBuf::new());
        (walk, problem)
    }

    fn enter(&mut self, below: PathBuf) -> Option<Met> {
        let path = self.root.join(&below);
        match Folder::open(&path, below, self.options.follow) {
            Ok(folder) => {
                let real = folder.real.as_deref();
                if real.is_some() && self.open.iter().any(|outer| outer.real.as_deref() == real) {
                    return Some(Met::Passed("links back to an outer folder".to_owned()));
                }
                self.open.push(folder);
                None
            }
            Err(error) => Some(Met::Unreadable(path, error)),
        }
    }

    fn meet(&mut self, below: PathBuf, name: &OsStr, kind: FileType) -> Option<Met> {
        let path = self.root.join(&below);
        let linked = kind.is_symlink();
        let kind = match linked {
            true => match fs::metadata(&path) {
                Ok(metadata) => metadata.file_type(),
                Err(error) => return Some(Met::Unreadable(path, error)),
            },
            false => kind,
        };
        let bytes = name.as_encoded_bytes();
        if bytes == b".qingwen" || self.options.excludes.matched(&below, kind.is_dir()).is_ignore() {
            return None;
        }
        if bytes.starts_with(b".") && !self.options.hidden {
            return Some(Met::Passed("hidden".to_owned()));
        }
        if kind.is_dir() {
            if linked && !self.options.follow {
                return Some(Met::Passed("links to folders".to_owned()));
            }
            if self.is_output(&path) {
                return None;
            }
            return self.enter(below);
        }
        if !kind.is_file() {
            return Some(Met::Passed("not regular files".to_owned()));
        }
        Some(Met::File(path, below))
    }

    fn is_output(&self, path: &Path) -> bool {
        let Some(without) = &self.options.without else { return false };
        // Only a folder of the same name, or one behind a link, can be it.
        (path.file_name() == without.file_name() || self.options.follow)
            && path.canonicalize().is_ok_and(|real| real == *without)
    }
}

impl Iterator for Walk {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        loop {
            let folder = self.open.last_mut()?;
            let met = match folder.next() {
                None => {
                    self.open.pop();
                    None
                }
                Some(Err(error)) => Some(Met::Unreadable(self.root.join(&folder.below), error)),
                Some(Ok((name, kind))) => {
                    let below = folder.below.join(&name);
                    self.meet(below, &name, kind)
                }
            };
            if met.is_some() {
                return met;
            }
        }
    }
}

impl Folder {
    fn open(path: &Path, below: PathBuf, follow: bool) -> io::Result<Self> {
        let mut rest = fs::read_dir(path)?;
        let mut names = Vec::new();
        for entry in rest.by_ref().take(SORTED) {
            let entry = entry?;
            names.push((entry.file_name(), entry.file_type()?));
        }
        let all = names.len() < SORTED;
        names.sort_by(|a, b| a.0.cmp(&b.0));
        let real = if follow { Some(path.canonicalize()?) } else { None };
        Ok(Folder { below, real, names: names.into(), rest: (!all).then_some(rest) })
    }

    fn next(&mut self) -> Option<io::Result<(OsString, FileType)>> {
        if let Some(name) = self.names.pop_front() {
            return Some(Ok(name));
        }
        let entry = self.rest.as_mut()?.next()?;
        Some(entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_huge_folder_is_read_piece_by_piece() {
        let folder = tempfile::tempdir().unwrap();
        let count = SORTED + 1000;
        (0..count).for_each(|number| drop(fs::File::create(folder.path().join(number.to_string())).unwrap()));
        let excludes = Gitignore::empty();
        let options = WalkOptions { excludes, hidden: false, follow: false, without: None };
        let (mut walk, problem) = Walk::new(folder.path().to_owned(), options);
        assert!(problem.is_none());
        assert!(matches!(walk.next(), Some(Met::File(..))));
        assert!(walk.open[0].names.len() < SORTED && walk.open[0].rest.is_some());
        let rest: HashSet<PathBuf> =
            walk.map(|met| if let Met::File(path, _) = met { path } else { PathBuf::new() }).collect();
        assert_eq!(rest.len(), count - 1);
    }
}
