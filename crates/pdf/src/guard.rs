//! Stops bombs that would go off while a file is opened.
//!
//! Object streams and cross-reference streams are unpacked by the object layer, which does not bound them
//! (hayro-syntax 0.9). Deflate packs at most 1032 to 1, so nearly every file is cleared by the length of its
//! streams alone; only where that does not do are they unpacked here first, into nothing.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;
use qingwen_model::{Error, Limits};

/// The most that deflate unpacks a byte to.
const RATIO: u64 = 1032;

/// Refuses a file whose object or cross-reference streams unpack to more than the limits allow.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let streams = || ["/ObjStm", "/XRef"].into_iter().flat_map(|kind| memmem::find_iter(bytes, kind));
    let packed: u64 = streams().map(|at| data_of(bytes, at).len() as u64).sum();
    if packed.saturating_mul(RATIO) <= limits.part.min(limits.total) {
        return Ok(());
    }
    let mut total = 0u64;
    for at in streams() {
        let data = data_of(bytes, at);
        if data.len() as u64 * RATIO > limits.part && is_packed_twice(bytes, at) {
            return Err(
                Error::limit("unpack a stream of objects that is packed twice").at(format!("byte {at}"))
            );
        }
        let unpacked = unpacked(data, limits.part);
        total = total.saturating_add(unpacked);
        if unpacked > limits.part || total > limits.total {
            return Err(Error::limit("unpack the streams of objects").at(format!("byte {at}")));
        }
    }
    Ok(())
}

/// The data of the stream in whose dictionary a name stands.
fn data_of(bytes: &[u8], name: usize) -> &[u8] {
    let near = bytes.get(name..bytes.len().min(name + 4096)).unwrap_or_default();
    let Some(start) = memmem::find(near, b"stream") else { return &[] };
    let data = &bytes[name + start + 6..];
    let data = &data[..memmem::find(data, b"endstream").unwrap_or(data.len())];
    let end = data.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    &data[end..]
}

/// Whether the dictionary around a name has two packing filters.
fn is_packed_twice(bytes: &[u8], name: usize) -> bool {
    let start = memmem::rfind(&bytes[..name], b"obj").unwrap_or(0);
    let end = memmem::find(&bytes[name..], b"stream").map_or(bytes.len(), |end| name + end);
    memmem::find_iter(&bytes[start..end], b"Fl").count()
        + memmem::find_iter(&bytes[start..end], b"LZW").count()
        > 1
}

/// How much deflated data unpacks to, as far as `limit` and a little more.
fn unpacked(data: &[u8], limit: u64) -> u64 {
    let mut decoder = Decompress::new(true);
    let mut scratch = vec![0; 1 << 16];
    while decoder.total_out() <= limit {
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let rest = data.get(read as usize..).unwrap_or_default();
        let status = decoder.decompress(rest, &mut scratch, FlushDecompress::None);
        let stuck = decoder.total_in() == read && decoder.total_out() == written;
        if stuck || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            break;
        }
    }
    decoder.total_out()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compress, Compression, FlushCompress};

    /// A file with one object stream of zeros.
    fn file_of_zeros(count: usize) -> Vec<u8> {
        let mut packed = Vec::with_capacity(count / 500 + 1000);
        let mut compress = Compress::new(Compression::best(), true);
        compress.compress_vec(&vec![0; count], &mut packed, FlushCompress::Finish).unwrap();
        let mut file = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n".to_vec();
        file.extend(packed);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn a_bomb_is_refused_and_a_large_file_is_not() {
        let limits = Limits { part: 4 << 20, total: 8 << 20, ..Limits::default() };
        assert!(check(&file_of_zeros(3 << 20), &limits).is_ok());
        let error = check(&file_of_zeros(5 << 20), &limits).unwrap_err();
        assert_eq!(error.kind(), qingwen_model::ErrorKind::Limit);
        let many = file_of_zeros(3 << 20).repeat(3);
        assert!(check(&many, &limits).is_err(), "together too much");
    }
}
