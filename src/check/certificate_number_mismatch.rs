//! certificate-number-mismatch

use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// The same person has different certificate numbers in different forms.
    ///
    /// A record under the same name whose number is one slip away from the roster's is taken
    /// to be that user's.
    ///
    /// ## Why
    /// Records and claims are matched by this number alone.
    ///
    /// ## What to do
    /// Compare both with the certificate and mend the wrong one.
    "certificate-number-mismatch",
    title: "様式による受給者証番号の違い",
    what: "同じ利用者の受給者証番号が、どの様式でも同じかを見ます。",
    why: "記録と請求は、この番号で同じ利用者と分かるためです。",
    remedy: "受給者証と見比べて、誤っているほうを直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let Some(right) = &person.person.certificate_number else {
            continue;
        };
        let other = person.mentions().find_map(|(user, source)| {
            let number = user.certificate_number.value()?;
            (number != right).then(|| source.locate(user.certificate_number.cell))
        });
        let Some(location) = other else {
            continue;
        };
        let message = Wording::new(
            "同じ利用者の受給者証番号が、様式によって異なります。",
            "The user's certificate number differs between forms.",
        );
        let hint = Wording::new(
            "受給者証と見比べて、誤っているほうを直してください。別の利用者の場合は、対象者リストに加えてください。",
            "Compare with the certificate and mend the wrong one. If it is another user, add them to the roster.",
        );
        report.deficient(person, When::Always, words(message, hint), Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, told, value};
    use crate::model::{CertificateNumber, Person};

    #[test]
    fn another_number_for_the_same_person_is_found_once() {
        let mut office = office();
        let number = CertificateNumber::new("0123456798");
        office.people.push(Person {
            name: "白石みのり".to_owned(),
            certificate_number: number.clone(),
        });
        for day in [1, 3] {
            let user = &mut on(&mut office, day).user;
            user.certificate_number = value(number.clone().unwrap());
        }
        assert_eq!(
            told(&office),
            ["deficient certificate-number-mismatch always"]
        );
    }

    #[test]
    fn a_form_without_a_number_differs_from_none() {
        let mut office = office();
        on(&mut office, 1).user.certificate_number = crate::model::Field::absent();
        assert!(told(&office).is_empty());
    }
}
