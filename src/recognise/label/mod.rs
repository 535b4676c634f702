//! The labels of a sheet: where a known wording stands.

pub mod by_person;
pub mod group_heading;
pub mod heads;
pub mod inline;
pub mod month;
pub mod office_line;
pub mod over_boxes;
pub mod over_halves;
pub mod posts;
pub mod seal_strip;
pub mod service_line;
pub mod signed_below;
pub mod spaced;
pub mod unit;
pub mod weekday_boxes;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::CellRange;
use crate::recognise::contacts;
use crate::recognise::contacts::phase_boxes;
use crate::recognise::contacts::phase_rows;
use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Word;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::section::{counted_rows, particulars};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::{Meanings, Vocabulary};
use crate::text::squash;

/// One place where a known wording stands.
#[derive(Debug, Clone)]
pub struct Label {
    /// The block that holds it.
    pub block: usize,
    /// Its cells.
    pub range: CellRange,
    /// What it may mean.
    pub meanings: Meanings,
    /// The kind of form that it opens, if it is a heading.
    pub heading: Option<FormKind>,
    /// The value, where it stands in the label's own cell (`氏名：山田`) or is the label itself (`令和7年9月分`).
    pub inline: Option<Vec<Word>>,
    /// What stands before it in its own cell: the day in `令和7年9月5日（前回：8/29）`.
    pub before: Option<Word>,
    /// Whether no list has the wording, and only a word in it or its place tells what it means.
    pub guessed: bool,
}

impl Label {
    /// A label by its wording, with its value in another cell.
    pub fn new(block: usize, range: CellRange, meanings: Meanings) -> Label {
        Label {
            block,
            range,
            meanings,
            heading: None,
            inline: None,
            before: None,
            guessed: false,
        }
    }

    /// The same on the sheet with rows for columns.
    pub fn transposed(&self) -> Label {
        Label {
            range: self.range.transposed(),
            ..self.clone()
        }
    }

    /// Whether it may stand beside a box, not only over a column.
    pub fn may_stand_alone(&self) -> bool {
        let alone = |kind: &Option<FormKind>| !kind.is_some_and(FormKind::is_always_a_table);
        self.heading.is_some() || self.meanings.iter().any(|(kind, _)| alone(kind))
    }

    /// The item that it means in a form of `kind`.
    pub fn item(&self, kind: FormKind) -> Option<Item> {
        self.meant(Some(kind)).or_else(|| self.item_of_any())
    }

    /// The item that it means in every form alike.
    pub fn item_of_any(&self) -> Option<Item> {
        self.meant(None)
    }

    fn meant(&self, kind: Option<FormKind>) -> Option<Item> {
        let mut meanings = self.meanings.iter();
        meanings
            .find(|(own, _)| *own == kind)
            .map(|(_, item)| *item)
    }
}

/// The blocks that hold labels, as tables ask for them.
pub struct LabelBlocks {
    /// Labels with a cell of their own.
    pub all: BTreeSet<usize>,
    /// Those of them that ask for nothing, such as 曜日.
    pub idle: BTreeSet<usize>,
    /// Cells that hold a label and its value: the month or the user, no column of a table.
    pub above: BTreeSet<usize>,
}

impl LabelBlocks {
    /// Sorts the labels of a sheet.
    pub fn of(labels: &[Label]) -> Self {
        let is_idle = |l: &Label| l.meanings.iter().all(|(_, item)| *item == Item::Ignored);
        let chosen = |wanted: &dyn Fn(&Label) -> bool| {
            let chosen = labels.iter().filter(|label| wanted(label));
            chosen.map(|label| label.block).collect()
        };
        Self {
            all: chosen(&|l| l.inline.is_none()),
            idle: chosen(&|l| l.inline.is_none() && is_idle(l)),
            above: chosen(&|l| l.inline.is_some()),
        }
    }
}

/// Finds all labels, in reading order.
pub fn labels(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Label> {
    let mut found = Vec::new();
    let month_alone = month::MonthAlone::of(grid);
    for (index, block) in grid.blocks().iter().enumerate() {
        if block.stored.is_none() {
            continue;
        }
        let of_office = office_line::labels(index, block, vocabulary);
        if !of_office.is_empty() {
            found.extend(of_office);
            continue;
        }
        let inline = inline::labels(index, block, vocabulary);
        if inline
            .iter()
            .any(|label| label.inline.as_ref().is_some_and(|words| !words.is_empty()))
        {
            found.extend(inline);
            continue;
        }
        if month::is_title(&block.text, vocabulary) || closes_a_bracket(&block.text) {
            continue;
        }
        let heading = vocabulary.heading(&block.text);
        let meanings = vocabulary
            .meanings(&block.text)
            .cloned()
            .unwrap_or_default();
        if heading.is_some() || !meanings.is_empty() {
            found.push(Label {
                heading,
                ..Label::new(index, block.range, meanings)
            });
        } else {
            found.extend(inline);
            found.extend(inline::bracketed(index, block, vocabulary));
            found.extend(spaced::labels(index, block, vocabulary));
            let month = month::parted(index, block, grid)
                .or_else(|| month::named(index, block))
                .or_else(|| month_alone.as_ref()?.beside_year(index, block));
            found.extend(month);
        }
    }
    let taken: HashSet<usize> = found.iter().map(|label| label.block).collect();
    let written = by_person::labels(grid, vocabulary, |i| taken.contains(&i));
    let places = weekday_boxes::labels(grid);
    let of_place = |label: &Label| places.iter().any(|place| place.block == label.block);
    found.retain(|label| !of_place(label));
    let heads = weekday_boxes::heads(grid, &places);
    for label in found
        .iter_mut()
        .filter(|label| heads.contains(&label.block))
    {
        label.meanings = vec![(None, Item::Ignored)];
    }
    let services = service_line::labels(grid, &found, vocabulary);
    let mut guessed = guessed(grid, &found, vocabulary);
    guessed.extend(contacts::heads::guessed(grid, &found));
    let mut over_boxes = over_boxes::guessed(grid, &found, vocabulary);
    over_boxes.retain(|label| !guessed.iter().any(|other| other.block == label.block));
    guessed.extend(over_boxes);
    guessed.retain(|label| !of_place(label));
    guessed.retain(|label| !written.iter().any(|other| other.block == label.block));
    let is_all = guessed.is_empty() && places.is_empty() && written.is_empty();
    if !(is_all && services.is_empty()) {
        found.extend(services);
        found.extend(guessed);
        found.extend(written);
        found.extend(places);
        found.sort_by_key(|label| (label.range.first, label.block));
    }
    unit::leave_out(grid, &mut found);
    phase_boxes::mark(grid, vocabulary, &mut found);
    contacts::timed_names::mark(grid, &mut found);
    phase_rows::mark(grid, &mut found);
    contacts::over_names::mark(grid, vocabulary, &mut found);
    group_heading::mark(grid, &mut found);
    over_halves::mark(grid, &mut found);
    seal_strip::mark(grid, &mut found);
    leave_headings_beside_values(grid, &mut found);
    posts::leave_out(grid, &mut found);
    signed_below::mark(grid, &mut found);
    counted_rows::mark(grid, &mut found);
    particulars::add(grid, vocabulary, &mut found);
    found
}

/// Cells in a column of labels, with something on their right, that are labels by a word in them.
fn guessed(grid: &Grid, known: &[Label], vocabulary: &Vocabulary) -> Vec<Label> {
    const NEAR: u32 = 12;
    const FEWEST: usize = 3;
    let taken: HashSet<usize> = known.iter().map(|l| l.block).collect();
    let mut columns: BTreeMap<u32, Vec<&Label>> = BTreeMap::new();
    for label in known
        .iter()
        .filter(|l| l.inline.is_none() && !l.meanings.is_empty())
    {
        columns
            .entry(label.range.first.col)
            .or_default()
            .push(label);
    }
    let of_contacts: HashSet<u32> = known
        .iter()
        .filter(|label| label.inline.is_none())
        .filter(|label| label.item(FormKind::Daily) == Some(Item::Contact))
        .map(|label| label.range.first.col)
        .collect();
    let words = &layout_words::words().contacts;
    let mut found = Vec::new();
    for (index, block) in grid.blocks().iter().enumerate() {
        let at = block.range.first;
        if block.stored.is_none()
            || taken.contains(&index)
            || vocabulary.title(&block.text).is_some()
        {
            continue;
        }
        let Some(column) = columns.get(&at.col) else {
            continue;
        };
        let from = column.partition_point(|l| l.range.first.row + NEAR < at.row);
        let near = column[from..]
            .iter()
            .take_while(|l| l.range.first.row <= at.row + NEAR)
            .filter(|l| l.range.last.col == block.range.last.col);
        // In a column of labels over days side by side, the first day may be without a value.
        let right = block.range.last.col + 1;
        let mut beside = grid.row_within(at.row, right, u32::MAX).iter();
        let is_beside = beside.next().is_some_and(|i| !taken.contains(i));
        let is_box = || is_in_box(grid, &taken, block.range) || is_said(&block.text);
        if is_beside && near.count() >= FEWEST && !is_box() {
            let is_contact =
                of_contacts.contains(&at.col) && words.names_contact(vocabulary, &block.text);
            let meanings = match is_contact {
                true => vec![(Some(FormKind::Daily), Item::Contact)],
                false => vocabulary.guesses(&block.text),
            };
            if !meanings.is_empty() {
                found.push(Label {
                    guessed: true,
                    ..Label::new(index, block.range, meanings)
                });
            }
        }
    }
    found
}

/// Whether a known label with another one beside it stands right over the cells, and is as wide:
/// then they are its box.
fn is_in_box(grid: &Grid, known: &HashSet<usize>, range: CellRange) -> bool {
    let Some(above) = range.first.row.checked_sub(1) else {
        return false;
    };
    let right = range.last.col.saturating_add(1);
    let mut over = grid.row_over(above, range.first.col, range.first.col);
    over.any(|i| {
        let label = grid.block(i).range;
        let is_as_wide = (label.first.col, label.last.col) == (range.first.col, range.last.col);
        let rows = |range: CellRange| (range.first.row, range.last.row);
        let mut beside = grid.row_over(label.first.row, right, right);
        let is_head = |i: usize| known.contains(&i) && rows(grid.block(i).range) == rows(label);
        known.contains(&i) && is_as_wide && beside.any(is_head)
    })
}

/// Whether a text ends as a sentence does; the names of items do not.
fn is_said(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['る', 'た', 'う', 'く']) || text.ends_with("ます")
}

/// 評価 opens the form of a week; below 評価日, with a value right of it, it asks for that.
fn leave_headings_beside_values(grid: &Grid, labels: &mut [Label]) {
    let all: HashSet<usize> = labels.iter().map(|label| label.block).collect();
    let tells_when = |item: Item| {
        matches!(
            item,
            Item::Date | Item::DateTime | Item::Period | Item::Method | Item::PreviousDate
        )
    };
    // Where the form of a kind goes on below one of its labels.
    let goes_on: HashSet<(FormKind, u32, u32)> = labels
        .iter()
        .flat_map(|label| {
            let of_form = label.meanings.iter().filter(|(_, item)| tells_when(*item));
            let (col, below) = (
                label.range.first.col,
                label.range.last.row.saturating_add(1),
            );
            of_form.filter_map(move |(kind, _)| Some(((*kind)?, below, col)))
        })
        .collect();
    for label in labels.iter_mut().filter(|label| label.inline.is_none()) {
        let opened = label.heading.filter(|kind| {
            let mut meanings = label.meanings.iter();
            let at = label.range.first;
            meanings.any(|(of, item)| *of == Some(*kind) && *item != Item::Ignored)
                && (goes_on.contains(&(*kind, at.row, at.col))
                    || below_unknown(grid, &all, label.range, |row| {
                        goes_on.contains(&(*kind, row, at.col))
                    }))
        });
        let Some(right) = label.range.last.col.checked_add(1) else {
            continue;
        };
        let mut beside = grid.row_over(label.range.first.row, right, right);
        let holds_value = |i: usize| grid.block(i).holds() && !all.contains(&i);
        if opened.is_some() && beside.any(holds_value) {
            label.heading = None;
        }
    }
}

/// Whether labels that no list has stand over a range without a gap, up to a row that `goes_on`
/// with the form: 評価日, いつの分, 評価.
fn below_unknown(
    grid: &Grid,
    known: &HashSet<usize>,
    range: CellRange,
    goes_on: impl Fn(u32) -> bool,
) -> bool {
    const MOST_ROWS: usize = 4;
    let col = range.first.col;
    let mut top = range.first.row;
    for _ in 0..MOST_ROWS {
        let Some(row) = top.checked_sub(1) else {
            return false;
        };
        let is_unknown = |i: &usize| {
            let block = grid.block(*i);
            block.range.first.col == col && !known.contains(i) && looks_like_label(&block.text)
        };
        let Some(above) = grid.row_over(row, col, col).find(is_unknown) else {
            return false;
        };
        top = grid.block(above).range.first.row;
        if goes_on(top) {
            return true;
        }
    }
    false
}

/// Whether a bracket ends here that began in another cell: `曜日）` is the end of a value.
fn closes_a_bracket(text: &str) -> bool {
    let text = squash(text);
    let count = |bracket: char| text.matches(bracket).count();
    count(')') > count('(')
}

/// The word that a block is.
pub fn word(block: &Block) -> Word {
    Word {
        cell: block.range.first,
        text: block.text.clone(),
        stored: block.stored.clone(),
        tick: block.tick,
        struck: block.struck,
        hidden: block.hidden,
        stacked: block.stacked,
        drawn: false,
        written: None,
    }
}

/// A part of the word that a block is.
pub fn part_of(block: &Block, text: &str) -> Word {
    Word {
        text: text.to_owned(),
        stored: None,
        ..word(block)
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, Vocabulary};
    use crate::read::Sheet;
    use crate::recognise::testing::labels_of as told;

    #[test]
    fn the_end_of_a_bracket_is_no_label() {
        assert!(told("曜日）").is_empty());
        assert_eq!(told("（曜日）").len(), 1);
        assert_eq!(told("確認者（管理者").len(), 1);
    }

    #[test]
    fn a_word_over_a_form_is_its_heading_and_beside_a_value_its_label() {
        let headings = |rows: &[&'static [&'static str]]| {
            let sheet = Sheet::of_rows(rows);
            let found = super::labels(&Grid::of(&sheet), Vocabulary::builtin());
            let headings = found.iter().filter(|label| label.heading.is_some());
            headings.count()
        };
        assert_eq!(headings(&[&["評価", ""], &["実施日", "9/5"]]), 1);
        assert_eq!(headings(&[&["評価", "実施日", "9/5"]]), 1);
        assert_eq!(
            headings(&[&["評価日", "9/5"], &["評価", "順調に続いた。"]]),
            0
        );
    }

    #[test]
    fn labels_that_no_list_has_may_stand_between() {
        let headings = |rows: &[&'static [&'static str]]| {
            let sheet = Sheet::of_rows(rows);
            let found = super::labels(&Grid::of(&sheet), Vocabulary::builtin());
            let headings = found.iter().filter(|label| label.heading.is_some());
            headings.count()
        };
        let told: &'static [&'static str] = &["評価", "順調に続いた。"];
        assert_eq!(
            headings(&[&["評価日", "9/5"], &["いつの分", "9/1～9/5"], told]),
            0
        );
        assert_eq!(headings(&[&["評価日", "9/5"], &[], told]), 1);
        assert_eq!(
            headings(&[&["記録者", "原"], &["いつの分", "9/1～9/5"], told]),
            1
        );
    }
}
