//! Which of the changes would mend a finding.

use std::collections::BTreeMap;

use super::CERTIFICATE_NUMBER;
use crate::model::{Change, Finding, Fix, Location};

/// The checks that find a fault of notation at its very place, each with the item at fault.
const MENDED: [(&str, &str); 1] = [("certificate-number-invalid", CERTIFICATE_NUMBER)];

/// Gives each finding the change that would mend it, where there is one.
pub fn propose(findings: &mut [Finding], changes: &[Change]) {
    for (check, item) in MENDED {
        // Of several changes at one place, the first counts.
        let of_item = changes.iter().rev().filter(|change| change.item == item);
        let by_place: BTreeMap<&Location, &Change> =
            of_item.map(|change| (&change.location, change)).collect();
        for finding in findings.iter_mut().filter(|f| f.check == check) {
            let place = finding.location.as_ref();
            let change = place.and_then(|place| by_place.get(place));
            finding.fix = change.map(|change| Fix {
                applicability: change.applicability,
                from: change.before.clone(),
                to: change.after.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assessed, date, notice, office, text, unclear};
    use crate::correct::changes;
    use crate::model::{Applicability, Cell, Office};

    fn fixes(office: &Office) -> Vec<(&'static str, Option<Fix>)> {
        let notices = [notice("kitakyushu")];
        let mut assessment = assessed(office, &notices, date(2025, 11, 30));
        propose(&mut assessment.findings, &changes(office));
        let findings = assessment.findings.into_iter();
        findings.map(|it| (it.check, it.fix)).collect()
    }

    #[test]
    fn a_number_that_only_one_user_can_have_is_proposed() {
        let mut office = office();
        for (raw, proposed) in [("1.23E+08", true), ("9.99E+08", false)] {
            let number = &mut office.daily[0].user.certificate_number;
            *number = unclear(raw);
            number.cell = Cell::parse("Q3");
            let fix = proposed.then(|| Fix {
                applicability: Applicability::Suggested,
                from: raw.to_owned(),
                to: "0123456789".to_owned(),
            });
            assert_eq!(fixes(&office), [("certificate-number-invalid", fix)]);
        }
    }

    #[test]
    fn a_change_beside_the_fault_mends_nothing() {
        let mut office = office();
        let record = &mut office.daily[0];
        record.support = text("");
        record.contacts.clear();
        record.date.raw = "2025/9/1".to_owned();
        assert!(!changes(&office).is_empty());
        let fixes = fixes(&office);
        assert!(!fixes.is_empty());
        assert!(fixes.iter().all(|(_, fix)| fix.is_none()), "{fixes:?}");
    }
}
