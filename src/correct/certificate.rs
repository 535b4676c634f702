//! 受給者証番号 that the spreadsheet has shortened: `776572763`, `7.8E+08`.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::Reason;
use super::notation::{self, Rewrite};
use crate::model::{Applicability, Doubt, Office, UserMention};

/// The rewriting that the mention's number wants; a shortened number is suggested
/// whole where exactly one user of the office fits.
pub fn rewrite(mention: &UserMention, office: &Office) -> Option<Rewrite> {
    let field = &mention.certificate_number;
    if !field.is_unclear() {
        return notation::rewrite(field);
    }
    if field.doubts.contains(&Doubt::StruckThrough) {
        return None;
    }
    let own = office
        .people
        .get(mention.person.0)?
        .certificate_number
        .as_ref()?;
    let shown: String = field.raw.trim().nfkc().collect();
    let fitting: BTreeSet<_> = office
        .people
        .iter()
        .filter_map(|person| person.certificate_number.as_ref())
        .filter(|number| can_be_shown_as(number.as_str(), &shown))
        .collect();
    (fitting.len() == 1 && fitting.contains(own)).then(|| {
        Rewrite::new(
            own.to_string(),
            Reason::CertificateNumberShortened,
            Applicability::Suggested,
        )
    })
}

/// Whether a spreadsheet may show `number` as `shown`: without its leading zeros, or
/// rounded to a power of ten.
fn can_be_shown_as(number: &str, shown: &str) -> bool {
    if !shown.is_empty() && shown.len() < number.len() && shown.bytes().all(|b| b.is_ascii_digit())
    {
        return number.trim_start_matches('0') == shown;
    }
    let Some((mantissa, exponent)) = shown.split_once(['E', 'e']) else {
        return false;
    };
    let decimals = mantissa.split_once('.').map_or(0, |(_, rest)| rest.len());
    let (Ok(value), Ok(exponent)) = (number.parse::<f64>(), exponent.parse::<i32>()) else {
        return false;
    };
    decimals <= 9 && format!("{value:.decimals$e}") == format!("{mantissa}e{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CertificateNumber, Field, Person, PersonId, Wording};

    fn office(numbers: &[&str]) -> Office {
        let people = numbers.iter().map(|number| Person {
            name: String::new(),
            certificate_number: CertificateNumber::new(number),
        });
        Office {
            people: people.collect(),
            ..Office::default()
        }
    }

    fn mention(raw: &str) -> UserMention {
        UserMention {
            certificate_number: Field::unclear(raw, Wording::default(), None),
            person: PersonId(0),
            ..UserMention::default()
        }
    }

    #[test]
    fn a_lost_zero_is_suggested_back() {
        let office = office(&["0776572763", "5915685204"]);
        for raw in ["776572763", "７７６５７２７６３", "7.77E+08", "7.7657E+08"] {
            let rewrite = rewrite(&mention(raw), &office).unwrap();
            assert_eq!(rewrite.after, "0776572763", "{raw}");
            assert_eq!(rewrite.applicability, Applicability::Suggested);
        }
    }

    #[test]
    fn a_number_that_fits_nobody_or_two_is_left() {
        let one = office(&["0776572763"]);
        for raw in ["776572764", "7.78E+08", "不明", "", "77657"] {
            assert_eq!(rewrite(&mention(raw), &one), None, "{raw}");
        }
        let two = office(&["0776572763", "0776572799"]);
        assert_eq!(rewrite(&mention("7.766E+08"), &two), None);
        assert!(rewrite(&mention("776572763"), &two).is_some());
    }
}
