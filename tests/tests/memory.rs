//! Cleaning takes no more memory the longer a text is, or a Parquet file; a pdf is held once.

#![cfg(target_os = "linux")]

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use qingwen_tests::pdf_builder::PdfBuilder;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

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

/// A Parquet file of one column of texts, no two of them alike; `groups` row groups of about a megabyte.
fn table(path: &Path, groups: usize) {
    let mut file = None;
    for group in 0..groups {
        let texts = (0..500).map(|row| {
            let line =
                |line| format!("第{group}条第{row}款　县水务局负责第{line}号水库的管理,做好相关工作.\n\n");
            (0..25).map(line).collect::<String>()
        });
        let column: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
        let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
        let writer = file.get_or_insert_with(|| {
            ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap()
        });
        writer.write(&batch).unwrap();
        writer.flush().unwrap();
    }
    file.unwrap().close().unwrap();
}

/// Runs the command: the peak of its memory in kB.
fn run(args: &[&str]) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"))
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
    let code = loop {
        let status = fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.map_or(peak, |line| line.trim().trim_end_matches(" kB").parse().unwrap());
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    // 3: something was lost, and told.
    assert!(matches!(code.code(), Some(0 | 3)), "{code}");
    peak
}

/// Cleans a Parquet file: the peak of the command's memory in kB, and how many row groups there are.
fn clean_table(path: &Path) -> (u64, usize) {
    let out = path.with_extension("clean");
    let peak = run(&["clean", "-o", out.to_str().unwrap(), path.to_str().unwrap()]);
    let reader = parquet::file::reader::SerializedFileReader::new(File::open(out).unwrap()).unwrap();
    (peak, parquet::file::reader::FileReader::num_row_groups(&reader))
}

#[test]
fn a_parquet_file_six_times_as_long_takes_no_more_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    table(&path("short.parquet"), 4);
    table(&path("long.parquet"), 24);
    let (before, few) = clean_table(&path("short.parquet"));
    let (after, many) = clean_table(&path("long.parquet"));
    println!("4 MB: {before} kB, 24 MB: {after} kB");
    assert_eq!((few, many), (4, 24));
    assert!(after < before + before / 4, "{before} kB for 4 MB, {after} kB for 24 MB");
}

/// A pdf of a page with a line and a picture of this many megabytes.
fn picture(path: &Path, megabytes: usize) -> u64 {
    let mut pdf = PdfBuilder::new();
    let font = pdf.cid_font("/UniGB-UCS2-H", "GB1", "");
    let samples = vec![0x5A; megabytes << 20];
    let picture = pdf.stream(
        "/Subtype /Image /Width 1024 /Height 1024 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        samples,
    );
    let line = "BT /F 12 Tf 80 700 Td <6CB36C34> Tj ET q 100 0 0 30 450 15 cm /P Do Q";
    let content = pdf.stream("", line.as_bytes());
    pdf.bare_page(
        &format!("/MediaBox [0 0 595 842] /Contents {content} 0 R"),
        &format!("/Font << /F {font} 0 R >> /XObject << /P {picture} 0 R >>"),
    );
    let bytes = pdf.finish();
    fs::write(path, &bytes).unwrap();
    bytes.len() as u64 / 1024
}

#[test]
fn a_pdf_is_held_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("图.pdf");
    let peak = |megabytes| (picture(&path, megabytes), run(&["--in-process", path.to_str().unwrap()]));
    let ((small, before), (large, after)) = (peak(1), peak(33));
    println!("{small} kB: {before} kB, {large} kB: {after} kB");
    let grown = large - small;
    assert!(after - before < grown + grown / 4, "{} kB for {grown} kB of file", after - before);
}
