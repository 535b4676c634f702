//! grant-period-expired

use chrono::NaiveDate;

use super::certainty::{verdict_on, verdict_on_day};
use super::words::{days_en, days_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{RosterEntry, Verdict, When, Wording};

declare_check! {
    /// Days at home lie outside the grant period.
    ///
    /// Days before the period that the roster gives are for review where the support began
    /// under an earlier grant, which the roster does not show.
    ///
    /// ## Why
    /// Support is given under a grant; at each renewal the steps for support at home are
    /// taken anew.
    ///
    /// ## What to do
    /// Add the renewed period to the roster, or ask the city about the days outside.
    "grant-period-expired",
    reads: [Grant],
    title: "支給決定期間の外の在宅",
    what: "在宅の日が、対象者リストの支給決定期間に入っているかを見ます（利用者ごとに1件）。",
    why: "支援は支給決定に基づいて行い、更新のときにも申出・同意・申請を行うことになっています。",
    remedy: "更新後の期間がリストに書かれているかを確かめてください。期間の外の日は、請求の扱いを市に相談してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let Some(entry) = person.roster.last() else {
            continue;
        };
        let outside: Vec<NaiveDate> = context
            .home_days(person)
            .filter(|day| !person.roster.iter().any(|entry| holds(entry, *day)))
            .collect();
        let (Some(first), Some(last)) = (outside.first(), outside.last()) else {
            continue;
        };
        let count = outside.len();
        let message = Wording::new(
            format!(
                "支給決定期間の外に、在宅の日が{count}日あります（{}）。",
                days_ja(*first, *last)
            ),
            format!(
                "{count} days at home lie outside the grant period ({}).",
                days_en(*first, *last)
            ),
        );
        let hint = Wording::new(
            "更新後の受給者証を確かめ、対象者リストの支給決定期間を最新にしてください。更新されていない場合は、期間の外の日の扱いを市に相談してください。",
            "See the renewed certificate and bring the roster up to date. If the grant was not renewed, ask the city about these days.",
        );
        let location = entry.source.locate(entry.grant_to.cell);
        let verdict = verdict(person, &outside);
        report.find(
            verdict,
            person,
            When::Always,
            words(message, hint),
            Some(location),
        );
    }
}

/// Whether the day lies in the entry's period; a side that is not known is open.
fn holds(entry: &RosterEntry, day: NaiveDate) -> bool {
    entry.grant_from.get().is_none_or(|from| from <= day)
        && entry.grant_to.get().is_none_or(|to| day <= to)
}

/// An earlier grant is not shown, so days before all periods may have been under one. Periods and
/// days that were read with doubt show nothing.
fn verdict(person: &PersonFile, outside: &[NaiveDate]) -> Verdict {
    let from = person
        .roster
        .iter()
        .filter_map(|e| e.grant_from.get())
        .min();
    let began = person
        .roster
        .iter()
        .filter_map(|e| e.home_start.get())
        .min();
    let earlier = |day: &NaiveDate| from.is_some_and(|from| *day < from);
    let began_under_it = began.is_some_and(|began| from.is_some_and(|from| from <= began));
    if !began_under_it && outside.iter().all(earlier) {
        return Verdict::Review;
    }
    let days = outside.iter().map(|day| verdict_on_day(person, *day));
    let periods = person.roster.iter().map(|entry| {
        let user = &entry.user;
        let named = verdict_on(&user.name).max(verdict_on(&user.certificate_number));
        let period = verdict_on(&entry.grant_from).max(verdict_on(&entry.grant_to));
        named.max(period)
    });
    // One day that is beyond doubt is enough; any of the periods may hold it.
    let sure_day = days.min().unwrap_or(Verdict::Deficient);
    periods.max().unwrap_or(Verdict::Deficient).max(sure_day)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, told, value};

    #[test]
    fn days_after_the_grant_are_found_once_a_user() {
        let mut office = office();
        office.roster[0].grant_to = value(date(2025, 9, 26));
        assert_eq!(told(&office), ["deficient grant-period-expired always"]);
        office.roster[0].grant_to = value(date(2025, 9, 29));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn days_before_a_renewed_grant_are_for_review() {
        let mut office = office();
        office.roster[0].grant_from = value(date(2025, 9, 10));
        assert_eq!(told(&office), ["review grant-period-expired always"]);
        office.roster[0].home_start = value(date(2025, 9, 10));
        assert_eq!(told(&office), ["deficient grant-period-expired always"]);
    }

    #[test]
    fn two_entries_hold_the_days_between_them() {
        let mut office = office();
        let mut renewed = office.roster[0].clone();
        office.roster[0].grant_to = value(date(2025, 9, 15));
        renewed.grant_from = value(date(2025, 9, 16));
        renewed.grant_to = blank();
        office.roster.push(renewed);
        let told = told(&office);
        assert!(
            !told
                .iter()
                .any(|line| line.contains("grant-period-expired")),
            "{told:?}"
        );
    }
}
