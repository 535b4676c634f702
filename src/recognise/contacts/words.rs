//! The words that tell the contacts of a day apart: what heads their parts, and which of them
//! a row is.
//!
//! Only words; the lists stand in `templates/layouts.toml`.

use serde::Deserialize;

use crate::recognise::item::Item;
use crate::recognise::wording::key::Key;
use crate::recognise::wording::key::label_key;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWords {
    times: Vec<Key>,
    means: Vec<Key>,
    texts: Vec<Key>,
    told: Vec<Key>,
    not_told: Vec<Key>,
    names: Vec<Key>,
    named: Vec<Key>,
    starts: Vec<Key>,
    middles: Vec<Key>,
    ends: Vec<Key>,
    not_work: Vec<Key>,
    works: Vec<Key>,
    ends_of_name: Vec<Key>,
}

/// A shorter word, such as 中, is looked for as a whole only.
const SHORTEST: usize = 2;

/// No name of a contact is longer.
const LONGEST: usize = 32;

/// Which of a day's contacts a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// At the start of the work.
    Start,
    /// Between start and end.
    Middle,
    /// At the end of the work.
    End,
}

impl ContactWords {
    /// What part of a contact a head is about: [`Item::Time`], [`Item::Method`] or
    /// [`Item::Support`].
    pub fn part(&self, head: &str) -> Option<Item> {
        let key = label_key(head);
        let parts = [
            (&self.times, Item::Time),
            (&self.means, Item::Method),
            (&self.texts, Item::Support),
        ];
        let named = |words: &[Key]| words.iter().any(|word| word.is(&key));
        let found = parts.into_iter().find(|(words, _)| named(words));
        found.map(|(_, item)| item)
    }

    /// Whether a head that stands beside the time and the means of a contact asks what was said.
    pub fn tells(&self, head: &str) -> bool {
        let key = label_key(head);
        let ends = |words: &[Key]| words.iter().any(|word| key.ends_with(word.as_str()));
        self.told.iter().any(|word| key.contains(word.as_str())) && !ends(&self.not_told)
    }

    /// Whether a cell at the head of a row can be the name of one contact and of nothing else.
    pub fn is_name(&self, text: &str) -> bool {
        let key = label_key(text);
        self.names.iter().any(|word| word.is(&key))
    }

    /// Whether a head asks when a contact was, and says that it is one's: 連絡時刻.
    pub fn is_time(&self, head: &str) -> bool {
        let key = label_key(head);
        let called = |word: &Key| key.starts_with(word.as_str());
        self.part(head) == Some(Item::Time) && self.named.iter().any(called)
    }

    /// Whether the time that a head asks for is not when the work was done.
    pub fn is_no_work(&self, head: &str) -> bool {
        holds(&self.not_work, &label_key(head))
    }

    /// A head that names both a contact and a part of it, as 開始連絡 時刻: the contact's name,
    /// and the part.
    pub fn named_part<'a>(&self, head: &'a str) -> Option<(&'a str, Item)> {
        let cuts = head.char_indices().skip(1).map(|(at, _)| at);
        let parts = cuts.filter_map(|at| Some((head.get(..at)?, self.part(head.get(at..)?)?)));
        let trimmed = parts.map(|(name, item)| {
            let name = name.trim_end_matches(|c: char| c.is_whitespace() || "の・（(".contains(c));
            (name, item)
        });
        trimmed.max_by_key(|(name, _)| name.len())
    }

    /// Whether the key of a head counts the contacts, 支援2回目, or names one by what was done and
    /// when in the day, 途中の電話.
    pub fn is_of_contact(&self, key: &str) -> bool {
        // A sentence tells what was done; it names nothing.
        if key.contains('。') || key.chars().nth(LONGEST).is_some() {
            return false;
        }
        let holds = |words: &[Key]| holds(words, key);
        let is_counted = key
            .split_once("回目")
            .is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()));
        let is_timed = [&self.starts, &self.middles, &self.ends]
            .into_iter()
            .any(|words| holds(words));
        is_counted || is_timed && holds(&self.named)
    }

    /// Which contact a cell says that its row is.
    pub fn phase(&self, text: &str) -> Option<Phase> {
        let key = label_key(text);
        let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let phases = [
            (&self.starts, Phase::Start),
            (&self.middles, Phase::Middle),
            (&self.ends, Phase::End),
        ];
        let said = |key: &str| {
            let is_it = |words: &[Key]| words.iter().any(|word| word.is(key));
            let found = phases.into_iter().find(|(words, _)| is_it(words));
            found.map(|(_, phase)| phase)
        };
        said(key).or_else(|| said(self.moment(key)))
    }

    /// When in the work a name of a contact says that it is, without the work and the contact:
    /// 途中 of 在宅作業途中の連絡時.
    fn moment<'a>(&self, key: &'a str) -> &'a str {
        let longest = |words: &[Key], fits: &dyn Fn(&str) -> bool| {
            let words = words.iter().chain(&self.named).map(Key::as_str);
            words.filter(|word| fits(word)).map(str::len).max()
        };
        let mut key = key;
        while let Some(length) = longest(&self.ends_of_name, &|word| key.ends_with(word)) {
            key = key.get(..key.len() - length).unwrap_or_default();
        }
        while let Some(length) = longest(&self.works, &|word| key.starts_with(word)) {
            key = key.get(length..).unwrap_or_default();
            key = key.strip_prefix('の').unwrap_or(key);
        }
        key
    }

    /// Which contact a column's head names, by the words in it.
    pub fn phase_of_head(&self, head: &str) -> Option<Phase> {
        let key = label_key(head);
        let holds = |words: &[Key]| holds(words, &key);
        match (holds(&self.starts), holds(&self.ends)) {
            (true, false) => Some(Phase::Start),
            (false, true) => Some(Phase::End),
            _ => None,
        }
    }
}

/// Whether a key has one of the words in it.
fn holds(words: &[Key], key: &str) -> bool {
    let mut words = words.iter().map(Key::as_str);
    words.any(|word| word.chars().count() >= SHORTEST && key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::wording::layout_words;

    fn words() -> &'static ContactWords {
        &layout_words::words().contacts
    }

    #[test]
    fn a_row_is_the_contact_that_its_cell_says() {
        let phase = |text| words().phase(text);
        assert_eq!(phase("作業開始"), Some(Phase::Start));
        assert_eq!(phase("（始）"), Some(Phase::Start));
        assert_eq!(phase("②途中連絡"), Some(Phase::Middle));
        assert_eq!(phase("終 了"), Some(Phase::End));
        for middle in [
            "作業途中",
            "在宅訓練の途中の連絡",
            "業務中間時",
            "途中の様子確認",
        ] {
            assert_eq!(phase(middle), Some(Phase::Middle), "{middle}");
        }
        assert_eq!(phase("在宅就労の終了報告"), Some(Phase::End));
        for other in [
            "在宅",
            "開始から終了まで",
            "電話",
            "作業",
            "支援時間",
            "作業途中の休憩",
            "",
        ] {
            assert_eq!(phase(other), None, "{other}");
        }
    }

    #[test]
    fn a_head_counts_the_contacts_or_says_when_one_was() {
        let is_of_contact = |head| words().is_of_contact(&label_key(head));
        for head in [
            "支援１回目（開始時）",
            "その他の支援（途中の連絡等）",
            "終了時の電話",
        ] {
            assert!(is_of_contact(head), "{head}");
        }
        for head in [
            "支援時間",
            "開始時刻",
            "支援内容",
            "回目",
            "作業終了",
            "次回は続きから始めることを確認。",
            "終わりに次の日の手順を確認した。",
        ] {
            assert!(!is_of_contact(head), "{head}");
        }
    }

    #[test]
    fn a_head_names_a_contact_and_its_part() {
        let named = |head| words().named_part(head);
        assert_eq!(named("開始連絡　時刻"), Some(("開始連絡", Item::Time)));
        assert_eq!(named("2回目の内容"), Some(("2回目", Item::Support)));
        assert_eq!(named("時刻"), None);
        assert_eq!(words().phase_of_head("おわりの連絡"), Some(Phase::End));
        assert_eq!(words().phase_of_head("1回目"), None);
    }
}
