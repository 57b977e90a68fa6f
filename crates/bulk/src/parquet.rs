//! Collected documents as Parquet.

use crate::arrow::{Batch, schema};
use crate::output::Output;
use crate::row::Row;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use std::io;

/// Bytes of text and rows after which a batch goes to the encoder.
const BATCH: (usize, usize) = (4 << 20, 1024);
/// Bytes of encoded data after which a row group is written out: what of a file is in memory.
const GROUP: usize = 32 << 20;

/// A Parquet file being written. Its memory does not grow with it.
pub(crate) struct Writer {
    file: ArrowWriter<Output>,
    batch: Batch,
}

impl Writer {
    pub(crate) fn new(file: Output) -> io::Result<Self> {
        let mut properties = WriterProperties::builder()
            .set_created_by(concat!("qingwen ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_bytes(Some(GROUP));
        // Texts that are all different: a dictionary of them would only be in the way, and so would their bounds.
        for name in ["path", "hash", "markdown"] {
            let column = ColumnPath::from(name);
            properties = properties.set_column_dictionary_enabled(column.clone(), false);
            properties = properties.set_column_statistics_enabled(column, EnabledStatistics::None);
        }
        let file = ArrowWriter::try_new(file, schema(), Some(properties.build())).map_err(io_error)?;
        Ok(Writer { file, batch: Batch::new() })
    }

    pub(crate) fn write(&mut self, row: &Row) -> io::Result<()> {
        let size = row.outcome.markdown.len() + row.outcome.diagnostics.len();
        if self.batch.rows() > 0 && (self.batch.bytes() + size > BATCH.0 || self.batch.rows() == BATCH.1) {
            self.encode()?;
        }
        self.batch.push(row).map_err(io::Error::other)
    }

    /// Bytes written, and to be written.
    pub(crate) fn bytes(&self) -> u64 {
        (self.file.bytes_written() + self.file.in_progress_size() + self.batch.bytes()) as u64
    }

    pub(crate) fn finish(mut self) -> io::Result<Output> {
        self.encode()?;
        self.file.into_inner().map_err(io_error)
    }

    fn encode(&mut self) -> io::Result<()> {
        let batch = self.batch.finish().map_err(io::Error::other)?;
        self.file.write(&batch).map_err(io_error)
    }
}

/// What the system said, where it was that: a full disk is told from the rest by it.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        error => io::Error::other(error),
    }
}
