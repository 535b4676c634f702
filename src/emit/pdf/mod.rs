//! The two documents on paper: 点検報告書.pdf and 証拠書類綴り.pdf.
//!
//! The only room that knows typst. How a page looks is said in `templates/pdf/*.typ`;
//! what it says is handed over as JSON, never as markup, so no text of a record can
//! change the document. A character that the embedded fonts lack is printed as 〓 and
//! told to the caller and on the paper. The same input gives the same bytes.

mod bundle;
mod glyphs;
#[cfg(test)]
mod proof;
mod report;
#[cfg(test)]
mod sample;
mod typeset;
mod words;
mod world;

use thiserror::Error;

pub use bundle::{Bundle, BundleInput, bundle};
pub use glyphs::MissingGlyph;
pub use report::{ReportInput, report};

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What could not be printed as written, by character and place.
    pub missing: Vec<MissingGlyph>,
}

/// Why a document could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PdfError {
    /// The pages could not be set.
    #[error("the pages could not be laid out: {0}")]
    Layout(String),
    /// The pages could not be written as PDF.
    #[error("the PDF could not be written: {0}")]
    Export(String),
}
