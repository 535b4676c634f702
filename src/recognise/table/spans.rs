//! Periods and times in two columns under one head: 支給決定期間 over から and まで.

use serde::Deserialize;

use crate::recognise::item::Item;
use crate::recognise::wording::key::Key;
use crate::recognise::wording::key::label_key;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanWords {
    from: Vec<Key>,
    to: Vec<Key>,
}

impl SpanWords {
    /// All words that divide a head.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        self.from.iter().chain(&self.to)
    }

    /// The end of `whole`, a period or a time, that a head below its own names.
    pub fn end_of(&self, whole: Item, head: &str) -> Option<Item> {
        let key = label_key(head);
        let says = |words: &[Key]| words.iter().any(|word| word.is(&key));
        let (from, to) = match whole {
            Item::Grant => (Item::GrantFrom, Item::GrantTo),
            Item::Period => (Item::PeriodFrom, Item::PeriodTo),
            Item::Time => (Item::Start, Item::End),
            _ => return None,
        };
        match (says(&self.from), says(&self.to)) {
            (true, _) => Some(from),
            (_, true) => Some(to),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::wording::layout_words;

    #[test]
    fn a_period_is_divided_by_the_heads_below_it() {
        let end = |whole, head| layout_words::words().spans.end_of(whole, head);
        assert_eq!(end(Item::Grant, "から"), Some(Item::GrantFrom));
        assert_eq!(end(Item::Period, "（至）"), Some(Item::PeriodTo));
        assert_eq!(end(Item::Time, "終了"), Some(Item::End));
        assert_eq!(end(Item::Time, "連絡"), None);
        assert_eq!(end(Item::Work, "から"), None);
    }
}
