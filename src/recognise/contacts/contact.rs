//! One contact of a day, however it is laid out: what it is called, when it was and what was said.

use crate::model::Cell;
use crate::recognise::contacts::words::Phase;
use crate::recognise::form::{Entry, Word};
use crate::recognise::item::Item;
use crate::recognise::wording::layout_words;

/// A contact, from the boxes of its parts.
#[derive(Debug)]
pub struct Contact {
    /// Its name, or the label over what was said.
    pub name: String,
    /// The first cell of its boxes.
    pub home: Cell,
    /// When it was.
    pub time: Vec<Word>,
    /// What was said.
    pub said: Vec<Word>,
}

impl Contact {
    /// The end of the work at which it was, by its name: its time may tell of the work too.
    pub fn end_of_work(&self) -> Option<(Item, Entry)> {
        let item = match layout_words::words().contacts.moment(&self.name)? {
            Phase::Start => Item::Start,
            Phase::Middle => return None,
            Phase::End => Item::End,
        };
        Some((
            item,
            Entry::new(self.name.clone(), self.home, self.time.clone()),
        ))
    }

    /// Its time and words as one value.
    pub fn entry(self) -> Entry {
        let words = self.time.into_iter().chain(self.said).collect();
        Entry::new(self.name, self.home, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_contact_tell_of_the_work() {
        let word = |text: &str| Word {
            text: text.to_owned(),
            ..Word::default()
        };
        let named = |name: &str| Contact {
            name: name.to_owned(),
            home: Cell::new(4, 1),
            time: vec![word("10:00")],
            said: vec![word("始める。")],
        };
        let of_work = |name| named(name).end_of_work().map(|(item, _)| item);
        assert_eq!(of_work("始まりの連絡"), Some(Item::Start));
        assert_eq!(of_work("夕"), Some(Item::End));
        assert_eq!(of_work("途中連絡"), None);
        assert_eq!(of_work("2回目"), None);
        let words = named("朝").entry().words;
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["10:00", "始める。"]);
    }
}
