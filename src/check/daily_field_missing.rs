//! daily-field-missing

use super::items::{Inspected, Item, report_gaps_of_all};
use super::words::{day_en, day_ja};
use super::{Context, Report};
use crate::model::{DailyRecord, When, Wording};
use crate::notice::DailyField;

declare_check! {
    /// An item of a day's record is blank: one finding a record, with all of them.
    ///
    /// ## Why
    /// The record shows that the support was given, when, by whom and what was said. The
    /// city lets an office keep its own form if it holds the same.
    ///
    /// ## What to do
    /// Fill in only what other papers show, with the day and the name of whoever adds it.
    "daily-field-missing",
    reads: [Daily],
    title: "支援記録の空欄",
    what: "支援記録（参考様式2）の実施日・実施時間・作業内容・支援内容・心身の状況と助言・記録者に空欄がないかを見ます（1つの記録に1件）。",
    why: "記録は、いつ、だれが、どのような支援をしたかを示すものです。独自の様式でも同じ内容が求められます。",
    remedy: "資料で確かめられることだけを、追記した日と人が分かるように補ってください。",
}

fn run(context: &Context, report: &mut Report) {
    let people = context.people().map(|person| {
        let dated = context
            .recorded_days(person)
            .flat_map(|(_, records)| records);
        let any = context.home_days(person).next().is_some() || person.home_days.is_empty();
        let undated = person.undated_days.iter().filter(|_| any);
        let records = dated
            .chain(undated)
            .map(|record| inspected(context, record));
        let records: Vec<Inspected> = records.collect();
        (person, records)
    });
    report_gaps_of_all(report, people.collect());
}

fn inspected<'a>(context: &Context, record: &'a DailyRecord) -> Inspected<'a> {
    let (when, title) = match record.date.get() {
        Some(day) => (
            When::Date(day),
            Wording::new(
                format!("{}の支援記録", day_ja(day)),
                format!("Record of {}", day_en(day)),
            ),
        ),
        None => (
            When::Always,
            Wording::new("日付のない支援記録", "Record without a date"),
        ),
    };
    let fields = context.rules().daily_fields.iter();
    Inspected {
        when,
        title,
        source: &record.source,
        items: fields.filter_map(|field| item(record, *field)).collect(),
    }
}

/// The item; a working time that is written but cannot be read is for time-range-invalid.
fn item(record: &DailyRecord, field: DailyField) -> Option<Item<'_>> {
    let time = match field {
        DailyField::Start => Some(&record.start),
        DailyField::End => Some(&record.end),
        _ => None,
    };
    if time.is_some_and(|time| time.is_unclear()) {
        return None;
    }
    Some(match field {
        DailyField::Date => Item::new("実施日", "date", &record.date),
        DailyField::Start => Item::new("開始時刻", "start", &record.start),
        DailyField::End => Item::new("終了時刻", "end", &record.end),
        DailyField::Work => Item::new("作業・訓練内容", "work", &record.work),
        DailyField::Support => Item::new("支援内容", "support", &record.support),
        DailyField::ConditionAndAdvice => Item::new(
            "心身の状況と助言",
            "condition and advice",
            &record.condition_and_advice,
        ),
        DailyField::Recorder => Item::new("対応・記録者", "recorder", &record.recorder),
    })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        assessed, blank, date, notice, office, office_in, on, told, told_by, unclear,
    };
    use crate::model::Field;

    #[test]
    fn blanks_of_a_record_are_one_finding() {
        let mut office = office();
        on(&mut office, 3).recorder = blank();
        on(&mut office, 3).condition_and_advice = blank();
        assert_eq!(told(&office), ["deficient daily-field-missing 2025-09-03"]);
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        assert!(
            found[0]
                .message
                .ja
                .contains("「心身の状況と助言」「対応・記録者」")
        );
    }

    #[test]
    fn a_blank_beside_a_text_that_nobody_understood_is_for_review() {
        let mut office = office();
        on(&mut office, 3).recorder = blank();
        on(&mut office, 3).source.unread = crate::model::Cell::parse("F9");
        assert_eq!(told(&office), ["review daily-field-missing 2025-09-03"]);
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        assert!(
            found[0].message.ja.contains("F9"),
            "{}",
            found[0].message.ja
        );
    }

    #[test]
    fn blank_support_is_not_also_a_missing_contact() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.support = blank();
        record.contacts.clear();
        assert_eq!(told(&office), ["deficient daily-field-missing 2025-09-03"]);
    }

    #[test]
    fn an_item_that_the_form_does_not_have_is_one_question_a_user() {
        let mut office = office();
        for record in &mut office.daily {
            record.recorder = Field::absent();
        }
        assert_eq!(told(&office), ["review daily-field-missing always"]);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_for_review() {
        let mut office = office();
        let mut extra = office.daily[0].clone();
        extra.date = unclear("9月31日");
        office.daily.push(extra);
        assert_eq!(told(&office), ["review daily-field-missing always"]);
    }

    #[test]
    fn a_notice_asks_for_its_own_items_only() {
        let mut office = office_in(2026, 3);
        on(&mut office, 4).recorder = blank();
        assert!(told_by(&office, "hitachi", date(2026, 5, 31)).is_empty());
        on(&mut office, 4).work = blank();
        let found = ["deficient daily-field-missing 2026-03-04"];
        assert_eq!(told_by(&office, "hitachi", date(2026, 5, 31)), found);
    }
}
