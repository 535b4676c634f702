//! From the words of forms to the records of one office.
//!
//! Reads every notation of dates, times, marks and names, and finds out who is meant. It judges
//! nothing: a fault stays in the record as it was written.

mod book_year;
mod certificate;
mod choices;
mod chosen;
mod contact_boxes;
mod contact_else;
mod contact_kind;
mod contact_left;
mod contact_means;
mod contact_opening;
mod contact_worded;
mod contacts;
mod cover;
mod date;
mod ditto;
mod fields;
mod filler;
mod inspection;
mod joined;
mod known_names;
mod legend;
mod listed;
mod mark;
mod method;
mod method_beside;
mod method_field;
mod month;
mod name;
mod number_owner;
mod numbered_choice;
mod office_name;
mod people;
mod period;
mod record;
mod service;
mod service_sheet;
mod squashed;
mod ticked_text;
mod time;
mod time_scan;
mod week_day;
mod weekdays;
mod words;
mod year;

pub use contact_kind::{EndsTold, ends_told};
pub use method::method as known_method;
pub use name::{name_key, tidy};
pub use record::Heading;
pub use service::service as known_service;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Content, Field, Listing, Office, PersonId, Service, ServiceRecordSheet, Skipped, Unreadable,
    UserMention,
};
use crate::recognise::{Form, FormKind, Recognised};
use cover::Covers;
use people::Mention;
use record::Sheeted;

/// Puts the forms of one office together. `folder` is its name where no form tells it.
pub fn office(
    folder: &str,
    books: &[Recognised],
    skipped: Vec<Skipped>,
    unreadable: Vec<Unreadable>,
) -> Office {
    let mut office = Office {
        name: folder.to_owned(),
        skipped,
        unreadable,
        ..Office::default()
    };
    let mut names: Vec<String> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    let mut claimed: Vec<String> = Vec::new();
    let mut services: Vec<Service> = Vec::new();
    for book in books {
        office.skipped.extend(book.skipped.iter().cloned());
        office
            .unrecognised
            .extend(book.unrecognised.iter().cloned());
        let mut tables: BTreeMap<(String, usize), usize> = BTreeMap::new();
        let mut sheets: BTreeMap<(String, usize), ServiceRecordSheet> = BTreeMap::new();
        let circled: BTreeSet<(String, usize)> = book
            .forms
            .iter()
            .filter(|form| form.days.iter().any(|day| mark::is_circle(&day.word.text)))
            .map(table_of)
            .collect();
        let year = book_year::year_of(book);
        let mut above = ditto::Above::default();
        for form in &book.forms {
            let repeated = above.repeated(form);
            let form = repeated.as_ref().unwrap_or(form);
            let sheeted = Sheeted::new(book, form, year);
            let heading = sheeted.heading();
            let named = heading.office_name.text().map(office_name::named);
            let named = named.unwrap_or_default();
            names.extend(Some(named.name).filter(|name| !name.is_empty()));
            let number = heading.office_number.text().map(crate::text::squash);
            let number = number.or(named.number);
            match form.kind {
                // One of these has as many forms as days.
                FormKind::ServiceRecord => claimed.extend(number),
                _ => numbers.extend(number),
            }
            services.extend(heading.service.get().or(named.service));
            match form.kind {
                FormKind::Roster => office.roster.extend(sheeted.roster()),
                FormKind::Daily => office.daily.extend(sheeted.daily()),
                FormKind::Weekly => office.weekly.extend(sheeted.weekly()),
                FormKind::Monthly => office.monthly.extend(sheeted.monthly()),
                FormKind::Listing => {
                    let table = table_of(form);
                    let Some(row) = sheeted.listing_row(circled.contains(&table)) else {
                        continue;
                    };
                    let at = *tables.entry(table).or_insert_with(|| {
                        office.listing.push(listing(&sheeted));
                        office.listing.len() - 1
                    });
                    office.listing[at].rows.push(row);
                }
                FormKind::ServiceRecord => {
                    let table = table_of(form);
                    let sheet = sheets
                        .entry(table)
                        .or_insert_with(|| sheeted.service_sheet());
                    sheet.days.extend(sheeted.service_day());
                    sheet.source.unread = sheet.source.unread.or(form.unread);
                }
                FormKind::SelfInspection => match inspection::inspection(form, &book.file) {
                    Ok(line) => office.self_inspection.extend(line),
                    Err(skipped) if office.skipped.contains(&skipped) => {}
                    Err(skipped) => office.skipped.push(skipped),
                },
            }
        }
        let finished = sheets.into_values().filter_map(service_sheet::finished);
        office.service_records.extend(finished);
    }
    let covers = Covers::of(books);
    let said = books.iter().find_map(|book| book.dialect.office.clone());
    let name = said.or_else(|| most_frequent(names));
    if let Some(name) = name.or_else(|| most_frequent(covers.names)) {
        office.name = name;
    }
    let said = books.iter().find_map(|book| book.dialect.number.clone());
    office.number = said
        .or_else(|| most_frequent(numbers))
        .or_else(|| most_frequent(claimed))
        .or_else(|| most_frequent(covers.numbers));
    office.service = most_frequent(services).or_else(|| most_frequent(covers.services));
    link_people(&mut office);
    sort(&mut office);
    office
}

/// What a form of `book` says of its office, its month and its place.
pub fn heading(book: &Recognised, form: &Form) -> Heading {
    Sheeted::new(book, form, book.dialect.year).heading()
}

/// The table that a line is of.
fn table_of(form: &Form) -> (String, usize) {
    (form.sheet.to_string(), form.table.unwrap_or_default())
}

fn listing(sheeted: &Sheeted) -> Listing {
    let heading = sheeted.heading();
    let mut month = heading.month;
    if month.get().is_none()
        && let Some(named) = sheeted.month
    {
        month = Field {
            content: Content::Value(named),
            ..Field::read(sheeted.form.title.clone(), named, None)
        };
    }
    Listing {
        month,
        office_name: heading.office_name,
        office_number: heading.office_number,
        service: heading.service,
        rows: Vec::new(),
        source: sheeted.source(),
    }
}

fn link_people(office: &mut Office) {
    let mut mentions: Vec<Mention> = Vec::new();
    for entry in &mut office.roster {
        mentions.push(Mention {
            user: &mut entry.user,
            file: &entry.source.file,
            on_roster: true,
        });
    }
    let mut add = |user, file| {
        mentions.push(Mention {
            user,
            file,
            on_roster: false,
        });
    };
    for record in &mut office.daily {
        add(&mut record.user, &record.source.file);
    }
    for record in &mut office.weekly {
        add(&mut record.user, &record.source.file);
    }
    for record in &mut office.monthly {
        add(&mut record.user, &record.source.file);
    }
    for listing in &mut office.listing {
        for row in &mut listing.rows {
            add(&mut row.user, &row.source.file);
        }
    }
    for sheet in &mut office.service_records {
        add(&mut sheet.user, &sheet.source.file);
    }
    let linked = people::link(&mut mentions);
    office.people = linked.people;
    office.unplaced = linked.unplaced;
}

/// By person, then time, then place: the same records in the same order however the files lie.
fn sort(office: &mut Office) {
    let key = |user: &UserMention| -> PersonId { user.person };
    office.daily.sort_by(|a, b| {
        (key(&a.user), a.date.get(), &a.source).cmp(&(key(&b.user), b.date.get(), &b.source))
    });
    office.weekly.sort_by(|a, b| {
        let on = |r: &crate::model::WeeklyRecord| r.date.get().or(r.period_to.get());
        (key(&a.user), on(a), &a.source).cmp(&(key(&b.user), on(b), &b.source))
    });
    office.monthly.sort_by(|a, b| {
        (key(&a.user), a.month.get(), &a.source).cmp(&(key(&b.user), b.month.get(), &b.source))
    });
    office
        .listing
        .sort_by(|a, b| (a.month.get(), &a.source).cmp(&(b.month.get(), &b.source)));
    office.service_records.sort_by(|a, b| {
        (key(&a.user), a.month.get(), &a.source).cmp(&(key(&b.user), b.month.get(), &b.source))
    });
    office
        .self_inspection
        .sort_by(|a, b| (&a.sentence, &a.source).cmp(&(&b.sentence, &b.source)));
}

/// The value that most forms give; of several as frequent, the first in order.
fn most_frequent<T: Ord>(values: Vec<T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(value, _)| value)
}
