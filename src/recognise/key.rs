//! A wording of a template as it is compared, folded once when the template is read.

use serde::Deserialize;

use super::vocabulary::label_key;

/// The key of a wording; see [`label_key`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Key(String);

impl Key {
    /// Whether it is that of a text with this key.
    pub fn is(&self, key: &str) -> bool {
        self.0 == key
    }

    /// The key itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Key {
    fn from(wording: String) -> Self {
        Self(label_key(&wording))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_known_however_it_is_written() {
        let key = Key::from("作業 開始（時刻）".to_owned());
        assert!(key.is(&label_key("作業開始 時刻")));
        assert!(!key.is(&label_key("作業開始")));
        assert_eq!(key.as_str(), "作業開始時刻");
    }
}
