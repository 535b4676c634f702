//! monthly-evaluation-missing

use super::start::{FirstMonth, first_month, weekly_stands_for_monthly};
use super::unseen::{self, Form};
use super::words::{add_the_form, look_for_the_record, words};
use super::{Context, PersonFile, Report};
use crate::model::{Location, Month, Subject, When, Wording, month_in_japanese};

declare_check! {
    /// A month with days at home and no monthly evaluation (form 3).
    ///
    /// The month in which the support began needs none where the notice says so; where
    /// nothing tells whether it began then, a person must look.
    ///
    /// ## Why
    /// At least once a month what was achieved is looked at together, face to face.
    ///
    /// ## What to do
    /// Look for the sheet. Never write one as if it had been made in the month.
    "monthly-evaluation-missing",
    reads: [HomeDays, Monthly],
    title: "月1回の達成度評価がない",
    what: "在宅の日がある月に、達成度評価シート（参考様式3）があるかを見ます。在宅を始めた月と、まだ終わっていない月は数えません。",
    why: "通知は、1か月に1回以上、達成度の評価と振り返りを行うことを求めています。",
    remedy: "評価シートを探してください。後から行った評価を、その月に行ったように書いてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let given = !context.index.office.monthly.is_empty();
    let mut not_given = false;
    for person in context.known_people() {
        for month in context.home_months(person) {
            if person.monthly.contains_key(&month)
                || weekly_stands_for_monthly(context, person, month)
            {
                continue;
            }
            let first = first_month(context, person, month);
            if first == FirstMonth::Yes {
                continue;
            }
            if !context.has_ended(month) {
                report.pending(person, When::Month(month));
            } else if !given {
                not_given = true;
            } else {
                report_missing(context, report, person, month, first);
            }
        }
    }
    if not_given {
        let message = Wording::new(
            "達成度評価シート（参考様式3）が、入力に1枚もありません。",
            "The input holds no monthly evaluation (form 3) at all.",
        );
        let said = words(message, add_the_form());
        report.review(Subject::Office, When::Always, said, None);
    }
}

fn report_missing(
    context: &Context,
    report: &mut Report,
    person: &PersonFile,
    month: Month,
    first: FirstMonth,
) {
    let (ja, en) = (month_in_japanese(month), month.to_string());
    let when = When::Month(month);
    if first == FirstMonth::Unknown {
        let message = Wording::new(
            format!(
                "{ja}の達成度評価シート（参考様式3）がありません。在宅を始めた月であれば要りませんが、開始日が分かりません。"
            ),
            format!(
                "There is no monthly evaluation (form 3) of {en}. None is needed if the support began then; the start is not known."
            ),
        );
        let hint = Wording::new(
            "在宅就労の開始日を確かめ、対象者リストに書いてください。",
            "Find out when the support at home began and write it on the roster.",
        );
        return report.review(person, when, words(message, hint), None);
    }
    let message = Wording::new(
        format!("{ja}の達成度評価シート（参考様式3）がありません。"),
        format!("There is no monthly evaluation (form 3) of {en}."),
    );
    let misdated = made_then(person, month);
    let unseen = match misdated.is_empty() {
        true => context.unseen_of(person, Form::Monthly),
        false => Some(unseen::doubtful(misdated)),
    };
    let said = words(message, look_for_the_record());
    let location = person.unplaced_monthly.first();
    let location = location.map(|record| record.source.locate(record.month.cell));
    report.missing(unseen, person, when, said, location);
}

/// The dates of evaluations that were made in `month` and are said to be of another one.
fn made_then(person: &PersonFile, month: Month) -> Vec<Location> {
    let records = person.monthly.values().flatten();
    let made = records.filter(|r| r.date.get().is_some_and(|day| month.contains(day)));
    made.map(|record| record.source.locate(record.date.cell))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, date, office, office_in, told, told_by, told_on, value, waiting,
    };
    use crate::model::{Field, Method, Month, Office};

    /// August and September, with the evaluation of August only.
    fn two_months() -> Office {
        let mut office = office_in(2025, 8);
        let september = self::office();
        office.daily.extend(september.daily);
        office.weekly.extend(september.weekly);
        office.listing.extend(september.listing);
        office.listing[1].rows[0].monthly_date = blank();
        office
    }

    #[test]
    fn a_month_without_an_evaluation_is_found() {
        assert_eq!(
            told(&two_months()),
            ["deficient monthly-evaluation-missing 2025-09"]
        );
        let on_the_last_day = date(2025, 9, 30);
        assert!(told_on(&two_months(), on_the_last_day).is_empty());
        let waits = "monthly-evaluation-missing 2025-09".to_owned();
        assert!(waiting(&two_months(), on_the_last_day).contains(&waits));
    }

    #[test]
    fn the_month_of_the_start_needs_none() {
        let mut office = two_months();
        office.monthly.remove(0);
        office.listing[0].rows[0].monthly_date = blank();
        office.monthly = self::office().monthly;
        assert_eq!(
            told(&office),
            ["deficient monthly-evaluation-missing 2025-08"]
        );
        office.roster[0].home_start = value(date(2025, 8, 1));
        assert!(told(&office).is_empty());
    }

    #[test]
    fn without_the_start_the_first_month_given_is_for_review() {
        let mut office = two_months();
        office.monthly = self::office().monthly;
        office.listing[0].rows[0].monthly_date = blank();
        office.roster[0].home_start = Field::absent();
        let told = told(&office);
        let found = "review monthly-evaluation-missing 2025-08".to_owned();
        assert!(told.contains(&found), "{told:?}");
    }

    #[test]
    fn a_sheet_without_month_and_date_may_be_the_one() {
        let mut office = two_months();
        let mut sheet = office.monthly[0].clone();
        sheet.month = blank();
        sheet.date = blank();
        office.monthly.push(sheet);
        let told = told(&office);
        let found = "review monthly-evaluation-missing 2025-09".to_owned();
        assert!(told.contains(&found), "{told:?}");
    }

    #[test]
    fn an_evaluation_under_the_wrong_month_is_that_and_no_more() {
        let mut office = office();
        office.monthly[0].month = value(Month::new(2025, 8).unwrap());
        assert_eq!(
            told(&office),
            ["deficient monthly-date-outside-month 2025-08"]
        );
    }

    #[test]
    fn a_weekly_evaluation_at_the_office_stands_for_it_where_the_notice_says_so() {
        let mut office = office_in(2026, 3);
        let sheet = office.monthly.remove(0);
        let mut other = sheet.clone();
        other.user.person = crate::model::PersonId(9);
        office.monthly.push(other);
        let on = date(2026, 5, 31);
        let found = ["deficient monthly-evaluation-missing 2026-03"];
        assert_eq!(told_by(&office, "hitachi", on), found);
        office.weekly[1].method = value(Method::Attendance);
        assert!(told_by(&office, "hitachi", on).is_empty());
        assert!(!told_by(&office, "kitakyushu", on).is_empty());
    }

    #[test]
    fn without_any_sheet_the_office_is_asked_once() {
        let mut office = office();
        office.monthly.clear();
        assert_eq!(
            told(&office),
            ["review monthly-evaluation-missing always office"]
        );
    }
}
