//! Gives each written block to the label that it belongs to.
//!
//! A block belongs to the nearest label on its left that shares a row with it, else to a label
//! right above it that has nothing on its right, else it goes on from the block above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange};
use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::heads;
use crate::recognise::label::{Label, word};
use crate::recognise::section::{beside_names, counted_rows, printed};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::ticks::is_sign;
use crate::text::squash;

/// The entry of each label, in the order of `labels`.
///
/// `closed` says which blocks are spoken for: tables, titles. `free_text` says whether the box
/// of a label may go on over cells below each other.
pub fn entries(grid: &Grid, labels: &[Label], closed: &[bool], free_text: &[bool]) -> Vec<Entry> {
    let owners = owners(grid, labels, closed, free_text);
    let mut entries: Vec<Entry> = labels
        .iter()
        .map(|label| {
            let CellRange { first, last } = label.range;
            let home = match label.inline {
                Some(_) => first,
                None => Cell::new(first.row, last.col.saturating_add(1)),
            };
            let text = grid.block(label.block).text_in_short();
            Entry::new(text, home, label.inline.clone().unwrap_or_default())
        })
        .collect();
    let mut homes = vec![false; labels.len()];
    let mut reach: Vec<u32> = labels.iter().map(|label| label.range.last.col).collect();
    for (index, block) in grid.blocks().iter().enumerate() {
        let Some(owner) = owners[index] else { continue };
        if is_far_off(labels[owner].range, reach[owner], block.range) {
            continue;
        }
        reach[owner] = reach[owner].max(block.range.last.col);
        if block.tick.is_none() && !homes[owner] {
            entries[owner].home = block.range.first;
            homes[owner] = true;
        }
        if block.holds() {
            entries[owner].words.push(word(block));
        }
    }
    for (label, entry) in labels.iter().zip(&mut entries) {
        beside_names::end(label, &mut entry.words);
        counted_rows::leave_ends(label, &mut entry.words);
    }
    add_openings(grid, labels, closed, &mut entries);
    entries
}

/// Gives a label without a value what stands beside or below it before another label in the same
/// cell: `令和7年9月5日（前回：8/29）` is the date as well.
fn add_openings(grid: &Grid, labels: &[Label], closed: &[bool], entries: &mut [Entry]) {
    let openings = labels
        .iter()
        .filter_map(|label| Some((label, label.before.as_ref()?)));
    let mut openings = openings.peekable();
    if openings.peek().is_none() {
        return;
    }
    let blocks = labels.iter().enumerate();
    let label_of: BTreeMap<usize, usize> = blocks.map(|(i, label)| (label.block, i)).collect();
    let stops = stops(grid, &label_of, closed);
    for (label, before) in openings {
        let above = || label_of.get(&block_above(grid, label.block)?).copied();
        let left = label_on_the_left(grid, labels, &label_of, &stops, label.block);
        let empty = left
            .or_else(above)
            .filter(|&owner| labels[owner].inline.is_none() && entries[owner].words.is_empty());
        if let Some(owner) = empty {
            entries[owner].home = before.cell;
            entries[owner].words.push(before.clone());
        }
    }
}

/// Whether a gap wider than all before it parts a block from its label: a legend beside the form.
fn is_far_off(label: CellRange, reach: u32, block: CellRange) -> bool {
    const NARROWEST_GAP: u32 = 4;
    let gap = block.first.col.saturating_sub(reach + 1);
    gap > NARROWEST_GAP.max(reach - label.first.col.min(reach))
}

/// The label that each block belongs to.
fn owners(
    grid: &Grid,
    labels: &[Label],
    closed: &[bool],
    free_text: &[bool],
) -> Vec<Option<usize>> {
    let mut label_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, label) in labels.iter().enumerate() {
        label_of.insert(label.block, i);
    }
    let closed = with_strangers(grid, labels, &label_of, closed);
    let closed = closed.as_slice();
    let mut owners: Vec<Option<usize>> = vec![None; grid.blocks().len()];
    let mut right_of = vec![false; labels.len()];
    let stops = stops(grid, &label_of, closed);
    for index in 0..grid.blocks().len() {
        if closed[index] || label_of.contains_key(&index) || is_guide(&grid.block(index).text) {
            continue;
        }
        owners[index] = label_on_the_left(grid, labels, &label_of, &stops, index);
        if let Some(owner) = owners[index]
            && grid.block(index).tick.is_none()
        {
            right_of[owner] = true;
        }
    }
    let mut columns = Columns::under(labels);
    for index in 0..grid.blocks().len() {
        let block = grid.block(index);
        if owners[index].is_some()
            || closed[index]
            || label_of.contains_key(&index)
            || is_guide(&block.text)
        {
            continue;
        }
        owners[index] = match block_above(grid, index) {
            Some(above) => match label_of.get(&above) {
                Some(&label) if !right_of[label] && labels[label].inline.is_none() => {
                    could_answer(&labels[label], &block.text).then_some(label)
                }
                Some(_) => None,
                None => owners[above].filter(|&owner| {
                    let mut meanings = labels[owner].meanings.iter();
                    let ticks =
                        is_sign(&block.text) && meanings.any(|(_, item)| item.offers_choices());
                    let counted = || !right_of[owner] && counted_rows::are_next(grid, above, index);
                    let lessons = || counted_rows::are_lessons(grid, &labels[owner], above, index);
                    let may_go_on = (free_text[owner] || ticks)
                        && (columns.are_free(grid, owner, block.range.first.row) || counted())
                        || !right_of[owner] && lessons();
                    may_go_on
                        && block.holds()
                        && grid.block(above).range.first.col == block.range.first.col
                }),
            },
            None => None,
        };
    }
    owners
}

/// What is spoken for, and the texts behind a value that are labels themselves: they look like
/// one, have a box on their right, and stand in a column of labels.
fn with_strangers(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
) -> Vec<bool> {
    const NEAR: u32 = 12;
    let own_cells = labels.iter().filter(|label| label.inline.is_none());
    let columns: BTreeSet<(u32, u32, u32)> = own_cells
        .map(|label| {
            (
                label.range.first.col,
                label.range.last.col,
                label.range.first.row,
            )
        })
        .collect();
    let stops = stops(grid, label_of, closed);
    let spans = &layout_words::words().spans;
    let mut spoken_for = closed.to_vec();
    for index in heads::unknown(grid, labels, label_of, closed) {
        spoken_for[index] = true;
    }
    for index in printed::again(grid, labels, label_of, closed, |i| {
        label_on_the_left(grid, labels, label_of, &stops, i)
    }) {
        spoken_for[index] = true;
    }
    for (index, block) in grid.blocks().iter().enumerate() {
        let is_free = block.stored.is_some() && !closed[index] && !label_of.contains_key(&index);
        if !is_free || !looks_like_label(&block.text) {
            continue;
        }
        let (first, last) = (block.range.first, block.range.last);
        let rows = first.row.saturating_sub(NEAR)..=first.row.saturating_add(NEAR);
        let near = (first.col, last.col, *rows.start())..=(first.col, last.col, *rows.end());
        let right = last.col.saturating_add(1);
        let mut beside = grid.row_within(first.row, right, right).iter();
        if columns.range(near).next().is_none() || !beside.any(|i| !label_of.contains_key(i)) {
            continue;
        }
        let owner = label_on_the_left(grid, labels, label_of, &stops, index);
        spoken_for[index] = owner.is_some_and(|owner| {
            let own = &labels[owner];
            let from = own.range.last.col.saturating_add(1);
            let between = grid.row_within(first.row, from, first.col.saturating_sub(1));
            // Printed choices stand beside each other too, and から between two days.
            let is_own = own.meanings.iter().any(|(_, item)| {
                item.offers_choices() || spans.end_of(*item, &block.text).is_some()
            });
            !is_own && between.iter().any(|&i| grid.block(i).holds())
        });
    }
    // What is printed behind the value of one record is printed behind the empty box of others.
    let place = |i: usize| {
        let block = grid.block(i);
        let owner = label_on_the_left(grid, labels, label_of, &stops, i)?;
        let own = labels.get(owner)?;
        let is_apart = own.range.last.col.saturating_add(1) < block.range.first.col;
        let columns = (block.range.first.col, block.range.last.col);
        let asked = squash(&grid.block(own.block).text);
        is_apart.then(|| (columns, asked, squash(&block.text)))
    };
    let all = || 0..grid.blocks().len();
    let strangers = all().filter(|&i| spoken_for[i] && !closed[i] && !label_of.contains_key(&i));
    let printed: BTreeSet<_> = strangers.filter_map(place).collect();
    if printed.is_empty() {
        return spoken_for;
    }
    let is_free =
        |i: &usize| !spoken_for[*i] && grid.block(*i).stored.is_some() && !label_of.contains_key(i);
    let is_printed = |i: &usize| place(*i).is_some_and(|place| printed.contains(&place));
    let again: Vec<usize> = all().filter(is_free).filter(is_printed).collect();
    for index in again {
        spoken_for[index] = true;
    }
    spoken_for
}

/// On each row, from left to right, the blocks that no label reaches past.
fn stops(
    grid: &Grid,
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
) -> BTreeMap<u32, Vec<usize>> {
    let is_stop = |i: &usize| label_of.contains_key(i) || closed[*i];
    grid.rows_between(0, grid.last_row())
        .map(|row| (row, grid.row(row).iter().copied().filter(is_stop).collect()))
        .collect()
}

/// The nearest label on the left that shares a row; of several as near, the one that shares most rows.
fn label_on_the_left(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    stops: &BTreeMap<u32, Vec<usize>>,
    index: usize,
) -> Option<usize> {
    let range = grid.block(index).range;
    let mut best: Option<(u32, u32, usize)> = None;
    for row in grid.rows_between(range.first.row, range.last.row) {
        // On each row, the last label or closed block before this one.
        let stops = stops.get(&row).map_or(&[][..], Vec::as_slice);
        let before = stops.partition_point(|&i| grid.block(i).range.first.col < range.first.col);
        let nearest = stops[..before]
            .iter()
            .rev()
            .find(|&&i| grid.block(i).range.last.col < range.first.col);
        let Some(&label) = nearest.and_then(|i| label_of.get(i)) else {
            continue;
        };
        if labels[label].inline.is_some() {
            continue;
        }
        let shared = shared_rows(range, labels[label].range);
        let candidate = (labels[label].range.last.col, shared, label);
        if best.is_none_or(|b| (candidate.0, candidate.1) > (b.0, b.1)) {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, label)| label)
}

/// Whether a text under a label may be what it asks for: a sentence is no name, date or time.
fn could_answer(label: &Label, text: &str) -> bool {
    let mut items = label.meanings.iter().map(|(_, item)| *item);
    let asks_nothing = items.clone().all(|item| item == Item::Ignored);
    asks_nothing || items.any(Item::is_free_text) || !text.contains('。')
}

fn shared_rows(a: CellRange, b: CellRange) -> u32 {
    (a.last.row.min(b.last.row) + 1).saturating_sub(a.first.row.max(b.first.row))
}

/// The lowest block above that shares the first column, at most three rows away.
fn block_above(grid: &Grid, index: usize) -> Option<usize> {
    const REACH: u32 = 3;
    let first = grid.block(index).range.first;
    let rows: Vec<u32> = grid
        .rows_between(first.row.saturating_sub(REACH), first.row.checked_sub(1)?)
        .collect();
    rows.into_iter().rev().find_map(|row| {
        let mut over = grid.row_over(row, first.col, first.col);
        over.find(|&i| grid.block(i).range.last.row < first.row)
    })
}

/// The columns of each label, followed down for as long as no other label, known or not,
/// stands in them.
struct Columns<'a> {
    labels: &'a [Label],
    /// The last row that each is known to be free down to; `None` once it is not.
    free_to: Vec<Option<u32>>,
}

impl<'a> Columns<'a> {
    fn under(labels: &'a [Label]) -> Self {
        let free_to = labels.iter().map(|label| Some(label.range.last.row));
        Self {
            labels,
            free_to: free_to.collect(),
        }
    }

    /// Whether those of a label are free down to `row`. Rows are asked for from top to bottom.
    fn are_free(&mut self, grid: &Grid, label: usize, row: u32) -> bool {
        let own = self.labels[label].range;
        let stands_in = |i: usize| {
            let block = grid.block(i);
            block.stored.is_some() && block.range.first.row > own.last.row
        };
        self.free_to[label] = self.free_to[label].filter(|known| {
            let mut rows = grid.rows_between(known.saturating_add(1), row);
            let (first, last) = (own.first.col, own.last.col);
            !rows.any(|row| grid.row_over(row, first, last).any(stands_in))
        });
        if let Some(known) = &mut self.free_to[label] {
            *known = row.max(*known);
        }
        self.free_to[label].is_some()
    }
}

/// Guide text such as `※ 評価内容は…必ず確認すること` is nobody's value, and no more is the heading
/// of a week.
pub fn is_guide(text: &str) -> bool {
    text.trim_start().starts_with('※') || squash(text).starts_with("(※") || names_week(text)
}

/// `【第2週】（9/8～9/12）` heads what follows it.
fn names_week(text: &str) -> bool {
    const LONGEST: usize = 24;
    let text = squash(text);
    let counted = text
        .trim_start_matches(['【', '[', '(', '■', '◆', '●', '◎', '○'])
        .strip_prefix('第');
    let rest = counted.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let behind = rest.and_then(|rest| rest.strip_prefix("週"));
    text.chars().count() <= LONGEST
        && behind.is_some_and(|rest| {
            let dates =
                |c: char| c.is_ascii_digit() || "()[]【】~-/月日火水木金土の年令和目. ".contains(c);
            rest.chars().all(dates)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::item::FormKind;
    use crate::recognise::testing::recognised;

    /// The words of an item in the only evaluation of a week on a sheet.
    fn evaluation(day: &str) -> impl Fn(Item) -> Vec<String> {
        let sheet = Sheet::of_rows(&[
            &["週間評価票"],
            &["評価日", day, "評価方法", "通所"],
            &["評価内容", "手戻りが減った。"],
            &["記録者", "奥村", "サービス管理責任者確認", "桑原"],
        ]);
        let found = recognised(sheet).forms.into_iter();
        let forms: Vec<_> = found.filter(|f| f.kind == FormKind::Weekly).collect();
        assert_eq!(forms.len(), 1, "{day}");
        move |item| {
            let entries = forms[0].entries.get(&item).into_iter().flatten();
            let words = entries.flat_map(|entry| &entry.words);
            words.map(|word| word.text.clone()).collect()
        }
    }

    #[test]
    fn what_stands_before_a_label_in_brackets_is_a_value_too() {
        for day in [
            "令和7年9月5日　（前回：8/29）",
            "令和7年9月5日\n[前回評価日：8/29]",
            "令和7年9月5日 前回評価日：8/29",
        ] {
            let told = evaluation(day);
            assert_eq!(told(Item::Date), ["令和7年9月5日"], "{day}");
            assert_eq!(told(Item::PreviousDate), ["8/29"], "{day}");
        }
    }

    #[test]
    fn what_a_label_in_the_same_cell_asks_for_is_no_value_of_another() {
        let told = evaluation("（前回：8/29）");
        assert!(told(Item::Date).is_empty());
        let told = evaluation("前回：8/29");
        assert!(told(Item::Date).is_empty());
    }
}
