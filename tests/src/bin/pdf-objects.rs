//! Compares the two libraries that read the objects of a pdf, and what qingwen-pdf makes of both: `pdf-objects PLACE…`,
//! where a place is a file or a folder of files. For each place and library, in a process of its own: how many files
//! open, pages, bytes of unpacked content (of characters for qingwen-pdf, which also reads fonts and runs the content),
//! milliseconds to open and to have all content, and the peak of memory.
//!
//! `cargo run --release -p qingwen-tests --bin pdf-objects -- ../shared/pairs/zh/pdf-office large.pdf`

use qingwen_pdf::PdfOptions;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What a library makes of a file: pages and bytes of content; `None` where it does not open it.
type Reader = fn(&[u8], &mut Duration) -> Option<(usize, usize)>;

const LIBRARIES: [(&str, Reader); 3] = [("hayro-syntax", hayro), ("lopdf", lopdf), ("qingwen-pdf", qingwen)];

fn hayro(bytes: &[u8], opening: &mut Duration) -> Option<(usize, usize)> {
    let begun = Instant::now();
    let pdf = hayro_syntax::Pdf::new(bytes.to_vec()).ok()?;
    let pages = pdf.pages().len();
    *opening += begun.elapsed();
    let content = pdf.pages().iter().filter_map(|page| page.page_stream().map(<[u8]>::len)).sum();
    (pages > 0).then_some((pages, content))
}

fn lopdf(bytes: &[u8], opening: &mut Duration) -> Option<(usize, usize)> {
    let begun = Instant::now();
    let document = lopdf::Document::load_mem(bytes).ok()?;
    let pages = document.get_pages();
    *opening += begun.elapsed();
    let content = pages.values().map(|&page| document.get_page_content(page).len()).sum();
    (!pages.is_empty()).then_some((pages.len(), content))
}

fn qingwen(bytes: &[u8], opening: &mut Duration) -> Option<(usize, usize)> {
    let begun = Instant::now();
    let none = PdfOptions { pages: "4000000000".parse().ok()?, ..PdfOptions::default() };
    qingwen_pdf::characters(bytes, &none).ok()?;
    *opening += begun.elapsed();
    let text = qingwen_pdf::characters(bytes, &PdfOptions::default()).ok()?;
    let pages = text.matches('\u{c}').count();
    (pages > 0).then_some((pages, text.len()))
}

fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_dir() { qingwen_tests::files(place, &[".pdf"]) } else { vec![place.to_owned()] }
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .map_or("?".to_owned(), |kib| format!("{}", kib >> 10))
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, place] = &args[..]
        && flag == "--with"
    {
        let (_, reader) = LIBRARIES.iter().find(|(library, _)| library == name).expect("a library");
        std::panic::set_hook(Box::new(|_| {}));
        let files = files(Path::new(place));
        let (mut open, mut pages, mut content, mut faults) = (0, 0, 0, 0);
        let (mut opening, mut whole) = (Duration::ZERO, Duration::ZERO);
        for file in &files {
            let bytes = std::fs::read(file).expect("a file that can be read");
            let begun = Instant::now();
            match catch_unwind(AssertUnwindSafe(|| reader(&bytes, &mut opening))) {
                Ok(Some((count, length))) => {
                    (open, pages, content) = (open + 1, pages + count, content + length);
                }
                Ok(None) => {}
                Err(_) => faults += 1,
            }
            whole += begun.elapsed();
        }
        let (opening, whole) = (opening.as_secs_f64() * 1e3, whole.as_secs_f64() * 1e3);
        println!(
            "{name}\t{open}/{}\t{faults}\t{pages}\t{content}\t{opening:.1}\t{whole:.1}\t{}\t{place}",
            files.len(),
            peak()
        );
        return;
    }
    assert!(!args.is_empty(), "a file or a folder");
    println!("library\topened\tpanics\tpages\tcontent bytes\topening ms\twhole ms\tpeak MiB\tplace");
    let this = std::env::current_exe().expect("this program");
    for place in &args {
        for (name, _) in LIBRARIES {
            let ran = Command::new(&this).args(["--with", name, place]).status();
            if !ran.as_ref().is_ok_and(std::process::ExitStatus::success) {
                println!("{name}\tended: {ran:?}\t{place}");
            }
        }
    }
}
