//! How the text of a cell is set: size of its letters and where in the cell it stands.

use super::Align;

/// EMU of a point.
const POINT: f64 = 12_700.0;

/// The look of a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Size of its letters in EMU.
    pub(super) letters: i64,
    /// Across the cell.
    pub(super) across: Align,
    /// Down the cell.
    pub(super) down: Align,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            letters: letters(11.0),
            across: Align::Start,
            down: Align::End,
        }
    }
}

/// EMU of letters of that many points.
pub(super) fn letters(points: f64) -> i64 {
    // No letters of a form are smaller or larger.
    (points.clamp(1.0, 400.0) * POINT) as i64
}

/// What workbooks call a place in a cell; `None` where they leave it to the kind of value.
pub(super) fn align(name: &str) -> Option<Align> {
    match name {
        "left" | "start" | "top" | "fill" => Some(Align::Start),
        "center" | "centerContinuous" | "middle" => Some(Align::Middle),
        "right" | "end" | "bottom" => Some(Align::End),
        "distributed" | "justify" => Some(Align::Spread),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_places_are_read_whatever_they_say() {
        assert_eq!(letters(11.0), 139_700);
        assert_eq!(letters(f64::NAN), 0);
        assert_eq!(letters(1e300), letters(400.0));
        assert_eq!(align("center"), align("middle"));
        assert_eq!(align("general"), None);
    }
}
