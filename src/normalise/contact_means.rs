//! Means of contact beside the time of a contact: `Zoom 9:30`, or `Z9:30` where the form explains
//! its letters.

use std::collections::BTreeMap;

use super::method::method;
use super::time_scan::scan;
use crate::model::{Cell, Method};
use crate::recognise::{Entry, Word};
use crate::text::squash;

/// The letters that a form explains as means of contact: 電＝電話　Z＝Zoom.
pub type Letters = BTreeMap<String, String>;

/// What `legend` says of such letters.
pub fn letters(legend: &str) -> Letters {
    const LONGEST: usize = 3;
    let breaks =
        |c: char| c.is_whitespace() || "、，,;；・／/（）()【】［］[]「」『』〔〕《》".contains(c);
    let pairs = legend.split(breaks).filter_map(|pair| {
        let (sign, meaning) = pair.split_once(['＝', '=', '：', ':', '…', '→'])?;
        // 記号…電＝電話 opens with what the signs are for.
        Some(match meaning.split_once(['＝', '=']) {
            Some((sign, meaning)) => (sign, meaning),
            None => (sign, meaning),
        })
    });
    let known = pairs.filter(|(sign, meaning)| {
        let sign = squash(sign);
        !sign.is_empty()
            && !sign.starts_with('※')
            && sign.chars().count() <= LONGEST
            && method(meaning).is_some()
    });
    known
        .map(|(sign, meaning)| (squash(sign).to_lowercase(), meaning.to_owned()))
        .collect()
}

/// The means by which a day's contacts were made, where each names its own.
pub struct Means {
    /// The one in which staff see or hear most of the user.
    pub method: Method,
    /// As written.
    pub raw: String,
    /// Where the first is named.
    pub cell: Cell,
    /// Whether they differ.
    pub several: bool,
}

/// The contacts with the time of each before its means, and the means; `None` where one of those
/// that are written names none.
pub fn of(contacts: &[Entry], letters: &Letters) -> (Vec<Entry>, Option<Means>) {
    let mut told = contacts.to_vec();
    let mut found: Vec<(Method, String, Cell)> = Vec::new();
    let mut silent = false;
    for entry in &mut told {
        let Some(word) = entry.words.first_mut() else {
            continue;
        };
        match named(word, letters) {
            Some((means, text)) => {
                found.push((means, word.text.clone(), word.cell));
                word.text = text;
            }
            None => silent |= !squash(&word.text).is_empty(),
        }
    }
    let best = found.iter().min_by_key(|(means, ..)| *means);
    let means = best.filter(|_| !silent).map(|(means, raw, cell)| Means {
        method: *means,
        raw: raw.clone(),
        cell: *cell,
        several: found.iter().any(|(other, ..)| other != means),
    });
    (told, means)
}

/// The means that stand right before the time that a word opens with, and the word with its time
/// in front.
fn named(word: &Word, letters: &Letters) -> Option<(Method, String)> {
    const LONGEST: usize = 10;
    let time = scan(&word.text).into_iter().next()?;
    let before = word.text.get(..time.start)?.trim();
    if before.is_empty() || before.chars().count() > LONGEST {
        return None;
    }
    let spelled = letters.get(&squash(before).to_lowercase());
    let spelled = spelled.map_or(before, String::as_str);
    let means = method(spelled)?;
    let (at, rest) = word
        .text
        .get(time.start..)?
        .split_at_checked(time.end - time.start)?;
    Some((means, format!("{at} {spelled}{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Grounds;

    const LEGEND: &str =
        "連絡欄の記号…電＝電話　Z＝Zoom　L＝LINE　／　記＝記録者　大＝大野・臼＝臼井";

    fn contacts(texts: &[&str]) -> Vec<Entry> {
        let entry = |text: &&str| Entry {
            label: "連絡".to_owned(),
            home: Cell::new(0, 0),
            words: vec![Word {
                cell: Cell::new(0, 0),
                text: (*text).to_owned(),
                ..Word::default()
            }],
            grounds: Grounds::default(),
        };
        texts.iter().map(entry).collect()
    }

    fn told(texts: &[&str]) -> (Vec<String>, Option<(Method, bool)>) {
        let (told, means) = of(&contacts(texts), &letters(LEGEND));
        let texts = told.iter().map(|entry| entry.words[0].text.clone());
        (
            texts.collect(),
            means.map(|means| (means.method, means.several)),
        )
    }

    #[test]
    fn the_form_explains_its_letters() {
        let known = letters(LEGEND);
        let signs: Vec<&str> = known.keys().map(String::as_str).collect();
        assert_eq!(signs, ["l", "z", "電"]);
        assert!(letters("○＝在宅　△＝通所日の午後").len() <= 1);
        assert!(letters("大＝大野").is_empty());
    }

    #[test]
    fn a_letter_before_the_time_names_the_means() {
        let (texts, means) = told(&["Z9:30", "Ｚ 15:00"]);
        assert_eq!(texts, ["9:30 Zoom", "15:00 Zoom"]);
        assert_eq!(means, Some((Method::Video, false)));
        assert_eq!(told(&["電9:30", "L15:00"]).1, Some((Method::Phone, true)));
        assert_eq!(told(&["電話 9:30 体調良好"]).0, ["9:30 電話 体調良好"]);
    }

    #[test]
    fn other_words_name_none() {
        for texts in [
            ["9:30", "15:00"],
            ["Q9:30", "15:00"],
            ["Z9:30", "15:00 終了"],
        ] {
            let (_, means) = told(&texts);
            assert!(means.is_none(), "{texts:?}");
        }
        assert_eq!(told(&["9:30 開始"]).0, ["9:30 開始"]);
    }
}
