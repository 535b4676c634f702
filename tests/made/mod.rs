//! Files for tests, made in memory.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub mod books;
pub mod compound;
pub mod encrypted;
pub mod open_document;
