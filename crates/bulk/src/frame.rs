//! What a run and its worker processes say to each other over pipes: frames of known length.
//!
//! The run sends a [`Setup`] once, and then requests; the worker answers every one, in their order. Nothing else is
//! ever said, so neither side can wait for the other in vain.

use crate::convert::{Done, Request, Wants};
use crate::find::{Input, path_of};
use crate::outcome::Outcome;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::path::Path;

/// What a worker is told before all else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub settings: Settings,
    pub wants: Wants,
    /// Bytes of memory the process may take.
    pub memory: Option<u64>,
    /// Seconds that one file may take. The run enforces it; the worker knows it to end where no run is left.
    pub timeout: Option<u64>,
}

/// The most a header may take; they are small.
const HEADER: u64 = 1 << 28;
/// The most any other piece may take.
const PIECE: u64 = 1 << 36;

pub(crate) fn write_setup(to: &mut impl Write, setup: &Setup) -> io::Result<()> {
    let json = serde_json::to_vec(setup)?;
    write_piece(to, &json)?;
    to.flush()
}

pub(crate) fn read_setup(from: &mut impl Read) -> io::Result<Setup> {
    Ok(serde_json::from_slice(&read_piece(from, HEADER)?)?)
}

/// Adds a request to what is to be sent: the kind of the input, the number of the entry, a path or the bytes
/// themselves, the label, what the folder of pictures is called, and where the output goes, if anywhere.
pub(crate) fn push_request(to: &mut Vec<u8>, request: &Request) {
    let path = |path: &Path| path.as_os_str().as_encoded_bytes().to_vec();
    let (kind, number, bytes) = match &request.input {
        Input::Bytes(bytes) => (0, 0, bytes.clone()),
        Input::File(file) => (1, 0, path(file)),
        Input::Entry(archive, number) => (2, *number, path(archive)),
    };
    to.push(kind);
    to.extend_from_slice(&u32::to_le_bytes(number));
    let staged = request.staged.as_deref().map_or(Vec::new(), path);
    for piece in [&bytes, &path(&request.label), request.pictures.as_bytes(), &staged] {
        to.extend_from_slice(&(piece.len() as u64).to_le_bytes());
        to.extend_from_slice(piece);
    }
}

/// Reads a request; `None` where the run has no more.
pub(crate) fn read_request(from: &mut impl Read) -> io::Result<Option<Request>> {
    let mut head = [0; 5];
    if from.read(&mut head[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut head[1..])?;
    let number = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
    let bytes = read_piece(from, PIECE)?;
    let input = match head[0] {
        0 => Input::Bytes(bytes),
        1 => Input::File(path_of(bytes)),
        2 => Input::Entry(path_of(bytes), number),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let label = path_of(read_piece(from, HEADER)?);
    let pictures = text(read_piece(from, HEADER)?)?;
    let staged = Some(read_piece(from, HEADER)?).filter(|path| !path.is_empty()).map(path_of);
    Ok(Some(Request { input, label, pictures, staged }))
}

pub(crate) fn write_done(to: &mut impl Write, done: &Done) -> io::Result<()> {
    let Done { outcome, staged } = done;
    write_piece(to, &serde_json::to_vec(outcome)?)?;
    write_piece(to, staged.as_deref().unwrap_or_default().as_bytes())?;
    write_piece(to, outcome.diagnostics.as_bytes())?;
    write_piece(to, outcome.markdown.as_bytes())?;
    to.write_all(&(outcome.pictures.len() as u64).to_le_bytes())?;
    for (name, bytes) in &outcome.pictures {
        write_piece(to, name.as_bytes())?;
        write_piece(to, bytes)?;
    }
    to.flush()
}

pub(crate) fn read_done(from: &mut impl Read) -> io::Result<Done> {
    let mut outcome: Outcome = serde_json::from_slice(&read_piece(from, HEADER)?)?;
    let staged = Some(text(read_piece(from, HEADER)?)?).filter(|hash| !hash.is_empty());
    outcome.diagnostics = text(read_piece(from, PIECE)?)?;
    outcome.markdown = text(read_piece(from, PIECE)?)?;
    for _ in 0..read_length(from)? {
        outcome.pictures.push((text(read_piece(from, HEADER)?)?, read_piece(from, PIECE)?));
    }
    Ok(Done { outcome, staged })
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn write_piece(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn read_length(from: &mut impl Read) -> io::Result<u64> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    Ok(u64::from_le_bytes(length))
}

fn read_piece(from: &mut impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let length = read_length(from)?;
    if length > limit {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // What is announced is not believed: memory grows with what comes.
    let mut bytes = Vec::with_capacity(length.min(1 << 20) as usize);
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{Cause, Status};
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read() {
        let inputs =
            [Input::Bytes(vec![0, 255]), Input::File("报告.docx".into()), Input::Entry("a.zip".into(), 7)];
        let requests = inputs.map(|input| Request {
            staged: (input != Input::Bytes(vec![0, 255])).then(|| "out/.qingwen/tmp/7".into()),
            input,
            label: "报告.docx".into(),
            pictures: "甲.media".to_owned(),
        });
        let mut pipe = Vec::new();
        requests.iter().for_each(|request| push_request(&mut pipe, request));
        let mut from = pipe.as_slice();
        for request in requests {
            assert_eq!(read_request(&mut from).unwrap(), Some(request));
        }
        assert_eq!(read_request(&mut from).unwrap(), None);
        let mut outcome = Outcome::failed(Status::Timeout, Cause::new("timeout", "too long"));
        outcome.markdown = "# 题\n".to_owned();
        outcome.pictures = vec![("a.png".to_owned(), vec![0, 159])];
        let done = Done { outcome, staged: Some("0123".to_owned()) };
        let mut pipe = Vec::new();
        write_done(&mut pipe, &done).unwrap();
        assert_eq!(read_done(&mut pipe.as_slice()).unwrap(), done);
        for cut in 0..pipe.len() {
            assert!(read_done(&mut &pipe[..cut]).is_err());
        }
    }

    proptest! {
        #[test]
        fn noise_is_an_error_and_takes_no_memory(noise in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read_done(&mut noise.as_slice());
            let _ = read_request(&mut noise.as_slice());
            let _ = read_setup(&mut noise.as_slice());
        }
    }
}
