//! A sentence for people, in Japanese and English.

use serde::{Deserialize, Serialize};

/// The language of messages for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

/// One sentence in both languages; whoever prints it chooses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// 日本語
    pub ja: String,
    /// English
    pub en: String,
}

impl Wording {
    /// Joins the two renderings of one sentence.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// The sentence, told of a file and, where one is at fault, of its line, from one.
    pub fn in_file(&self, file: &str, line: Option<usize>) -> Self {
        let Self { ja, en } = self;
        match line {
            Some(line) => Self::new(
                format!("{file}の{line}行目: {ja}"),
                format!("{file}, line {line}: {en}"),
            ),
            None => Self::new(format!("{file}: {ja}"), format!("{file}: {en}")),
        }
    }

    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}
