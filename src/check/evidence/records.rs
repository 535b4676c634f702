//! What forms 2, 3 and 4 let the checks decide.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Evidence;
use crate::check::contact::{At, Contacts, Told, told_days};
use crate::check::coverage::{Coverage, evaluations};
use crate::check::media_evidence_missing::kept_days;
use crate::check::start::{FirstMonth, first_month, weekly_stands_for_monthly};
use crate::check::{Context, ListedRow, PersonFile};
use crate::model::{DailyRecord, Field, Month};

/// One a place where `evidence` belongs for a person: whether it is there.
pub(super) fn evidence(evidence: Evidence, context: &Context, person: &PersonFile) -> Vec<bool> {
    match evidence {
        Evidence::Daily => daily(context, person),
        Evidence::WorkingTime => of_records(context, person, |record| {
            // What is written and cannot be read is told by the check itself.
            let told = |field: &Field<_>| field.value().is_some() || field.is_unclear();
            told(&record.start) && told(&record.end)
        }),
        Evidence::Support => of_records(context, person, |record| record.support.value().is_some()),
        Evidence::StartContact => contacts(context, person, |counted| counted.at_start),
        Evidence::EndContact => contacts(context, person, |counted| counted.at_end),
        Evidence::Media => {
            let media = context.index.office.media.as_deref().unwrap_or_default();
            let months = kept_days(context, person, media);
            months
                .into_values()
                .flat_map(BTreeMap::into_values)
                .collect()
        }
        Evidence::Weekly => weekly(context, person),
        Evidence::WeeklyMethod | Evidence::WeeklyDate | Evidence::WeeklyPeriod => {
            of_evaluations(evidence, context, person)
        }
        Evidence::Monthly => monthly(context, person),
        Evidence::MonthlyMethod => {
            let months = context.home_months(person).into_iter();
            let stands = months.filter(|month| weekly_stands_for_monthly(context, person, *month));
            let methods = context
                .monthly(person)
                .map(|(_, r)| r.method.value().is_some());
            stands.map(|_| true).chain(methods).collect()
        }
        Evidence::MonthlyDate => {
            let records = context.monthly(person);
            records
                .map(|(_, record)| record.date.value().is_some() && record.month.value().is_some())
                .collect()
        }
        Evidence::PreviousDate => previous_dates(context, person),
        Evidence::Listing => {
            let months = context.home_months(person).into_iter();
            let ended = months.filter(|month| context.has_ended(*month));
            ended
                .map(|month| person.rows.contains_key(&month))
                .collect()
        }
        Evidence::ListedDayCount => of_rows(context, person, |_, listed| {
            listed.row.home_days.value().is_some()
        }),
        Evidence::ListedEvaluations => of_rows(context, person, |month, listed| {
            lists_evaluations(person, month, listed)
        }),
        Evidence::ServiceRecord => {
            let days = context.recorded_days(person).map(|(day, _)| Month::of(day));
            let months: BTreeSet<Month> = days.collect();
            let is_there = |month: &Month| person.sheets.contains_key(month);
            let due = months.into_iter();
            due.filter(|month| is_there(month) || context.has_ended(*month))
                .map(|month| is_there(&month))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Days at home that have passed, and records that may be of any day.
fn daily(context: &Context, person: &PersonFile) -> Vec<bool> {
    let undated = person.undated_days.iter().map(|_| false);
    context
        .home_days(person)
        .map(|day| (day, person.days.contains_key(&day)))
        .filter(|(day, recorded)| *recorded || *day < context.as_of)
        .map(|(_, recorded)| recorded)
        .chain(undated)
        .collect()
}

fn of_records(
    context: &Context,
    person: &PersonFile,
    holds: impl Fn(&DailyRecord) -> bool,
) -> Vec<bool> {
    let records = context
        .recorded_days(person)
        .flat_map(|(_, records)| records);
    records.map(|record| holds(record)).collect()
}

/// Days on which it can be told whether there was a contact at one end of the work.
fn contacts(
    context: &Context,
    person: &PersonFile,
    at: impl for<'a> Fn(&Contacts<'a>) -> At<'a>,
) -> Vec<bool> {
    let is_told = |told: &Told| match told {
        Told::Counted(counted) => matches!(at(counted), At::Met | At::Missed),
        _ => false,
    };
    let days = told_days(context, person);
    days.map(|day| is_told(&day.told)).collect()
}

/// Recorded days that an evaluation covers, and those that should have one by now.
fn weekly(context: &Context, person: &PersonFile) -> Vec<bool> {
    let coverage = Coverage::of(&evaluations(person, context.rules().evaluation_days));
    let days = context.recorded_days(person);
    days.map(|(day, _)| (day, coverage.contains(day)))
        .filter(|(day, covered)| *covered || !context.may_wait(*day))
        .map(|(_, covered)| covered)
        .collect()
}

fn of_evaluations(evidence: Evidence, context: &Context, person: &PersonFile) -> Vec<bool> {
    let evaluations = context.weekly(person);
    let records = evaluations.iter().map(|evaluation| evaluation.record);
    records
        .map(|record| match evidence {
            Evidence::WeeklyMethod => record.method.value().is_some(),
            Evidence::WeeklyDate => record.date.value().and(record.period_to.value()).is_some(),
            _ => record
                .period_from
                .value()
                .and(record.period_to.value())
                .is_some(),
        })
        .collect()
}

/// Months with an evaluation, and those that should have one by now.
fn monthly(context: &Context, person: &PersonFile) -> Vec<bool> {
    let is_there = |month: &Month| {
        person.monthly.contains_key(month) || weekly_stands_for_monthly(context, person, *month)
    };
    let is_asked = |month: &Month| {
        context.has_ended(*month) && first_month(context, person, *month) != FirstMonth::Yes
    };
    let months = context.home_months(person).into_iter();
    months
        .filter(|month| is_there(month) || is_asked(month))
        .map(|month| is_there(&month))
        .collect()
}

/// Judged evaluations of either kind that have one before them.
fn previous_dates(context: &Context, person: &PersonFile) -> Vec<bool> {
    let weekly = person.weekly.iter();
    let weekly = weekly.filter_map(|r| Some((r.date.get()?, r.previous_date.value().is_some())));
    let monthly = person.monthly.values().flatten();
    let monthly = monthly.filter_map(|r| Some((r.date.get()?, r.previous_date.value().is_some())));
    let later = |mut dated: Vec<(NaiveDate, bool)>| {
        dated.sort_unstable();
        let judged = dated
            .into_iter()
            .skip(1)
            .filter(|(day, _)| context.judges(*day));
        judged.map(|(_, told)| told).collect::<Vec<_>>()
    };
    [later(weekly.collect()), later(monthly.collect())].concat()
}

fn of_rows(
    context: &Context,
    person: &PersonFile,
    holds: impl Fn(Month, &ListedRow) -> bool,
) -> Vec<bool> {
    person
        .rows
        .iter()
        .filter(|(month, _)| context.judges_month(**month) && context.has_ended(**month))
        .flat_map(|(month, rows)| rows.iter().map(|listed| (*month, listed)))
        .map(|(month, listed)| holds(month, listed))
        .collect()
}

/// Whether the line and the forms give dates of the same evaluations, to be compared.
fn lists_evaluations(person: &PersonFile, month: Month, listed: &ListedRow) -> bool {
    let made = || person.weekly.iter().filter_map(|record| record.date.get());
    let weekly = listed
        .row
        .weekly_dates
        .iter()
        .any(|date| date.value().is_some())
        || !made().any(|day| month.contains(day));
    let evaluated = person.monthly.contains_key(&month);
    weekly && listed.row.monthly_date.value().is_some() == evaluated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Index;
    use crate::check::testing::{blank, date, notice, office, on, row, text, without_day};
    use crate::model::Office;

    /// How often it is there and how often it is lacking at the end of November 2025.
    fn counts(office: &Office, of: Evidence) -> (usize, usize) {
        counts_on(office, of, date(2025, 11, 30))
    }

    fn counts_on(office: &Office, of: Evidence, as_of: NaiveDate) -> (usize, usize) {
        let notice = notice("kitakyushu");
        let index = Index::new(office);
        let context = Context::new(&index, &notice, as_of);
        let all = evidence(of, &context, &index.people[0]);
        let there = all.iter().filter(|is_there| **is_there).count();
        (there, all.len() - there)
    }

    #[test]
    fn a_marked_day_without_a_record_is_lacking() {
        let mut office = office();
        let days = office.daily.len();
        assert_eq!(counts(&office, Evidence::Daily), (days, 0));
        without_day(&mut office, 5);
        assert_eq!(counts(&office, Evidence::Daily), (days - 1, 1));
    }

    #[test]
    fn a_contact_cannot_be_told_without_times() {
        let mut office = office();
        let days = office.daily.len();
        let record = on(&mut office, 5);
        record.start = blank();
        record
            .contacts
            .retain(|contact| contact.time != record.start.get());
        record.contacts.remove(0);
        assert_eq!(counts(&office, Evidence::StartContact), (days - 1, 1));
        assert_eq!(counts(&office, Evidence::EndContact), (days, 0));
        let record = on(&mut office, 5);
        record.contacts.clear();
        record.support = text("電話で話した。");
        assert_eq!(counts(&office, Evidence::EndContact), (days - 1, 1));
    }

    #[test]
    fn what_may_still_wait_is_not_lacking() {
        let mut office = office();
        office.weekly.clear();
        office.monthly.clear();
        office.listing.clear();
        let all = [Evidence::Weekly, Evidence::Monthly, Evidence::Listing];
        for evidence in all {
            let early = counts_on(&office, evidence, date(2025, 9, 6));
            assert_eq!(early, (0, 0), "{evidence:?}");
            assert!(counts(&office, evidence).1 > 0, "{evidence:?}");
        }
    }

    #[test]
    fn the_first_evaluation_needs_no_previous_one() {
        let mut office = office();
        for record in &mut office.weekly {
            record.previous_date = blank();
        }
        let later = office.weekly.len() - 1;
        assert_eq!(counts(&office, Evidence::PreviousDate), (0, later));
        office.weekly.truncate(1);
        assert_eq!(counts(&office, Evidence::PreviousDate), (0, 0));
    }

    #[test]
    fn dates_on_one_side_only_cannot_be_compared() {
        let mut listed = office();
        assert_eq!(counts(&listed, Evidence::ListedEvaluations), (1, 0));
        row(&mut listed).weekly_dates.clear();
        assert_eq!(counts(&listed, Evidence::ListedEvaluations), (0, 1));
        let mut unlisted = office();
        row(&mut unlisted).monthly_date = blank();
        assert_eq!(counts(&unlisted, Evidence::ListedEvaluations), (0, 1));
        let mut uncounted = office();
        row(&mut uncounted).home_days = blank();
        assert_eq!(counts(&uncounted, Evidence::ListedDayCount), (0, 1));
    }
}
