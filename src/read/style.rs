//! A cell's format, and the cells that it makes of stored values.

use std::rc::Rc;

use super::number_format::{EPOCH_SHIFT, NumberFormat};
use super::{SheetCell, Stored};

/// What a cell's format says of its content.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// How a value is shown.
    pub(super) format: Rc<NumberFormat>,
    /// Whether the cell's font is struck through.
    pub(super) struck: bool,
}

impl Style {
    /// A number, or a moment where the format shows one.
    pub(super) fn number(&self, number: f64, from_1904: bool) -> SheetCell {
        let format = &self.format;
        if !format.is_moment(number) {
            return self.plain(Stored::Number(number), format.show(number));
        }
        // Only what names a day depends on where days are counted from.
        let serial = match from_1904 && format.has_date(number) {
            true => number + EPOCH_SHIFT,
            false => number,
        };
        self.plain(Stored::Moment(serial), format.show(serial))
    }

    /// A text; nothing where it is empty. `struck` is what its own runs say.
    pub(super) fn text(&self, text: String, struck: Option<bool>) -> Option<SheetCell> {
        let shown = self.format.show_text(&text);
        (!text.is_empty()).then(|| SheetCell {
            stored: Stored::Text(text),
            shown,
            struck: struck.unwrap_or(self.struck),
        })
    }

    /// TRUE or FALSE.
    pub(super) fn bool(&self, yes: bool) -> SheetCell {
        let shown = if yes { "TRUE" } else { "FALSE" };
        self.plain(Stored::Bool(yes), shown.to_owned())
    }

    /// An error such as `#REF!`.
    pub(super) fn error(&self, error: &str) -> SheetCell {
        self.plain(Stored::Error(error.to_owned()), error.to_owned())
    }

    /// A formula without its result.
    pub(super) fn not_calculated(&self) -> SheetCell {
        self.plain(Stored::NotCalculated, String::new())
    }

    /// A cell that is struck through as its font is.
    pub(super) fn plain(&self, stored: Stored, shown: String) -> SheetCell {
        SheetCell {
            stored,
            shown,
            struck: self.struck,
        }
    }
}
