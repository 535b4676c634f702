//! duplicate-daily-record

use super::certainty::verdict_on_day_of;
use super::versions::{Versions, versions};
use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{Verdict, When, Wording};

declare_check! {
    /// Two different records of one user and day.
    ///
    /// The same record read from two files counts once. Records that follow one another in
    /// time may be two sessions and are for review; those that overlap are
    /// overlapping-service.
    ///
    /// ## Why
    /// One record is made for each day of support; of two, nobody can tell which is true.
    ///
    /// ## What to do
    /// Find out which is right and keep the other as what it is.
    "duplicate-daily-record",
    reads: [Daily],
    title: "同じ日の支援記録が2つ",
    what: "同じ利用者の同じ日に、内容の違う支援記録がないかを見ます。まったく同じ記録が2つのファイルにあるものは数えません。",
    why: "記録は支援を行った日ごとに作るもので、2つあるとどちらが事実か分かりません。",
    remedy: "どちらが正しいかを確かめ、誤っているほうは無効と分かるようにしてください。",
}

fn run(context: &Context, report: &mut Report) {
    // Records of nobody known may be of several people.
    for person in context.known_people() {
        for (day, records) in context.recorded_days(person) {
            let verdict = match versions(records) {
                Versions::Rivals => verdict_on_day_of(records),
                Versions::Sessions => Verdict::Review,
                Versions::Single | Versions::Overlapping => continue,
            };
            let count = records.len();
            let message = Wording::new(
                format!(
                    "{}の支援記録が{count}つあり、内容が異なります。",
                    day_ja(day)
                ),
                format!("{} has {count} different records.", day_en(day)),
            );
            let hint = Wording::new(
                "どちらが事実かを確かめ、誤っているほうは消さずに無効と分かるようにしてください。午前と午後に分けて書いたものは、1つの記録にまとめられます。",
                "Find out which is right and mark the other as void without erasing it. A morning and an afternoon can be one record.",
            );
            let location = records.last().map(|r| r.source.locate(r.date.cell));
            report.find(
                verdict,
                person,
                When::Date(day),
                words(message, hint),
                location,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, text, time, told, value};

    #[test]
    fn two_versions_of_a_day_are_found_and_a_copy_is_not() {
        let mut office = office();
        let mut copy = on(&mut office, 5).clone();
        copy.source.file = "控え.xlsx".into();
        office.daily.push(copy.clone());
        assert!(told(&office).is_empty());
        copy.work = text("別の作業");
        office.daily.push(copy);
        assert_eq!(
            told(&office),
            ["deficient duplicate-daily-record 2025-09-05"]
        );
    }

    #[test]
    fn a_morning_and_an_afternoon_are_for_review() {
        let mut office = office();
        let mut evening = on(&mut office, 5).clone();
        evening.start = value(time("15:00"));
        evening.end = value(time("16:00"));
        office.daily.push(evening);
        assert_eq!(told(&office), ["review duplicate-daily-record 2025-09-05"]);
    }
}
