//! Everything that is written out.

pub mod folder;
pub mod json;
pub mod manifest;
mod safe_name;
pub mod terminal;

#[cfg(test)]
mod sample;
