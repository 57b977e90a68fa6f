//! Converts every file of a folder: `convert_dir IN_DIR OUT_DIR [PROFILE]` writes `NAME.ext.md` for each.
//!
//! A small program for measuring; the command `qingwen` does this with care.

#![allow(clippy::print_stderr, reason = "an example is a program")]

use qingwen::{Options, Profile, convert};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, rest @ ..] = args.as_slice() else {
        eprintln!("usage: convert_dir IN_DIR OUT_DIR [PROFILE]");
        return ExitCode::from(2);
    };
    match run(Path::new(from), Path::new(to), rest.first().map_or("default", String::as_str)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!("{failed} files failed");
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Converts the files of `from` into `to` and says how many failed.
fn run(from: &Path, to: &Path, profile: &str) -> Result<usize, String> {
    let mut options = Options::default();
    options.clean.profile = profile.parse::<Profile>()?;
    std::fs::create_dir_all(to).map_err(|e| format!("{}: {e}", to.display()))?;
    let entries = std::fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))?;
    let mut failed = 0;
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let result = std::fs::read(&path).map_err(|e| e.to_string()).and_then(|bytes| {
            let done = convert(&bytes, &options).map_err(|e| e.to_string())?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            std::fs::write(to.join(format!("{name}.md")), done.markdown).map_err(|e| e.to_string())
        });
        if let Err(message) = result {
            eprintln!("{}: {message}", path.display());
            failed += 1;
        }
    }
    Ok(failed)
}
