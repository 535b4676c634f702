//! service-record-remark-missing

use chrono::NaiveDate;

use super::service_sheet::{Asked, State, report_item, sheeted_days};
use super::words::{day_en, day_ja, words};
use super::{Context, Report, Words};
use crate::model::{Month, Wording, month_in_japanese};

declare_check! {
    /// The service record sheet does not say 在宅就労 in the remarks of a day at home.
    ///
    /// 在宅 in other words (在宅支援) is enough. A month in which no day says it is one finding.
    /// Nothing is found where the input holds no service record sheet.
    ///
    /// ## Why
    /// The sheet looks the same for a day at the office; only the remark tells that the day
    /// that is claimed was at home.
    ///
    /// ## What to do
    /// Write 在宅就労 into the remarks of the days that the records show to have been at home.
    "service-record-remark-missing",
    reads: [Daily, ServiceRecord],
    title: "実績記録票の備考に「在宅就労」がない",
    what: "支援記録（参考様式2）のある日に、実績記録票の備考欄が「在宅就労」となっているかを見ます。実績記録票が入力にない場合は見ません。",
    why: "通知は、実績記録票の備考欄に「在宅就労」と記載することを求めています。",
    remedy: "支援記録で在宅と分かる日の備考欄に「在宅就労」と記入してください。",
}

fn run(context: &Context, report: &mut Report) {
    let asked = Asked {
        name: ("備考", "remarks"),
        of_day,
        of_month,
    };
    for person in context.people() {
        let days = sheeted_days(context, person);
        report_item(report, person, &days, &asked, |line| {
            let state = match State::of(&line.day.remarks) {
                State::Given if !line.is_at_home(context) => State::Lacking,
                state => state,
            };
            (state, line.locate(&line.day.remarks))
        });
    }
}

fn of_day(day: NaiveDate) -> Words {
    let message = Wording::new(
        format!(
            "{}の実績記録票の備考欄に「在宅就労」の記載がありません。",
            day_ja(day)
        ),
        format!(
            "The service record sheet does not say 在宅就労 in the remarks of {}.",
            day_en(day)
        ),
    );
    words(message, hint())
}

fn of_month(month: Month, count: usize) -> Words {
    let message = Wording::new(
        format!(
            "{}の実績記録票では、在宅の日（{count}日）のどの備考欄にも「在宅就労」の記載がありません。",
            month_in_japanese(month)
        ),
        format!(
            "The service record sheet of {month} says 在宅就労 in the remarks of none of the {count} days at home."
        ),
    );
    words(message, hint())
}

fn hint() -> Wording {
    Wording::new(
        "支援記録と照らして在宅の日であることを確かめ、備考欄に「在宅就労」と記入してください。",
        "See from the records that the day was at home, and write 在宅就労 into the remarks.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, sheet_day, text, told, with_sheet};
    use crate::model::Field;

    #[test]
    fn a_day_at_home_without_the_remark_is_found() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).remarks = blank();
        sheet_day(&mut office, 8).remarks = text("送迎なし");
        assert_eq!(
            told(&office),
            [
                "deficient service-record-remark-missing 2025-09-05",
                "deficient service-record-remark-missing 2025-09-08",
            ]
        );
    }

    #[test]
    fn other_words_for_home_are_enough_and_the_office_needs_none() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).remarks = text("在 宅支援");
        sheet_day(&mut office, 8).remarks = text("施設外なし・在宅就労");
        assert!(sheet_day(&mut office, 2).remarks.is_blank());
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_month_without_any_is_one_finding_and_a_sheet_without_the_item_one_question() {
        let mut office = with_sheet(office());
        for day in &mut office.service_records[0].days {
            day.remarks = blank();
        }
        assert_eq!(
            told(&office),
            ["deficient service-record-remark-missing 2025-09"]
        );
        for day in &mut office.service_records[0].days {
            day.remarks = Field::absent();
        }
        assert_eq!(
            told(&office),
            ["review service-record-remark-missing always"]
        );
    }
}
