//! date-in-future

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::certainty::verdict_on;
use super::words::words;
use super::{Context, PersonFile, Report};
use crate::model::{Field, Location, Source, Subject, Verdict, When, Wording, date_in_japanese};

declare_check! {
    /// A record is dated after the day of the check.
    ///
    /// Nothing else is judged of it. The records of a user and day are one finding; where the
    /// day of the check lies before every record, that is the only one.
    ///
    /// ## Why
    /// A record tells what has been done; nothing has been done on a day to come.
    ///
    /// ## What to do
    /// See whether year and month are right. Never write a record beforehand.
    "date-in-future",
    reads: [Daily],
    title: "先の日付の記録",
    what: "支援記録や評価の実施日が、点検の基準日より後ではないかを見ます。",
    why: "記録は行った支援を示すもので、先の日付の記録はまだ行われていません。",
    remedy: "年や月の書き誤りを確かめてください。記録を前もって書いてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    let people: Vec<&PersonFile> = context.people().collect();
    let mut all = people.iter().flat_map(|person| dates(person));
    let mut days = all.by_ref().filter_map(|(field, _)| field.get()).peekable();
    if days.peek().is_some() && days.all(|day| day > context.as_of) {
        return report.review(
            Subject::Office,
            When::Always,
            too_early(context.as_of),
            None,
        );
    }
    for person in people {
        let mut told: BTreeMap<NaiveDate, (Verdict, Vec<Location>)> = BTreeMap::new();
        for (field, source) in dates(person) {
            if let Some(day) = field.get().filter(|day| *day > context.as_of) {
                let first = || (verdict_on(field), Vec::new());
                let (_, places) = told.entry(day).or_insert_with(first);
                places.push(source.locate(field.cell));
            }
        }
        for (day, (verdict, places)) in told {
            let location = places.first().cloned();
            let said = to_come(day).telling_of(places);
            report.find(verdict, person, When::Date(day), said, location);
        }
    }
}

fn to_come(day: NaiveDate) -> super::Words {
    words(
        Wording::new(
            format!(
                "実施日（{}）が、点検の基準日より後です。",
                date_in_japanese(day)
            ),
            format!("The date ({day}) is after the day of the check."),
        ),
        Wording::new(
            "年や月の書き誤りを確かめてください。前もって書いた記録は、実施した後に書き直してください。",
            "See whether year and month are right. A record written beforehand is to be written anew when it is done.",
        ),
    )
}

fn too_early(as_of: NaiveDate) -> super::Words {
    words(
        Wording::new(
            format!(
                "点検の基準日（{}）が、どの記録よりも前です。記録の内容は点検していません。",
                date_in_japanese(as_of)
            ),
            format!("The day of the check ({as_of}) lies before every record; none was judged."),
        ),
        Wording::new(
            "基準日の指定を確かめて、もう一度点検してください。",
            "See whether the day of the check is right, and check again.",
        ),
    )
}

fn dates<'a>(
    person: &'a PersonFile<'a>,
) -> impl Iterator<Item = (&'a Field<NaiveDate>, &'a Source)> {
    let days = person.days.values().flatten().copied();
    let days = days.chain(person.strays.iter().map(|stray| stray.record));
    let days = days.map(|r| (&r.date, &r.source));
    let weekly = person.weekly.iter().map(|r| (&r.date, &r.source));
    let months = person.monthly.values().flatten();
    days.chain(weekly)
        .chain(months.map(|r| (&r.date, &r.source)))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{daily, date, office, told, told_by};

    #[test]
    fn a_record_of_a_day_to_come_is_found_and_not_judged() {
        let mut office = office();
        let mut early = daily(date(2025, 12, 1));
        early.contacts.clear();
        office.daily.push(early);
        assert_eq!(told(&office), ["deficient date-in-future 2025-12-01"]);
    }

    #[test]
    fn the_day_of_the_check_is_not_to_come() {
        let told = told_by(&office(), "kitakyushu", date(2025, 9, 29));
        assert_eq!(told, ["deficient date-in-future 2025-09-30"]);
        assert!(told_by(&office(), "kitakyushu", date(2025, 9, 30)).is_empty());
    }

    #[test]
    fn the_records_of_a_day_are_one_finding() {
        let told = told_by(&office(), "kitakyushu", date(2025, 9, 25));
        let days = ["2025-09-26", "2025-09-29", "2025-09-30"];
        assert_eq!(
            told,
            days.map(|day| format!("deficient date-in-future {day}"))
        );
    }

    #[test]
    fn a_check_before_every_record_is_one_question() {
        let told = told_by(&office(), "kitakyushu", date(2025, 8, 31));
        assert_eq!(told, ["review date-in-future always office"]);
    }
}
