//! listed-evaluation-mismatch

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::coverage::{Coverage, evaluations};
use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Month, Verdict, When, Wording, month_in_japanese};

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
    for person in context.people() {
        let months = person.rows.keys().copied();
        for month in months.filter(|m| context.judges_month(*m) && context.has_ended(*m)) {
            let differing = differing(context, person, month);
            let Some((_, location)) = differing.first() else {
                continue;
            };
            let unsure = person
                .rows
                .get(&month)
                .into_iter()
                .flatten()
                .any(|listed| listed.row.weekly_dates.iter().any(|date| date.is_unclear()));
            let verdict = if unsure {
                Verdict::Review
            } else {
                Verdict::Deficient
            };
            let ja: Vec<String> = differing.iter().map(|(day, _)| day_ja(*day)).collect();
            let en: Vec<String> = differing.iter().map(|(day, _)| day_en(*day)).collect();
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
            let location = Some(location.clone());
            report.find(
                verdict,
                person,
                When::Month(month),
                words(message, hint),
                location,
            );
        }
    }
}

/// The dates that stand on one side only, in order.
fn differing(context: &Context, person: &PersonFile, month: Month) -> Vec<(NaiveDate, Location)> {
    let mut all = weekly_differing(context, person, month);
    all.extend(monthly_differing(person, month));
    all.sort();
    all.dedup_by_key(|(day, _)| *day);
    all
}

fn weekly_differing(
    context: &Context,
    person: &PersonFile,
    month: Month,
) -> Vec<(NaiveDate, Location)> {
    let evaluations = evaluations(person, context.rules().evaluation_days);
    let coverage = Coverage::of(&evaluations);
    let made: BTreeSet<NaiveDate> = person.weekly.iter().filter_map(|r| r.date.get()).collect();
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
                differing.push((day, row.row.source.locate(field.cell)));
            }
        }
    }
    if listed.is_empty() {
        return differing;
    }
    for record in &person.weekly {
        let date = record.date.get();
        if let Some(day) = date.filter(|day| month.contains(*day) && !listed.contains(day)) {
            differing.push((day, record.source.locate(record.date.cell)));
        }
    }
    differing
}

fn week_before(context: &Context, day: NaiveDate) -> NaiveDate {
    let days = u64::from(context.rules().evaluation_days);
    day.checked_sub_days(chrono::Days::new(days)).unwrap_or(day)
}

/// Where the month has a form 3 and the line a date, the two must agree.
fn monthly_differing(person: &PersonFile, month: Month) -> Vec<(NaiveDate, Location)> {
    let records = person.monthly.get(&month).into_iter().flatten();
    let made: Vec<NaiveDate> = records.filter_map(|record| record.date.get()).collect();
    let rows = person.rows.get(&month).into_iter().flatten();
    rows.filter_map(|listed| {
        let field = &listed.row.monthly_date;
        let day = field.get()?;
        let differs = !made.is_empty() && !made.contains(&day);
        differs.then(|| (day, listed.row.source.locate(field.cell)))
    })
    .collect()
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
