//! Marks of the listing (参考様式4), and the legends that explain them.

use std::collections::BTreeMap;

use crate::model::{Mark, Wording};

use super::choices::{Choice, choices, single};
use super::words::words;
use crate::read::Stored;
use crate::recognise::Word;
use crate::text::{squash, unbracketed};

/// A legend: each sign with what it marks; `None` for a sign that marks no support, such as 欠席.
pub type Legend = BTreeMap<String, Option<Mark>>;

/// What a day's cell marks. A sign of the form's own `legend` counts before the usual ones.
///
/// `None` is a day without support: a blank, 欠, × or 休. A sign that is not known is an error.
pub fn mark(text: &str, legend: &Legend) -> Result<Option<Mark>, Wording> {
    let text = squash(text).to_lowercase();
    let sign = unbracketed(&text);
    if sign.is_empty() {
        return Ok(None);
    }
    // 在(午前): the part of the day is not asked for.
    let whole = sign.split_once('(').map_or(sign, |(sign, _)| sign);
    legend
        .get(whole)
        .copied()
        .or_else(|| meaning(whole))
        .ok_or_else(|| words().reasons.not_a_mark.clone())
}

/// Whether a day's cell holds a circle, as most listings mark a day at home.
pub fn is_circle(text: &str) -> bool {
    let text = squash(text);
    words().listing.circles.contains(&text)
}

/// Whether it holds a letter, or a digit written as text, that looks like one: O, ０.
pub fn is_circle_like(word: &Word) -> bool {
    let text = squash(&word.text).to_lowercase();
    let is_number = matches!(word.stored, Some(Stored::Number(_) | Stored::Moment(_)));
    !is_number && words().listing.circle_like.contains(&text)
}

/// Whether the legend says of a circle that it marks a day at home.
pub fn explains_circle(legend: &Legend) -> bool {
    let mut circles = words().listing.circles.iter();
    circles.any(|circle| legend.get(circle) == Some(&Some(Mark::Home)))
}

/// Whether the legend says of a circle that it marks something else.
pub fn gives_circle_away(legend: &Legend) -> bool {
    let mut circles = words().listing.circles.iter();
    circles.any(|circle| {
        legend
            .get(circle)
            .is_some_and(|mark| *mark != Some(Mark::Home))
    })
}

/// The signs that a legend explains: `（在＝在宅、通＝通所、訪＝訪問）`, `○：在宅　△：通所`.
/// Empty where `text` explains no mark.
pub fn legend(text: &str) -> Legend {
    let list = &words().listing;
    let squashed: Vec<String> = text
        .split(|c: char| {
            c.is_whitespace() || list.legend_breaks.contains(c) || "（）［］，；／".contains(c)
        })
        .map(|entry| squash(entry).to_lowercase())
        .collect();
    let mut legend = Legend::new();
    for entry in &squashed {
        let Some((left, right)) = entry.split_once(|c| list.legend_signs.contains(c)) else {
            continue;
        };
        // 在宅=○ is written the other way round.
        let (sign, explained) = if is_sign(right) && !is_sign(left) {
            (right, left)
        } else {
            (left, right)
        };
        if is_sign(sign) && !explained.is_empty() {
            legend.insert(sign.to_owned(), meaning(explained).flatten());
        }
    }
    if legend.values().all(Option::is_none) {
        legend.clear();
    }
    legend
}

/// Which of `通所　在宅　欠席` is chosen; `None` where nobody has answered.
pub fn chosen(text: &str) -> Option<Option<Mark>> {
    let found = printed(text);
    if found.is_empty() {
        let sign = squash(text).to_lowercase();
        return if sign.is_empty() {
            None
        } else {
            meaning(&sign)
        };
    }
    single(&found)
}

/// Whether more than one of them is chosen.
pub fn is_chosen_twice(text: &str) -> bool {
    let found = printed(text);
    let mut ticked = found.iter().filter(|choice| choice.ticked == Some(true));
    let first = ticked.next();
    first.is_some_and(|first| ticked.any(|other| other.value != first.value))
}

/// The choices that a text holds.
fn printed(text: &str) -> Vec<Choice<Option<Mark>>> {
    let list = &words().listing;
    let kinds = [
        (&list.home, Some(Mark::Home)),
        (&list.attendance, Some(Mark::Attendance)),
        (&list.visit, Some(Mark::Visit)),
        (&list.none, None),
    ];
    let printed = kinds
        .into_iter()
        .flat_map(|(words, mark)| words.iter().map(move |word| (word, mark)));
    // One letter may be part of any word; only whole words are looked for within a text.
    let vocabulary: Vec<_> = printed
        .filter(|(word, _)| word.chars().count() > 1)
        .map(|(word, mark)| (word.clone(), mark))
        .collect();
    choices(text, &vocabulary)
}

/// What a sign or a word means without a legend.
fn meaning(sign: &str) -> Option<Option<Mark>> {
    let list = &words().listing;
    let among = |words: &[String]| words.iter().any(|word| word == sign);
    if among(&list.home) {
        Some(Some(Mark::Home))
    } else if among(&list.attendance) {
        Some(Some(Mark::Attendance))
    } else if among(&list.visit) {
        Some(Some(Mark::Visit))
    } else {
        among(&list.none).then_some(None)
    }
}

/// A sign is one character; 在宅 is a word.
fn is_sign(text: &str) -> bool {
    text.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_of_the_printed_words_is_chosen() {
        for (text, mark) in [
            ("通所　☑在宅　欠席", Some(Some(Mark::Home))),
            ("☑通所　□在宅　□欠席", Some(Some(Mark::Attendance))),
            ("通所 在宅 ■欠席", Some(None)),
            ("在宅", Some(Some(Mark::Home))),
            ("通所　在宅　欠席", None),
            ("", None),
        ] {
            assert_eq!(chosen(text), mark, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_circle_is_told_from_a_number() {
        let word = |text: &str, stored: Stored| Word {
            cell: crate::model::Cell::new(0, 0),
            text: text.to_owned(),
            stored: Some(stored),
            tick: None,
            struck: false,
            hidden: false,
            stacked: false,
            written: None,
        };
        for text in ["O", "o", "Ｏ", "０", "0"] {
            assert!(
                is_circle_like(&word(text, Stored::Text(text.into()))),
                "{text}"
            );
            assert!(mark(text, &Legend::new()).is_err(), "{text}");
        }
        assert!(!is_circle_like(&word("0", Stored::Number(0.0))));
        assert!(!is_circle_like(&word("半", Stored::Text("半".into()))));
        assert!(is_circle("○") && is_circle("〇") && !is_circle("在"));
        let home = legend("○＝在宅、通＝通所");
        assert!(explains_circle(&home) && !gives_circle_away(&home));
        let attendance = legend("○＝通所、在＝在宅");
        assert!(!explains_circle(&attendance) && gives_circle_away(&attendance));
        assert!(!explains_circle(&Legend::new()) && !gives_circle_away(&Legend::new()));
    }

    #[test]
    fn marks_are_known_without_a_legend() {
        for (text, expected) in [
            ("○", Some(Mark::Home)),
            ("〇", Some(Mark::Home)),
            ("◯", Some(Mark::Home)),
            ("●", Some(Mark::Home)),
            ("◎", Some(Mark::Home)),
            ("在", Some(Mark::Home)),
            (" 在 宅 ", Some(Mark::Home)),
            ("在（午前）", Some(Mark::Home)),
            ("（在）", Some(Mark::Home)),
            ("通", Some(Mark::Attendance)),
            ("通所", Some(Mark::Attendance)),
            ("訪", Some(Mark::Visit)),
            ("訪問", Some(Mark::Visit)),
            ("欠", None),
            ("欠席", None),
            ("×", None),
            ("休", None),
            ("－", None),
            ("", None),
            ("　", None),
        ] {
            assert_eq!(mark(text, &Legend::new()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn an_unknown_sign_is_an_error() {
        for text in ["△", "?", "在通", "1", "通所　在宅　欠席"] {
            assert!(mark(text, &Legend::new()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_legend_explains_the_signs() {
        let city = legend("実施日（在＝在宅、通＝通所、訪＝訪問）");
        assert_eq!(city.get("在"), Some(&Some(Mark::Home)));
        assert_eq!(city.len(), 3);
        for text in [
            "○：在宅　△：通所　×：欠席",
            "在宅＝○／通所＝△／欠席＝×",
            "【○→在宅】【△→通所】【×→欠席】",
        ] {
            let own = legend(text);
            assert_eq!(mark("△", &own), Ok(Some(Mark::Attendance)), "{text}");
            assert_eq!(mark("×", &own), Ok(None), "{text}");
        }
    }

    #[test]
    fn a_legend_counts_before_the_usual_meaning() {
        let own = legend("○：通所　◎：在宅");
        assert_eq!(mark("○", &own), Ok(Some(Mark::Attendance)));
        assert_eq!(mark("◎", &own), Ok(Some(Mark::Home)));
        assert_eq!(mark("訪", &own), Ok(Some(Mark::Visit)));
    }

    #[test]
    fn other_texts_explain_no_mark() {
        for text in ["", "備考：なし", "事業所名：みなと作業所", "実施日", "9:00"]
        {
            assert!(legend(text).is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[○△在通宅所＝：:、（） ]{0,20}") {
            let _ = mark(&text, &legend(&near));
            let _ = mark(&near, &legend(&text));
        }
    }
}
