//! Everything that is written out.

mod safe_name;
pub mod workbook;

/// A file of the output, whole and in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the office's folder, `/` between parts; valid on Windows too.
    pub name: String,
    /// The file's content.
    pub bytes: Vec<u8>,
}
