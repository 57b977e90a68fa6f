//! The qingwen command.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    qingwen_cli::run(std::env::args_os(), &mut io::stdin(), &mut io::stdout(), &mut io::stderr())
}
