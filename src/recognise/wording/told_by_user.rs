//! Labels of what users write themselves: 本人のふりかえり is no evaluation by the office, nor is a
//! score that they give themselves.

use serde::Deserialize;

use crate::recognise::wording::key::Key;

/// What such labels are made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldByUser {
    /// Who tells it.
    who: Vec<Key>,
    /// What is told, with who tells it before or behind.
    what: Vec<Key>,
    /// What needs no word for who tells it.
    alone: Vec<Key>,
}

impl ToldByUser {
    /// Whether the key of a label says that users tell it.
    pub fn tells(&self, key: &str) -> bool {
        let is_what = |rest: &str| self.what.iter().any(|what| what.is(rest));
        self.alone.iter().any(|alone| alone.is(key))
            || self.who.iter().any(|who| {
                let rests = [
                    key.strip_prefix(who.as_str()),
                    key.strip_suffix(who.as_str()),
                ];
                let mut rests = rests.into_iter().flatten();
                rests.any(|rest| is_what(rest.strip_prefix('の').unwrap_or(rest)))
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::wording::vocabulary::Vocabulary;
    use crate::recognise::{FormKind, Item};

    #[test]
    fn what_users_write_themselves_asks_for_nothing() {
        let v = Vocabulary::builtin();
        for label in [
            "本人のふりかえり",
            "利用者の振り返り",
            "振り返り（本人）",
            "本人の感想",
            "ご本人より",
            "自己評価",
        ] {
            let mut meanings = v.meanings(label).into_iter().flatten();
            assert!(meanings.all(|(_, item)| *item == Item::Ignored), "{label}");
            assert_eq!(v.guesses(label), [], "{label}");
        }
    }

    #[test]
    fn what_the_office_writes_is_asked_for() {
        let v = Vocabulary::builtin();
        for label in ["週のふりかえり", "週の振り返り", "評価内容", "評価コメント"]
        {
            let mut meanings = v.meanings(label).into_iter().flatten();
            let content = (Some(FormKind::Weekly), Item::Content);
            assert!(meanings.any(|meant| *meant == content), "{label}");
        }
        assert!(v.meanings("本人の様子").is_some() && v.meanings("本人の同意").is_some());
    }
}
