//! Labels for 心身の状況及びそれに対する助言の内容, whoever they name before it and however they
//! link its two halves.
//!
//! Only words; the lists stand in `templates/layouts.toml`.

use serde::Deserialize;

use crate::recognise::wording::key::Key;

/// The words that such a label is made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateAndAdvice {
    states: Vec<Key>,
    advice: Vec<Key>,
    links: Vec<Key>,
    people: Vec<Key>,
    people_end: Vec<char>,
    no_people: Vec<Key>,
}

/// What a piece of such a label says.
#[derive(PartialEq)]
enum Piece {
    State,
    Advice,
    Link,
}

impl StateAndAdvice {
    /// Whether the label of a key asks for the user's state, with the user or the advice named beside it, and
    /// for nothing else.
    pub fn is_asked(&self, key: &str) -> bool {
        let words = self.states.iter().map(Key::as_str);
        let words = words.filter(|word| key.contains(word));
        let stated = words.filter_map(|word| key.find(word));
        let Some((person, mut rest)) = stated.min().and_then(|at| key.split_at_checked(at)) else {
            return false;
        };
        let mut told: Vec<Piece> = Vec::new();
        while !rest.is_empty() {
            let Some((piece, length)) = self.piece(rest) else {
                return false;
            };
            told.push(piece);
            rest = rest.get(length..).unwrap_or_default();
        }
        let is_linked = told.contains(&Piece::Advice);
        let ends_open = |name: &str| name.is_empty() && is_linked;
        ends_open(person) || self.is_person(person)
    }

    /// The longest word that a text begins with.
    fn piece(&self, text: &str) -> Option<(Piece, usize)> {
        let longest = |words: &[Key]| {
            let words = words.iter().map(Key::as_str);
            let own = words.filter(|word| text.starts_with(word)).map(str::len);
            own.max()
        };
        let found = [
            (Piece::State, longest(&self.states)),
            (Piece::Advice, longest(&self.advice)),
            (Piece::Link, longest(&self.links)),
        ];
        let found = found
            .into_iter()
            .filter_map(|(piece, own)| Some((piece, own?)));
        found.max_by_key(|(_, length)| *length)
    }

    /// 利用者の, ご本人様の, 訓練生の: whose state it is.
    fn is_person(&self, text: &str) -> bool {
        const LONGEST: usize = 8;
        let name = text.strip_suffix('の').unwrap_or(text);
        let is_else = |word: &Key| name.contains(word.as_str());
        !name.is_empty()
            && name.chars().count() <= LONGEST
            && !self.no_people.iter().any(is_else)
            && (name.ends_with(self.people_end.as_slice())
                || self.people.iter().any(|word| word.is(name)))
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::Vocabulary;
    use crate::recognise::item::{FormKind, Item};

    fn asks(text: &str) -> bool {
        let meanings = Vocabulary::builtin().meanings(text).into_iter().flatten();
        let mut daily = meanings.filter(|(kind, _)| *kind == Some(FormKind::Daily));
        daily.any(|(_, item)| *item == Item::Condition)
    }

    #[test]
    fn whoever_it_names_and_however_it_links_them() {
        for label in [
            "利用者の心身の状況及びそれに対する助言の内容",
            "訓練生の心身の状況並びに助言内容",
            "ご本人様の心身の状態と、それを踏まえたアドバイス",
            "メンバーの\n体調・心身の状況／助言",
            "通所者の健康状態",
            "心身の状況に応じた助言の内容",
        ] {
            assert!(asks(label), "{label}");
        }
    }

    #[test]
    fn what_asks_for_more_or_for_others_is_another_label() {
        for label in [
            "今週の心身の状況と作業の成果",
            "支援員の心身の状況",
            "心身の状況に関する家族への連絡",
            "前回の体調に応じた目標",
        ] {
            assert!(!asks(label), "{label}");
        }
    }
}
