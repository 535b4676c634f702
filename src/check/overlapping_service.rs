//! overlapping-service

use super::certainty::verdict_on_day_of;
use super::versions::{Versions, versions};
use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{Mark, When, Wording};

declare_check! {
    /// Two records of a day overlap in time, or a day at home is marked 通所 on form 4.
    ///
    /// Home and office on one day may follow one another; form 4 does not tell the hours,
    /// so a person must look.
    ///
    /// ## Why
    /// While a user is supported at home, no other service can be given at the same time.
    ///
    /// ## What to do
    /// Compare the hours of both, and mend the record that is wrong.
    "overlapping-service",
    reads: [Daily, Listing],
    title: "同じ時間の重なり",
    what: "同じ日の2つの支援記録の時間が重なっていないか、在宅の記録のある日が一覧表で通所とされていないかを見ます。",
    why: "通知は、在宅就労の間に別のサービスを同時に受けることはできないとしています。",
    remedy: "それぞれの時間を確かめ、誤っている記録を直した日と人が分かるように直してください。",
}

fn run(context: &Context, report: &mut Report) {
    // Records of nobody known may be of several people.
    for person in context.known_people() {
        for (day, records) in context.recorded_days(person) {
            let Some(record) = records.last() else {
                continue;
            };
            let hint = Wording::new(
                "それぞれの開始・終了時刻を確かめてください。書き誤りであれば、直した日と人を明らかにして直してください。同時に受けていた場合は、請求の扱いを市に相談してください。",
                "Check the hours of both. Mend what is wrong openly; if both were given at once, ask the city about the claim.",
            );
            let location = Some(record.source.locate(record.date.cell));
            let when = When::Date(day);
            if versions(records) == Versions::Overlapping {
                let message = Wording::new(
                    format!("{}の2つの支援記録の時間が重なっています。", day_ja(day)),
                    format!("Two records of {} overlap in time.", day_en(day)),
                );
                let verdict = verdict_on_day_of(records);
                report.find(verdict, person, when, words(message, hint), location);
            } else if person.mark(day) == Some(Mark::Attendance) {
                let message = Wording::new(
                    format!(
                        "{}は在宅の支援記録がありますが、一覧表では通所とされています。",
                        day_ja(day)
                    ),
                    format!(
                        "{} has a record at home; the listing marks it as at the office.",
                        day_en(day)
                    ),
                );
                report.review(person, when, words(message, hint), location);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{mark, office, on, time, told, value};
    use crate::model::Mark;

    #[test]
    fn records_that_overlap_are_found() {
        let mut office = office();
        let mut second = on(&mut office, 5).clone();
        second.start = value(time("14:00"));
        second.end = value(time("16:00"));
        second.contacts = on(&mut office, 5).contacts.clone();
        second.contacts[0].time = Some(time("14:00"));
        office.daily.push(second);
        assert_eq!(told(&office), ["deficient overlapping-service 2025-09-05"]);
    }

    #[test]
    fn records_of_nobody_known_do_not_overlap() {
        let mut office = office();
        let mut other = on(&mut office, 5).clone();
        other.user.person = crate::model::PersonId(office.people.len());
        let mut third = other.clone();
        third.start = value(time("14:00"));
        third.end = value(time("16:00"));
        office.unplaced.insert(other.user.person, Vec::new());
        office.people.push(office.people[0].clone());
        office.daily.extend([other, third]);
        let told = told(&office);
        assert!(
            !told.iter().any(|line| line.contains("overlapping")),
            "{told:?}"
        );
    }

    #[test]
    fn a_day_at_home_marked_as_at_the_office_is_for_review() {
        let mut office = office();
        mark(&mut office, 5, Some(Mark::Attendance));
        assert_eq!(told(&office), ["review overlapping-service 2025-09-05"]);
    }
}
