//! date-in-future

use chrono::NaiveDate;

use super::report::verdict_on;
use super::words::words;
use super::{Context, PersonFile, Report};
use crate::model::{Field, Source, When, Wording, date_in_japanese};

declare_check! {
    /// A record is dated after the day of the check.
    ///
    /// Nothing else is judged of it.
    ///
    /// ## Why
    /// A record tells what has been done; nothing has been done on a day to come.
    ///
    /// ## What to do
    /// See whether year and month are right. Never write a record beforehand.
    "date-in-future",
    title: "先の日付の記録",
    what: "支援記録や評価の実施日が、点検の基準日より後ではないかを見ます。",
    why: "記録は行った支援を示すもので、先の日付の記録はまだ行われていません。",
    remedy: "年や月の書き誤りを確かめてください。記録を前もって書いてはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for (field, source) in dates(person) {
            let Some(day) = field.get().filter(|day| *day > context.as_of) else {
                continue;
            };
            let message = Wording::new(
                format!(
                    "実施日（{}）が、点検の基準日より後です。",
                    date_in_japanese(day)
                ),
                format!("The date ({day}) is after the day of the check."),
            );
            let hint = Wording::new(
                "年や月の書き誤りを確かめてください。前もって書いた記録は、実施した後に書き直してください。",
                "See whether year and month are right. A record written beforehand is to be written anew when it is done.",
            );
            let said = words(message, hint);
            let location = source.locate(field.cell);
            report.find(
                verdict_on(field),
                person,
                When::Date(day),
                said,
                Some(location),
            );
        }
    }
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
}
