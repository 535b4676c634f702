//! One user's line of the listing (参考様式4), from the marks under its days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fields;
use super::legend::{self, Legend};
use super::mark::{self, Marked};
use super::record::{Sheeted, written};
use super::words::words;
use crate::model::{Cell, DayMark, Field, ListingRow, Mark, Wording};
use crate::recognise::{DayWord, Item};

/// What is known of one day so far.
struct Day<'a> {
    marked: Marked,
    /// The word that tells of the support, else the first one.
    word: &'a DayWord,
    unread: Option<Wording>,
}

impl Sheeted<'_> {
    /// 参考様式4: one user's line; `None` for an empty line. `circled` says whether circles mark
    /// days in the listing, so that O is one too.
    pub fn listing_row(&self, circled: bool) -> Option<ListingRow> {
        let mut legend = legend::legend(&self.form.legend);
        let own = self.dialect.marks.iter();
        legend.extend(own.map(|(sign, support)| {
            let marked = Marked {
                support: *support,
                ..Marked::default()
            };
            (sign.clone(), Some(marked))
        }));
        let circled =
            mark::explains_circle(&legend) || (circled && !mark::gives_circle_away(&legend));
        let mut record = ListingRow {
            user: self.user(),
            home_days: fields::count(self.item(Item::HomeDays)),
            weekly_dates: fields::dates(self.item(Item::WeeklyDate), self.near()),
            monthly_date: fields::date(self.item(Item::MonthlyDate), self.near()),
            source: self.source(),
            ..ListingRow::default()
        };
        for (number, day) in days(&self.form.days, &legend, circled) {
            let (text, cell) = (day.word.word.text.clone(), Some(day.word.word.cell));
            if let Some(why) = day.unread {
                let unread: Field<Mark> = Field::unclear(text, why, cell);
                record.unread_days.push((number, unread));
                continue;
            }
            if let Some(mark) = day.marked.support {
                record.days.push(DayMark {
                    day: number,
                    mark,
                    cell,
                });
            }
            let date = || self.marked_date(number, &text, cell);
            let is_same = |field: &Field<NaiveDate>| field.get() == date().get();
            if day.marked.weekly && !record.weekly_dates.iter().any(is_same) {
                record.weekly_dates.push(date());
            }
            if day.marked.monthly && !written(&record.monthly_date) {
                record.monthly_date = date();
            }
        }
        let named = written(&record.user.name) || written(&record.user.certificate_number);
        named.then_some(record)
    }

    /// The date of a day that is marked as one of an evaluation.
    fn marked_date(&self, day: u32, text: &str, cell: Option<Cell>) -> Field<NaiveDate> {
        let reasons = &words().reasons;
        let read = match self.month {
            Some(month) => month.day(day).ok_or(&reasons.no_such_day),
            None => Err(&reasons.year_missing),
        };
        match read {
            Ok(date) => Field::read(text, date, cell),
            Err(why) => Field::unclear(text, why.clone(), cell),
        }
    }
}

/// The days on which anything is written, several words of one day taken together.
fn days<'a>(words_of: &'a [DayWord], legend: &Legend, circled: bool) -> BTreeMap<u32, Day<'a>> {
    let mut days: BTreeMap<u32, Day> = BTreeMap::new();
    for word in words_of {
        let text = &word.word.text;
        let read = match word.line {
            Some(line) => mark::in_line(text, word.day, line, legend),
            None => match mark::mark(text, legend) {
                Err(_) if circled && mark::is_circle_like(&word.word) => Ok(Marked::of(Mark::Home)),
                marked => marked,
            },
        };
        let (marked, unread) = match read {
            Ok(marked) => (marked, None),
            Err(why) => (Marked::default(), Some(why)),
        };
        let Some(day) = days.get_mut(&word.day) else {
            let day = Day {
                marked,
                word,
                unread,
            };
            days.insert(word.day, day);
            continue;
        };
        // What is said first and not understood stays a question.
        if day.unread.is_some() {
            continue;
        }
        match day.marked.and(marked) {
            Some(both) if unread.is_none() => {
                let tells = marked.support.is_some() && day.marked.support.is_none();
                day.word = if tells { word } else { day.word };
                day.marked = both;
            }
            both => {
                day.word = word;
                let contradict = both.is_none();
                let why = || contradict.then(|| words().reasons.not_a_mark.clone());
                day.unread = unread.or_else(why);
            }
        }
    }
    days
}
