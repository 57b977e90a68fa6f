//! `qingwen completions SHELL` and `qingwen man`: for packagers, and hidden from the help.

use crate::{Cli, Streams};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io;

/// Writes a completion script to standard output.
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell to complete for.
    shell: Shell,
}

pub(crate) fn completions(args: &Completions, streams: Streams<'_>) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "qingwen", &mut script);
    status(streams.stdout.write_all(&script))
}

pub(crate) fn man(streams: Streams<'_>) -> u8 {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
    status(rendered.and_then(|()| streams.stdout.write_all(&page)))
}

fn status(result: io::Result<()>) -> u8 {
    u8::from(result.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe))
}
