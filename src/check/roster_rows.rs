//! Rows of the roster (form 1) that say different things of one user.
//!
//! A row for another grant, as after a renewal, is no contradiction, and neither is a row that
//! says the same again.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::implied::Found;
use super::unseen::place;
use super::{Context, PersonFile};
use crate::model::{
    Cell, CertificateNumber, Field, Location, PersonId, RosterEntry, Service, Subject, Verdict,
    Weekdays, date_in_japanese,
};
use crate::normalise::name_key;

/// An item that two rows give differently.
pub struct Difference {
    /// What the form calls it, in Japanese and English.
    pub item: (&'static str, &'static str),
    /// Where, and what is written there, in Japanese and English.
    pub written: [(Location, (String, String)); 2],
}

/// What the rows of each person give differently, each item once. A user whose support at home
/// ended before the notice is none of its business.
pub fn contradictions(context: &Context) -> BTreeMap<PersonId, Vec<Difference>> {
    let namesakes = namesakes(context);
    let mut all = BTreeMap::new();
    for person in context.people() {
        if person.roster.iter().all(|row| has_ended(context, row)) {
            continue;
        }
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

/// Whether support at home had ended before the notice was in force.
pub fn has_ended(context: &Context, row: &RosterEntry) -> bool {
    let ended = row.home_end.get();
    ended.is_some_and(|end| end < context.notice.in_force_from)
}

/// Rows that speak of one grant, as far as they tell: what the first of them to tell it says of
/// each item.
struct Grant<'a> {
    rows: [Option<&'a RosterEntry>; ITEMS.len()],
}

/// What parts the rows of one grant from those of another.
type GrantKey = (Option<Service>, Option<NaiveDate>, Option<NaiveDate>);

fn differences(rows: &[&RosterEntry]) -> Vec<Difference> {
    let mut found = BTreeMap::new();
    let mut grants: BTreeMap<GrantKey, Grant> = BTreeMap::new();
    for &row in rows {
        let key = (row.service.get(), row.grant_from.get(), row.grant_to.get());
        let nothing = || Grant {
            rows: [None; ITEMS.len()],
        };
        let grant = grants.entry(key).or_insert_with(nothing);
        for (at, (item, known)) in ITEMS.iter().zip(&mut grant.rows).enumerate() {
            match known {
                Some(known) => note(&mut found, at, item.between(known, row)),
                None if item.is_told(row) => *known = Some(row),
                None => {}
            }
        }
    }
    // Nobody has so many grants at a time; neighbours are enough where there are more.
    const NEAR: usize = 16;
    let grants: Vec<(GrantKey, Grant)> = grants.into_iter().collect();
    for (i, (key, one)) in grants.iter().enumerate() {
        let others = grants.iter().skip(i + 1).take(NEAR);
        for (_, other) in others.filter(|(other, _)| !is_renewal(key, other)) {
            let items = ITEMS.iter().zip(one.rows.iter().zip(&other.rows));
            for (at, (item, rows)) in items.enumerate() {
                if let (Some(one), Some(other)) = rows {
                    note(&mut found, at, item.between(one, other));
                }
            }
        }
    }
    found.into_values().collect()
}

/// Keeps the first difference of each item.
fn note(found: &mut BTreeMap<usize, Difference>, at: usize, difference: Option<Difference>) {
    if let Some(difference) = difference {
        found.entry(at).or_insert(difference);
    }
}

/// Rows of people of whom nothing else is kept, by their names: with another number, one of
/// them may be a second row of somebody known. Where many have one name, they are many people.
fn namesakes<'a>(context: &Context<'a>) -> BTreeMap<String, Vec<&'a RosterEntry>> {
    const MANY: usize = 8;
    let mut rows: BTreeMap<String, Vec<&RosterEntry>> = BTreeMap::new();
    for person in context.people().filter(|person| is_only_on_roster(person)) {
        for row in &person.roster {
            rows.entry(key(row)).or_default().push(row);
        }
    }
    rows.remove("");
    rows.retain(|_, rows| rows.len() <= MANY);
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
    (
        "plan-without-home-support",
        &["個別支援計画作成日", "在宅の曜日"],
    ),
    ("off-plan-day", &["在宅の曜日"]),
    (
        "report-missing",
        &["申請日", "市の承認日", "在宅就労開始日"],
    ),
    (
        "home-visit-missing",
        &["自宅環境の確認日", "在宅就労開始日"],
    ),
    (
        "grant-period-expired",
        &["支給決定期間の開始", "支給決定期間の終了"],
    ),
];

/// Takes back what other checks say of an item that two rows give differently; where `is_asked`
/// does not hold, nobody asks which is right, and what they say becomes that question.
pub fn give_way(context: &Context, is_asked: bool, found: &mut Vec<Found>) {
    let all = contradictions(context);
    found.retain_mut(|one| {
        let Subject::Person(person) = one.finding.subject else {
            return true;
        };
        let mut rests_on = RESTS_ON.iter();
        let rests_on = rests_on.find(|(check, _)| *check == one.finding.check);
        let (Some((_, items)), Some(differences)) = (rests_on, all.get(&person)) else {
            return true;
        };
        let mut differences = differences.iter();
        let Some(differs) = differences.find(|found| items.contains(&found.item.0)) else {
            return true;
        };
        let finding = &mut one.finding;
        finding.verdict = Verdict::Review;
        let (ja, en) = (differs.in_japanese(), differs.in_english());
        let said = &mut finding.message;
        said.ja
            .push_str(&format!("対象者リストの行が食い違っています（{ja}）。"));
        said.en
            .push_str(&format!(" Rows of the roster differ: {en}."));
        !is_asked
    });
}

/// Whether the rows speak of two grants: periods that do not overlap, or two services.
fn is_renewal(one: &GrantKey, other: &GrantKey) -> bool {
    let ends_before = |first: &GrantKey, second: &GrantKey| {
        let ends = first.2.zip(second.1);
        ends.is_some_and(|(end, next)| end < next)
    };
    let services = one.0.zip(other.0);
    ends_before(one, other)
        || ends_before(other, one)
        || services.is_some_and(|(one, other)| one != other)
}

/// An item that every row of a user gives alike.
struct Item {
    /// What the form calls it, in Japanese and English.
    name: (&'static str, &'static str),
    /// What a row says of it.
    of: fn(&RosterEntry) -> Said,
}

/// What a row says of an item.
struct Said {
    cell: Option<Cell>,
    /// In Japanese and English; `None` where nothing that can be compared is written.
    text: Option<(String, String)>,
}

static ITEMS: [Item; 11] = [
    Item {
        name: ("受給者証番号", "certificate number"),
        of: |row| number(&row.user.certificate_number),
    },
    Item {
        name: ("支給決定期間の開始", "grant from"),
        of: |row| day(&row.grant_from),
    },
    Item {
        name: ("支給決定期間の終了", "grant to"),
        of: |row| day(&row.grant_to),
    },
    Item {
        name: ("同意日", "consent"),
        of: |row| day(&row.consented_on),
    },
    Item {
        name: ("個別支援計画作成日", "plan"),
        of: |row| day(&row.plan_created_on),
    },
    Item {
        name: ("申請日", "application"),
        of: |row| day(&row.applied_on),
    },
    Item {
        name: ("市の承認日", "approval"),
        of: |row| day(&row.approved_on),
    },
    Item {
        name: ("受給者証記載日", "annotation"),
        of: |row| day(&row.annotated_on),
    },
    Item {
        name: ("自宅環境の確認日", "check of the home"),
        of: |row| day(&row.home_checked_on),
    },
    Item {
        name: ("在宅就労開始日", "start"),
        of: |row| day(&row.home_start),
    },
    Item {
        name: ("在宅の曜日", "weekdays at home"),
        of: |row| weekdays(&row.home_weekdays),
    },
];

impl Item {
    fn is_told(&self, row: &RosterEntry) -> bool {
        (self.of)(row).text.is_some()
    }

    fn between(&self, one: &RosterEntry, other: &RosterEntry) -> Option<Difference> {
        let (a, b) = ((self.of)(one), (self.of)(other));
        let (first, second) = (a.text?, b.text?);
        (first != second).then(|| Difference {
            item: self.name,
            written: [
                (one.source.locate(a.cell), first),
                (other.source.locate(b.cell), second),
            ],
        })
    }
}

/// A number that is lacking is for other checks.
fn number(field: &Field<CertificateNumber>) -> Said {
    let text = field.value().map(ToString::to_string);
    Said {
        cell: field.cell,
        text: text.map(|number| (number.clone(), number)),
    }
}

fn day(field: &Field<NaiveDate>) -> Said {
    let day = field.get();
    said(
        field,
        day.map(|day| (date_in_japanese(day), day.to_string())),
    )
}

fn weekdays(field: &Field<Weekdays>) -> Said {
    let days = field.get().filter(|days| !days.is_empty());
    said(
        field,
        days.map(|days| (days.japanese(), days.keys().join(", "))),
    )
}

/// What is written, or that nothing is.
fn said<T>(field: &Field<T>, text: Option<(String, String)>) -> Said {
    let blank = || ("空欄".to_owned(), "blank".to_owned());
    Said {
        cell: field.cell,
        text: text.or_else(|| field.is_blank().then(blank)),
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
    use chrono::Weekday;

    use crate::check::testing::{
        assessed, blank, by_hitachi, daily, date, notice, office, told, value,
    };
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
            again(|row| row.home_weekdays = value([Weekday::Thu].into_iter().collect())),
            again(|row| row.home_weekdays = blank()),
            // The row that is read last tells of an end, the other does not.
            again(|row| {
                row.annotated_on = blank();
                row.home_end = value(date(2025, 4, 30));
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
    fn weekdays_of_two_rows_are_a_question_and_not_united() {
        // Without the question, every day of either row would pass as planned.
        let mut office =
            again(|row| row.home_weekdays = value([Weekday::Thu].into_iter().collect()));
        office.daily.push(daily(date(2025, 9, 4)));
        let told = told(&office);
        assert!(told.contains(&DIFFERS[0].to_owned()), "{told:?}");
        assert!(
            !told.iter().any(|line| line.contains("off-plan")),
            "{told:?}"
        );
    }

    #[test]
    fn nothing_is_taken_back_of_a_user_who_is_not_asked_about() {
        let mut ended = again(|row| row.consented_on = blank());
        for row in &mut ended.roster {
            row.home_end = value(date(2025, 4, 30));
        }
        let told = told(&ended);
        assert!(
            told.contains(&"deficient consent-after-start always".to_owned()),
            "{told:?}"
        );
        assert!(!told.contains(&DIFFERS[0].to_owned()), "{told:?}");
    }

    #[test]
    fn where_nobody_asks_about_the_rows_what_rests_on_them_is_the_question() {
        let late = |office: &mut Office| {
            let mut row = office.roster[0].clone();
            row.source.file = "対象者リスト（新）.xlsx".into();
            row.applied_on = value(date(2026, 3, 20));
            office.roster.push(row);
        };
        let asked = ["review report-missing always"];
        assert_eq!(by_hitachi("report-missing", late), asked);
        let both = |office: &mut Office| {
            late(office);
            office.roster.remove(0);
        };
        let found = ["deficient report-missing always"];
        assert_eq!(by_hitachi("report-missing", both), found);
    }

    #[test]
    fn many_rows_are_compared_in_little_time() {
        let mut many = office();
        for n in 0..4_000 {
            let mut row = many.roster[0].clone();
            row.user.person = PersonId(n % 2 * (n + 1));
            row.source.at = Some(crate::model::Cell::new(n as u32, 0));
            row.grant_to = value(date(2028, 3, 31) + chrono::Days::new(n as u64));
            many.people.push(many.people[0].clone());
            many.roster.push(row);
        }
        let began = std::time::Instant::now();
        assert!(told(&many).contains(&DIFFERS[0].to_owned()));
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
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
