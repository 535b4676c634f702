//! The names of an office's users as they become known, to be found as a whole, by their first
//! part, or with a slip in them.
//!
//! Looked up, never searched through: a file may name any number of people.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::name;
use crate::model::PersonId;

/// Users that one name may stand for; a longer list helps nobody.
pub const MOST_NAMESAKES: usize = 20;
/// Names in which a slip is looked for. No office has as many users.
const MOST_NAMES: usize = 10_000;
/// Characters up to which a name may be a slip of another.
const LONGEST: usize = 40;
/// Stands for the one character that may be another.
const ANY: char = '\0';

type Ids = BTreeSet<PersonId>;

/// Users by their names' comparison keys.
#[derive(Debug, Default)]
pub struct KnownNames {
    /// By each writing of a whole name.
    whole: BTreeMap<String, Ids>,
    /// By the family name, where white space tells it.
    family: BTreeMap<String, Ids>,
    /// By a whole name that nothing divides.
    undivided: BTreeMap<String, Ids>,
    /// The keys of `whole`, with any one character left open.
    open: BTreeMap<String, BTreeSet<String>>,
}

impl KnownNames {
    /// A writing of a user's name, as its key.
    pub fn add_writing(&mut self, key: &str, id: PersonId) {
        let is_new = !self.whole.contains_key(key);
        if is_new && self.whole.len() < MOST_NAMES {
            for open in opened(key) {
                self.open.entry(open).or_default().insert(key.to_owned());
            }
        }
        self.whole.entry(key.to_owned()).or_default().insert(id);
    }

    /// The name that the user goes by, as written.
    pub fn add_name(&mut self, name: &str, id: PersonId) {
        let (part, key) = match name.split_once(char::is_whitespace) {
            Some((family, _)) => (&mut self.family, name::name_key(family)),
            None => (&mut self.undivided, name::name_key(name)),
        };
        part.entry(key).or_default().insert(id);
    }

    /// Users of that name.
    pub fn named(&self, key: &str) -> Ids {
        few(self.whole.get(key).into_iter().flatten())
    }

    /// Users of whose name `key` is the first part.
    pub fn named_in_part(&self, key: &str) -> Ids {
        let family = self.family.get(key).into_iter().flatten();
        let after = (Bound::Excluded(key), Bound::Unbounded);
        let longer = self.undivided.range::<str, _>(after);
        let begun = longer
            .take_while(|(name, _)| key.chars().count() > 1 && name.starts_with(key))
            .flat_map(|(_, ids)| ids);
        few(family.chain(begun))
    }

    /// Users whose name has another character in one place.
    pub fn named_nearly(&self, key: &str) -> Ids {
        let opened = opened(key);
        let names = opened.iter().filter_map(|open| self.open.get(open));
        let others = names.flatten().filter(|name| *name != key);
        few(others.filter_map(|name| self.whole.get(name)).flatten())
    }
}

fn few<'a>(ids: impl Iterator<Item = &'a PersonId>) -> Ids {
    ids.take(MOST_NAMESAKES).copied().collect()
}

/// The key with each of its characters left open in turn; none where it is too short, or too
/// long, to have a slip in it.
fn opened(key: &str) -> Vec<String> {
    let chars: Vec<char> = key.chars().take(LONGEST + 1).collect();
    if !(3..=LONGEST).contains(&chars.len()) {
        return Vec::new();
    }
    let open = |place: usize| {
        let chars = chars.iter().enumerate();
        chars
            .map(|(at, c)| if at == place { ANY } else { *c })
            .collect()
    };
    (0..chars.len()).map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> KnownNames {
        let mut known = KnownNames::default();
        for (id, name) in names.iter().enumerate() {
            known.add_writing(&name::name_key(name), PersonId(id));
            known.add_name(name, PersonId(id));
        }
        known
    }

    fn ids(ids: Ids) -> Vec<usize> {
        ids.into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn a_first_part_is_a_family_name_or_what_an_undivided_name_begins_with() {
        let known = known(&["五十嵐　悠", "五十嵐　空", "森田翔", "森　翔", "佐藤"]);
        assert_eq!(ids(known.named_in_part("五十嵐")), [0, 1]);
        assert_eq!(ids(known.named_in_part("森田")), [2]);
        assert_eq!(ids(known.named_in_part("森")), [3], "one letter is no part");
        for not_a_part in ["佐藤", "五十", "翔", ""] {
            assert_eq!(known.named_in_part(not_a_part), Ids::new(), "{not_a_part}");
        }
    }

    #[test]
    fn one_other_character_is_nearly_the_name() {
        let known = known(&["五十嵐悠", "五十嵐空", "森翔"]);
        assert_eq!(ids(known.named_nearly("五十風悠")), [0]);
        assert_eq!(ids(known.named_nearly("五十嵐海")), [0, 1]);
        for other in ["五十風海", "五十嵐悠子", "林翔", ""] {
            assert_eq!(known.named_nearly(other), Ids::new(), "{other}");
        }
        assert_eq!(ids(known.named_nearly("五十嵐悠")), [1], "another user's");
    }
}
