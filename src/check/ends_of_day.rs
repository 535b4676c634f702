//! The contacts at the two ends of a day's work: what the checks of the start and of the end
//! have in common.

use chrono::NaiveDate;

use super::contact::{At, Contacts, Told, told_days, undecided};
use super::words::{day_en, day_ja, words};
use super::{Context, Report, Words};
use crate::model::{When, Wording};

/// One end of a day's work, for a check of its contact.
pub(super) struct End {
    /// Whether there is a contact at it.
    pub at: for<'a> fn(&Contacts<'a>) -> At<'a>,
    /// What it is called, in Japanese and English.
    pub name: [&'static str; 2],
    /// What must be settled with the user then.
    pub settled: [&'static str; 2],
}

/// Tells of each day without a contact at this end, and asks about clauses that may tell of one.
pub(super) fn look_for_contact(context: &Context, report: &mut Report, end: &End) {
    for person in context.people() {
        for told_day in told_days(context, person) {
            let Told::Counted(contacts) = &told_day.told else {
                continue;
            };
            let day = told_day.day;
            let (when, location) = (When::Date(day), Some(told_day.place()));
            match (end.at)(contacts) {
                At::Undecided(clause) => {
                    let [ja, en] = end.name;
                    let said = undecided(day, Wording::new(ja, en), clause);
                    report.review(person, when, said, location);
                }
                At::Missed => {
                    let verdict = told_day.on_support.max(told_day.on_hours);
                    let said = missing(day, end);
                    report.missing_as(verdict, told_day.unread, person, when, said, location);
                }
                At::Unknown | At::Met => {}
            }
        }
    }
}

fn missing(day: NaiveDate, end: &End) -> Words {
    let (day_ja, day_en) = (day_ja(day), day_en(day));
    let ([name_ja, name_en], [settled_ja, settled_en]) = (end.name, end.settled);
    words(
        Wording::new(
            format!("{day_ja}の記録に、{name_ja}の連絡が見当たりません。"),
            format!("{day_en} tells of no contact at the {name_en} of the work."),
        ),
        Wording::new(
            format!(
                "当日の通話履歴などで、{settled_ja}を確かめた事実が分かる場合は、追記した日と人を明らかにして補ってください。"
            ),
            format!(
                "Where the day's calls or messages show that {settled_en} were settled, add it with the day and name of whoever adds it."
            ),
        ),
    )
}
