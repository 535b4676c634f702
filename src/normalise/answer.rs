//! Short texts that are an answer wherever they stand, and never the name of an item.

use super::contact_kind::ends_told;
use super::legend::Legend;
use super::mark::mark;
use super::words::words;
use crate::text::squash;

/// Whether the text is a mark of a day, a method, or a part of the day of a contact: 公休, 電話,
/// 途中.
pub fn is_known_answer(text: &str) -> bool {
    const LONGEST: usize = 4;
    let text = squash(text).to_lowercase();
    let contacts = &words().contacts;
    let mut methods = words().methods.iter().flat_map(|method| &method.words);
    let mut parts = contacts.progress.iter().chain(&contacts.parts_of_day);
    let ends = ends_told(&text);
    let is_end = ends.start || ends.end;
    mark(&text, &Legend::default()).is_ok()
        || methods.any(|word| squash(word).to_lowercase() == text)
        || parts.any(|word| *word == text)
        || is_end && text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_methods_and_parts_of_the_day_are_answers_and_names_of_items_are_not() {
        for text in ["公休", "電話", "途中", "始まり", "終わり", "中 間", "欠席"] {
            assert!(is_known_answer(text), "{text}");
        }
        for text in [
            "持ち物",
            "朝食",
            "本日のできごと",
            "始まりの様子",
            "電話番号",
        ] {
            assert!(!is_known_answer(text), "{text}");
        }
    }
}
