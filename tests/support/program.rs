//! The program, started as a person or a script starts it.

#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

/// The built program, with nothing asked of it yet.
pub fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tenken"))
}

/// What `tenken` comes to with `arguments`.
pub fn tenken(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

/// What it told on standard output.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it told on standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
