//! weekly-field-missing

use super::items::{Inspected, Item, report_gaps_of_all};
use super::words::{day_en, day_ja};
use super::{Context, Report};
use crate::model::{WeeklyRecord, Wording};

declare_check! {
    /// An item of a weekly evaluation is blank: one finding an evaluation, with all of them.
    ///
    /// ## Why
    /// The course of the evaluation is to be kept as a record: when, how, of which days,
    /// what was found and by whom.
    ///
    /// ## What to do
    /// Fill in only what other papers show, with the day and the name of whoever adds it.
    "weekly-field-missing",
    reads: [Weekly],
    title: "週の評価の空欄",
    what: "週の評価の実施日・方法・対象期間・評価内容・記録者に空欄がないかを見ます（1つの評価に1件）。",
    why: "通知は、評価の経過を記録に残すことを求めています。",
    remedy: "資料で確かめられることだけを、追記した日と人が分かるように補ってください。",
}

fn run(context: &Context, report: &mut Report) {
    let people = context.people().map(|person| {
        let evaluations = context.weekly(person);
        let records = evaluations.iter().map(|evaluation| {
            let record = evaluation.record;
            Inspected {
                when: evaluation.when(),
                title: title(record),
                source: &record.source,
                items: vec![
                    Item::new("実施日", "date", &record.date),
                    Item::new("方法", "method", &record.method),
                    Item::new(
                        "対象期間の初日",
                        "first day of the period",
                        &record.period_from,
                    ),
                    Item::new(
                        "対象期間の末日",
                        "last day of the period",
                        &record.period_to,
                    ),
                    Item::new("評価内容", "content", &record.content),
                    Item::new("記録者", "recorder", &record.recorder),
                ],
            }
        });
        (person, records.collect())
    });
    report_gaps_of_all(report, people.collect());
}

/// What a message calls the evaluation.
pub(super) fn title(record: &WeeklyRecord) -> Wording {
    match record.date.get() {
        Some(day) => Wording::new(
            format!("{}の週の評価", day_ja(day)),
            format!("Weekly evaluation of {}", day_en(day)),
        ),
        None => Wording::new("日付のない週の評価", "Weekly evaluation without a date"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, text, told, unclear};
    use crate::model::Field;

    #[test]
    fn blanks_of_an_evaluation_are_one_finding() {
        let mut office = office();
        office.weekly[1].recorder = blank();
        office.weekly[1].content = blank();
        assert_eq!(told(&office), ["deficient weekly-field-missing 2025-09-12"]);
    }

    #[test]
    fn without_a_date_the_period_says_when() {
        let mut office = office();
        office.weekly[1].date = blank();
        let found = ["deficient weekly-field-missing 2025-09-08..2025-09-12"];
        assert_eq!(told(&office), found);
    }

    #[test]
    fn a_blank_in_every_record_of_the_office_may_be_a_misread_box() {
        let mut office = office();
        let evaluations = office.weekly.len();
        for week in &mut office.weekly {
            week.content = blank();
        }
        let lines = told(&office);
        assert!(evaluations > 2 && lines.len() == evaluations, "{lines:?}");
        let of = |verdict: &str, line: &String| line.starts_with(verdict);
        assert!(lines.iter().all(|line| of("review ", line)), "{lines:?}");
        office.weekly[0].content = text("目標の件数に届いた。");
        let lines = told(&office);
        assert_eq!(lines.len(), evaluations - 1);
        assert!(lines.iter().all(|line| of("deficient ", line)), "{lines:?}");
    }

    #[test]
    fn what_cannot_be_read_or_is_not_on_the_form_is_for_review() {
        let mut office = office();
        office.weekly[1].method = unclear("通所　訪問　その他");
        assert_eq!(told(&office), ["review weekly-field-missing 2025-09-12"]);
        for week in &mut office.weekly {
            week.method = Field::absent();
        }
        assert_eq!(told(&office), ["review weekly-field-missing always"]);
    }
}
