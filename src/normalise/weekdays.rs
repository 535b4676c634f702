//! 曜日: days of the week as the roster writes them.

use crate::recognise::ticks;
use chrono::Weekday;

use crate::model::{Weekdays, Wording};

use super::words::{WeekdayWords, words};
use crate::text::{squash, unbracketed};

/// The weekdays that `text` names: `月・水・金`, `月水金`, `月～金`, `平日`, `火（午前）・木`.
///
/// `なし` and a blank are no day. A text that means anything else beside
/// weekdays, such as `第1・3月曜`, is an error: it does not say every week.
pub fn weekdays(text: &str) -> Result<Weekdays, Wording> {
    let not_weekdays = || words().reasons.not_weekdays.clone();
    let text = squash(text).to_lowercase();
    let text = ticked(&text).unwrap_or(text);
    let text = without_count(unbracketed(&text));
    let list = &words().weekdays;
    if text.is_empty() || list.none.iter().any(|word| word == text) {
        return Ok(Weekdays::default());
    }
    read(text, list).ok_or_else(not_weekdays)
}

/// The weekdays at home and at the office, where one text tells both: `在宅：月・水　通所：金`.
/// `None` where it does not name both, each once.
pub fn of_both_places(text: &str) -> Option<(Weekdays, Weekdays)> {
    let text = squash(text);
    let list = &words().weekdays;
    let place = |words: &[String]| {
        let mut found = words
            .iter()
            .filter_map(|word| Some((text.find(word.as_str())?, word)));
        let (at, word) = found.next()?;
        (text.matches(word.as_str()).count() == 1).then_some((at, at + word.len()))
    };
    let (home, office) = (place(&list.home)?, place(&list.office)?);
    let (first, last) = (home.min(office), home.max(office));
    let part = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        let part = part.trim_matches([':', '(', ')', '/', '、', ',', ';', '=', '・']);
        weekdays(part).ok().filter(|days| !days.is_empty())
    };
    if first.0 > 0 {
        return None;
    }
    let (one, other) = (part(first.1, last.0)?, part(last.1, text.len())?);
    Some(if home < office {
        (one, other)
    } else {
        (other, one)
    })
}

/// Takes a weekday's longest name off the front.
pub(super) fn take_weekday(text: &str) -> Option<(Weekday, &str)> {
    let longest = text
        .char_indices()
        .take(10)
        .map(|(at, c)| at + c.len_utf8());
    let head = text.get(..longest.last()?)?.to_lowercase();
    let (day, length) = words()
        .weekdays
        .days
        .iter()
        .enumerate()
        .flat_map(|(day, names)| names.iter().map(move |name| (day, name)))
        .filter(|(_, name)| head.starts_with(name.as_str()))
        .map(|(day, name)| (day, name.len()))
        .max_by_key(|(_, length)| *length)?;
    Some((
        Weekday::try_from(u8::try_from(day).ok()?).ok()?,
        text.get(length..)?,
    ))
}

fn read(mut text: &str, list: &WeekdayWords) -> Option<Weekdays> {
    let mut found = Weekdays::default();
    let mut last = None;
    let mut until = false;
    while let Some(c) = text.chars().next() {
        let ignored = longest_prefix(text, &list.ignored);
        let weekday = take_weekday(text).filter(|(_, rest)| text.len() - rest.len() > ignored);
        if let Some((day, rest)) = weekday {
            match last.filter(|_| until) {
                Some(first) => days_through(first, day).for_each(|d| found.insert(d)),
                None => found.insert(day),
            }
            (last, until, text) = (Some(day), false, rest);
        } else if let Some(rest) = take_word(text, &list.working) {
            days_through(Weekday::Mon, Weekday::Fri).for_each(|d| found.insert(d));
            text = rest;
        } else if let Some(rest) = take_word(text, &list.all) {
            days_through(Weekday::Mon, Weekday::Sun).for_each(|d| found.insert(d));
            text = rest;
        } else if let Some(rest) = text.strip_prefix("から").or(text.strip_prefix(['~', '-'])) {
            last?;
            (until, text) = (true, rest);
        } else if ignored > 0 {
            text = text.get(ignored..)?;
        } else if list.separators.contains(c) {
            text = text.get(c.len_utf8()..)?;
        } else if c == '(' && !found.is_empty() {
            // 火(午前): the part of the day is not asked for.
            let (note, rest) = text.get(1..)?.split_once(')')?;
            let is_time = note
                .chars()
                .all(|c| c.is_ascii_digit() || ":~-時分".contains(c));
            if !is_time
                && !list
                    .notes
                    .iter()
                    .chain(&list.ignored)
                    .any(|word| word == note)
            {
                return None;
            }
            text = rest;
        } else if text == "まで" {
            text = "";
        } else {
            return None;
        }
    }
    (!until && !found.is_empty()).then_some(found)
}

/// The chosen ones of `☑月☑火□水` or `月☑火□`; `None` where no boxes stand beside words.
fn ticked(text: &str) -> Option<String> {
    const FEWEST: usize = 2;
    let signs = ticks();
    let is_box = |c: char| signs.chosen.contains(c) || signs.open.contains(c);
    let count = text.matches(is_box).count();
    if count < FEWEST {
        return None;
    }
    let mut chosen: Vec<&str> = Vec::new();
    let mut rest = text;
    let leads = text.starts_with(is_box);
    while !rest.is_empty() {
        let at = rest.find(is_box)?;
        let (before, behind) = rest.split_at_checked(at)?;
        let sign = behind.chars().next()?;
        let behind = behind.get(sign.len_utf8()..)?;
        let (day, next) = match leads {
            true => behind.split_at_checked(behind.find(is_box).unwrap_or(behind.len()))?,
            false => (before, behind),
        };
        if day.is_empty() {
            return None;
        }
        if signs.chosen.contains(sign) {
            chosen.push(day);
        }
        rest = next;
    }
    Some(chosen.join("・"))
}

/// `週3日(月・水・金)` → `月・水・金`
fn without_count(text: &str) -> &str {
    let Some(rest) = text.strip_prefix('週') else {
        return text;
    };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match after.strip_prefix(['日', '回']) {
        Some(days) if after.len() < rest.len() && !days.is_empty() => {
            unbracketed(days.trim_start_matches(':'))
        }
        _ => text,
    }
}

fn days_through(first: Weekday, last: Weekday) -> impl Iterator<Item = Weekday> {
    let steps = (last.num_days_from_monday() + 7 - first.num_days_from_monday()) % 7;
    std::iter::successors(Some(first), |day| Some(day.succ())).take(steps as usize + 1)
}

fn take_word<'a>(text: &'a str, list: &[String]) -> Option<&'a str> {
    match longest_prefix(text, list) {
        0 => None,
        length => text.get(length..),
    }
}

fn longest_prefix(text: &str, list: &[String]) -> usize {
    list.iter()
        .filter(|word| text.starts_with(word.as_str()))
        .map(String::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_text_may_tell_the_days_of_both_places() {
        let told =
            |text: &str| of_both_places(text).map(|(home, office)| (home.keys(), office.keys()));
        let both = Some((vec!["mon", "wed"], vec!["fri"]));
        for text in [
            "在宅：月・水　通所：金",
            "在宅：月・水\n通所：金",
            "通所（金）在宅（月・水）",
        ] {
            assert_eq!(told(text), both, "{text}");
        }
        for text in [
            "月・水",
            "在宅：月・水",
            "在宅：月　在宅：水　通所：金",
            "原則在宅：月　通所：金",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn of_printed_days_the_chosen_ones_count() {
        let read = |text| weekdays(text).map(|days| days.keys());
        for text in [
            "☑月　☑火　□水　□木　□金",
            "■月曜日 ■火曜日 □水曜日",
            "月☑ 火☑ 水□ 木□",
        ] {
            assert_eq!(read(text), Ok(vec!["mon", "tue"]), "{text}");
        }
        assert!(read("□月 □火").is_ok_and(|days| days.is_empty()));
        assert!(read("☑隔週の月 □火").is_err());
    }

    #[test]
    fn weekdays_are_written_in_many_ways() {
        for (text, keys) in [
            ("月・水・金", "mon wed fri"),
            ("月水金", "mon wed fri"),
            ("月、火、木", "mon tue thu"),
            ("月曜日・水曜日", "mon wed"),
            ("月・水曜", "mon wed"),
            ("月～金", "mon tue wed thu fri"),
            ("月曜から金曜まで", "mon tue wed thu fri"),
            ("金～月", "mon fri sat sun"),
            ("平日", "mon tue wed thu fri"),
            ("平日（祝日を除く）", "mon tue wed thu fri"),
            ("毎日", "mon tue wed thu fri sat sun"),
            ("Mon,Wed", "mon wed"),
            ("Monday / Friday", "mon fri"),
            ("火（午前）・木", "tue thu"),
            ("（月・水）", "mon wed"),
            ("週3日（月・水・金）", "mon wed fri"),
            ("毎週火曜日", "tue"),
            ("土日祝", "sat sun"),
            ("月　水", "mon wed"),
            ("月\n水", "mon wed"),
            ("日", "sun"),
            ("なし", ""),
            ("－", ""),
            ("", ""),
        ] {
            let keys: Vec<&str> = keys.split_whitespace().collect();
            assert_eq!(weekdays(text).map(|days| days.keys()), Ok(keys), "{text}");
        }
    }

    #[test]
    fn what_does_not_hold_every_week_is_no_set_of_weekdays() {
        for text in [
            "第1・3月曜",
            "隔週水曜",
            "週3日",
            "月1回",
            "体調による",
            "～金",
            "月～",
            "祝日",
            "在宅",
            "月～金（水を除く）",
            "火（隔週）",
        ] {
            assert!(weekdays(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[月火水木金土日曜祝週0-9()~～・、 monfri]{0,16}") {
            let _ = weekdays(&text);
            let _ = weekdays(&near);
        }

        #[test]
        fn a_set_of_weekdays_reads_back(bits in 1u32..128) {
            let days: Weekdays = days_through(Weekday::Mon, Weekday::Sun)
                .filter(|day| bits & (1 << day.num_days_from_monday()) != 0)
                .collect();
            prop_assert_eq!(weekdays(&days.japanese()), Ok(days));
        }
    }
}
