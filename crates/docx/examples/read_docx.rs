//! Prints the blocks and diagnostics of docx files: `read_docx FILE…`.

fn main() -> std::process::ExitCode {
    let mut failed = false;
    for path in std::env::args_os().skip(1) {
        let result = std::fs::read(&path)
            .map_err(qingwen_model::Error::from)
            .and_then(|bytes| qingwen_docx::read(&bytes, &qingwen_docx::DocxOptions::default()));
        match result {
            Ok(read) => {
                #[allow(clippy::print_stdout, reason = "the purpose of an example")]
                {
                    if std::env::var_os("SHAPES").is_some() {
                        read.value.blocks.iter().for_each(|block| println!("{:?}\n  {block}", block.shape));
                    }
                    println!("{}--", read.value);
                    read.diagnostics.iter().for_each(|diagnostic| println!("{diagnostic}"));
                }
            }
            Err(error) => {
                failed = true;
                #[allow(clippy::print_stdout, reason = "the purpose of an example")]
                {
                    println!("{}: {}: {error}", path.display(), error.kind().as_str());
                }
            }
        }
    }
    std::process::ExitCode::from(u8::from(failed))
}
