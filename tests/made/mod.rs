//! Files for tests, made in memory.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod bad;
pub mod books;
pub mod compound;
pub mod encrypted;
pub mod open_document;
