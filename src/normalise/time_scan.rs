//! Times of day within a text.
//!
//! Finds them; whether one is the whole of a cell, or opens a contact, is for others to say.

use chrono::NaiveTime;

use crate::text::folded;

/// A time found within a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// `None` for what is written as a time and is none, such as 25:00.
    pub time: Option<NaiveTime>,
    /// Whether 午後 (true) or 午前 (false) is written.
    pub meridiem: Option<bool>,
}

/// All times in `text`, in order: 10:00, 10時, 10時5分, 10時半, 正午, with 午前, 午後, AM and PM.
/// 6時間 is no time.
pub(super) fn scan(text: &str) -> Vec<Found> {
    let chars = folded(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match time_at(&chars, i) {
            Some((length, time, meridiem)) => {
                let end = chars.get(i + length).map_or(text.len(), |(at, _)| *at);
                found.push(Found {
                    start: chars[i].0,
                    end,
                    time,
                    meridiem,
                });
                i += length;
            }
            None => i += 1,
        }
    }
    found
}

type Chars = [(usize, char)];

/// The time that begins at `from`: how many characters it has, what it is, which half of the day.
fn time_at(chars: &Chars, from: usize) -> Option<(usize, Option<NaiveTime>, Option<bool>)> {
    if starts(chars, from, "正午") {
        return Some((2, NaiveTime::from_hms_opt(12, 0, 0), None));
    }
    // 0 of 10:00 is no hour, nor is what follows a colon or a point in a number.
    let digit_before = |back: usize| {
        let before = from.checked_sub(back).and_then(|i| char_at(chars, i));
        before.is_some_and(|c| c.is_ascii_digit())
    };
    let pointed = from > 0 && matches!(char_at(chars, from - 1), Some(':' | '.'));
    if digit_before(1) || (pointed && digit_before(2)) {
        return None;
    }
    let (mut meridiem, mut at) = meridiem_at(chars, from);
    if meridiem.is_some() {
        at += spaces(chars, at);
    }
    let (hour, length) = number_at(chars, at)?;
    at += length;
    let (minute, second, length) = minutes_at(chars, at)?;
    at += length;
    if meridiem.is_none() {
        let gap = spaces(chars, at);
        let (after, end) = meridiem_at(chars, at + gap);
        // 10時午後: the half of the day belongs to what follows, unless it is written in letters.
        if after.is_some() && char_at(chars, at + gap).is_some_and(|c| c.is_ascii()) {
            (meridiem, at) = (after, end);
        }
    }
    let hour = match (meridiem, hour) {
        (Some(false), 12..) => None,
        (Some(true), 0..12) => Some(hour + 12),
        _ => Some(hour),
    };
    let time = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, second));
    Some((at - from, time, meridiem))
}

/// `:05`, `:05:00`, `時`, `時5分`, `時半`: minutes, seconds and how many characters.
fn minutes_at(chars: &Chars, at: usize) -> Option<(u32, u32, usize)> {
    match char_at(chars, at)? {
        ':' => {
            let (minute, _) = number_at(chars, at + 1).filter(|(_, digits)| *digits == 2)?;
            let second = (char_at(chars, at + 3) == Some(':'))
                .then(|| number_at(chars, at + 4).filter(|(_, digits)| *digits == 2))
                .flatten();
            Some(match second {
                Some((second, _)) => (minute, second, 6),
                None => (minute, 0, 3),
            })
        }
        '時' if char_at(chars, at + 1) == Some('間') => None,
        '時' if char_at(chars, at + 1) == Some('半') => Some((30, 0, 2)),
        '時' => {
            let minute = number_at(chars, at + 1)
                .filter(|(_, digits)| char_at(chars, at + 1 + digits) == Some('分'));
            Some(match minute {
                Some((minute, digits)) => (minute, 0, digits + 2),
                None => (0, 0, 1),
            })
        }
        _ => None,
    }
}

/// One or two digits that are not part of a longer number.
fn number_at(chars: &Chars, at: usize) -> Option<(u32, usize)> {
    let digit = |i: usize| char_at(chars, i).and_then(|c| c.to_digit(10));
    let first = digit(at)?;
    match (digit(at + 1), digit(at + 2)) {
        (None, _) => Some((first, 1)),
        (Some(second), None) => Some((first * 10 + second, 2)),
        _ => None,
    }
}

/// 午前, 午後, am, pm: which half of the day, and where it ends.
fn meridiem_at(chars: &Chars, at: usize) -> (Option<bool>, usize) {
    [
        ("午前", false),
        ("午後", true),
        ("am", false),
        ("pm", true),
        ("a.m.", false),
        ("p.m.", true),
    ]
    .into_iter()
    .find(|(word, _)| starts(chars, at, word))
    .map_or((None, at), |(word, half)| {
        (Some(half), at + word.chars().count())
    })
}

fn starts(chars: &Chars, at: usize, word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(i, c)| char_at(chars, at + i) == Some(c))
}

fn spaces(chars: &Chars, at: usize) -> usize {
    usize::from(char_at(chars, at) == Some(' '))
}

fn char_at(chars: &Chars, at: usize) -> Option<char> {
    chars.get(at).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_found_within_words() {
        let times = |text| -> Vec<String> {
            scan(text)
                .into_iter()
                .filter_map(|f| f.time)
                .map(|time| time.format("%H:%M").to_string())
                .collect()
        };
        assert_eq!(
            times("・9:00　電話。13時まで休憩、14時半から再開"),
            ["09:00", "13:00", "14:30"]
        );
        assert_eq!(times("１０時30個、比は1:3、6時間、36.2:10"), ["10:00"]);
        let text = "・９：００　開始";
        let found = scan(text)[0];
        assert_eq!(&text[found.start..found.end], "９：００");
    }

    proptest! {
        #[test]
        fn a_time_is_found_at_whole_characters(text in any::<String>(), near in "[午前後正PM0-9０-９:：時分半 ]{0,16}") {
            for text in [text, near] {
                for found in scan(&text) {
                    prop_assert!(text.get(found.start..found.end).is_some());
                }
            }
        }
    }
}
