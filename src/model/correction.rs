//! A change of notation between the office's workbook and the corrected one.

use super::{Applicability, Location, Wording};

/// One entry of 修正履歴: the same fact, written otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the old text stands.
    pub location: Location,
    /// What the item is called on the form, such as 実施日.
    pub item: String,
    /// The text as it stands.
    pub before: String,
    /// The text in the corrected workbook.
    pub after: String,
    /// Why it was changed.
    pub why: Wording,
    /// `Safe` was written; `Suggested` is shown beside the old text.
    pub applicability: Applicability,
}
