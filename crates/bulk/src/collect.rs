//! All documents in one file of JSON lines, or in several of about one size.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where to collect documents as JSON lines.
#[derive(Clone, Debug)]
pub struct Collect {
    /// The file; with shards, `all.jsonl` becomes `all-00001.jsonl`, `all-00002.jsonl`, …
    pub path: PathBuf,
    /// Bytes after which a new shard is begun. A document is never split.
    pub shard: Option<u64>,
}

/// The shard being written. It has the ending `.part` until it is whole.
pub(crate) struct Collector {
    to: Collect,
    number: u32,
    bytes: u64,
    open: Option<(PathBuf, BufWriter<File>)>,
}

impl Collector {
    pub(crate) fn new(to: Collect) -> Self {
        Collector { to, number: 0, bytes: 0, open: None }
    }

    pub(crate) fn write(&mut self, line: &str) -> io::Result<()> {
        if self.open.is_some() && self.to.shard.is_some_and(|limit| self.bytes + line.len() as u64 > limit) {
            self.close()?;
        }
        self.bytes += line.len() as u64;
        self.writer()?.write_all(line.as_bytes())
    }

    /// Closes the last shard. There is one file at least, if an empty one.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.number == 0 {
            self.writer()?;
        }
        self.close()
    }

    fn writer(&mut self) -> io::Result<&mut BufWriter<File>> {
        if self.open.is_none() {
            self.number += 1;
            let path = self.name();
            let file = File::create(part(&path))?;
            self.open = Some((path, BufWriter::with_capacity(1 << 16, file)));
        }
        match &mut self.open {
            Some((_, writer)) => Ok(writer),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn close(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let Some((path, writer)) = self.open.take() else { return Ok(()) };
        writer.into_inner().map_err(|error| error.into_error())?.sync_data()?;
        fs::rename(part(&path), path)
    }

    fn name(&self) -> PathBuf {
        if self.to.shard.is_none() {
            return self.to.path.clone();
        }
        let mut name = self.to.path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{:05}", self.number));
        if let Some(extension) = self.to.path.extension() {
            name.push(".");
            name.push(extension);
        }
        self.to.path.with_file_name(name)
    }
}

fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
