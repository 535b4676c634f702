//! From the words that stand for an item to the fields of a record.
//!
//! Hands the joined words to the reader of their notation; keeps what was written, where, and
//! why a person should look.

use chrono::{NaiveDate, NaiveTime};

use super::joined::{
    around_dash, dated, dated_ends, is_remark, shown, timed, without_length, without_pauses,
};
use super::legend::Legend;
use super::{
    certificate, chosen, date, month as months, period as periods, service, time, week_day,
    weekdays,
};
use crate::model::{
    Cell, CertificateNumber, Content, Doubt, Field, Grounds, Mark, Month, Service, Weekdays,
    Wording,
};
use crate::read::Stored;
use crate::recognise::{Entry, Word};
use crate::text::{clean, squash};

/// The entries of one item: none when the form has no such label.
pub type Entries<'a> = Option<&'a Vec<Entry>>;

/// Free or short text.
pub fn text(entries: Entries) -> Field<String> {
    read(entries, shown, |text, _| {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            Ok(Some(plain(clean(text))))
        }
    })
}

/// The number of an office: of several words the one that is ten digits, if only one is.
pub fn number(entries: Entries) -> Field<String> {
    let is_number = |word: &&Word| {
        let text = squash(&word.text);
        text.len() == 10 && text.chars().all(|c| c.is_ascii_digit())
    };
    let alone = first(entries).and_then(|entry| {
        let mut numbers = entry.words.iter().filter(is_number);
        let only = numbers.next().filter(|_| numbers.next().is_none())?;
        Some(vec![Entry {
            words: vec![only.clone()],
            ..entry.clone()
        }])
    });
    text(alone.as_ref().or(entries))
}

/// A date, written in one cell or spread over several.
pub fn date(entries: Entries, month: Option<Month>) -> Field<NaiveDate> {
    read(entries, dated, |text, _| {
        if date::is_unfilled(text) {
            return Ok(None);
        }
        if let Some(day) = week_day::week_day(text, month) {
            return Ok(Some(plain(day)));
        }
        date::date(text, month).map(|mut reading| {
            // A day of the very month that the form is for leaves no doubt about its year.
            if month.is_some_and(|month| month.contains(reading.value)) {
                reading
                    .doubts
                    .retain(|doubt| *doubt != Doubt::YearFromContext);
            }
            Some((reading.value, reading.doubts))
        })
    })
}

/// The dates of one cell or several, blanks left out.
pub fn dates(entries: Entries, month: Option<Month>) -> Vec<Field<NaiveDate>> {
    let mut found = Vec::new();
    for entry in entries.into_iter().flatten() {
        let whole = date(Some(&vec![entry.clone()]), month);
        if !whole.is_unclear() {
            found.extend(whole.value().is_some().then_some(whole));
            continue;
        }
        // Several dates may share a cell.
        let parts = entry.words.iter().flat_map(|word| {
            // A stroke parts whole days only: 3日/10日, and not 9/3.
            let text = word.text.replace("日/", "日、").replace("日／", "日、");
            let parts = text
                .split(['、', ',', '，', '\n', ' ', '\u{3000}', '・'])
                .filter(|part| !part.trim().is_empty());
            let part = |part: &str| {
                let word = Word {
                    text: part.to_owned(),
                    stored: None,
                    ..word.clone()
                };
                date(
                    Some(&unlabelled(word.cell, vec![word], entry.grounds)),
                    month,
                )
            };
            parts.map(part).collect::<Vec<_>>()
        });
        let parts: Vec<_> = parts.collect();
        match parts.iter().all(|p| p.value().is_some()) && !parts.is_empty() {
            true => found.extend(parts),
            false => found.push(whole),
        }
    }
    found
}

/// A month, such as `令和7年9月分`.
pub fn month(entries: Entries, year: Option<i32>) -> Field<Month> {
    read(entries, dated, |text, _| {
        if date::is_unfilled(text) {
            return Ok(None);
        }
        let unread = || Wording::new("何年何月分かを読み取れません", "the month cannot be read");
        months::month(text, year)
            .map(|month| Some(plain(month)))
            .ok_or_else(unread)
    })
}

/// A single time of day.
pub fn time(entries: Entries) -> Field<NaiveTime> {
    let timed = |words: &[Word]| timed(&without_length(words));
    read(entries, timed, |text, _| {
        if time::is_unfilled(text) {
            return Ok(None);
        }
        time::time(text).map(|time| Some(plain(time)))
    })
}

/// Start and end, written as one range.
pub fn time_range(entries: Entries) -> (Field<NaiveTime>, Field<NaiveTime>) {
    let Some(entry) = first(entries) else {
        return (Field::absent(), Field::absent());
    };
    let entry = &Entry {
        words: without_length(&without_pauses(&entry.words)),
        ..entry.clone()
    };
    let (before, after, end_home) = around_dash(&entry.words, entry.home);
    if let Some(after) = after {
        let start = time(Some(&unlabelled(entry.home, before, entry.grounds)));
        let end = time(Some(&unlabelled(end_home, after, entry.grounds)));
        return (start, end);
    }
    let joined = timed(&entry.words);
    let raw = shown(&entry.words);
    let cell = Some(entry.words.first().map_or(entry.home, |w| w.cell));
    if time::is_unfilled(&joined) {
        return (Field::blank(cell), Field::blank(cell));
    }
    let side = |time: Option<NaiveTime>| match time {
        Some(time) => Field {
            doubts: doubts(&entry.words),
            grounds: entry.grounds,
            ..Field::read(raw.clone(), time, cell)
        },
        None => Field::blank(cell),
    };
    match time::range(&joined) {
        Some((None, None)) | None => {
            let why = Wording::new("時刻として読み取れません", "no time of day can be read");
            (
                Field::unclear(raw.clone(), why.clone(), cell),
                Field::unclear(raw, why, cell),
            )
        }
        Some((start, end)) => (side(start), side(end)),
    }
}

/// First and last day, written as one range.
pub fn period(entries: Entries, month: Option<Month>) -> (Field<NaiveDate>, Field<NaiveDate>) {
    let Some(entry) = first(entries) else {
        return (Field::absent(), Field::absent());
    };
    let words: Vec<Word> = entry
        .words
        .iter()
        .filter(|w| !is_remark(&w.text))
        .cloned()
        .collect();
    let (before, after, end_home) = around_dash(&words, entry.home);
    let joined = dated_ends(&words).unwrap_or_else(|| dated(&words));
    let start_cell = Some(before.first().map_or(entry.home, |w| w.cell));
    let end_cell = Some(
        after
            .as_ref()
            .map_or(end_home, |words| words.first().map_or(end_home, |w| w.cell)),
    );
    if date::is_unfilled(&joined) {
        return (Field::blank(start_cell), Field::blank(end_cell));
    }
    let doubts = doubts(&words);
    let side = |value: Option<NaiveDate>, words: &[Word], cell| match value {
        Some(value) => Field {
            doubts: doubts.clone(),
            grounds: entry.grounds,
            ..Field::read(shown(words), value, cell)
        },
        None => Field::blank(cell),
    };
    match periods::period(&joined, month) {
        Ok((from, to)) => {
            let end_words = after.as_deref().unwrap_or(&words);
            (
                side(
                    from,
                    if after.is_some() { &before } else { &words },
                    start_cell,
                ),
                side(to, end_words, end_cell),
            )
        }
        Err(why) => {
            let raw = shown(&words);
            (
                Field::unclear(raw.clone(), why.clone(), start_cell),
                Field::unclear(raw, why, end_cell),
            )
        }
    }
}

/// Date and times that share a box: `令和7年9月1日（月）　9:00～12:00`.
pub fn date_time(
    entries: Entries,
    month: Option<Month>,
) -> (Field<NaiveDate>, Field<NaiveTime>, Field<NaiveTime>) {
    let Some(entry) = first(entries) else {
        return (Field::absent(), Field::absent(), Field::absent());
    };
    let joined = dated(&entry.words);
    // The date ends where the first time of day begins: behind 日, or at white space.
    let cut = joined
        .find('日')
        .map(|i| i + '日'.len_utf8())
        .or_else(|| joined.find(char::is_whitespace))
        .unwrap_or(joined.len());
    let cut = match joined[cut..].find([')', '）']) {
        Some(bracket) if joined[cut..].trim_start().starts_with(['(', '（']) => {
            cut + bracket
                + joined[cut + bracket..]
                    .chars()
                    .next()
                    .map_or(0, char::len_utf8)
        }
        _ => cut,
    };
    let part = |text: &str| {
        let words = entry.words.first().filter(|_| !text.trim().is_empty());
        let words = words.map(|w| Word {
            text: text.trim().to_owned(),
            stored: None,
            ..w.clone()
        });
        unlabelled(entry.home, words.into_iter().collect(), entry.grounds)
    };
    let (start, end) = time_range(Some(&part(&joined[cut..])));
    (date(Some(&part(&joined[..cut])), month), start, end)
}

/// Whether a line says that the user was at home: 在宅 chosen among `通所　在宅　欠席`, or a sign
/// that the form's own `legend` explains.
pub fn at_home(entries: Entries, legend: &Legend) -> Field<bool> {
    let Some(entry) = first(entries) else {
        return Field::absent();
    };
    let cell = Some(entry.words.first().map_or(entry.home, |word| word.cell));
    let sign = squash(&shown(&entry.words)).to_lowercase();
    let explained = legend.get(&sign).copied().flatten();
    let explained = explained.map(|marked| marked.support);
    match explained.or_else(|| chosen::usage(&entry.words)) {
        Some(mark) => Field {
            grounds: entry.grounds,
            ..Field::read(shown(&entry.words), mark == Some(Mark::Home), cell)
        },
        None => Field::blank(cell),
    }
}

/// Whether a line gives more than one answer to that.
pub fn is_at_home_unclear(entries: Entries) -> bool {
    first(entries).is_some_and(|entry| chosen::is_usage_chosen_twice(&entry.words))
}

/// 受給者証番号
pub fn certificate_number(entries: Entries) -> Field<CertificateNumber> {
    // A number counts by its digits, and by how the cell shows it where its format adds zeros.
    let digits = |word: &Word| match word.stored {
        Some(Stored::Number(n)) if n.fract() == 0.0 && (0.0..1e15).contains(&n) => {
            format!("{n:.0}")
        }
        _ => word.text.clone(),
    };
    read(entries, shown, |text, words| {
        if squash(text).is_empty() {
            return Ok(None);
        }
        let whole: String = words.iter().map(digits).collect();
        certificate::certificate(&whole)
            .or_else(|why| certificate::certificate(text).map_err(|_| why))
            .or_else(|why| {
                // Something else may stand on the same line.
                let mut alone = words
                    .iter()
                    .filter_map(|word| certificate::certificate(&digits(word)).ok());
                match (alone.next(), alone.next()) {
                    (Some(number), None) => Ok(number),
                    _ => Err(why),
                }
            })
            .map(|number| Some(plain(number)))
    })
}

/// サービス種別
pub fn service(entries: Entries) -> Field<Service> {
    read(entries, shown, |text, _| {
        if squash(text).is_empty() {
            return Ok(None);
        }
        let unread = || {
            Wording::new(
                "サービス種別として読み取れません",
                "the kind of service cannot be read",
            )
        };
        service::service(text)
            .map(|s| Some(plain(s)))
            .ok_or_else(unread)
    })
}

/// 曜日
pub fn weekdays(entries: Entries) -> Field<Weekdays> {
    read(entries, shown, |text, _| {
        if squash(text).is_empty() {
            return Ok(None);
        }
        weekdays::weekdays(text).map(|days| Some(plain(days)))
    })
}

/// The weekdays at home and at the office; either box may tell both.
pub fn weekdays_of_places(home: Entries, office: Entries) -> (Field<Weekdays>, Field<Weekdays>) {
    let (own, other) = (weekdays(home), weekdays(office));
    let told = [&own, &other].into_iter().find(|field| field.is_unclear());
    let both = told.and_then(|field| Some((field, weekdays::of_both_places(&field.raw)?)));
    match both {
        Some((field, (home, office))) => {
            let read = |days| Field {
                doubts: field.doubts.clone(),
                grounds: field.grounds,
                ..Field::read(field.raw.clone(), days, field.cell)
            };
            (read(home), read(office))
        }
        None => (own, other),
    }
}

/// A count of the days of a month, such as 在宅日数. Of several numbers it is none.
pub fn count(entries: Entries) -> Field<u32> {
    const MOST_DAYS: u32 = 31;
    let is_digit = |c: char| c.is_numeric();
    read(entries, shown, |text, _| {
        let digits = squash(text);
        let digits = digits.trim_end_matches(['日', '回']);
        if digits.is_empty() {
            return Ok(None);
        }
        let unread = || {
            Wording::new(
                "日数として読み取れません",
                "the number of days cannot be read",
            )
        };
        let numbers = text
            .split_whitespace()
            .filter(|part| part.contains(is_digit));
        let count = digits.parse().ok().filter(|days| *days <= MOST_DAYS);
        match count.filter(|_| numbers.count() == 1) {
            Some(days) => Ok(Some(plain(days))),
            None => Err(unread()),
        }
    })
}

/// The doubts that the words themselves raise. An empty box may be hidden without any.
pub fn doubts(words: &[Word]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let is_written = |w: &&Word| w.stored.is_some() || !w.text.trim().is_empty();
    let written = || words.iter().filter(is_written);
    if written().any(|w| w.struck) {
        doubts.push(Doubt::StruckThrough);
    }
    if written().any(|w| w.hidden) {
        doubts.push(Doubt::Hidden);
    }
    if words.iter().any(|w| w.stacked) {
        doubts.push(Doubt::StackedBoxes);
    }
    if words.iter().any(|w| w.drawn) {
        doubts.push(Doubt::DrawnText);
    }
    if words.iter().any(|w| w.written.is_some()) {
        doubts.push(Doubt::Ditto);
    }
    doubts
}

/// Words without a label of their own, such as one half of a range.
fn unlabelled(home: Cell, words: Vec<Word>, grounds: Grounds) -> Vec<Entry> {
    vec![Entry {
        label: String::new(),
        home,
        words,
        grounds,
    }]
}

pub(super) fn plain<T>(value: T) -> (T, Vec<Doubt>) {
    (value, Vec::new())
}

pub(super) fn first<'a>(entries: Entries<'a>) -> Option<&'a Entry> {
    entries.and_then(|entries| {
        entries
            .iter()
            .find(|e| !e.words.is_empty())
            .or(entries.first())
    })
}

/// The common course: absent, broken, blank, read or unclear.
pub(super) fn read<T>(
    entries: Entries,
    join: impl Fn(&[Word]) -> String,
    parse: impl Fn(&str, &[Word]) -> Result<Option<(T, Vec<Doubt>)>, Wording>,
) -> Field<T> {
    let Some(entry) = first(entries) else {
        return Field::absent();
    };
    let words: Vec<Word> = entry
        .words
        .iter()
        .filter(|w| w.tick.is_none())
        .cloned()
        .collect();
    let cell = Some(words.first().map_or(entry.home, |w| w.cell));
    let written = words.iter().find_map(|word| word.written.clone());
    let raw = written.unwrap_or_else(|| shown(&words));
    if let Some(broken) = words.iter().find_map(|w| broken(w.stored.as_ref())) {
        return Field::unclear(raw, broken, cell);
    }
    match parse(&join(&words), &words) {
        Ok(Some((value, more))) => {
            let mut doubts = doubts(&words);
            doubts.extend(more);
            Field {
                raw,
                content: Content::Value(value),
                cell,
                doubts,
                grounds: entry.grounds,
            }
        }
        Ok(None) => Field {
            raw,
            ..Field::blank(cell)
        },
        Err(why) => Field::unclear(raw, why, cell),
    }
}

fn broken(stored: Option<&Stored>) -> Option<Wording> {
    match stored {
        Some(Stored::Error(error)) => Some(Wording::new(
            format!("数式がエラー（{error}）になっています"),
            format!("the formula shows the error {error}"),
        )),
        Some(Stored::NotCalculated) => Some(Wording::new(
            "数式の結果が保存されていません。Excelで開いて保存し直してください",
            "the formula was saved without its result; open and save the workbook in Excel",
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
