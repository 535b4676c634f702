//! Recordings and pictures that an office keeps of its support.

use chrono::NaiveDate;

use super::FileName;

/// A file that is of one day, going by its name. What it shows is for people to see.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Media {
    /// The day that its name gives.
    pub day: NaiveDate,
    /// Its path under the folder that the office named.
    pub path: FileName,
}
