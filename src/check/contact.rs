//! What a day's records tell of the contacts with the user.

use chrono::{NaiveDate, NaiveTime};

use super::certainty::verdict_on;
use super::items::shown;
use super::unseen::{Unseen, unread_within};
use super::versions::{Versions, versions};
use super::words::{day_en, day_ja, look_at_the_text, words};
use super::{Context, PersonFile, Words};
use crate::model::{Contact, ContactKind, Content, DailyRecord, Location, Verdict, Wording};
use crate::normalise::{EndsTold, ends_told};

/// What one record, or several sessions of one day together, tell of contacts.
pub enum Told<'a> {
    /// The form has no 支援内容.
    NoItem,
    /// 支援内容 is empty: a gap in the record, which says nothing of contacts.
    Nothing,
    /// Words, but too few times to count contacts by.
    Unclear,
    /// Too few contacts, and attempts that nobody answered.
    Unanswered,
    /// Too few contacts, and a clause of which nobody can say whether it is one.
    Undecided(&'a str),
    /// The contacts, counted.
    Counted(Contacts<'a>),
}

/// The contacts of a day.
pub struct Contacts<'a> {
    /// How many.
    pub count: usize,
    /// Whether one is at the start.
    pub at_start: At<'a>,
    /// Whether one is at the end.
    pub at_end: At<'a>,
}

/// Whether a contact is at one end of the day's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'a> {
    /// The working time is not known.
    Unknown,
    /// One is.
    Met,
    /// None is.
    Missed,
    /// None is, unless this clause, by its words or a time near to it, tells of one.
    Undecided(&'a str),
}

/// A judged day of form 2: the record to point at, and what it tells.
pub struct DayTold<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Its first record.
    pub record: &'a DailyRecord,
    /// What is told.
    pub told: Told<'a>,
    /// What was not understood within any of its records.
    pub unread: Option<Unseen>,
    /// How sure a verdict on the text of its contacts can be.
    pub on_support: Verdict,
    /// How sure one on the working time can be.
    pub on_hours: Verdict,
}

impl DayTold<'_> {
    /// Where the text of its contacts stands.
    pub fn place(&self) -> Location {
        self.record.source.locate(self.record.support.cell)
    }
}

/// What the judged days of a person tell, in order. Records of one day that do not overlap
/// are sessions of it and are taken together; other versions of a day stand alone.
pub fn told_days<'a>(
    context: &Context<'a>,
    person: &'a PersonFile<'a>,
) -> impl Iterator<Item = DayTold<'a>> {
    let rules = context.rules();
    let days: Vec<_> = context.recorded_days(person).collect();
    days.into_iter().flat_map(move |(day, records)| {
        let sessions: Vec<&[&DailyRecord]> = if versions(records) == Versions::Sessions {
            vec![records]
        } else {
            records.chunks(1).collect()
        };
        sessions.into_iter().filter_map(move |session| {
            Some(DayTold {
                day,
                record: session.first()?,
                told: told(session, rules.contacts_a_day, rules.start_end_minutes),
                unread: session.iter().find_map(|r| unread_within(&r.source)),
                on_support: worst(session, |r| verdict_on(&r.support)),
                on_hours: worst(session, |r| verdict_on(&r.start).max(verdict_on(&r.end))),
            })
        })
    })
}

fn worst(records: &[&DailyRecord], verdict: impl Fn(&DailyRecord) -> Verdict) -> Verdict {
    let verdicts = records.iter().map(|record| verdict(record));
    verdicts.max().unwrap_or(Verdict::Deficient)
}

fn told<'a>(records: &[&'a DailyRecord], needed: usize, minutes: u32) -> Told<'a> {
    let support = || records.iter().map(|record| &record.support.content);
    if support().all(|content| matches!(content, Content::Absent)) {
        return Told::NoItem;
    }
    if support().any(|content| matches!(content, Content::Blank)) {
        return Told::Nothing;
    }
    if support().any(|content| matches!(content, Content::Unclear(_))) {
        return Told::Unclear;
    }
    let told = || records.iter().flat_map(|record| &record.contacts);
    let is_unanswered = |contact: &&Contact| contact.kind == ContactKind::Unanswered;
    let is_undecided = |contact: &&Contact| contact.kind == ContactKind::Undecided;
    let contacts: Vec<&Contact> = told()
        .filter(|c| !is_unanswered(c) && !is_undecided(c))
        .collect();
    let undecided: Vec<&'a Contact> = told().filter(is_undecided).collect();
    let timed = contacts.iter().filter(|c| c.time.is_some()).count();
    let worded = contacts
        .iter()
        .filter(|c| c.time.is_none() && c.kind != ContactKind::Other)
        .count();
    if timed + worded < needed && told().any(|contact| is_unanswered(&contact)) {
        return Told::Unanswered;
    }
    if timed + worded < needed
        && let Some(first) = undecided.first()
    {
        return Told::Undecided(&first.text);
    }
    if timed == 0 || (timed < needed && worded > 0) {
        return Told::Unclear;
    }
    let start = records.iter().filter_map(|r| r.start.get()).min();
    let end = records.iter().filter_map(|r| r.end.get()).max();
    let minutes = i64::from(minutes);
    let (at_start, at_end) = start_and_end(&contacts, start, end, minutes);
    let at = |met: Option<bool>, time: Option<NaiveTime>, says: fn(EndsTold) -> bool| {
        let may_be = |c: &&&Contact| near(c, time, minutes) || says(ends_told(&c.text));
        match met {
            Some(false) => match undecided.iter().find(may_be) {
                Some(contact) => At::Undecided(&contact.text),
                None => At::Missed,
            },
            Some(true) => At::Met,
            None => At::Unknown,
        }
    };
    Told::Counted(Contacts {
        count: timed + worded,
        at_start: at(at_start, start, |told| told.start),
        at_end: at(at_end, end, |told| told.end),
    })
}

/// Whether there is a contact at the start and another at the end, by its words or its time.
fn start_and_end(
    contacts: &[&Contact],
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
    minutes: i64,
) -> (Option<bool>, Option<bool>) {
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        return (None, None);
    }
    let starts = serving(contacts, ContactKind::Start, start, minutes);
    let ends = serving(contacts, ContactKind::End, end, minutes);
    let (mut at_start, mut at_end) = (!starts.is_empty(), !ends.is_empty());
    if let ([only], [same]) = (starts.as_slice(), ends.as_slice())
        && only == same
        && let Some(contact) = contacts.get(*only)
    {
        at_start = is_rather_start(contact, start, end, minutes);
        at_end = !at_start;
    }
    (
        (at_start || start.is_some()).then_some(at_start),
        (at_end || end.is_some()).then_some(at_end),
    )
}

/// The contacts that can be the one at `time`.
fn serving(
    contacts: &[&Contact],
    kind: ContactKind,
    time: Option<NaiveTime>,
    minutes: i64,
) -> Vec<usize> {
    contacts
        .iter()
        .enumerate()
        .filter(|(_, contact)| contact.kind == kind || near(contact, time, minutes))
        .map(|(at, _)| at)
        .collect()
}

fn near(contact: &Contact, time: Option<NaiveTime>, minutes: i64) -> bool {
    distance(contact, time).is_some_and(|seconds| seconds <= minutes.saturating_mul(60))
}

fn distance(contact: &Contact, time: Option<NaiveTime>) -> Option<i64> {
    Some((contact.time? - time?).num_seconds().abs())
}

/// A question about a clause that may tell of the contact at the start or the end.
pub fn undecided(day: NaiveDate, of: Wording, clause: &str) -> Words {
    let clause = shown(clause);
    words(
        Wording::new(
            format!(
                "{}の{}の連絡かどうかを決められない記載があります（「{clause}」）。",
                day_ja(day),
                of.ja
            ),
            format!(
                "{}: it cannot be told whether \"{clause}\" is the contact at the {} of the work.",
                day_en(day),
                of.en
            ),
        ),
        look_at_the_text(),
    )
}

/// The only contact cannot be both: its time decides, then its words, then what it is nearer to.
fn is_rather_start(
    contact: &Contact,
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
    minutes: i64,
) -> bool {
    match (near(contact, start, minutes), near(contact, end, minutes)) {
        (true, false) => true,
        (false, true) => false,
        _ => match contact.kind {
            ContactKind::Start => true,
            ContactKind::End => false,
            _ => distance(contact, start) <= distance(contact, end),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{contact, time};

    fn contacts(all: &[(&str, ContactKind)], from: &str, to: &str) -> (Option<bool>, Option<bool>) {
        let all: Vec<Contact> = all.iter().map(|(at, kind)| contact(at, *kind)).collect();
        let all: Vec<&Contact> = all.iter().collect();
        let given = |text: &str| (!text.is_empty()).then(|| time(text));
        start_and_end(&all, given(from), given(to), 60)
    }

    #[test]
    fn words_or_nearness_make_the_start_and_the_end() {
        use ContactKind::{End, Other, Progress, Start};
        let both = (Some(true), Some(true));
        assert_eq!(
            contacts(&[("9:00", Start), ("16:00", Other)], "10:00", "16:00"),
            both
        );
        assert_eq!(
            contacts(&[("8:30", Start), ("17:30", End)], "10:00", "16:00"),
            both
        );
        assert_eq!(
            contacts(&[("11:00", Other), ("15:00", Progress)], "10:00", "16:00"),
            both
        );
        assert_eq!(
            contacts(&[("8:59", Other), ("17:01", Other)], "10:00", "16:00"),
            (Some(false), Some(false))
        );
    }

    #[test]
    fn one_contact_is_not_both() {
        use ContactKind::{End, Other, Start};
        let (start, end) = ((Some(true), Some(false)), (Some(false), Some(true)));
        assert_eq!(contacts(&[("9:00", Start)], "9:00", "12:00"), start);
        assert_eq!(contacts(&[("9:00", End)], "9:00", "12:00"), start);
        assert_eq!(contacts(&[("9:10", Other)], "9:00", "9:50"), start);
        assert_eq!(contacts(&[("9:30", Other)], "9:00", "9:50"), end);
        assert_eq!(contacts(&[("9:10", End)], "9:00", "9:50"), end);
    }

    #[test]
    fn without_a_working_time_only_words_tell() {
        use ContactKind::{Other, Start};
        assert_eq!(
            contacts(&[("9:00", Start), ("12:00", Other)], "", ""),
            (Some(true), None)
        );
        assert_eq!(contacts(&[("9:00", Start)], "12:00", "9:00"), (None, None));
    }
}
