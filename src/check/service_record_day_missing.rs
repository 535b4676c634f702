//! service-record-day-missing

use std::collections::BTreeSet;

use super::service_sheet::{lines, sheeted_days};
use super::unseen::unread_within;
use super::words::{add_the_form, day_en, day_ja, words};
use super::{Context, PersonFile, Report, Words};
use crate::model::{Location, Month, Verdict, When, Wording, month_in_japanese};

declare_check! {
    /// A day at home (form 2) is not on the user's service record sheet of the month.
    ///
    /// A month that lacks all its days at home is one finding. Where some sheets are in the
    /// input and that of a user and month is not, a person must look; where none is, nothing
    /// is found and the office answers for itself. Months are judged when they have ended.
    ///
    /// ## Why
    /// The days at home are entered like those at the office, with their times; what is not
    /// on the sheet cannot be claimed.
    ///
    /// ## What to do
    /// See whether the day was at home. If it was, enter it openly and have the user confirm it.
    "service-record-day-missing",
    reads: [Daily, ServiceRecord],
    title: "実績記録票にない在宅の日",
    what: "支援記録（参考様式2）のある日が、その利用者の月の実績記録票にあるかを、月が終わってから見ます。実績記録票が1枚も入力にない場合は見ません。",
    why: "通知は、通所による支援と同様に、在宅就労の支援時間等を実績記録票に記入することを求めています。",
    remedy: "支援の事実を確かめ、記入した日と人が分かるように実績記録票に補い、利用者の確認を受けてください。",
}

fn run(context: &Context, report: &mut Report) {
    if context.index.office.service_records.is_empty() {
        return;
    }
    for person in context.known_people() {
        let days = context.recorded_days(person);
        let months: BTreeSet<Month> = days.map(|(day, _)| Month::of(day)).collect();
        for month in months {
            match (context.has_ended(month), person.sheets.contains_key(&month)) {
                (true, true) => report_days(context, report, person, month),
                (true, false) => report_sheet(report, person, month),
                (false, true) => {}
                (false, false) => report.pending(person, When::Month(month)),
            }
        }
    }
}

/// The sheet is not in the input.
fn report_sheet(report: &mut Report, person: &PersonFile, month: Month) {
    let unplaced = person.unplaced_sheets.first();
    let message = match unplaced {
        None => Wording::new(
            format!(
                "{}の実績記録票が、入力から見つかりません。",
                month_in_japanese(month)
            ),
            format!("The input shows no service record sheet of {month}."),
        ),
        Some(_) => Wording::new(
            format!(
                "何年何月分かを読み取れない実績記録票があり、{}の支援記録と照らし合わせられません。",
                month_in_japanese(month)
            ),
            format!(
                "A service record sheet does not say its month and cannot be compared with the records of {month}."
            ),
        ),
    };
    let location = unplaced.map(|sheet| sheet.source.locate(sheet.month.cell));
    let said = words(message, add_the_form());
    report.review(person, When::Month(month), said, location);
}

fn report_days(context: &Context, report: &mut Report, person: &PersonFile, month: Month) {
    let mut days = sheeted_days(context, person);
    days.retain(|day| month.contains(day.day));
    let sheet = person.sheets.get(&month).and_then(|sheets| sheets.first());
    let location = sheet.map(|sheet| sheet.source.locate(None));
    // A line whose day cannot be read may be the missing one.
    let verdict = match lines(person, month).any(|line| line.day.date.value().is_none()) {
        true => Verdict::Review,
        false => Verdict::Deficient,
    };
    // So may a text of the sheet that nobody understood, or a page that was not read.
    let sheets = || person.sheets.get(&month).into_iter().flatten();
    let within = || sheets().find_map(|sheet| unread_within(&sheet.source));
    let unseen = || context.unseen().or_else(within);
    let mut tell = |when: When, said: Words, at: Option<Location>| {
        report.missing_as(verdict, unseen(), person, when, said, at);
    };
    let missing = days.iter().filter(|day| day.lines.is_empty());
    let missing: Vec<_> = missing.map(|day| day.day).collect();
    if missing.len() > 1 && missing.len() == days.len() {
        let count = missing.len();
        let message = Wording::new(
            format!(
                "{}は支援記録が{count}日分ありますが、実績記録票にはどの日の記入もありません。",
                month_in_japanese(month)
            ),
            format!(
                "{month} has {count} days of records; the service record sheet has none of them."
            ),
        );
        let said = words(message, hint());
        return tell(When::Month(month), said, location);
    }
    for day in missing {
        let line = lines(person, month).find(|line| line.day.date.get() == Some(day));
        let message = match line {
            None => Wording::new(
                format!(
                    "{}の支援記録がありますが、実績記録票に記入がありません。",
                    day_ja(day)
                ),
                format!(
                    "There is a record of {}; the service record sheet does not have the day.",
                    day_en(day)
                ),
            ),
            Some(_) => Wording::new(
                format!(
                    "{}の支援記録がありますが、実績記録票には支援の時間も「在宅就労」の記載もありません。",
                    day_ja(day)
                ),
                format!(
                    "There is a record of {}; the service record sheet gives neither times nor 在宅就労 for it.",
                    day_en(day)
                ),
            ),
        };
        let here = line.map(|line| line.locate(&line.day.date));
        let at = here.or_else(|| location.clone());
        tell(When::Date(day), words(message, hint()), at);
    }
}

fn hint() -> Wording {
    Wording::new(
        "支援の事実を当日の連絡の記録などで確かめてください。在宅で支援した日であれば、記入した日と人が分かるように実績記録票に補い、利用者の確認を受け、請求も確かめてください。",
        "See from the day's contacts that it happened. If the day was at home, enter it openly, have the user confirm it, and check the claim.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, date, office, office_in, on, sheet_day, told, told_by, told_on, unclear, waiting,
        with_sheet,
    };
    use crate::model::{Office, Person, PersonId};

    fn without_sheet_day(office: &mut Office, day: u32) {
        use chrono::Datelike;
        let days = &mut office.service_records[0].days;
        days.retain(|line| line.date.get().unwrap().day() != day);
    }

    #[test]
    fn a_day_that_the_sheet_lacks_is_found() {
        let mut office = with_sheet(office());
        without_sheet_day(&mut office, 5);
        assert_eq!(
            told(&office),
            ["deficient service-record-day-missing 2025-09-05"]
        );
        assert!(told_on(&office, date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn a_day_of_absence_on_the_sheet_is_one_finding() {
        let mut office = with_sheet(office());
        let line = sheet_day(&mut office, 5);
        line.start = blank();
        line.end = blank();
        line.remarks = blank();
        line.confirmed = blank();
        line.status = crate::check::testing::text("欠席");
        assert_eq!(
            told(&office),
            ["deficient service-record-day-missing 2025-09-05"]
        );
    }

    #[test]
    fn a_sheet_without_any_day_at_home_is_one_finding() {
        let mut office = with_sheet(office());
        office.service_records[0]
            .days
            .retain(|line| line.remarks.is_blank());
        assert_eq!(
            told(&office),
            ["deficient service-record-day-missing 2025-09"]
        );
    }

    #[test]
    fn a_line_without_a_day_may_be_the_missing_one() {
        let mut office = with_sheet(office());
        sheet_day(&mut office, 5).date = unclear("32");
        assert_eq!(
            told(&office),
            ["review service-record-day-missing 2025-09-05"]
        );
    }

    #[test]
    fn without_any_sheet_nothing_is_found_and_without_one_of_several_a_person_must_look() {
        let mut two = office();
        two.people.push(Person::default());
        assert!(told(&two).is_empty());
        two = with_sheet(two);
        let sheet = &mut two.service_records[0];
        sheet.user.person = PersonId(1);
        sheet.days.retain(|line| line.remarks.is_blank());
        assert_eq!(told(&two), ["review service-record-day-missing 2025-09"]);
        assert!(told_on(&two, date(2025, 9, 30)).is_empty());
        assert!(
            waiting(&two, date(2025, 9, 30))
                .contains(&"service-record-day-missing 2025-09".to_owned())
        );
    }

    #[test]
    fn a_sheet_without_a_month_is_asked_about() {
        let mut office = with_sheet(office());
        let sheet = &mut office.service_records[0];
        sheet.month = blank();
        for day in &mut sheet.days {
            day.date = unclear("5");
        }
        assert_eq!(told(&office), ["review service-record-day-missing 2025-09"]);
    }

    #[test]
    fn days_before_the_notice_and_other_notices_are_not_judged() {
        let mut early = with_sheet(office_in(2025, 4));
        without_sheet_day(&mut early, 4);
        on(&mut early, 4);
        let told = told(&early);
        assert!(
            !told.iter().any(|line| line.contains("service-record")),
            "{told:?}"
        );
        let mut other = with_sheet(office_in(2026, 3));
        without_sheet_day(&mut other, 2);
        let told = told_by(&other, "hitachi", date(2026, 5, 31));
        assert!(
            !told.iter().any(|line| line.contains("service-record")),
            "{told:?}"
        );
    }
}
