//! One fault is one finding: what follows from another finding is left out.

use std::collections::BTreeSet;

use crate::model::{Finding, Location, Verdict};

/// A finding with the places that tie it to others.
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// Faulty values that it tells of, besides its location.
    pub about: Vec<Location>,
    /// Values without whose fault it would not stand, of each group one; none where it stands
    /// by itself.
    pub rests_on: Vec<Vec<Location>>,
}

/// Which checks' findings account for which others that rest on the same value.
static IMPLIES: &[(&str, &[&str])] = &[
    (
        "date-outside-month",
        &["daily-record-missing", "weekly-evaluation-missing"],
    ),
    (
        "date-in-future",
        &[
            "daily-record-missing",
            "listed-evaluation-mismatch",
            "previous-date-mismatch",
        ],
    ),
    ("daily-field-missing", &["daily-record-missing"]),
    ("duplicate-daily-record", &["daily-record-missing"]),
    ("overlapping-service", &["daily-record-missing"]),
    (
        "weekly-evaluation-late",
        &[
            "weekly-evaluation-missing",
            "listed-evaluation-mismatch",
            "previous-date-mismatch",
        ],
    ),
    (
        "monthly-date-outside-month",
        &[
            "monthly-evaluation-missing",
            "monthly-evaluation-unattended",
            "listed-evaluation-mismatch",
            "previous-date-mismatch",
        ],
    ),
    (
        "listed-evaluation-mismatch",
        &["monthly-evaluation-unattended", "previous-date-mismatch"],
    ),
];

/// Checks that only ask to look at a place, and have nothing to add where another asks the same.
/// A deficiency asks nothing: it stands whatever the doubt is.
static GIVES_WAY: &[&str] = &["doubtful-reading"];

/// The findings of one notice that stand by themselves, or rest on a value of which no cause
/// was found.
pub fn settled(found: Vec<Found>) -> Vec<Finding> {
    let mut told: BTreeSet<(&str, &str, &Location)> = BTreeSet::new();
    for cause in &found {
        let check = cause.finding.check;
        if IMPLIES.iter().any(|(name, _)| *name == check) {
            let places = cause.about.iter().chain(&cause.finding.location);
            told.extend(places.map(|at| (cause.finding.notice.as_str(), check, at)));
        }
    }
    let is_implied = |one: &Found| {
        let accounted = |at: &Location| {
            let causes = IMPLIES
                .iter()
                .filter(|(_, effects)| effects.contains(&one.finding.check));
            causes
                .into_iter()
                .any(|(cause, _)| told.contains(&(one.finding.notice.as_str(), *cause, at)))
        };
        let groups = &one.rests_on;
        !groups.is_empty() && groups.iter().all(|group| group.iter().any(accounted))
    };
    let implied: Vec<bool> = found.iter().map(is_implied).collect();
    let kept = found.into_iter().zip(implied);
    let mut kept: Vec<Finding> = kept
        .filter(|(_, implied)| !implied)
        .map(|(one, _)| one.finding)
        .collect();
    let only_asks = |one: &Finding| GIVES_WAY.contains(&one.check);
    let pointed_at: BTreeSet<Location> = kept
        .iter()
        .filter(|one| !only_asks(one) && one.verdict == Verdict::Review)
        .filter_map(|one| one.location.clone())
        .collect();
    kept.retain(|one| {
        !only_asks(one)
            || one
                .location
                .as_ref()
                .is_none_or(|at| !pointed_at.contains(at))
    });
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::by_name;
    use crate::model::{Subject, When, Wording};

    fn at(file: &str) -> Location {
        Location {
            file: file.into(),
            sheet: "".into(),
            cell: None,
        }
    }

    fn found(check: &'static str, location: &str, rests_on: &[&str]) -> Found {
        Found {
            finding: Finding {
                check,
                notice: "n".to_owned(),
                clause: String::new(),
                verdict: Verdict::Review,
                subject: Subject::Office,
                when: When::Always,
                message: Wording::default(),
                hint: Wording::default(),
                location: Some(at(location)),
                fix: None,
            },
            about: Vec::new(),
            rests_on: rests_on.iter().map(|file| vec![at(file)]).collect(),
        }
    }

    fn checks(found: Vec<Found>) -> Vec<&'static str> {
        settled(found).iter().map(|one| one.check).collect()
    }

    #[test]
    fn what_rests_on_a_fault_that_is_told_is_left_out() {
        let told = checks(vec![
            found("daily-record-missing", "list", &["a"]),
            found("date-outside-month", "a", &[]),
        ]);
        assert_eq!(told, ["date-outside-month"]);
    }

    #[test]
    fn what_rests_on_another_value_or_on_itself_stays() {
        for rests_on in [&["a", "b"][..], &["b"], &[]] {
            let told = checks(vec![
                found("daily-record-missing", "list", rests_on),
                found("date-outside-month", "a", &[]),
            ]);
            assert_eq!(told.len(), 2, "{rests_on:?}");
        }
        let told = checks(vec![
            found("daily-record-missing", "list", &["a"]),
            found("off-plan-day", "a", &[]),
        ]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn one_of_a_group_is_enough() {
        let mut either = found("previous-date-mismatch", "b", &[]);
        either.rests_on = vec![vec![at("a"), at("c")]];
        let late = found("weekly-evaluation-late", "c", &[]);
        assert_eq!(checks(vec![either, late]), ["weekly-evaluation-late"]);
    }

    #[test]
    fn what_only_asks_to_look_gives_way_to_what_points_at_the_same_place() {
        let asks = || found("doubtful-reading", "a", &[]);
        let told = checks(vec![asks(), found("off-plan-day", "a", &[])]);
        assert_eq!(told, ["off-plan-day"]);
        let told = checks(vec![asks(), found("off-plan-day", "b", &[])]);
        assert_eq!(told.len(), 2);
        let mut sure = found("off-plan-day", "a", &[]);
        sure.finding.verdict = Verdict::Deficient;
        assert_eq!(checks(vec![asks(), sure]).len(), 2);
    }

    #[test]
    fn only_checks_that_exist_are_named_and_none_accounts_for_itself() {
        for (cause, effects) in IMPLIES {
            for name in effects.iter().chain([cause]) {
                assert!(by_name(name).is_some(), "{name}");
            }
            assert!(!effects.contains(cause), "{cause}");
        }
        assert!(GIVES_WAY.iter().all(|name| by_name(name).is_some()));
    }
}
