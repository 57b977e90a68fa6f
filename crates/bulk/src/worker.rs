//! The inside of a worker process: [`serve`] converts what it is sent until there is no more.

use crate::convert::{Converter, Engine};
use crate::frame::{Setup, read_request, read_setup, write_done};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The argument that makes the command a worker; it is no part of the command line for people.
pub const WORKER: &str = "--worker";
/// Stack of the thread that converts.
pub(crate) const STACK: usize = 64 << 20;
/// Seconds beyond the timeout after which a worker ends itself: by then no run is left to end it.
const GRACE: u64 = 10;

/// Serves a run as its worker, until the run closes the pipe or is gone.
///
/// # Errors
///
/// Where the pipes break or carry what is no frame.
pub fn serve(engine: Engine, input: impl Read + Send, output: impl Write + Send) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let setup = read_setup(&mut input)?;
    restrict(&setup);
    let begun = watch_over(&setup);
    let clock = Instant::now();
    let mut converter = Converter::new(engine, &setup.settings, setup.wants);
    thread::scope(|scope| {
        let work = move || -> io::Result<()> {
            while let Some(request) = read_request(&mut input)? {
                begun.store(1 + clock.elapsed().as_secs(), Ordering::Relaxed);
                let done = converter.convert(&request);
                begun.store(0, Ordering::Relaxed);
                write_done(&mut output, &done)?;
            }
            Ok(())
        };
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        worker.join().unwrap_or_else(|_| Err(io::Error::other("a fault in the worker")))
    })
}

/// Ends the process where a file takes far longer than allowed, which only happens when the run that would end
/// it is gone. Gives the second, from 1, in which the file in hand was begun; 0 means none is.
fn watch_over(setup: &Setup) -> Arc<AtomicU64> {
    let begun = Arc::new(AtomicU64::new(0));
    if let Some(timeout) = setup.timeout {
        let (begun, clock) = (Arc::clone(&begun), Instant::now());
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                let since = begun.load(Ordering::Relaxed);
                if since > 0 && clock.elapsed().as_secs() + 1 > since + timeout + GRACE {
                    std::process::exit(1);
                }
            }
        });
    }
    begun
}

/// Takes from the process what it must not have: more memory than allowed, core files, a life beyond the run's.
#[cfg(target_os = "linux")]
fn restrict(setup: &Setup) {
    use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};
    // Each is a second line of defence: where the system refuses one, the work can still be done.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    if let Some(memory) = setup.memory {
        let maximum = getrlimit(Resource::As).maximum;
        let memory = maximum.map_or(memory, |maximum| memory.min(maximum));
        let _ = setrlimit(Resource::As, Rlimit { current: Some(memory), maximum: Some(memory) });
    }
}

#[cfg(not(target_os = "linux"))]
fn restrict(_: &Setup) {}
