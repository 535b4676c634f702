//! Files for tests, made in memory.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod bad;
pub mod binary;
pub mod books;
pub mod compound;
pub mod drawn;
pub mod encrypted;
pub mod excel97;
pub mod open_document;
