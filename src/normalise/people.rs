//! Who is meant: puts the mentions of users in all forms of an office together.
//!
//! Numbers decide before names. Two different whole numbers are one user only where the names
//! agree and one number is a slip of the other. Whoever cannot be told is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::known_names::KnownNames;
use super::number_owner::{Owner, Seats, owner};
use super::{certificate, name};
use crate::model::{CertificateNumber, Content, Doubt, Field, Person, PersonId, UserMention};

/// One place of a form that names a user.
pub struct Mention<'a> {
    /// What is written; the person is filled in.
    pub user: &'a mut UserMention,
    /// The file that it stands in.
    pub file: &'a str,
    /// Whether it is a line of the roster.
    pub on_roster: bool,
}

/// The users of an office.
#[derive(Debug, Default)]
pub struct Linked {
    /// One a user, and one for each lot of records whose user cannot be told.
    pub people: Vec<Person>,
    /// The latter, each with the users that it may be; with none where it may be anyone.
    pub unplaced: BTreeMap<PersonId, Vec<PersonId>>,
}

/// Links mentions to people; the roster's mentions come first and give people their order and name.
pub fn link(mentions: &mut [Mention]) -> Linked {
    let seats = seats(mentions);
    let mut linking = Linking::default();
    for mention in mentions.iter_mut() {
        linking.by_number(mention, &seats);
    }
    for on_roster in [true, false] {
        for mention in mentions.iter_mut() {
            let has_number = mention.user.certificate_number.value().is_some();
            if !has_number && mention.on_roster == on_roster {
                linking.by_name(mention);
            }
        }
        linking.note_files(mentions);
    }
    // What stands alone says nothing of itself; the rest of its file may.
    let users = linking.users();
    for mention in mentions.iter_mut() {
        if mention.user.person == NOBODY {
            linking.by_file(mention, &users);
        }
    }
    linking.linked
}

fn seats(mentions: &[Mention]) -> Seats {
    let mut seats = Seats::default();
    for mention in mentions {
        if let Some(number) = mention.user.certificate_number.value() {
            seats.add(number, key_of(mention.user), mention.on_roster);
        }
    }
    // A number that lost its zeros is the whole one that another form has.
    for mention in mentions {
        let number = &mention.user.certificate_number;
        let padded = number
            .is_unclear()
            .then(|| certificate::padded(&number.raw));
        if let Some(whole) = padded.flatten().filter(|whole| seats.holds(whole)) {
            seats.add(&whole, key_of(mention.user), mention.on_roster);
        }
    }
    seats.close()
}

/// Not linked yet.
const NOBODY: PersonId = PersonId(usize::MAX);

#[derive(Default)]
struct Linking {
    linked: Linked,
    by_number: BTreeMap<CertificateNumber, PersonId>,
    names: KnownNames,
    /// Users that the forms of a file name.
    in_file: BTreeMap<String, BTreeSet<PersonId>>,
    /// Records of nobody known, by what is written and where.
    lots: BTreeMap<(String, String, String), PersonId>,
    /// Users whose names the paths of files hold.
    in_path: BTreeMap<String, BTreeSet<PersonId>>,
}

impl Linking {
    fn add(&mut self, name: &str, number: Option<CertificateNumber>) -> PersonId {
        self.linked.people.push(Person {
            name: name.to_owned(),
            certificate_number: number,
        });
        PersonId(self.linked.people.len() - 1)
    }

    fn by_number(&mut self, mention: &mut Mention, seats: &Seats) {
        let user = &mut mention.user;
        user.person = NOBODY;
        let Some(number) = user.certificate_number.value().cloned() else {
            return;
        };
        let owner = owner(&number, seats);
        let right = match &owner {
            Owner::SlipOf(right) => right.clone(),
            _ => number,
        };
        let id = self.numbered(right);
        user.person = id;
        match owner {
            Owner::Itself => {}
            Owner::SlipOf(_) => user.certificate_number.doubts.push(Doubt::NumberDiffers),
            Owner::Unclear(others) => {
                let may_be = others.into_iter().map(|other| self.numbered(other));
                let may_be = may_be.collect();
                self.linked.unplaced.insert(id, may_be);
            }
        }
        let Some(written) = user.name.text() else {
            return;
        };
        let is_user = !self.linked.unplaced.contains_key(&id);
        if let Some(person) = self.linked.people.get_mut(id.0)
            && person.name.is_empty()
        {
            person.name = written.to_owned();
            if is_user {
                self.names.add_name(written, id);
            }
        }
        if is_user {
            self.names.add_writing(&name::name_key(written), id);
        }
    }

    fn numbered(&mut self, number: CertificateNumber) -> PersonId {
        if let Some(id) = self.by_number.get(&number) {
            return *id;
        }
        let id = self.add("", Some(number.clone()));
        self.by_number.insert(number, id);
        id
    }

    /// A lost zero that fits a user, else the name.
    fn by_name(&mut self, mention: &mut Mention) {
        let user = &mut mention.user;
        let padded = certificate::padded(&user.certificate_number.raw);
        let by_zero = padded.as_ref().and_then(|n| self.by_number.get(n)).copied();
        if let Some(id) = by_zero {
            restore(&mut user.certificate_number, padded);
            user.person = id;
            return;
        }
        let Some(key) = key_of(user) else {
            return;
        };
        let same = self.names.named(&key);
        let part = self.names.named_in_part(&key);
        if let Some(only) = single(&same) {
            user.person = only;
        } else if mention.on_roster {
            user.person = self.named(user, &key);
        } else if let (true, Some(only)) = (same.is_empty(), single(&part)) {
            user.name.doubts.push(Doubt::NameInPart);
            user.person = only;
        } else if same.is_empty() && part.is_empty() && self.names.named_nearly(&key).is_empty() {
            user.person = self.named(user, &key);
        }
    }

    /// A user that is known by name only.
    fn named(&mut self, user: &UserMention, key: &str) -> PersonId {
        let name = user.name.text().unwrap_or_default();
        let id = self.add(name, None);
        self.names.add_name(name, id);
        self.names.add_writing(key, id);
        id
    }

    /// All users with the keys of their names.
    fn users(&self) -> Vec<(PersonId, String)> {
        let people = self.linked.people.iter().enumerate();
        people
            .map(|(at, person)| (PersonId(at), name::name_key(&person.name)))
            .filter(|(id, _)| !self.linked.unplaced.contains_key(id))
            .collect()
    }

    fn note_files(&mut self, mentions: &[Mention]) {
        for mention in mentions {
            let id = mention.user.person;
            if id != NOBODY && !self.linked.unplaced.contains_key(&id) {
                let users = self.in_file.entry(mention.file.to_owned()).or_default();
                users.insert(id);
            }
        }
    }

    /// The one user of the file that it can be; else a lot of its own.
    fn by_file(&mut self, mention: &mut Mention, users: &[(PersonId, String)]) {
        let key = key_of(mention.user).unwrap_or_default();
        let may_be = if key.is_empty() {
            BTreeSet::new()
        } else {
            let names = &self.names;
            let part = [names.named_in_part(&key), names.named_nearly(&key)];
            let kinds = [names.named(&key)].into_iter().chain(part);
            kinds
                .into_iter()
                .find(|ids| !ids.is_empty())
                .unwrap_or_default()
        };
        let fitting = |ids: BTreeSet<PersonId>| {
            let fits = |id: &PersonId| may_be.is_empty() || may_be.contains(id);
            single(&ids.into_iter().filter(fits).collect())
        };
        let told = match self.in_file.get(mention.file) {
            None => fitting(self.named_by_path(mention.file, users)),
            Some(users) => single(users).and_then(|only| fitting([only].into())),
        };
        let user = &mut mention.user;
        if let Some(id) = told {
            user.name.doubts.push(Doubt::UserFromFile);
            user.person = id;
            return;
        }
        let lot = (
            key,
            user.certificate_number.raw.clone(),
            mention.file.to_owned(),
        );
        user.person = match self.lots.get(&lot) {
            Some(id) => *id,
            None => {
                let id = self.add(user.name.text().unwrap_or_default(), None);
                let may_be = may_be.into_iter().collect();
                self.linked.unplaced.insert(id, may_be);
                self.lots.insert(lot, id);
                id
            }
        };
    }

    /// Users whose whole name the path holds.
    fn named_by_path(&mut self, path: &str, users: &[(PersonId, String)]) -> BTreeSet<PersonId> {
        if let Some(known) = self.in_path.get(path) {
            return known.clone();
        }
        let key = name::name_key(path);
        let users = users.iter();
        let found: BTreeSet<PersonId> = users
            .filter(|(_, name)| name.chars().count() > 2 && key.contains(name))
            .map(|(id, _)| *id)
            .collect();
        self.in_path.insert(path.to_owned(), found.clone());
        found
    }
}

fn key_of(user: &UserMention) -> Option<String> {
    let key = user.name.text().map(name::name_key)?;
    (!key.is_empty()).then_some(key)
}

fn single(ids: &BTreeSet<PersonId>) -> Option<PersonId> {
    ids.first().copied().filter(|_| ids.len() == 1)
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

    /// A mention on the roster where `file` says so.
    struct Written(UserMention, &'static str);

    fn mention(name: &str, number: &str, file: &'static str) -> Written {
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
        let user = UserMention {
            name,
            certificate_number: field,
            person: PersonId::default(),
        };
        Written(user, file)
    }

    fn on_roster(name: &str, number: &str) -> Written {
        mention(name, number, "名簿.xlsx")
    }

    fn linked(all: &mut [Written]) -> (Linked, Vec<usize>) {
        let mut mentions: Vec<Mention> = all
            .iter_mut()
            .map(|Written(user, file)| Mention {
                user,
                file,
                on_roster: *file == "名簿.xlsx",
            })
            .collect();
        let linked = link(&mut mentions);
        (linked, all.iter().map(|w| w.0.person.0).collect())
    }

    fn doubts(written: &Written) -> Vec<Doubt> {
        let user = &written.0;
        [&user.name.doubts[..], &user.certificate_number.doubts].concat()
    }

    #[test]
    fn variants_and_lost_zeros_are_one_person() {
        let (linked, ids) = linked(&mut [
            mention("髙橋　遥", "0123456789", "a"),
            mention("高橋 遥", "123456789", "a"),
            mention("高橋遥様", "", "a"),
            mention("", "0123456789", "a"),
        ]);
        assert_eq!(ids, [0, 0, 0, 0]);
        assert_eq!(linked.people[0].name, "髙橋　遥");
    }

    #[test]
    fn two_numbers_are_two_people_even_of_one_name() {
        let (linked, ids) = linked(&mut [
            on_roster("森 翔", "0000000001"),
            on_roster("森 翔", "0000000022"),
            mention("森 翔", "", "a"),
        ]);
        assert_eq!(ids, [0, 1, 2]);
        let may_be = &linked.unplaced[&PersonId(2)];
        assert_eq!(may_be, &[PersonId(0), PersonId(1)]);
    }

    #[test]
    fn one_slip_under_the_rosters_name_is_its_user() {
        for slip in ["0123456788", "0132456789"] {
            let mut all = [
                on_roster("白石　みのり", "0123456789"),
                mention("白石みのり", slip, "a"),
                mention("", slip, "b"),
            ];
            let (linked, ids) = linked(&mut all);
            assert_eq!((linked.people.len(), ids), (1, vec![0, 0, 0]), "{slip}");
            assert_eq!(doubts(&all[1]), [Doubt::NumberDiffers]);
            assert!(doubts(&all[0]).is_empty());
        }
    }

    #[test]
    fn another_number_under_the_rosters_name_is_nobody_yet() {
        let (linked, ids) = linked(&mut [
            on_roster("白石　みのり", "0123456789"),
            mention("白石みのり", "0123456700", "a"),
            mention("黒石みのり", "0123456788", "b"),
        ]);
        assert_eq!(ids, [0, 1, 2]);
        assert_eq!(linked.unplaced[&PersonId(1)], [PersonId(0)]);
        assert!(!linked.unplaced.contains_key(&PersonId(2)));
    }

    #[test]
    fn the_rosters_number_counts_though_it_lost_its_zero() {
        let (linked, ids) = linked(&mut [
            on_roster("白石　みのり", "123456789"),
            mention("白石みのり", "0123456789", "a"),
            mention("白石みのり", "9876543210", "b"),
        ]);
        assert_eq!((ids[0], ids[1]), (ids[1], ids[0]));
        assert_ne!(ids[2], ids[0]);
        assert_eq!(linked.unplaced[&PersonId(ids[2])], [PersonId(ids[0])]);
    }

    #[test]
    fn without_a_roster_the_usual_number_is_right() {
        let (linked, ids) = linked(&mut [
            mention("森 翔", "0000000002", "a"),
            mention("森 翔", "0000000001", "a"),
            mention("森 翔", "0000000001", "a"),
        ]);
        assert_eq!(ids, [0, 0, 0]);
        let number = linked.people[0].certificate_number.as_ref();
        assert_eq!(number.unwrap().as_str(), "0000000001");
    }

    #[test]
    fn a_family_name_is_enough_where_it_is_the_only_one() {
        let mut all = [
            on_roster("五十嵐　由紀子", "0000000001"),
            on_roster("森田 翔", "0000000002"),
            mention("五十嵐", "", "a"),
            mention("森", "", "b"),
        ];
        let (linked_once, ids) = linked(&mut all);
        assert_eq!(ids, [0, 1, 0, 2]);
        assert!(linked_once.unplaced.is_empty());
        assert_eq!(doubts(&all[2]), [Doubt::NameInPart]);
        let (linked, ids) = linked(&mut [
            on_roster("五十嵐　由紀子", "0000000001"),
            on_roster("五十嵐　悠", "0000000022"),
            mention("五十嵐", "", "a"),
        ]);
        assert_eq!(ids[2], 2);
        assert_eq!(linked.unplaced[&PersonId(2)].len(), 2);
    }

    #[test]
    fn the_other_forms_of_the_workbook_tell_who_a_blank_is() {
        let mut all = [
            on_roster("五十嵐　由紀子", "0000000001"),
            on_roster("五十嵐　由紀子", "0000000022"),
            mention("", "0000000001", "a"),
            mention("", "", "a"),
            mention("五十嵐由紀子", "", "a"),
            mention("五十風由紀子", "", "a"),
        ];
        let (linked, ids) = linked(&mut all);
        assert_eq!(ids, [0, 1, 0, 0, 0, 0]);
        assert!(linked.unplaced.is_empty());
        assert_eq!(doubts(&all[3]), [Doubt::UserFromFile]);
    }

    #[test]
    fn the_name_of_the_file_tells_where_no_form_does() {
        let (linked, ids) = linked(&mut [
            on_roster("五十嵐　由紀子", "0000000001"),
            on_roster("森 翔", "0000000022"),
            mention("", "", "記録/五十嵐 由紀子/9月.xlsx"),
            mention("", "", "記録/9月.xlsx"),
        ]);
        assert_eq!(ids, [0, 1, 0, 2]);
        assert_eq!(linked.unplaced[&PersonId(2)], []);
    }

    #[test]
    fn a_blank_among_several_users_is_nobody() {
        let (linked, ids) = linked(&mut [
            on_roster("五十嵐　由紀子", "0000000001"),
            on_roster("森 翔", "0000000022"),
            mention("", "0000000001", "a"),
            mention("", "0000000022", "a"),
            mention("", "", "a"),
            mention("", "", "a"),
        ]);
        assert_eq!(ids[4..], [2, 2]);
        assert_eq!(linked.unplaced.len(), 1);
    }

    #[test]
    fn a_whole_name_that_nobody_has_is_another_user() {
        let (linked, ids) = linked(&mut [
            on_roster("五十嵐　由紀子", "0000000001"),
            mention("南 和也", "", "a"),
            mention("南和也", "", "b"),
        ]);
        assert_eq!(ids, [0, 1, 1]);
        assert!(linked.unplaced.is_empty());
    }

    #[test]
    fn a_short_number_that_fits_nobody_stays_unread() {
        let mut only = mention("森 翔", "123456789", "a");
        only.0.certificate_number = Field::unclear("123456789", Wording::default(), None);
        let (linked, _) = linked(&mut [only]);
        assert_eq!(linked.people[0].certificate_number, None);
    }
}
