//! monthly-date-outside-month

use super::certainty::verdict_on;
use super::words::words;
use super::{Context, Report};
use crate::model::{When, Wording, date_in_japanese, month_in_japanese};

declare_check! {
    /// A monthly evaluation was made in another month than the one it is for.
    ///
    /// ## Why
    /// What was achieved in a month is looked at in that month, once or more.
    ///
    /// ## What to do
    /// See whether month and date are right. What was made later stays as it is.
    "monthly-date-outside-month",
    reads: [Monthly, MonthlyDate],
    title: "別の月に行った達成度評価",
    what: "達成度評価の実施日が、対象の月のうちかを見ます。",
    why: "通知は、1か月に1回以上の評価を求めています。",
    remedy: "対象の月と実施日の書き誤りがないかを確かめてください。後から行った評価の日付を変えてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (month, record) in context.monthly(person) {
            let date = record.date.get();
            // Of a day to come nothing is judged but that it is one.
            let date = date.filter(|day| *day <= context.as_of);
            let Some(day) = date.filter(|day| !month.contains(*day)) else {
                continue;
            };
            let message = Wording::new(
                format!(
                    "{}分の達成度評価が、別の月（{}）に行われています。",
                    month_in_japanese(month),
                    date_in_japanese(day)
                ),
                format!("The monthly evaluation of {month} was made in another month ({day})."),
            );
            let hint = Wording::new(
                "対象の月と実施日の書き誤りがないかを確かめてください。遅れて行った場合は、日付を変えず、理由を残してください。",
                "See whether month and date are right. If it was late, leave the date and note why.",
            );
            let location = record.source.locate(record.date.cell);
            let verdict = verdict_on(&record.date).max(verdict_on(&record.month));
            report.find(
                verdict,
                person,
                When::Month(month),
                words(message, hint),
                Some(location),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, row, told, value};

    #[test]
    fn an_evaluation_in_the_next_month_is_found() {
        let mut office = office();
        office.monthly[0].date = value(date(2025, 10, 1));
        row(&mut office).monthly_date = blank();
        assert_eq!(
            told(&office),
            ["deficient monthly-date-outside-month 2025-09"]
        );
    }

    #[test]
    fn the_last_day_is_within_the_month() {
        let mut office = office();
        office.monthly[0].date = value(date(2025, 9, 30));
        assert!(told(&office).is_empty());
    }
}
