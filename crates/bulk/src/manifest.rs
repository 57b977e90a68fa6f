//! What earlier runs did: one JSON line for every output written, in `.qingwen/manifest`.
//!
//! Lines are only ever appended, each with one write, so that a run killed at any moment leaves at most one
//! torn line, which is passed over. In memory stand sixteen bytes for each line: a hash of the name and the
//! place of the line in the file.

use crate::outcome::Status;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What stands in the manifest for one output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The output's path below the output folder.
    pub output: String,
    /// The same as hexadecimal bytes, where it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_bytes: Option<String>,
    /// Bytes of the input.
    pub bytes: u64,
    /// When the input was changed last, in nanoseconds since 1970.
    pub mtime: u64,
    /// BLAKE3 of the input.
    pub hash: String,
    /// The version of the tool that wrote the output.
    pub version: String,
    /// [`Settings::digest`](crate::Settings::digest).
    pub settings: String,
    /// How it went.
    pub status: Status,
    /// Bytes of the output.
    pub size: u64,
    /// When the output was written, in nanoseconds since 1970.
    pub written: u64,
    /// BLAKE3 of the output.
    pub markdown: String,
}

/// The manifest of an output folder, open for reading and appending.
pub(crate) struct Manifest {
    append: Mutex<File>,
    read: Mutex<File>,
    /// Hash of the name and place of the line, by hash; the last line of a name stands.
    index: Vec<(u64, u64)>,
}

#[derive(Deserialize)]
struct Name {
    output: String,
    #[serde(default)]
    output_bytes: Option<String>,
}

impl Manifest {
    /// Opens or begins a manifest, and rewrites it first where most of its lines are out of date.
    pub(crate) fn open(path: &Path) -> io::Result<Manifest> {
        let Loaded { index, lines, torn } = load(path)?;
        if lines > 1000 && lines > 2 * index.len() as u64 {
            compact(path, &index)?;
            return Manifest::open(path);
        }
        let mut append = OpenOptions::new().create(true).append(true).open(path)?;
        if torn {
            append.write_all(b"\n")?;
        }
        Ok(Manifest { append: Mutex::new(append), read: Mutex::new(File::open(path)?), index })
    }

    /// What earlier runs wrote of an output.
    pub(crate) fn get(&self, output: &Path) -> Option<Record> {
        let key = key(output.as_os_str());
        let at = self.index.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let mut file = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.index[at].1)).ok()?;
        let mut line = Vec::new();
        BufReader::new(&mut *file).read_until(b'\n', &mut line).ok()?;
        let record: Record = serde_json::from_slice(&line).ok()?;
        let (name, bytes) = name_of(output);
        (record.output == name && record.output_bytes == bytes).then_some(record)
    }

    /// Adds a record. It is in the file when this returns.
    pub(crate) fn put(&self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        self.append.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }

    /// Makes sure that what was added survives a loss of power.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.append.lock().unwrap_or_else(PoisonError::into_inner).sync_data()
    }
}

/// A path as text and, where that loses something, as hexadecimal bytes.
pub(crate) fn name_of(path: &Path) -> (String, Option<String>) {
    match path.to_str() {
        Some(name) => (name.to_owned(), None),
        None => {
            let hex = path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            (path.to_string_lossy().into_owned(), Some(hex))
        }
    }
}

pub(crate) fn key(name: &OsStr) -> u64 {
    key_of_bytes(name.as_encoded_bytes())
}

fn key_of_bytes(bytes: &[u8]) -> u64 {
    let mut key = [0; 8];
    key.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    u64::from_le_bytes(key)
}

fn key_of(name: &Name) -> Option<u64> {
    let Some(hex) = &name.output_bytes else { return Some(key_of_bytes(name.output.as_bytes())) };
    let digit = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(digit).collect();
    bytes.map(|bytes| key_of_bytes(&bytes))
}

/// What a manifest says when it is opened.
#[derive(Default)]
struct Loaded {
    index: Vec<(u64, u64)>,
    lines: u64,
    /// Whether the last line has no end.
    torn: bool,
}

fn load(path: &Path) -> io::Result<Loaded> {
    let mut reader = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 16, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::default()),
        Err(error) => return Err(error),
    };
    let (mut index, mut at, mut lines, mut torn) = (Vec::new(), 0u64, 0u64, false);
    let mut line = Vec::new();
    // A line is short; one that is not is no line of ours, and is read piece by piece.
    while (&mut reader).take(1 << 20).read_until(b'\n', &mut line)? > 0 {
        torn = line.last() != Some(&b'\n');
        if let Some(key) = serde_json::from_slice::<Name>(&line).ok().as_ref().and_then(key_of) {
            index.push((key, at));
        }
        (at, lines) = (at + line.len() as u64, lines + 1);
        line.clear();
    }
    index.sort_unstable();
    index.reverse();
    index.dedup_by_key(|(key, _)| *key);
    index.reverse();
    Ok(Loaded { index, lines, torn })
}

/// Writes the lines that stand to a new file and puts it in place of the old one.
fn compact(path: &Path, index: &[(u64, u64)]) -> io::Result<()> {
    let new: PathBuf = path.with_extension("new");
    let mut places: Vec<u64> = index.iter().map(|(_, at)| *at).collect();
    places.sort_unstable();
    let mut from = BufReader::new(File::open(path)?);
    let mut to = io::BufWriter::new(File::create(&new)?);
    let (mut at, mut line) = (0, Vec::new());
    for place in places {
        from.seek_relative((place - at) as i64)?;
        line.clear();
        at = place + from.read_until(b'\n', &mut line)? as u64;
        to.write_all(&line)?;
        if line.last() != Some(&b'\n') {
            to.write_all(b"\n")?;
        }
    }
    to.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    std::fs::rename(new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(output: &str, size: u64) -> Record {
        Record {
            output: output.to_owned(),
            output_bytes: None,
            bytes: 1,
            mtime: 2,
            hash: "h".into(),
            version: "v".into(),
            settings: "s".into(),
            status: Status::Ok,
            size,
            written: 3,
            markdown: "m".into(),
        }
    }

    #[test]
    fn the_last_line_of_a_name_stands_and_a_torn_line_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest");
        let manifest = Manifest::open(&path).unwrap();
        for size in 0..3 {
            manifest.put(&record("甲.md", size)).unwrap();
            manifest.put(&record("乙.md", size + 10)).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        for cut in [whole.len(), whole.len() - 1, whole.len() - 40] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let manifest = Manifest::open(&path).unwrap();
            assert_eq!(manifest.get(Path::new("甲.md")).unwrap().size, 2);
            let last = manifest.get(Path::new("乙.md")).unwrap().size;
            assert_eq!(last, if cut + 1 >= whole.len() { 12 } else { 11 });
            manifest.put(&record("丙.md", 7)).unwrap();
            let again = Manifest::open(&path).unwrap();
            assert_eq!(again.get(Path::new("丙.md")).unwrap().size, 7);
        }
    }

    #[test]
    fn a_manifest_of_mostly_old_lines_is_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest");
        let manifest = Manifest::open(&path).unwrap();
        for size in 0..1500 {
            manifest.put(&record(&format!("{}.md", size % 3), size)).unwrap();
        }
        let manifest = Manifest::open(&path).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
        for name in 0..3 {
            assert_eq!(manifest.get(Path::new(&format!("{name}.md"))).unwrap().size, 1497 + name);
        }
    }
}
