//! From what was named on the command line to documents, one after another.

use crate::archive;
use crate::outcome::{Cause, Outcome};
use crate::walk::{Met, Walk, WalkOptions};
use globset::{GlobBuilder, GlobMatcher};
use ignore::gitignore::GitignoreBuilder;
use qingwen::model::{Error, ErrorKind};
use std::collections::{HashMap, VecDeque};
use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Component, Path, PathBuf};

/// The extensions of documents that are taken from folders and archives; a file that is named is always taken.
pub const EXTENSIONS: [&str; 7] = ["docx", "docm", "dotx", "dotm", "pdf", "txt", "text"];

/// Something to convert, or a place where to look for it.
pub enum Root {
    /// Bytes at hand, such as standard input, and the name they go by.
    Bytes(Vec<u8>, PathBuf),
    /// A file, a folder, an archive or a glob.
    Path(PathBuf),
    /// A list of paths, each ended by the byte: a line feed, or NUL.
    List(Box<dyn BufRead + Send>, u8),
}

/// How to look for documents.
#[derive(Clone, Debug, Default)]
pub struct FindOptions {
    /// Patterns as in a `.gitignore`, for what to leave out of folders and archives.
    pub exclude: Vec<String>,
    /// Whether to take names that begin with a dot from folders.
    pub hidden: bool,
    /// Whether to enter folders through symbolic links.
    pub follow: bool,
}

/// Where the bytes of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// At hand.
    Bytes(Vec<u8>),
    /// In a file.
    File(PathBuf),
    /// In an archive: its path and the number of the entry.
    Entry(PathBuf, u32),
}

/// One document to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where its bytes are.
    pub input: Input,
    /// What it is called in reports: its path, for an entry that of the archive and that within.
    pub label: PathBuf,
    /// Its place below the output folder, without the final `.md`.
    pub name: PathBuf,
}

/// What a search gives.
pub enum Found {
    /// A document.
    Job(Job),
    /// Something passed over, and what it is: an extension, `hidden`, …
    Passed(String),
    /// Something that was to be converted and cannot even be looked at.
    Failed(PathBuf, Box<Outcome>),
}

/// A search for documents. Nothing is kept of what was given already.
pub struct Find {
    roots: VecDeque<Root>,
    options: FindOptions,
    without: Option<PathBuf>,
    names: RootNames,
    walk: Option<Walking>,
    ready: VecDeque<Found>,
}

/// A walk in hand.
struct Walking {
    walk: Walk,
    /// What is wanted of it, and the pattern as it was given; all, where there is none.
    glob: Option<(GlobMatcher, PathBuf)>,
    /// The folder below the output folder that its files go to.
    under: PathBuf,
    /// Whether nothing has come of it.
    empty: bool,
}

/// What the roots that are paths are called in the output.
struct RootNames {
    /// The folders of each last name; `None` where several paths end in it.
    paths: HashMap<OsString, Option<PathBuf>>,
    /// Whether more than one is a folder.
    folders: bool,
}

impl RootNames {
    fn new(roots: &VecDeque<Root>) -> Self {
        let (mut paths, mut folders) = (HashMap::<OsString, Option<PathBuf>>::new(), 0);
        for root in roots {
            let Root::Path(path) = root else { continue };
            folders += usize::from(path.is_dir());
            let (name, kept) = (path.file_name().unwrap_or_default(), Some(kept(path)));
            match paths.get_mut(name) {
                Some(other) if *other != kept => *other = None,
                Some(_) => {}
                None => drop(paths.insert(name.to_owned(), kept)),
            }
        }
        RootNames { paths, folders: folders > 1 }
    }

    /// The last part of a path; where another one ends in it, too, all parts.
    fn of(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        if matches!(self.paths.get(name), Some(None)) { kept(path) } else { name.into() }
    }

    /// Where the files of a folder go: one that was given alone is mirrored itself.
    fn of_folder(&self, path: &Path) -> PathBuf {
        if self.folders { self.of(path) } else { PathBuf::new() }
    }
}

/// A path with its folders, as it can stand below the output folder.
fn kept(path: &Path) -> PathBuf {
    path.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

impl Find {
    /// A search through `roots` in their order, but not in the folder `without`, which is being written to.
    ///
    /// # Errors
    ///
    /// A pattern that is none, as a message for a person.
    pub fn new(roots: Vec<Root>, options: FindOptions, without: Option<PathBuf>) -> Result<Self, String> {
        let roots: VecDeque<Root> = roots.into();
        let names = RootNames::new(&roots);
        let find = Find { roots, options, without, names, walk: None, ready: VecDeque::new() };
        find.excludes(Path::new("")).map(|_| find)
    }

    fn excludes(&self, root: &Path) -> Result<ignore::gitignore::Gitignore, String> {
        let mut builder = GitignoreBuilder::new(root);
        for pattern in &self.options.exclude {
            builder.add_line(None, pattern).map_err(|error| format!("--exclude {pattern}: {error}"))?;
        }
        builder.build().map_err(|error| error.to_string())
    }

    /// Takes up the next root; `false` where there is none.
    fn take_root(&mut self) -> bool {
        match self.roots.pop_front() {
            None => return false,
            Some(Root::Bytes(bytes, name)) => {
                let job = Job { input: Input::Bytes(bytes), label: "-".into(), name };
                self.ready.push_back(Found::Job(job));
            }
            Some(Root::Path(path)) => self.take_path(path),
            Some(Root::List(mut list, end)) => {
                let mut name = Vec::new();
                match list.read_until(end, &mut name) {
                    Ok(0) => {}
                    Ok(_) => {
                        if name.last() == Some(&end) {
                            name.pop();
                        }
                        if end == b'\n' && name.last() == Some(&b'\r') {
                            name.pop();
                        }
                        self.roots.push_front(Root::List(list, end));
                        if !name.is_empty() {
                            self.take_listed(path_of(name));
                        }
                    }
                    Err(error) => self.fail("the list of files".into(), error.into()),
                }
            }
        }
        true
    }

    fn take_path(&mut self, path: PathBuf) {
        if path.is_dir() {
            let under = self.names.of_folder(&path);
            self.start_walk(path, None, under);
        } else if !path.exists()
            && let Some((root, glob)) = glob(&path)
        {
            self.start_walk(root, Some((glob, path)), PathBuf::new());
        } else {
            let name = self.names.of(&path);
            self.take_file(path, name);
        }
    }

    /// A path from a list keeps its folders in the output, so that equal names do not collide.
    fn take_listed(&mut self, path: PathBuf) {
        let name = kept(&path);
        if path.is_dir() { self.start_walk(path, None, name) } else { self.take_file(path, name) }
    }

    fn take_file(&mut self, path: PathBuf, name: PathBuf) {
        if has_extension(&path, "zip") {
            self.take_archive(&path, &name);
        } else {
            self.ready.push_back(Found::Job(Job { input: Input::File(path.clone()), label: path, name }));
        }
    }

    fn start_walk(&mut self, root: PathBuf, glob: Option<(GlobMatcher, PathBuf)>, under: PathBuf) {
        let excludes = match self.excludes(Path::new("")) {
            Ok(excludes) => excludes,
            Err(_) => return,
        };
        let (hidden, follow) = (self.options.hidden, self.options.follow);
        let without = self.without.clone().filter(|without| root.canonicalize().is_ok_and(|r| r != *without));
        let (walk, problem) = Walk::new(root, WalkOptions { excludes, hidden, follow, without });
        self.walk = Some(Walking { walk, glob, under, empty: true });
        if let Some(met) = problem {
            self.take_met(met);
        }
    }

    fn take_met(&mut self, met: Met) {
        let Some(walking) = &mut self.walk else { return };
        match met {
            Met::Passed(what) => self.ready.push_back(Found::Passed(what)),
            Met::Unreadable(path, error) => {
                walking.empty = false;
                self.fail(path, Error::new(ErrorKind::Io, "cannot be read").from_source(error));
            }
            Met::File(path, below) => {
                let glob = walking.glob.as_ref().map(|(glob, _)| glob);
                let named = glob.is_some_and(|glob| glob.is_match(&below));
                // What is in a folder that the pattern matches is taken as from any other folder.
                if !named && glob.is_some_and(|glob| !below.ancestors().any(|folder| glob.is_match(folder))) {
                    return;
                }
                walking.empty = false;
                if (named || is_document(&below) || has_extension(&below, "zip")) && !is_lock_file(&below) {
                    let name = walking.under.join(&below);
                    self.take_file(path, name);
                } else {
                    self.ready.push_back(Found::Passed(kind_of(&below)));
                }
            }
        }
    }

    fn end_walk(&mut self) {
        if let Some(Walking { glob: Some((_, pattern)), empty: true, .. }) = self.walk.take() {
            self.fail(pattern, Error::new(ErrorKind::Io, "no file has such a name"));
        }
    }

    fn take_archive(&mut self, path: &Path, name: &Path) {
        let entries = match archive::list(path) {
            Ok(entries) => entries,
            Err(error) => return self.fail(path.to_owned(), error),
        };
        let Ok(excludes) = self.excludes(Path::new("")) else { return };
        for entry in entries {
            let found = match entry.path {
                Err(name) => {
                    let cause = Cause::new("unsupported", "the name leads out of the archive");
                    let outcome = Outcome::failed(crate::Status::Unsupported, cause);
                    Found::Failed(path.join(name.trim_start_matches(['/', '\\'])), Box::new(outcome))
                }
                Ok(within) if excludes.matched_path_or_any_parents(&within, false).is_ignore() => continue,
                Ok(within) if within.starts_with("__MACOSX") => Found::Passed("hidden".to_owned()),
                Ok(within) if is_document(&within) && !is_lock_file(&within) => Found::Job(Job {
                    input: Input::Entry(path.to_owned(), entry.index),
                    label: path.join(&within),
                    name: name.join(&within),
                }),
                Ok(within) => Found::Passed(kind_of(&within)),
            };
            self.ready.push_back(found);
        }
    }

    fn fail(&mut self, path: PathBuf, error: Error) {
        self.ready.push_back(Found::Failed(path, Box::new(Outcome::refused(&error))));
    }
}

impl Iterator for Find {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(found);
            }
            match self.walk.as_mut().map(|walking| walking.walk.next()) {
                Some(Some(met)) => self.take_met(met),
                Some(None) => self.end_walk(),
                None if self.take_root() => {}
                None => return None,
            }
        }
    }
}

/// The folder a glob starts from, and what it matches below it. `None` for a path that is no glob.
fn glob(path: &Path) -> Option<(PathBuf, GlobMatcher)> {
    let text = path.to_str()?;
    let first = text.find(['*', '?', '[', '{'])?;
    let cut = text[..first].rfind('/').map_or(0, |slash| slash + 1);
    let root = if cut == 0 { "." } else { &text[..cut] };
    let glob = GlobBuilder::new(&text[cut..]).literal_separator(true).build().ok()?;
    Some((PathBuf::from(root), glob.compile_matcher()))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

fn is_document(path: &Path) -> bool {
    EXTENSIONS.iter().any(|extension| has_extension(path, extension))
}

/// `~$报告.docx`: what Word keeps beside an open document.
fn is_lock_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"))
}

/// What a file that is passed over is called in the summary.
fn kind_of(path: &Path) -> String {
    match path.extension() {
        _ if is_lock_file(path) => "lock files of Word".to_owned(),
        Some(extension) => format!(".{}", extension.to_string_lossy().to_lowercase()),
        None => "without extension".to_owned(),
    }
}

#[cfg(unix)]
pub(crate) fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
pub(crate) fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
