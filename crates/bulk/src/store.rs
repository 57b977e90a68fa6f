//! The output folder: one run at a time, whole files only, nothing outside, nothing overwritten that we did
//! not write.

use crate::convert::Done;
use crate::find::Input;
use crate::manifest::{Manifest, Record, name_of};
use crate::outcome::Cause;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How to treat what is in the output folder already.
#[derive(Clone, Debug, Default)]
pub struct StoreOptions {
    /// Convert again what is done, and overwrite what was edited by hand.
    pub force: bool,
    /// Wait for each file to be on the disk before it gets its name.
    pub sync: bool,
}

/// An output folder, locked for this run.
pub(crate) struct Store {
    root: PathBuf,
    staging: PathBuf,
    manifest: Manifest,
    options: StoreOptions,
    settings: String,
    /// The folder written to last: it is there, and within the root.
    parent: Mutex<PathBuf>,
    _lock: File,
}

/// What tells without reading it whether a file is the one seen before. The time of its last change of any kind
/// is part of it: that of its content can be set to anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes.
    pub bytes: u64,
    /// When the content was changed last, in nanoseconds since 1970.
    pub mtime: u64,
    /// When anything of it was changed last, where the system tells that.
    pub ctime: u64,
}

impl Stamp {
    /// The stamp of an input, for an entry that of its archive. `None` for bytes at hand.
    pub(crate) fn of(input: &Input) -> Option<Stamp> {
        let (Input::File(path) | Input::Entry(path, _)) = input else { return None };
        fs::metadata(path).ok().map(|metadata| Stamp::from(&metadata))
    }

    /// Whether a loss of power may have left `found` of an output that had this stamp: nothing at all, or another length
    /// than it had at the time when it was changed last.
    fn is_torn(&self, found: &Stamp) -> bool {
        let empty = found.bytes == 0 && self.bytes > 0;
        empty || found.bytes != self.bytes && (found.mtime, found.ctime) == (self.mtime, self.ctime)
    }
}

impl From<&fs::Metadata> for Stamp {
    fn from(metadata: &fs::Metadata) -> Self {
        let time = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let mtime = time.duration_since(UNIX_EPOCH).map_or(0, |duration| duration.as_nanos() as u64);
        Stamp { bytes: metadata.len(), mtime, ctime: changed(metadata) }
    }
}

#[cfg(unix)]
fn changed(metadata: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime() * 1_000_000_000 + metadata.ctime_nsec()).cast_unsigned()
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> u64 {
    0
}

impl Store {
    /// Opens an output folder, made where it is missing.
    ///
    /// # Errors
    ///
    /// `ResourceBusy` where another run has it.
    pub(crate) fn open(root: &Path, options: StoreOptions, settings: String) -> io::Result<Store> {
        let staging = root.join(".qingwen").join("tmp");
        fs::create_dir_all(&staging)?;
        for ours in [root.join(".qingwen"), staging.clone()] {
            // What is in there is ours to remove; behind a link it would be somebody else's.
            if fs::symlink_metadata(&ours)?.is_symlink() {
                return Err(io::Error::other(format!("{} is a link", ours.display())));
            }
        }
        let lock = File::create(root.join(".qingwen").join("lock"))?;
        take(&lock)?;
        // What a killed run left half-written.
        for entry in fs::read_dir(&staging)? {
            fs::remove_file(entry?.path())?;
        }
        let manifest = Manifest::open(&root.join(".qingwen").join("manifest"), &staging.join("manifest"))?;
        let root = root.canonicalize()?;
        let parent = Mutex::new(root.clone());
        Ok(Store { staging, root, manifest, options, settings, parent, _lock: lock })
    }

    /// The folder itself, without links in its path.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A table for the names of outputs given out.
    pub(crate) fn claims(&self) -> Table {
        Table::new(self.staging.join("claims"))
    }

    /// The file that the output numbered so, in this run, is written to at first.
    pub(crate) fn staged(&self, number: u64) -> PathBuf {
        self.staging.join(number.to_string())
    }

    /// Whether outputs are to be on the disk before they get their names.
    pub(crate) fn sync(&self) -> bool {
        self.options.sync
    }

    fn cause(&self, doing: &str, error: &io::Error) -> Cause {
        cause(doing, error, &self.staging)
    }

    /// The record of an output that needs no second conversion, and whether the output was changed since.
    pub(crate) fn done(&self, output: &Path, input: &Input, stamp: Option<Stamp>) -> Option<(Record, bool)> {
        if self.options.force {
            return None;
        }
        let record = self.manifest.get(output)?;
        if record.settings != self.settings || !record.status.has_output() {
            return None;
        }
        // A file that was only touched, or moved here, is the same all the same; its hash tells.
        let same = stamp == Some(record.input)
            || matches!(input, Input::File(path) if hash_file(path).is_ok_and(|hash| hash == record.hash));
        if !same {
            return None;
        }
        let path = self.root.join(output);
        let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let found = Stamp::from(&metadata);
        if record.output.is_torn(&found) {
            return None;
        }
        let touched = record.output != found;
        let edited = touched && hash_file(&path).is_ok_and(|hash| hash != record.markdown);
        Some((record, edited))
    }

    /// Gives the output that was [staged](stage) its name, and notes that it is done. Its pictures go first, to a
    /// folder beside it that is all ours.
    pub(crate) fn commit(
        &self,
        staged: &Path,
        output: &Path,
        pictures: &str,
        done: &Done,
        stamp: Option<Stamp>,
    ) -> Result<(), Cause> {
        let io_cause = |error: io::Error| self.cause("write the output", &error);
        let (path, outcome) = (self.root.join(output), &done.outcome);
        let markdown = done.staged.clone().unwrap_or_default();
        self.make_parent(&path)?;
        if self.may_write(&path, output, &markdown)? {
            self.put_pictures(staged, &path.with_file_name(pictures), &outcome.pictures)
                .and_then(|()| fs::rename(staged, &path))
                .map_err(io_cause)?;
        } else {
            self.discard(staged);
        }
        let metadata = fs::metadata(&path).map_err(io_cause)?;
        let (name, bytes) = name_of(output);
        let record = Record {
            name,
            name_bytes: bytes,
            input: stamp.unwrap_or(Stamp { bytes: outcome.bytes, ..Stamp::default() }),
            hash: outcome.hash.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: self.settings.clone(),
            status: outcome.status,
            micros: outcome.micros,
            output: Stamp::from(&metadata),
            markdown,
        };
        self.manifest.put(&record).map_err(io_cause)
    }

    /// Removes what was staged, where there is any of it.
    pub(crate) fn discard(&self, staged: &Path) {
        let _ = fs::remove_file(staged);
    }

    /// Makes sure that the manifest survives a loss of power.
    pub(crate) fn finish(&self) -> io::Result<()> {
        self.manifest.sync()
    }

    fn put_pictures(&self, staged: &Path, folder: &Path, pictures: &[(String, Vec<u8>)]) -> io::Result<()> {
        // A name with a folder in it is none of ours; a link in the folder's place would lead elsewhere.
        let plain = |name: &str| Path::new(name).file_name().is_some_and(|file| file == name);
        if pictures.is_empty() || fs::symlink_metadata(folder).is_ok_and(|there| !there.is_dir()) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        // The Markdown is staged already: each picture goes beside it.
        let staged = staged.with_extension("picture");
        for (name, bytes) in pictures.iter().filter(|(name, _)| plain(name)) {
            let put = write(&staged, bytes, self.options.sync)
                .and_then(|()| fs::rename(&staged, folder.join(name)));
            put.inspect_err(|_| self.discard(&staged))?;
        }
        Ok(())
    }

    /// Makes the folder of an output, and sees that no link leads it out of the output folder.
    fn make_parent(&self, path: &Path) -> Result<(), Cause> {
        let parent = path.parent().unwrap_or(&self.root);
        let mut last = self.parent.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last == parent {
            return Ok(());
        }
        let io_cause = |error: io::Error| self.cause("make the output's folder", &error);
        let below = parent.strip_prefix(&self.root).map_err(|_| outside())?;
        if below.components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        // The part that is there already decides; what is made below it cannot be a link.
        let there = parent.ancestors().find(|folder| folder.exists()).unwrap_or(&self.root);
        if !there.canonicalize().map_err(io_cause)?.starts_with(&self.root) {
            return Err(if self.root.exists() { outside() } else { gone() });
        }
        fs::create_dir_all(parent).map_err(io_cause)?;
        parent.clone_into(&mut last);
        Ok(())
    }

    /// Whether to write: not where the very same text is there already.
    fn may_write(&self, path: &Path, output: &Path, markdown: &str) -> Result<bool, Cause> {
        let metadata = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata,
            Err(_) => return Ok(true),
        };
        if !metadata.is_file() {
            return Err(Cause::new("collision", "something that is not a file has the name of the output"));
        }
        if self.options.force || metadata.len() == 0 {
            return Ok(true);
        }
        let record = self.manifest.get(output);
        let found = Stamp::from(&metadata);
        if record.as_ref().is_some_and(|record| record.output == found || record.output.is_torn(&found)) {
            return Ok(true);
        }
        let there = hash_file(path).map_err(|error| self.cause("read the old output", &error))?;
        if there == markdown {
            return Ok(false);
        }
        match record {
            Some(record) if there == record.markdown => Ok(true),
            Some(_) => Err(Cause::new("edited", "the output was edited by hand; --force overwrites it")),
            None => Err(Cause::new(
                "edited",
                "a file that qingwen did not write has the name of the output; --force overwrites it",
            )),
        }
    }
}

/// Writes an output to a file in the folder for what is half-written, and gives its BLAKE3.
pub(crate) fn stage(path: &Path, bytes: &[u8], sync: bool) -> Result<String, Cause> {
    let staging = path.parent().unwrap_or(Path::new(""));
    write(path, bytes, sync).map_err(|error| cause("write the output", &error, staging))?;
    Ok(blake3::hash(bytes).to_hex().to_string())
}

fn write(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    if sync { file.sync_data() } else { Ok(()) }
}

/// The cause of a file that could not be written: `disk` where the next one cannot be written either.
fn cause(doing: &str, error: &io::Error, staging: &Path) -> Cause {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    if !staging.is_dir() {
        return gone();
    }
    let full = matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem);
    Cause::new(if full { "disk" } else { "io" }, format!("{doing}: {error}"))
}

/// Takes the lock, or says that another run has it.
fn take(lock: &File) -> io::Result<()> {
    // A worker that was just being started when its run was killed holds the lock for a moment longer.
    let patience = Instant::now() + Duration::from_secs(2);
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            // A file system without locks.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => {
                let message = "another run is writing to this folder; wait for it, or choose another folder";
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
            }
        }
    }
}

fn gone() -> Cause {
    Cause::new("disk", "the output folder is gone")
}

fn outside() -> Cause {
    Cause::new("collision", "the name leads out of the output folder")
}

/// The hash of a file's content, read piece by piece.
fn hash_file(path: &Path) -> io::Result<String> {
    // Looked at before it is opened: opening a pipe would wait for its writer.
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}
