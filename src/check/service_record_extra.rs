//! service-record-extra

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::service_sheet::lines;
use super::unseen::Form;
use super::words::{day_en, day_ja, look_for_the_record, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Mark, Month, Verdict, When, Wording, month_in_japanese};

declare_check! {
    /// The service record sheet says 在宅就労 of a day of which form 2 has no record.
    ///
    /// A day that form 4 marks as at home is found by daily-record-missing and not here. A
    /// month of a user without any record is one finding; it is a question where the input
    /// holds no record of anyone in that month.
    ///
    /// ## Why
    /// The sheet is what is claimed from, and a record is made for each day of support.
    ///
    /// ## What to do
    /// Look for the record. If the day was not at home, mend the sheet and the claim.
    "service-record-extra",
    reads: [Daily, ServiceRecord],
    title: "支援記録のない実績記録票の在宅の日",
    what: "実績記録票の備考欄に「在宅就労」とある日に、支援記録（参考様式2）があるかを見ます。",
    why: "通知は、支援を行った日ごとに記録を作り、実績に基づいて請求することを求めています。",
    remedy: "記録を探してください。在宅ではなかった日は、実績記録票と請求を確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.known_people() {
        for month in person.sheets.keys() {
            let days = days_without_a_record(context, person, *month);
            report_month(context, report, person, *month, days);
        }
    }
}

/// Days said to be at home, before the day of the check, that neither form 2 nor the marks
/// of form 4 know.
fn days_without_a_record(
    context: &Context,
    person: &PersonFile,
    month: Month,
) -> BTreeMap<NaiveDate, Location> {
    let mut days = BTreeMap::new();
    for line in lines(person, month).filter(|line| line.is_at_home(context)) {
        let Some(day) = line.day.date.get() else {
            continue;
        };
        let is_known = person.days.contains_key(&day)
            || person.strays.iter().any(|stray| stray.day == day)
            || person.mark(day) == Some(Mark::Home);
        if context.judges(day) && day < context.as_of && !is_known {
            let location = line.locate(&line.day.remarks);
            days.entry(day).or_insert(location);
        }
    }
    days
}

fn report_month(
    context: &Context,
    report: &mut Report,
    person: &PersonFile,
    month: Month,
    days: BTreeMap<NaiveDate, Location>,
) {
    let is_sure = context.unseen_of(person, Form::Daily).is_none()
        && context.index.recorded_months.contains(&month);
    let verdict = if is_sure {
        Verdict::Deficient
    } else {
        Verdict::Review
    };
    let is_recorded = person.days.keys().any(|day| month.contains(*day));
    if !is_recorded && days.len() > 1 {
        let count = days.len();
        let message = Wording::new(
            format!(
                "{}は実績記録票に「在宅就労」の日が{count}日ありますが、支援記録が1日もありません。",
                month_in_japanese(month)
            ),
            format!(
                "The service record sheet has {count} days of 在宅就労 in {month}; none has a record."
            ),
        );
        let location = days.into_values().next();
        let said = words(message, look_for_the_record());
        return report.find(verdict, person, When::Month(month), said, location);
    }
    for (day, location) in days {
        let message = Wording::new(
            format!(
                "{}は実績記録票に「在宅就労」とありますが、支援記録がありません。",
                day_ja(day)
            ),
            format!(
                "The service record sheet says 在宅就労 of {}; there is no record of it.",
                day_en(day)
            ),
        );
        let said = words(message, look_for_the_record());
        report.find(verdict, person, When::Date(day), said, Some(location));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, date, mark, office, on, sheet_day, text, told, told_on, with_sheet, without_day,
    };

    #[test]
    fn a_day_at_home_without_a_record_is_found() {
        let mut office = with_sheet(office());
        // A Tuesday at the office.
        sheet_day(&mut office, 2).remarks = text("在宅就労");
        assert_eq!(told(&office), ["deficient service-record-extra 2025-09-02"]);
        assert!(told_on(&office, date(2025, 9, 2)).is_empty());
    }

    #[test]
    fn what_the_listing_marks_is_found_there_alone() {
        let mut office = with_sheet(office());
        without_day(&mut office, 10);
        assert_eq!(told(&office), ["deficient daily-record-missing 2025-09-10"]);
        mark(&mut office, 10, None);
        assert_eq!(told(&office), ["deficient service-record-extra 2025-09-10"]);
    }

    #[test]
    fn a_record_without_a_date_may_be_the_missing_one() {
        let mut office = with_sheet(office());
        mark(&mut office, 10, None);
        on(&mut office, 10).date = blank();
        let told = told(&office);
        assert!(
            told.contains(&"review service-record-extra 2025-09-10".to_owned()),
            "{told:?}"
        );
    }

    #[test]
    fn a_month_without_any_record_is_one_question() {
        let mut office = with_sheet(office());
        office.daily.clear();
        office.listing.clear();
        let told = told(&office);
        let lines: Vec<&String> = told.iter().filter(|l| l.contains("extra")).collect();
        assert_eq!(lines, ["review service-record-extra 2025-09"]);
    }
}
