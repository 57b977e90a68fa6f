//! What the tests over the whole workspace share: where the data lies, and how expected output is kept.

pub mod pdf_builder;

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// A folder of data that does not belong to the project: `$QINGWEN_SHARED/PLACE`, or `../shared/PLACE` beside
/// the repository. Where it is absent, says that the test was skipped and gives `None`.
pub fn shared(place: &str) -> Option<PathBuf> {
    let base = std::env::var_os("QINGWEN_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = base.join(place);
    if path.exists() {
        return Some(path);
    }
    let thread = std::thread::current();
    eprintln!("SKIPPED {}: {} is not here", thread.name().unwrap_or("test"), path.display());
    None
}

/// Makes a folder of texts `0.txt` and on, at each of which a worker that knows the faults of tests takes its time.
pub fn slow_texts(folder: &Path, count: usize) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    (0..count).try_for_each(|number| std::fs::write(folder.join(format!("{number}.txt")), "fault: slow"))
}

/// All files below a folder whose names end in one of `endings`, sorted; all files where `endings` is empty.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Compares `got` with the file at `path`. With `QINGWEN_BLESS=1` in the environment, writes the file instead.
///
/// # Errors
///
/// A message that names the file and the first line that differs.
pub fn expect(path: &Path, got: &str) -> Result<(), String> {
    if std::env::var_os("QINGWEN_BLESS").is_some() {
        return std::fs::write(path, got).map_err(|error| format!("{}: {error}", path.display()));
    }
    let wanted = std::fs::read_to_string(path).map_err(|error| {
        format!("{}: {error}; QINGWEN_BLESS=1 cargo test writes it, then read it", path.display())
    })?;
    if wanted == got {
        return Ok(());
    }
    let line = wanted.lines().zip(got.lines()).take_while(|(a, b)| a == b).count();
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    Err(format!("{}, line {}:\n  wanted: {}\n  got:    {}", path.display(), line + 1, at(&wanted), at(got)))
}
