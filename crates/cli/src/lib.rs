//! The qingwen command: [`run`] is all of it, so that tests run it as users do.
//!
//! One file for each subcommand; `convert.rs` is what the command does without one.

mod clean;
mod config;
mod convert;
mod diff;
mod ids;
mod outputs;
#[cfg(feature = "parquet")]
mod parquet;
mod records;
mod rules;
mod shell;
mod terminal;
mod verify;

use clap::{Parser, Subcommand};
use qingwen_bulk::Engine;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

/// Turns messy documents (docx, pdf, text in any Chinese encoding) into clean UTF-8 Markdown.
///
/// Without -o the Markdown goes to standard output. With -o a folder is mirrored: 报告.docx becomes
/// 报告.docx.md. Whatever is lost on the way is named on standard error; --report tells everything.
#[derive(Debug, Parser)]
#[command(name = "qingwen", version, args_conflicts_with_subcommands = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 all files have their Markdown, 1 some have not, 2 wrong usage or nothing begun, \
                        3 some pages are pictures and were not read, \
                        130 interrupted.\nA file called like a subcommand is given as ./NAME."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    convert: convert::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    Clean(clean::Args),
    Rules(rules::Rules),
    Explain(rules::Explain),
    Verify(verify::Args),
    #[command(hide = true)]
    Completions(shell::Completions),
    #[command(hide = true)]
    Man,
}

/// What a command reads and writes.
struct Streams<'a> {
    stdin: &'a mut (dyn Read + Send),
    stdout: &'a mut (dyn Write + Send),
    stderr: &'a mut (dyn Write + Send),
}

/// The exit status of a command that could not begin.
const USAGE: u8 = 2;

/// Runs the command. `args` begins with the program's name.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut (dyn Read + Send),
    stdout: &mut (dyn Write + Send),
    stderr: &mut (dyn Write + Send),
) -> ExitCode {
    run_with(|bytes, options| qingwen::convert(bytes, options), args, stdin, stdout, stderr)
}

/// Runs the command with another function that converts; for tests of what happens when that misbehaves.
pub fn run_with(
    engine: Engine,
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut (dyn Read + Send),
    stdout: &mut (dyn Write + Send),
    stderr: &mut (dyn Write + Send),
) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.len() == 2 && args[1] == qingwen_bulk::WORKER {
        return ExitCode::from(u8::from(qingwen_bulk::serve(engine, stdin, stdout).is_err()));
    }
    let streams = Streams { stdin, stdout, stderr };
    let result = match Cli::try_parse_from(args) {
        Err(error) => return tell(&error, streams),
        Ok(Cli { command: None, convert }) => convert::run(convert, engine, streams),
        Ok(Cli { command: Some(Command::Clean(args)), .. }) => clean::run(&args, streams),
        Ok(Cli { command: Some(Command::Rules(args)), .. }) => rules::list(&args, streams),
        Ok(Cli { command: Some(Command::Explain(args)), .. }) => rules::explain(&args, streams),
        Ok(Cli { command: Some(Command::Verify(args)), .. }) => verify::run(&args, streams),
        Ok(Cli { command: Some(Command::Completions(args)), .. }) => shell::completions(&args, streams),
        Ok(Cli { command: Some(Command::Man), .. }) => shell::man(streams),
    };
    ExitCode::from(result)
}

/// Help goes to standard output, what is wrong to standard error.
fn tell(error: &clap::Error, streams: Streams<'_>) -> ExitCode {
    let to: &mut dyn Write = if error.use_stderr() { streams.stderr } else { streams.stdout };
    // Where even this cannot be written, the exit status says it.
    let _ = write!(to, "{}", error.render()).and_then(|()| to.flush());
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE))
}

/// Says on standard error why the command did not begin.
fn refuse(streams: &mut Streams<'_>, message: &str) -> u8 {
    let _ = writeln!(streams.stderr, "qingwen: {message}");
    USAGE
}
