//! What several tests need beside what they try.

pub mod findings;
pub mod mutations;
pub mod program;
pub mod reading;
pub mod readme;
pub mod truth;
