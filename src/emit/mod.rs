//! Everything that is written out.

pub mod file_names;
pub mod folder;
pub mod inspect;
pub mod json;
pub mod manifest;
mod numbers;
pub mod pdf;
mod person;
mod safe_name;
pub mod terminal;
mod when;
pub mod workbook;

#[cfg(test)]
mod sample;

/// A file of the output, whole and in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the office's folder, `/` between parts; valid on Windows too.
    pub name: String,
    /// The file's content.
    pub bytes: Vec<u8>,
}
