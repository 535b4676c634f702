//! Answers in a word or a sign that only say whether: 済, 有・無, ○.
//!
//! The words stand in `templates/layouts.toml`.

use serde::Deserialize;

use crate::recognise::wording::layout_words;
use crate::text::squash;

/// The answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerWords {
    words: Vec<String>,
    signs: Vec<String>,
}

/// Whether a text is such a word, or nothing but several to choose from.
pub fn is_one(text: &str) -> bool {
    let words = &layout_words::words().answers.words;
    let is_word = |part: &str| words.iter().any(|word| squash(word) == squash(part));
    let is_gap = |c: char| c.is_whitespace() || "・･/／、()（）□☐☑○◯〇".contains(c);
    let mut parts = text
        .split(is_gap)
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some() && parts.all(is_word)
}

/// Whether a text is such a word, or a sign for one.
pub fn is_flag(text: &str) -> bool {
    let signs = &layout_words::words().answers.signs;
    let text = squash(text);
    signs.iter().any(|sign| squash(sign) == text) || is_one(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_whether_and_nothing_more() {
        for text in ["済", "済　・　未", "（有・無）", "☑済 ☐未", "はい"] {
            assert!(is_one(text), "{text}");
        }
        for text in ["", "未来", "有田", "済 9/5", "月・水", "○"] {
            assert!(!is_one(text), "{text}");
        }
        assert!(is_flag("○") && is_flag("－") && is_flag("済"));
        assert!(!is_flag("月") && !is_flag("2025/5/1") && !is_flag(""));
    }
}
