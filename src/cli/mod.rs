//! The command line.

mod args;
mod help;
