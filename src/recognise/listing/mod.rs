//! Listings (参考様式4) in any layout: marks of support against the days of a month.
//!
//! Goes by geometry: where the days of a month count up in a row, in tiers, in weeks or down
//! the sheet, who stands beside them, and what is as short as a mark. What a mark means is not
//! asked here, nor is any other form.

mod around;
mod columns;
mod legend;
mod lists;
mod month;
mod rows;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Columns;
use super::form::Role;
use super::grid::Grid;
use super::item::{FormKind, Item};
use super::label::{Label, LabelBlocks};
use super::table::Table;
use super::vocabulary::Vocabulary;
use crate::model::{Cell, CellRange};
use crate::text::squash;
use columns::{Beside, Held};
use month::{Month, Shape};
use rows::Rows;

/// The listings of a sheet.
#[derive(Debug, Default)]
pub struct Listings {
    /// One a month, and a user's days where each user has days of their own.
    pub tables: Vec<Table>,
    /// Whether the sheet looks like a listing, or a part of it does, that was not read.
    pub is_unread: bool,
}

/// Finds the listings of a sheet, upright and on their side.
pub fn listings(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Listings {
    let may_be = |cell: Cell| match title(cell) {
        None | Some(FormKind::Listing) => true,
        Some(FormKind::ServiceRecord | FormKind::SelfInspection) => false,
        // A list of users may be titled as one of people.
        Some(_) => true,
    };
    let mut all = in_one_direction(grid, labels, vocabulary, &may_be, false);
    let turned: Vec<Label> = labels
        .iter()
        .map(|label| Label {
            range: label.range.transposed(),
            ..label.clone()
        })
        .collect();
    let on_side = |cell: Cell| may_be(cell.transposed());
    let mut sideways = in_one_direction(&grid.transposed(), &turned, vocabulary, &on_side, true);
    sideways.tables.iter_mut().for_each(Table::turn);
    for table in sideways.tables {
        if !all.tables.iter().any(|t| t.range.overlaps(&table.range)) {
            all.tables.push(table);
        }
    }
    all.is_unread |= sideways.is_unread;
    all
}

/// Finds the listings whose users stand below each other.
fn in_one_direction(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    may_be: &dyn Fn(Cell) -> bool,
    is_turned: bool,
) -> Listings {
    let mut found = Listings::default();
    let blocks = LabelBlocks::of(labels);
    let months = month::months(grid);
    let ranges: Vec<CellRange> = months.iter().map(Month::range).collect();
    let mut before: Vec<Beside> = Vec::new();
    for (n, month) in months.iter().enumerate() {
        if !may_be(ranges[n].first) {
            continue;
        }
        let place = Place::of(grid, &ranges, n);
        let all = rows::rows(grid, month, place.rows.1);
        let plain: Vec<u32> = all.iter().map(|(_, row)| *row).collect();
        let columns = match month.shape() {
            Shape::Weeks => Vec::new(),
            _ => columns::beside(grid, vocabulary, month, &plain, &before, place.columns),
        };
        let read = rows::read(grid, &blocks, vocabulary, month, &columns, &all);
        let is_listing = is_listing(&read, is_turned) && !is_of_records(labels, month, &read);
        let own = Own {
            grid,
            vocabulary,
            month,
            columns: &columns,
            place: &place,
        };
        match is_listing {
            true => {
                found.is_unread |= read.is_incomplete;
                found.tables.push(own.table(read));
                before = columns;
            }
            false => found.is_unread |= !is_turned && marks(&read) > 0 && !read.is_foreign,
        }
    }
    let taken = |range: &CellRange| found.tables.iter().any(|t| t.range.overlaps(range));
    let lists: Vec<Table> = lists::tables(grid, labels, vocabulary)
        .into_iter()
        .filter(|table| !taken(&table.range))
        .collect();
    found.tables.extend(lists);
    // Legends are those of the sheet, whatever listing they stand by.
    let ranges: Vec<CellRange> = found.tables.iter().map(|table| table.range).collect();
    let outside = |cell: Cell| {
        let is_day = |(range, month): (&CellRange, &Month)| {
            let (left, right) = month.columns();
            range.contains(cell) && (left..=right).contains(&cell.col)
        };
        !ranges.iter().zip(&months).any(is_day)
    };
    if !found.tables.is_empty() {
        let (texts, cells) = legend::legends(grid, vocabulary, outside);
        for table in &mut found.tables {
            table.legend.clone_from(&texts);
            let cells = cells.iter().map(|range| (*range, Role::Legend));
            table.explained.extend(cells);
        }
    }
    found
}

fn marks(read: &Rows) -> usize {
    read.lines.iter().map(|line| line.days.len()).sum()
}

/// Whether what stands under the days are marks of users: short, and not items of a form.
fn is_listing(read: &Rows, is_turned: bool) -> bool {
    let texts = || read.lines.iter().flat_map(|line| &line.days);
    let all = texts().count();
    let short = texts().filter(|day| rows::is_short(&day.word.text)).count();
    // Labels across the sheet are the columns of a day's form, whatever stands under them.
    let is_foreign = read.is_foreign && (is_turned || read.lines.is_empty());
    all > 0 && short * 5 >= all * 4 && !is_foreign
}

/// Whether the lines beside the days are the items of a day's record, such as 作業内容 and
/// 支援内容: then each column is a record, whatever stands in it.
fn is_of_records(labels: &[Label], month: &Month, read: &Rows) -> bool {
    const FEWEST: usize = 3;
    let (first, bottom) = (month.range().first, read.bottom);
    let beside = labels.iter().filter(|label| {
        let at = label.range.first;
        at.col < month.columns().0 && at.row >= first.row && at.row <= bottom
    });
    let items: BTreeSet<Item> = beside
        .filter_map(|label| label.item(FormKind::Daily))
        .filter(|item| item.is_of_a_day())
        .collect();
    items.len() >= FEWEST
}

/// Where a month's own rows and columns may lie.
struct Place {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Place {
    /// Between the months above, below and beside.
    fn of(grid: &Grid, ranges: &[CellRange], n: usize) -> Self {
        let own = ranges[n];
        let (mut rows, mut columns) = ((0, grid.last_row()), (0, u32::MAX - 1));
        for (_, other) in ranges.iter().enumerate().filter(|(i, _)| *i != n) {
            if other.shares_cols(&own) {
                if other.last.row < own.first.row {
                    rows.0 = rows.0.max(other.last.row + 1);
                } else if other.first.row > own.last.row {
                    rows.1 = rows.1.min(other.first.row - 1);
                }
            } else if other.shares_rows(&own) {
                if other.last.col < own.first.col {
                    columns.0 = columns.0.max(other.last.col + 1);
                } else {
                    columns.1 = columns.1.min(other.first.col - 1);
                }
            }
        }
        Self { rows, columns }
    }
}

/// One month with what belongs to it.
struct Own<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    month: &'a Month,
    columns: &'a [Beside],
    place: &'a Place,
}

impl Own<'_> {
    fn table(&self, read: Rows) -> Table {
        let (mut left, mut right) = self.month.columns();
        let (mut top, mut bottom) = (self.month.range().first.row, read.bottom);
        let mut explained = read.explained;
        let mut lines = read.lines;
        for column in self.columns.iter().filter(|c| c.holds != Held::Other) {
            left = left.min(column.col);
            right = right.max(column.col);
        }
        for column in self.columns {
            if let Some(i) = column.heading {
                let range = self.grid.block(i).range;
                explained.push((range, Role::Label));
                if column.holds != Held::Other {
                    top = top.min(range.first.row);
                }
            }
        }
        self.heads(&mut explained);
        let is_of_one = lines.len() == 1 && !self.columns.iter().any(|c| c.holds == Held::Name);
        if let Some(line) = lines.first_mut().filter(|_| is_of_one) {
            let range = CellRange::new(Cell::new(top, left), Cell::new(bottom, right));
            let reach = self.reach(range);
            let near = around::zones(range, self.place.columns, reach);
            let near = around::around(self.grid, self.vocabulary, &near);
            for range in &near.cells {
                explained.push((*range, Role::Label));
                if range.first.row > bottom {
                    bottom = range.last.row;
                }
            }
            for (item, entries) in near.entries {
                line.entries.entry(item).or_insert(entries);
            }
            if line.days.is_empty() {
                line.days = near.days;
            }
        }
        Table {
            kind: FormKind::Listing,
            range: CellRange::new(Cell::new(top, left), Cell::new(bottom, right)),
            lines,
            legend: String::new(),
            caption: caption(self.grid, self.month.range().first.row),
            explained,
            columns: self.layout(read.is_plain),
            interludes: Vec::new(),
            contacts: None,
            sideways: false,
        }
    }

    /// How far above and below a month what is written of its user may stand. Between two
    /// months each has its half, where the upper one does not tell which.
    fn reach(&self, range: CellRange) -> (u32, u32) {
        const ABOVE: u32 = 6;
        const BELOW: u32 = 8;
        let (first, last) = self.place.rows;
        let above = range.first.row.saturating_sub(ABOVE).max(first);
        let below = range.last.row.saturating_add(BELOW).min(last);
        if last >= self.grid.last_row() {
            return (above, below);
        }
        // What stands right above the next month is said of that one.
        let gap = last.saturating_sub(range.last.row);
        (above, below.min(range.last.row.saturating_add(gap / 2)))
    }

    fn heads(&self, explained: &mut Vec<(CellRange, Role)>) {
        let (left, right) = self.month.columns();
        for tier in &self.month.tiers {
            for row in tier.row..=tier.bottom {
                let within = self.grid.row_within(row, left, right).iter();
                let heads = within.map(|&i| self.grid.block(i));
                let heads = heads.filter(|block| block.stored.is_some());
                explained.extend(heads.map(|block| (block.range, Role::Label)));
            }
        }
        if self.month.shape() == Shape::Weeks {
            let above = self.month.range().first.row.saturating_sub(1);
            let within = self.grid.row_within(above, left, right).iter();
            let weekdays = within.map(|&i| self.grid.block(i));
            let weekdays = weekdays.filter(|b| super::calendar::is_weekday(b.text.trim()));
            explained.extend(weekdays.map(|block| (block.range, Role::Label)));
        }
    }

    /// The layout for a profile, where one line of columns tells it.
    fn layout(&self, is_plain: bool) -> Option<Columns> {
        let tier = self.month.tiers.first()?;
        let first = tier.heads.first()?;
        let last = tier.heads.last()?;
        let start = (first.span.0 + 1).checked_sub(first.day)?;
        let in_order = tier.heads.iter().all(|head| {
            head.span.0 == head.span.1 && (head.span.0 + 1).checked_sub(head.day) == Some(start)
        });
        let items: BTreeMap<Item, Vec<(u32, u32)>> = columns::by_item(self.columns);
        (is_plain && in_order && items.contains_key(&Item::Name)).then(|| Columns {
            columns: items,
            days: Some((start, last.span.0)),
            header: tier.row,
            first: tier.bottom + 1,
            sideways: false,
        })
    }
}

/// The nearest text above a row that names a month with its year, for a listing without a title.
fn caption(grid: &Grid, top: u32) -> String {
    const LONGEST: usize = 60;
    const FAR: usize = 200;
    let names_month = |text: &str| {
        let text = squash(text);
        let has_year = text.contains(['年', 'R', 'r', '/', '.', '-']);
        let is_short = text.chars().count() <= LONGEST;
        is_short && has_year && text.contains('月') && text.contains(|c: char| c.is_ascii_digit())
    };
    let rows = (0..=top).rev().take(FAR);
    let blocks = rows.flat_map(|row| grid.row(row).iter());
    let mut texts = blocks
        .map(|&i| grid.block(i))
        .filter(|block| block.stored.is_some() && names_month(&block.text))
        .map(|block| block.text.clone());
    texts.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::label;
    use super::*;
    use crate::model::Cell;
    use crate::read::{Sheet, SheetCell, Stored};
    use crate::recognise::DayLine;

    /// A sheet of cells by address, with merged ranges.
    fn read(cells: &[(String, String)], merged: &[&str]) -> Listings {
        let mut sheet = Sheet::default();
        for (at, text) in cells {
            let content = SheetCell {
                stored: Stored::Text(text.clone()),
                shown: text.clone(),
                struck: false,
            };
            sheet.cells.insert(Cell::parse(at).unwrap(), content);
        }
        sheet.merged = merged
            .iter()
            .map(|m| CellRange::parse(m).unwrap())
            .collect();
        let grid = Grid::of(&sheet);
        let vocabulary = Vocabulary::builtin();
        let labels = label::labels(&grid, vocabulary);
        listings(&grid, &labels, vocabulary, |_| None)
    }

    fn put(cells: &mut Vec<(String, String)>, row: u32, col: u32, text: &str) {
        let at = Cell::new(row, col).to_string();
        cells.push((at, text.to_owned()));
    }

    /// `days` across from `(row, col)`, each `pitch` columns from the other.
    fn days(
        cells: &mut Vec<(String, String)>,
        row: u32,
        col: u32,
        days: std::ops::RangeInclusive<u32>,
    ) {
        for (n, day) in days.enumerate() {
            put(cells, row, col + n as u32, &day.to_string());
        }
    }

    /// Each line: its name and its marks.
    fn told(listings: &Listings) -> Vec<String> {
        let lines = listings.tables.iter().flat_map(|table| &table.lines);
        lines
            .map(|line| {
                let words = |item| {
                    let entries = line.entries.get(&item).into_iter().flatten();
                    let words = entries.flat_map(|entry| &entry.words);
                    words
                        .map(|word| word.text.clone())
                        .collect::<Vec<_>>()
                        .join("+")
                };
                let mark = |day: &super::super::form::DayWord| {
                    let line = match day.line {
                        Some(DayLine::Weekly) => "w",
                        Some(DayLine::Attendance) => "a",
                        Some(_) => "h",
                        None => "",
                    };
                    format!("{}{}{line}", day.day, day.word.text)
                };
                let marks: Vec<String> = line.days.iter().map(mark).collect();
                let (name, count) = (words(Item::Name), words(Item::HomeDays));
                format!("{name} {} [{count}]", marks.join(" "))
            })
            .collect()
    }

    #[test]
    fn a_group_head_over_the_days_names_nobody() {
        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "利用者");
        put(&mut cells, 0, 1, "9月");
        put(&mut cells, 0, 31, "在宅\n回数");
        days(&mut cells, 1, 1, 1..=30);
        put(&mut cells, 2, 1, "月");
        put(&mut cells, 2, 2, "火");
        put(&mut cells, 3, 0, "森下　澪");
        put(&mut cells, 3, 2, "○");
        put(&mut cells, 3, 31, "1");
        put(&mut cells, 4, 0, "合計");
        put(&mut cells, 4, 2, "1");
        put(&mut cells, 5, 0, "※○は在宅です。");
        let read = read(&cells, &["A1:A2", "B1:AE1", "AF1:AF2"]);
        assert_eq!(told(&read), ["森下　澪 2○ [1]"]);
        assert!(!read.is_unread);
    }

    #[test]
    fn users_across_have_their_days_down_the_sheet_and_their_sums_below() {
        let mut cells = Vec::new();
        for (col, text) in ["日", "曜", "森下　澪", "原　拓海"].into_iter().enumerate() {
            put(&mut cells, 0, col as u32, text);
        }
        for day in 1..=30 {
            put(&mut cells, day, 0, &day.to_string());
            put(&mut cells, day, 1, "月");
        }
        put(&mut cells, 2, 2, "在");
        put(&mut cells, 3, 3, "通");
        put(&mut cells, 31, 0, "在宅 計");
        put(&mut cells, 31, 2, "1");
        put(&mut cells, 31, 3, "0");
        let read = read(&cells, &["A32:B32"]);
        assert_eq!(told(&read), ["森下　澪 2在 [1]", "原　拓海 3通 [0]"]);
    }

    #[test]
    fn the_columns_of_a_day_s_form_are_no_users() {
        let mut cells = Vec::new();
        for (col, text) in ["日", "開始", "終了", "作業内容"].into_iter().enumerate() {
            put(&mut cells, 0, col as u32, text);
        }
        for day in 1..=30 {
            put(&mut cells, day, 0, &day.to_string());
            put(&mut cells, day, 1, "9時");
            put(&mut cells, day, 2, "12時");
            put(&mut cells, day, 3, "検品");
        }
        assert!(read(&cells, &[]).tables.is_empty());
    }

    #[test]
    fn numbered_people_are_no_days() {
        let mut cells = Vec::new();
        for (col, text) in ["No", "氏名", "性別"].into_iter().enumerate() {
            put(&mut cells, 0, col as u32, text);
        }
        for n in 1..=30 {
            put(&mut cells, n, 0, &n.to_string());
            put(&mut cells, n, 1, "森下　澪");
            put(&mut cells, n, 2, "女");
        }
        assert!(read(&cells, &[]).tables.is_empty());
    }

    #[test]
    fn half_months_under_each_other_are_one() {
        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "氏名");
        for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
            let row = 1 + 4 * n as u32;
            put(&mut cells, row, 0, name);
            days(&mut cells, row, 1, 1..=16);
            put(&mut cells, row + 1, 2, "在");
            days(&mut cells, row + 2, 1, 17..=31);
            put(&mut cells, row + 3, 1, "通");
        }
        let by_user = read(&cells, &["A2:A5", "A6:A9"]);
        assert_eq!(
            told(&by_user),
            ["森下　澪 2在 17通 []", "原　拓海 2在 17通 []"]
        );

        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "氏名");
        days(&mut cells, 0, 1, 1..=16);
        days(&mut cells, 1, 1, 17..=31);
        for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
            let row = 2 + 2 * n as u32;
            put(&mut cells, row, 0, name);
            put(&mut cells, row, 2, "在");
            put(&mut cells, row + 1, 1, "通");
        }
        let heads_once = read(&cells, &["A1:A2", "A3:A4", "A5:A6"]);
        assert_eq!(
            told(&heads_once),
            ["森下　澪 2在 17通 []", "原　拓海 2在 17通 []"]
        );
    }

    #[test]
    fn lines_of_a_kind_each_belong_to_one_user() {
        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "氏名");
        put(&mut cells, 0, 1, "区分");
        days(&mut cells, 0, 2, 1..=30);
        put(&mut cells, 0, 32, "計");
        for (n, name) in ["森下　澪", "原　拓海"].into_iter().enumerate() {
            let row = 1 + 3 * n as u32;
            put(&mut cells, row, 0, name);
            for (k, kind) in ["在宅", "通所", "週評価"].into_iter().enumerate() {
                let row = row + k as u32;
                put(&mut cells, row, 1, kind);
                put(&mut cells, row, 3 + k as u32, "○");
                put(&mut cells, row, 32, &(k + 1).to_string());
            }
        }
        let users = ["森下　澪 2○h 3○a 4○w [1]", "原　拓海 2○h 3○a 4○w [1]"];
        assert_eq!(told(&read(&cells, &["A2:A4", "A5:A7"])), users);
        assert_eq!(told(&read(&cells, &[])), users);
    }

    #[test]
    fn a_wall_calendar_is_its_user_s_month() {
        let mut cells = Vec::new();
        put(
            &mut cells,
            0,
            0,
            "2025年10月　利用カレンダー　　森下　澪 様",
        );
        for (col, day) in ["日", "月", "火", "水", "木", "金", "土"]
            .into_iter()
            .enumerate()
        {
            put(&mut cells, 1, col as u32, day);
        }
        let mut day = 1;
        for week in 0..5 {
            for col in 0..7 {
                if (week > 0 || col >= 3) && day <= 31 {
                    put(&mut cells, 2 + 2 * week, col, &day.to_string());
                    day += 1;
                }
            }
        }
        put(&mut cells, 3, 5, "在宅");
        put(&mut cells, 11, 0, "通所");
        put(&mut cells, 13, 0, "在宅利用日数　1日");
        let read = read(&cells, &["A1:G1"]);
        assert_eq!(told(&read), ["森下　澪 3在宅 26通所 [1日]"]);
        assert_eq!(
            read.tables[0].caption,
            "2025年10月　利用カレンダー　　森下　澪 様"
        );
    }

    #[test]
    fn days_may_be_listed_by_number() {
        let rows = [
            ["利用者名", "在宅で利用した日", "在宅日数", "通所した日"],
            ["森下　澪", "２日、４日", "２日", "５日"],
            ["原　拓海", "9/3・9/8", "２日", ""],
        ];
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.is_empty())
            {
                put(&mut cells, row as u32, col as u32, text);
            }
        }
        let told = told(&read(&cells, &[]));
        assert_eq!(
            told,
            [
                "森下　澪 2２日h 4４日h 5５日a [２日]",
                "原　拓海 39/3h 89/8h [２日]"
            ]
        );
        let roster: Vec<(String, String)> = [
            ("A1", "氏名"),
            ("B1", "在宅利用日"),
            ("A2", "森下　澪"),
            ("B2", "火・木"),
        ]
        .map(|(at, text)| (at.to_owned(), text.to_owned()))
        .to_vec();
        assert!(read(&roster, &[]).tables.is_empty());
    }

    #[test]
    fn marks_of_nobody_make_the_sheet_unread() {
        let mut cells = Vec::new();
        put(&mut cells, 0, 0, "氏名");
        days(&mut cells, 0, 1, 1..=30);
        put(&mut cells, 1, 0, "森下　澪");
        put(&mut cells, 1, 2, "○");
        put(&mut cells, 2, 0, "12");
        put(&mut cells, 2, 3, "○");
        assert!(read(&cells, &[]).is_unread);
    }
}
