//! certificate-number-mismatch

use super::certainty::verdict_on;
use super::unseen::place;
use super::words::words;
use super::{Context, Report};
use crate::model::{CertificateNumber, Doubt, Location, Verdict, When, Wording};

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
    reads: [CertificateNumber],
    title: "様式による受給者証番号の違い",
    what: "同じ利用者の受給者証番号が、どの様式でも同じかを見ます。",
    why: "記録と請求は、この番号で同じ利用者と分かるためです。",
    remedy: "受給者証と見比べて、誤っているほうを直してください。",
}

/// A number with how often it is written and where first, the roster before all.
struct Written<'a> {
    number: &'a CertificateNumber,
    count: usize,
    at: Location,
    /// How sure its being this person's number is where it is read best.
    verdict: Verdict,
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let mut all: Vec<Written> = Vec::new();
        for (user, source) in person.mentions() {
            let field = &user.certificate_number;
            let Some(number) = field.value() else {
                continue;
            };
            let is_guessed = [Doubt::NameInPart, Doubt::UserFromFile]
                .iter()
                .any(|doubt| user.name.doubts.contains(doubt));
            let verdict = match is_guessed {
                true => Verdict::Review,
                false => verdict_on(field).max(verdict_on(&user.name)),
            };
            match all.iter_mut().find(|written| written.number == number) {
                Some(written) => {
                    written.count += 1;
                    written.verdict = written.verdict.min(verdict);
                }
                None => all.push(Written {
                    number,
                    count: 1,
                    at: source.locate(field.cell),
                    verdict,
                }),
            }
        }
        // What most forms say is likely right; of two as frequent, the roster's.
        let Some(usual) = all.iter().rev().max_by_key(|written| written.count) else {
            continue;
        };
        let Some(odd) = all.iter().find(|written| written.number != usual.number) else {
            continue;
        };
        report.find(
            odd.verdict.max(usual.verdict),
            person,
            When::Always,
            differs(odd, usual),
            Some(odd.at.clone()),
        );
    }
}

fn differs(odd: &Written, usual: &Written) -> super::Words {
    let (one, other) = tails(odd.number.as_str(), usual.number.as_str());
    let (at, count) = (place(&usual.at), usual.count);
    words(
        Wording::new(
            format!(
                "受給者証番号が、ほかの様式と異なります（ここでは末尾が{one}、{at}など{count}か所では末尾が{other}）。"
            ),
            format!(
                "The certificate number differs between forms: it ends in {one} here, and in {other} at {count} place(s) such as {at}."
            ),
        ),
        Wording::new(
            "受給者証と見比べて、誤っているほうを直してください。別の利用者の場合は、対象者リストに加えてください。",
            "Compare with the certificate and mend the wrong one. If it is another user, add them to the roster.",
        ),
    )
}

/// The last digits of both, four or as many as it takes to tell them apart.
fn tails<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let first_unlike = one.bytes().zip(other.bytes()).position(|(a, b)| a != b);
    let from = first_unlike.unwrap_or_default().min(6);
    let tail = |number: &'a str| number.get(from..).unwrap_or(number);
    (tail(one), tail(other))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, date, notice, office, on, told, value};
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

    #[test]
    fn the_number_that_stands_alone_is_pointed_at() {
        let mut office = office();
        let wrong = CertificateNumber::new("0123956789").unwrap();
        office.roster[0].user.certificate_number = value(wrong);
        let notice = [notice("kitakyushu")];
        let finding = &assessed(&office, &notice, date(2025, 11, 30)).findings[0];
        let at = finding.location.as_ref().unwrap();
        assert_eq!(&*at.file, "名簿.xlsx");
        for part in ["956789", "456789", "支援記録_2025-09-01.xlsx"] {
            assert!(finding.message.ja.contains(part), "{}", finding.message.ja);
        }
    }
}
