//! Every kind of fault is found where it was put, and nothing else is.

use std::collections::BTreeSet;

use crate::support::{mutations, readme};
use tenken::check;

/// `MUTATIONS=start-contact cargo test` tries only the faults so named.
#[test]
fn every_fault_is_found_and_nothing_else() -> Result<(), Box<dyn std::error::Error>> {
    let filter = std::env::var("MUTATIONS").unwrap_or_default();
    let outcome = mutations::run(&filter)?;
    println!("{}", outcome.table());
    assert!(
        outcome.failures.is_empty(),
        "{}",
        outcome.failures.join("\n")
    );
    if !filter.is_empty() {
        return Ok(());
    }
    let tried: BTreeSet<&str> = outcome.checks().collect();
    for name in check::names() {
        assert!(tried.contains(name), "no fault for {name}");
    }
    assert!(outcome.faulty() >= 150, "only {}", outcome.faulty());
    readme::holds("mutations", &outcome.table())?;
    Ok(())
}
