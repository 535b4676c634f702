//! listed-evaluation-mismatch

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::coverage::{Coverage, evaluations};
use super::unseen::Form;
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Month, When, Wording, month_in_japanese};

declare_check! {
    /// The evaluation dates on form 4 differ from those of forms 2 and 3: one finding a
    /// user and month.
    ///
    /// A line without any evaluation date is not compared, nor one whose evaluation is
    /// missing as such.
    ///
    /// ## Why
    /// The listing is what the claim is made from; it must tell the same as the records.
    ///
    /// ## What to do
    /// See which is right, and mend the other openly.
    "listed-evaluation-mismatch",
    reads: [Listing, ListedEvaluations, Weekly],
    title: "一覧表と評価の日付の違い",
    what: "一覧表（参考様式4）の週の評価と達成度評価の日付が、参考様式2と3の実施日と合うかを見ます（利用者と月ごとに1件）。",
    why: "一覧表は請求のもとになるため、記録と同じ日を示す必要があります。",
    remedy: "どちらが事実かを確かめ、誤っているほうを直してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.known_people() {
        let months = person.rows.keys().copied();
        for month in months.filter(|m| context.judges_month(*m) && context.has_ended(*m)) {
            let differing = differing(context, person, month);
            let Some(first) = differing.first() else {
                continue;
            };
            let unsure = person.rows.get(&month).into_iter().flatten().any(|listed| {
                let marks = listed.row.unread_days.iter();
                let mut marked = marks.map(|(day, _)| *day);
                listed.row.weekly_dates.iter().any(|date| date.is_unclear())
                    || marked.any(|day| differing.iter().any(|date| date.day.day() == day))
            });
            let only_listed = differing.iter().any(|date| date.side == Side::Listed);
            let unseen = context
                .unseen_of(person, Form::Weekly)
                .filter(|_| only_listed);
            let ja: Vec<String> = differing.iter().map(|date| day_ja(date.day)).collect();
            let en: Vec<String> = differing.iter().map(|date| day_en(date.day)).collect();
            let message = Wording::new(
                format!(
                    "{}の一覧表と記録で、評価の日付が合いません（{}）。",
                    month_in_japanese(month),
                    ja.join("、")
                ),
                format!(
                    "The listing of {month} and the records differ in evaluation dates ({}).",
                    en.join(", ")
                ),
            );
            let hint = Wording::new(
                "一覧表と、参考様式2・3の実施日のどちらが事実かを確かめ、誤っているほうを、直した日と人が分かるように直してください。",
                "See whether the listing or the dates on forms 2 and 3 are right, and mend the other openly.",
            );
            let location = Some(first.at.clone());
            let when = When::Month(month);
            let said = words(message, hint).telling_of(recorded(&differing));
            if unsure {
                report.review(person, when, said, location);
            } else {
                let rests_on = explained(&differing);
                report.missing(unseen, person, when, said.resting_on(rests_on), location);
            }
        }
    }
}

/// A date that stands on one side only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct OneSided {
    day: NaiveDate,
    side: Side,
    at: Location,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Listed,
    Recorded,
}

/// Where the dates stand that only the records have.
fn recorded(differing: &[OneSided]) -> Vec<Location> {
    let recorded = differing.iter().filter(|date| date.side == Side::Recorded);
    recorded.map(|date| date.at.clone()).collect()
}

/// The dates of records by which all is explained, if they are wrong: at least one for each
/// date that only the listing has.
fn explained(differing: &[OneSided]) -> Vec<Location> {
    let recorded = recorded(differing);
    if recorded.len() * 2 >= differing.len() {
        recorded
    } else {
        Vec::new()
    }
}

/// The dates that stand on one side only, in order.
fn differing(context: &Context, person: &PersonFile, month: Month) -> Vec<OneSided> {
    let mut all = weekly_differing(context, person, month);
    all.extend(monthly_differing(person, month));
    all.sort();
    all.dedup_by(|a, b| (a.day, a.side) == (b.day, b.side));
    all
}

fn weekly_differing(context: &Context, person: &PersonFile, month: Month) -> Vec<OneSided> {
    let evaluations = evaluations(person, context.rules().evaluation_days);
    let coverage = Coverage::of(&evaluations);
    let made: BTreeSet<NaiveDate> = person.weekly.iter().filter_map(|r| r.date.get()).collect();
    let in_month = |day: &NaiveDate| month.contains(*day);
    // Records that are missing as such are no matter of the listing.
    if !made.iter().any(in_month) && !person.days.keys().any(in_month) {
        return Vec::new();
    }
    let mut listed: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut differing = Vec::new();
    for row in person.rows.get(&month).into_iter().flatten() {
        for field in &row.row.weekly_dates {
            let Some(day) = field.get() else {
                continue;
            };
            listed.insert(day);
            let is_missing_as_such = person
                .days
                .range(week_before(context, day)..=day)
                .any(|(recorded, _)| !coverage.contains(*recorded));
            let may_be_undated = evaluations.iter().any(|evaluation| {
                let covers = evaluation.covers;
                evaluation.record.date.get().is_none()
                    && covers.is_none_or(|(first, last)| first <= day && day <= last)
            });
            if !made.contains(&day) && !is_missing_as_such && !may_be_undated {
                let at = row.row.source.locate(field.cell);
                differing.push(OneSided {
                    day,
                    side: Side::Listed,
                    at,
                });
            }
        }
    }
    if listed.is_empty() {
        return differing;
    }
    for record in &person.weekly {
        let date = record.date.get();
        if let Some(day) = date.filter(|day| month.contains(*day) && !listed.contains(day)) {
            let at = record.source.locate(record.date.cell);
            differing.push(OneSided {
                day,
                side: Side::Recorded,
                at,
            });
        }
    }
    differing
}

fn week_before(context: &Context, day: NaiveDate) -> NaiveDate {
    let days = u64::from(context.rules().evaluation_days);
    day.checked_sub_days(chrono::Days::new(days)).unwrap_or(day)
}

/// Where the month has a form 3 and the line a date, the two must agree.
fn monthly_differing(person: &PersonFile, month: Month) -> Vec<OneSided> {
    let records = || person.monthly.get(&month).into_iter().flatten();
    let made: Vec<(NaiveDate, Location)> = records()
        .filter_map(|r| Some((r.date.get()?, r.source.locate(r.date.cell))))
        .collect();
    let mut differing = Vec::new();
    for listed in person.rows.get(&month).into_iter().flatten() {
        let field = &listed.row.monthly_date;
        let Some(listed_day) = field.get() else {
            continue;
        };
        if made.is_empty() || made.iter().any(|(day, _)| *day == listed_day) {
            continue;
        }
        differing.push(OneSided {
            day: listed_day,
            side: Side::Listed,
            at: listed.row.source.locate(field.cell),
        });
        differing.extend(made.iter().map(|(day, at)| OneSided {
            day: *day,
            side: Side::Recorded,
            at: at.clone(),
        }));
    }
    differing
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, row, told, unclear, value};

    const FOUND: [&str; 1] = ["deficient listed-evaluation-mismatch 2025-09"];

    #[test]
    fn a_date_on_one_side_only_is_found() {
        let mut office = office();
        row(&mut office).weekly_dates[0] = value(date(2025, 9, 4));
        assert_eq!(told(&office), FOUND);
        row(&mut office).weekly_dates.remove(0);
        assert_eq!(told(&office), FOUND);
        row(&mut office).weekly_dates.push(unclear("9/5?"));
        assert_eq!(told(&office), ["review listed-evaluation-mismatch 2025-09"]);
    }

    #[test]
    fn a_sign_that_nobody_read_on_its_day_may_be_the_date() {
        for (day, verdict) in [(5, "review"), (9, "deficient")] {
            let mut office = office();
            let row = row(&mut office);
            row.weekly_dates.remove(0);
            row.unread_days.push((day, unclear("週・月")));
            let told = told(&office);
            let found = format!("{verdict} listed-evaluation-mismatch 2025-09");
            assert!(told.contains(&found), "{told:?}");
        }
    }

    #[test]
    fn the_monthly_date_must_agree() {
        let mut office = office();
        row(&mut office).monthly_date = value(date(2025, 9, 23));
        assert_eq!(told(&office), FOUND);
    }

    #[test]
    fn an_evaluation_that_is_missing_as_such_is_not_found_twice() {
        let mut office = office();
        office.weekly.remove(2);
        let found = ["deficient weekly-evaluation-missing 2025-09-15..2025-09-19"];
        assert_eq!(told(&office), found);
    }

    #[test]
    fn a_line_without_dates_is_not_compared() {
        let mut office = office();
        row(&mut office).weekly_dates.clear();
        row(&mut office).monthly_date = crate::check::testing::blank();
        assert!(told(&office).is_empty());
    }
}
