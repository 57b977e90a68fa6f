//! The outside of worker processes: starting them, asking them, ending those that hang, replacing those that died.

use crate::convert::{Done, Request, Wants};
use crate::frame::{Setup, push_request, read_done, write_setup};
use crate::outcome::{Cause, Outcome, Status};
use crate::settings::Settings;
use crate::worker::WORKER;
use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How to isolate files from the run and from each other.
#[derive(Clone, Debug)]
pub struct Isolation {
    /// The program to run as a worker: it calls [`serve`](crate::serve) when its one argument is
    /// [`WORKER`](crate::WORKER).
    pub program: PathBuf,
    /// How long one file may take.
    pub timeout: Option<Duration>,
    /// Bytes of address space that a worker may take. Only Linux enforces it.
    pub memory: Option<u64>,
}

impl Isolation {
    /// A worker that is started when it gets its first file.
    pub(crate) fn worker(&self, settings: &Settings, wants: Wants, watchdog: &Arc<Watchdog>) -> Worker {
        let setup = Setup {
            settings: settings.clone(),
            wants,
            memory: self.memory,
            timeout: self.timeout.map(|timeout| timeout.as_secs() + 1),
        };
        let watchdog = Arc::clone(watchdog);
        let (given, pace) = (VecDeque::new(), Pace::default());
        Worker { isolation: self.clone(), setup, process: None, given, pace, watchdog }
    }
}

/// One worker process, replaced as often as it dies. It is sent some files ahead of the one in hand, so that it
/// never waits for the run; it answers in their order, so the one in hand always is the first without an answer.
pub(crate) struct Worker {
    isolation: Isolation,
    setup: Setup,
    process: Option<Process>,
    /// Files without an answer, and the bytes of each.
    given: VecDeque<(Request, u64)>,
    pace: Pace,
    watchdog: Arc<Watchdog>,
}

struct Process {
    child: Arc<Mutex<Child>>,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<String>>,
    /// How many files it has converted.
    served: u64,
    /// Bytes of each request that was sent and has no answer.
    sent: VecDeque<usize>,
}

/// Files that a worker has at most, and the time that they may take by what earlier ones took: the last files of
/// a run shall not wait for one worker while others have nothing to do, nor an interrupted run for all of them.
const AHEAD: (usize, Duration) = (16, Duration::from_millis(50));
/// Bytes of requests that are sent ahead: they always find room in a pipe, so that the run never waits to send one
/// while the worker waits to be heard.
const ROOM: usize = 4096;

/// How fast files were converted lately.
#[derive(Default)]
struct Pace {
    bytes: u64,
    files: u64,
    micros: u64,
}

impl Pace {
    fn add(&mut self, outcome: &Outcome) {
        if self.micros > 1_000_000 {
            (self.bytes, self.files, self.micros) = (self.bytes / 2, self.files / 2, self.micros / 2);
        }
        self.bytes += outcome.bytes;
        self.files += 1;
        self.micros += outcome.micros;
    }

    /// Whether so many bytes are converted in `time`; none are as long as nothing is known.
    fn allows(&self, bytes: u64, time: Duration) -> bool {
        u128::from(bytes) * u128::from(self.micros) < u128::from(self.bytes) * time.as_micros()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Worker {
    /// Whether it should get another file.
    pub(crate) fn has_room(&self) -> bool {
        let waiting = self.given.iter().map(|(_, bytes)| bytes).sum();
        self.given.is_empty() || self.given.len() < AHEAD.0 && self.pace.allows(waiting, AHEAD.1)
    }

    /// Gives it a file; of `bytes` bytes, where that is known.
    pub(crate) fn give(&mut self, request: Request, bytes: Option<u64>) {
        let bytes = bytes.unwrap_or(self.pace.bytes / self.pace.files.max(1));
        self.given.push_back((request, bytes));
    }

    /// Has the first of its files converted; `None` where it has none. A worker that dies of a file is replaced,
    /// and unless the file was the first it had, the file is given to the new one: what earlier files left behind
    /// shall not be this one's fault.
    pub(crate) fn take(&mut self) -> Option<(Request, Done)> {
        let done = loop {
            self.given.front()?;
            let fresh = self.process.as_ref().is_none_or(|process| process.served == 0);
            let (status, cause) = match self.ask() {
                Ok(done) => break done,
                Err(Death::NotBorn(error)) => {
                    (Status::Failed, Cause::new("io", format!("start a worker: {error}")))
                }
                Err(Death::Timeout) => {
                    let limit = self.isolation.timeout.unwrap_or_default().as_secs_f64();
                    (Status::Timeout, Cause::new("timeout", format!("took longer than {limit} s")))
                }
                Err(Death::Other(cause)) if fresh => (Status::Failed, cause),
                Err(Death::Other(_)) => continue,
            };
            break Outcome::failed(status, cause).into();
        };
        self.pace.add(&done.outcome);
        let (request, _) = self.given.pop_front()?;
        Some((request, done))
    }

    fn ask(&mut self) -> Result<Done, Death> {
        if self.process.is_none() {
            self.process = Some(self.start().map_err(Death::NotBorn)?);
        }
        let Some(process) = &mut self.process else { return Err(Death::Timeout) };
        let guard = self.watchdog.guard(&process.child, self.isolation.timeout);
        process.send(&self.given);
        let answer = read_done(&mut process.output);
        let late = guard.is_some_and(|guard| self.watchdog.release(guard));
        match answer {
            Ok(done) if !late => {
                process.served += 1;
                process.sent.pop_front();
                Ok(done)
            }
            _ => {
                let cause =
                    self.process.take().map_or_else(unknown_death, |process| process.bury(&self.isolation));
                Err(if late { Death::Timeout } else { Death::Other(cause) })
            }
        }
    }

    fn start(&self) -> io::Result<Process> {
        let mut command = Command::new(&self.isolation.program);
        command.arg(WORKER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C is for the run, which lets its workers finish.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut input), Some(output), Some(errors)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        // A worker that ends before it is set up is found out with the first file.
        let _ = write_setup(&mut input, &self.setup);
        Ok(Process {
            child: Arc::new(Mutex::new(child)),
            input: Some(input),
            output: BufReader::with_capacity(1 << 16, output),
            last_words: Some(thread::Builder::new().stack_size(1 << 17).spawn(move || tail(errors))?),
            served: 0,
            sent: VecDeque::new(),
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            drop(process.input.take());
            let mut child = lock(&process.child);
            if !self.given.is_empty() {
                let _ = child.kill();
            }
            let _ = child.wait();
        }
    }
}

/// Why there is no answer.
enum Death {
    NotBorn(io::Error),
    Timeout,
    Other(Cause),
}

impl Process {
    /// Sends what was not sent yet, as far as it finds room; the file in hand always does.
    fn send(&mut self, given: &VecDeque<(Request, u64)>) {
        let (mut bytes, mut held) = (Vec::new(), self.sent.iter().sum::<usize>());
        for (request, _) in given.iter().skip(self.sent.len()) {
            let before = bytes.len();
            push_request(&mut bytes, request);
            let size = bytes.len() - before;
            if !self.sent.is_empty() && held + size > ROOM {
                bytes.truncate(before);
                break;
            }
            held += size;
            self.sent.push_back(size);
        }
        if self.input.as_mut().is_some_and(|pipe| pipe.write_all(&bytes).is_err()) {
            // It is dead, or dies of this: what it still said is read to the end.
            self.input = None;
        }
    }

    /// Ends what is left of a process and says what it died of.
    fn bury(mut self, isolation: &Isolation) -> Cause {
        drop(self.input.take());
        let status = {
            let mut child = lock(&self.child);
            // Where it is not dead already: it said what is no frame, or closed its pipe.
            thread::sleep(Duration::from_millis(5));
            if !matches!(child.try_wait(), Ok(Some(_))) {
                let _ = child.kill();
            }
            child.wait()
        };
        let said = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if said.contains("memory allocation of") || said.contains("out of memory") {
            let limit = isolation.memory.map_or(String::new(), |bytes| format!(" of {} MiB", bytes >> 20));
            return Cause::new("memory", format!("took more memory than the limit{limit}"));
        }
        if said.contains("overflowed its stack") {
            return Cause::new("crash", "the converter ran out of stack");
        }
        match status {
            Ok(status) => Cause::new("crash", died(status)),
            Err(_) => unknown_death(),
        }
    }
}

fn unknown_death() -> Cause {
    Cause::new("crash", "the converter ended")
}

#[cfg(unix)]
fn died(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(signal) => format!("the converter was ended by signal {signal}"),
        None => format!("the converter ended ({status})"),
    }
}

#[cfg(not(unix))]
fn died(status: ExitStatus) -> String {
    format!("the converter ended ({status})")
}

/// The last few kilobytes of what a process says.
fn tail(mut errors: impl Read) -> String {
    let (mut said, mut buffer) = (Vec::new(), [0; 1024]);
    while let Ok(read @ 1..) = errors.read(&mut buffer) {
        said.extend_from_slice(&buffer[..read]);
        if said.len() > 8192 {
            said.drain(..said.len() - 4096);
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Ends processes that have had a file for too long: one thread for all workers.
pub(crate) struct Watchdog {
    state: Mutex<Watched>,
    changed: Condvar,
}

#[derive(Default)]
struct Watched {
    next: u64,
    files: Vec<Guard>,
    over: bool,
}

struct Guard {
    number: u64,
    deadline: Instant,
    child: Arc<Mutex<Child>>,
}

/// How exactly time limits are kept.
const TICK: Duration = Duration::from_millis(50);

impl Watchdog {
    pub(crate) fn new() -> Arc<Watchdog> {
        Arc::new(Watchdog { state: Mutex::default(), changed: Condvar::new() })
    }

    /// Watches until [`end`](Watchdog::end).
    pub(crate) fn watch(&self) {
        let mut state = lock(&self.state);
        while !state.over {
            let now = Instant::now();
            for late in state.files.extract_if(.., |guard| guard.deadline <= now) {
                let _ = lock(&late.child).kill();
            }
            state = self.changed.wait_timeout(state, TICK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(crate) fn end(&self) {
        lock(&self.state).over = true;
        self.changed.notify_all();
    }

    fn guard(&self, child: &Arc<Mutex<Child>>, timeout: Option<Duration>) -> Option<u64> {
        let deadline = Instant::now() + timeout?;
        let mut state = lock(&self.state);
        state.next += 1;
        let number = state.next;
        state.files.push(Guard { number, deadline, child: Arc::clone(child) });
        Some(number)
    }

    /// Lets a file go, and says whether its process was ended.
    fn release(&self, number: u64) -> bool {
        let mut state = lock(&self.state);
        let before = state.files.len();
        state.files.retain(|guard| guard.number != number);
        state.files.len() == before
    }
}
