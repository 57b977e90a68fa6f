//! What a run and its worker processes say to each other over pipes: frames of known length.
//!
//! The run sends a [`Setup`] once, and then inputs; the worker answers every input with an outcome. Nothing else
//! is ever said, so neither side can wait for the other in vain.

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

/// Writes an input: its kind, the number of the entry, a path or the bytes themselves, and what the folder of its
/// pictures is called.
pub(crate) fn write_input(to: &mut impl Write, input: &Input, pictures: &str) -> io::Result<()> {
    let path = |path: &Path| path.as_os_str().as_encoded_bytes().to_vec();
    let (kind, number, bytes) = match input {
        Input::Bytes(bytes) => (0, 0, bytes.clone()),
        Input::File(file) => (1, 0, path(file)),
        Input::Entry(archive, number) => (2, *number, path(archive)),
    };
    // One write: each wakes the worker.
    let mut piece = Vec::with_capacity(32 + bytes.len() + pictures.len());
    piece.push(kind);
    piece.extend_from_slice(&u32::to_le_bytes(number));
    write_piece(&mut piece, &bytes)?;
    write_piece(&mut piece, pictures.as_bytes())?;
    to.write_all(&piece)?;
    to.flush()
}

/// Reads an input; `None` where the run has no more.
pub(crate) fn read_input(from: &mut impl Read) -> io::Result<Option<(Input, String)>> {
    let mut head = [0; 5];
    if from.read(&mut head[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut head[1..])?;
    let number = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
    let bytes = read_piece(from, PIECE)?;
    let pictures = text(read_piece(from, HEADER)?)?;
    let input = match head[0] {
        0 => Input::Bytes(bytes),
        1 => Input::File(path_of(bytes)),
        2 => Input::Entry(path_of(bytes), number),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    Ok(Some((input, pictures)))
}

pub(crate) fn write_outcome(to: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    write_piece(to, &serde_json::to_vec(outcome)?)?;
    write_piece(to, outcome.diagnostics.as_bytes())?;
    write_piece(to, outcome.markdown.as_bytes())?;
    to.write_all(&(outcome.pictures.len() as u64).to_le_bytes())?;
    for (name, bytes) in &outcome.pictures {
        write_piece(to, name.as_bytes())?;
        write_piece(to, bytes)?;
    }
    to.flush()
}

pub(crate) fn read_outcome(from: &mut impl Read) -> io::Result<Outcome> {
    let mut outcome: Outcome = serde_json::from_slice(&read_piece(from, HEADER)?)?;
    outcome.diagnostics = text(read_piece(from, PIECE)?)?;
    outcome.markdown = text(read_piece(from, PIECE)?)?;
    for _ in 0..read_length(from)? {
        outcome.pictures.push((text(read_piece(from, HEADER)?)?, read_piece(from, PIECE)?));
    }
    Ok(outcome)
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
        let mut pipe = Vec::new();
        inputs.iter().for_each(|input| write_input(&mut pipe, input, "甲.media").unwrap());
        let mut from = pipe.as_slice();
        for input in inputs {
            assert_eq!(read_input(&mut from).unwrap(), Some((input, "甲.media".to_owned())));
        }
        assert_eq!(read_input(&mut from).unwrap(), None);
        let mut outcome = Outcome::failed(Status::Timeout, Cause::new("timeout", "too long"));
        outcome.markdown = "# 题\n".to_owned();
        outcome.pictures = vec![("a.png".to_owned(), vec![0, 159])];
        let mut pipe = Vec::new();
        write_outcome(&mut pipe, &outcome).unwrap();
        assert_eq!(read_outcome(&mut pipe.as_slice()).unwrap(), outcome);
        for cut in 0..pipe.len() {
            assert!(read_outcome(&mut &pipe[..cut]).is_err());
        }
    }

    proptest! {
        #[test]
        fn noise_is_an_error_and_takes_no_memory(noise in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read_outcome(&mut noise.as_slice());
            let _ = read_input(&mut noise.as_slice());
            let _ = read_setup(&mut noise.as_slice());
        }
    }
}
