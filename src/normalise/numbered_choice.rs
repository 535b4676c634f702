//! Choices that are printed with numbers, of which one is the answer: 3 beside
//! `1 通所　2 訪問　3 電話`.
//!
//! Ticks and marks must not enter.

use super::method;
use crate::model::{Cell, Method};
use crate::recognise::Word;
use crate::text::squash;

/// An answer by number.
#[derive(Debug, PartialEq)]
pub struct Numbered {
    /// What the number stands for; `None` where no printed choice has it.
    pub method: Option<Method>,
    /// Where the number stands.
    pub cell: Cell,
    /// The number with its choice as printed.
    pub raw: String,
}

/// The answer, where the words hold one number, and they or their label several numbered choices.
pub fn answer(label: &str, words: &[Word]) -> Option<Numbered> {
    let is_number = |word: &&Word| number(&word.text).is_some();
    let mut numbers = words.iter().filter(is_number);
    let (only, None) = (numbers.next()?, numbers.next()) else {
        return None;
    };
    let number = number(&only.text)?;
    let beside = words.iter().filter(|word| word.cell != only.cell);
    let texts = beside.map(|word| word.text.as_str()).chain([label]);
    let printed: Vec<(u32, String)> = texts
        .flat_map(numbered)
        .filter(|(_, text)| method::method(text).is_some())
        .collect();
    if printed.len() < 2 {
        return None;
    }
    let chosen = printed.iter().find(|(n, _)| *n == number);
    Some(Numbered {
        method: chosen.and_then(|(_, text)| method::method(text)),
        cell: only.cell,
        raw: match chosen {
            Some((_, text)) => format!("{number} {text}"),
            None => only.text.trim().to_owned(),
        },
    })
}

/// The number that is all a text says.
fn number(text: &str) -> Option<u32> {
    const MOST: u32 = 20;
    squash(text).parse().ok().filter(|n| (1..=MOST).contains(n))
}

/// Each number of a text with the words behind it.
fn numbered(text: &str) -> Vec<(u32, String)> {
    let text = squash(text);
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (_, from) = rest.split_at(at);
        let words = from.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = from.strip_suffix(words).unwrap_or_default();
        let end = words.find(|c: char| c.is_ascii_digit());
        let (word, more) = words.split_at(end.unwrap_or(words.len()));
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if let (Ok(number), false) = (digits.parse(), word.is_empty()) {
            found.push((number, word.to_owned()));
        }
        rest = more;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(texts: &[(&str, &str)]) -> Option<Option<Method>> {
        let word = |(at, text): &(&str, &str)| Word {
            cell: Cell::parse(at).unwrap(),
            text: (*text).to_owned(),
            ..Word::default()
        };
        let words: Vec<Word> = texts.iter().map(word).collect();
        answer("支援方法", &words).map(|it| it.method)
    }

    #[test]
    fn the_number_beside_numbered_choices_is_the_answer() {
        let printed = ("D2", "１ 通所　２ 訪問　３ 電話　４ オンライン");
        for (number, method) in [
            ("3", Some(Method::Phone)),
            ("１", Some(Method::Attendance)),
            ("②", Some(Method::Visit)),
            ("7", None),
        ] {
            assert_eq!(told(&[("C2", number), printed]), Some(method), "{number}");
        }
        let boxes = [("C2", "1"), ("D2", "1.通所"), ("E2", "2.電話")];
        assert_eq!(told(&boxes), Some(Some(Method::Attendance)));
        let legend = [("C2", "2"), ("D2", "（１：通所、２：電話）")];
        assert_eq!(told(&legend), Some(Some(Method::Phone)));
    }

    #[test]
    fn the_label_may_hold_the_choices() {
        let words = [Word {
            text: "2".to_owned(),
            ..Word::default()
        }];
        let told = |label: &str| answer(label, &words).map(|it| it.method);
        let label = "連絡の方法\n1電話 2オンライン 3訪問";
        assert_eq!(told(label), Some(Some(Method::Video)));
        assert_eq!(told("2 連絡の方法"), None);
    }

    #[test]
    fn without_numbered_choices_or_with_several_numbers_nothing_is_answered() {
        assert_eq!(told(&[("C2", "3"), ("D2", "通所　訪問　電話")]), None);
        assert_eq!(told(&[("C2", "3"), ("D2", "1 通所")]), None);
        assert_eq!(
            told(&[("C2", "1"), ("D2", "2"), ("E2", "1 通所 2 電話")]),
            None
        );
        assert_eq!(told(&[("C2", "電話"), ("D2", "1 通所 2 電話")]), None);
    }
}
