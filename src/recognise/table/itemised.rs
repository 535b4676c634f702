//! Lists with an item a row: 項目 beside 記入内容, and whose record it is in the columns before.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::form::{Entry, Role, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, word};
use crate::recognise::table::Table;
use crate::recognise::table::lines::Line;
use crate::text::squash;

/// Labels below each other that make a list.
const FEWEST_ITEMS: usize = 4;
/// Columns of labels that are looked at; no sheet has more.
const MOST_COLUMNS: usize = 64;

/// Finds all such lists.
pub fn tables(
    grid: &Grid,
    labels: &[Label],
    title: impl Fn(Cell) -> Option<FormKind>,
) -> Vec<Table> {
    let mut columns: BTreeMap<(u32, u32), Vec<&Label>> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.inline.is_none()) {
        let span = (label.range.first.col, label.range.last.col);
        columns.entry(span).or_default().push(label);
    }
    let long = columns
        .into_values()
        .filter(|own| own.len() >= FEWEST_ITEMS);
    let mut found: Vec<Table> = Vec::new();
    for own in long.take(MOST_COLUMNS) {
        let list = list(grid, labels, &own, &title);
        let list = list.filter(|l| !found.iter().any(|known| known.range.overlaps(&l.range)));
        found.extend(list);
    }
    found
}

/// A column before the items whose cells say whose record it is.
struct Key {
    item: Item,
    span: (u32, u32),
    label: String,
}

fn list(
    grid: &Grid,
    labels: &[Label],
    own: &[&Label],
    title: &impl Fn(Cell) -> Option<FormKind>,
) -> Option<Table> {
    let first = own.first()?;
    let head = first.range.first.row.checked_sub(1)?;
    let keys = keys(labels, head, first.range.first.col);
    let says_who = |key: &Key| matches!(key.item, Item::Name | Item::CertificateNumber);
    if !keys.iter().any(says_who) {
        return None;
    }
    // Behind a contact's name stand columns for its time, means and words.
    let divided = labels.iter().filter(|label| {
        label.inline.is_none()
            && label.range.last.row == head
            && label.range.first.col > first.range.last.col
    });
    if divided.count() > 1 {
        return None;
    }
    // The run of rows that name an item, an unknown one too.
    let item_span = (first.range.first.col, first.range.last.col);
    let known: BTreeMap<u32, &Label> = own.iter().map(|l| (l.range.first.row, *l)).collect();
    let mut lines: Vec<Vec<u32>> = Vec::new();
    let mut line_of: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut last = head;
    for row in grid.rows_between(head + 1, grid.last_row()) {
        let of_row: Vec<String> = keys.iter().map(|key| text(grid, row, key.span)).collect();
        if row != last + 1 || of_row.iter().all(String::is_empty) {
            break;
        }
        last = row;
        let at = *line_of.entry(of_row).or_insert(lines.len());
        match lines.get_mut(at) {
            Some(rows) => rows.push(row),
            None => lines.push(vec![row]),
        }
    }
    let named = known.range(head + 1..=last).count();
    if named < FEWEST_ITEMS || (named as u32) * 2 < last - head {
        return None;
    }
    let kind = kind(&known, title(Cell::new(head, item_span.0)));
    // 開始 and 終了 by turns are the contacts of days, not the items of a record.
    if items_of(&known, kind).len() < FEWEST_ITEMS {
        return None;
    }
    let right = item_span.1.checked_add(1)?;
    let last_col = grid
        .rows_between(head, last)
        .flat_map(|row| grid.row(row).iter())
        .map(|&i| grid.block(i).range.last.col)
        .max()?;
    let left = keys.iter().map(|key| key.span.0).min()?;
    let line = |rows: &[u32]| {
        let at = Cell::new(rows.first().copied().unwrap_or(head), left);
        let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
        for key in &keys {
            let home = Cell::new(at.row, key.span.0);
            let words = words(grid, at.row, key.span);
            let entries = entries.entry(key.item).or_default();
            entries.push(Entry::new(key.label.clone(), home, words));
        }
        for row in rows {
            let Some(label) = known.get(row) else {
                continue;
            };
            let Some(item) = label.item(kind).filter(|item| *item != Item::Ignored) else {
                continue;
            };
            let name = grid.block(label.block).text_in_short();
            let words = words(grid, *row, (right, last_col));
            let entries = entries.entry(item).or_default();
            entries.push(Entry::new(name, Cell::new(*row, right), words));
        }
        Line::new(at, entries)
    };
    let range = CellRange::new(Cell::new(head, left), Cell::new(last, last_col));
    let heads = grid.row_within(head, left, last_col).iter();
    let heads = heads.map(|&i| (grid.block(i).range, Role::Label));
    let again = grid
        .rows_between(head.saturating_add(1), last)
        .flat_map(|row| grid.row_within(row, left, item_span.0).iter());
    let again = again.map(|&i| (grid.block(i).range, Role::Beside));
    Some(Table {
        explained: heads.chain(again).collect(),
        ..Table::new(kind, range, lines.iter().map(|rows| line(rows)).collect())
    })
}

/// The columns left of the items whose heads in the row `head` say whose record it is, or when.
fn keys(labels: &[Label], head: u32, before: u32) -> Vec<Key> {
    let heads = labels.iter().filter(|label| {
        label.inline.is_none() && label.range.last.row == head && label.range.last.col < before
    });
    let key = |label: &Label| {
        let mut items = label.meanings.iter().map(|(_, item)| *item);
        let item = items.find(|item| {
            matches!(
                item,
                Item::Name | Item::CertificateNumber | Item::Month | Item::Date | Item::OfficeName
            )
        })?;
        Some(Key {
            item,
            span: (label.range.first.col, label.range.last.col),
            label: String::new(),
        })
    };
    heads.filter_map(key).collect()
}

/// The kind of form that has most of the items.
fn kind(labels: &BTreeMap<u32, &Label>, title: Option<FormKind>) -> FormKind {
    let boxes = [
        FormKind::Daily,
        FormKind::Weekly,
        FormKind::Monthly,
        FormKind::Roster,
    ];
    let score =
        |kind: &FormKind| items_of(labels, *kind).len() * 2 + usize::from(title == Some(*kind));
    let best = boxes.into_iter().rev().max_by_key(score);
    best.unwrap_or(FormKind::Daily)
}

/// The items of the kind that the labels name.
fn items_of(labels: &BTreeMap<u32, &Label>, kind: FormKind) -> BTreeSet<Item> {
    let labels = labels.values();
    labels.filter_map(|label| label.item(kind)).collect()
}

fn words(grid: &Grid, row: u32, (first, last): (u32, u32)) -> Vec<Word> {
    let blocks = grid.row_within(row, first, last).iter();
    let blocks = blocks.map(|&i| grid.block(i));
    blocks.filter(|block| block.holds()).map(word).collect()
}

fn text(grid: &Grid, row: u32, span: (u32, u32)) -> String {
    words(grid, row, span)
        .iter()
        .map(|word| squash(&word.text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::Vocabulary;
    use crate::recognise::label::labels;

    fn lists(items: &[&str]) -> Vec<Table> {
        let head: &[&str] = &["利用者氏名", "項目", "記入内容"];
        let rows: Vec<[&str; 3]> = items
            .iter()
            .map(|item| ["森下　澪", item, "通所"])
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let grid = Grid::of(&Sheet::of_rows(&[&[head], &rows[..]].concat()));
        tables(&grid, &labels(&grid, Vocabulary::builtin()), |_| None)
    }

    #[test]
    fn the_rows_of_one_user_are_one_record() {
        let found = lists(&["評価実施日", "評価方法", "訓練目標", "達成度"]);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].lines.len(), 1);
        let entries = &found[0].lines[0].entries;
        assert!(entries.contains_key(&Item::Name) && entries.contains_key(&Item::Method));
    }

    #[test]
    fn a_few_labels_below_each_other_are_no_list() {
        assert!(lists(&["評価実施日", "評価方法", "訓練目標"]).is_empty());
        assert!(lists(&["開始時間", "終了時間", "開始時間", "終了時間"]).is_empty());
    }
}
