//! Cleaning a text takes no more memory the longer it is.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::process::{Command, Stdio};

/// Lines of an invented notice, some megabytes of them, in GBK with a stray byte here and there.
fn text(megabytes: usize) -> (Vec<u8>, usize) {
    let part = "第三条　县水务局负责全县供水工作的监督管理，有关部门按照各自职责,做好相关工作。\n\n";
    let part = encoding_rs::GB18030.encode(part).0.into_owned();
    let (mut bytes, mut strays) = (Vec::with_capacity(megabytes << 20), 0);
    while bytes.len() < megabytes << 20 {
        if bytes.len() >> 20 > strays {
            bytes.splice(bytes.len() - 2.., *b"\xFF\n\n");
            strays += 1;
        }
        bytes.extend(&part);
    }
    (bytes, strays)
}

/// Cleans a text with the command: the peak of its memory in kB, the length of the result, what it said.
fn clean(bytes: &[u8]) -> (u64, usize, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"))
        .args(["clean", "--profile", "faithful", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (length, told, peak) = std::thread::scope(|scope| {
        let length = scope.spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()).unwrap());
        let told = scope.spawn(move || std::io::read_to_string(&mut stderr).unwrap());
        stdin.write_all(bytes).unwrap();
        // All but what the pipe holds has been read.
        let status = std::fs::read_to_string(status).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak = peak.trim().trim_end_matches(" kB").parse().unwrap();
        drop(stdin);
        (length.join().unwrap(), told.join().unwrap(), peak)
    });
    assert!(child.wait().unwrap().success(), "{told}");
    (peak, length as usize, told)
}

#[test]
fn a_text_four_times_as_long_takes_no_more_memory() {
    let (short, _) = text(12);
    let (long, strays) = text(48);
    let (before, ..) = clean(&short);
    let (after, length, told) = clean(&long);
    println!("12 MB: {before} kB, 48 MB: {after} kB");
    assert!(after < before + before / 4, "{before} kB for 12 MB, {after} kB for 48 MB");
    // GBK becomes UTF-8, which is longer; nothing is missing, and every stray byte is told with its place.
    assert!(length > long.len(), "{length} bytes of {}", long.len());
    assert_eq!(told.matches("text-undecodable: lost: FF at byte").count(), strays);
}
