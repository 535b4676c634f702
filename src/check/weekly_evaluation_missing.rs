//! weekly-evaluation-missing

use chrono::{Datelike, Days, NaiveDate};

use super::coverage::{Coverage, Evaluation, evaluations};
use super::unseen::{Form, Unseen, doubtful};
use super::words::{add_the_form, days_en, days_ja, look_for_the_record, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Month, Subject, When, Wording};

declare_check! {
    /// Days at home that no weekly evaluation covers: one finding a week, Monday to Sunday.
    ///
    /// A day is covered by the period of an evaluation, or, where the form gives none, by
    /// an evaluation within a week. The last days before the check may still wait. Where the
    /// evaluation may stand in the records of a month that was not given, a person must look.
    /// A day without a record of its own is daily-record-missing and nothing more.
    ///
    /// ## Why
    /// At least once a week the staff looks with the user at how the work is going, and
    /// keeps a record of it.
    ///
    /// ## What to do
    /// Look for the evaluation. Never write one as if it had been made in time.
    "weekly-evaluation-missing",
    reads: [Daily, Weekly],
    title: "週1回の評価がない",
    what: "在宅の日が、週の評価（参考様式2の評価欄）の対象期間に入っているかを見ます（月曜から日曜の1週間に1件）。点検の直前の日は、評価を待っている日として数えません。",
    why: "通知は、1週間に1回以上の評価を行い、経過を記録に残すことを求めています。",
    remedy: "評価の記録を探してください。後から行った評価を、期間内に行ったように書いてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let given = !context.index.office.weekly.is_empty();
    let mut not_given = false;
    for person in context.known_people() {
        let evaluations = evaluations(person, context.rules().evaluation_days);
        let coverage = Coverage::of(&evaluations);
        let uncovered: Vec<NaiveDate> = context
            .recorded_days(person)
            .map(|(day, _)| day)
            .filter(|day| !coverage.contains(*day))
            .collect();
        for week in uncovered.chunk_by(|a, b| a.iso_week() == b.iso_week()) {
            let due = week.partition_point(|day| !context.may_wait(*day));
            let (due, waiting) = week.split_at(due);
            if let (Some(first), Some(last)) = (waiting.first(), waiting.last()) {
                report.pending(person, When::Period(*first, *last));
            }
            let (Some(first), Some(last)) = (due.first(), due.last()) else {
                continue;
            };
            if !given {
                not_given = true;
                continue;
            }
            let when = When::Period(*first, *last);
            let at = location(person, *first);
            let unseen = unseen(context, person, &evaluations, *first, *last);
            report.missing(unseen, person, when, not_made(*first, *last), at);
        }
    }
    if not_given {
        let message = Wording::new(
            "週の評価が、入力に1枚もありません。",
            "The input holds no weekly evaluation at all.",
        );
        let said = words(message, add_the_form());
        report.review(Subject::Office, When::Always, said, None);
    }
}

fn not_made(first: NaiveDate, last: NaiveDate) -> super::Words {
    let (ja, en) = (days_ja(first, last), days_en(first, last));
    let message = Wording::new(
        format!("在宅の日（{ja}）を対象とする週の評価がありません。"),
        format!("No weekly evaluation covers the days at home {en}."),
    );
    words(message, look_for_the_record())
}

/// Why the evaluation of these days may be there all the same.
fn unseen(
    context: &Context,
    person: &PersonFile,
    evaluations: &[Evaluation],
    first: NaiveDate,
    last: NaiveDate,
) -> Option<Unseen> {
    let undated = evaluations.iter().filter(|e| e.covers.is_none());
    let places = |records: &mut dyn Iterator<Item = &Evaluation>| -> Vec<Location> {
        let dates = records.map(|e| e.record.source.locate(e.record.date.cell));
        dates.collect()
    };
    let undated = places(&mut undated.into_iter());
    if !undated.is_empty() {
        return Some(Unseen {
            rests_on: Vec::new(),
            ..doubtful(undated)
        });
    }
    // Made for these days by its date, with a period that has nothing to do with it.
    let after = |day: NaiveDate| day.checked_add_days(late_days(context)).unwrap_or(day);
    let is_idle = |e: &&Evaluation| {
        let made = e.record.date.get();
        let is_off = |(from, to)| {
            made.is_some_and(|day| day < from || after(to) < day)
                && (from > to || person.days.range(from..=to).next().is_none())
        };
        made.is_some_and(|day| first <= day && day <= after(last)) && e.covers.is_some_and(is_off)
    };
    let idle = places(&mut evaluations.iter().filter(is_idle));
    if !idle.is_empty() {
        return Some(doubtful(idle));
    }
    if may_be_in_a_month_not_given(context, last) {
        return Some(Unseen {
            because: Wording::new(
                "翌月の記録が入力にないため、そこにあるかもしれません。",
                "It may stand in the next month's records, which are not in the input.",
            ),
            rests_on: Vec::new(),
        });
    }
    context.unseen_of(person, Form::Weekly)
}

fn late_days(context: &Context) -> Days {
    Days::new(u64::from(context.rules().evaluation_late_days))
}

/// Made in time, the evaluation could be dated in the next month, of which nothing was given.
fn may_be_in_a_month_not_given(context: &Context, last: NaiveDate) -> bool {
    let month_end = Month::of(last).last();
    let in_time = last.checked_add_days(late_days(context)).unwrap_or(last);
    in_time > month_end && context.index.last_recorded <= Some(month_end)
}

fn location(person: &PersonFile, day: NaiveDate) -> Option<Location> {
    let record = person.days.get(&day)?.first()?;
    Some(record.source.locate(record.date.cell))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, daily, date, notice, office, told, told_on, value, waiting, weekly, without_day,
    };
    use crate::model::Field;

    #[test]
    fn a_week_without_an_evaluation_is_one_finding() {
        let mut office = office();
        let week = office.weekly.remove(2);
        assert_eq!(week.date.get(), Some(date(2025, 9, 19)));
        let mut expected = vec!["deficient weekly-evaluation-missing 2025-09-15..2025-09-19"];
        assert_eq!(told(&office), expected);
        office.weekly.remove(0);
        expected.insert(
            0,
            "deficient weekly-evaluation-missing 2025-09-01..2025-09-05",
        );
        assert_eq!(told(&office), expected);
    }

    #[test]
    fn a_day_without_a_record_wants_the_record_only() {
        let mut office = office();
        without_day(&mut office, 5);
        office.weekly[0].period_to = value(date(2025, 9, 4));
        assert_eq!(told(&office), ["deficient daily-record-missing 2025-09-05"]);
    }

    #[test]
    fn an_evaluation_by_date_covers_the_week_before_it() {
        let mut office = office();
        for week in &mut office.weekly {
            week.period_from = Field::absent();
            week.period_to = Field::absent();
        }
        let told = told(&office);
        assert_eq!(told, ["review weekly-field-missing always"]);
    }

    #[test]
    fn a_period_may_cross_the_month_and_the_year() {
        let mut office = office();
        for day in [date(2025, 12, 29), date(2025, 12, 31), date(2026, 1, 2)] {
            office.daily.push(daily(day));
        }
        office
            .weekly
            .push(weekly(date(2025, 12, 29), date(2026, 1, 2)));
        let missing = |office: &_| {
            let told = told_on(office, date(2026, 2, 28));
            let weekly = told.into_iter().filter(|line| line.contains("weekly"));
            weekly.collect::<Vec<String>>()
        };
        assert!(missing(&office).is_empty());
        office.weekly.pop();
        office.daily.push(daily(date(2026, 2, 2)));
        office
            .weekly
            .push(weekly(date(2026, 2, 2), date(2026, 2, 2)));
        let found = ["deficient weekly-evaluation-missing 2025-12-29..2026-01-02"];
        assert_eq!(missing(&office), found);
    }

    #[test]
    fn the_last_week_may_stand_in_a_month_that_was_not_given() {
        let mut office = office();
        office.weekly.pop();
        let review = ["review weekly-evaluation-missing 2025-09-29..2025-09-29"];
        assert_eq!(told(&office), review);
        office
            .weekly
            .push(weekly(date(2025, 10, 6), date(2025, 10, 6)));
        assert_eq!(
            told(&office),
            [
                "deficient weekly-evaluation-missing 2025-09-29..2025-09-29",
                "review daily-record-missing 2025-10",
            ]
        );
    }

    #[test]
    fn the_last_days_wait() {
        let mut office = office();
        office.weekly.remove(2);
        assert!(told_on(&office, date(2025, 9, 22)).is_empty());
        let waits = "weekly-evaluation-missing 2025-09-15..2025-09-19".to_owned();
        assert!(waiting(&office, date(2025, 9, 22)).contains(&waits));
        let found = ["deficient weekly-evaluation-missing 2025-09-15..2025-09-15"];
        assert_eq!(told_on(&office, date(2025, 9, 23)), found);
    }

    #[test]
    fn an_evaluation_that_cannot_be_placed_leaves_it_open() {
        let mut office = office();
        let week = &mut office.weekly[2];
        week.date = blank();
        week.period_from = blank();
        week.period_to = blank();
        assert_eq!(
            told(&office),
            [
                "deficient weekly-field-missing always",
                "review weekly-evaluation-missing 2025-09-15..2025-09-19",
            ]
        );
    }

    #[test]
    fn an_evaluation_of_another_period_is_that_and_no_more() {
        let mut office = office();
        let week = &mut office.weekly[2];
        week.period_from = value(date(2025, 8, 15));
        week.period_to = value(date(2025, 8, 19));
        assert_eq!(
            told(&office),
            ["deficient weekly-evaluation-late 2025-09-19"]
        );
    }

    #[test]
    fn without_any_evaluation_the_office_is_asked_once() {
        let mut office = office();
        office.weekly.clear();
        assert_eq!(
            told(&office),
            ["review weekly-evaluation-missing always office"]
        );
    }

    #[test]
    fn days_before_the_notice_need_none() {
        let mut office = office();
        office.daily.push(daily(date(2025, 4, 30)));
        office.roster[0].annotated_on = value(date(2025, 4, 1));
        let told = told(&office);
        assert!(!told.iter().any(|line| line.contains("weekly")), "{told:?}");
        assert_eq!(notice("kitakyushu").in_force_from, date(2025, 5, 1));
    }
}
