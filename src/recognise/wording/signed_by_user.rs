//! Labels of the user's own signature, by whatever word the office calls its users: 訓練生署名.

use serde::Deserialize;

use crate::recognise::wording::key::{Key, label_key};

/// What such labels are made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedByUser {
    /// What users are called.
    who: Vec<Key>,
    /// What they put there.
    what: Vec<Key>,
    /// What a line says that they sign below.
    said: Vec<Key>,
    /// What asks for their name below such a line.
    below: Vec<Key>,
    /// The label that all of these mean the same as.
    label: String,
}

impl SignedByUser {
    /// The label that means the same as the key of a label of a signature: who signs, and what.
    pub fn same_as(&self, key: &str) -> Option<&str> {
        let mut rests = self.who.iter().filter_map(|who| {
            let rest = key.strip_prefix(who.as_str())?;
            let rest = rest.strip_prefix('様').unwrap_or(rest);
            Some(rest.strip_prefix('の').unwrap_or(rest))
        });
        let is_what = |rest: &str| self.what.iter().any(|what| what.is(rest));
        rests.any(is_what).then_some(self.label.as_str())
    }

    /// Whether a line says that the user has confirmed what stands above it.
    pub fn is_said(&self, text: &str) -> bool {
        const LONGEST: usize = 60;
        let key = label_key(text);
        text.chars().count() <= LONGEST && self.said.iter().any(|said| key.contains(said.as_str()))
    }

    /// Whether a text asks for the user's name below such a line.
    pub fn is_asked_below(&self, text: &str) -> bool {
        let key = label_key(text);
        self.below.iter().any(|below| below.is(&key))
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::item::{FormKind, Item};
    use crate::recognise::wording::vocabulary::Vocabulary;

    fn is_signature(label: &str) -> bool {
        let mut meanings = Vocabulary::builtin().meanings(label).into_iter().flatten();
        meanings.any(|meant| *meant == (Some(FormKind::Monthly), Item::Signature))
    }

    #[test]
    fn whoever_the_user_is_the_signature_is_theirs() {
        for label in [
            "訓練生署名",
            "受講者サイン",
            "従業員の署名",
            "メンバー確認サイン",
            "実習生自署",
            "ご本人様のサイン",
        ] {
            assert!(is_signature(label), "{label}");
        }
    }

    #[test]
    fn the_signatures_of_others_are_not() {
        for label in [
            "職員署名",
            "評価者署名",
            "保護者署名",
            "訓練生",
            "訓練生の様子",
        ] {
            assert!(!is_signature(label), "{label}");
        }
    }
}
