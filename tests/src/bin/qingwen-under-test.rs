//! The qingwen command with a converter that misbehaves when a document asks for it: a text that begins with
//! `fault: ` and one of the words below. Everything else is converted as ever.

use qingwen::model::Error;
use qingwen::{Converted, Options};
use std::borrow::Cow;
use std::hint::black_box;
use std::io;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let (mut stdin, mut stdout, mut stderr) = (io::stdin(), io::stdout(), io::stderr());
    qingwen_cli::run_with(convert, std::env::args_os(), &mut stdin, &mut stdout, &mut stderr)
}

fn convert(bytes: Cow<'_, [u8]>, options: &Options) -> Result<Converted, Error> {
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    match text.strip_prefix("fault: ").map(str::trim) {
        Some("panic") => panic!("asked for"),
        Some("abort") => std::process::abort(),
        Some("exit") => std::process::exit(0),
        Some("overflow") => assert!(overflow(1) > 0),
        Some("hang") => loop {
            black_box(());
        },
        Some("sleep") => std::thread::sleep(Duration::from_secs(3600)),
        Some("slow") => std::thread::sleep(Duration::from_millis(300)),
        Some("memory") => _ = black_box(vec![1u8; 10 << 30]).len(),
        _ => {}
    }
    qingwen::convert(bytes, options)
}

#[expect(unconditional_recursion, reason = "it is to overflow the stack")]
fn overflow(depth: u64) -> u64 {
    black_box(overflow(black_box(depth + 1)) + depth)
}
