//! `開始 | 9:55 | 電話 | 体調は良い。 | 太田` over `終了 | 15:00 | …` within the form of a day: rows that are a
//! contact each, with no row of heads above them. What a column holds is told by all its cells.
//!
//! A name before a time and words alone is a label, and read as such next door.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CellRange;
use crate::recognise::contacts::list::list;
use crate::recognise::contacts::phase_rows::is_time;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::contacts::words::{ContactWords, Phase};
use crate::recognise::form::{Entry, Role};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::spaced::is_person;
use crate::recognise::label::{Label, word};
use crate::recognise::table::Table;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Rows that make a list.
const FEWEST: usize = 2;

/// Finds the lists of a sheet.
pub fn tables(grid: &Grid, labels: &[Label], vocabulary: &Vocabulary) -> Vec<Table> {
    let words = &layout_words::words().contacts;
    let names = |i: usize| words.names_row(vocabulary, &grid.block(i).text);
    let beside = labels.iter().filter(|label| label.inline.is_none());
    let beside = beside.map(|label| label.block);
    let sheet = Rows {
        grid,
        vocabulary,
        words,
        labels: beside.filter(|&i| !names(i)).collect(),
        heads: heads(grid, words),
    };
    let of_day = labels
        .iter()
        .filter(|label| label.item(FormKind::Daily).is_some_and(Item::is_of_a_day));
    let Some(top) = of_day.map(|label| label.range.first.row).min() else {
        return Vec::new();
    };
    let runs = sheet.runs().into_iter();
    let lists = runs.filter_map(|run| sheet.table(&run));
    lists.filter(|table| top < table.range.first.row).collect()
}

/// A row that could be a contact: its blocks from left to right.
struct Row {
    row: u32,
    name: usize,
    blocks: Vec<usize>,
}

/// A sheet whose rows are looked at.
struct Rows<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    words: &'static ContactWords,
    /// The blocks of labels that are no contact's name.
    labels: BTreeSet<usize>,
    /// The first rows in which 時刻 heads a table, by its column.
    heads: BTreeMap<u32, u32>,
}

/// Where heads of contacts stand beside each other, the columns of their times with the first row.
fn heads(grid: &Grid, words: &ContactWords) -> BTreeMap<u32, u32> {
    let mut heads = BTreeMap::new();
    for row in grid.rows_between(0, grid.last_row()) {
        let here = grid.row(row).iter().map(|&i| grid.block(i));
        let begun = here.filter(|block| block.range.first.row == row);
        let parts = begun.filter_map(|block| Some((block, words.part_or_told(&block.text)?)));
        let parts: Vec<(&Block, Item)> = parts.collect();
        if parts.iter().any(|(_, part)| *part != Item::Time) {
            let times = parts.iter().filter(|(_, part)| *part == Item::Time);
            for (block, _) in times {
                heads.entry(block.range.first.col).or_insert(row);
            }
        }
    }
    heads
}

impl Rows<'_> {
    fn block(&self, i: usize) -> &Block {
        self.grid.block(i)
    }

    fn col(&self, i: usize) -> u32 {
        self.block(i).range.first.col
    }

    /// Rows below each other with their names in one column, the first contact of the day to the
    /// last; an empty row may stand between two.
    fn runs(&self) -> Vec<Vec<Row>> {
        const APART: u32 = 2;
        let mut runs: Vec<Vec<Row>> = Vec::new();
        for row in self.grid.rows_between(0, self.grid.last_row()) {
            let Some(own) = self.row(row) else { continue };
            let begins = self.moment(own.name) == Some(Phase::Start);
            let follows = |run: &&mut Vec<Row>| {
                let last = run.last();
                last.is_some_and(|last| {
                    let bottom = self.block(last.name).range.last.row;
                    row <= bottom.saturating_add(APART)
                        && self.col(last.name) == self.col(own.name)
                        && self.moment(last.name) != Some(Phase::End)
                })
            };
            match runs.last_mut().filter(|_| !begins).filter(follows) {
                Some(run) => run.push(own),
                None => runs.push(vec![own]),
            }
        }
        runs
    }

    fn moment(&self, i: usize) -> Option<Phase> {
        self.words.moment(&self.block(i).text)
    }

    /// The row, where one of its blocks names a contact and nothing but labels stands outside it.
    fn row(&self, row: u32) -> Option<Row> {
        const MOST: usize = 8;
        let begins = self.grid.row(row).iter().copied();
        let begins = begins.filter(|&i| self.block(i).range.first.row == row);
        let written: Vec<usize> = begins.filter(|&i| self.block(i).holds()).collect();
        let own = written.iter().skip_while(|i| self.labels.contains(i));
        let blocks: Vec<usize> = own.copied().collect();
        let is_name = |i: &&usize| {
            let text = &self.block(**i).text;
            self.words.names_row(self.vocabulary, text)
        };
        let mut names = blocks.iter().filter(is_name);
        let name = *names.next().filter(|_| names.next().is_none())?;
        // Beside the day of a table, which reaches down to the row.
        let begin = self.col(*blocks.first()?);
        let mut before = begin.checked_sub(1).into_iter().flat_map(|last| {
            let reaching = self.grid.row_over(row, 0, last);
            reaching.filter(|&i| self.block(i).range.first.row < row)
        });
        if before.any(|i| self.block(i).stored.is_some() && !self.labels.contains(&i)) {
            return None;
        }
        let is_plain = |i: &usize| self.block(*i).tick.is_none() && !self.labels.contains(i);
        let fits = blocks.len() <= MOST && blocks.iter().all(is_plain);
        fits.then_some(Row { row, name, blocks })
    }

    /// The list that the rows of a run are; `None` where they are something else.
    fn table(&self, run: &[Row]) -> Option<Table> {
        let told: Vec<&Row> = run.iter().filter(|row| row.blocks.len() > 1).collect();
        if told.len() < FEWEST || !self.is_day(run) {
            return None;
        }
        let roles = self.roles(&told)?;
        if self.is_headed(run, &roles) {
            return None;
        }
        let lines = run.iter().map(|row| self.line(row, &roles)).collect();
        let blocks = run.iter().flat_map(|row| &row.blocks);
        let ranges = blocks.map(|&i| self.block(i).range);
        let range = ranges.reduce(CellRange::with)?;
        let names = run.first().map(|row| self.block(row.name).range);
        let known = OfContacts {
            names: names.map(|name| (name.first.col, name.last.col)),
            fewest: FEWEST,
            in_a_row: false,
        };
        let explained = run
            .iter()
            .map(|row| (self.block(row.name).range, Role::Label));
        Some(Table {
            explained: explained.collect(),
            contacts: Some(list(range, lines, known)?),
            ..Table::new(FormKind::Daily, range, Vec::new())
        })
    }

    /// Whether the rows are the contacts of one day: from its start to its end, or counted.
    fn is_day(&self, run: &[Row]) -> bool {
        let moment = |row: Option<&Row>| row.and_then(|row| self.moment(row.name));
        let is_whole =
            moment(run.first()) == Some(Phase::Start) && moment(run.last()) == Some(Phase::End);
        let name = |row: &Row| squash(&self.block(row.name).text);
        let names: BTreeSet<String> = run.iter().map(name).collect();
        let is_counted = || run.iter().all(|row| self.moment(row.name).is_none());
        is_whole || is_counted() && names.len() == run.len()
    }

    /// Whether the times of a run stand under the head of a table, whatever stands beside it right
    /// above the first row.
    fn is_headed(&self, run: &[Row], roles: &BTreeMap<u32, Item>) -> bool {
        let Some(first) = run.first().map(|row| row.row) else {
            return true;
        };
        let times = roles.iter().filter(|(_, item)| **item == Item::Time);
        let mut times = times.map(|(col, _)| *col);
        times.any(|col| {
            let above = first.checked_sub(1).into_iter();
            let mut over = above.flat_map(|row| self.grid.row_over(row, col, col));
            over.any(|i| self.words.part(&self.block(i).text).is_some())
                || self.heads.get(&col).is_some_and(|row| *row < first)
        })
    }

    /// What the columns hold, by the first column of each: one of times, one of what was said, and
    /// one for the means or the staff at least.
    fn roles(&self, told: &[&Row]) -> Option<BTreeMap<u32, Item>> {
        let mut columns: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
        for row in told {
            for &i in row.blocks.iter().filter(|&&i| i != row.name) {
                columns.entry(self.col(i)).or_default().push(self.block(i));
            }
        }
        let mut roles: BTreeMap<u32, Item> = BTreeMap::new();
        let mut others: Vec<(u32, &Vec<&Block>)> = Vec::new();
        for (col, blocks) in &columns {
            if blocks.iter().all(|block| is_time(block)) {
                roles.insert(*col, Item::Time);
            } else if blocks.iter().all(|block| self.words.is_means(&block.text)) {
                roles.insert(*col, Item::Method);
            } else {
                others.push((*col, blocks));
            }
        }
        match others.as_slice() {
            [(said, _)] => {
                roles.insert(*said, Item::Support);
            }
            [(a, first), (b, second)] => {
                let (said, staff) = match (is_staff(first, second), is_staff(second, first)) {
                    (false, true) => (*a, *b),
                    (true, false) => (*b, *a),
                    _ => return None,
                };
                roles.extend([(said, Item::Support), (staff, Item::Recorder)]);
            }
            _ => return None,
        }
        let count = |item: Item| roles.values().filter(|own| **own == item).count();
        let is_more = count(Item::Method) + count(Item::Recorder) > 0;
        (count(Item::Time) == 1 && count(Item::Method) <= 1 && is_more).then_some(roles)
    }

    /// A row of the list.
    fn line(&self, row: &Row, roles: &BTreeMap<u32, Item>) -> Line {
        let at = self.block(row.name).range.first;
        let mut line = Line::new(at, BTreeMap::new());
        let mut put = |item: Item, i: usize| {
            let block = self.block(i);
            let own = Entry::unlabelled(block.range.first, vec![word(block)]);
            line.entries.insert(item, vec![own]);
        };
        put(Item::Usage, row.name);
        for &i in row.blocks.iter().filter(|&&i| i != row.name) {
            if let Some(item) = roles.get(&self.col(i)) {
                put(*item, i);
            }
        }
        line
    }
}

/// Whether the cells of a column name who was there: short names beside longer words, or the same
/// name again and again beside words that differ.
fn is_staff(own: &[&Block], said: &[&Block]) -> bool {
    const LONGEST: usize = 8;
    let length = |blocks: &[&Block]| -> usize {
        let texts = blocks.iter().map(|block| squash(&block.text));
        texts.map(|text| text.chars().count()).sum()
    };
    let different = |blocks: &[&Block]| {
        let texts: BTreeSet<String> = blocks.iter().map(|block| squash(&block.text)).collect();
        texts.len()
    };
    let are_names = own.iter().all(|block| {
        let text = squash(&block.text);
        is_person(&text) && (1..=LONGEST).contains(&text.chars().count())
    });
    are_names && (length(said) > length(own) * 2 || different(own) == 1 && different(said) > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::form::Form;
    use crate::recognise::testing::{HEAD, recognised, said_in};

    /// The only form of a day with these rows within it.
    fn form(rows: &[&[&str]]) -> Form {
        let cell =
            |row: usize, col: usize| format!("{}{}", ["A", "B", "C", "D", "E", "F"][col], row + 6);
        let below = [("心身の状況", "良好"), ("記録者", "坂本")];
        let mut cells: Vec<(String, &str)> = HEAD
            .iter()
            .map(|(at, text)| ((*at).to_owned(), *text))
            .collect();
        for (row, texts) in rows.iter().enumerate() {
            let texts = texts
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.is_empty());
            cells.extend(texts.map(|(col, text)| (cell(row, col), *text)));
        }
        for (row, (label, value)) in (rows.len() + 1..).zip(below) {
            cells.extend([(cell(row, 0), label), (cell(row, 1), value)]);
        }
        let cells: Vec<(&str, &str)> = cells
            .iter()
            .map(|(at, text)| (at.as_str(), *text))
            .collect();
        let mut forms = recognised(Sheet::of_texts("記録", &cells)).forms;
        assert_eq!(forms.len(), 1, "{forms:#?}");
        forms.remove(0)
    }

    const CONTACTS: [&str; 2] = ["開始:9:55 体調は良い。", "終了:15:00 30枚を終えた。"];

    #[test]
    fn rows_of_a_name_a_time_the_means_words_and_staff_are_contacts() {
        let orders: [[&[&str]; 2]; 4] = [
            [
                &["開始", "9:55", "電話", "体調は良い。", "太田"],
                &["終了", "15:00", "電話", "30枚を終えた。", "太田"],
            ],
            [
                &["9:55", "開始", "電話", "体調は良い。"],
                &["15:00", "終了", "電話", "30枚を終えた。"],
            ],
            [
                &["開始", "電話", "体調は良い。", "9:55"],
                &["終了", "電話", "30枚を終えた。", "15:00"],
            ],
            [
                &["開始", "太田", "9:55", "", "電話", "体調は良い。"],
                &["終了", "津田", "15:00", "", "電話", "30枚を終えた。"],
            ],
        ];
        for rows in orders {
            let form = form(&rows);
            assert_eq!(said_in(&form, Item::Contact), CONTACTS, "{rows:?}");
            assert_eq!(said_in(&form, Item::Method), ["電話"], "{rows:?}");
            assert_eq!(said_in(&form, Item::Time), ["10:00～15:00"]);
            assert_eq!(said_in(&form, Item::Condition), ["良好"]);
            assert_eq!(said_in(&form, Item::Recorder), ["坂本"]);
        }
    }

    #[test]
    fn contacts_that_are_counted_or_left_blank_are_of_the_list_too() {
        let numbered: [&[&str]; 2] = [
            &["①", "9:55", "電話", "体調は良い。"],
            &["②", "15:00", "LINE", "30枚を終えた。"],
        ];
        assert_eq!(said_in(&form(&numbered), Item::Contact).len(), 2);
        let blank: [&[&str]; 3] = [
            &["開始", "9:55", "電話", "体調は良い。"],
            &["途中"],
            &["終了", "15:00", "LINE", "30枚を終えた。"],
        ];
        let told = said_in(&form(&blank), Item::Contact);
        assert_eq!(told, [CONTACTS[0], "途中:", CONTACTS[1]]);
    }

    #[test]
    fn what_a_column_holds_must_be_told() {
        // Two columns of short words: either may be what was said.
        let unclear: [&[&str]; 2] = [
            &["開始", "9:55", "電話", "良好", "太田"],
            &["終了", "15:00", "電話", "疲れ", "津田"],
        ];
        assert_eq!(said_in(&form(&unclear), Item::Contact), [""; 0]);
        // The same staff twice are told from words that differ.
        let same: [&[&str]; 2] = [
            &["開始", "9:55", "電話", "良好", "太田"],
            &["終了", "15:00", "電話", "疲れ", "太田"],
        ];
        let told = ["開始:9:55 良好", "終了:15:00 疲れ"];
        assert_eq!(said_in(&form(&same), Item::Contact), told);
    }

    #[test]
    fn times_of_the_work_and_rows_under_heads_are_no_such_list() {
        let found = |rows: &[&[&str]]| {
            let grid = Grid::of(&Sheet::of_rows(rows));
            let vocabulary = Vocabulary::builtin();
            let labels = crate::recognise::label::labels(&grid, vocabulary);
            tables(&grid, &labels, vocabulary).len()
        };
        let work: &[&str] = &["作業内容", "検品"];
        let start: &[&str] = &["開始", "9:55", "電話", "体調は良い。"];
        let end: &[&str] = &["終了", "15:00", "電話", "30枚を終えた。"];
        assert_eq!(found(&[work, start, end]), 1);
        assert_eq!(found(&[start, end]), 0);
        assert_eq!(found(&[work, start]), 0);
        assert_eq!(found(&[work, end, start]), 0);
        assert_eq!(
            found(&[work, &["区分", "時刻", "手段", "内容"], start, end]),
            0
        );
        let told: &[&str] = &["返信", "時刻", "手段の別", "返信・やりとりの内容"];
        assert_eq!(found(&[work, told, start, end]), 0);
        assert_eq!(
            found(&[work, &["", "時刻", "", "やったこと"], start, end]),
            0
        );
        assert_eq!(found(&[work, &["開始", "10:00"], &["終了", "15:00"]]), 0);
        let days: [&[&str]; 2] = [
            &["開始", "9:55", "10:02", "電話", "始める。"],
            &["終了", "15:00", "15:05", "電話", "終える。"],
        ];
        assert_eq!(found(&[work, days[0], days[1]]), 0);
        let dated: &[&str] = &["9/1", "開始", "9:55", "電話", "体調は良い。"];
        let second: &[&str] = &["", "終了", "15:00", "電話", "30枚を終えた。"];
        assert_eq!(found(&[work, dated, second]), 0);
    }

    #[test]
    fn rows_beside_the_day_of_a_table_are_its_own() {
        let rows: [&[&str]; 5] = [
            &["日付", "項目", "時刻", "手段", "内容"],
            &["9/1", "作業内容", "10:00～15:00", "－", "検品"],
            &["", "開始の連絡", "9:55", "電話", "体調は良い。"],
            &["", "終了の連絡", "15:00", "電話", "30枚を終えた。"],
            &["", "心身の状況", "良好"],
        ];
        let found = |rows: &[&[&str]]| {
            let grid = Grid::of(&Sheet::of_rows(rows).merging(&["A2:A5"]));
            let vocabulary = Vocabulary::builtin();
            let labels = crate::recognise::label::labels(&grid, vocabulary);
            tables(&grid, &labels, vocabulary).len()
        };
        assert_eq!(found(&rows), 0);
        let plain: Vec<Vec<&str>> = rows.iter().map(|row| [&[""], &row[1..]].concat()).collect();
        let plain: Vec<&[&str]> = plain.iter().map(Vec::as_slice).collect();
        assert_eq!(found(&[&[], plain[1], plain[2], plain[3]]), 1);
        assert_eq!(found(&plain[..4]), 0);
    }
}
