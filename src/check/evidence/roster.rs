//! What form 1 lets the checks decide.

use super::Evidence;
use crate::check::start::first_day_under;
use crate::check::{Context, PersonFile};
use crate::model::RosterEntry;

/// One a place where `evidence` belongs for a person at home: whether it is there.
pub(super) fn evidence(evidence: Evidence, context: &Context, person: &PersonFile) -> Vec<bool> {
    if context.home_days(person).next().is_none() {
        return Vec::new();
    }
    match evidence {
        Evidence::HomeDays => return vec![true],
        Evidence::CertificateNumber => return vec![person.person.certificate_number.is_some()],
        _ if person.roster.is_empty() => return vec![false],
        Evidence::Roster => return vec![true],
        Evidence::Municipality => {
            let named = |entry: &&RosterEntry| entry.municipality.value().is_some();
            return vec![person.roster.iter().any(named)];
        }
        _ => {}
    }
    let holds = |entry: &RosterEntry| match evidence {
        Evidence::Grant => entry
            .grant_from
            .value()
            .and(entry.grant_to.value())
            .is_some(),
        Evidence::Consent => entry.consented_on.value().is_some(),
        Evidence::Application => entry.applied_on.value().is_some(),
        Evidence::Plan => entry.plan_created_on.value().is_some(),
        Evidence::Annotation => entry.annotated_on.value().is_some(),
        Evidence::Report => entry
            .applied_on
            .value()
            .and(entry.approved_on.value())
            .is_some(),
        Evidence::HomeVisit => entry.home_checked_on.value().is_some(),
        Evidence::Start => entry.home_start.value().is_some(),
        Evidence::Weekdays => entry
            .home_weekdays
            .get()
            .is_some_and(|days| !days.is_empty()),
        _ => false,
    };
    // The grant and the weekdays are asked of every line; the steps before the start only of
    // those that the notice asks them of.
    let is_always_asked = matches!(evidence, Evidence::Grant | Evidence::Weekdays);
    let entries = person.roster.iter();
    entries
        .filter(|entry| is_always_asked || first_day_under(context, person, entry).is_some())
        .map(|entry| holds(entry))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Index;
    use crate::check::testing::{blank, date, notice, office, value};
    use crate::model::{Field, Office};

    fn seen(office: &Office, of: Evidence) -> Vec<bool> {
        let notice = notice("kitakyushu");
        let index = Index::new(office);
        let context = Context::new(&index, &notice, date(2025, 11, 30));
        evidence(of, &context, &index.people[0])
    }

    #[test]
    fn a_column_that_is_not_there_shows_nothing() {
        let mut office = office();
        assert_eq!(seen(&office, Evidence::Municipality), [true]);
        office.roster[0].municipality = Field::absent();
        office.roster[0].annotated_on = Field::absent();
        assert_eq!(seen(&office, Evidence::Municipality), [false]);
        assert_eq!(seen(&office, Evidence::Annotation), [false]);
        assert_eq!(seen(&office, Evidence::Grant), [true]);
    }

    #[test]
    fn a_user_from_before_the_notice_need_not_show_the_steps_before_the_start() {
        let mut office = office();
        office.roster[0].home_start = value(date(2024, 10, 1));
        office.roster[0].annotated_on = blank();
        assert!(seen(&office, Evidence::Annotation).is_empty());
        assert_eq!(seen(&office, Evidence::Weekdays), [true]);
    }
}
