//! recorded-day-not-listed

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, look_at_the_text, words};
use super::{Context, Index, PersonFile, Report};
use crate::model::{DailyRecord, Mark, Month, Subject, When, Wording, month_in_japanese};

declare_check! {
    /// Form 2 has a record of a day that form 4 does not mark.
    ///
    /// A day marked 訪問 is marked. One marked 通所 is a question of its own
    /// (overlapping-service).
    ///
    /// ## Why
    /// The listing is what the claim is made from; it must tell the same days as the records.
    ///
    /// ## What to do
    /// See which of the two is right, and mend the other openly.
    "recorded-day-not-listed",
    reads: [Daily, Listing],
    title: "一覧表に印のない記録の日",
    what: "支援記録（参考様式2）のある日が、一覧表（参考様式4）で在宅とされているかを見ます。",
    why: "一覧表は請求のもとになるため、記録と同じ日を示す必要があります。",
    remedy: "記録と一覧表のどちらが事実かを確かめ、誤っているほうを直してください。",
}

fn run(context: &Context, report: &mut Report) {
    let unmarked = unmarked_months(context.index);
    let mut unreadable: BTreeSet<Month> = BTreeSet::new();
    for person in context.known_people() {
        for (month, days) in unlisted_days(context, person) {
            if unmarked.contains(&month) {
                unreadable.insert(month);
            } else {
                report_month(context, report, person, month, &days);
            }
        }
    }
    for month in unreadable {
        let message = Wording::new(
            format!(
                "{}の一覧表（参考様式4）に、在宅の日の印が1つも読み取れません。",
                month_in_japanese(month)
            ),
            format!("The listing (form 4) of {month} shows no marked day at all."),
        );
        let said = words(message, look_at_the_text());
        report.review(Subject::Office, When::Month(month), said, None);
    }
}

/// Months whose listings mark nothing for anyone.
fn unmarked_months(index: &Index) -> BTreeSet<Month> {
    let marks = |listings: &Vec<&crate::model::Listing>| {
        let mut rows = listings.iter().flat_map(|listing| &listing.rows);
        rows.any(|row| !row.days.is_empty() || !row.unread_days.is_empty())
    };
    let listings = index.listings.iter();
    let unmarked = listings.filter(|(_, listings)| !marks(listings));
    unmarked.map(|(month, _)| *month).collect()
}

/// Judged days of form 2 that the person's own line of a finished month does not mark.
fn unlisted_days<'a>(
    context: &Context<'a>,
    person: &'a PersonFile<'a>,
) -> BTreeMap<Month, Vec<(NaiveDate, &'a DailyRecord)>> {
    let mut days: BTreeMap<Month, Vec<_>> = BTreeMap::new();
    for (day, records) in context.recorded_days(person) {
        let month = Month::of(day);
        let listed = person.rows.contains_key(&month) && context.has_ended(month);
        if listed
            && person.mark(day).is_none()
            && !person.mark_is_unread(day)
            && let Some(record) = records.first()
        {
            days.entry(month).or_default().push((day, *record));
        }
    }
    days
}

fn report_month(
    context: &Context,
    report: &mut Report,
    person: &PersonFile,
    month: Month,
    days: &[(NaiveDate, &DailyRecord)],
) {
    let hint = || {
        Wording::new(
            "支援記録と一覧表のどちらが事実かを確かめ、誤っているほうを、直した日と人が分かるように直してください。請求の日数も確かめてください。",
            "See whether the record or the listing is right, mend the other openly, and check the days claimed.",
        )
    };
    let lines = || person.rows.get(&month).into_iter().flatten();
    let unseen = lines().find_map(|listed| context.unseen_beside(&listed.row.source));
    let mut rows = lines();
    let is_empty = rows.all(|listed| {
        let mut days = listed.row.days.iter();
        listed.row.unread_days.is_empty() && days.all(|day| day.mark != Mark::Home)
    });
    if let (true, [_, _, ..]) = (is_empty, days) {
        let count = days.len();
        let message = Wording::new(
            format!(
                "{}は支援記録が{count}日分ありますが、一覧表に在宅の印が1つもありません。",
                month_in_japanese(month)
            ),
            format!("{month} has {count} days of records; the listing marks none as at home."),
        );
        let rows = person.rows.get(&month).and_then(|rows| rows.first());
        let location = rows.map(|listed| listed.row.source.locate(None));
        let said = words(message, hint());
        return report.missing(unseen, person, When::Month(month), said, location);
    }
    for (day, record) in days {
        let message = Wording::new(
            format!(
                "{}の支援記録がありますが、一覧表に印がありません。",
                day_ja(*day)
            ),
            format!(
                "There is a record of {}; the listing does not mark it.",
                day_en(*day)
            ),
        );
        let location = record.source.locate(record.date.cell);
        let (when, said) = (When::Date(*day), words(message, hint()));
        match unseen.clone() {
            Some(unseen) => report.missing(Some(unseen), person, when, said, Some(location)),
            None => report.find(verdict_on(&record.date), person, when, said, Some(location)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{date, mark, office, row, told, told_on, value};
    use crate::model::Mark;

    #[test]
    fn a_recorded_day_without_a_mark_is_found() {
        let mut office = office();
        mark(&mut office, 12, None);
        assert_eq!(
            told(&office),
            ["deficient recorded-day-not-listed 2025-09-12"]
        );
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn a_day_that_may_stand_on_an_unread_part_of_the_sheet_is_a_question() {
        let mut office = office();
        mark(&mut office, 12, None);
        let listing = row(&mut office).source.locate(None);
        office.unrecognised.push(listing);
        assert_eq!(told(&office), ["review recorded-day-not-listed 2025-09-12"]);
        office.unrecognised[0].sheet = "祝日".into();
        assert_eq!(
            told(&office),
            ["deficient recorded-day-not-listed 2025-09-12"]
        );
    }

    #[test]
    fn a_visit_is_a_mark() {
        let mut office = office();
        mark(&mut office, 12, Some(Mark::Visit));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn an_empty_line_is_one_finding_and_an_empty_form_one_question() {
        let mut office = office();
        row(&mut office).days.retain(|day| day.mark != Mark::Home);
        row(&mut office).home_days = value(0);
        assert_eq!(told(&office), ["deficient recorded-day-not-listed 2025-09"]);
        row(&mut office).days.clear();
        assert_eq!(
            told(&office),
            ["review recorded-day-not-listed 2025-09 office"]
        );
    }
}
