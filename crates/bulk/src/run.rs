//! A run over many files.

use crate::collect::{Collect, Collector, Form, Kept};
use crate::convert::{Converter, Done, Engine, Request, Wants};
use crate::find::{Find, FindOptions, Found, Input, Job, Root};
use crate::manifest::key;
use crate::ordered::Ordered;
use crate::outcome::{Cause, Outcome, Status};
use crate::pool::{Isolation, Watchdog, Worker};
use crate::row::{Row, report};
use crate::settings::{Settings, To};
use crate::store::{Stamp, Store, StoreOptions};
use crate::summary::{Stop, Summary};
use crate::table::Table;
use crate::worker::STACK;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What is to be done.
pub struct Plan<'a> {
    /// The documents.
    pub roots: Vec<Root>,
    /// How to look for them.
    pub find: FindOptions,
    /// How to convert each.
    pub settings: Settings,
    /// The folder to write a Markdown file for each to.
    pub output: Option<(PathBuf, StoreOptions)>,
    /// Where to collect all documents.
    pub collect: Vec<Collect>,
    /// Where to write the report, one JSON line for each file.
    pub report: Option<Box<dyn Write + Send + 'a>>,
    /// Where to write the Markdown of all documents, one after another.
    pub stdout: Option<&'a mut (dyn Write + Send)>,
    /// How many files to work on at once.
    pub jobs: usize,
    /// What converts, where that is done in this process.
    pub engine: Engine,
    /// How to keep files apart in processes of their own; `None` converts in this process, where a file that
    /// hangs or overflows its stack takes the run with it.
    pub isolation: Option<Isolation>,
}

/// Someone who is told how the run goes.
pub trait Watch: Sync {
    /// A file is finished; in no order.
    fn tick(&self);
    /// A file is finished; in the order in which they were found.
    fn finished(&self, row: &Row);
}

/// Bytes that may wait for an earlier file to be finished before no new one is begun.
const WAITING: usize = 64 << 20;

/// Runs a plan. Set `stop` to end it after the files in hand.
///
/// # Errors
///
/// Where it could not begin: a bad pattern (`InvalidInput`), another run on the output folder
/// (`ResourceBusy`), an output folder that cannot be made. What happens to a file is no error of the run.
pub fn run(plan: Plan<'_>, watch: &dyn Watch, stop: &AtomicBool) -> io::Result<Summary> {
    let start = Instant::now();
    let digest = plan.settings.digest();
    let store = plan.output.map(|(root, options)| Store::open(&root, options, digest)).transpose()?;
    let without = store.as_ref().map(|store| store.root().to_owned());
    let find = Find::new(plan.roots, plan.find, without)
        .map_err(|message| io::Error::new(io::ErrorKind::InvalidInput, message))?;
    let forms: Vec<Form> = plan.collect.iter().map(|collect| collect.form).collect();
    let wants = Wants {
        markdown: !forms.is_empty() || plan.stdout.is_some(),
        diagnostics: !forms.is_empty() || plan.report.is_some(),
        sync: store.as_ref().is_some_and(Store::sync),
    };
    let sink = Sink {
        to: plan.settings.to,
        summary: Summary::default(),
        report: plan.report,
        collectors: plan.collect.into_iter().map(Collector::new).collect(),
        stdout: plan.stdout,
        stdout_begun: false,
    };
    let run = Run {
        feed: Mutex::new(Feed {
            find,
            next: 0,
            claims: store.as_ref().map(Store::claims),
            passed: Vec::new(),
        }),
        forms,
        to: plan.settings.to,
        reports: sink.report.is_some(),
        prints: sink.stdout.is_some(),
        ordered: Ordered::new(sink, WAITING),
        store,
        watch,
        stop,
        stopped: Mutex::new(None),
    };
    let watchdog = Watchdog::new();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(plan.jobs.max(1))
        .stack_size(STACK)
        .build()
        .map_err(io::Error::other)?;
    let lane = || match &plan.isolation {
        None => Lane::Here(Box::new(Converter::new(plan.engine, &plan.settings, wants)), None),
        Some(isolation) => Lane::Process(Box::new(isolation.worker(&plan.settings, wants, &watchdog))),
    };
    std::thread::scope(|scope| {
        scope.spawn(|| watchdog.watch());
        pool.broadcast(|_| run.drive(lane));
        watchdog.end();
    });
    run.finish(start)
}

/// Where files are converted, one after another.
enum Lane {
    Here(Box<Converter>, Option<Request>),
    Process(Box<Worker>),
}

impl Lane {
    /// Whether it should get another file; one that has none always should.
    fn has_room(&self) -> bool {
        match self {
            Lane::Here(_, request) => request.is_none(),
            Lane::Process(worker) => worker.has_room(),
        }
    }

    fn give(&mut self, given: Request, bytes: Option<u64>) {
        match self {
            Lane::Here(_, request) => *request = Some(given),
            Lane::Process(worker) => worker.give(given, bytes),
        }
    }

    /// The first of its files, converted.
    fn take(&mut self) -> Option<(Request, Done)> {
        match self {
            Lane::Here(converter, request) => {
                let request = request.take()?;
                let done = converter.convert(&request);
                Some((request, done))
            }
            Lane::Process(worker) => worker.take(),
        }
    }
}

struct Run<'a, 'w> {
    feed: Mutex<Feed>,
    forms: Vec<Form>,
    to: To,
    reports: bool,
    prints: bool,
    ordered: Ordered<Piece, Sink<'w>>,
    store: Option<Store>,
    watch: &'a dyn Watch,
    stop: &'a AtomicBool,
    stopped: Mutex<Option<Stop>>,
}

/// What gives out work.
struct Feed {
    find: Find,
    next: u64,
    /// Hashes of the outputs given out, and of their inputs, to see two inputs with one output.
    claims: Option<Table>,
    passed: Vec<String>,
}

enum Task {
    Convert(Job),
    Note(PathBuf, Box<Outcome>),
}

/// A file that was given to a lane.
struct Begun {
    number: u64,
    label: PathBuf,
    output: Option<PathBuf>,
    stamp: Option<Stamp>,
}

/// A finished file on its way to the sink.
struct Piece {
    row: Row,
    report: Option<String>,
    kept: Vec<Kept>,
}

/// Where finished files go, in order.
struct Sink<'w> {
    to: To,
    summary: Summary,
    report: Option<Box<dyn Write + Send + 'w>>,
    collectors: Vec<Collector>,
    stdout: Option<&'w mut (dyn Write + Send)>,
    stdout_begun: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run<'_, '_> {
    /// Takes up files until there are no more, and has each converted by a lane.
    fn drive(&self, new_lane: impl Fn() -> Lane) {
        let mut lane = new_lane();
        let mut begun = VecDeque::new();
        loop {
            while lane.has_room()
                && let Some((number, task)) = self.next(begun.is_empty())
            {
                match task {
                    Task::Note(label, outcome) => self.give(number, Row::new(label, *outcome)),
                    Task::Convert(job) => {
                        let label = job.label.clone();
                        match guarded(|| self.begin(number, job, &mut lane)) {
                            Some(Ok(file)) => begun.push_back(file),
                            Some(Err(row)) => self.give(number, *row),
                            None => self.give(number, fault(label)),
                        }
                    }
                }
            }
            let Some(file) = begun.pop_front() else { return };
            if let Some((request, done)) = guarded(|| lane.take()).flatten() {
                let (number, label) = (file.number, file.label.clone());
                let row = guarded(|| self.settle(file, &request, done));
                self.give(number, row.unwrap_or_else(|| fault(label)));
            } else {
                lane = new_lane();
                begun.push_front(file);
                begun.drain(..).for_each(|file| self.give(file.number, fault(file.label)));
            }
        }
    }

    fn next(&self, wait: bool) -> Option<(u64, Task)> {
        if !self.ordered.admit(wait) {
            return None;
        }
        let mut feed = lock(&self.feed);
        loop {
            if self.stop.load(Ordering::Relaxed) {
                lock(&self.stopped).get_or_insert(Stop::Asked);
            }
            if lock(&self.stopped).is_some() {
                return None;
            }
            let task = match feed.find.next()? {
                Found::Passed(what) => {
                    feed.passed.push(what);
                    self.count_passed(&mut feed, 1000);
                    continue;
                }
                Found::Failed(label, outcome) => Task::Note(label, outcome),
                Found::Job(job) => match self.claim(&mut feed, job) {
                    Some(task) => task,
                    None => {
                        feed.passed.push("given twice".to_owned());
                        continue;
                    }
                },
            };
            feed.next += 1;
            return Some((feed.next - 1, task));
        }
    }

    /// A job, unless an earlier one has its output; `None` where that is the same document, which was given twice.
    fn claim(&self, feed: &mut Feed, job: Job) -> Option<Task> {
        let Some(claims) = &mut feed.claims else { return Some(Task::Convert(job)) };
        let (key, source) = (key(job.name.as_os_str()), source(&job));
        let claimed = claims.get(key).and_then(|found| match found {
            Some(found) => Ok(Some(found)),
            None => claims.insert(key, source),
        });
        match claimed {
            Ok(None) => Some(Task::Convert(job)),
            Ok(Some(found)) if found == source => None,
            Ok(Some(_)) => {
                let cause = Cause::new("collision", "another file of this run has the same output");
                Some(Task::Note(job.label, Box::new(Outcome::failed(Status::Failed, cause))))
            }
            Err(error) => {
                lock(&self.stopped).get_or_insert(broken(&error));
                Some(Task::Note(job.label, Box::new(Outcome::refused(&error.into()))))
            }
        }
    }

    /// Gives a file to a lane, or says that it was done before.
    fn begin(&self, number: u64, job: Job, lane: &mut Lane) -> Result<Begun, Box<Row>> {
        let stamp = Stamp::of(&job.input);
        let output = self.store.as_ref().map(|_| with_ending(&job.name, self.to));
        if let (Some(store), Some(output), true) = (&self.store, &output, self.forms.is_empty())
            && let Some((record, edited)) = store.done(output, &job.input, stamp)
        {
            let outcome = Outcome {
                cause: None,
                bytes: record.input.bytes,
                hash: record.hash,
                ..Outcome::failed(record.status, Cause::new("", ""))
            };
            let output = Some(output.clone());
            return Err(Box::new(Row { label: job.label, output, skipped: true, edited, outcome }));
        }
        let bytes = match &job.input {
            Input::Bytes(bytes) => Some(bytes.len() as u64),
            Input::File(_) => stamp.map(|stamp| stamp.bytes),
            Input::Entry(..) => None,
        };
        let request = Request {
            label: job.label.clone(),
            pictures: pictures_of(&job.name),
            staged: self.store.as_ref().map(|store| store.staged(number)),
            input: job.input,
        };
        lane.give(request, bytes);
        Ok(Begun { number, label: job.label, output, stamp })
    }

    /// Gives the output of a converted file its name.
    fn settle(&self, file: Begun, request: &Request, mut done: Done) -> Row {
        let mut written = None;
        if let (Some(store), Some(output), Some(staged)) = (&self.store, file.output, &request.staged) {
            if done.staged.is_some() {
                match store.commit(staged, &output, &request.pictures, &done, file.stamp) {
                    Ok(()) => written = Some(output),
                    Err(cause) => done.outcome.fail(cause),
                }
            }
            if written.is_none() {
                store.discard(staged);
            }
        }
        if let Some(cause) = done.outcome.cause.as_ref().filter(|cause| cause.kind == "disk") {
            lock(&self.stopped).get_or_insert(Stop::Broken(cause.message.clone()));
        }
        Row { output: written, ..Row::new(file.label, done.outcome) }
    }

    /// Gives a finished file to the sink when its turn has come.
    fn give(&self, number: u64, mut row: Row) {
        self.watch.tick();
        let report = self.reports.then(|| row.line(report()));
        let kept: Vec<Kept> = self.forms.iter().map(|form| form.keep(&row)).collect();
        let lines = kept.iter().map(Kept::bytes).sum::<usize>();
        row.outcome.pictures = Vec::new();
        if kept.iter().all(|kept| matches!(kept, Kept::Line(_))) {
            row.outcome.diagnostics = String::new();
            if !self.prints {
                row.outcome.markdown = String::new();
            }
        }
        let size = 512
            + report.as_ref().map_or(0, String::len)
            + lines
            + row.outcome.markdown.len()
            + row.outcome.diagnostics.len()
            + row.outcome.lost.iter().map(String::len).sum::<usize>();
        let piece = Piece { row, report, kept };
        self.ordered.put(number, piece, size, |sink, piece| {
            if let Err(stop) = sink.take(&piece) {
                lock(&self.stopped).get_or_insert(stop);
            }
            self.watch.finished(&piece.row);
        });
    }

    fn count_passed(&self, feed: &mut Feed, at_least: usize) {
        if feed.passed.len() >= at_least {
            let passed = std::mem::take(&mut feed.passed);
            self.ordered.with_sink(|sink| passed.into_iter().for_each(|what| sink.summary.pass(what)));
        }
    }

    fn finish(self, start: Instant) -> io::Result<Summary> {
        self.count_passed(&mut lock(&self.feed), 1);
        let mut stopped = self.stopped.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = &self.store
            && stopped.is_none()
        {
            store.finish()?;
        }
        let sink = self.ordered.into_sink();
        let mut summary = sink.summary;
        let flushed = sink.stdout.map_or(Ok(()), |stdout| stdout.flush());
        let collected = match &stopped {
            None => sink.collectors.into_iter().try_for_each(Collector::finish),
            Some(_) => Ok(()),
        };
        if let Err(error) =
            flushed.and(collected).and(sink.report.map_or(Ok(()), |mut report| report.flush()))
        {
            stopped.get_or_insert(broken(&error));
        }
        summary.sort();
        summary.stopped = stopped;
        summary.elapsed = start.elapsed();
        Ok(summary)
    }
}

impl Sink<'_> {
    fn take(&mut self, piece: &Piece) -> Result<(), Stop> {
        self.summary.add(&piece.row);
        self.write(piece).map_err(|error| broken(&error))
    }

    fn write(&mut self, piece: &Piece) -> io::Result<()> {
        if let (Some(report), Some(line)) = (&mut self.report, &piece.report) {
            report.write_all(line.as_bytes())?;
        }
        for (collector, kept) in self.collectors.iter_mut().zip(&piece.kept) {
            collector.write(&piece.row, kept)?;
        }
        let markdown = &piece.row.outcome.markdown;
        if let (Some(stdout), true) = (&mut self.stdout, piece.row.status().has_output()) {
            if self.stdout_begun && self.to == To::Markdown {
                stdout.write_all(b"\n")?;
            }
            self.stdout_begun |= !markdown.is_empty();
            stdout.write_all(markdown.as_bytes())?;
        }
        Ok(())
    }
}

/// A hash of where a document is, without links in its path.
fn source(job: &Job) -> u64 {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let place = match &job.input {
        Input::Bytes(_) => job.label.clone(),
        Input::File(path) => real(path),
        Input::Entry(path, index) => real(path).join(index.to_string()),
    };
    // A table has room for values up to the last but one.
    key(place.as_os_str()) >> 1
}

/// What `act` gives; `None` where it panics. Should this crate itself fail, it costs one file: its number must be
/// given back.
fn guarded<T>(act: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(act)).ok()
}

fn fault(label: PathBuf) -> Row {
    Row::new(label, Outcome::failed(Status::Failed, Cause::new("panic", "a fault in qingwen")))
}

fn broken(error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::ReaderGone,
        _ => Stop::Broken(error.to_string()),
    }
}

/// What the folder of a document's pictures is called, beside its Markdown.
fn pictures_of(name: &Path) -> String {
    format!("{}.media", name.file_name().unwrap_or_default().to_string_lossy())
}

/// `报告.docx` becomes `报告.docx.md`, so that two formats of one name never collide.
fn with_ending(name: &Path, to: To) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(to.ending());
    name.into()
}
