//! contact-method-missing

use super::items::{Inspected, Item, report_gaps};
use super::words::{day_en, day_ja};
use super::{Context, Report};
use crate::model::{When, Wording};

declare_check! {
    /// A day's record does not say by which method the user was reached.
    ///
    /// ## Why
    /// The contacts of a day are to be by telephone, computer or the like; the record shows
    /// it by the method.
    ///
    /// ## What to do
    /// Tick the method that the day's calls or messages show.
    "contact-method-missing",
    reads: [Daily],
    title: "支援方法の記入がない",
    what: "支援記録（参考様式2）の支援方法が選ばれているかを見ます。",
    why: "通知は、電話やICT機器による連絡を求めていて、記録ではその方法を示します。",
    remedy: "当日の通話履歴などで方法を確かめられる場合は、追記した日と人が分かるように補ってください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let days = context.recorded_days(person);
        let records: Vec<Inspected> = days
            .flat_map(|(day, records)| records.iter().map(move |record| (day, record)))
            .map(|(day, record)| Inspected {
                when: When::Date(day),
                title: Wording::new(
                    format!("{}の支援記録", day_ja(day)),
                    format!("Record of {}", day_en(day)),
                ),
                source: &record.source,
                items: vec![Item::new("支援方法", "method", &record.method)],
            })
            .collect();
        report_gaps(report, person, records);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, on, told, unclear};
    use crate::model::Field;

    #[test]
    fn a_record_without_a_method_is_found() {
        let mut office = office();
        on(&mut office, 5).method = blank();
        assert_eq!(
            told(&office),
            ["deficient contact-method-missing 2025-09-05"]
        );
    }

    #[test]
    fn choices_that_cannot_be_told_are_for_review() {
        let mut office = office();
        on(&mut office, 5).method = unclear("訪問　電話");
        assert_eq!(told(&office), ["review contact-method-missing 2025-09-05"]);
    }

    #[test]
    fn a_form_without_the_item_is_asked_about_once() {
        let mut office = office();
        for record in &mut office.daily {
            record.method = Field::absent();
        }
        assert_eq!(told(&office), ["review contact-method-missing always"]);
    }
}
