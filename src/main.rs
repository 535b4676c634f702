//! The program `tenken`; all it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    tenken::cli::main(std::env::args_os())
}
