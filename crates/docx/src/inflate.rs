//! Unpacks parts straight from the archive's bytes into memory. One inflater serves all parts of a package,
//! since making one costs more than most parts do.

use flate2::{Decompress, FlushDecompress, Status};

/// An inflater that is made when it is first needed.
#[derive(Default)]
pub(crate) struct Inflater(Option<Decompress>);

/// A part as the archive's directory describes it.
pub(crate) struct Packed<'a> {
    /// Its bytes as they are stored.
    pub(crate) bytes: &'a [u8],
    /// How many bytes it most likely unpacks to.
    pub(crate) likely: u64,
    /// The CRC-32 of its bytes.
    pub(crate) crc: u32,
}

impl Inflater {
    /// Unpacks a part, up to `most` bytes and one more; whether it came out whole stands beside it.
    pub(crate) fn unpack(&mut self, packed: &Packed<'_>, most: u64) -> (Vec<u8>, bool) {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let most = size(most.saturating_add(1));
        let inflater = self.0.get_or_insert_with(|| Decompress::new(false));
        inflater.reset(false);
        // A byte of room more than needed tells the end of the stream from the end of the room.
        let mut out = Vec::with_capacity(size(packed.likely).saturating_add(1).min(most));
        loop {
            let (read, written) = (inflater.total_in(), inflater.total_out());
            let rest = packed.bytes.get(size(read)..).unwrap_or_default();
            let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::Finish);
            let stuck = (read, written) == (inflater.total_in(), inflater.total_out());
            match status {
                Ok(Status::StreamEnd) => {
                    let whole = crc32fast::hash(&out) == packed.crc;
                    return (out, whole);
                }
                Err(_) => return (out, false),
                Ok(_) if out.len() >= most || (stuck && out.len() < out.capacity()) => return (out, false),
                Ok(_) if out.len() < out.capacity() => {}
                Ok(_) => out.reserve_exact(out.len().clamp(1 << 12, 1 << 24).min(most - out.len())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
    }

    #[test]
    fn parts_come_out_whole_whatever_the_directory_says_of_their_size() {
        let bytes: Vec<u8> = (0..100_000_u32).flat_map(|n| (n / 3).to_le_bytes()).collect();
        let (packed, crc) = (deflate(&bytes), crc32fast::hash(&bytes));
        let mut inflater = Inflater::default();
        for likely in [0, 1, 399_999, 400_000, 400_001, 4_000_000] {
            let packed = Packed { bytes: &packed, likely, crc };
            assert_eq!(inflater.unpack(&packed, 1 << 30), (bytes.clone(), true), "{likely}");
            let (cut, whole) = inflater.unpack(&packed, 1000);
            assert_eq!((cut.len(), whole), (1001, false), "{likely}");
        }
        let empty = Packed { bytes: &deflate(b""), likely: 0, crc: 0 };
        assert_eq!(inflater.unpack(&empty, 10), (Vec::new(), true));
    }

    #[test]
    fn what_can_be_read_of_a_damaged_part_is_kept() {
        let bytes = b"one two three ".repeat(1000);
        let packed = deflate(&bytes);
        let mut inflater = Inflater::default();
        let cut = Packed { bytes: &packed[..packed.len() / 2], likely: 14_000, crc: 0 };
        let (out, whole) = inflater.unpack(&cut, 1 << 20);
        assert!(!whole && !out.is_empty() && bytes.starts_with(&out), "{} bytes", out.len());
        let wrong = Packed { bytes: &packed, likely: 14_000, crc: 1 };
        assert_eq!(inflater.unpack(&wrong, 1 << 20), (bytes, false));
        let garbage = Packed { bytes: &[0xff; 40], likely: 14_000, crc: 1 };
        assert!(!inflater.unpack(&garbage, 1 << 20).1);
    }
}
