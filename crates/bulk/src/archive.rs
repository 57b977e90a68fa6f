//! Zip archives of documents: what is in them, under which names, and the bytes of one entry.

use encoding_rs::GB18030;
use qingwen::model::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// A document in an archive.
pub(crate) struct Entry {
    /// Its place in the archive's directory.
    pub index: u32,
    /// Its path in the archive, made safe; or the name as it stands, where it leads out of the archive.
    pub path: Result<PathBuf, String>,
}

/// The files of an archive, in its own order.
pub(crate) fn list(path: &Path) -> Result<Vec<Entry>, Error> {
    let archive = open(path)?;
    let names = archive.file_names_raw().enumerate().filter(|(_, name)| !name.ends_with(b"/"));
    Ok(names.map(|(index, name)| Entry { index: index as u32, path: safe(&decode(name)) }).collect())
}

/// Names are UTF-8 or, from Chinese Windows, GBK without saying so.
fn decode(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// A path that stays below where it is put.
fn safe(name: &str) -> Result<PathBuf, String> {
    let parts = || name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    let outside =
        name.starts_with(['/', '\\']) || parts().any(|part| part == ".." || part.contains(['\0', ':']));
    if outside || parts().next().is_none() { Err(name.to_owned()) } else { Ok(parts().collect()) }
}

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, Error> {
    ZipArchive::new(BufReader::new(File::open(path)?)).map_err(failure)
}

fn failure(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => Error::malformed("broken zip archive").from_source(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Error::encrypted("the archive needs a password")
        }
        ZipError::UnsupportedArchive(what) => Error::unsupported(format!("zip archive: {what}")),
        error => Error::malformed("broken zip archive").from_source(error),
    }
}

/// The archive read last, kept open: its documents mostly come one after another.
#[derive(Default)]
pub(crate) struct Archives {
    last: Option<(PathBuf, ZipArchive<BufReader<File>>)>,
}

impl Archives {
    /// The bytes of one entry, at most `limit` of them.
    pub(crate) fn read(&mut self, path: &Path, index: u32, limit: u64) -> Result<Vec<u8>, Error> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            self.last = Some((path.to_owned(), open(path)?));
        }
        let Some((_, archive)) = &mut self.last else { return Err(Error::malformed("broken zip archive")) };
        let entry = archive.by_index(index as usize).map_err(failure)?;
        let too_large = || Error::limit(format!("the entry unpacks to more than {limit} bytes"));
        // What it says of itself is believed where that is too much; else it is counted.
        if entry.size() > limit {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| Error::malformed("broken zip archive").from_source(error))?;
        if bytes.len() as u64 > limit {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_gbk_is_decoded() {
        assert_eq!(decode(&[0xb1, 0xa8, 0xb8, 0xe6]), "报告");
        assert_eq!(decode("报告".as_bytes()), "报告");
    }

    #[test]
    fn a_name_that_leads_out_is_refused() {
        assert_eq!(safe("a/./b\\c.txt"), Ok(PathBuf::from("a/b/c.txt")));
        for name in ["../x", "a/../../x", "/etc/x", "C:\\x", "", "./", "a/\0"] {
            assert_eq!(safe(name), Err(name.to_owned()));
        }
    }
}
