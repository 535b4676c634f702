//! 受給者証番号: ten digits.

use crate::model::{CertificateNumber, Wording};

use super::words::words;
use crate::text::squash;

/// The number that `text` is, white space and hyphens aside. The error says what is wrong with it.
pub fn certificate(text: &str) -> Result<CertificateNumber, Wording> {
    let reasons = &words().reasons;
    let digits = bare(text);
    CertificateNumber::new(&digits).ok_or_else(|| {
        if is_scientific(&digits) {
            reasons.scientific_number.clone()
        } else if digits.bytes().all(|b| b.is_ascii_digit()) {
            reasons.not_ten_digits.clone()
        } else {
            reasons.not_digits.clone()
        }
    })
}

/// The number that lost zeros at its front when it was stored as a number:
/// seven to nine digits, filled up to ten. `None` for anything else.
pub fn padded(text: &str) -> Option<CertificateNumber> {
    let digits = bare(text);
    let is_short = (7..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_short.then(|| CertificateNumber::new(&format!("{digits:0>10}")))?
}

/// A name and the ten digits that stand behind it: in brackets, after a space or a stroke, or on a
/// line of their own, with or without words for what they are.
pub fn beside_name(text: &str) -> (&str, Option<CertificateNumber>) {
    let text = text.trim_end();
    let digits = text.trim_end_matches(|c: char| c.is_whitespace() || "()（）[]［］".contains(c));
    let Some((at, last)) = digits
        .char_indices()
        .rfind(|(_, c)| !c.is_numeric() && *c != '-')
    else {
        return (text, None);
    };
    let (before, digits) = digits.split_at(at + last.len_utf8());
    let Ok(number) = certificate(digits) else {
        return (text, None);
    };
    // 森　健太（受給者証番号：0123456789）
    let is_joint = |c: char| c.is_whitespace() || "(（[［/／:：".contains(c);
    let is_label = |words: &str| ["番", "証", "No"].iter().any(|part| words.contains(part));
    let joined = before.trim_end_matches(is_joint);
    let name = match joined.rsplit_once(is_joint) {
        Some((name, label)) if is_label(label) => name.trim_end_matches(is_joint),
        _ => joined,
    };
    match !name.is_empty() && name.len() < before.len() {
        true => (name, Some(number)),
        false => (text, None),
    }
}

fn bare(text: &str) -> String {
    squash(text).replace(['-', 'ー'], "")
}

/// `1.23E+09`; the hyphen of a negative exponent is gone by now.
fn is_scientific(text: &str) -> bool {
    text.split_once(['E', 'e'])
        .is_some_and(|(number, exponent)| {
            let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.parse::<f64>().is_ok()
                && !exponent.is_empty()
                && exponent.bytes().all(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_may_stand_behind_the_name() {
        for text in [
            "藤原　美咲\n（3301122334）",
            "藤原　美咲（3301122334）",
            "藤原　美咲\n3301122334",
            "藤原　美咲 3301122334",
            "藤原　美咲［3301122334］",
            "藤原　美咲\n(受給者証番号：３３０１１２２３３４)",
            "藤原　美咲／受給者証 3301122334",
        ] {
            let (name, number) = beside_name(text);
            assert_eq!(name, "藤原　美咲", "{text}");
            assert_eq!(number.unwrap().as_str(), "3301122334");
        }
        for text in [
            "藤原　美咲",
            "藤原（旧姓　山田）",
            "藤原\n美咲",
            "（3301122334）",
        ] {
            assert_eq!(beside_name(text), (text, None));
        }
    }

    #[test]
    fn ten_digits_are_a_number() {
        for text in [
            "0123456789",
            "０１２３４５６７８９",
            "01234 56789",
            "01-2345-6789",
            "　0123456789\n",
            "01234ー56789",
        ] {
            assert_eq!(certificate(text).unwrap().as_str(), "0123456789", "{text}");
        }
    }

    #[test]
    fn anything_else_says_what_is_wrong() {
        let reasons = &words().reasons;
        for (text, reason) in [
            ("123456789", &reasons.not_ten_digits),
            ("01234567890", &reasons.not_ten_digits),
            ("", &reasons.not_ten_digits),
            ("012345678X", &reasons.not_digits),
            ("申請中", &reasons.not_digits),
            ("1.23E+09", &reasons.scientific_number),
            ("１．２３Ｅ＋０９", &reasons.scientific_number),
        ] {
            assert_eq!(certificate(text), Err(reason.clone()), "{text}");
        }
    }

    #[test]
    fn lost_zeros_are_filled_up() {
        assert_eq!(padded("776572763").unwrap().as_str(), "0776572763");
        assert_eq!(padded("1234567").unwrap().as_str(), "0001234567");
        for text in ["0776572763", "123456", "12345678X", "", "1.23E+09"] {
            assert_eq!(padded(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>()) {
            let _ = certificate(&text);
            padded(&text);
        }
    }
}
