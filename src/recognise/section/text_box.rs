//! Text boxes as values: one that lies over the empty box of an item, or that holds an item's
//! name with its value, is read as if its text stood in the cell, and marked as drawn.
//!
//! No text of a cell gives way to one, and a box that stands elsewhere is nobody's value.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, CellRange, Ground, Grounds};
use crate::read::{Merges, Shape, Sheet, Stored};
use crate::recognise::form::{Entry, Form, Word};
use crate::recognise::grid::Block;
use crate::recognise::item::Item;
use crate::recognise::label;
use crate::recognise::section::boxes::is_guide;
use crate::recognise::wording::vocabulary::{Meanings, Vocabulary};

/// Text boxes of a sheet that are looked at.
const MOST: usize = 500;
/// Rows and columns over which a text box may lie.
const LONGEST: u32 = 64;
/// A text box lies over a line of cells that it covers so many thousandths of.
const COVERED: u32 = 500;

/// A text box over cells.
struct TextBox<'a> {
    shape: &'a Shape,
    /// The cells that it lies over, those that it only touches left out.
    range: CellRange,
    hidden: bool,
    taken: bool,
}

impl TextBox<'_> {
    fn word(&self, text: &str) -> Word {
        Word {
            cell: self.shape.anchor.first,
            text: text.to_owned(),
            stored: Some(Stored::Text(text.to_owned())),
            tick: None,
            struck: false,
            hidden: self.hidden,
            stacked: false,
            drawn: true,
            written: None,
        }
    }
}

/// Puts the text boxes of the sheet into its forms, which stand in reading order.
pub fn read(sheet: &Sheet, vocabulary: &Vocabulary, forms: &mut [Form]) {
    let mut boxes = text_boxes(sheet, vocabulary);
    if boxes.is_empty() || forms.is_empty() {
        return;
    }
    let merges = sheet.merges();
    let mut labelled = Vec::new();
    for text_box in &mut boxes {
        for (meanings, label, value) in pairs(&text_box.shape.text, vocabulary) {
            let word = text_box.word(&value);
            let at = text_box.range.first;
            labelled.push((at, meanings, label, word));
            text_box.taken = true;
        }
    }
    lay_over(sheet, &merges, &mut boxes, forms);
    put_in(labelled, forms);
}

fn text_boxes<'a>(sheet: &'a Sheet, vocabulary: &Vocabulary) -> Vec<TextBox<'a>> {
    let is_value = |shape: &&Shape| {
        let text = shape.text.trim();
        !text.is_empty()
            && shape.kind != "picture"
            && !is_guide(text)
            && !vocabulary.is_sample(text)
    };
    let hides = |cell: Cell| {
        sheet.visibility != crate::read::Visibility::Visible
            || sheet.hidden_rows.contains(&cell.row)
            || sheet.hidden_cols.contains(&cell.col)
    };
    let mut boxes: Vec<TextBox> = sheet
        .shapes
        .iter()
        .filter(is_value)
        .take(MOST)
        .filter_map(|shape| {
            let range = covered(shape)?;
            Some(TextBox {
                shape,
                range,
                hidden: hides(range.first),
                taken: false,
            })
        })
        .collect();
    boxes.sort_by_key(|text_box| text_box.range);
    boxes
}

/// The cells that a shape lies over; `None` where there are more than a form's box has.
fn covered(shape: &Shape) -> Option<CellRange> {
    let CellRange {
        mut first,
        mut last,
    } = shape.anchor;
    if last.row - first.row > LONGEST || last.col - first.col > LONGEST {
        return None;
    }
    let [left, top, right, bottom] = shape.insets;
    if first.row < last.row && 1_000_u32.saturating_sub(top) < COVERED {
        first.row += 1;
    }
    if first.row < last.row && bottom < COVERED {
        last.row -= 1;
    }
    if first.col < last.col && 1_000_u32.saturating_sub(left) < COVERED {
        first.col += 1;
    }
    if first.col < last.col && right < COVERED {
        last.col -= 1;
    }
    Some(CellRange::new(first, last))
}

/// Gives each box without a label to the empty box of an item that it lies over: the one under
/// its middle, else the first.
fn lay_over(sheet: &Sheet, merges: &Merges, boxes: &mut [TextBox], forms: &mut [Form]) {
    let mut empty: BTreeSet<Cell> = BTreeSet::new();
    for entry in forms
        .iter()
        .flat_map(|form| form.entries.values().flatten())
    {
        let is_written = |cell: &Cell| {
            let content = sheet.cells.get(cell);
            content.is_some_and(|content| !content.shown.trim().is_empty())
        };
        if entry.words.is_empty() && !is_written(&merges.range_at(entry.home).first) {
            empty.insert(entry.home);
        }
    }
    let mut texts: BTreeMap<Cell, Vec<Word>> = BTreeMap::new();
    for text_box in boxes.iter_mut().filter(|text_box| !text_box.taken) {
        let middle = text_box.shape.over.as_ref().map(|over| over.range);
        let reach = reach(text_box.range, merges);
        let near = empty.range(reach.first..=reach.last);
        let mut under = near.filter(|home| merges.range_at(**home).overlaps(&text_box.range));
        let in_middle = middle.and_then(|range| {
            let mut homes = empty.range(range.first..=range.last);
            homes.find(|home| range.contains(**home))
        });
        if let Some(home) = in_middle.or_else(|| under.next()) {
            texts
                .entry(*home)
                .or_default()
                .push(text_box.word(&text_box.shape.text));
        }
    }
    for entry in forms
        .iter_mut()
        .flat_map(|form| form.entries.values_mut().flatten())
    {
        if let Some(words) = texts.get(&entry.home)
            && entry.words.is_empty()
        {
            entry.words.clone_from(words);
        }
    }
}

/// The range with the merged ranges that its corners lie in.
fn reach(range: CellRange, merges: &Merges) -> CellRange {
    let (first, last) = (merges.range_at(range.first), merges.range_at(range.last));
    CellRange::new(
        Cell::new(
            first.first.row.min(last.first.row),
            first.first.col.min(last.first.col),
        ),
        Cell::new(
            first.last.row.max(last.last.row),
            first.last.col.max(last.last.col),
        ),
    )
}

/// A text box that names its item: where it is, what its label may mean, the label, the value.
type Labelled = (Cell, Meanings, String, Word);

/// Gives values that name their item to the form that they stand in, and what a sheet says once
/// to all that follow.
fn put_in(labelled: Vec<Labelled>, forms: &mut [Form]) {
    let starts: Vec<Cell> = forms.iter().map(|form| form.at).collect();
    for (n, form) in forms.iter_mut().enumerate() {
        let mut later = starts.iter().skip(n + 1);
        let next = later.find(|at| at.row > form.at.row).map(|at| at.row);
        let is_before_next = |at: &Cell| next.is_none_or(|row| at.row < row);
        let first_row = match n {
            0 => 0,
            _ => form.at.row,
        };
        // The last that is said holds.
        for (at, meanings, label, word) in labelled.iter().rev().filter(|l| is_before_next(&l.0)) {
            let of = |kind| meanings.iter().find(|(k, _)| *k == kind);
            let item = of(Some(form.kind))
                .or_else(|| of(None))
                .map(|(_, item)| *item);
            let Some(item) = item.filter(|item| *item != Item::Ignored) else {
                continue;
            };
            if !item.is_heading() && at.row < first_row {
                continue;
            }
            let entries = form.entries.entry(item).or_default();
            if entries.iter().any(|entry| !entry.words.is_empty()) {
                continue;
            }
            let entry = Entry {
                grounds: Grounds::from_iter([Ground::LabelExact, Ground::WithinLabel]),
                ..Entry::new(label.clone(), word.cell, vec![word.clone()])
            };
            entries.insert(0, entry);
        }
    }
}

/// `氏名：青葉`, or the name of an item in one line and its value in those below.
fn pairs(text: &str, vocabulary: &Vocabulary) -> Vec<(Meanings, String, String)> {
    let block = Block {
        range: CellRange::single(Cell::new(0, 0)),
        text: text.to_owned(),
        stored: Some(Stored::Text(text.to_owned())),
        tick: None,
        struck: false,
        hidden: false,
        stacked: false,
    };
    let inline = label::inline::labels(0, &block, vocabulary);
    let of_colons: Vec<_> = inline
        .into_iter()
        .filter_map(|label| {
            let word = label.inline?.into_iter().next()?;
            Some((label.meanings, String::new(), word.text))
        })
        .collect();
    if !of_colons.is_empty() {
        return of_colons;
    }
    let mut pairs: Vec<(Meanings, String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (vocabulary.meanings(line), pairs.last_mut()) {
            (Some(meanings), _) => pairs.push((meanings.clone(), line.to_owned(), String::new())),
            (None, Some((_, _, value))) => {
                if !value.is_empty() {
                    value.push('\n');
                }
                value.push_str(line);
            }
            // A text that does not begin with a label is one text.
            (None, None) => return Vec::new(),
        }
    }
    pairs.retain(|(_, _, value)| !value.is_empty());
    pairs
}
