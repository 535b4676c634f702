//! Number formats: from a stored number to the text that a person sees.
//!
//! Covers what occurs in Japanese offices: literals around digits, eras, weekdays, times,
//! elapsed times, sections with conditions. Colours and widths are left out.

mod built_in;
mod moment;
mod number;
mod token;

use token::{Section, Token};

pub(super) use moment::{EPOCH_SHIFT, duration_of_iso, serial_of_iso};

/// Bytes of the longest code that is looked at; Excel stops at 255 characters.
const LONGEST: usize = 1_024;

/// A number format, parsed once and used for many cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self::parse("General")
    }
}

impl NumberFormat {
    /// From the code as workbooks write it, such as `"令和"0`.
    pub(super) fn parse(code: &str) -> Self {
        let code = if code.len() > LONGEST {
            "General"
        } else {
            code
        };
        Self {
            sections: token::parse(code),
        }
    }

    /// From the number of a format that workbooks do not spell out.
    pub(super) fn built_in(id: u32) -> Self {
        Self::parse(built_in::code(id))
    }

    /// Whether it shows `number` as a date, a time of day or a duration.
    pub(super) fn is_moment(&self, number: f64) -> bool {
        moment::is_serial(number)
            && self
                .section(number)
                .is_some_and(|section| section.tokens.iter().any(Token::is_moment))
    }

    /// Whether it shows `number` as something that names a day.
    pub(super) fn has_date(&self, number: f64) -> bool {
        self.section(number)
            .is_some_and(|section| section.tokens.iter().any(Token::is_date))
    }

    /// The text that a person sees for `number`.
    pub(super) fn show(&self, number: f64) -> String {
        let Some(section) = self.section(number) else {
            return number::general(number);
        };
        if section.tokens.iter().any(Token::is_moment) {
            // Excel fills the cell with # where there is no such day; the number says more.
            return moment::show(section, number).unwrap_or_else(|| number::general(number));
        }
        // A section of its own for negative numbers writes the sign itself, if it wants one.
        let own_sign = self.sections.len() > 1 && !section.is_first;
        number::show(section, if own_sign { number.abs() } else { number })
    }

    /// The text that a person sees for `text`.
    pub(super) fn show_text(&self, text: &str) -> String {
        let section = match self.sections.as_slice() {
            [_, _, _, section, ..] => section,
            [.., last] if last.tokens.contains(&Token::Text) => last,
            _ => return text.to_owned(),
        };
        section
            .tokens
            .iter()
            .map(|token| match token {
                Token::Text => text,
                Token::Literal(literal) => literal.as_str(),
                _ => "",
            })
            .collect()
    }

    /// The section that is for `number`.
    fn section(&self, number: f64) -> Option<&Section> {
        // A fourth section, or a last one of text alone, is not for numbers.
        let for_numbers: Vec<&Section> = self
            .sections
            .iter()
            .take(3)
            .enumerate()
            .filter(|(i, section)| *i == 0 || !section.tokens.contains(&Token::Text))
            .map(|(_, section)| section)
            .collect();
        let holds = |section: &Section, otherwise: bool| match section.condition {
            Some(condition) => condition.holds(number),
            None => otherwise,
        };
        match for_numbers.as_slice() {
            [] => None,
            [only] => Some(only),
            [first, second] => match holds(first, number >= 0.0) {
                true => Some(first),
                false => Some(second),
            },
            [first, second, third, ..] => {
                if holds(first, number > 0.0) {
                    Some(first)
                } else if holds(second, number < 0.0) {
                    Some(second)
                } else {
                    Some(third)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, number: f64) -> String {
        NumberFormat::parse(code).show(number)
    }

    #[test]
    fn numbers_are_shown_as_on_the_sheet() {
        for (code, number, text) in [
            ("General", 7.0, "7"),
            ("General", 4_241_553_283.0, "4241553283"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -2.5, "-2.5"),
            ("\"令和\"0", 7.0, "令和7"),
            ("0\"年\"", 7.0, "7年"),
            ("0年", 7.0, "7年"),
            ("General\"年\"", 7.0, "7年"),
            ("G/標準\"日\"", 12.0, "12日"),
            ("0000000000", 123_456_789.0, "0123456789"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0", 12.0, "12"),
            ("#,##0\"円\";[Red]-#,##0\"円\"", -1200.0, "-1,200円"),
            ("0.00", 0.125, "0.13"),
            ("0.00", 2.0, "2.00"),
            ("#.##", 0.5, ".5"),
            ("0%", 0.256, "26%"),
            ("0_ ;[Red]\\-0\\ ", -3.0, "-3 "),
            (
                "[<=999]000;[<=9999]000-00;000-0000",
                8_020_001.0,
                "802-0001",
            ),
            ("[<=999]000;[<=9999]000-00;000-0000", 12.0, "012"),
            ("0;-0;;@", 0.0, ""),
            ("#", 0.0, ""),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("0,", 12_345.0, "12"),
        ] {
            assert_eq!(show(code, number), text, "{code} {number}");
        }
    }

    #[test]
    fn dates_and_times_are_shown_as_on_the_sheet() {
        let day = 45903.0; // 2025-09-03, a Wednesday
        for (code, number, text) in [
            ("yyyy/m/d", day, "2025/9/3"),
            ("yy-mm-dd", day, "25-09-03"),
            ("m\"月\"d\"日\"", day, "9月3日"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", day, "令和7年9月3日"),
            ("[$-411]ge.m.d", day, "R7.9.3"),
            ("[$-ja-JP]ggee\"年\"mm\"月\";@", day, "令07年09月"),
            ("[$-411]ggge\"年\"", 43586.0, "令和1年"),
            ("[$-ja-JP-x-gannen]ggge\"年\"", 43586.0, "令和元年"),
            ("ggge年", 43585.0, "平成31年"),
            ("aaa", day, "水"),
            ("(aaaa)", day, "(水曜日)"),
            ("d(aaa)", day, "3(水)"),
            ("ddd, mmm d", day, "Wed, Sep 3"),
            ("h:mm", 0.375, "9:00"),
            ("hh\"時\"mm\"分\";@", 0.375, "09時00分"),
            ("h\"時\"mm\"分\"", day + 0.6875, "16時30分"),
            ("hh:mm:ss AM/PM", 0.604_178_240_740_740_8, "02:30:01 PM"),
            ("[$-411]AM/PM h:mm", 0.375, "午前 9:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("[mm]:ss", 0.5, "720:00"),
            ("mm:ss.0", 0.000_01, "00:00.9"),
            ("h:mm", 0.416_666_6, "10:00"),
            ("[$-F800]dddd, mmmm dd, yyyy", day, "2025年9月3日"),
            ("yyyy/m/d h:mm", 45_756.416_666_666_664, "2025/4/9 10:00"),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 59.0, "1900/2/28"),
            ("yyyy/m/d", 61.0, "1900/3/1"),
        ] {
            assert_eq!(show(code, number), text, "{code} {number}");
            assert!(NumberFormat::parse(code).is_moment(number), "{code}");
        }
        for plain in [
            "General",
            "\"令和\"0",
            "0\"月\"",
            "0.00E+00",
            "@",
            "[Red]0",
            "\\m0",
        ] {
            assert!(!NumberFormat::parse(plain).is_moment(day), "{plain}");
        }
    }

    #[test]
    fn what_no_calendar_holds_is_shown_as_a_number() {
        for number in [-1.0, 2_958_466.0, 1e300, f64::MAX, f64::MIN] {
            for code in ["yyyy/m/d", "[h]:mm", "ggge", "aaa"] {
                let format = NumberFormat::parse(code);
                assert!(!format.is_moment(number), "{code} {number}");
                assert!(!format.show(number).is_empty());
            }
        }
        assert_eq!(show("yyyy/m/d", -1.0), "-1");
    }

    #[test]
    fn built_in_formats_of_east_asia_are_dates() {
        for id in (14..=22).chain(27..=36).chain(45..=47).chain(50..=58) {
            assert!(NumberFormat::built_in(id).is_moment(45903.5), "{id}");
        }
        for id in (0..=13).chain(37..=44).chain([48, 49, 59, 999]) {
            assert!(!NumberFormat::built_in(id).is_moment(45903.5), "{id}");
        }
        assert_eq!(NumberFormat::built_in(57).show(45903.0), "R7.9.3");
        assert_eq!(NumberFormat::built_in(58).show(45903.0), "令和7年9月3日");
        assert_eq!(NumberFormat::built_in(32).show(0.4), "9時36分");
    }

    #[test]
    fn text_goes_through_the_section_for_text() {
        let show = |code| NumberFormat::parse(code).show_text("山田");
        assert_eq!(show("General"), "山田");
        assert_eq!(show("@\"様\""), "山田様");
        assert_eq!(show("0;-0;0;\"(\"@\")\""), "(山田)");
        assert_eq!(show(";;;"), "");
        assert_eq!(show("yyyy/m/d;@"), "山田");
    }

    #[test]
    fn a_broken_format_is_no_reason_to_stop() {
        for code in [
            "", "\"", "[", "[h", "\\", "0.", ".", ";", "E+", "[<]0", "_", "*", "%%%%",
        ] {
            for number in [0.0, 1.5, -1.5, 45903.5, 1e308] {
                let format = NumberFormat::parse(code);
                format.show(number);
                format.show_text("あ");
            }
        }
    }
}
