//! Puts one fault at a time into a clean invented office and counts what is found:
//! `cargo run --release --example mutations`, with part of a fault's name to try only those.

#[path = "../tests/support/findings.rs"]
mod findings;
#[path = "../fixtures/generator/mod.rs"]
mod generator;
#[path = "../tests/support/mutations.rs"]
mod mutations;
#[path = "../tests/support/reading.rs"]
mod reading;

fn main() -> generator::Result<()> {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let outcome = mutations::run(&filter)?;
    print!("{}", outcome.table());
    for failure in &outcome.failures {
        println!("{failure}");
    }
    Ok(())
}
