//! service-record-unconfirmed

use chrono::NaiveDate;

use super::service_sheet::{Asked, State, report_item, sheeted_days};
use super::words::{day_en, day_ja, words};
use super::{Context, Report, Words};
use crate::model::{Month, Wording, month_in_japanese};

declare_check! {
    /// The user did not sign or stamp a day at home on the service record sheet.
    ///
    /// A name, a sign such as ✓ or 〇, a ticked box and a seal laid over the box as a picture
    /// all count. 印 printed on every line does not. A month in which no day is signed is one
    /// finding. The user may sign until the month has ended. Nothing is found where the input
    /// holds no service record sheet.
    ///
    /// ## Why
    /// The times were told by telephone; when staff and user meet, both see that they are
    /// right, and the user signs or stamps.
    ///
    /// ## What to do
    /// Where a signed sheet of paper exists, keep it with the file. Otherwise go through the
    /// times when you next meet, and have the user sign with the day of signing.
    "service-record-unconfirmed",
    reads: [Daily, ServiceRecord],
    title: "実績記録票に利用者の確認がない",
    what: "支援記録（参考様式2）のある日に、実績記録票の利用者確認欄に署名や押印があるかを、月が終わってから見ます。実績記録票が入力にない場合は見ません。",
    why: "通知は、電話等で確認した時間に誤りがないかを対面のときに双方で確かめ、利用者が署名又は押印することを求めています。",
    remedy: "署名や押印のある紙の記録票があれば、あわせて保管してください。なければ次の対面のときに確かめ、確認した日が分かるように署名をもらってください。",
}

fn run(context: &Context, report: &mut Report) {
    let asked = Asked {
        name: ("利用者確認", "the user's confirmation"),
        of_day,
        of_month,
    };
    for person in context.people() {
        let mut days = sheeted_days(context, person);
        days.retain(|day| context.has_ended(Month::of(day.day)));
        report_item(report, person, &days, &asked, |line| {
            let field = &line.day.confirmed;
            (State::of(field), line.locate(field))
        });
    }
}

fn of_day(day: NaiveDate) -> Words {
    let message = Wording::new(
        format!(
            "{}の実績記録票に、利用者の確認（署名・押印）がありません。",
            day_ja(day)
        ),
        format!(
            "The user has not confirmed {} on the service record sheet.",
            day_en(day)
        ),
    );
    words(message, hint())
}

fn of_month(month: Month, count: usize) -> Words {
    let message = Wording::new(
        format!(
            "{}の実績記録票では、在宅の日（{count}日）のどの日にも利用者の確認（署名・押印）がありません。",
            month_in_japanese(month)
        ),
        format!(
            "The user has confirmed none of the {count} days at home on the service record sheet of {month}."
        ),
    );
    words(message, hint())
}

fn hint() -> Wording {
    Wording::new(
        "署名や押印のある紙の記録票があれば、あわせて保管してください。ない場合は、対面のときに時間を双方で確かめ、確認した日が分かるように署名又は押印をもらってください。代わりに署名してはいけません。",
        "Keep the signed paper with the file if there is one. If not, go through the times together when you meet, and have the user sign with the day of signing. Never sign for them.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, date, office, sheet_day, told, told_on, unclear, with_sheet,
    };
    use crate::model::Field;

    #[test]
    fn a_day_at_home_that_the_user_did_not_sign_is_found() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).confirmed = blank();
        assert_eq!(
            told(&office),
            ["deficient service-record-unconfirmed 2025-09-05"]
        );
        // The user may still sign.
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn a_day_at_the_office_is_not_asked_about() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 2).confirmed = blank();
        assert!(told(&office).is_empty());
    }

    #[test]
    fn a_whole_month_is_one_finding_and_no_item_or_no_text_one_question() {
        let mut office = with_sheet(office());
        let all = |office: &mut crate::model::Office, field: Field<String>| {
            for day in &mut office.service_records[0].days {
                day.confirmed = field.clone();
            }
        };
        all(&mut office, blank());
        assert_eq!(
            told(&office),
            ["deficient service-record-unconfirmed 2025-09"]
        );
        all(&mut office, Field::absent());
        assert_eq!(told(&office), ["review service-record-unconfirmed always"]);
        all(&mut office, unclear("#REF!"));
        assert_eq!(told(&office), ["review service-record-unconfirmed 2025-09"]);
    }
}
