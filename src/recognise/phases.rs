//! Rows that are one contact each: 作業開始, 途中連絡, 作業終了. Those of one user and day are
//! one record.

use std::collections::BTreeMap;

use super::contact_columns::entry;
use super::contact_words::{ContactWords, Phase};
use super::form::{Entry, Word};
use super::grid::Grid;
use super::header::{Header, Holds};
use super::item::{FormKind, Item};
use super::lines::Line;
use crate::model::Cell;
use crate::text::squash;

/// The column that says which contact a row is.
#[derive(Debug, Clone, Copy)]
pub struct Phases {
    span: (u32, u32),
}

/// A row of a record that is one contact of it.
struct Contact {
    phase: Phase,
    label: String,
    rows: (u32, u32),
}

impl Phases {
    /// Finds the column under `header` whose cells tell contacts apart.
    pub fn under(grid: &Grid, words: &ContactWords, header: &Header) -> Option<Self> {
        const MOST_ROWS: usize = 400;
        let is_logged = header.has(Item::Date) && header.has(Item::Time);
        if header.kind != FormKind::Daily || !is_logged {
            return None;
        }
        let columns = header.columns.iter().filter(|column| {
            let item = match column.holds {
                Some(Holds::Item(item)) => Some(item),
                Some(_) => return false,
                None => None,
            };
            matches!(
                item,
                None | Some(Item::Usage | Item::Ignored | Item::Contact | Item::Notes)
            )
        });
        let told = |span: (u32, u32)| {
            let rows = grid.rows_between(header.rows.1.saturating_add(1), grid.last_row());
            let cells = rows.take(MOST_ROWS).flat_map(|row| {
                let cells = grid.row_within(row, span.0, span.1).iter();
                let cells = cells.map(|&i| grid.block(i));
                cells.filter(move |b| b.stored.is_some() && b.range.first.row == row)
            });
            let phases: Vec<Option<Phase>> = cells.map(|block| words.phase(&block.text)).collect();
            let count = |phase| phases.iter().filter(|p| **p == Some(phase)).count();
            let (starts, ends) = (count(Phase::Start), count(Phase::End));
            let known = phases.iter().flatten().count();
            starts > 0 && ends > 0 && known * 5 >= phases.len() * 4
        };
        let spans = columns.map(|column| column.span);
        spans
            .into_iter()
            .find(|span| told(*span))
            .map(|span| Self { span })
    }

    /// The contacts of the record in the rows `first` to `last`.
    fn contacts(&self, grid: &Grid, words: &ContactWords, first: u32, last: u32) -> Vec<Contact> {
        let mut contacts: Vec<Contact> = Vec::new();
        for row in grid.rows_between(first, last) {
            for &i in grid.row_within(row, self.span.0, self.span.1) {
                let block = grid.block(i);
                if block.range.first.row != row {
                    continue;
                }
                if let Some(phase) = words.phase(&block.text) {
                    contacts.push(Contact {
                        phase,
                        label: block.text_in_short(),
                        rows: (row, last),
                    });
                }
            }
        }
        let starts: Vec<u32> = contacts.iter().map(|contact| contact.rows.0).collect();
        for (contact, next) in contacts.iter_mut().zip(starts.iter().skip(1)) {
            contact.rows.1 = next.saturating_sub(1).max(contact.rows.0);
        }
        contacts
    }

    /// Divides what stands under 時刻 and 支援内容 among the contacts of the record in the rows
    /// `first` to `last`; the first and the last of them tell when the work began and ended.
    pub fn divide(
        &self,
        grid: &Grid,
        words: &ContactWords,
        line: &mut Line,
        (first, last): (u32, u32),
    ) {
        let contacts = self.contacts(grid, words, first, last);
        if contacts.is_empty() {
            return;
        }
        let take = |line: &mut Line, item: Item| -> Vec<Word> {
            let entries = line.entries.remove(&item).unwrap_or_default();
            entries.into_iter().flat_map(|entry| entry.words).collect()
        };
        let home = Cell::new(first, self.span.0);
        let work = take_time_of_work(words, line);
        let is_timed = work.is_some() || line.entries.contains_key(&Item::Start);
        let (times, texts) = (take(line, Item::Time), take(line, Item::Support));
        line.entries
            .extend(work.map(|entry| (Item::Time, vec![entry])));
        line.entries.remove(&Item::Usage);
        for contact in contacts {
            let within = |word: &&Word| (contact.rows.0..=contact.rows.1).contains(&word.cell.row);
            let time: Vec<Word> = times.iter().filter(within).cloned().collect();
            let text: Vec<Word> = texts.iter().filter(within).cloned().collect();
            let item = match contact.phase {
                Phase::Start => Some(Item::Start),
                Phase::Middle => None,
                Phase::End => Some(Item::End),
            };
            if let Some(item) = item.filter(|_| !is_timed) {
                let entries = line.entries.entry(item).or_default();
                entries.push(entry(contact.label.clone(), home, time.clone()));
            }
            let words = time.into_iter().chain(text).collect();
            let entries = line.entries.entry(Item::Contact).or_default();
            entries.push(entry(contact.label, home, words));
        }
        for entry in line.entries.values_mut().flatten() {
            let mut seen: Vec<String> = Vec::new();
            entry.words.retain(|word| {
                let text = squash(&word.text);
                let is_new = text.is_empty() || !seen.contains(&text);
                seen.push(text);
                is_new
            });
        }
    }
}

/// The time of the work, where the contacts have a column for theirs beside it: 実施時間 and
/// 連絡時刻.
fn take_time_of_work(words: &ContactWords, line: &mut Line) -> Option<Entry> {
    let times = line.entries.get_mut(&Item::Time)?;
    let of_contacts = |entry: &Entry| words.is_time(&entry.label);
    if times.len() < 2 || !times.iter().any(of_contacts) {
        return None;
    }
    let at = times.iter().position(|entry| !of_contacts(entry))?;
    Some(times.remove(at))
}

/// Makes one line of all those of one user and day. A line without a user or day of its own
/// belongs to the line above it.
pub fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    let mut line_of: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut before = vec![String::new(); KEYS.len()];
    for line in lines {
        let own = KEYS.map(|item| text(line.entries.get(&item)));
        let key: Vec<String> = own
            .into_iter()
            .zip(&before)
            .map(|(own, before)| if own.is_empty() { before.clone() } else { own })
            .collect();
        before.clone_from(&key);
        let at = *line_of.entry(key).or_insert(joined.len());
        match joined.get_mut(at) {
            Some(into) => merge(into, line),
            None => joined.push(line),
        }
    }
    joined
}

/// What tells whose day a line is about.
const KEYS: [Item; 3] = [Item::Date, Item::Name, Item::CertificateNumber];

fn text(entries: Option<&Vec<Entry>>) -> String {
    let words = entries.into_iter().flatten().flat_map(|entry| &entry.words);
    words.map(|word| squash(&word.text)).collect()
}

fn merge(into: &mut Line, line: Line) {
    if into.evaluation.is_empty() {
        into.evaluation = line.evaluation;
    }
    for (item, entries) in line.entries {
        let known = into.entries.entry(item).or_default();
        if matches!(item, Item::Contact | Item::Start) || known.is_empty() {
            known.extend(entries);
            continue;
        }
        if item == Item::End {
            // The last contact at an end is the end of the day.
            known.splice(0..0, entries);
            continue;
        }
        for (own, more) in known.iter_mut().zip(entries) {
            for word in more.words {
                if own.words.iter().all(|known| known.text != word.text) {
                    own.words.push(word);
                }
            }
        }
    }
}
