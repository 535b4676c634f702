//! Contacts that a column names: 作業開始, 途中連絡, 作業終了, and rows between them for an item
//! each: 作業, 心身の状況. Those of one user and day are one record.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::{stretches, within};
use crate::model::Cell;
use crate::recognise::contacts::contact::Contact;
use crate::recognise::contacts::words::{ContactWords, Phase};
use crate::recognise::contacts::work_time;
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::table::lines::Line;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// What a row of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Contact(Phase),
    Item(Item),
}

impl Kind {
    /// What the cell that names the row says.
    fn of(vocabulary: &Vocabulary, words: &ContactWords, text: &str) -> Option<Self> {
        if words.names_contact(vocabulary, text) {
            let phase = words.moment(text).unwrap_or(Phase::Middle);
            return Some(Self::Contact(phase));
        }
        let mut meanings = vocabulary.meanings(text)?.iter();
        let own = meanings.find(|(kind, _)| *kind == Some(FormKind::Daily))?;
        matches!(own.1, Item::Work | Item::Condition).then_some(Self::Item(own.1))
    }
}

/// A row of a record that is one contact of it, or the box of an item.
struct Part {
    kind: Kind,
    label: String,
    rows: RangeInclusive<u32>,
}

/// The column that names the contacts, and the one beside it for the time of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names {
    /// The first and the last column of the names.
    pub span: (u32, u32),
    /// The first column of those that tell when the work was, beside the times of the contacts.
    pub work: Option<u32>,
}

/// Finds the column under `header` whose cells tell contacts apart.
pub fn column(grid: &Grid, vocabulary: &Vocabulary, header: &Header) -> Option<Names> {
    let is_logged = header.has(Item::Date) && header.has(Item::Time);
    if header.kind != FormKind::Daily || !is_logged {
        return None;
    }
    let may_name = |column: &&Column| match column.holds {
        None => true,
        Some(Holds::Item(item)) => {
            use Item::{Contact, Ignored, Notes, Usage};
            matches!(item, Usage | Ignored | Contact | Notes)
        }
        Some(_) => false,
    };
    let spans = header.columns.iter().filter(may_name);
    let mut spans = spans.map(|column| column.span);
    let span = spans.find(|span| are_told_apart(grid, vocabulary, header.rows.1, *span))?;
    let work = work_time::column(grid, header);
    Some(Names { span, work })
}

/// Whether most cells of a column below the row `head` name a contact or an item, the contacts at
/// the start and at the end of the work among them.
fn are_told_apart(grid: &Grid, vocabulary: &Vocabulary, head: u32, span: (u32, u32)) -> bool {
    const MOST_ROWS: usize = 400;
    let words = &layout_words::words().contacts;
    let rows = grid.rows_between(head.saturating_add(1), grid.last_row());
    let cells = rows.take(MOST_ROWS).flat_map(|row| cells(grid, row, span));
    let written = cells.filter(|block| block.stored.is_some());
    let kinds: Vec<Option<Kind>> = written
        .map(|block| Kind::of(vocabulary, words, &block.text))
        .collect();
    let has = |phase| kinds.contains(&Some(Kind::Contact(phase)));
    let known = kinds.iter().flatten().count();
    has(Phase::Start) && has(Phase::End) && known * 3 >= kinds.len() * 2
}

/// The cells of some columns that begin in a row.
fn cells(grid: &Grid, row: u32, span: (u32, u32)) -> impl Iterator<Item = &Block> {
    let cells = grid.row_within(row, span.0, span.1).iter();
    let cells = cells.map(|&i| grid.block(i));
    cells.filter(move |block| block.range.first.row == row)
}

/// The parts of the record in the rows `first` to `last`.
fn parts(
    grid: &Grid,
    vocabulary: &Vocabulary,
    span: (u32, u32),
    (first, last): (u32, u32),
) -> Vec<Part> {
    let words = &layout_words::words().contacts;
    let rows = grid.rows_between(first, last);
    let cells = rows.flat_map(|row| cells(grid, row, span));
    let named = cells.filter_map(|block| {
        let kind = Kind::of(vocabulary, words, &block.text)?;
        Some((block.range.first.row, kind, block.text_in_short()))
    });
    let named: Vec<(u32, Kind, String)> = named.collect();
    let starts: Vec<u32> = named.iter().map(|(row, _, _)| *row).collect();
    let parts = named.into_iter().zip(stretches(&starts, last));
    let part = |((_, kind, label), rows)| Part { kind, label, rows };
    parts.map(part).collect()
}

/// Divides what stands under 時刻 and 支援内容 among the contacts of the record in `rows`; the first
/// and the last of them tell when the work began and ended.
pub fn divide(
    grid: &Grid,
    vocabulary: &Vocabulary,
    Names { span, work }: Names,
    line: &mut Line,
    rows: (u32, u32),
) {
    let parts = parts(grid, vocabulary, span, rows);
    if parts.is_empty() {
        return;
    }
    let take = |line: &mut Line, item: Item| -> Vec<Word> {
        let entries = line.entries.remove(&item).unwrap_or_default();
        entries.into_iter().flat_map(|entry| entry.words).collect()
    };
    let of_work = take_time_of_work(work, line);
    let has_start = line.entries.contains_key(&Item::Start);
    let (times, texts) = (take(line, Item::Time), take(line, Item::Support));
    let of_work = match (of_work, has_start) {
        (None, false) => time_of_work(&parts, &times, span.0),
        (known, _) => known,
    };
    let is_timed = of_work.is_some() || has_start;
    line.entries
        .extend(of_work.map(|entry| (Item::Time, vec![entry])));
    line.entries.remove(&Item::Usage);
    leave_means_of_items(&parts, line);
    let home = Cell::new(rows.0, span.0);
    for part in parts {
        let (time, said) = (within(&times, &part.rows), within(&texts, &part.rows));
        put(
            line,
            part,
            Contact {
                name: String::new(),
                home,
                time,
                said,
            },
            is_timed,
        );
    }
    for entry in line.entries.values_mut().flatten() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        entry.words.retain(|word| {
            let text = squash(&word.text);
            text.is_empty() || seen.insert(text)
        });
    }
}

/// Puts what stands in the rows of a part into the line, as a contact or as its item.
fn put(line: &mut Line, part: Part, own: Contact, is_timed: bool) {
    if let Kind::Item(item) = part.kind {
        // The box of 心身の状況 may begin under 時間.
        let before = if item == Item::Work {
            Vec::new()
        } else {
            own.time
        };
        let words: Vec<Word> = before.into_iter().chain(own.said).collect();
        let home = words.first().map_or(own.home, |word| word.cell);
        let entries = line.entries.entry(item).or_default();
        entries.push(Entry::new(part.label, home, words));
        return;
    }
    let contact = Contact {
        name: part.label,
        ..own
    };
    if let Some((item, entry)) = contact.end_of_work().filter(|_| !is_timed) {
        line.entries.entry(item).or_default().push(entry);
    }
    let entries = line.entries.entry(Item::Contact).or_default();
    entries.push(contact.entry());
}

/// Beside 作業 stands when the work was done.
fn time_of_work(parts: &[Part], times: &[Word], col: u32) -> Option<Entry> {
    let is_work = |part: &&Part| part.kind == Kind::Item(Item::Work);
    let work = parts.iter().find(is_work)?;
    let own = within(times, &work.rows);
    let home = Cell::new(*work.rows.start(), col);
    (!own.is_empty()).then(|| Entry::new(work.label.clone(), home, own))
}

/// The means beside an item is no contact's.
fn leave_means_of_items(parts: &[Part], line: &mut Line) {
    let is_of_item = |word: &Word| {
        let items = parts
            .iter()
            .filter(|part| matches!(part.kind, Kind::Item(_)));
        let mut rows = items.map(|part| &part.rows);
        rows.any(|rows| rows.contains(&word.cell.row))
    };
    let means = line.entries.get_mut(&Item::Method).into_iter().flatten();
    for entry in means {
        entry.words.retain(|word| !is_of_item(word));
    }
}

/// The time of the work, where it has a column of its own: 実施時間 beside 連絡時刻.
fn take_time_of_work(work: Option<u32>, line: &mut Line) -> Option<Entry> {
    let times = line.entries.get_mut(&Item::Time)?;
    let is_of_work = |entry: &Entry| Some(entry.home.col) == work;
    let at = times.iter().position(is_of_work)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::{lines, said};

    #[test]
    fn rows_named_by_contacts_and_items_are_one_day() {
        let rows: [&[&str]; 9] = [
            &["日付", "項目", "時間", "手段", "内容"],
            &["9/1", "作業", "10:00～14:00", "－", "部品を詰める。"],
            &["", "始まりの連絡", "9:57", "LINE", "落ち着いている。"],
            &["", "終わりの連絡", "14:00", "LINE", "予定より早い。"],
            &["", "心身の状況・助言", "疲れはない。"],
            &["9/3", "作業", "10:00～14:30", "－", "箱を折る。"],
            &["", "始まりの連絡", "10:02", "電話", "手順を聞いた。"],
            &["", "終わりの連絡", "14:30", "電話", "終わった。"],
            &["", "心身の状況・助言", "肩がこる。"],
        ];
        let found = lines(&rows, &["A2:A5", "A6:A9", "C5:E5", "C9:E9"]);
        assert_eq!(found.len(), 2, "{found:#?}");
        let day = &found[0];
        assert_eq!(said(day, Item::Time), ["10:00～14:00"]);
        assert_eq!(said(day, Item::Work), ["部品を詰める。"]);
        assert_eq!(said(day, Item::Method), ["LINE"]);
        assert_eq!(said(day, Item::Condition), ["疲れはない。"]);
        assert_eq!(
            said(day, Item::Contact),
            ["9:57 落ち着いている。", "14:00 予定より早い。"]
        );
        assert_eq!(said(&found[1], Item::Condition), ["肩がこる。"]);
    }

    #[test]
    fn contacts_without_a_time_of_the_work_tell_when_it_was() {
        let rows: [&[&str]; 5] = [
            &["日付", "区分", "時刻", "手段", "支援内容"],
            &["9/1", "作業開始", "10:00", "電話", "始める。"],
            &["9/1", "作業終了", "14:00", "電話", "終える。"],
            &["9/3", "作業開始", "10:30", "電話", "始める。"],
            &["9/3", "作業終了", "14:30", "電話", "終える。"],
        ];
        let found = lines(&rows, &[]);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert_eq!(said(&found[0], Item::Start), ["10:00"]);
        assert_eq!(said(&found[0], Item::End), ["14:00"]);
        assert!(!found[0].entries.contains_key(&Item::Work));
    }

    #[test]
    fn a_row_without_the_day_is_a_contact_of_the_day_above() {
        let rows: [&[&str]; 6] = [
            &["日付", "作業内容", "区分", "時刻", "手段", "支援内容"],
            &["9/1", "検品", "開始", "10:00", "電話", "始める。"],
            &["", "", "終了", "14:00", "電話", "終える。"],
            &["9/3", "検品", "開始", "10:30", "電話", "始める。"],
            &["", "", "途中", "12:00", "電話", "進む。"],
            &["", "", "終了", "14:30", "電話", "終える。"],
        ];
        let found = lines(&rows, &[]);
        assert_eq!(found.len(), 2, "{found:#?}");
        let contacts = ["10:00 始める。", "14:00 終える。"];
        assert_eq!(said(&found[0], Item::Contact), contacts);
        assert_eq!(said(&found[1], Item::Contact).len(), 3);
        assert_eq!(said(&found[1], Item::End), ["14:30"]);
    }

    #[test]
    fn rows_that_name_no_contact_are_days_of_their_own() {
        let rows: [&[&str]; 3] = [
            &["日付", "区分", "時間", "手段", "支援内容"],
            &["9/1", "在宅", "10:00～14:00", "電話", "始める。"],
            &["9/3", "在宅", "10:00～14:00", "電話", "始める。"],
        ];
        let found = lines(&rows, &[]);
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|line| said(line, Item::Contact).is_empty())
        );
    }
}
