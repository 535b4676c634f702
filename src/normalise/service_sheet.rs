//! サービス提供実績記録票: from the lines of one table to one user's month.

use chrono::NaiveDate;

use super::date;
use super::fields::{self, Entries};
use super::record::{Sheeted, written};
use super::words::words;
use crate::model::{Content, Field, Month, ServiceDay, ServiceRecordSheet};
use crate::recognise::Item;
use crate::text::{clean, squash};

impl Sheeted<'_> {
    /// One line; `None` where the column of the days holds no day, as under the table.
    pub fn service_day(&self) -> Option<ServiceDay> {
        let (start, end) = self.times();
        let day = ServiceDay {
            date: day_of_month(self.item(Item::Date), self.month),
            status: self.text(Item::Status),
            start,
            end,
            confirmed: confirmation(self.item(Item::Confirmation)),
            remarks: self.text(Item::Remarks),
        };
        let is_day = day.date.value().is_some()
            || squash(&day.date.raw).contains(|c: char| c.is_ascii_digit());
        is_day.then_some(day)
    }

    /// The sheet that the line is of, without its days.
    pub fn service_sheet(&self) -> ServiceRecordSheet {
        let mut month = fields::month(self.item(Item::Month), self.month.map(Month::year));
        if month.get().is_none()
            && let Some(named) = self.month
        {
            month = Field::read(self.form.title.clone(), named, None);
        }
        ServiceRecordSheet {
            user: self.user(),
            month,
            days: Vec::new(),
            source: self.source(),
        }
    }
}

/// A sheet with all its lines: takes out what is printed and not written, and the days of
/// which nothing is told; `None` for an unfilled sheet.
pub fn finished(mut sheet: ServiceRecordSheet) -> Option<ServiceRecordSheet> {
    let is_place = |day: &ServiceDay| {
        let sign = day.confirmed.text().map(squash);
        sign.is_some_and(|sign| words().confirmation.places.contains(&sign))
    };
    // 印 that stands on a day without service too marks the place of the seal.
    if sheet.days.iter().any(|day| !tells(day) && is_place(day)) {
        for day in sheet.days.iter_mut().filter(|day| is_place(day)) {
            day.confirmed.content = Content::Blank;
        }
    }
    sheet
        .days
        .retain(|day| tells(day) || written(&day.confirmed));
    repeat(&mut sheet.days);
    (!sheet.days.is_empty()).then_some(sheet)
}

/// Whether the line says anything beside its sign.
fn tells(day: &ServiceDay) -> bool {
    written(&day.status) || written(&day.start) || written(&day.end) || written(&day.remarks)
}

/// 〃 in 備考 means what stands above it.
fn repeat(days: &mut [ServiceDay]) {
    let mut above: Option<String> = None;
    for day in days {
        let Some(remark) = day.remarks.text() else {
            continue;
        };
        if words().confirmation.ditto.contains(&squash(remark)) {
            if let Some(above) = &above {
                day.remarks.content = Content::Value(above.clone());
            }
        } else {
            above = Some(remark.to_owned());
        }
    }
}

/// A day of the month of the form: `3`, `3日`, or a whole date.
fn day_of_month(entries: Entries, month: Option<Month>) -> Field<NaiveDate> {
    let number = fields::first(entries).and_then(|entry| {
        let text = squash(&fields::shown(&entry.words));
        text.strip_suffix('日').unwrap_or(&text).parse::<u32>().ok()
    });
    let Some(number) = number else {
        return fields::date(entries, month);
    };
    fields::read(entries, fields::shown, |_, _| {
        // 3日 as a date says why there is no such day.
        let day = date::date(&format!("{number}日"), month)?;
        Ok(Some(fields::plain(day.value)))
    })
}

/// 利用者確認: what is signed or stamped. A sign that says no, such as ×, is a blank.
fn confirmation(entries: Entries) -> Field<String> {
    let ticked = entries
        .into_iter()
        .flatten()
        .flat_map(|entry| &entry.words)
        .find(|word| word.tick == Some(true));
    if let Some(tick) = ticked {
        return Field {
            doubts: fields::doubts(std::slice::from_ref(tick)),
            ..Field::read("✓", "✓".to_owned(), Some(tick.cell))
        };
    }
    fields::read(entries, fields::shown, |text, _| {
        let sign = squash(text).to_lowercase();
        let none = &words().confirmation.none;
        if sign.is_empty() || none.contains(&sign) {
            Ok(None)
        } else {
            Ok(Some(fields::plain(clean(text))))
        }
    })
}
