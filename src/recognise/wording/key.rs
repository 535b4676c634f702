//! A wording of a template as it is compared, folded once when the template is read.

use std::borrow::Cow;

use serde::Deserialize;

use crate::text::squash;

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

/// The key that labels are compared by: no white space, no brackets, no marks.
pub fn label_key(text: &str) -> String {
    let mut key = squash(text);
    key.retain(|c| !is_mark(c));
    key
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '(' | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '「'
            | '」'
            | '<'
            | '>'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '≪'
            | '≫'
            | '『'
            | '』'
            | '※'
            | '*'
            | ':'
            | '■'
            | '●'
            | '◆'
            | '・'
            | '.'
            | '、'
            | '/'
    )
}

/// Whether nothing but a month or a number follows the words of a title in a key.
pub fn ends_with_title(key: &str, words: &str) -> bool {
    let is_count = |c: char| c.is_ascii_digit() || "令和平成年月日分度第枚目中様式Rr_-".contains(c);
    key.contains(words)
        && key
            .rsplit_once(words)
            .is_some_and(|(_, rest)| rest.chars().all(is_count))
}

/// Whether the text begins with the number of an item, as ① or 1. does; 6時間 does not.
pub fn is_numbered(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let mut rest = chars.skip_while(|c| c.is_numeric());
    ('①'..='⑳').contains(&first)
        || matches!(first, '(' | '（')
        || rest
            .next()
            .is_some_and(|c| matches!(c, '.' | '．' | ')' | '）' | '、' | ' ' | '\u{3000}'))
}

/// The text without what stands in brackets.
pub fn without_brackets(text: &str) -> Cow<'_, str> {
    const OPEN: [char; 5] = ['(', '（', '[', '［', '【'];
    const CLOSED: [char; 5] = [')', '）', ']', '］', '】'];
    if !text.contains(|c| OPEN.contains(&c) || CLOSED.contains(&c)) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0usize;
    let mut out = String::new();
    for c in text.chars() {
        if OPEN.contains(&c) {
            depth += 1;
        } else if CLOSED.contains(&c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The text before a remark behind ※, without what stands in round brackets.
pub fn without_advice(text: &str) -> String {
    let before = match text.trim_start().split_once('※') {
        Some((before, _)) if !before.is_empty() => before,
        _ => text,
    };
    let mut depth = 0usize;
    let mut out = String::new();
    for c in before.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The label in the first line, where the choices that it offers follow with their numbers:
/// `評価の方法⏎1通所 2訪問`.
pub fn without_choices(text: &str) -> Option<&str> {
    const FEWEST: usize = 2;
    const SHORTEST: usize = 2;
    let (label, choices) = text.trim().split_once('\n')?;
    let choices = squash(choices);
    let is_digit = |c: char| c.is_ascii_digit();
    let numbers = choices.split(|c: char| !is_digit(c));
    let numbers = numbers.filter(|number| !number.is_empty());
    let numbers: Vec<Option<usize>> = numbers.map(|number| number.parse().ok()).collect();
    let are_counted = (1..).zip(&numbers).all(|(n, number)| *number == Some(n));
    let mut words = choices.split(is_digit).filter(|word| !word.is_empty());
    // 月 and 日 of a date are no choices.
    let is_choice = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST;
    let is_list = choices.starts_with(is_digit) && are_counted && numbers.len() >= FEWEST;
    (is_list && words.all(is_choice)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_choices_behind_a_label_are_left_out() {
        let label = without_choices("評価の方法\n1通所 2訪問 3オンライン");
        assert_eq!(label, Some("評価の方法"));
        for text in [
            "評価の方法",
            "支援時間\n10:00～15:00",
            "支援内容\n1日2回以上の連絡",
            "評価の方法\n1通所",
            "午前\n作業1 作業2",
            "評価日\n9月5日",
            "評価日\n1月2日",
            "担当\n3班森田 4班原田",
        ] {
            assert_eq!(without_choices(text), None, "{text}");
        }
    }

    #[test]
    fn a_wording_is_known_however_it_is_written() {
        let key = Key::from("作業 開始（時刻）".to_owned());
        assert!(key.is(&label_key("作業開始 時刻")));
        assert!(!key.is(&label_key("作業開始")));
        assert_eq!(key.as_str(), "作業開始時刻");
    }
}
