//! The words that tell the contacts of a day apart: what heads their parts, what one of them is
//! called, and which of them it is.
//!
//! Only words, the one place where they are asked for; the lists stand in
//! `templates/layouts.toml`.

use serde::Deserialize;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::{Key, label_key, without_brackets};
use crate::recognise::wording::vocabulary::Vocabulary;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWords {
    times: Vec<Key>,
    means: Vec<Key>,
    by: Vec<Key>,
    texts: Vec<Key>,
    told: Vec<Key>,
    not_told: Vec<Key>,
    when: Vec<Key>,
    called: Vec<Key>,
    counted: Vec<Key>,
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
        self.told.iter().any(|word| key.contains(word.as_str())) && self.may_tell(head)
    }

    /// Whether a head could ask what was said, and not who said it, how or when.
    pub fn may_tell(&self, head: &str) -> bool {
        let key = label_key(head);
        let mut ends = self.not_told.iter();
        !ends.any(|word| key.ends_with(word.as_str()))
    }

    /// Whether a text is the name of one contact of a day: 1回目, 終わりの連絡, 途中の電話, 朝, ②.
    pub fn names_contact(&self, vocabulary: &Vocabulary, text: &str) -> bool {
        let is_label = |text: &str| {
            let mut meanings = vocabulary.meanings(text).into_iter().flatten();
            meanings.any(|meaning| *meaning == (Some(FormKind::Daily), Item::Contact))
        };
        let key = label_key(text);
        // A sentence tells what was done; it names nothing.
        if key.contains('。') || key.chars().nth(LONGEST).is_some() {
            return false;
        }
        let bare = key.trim_matches(|c: char| c.is_ascii_digit());
        let is_numbered = key != bare && self.called.iter().any(|word| word.is(bare));
        is_label(text)
            || bare != text && is_label(bare)
            || self.is_counted(&key)
            || self.is_timed(&key)
            || self.is_moment(text)
            || is_numbered
            || bare.is_empty() && text.contains(|c| ('①'..='⑳').contains(&c))
    }

    /// The same of a cell at the head of a row of a list of contacts, where 午前 names one too,
    /// with what brackets say of it or without.
    pub fn names_row(&self, vocabulary: &Vocabulary, text: &str) -> bool {
        let is_name = |text: &str| {
            let key = label_key(text);
            self.names_contact(vocabulary, text) || self.names.iter().any(|word| word.is(&key))
        };
        let outside = without_brackets(text);
        is_name(text) || outside != text && is_name(&outside)
    }

    /// Whether a text says which contact of the day one is, and nothing more: 作業開始, 途中, 朝.
    pub fn is_moment(&self, text: &str) -> bool {
        self.exact_moment(text).is_some()
    }

    /// Which contact of the day is called so; `None` where the name does not tell, as 1回目.
    pub fn moment(&self, name: &str) -> Option<Phase> {
        self.exact_moment(name).or_else(|| {
            let key = label_key(name);
            match (holds(&self.starts, &key), holds(&self.ends, &key)) {
                (true, false) => Some(Phase::Start),
                (false, true) => Some(Phase::End),
                _ => None,
            }
        })
    }

    /// Which contact of the day a text says that one is, and nothing more.
    pub fn exact_moment(&self, text: &str) -> Option<Phase> {
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
        said(key).or_else(|| said(self.moment_alone(key)))
    }

    /// Whether a key counts the contacts: 支援2回目.
    fn is_counted(&self, key: &str) -> bool {
        let mut counted = self.counted.iter().map(Key::as_str);
        counted.any(|word| {
            key.contains(word)
                && key
                    .split_once(word)
                    .is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()))
        })
    }

    /// Whether a key names a contact by what was done and when in the day: 途中の電話.
    fn is_timed(&self, key: &str) -> bool {
        let moments = [&self.starts, &self.middles, &self.ends];
        moments.into_iter().any(|words| holds(words, key)) && holds(&self.named, key)
    }

    /// Whether a text names nothing but the means of a contact, one or several of them printed:
    /// ☑電話　□LINE.
    pub fn is_means(&self, text: &str) -> bool {
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != 'ー' && c != '-');
        let mut named = parts
            .map(label_key)
            .filter(|part| !part.is_empty())
            .peekable();
        named.peek().is_some() && named.all(|part| self.by.iter().any(|word| word.is(&part)))
    }

    /// Whether a head says by its words that it is about contacts: 支援者との連絡.
    pub fn is_about_contacts(&self, head: &str) -> bool {
        holds(&self.called, &label_key(head))
    }

    /// Whether a head asks when, by a word in it: 連絡した時間帯.
    pub fn asks_when(&self, head: &str) -> bool {
        let key = label_key(head);
        self.when.iter().any(|word| key.contains(word.as_str()))
    }

    /// The part of a contact that a head in a row of such heads is about, where it asks what was
    /// said by a word in it too.
    pub fn part_or_told(&self, head: &str) -> Option<Item> {
        let told = || self.tells(head).then_some(Item::Support);
        self.part(head).or_else(told)
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

    /// When in the work a name of a contact says that it is, without the work and the contact:
    /// 途中 of 在宅作業途中の連絡時.
    fn moment_alone<'a>(&self, key: &'a str) -> &'a str {
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
    fn a_contact_is_that_of_the_day_that_its_name_says() {
        let moment = |text| words().moment(text);
        assert_eq!(moment("作業開始"), Some(Phase::Start));
        assert_eq!(moment("（始）"), Some(Phase::Start));
        assert_eq!(moment("②途中連絡"), Some(Phase::Middle));
        assert_eq!(moment("終 了"), Some(Phase::End));
        for name in ["作業開始", "（始）", "②途中連絡", "終 了", "おわりの連絡"]
        {
            assert!(words().is_moment(name), "{name}");
        }
        assert_eq!(moment("おわりの連絡"), Some(Phase::End));
        assert_eq!(moment("在宅訓練の途中の連絡"), Some(Phase::Middle));
        for other in [
            "在宅",
            "開始から終了まで",
            "電話",
            "1回目",
            "作業途中の休憩",
            "",
        ] {
            assert_eq!(moment(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_counts_the_contacts_or_says_when_one_was() {
        let names_contact = |text| words().names_contact(Vocabulary::builtin(), text);
        for name in [
            "支援１回目（開始時）",
            "その他の支援（途中の連絡等）",
            "終了時の電話",
            "作業終了",
            "連絡③",
            "②",
            "夕",
        ] {
            assert!(names_contact(name), "{name}");
        }
        for other in ["支援時間", "開始時刻", "支援内容", "回目", "連絡", "2", ""] {
            assert!(!names_contact(other), "{other}");
        }
    }

    #[test]
    fn some_words_name_a_contact_at_the_head_of_its_row_only() {
        let vocabulary = Vocabulary::builtin();
        for name in ["午前（作業の始め）", "臨時"] {
            assert!(words().names_row(vocabulary, name), "{name}");
            assert!(!words().names_contact(vocabulary, name), "{name}");
        }
        assert!(words().names_row(vocabulary, "１回目"));
        assert!(!words().names_row(vocabulary, "本人の様子"));
    }

    #[test]
    fn means_stand_alone_or_as_printed_choices() {
        for means in [
            "電話",
            "ＬＩＮＥ",
            "Zoom",
            "電話・メール",
            "☑電話　□LINE",
            "E-mail",
        ] {
            assert!(words().is_means(means), "{means}");
        }
        for other in ["電話をした。", "良好", "太田", "☑", ""] {
            assert!(!words().is_means(other), "{other}");
        }
    }

    #[test]
    fn a_head_names_a_contact_and_its_part() {
        let named = |head| words().named_part(head);
        assert_eq!(named("開始連絡　時刻"), Some(("開始連絡", Item::Time)));
        assert_eq!(named("2回目の内容"), Some(("2回目", Item::Support)));
        assert_eq!(named("時刻"), None);
    }
}
