//! Words of a sheet that may be names of items: what looks like one, and is no value elsewhere.

use std::collections::BTreeSet;

use crate::inspect::{Reading, Why};
use crate::text::squash;

/// The words of the sheet that nobody knows and that could name an item.
pub fn unknown_words(reading: &Reading, sheet: &str) -> BTreeSet<String> {
    let values = values(reading);
    let rest = reading.rest.iter();
    let labels = rest.filter(|c| c.why == Why::UnknownLabel && *c.sheet == *sheet);
    labels
        .filter(|content| {
            let word = squash(&content.text);
            !values.contains(&word) && !is_weekdays(&word) && !is_kana(&word)
        })
        .map(|content| {
            content
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// What stands for an item anywhere in the file: names, methods, signs.
fn values(reading: &Reading) -> BTreeSet<String> {
    let items = reading.forms.iter().flat_map(|form| &form.items);
    let written = items.map(|item| squash(&item.raw));
    let mut values: BTreeSet<String> = written.clone().collect();
    values.extend(written.map(|name| name.trim_end_matches('様').to_owned()));
    values
}

/// `月・水・金`, `（月）`
fn is_weekdays(word: &str) -> bool {
    word.chars()
        .all(|c| "月火水木金土日祝曜・、,()～~".contains(c))
}

/// ヤマダハナコ, やまだはなこ: how a name is spoken, not that of an item.
fn is_kana(word: &str) -> bool {
    const SHORTEST: usize = 5;
    let is_kana = |c: char| ('ぁ'..='ゖ').contains(&c) || ('ァ'..='ヺ').contains(&c) || c == 'ー';
    word.chars().count() >= SHORTEST && word.chars().all(is_kana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_spoken_names_name_no_item() {
        assert!(is_weekdays("月・水・金") && is_weekdays("(火)") && !is_weekdays("出勤曜日"));
        assert!(is_kana("ワタナベチヅル") && is_kana("うぉーかーえり"));
        assert!(!is_kana("フリガナ") && !is_kana("からだとことば様子") && !is_kana("メモ"));
    }
}
