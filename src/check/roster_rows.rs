//! Rows of the roster (form 1) that say different things of one user.
//!
//! A row for another grant, as after a renewal, is no contradiction, and neither is a row that
//! says the same again.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::implied::Found;
use super::unseen::place;
use super::{Context, PersonFile};
use crate::model::{Cell, Field, Location, PersonId, RosterEntry, Subject, date_in_japanese};
use crate::normalise::name_key;

/// An item that two rows give differently.
pub struct Difference {
    /// What the form calls it, in Japanese and English.
    pub item: (&'static str, &'static str),
    /// Where, and what is written there, in Japanese and English.
    pub written: [(Location, (String, String)); 2],
}

/// What the rows of each person give differently, each item once.
pub fn contradictions(context: &Context) -> BTreeMap<PersonId, Vec<Difference>> {
    let namesakes = namesakes(context);
    let mut all = BTreeMap::new();
    for person in context.people() {
        let mut rows = person.roster.clone();
        if !is_only_on_roster(person) {
            let names = rows.first().map(|row| key(row)).unwrap_or_default();
            rows.extend(namesakes.get(&names).into_iter().flatten());
        }
        let found = differences(&rows);
        if !found.is_empty() {
            all.insert(person.id, found);
        }
    }
    all
}

fn differences(rows: &[&RosterEntry]) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for (i, one) in rows.iter().enumerate() {
        for other in rows.iter().skip(i + 1) {
            if is_renewal(one, other) {
                continue;
            }
            for difference in between(one, other) {
                if !found.iter().any(|known| known.item == difference.item) {
                    found.push(difference);
                }
            }
        }
    }
    found
}

/// Rows of people of whom nothing else is kept, by their names: with another number, one of
/// them may be a second row of somebody known.
fn namesakes<'a>(context: &Context<'a>) -> BTreeMap<String, Vec<&'a RosterEntry>> {
    let mut rows: BTreeMap<String, Vec<&RosterEntry>> = BTreeMap::new();
    for person in context.people().filter(|person| is_only_on_roster(person)) {
        for row in &person.roster {
            rows.entry(key(row)).or_default().push(row);
        }
    }
    rows.remove("");
    rows
}

fn is_only_on_roster(person: &PersonFile) -> bool {
    person.mentions().count() == person.roster.len()
}

fn key(row: &RosterEntry) -> String {
    row.user.name.text().map(name_key).unwrap_or_default()
}

/// The items that the findings of other checks rest on.
static RESTS_ON: &[(&str, &[&str])] = &[
    ("certificate-number-mismatch", &["受給者証番号"]),
    ("consent-after-start", &["同意日", "在宅就労開始日"]),
    (
        "application-before-consent",
        &["同意日", "個別支援計画作成日", "申請日"],
    ),
    (
        "started-before-annotation",
        &["受給者証記載日", "在宅就労開始日"],
    ),
    ("annotation-missing", &["受給者証記載日", "在宅就労開始日"]),
    ("plan-without-home-support", &["個別支援計画作成日"]),
    (
        "grant-period-expired",
        &["支給決定期間の開始", "支給決定期間の終了"],
    ),
];

/// Takes back what other checks say of an item that two rows give differently.
pub fn give_way(context: &Context, found: &mut Vec<Found>) {
    let all = contradictions(context);
    found.retain(|one| {
        let Subject::Person(person) = one.finding.subject else {
            return true;
        };
        let rests_on = RESTS_ON
            .iter()
            .find(|(check, _)| *check == one.finding.check);
        let (Some((_, items)), Some(differences)) = (rests_on, all.get(&person)) else {
            return true;
        };
        !differences
            .iter()
            .any(|found| items.contains(&found.item.0))
    });
}

/// Whether the rows speak of two grants: periods that do not overlap, or two services.
fn is_renewal(one: &RosterEntry, other: &RosterEntry) -> bool {
    let ends_before = |first: &RosterEntry, second: &RosterEntry| {
        let ends = first.grant_to.get().zip(second.grant_from.get());
        ends.is_some_and(|(end, next)| end < next)
    };
    let services = one.service.get().zip(other.service.get());
    ends_before(one, other)
        || ends_before(other, one)
        || services.is_some_and(|(one, other)| one != other)
}

fn between(one: &RosterEntry, other: &RosterEntry) -> Vec<Difference> {
    let mut found = Vec::new();
    let numbers = [one, other].map(|row| &row.user.certificate_number);
    if let [Some(a), Some(b)] = numbers.map(Field::value)
        && a != b
    {
        let told = |number: &dyn ToString| (number.to_string(), number.to_string());
        found.push(Difference {
            item: ("受給者証番号", "certificate number"),
            written: [
                (at(one, numbers[0].cell), told(a)),
                (at(other, numbers[1].cell), told(b)),
            ],
        });
    }
    for (item, of) in DATES {
        let (a, b) = (of(one), of(other));
        let says = |field: &Field<NaiveDate>| field.value().is_some() || field.is_blank();
        if says(a) && says(b) && a.get() != b.get() {
            found.push(Difference {
                item: *item,
                written: [(at(one, a.cell), day(a)), (at(other, b.cell), day(b))],
            });
        }
    }
    found
}

type DateOf = fn(&RosterEntry) -> &Field<NaiveDate>;

/// Dates that every row of a user gives alike.
static DATES: &[((&str, &str), DateOf)] = &[
    (("支給決定期間の開始", "grant from"), |row| {
        &row.grant_from
    }),
    (("支給決定期間の終了", "grant to"), |row| {
        &row.grant_to
    }),
    (("同意日", "consent"), |row| &row.consented_on),
    (("個別支援計画作成日", "plan"), |row| {
        &row.plan_created_on
    }),
    (("申請日", "application"), |row| &row.applied_on),
    (("受給者証記載日", "annotation"), |row| {
        &row.annotated_on
    }),
    (("在宅就労開始日", "start"), |row| &row.home_start),
];

fn at(row: &RosterEntry, cell: Option<Cell>) -> Location {
    row.source.locate(cell)
}

fn day(field: &Field<NaiveDate>) -> (String, String) {
    match field.get() {
        Some(day) => (date_in_japanese(day), day.to_string()),
        None => ("空欄".to_owned(), "blank".to_owned()),
    }
}

impl Difference {
    /// 「同意日」が 名簿.xlsx [一覧] G5 では令和7年5月12日、名簿2.xlsx [一覧] G5 では空欄
    pub fn in_japanese(&self) -> String {
        let [(one, (a, _)), (other, (b, _))] = &self.written;
        let (one, other) = (place(one), place(other));
        format!("「{}」が{one}では{a}、{other}では{b}", self.item.0)
    }

    /// The same in English.
    pub fn in_english(&self) -> String {
        let [(one, (_, a)), (other, (_, b))] = &self.written;
        let (one, other) = (place(one), place(other));
        format!("{} is {a} in {one} and {b} in {other}", self.item.1)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, blank, date, notice, office, told, value};
    use crate::model::{CertificateNumber, Office, Person, PersonId};

    /// The first user's row again, in another file, with one change.
    fn again(change: impl FnOnce(&mut crate::model::RosterEntry)) -> Office {
        let mut office = office();
        let mut row = office.roster[0].clone();
        row.source.file = "対象者リスト（新）.xlsx".into();
        change(&mut row);
        office.roster.push(row);
        office
    }

    const DIFFERS: [&str; 1] = ["review roster-field-missing always"];

    #[test]
    fn rows_that_differ_are_one_question_that_names_both() {
        let late = date(2025, 8, 20);
        for office in [
            again(|row| row.annotated_on = blank()),
            again(|row| row.consented_on = blank()),
            again(|row| row.consented_on = value(late)),
            again(|row| row.home_start = value(late)),
            again(|row| {
                row.user.certificate_number = value(CertificateNumber::new("9876543210").unwrap())
            }),
            again(|row| {
                row.home_start = blank();
                row.applied_on = blank();
            }),
        ] {
            assert_eq!(told(&office), DIFFERS);
        }
        // The number made another person of the row.
        let mut other = again(|row| row.user.person = PersonId(1));
        let number = CertificateNumber::new("9876543210").unwrap();
        other.roster[1].user.certificate_number = value(number.clone());
        other.people.push(Person {
            name: other.people[0].name.clone(),
            certificate_number: Some(number),
        });
        assert_eq!(told(&other), DIFFERS);
        let office = again(|row| row.annotated_on = blank());
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        let said = &found[0].message.ja;
        assert!(
            said.contains("受給者証記載日") && said.contains("空欄") && said.contains("（新）"),
            "{said}"
        );
    }

    #[test]
    fn a_row_that_says_the_same_or_is_of_another_grant_is_none() {
        assert!(told(&again(|_| ())).is_empty());
        let renewed = again(|row| {
            row.grant_from = value(date(2030, 4, 1));
            row.grant_to = value(date(2031, 3, 31));
            row.annotated_on = value(date(2030, 4, 1));
        });
        assert!(told(&renewed).is_empty());
        let mut alone = office();
        alone.roster[0].annotated_on = blank();
        assert_eq!(told(&alone), ["deficient annotation-missing always"]);
    }
}
