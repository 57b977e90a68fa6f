//! Whether the files that a command is to write may be written; looked at before anything is opened.

use crate::terminal::shown;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file to write: the option that names it, and what it is called.
pub(crate) type Named<'a> = (&'static str, &'a Path);

/// Checks that no two outputs are one file, that none is an input, and that each has a folder to be in. Whether a file
/// that is there is one of ours, [`check_ours`] says.
///
/// # Errors
///
/// A message that names the option and the file.
pub(crate) fn check(outputs: &[Named<'_>], inputs: &[&Path]) -> Result<(), String> {
    let mut seen: Vec<(&str, PathBuf)> = Vec::new();
    for &(option, path) in outputs {
        let wrong = |what: &str| Err(format!("{option} {}: {what}", shown(path)));
        if path.as_os_str() == "-" {
            return wrong("not the name of a file; standard output is /dev/stdout");
        }
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => return wrong("a folder, and not a file to write"),
            // Pipes and devices may take as many outputs as one likes.
            Ok(there) if !there.is_file() => continue,
            _ => {}
        }
        let place = match place(path) {
            Ok(place) => place,
            Err(error) => return wrong(&error.to_string()),
        };
        if let Some((other, _)) = seen.iter().find(|(_, other)| *other == place) {
            return wrong(&format!("{other} names the same file"));
        }
        if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == place)) {
            return wrong("an input, which would be overwritten");
        }
        seen.push((option, place));
    }
    Ok(())
}

/// Checks that a file which is there and would be overwritten is empty, or begins like those we write.
///
/// # Errors
///
/// A message that names the option and the file, and says with `remedy` what to do.
pub(crate) fn check_ours(outputs: &[Named<'_>], remedy: &str) -> Result<(), String> {
    for (option, path) in outputs {
        let mut begin = Vec::new();
        // What is no file holds nothing, and reading a pipe would wait.
        if fs::metadata(path).is_ok_and(|there| there.is_file()) {
            let read = File::open(path).and_then(|file| file.take(256).read_to_end(&mut begin));
            read.map_err(|error| format!("{option} {}: {error}", shown(path)))?;
        }
        let is_page = begin.windows(22).any(|text| text == b"<title>qingwen report<");
        if !(begin.is_empty() || begin.starts_with(b"{\"path\":") || begin.starts_with(b"PAR1") || is_page) {
            return Err(format!(
                "{option} {}: a file that qingwen did not write has this name; {remedy}",
                shown(path)
            ));
        }
    }
    Ok(())
}

/// Where a file is or is to be, without links in its path.
fn place(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize().or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(folder.canonicalize()?.join(path.file_name().ok_or(io::ErrorKind::InvalidInput)?))
    })
}
