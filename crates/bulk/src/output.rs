//! A file that is named on the command line to be written.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written, which has its name only when it is whole; until then it is a part file beside it, which is
/// removed where the file is not finished. A link stays, and what it leads to is written. What is there and is no
/// regular file, such as a pipe or a device, is written straight into.
#[derive(Debug)]
pub struct Output {
    file: File,
    names: Option<Names>,
}

#[derive(Debug)]
struct Names {
    part: PathBuf,
    whole: PathBuf,
}

impl Output {
    /// Begins the file `path`.
    ///
    /// # Errors
    ///
    /// Those of the system, and `ResourceBusy` where another run is writing to it.
    pub fn create(path: &Path) -> io::Result<Output> {
        let Some(whole) = regular(path)? else {
            let file = OpenOptions::new().write(true).truncate(true).open(path)?;
            return Ok(Output { file, names: None });
        };
        let part = part(&whole);
        let file = create(&part, path)?;
        Ok(Output { file, names: Some(Names { part, whole }) })
    }

    /// Gives the file its name. One that was there before keeps its mode.
    ///
    /// # Errors
    ///
    /// Those of the system.
    pub fn finish(mut self) -> io::Result<()> {
        let Some(Names { part, whole }) = &self.names else { return Ok(()) };
        self.file.sync_data()?;
        if let Ok(there) = fs::metadata(whole) {
            self.file.set_permissions(there.permissions())?;
        }
        fs::rename(part, whole)?;
        self.names = None;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(names) = &self.names {
            let _ = fs::remove_file(&names.part);
        }
    }
}

/// Links that lead from one to the next, at most.
const LINKS: usize = 40;

/// The regular file that `path` is or is to be, behind all links; `None` where there is something else, or a file that
/// has no name any more.
fn regular(path: &Path) -> io::Result<Option<PathBuf>> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => return Ok(path.canonicalize().ok()),
        Ok(_) => return Ok(None),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    // Perhaps a link to a file that is still to come.
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&path) else { return Ok(Some(path)) };
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(io::Error::other("too many links"))
}

/// The name of a part file: always the same for one file, so that what a killed run left is taken up; as long for every
/// file, so that it is never too long; and one that no file of a user's has.
fn part(whole: &Path) -> PathBuf {
    let name = whole.file_name().unwrap_or_default().as_encoded_bytes();
    whole.with_file_name(format!("qingwen-{}.part", &blake3::hash(name).to_hex()[..16]))
}

/// A file of our own: two runs that write to one would leave neither.
fn create(part: &Path, path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(part).is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::other(format!("{} is not a regular file", part.display())));
    }
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(part)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let message = format!("{}: another run is writing to it", path.display());
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
        }
        Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
        _ => {}
    }
    file.set_len(0)?;
    Ok(file)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut output = Output::create(path)?;
        output.write_all(text.as_bytes())?;
        output.finish()
    }

    #[test]
    fn a_file_is_there_when_it_is_whole_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("全".repeat(85));
        let mut output = Output::create(&path).unwrap();
        output.write_all("半".as_bytes()).unwrap();
        assert!(!path.exists());
        assert_eq!(Output::create(&path).unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        drop(output);
        let files = || fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files(), 0);
        fs::write(part(&path), "left by a run that was killed").unwrap();
        write(&path, "全").unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), files()), ("全", 1));
    }

    #[test]
    fn links_stay_also_those_to_files_still_to_come() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        symlink("below/second", folder.path().join("first")).unwrap();
        symlink("third", folder.path().join("below/second")).unwrap();
        for text in ["甲", "乙"] {
            write(&folder.path().join("first"), text).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join("below/third")).unwrap(), text);
            assert!(folder.path().join("first").is_symlink());
            assert!(folder.path().join("below/second").is_symlink());
        }
        symlink("circle", folder.path().join("circle")).unwrap();
        assert!(Output::create(&folder.path().join("circle")).is_err());
    }

    #[test]
    fn a_mode_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let [path, other] = ["a", "b"].map(|name| folder.path().join(name));
        fs::write(&other, "").unwrap();
        write(&path, "甲").unwrap();
        assert_eq!(mode(&path), mode(&other));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
        write(&path, "乙").unwrap();
        assert_eq!(mode(&path), 0o604);
    }
}
