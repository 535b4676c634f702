//! The header of a table: rows of one or more levels, and what each column holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::calendar::{calendar, day_number, is_day_line, is_weekday};
use crate::recognise::contacts;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::choice_columns;
use crate::recognise::table::divided;
use crate::recognise::table::evaluation_columns;
use crate::recognise::table::halves;
use crate::recognise::table::kind::kind;
use crate::recognise::table::meaning::{self, item_of, joint_items};
use crate::recognise::table::rivals;
use crate::recognise::table::tiers::{last_tier, tiers};
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An item of the form.
    Item(Item),
    /// A day of the month.
    Day(u32),
    /// An item of the week's evaluation, which is written in the row of a day.
    Evaluation(Item),
    /// A part of one contact, whose name the label begins with: when, by what means or what.
    Part(Item),
}

/// What stands over the lines of a table.
#[derive(Debug)]
pub struct Header {
    /// The kind of form that the lines are.
    pub kind: FormKind,
    /// Its first and last row.
    pub rows: (u32, u32),
    /// From left to right.
    pub columns: Vec<Column>,
    /// Its texts that are no label, such as a legend of the marks.
    pub legend: String,
    /// What holds for every line, such as the user named over a group of columns.
    pub common: BTreeMap<Item, Entry>,
    /// Rows of heads that stand over as many rows of each record; one where each column has
    /// one head.
    pub tiers: u32,
    /// The first column that is the user's or the day's own, where several share the table.
    pub own: Option<u32>,
    /// What is known of its lines where they are contacts of one day, and no records.
    pub contacts: Option<OfContacts>,
    /// The rows under it that stand beside its records and are none.
    pub beside: BTreeSet<u32>,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// First and last sheet column.
    pub span: (u32, u32),
    /// The header texts above it, joined.
    pub label: String,
    /// The same, from top to bottom.
    pub heads: Vec<String>,
    /// What it holds; `None` where that is not known.
    pub holds: Option<Holds>,
    /// Which row of a record it is about, from zero, or which half of its rows where the record
    /// has one head; `None` where it is about all of them.
    pub tier: Option<u32>,
}

impl Column {
    /// A column under these heads, from top to bottom, which is about all rows of a record.
    pub fn new(span: (u32, u32), heads: Vec<String>, holds: Option<Holds>) -> Column {
        Column {
            span,
            label: heads.join(" "),
            heads,
            holds,
            tier: None,
        }
    }
}

impl Header {
    /// The words over the column of the item that begins in sheet column `col`.
    pub fn head_of(&self, item: Item, col: u32) -> Option<&str> {
        let is_it =
            |column: &&Column| column.holds == Some(Holds::Item(item)) && column.span.0 == col;
        self.columns.iter().find(is_it).map(|column| &*column.label)
    }

    /// Whether a column of it is about `item`.
    pub fn has(&self, item: Item) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| column.holds == Some(Holds::Item(item)))
    }
}

/// Columns that a header has at most: the days of a year and some more.
const MOST_COLUMNS: usize = 512;

/// What stands between a mark and its meaning.
pub const LEGEND_SIGNS: [char; 4] = ['＝', '=', '：', ':'];

/// The texts over the columns of a table, by the first and last sheet column of each.
pub type Heads = Vec<((u32, u32), Vec<String>)>;

/// What a run of labels is the header of.
pub fn header(
    grid: &Grid,
    vocabulary: &Vocabulary,
    row: u32,
    run: &[usize],
    title: &impl Fn(Cell) -> Option<FormKind>,
) -> Option<Header> {
    let left = grid.block(*run.first()?).range.first.col;
    let right = grid.block(*run.last()?).range.last.col;
    let last = last_header_row(grid, run, row, left, right);
    let last = last_tier(grid, vocabulary, run, (row, last));
    // Heads that begin above and reach down take those between them in: 連絡 over 時刻 and 内容.
    let tops = run.iter().map(|&i| grid.block(i).range.first.row);
    let top = tops.min().unwrap_or(row);
    let rows = (
        contacts::names_above::first_row(grid, vocabulary, run, top),
        last,
    );
    let starts = starts(grid, run, (row, last), (left, right));
    if starts.len() > MOST_COLUMNS {
        return None;
    }
    let heads = heads(grid, &starts, rows, right);
    // A listing with no mark that is known as one is told by its heads alone: `O` under the days.
    let days = calendar(&heads);
    let kind = kind(
        vocabulary,
        &heads,
        !days.is_empty(),
        title(Cell::new(row, left)),
    )?;
    let over = Over {
        grid,
        vocabulary,
        kind,
        last,
        cols: (left, right),
        tiers: tiers(grid, vocabulary, (row, last), &heads, kind),
        days: days.into_iter().collect(),
    };
    let columns = heads
        .iter()
        .flat_map(|(span, texts)| over.columns(*span, texts));
    let mut columns: Vec<Column> = columns.collect();
    mark_together(vocabulary, kind, &mut columns);
    Some(Header {
        kind,
        rows,
        columns,
        legend: legend(grid, run),
        common: BTreeMap::new(),
        tiers: over.tiers,
        own: None,
        contacts: None,
        beside: BTreeSet::new(),
    })
}

/// The columns of the sheet in which columns of the table begin.
fn starts(
    grid: &Grid,
    run: &[usize],
    (first, last): (u32, u32),
    (left, right): (u32, u32),
) -> Vec<u32> {
    let mut starts: BTreeSet<u32> = BTreeSet::new();
    for row in first..=last {
        let blocks = grid.row_within(row, left, right).iter();
        let blocks = blocks.map(|&i| grid.block(i));
        let written = blocks.filter(|block| block.tick.is_none());
        starts.extend(written.map(|block| block.range.first.col));
    }
    // Under a heading that was left blank is a column of its own.
    for pair in run.windows(2) {
        let [before, next] = [pair[0], pair[1]].map(|i| grid.block(i).range);
        if before.last.col + 1 < next.first.col {
            starts.insert(before.last.col + 1);
        }
    }
    starts.into_iter().collect()
}

/// The texts over the columns that begin there, the last of which ends at `right`.
fn heads(grid: &Grid, starts: &[u32], rows: (u32, u32), right: u32) -> Heads {
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1));
    let spans = starts.iter().copied().zip(ends.chain([right]));
    spans
        .map(|span| (span, texts_over(grid, rows, span.0)))
        .collect()
}

/// The texts of a header that explain marks.
fn legend(grid: &Grid, run: &[usize]) -> String {
    let blocks = run.iter().map(|&i| grid.block(i));
    let explain = blocks.filter(|block| block.text.contains(LEGEND_SIGNS));
    explain.map(|block| block.text_in_short()).collect()
}

/// What is known of a header before its columns are.
struct Over<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    kind: FormKind,
    /// Its last row.
    last: u32,
    cols: (u32, u32),
    tiers: u32,
    /// The days of the month, by their first sheet column.
    days: BTreeMap<u32, u32>,
}

impl Over<'_> {
    /// The columns that these texts stand over: several where each of them is a head of its own,
    /// or one asks for several things.
    fn columns(&self, span: (u32, u32), texts: &[String]) -> Vec<Column> {
        let (vocabulary, kind) = (self.vocabulary, self.kind);
        let is_span = || meaning::end_of_span(vocabulary, texts, kind).is_some();
        if self.tiers > 1 && texts.len() as u32 == self.tiers && !is_span() {
            return self.tiered(span, texts);
        }
        let day = self.days.get(&span.0).filter(|_| kind == FormKind::Listing);
        let day = day.map(|day| Holds::Day(*day));
        let item = || item_of(vocabulary, texts, kind).map(Holds::Item);
        let column = Column {
            span,
            label: texts.join(" "),
            heads: texts.to_vec(),
            holds: day.or_else(item),
            tier: None,
        };
        if let Some(halves) = self.halves(&column) {
            return halves;
        }
        let joint = joint_items(vocabulary, texts, kind);
        if joint.is_empty() {
            return vec![column];
        }
        let of_item = |item: Item| Column {
            holds: Some(Holds::Item(item)),
            ..column.clone()
        };
        joint.into_iter().map(of_item).collect()
    }

    /// A column for each of the heads, which stand over as many rows of each record.
    fn tiered(&self, span: (u32, u32), texts: &[String]) -> Vec<Column> {
        let column = |(tier, text): (u32, &String)| Column {
            span,
            label: text.clone(),
            heads: vec![text.clone()],
            holds: item_of(self.vocabulary, std::slice::from_ref(text), self.kind).map(Holds::Item),
            tier: Some(tier),
        };
        (0..).zip(texts).map(column).collect()
    }

    /// The two columns that one is whose head tells the halves of its records apart.
    fn halves(&self, column: &Column) -> Option<Vec<Column>> {
        if self.tiers != 1 {
            return None;
        }
        let split = halves::split(self.vocabulary, column, self.kind).or_else(|| {
            let split = halves::slashed(self.vocabulary, column, self.kind)?;
            is_in_two_rows(self.grid, self.last, self.cols, column.span).then_some(split)
        });
        split.map(Vec::from)
    }
}

/// Marks what columns hold by those beside them.
fn mark_together(vocabulary: &Vocabulary, kind: FormKind, columns: &mut Vec<Column>) {
    if kind == FormKind::Roster {
        choice_columns::mark_weekdays(columns);
    }
    if kind == FormKind::Daily {
        evaluation_columns::mark(vocabulary, columns);
        contacts::columns::mark(vocabulary, columns);
        // A head that could ask for two things is one part of its contact.
        let is_part = |column: &Column| matches!(column.holds, Some(Holds::Part(_)));
        columns
            .dedup_by(|next, column| next.span == column.span && is_part(next) && is_part(column));
    }
    divided::settle(vocabulary, kind, columns);
    rivals::settle(vocabulary, kind, columns);
    if kind == FormKind::Roster {
        for column in columns.iter_mut().filter(|column| column.holds.is_none()) {
            let own = column.heads.last().map(|head| squash(head));
            // What its cells say of the weekday is told there.
            if own.is_some_and(|head| is_weekday(&head)) {
                column.holds = Some(Holds::Item(Item::Ignored));
            }
        }
    }
}

/// Whether the first record under a header has two rows, and a column a box in each.
fn is_in_two_rows(grid: &Grid, last: u32, (left, right): (u32, u32), span: (u32, u32)) -> bool {
    let (first, second) = (last.saturating_add(1), last.saturating_add(2));
    let mut over = grid.row_within(first, left, right).iter();
    let is_merged = over.any(|&i| {
        let range = grid.block(i).range;
        range.first.row == first && range.last.row == second
    });
    let holds = |row: u32| {
        let mut own = grid.row_within(row, span.0, span.1).iter();
        own.any(|&i| grid.block(i).range.first.row == row && grid.block(i).stored.is_some())
    };
    is_merged && holds(first) && holds(second)
}

/// The header goes on while rows hold only what divides a wider cell above, days or weekdays.
fn last_header_row(grid: &Grid, run: &[usize], row: u32, left: u32, right: u32) -> u32 {
    const MOST_LEVELS: u32 = 4;
    let mut last = run
        .iter()
        .map(|&i| grid.block(i).range)
        .filter(|range| range.last.row - row < MOST_LEVELS)
        .map(|range| range.last.row)
        .max()
        .unwrap_or(row);
    while last - row + 1 < MOST_LEVELS {
        let next = grid.row_within(last + 1, left, right).iter().copied();
        let next: Vec<usize> = next
            .filter(|&i| grid.block(i).stored.is_some() && grid.block(i).range.last.col <= right)
            .collect();
        let divides = |i: usize| {
            let range = grid.block(i).range;
            let at = range.first.col;
            grid.row_over(last, at, at).any(|p| {
                let parent = with_same(grid, last, p);
                range.last.col <= parent.last.col
                    && parent.last.col - parent.first.col > range.last.col - range.first.col
            })
        };
        let plain = |i: usize| {
            let text = squash(&grid.block(i).text);
            day_number(&text).is_some() || is_weekday(&text)
        };
        if next.is_empty()
            || !next.iter().all(|&i| divides(i) || plain(i))
            || (next.len() < 2 && !divides(next[0]))
            || is_day_line(grid, &next)
        {
            break;
        }
        last += 1;
    }
    last
}

/// The cells of a head and of those right behind and before it in the row that say the same.
fn with_same(grid: &Grid, row: u32, head: usize) -> CellRange {
    let own = grid.block(head);
    let text = squash(&own.text);
    let mut range = own.range;
    let is_same = |i: &usize| !text.is_empty() && squash(&grid.block(*i).text) == text;
    let beside = |col: Option<u32>| {
        let col = col?;
        grid.row_over(row, col, col).find(is_same)
    };
    while let Some(next) = beside(range.last.col.checked_add(1)) {
        range = range.with(grid.block(next).range);
    }
    while let Some(before) = beside(range.first.col.checked_sub(1)) {
        range = range.with(grid.block(before).range);
    }
    range
}

/// The header texts over a column, from top to bottom.
pub fn texts_over(grid: &Grid, (first, last): (u32, u32), col: u32) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut seen: Option<usize> = None;
    for row in first..=last {
        let mut over = grid.row_over(row, col, col);
        let over = over.find(|&i| grid.block(i).stored.is_some());
        if let Some(i) = over
            && seen != Some(i)
        {
            texts.push(grid.block(i).text_in_short());
            seen = Some(i);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    /// The header that the first row of a sheet is.
    fn of(rows: &[&[&str]], merged: &[&str]) -> Option<Header> {
        let grid = Grid::of(&Sheet::of_rows(rows).merging(merged));
        let run: Vec<usize> = grid.row(0).to_vec();
        header(&grid, Vocabulary::builtin(), 0, &run, &|_| None)
    }

    fn held(header: &Header) -> Vec<Option<Holds>> {
        header.columns.iter().map(|column| column.holds).collect()
    }

    #[test]
    fn a_second_row_that_divides_a_wider_head_is_the_header_s_too() {
        let rows: [&[&str]; 3] = [
            &["日付", "作業時間", "", "支援内容"],
            &["", "開始", "終了", ""],
            &["9/1", "10:00", "15:00", "電話。"],
        ];
        let items = [Item::Date, Item::Start, Item::End, Item::Support];
        let items = items.map(|item| Some(Holds::Item(item)));
        let two = of(&rows, &["A1:A2", "B1:C1", "D1:D2"]).unwrap();
        assert_eq!((two.rows, held(&two)), ((0, 1), items.to_vec()));
        let one = of(&rows[1..], &[]);
        assert!(one.is_none());
    }

    #[test]
    fn the_line_below_plain_heads_is_no_header() {
        let heads: &[&str] = &["日付", "開始時間", "終了時間", "支援内容"];
        let first: &[&str] = &["9/1", "10:00", "15:00", "電話。"];
        let one = of(&[heads, first], &[]).unwrap();
        assert_eq!((one.kind, one.rows), (FormKind::Daily, (0, 0)));
        assert!(of(&[&["品名", "数量", "単価"], first], &[]).is_none());
    }

    #[test]
    fn a_head_that_names_two_items_is_a_column_of_each() {
        let heads: &[&str] = &["対象期間", "評価日・方法", "評価内容", "記録者"];
        let header = of(&[heads], &[]).unwrap();
        let spans: Vec<u32> = header.columns.iter().map(|column| column.span.0).collect();
        assert_eq!(spans, [0, 1, 1, 2, 3]);
        assert!(header.has(Item::Date) && header.has(Item::Method));
        assert!(!header.has(Item::Support));
    }
}
