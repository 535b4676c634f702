//! monthly-field-missing

use super::items::{Inspected, Item, report_gaps_of_all};
use super::{Context, Report};
use crate::model::{Month, MonthlyRecord, When, Wording, month_in_japanese};

declare_check! {
    /// An item of a monthly evaluation is blank: one finding a sheet, with all of them.
    ///
    /// その他特記事項 may be blank where there is nothing to say, and 前回の達成度評価日 on
    /// the first sheet; the signature is a check of its own.
    ///
    /// ## Why
    /// The city lets an office keep its own sheet if it holds the same as form 3.
    ///
    /// ## What to do
    /// Fill in only what other papers show, with the day and the name of whoever adds it.
    "monthly-field-missing",
    reads: [Monthly],
    title: "達成度評価の空欄",
    what: "達成度評価シート（参考様式3）の各欄に空欄がないかを見ます（1枚に1件）。その他特記事項と前回の評価日は数えません。",
    why: "独自の様式でも、参考様式3と同じ内容を含むことが求められます。",
    remedy: "資料で確かめられることだけを、追記した日と人が分かるように補ってください。",
}

fn run(context: &Context, report: &mut Report) {
    let people = context.people().map(|person| {
        let placed = context.monthly(person).map(|(month, record)| Inspected {
            when: When::Month(month),
            title: title(month),
            source: &record.source,
            items: items(record),
        });
        let any = context.home_days(person).next().is_some();
        let unplaced = person.unplaced_monthly.iter().filter(|_| any);
        let unplaced = unplaced.map(|record| Inspected {
            when: When::Always,
            title: Wording::new(
                "月の分からない達成度評価",
                "Monthly evaluation of an unknown month",
            ),
            source: &record.source,
            items: items(record),
        });
        let records: Vec<Inspected> = placed.chain(unplaced).collect();
        (person, records)
    });
    report_gaps_of_all(report, people.collect());
}

/// What a message calls the sheet.
pub(super) fn title(month: Month) -> Wording {
    Wording::new(
        format!("{}分の達成度評価", month_in_japanese(month)),
        format!("Monthly evaluation of {month}"),
    )
}

fn items(record: &MonthlyRecord) -> Vec<Item<'_>> {
    vec![
        Item::new("対象の月", "month", &record.month),
        Item::new("実施日", "date", &record.date),
        Item::new("開始時刻", "start", &record.start),
        Item::new("終了時刻", "end", &record.end),
        Item::new("実施方法", "method", &record.method),
        Item::new("訓練目標", "goal", &record.goal),
        Item::new("取組内容", "effort", &record.effort),
        Item::new("達成度", "achievement", &record.achievement),
        Item::new("課題", "issues", &record.issues),
        Item::new("改善方針", "improvement", &record.improvement),
        Item::new("健康・体調面での留意事項", "health", &record.health),
        Item::new("在宅就労継続の妥当性", "continuation", &record.continuation),
        Item::new("評価実施者", "evaluator", &record.evaluator),
    ]
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, told, unclear};
    use crate::model::Field;

    #[test]
    fn blanks_of_a_sheet_are_one_finding() {
        let mut office = office();
        office.monthly[0].goal = blank();
        office.monthly[0].evaluator = blank();
        assert_eq!(told(&office), ["deficient monthly-field-missing 2025-09"]);
    }

    #[test]
    fn remarks_and_the_first_previous_date_may_be_blank() {
        let mut office = office();
        office.monthly[0].remarks = blank();
        office.monthly[0].previous_date = blank();
        assert!(told(&office).is_empty());
    }

    #[test]
    fn what_cannot_be_read_or_is_not_on_the_form_is_for_review() {
        let mut office = office();
        office.monthly[0].date = unclear("9月末");
        assert_eq!(told(&office), ["review monthly-field-missing 2025-09"]);
        office.monthly[0] = self::office().monthly.remove(0);
        office.monthly[0].goal = Field::absent();
        assert_eq!(told(&office), ["review monthly-field-missing always"]);
    }
}
