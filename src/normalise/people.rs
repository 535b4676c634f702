//! Who is meant: puts the mentions of users in all forms of an office together.
//!
//! Numbers decide before names. Two different whole numbers are never merged.

use std::collections::BTreeMap;

use super::{certificate, name};
use crate::model::{CertificateNumber, Content, Doubt, Field, Person, PersonId, UserMention};

/// Links mentions to people; the roster's mentions come first and give people their order and name.
pub fn link(mentions: &mut [(&mut UserMention, &str)]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut by_number: BTreeMap<CertificateNumber, PersonId> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
    let mut unnamed: BTreeMap<String, PersonId> = BTreeMap::new();

    // Whole numbers first, in the order given.
    for (mention, _) in mentions.iter_mut() {
        let Some(number) = mention.certificate_number.value().cloned() else {
            continue;
        };
        let id = *by_number.entry(number.clone()).or_insert_with(|| {
            people.push(Person {
                name: String::new(),
                certificate_number: Some(number),
            });
            PersonId(people.len() - 1)
        });
        mention.person = id;
        if let Some(written) = mention.name.text() {
            if people[id.0].name.is_empty() {
                people[id.0].name = written.to_owned();
            }
            let known = by_name.entry(name::name_key(written)).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
        }
    }
    // Then what has no whole number: a lost zero that fits exactly one person, else the name.
    for (mention, file) in mentions.iter_mut() {
        if mention.certificate_number.value().is_some() {
            continue;
        }
        let key = mention.name.text().map(name::name_key).unwrap_or_default();
        let namesakes = by_name.get(&key).cloned().unwrap_or_default();
        let padded = certificate::padded(&mention.certificate_number.raw);
        let by_zero = padded
            .as_ref()
            .and_then(|number| by_number.get(number))
            .copied();
        mention.person = match (by_zero, namesakes.as_slice()) {
            (Some(id), _) => {
                restore(&mut mention.certificate_number, padded);
                id
            }
            (None, [only]) => *only,
            _ => {
                let slot = if key.is_empty() {
                    (*file).to_owned()
                } else {
                    format!("{key}\u{0}{}", mention.certificate_number.raw)
                };
                *unnamed.entry(slot).or_insert_with(|| {
                    people.push(Person {
                        name: mention.name.text().unwrap_or_default().to_owned(),
                        certificate_number: None,
                    });
                    PersonId(people.len() - 1)
                })
            }
        };
    }
    people
}

/// The number as it must have been before Excel dropped its leading zeros.
fn restore(field: &mut Field<CertificateNumber>, number: Option<CertificateNumber>) {
    if let Some(number) = number {
        field.content = Content::Value(number);
        field.doubts.push(Doubt::LostZero);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Wording;

    fn mention(name: &str, number: &str) -> UserMention {
        let field = match certificate::certificate(number) {
            Ok(value) => Field::read(number, value, None),
            Err(_) if number.is_empty() => Field::absent(),
            Err(why) => Field::unclear(number, why, None),
        };
        let name = if name.is_empty() {
            Field::blank(None)
        } else {
            Field::read(name, name.to_owned(), None)
        };
        UserMention {
            name,
            certificate_number: field,
            person: PersonId::default(),
        }
    }

    fn linked(mut mentions: Vec<UserMention>) -> (Vec<Person>, Vec<usize>) {
        let people = link(
            &mut mentions
                .iter_mut()
                .map(|m| (m, "a.xlsx"))
                .collect::<Vec<_>>(),
        );
        (people, mentions.iter().map(|m| m.person.0).collect())
    }

    #[test]
    fn variants_and_lost_zeros_are_one_person() {
        let (people, ids) = linked(vec![
            mention("髙橋　遥", "0123456789"),
            mention("高橋 遥", "123456789"),
            mention("高橋遥様", ""),
            mention("", "0123456789"),
        ]);
        assert_eq!(ids, [0, 0, 0, 0]);
        assert_eq!(people[0].name, "髙橋　遥");
    }

    #[test]
    fn two_numbers_are_two_people_even_of_one_name() {
        let (people, ids) = linked(vec![
            mention("森 翔", "0000000001"),
            mention("森 翔", "0000000002"),
            mention("森 翔", ""),
        ]);
        assert_eq!(ids[..2], [0, 1]);
        assert_eq!(
            people.len(),
            3,
            "a name alone cannot choose between namesakes"
        );
    }

    #[test]
    fn a_short_number_that_fits_nobody_stays_unread() {
        let mut only = mention("森 翔", "123456789");
        only.certificate_number = Field::unclear("123456789", Wording::default(), None);
        let (people, _) = linked(vec![only]);
        assert_eq!(people[0].certificate_number, None);
    }
}
