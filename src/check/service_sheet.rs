//! What the service record sheets (実績記録票) tell of a user's days at home.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::items::no_such_item;
use super::unseen::{Unseen, unread_within};
use super::words::{look_at_the_text, words};
use super::{Context, PersonFile, Report, Words};
use crate::model::{
    Content, DailyRecord, Field, Location, Month, ServiceDay, ServiceRecordSheet, When, Wording,
    month_in_japanese,
};

/// One line of a sheet, with the sheet.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The sheet.
    pub sheet: &'a ServiceRecordSheet,
    /// The line.
    pub day: &'a ServiceDay,
}

impl Line<'_> {
    /// Whether 備考 says that the day was at home.
    pub fn is_at_home(&self, context: &Context) -> bool {
        let words = &context.rules().home_remarks;
        let says = |remark: &str| {
            let plain: String = remark.chars().filter(|c| !c.is_whitespace()).collect();
            words.iter().any(|word| plain.contains(word.as_str()))
        };
        self.day.remarks.text().is_some_and(says)
    }

    /// Whether it tells of support: by its times, or as a day at home. A line of absence
    /// has neither.
    fn tells(&self, context: &Context) -> bool {
        let (start, end) = (&self.day.start, &self.day.end);
        if start.is_absent() && end.is_absent() {
            return true;
        }
        start.value().is_some()
            || end.value().is_some()
            || start.is_unclear()
            || end.is_unclear()
            || self.is_at_home(context)
    }

    /// Where an item of the line stands, else the line.
    pub fn locate<T>(&self, field: &Field<T>) -> Location {
        self.sheet.source.locate(field.cell.or(self.day.date.cell))
    }
}

/// A judged day of form 2, in a month of which the user has a sheet.
pub struct SheetedDay<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Its records of form 2.
    pub records: &'a [&'a DailyRecord],
    /// The lines that tell of support on it; none where the sheet lacks it.
    pub lines: Vec<Line<'a>>,
}

impl SheetedDay<'_> {
    /// What was not understood of the sheets that its lines stand on.
    pub fn unread(&self) -> Option<Unseen> {
        let mut lines = self.lines.iter();
        lines.find_map(|line| unread_within(&line.sheet.source))
    }
}

/// The lines of the user's sheets of `month`, in order.
pub fn lines<'a>(person: &'a PersonFile<'a>, month: Month) -> impl Iterator<Item = Line<'a>> {
    let sheets = person.sheets.get(&month).into_iter().flatten();
    sheets.flat_map(|sheet| sheet.days.iter().map(move |day| Line { sheet, day }))
}

/// The judged days of form 2 of the months of which the user has a sheet.
pub fn sheeted_days<'a>(context: &Context<'a>, person: &'a PersonFile<'a>) -> Vec<SheetedDay<'a>> {
    let mut days: Vec<SheetedDay> = Vec::new();
    for (day, records) in context.recorded_days(person) {
        let month = Month::of(day);
        if !person.sheets.contains_key(&month) {
            continue;
        }
        let of_day = |line: &Line| line.day.date.get() == Some(day) && line.tells(context);
        days.push(SheetedDay {
            day,
            records,
            lines: lines(person, month).filter(of_day).collect(),
        });
    }
    days
}

/// An item of the sheet that every day at home must have.
pub struct Asked {
    /// What the sheet calls it, in Japanese and English.
    pub name: (&'static str, &'static str),
    /// What to say of one day without it.
    pub of_day: fn(NaiveDate) -> Words,
    /// What to say of a month in which all of so many days lack it.
    pub of_month: fn(Month, usize) -> Words,
}

/// How an item stands on a line.
pub enum State {
    /// It is there.
    Given,
    /// It is blank, or says something else.
    Lacking,
    /// The sheet has no such item.
    Absent,
    /// It cannot be read.
    Unclear,
}

impl State {
    /// Of an item that must be filled, whatever with.
    pub fn of<T>(field: &Field<T>) -> Self {
        match field.content {
            Content::Value(_) => Self::Given,
            Content::Blank => Self::Lacking,
            Content::Absent => Self::Absent,
            Content::Unclear(_) => Self::Unclear,
        }
    }
}

/// Reports the days on which the item is lacking: one by one, or as one finding where a
/// month of several days lacks it throughout. A sheet without the item is asked about once,
/// what cannot be read once a month.
pub fn report_item(
    report: &mut Report,
    person: &PersonFile,
    days: &[SheetedDay],
    asked: &Asked,
    state: impl Fn(&Line) -> (State, Location),
) {
    let mut absent: Option<Location> = None;
    let mut unclear: BTreeMap<Month, Location> = BTreeMap::new();
    let mut lacking: BTreeMap<Month, Vec<(NaiveDate, Location)>> = BTreeMap::new();
    let mut unseen: BTreeMap<Month, Unseen> = BTreeMap::new();
    let mut told: BTreeMap<Month, usize> = BTreeMap::new();
    for day in days.iter().filter(|day| !day.lines.is_empty()) {
        let month = Month::of(day.day);
        *told.entry(month).or_default() += 1;
        let states: Vec<(State, Location)> = day.lines.iter().map(&state).collect();
        if states
            .iter()
            .any(|(state, _)| matches!(state, State::Given))
        {
            continue;
        }
        let Some((state, location)) = states.into_iter().next() else {
            continue;
        };
        match state {
            State::Given => {}
            State::Lacking => {
                lacking.entry(month).or_default().push((day.day, location));
                if let Some(unread) = day.unread() {
                    unseen.entry(month).or_insert(unread);
                }
            }
            State::Absent => absent = absent.or(Some(location)),
            State::Unclear => {
                unclear.entry(month).or_insert(location);
            }
        }
    }
    if let Some(location) = absent {
        let (ja, en) = asked.name;
        let said = no_such_item(&[ja], &[en]);
        report.review(person, When::Always, said, Some(location));
    }
    for (month, location) in unclear {
        let said = unread(month, asked.name);
        report.review(person, When::Month(month), said, Some(location));
    }
    for (month, days) in lacking {
        let count = days.len();
        let unseen = || unseen.get(&month).cloned();
        if count > 1 && told.get(&month) == Some(&count) {
            let location = days.into_iter().next().map(|(_, location)| location);
            let said = (asked.of_month)(month, count);
            report.missing(unseen(), person, When::Month(month), said, location);
            continue;
        }
        for (day, location) in days {
            let said = (asked.of_day)(day);
            report.missing(unseen(), person, When::Date(day), said, Some(location));
        }
    }
}

/// What to say of a month's items that cannot be read.
pub fn unread(month: Month, (ja, en): (&str, &str)) -> Words {
    let message = Wording::new(
        format!(
            "{}の実績記録票の「{ja}」に、読み取れない記載があります。",
            month_in_japanese(month)
        ),
        format!("The service record sheet of {month} has a {en} that cannot be read."),
    );
    words(message, look_at_the_text())
}
