//! Whose marks stand in which row under the days of a month.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Beside, Held, is_name};
use super::month::{Month, Shape, Tier, head};
use super::words;
use crate::model::{Cell, CellRange};
use crate::recognise::calendar::is_weekday;
use crate::recognise::explain::is_legend;
use crate::recognise::form::{DayLine, DayWord, Entry, Role, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::{LabelBlocks, word};
use crate::recognise::table::lines::Line;
use crate::recognise::table::rows::is_note;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// What was read under the days of one month.
#[derive(Debug, Default)]
pub struct Rows {
    /// One a user.
    pub lines: Vec<Line>,
    /// What the cells are that hold no value.
    pub explained: Vec<(CellRange, Role)>,
    /// The last row that belongs to the month.
    pub bottom: u32,
    /// Whether marks stand in rows of nobody, or of an unknown kind.
    pub is_incomplete: bool,
    /// Whether the rows are items of another form, such as 開始 and 終了.
    pub is_foreign: bool,
    /// Whether every user has one row.
    pub is_plain: bool,
}

/// The rows that can hold marks, each with the number of its tier; in a list whose tiers stand
/// together, a user's first row is that of the first tier. Rows of heads are among them where
/// a user's name may reach over them.
pub fn rows(grid: &Grid, month: &Month, last: u32) -> Vec<(usize, u32)> {
    let tiers = &month.tiers;
    let bottom = tiers.last().map_or(0, |tier| tier.bottom);
    match month.shape() {
        Shape::Flat | Shape::Together => {
            let rows = grid.rows_between(bottom.saturating_add(1), last);
            rows.map(|row| (0, row)).collect()
        }
        Shape::Apart | Shape::Weeks => {
            let height = |pair: &[Tier]| pair[1].row.saturating_sub(pair[0].bottom + 1);
            let height = tiers.windows(2).map(height).max().unwrap_or(0);
            let ends = tiers.iter().skip(1).map(|tier| tier.row - 1);
            let end = bottom.saturating_add(height).min(last);
            let tiers = tiers.iter().zip(ends.chain([end])).enumerate();
            tiers
                .flat_map(|(n, (tier, end))| (tier.row..=end).map(move |row| (n, row)))
                .collect()
        }
    }
}

/// Reads what stands under the days.
pub fn read(
    grid: &Grid,
    labels: &LabelBlocks,
    vocabulary: &Vocabulary,
    month: &Month,
    columns: &[Beside],
    rows: &[(usize, u32)],
) -> Rows {
    let mut reader = Reader {
        grid,
        vocabulary,
        month,
        columns,
        users: Vec::new(),
        by_key: BTreeMap::new(),
        found: Rows {
            bottom: month.tiers.last().map_or(0, |tier| tier.bottom),
            is_plain: month.shape() == Shape::Flat,
            ..Rows::default()
        },
    };
    reader.read(labels, rows);
    reader.finish()
}

struct User {
    name: Option<usize>,
    first: u32,
    rows: Vec<(u32, Option<DayLine>)>,
    days: Vec<DayWord>,
}

struct Reader<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    month: &'a Month,
    columns: &'a [Beside],
    users: Vec<User>,
    /// The first of each name and number.
    by_key: BTreeMap<String, usize>,
    found: Rows,
}

/// What the first column says of a row.
enum Said {
    User(Option<usize>),
    Nobody,
    Skip(Role),
    End,
}

impl Reader<'_> {
    fn column(&self, held: Held) -> Option<u32> {
        let mut columns = self.columns.iter();
        columns.find(|c| c.holds == held).map(|c| c.col)
    }

    fn bounds(&self) -> (u32, u32) {
        let (left, right) = self.month.columns();
        let cols = || self.columns.iter().map(|column| column.col);
        let first = cols().min().map_or(left, |col| col.min(left));
        (first, cols().max().map_or(right, |col| col.max(right)))
    }

    /// The written block that covers the column in the row.
    fn over(&self, row: u32, col: u32) -> Option<usize> {
        let mut over = self.grid.row_over(row, col, col);
        over.find(|&i| self.grid.block(i).stored.is_some())
    }

    fn read(&mut self, labels: &LabelBlocks, rows: &[(usize, u32)]) {
        const MOST_EMPTY: usize = 3;
        let (first, last) = self.bounds();
        let shape = self.month.shape();
        let mut current: Option<usize> = None;
        let (mut empty, mut before) = (0, None);
        for &(tier, row) in rows {
            let mut heads = self.month.tiers.iter();
            let is_head = heads.any(|t| (t.row..=t.bottom).contains(&row));
            let here: Vec<usize> = self.grid.row_within(row, first, last).to_vec();
            let begins = |&i: &usize| {
                let block = self.grid.block(i);
                block.holds() && block.range.first.row == row
            };
            let here: Vec<usize> = here.into_iter().filter(begins).collect();
            // Rows without any block are not among those asked for.
            let gap = before.map_or(0, |before: u32| row.saturating_sub(before + 1));
            before = Some(row);
            empty = if here.is_empty() { empty + 1 } else { 0 };
            if empty.max(gap as usize) > MOST_EMPTY {
                break;
            }
            match self.said(labels, row, &here, current, is_head) {
                Said::End => break,
                Said::Skip(role) => {
                    let cells = here.iter().map(|&i| (self.grid.block(i).range, role));
                    self.found.explained.extend(cells);
                    self.found.bottom = self.found.bottom.max(row);
                    current = None;
                    continue;
                }
                Said::Nobody => {
                    let marks = here.iter().filter(|&&i| self.day_of(tier, i).is_some());
                    if !is_head && marks.count() > 0 {
                        self.found.is_incomplete = true;
                    }
                    continue;
                }
                Said::User(name) => current = self.user(name, current, row),
            }
            let Some(user) = current else { continue };
            let tier = match shape {
                Shape::Together => {
                    let from = self.users.get(user).map_or(row, |user| user.first);
                    (row - from) as usize
                }
                _ => tier,
            };
            self.marks(user, tier, row, is_head);
            self.found.bottom = self.found.bottom.max(row);
        }
    }

    fn said(
        &mut self,
        labels: &LabelBlocks,
        row: u32,
        here: &[usize],
        current: Option<usize>,
        is_head: bool,
    ) -> Said {
        let (left, right) = self.month.columns();
        let name = self.column(Held::Name);
        let line = self.column(Held::Line).and_then(|col| self.over(row, col));
        let over = name.and_then(|col| self.over(row, col));
        let key = over.or_else(|| here.first().copied().filter(|_| name.is_some()));
        if is_head {
            return match over {
                Some(i) if is_name(self.vocabulary, &self.grid.block(i).text) => {
                    Said::User(Some(i))
                }
                _ if name.is_none() => Said::User(None),
                _ => Said::Nobody,
            };
        }
        if let Some(i) = key {
            let block = self.grid.block(i);
            let is_beside = block.range.first.col < left;
            if words::is_total(&block.text) {
                return Said::Skip(Role::Total);
            }
            if is_legend(&block.text) || self.vocabulary.is_legend(&block.text) {
                return Said::Skip(Role::Legend);
            }
            if is_note(self.grid, here, left, right) || block.range.last.col > left && is_beside {
                return Said::Skip(Role::Guide);
            }
            let is_label = labels.all.contains(&i) || labels.above.contains(&i);
            if is_label && Some(i) == over || labels.above.contains(&i) {
                if labels.idle.contains(&i) || self.asks_for_notes(i) {
                    return Said::Skip(Role::Label);
                }
                self.found.is_foreign = true;
                return Said::End;
            }
        }
        match over {
            Some(i) if is_name(self.vocabulary, &self.grid.block(i).text) => Said::User(Some(i)),
            Some(_) => Said::Nobody,
            None if name.is_none() => {
                let speaks = |i: &usize| {
                    let block = self.grid.block(*i);
                    labels.all.contains(i)
                        && !labels.idle.contains(i)
                        && words::line(&block.text).is_none()
                        && !words::is_of_marks(&block.text)
                        && !(left..=right).contains(&block.range.first.col)
                };
                if here.iter().any(speaks) || here.iter().any(|i| labels.above.contains(i)) {
                    self.found.is_foreign |= self.month.shape() == Shape::Flat;
                    return Said::End;
                }
                let first = here.first().map(|&i| &self.grid.block(i).text);
                if first.is_some_and(|text| words::is_total(text)) {
                    return Said::Skip(Role::Total);
                }
                match is_note(self.grid, here, left, right) {
                    true => Said::Skip(Role::Guide),
                    false => Said::User(None),
                }
            }
            None => {
                let from = current.and_then(|user| self.users.get(user));
                let tiers = self.month.tiers.len() as u32;
                let goes_on = self.month.shape() == Shape::Together
                    && from.is_some_and(|user| row - user.first < tiers);
                match (line.is_some() || goes_on) && from.is_some() {
                    true => Said::User(from.and_then(|user| user.name)),
                    false => Said::Nobody,
                }
            }
        }
    }

    fn asks_for_notes(&self, i: usize) -> bool {
        let meanings = self.vocabulary.meanings(&self.grid.block(i).text);
        meanings.is_some_and(|all| {
            let idle = |item: &Item| matches!(item, Item::Notes | Item::Remarks | Item::Ignored);
            all.iter().all(|(_, item)| idle(item))
        })
    }

    /// The user of a name: the same one where the name stands again in another tier or line.
    fn user(&mut self, name: Option<usize>, current: Option<usize>, row: u32) -> Option<usize> {
        let same = |user: &User| user.name == name;
        if let Some(at) = current.filter(|&at| self.users.get(at).is_some_and(same)) {
            return Some(at);
        }
        let mut key = name.map_or(String::new(), |i| squash(&self.grid.block(i).text));
        // Two users may have one name, and then not one number.
        let number = self.column(Held::Item(Item::CertificateNumber));
        if let Some(i) = number.and_then(|col| self.over(row, col)) {
            key.push_str(&squash(&self.grid.block(i).text));
        }
        let has_lines = self.column(Held::Line).is_some();
        let again = has_lines || !matches!(self.month.shape(), Shape::Flat | Shape::Together);
        let known = self.by_key.get(&key).copied();
        if let Some(at) = known.filter(|_| again || name.is_none()) {
            return Some(at);
        }
        self.by_key.entry(key).or_insert(self.users.len());
        self.users.push(User {
            name,
            first: row,
            rows: Vec::new(),
            days: Vec::new(),
        });
        Some(self.users.len() - 1)
    }

    /// The day of a tier under whose head the block begins.
    fn day_of(&self, tier: usize, i: usize) -> Option<u32> {
        let col = self.grid.block(i).range.first.col;
        let heads = &self.month.tiers.get(tier)?.heads;
        let head = heads
            .iter()
            .find(|head| (head.span.0..=head.span.1).contains(&col))?;
        Some(head.day)
    }

    fn marks(&mut self, user: usize, tier: usize, row: u32, is_head: bool) {
        let column = self.column(Held::Line);
        let kind = column.and_then(|col| self.over(row, col));
        let range = kind.map(|i| (self.grid.block(i).range, Role::Label));
        self.found.explained.extend(range);
        let kind = kind.map(|i| self.grid.block(i).text_in_short());
        let line = kind.as_deref().and_then(words::line);
        let mut words: Vec<DayWord> = Vec::new();
        let begin = self.grid.row_within(row, 0, u32::MAX).iter();
        for &i in begin.filter(|&&i| self.grid.block(i).range.first.row == row) {
            let block = self.grid.block(i);
            let Some(day) = self.day_of(tier, i).filter(|_| block.holds()) else {
                continue;
            };
            let mut word = word(block);
            if is_head {
                // Beside or behind the number itself, in a wall calendar.
                if self.month.heads().any(|head| head.block == i) {
                    let (_, said) = head(&block.text).unwrap_or((day, ""));
                    word.text = said.to_owned();
                    word.stored = None;
                }
                if word.text.trim().is_empty() || is_weekday(&squash(&word.text)) {
                    continue;
                }
            }
            words.push(DayWord { day, word, line });
        }
        let Some(user) = self.users.get_mut(user) else {
            return;
        };
        user.rows.push((row, line));
        let is_sum = kind.as_deref().is_some_and(words::is_total);
        match line.is_none() && kind.is_some() {
            true => self.found.is_incomplete |= !is_sum && !words.is_empty(),
            false => user.days.extend(words),
        }
    }

    fn finish(mut self) -> Rows {
        let users = std::mem::take(&mut self.users);
        let (days, _) = self.month.columns();
        let held = self.columns.iter().filter(|c| c.holds != Held::Other);
        let left = held.map(|c| c.col).min().map_or(days, |col| col.min(days));
        for user in users {
            let lines: BTreeSet<Option<DayLine>> = user.rows.iter().map(|(_, l)| *l).collect();
            let rows: Vec<u32> = user.rows.iter().map(|(row, _)| *row).collect();
            self.found.is_plain &= rows.len() == 1 && lines.len() == 1;
            let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
            if let Some(i) = user.name {
                let column = self.columns.iter().find(|c| c.holds == Held::Name);
                let label = column.map(|c| c.label.clone()).unwrap_or_default();
                let words = vec![word(self.grid.block(i))];
                let entry = self.entry(label, words, user.first);
                entries.entry(Item::Name).or_default().push(entry);
            }
            for column in self.columns {
                let Held::Item(item) = column.holds else {
                    continue;
                };
                // Of several lines, the sum of the one at home counts.
                let has_home = user.rows.iter().any(|(_, l)| *l == Some(DayLine::Home));
                let counts = |line: &Option<DayLine>| {
                    item != Item::HomeDays || !has_home || *line == Some(DayLine::Home)
                };
                let others = user.rows.iter().filter(|(_, line)| !counts(line));
                let sums = self.words(column, others.map(|(row, _)| *row)).into_iter();
                let sums = sums.map(|word| (CellRange::single(word.cell), Role::Total));
                self.found.explained.extend(sums);
                let rows = user.rows.iter().filter(|(_, line)| counts(line));
                let words = self.words(column, rows.map(|(row, _)| *row));
                let entry = self.entry(column.label.clone(), words, user.first);
                entries.entry(item).or_default().push(entry);
            }
            self.found.lines.push(Line {
                days: one_mark_a_line(user.days),
                ..Line::new(Cell::new(user.first, left), entries)
            });
        }
        self.found
    }

    fn words(&self, column: &Beside, rows: impl Iterator<Item = u32>) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut seen = BTreeSet::new();
        let counts = |row: &u32| (column.rows.0..column.rows.1).contains(row);
        for row in rows.filter(counts) {
            let Some(i) = self.over(row, column.col) else {
                continue;
            };
            let block = self.grid.block(i);
            let is_heading = Some(i) == column.heading || block.text_in_short() == column.label;
            if !is_heading && block.range.first.col == column.col && seen.insert(i) {
                // A number stands in each of the user's rows, or in the first.
                let again = words.iter().any(|word| word.text == block.text);
                words.extend((!again).then(|| word(block)));
            }
        }
        words
    }

    fn entry(&self, label: String, words: Vec<Word>, row: u32) -> Entry {
        let (left, _) = self.bounds();
        let home = words.first().map_or(Cell::new(row, left), |w| w.cell);
        Entry::new(label, home, words)
    }
}

/// Where several rows of a user have no kinds, one of a day's words is its mark and the others
/// are notes, such as times.
fn one_mark_a_line(words: Vec<DayWord>) -> Vec<DayWord> {
    let mut shortest: BTreeMap<u32, usize> = BTreeMap::new();
    let length = |day: &DayWord| squash(&day.word.text).chars().count();
    for day in words.iter().filter(|day| day.line.is_none()) {
        let least = shortest.entry(day.day).or_insert(usize::MAX);
        *least = length(day).min(*least);
    }
    let is_mark = |day: &DayWord| {
        let least = shortest.get(&day.day).copied().unwrap_or(0);
        day.line.is_some() || length(day) == least || is_short(&day.word.text)
    };
    words.into_iter().filter(is_mark).collect()
}

/// Whether a text is as short as marks are, and no time of day.
pub fn is_short(text: &str) -> bool {
    const LONGEST: usize = 6;
    let text = squash(text);
    text.chars().count() <= LONGEST && !text.contains([':', '。'])
}
