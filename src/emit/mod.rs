//! Everything that is written out.

pub mod pdf;
