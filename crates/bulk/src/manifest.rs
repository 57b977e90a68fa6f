//! What earlier runs did: one JSON line for every output written, in `.qingwen/manifest`.
//!
//! Lines are only ever appended, each with one write, so that a run killed at any moment leaves at most one
//! torn line, which is passed over. A [`Table`] says where the last line of each name stands; nothing else is
//! kept of it.

use crate::outcome::Status;
use crate::store::Stamp;
use crate::table::Table;
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
    #[serde(rename = "output")]
    pub name: String,
    /// The same as hexadecimal bytes, where it is not UTF-8.
    #[serde(rename = "output_bytes", default, skip_serializing_if = "Option::is_none")]
    pub name_bytes: Option<String>,
    /// The input, or the archive it was in.
    pub input: Stamp,
    /// BLAKE3 of the input.
    pub hash: String,
    /// The version of the tool that wrote the output.
    pub version: String,
    /// [`Settings::digest`](crate::Settings::digest).
    pub settings: String,
    /// How it went.
    pub status: Status,
    /// Microseconds that it took.
    pub micros: u64,
    /// The output as it was written.
    #[serde(rename = "written")]
    pub output: Stamp,
    /// BLAKE3 of the output.
    pub markdown: String,
}

/// The manifest of an output folder, open for reading and appending.
pub(crate) struct Manifest {
    append: Mutex<File>,
    /// The file again, and where in it the last line of a name stands, by the hash of the name.
    read: Mutex<(File, Table)>,
}

#[derive(Deserialize)]
struct Name {
    output: String,
    #[serde(default)]
    output_bytes: Option<String>,
}

impl Manifest {
    /// Opens or begins a manifest, and rewrites it first where most of its lines are out of date. `scratch` is
    /// the name of a file that is free to use.
    pub(crate) fn open(path: &Path, scratch: &Path) -> io::Result<Manifest> {
        let Loaded { mut index, lines, torn } = load(path, scratch)?;
        if lines > 1000 && lines > 2 * index.len() {
            compact(path, &mut index)?;
            return Manifest::open(path, scratch);
        }
        let mut append = OpenOptions::new().create(true).append(true).open(path)?;
        if torn {
            append.write_all(b"\n")?;
        }
        Ok(Manifest { append: Mutex::new(append), read: Mutex::new((File::open(path)?, index)) })
    }

    /// What earlier runs wrote of an output.
    pub(crate) fn get(&self, output: &Path) -> Option<Record> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, index) = &mut *read;
        let at = index.get(key(output.as_os_str())).ok()??;
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut line = Vec::new();
        BufReader::with_capacity(1024, file).read_until(b'\n', &mut line).ok()?;
        let record: Record = serde_json::from_slice(&line).ok()?;
        let (name, bytes) = name_of(output);
        (record.name == name && record.name_bytes == bytes).then_some(record)
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
struct Loaded {
    index: Table,
    lines: u64,
    /// Whether the last line has no end.
    torn: bool,
}

fn load(path: &Path, scratch: &Path) -> io::Result<Loaded> {
    let mut loaded = Loaded { index: Table::new(scratch.to_owned()), lines: 0, torn: false };
    match File::open(path) {
        Ok(file) => each_line(file, |at, line| {
            loaded.torn = line.last() != Some(&b'\n');
            loaded.lines += 1;
            key_of_line(line).map_or(Ok(()), |key| loaded.index.insert(key, at).map(drop))
        })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(loaded)
}

/// Calls `each` with the place and the bytes of every line. A line is short; one that is not is no line of ours,
/// and comes piece by piece.
fn each_line(file: File, mut each: impl FnMut(u64, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut at, mut line) = (0, Vec::new());
    while (&mut reader).take(1 << 20).read_until(b'\n', &mut line)? > 0 {
        each(at, &line)?;
        at += line.len() as u64;
        line.clear();
    }
    Ok(())
}

fn key_of_line(line: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Name>(line).ok().as_ref().and_then(key_of)
}

/// Writes the lines that stand to a new file and puts it in place of the old one.
fn compact(path: &Path, index: &mut Table) -> io::Result<()> {
    let new: PathBuf = path.with_extension("new");
    let mut to = io::BufWriter::new(File::create(&new)?);
    each_line(File::open(path)?, |at, line| {
        let Some(key) = key_of_line(line) else { return Ok(()) };
        if index.get(key)? != Some(at) {
            return Ok(());
        }
        to.write_all(line.trim_ascii_end())?;
        to.write_all(b"\n")
    })?;
    to.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    std::fs::rename(new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, bytes: u64) -> Record {
        Record {
            name: name.to_owned(),
            name_bytes: None,
            input: Stamp::default(),
            hash: "h".into(),
            version: "v".into(),
            settings: "s".into(),
            status: Status::Ok,
            micros: 2,
            output: Stamp { bytes, ..Stamp::default() },
            markdown: "m".into(),
        }
    }

    #[test]
    fn the_last_line_of_a_name_stands_and_a_torn_line_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest");
        let manifest = Manifest::open(&path, &folder.path().join("scratch")).unwrap();
        for size in 0..3 {
            manifest.put(&record("甲.md", size)).unwrap();
            manifest.put(&record("乙.md", size + 10)).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        for cut in [whole.len(), whole.len() - 1, whole.len() - 40] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let manifest = Manifest::open(&path, &folder.path().join("scratch")).unwrap();
            assert_eq!(manifest.get(Path::new("甲.md")).unwrap().output.bytes, 2);
            let last = manifest.get(Path::new("乙.md")).unwrap().output.bytes;
            assert_eq!(last, if cut + 1 >= whole.len() { 12 } else { 11 });
            manifest.put(&record("丙.md", 7)).unwrap();
            let again = Manifest::open(&path, &folder.path().join("scratch")).unwrap();
            assert_eq!(again.get(Path::new("丙.md")).unwrap().output.bytes, 7);
        }
    }

    #[test]
    fn a_manifest_of_mostly_old_lines_is_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest");
        let manifest = Manifest::open(&path, &folder.path().join("scratch")).unwrap();
        for size in 0..1500 {
            manifest.put(&record(&format!("{}.md", size % 3), size)).unwrap();
        }
        let manifest = Manifest::open(&path, &folder.path().join("scratch")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
        for name in 0..3 {
            assert_eq!(manifest.get(Path::new(&format!("{name}.md"))).unwrap().output.bytes, 1497 + name);
        }
    }
}
