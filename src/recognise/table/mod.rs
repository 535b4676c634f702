//! Tables: which there are on a sheet, upright or on their side.

pub mod above;
pub mod across;
pub mod beside_days;
pub mod choice_columns;
pub mod columns;
pub mod day_heads;
pub mod depth;
pub mod divided;
pub mod durations;
pub mod evaluation_columns;
pub mod flags;
pub mod groups;
pub mod halves;
pub mod header;
pub mod header_runs;
pub mod itemised;
pub mod kind;
pub mod lines;
pub mod meaning;
pub mod next_part;
pub mod over_days;
pub mod people;
pub mod rivals;
pub mod rows;
pub mod signs;
pub mod spans;
pub mod tiers;
pub mod unnamed;

use std::collections::{BTreeMap, BTreeSet};

use self::columns::Columns;
use self::header::{Header, header};
use self::header_runs::header_runs;
use self::lines::{Line, lines};
use crate::model::{Cell, CellRange};
use crate::read::Stored;
use crate::recognise::calendar::{is_day, is_no_day, is_weekday};
use crate::recognise::contacts;
use crate::recognise::contacts::list::ContactList;
use crate::recognise::contacts::rows::OfContacts;
use crate::recognise::form::Role;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, LabelBlocks};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// One table with its lines.
#[derive(Debug)]
pub struct Table {
    /// The kind of form that its lines are.
    pub kind: FormKind,
    /// All cells of header and lines.
    pub range: CellRange,
    /// One record each.
    pub lines: Vec<Line>,
    /// Texts of the header that are no label, such as a legend of the marks.
    pub legend: String,
    /// A text near it that names its month, where it has no title.
    pub caption: String,
    /// What its cells are that hold no value.
    pub explained: Vec<(CellRange, Role)>,
    /// How it is divided; `None` where no mapping can tell it.
    pub columns: Option<Columns>,
    /// Whether it lies on its side: labels down a column, a record in each further column.
    pub sideways: bool,
    /// The first and last rows of other forms between its lines.
    pub interludes: Vec<(u32, u32)>,
    /// The contacts that its rows are, where they belong to the form around it.
    pub contacts: Option<ContactList>,
}

impl Table {
    /// A table of which nothing but its lines is known.
    pub fn new(kind: FormKind, range: CellRange, lines: Vec<Line>) -> Table {
        Table {
            kind,
            range,
            lines,
            legend: String::new(),
            caption: String::new(),
            explained: Vec::new(),
            columns: None,
            sideways: false,
            interludes: Vec::new(),
            contacts: None,
        }
    }

    /// The blocks that its header and lines are made of.
    pub fn blocks<'a>(&'a self, grid: &'a Grid) -> impl Iterator<Item = usize> + 'a {
        // They stand below each other.
        let is_between = |row: u32| {
            let begun = self.interludes.partition_point(|(first, _)| *first <= row);
            let last = begun.checked_sub(1).and_then(|at| self.interludes.get(at));
            last.is_some_and(|(_, last)| row <= *last)
        };
        let blocks = grid.within(self.range);
        blocks.filter(move |&i| !is_between(grid.block(i).range.first.row))
    }

    /// Where no record goes on that began above: at its first cell, and at the beginning and
    /// the end of what stands between its lines.
    pub fn walls(&self) -> Vec<Cell> {
        if self.contacts.is_some() {
            return Vec::new();
        }
        let left = self.range.first.col;
        let rows = self.interludes.iter();
        let rows = rows.flat_map(|(first, last)| [*first, last.saturating_add(1)]);
        let between = rows.map(|row| Cell::new(row, left));
        std::iter::once(self.range.first).chain(between).collect()
    }

    /// Sets right what was read on a sheet that lay on its side.
    pub fn turn(&mut self) {
        self.sideways = true;
        if let Some(columns) = &mut self.columns {
            columns.sideways = true;
        }
        self.range = self.range.transposed();
        self.lines.iter_mut().for_each(Line::turn);
        if let Some(list) = &mut self.contacts {
            list.turn();
        }
        for (range, _) in &mut self.explained {
            *range = range.transposed();
        }
    }
}

/// How the records of a table lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    Upright,
    Sideways,
}

/// Finds all tables, from top to bottom.
pub fn tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    tables_that(Lie::Upright, grid, labels, vocabulary, title)
}

fn tables_that(
    lie: Lie,
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let blocks = LabelBlocks::of(labels);
    let by_block = match lie {
        Lie::Upright => None,
        Lie::Sideways => Some(across::by_block(labels)),
    };
    let is_title =
        |i: usize| !blocks.all.contains(&i) && vocabulary.title(&grid.block(i).text).is_some();
    let rows: BTreeSet<u32> = labels.iter().map(|l| l.range.first.row).collect();
    let mut found: Vec<Table> = Vec::new();
    // Those of them that reach down to the row, side by side.
    let mut open: BTreeMap<u32, CellRange> = BTreeMap::new();
    for row in rows {
        open.retain(|_, range| range.last.row >= row);
        let heads = |i: usize| !blocks.above.contains(&i) && !is_title(i);
        let runs = header_runs(grid, vocabulary, &blocks.all, heads, row).into_iter();
        let runs = runs.flat_map(|run| match &by_block {
            Some(labels) => across::cut(grid, labels, &run),
            None => vec![run],
        });
        for run in runs {
            if overlaps(grid, &open, &run) {
                continue;
            }
            let Some(mut header) = header(grid, vocabulary, row, &run, &title) else {
                continue;
            };
            contacts::rows::settle(grid, vocabulary, &mut header);
            durations::leave(grid, &mut header);
            contacts::work_time::claim(grid, &mut header);
            flags::leave(grid, &mut header);
            if lie == Lie::Sideways {
                unnamed::complete(grid, &blocks, &mut header);
                header.beside = beside_days::rows(grid, &blocks, &header);
            }
            for mut header in groups::split(grid, &blocks, vocabulary, header) {
                header.contacts = OfContacts::under(grid, vocabulary, &header);
                let table = lines(grid, &blocks, vocabulary, &header)
                    .filter(|t| !is_row_of_boxes(grid, &blocks.all, t))
                    .filter(|_| !heads_labelled_rows(grid, &blocks, &header))
                    .filter(|table| !cuts_boxes(grid, table));
                if let Some(table) = table {
                    open.insert(table.range.first.col, table.range);
                    found.push(table);
                }
            }
        }
    }
    found
}

/// Whether a table holds no record and a written box of the form around it reaches into its rows:
/// the boxes for seals at the top of a form are no table.
fn cuts_boxes(grid: &Grid, table: &Table) -> bool {
    let range = table.range;
    let reaches_in = |i: usize| {
        let own = grid.block(i).range;
        own.first.row > range.first.row && own.first.col < range.first.col
    };
    let holds_none = table.lines.is_empty() && table.contacts.is_none();
    holds_none
        && table
            .blocks(grid)
            .any(|i| grid.block(i).holds() && reaches_in(i))
}

/// Whether a run of blocks shares columns with one of `open`, by their first columns.
fn overlaps(grid: &Grid, open: &BTreeMap<u32, CellRange>, run: &[usize]) -> bool {
    run.iter().any(|&i| {
        let range = grid.block(i).range;
        let mut before = open.range(..=range.last.col);
        before
            .next_back()
            .is_some_and(|(_, other)| other.overlaps(&range))
    })
}

/// Finds the tables that lie on their side: labels down a column, a record in each further column.
pub fn sideways_tables(
    grid: &Grid,
    labels: &[Label],
    vocabulary: &Vocabulary,
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let turned: Vec<Label> = labels.iter().map(Label::transposed).collect();
    let grid = grid.transposed();
    let title = |cell: Cell| title(cell.transposed());
    let mut found = tables_that(Lie::Sideways, &grid, &turned, vocabulary, title);
    for table in &mut found {
        table.lines.retain(|line| !is_of_no_day(line));
    }
    found.retain(|table| match table.kind {
        FormKind::Listing => table.lines.iter().any(|line| !line.days.is_empty()),
        _ => table.interludes.is_empty() && is_of_records(table.kind, &table.lines),
    });
    found.iter_mut().for_each(Table::turn);
    found
}

/// Whether a line is of a day outside the month: a dash for its date and nothing more.
fn is_of_no_day(line: &Line) -> bool {
    let words = |dated: bool| {
        let entries = line.entries.iter();
        let entries = entries.filter(move |(item, _)| (**item == Item::Date) == dated);
        let words = entries.flat_map(|(_, entries)| entries.iter().flat_map(|e| &e.words));
        words.filter(|word| word.stored.is_some())
    };
    let mut date = words(true).peekable();
    date.peek().is_some() && date.all(|word| is_no_day(&word.text)) && words(false).next().is_none()
}

/// Whether each line stands under a day or a user of its own, and the lines say something of
/// them. Parts of one date beside each other are no records.
fn is_of_records(kind: FormKind, lines: &[Line]) -> bool {
    const FEWEST_ITEMS: usize = 2;
    let key = |line: &Line, item: Item| {
        let entries = line.entries.get(&item).into_iter().flatten();
        let mut words = entries.flat_map(|entry| &entry.words);
        let word = words.next().filter(|_| words.next().is_none())?;
        Some((squash(&word.text), word.stored.clone()?))
    };
    let says = |line: &&Line| {
        let others = line.entries.iter().filter(|(item, entries)| {
            !matches!(item, Item::Date | Item::Name) && entries.iter().any(|e| !e.words.is_empty())
        });
        others.count() >= FEWEST_ITEMS
    };
    let keys = |item: Item, fits: &dyn Fn(&str, &Stored) -> bool| {
        let keys: BTreeSet<String> = lines
            .iter()
            .filter_map(|line| key(line, item))
            .filter(|(text, stored)| fits(text, stored))
            .map(|(text, _)| text)
            .collect();
        keys.len() == lines.len() && lines.len() >= 2
    };
    let is_name = |text: &str, _: &Stored| layout_words::words().people.could_be_name(text);
    let has_date = |line: &Line| line.entries.contains_key(&Item::Date);
    let is_dated = || keys(Item::Date, &is_day) || !lines.iter().any(has_date);
    let is_daily = kind == FormKind::Daily;
    let names_day =
        |text: &str, stored: &Stored| is_day(text, stored) || is_daily && is_weekday(text);
    keys(Item::Date, &names_day) && lines.iter().any(|line| says(&line))
        || keys(Item::Name, &is_name)
            && lines.iter().filter(says).count() == lines.len()
            && (!is_daily || is_dated())
            && holds_numbers(lines)
}

/// Whether something stands for a date, a time or a number, and none of it is without a digit:
/// beside the values of one form may stand its other labels, and they are no second user.
fn holds_numbers(lines: &[Line]) -> bool {
    let is_counted = |item: Item| {
        use Item::*;
        matches!(
            item,
            CertificateNumber
                | Date
                | PreviousDate
                | Start
                | End
                | Time
                | Period
                | PeriodFrom
                | PeriodTo
                | Grant
                | GrantFrom
                | GrantTo
                | AnnotatedOn
                | ConsentedOn
                | AppliedOn
                | PlanCreatedOn
                | HomeStart
                | HomeEnd
        )
    };
    let entries = lines.iter().flat_map(|line| &line.entries);
    let counted = entries.filter(|(item, _)| is_counted(**item));
    let words = counted.flat_map(|(_, entries)| entries.iter().flat_map(|e| &e.words));
    let texts: Vec<String> = words.map(|word| squash(&word.text)).collect();
    let has_digit = |text: &String| text.contains(|c: char| c.is_ascii_digit());
    !texts.is_empty() && texts.iter().all(has_digit)
}

/// Those of `more` that share no cell with a table that is known already.
pub fn disjoint(mut more: Vec<Table>, known: &[Table]) -> Vec<Table> {
    let mut known: Vec<CellRange> = known.iter().map(|table| table.range).collect();
    known.sort_unstable();
    // How far down those up to each of them reach.
    let reach: Vec<u32> = known
        .iter()
        .scan(0, |lowest, range| {
            *lowest = range.last.row.max(*lowest);
            Some(*lowest)
        })
        .collect();
    more.retain(|table| {
        let begin = known.partition_point(|range| range.first.row <= table.range.last.row);
        let mut near = (0..begin)
            .rev()
            .take_while(|&i| reach[i] >= table.range.first.row);
        !near.any(|i| known[i].overlaps(&table.range))
    });
    more
}

/// Whether the heads under each of several days only divide rows that have labels of their own
/// on the left: then the days lie across.
fn heads_labelled_rows(grid: &Grid, labels: &LabelBlocks, header: &Header) -> bool {
    const FEWEST: usize = 3;
    let left = header.columns.iter().map(|column| column.span.0).min();
    let Some(last) = left.and_then(|left| left.checked_sub(1)) else {
        return false;
    };
    if !header.common.contains_key(&Item::Date) {
        return false;
    }
    let first = header.rows.1.saturating_add(1);
    let rows = grid.rows_between(first, first.saturating_add(FEWEST as u32 - 1));
    let labelled = rows.filter(|row| {
        let mut before = grid.row_within(*row, 0, last).iter();
        before.any(|i| labels.all.contains(i) && !labels.idle.contains(i))
    });
    labelled.count() == FEWEST
}

/// Labels over their boxes, with more labels right below: a form, not a table.
fn is_row_of_boxes(grid: &Grid, label_blocks: &BTreeSet<usize>, table: &Table) -> bool {
    let next = table.range.last.row.saturating_add(1);
    let (left, right) = (table.range.first.col, table.range.last.col);
    let mut below = grid.row_within(next, left, right).iter();
    // 開始 and 終了 are printed in the spare rows as in those of the only user.
    let is_printed = |i: usize| {
        let block = grid.block(i);
        let text = squash(&block.text);
        let col = block.range.first.col;
        let mut lines = grid.rows_between(
            table.range.first.row.saturating_add(1),
            table.range.last.row,
        );
        lines.any(|row| {
            let mut same = grid.row_over(row, col, col);
            same.any(|i| squash(&grid.block(i).text) == text)
        })
    };
    let is_label = |i: &usize| label_blocks.contains(i) && !is_printed(*i);
    table.contacts.is_none()
        && table.lines.len() <= 1
        && !table.lines.iter().any(has_contacts_below_each_other)
        && below.any(is_label)
}

/// Whether a record has a row for each of its contacts, as no row of boxes has.
fn has_contacts_below_each_other(line: &Line) -> bool {
    let contacts = line.entries.get(&Item::Contact).into_iter().flatten();
    let rows = contacts.filter_map(|contact| Some(contact.words.first()?.cell.row));
    rows.collect::<BTreeSet<u32>>().len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label;
    use crate::recognise::testing::lines;

    #[test]
    fn heads_without_a_record_that_cut_through_boxes_are_no_table() {
        let tables = |merged: &[&str]| {
            let rows: [&[&str]; 6] = [
                &[
                    "在宅就労支援記録",
                    "",
                    "",
                    "",
                    "確認者",
                    "評価方法",
                    "記録者",
                ],
                &[],
                &["氏名", "森 健太"],
                &["作業内容", "検品", "", "", "", "3個"],
                &["支援内容", "10:00 電話で開始を確認した。"],
                &["心身の状況", "良好", "", "", "", "熱なし"],
            ];
            let grid = Grid::of(&Sheet::of_rows(&rows).merging(merged));
            let labels = label::labels(&grid, Vocabulary::builtin());
            let week = |_| Some(FormKind::Weekly);
            super::tables(&grid, &labels, Vocabulary::builtin(), week).len()
        };
        assert_eq!(tables(&["B5:G5"]), 0);
        assert_eq!(tables(&[]), 1);
    }

    #[test]
    fn a_lone_day_with_a_row_for_each_contact_is_a_table_whatever_stands_below() {
        let heads = ["実施日", "実施時間", "区分", "時刻", "方法", "内容"];
        let start = ["9/1", "10:00～15:00", "始業", "9:55", "電話", "始める。"];
        let below: [&str; 3] = ["評価日", "9/5", "評価方法"];
        let end = |word| ["", "", word, "14:57", "電話", "終える。"];
        let merged = ["A2:A3", "B2:B3"];
        let found = lines(&[&heads, &start, &end("終業"), &below], &merged);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].entries[&Item::Contact].len(), 2);
        assert!(lines(&[&heads, &start, &below], &[]).is_empty());
    }

    #[test]
    fn labels_right_below_make_boxes_of_a_lone_line() {
        let boxes: [&[&str]; 3] = [
            &["氏名", "実施日", "作業内容"],
            &["森下　澪", "9/1", "検品"],
            &["体調", "支援内容", "記録者"],
        ];
        assert!(lines(&boxes, &[]).is_empty());
        let spare: [&[&str]; 5] = [
            &["氏名", "訓練内容", "区分", "時刻", "内容"],
            &["森下　澪", "検品", "開始", "10:00", "電話。"],
            &["", "", "終了", "15:00", "電話。"],
            &["", "", "開始"],
            &["", "", "終了"],
        ];
        assert!(!lines(&spare, &["A2:A3", "B2:B3"]).is_empty());
        assert_eq!(lines(&boxes[..2], &[]).len(), 1);
    }
}
