//! 連絡: the contacts with the user that a free text tells of (支援内容).
//!
//! Cuts the text into contacts. Which times begin one, and what each contact
//! was for, is decided next door.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use crate::model::{Contact, ContactKind};

use super::contact_else::{Tells, is_of_own_day};
use super::contact_kind::kinds;
use super::contact_left::left_open;
use super::contact_opening::{After, Before, Lead, is_span, joined_lead};
use super::contact_worded::worded;
use super::time_scan::{Found, scan};
use super::words::{ContactWords, holds_any, is_planned, words};

/// What may part a time from the same time told again.
const BETWEEN_TIMES: [char; 10] = [' ', '\u{3000}', '\n', '\t', '：', ':', '|', '｜', '(', '（'];
/// A label before the time of a contact is no longer.
const SHORT_LEAD: usize = 24;

/// The contacts of one day, in the order of the text. `start` and `end` are the hours of
/// the day's work; they tell what a contact was for where its words do not.
///
/// A contact begins at a time that opens a line, an item or a sentence. A time within a sentence
/// belongs to the contact that the sentence tells of, and so does a line without a time.
/// In prose, where the first time opens nothing, each sentence with a time and a word such as
/// 電話 is a contact; where there is no time at all, each item headed by 開始, 終了 and the like.
/// The time of a pause, of a plan or of the user's own day begins none. A time that is left
/// beside the words of a contact is told as undecided, and so is a contact in words alone beside
/// those that have their times.
pub fn contacts(support: &str, start: Option<NaiveTime>, end: Option<NaiveTime>) -> Vec<Contact> {
    let list = &words().contacts;
    let times = told_times(support, list);
    let (opened, others) = opened_by_times(support, &times, list);
    let parts = match times.first() {
        None => headed_by_words(support, list),
        Some(first) if opened.first().is_some_and(|part| part.time == first.time) => opened,
        Some(_) => {
            let told = told_in_sentences(support, &times, list);
            if told.len() > opened.len() {
                told
            } else {
                opened
            }
        }
    };
    let left = left_open(support, &times, &parts, &others, list);
    let decided = decided(parts, start, end);
    let worded = worded(support, &times, &decided, list);
    let undecided = left.into_iter().chain(worded);
    let undecided = undecided.map(|part| (ContactKind::Undecided, part));
    let mut all: Vec<(ContactKind, Part)> = decided.into_iter().chain(undecided).collect();
    all.sort_by_key(|(_, part)| part.at);
    all.into_iter().map(contact).collect()
}

fn contact((kind, part): (ContactKind, Part)) -> Contact {
    Contact {
        time: part.time,
        kind,
        text: part.text,
    }
}

/// The contacts of one day that stand in boxes of their own, one each: the first time in a box
/// is that of its contact.
pub fn each(boxes: &[String], start: Option<NaiveTime>, end: Option<NaiveTime>) -> Vec<Contact> {
    let list = &words().contacts;
    let part = |(at, text): (usize, &String)| {
        let first = scan(text).into_iter().find(|found| found.time.is_some());
        // What stands before the time is the contact's name, or part of the sentence.
        let around = first.and_then(|found| {
            let (before, behind) = (text.get(..found.start)?, text.get(found.end..)?);
            (before.chars().count() <= SHORT_LEAD).then_some((before, behind))
        });
        Part {
            at,
            time: first.and_then(|found| found.time),
            text: match around {
                Some((before, behind)) => format!("{before}{}", trimmed(behind, list)),
                None => text.clone(),
            },
        }
    };
    let mut parts: Vec<Part> = boxes.iter().enumerate().map(part).collect();
    if parts.iter().all(|part| part.time.is_some()) {
        // The box of contacts in between may stand last.
        parts.sort_by_key(|part| part.time);
    }
    let is_timed = parts.iter().all(|part| part.time.is_some());
    let mut told = decided(parts, start, end);
    if !is_timed {
        told.sort_by_key(|(kind, _)| match kind {
            ContactKind::Start => 0,
            ContactKind::End => 2,
            _ => 1,
        });
    }
    told.into_iter().map(contact).collect()
}

/// What each contact of a day was for.
fn decided(
    parts: Vec<Part>,
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
) -> Vec<(ContactKind, Part)> {
    let list = &words().contacts;
    let told = parts
        .into_iter()
        .map(|part| (is_unanswered(&part, list), part));
    let told: Vec<(bool, Part)> = told.collect();
    let reached = told.iter().filter(|(is_unanswered, _)| !is_unanswered);
    let reached: Vec<Part> = reached.map(|(_, part)| part.clone()).collect();
    let mut kinds = kinds(&reached, start, end).into_iter();
    let mut kind = |is_unanswered: bool| match is_unanswered {
        true => ContactKind::Unanswered,
        false => kinds.next().unwrap_or(ContactKind::Other),
    };
    let decided = told.into_iter();
    decided
        .map(|(is_unanswered, part)| (kind(is_unanswered), part))
        .collect()
}

/// The times in a text, but for those of the user's own day: 起床6時, 就寝は23時. A time that
/// stands again right behind itself, in the cell of the time and at the head of the words, is one.
fn told_times(text: &str, list: &ContactWords) -> Vec<Found> {
    let times = scan(text).into_iter().filter(|found| found.time.is_some());
    let all: Vec<Found> = times.collect();
    let is_own = |i: usize, found: &Found| {
        let done = i.checked_sub(1).and_then(|last| all.get(last));
        let before = text.get(done.map_or(0, |last| last.end)..found.start);
        let next = all.get(i + 1).map_or(text.len(), |next| next.start);
        let after = text.get(found.end..next);
        is_of_own_day(before.unwrap_or_default(), after.unwrap_or_default(), list)
    };
    let is_again = |i: usize, found: &Found| {
        let last = i.checked_sub(1).and_then(|last| all.get(last));
        last.is_some_and(|last| {
            let gap = text.get(last.end..found.start);
            let is_bare = gap.is_some_and(|gap| gap.trim_matches(BETWEEN_TIMES).is_empty());
            last.time == found.time && is_bare
        })
    };
    let told = all
        .iter()
        .enumerate()
        .filter(|(i, found)| !is_own(*i, found) && !is_again(*i, found));
    told.map(|(_, found)| *found).collect()
}

/// Whether the words tell of an attempt that did not reach the user, and of nothing else.
fn is_unanswered(part: &Part, list: &ContactWords) -> bool {
    let told = part.text.to_uppercase();
    if !holds_any(&told, &list.unanswered) {
        return false;
    }
    // 確認できず holds 確認, and tells the contrary.
    let without = |told: String, word: &String| told.replace(word.as_str(), "");
    let rest = list.unanswered.iter().fold(told, without);
    !holds_any(&rest, &list.answered)
}

/// One contact's share of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    /// The first byte of its time, or of its words where it has none.
    pub at: usize,
    /// The time that opens it.
    pub time: Option<NaiveTime>,
    /// Its label, if any, and the words after the time.
    pub text: String,
}

/// Where a contact opens.
struct Opening<'a> {
    time: Option<NaiveTime>,
    lead: Lead<'a>,
    /// Whether it is told of together with the contact before, as in 10:00、16:00に電話.
    joined: bool,
    /// First byte of bullet, label or time.
    from: usize,
    /// First byte of the time, or of the words where there is none.
    at: usize,
    /// First byte of the words after the time.
    body: usize,
}

/// The contacts whose times open a line, an item or a sentence; and what is made of other times
/// that do so, by their first bytes.
fn opened_by_times(
    text: &str,
    times: &[Found],
    list: &ContactWords,
) -> (Vec<Part>, BTreeMap<usize, Tells>) {
    let mut openings: Vec<Opening> = Vec::new();
    let mut others = BTreeMap::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let gap = text.get(done..found.start).unwrap_or_default();
        let opened_last = openings.last().is_some_and(|last| last.body == done);
        done = found.end;
        // 9:00～9:10: the second time ends the span that the first one opens.
        if opened_last && is_span(gap) {
            if let Some(last) = openings.last_mut() {
                last.body = found.end;
            }
            continue;
        }
        let upto_next = |i: usize| {
            let from = times.get(i).map_or(text.len(), |found| found.end);
            let to = times.get(i + 1).map_or(text.len(), |next| next.start);
            text.get(from..to).unwrap_or_default()
        };
        let after = if is_span(upto_next(i)) {
            After::a_span(upto_next(i + 1))
        } else {
            After::a_time(upto_next(i))
        };
        let joined = joined_lead(gap, list).filter(|_| opened_last);
        let is_joined = joined.is_some();
        let lead = match joined {
            Some(lead) => after.may_open().then_some(lead),
            None => {
                let is_labelled = openings
                    .last()
                    .is_some_and(|last| !last.lead.label.is_empty());
                let before = Before::new(gap, i == 0, is_labelled);
                match before.opening(&after, openings.is_empty(), list) {
                    Some((lead, Tells::Contact)) => Some(lead),
                    Some((_, told)) => {
                        others.insert(found.start, told);
                        None
                    }
                    None => None,
                }
            }
        };
        if let Some(lead) = lead {
            openings.push(Opening {
                time: found.time,
                from: found.start - lead.length,
                lead,
                joined: is_joined,
                at: found.start,
                body: found.end,
            });
        }
    }
    (shares(text, &openings, list), others)
}

/// Prose without any opening time: a contact for each time that its sentence tells of.
fn told_in_sentences(text: &str, times: &[Found], list: &ContactWords) -> Vec<Part> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let next = times.get(i + 1).map_or(text.len(), |next| next.start);
        let before = text.get(done..found.start).unwrap_or_default();
        let after = After::a_time(text.get(found.end..next).unwrap_or_default());
        done = found.end;
        let clause = before
            .split_inclusive(['。', '、', '\n'])
            .next_back()
            .filter(|clause| !clause.ends_with(['。', '、', '\n']))
            .unwrap_or_default();
        let around = format!("{clause}{}", after.sentence).to_uppercase();
        let is_contact = holds_any(&around, &list.talk) && !is_planned(&around, list);
        if is_contact && after.may_open() && !is_span(before) {
            openings.push(Opening {
                time: found.time,
                lead: Lead {
                    bullet: None,
                    label: clause.trim(),
                    length: clause.len(),
                },
                joined: false,
                from: found.start - clause.len(),
                at: found.start,
                body: found.end,
            });
        }
    }
    shares(text, &openings, list)
}

/// A text without any time: a contact for each line that a word such as 開始 heads.
fn headed_by_words(text: &str, list: &ContactWords) -> Vec<Part> {
    let mut openings = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let item = line
            .trim_start()
            .trim_start_matches(|c: char| list.bullets.contains(c))
            .trim_start();
        let head: String = item
            .trim_start_matches(['【', '［', '[', '（', '(', '〔', '＜'])
            .chars()
            .take(8)
            .collect();
        let is_headed = [&list.start, &list.end, &list.progress]
            .into_iter()
            .flatten()
            .any(|word| {
                let head = head.strip_prefix("作業").unwrap_or(&head);
                head.strip_prefix(word.as_str()).is_some_and(|rest| {
                    let ends_word =
                        |c: char| c.is_whitespace() || "時の】］])）〕＞：:・連電報".contains(c);
                    rest.starts_with(ends_word)
                })
            });
        if is_headed {
            openings.push(Opening {
                time: None,
                lead: Lead {
                    bullet: line
                        .trim_start()
                        .chars()
                        .next()
                        .filter(|c| list.bullets.contains(*c)),
                    ..Lead::default()
                },
                joined: false,
                from,
                at: from,
                body: from + (line.len() - item.len()),
            });
        }
        from += line.len();
    }
    shares(text, &openings, list)
}

/// Gives each opening the text up to the next one.
fn shares(text: &str, openings: &[Opening], list: &ContactWords) -> Vec<Part> {
    let ends = openings
        .iter()
        .skip(1)
        .map(|next| next.from)
        .chain([text.len()]);
    let mut words: Vec<&str> = openings
        .iter()
        .zip(ends)
        .map(|(opening, end)| {
            let body = text.get(opening.body..end).unwrap_or_default();
            // An item of the same rank without a time is a remark on the day.
            let body = opening
                .lead
                .bullet
                .map_or(body, |bullet| before_item(body, bullet));
            trimmed(body, list)
        })
        .collect();
    for i in (1..words.len()).rev() {
        if openings[i].joined {
            words[i - 1] = beginning(words[i]);
        }
    }
    let part = |(opening, words): (&Opening, &str)| Part {
        at: opening.at,
        time: opening.time,
        text: [opening.lead.label, words]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    };
    openings.iter().zip(words).map(part).collect()
}

/// As much of a text as several contacts may each carry.
fn beginning(text: &str) -> &str {
    const LETTERS: usize = 400;
    let end = text.char_indices().nth(LETTERS).map(|(at, _)| at);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// `body` up to the first further line that begins with `bullet`.
fn before_item(body: &str, bullet: char) -> &str {
    let mut length = 0;
    for (i, line) in body.split_inclusive('\n').enumerate() {
        if i > 0 && line.trim_start().starts_with(bullet) {
            return body.get(..length).unwrap_or(body);
        }
        length += line.len();
    }
    body
}

/// `body` without what parts it from its time and from the next contact.
fn trimmed<'a>(body: &'a str, list: &ContactWords) -> &'a str {
    let body = body.strip_prefix("頃").unwrap_or(body);
    let body = body.strip_prefix('に').unwrap_or(body);
    body.trim_start_matches(|c: char| c.is_whitespace() || "：:、,～〜~）)】］]".contains(c))
        .trim_end_matches(|c: char| {
            c.is_whitespace()
                || list.separators.contains(c)
                || list.bullets.contains(c)
                || "、,（(【［[".contains(c)
        })
}

#[cfg(test)]
mod tests;
