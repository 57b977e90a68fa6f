//! All documents in one file, or in several of about one size: as JSON lines, or as Parquet.

use crate::output::Output;
use crate::row::{Row, documents};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Where to collect documents, and how.
#[derive(Clone, Debug)]
pub struct Collect {
    /// The file; with shards, `all.jsonl` becomes `all-00001.jsonl`, `all-00002.jsonl`, …
    pub path: PathBuf,
    /// What it is written as.
    pub form: Form,
    /// Bytes after which a new shard is begun. A document is never split.
    pub shard: Option<u64>,
}

/// What collected documents are written as; the columns are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An object of JSON on each line.
    JsonLines,
    /// Apache Parquet, compressed with Zstandard.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A row as its form has it until it is written.
pub(crate) enum Kept {
    /// The line is made where the row is, by many workers at once.
    Line(String),
    /// The row itself goes into the file.
    #[cfg(feature = "parquet")]
    Row,
}

impl Kept {
    /// Bytes of the line, where one is kept.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Kept::Line(line) => line.len(),
            #[cfg(feature = "parquet")]
            Kept::Row => 0,
        }
    }
}

impl Form {
    pub(crate) fn keep(self, row: &Row) -> Kept {
        match self {
            Form::JsonLines => Kept::Line(row.line(documents())),
            #[cfg(feature = "parquet")]
            Form::Parquet => Kept::Row,
        }
    }
}

/// Writes documents to one shard after another.
pub(crate) struct Collector {
    to: Collect,
    number: u32,
    open: Option<Shard>,
}

enum Shard {
    Lines(BufWriter<Output>, u64),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::parquet::Writer>),
}

impl Collector {
    pub(crate) fn new(to: Collect) -> Self {
        Collector { to, number: 0, open: None }
    }

    #[cfg_attr(
        not(feature = "parquet"),
        allow(unused_variables, reason = "only Parquet takes the row itself")
    )]
    pub(crate) fn write(&mut self, row: &Row, kept: &Kept) -> io::Result<()> {
        let size = kept.bytes() as u64;
        if let (Some(shard), Some(limit)) = (&self.open, self.to.shard)
            && shard.bytes() + size > limit
        {
            self.close()?;
        }
        match (self.shard()?, kept) {
            (Shard::Lines(writer, bytes), Kept::Line(line)) => {
                *bytes += size;
                writer.write_all(line.as_bytes())
            }
            #[cfg(feature = "parquet")]
            (Shard::Parquet(writer), _) => writer.write(row),
            #[cfg(feature = "parquet")]
            (Shard::Lines(..), Kept::Row) => Err(io::Error::other(row.label.display().to_string())),
        }
    }

    /// Closes the last shard. There is one file at least, if an empty one.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.number == 0 {
            self.shard()?;
        }
        self.close()
    }

    fn shard(&mut self) -> io::Result<&mut Shard> {
        if self.open.is_none() {
            self.number += 1;
            let file = Output::create(&self.name())?;
            let shard = match self.to.form {
                Form::JsonLines => Shard::Lines(BufWriter::with_capacity(1 << 16, file), 0),
                #[cfg(feature = "parquet")]
                Form::Parquet => Shard::Parquet(Box::new(crate::parquet::Writer::new(file)?)),
            };
            self.open = Some(shard);
        }
        match &mut self.open {
            Some(shard) => Ok(shard),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn close(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), Shard::finish)
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

impl Shard {
    /// Bytes that are in it; of Parquet about so many, since what is not yet compressed counts, too.
    fn bytes(&self) -> u64 {
        match self {
            Shard::Lines(_, bytes) => *bytes,
            #[cfg(feature = "parquet")]
            Shard::Parquet(writer) => writer.bytes(),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Shard::Lines(writer, _) => writer.into_inner().map_err(|error| error.into_error())?,
            #[cfg(feature = "parquet")]
            Shard::Parquet(writer) => writer.finish()?,
        }
        .finish()
    }
}
