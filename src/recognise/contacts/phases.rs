//! Rows that are one contact each: 作業開始, 途中連絡, 作業終了, and rows between them for an item
//! each: 作業, 心身の状況. Those of one user and day are one record.

use std::collections::BTreeMap;

use crate::model::{Cell, CellRange};
use crate::recognise::contacts::columns::entry;
use crate::recognise::contacts::words::{ContactWords, Phase};
use crate::recognise::contacts::work_time;
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::table::lines::Line;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// The column that says which contact a row is.
#[derive(Debug, Clone, Copy)]
pub struct Phases {
    span: (u32, u32),
    /// The first column of those that tell when the work was, beside the times of the contacts.
    work: Option<u32>,
}

/// What a row of a record is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Contact(Phase),
    Item(Item),
}

impl Kind {
    /// What the cell that names the row says.
    fn of(vocabulary: &Vocabulary, words: &ContactWords, text: &str) -> Option<Self> {
        if let Some(phase) = words.phase(text) {
            return Some(Self::Contact(phase));
        }
        if words.is_of_contact(&label_key(text)) {
            let phase = words.phase_of_head(text).unwrap_or(Phase::Middle);
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
    rows: (u32, u32),
}

impl Part {
    fn holds(&self, word: &Word) -> bool {
        (self.rows.0..=self.rows.1).contains(&word.cell.row)
    }
}

impl Phases {
    /// Finds the column under `header` whose cells tell contacts apart.
    pub fn under(grid: &Grid, vocabulary: &Vocabulary, header: &Header) -> Option<Self> {
        let words = &layout_words::words().contacts;
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
            let kinds: Vec<Option<Kind>> = cells
                .map(|block| Kind::of(vocabulary, words, &block.text))
                .collect();
            let has = |wanted| {
                let is_it = |kind: &Kind| matches!(kind, Kind::Contact(phase) if *phase == wanted);
                kinds.iter().flatten().any(is_it)
            };
            let known = kinds.iter().flatten().count();
            has(Phase::Start) && has(Phase::End) && known * 3 >= kinds.len() * 2
        };
        let spans = columns.map(|column| column.span);
        spans.into_iter().find(|span| told(*span)).map(|span| Self {
            span,
            work: work_time::column(grid, header),
        })
    }

    /// Whether a text in these cells says which contact its row is.
    pub fn name(&self, cells: CellRange, text: &str) -> bool {
        let is_within = self.span.0 <= cells.first.col && cells.last.col <= self.span.1;
        let words = &layout_words::words().contacts;
        is_within && words.phase(text).is_some()
    }

    /// The parts of the record in the rows `first` to `last`.
    fn parts(&self, grid: &Grid, vocabulary: &Vocabulary, (first, last): (u32, u32)) -> Vec<Part> {
        let words = &layout_words::words().contacts;
        let mut parts: Vec<Part> = Vec::new();
        for row in grid.rows_between(first, last) {
            for &i in grid.row_within(row, self.span.0, self.span.1) {
                let block = grid.block(i);
                if block.range.first.row != row {
                    continue;
                }
                if let Some(kind) = Kind::of(vocabulary, words, &block.text) {
                    parts.push(Part {
                        kind,
                        label: block.text_in_short(),
                        rows: (row, last),
                    });
                }
            }
        }
        let starts: Vec<u32> = parts.iter().map(|part| part.rows.0).collect();
        for (part, next) in parts.iter_mut().zip(starts.iter().skip(1)) {
            part.rows.1 = next.saturating_sub(1).max(part.rows.0);
        }
        parts
    }

    /// Divides what stands under 時刻 and 支援内容 among the contacts of the record in the rows
    /// `first` to `last`; the first and the last of them tell when the work began and ended.
    pub fn divide(
        &self,
        grid: &Grid,
        vocabulary: &Vocabulary,
        line: &mut Line,
        (first, last): (u32, u32),
    ) {
        let parts = self.parts(grid, vocabulary, (first, last));
        if parts.is_empty() {
            return;
        }
        let take = |line: &mut Line, item: Item| -> Vec<Word> {
            let entries = line.entries.remove(&item).unwrap_or_default();
            entries.into_iter().flat_map(|entry| entry.words).collect()
        };
        let home = Cell::new(first, self.span.0);
        let work = self.take_time_of_work(line);
        let is_timed = work.is_some() || line.entries.contains_key(&Item::Start);
        let (times, texts) = (take(line, Item::Time), take(line, Item::Support));
        let is_told_work = |part: &Part| matches!(part.kind, Kind::Item(Item::Work));
        let of_work = parts.iter().find(|part| is_told_work(part));
        // Beside 作業 stands when the work was done.
        let of_work = of_work.filter(|_| !is_timed).map(|part| {
            let own: Vec<Word> = times
                .iter()
                .filter(|word| part.holds(word))
                .cloned()
                .collect();
            entry(part.label.clone(), Cell::new(part.rows.0, self.span.0), own)
        });
        let of_work = of_work.filter(|entry| !entry.words.is_empty());
        let is_timed = is_timed || of_work.is_some();
        let work = work.or(of_work);
        let methods = line.entries.get_mut(&Item::Method).into_iter().flatten();
        for entry in methods {
            let is_of_item = |word: &Word| {
                let mut parts = parts.iter();
                parts.any(|part| matches!(part.kind, Kind::Item(_)) && part.holds(word))
            };
            entry.words.retain(|word| !is_of_item(word));
        }
        line.entries
            .extend(work.map(|entry| (Item::Time, vec![entry])));
        line.entries.remove(&Item::Usage);
        for part in parts {
            let own = |words: &[Word]| -> Vec<Word> {
                words
                    .iter()
                    .filter(|word| part.holds(word))
                    .cloned()
                    .collect()
            };
            let (time, text) = (own(&times), own(&texts));
            let phase = match part.kind {
                Kind::Contact(phase) => phase,
                Kind::Item(item) => {
                    // The box of 心身の状況 may begin under 時間.
                    let before = if item == Item::Work { Vec::new() } else { time };
                    let words: Vec<Word> = before.into_iter().chain(text).collect();
                    let home = words.first().map_or(home, |word| word.cell);
                    let entries = line.entries.entry(item).or_default();
                    entries.push(entry(part.label.clone(), home, words));
                    continue;
                }
            };
            let item = match phase {
                Phase::Start => Some(Item::Start),
                Phase::Middle => None,
                Phase::End => Some(Item::End),
            };
            if let Some(item) = item.filter(|_| !is_timed) {
                let entries = line.entries.entry(item).or_default();
                entries.push(entry(part.label.clone(), home, time.clone()));
            }
            let words = time.into_iter().chain(text).collect();
            let entries = line.entries.entry(Item::Contact).or_default();
            entries.push(entry(part.label, home, words));
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

    /// The time of the work, where it has a column of its own: 実施時間 beside 連絡時刻.
    fn take_time_of_work(&self, line: &mut Line) -> Option<Entry> {
        let times = line.entries.get_mut(&Item::Time)?;
        let is_of_work = |entry: &Entry| Some(entry.home.col) == self.work;
        let at = times.iter().position(is_of_work)?;
        Some(times.remove(at))
    }
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
    use crate::recognise::testing::lines;

    fn said(line: &Line, item: Item) -> Vec<String> {
        let entries = line.entries.get(&item).into_iter().flatten();
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        entries.map(text).collect()
    }

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
