//! Reading pictures with tesseract, a program that is installed or not.

use qingwen::Word;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The languages, as tesseract calls them, that are read where nobody says which.
pub const OCR_LANGUAGES: &str = "chi_sim+eng";
/// The program.
const PROGRAM: &str = "tesseract";
/// How long it may take for one picture.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Whether tesseract can be run.
///
/// # Errors
///
/// Why it cannot.
pub fn check_ocr() -> Result<(), String> {
    let ran = Command::new(PROGRAM).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match ran {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{PROGRAM} does not run ({status})")),
        Err(error) => Err(format!("{PROGRAM} does not run: {error}")),
    }
}

/// Reads a picture.
pub(crate) fn recognise(picture: &[u8], languages: &str) -> Result<Vec<Word>, String> {
    let mut child = Command::new(PROGRAM)
        .args(["stdin", "stdout", "-l", languages, "tsv"])
        // As many files are worked on at once as there are processors.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{PROGRAM} does not run: {error}"))?;
    let (Some(mut input), Some(output), Some(errors)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(format!("{PROGRAM} does not run"));
    };
    thread::scope(|scope| {
        // Whoever does not read to the end has said why on its way.
        scope.spawn(move || input.write_all(picture));
        let said = scope.spawn(|| all(output));
        let complained = scope.spawn(|| all(errors));
        let ended = wait(&mut child);
        let (said, complained) = (said.join().unwrap_or_default(), complained.join().unwrap_or_default());
        match ended {
            Some(true) => Ok(words(&said)),
            Some(false) => {
                let line = complained.lines().rev().find(|line| !line.trim().is_empty());
                Err(format!("{PROGRAM}: {}", line.unwrap_or("it failed").trim()))
            }
            None => Err(format!("{PROGRAM} took longer than {} s", TIMEOUT.as_secs())),
        }
    })
}

fn all(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the process ended well; `None` where it did not end in time, and was ended.
fn wait(child: &mut Child) -> Option<bool> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if begun.elapsed() < TIMEOUT => thread::sleep(Duration::from_millis(10)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
}

/// Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
/// The first row, of level 1, is the picture; rows of level 5 are words.
fn words(table: &str) -> Vec<Word> {
    let (mut words, mut size, mut line, mut last) = (Vec::new(), (1.0, 1.0), 0, Vec::new());
    for row in table.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, number, _, left, top, width, height, _, text] = fields[..] else {
            continue;
        };
        let numbers = [left, top, width, height].map(|field| field.parse::<f32>());
        let [Ok(left), Ok(top), Ok(width), Ok(height)] = numbers else { continue };
        match level {
            "1" => size = (width.max(1.0), height.max(1.0)),
            "5" => {
                let place = vec![block, paragraph, number];
                if place != last {
                    line += 1;
                    last = place;
                }
                let (right, bottom) = (left + width, top + height);
                let place = [left / size.0, top / size.1, right / size.0, bottom / size.1];
                words.push(Word { line, place, text: text.to_owned() });
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_tesseracts_gives_words_by_line() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     1\t1\t0\t0\t0\t0\t0\t0\t200\t100\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t20\t10\t40\t20\t91.5\t清\n\
                     5\t1\t1\t1\t1\t2\t60\t10\t40\t20\t90\t河\n\
                     5\t1\t1\t1\t2\t1\t20\t50\t40\t20\t90\tA\n";
        let words = words(table);
        assert_eq!(
            words.iter().map(|word| (word.line, word.text.as_str())).collect::<Vec<_>>(),
            [(1, "清"), (1, "河"), (2, "A")]
        );
        assert_eq!(words[1].place, [0.3, 0.1, 0.5, 0.3]);
    }
}
