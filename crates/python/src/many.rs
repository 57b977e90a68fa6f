//! Many files, by several threads, in order.

use crate::options;
use crate::result::Outcome;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyString};
use qingwen::model::{Error, ErrorKind};
use qingwen::{Converted, Options};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files that are begun before the first of them was asked for, for each thread.
const AHEAD: u64 = 4;
/// Stack of a thread: as much as the command gives its own.
const STACK: usize = 64 << 20;

type Done = (u64, PathBuf, Result<Converted, Error>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Converts many files, in several threads, and gives their results in the order of the paths.
///
/// A file that gives no document is a result, too: its status and its error say why. No more files are begun than a
/// few for each thread, so memory does not grow with their number, and `paths` may be endless. `workers` is the
/// number of processors where it is not given.
#[pyfunction]
#[pyo3(signature = (paths, *, workers = None, **options))]
pub(crate) fn convert_many(
    paths: &Bound<'_, PyAny>,
    workers: Option<usize>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Results> {
    // The letters of a path are no paths.
    if paths.is_instance_of::<PyString>()
        || paths.is_instance_of::<PyBytes>()
        || paths.hasattr("__fspath__")?
    {
        return Err(PyTypeError::new_err("paths is a single path; give a list of paths, or call convert"));
    }
    let options = options::read(options)?.options();
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let workers = workers.unwrap_or_else(processors).max(1);
    let (jobs, inbox) = channel();
    let (outbox, done) = channel();
    let inbox = Arc::new(Mutex::new(inbox));
    for _ in 0..workers {
        let (inbox, outbox, options) = (Arc::clone(&inbox), outbox.clone(), options.clone());
        std::thread::Builder::new().stack_size(STACK).spawn(move || work(&inbox, &outbox, &options))?;
    }
    let line = Line { jobs, done, early: BTreeMap::new(), begun: 0, given: 0, ended: false };
    Ok(Results { paths: paths.try_iter()?.unbind(), ahead: AHEAD * workers as u64, line: Mutex::new(line) })
}

/// Converts until there is nothing more to come.
fn work(inbox: &Mutex<Receiver<(u64, PathBuf)>>, outbox: &Sender<Done>, options: &Options) {
    loop {
        let next = lock(inbox).recv();
        let Ok((number, path)) = next else { return };
        let convert = || Outcome::of_file(&path, options.clone());
        let done = catch_unwind(AssertUnwindSafe(convert))
            .unwrap_or_else(|_| Err(Error::new(ErrorKind::Malformed, "a fault in qingwen")));
        if outbox.send((number, path, done)).is_err() {
            return;
        }
    }
}

/// Results, in the order of the paths.
#[pyclass(frozen, module = "qingwen")]
pub(crate) struct Results {
    paths: Py<PyIterator>,
    ahead: u64,
    line: Mutex<Line>,
}

struct Line {
    jobs: Sender<(u64, PathBuf)>,
    done: Receiver<Done>,
    /// What was done before its turn.
    early: BTreeMap<u64, (PathBuf, Result<Converted, Error>)>,
    begun: u64,
    given: u64,
    ended: bool,
}

impl Line {
    /// Waits for the next in order.
    fn wait(&mut self) -> Option<(PathBuf, Result<Converted, Error>)> {
        while !self.early.contains_key(&self.given) {
            let (number, path, done) = self.done.recv().ok()?;
            self.early.insert(number, (path, done));
        }
        self.early.remove(&self.given)
    }
}

#[pymethods]
impl Results {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        // Never taken while another thread that holds it waits for Python: it is let go of before.
        let mut line =
            self.line.try_lock().map_err(|_| PyRuntimeError::new_err("another thread is at it"))?;
        let mut paths = self.paths.bind(py).clone();
        while !line.ended && line.begun - line.given < self.ahead {
            let Some(path) = paths.next() else {
                line.ended = true;
                break;
            };
            let job = (line.begun, path?.extract()?);
            let gone = |_| PyRuntimeError::new_err("the threads are gone");
            line.jobs.send(job).map_err(gone)?;
            line.begun += 1;
        }
        if line.begun == line.given {
            return Ok(None);
        }
        let line = &mut *line;
        let next = py.detach(|| line.wait());
        line.given += 1;
        let (path, done) = next.ok_or_else(|| PyRuntimeError::new_err("the threads are gone"))?;
        Ok(Some(Outcome::new(Some(path), done)))
    }
}
