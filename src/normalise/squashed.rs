//! A word of the template as texts are compared with it, squashed once when the template is read.

use serde::Deserialize;

use crate::text::squash;

/// A word without white space, in small letters.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Squashed(String);

impl Squashed {
    /// Whether it is a text that was squashed and put in small letters.
    pub fn is(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl From<String> for Squashed {
    fn from(word: String) -> Self {
        Self(squash(&word).to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_however_the_template_writes_it() {
        let word = Squashed::from("Ｎ／Ａ　なし".to_owned());
        assert!(word.is("n/aなし"));
        assert!(!word.is("なし"));
    }
}
