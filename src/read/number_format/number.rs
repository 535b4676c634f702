//! Numbers that are no dates: digits, separators, percent, exponents.

use super::token::{Section, Token};

/// Digits that a double holds for sure.
const SIGNIFICANT: usize = 15;

/// A number in a cell without a format: whole numbers with all their digits, others as far
/// as a column shows them.
pub(super) fn general(number: f64) -> String {
    let size = number.abs();
    if size < 1e15 && number.fract() == 0.0 {
        return format!("{}", number + 0.0);
    }
    if (1e-4..1e11).contains(&size) {
        // Eleven characters with the point.
        let whole = format!("{}", size.trunc()).len();
        return signed(number, trim(&fixed(size, 10_usize.saturating_sub(whole))));
    }
    let short = trim(&fixed(size, 9));
    if size < 1e-4 && short.parse() == Ok(size) {
        return signed(number, short);
    }
    scientific(number, 5, true, true)
}

/// A number by a section that shows no date.
pub(super) fn show(section: &Section, number: f64) -> String {
    let tokens = &section.tokens;
    let digits = |tokens: &[Token]| {
        tokens
            .iter()
            .filter(|token| matches!(token, Token::Digit(_)))
            .count()
    };
    let point = tokens.iter().position(|token| *token == Token::Point);
    let (before, after) = tokens.split_at(point.unwrap_or(tokens.len()));
    if let Some(plus) = tokens.iter().find_map(|token| match token {
        Token::Exponent(plus) => Some(*plus),
        _ => None,
    }) {
        let decimals = after
            .iter()
            .take_while(|token| !matches!(token, Token::Exponent(_)));
        return scientific(number, decimals.count().saturating_sub(1), plus, false);
    }
    let percents = count(tokens, &Token::Percent);
    let last_digit = before
        .iter()
        .rposition(|token| matches!(token, Token::Digit(_)));
    // Commas after the last digit are thousands left out, those between digits separators.
    let trailing = last_digit.map_or(0, |last| count(&before[last..], &Token::Comma));
    let grouped = last_digit.is_some_and(|last| count(&before[..last], &Token::Comma) > 0);
    let scale = 2 * percents as i32 - 3 * trailing as i32;
    let scaled = number.abs() * 10_f64.powi(scale.clamp(-300, 300));

    let places = digits(after);
    let shown = fixed(
        if scaled.is_finite() {
            scaled
        } else {
            number.abs()
        },
        places,
    );
    let (whole, decimals) = shown.split_once('.').unwrap_or((&shown, ""));
    let is_zero = shown.bytes().all(|b| matches!(b, b'0' | b'.'));
    let mut whole = Whole {
        digits: if whole == "0" { "" } else { whole },
        places: digits(before),
        grouped,
    };
    let mut decimals = Decimals::new(decimals, after);

    let mut text = String::new();
    if number < 0.0 && !is_zero && !tokens.is_empty() {
        text.push('-');
    }
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::General | Token::Text => text.push_str(&general(number.abs())),
            Token::Percent => text.push('%'),
            Token::Digit(kind) if point.is_none_or(|point| i < point) => {
                whole.next(*kind, &mut text);
            }
            Token::Digit(kind) => decimals.next(*kind, &mut text),
            Token::Point => {
                // Digits in front of the point need no place of their own.
                whole.rest(&mut text);
                text.push('.');
            }
            _ => {}
        }
    }
    text
}

/// Digits in front of the point, handed out from the left.
struct Whole<'a> {
    digits: &'a str,
    /// Places that are still to come.
    places: usize,
    grouped: bool,
}

impl Whole<'_> {
    fn next(&mut self, kind: char, text: &mut String) {
        // The first place takes all digits that have no place of their own.
        while self.digits.len() > self.places {
            self.digit(text);
        }
        if self.digits.len() == self.places && self.places > 0 {
            self.digit(text);
            self.places -= 1;
            return;
        }
        self.places = self.places.saturating_sub(1);
        match kind {
            '0' => {
                text.push('0');
                self.separator(self.places, text);
            }
            '?' => text.push(' '),
            _ => {}
        }
    }

    fn rest(&mut self, text: &mut String) {
        while !self.digits.is_empty() {
            self.digit(text);
        }
    }

    fn digit(&mut self, text: &mut String) {
        let mut chars = self.digits.chars();
        text.extend(chars.next());
        self.digits = chars.as_str();
        self.separator(self.digits.len(), text);
    }

    fn separator(&self, digits_to_come: usize, text: &mut String) {
        if self.grouped && digits_to_come > 0 && digits_to_come.is_multiple_of(3) {
            text.push(',');
        }
    }
}

/// Digits behind the point; zeros at the end only where the format asks for them.
struct Decimals<'a> {
    digits: std::str::Chars<'a>,
    /// Digits up to the last one that is not a zero.
    needed: usize,
}

impl<'a> Decimals<'a> {
    fn new(digits: &'a str, places: &[Token]) -> Self {
        let forced = places
            .iter()
            .filter(|token| matches!(token, Token::Digit(_)))
            .enumerate()
            .filter(|(_, token)| **token == Token::Digit('0'))
            .map(|(i, _)| i + 1)
            .last()
            .unwrap_or(0);
        Self {
            digits: digits.chars(),
            needed: digits.trim_end_matches('0').len().max(forced),
        }
    }

    fn next(&mut self, kind: char, text: &mut String) {
        let digit = self.digits.next();
        if self.needed > 0 {
            self.needed -= 1;
            text.extend(digit);
        } else if kind == '?' {
            text.push(' ');
        }
    }
}

/// `size`, not negative, with that many decimals, halves rounded up as people do:
/// on the fifteen digits that are shown, not on the binary value behind them.
fn fixed(size: f64, decimals: usize) -> String {
    let exact = format!("{size:.*e}", SIGNIFICANT - 1);
    let (mantissa, exponent) = exact.split_once('e').unwrap_or((&exact, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    // Digits in front of the point; zero or less where the number is below one.
    let mut whole = exponent + 1;
    if whole < 1 {
        let zeros = usize::try_from(1 - whole).unwrap_or(0);
        digits.splice(0..0, std::iter::repeat_n(b'0', zeros));
        whole = 1;
    }
    let whole = usize::try_from(whole).unwrap_or(1);
    let wanted = whole + decimals;
    let round_up = digits.get(wanted).is_some_and(|digit| *digit >= b'5');
    digits.resize(wanted, b'0');
    let mut text = match round_up {
        true => increment(digits),
        false => String::from_utf8_lossy(&digits).into_owned(),
    };
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    text
}

fn increment(mut digits: Vec<u8>) -> String {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return String::from_utf8_lossy(&digits).into_owned();
        }
        *digit = b'0';
    }
    format!("1{}", String::from_utf8_lossy(&digits))
}

fn scientific(number: f64, decimals: usize, plus: bool, short: bool) -> String {
    let text = format!("{:.*e}", decimals, number.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa = if short {
        trim(mantissa)
    } else {
        mantissa.to_owned()
    };
    let sign = match exponent.strip_prefix('-') {
        Some(_) => "-",
        None if plus => "+",
        None => "",
    };
    let exponent = exponent.trim_start_matches('-');
    signed(number, format!("{mantissa}E{sign}{exponent:0>2}"))
}

fn signed(number: f64, text: String) -> String {
    let is_zero = !text.bytes().any(|b| matches!(b, b'1'..=b'9'));
    match number < 0.0 && !is_zero {
        true => format!("-{text}"),
        false => text,
    }
}

fn trim(decimal: &str) -> String {
    match decimal.contains('.') {
        true => decimal
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => decimal.to_owned(),
    }
}

fn count(tokens: &[Token], token: &Token) -> usize {
    tokens.iter().filter(|other| *other == token).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_without_a_format_shows_eleven_characters_or_all_of_a_whole_number() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (123_456_789_012_345.0, "123456789012345"),
            (std::f64::consts::PI, "3.141592654"),
            (45_903.416_666_666_7, "45903.41667"),
            (0.000_01, "0.00001"),
            (0.000_012_345_678, "1.23457E-05"),
            (1e15, "1E+15"),
            (1.5e300, "1.5E+300"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(general(number), text);
        }
    }

    #[test]
    fn halves_are_rounded_up_as_written() {
        assert_eq!(fixed(1.005, 2), "1.01");
        assert_eq!(fixed(0.995, 2), "1.00");
        assert_eq!(fixed(9.5, 0), "10");
        assert_eq!(fixed(0.4, 0), "0");
        assert_eq!(fixed(0.0, 3), "0.000");
    }
}
