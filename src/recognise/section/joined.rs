//! Several boxes of a form for one field of the record, put together. Which boxes are one field
//! is not asked here.

use crate::recognise::form::Entry;

/// Lets an entry go on with the words of others, in their order.
pub fn go_on(first: &mut Entry, others: Vec<Entry>) {
    for other in others {
        if first.words.is_empty() && !other.words.is_empty() {
            first.home = other.home;
        }
        first.words.extend(other.words);
        for ground in other.grounds.iter() {
            first.grounds.insert(ground);
        }
    }
}

/// One entry of all: under the label of the first that holds something.
pub fn whole(mut entries: Vec<Entry>) -> Vec<Entry> {
    if entries.len() < 2 {
        return entries;
    }
    let first = entries.iter().position(|entry| !entry.words.is_empty());
    let mut whole = entries.remove(first.unwrap_or(0));
    go_on(&mut whole, entries);
    vec![whole]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Ground, Grounds};
    use crate::recognise::testing::word;

    fn entry(label: &str, home: &str, text: Option<&str>) -> Entry {
        let words = text.map(|text| word(home, text)).into_iter();
        let home = Cell::parse(home).unwrap();
        Entry::new(label.to_owned(), home, words.collect())
    }

    fn told(entry: &Entry) -> (&str, Cell, String) {
        let texts = entry.words.iter().map(|word| word.text.as_str());
        (&entry.label, entry.home, texts.collect())
    }

    #[test]
    fn words_of_others_follow_with_what_they_rest_on() {
        let mut first = entry("体調", "B2", Some("良好"));
        let grounds = Grounds::from_iter([Ground::LabelByWord]);
        let second = entry("助言", "B3", Some("休む"));
        go_on(&mut first, vec![Entry { grounds, ..second }]);
        let home = Cell::parse("B2").unwrap();
        assert_eq!(told(&first), ("体調", home, "良好休む".to_owned()));
        assert!(first.grounds.contains(Ground::LabelByWord));
    }

    #[test]
    fn an_empty_box_gives_its_place_to_the_first_that_is_not() {
        let parts = || {
            vec![
                entry("様子", "B2", None),
                entry("助言", "B3", None),
                entry("所見", "B4", Some("休む")),
            ]
        };
        let (blank, filled) = (Cell::parse("B2").unwrap(), Cell::parse("B4").unwrap());
        let mut first = entry("様子", "B2", None);
        go_on(&mut first, parts());
        assert_eq!(told(&first), ("様子", filled, "休む".to_owned()));
        assert_eq!(
            told(&whole(parts())[0]),
            ("所見", filled, "休む".to_owned())
        );
        let unwritten = whole(parts()[..2].to_vec());
        assert_eq!(told(&unwritten[0]), ("様子", blank, String::new()));
    }
}
