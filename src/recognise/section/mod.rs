//! What the labels of a sheet say with what stands beside and below them, where no table has it:
//! the labels are cut into sections, one a record, and each box goes to the label that it is of.

pub mod band;
pub mod beside_names;
pub mod boxes;
pub mod counted_rows;
pub mod cut;
pub mod heading;
pub mod joined;
pub mod kindred;
pub mod one_day;
pub mod outside;
pub mod own_labels;
pub mod particulars;
pub mod parts;
mod places;
pub mod printed;
pub mod text_box;
pub mod ticked_below;
pub mod unanswered;
pub mod undated;
pub mod unfilled;
pub mod week_span;
pub mod withdrawn;

use crate::recognise::item::FormKind;

/// A run of labels that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The kind of form; `None` for a line that only says whose form follows.
    pub kind: Option<FormKind>,
    /// First label of the run.
    pub first: usize,
    /// One past its last label.
    pub end: usize,
    /// Distinct items of the kind that the run holds.
    pub items: usize,
}
