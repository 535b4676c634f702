//! daily-record-missing

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::form_month::filed_month;
use super::unseen::{self, Form, Unseen};
use super::versions::{Versions, versions};
use super::words::{add_the_form, day_en, day_ja, look_for_the_record, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Mark, Month, Subject, When, Wording, month_in_japanese};

declare_check! {
    /// Form 4 marks a day at home of which form 2 has no record.
    ///
    /// A month of a user without any record is one finding; a month without form 2 of
    /// anyone is one question to the office. Where a record's date is doubtful and it may be
    /// the missing one, only that date is told. A month whose evaluations alone tell of support
    /// at home is one question too, and so is an office with users at home and neither form 2
    /// nor form 4.
    ///
    /// ## Why
    /// A record is made for each day of support, and only days that are shown to have
    /// happened are claimed.
    ///
    /// ## What to do
    /// Look for the record. If the day was not at home, mend the listing and the claim.
    "daily-record-missing",
    reads: [Daily, Listing],
    title: "支援記録のない在宅の日",
    what: "一覧表（参考様式4）で在宅とされた日に、支援記録（参考様式2）があるかを見ます。評価や対象者リストから在宅の利用者がいると分かるのに、どちらもない場合は、要確認とします。",
    why: "通知は、支援を行った日ごとに記録を作り、実績に基づいて請求することを求めています。",
    remedy: "記録を探してください。在宅ではなかった日は、一覧表と請求を確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    let mut unrecorded: BTreeSet<Month> = BTreeSet::new();
    for person in context.known_people() {
        for (month, missing) in missing_days(context, person) {
            if !context.index.recorded_months.contains(&month) {
                unrecorded.insert(month);
                continue;
            }
            report_month(context, report, person, month, missing);
        }
    }
    for month in unrecorded {
        let message = Wording::new(
            format!(
                "{}の支援記録（参考様式2）が、入力に1枚もありません。",
                month_in_japanese(month)
            ),
            format!("The input holds no record (form 2) of {month}."),
        );
        let said = words(message, add_the_form());
        report.review(Subject::Office, When::Month(month), said, None);
    }
    ask_for_untold_days(context, report);
}

/// Asks for the records where other forms tell of support at home, and neither form 2 nor
/// form 4 tells of any day: nothing else would be found, and nothing is met.
fn ask_for_untold_days(context: &Context, report: &mut Report) {
    let index = context.index;
    if index.recorded_months.is_empty() && index.listings.is_empty() {
        if context.people().any(|person| is_at_home(context, person)) {
            let message = Wording::new(
                "在宅の利用者がいますが、支援記録（参考様式2）も一覧表（参考様式4）も入力にありません。",
                "There are users at home, and the input holds neither records (form 2) nor listings (form 4).",
            );
            let said = words(message, add_the_form());
            report.review(Subject::Office, When::Always, said, None);
        }
        return;
    }
    for person in context.known_people() {
        for (month, location) in evaluated_months(context, person) {
            let next = person.days.range(month.first()..).next();
            let is_recorded = next.is_some_and(|(day, _)| month.contains(*day));
            let is_doubtful = !person.undated_days.is_empty() || !person.strays.is_empty();
            if is_recorded || person.rows.contains_key(&month) || is_doubtful {
                continue;
            }
            let message = Wording::new(
                format!(
                    "{}の評価がありますが、支援記録（参考様式2）も一覧表（参考様式4）の行もありません。",
                    month_in_japanese(month)
                ),
                format!(
                    "There is an evaluation of {month}, and neither a record (form 2) nor a line on the listing (form 4)."
                ),
            );
            let said = words(message, look_for_the_record());
            report.review(person, When::Month(month), said, Some(location));
        }
    }
}

/// Whether a roster entry or an evaluation tells of support at home that is judged.
fn is_at_home(context: &Context, person: &PersonFile) -> bool {
    let is_rostered = person.roster.iter().any(|entry| {
        let has_begun = entry
            .home_start
            .get()
            .is_some_and(|day| day <= context.as_of);
        let end = entry.home_end.get();
        has_begun && end.is_none_or(|day| context.notice.in_force_from <= day)
    });
    is_rostered || !evaluated_months(context, person).is_empty()
}

/// The judged months of which an evaluation is, each with one. An evaluation whose date and
/// period do not go together tells of none.
fn evaluated_months(context: &Context, person: &PersonFile) -> BTreeMap<Month, Location> {
    let late = Days::new(u64::from(context.rules().evaluation_late_days));
    let mut months = BTreeMap::new();
    for evaluation in context.weekly(person) {
        let Some((first, last)) = evaluation.covers.filter(|(day, _)| context.judges(*day)) else {
            continue;
        };
        let due = last.checked_add_days(late).unwrap_or(last);
        let record = evaluation.record;
        let is_placed = record
            .date
            .get()
            .is_none_or(|day| (first..=due).contains(&day));
        if is_placed && Month::of(first) == Month::of(last) {
            let at = record.source.locate(None);
            months.entry(Month::of(first)).or_insert(at);
        }
    }
    for (month, record) in context.monthly(person) {
        if record.date.get().is_none_or(|day| month.contains(day)) {
            months.entry(month).or_insert(record.source.locate(None));
        }
    }
    months
}

/// Marked days without a record, before the day of the check, by month.
fn missing_days(
    context: &Context,
    person: &PersonFile,
) -> BTreeMap<Month, BTreeMap<NaiveDate, Location>> {
    let mut missing: BTreeMap<Month, BTreeMap<NaiveDate, Location>> = BTreeMap::new();
    for (month, rows) in &person.rows {
        for listed in rows {
            for marked in listed.row.days.iter().filter(|day| day.mark == Mark::Home) {
                let Some(day) = month.day(marked.day) else {
                    continue;
                };
                if context.judges(day) && day < context.as_of && !person.days.contains_key(&day) {
                    let location = listed.row.source.locate(marked.cell);
                    missing.entry(*month).or_default().insert(day, location);
                }
            }
        }
    }
    missing
}

fn report_month(
    context: &Context,
    report: &mut Report,
    person: &PersonFile,
    month: Month,
    missing: BTreeMap<NaiveDate, Location>,
) {
    let doubtful = misdated(context, person, month, &missing);
    let unseen = match doubtful.len() {
        0 => context.unseen_of(person, Form::Daily),
        enough if enough >= missing.len() => Some(unseen::doubtful(doubtful)),
        _ => Some(Unseen {
            because: unseen::doubtful(doubtful).because,
            rests_on: Vec::new(),
        }),
    };
    let next = person.days.range(month.first()..).next();
    let recorded = next.is_some_and(|(day, _)| month.contains(*day));
    if !recorded && missing.len() > 1 {
        let count = missing.len();
        let message = Wording::new(
            format!(
                "{}は一覧表で在宅の日が{count}日ありますが、支援記録が1日もありません。",
                month_in_japanese(month)
            ),
            format!("The listing marks {count} days at home in {month}; none has a record."),
        );
        let said = words(message, look_for_the_record());
        let location = missing.into_values().next();
        return report.missing(unseen, person, When::Month(month), said, location);
    }
    for (day, location) in missing {
        let message = Wording::new(
            format!(
                "{}は一覧表で在宅とされていますが、支援記録がありません。",
                day_ja(day)
            ),
            format!(
                "The listing marks {} as at home; there is no record of it.",
                day_en(day)
            ),
        );
        let said = words(message, look_for_the_record());
        report.missing(
            unseen.clone(),
            person,
            When::Date(day),
            said,
            Some(location),
        );
    }
}

/// Dates of the person's records that cannot be right or cannot be read, and may be those of
/// missing days.
fn misdated(
    context: &Context,
    person: &PersonFile,
    month: Month,
    missing: &BTreeMap<NaiveDate, Location>,
) -> Vec<Location> {
    let strays = person
        .strays
        .iter()
        .filter(|stray| stray.month == month || missing.contains_key(&stray.day));
    let undated = person.undated_days.iter().filter(|record| {
        let filed = filed_month(&record.source, month.first());
        filed.is_none_or(|filed| filed == month)
    });
    // The year of a day to come may be wrong, or a date may have been left as it was copied.
    let to_come = person.days.iter().filter(|(day, _)| {
        let same_day =
            |missing: &NaiveDate| (missing.month(), missing.day()) == (day.month(), day.day());
        **day > context.as_of && missing.keys().any(same_day)
    });
    let repeated = person.days.iter().filter(|(day, records)| {
        let next = next_marked(person, month, **day);
        versions(records) != Versions::Single && next.is_some_and(|n| missing.contains_key(&n))
    });
    let records = strays.map(|stray| stray.record).chain(undated.copied());
    let doubled = to_come
        .chain(repeated)
        .filter_map(|(_, records)| records.last().copied());
    let all: BTreeSet<Location> = records
        .chain(doubled)
        .map(|record| record.source.locate(record.date.cell))
        .collect();
    all.into_iter().collect()
}

/// The next day of the month after `day` that is marked as at home.
fn next_marked(person: &PersonFile, month: Month, day: NaiveDate) -> Option<NaiveDate> {
    let rows = person.rows.get(&month)?;
    let marked = rows.iter().flat_map(|listed| &listed.row.days);
    let home = marked.filter(|marked| marked.mark == Mark::Home);
    home.filter_map(|marked| month.day(marked.day))
        .filter(|marked| *marked > day)
        .min()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::check::testing::{blank, date, office, on, told, told_on, value, without_day};
    use crate::model::{Person, PersonId, Unreadable, Wording};

    #[test]
    fn a_marked_day_without_a_record_is_found() {
        let mut office = office();
        without_day(&mut office, 10);
        assert_eq!(told(&office), ["deficient daily-record-missing 2025-09-10"]);
        assert!(told_on(&office, date(2025, 9, 10)).is_empty());
    }

    #[test]
    fn a_record_without_a_date_may_be_the_missing_one() {
        let mut office = office();
        on(&mut office, 10).date = blank();
        assert_eq!(told(&office), ["deficient daily-field-missing always"]);
        let is_12th = |date: NaiveDate| date == self::date(2025, 9, 12);
        office.daily.retain(|r| !r.date.get().is_some_and(is_12th));
        assert_eq!(
            told(&office),
            [
                "deficient daily-field-missing always",
                "review daily-record-missing 2025-09-10",
                "review daily-record-missing 2025-09-12",
            ]
        );
    }

    #[test]
    fn a_date_left_as_it_was_copied_accounts_for_the_next_day() {
        let mut office = office();
        on(&mut office, 10).date = value(date(2025, 9, 8));
        let copied = "deficient duplicate-daily-record 2025-09-08";
        assert_eq!(told(&office), [copied]);
        without_day(&mut office, 15);
        assert_eq!(
            told(&office),
            [
                copied,
                "review daily-record-missing 2025-09-10",
                "review daily-record-missing 2025-09-15",
            ]
        );
    }

    #[test]
    fn a_day_of_a_year_to_come_accounts_for_its_day() {
        let mut office = office();
        on(&mut office, 10).date = value(date(2026, 9, 10));
        assert_eq!(told(&office), ["deficient date-in-future 2026-09-10"]);
        on(&mut office, 10).date = value(date(2026, 9, 11));
        let told = told(&office);
        assert!(told.contains(&"deficient daily-record-missing 2025-09-10".to_owned()));
    }

    #[test]
    fn a_record_that_was_not_read_may_be_the_missing_one() {
        let mut office = office();
        without_day(&mut office, 10);
        let mut unread = office.clone();
        unread.unreadable.push(Unreadable {
            file: "あおぞら/支援記録_9月.xlsx".into(),
            code: "broken",
            message: Wording::default(),
        });
        let review = ["review daily-record-missing 2025-09-10"];
        assert_eq!(told(&unread), review);
        unread.unreadable.clear();
        unread
            .unrecognised
            .push(unread.daily[0].source.locate(None));
        assert_eq!(told(&unread), review);
        let mut of_nobody = office.clone();
        of_nobody.people.push(Person::default());
        of_nobody.unplaced.insert(PersonId(1), vec![PersonId(0)]);
        of_nobody.weekly[0].user.person = PersonId(1);
        let daily = "deficient daily-record-missing 2025-09-10".to_owned();
        assert!(told(&of_nobody).contains(&daily));
        let mut record = office.daily[0].clone();
        record.user.person = PersonId(1);
        of_nobody.daily.push(record);
        let told = told(&of_nobody);
        assert!(told.contains(&review[0].to_owned()), "{told:?}");
    }

    #[test]
    fn a_month_without_any_record_is_one_question() {
        let mut office = office();
        office.daily.clear();
        assert_eq!(
            told(&office),
            ["review daily-record-missing 2025-09 office"]
        );
    }

    #[test]
    fn an_evaluation_without_any_day_is_a_question() {
        let mut office = office();
        office.daily.clear();
        office.listing[0].rows.clear();
        assert_eq!(told(&office), ["review daily-record-missing 2025-09"]);
        office.listing.clear();
        assert_eq!(told(&office), ["review daily-record-missing always office"]);
    }

    #[test]
    fn a_roster_alone_is_a_question_while_support_lasts() {
        let mut office = office();
        office.daily.clear();
        office.weekly.clear();
        office.monthly.clear();
        office.listing.clear();
        assert_eq!(told(&office), ["review daily-record-missing always office"]);
        office.roster[0].home_end = value(date(2025, 4, 30));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_user_without_any_record_is_one_finding() {
        let mut office = office();
        office.people.push(Person::default());
        let mut other = office.roster[0].clone();
        other.user.person = PersonId(1);
        office.roster.push(other);
        for record in &mut office.daily {
            record.user.person = PersonId(1);
        }
        let told = told(&office);
        let lines: Vec<&String> = told.iter().filter(|l| l.contains("daily-record")).collect();
        assert_eq!(lines, ["deficient daily-record-missing 2025-09"]);
    }
}
