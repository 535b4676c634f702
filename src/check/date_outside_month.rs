//! date-outside-month

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::form_month::{Fit, fit};
use super::words::words;
use super::{Context, PersonFile, Report};
use crate::model::{Location, When, Wording, date_in_japanese};

declare_check! {
    /// A record is dated outside the month that its sheet or file is named after.
    ///
    /// A name can be wrong as well as a date, so it is for review: one finding a date, and
    /// where most dates of a file are of another month, one a file. In a name that speaks of a
    /// week, the days of a week that crosses the month belong to it. Nothing else is judged of
    /// a date that goes by neither name.
    ///
    /// ## Why
    /// A record stands for its day; in another month's file the date or the file is wrong.
    ///
    /// ## What to do
    /// See which is right, and mend the date openly or move the record.
    "date-outside-month",
    reads: [Daily],
    title: "シートやファイルの月と違う日付",
    what: "支援記録の実施日が、シート名やファイル名にある月のうちかを見ます（要確認）。",
    why: "記録は日ごとのものなので、別の月のファイルにあれば、日付か置き場所のどちらかが誤っています。",
    remedy: "日付と置き場所のどちらが正しいかを確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for stray in context.strays(person) {
            let at = &stray.record;
            let location = at.source.locate(at.date.cell);
            let said = outside(stray.day, stray.day);
            report.review(person, When::Date(stray.day), said, Some(location));
        }
        for (first, last, location) in misnamed(context, person) {
            let when = match first == last {
                true => When::Date(first),
                false => When::Period(first, last),
            };
            report.review(person, when, outside(first, last), Some(location));
        }
    }
}

/// Files and sheets with another month's name, each with the days that go by another one.
fn misnamed(context: &Context, person: &PersonFile) -> Vec<(NaiveDate, NaiveDate, Location)> {
    let mut places: BTreeMap<(&str, &str), (NaiveDate, NaiveDate, Location)> = BTreeMap::new();
    for (day, records) in context.recorded_days(person) {
        for record in records {
            let source = &record.source;
            let sheet = match fit(source, day) {
                Fit::Inside => continue,
                Fit::OtherSheet => &*source.sheet,
                Fit::Outside => "",
            };
            let found = || (day, day, source.locate(record.date.cell));
            let place = places.entry((&source.file, sheet)).or_insert_with(found);
            place.1 = day;
        }
    }
    places.into_values().collect()
}

fn outside(first: NaiveDate, last: NaiveDate) -> super::Words {
    words(
        Wording::new(
            format!(
                "{}の支援記録が、別の月の名前のシートかファイルにあります。",
                dated_ja(first, last)
            ),
            format!(
                "The record of {} stands in a sheet or file of another month.",
                dated_en(first, last)
            ),
        ),
        Wording::new(
            "日付の書き誤りか、置き場所の誤りかを確かめてください。日付の誤りであれば、直した日と人を明らかにして直してください。",
            "See whether the date or the place is wrong. A wrong date is to be mended openly.",
        ),
    )
}

/// With the year, which may be what is wrong.
fn dated_ja(first: NaiveDate, last: NaiveDate) -> String {
    match first == last {
        true => date_in_japanese(first),
        false => format!("{}～{}", date_in_japanese(first), date_in_japanese(last)),
    }
}

fn dated_en(first: NaiveDate, last: NaiveDate) -> String {
    match first == last {
        true => first.to_string(),
        false => format!("{first} to {last}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, office, on, told, value};
    use crate::model::Office;

    fn filed() -> Office {
        let mut office = office();
        for record in &mut office.daily {
            record.source.file = "利用者/支援記録_2025年9月.xlsx".into();
        }
        office
    }

    #[test]
    fn a_record_in_another_months_file_is_for_review() {
        let mut office = office();
        on(&mut office, 5).source.file = "利用者/支援記録_2025年10月.xlsx".into();
        assert_eq!(told(&office), ["review date-outside-month 2025-09-05"]);
        on(&mut office, 5).source.sheet = "9月".into();
        assert!(told(&office).is_empty());
        assert!(told(&filed()).is_empty());
    }

    #[test]
    fn a_misnamed_file_is_one_finding_and_its_days_are_judged() {
        let mut office = filed();
        for record in &mut office.daily {
            record.source.file = "支援記録_2025年10月.xlsx".into();
        }
        on(&mut office, 5).contacts.pop();
        assert_eq!(
            told(&office),
            [
                "deficient end-contact-missing 2025-09-05",
                "deficient fewer-than-two-contacts 2025-09-05",
                "review date-outside-month 2025-09-01..2025-09-29",
            ]
        );
    }

    #[test]
    fn nothing_follows_from_a_date_of_another_month_or_year() {
        for (wrong, name) in [
            (date(2025, 8, 31), "2025-08-31"),
            (date(2024, 9, 1), "2024-09-01"),
            (date(2025, 10, 1), "2025-10-01"),
        ] {
            let mut office = filed();
            on(&mut office, 1).date = value(wrong);
            assert_eq!(told(&office), [format!("review date-outside-month {name}")]);
        }
    }

    #[test]
    fn a_second_missing_day_is_not_accounted_for() {
        let mut office = filed();
        on(&mut office, 1).date = value(date(2025, 8, 31));
        crate::check::testing::without_day(&mut office, 10);
        assert_eq!(
            told(&office),
            [
                "review date-outside-month 2025-08-31",
                "review daily-record-missing 2025-09-01",
                "review daily-record-missing 2025-09-10",
            ]
        );
    }
}
