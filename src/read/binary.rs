//! Values as both binary formats write them, that of Excel 97 and that of Excel 2007.

use super::Align;
use super::look::{Look, letters};

/// A number in four bytes: a whole one or the upper half of a double, maybe in hundredths.
pub(super) fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    match bits & 1 {
        0 => number,
        _ => number / 100.0,
    }
}

/// An error as it is shown.
pub(super) fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// Whether the flags of a font strike its text through.
pub(super) fn is_struck(font_flags: u16) -> bool {
    font_flags & 0x08 != 0
}

/// EMU of letters of that many twentieths of a point.
pub(super) fn letters_of(twips: u16) -> i64 {
    letters(f64::from(twips) / 20.0)
}

/// Where a text stands by the numbers of a cell format, across and down.
pub(super) fn alignment(across: u8, down: u8) -> (Align, Align) {
    let plain = Look::default();
    (
        match across {
            1 | 4 => Align::Start,
            2 | 6 => Align::Middle,
            3 => Align::End,
            5 | 7 => Align::Spread,
            _ => plain.across,
        },
        match down {
            0 => Align::Start,
            1 => Align::Middle,
            3 | 4 => Align::Spread,
            _ => plain.down,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_whole_or_hundredths_or_halves_of_doubles() {
        assert_eq!(rk(7 << 2 | 2), 7.0);
        assert_eq!(rk(750 << 2 | 3), 7.5);
        assert_eq!(rk((-7_i32 << 2).cast_unsigned() | 2), -7.0);
        assert_eq!(rk((0.375_f64.to_bits() >> 32) as u32), 0.375);
    }

    #[test]
    fn a_place_is_a_number_and_one_that_is_not_known_is_the_plain_one() {
        assert_eq!(alignment(2, 1), (Align::Middle, Align::Middle));
        assert_eq!(alignment(7, 0), (Align::Spread, Align::Start));
        assert_eq!(alignment(0, 2), (Align::Start, Align::End));
        assert_eq!(alignment(99, 99), (Align::Start, Align::End));
    }
}
