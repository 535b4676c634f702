//! Persons who are one: a user of the roster whose number was miswritten elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Office, Person, PersonId};
use crate::normalise::name_key;

/// For each person of the office, the one to count the records under: a person who is not on
/// the roster is the rostered one of the same name whose number differs by one slip.
pub fn aliases(office: &Office) -> Vec<PersonId> {
    let on_roster: BTreeSet<PersonId> = office.roster.iter().map(|e| e.user.person).collect();
    let mut by_name: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
    for id in &on_roster {
        if let Some(person) = office.people.get(id.0) {
            by_name.entry(name_key(&person.name)).or_default().push(*id);
        }
    }
    let people = office.people.iter().enumerate();
    people
        .map(|(at, person)| {
            let id = PersonId(at);
            let same_name = by_name.get(&name_key(&person.name)).map(Vec::as_slice);
            match same_name {
                Some([only]) if !on_roster.contains(&id) && slipped(office, *only, person) => *only,
                _ => id,
            }
        })
        .collect()
}

fn slipped(office: &Office, rostered: PersonId, other: &Person) -> bool {
    let rostered = office.people.get(rostered.0);
    let right = rostered.and_then(|person| person.certificate_number.as_ref());
    match (right, &other.certificate_number) {
        (Some(right), Some(wrong)) => is_one_slip(right.as_str(), wrong.as_str()),
        _ => false,
    }
}

/// Whether one digit is another, or two neighbours changed places.
fn is_one_slip(right: &str, wrong: &str) -> bool {
    let pairs = right.bytes().zip(wrong.bytes()).enumerate();
    let unlike: Vec<(usize, (u8, u8))> = pairs.filter(|(_, (a, b))| a != b).collect();
    match unlike.as_slice() {
        [_] => true,
        [(i, (a, b)), (j, (c, d))] => i + 1 == *j && a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::office;
    use crate::model::CertificateNumber;

    fn alias_of(name: &str, number: &str) -> PersonId {
        let mut office = office();
        office.people.push(Person {
            name: name.to_owned(),
            certificate_number: CertificateNumber::new(number),
        });
        aliases(&office)[1]
    }

    #[test]
    fn one_slip_under_the_same_name_is_the_same_person() {
        assert_eq!(alias_of("白石みのり", "0123456788"), PersonId(0));
        assert_eq!(alias_of("白石 みのり", "0132456789"), PersonId(0));
        assert_eq!(alias_of("白石みのり様", "0123456788"), PersonId(0));
    }

    #[test]
    fn another_name_or_another_number_is_another_person() {
        assert_eq!(alias_of("黒石みのり", "0123456788"), PersonId(1));
        assert_eq!(alias_of("白石みのり", "0123456700"), PersonId(1));
        assert_eq!(alias_of("白石みのり", ""), PersonId(1));
    }
}
