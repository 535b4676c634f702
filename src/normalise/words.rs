//! The words and signs of the forms, as data (`templates/words.toml`).
//!
//! Holds what the file says and nothing of how it is used.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Answer, Method, Service, Wording};
use crate::recognise::Item;

use super::squashed::Squashed;

/// The whole of `templates/words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// 支援方法・実施方法
    pub methods: Vec<MethodWords>,
    /// サービス種別
    pub services: Vec<ServiceWords>,
    /// 自主点検表の判定
    pub answers: Vec<AnswerWords>,
    /// 実施一覧表の記号
    pub listing: ListingWords,
    /// 利用者確認
    pub confirmation: ConfirmationWords,
    /// 曜日
    pub weekdays: WeekdayWords,
    /// 氏名
    pub names: NameWords,
    /// 支援内容に書かれた連絡
    pub contacts: ContactWords,
    /// What is printed within a box to be filled in.
    pub prints: Vec<Squashed>,
    /// Texts that say nothing of their own.
    pub fillers: Vec<FillerWords>,
    /// Signs that repeat what stands above.
    pub ditto: Vec<String>,
    /// Why a text could not be understood.
    pub reasons: Reasons,
}

/// How one method is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MethodWords {
    pub method: Method,
    pub words: Vec<String>,
}

/// How one service is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceWords {
    pub service: Service,
    pub words: Vec<String>,
}

/// How one answer is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerWords {
    pub answer: Answer,
    pub words: Vec<String>,
}

/// What may stand in a day's cell of the listing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListingWords {
    pub home: Vec<String>,
    pub attendance: Vec<String>,
    pub visit: Vec<String>,
    pub none: Vec<String>,
    pub circles: Vec<String>,
    pub circle_like: Vec<String>,
    pub weekly: Vec<String>,
    pub monthly: Vec<String>,
    pub done: Vec<String>,
    pub legend_signs: String,
    pub legend_figures: Vec<String>,
    pub legend_breaks: String,
    pub mark_breaks: String,
    pub legend_weekly: Vec<String>,
    pub legend_monthly: Vec<String>,
    pub legend_none: Vec<String>,
}

/// Texts that fill a box and say nothing of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FillerWords {
    pub words: Vec<Squashed>,
    /// The items that they answer all the same.
    pub answers: Vec<Item>,
    /// Why a person must look, one sentence.
    pub reason: Wording,
}

/// What may stand in 利用者確認 of the service record sheet.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmationWords {
    pub none: Vec<String>,
    pub places: Vec<String>,
}

/// How days of the week are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekdayWords {
    /// Monday first.
    pub days: [Vec<String>; 7],
    pub working: Vec<String>,
    pub all: Vec<String>,
    pub none: Vec<String>,
    pub ignored: Vec<String>,
    pub notes: Vec<String>,
    pub separators: String,
    /// What names the days at home where one text tells of both places.
    pub home: Vec<String>,
    /// The same of the days at the office.
    pub office: Vec<String>,
}

/// What may differ between two writings of one name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    pub variants: Vec<String>,
}

/// How contacts are told apart within a free text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactWords {
    pub start: Vec<String>,
    pub not_start: Vec<String>,
    pub end: Vec<String>,
    pub not_end: Vec<String>,
    pub end_of_day: Vec<String>,
    pub own_day: Vec<String>,
    pub progress: Vec<String>,
    pub elsewhen: Vec<String>,
    pub talk: Vec<String>,
    pub spoken: Vec<String>,
    pub planned: Vec<String>,
    pub not_planned: Vec<String>,
    pub pauses: Vec<String>,
    pub labels: Vec<String>,
    pub parts_of_day: Vec<String>,
    pub unanswered: Vec<String>,
    pub answered: Vec<String>,
    pub bullets: String,
    pub separators: String,
}

/// Why a text could not be understood, one sentence each.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub not_a_date: Wording,
    pub incomplete_date: Wording,
    pub no_such_day: Wording,
    pub outside_era: Wording,
    pub year_missing: Wording,
    pub year_unclear: Wording,
    pub not_a_period: Wording,
    pub not_a_time: Wording,
    pub no_such_time: Wording,
    pub not_a_mark: Wording,
    pub not_weekdays: Wording,
    pub not_ten_digits: Wording,
    pub not_digits: Wording,
    pub scientific_number: Wording,
}

/// The words, read once. The file is part of the program and a test proves it sound.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(SOURCE).unwrap_or_default())
}

/// Whether `text` holds one of `list`.
pub(super) fn holds_any(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| text.contains(word.as_str()))
}

/// `text` without the phrases of `list`, the longest first.
pub(super) fn without(text: &str, list: &[String]) -> String {
    let mut phrases: Vec<&String> = list
        .iter()
        .filter(|phrase| text.contains(phrase.as_str()))
        .collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases.into_iter().fold(text.to_owned(), |text, phrase| {
        text.replace(phrase.as_str(), "＿")
    })
}

/// Whether `text` tells of what is to come; words quoted in 「」 do not say so.
pub(super) fn is_planned(text: &str, list: &ContactWords) -> bool {
    let mut rest = text;
    let mut told = String::new();
    while let Some((before, quote)) = rest.split_once('「') {
        told.push_str(before);
        // A quotation that is not closed here goes on to the end.
        rest = quote.split_once('」').map_or("", |(_, after)| after);
    }
    told.push_str(rest);
    holds_any(&without(&told, &list.not_planned), &list.planned)
}

const SOURCE: &str = include_str!("../../templates/words.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        toml::from_str::<Words>(SOURCE).unwrap();
        assert!(
            words()
                .methods
                .iter()
                .any(|m| m.words.contains(&"電話".to_owned()))
        );
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let with_typo = format!("{SOURCE}\n[tick]\nchosen = \"x\"\n");
        assert!(toml::from_str::<Words>(&with_typo).is_err());
    }

    #[test]
    fn no_character_stands_for_two_names() {
        let rows = words().names.variants.concat();
        let mut seen = std::collections::BTreeSet::new();
        for c in rows.chars() {
            assert!(seen.insert(c), "{c} is listed twice");
        }
    }
}
