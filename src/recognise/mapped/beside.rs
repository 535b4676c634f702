//! What stands beside the columns of a mapping: labels that are no values, and the legend.

use std::sync::Arc;

use super::Reader;
use crate::model::Cell;
use crate::recognise::item::FormKind;
use crate::recognise::label::Label;
use crate::recognise::listing::legends;
use crate::recognise::table::columns::Columns;

impl Reader<'_> {
    /// The labels that are no values: 終了の連絡 under a contact is what was written there.
    pub(super) fn labels_beside(&self, columns: &Columns) -> Vec<Label> {
        let spans = columns.columns.iter();
        let spans = spans.filter(|(item, _)| item.is_free_text() || item.offers_choices());
        let spans: Vec<(u32, u32)> = spans.flat_map(|(_, spans)| spans.clone()).collect();
        let is_value = |label: &&Label| {
            let at = label.range.first;
            let (line, place) = match columns.sideways {
                true => (at.col, at.row),
                false => (at.row, at.col),
            };
            let mut spans = spans.iter();
            line >= columns.first && spans.any(|span| (span.0..=span.1).contains(&place))
        };
        let labels = self.labels.iter().filter(|label| !is_value(label));
        labels.cloned().collect()
    }

    /// What explains the marks of a listing, wherever it stands but among them.
    pub(super) fn legend(&self, kind: FormKind, columns: &Columns) -> Arc<str> {
        if kind != FormKind::Listing {
            return "".into();
        }
        let marks = columns.days.map_or((0, 0), |days| days.span);
        let is_outside = |cell: Cell| {
            let (line, place) = match columns.sideways {
                true => (cell.col, cell.row),
                false => (cell.row, cell.col),
            };
            line < columns.first || !(marks.0..=marks.1).contains(&place)
        };
        let (texts, _) = legends(self.grid, self.vocabulary, is_outside);
        texts.into()
    }
}
