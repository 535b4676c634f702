//! The words of one item joined into one text, as the readers of each notation want it.

use super::{date, time};
use crate::model::Cell;
use crate::read::Stored;
use crate::recognise::Word;
use crate::text::squash;

/// What a person sees, line by line.
pub fn shown(words: &[Word]) -> String {
    join(words, |_, word| word.text.clone())
}

fn join(words: &[Word], text: impl Fn(usize, &Word) -> String) -> String {
    let mut out = String::new();
    let mut row = None;
    for (i, word) in words.iter().enumerate().filter(|(_, w)| w.tick.is_none()) {
        match row {
            Some(before) if before != word.cell.row => out.push('\n'),
            Some(_) => out.push(' '),
            None => {}
        }
        row = Some(word.cell.row);
        out.push_str(&text(i, word));
    }
    out
}

/// Joined so that dates can be read: serials as dates, and the plain number where 年, 月 or 日
/// stands in the next cell, whatever the number format makes of it.
pub fn dated(words: &[Word]) -> String {
    let parts: Vec<Word> = words
        .iter()
        .filter(|w| !is_remark(&w.text))
        .cloned()
        .collect();
    let mut out = String::new();
    for (i, word) in parts.iter().enumerate() {
        match word.stored {
            Some(Stored::Moment(n) | Stored::Number(n))
                if unit_follows(&parts, i, ['年', '月', '日'])
                    && n.fract() == 0.0
                    && !is_weekday_behind_date(&parts, i + 1) =>
            {
                let number = format!("{n:.0}");
                if squash(&word.text).contains(&number) {
                    out.push_str(&word.text)
                } else {
                    out.push_str(&number)
                }
            }
            Some(Stored::Moment(n)) => match date::from_serial(n) {
                Some(day) => out.push_str(&day.to_string()),
                None => out.push_str(&word.text),
            },
            // 月 and 日 behind a whole date are weekdays.
            _ if is_weekday_behind_date(&parts, i) => {
                out.push_str(&format!("({})", squash(&word.text)));
            }
            _ => out.push_str(&word.text),
        }
        out.push(' ');
    }
    out.trim_end().to_owned()
}

/// Whether the word after this one is its unit.
fn unit_follows<const N: usize>(words: &[Word], i: usize, units: [char; N]) -> bool {
    let next = words.get(i + 1);
    next.is_some_and(|next| squash(&next.text).starts_with(units))
}

fn is_weekday_behind_date(words: &[Word], i: usize) -> bool {
    let text = words.get(i).map(|word| squash(&word.text));
    let before = i.checked_sub(1).and_then(|at| words.get(at));
    let is_whole = |word: &Word| {
        // A day of the month may be shown as 0:00, whatever the number format makes of it.
        if matches!(word.stored, Some(Stored::Moment(n) | Stored::Number(n)) if n < 32.0) {
            return false;
        }
        let text = squash(&word.text);
        let parts = text.split(|c: char| !c.is_ascii_digit());
        // A day that is shown as a time, 0:00, is no date.
        !text.contains(':') && parts.filter(|digits| !digits.is_empty()).count() > 1
    };
    i + 1 == words.len()
        && text.is_some_and(|text| matches!(text.as_str(), "月" | "日"))
        && before.is_some_and(is_whole)
}

/// Joined so that times can be read: serials as times of day, and the number as it is shown
/// where 時 or 分 stands in the next cell.
pub fn timed(words: &[Word]) -> String {
    join(words, |i, word| match word.stored {
        Some(Stored::Number(_)) if unit_follows(words, i, ['時', '分']) => word.text.clone(),
        Some(Stored::Moment(n)) => clock(n).unwrap_or_else(|| word.text.clone()),
        Some(Stored::Number(n)) if (0.0..1.0).contains(&n) => {
            clock(n).unwrap_or_else(|| word.text.clone())
        }
        _ => word.text.clone(),
    })
}

fn clock(serial: f64) -> Option<String> {
    time::from_serial(serial).map(|t| t.format("%H:%M").to_string())
}

/// The first and the last day in a cell each, one of which says so: `9月1日から` `9月5日まで`.
fn ends(words: &[Word]) -> Option<(&Word, &Word)> {
    let [from, to] = words else {
        return None;
    };
    let ends_in = |word: &Word, marks: &[&str]| {
        let text = squash(&word.text);
        text.contains(|c: char| c.is_ascii_digit()) && marks.iter().any(|mark| text.ends_with(mark))
    };
    let is_day = |word: &Word| squash(&word.text).contains(|c: char| c.is_ascii_digit());
    let says = ends_in(from, &["から", "より"]) || ends_in(to, &["まで", "迄"]);
    (says && is_day(from) && is_day(to)).then_some((from, to))
}

/// The two days of a period, joined so that it can be read, where each has a cell of its own that
/// says which of them it is.
pub fn dated_ends(words: &[Word]) -> Option<String> {
    const ENDS: [&str; 4] = ["から", "より", "まで", "迄"];
    let (from, to) = ends(words)?;
    let day = |word: &Word| {
        let day = squash(&dated(std::slice::from_ref(word)));
        let bare = ENDS.iter().find_map(|end| day.strip_suffix(end));
        bare.map_or(day.clone(), str::to_owned)
    };
    Some(format!("{}~{}", day(from), day(to)))
}

/// The words before and after a cell that holds only ～, and where the second half begins.
pub fn around_dash(words: &[Word], home: Cell) -> (Vec<Word>, Option<Vec<Word>>, Cell) {
    let is_dash = |w: &Word| matches!(squash(&w.text).as_str(), "~" | "-" | "から" | "至");
    match words.iter().position(is_dash) {
        Some(i) => {
            let at = words[i].cell;
            let after = words[i + 1..].to_vec();
            (
                words[..i].to_vec(),
                Some(after),
                Cell::new(at.row, at.col.saturating_add(1)),
            )
        }
        None => match ends(words) {
            Some((from, to)) => (vec![from.clone()], Some(vec![to.clone()]), to.cell),
            None => (words.to_vec(), None, home),
        },
    }
}

/// Without how long it took, in a cell beside the times: `5時間00分`, `（5.0h）`.
pub fn without_length(words: &[Word]) -> Vec<Word> {
    let is_length = |word: &Word| {
        let text = squash(&word.text).to_lowercase();
        let text = text
            .trim_matches(['(', ')'])
            .trim_start_matches(['計', '約', '実']);
        let hours = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        hours.len() < text.len() && (hours == "h" || hours.starts_with("時間"))
    };
    let (lengths, times): (Vec<&Word>, Vec<&Word>) = words.iter().partition(|word| is_length(word));
    match lengths.is_empty() || times.is_empty() {
        true => words.to_vec(),
        false => times.into_iter().cloned().collect(),
    }
}

/// Without what is said of the pause in cells behind the times: `（休憩 60 分）`, `休憩` `1時間`.
pub fn without_pauses(words: &[Word]) -> Vec<Word> {
    let pauses = &super::words::words().contacts.pauses;
    let is_said = |word: &Word| {
        let text = squash(&word.text);
        let text = text.trim_start_matches(['(', 'う', 'ち', '内']);
        pauses.iter().any(|pause| text.starts_with(pause.as_str()))
    };
    let first = words.iter().position(is_said).filter(|at| *at > 0);
    let mut times = words
        .get(..first.unwrap_or(words.len()))
        .unwrap_or_default();
    // The bracket around it may have a cell of its own.
    while first.is_some()
        && let Some((last, others)) = times.split_last()
        && matches!(squash(&last.text).as_str(), "(" | "[" | "※")
    {
        times = others;
    }
    times.to_vec()
}

/// A printed remark in brackets, such as （評価は１週間ごとに実施）.
pub fn is_remark(text: &str) -> bool {
    let text = squash(text);
    text.starts_with('(')
        && text.ends_with(')')
        && text.chars().count() > 6
        && !text.contains(|c: char| c.is_ascii_digit() && c != '1')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(col: u32, text: &str, stored: Option<Stored>) -> Word {
        Word {
            cell: Cell::new(0, col),
            text: text.to_owned(),
            stored,
            ..Word::default()
        }
    }

    #[test]
    fn how_long_it_took_is_no_time_of_day() {
        let kept = |texts: &[&str]| {
            let words = (0..).zip(texts).map(|(col, text)| word(col, text, None));
            shown(&without_length(&words.collect::<Vec<_>>()))
        };
        assert_eq!(kept(&["15:00", "5時間00分"]), "15:00");
        assert_eq!(kept(&["10:00～15:00", "（計5.0h）"]), "10:00～15:00");
        assert_eq!(kept(&["10時", "30分"]), "10時 30分");
        assert_eq!(kept(&["5時間"]), "5時間");
    }

    #[test]
    fn a_weekday_in_the_cell_behind_a_date_is_no_month() {
        let told = |texts: &[&str]| {
            let words = (0..).zip(texts).map(|(col, text)| word(col, text, None));
            dated(&words.collect::<Vec<_>>())
        };
        assert_eq!(told(&["11月10日", "月"]), "11月10日 (月)");
        assert_eq!(told(&["11", "月", "10", "日"]), "11 月 10 日");
        assert_eq!(told(&["令和7年11", "月", "10日"]), "令和7年11 月 10日");
        assert_eq!(told(&["10", "日"]), "10 日");
        assert_eq!(
            told(&["令和7", "年", "9", "月", "0:00", "日"]),
            "令和7 年 9 月 0:00 日"
        );
    }

    #[test]
    fn each_day_of_a_period_may_say_which_it_is() {
        let told = |from: &str, to: &str, stored: Option<Stored>| {
            dated_ends(&[word(0, from, stored.clone()), word(1, to, stored)])
        };
        let day = Some(Stored::Moment(45_931.0));
        let both = told("10月1日から", "10月1日まで", day);
        assert_eq!(both.as_deref(), Some("2025-10-01~2025-10-01"));
        let texts = told("9/1から", "9/5まで", None);
        assert_eq!(texts.as_deref(), Some("9/1~9/5"));
        assert_eq!(told("9/1", "9/5", None), None);
        assert_eq!(told("9月1日", "金曜まで", None), None);
    }

    #[test]
    fn the_pause_behind_the_times_is_none_of_them() {
        let kept = |texts: &[&str]| {
            let words: Vec<Word> = (0..)
                .zip(texts)
                .map(|(col, text)| word(col, text, None))
                .collect();
            without_pauses(&words).len()
        };
        assert_eq!(kept(&["10:00", "～", "15:00", "（休憩 60 分）"]), 3);
        assert_eq!(kept(&["10:00～15:00", "うち休憩", "60", "分"]), 1);
        assert_eq!(kept(&["10:00～15:00", "（", "休憩", "60", "分", "）"]), 1);
        for texts in [
            ["10:00", "～", "15:00"],
            ["休憩", "12:00～13:00", "10:00～15:00"],
        ] {
            assert_eq!(kept(&texts), 3, "{texts:?}");
        }
    }

    #[test]
    fn a_day_that_is_shown_as_a_time_is_a_day_and_not_a_date_before_its_weekday() {
        let day = |text: &str, stored| {
            let month = [word(0, "令和7年", None), word(1, "9月", None)];
            let day = [word(2, text, Some(stored)), word(3, "日", None)];
            squash(&dated(&[&month[..], &day].concat()))
        };
        assert_eq!(day("0:00", Stored::Moment(3.0)), "令和7年9月3日");
        assert_eq!(day("3", Stored::Number(3.0)), "令和7年9月3日");
        assert!(day("9/7", Stored::Moment(45_907.0)).ends_with("(日)"));
    }

    #[test]
    fn a_number_before_its_unit_is_what_it_shows() {
        let words = [
            word(0, "13", Some(Stored::Number(13.0))),
            word(1, "時", None),
            word(2, "00", Some(Stored::Number(0.0))),
            word(3, "分", None),
        ];
        assert_eq!(squash(&timed(&words)), "13時00分");
    }

    #[test]
    fn a_number_by_itself_is_a_time_of_day() {
        let words = [word(0, "0.375", Some(Stored::Number(0.375)))];
        assert_eq!(timed(&words), "09:00");
    }
}
