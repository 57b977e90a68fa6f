//! Documents in zip archives, and names that are not UTF-8.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of texts. A name may be any bytes: it is written as so many letters and put in afterwards, without
/// the mark of UTF-8, as Windows does it.
fn archive(entries: &[(&[u8], &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let place = |index: usize, name: &[u8]| {
        format!("{}{}", char::from(b'A' + index as u8), "#".repeat(name.len() - 1))
    };
    for (index, (name, text)) in entries.iter().enumerate() {
        writer.start_file(place(index, name), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    for (index, (name, _)) in entries.iter().enumerate() {
        let place = place(index, name).into_bytes();
        let found: Vec<usize> =
            (0..bytes.len() - place.len()).filter(|&at| bytes[at..].starts_with(&place)).collect();
        assert_eq!(found.len(), 2, "a name stands before the entry and in the directory");
        found.iter().for_each(|&at| bytes[at..at + name.len()].copy_from_slice(name));
    }
    bytes
}

fn qingwen(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn an_archive_is_a_folder_whatever_its_names_are_written_in() {
    let folder = tempfile::tempdir().unwrap();
    let gbk = [
        b"\xd7\xca\xc1\xcf/\xb1\xa8\xb8\xe6.txt".as_slice(),
        b"b\\c.TXT",
        "通知.txt".as_bytes(),
        b"picture.png",
    ];
    let bytes = archive(&[(gbk[0], "甲\n"), (gbk[1], "乙\n"), (gbk[2], "丙\n"), (gbk[3], "丁\n")]);
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/a.zip"), bytes).unwrap();
    let output = qingwen(folder.path(), &["-o", "out", "in", "--report", "report.jsonl"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("3 files: 3 ok; passed over: 1 .png"), "{said}");
    for (name, text) in [("资料/报告.txt.md", "甲\n"), ("b/c.TXT.md", "乙\n"), ("通知.txt.md", "丙\n")]
    {
        assert_eq!(fs::read_to_string(folder.path().join("out/a.zip").join(name)).unwrap(), text);
    }
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert!(report.contains("\"path\":\"in/a.zip/资料/报告.txt\""), "{report}");
    let again = qingwen(folder.path(), &["-o", "out", "in"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("3 done before"));
}

#[test]
fn a_name_that_leads_out_of_an_archive_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let names = [b"../../out.txt".as_slice(), b"/tmp/qingwen.txt", b"c:\\x.txt", b"good.txt"];
    fs::write(folder.path().join("a.zip"), archive(&names.map(|name| (name, "甲\n")))).unwrap();
    let output = qingwen(folder.path(), &["-o", "deep/er/out", "a.zip"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said.matches("the name leads out of the archive").count(), 3, "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("deep/er/out/a.zip/good.txt.md")).unwrap(), "甲\n");
    assert!(!folder.path().join("deep/out.txt.md").exists() && !Path::new("/tmp/qingwen.txt.md").exists());
}

#[test]
fn nothing_is_written_outside_the_output_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["in/sub", "out", "elsewhere"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    fs::write(path("in/sub/a.txt"), "甲\n").unwrap();
    fs::write(path("in/b.txt"), "乙\n").unwrap();
    fs::write(path("victim"), "theirs\n").unwrap();
    symlink("../elsewhere", path("out/sub")).unwrap();
    symlink("../victim", path("out/b.txt.md")).unwrap();
    for args in [&["-o", "out", "in"][..], &["-o", "out", "in", "--force"]] {
        let output = qingwen(folder.path(), args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("a.txt: failed: the name leads out of the output folder"), "{said}");
        assert!(said.contains("b.txt: failed: something that is not a file has the name"), "{said}");
        assert_eq!(fs::read_to_string(path("victim")).unwrap(), "theirs\n");
        assert_eq!(fs::read_dir(path("elsewhere")).unwrap().count(), 0);
    }
    // Paths from a list may begin anywhere; their output does not.
    fs::write(path("list"), "../x/in/b.txt\n/nowhere/../in/b.txt\n").unwrap();
    fs::create_dir(path("x")).unwrap();
    fs::rename(path("in"), path("x/in")).unwrap();
    fs::create_dir(path("here")).unwrap();
    qingwen(&path("here"), &["-o", "deep/out", "--files-from", "../list"]);
    assert_eq!(fs::read_to_string(path("here/deep/out/x/in/b.txt.md")).unwrap(), "乙\n");
    // A link where our own files should lie leads to a refusal, not to somebody's files being removed.
    fs::create_dir_all(path("linked/.qingwen")).unwrap();
    symlink("../../elsewhere", path("linked/.qingwen/tmp")).unwrap();
    fs::write(path("elsewhere/precious"), "theirs\n").unwrap();
    let output = qingwen(folder.path(), &["-o", "linked", "x/in"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(path("elsewhere/precious").exists());
}

#[test]
fn a_damaged_archive_costs_what_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = archive(&[(b"one.txt", "甲\n"), (b"two.txt", "乙\n")]);
    let mut states = std::collections::BTreeSet::new();
    for cut in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[cut] ^= 0x55;
        fs::write(folder.path().join("cut.zip"), &bytes[..cut]).unwrap();
        fs::write(folder.path().join("damaged.zip"), damaged).unwrap();
        if cut % 7 == 0 {
            let output = qingwen(folder.path(), &["-q", "--in-process", "cut.zip", "damaged.zip"]);
            assert_eq!(output.status.code(), Some(1), "{cut}: {}", String::from_utf8_lossy(&output.stderr));
            states.insert(output.stdout);
        }
    }
    assert!(states.len() > 1, "damage never matters");
}

#[test]
fn a_name_that_is_not_utf8_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt");
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in").join(name), "甲\n").unwrap();
    let output = qingwen(folder.path(), &["-o", "out", "in", "--report", "report.jsonl"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = std::ffi::OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt.md");
    assert_eq!(fs::read_to_string(folder.path().join("out").join(written)).unwrap(), "甲\n");
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert!(report.contains("\"path_bytes\":\"696e2fb1a8b8e62e747874\""), "{report}");
    let again = qingwen(folder.path(), &["-o", "out", "in"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("1 done before"));
}

#[test]
fn the_page_of_the_report_shows_names_as_text() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("<script>alert(1)<.txt"), "fault: panic").unwrap();
    fs::write(folder.path().join("good.txt"), "甲,乙\n").unwrap();
    qingwen(
        folder.path(),
        &["-q", "-o", "out", "<script>alert(1)<.txt", "good.txt", "--html", "report.html"],
    );
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;.txt<td class=failed>failed"), "{page}");
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("http"), "the page needs something beside it");
}
