//! Which cells are in question, and what their notes say.
//!
//! A finding belongs to the cell that it names. Where it names none of an item, it goes
//! to the date or the name on the nearest record of its user and time.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::style::Tone;
use super::template::Words;
use crate::model::{
    Applicability, Change, Finding, Lang, Location, Month, Office, PersonId, Record, Subject,
    Verdict, When,
};
use crate::notice::Notice;

/// The most findings that one note tells in full.
const MOST_IN_A_NOTE: usize = 8;

/// Colour and note of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub tone: Tone,
    pub note: String,
}

/// All marks of an office, by the place that the item was read from.
pub(super) struct Marks {
    at: BTreeMap<Location, Vec<(Tone, String)>>,
    unread: String,
    more: String,
    lang: Lang,
}

impl Marks {
    /// `items` are the places of all items that will be printed.
    pub(super) fn new(
        office: &Office,
        items: &BTreeSet<Location>,
        findings: &[Finding],
        notices: &[Notice],
        changes: &[Change],
        words: &Words,
        lang: Lang,
    ) -> Self {
        let mut at: BTreeMap<Location, Vec<(Tone, String)>> = BTreeMap::new();
        for finding in findings {
            let named = finding.location.clone().filter(|it| items.contains(it));
            if let Some(place) = named.or_else(|| anchor(office, finding)) {
                let told = told_finding(finding, notices, words, lang);
                at.entry(place).or_default().push(told);
            }
        }
        for change in changes {
            if change.applicability == Applicability::Suggested {
                let told = told_suggestion(change, words, lang);
                at.entry(change.location.clone()).or_default().push(told);
            }
        }
        Self {
            at,
            unread: words.marks.unread.say(lang).to_owned(),
            more: words.marks.more.say(lang).to_owned(),
            lang,
        }
    }

    /// The mark of an item: what is told of its places, else that it was not understood.
    pub(super) fn on(&self, entry: &Entry) -> Option<Mark> {
        self.told(&entry.places).or_else(|| {
            let reason = entry.unread.as_ref()?.say(self.lang);
            Some(Mark {
                tone: Tone::Review,
                note: format!("【{}】{reason}", self.unread),
            })
        })
    }

    fn told(&self, places: &[Location]) -> Option<Mark> {
        let mut told: Vec<&(Tone, String)> = Vec::new();
        for one in places
            .iter()
            .filter_map(|place| self.at.get(place))
            .flatten()
        {
            if !told.contains(&one) {
                told.push(one);
            }
        }
        let tone = told.iter().map(|(tone, _)| *tone).min()?;
        let mut notes: Vec<&str> = told
            .iter()
            .take(MOST_IN_A_NOTE)
            .map(|(_, note)| note.as_str())
            .collect();
        if told.len() > MOST_IN_A_NOTE {
            notes.push(&self.more);
        }
        Some(Mark {
            tone,
            note: notes.join("\n\n"),
        })
    }
}

fn told_finding(
    finding: &Finding,
    notices: &[Notice],
    words: &Words,
    lang: Lang,
) -> (Tone, String) {
    let (tone, verdict) = match finding.verdict {
        Verdict::Deficient => (Tone::Deficient, &words.verdict.deficient),
        Verdict::Review => (Tone::Review, &words.verdict.review),
    };
    let note = format!(
        "【{}】{} {}\n{}\n→ {}",
        verdict.say(lang),
        notice_name(&finding.notice, notices),
        finding.clause,
        finding.message.say(lang),
        finding.hint.say(lang),
    );
    (tone, note)
}

fn told_suggestion(change: &Change, words: &Words, lang: Lang) -> (Tone, String) {
    let note = format!(
        "【{}】{}\n{} → {}\n{}",
        words.marks.suggestion.say(lang),
        change.item,
        change.before,
        change.after,
        change.why.say(lang),
    );
    (Tone::Suggested, note)
}

/// What people call the notice: its city.
pub(super) fn notice_name<'a>(id: &'a str, notices: &'a [Notice]) -> &'a str {
    notices
        .iter()
        .find(|notice| notice.id == id)
        .map_or(id, |notice| notice.city.as_str())
}

/// The place that stands for a finding without one.
fn anchor(office: &Office, finding: &Finding) -> Option<Location> {
    let month = finding.when.first().map(Month::of);
    match finding.subject {
        Subject::Person(person) => match finding.when {
            When::Date(day) => on_days(office, person, &|date| date == day),
            When::Period(from, to) => on_days(office, person, &|date| (from..=to).contains(&date)),
            When::Month(_) | When::Always => None,
        }
        .or_else(|| month.and_then(|month| in_month(office, person, month)))
        .or_else(|| anywhere(office, person)),
        Subject::Office => office
            .listing
            .iter()
            .find(|listing| month.is_none_or(|month| listing.month.get() == Some(month)))
            .map(|listing| listing.source.locate(listing.month.cell)),
    }
}

/// The date of the user's last record, or evaluation, on such a day.
fn on_days(
    office: &Office,
    person: PersonId,
    wanted: &dyn Fn(chrono::NaiveDate) -> bool,
) -> Option<Location> {
    let daily = office
        .daily
        .iter()
        .rev()
        .find(|record| record.user.person == person && record.date.get().is_some_and(wanted));
    let weekly =
        || {
            office.weekly.iter().rev().find(|record| {
                record.user.person == person && record.date.get().is_some_and(wanted)
            })
        };
    daily
        .map(|record| record.source.locate(record.date.cell))
        .or_else(|| weekly().map(|record| record.source.locate(record.date.cell)))
}

/// The user's evaluation sheet of the month, else the line on the listing, else a record.
fn in_month(office: &Office, person: PersonId, month: Month) -> Option<Location> {
    let monthly = office
        .monthly
        .iter()
        .find(|record| record.user.person == person && record.month.get() == Some(month));
    let row = || {
        office
            .listing
            .iter()
            .filter(|listing| listing.month.get() == Some(month))
            .flat_map(|listing| &listing.rows)
            .find(|row| row.user.person == person)
    };
    monthly
        .map(|record| record.source.locate(record.date.cell))
        .or_else(|| row().map(|row| row.source.locate(row.user.name.cell)))
        .or_else(|| on_days(office, person, &|date| month.contains(date)))
}

/// The user's name on the roster, else wherever it comes first.
fn anywhere(office: &Office, person: PersonId) -> Option<Location> {
    name_in(&office.roster, person)
        .or_else(|| {
            let mut listings = office.listing.iter();
            listings.find_map(|listing| name_in(&listing.rows, person))
        })
        .or_else(|| name_in(&office.daily, person))
        .or_else(|| name_in(&office.weekly, person))
        .or_else(|| name_in(&office.monthly, person))
}

/// The user's name on the first of these that is about them.
fn name_in(records: &[impl Record], person: PersonId) -> Option<Location> {
    let mut records = records.iter();
    let record = records.find(|record| record.user().person == person)?;
    Some(record.source().locate(record.user().name.cell))
}
