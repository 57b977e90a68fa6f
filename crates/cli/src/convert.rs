//! What the command does without a subcommand: documents in, Markdown out.

use crate::config::{self, Config};
use crate::terminal::{Terminal, Voice};
use crate::{Streams, ids, outputs, refuse};
use qingwen::ChunkOptions;
use qingwen_bulk::{
    Collect, Engine, Find, FindOptions, Form, Found, Isolation, OCR_LANGUAGES, Output, Plan, Root, Settings,
    Status, Stop, StoreOptions, Summary, To,
};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What a folder to write to does not end in, unless it is there.
const ENDINGS: [&str; 4] = ["md", "json", "jsonl", "txt"];

/// Documents in, Markdown out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, folders, globs, zip archives of documents, or - for standard input.
    ///
    /// From folders and archives come docx, docm, dotx, dotm, pdf, txt and text; a file that is named is
    /// always taken.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write a Markdown file for each document to this folder, which mirrors the folder given; of several, each
    /// has one in it.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    choice: ids::Choice,
    /// The encoding of texts, such as gbk, big5 or utf-16le, instead of detecting it.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Write what happened to each file to this file, one line of JSON for each.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Collect all documents in this file, one line of JSON for each.
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
    /// Collect all documents in this file, as Parquet; the columns are those of --jsonl.
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FILE")]
    parquet: Option<PathBuf>,
    /// Begin a new --jsonl or --parquet file after so many bytes: all.jsonl becomes all-00001.jsonl and so on.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    shard: Option<u64>,
    /// Write a page that a person can look at to this file: figures, changes by rule, the worst files.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    find: FindArgs,
    #[command(flatten)]
    format: FormatArgs,
    /// Convert again what an earlier run did, and overwrite outputs that were edited by hand and files that qingwen did
    /// not write.
    #[arg(long)]
    force: bool,
    /// Wait for every output to be on the disk: slower, and safe from a loss of power.
    #[arg(long, requires = "output")]
    sync: bool,
    /// How many files to work on at once; by default as many as there are processors.
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<u16>>,
    /// Seconds that one file may take; 0 for no limit.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u32,
    /// Memory that a worker process may take, such as 500M or 4G; 0 for no limit. Linux only.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "2G")]
    memory: u64,
    /// Convert in this process instead of in worker processes: a file that hangs or crashes then takes the whole
    /// run with it, and --timeout and --memory do nothing.
    #[arg(long)]
    in_process: bool,
    /// Say only what has no Markdown.
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say something about each file.
    #[arg(short, long)]
    verbose: bool,
    /// Say all of it as JSON on standard error: a line for each file, as --report has it but without the
    /// diagnostics, and one for the whole.
    #[arg(long, conflicts_with_all = ["quiet", "verbose"])]
    json_log: bool,
}

/// Where to look for documents.
#[derive(Debug, clap::Args)]
struct FindArgs {
    /// Also convert the files listed in this file (- for standard input), one path on each line.
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,
    /// The paths in LIST end with a NUL byte, as find -print0 writes them.
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    /// Leave out what matches this pattern, written as in a .gitignore; may be given more than once.
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Also take files and folders whose names begin with a dot.
    #[arg(long)]
    hidden: bool,
    /// Enter folders through symbolic links.
    #[arg(long)]
    follow: bool,
}

/// How documents are read and Markdown is written.
#[derive(Debug, clap::Args)]
struct FormatArgs {
    /// The password of encrypted files.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// How to write tables: as GFM where that can carry them and HTML elsewhere (auto, the default), always as one
    /// of them.
    #[arg(long, value_parser = config::TABLES)]
    tables: Option<String>,
    /// Where to put the numbers a word processor prints: in the text, in lists where they are 1. 2. 3., nowhere.
    #[arg(long, value_parser = ["text", "list", "none"], default_value = "text")]
    numbering: String,
    /// What to do with tracked changes: accept them, reject them, or show all.
    #[arg(long, value_parser = ["accept", "reject", "all"], default_value = "accept")]
    track_changes: String,
    /// Begin with what the file says of itself (title, author, …) as YAML.
    #[arg(long)]
    front_matter: bool,
    /// Keep underlining, as <u>.
    #[arg(long)]
    underline: bool,
    /// Keep readings above characters as <ruby> instead of in parentheses.
    #[arg(long)]
    ruby: bool,
    /// Read these pages of a pdf alone, such as 1-10,15 or 20-.
    #[arg(long, value_name = "PAGES", value_parser = pages)]
    pages: Option<String>,
    /// Say where a page of a pdf begins: <!-- page 3 -->.
    #[arg(long)]
    page_marks: bool,
    /// Read pages that are pictures with tesseract, if it is installed, in these languages; chi_sim+eng by default.
    #[arg(long, value_name = "LANGUAGES", num_args = 0..=1, require_equals = true, default_missing_value = OCR_LANGUAGES)]
    ocr: Option<String>,
    /// What to write: Markdown, or the document model as a line of JSON (see the documentation of qingwen::json).
    #[arg(long, value_parser = ["markdown", "json"], default_value = "markdown", conflicts_with = "chunks")]
    to: String,
    /// Write pieces for retrieval of MIN to MAX characters, one line of JSON for each: its text, the headings it
    /// stands under, the numbers in it (第三十六条), where it is in the source and in the Markdown.
    #[arg(long, value_name = "[MIN-]MAX", num_args = 0..=1, require_equals = true, default_missing_value = "200-1000", value_parser = chunks)]
    chunks: Option<To>,
    /// Keep pictures: those of 报告.docx go to the folder 报告.docx.media beside its Markdown.
    #[arg(long, requires = "output")]
    media: bool,
}

fn jobs(text: &str) -> Result<NonZero<u16>, String> {
    text.parse().map_err(|_| format!("a number from 1 to {}", u16::MAX))
}

/// Checks a range of pages.
fn pages(text: &str) -> Result<String, String> {
    text.parse::<qingwen::Pages>().map(|_| text.to_owned())
}

impl FormatArgs {
    fn to(&self) -> To {
        self.chunks.unwrap_or(if self.to == "json" { To::Json } else { To::Markdown })
    }
}

/// Reads `1000` and `200-1000`.
fn chunks(text: &str) -> Result<To, String> {
    let wrong = || "one number or two, such as 1000 or 200-1000".to_owned();
    let number = |text: &str| text.parse::<usize>().map_err(|_| wrong());
    let (min, max) = match text.split_once('-') {
        Some((min, max)) => (number(min)?, number(max)?),
        None => (ChunkOptions::default().min, number(text)?),
    };
    if max == 0 || (min > max && text.contains('-')) { Err(wrong()) } else { Ok(To::Chunks { min, max }) }
}

/// Reads `64`, `64K`, `64M`, `2GiB` as bytes.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_uppercase().trim_end_matches("IB").trim_end_matches('B') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err("a size is a number and perhaps K, M, G or T".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "a size is a number and perhaps K, M, G or T".to_owned())?;
    number.checked_mul(1 << unit).ok_or_else(|| "too large".to_owned())
}

pub(crate) fn run(args: Args, engine: Engine, mut streams: Streams<'_>) -> u8 {
    match try_run(args, engine, &mut streams) {
        Ok(code) => code,
        Err(message) => refuse(&mut streams, &message),
    }
}

fn try_run(args: Args, engine: Engine, streams: &mut Streams<'_>) -> Result<u8, String> {
    let settings = args.settings()?;
    args.check()?;
    args.check_outputs()?;
    let roots = args.roots(streams)?;
    let report = args.report.as_deref().map(create).transpose()?;
    let voice = match args {
        Args { json_log: true, .. } => Voice::Json,
        Args { quiet: true, .. } => Voice::Quiet,
        Args { verbose: true, .. } => Voice::Verbose,
        _ => Voice::Normal,
    };
    let collect = args.collect();
    let many = args.output.is_some() || !collect.is_empty();
    let terminal = Terminal::new(streams.stderr, voice, many);
    let mut stdout = BufWriter::with_capacity(1 << 16, &mut *streams.stdout);
    let plan = Plan {
        roots,
        find: args.find_options(),
        settings,
        output: args.output.clone().map(|root| (root, StoreOptions { force: args.force, sync: args.sync })),
        collect,
        report: report.map(|file| Box::new(file) as Box<dyn Write + Send>),
        stdout: (!many).then_some(&mut stdout),
        jobs: args.jobs(),
        engine,
        isolation: args.isolation()?,
    };
    let stop = stop_on_interrupt();
    let summary = std::thread::scope(|scope| {
        if terminal.shows_bar() {
            scope.spawn(|| count(&args, &terminal, &stop));
        }
        let summary = qingwen_bulk::run(plan, &terminal, &stop);
        stop.store(true, Ordering::Relaxed);
        summary
    });
    let summary = summary.map_err(|error| match (&args.output, error.kind()) {
        (Some(output), kind) if kind != io::ErrorKind::InvalidInput => {
            format!("{}: {error}", output.display())
        }
        _ => error.to_string(),
    })?;
    terminal.sum_up(&summary, args.output.is_some());
    if let Some(path) = &args.html {
        write_whole(path, &qingwen_bulk::html(&summary))?;
    }
    Ok(exit_code(&summary))
}

impl Args {
    fn settings(&self) -> Result<Settings, String> {
        ids::check(self.choice.enable.iter().chain(&self.choice.disable))?;
        let config = Config::find()?;
        let begun = config.settings(&self.choice, self.encoding.as_ref());
        let settings = Settings {
            password: self.format.password.clone(),
            tables: self.format.tables.clone().unwrap_or(begun.tables),
            numbering: self.format.numbering.clone(),
            track_changes: self.format.track_changes.clone(),
            front_matter: self.format.front_matter || begun.front_matter,
            underline: self.format.underline || begun.underline,
            ruby: self.format.ruby,
            media: self.format.media,
            pages: self.format.pages.clone().unwrap_or_default(),
            page_marks: self.format.page_marks,
            ocr: self.format.ocr.clone(),
            threads: self.threads(),
            to: self.format.to(),
            ..begun
        };
        if settings.ocr.is_some() {
            qingwen_bulk::check_ocr().map_err(|error| format!("--ocr: {error}"))?;
        }
        // An encoding that is not known would fail on every file; better to say so once.
        let tried = settings.encoding.is_some().then(|| qingwen::convert(b"a", &settings.options()));
        match tried {
            Some(Err(error)) => Err(format!("--encoding: {error}")),
            _ => Ok(settings),
        }
    }

    /// The files to collect documents in.
    fn collect(&self) -> Vec<Collect> {
        let collect = |path: &PathBuf, form| Collect { path: path.clone(), form, shard: self.shard };
        let lines = self.jsonl.iter().map(|path| collect(path, Form::JsonLines));
        #[cfg(feature = "parquet")]
        let lines = lines.chain(self.parquet.iter().map(|path| collect(path, Form::Parquet)));
        lines.collect()
    }

    fn check(&self) -> Result<(), String> {
        if self.shard.is_some() && self.collect().is_empty() {
            return Err("--shard needs --jsonl or --parquet".to_owned());
        }
        if !self.collect().is_empty() && self.format.to() != To::Markdown {
            return Err(
                "--jsonl and --parquet collect Markdown: give -o DIR with --to json or --chunks".to_owned()
            );
        }
        if self.files.is_empty() && self.find.files_from.is_none() {
            return Err("nothing to convert: name files, folders, or - for standard input".to_owned());
        }
        if self.output.is_none()
            && self.collect().is_empty()
            && let Some(folder) = self.files.iter().find(|path| path.is_dir())
        {
            let name = crate::terminal::shown(folder);
            return Err(format!("{name} is a folder: say where to write with -o DIR, or --jsonl FILE"));
        }
        Ok(())
    }

    /// Nothing is overwritten that may be a document.
    fn check_outputs(&self) -> Result<(), String> {
        if let Some(folder) = &self.output
            && !folder.exists()
            && let Some(ending) = folder.extension().filter(|ending| ENDINGS.iter().any(|e| ending == e))
        {
            let (name, ending) = (crate::terminal::shown(folder), ending.to_string_lossy());
            return Err(format!("-o takes a folder, not a .{ending} file; for one file, write > {name}"));
        }
        if self.output.as_ref().is_some_and(|folder| folder.as_os_str() == "-") {
            return Err("-o takes a folder; without it, Markdown goes to standard output".to_owned());
        }
        let named = [("--report", &self.report), ("--jsonl", &self.jsonl), ("--html", &self.html)];
        #[cfg(feature = "parquet")]
        let named = named.into_iter().chain([("--parquet", &self.parquet)]);
        let outputs: Vec<_> =
            named.into_iter().filter_map(|(option, path)| Some((option, path.as_deref()?))).collect();
        let inputs: Vec<_> = self.files.iter().chain(&self.find.files_from).map(PathBuf::as_path).collect();
        outputs::check(&outputs, &inputs)?;
        if self.force { Ok(()) } else { outputs::check_ours(&outputs, "--force overwrites it") }
    }

    fn find_options(&self) -> FindOptions {
        let FindArgs { exclude, hidden, follow, .. } = &self.find;
        FindOptions { exclude: exclude.clone(), hidden: *hidden, follow: *follow }
    }

    fn roots(&self, streams: &mut Streams<'_>) -> Result<Vec<Root>, String> {
        let mut roots = Vec::new();
        let mut input = Some(&mut *streams.stdin);
        let mut read_stdin = || {
            let mut bytes = Vec::new();
            let stdin = input.take().ok_or("standard input can be read only once")?;
            stdin.read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
            Ok::<_, String>(bytes)
        };
        for file in &self.files {
            roots.push(match file.as_os_str() == "-" {
                true => Root::Bytes(read_stdin()?, "stdin".into()),
                false => Root::Path(file.clone()),
            });
        }
        if let Some(list) = &self.find.files_from {
            let end = if self.find.null { 0 } else { b'\n' };
            let reader: Box<dyn io::BufRead + Send> = match list.as_os_str() == "-" {
                true => Box::new(io::Cursor::new(read_stdin()?)),
                false => Box::new(BufReader::new(
                    File::open(list).map_err(|error| format!("{}: {error}", list.display()))?,
                )),
            };
            roots.push(Root::List(reader, end));
        }
        Ok(roots)
    }

    fn isolation(&self) -> Result<Option<Isolation>, String> {
        if self.in_process {
            return Ok(None);
        }
        let program = std::env::current_exe().map_err(|error| format!("find this program: {error}"))?;
        let timeout = (self.timeout > 0).then(|| Duration::from_secs(self.timeout.into()));
        Ok(Some(Isolation { program, timeout, memory: (self.memory > 0).then_some(self.memory) }))
    }

    /// How many threads each file gets: more than one only where there are fewer files than could be worked on at
    /// once.
    fn threads(&self) -> usize {
        let single = |path: &PathBuf| path.as_os_str() == "-" || path.is_file();
        match self.files.len() {
            count @ 1.. if self.find.files_from.is_none() && self.files.iter().all(single) => {
                self.jobs() / count
            }
            _ => 1,
        }
    }

    fn jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, NonZero::get);
        self.jobs.map_or_else(processors, |jobs| usize::from(jobs.get()))
    }
}

fn write_whole(path: &Path, text: &str) -> Result<(), String> {
    let written = Output::create(path).and_then(|mut output| {
        output.write_all(text.as_bytes())?;
        output.finish()
    });
    written.map_err(|error| format!("{}: {error}", crate::terminal::shown(path)))
}

fn create(path: &Path) -> Result<File, String> {
    File::create(path).map_err(|error| format!("{}: {error}", crate::terminal::shown(path)))
}

/// Counts the files to come, for the time left; only where someone watches.
fn count(args: &Args, terminal: &Terminal<'_>, stop: &AtomicBool) {
    let roots = args.files.iter().map(|path| Root::Path(path.clone())).collect();
    if args.find.files_from.is_some() {
        return;
    }
    let Ok(find) =
        Find::new(roots, args.find_options(), args.output.as_ref().and_then(|o| o.canonicalize().ok()))
    else {
        return;
    };
    let mut files = 0;
    for found in find {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        files += u64::from(!matches!(found, Found::Passed(_)));
    }
    terminal.expect(files);
}

/// A flag that Ctrl-C sets. The second Ctrl-C ends the process at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Where a handler cannot be set, Ctrl-C just ends the process, which loses nothing that is done.
    let _ = ctrlc::set_handler(handler);
    stop
}

/// The exit status where all files have their Markdown, and some pages are pictures that nobody read.
const UNREAD: u8 = 3;

fn exit_code(summary: &Summary) -> u8 {
    match summary.stopped {
        Some(Stop::Asked) => 130,
        _ if !summary.is_clean() => 1,
        _ if summary.count(Status::NeedsOcr) > 0 => UNREAD,
        _ => 0,
    }
}
