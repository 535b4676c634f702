//! 自主点検表, as this program writes it: a title, a row of headings, a line for each sentence.
//!
//! Told by its title and by the column of numbers that name the sentences. The inspection
//! sheets of others have no such column and are left to the ordinary course.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use crate::model::{Cell, CellRange, Ground, Grounds};
use crate::read::Sheet;
use crate::recognise::explain::explained_by_words;
use crate::recognise::form::{Entry, Explained, Form, Role};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::word;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Rows at the top of a sheet in which its title may stand.
const TOP_ROWS: u32 = 6;

/// As `templates/labels.toml` gives them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWordings {
    titles: Vec<String>,
    columns: BTreeMap<Item, Vec<String>>,
}

/// Titles and columns by their comparison key; apart from the labels of the forms, on which
/// a 判定 or 備考 may mean something else.
#[derive(Debug, Clone, Default)]
pub struct SheetWords {
    titles: Vec<String>,
    columns: HashMap<String, Item>,
}

impl From<SheetWordings> for SheetWords {
    fn from(wordings: SheetWordings) -> Self {
        let columns = wordings.columns.into_iter();
        let keyed = columns.flat_map(|(item, words)| {
            words
                .into_iter()
                .map(move |words| (label_key(&words), item))
        });
        Self {
            titles: wordings
                .titles
                .iter()
                .map(|title| label_key(title))
                .collect(),
            columns: keyed.collect(),
        }
    }
}

impl SheetWords {
    fn is_title(&self, text: &str) -> bool {
        if text.len() > 60 * 4 {
            return false;
        }
        let key = label_key(text);
        self.titles.iter().any(|title| key.contains(title.as_str()))
    }

    fn column(&self, text: &str) -> Option<Item> {
        if text.len() > 40 * 4 {
            return None;
        }
        self.columns.get(&label_key(text)).copied()
    }
}

/// One form a line that names a sentence, and what its other cells are; `None` when the sheet
/// is no 自主点検表.
pub fn lines(sheet: &Sheet, vocabulary: &Vocabulary) -> Option<(Vec<Form>, Vec<Explained>)> {
    let known = vocabulary.inspection();
    let top = sheet.cells.range(..Cell::new(TOP_ROWS, 0));
    let mut titles = top
        .map(|(_, cell)| cell.shown.as_str())
        .chain([sheet.name.as_str()]);
    if !titles.any(|title| known.is_title(title)) {
        return None;
    }
    let grid = Grid::of(sheet);
    let last = grid.last_row();
    let (heading, columns) = grid.rows_between(0, last).find_map(|row| {
        let columns = columns(&grid, row, known);
        let holds = |item| columns.values().any(|(held, _)| *held == item);
        (holds(Item::Sentence) && holds(Item::Answer)).then_some((row, columns))
    })?;
    let name: Arc<str> = sheet.name.as_str().into();
    let rows = grid.rows_between(heading.saturating_add(1), last);
    let forms = rows.filter_map(|row| {
        let entries = entries(&grid, row, &columns);
        let names = entries.get(&Item::Sentence)?;
        let is_line = names.iter().flat_map(|entry| &entry.words).any(|word| {
            // The headings may stand again on every page.
            known.column(&word.text).is_none()
        });
        let at = Cell::new(row, columns.keys().next().copied().unwrap_or(0));
        is_line.then(|| Form {
            table: Some(0),
            ..Form::new(FormKind::SelfInspection, name.clone(), at, entries)
        })
    });
    let forms = forms.collect();
    let mut explained = explained(&grid, &name, heading, known);
    explained.extend(explained_by_words(&grid, &name, vocabulary));
    Some((forms, explained))
}

/// What is printed over the headings, the headings, and what stands under those that ask for no
/// answer.
fn explained(grid: &Grid, sheet: &Arc<str>, heading: u32, known: &SheetWords) -> Vec<Explained> {
    let headings: Vec<CellRange> = grid
        .row(heading)
        .iter()
        .map(|&index| grid.block(index))
        .filter(|block| block.stored.is_some())
        .map(|block| block.range)
        .collect();
    let role = |block: &Block| {
        let row = block.range.first.row;
        let is_heading = row == heading || row > heading && known.column(&block.text).is_some();
        if row < heading {
            let is_title = known.is_title(&block.text);
            Some(if is_title { Role::Title } else { Role::Guide })
        } else if is_heading {
            Some(Role::Label)
        } else {
            let mut over = headings.iter();
            let is_under = over.any(|range| range.shares_cols(&block.range));
            is_under.then_some(Role::NotAsked)
        }
    };
    let blocks = grid.blocks().iter();
    blocks
        .filter(|block| block.stored.is_some())
        .filter_map(|block| {
            Some(Explained {
                sheet: sheet.clone(),
                range: block.range,
                role: role(block)?,
            })
        })
        .collect()
}

/// The known columns of a row of headings, by their first column.
fn columns(grid: &Grid, row: u32, known: &SheetWords) -> BTreeMap<u32, (Item, String)> {
    let blocks = grid.row(row).iter().map(|&index| grid.block(index));
    blocks
        .filter(|block| block.stored.is_some())
        .filter_map(|block| {
            let item = known.column(&block.text)?;
            Some((block.range.first.col, (item, block.text.clone())))
        })
        .collect()
}

/// What stands under each known column on a row.
fn entries(
    grid: &Grid,
    row: u32,
    columns: &BTreeMap<u32, (Item, String)>,
) -> BTreeMap<Item, Vec<Entry>> {
    let mut entries: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
    for (&col, (item, label)) in columns {
        let blocks = grid.row_within(row, col, col).iter();
        let words = blocks
            .map(|&index| grid.block(index))
            .filter(|block| block.range.first.row == row && block.holds())
            .map(word);
        let entry = Entry {
            grounds: Grounds::from_iter([Ground::LabelExact, Ground::Column, Ground::Titled]),
            ..Entry::new(label.clone(), Cell::new(row, col), words.collect())
        };
        entries.entry(*item).or_default().push(entry);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&[&str]]) -> Option<Vec<Form>> {
        Some(lines(&Sheet::of_rows(rows), Vocabulary::builtin())?.0)
    }

    const TITLE: &[&str] = &["在宅就労支援　自主点検表"];
    const HEADING: &[&str] = &["条項", "判定", "点検日", "点検者", "照合番号"];
    const LINE: &[&str] = &["6(1)", "適", "", "大友", "kitakyushu/6(1)/1"];

    #[test]
    fn each_line_with_a_number_is_a_form() {
        let notes: &[&str] = &["※ 実際に点検した人が書いてください。"];
        let forms = read(&[TITLE, notes, HEADING, LINE, HEADING, LINE, &["合計"]]).unwrap();
        assert_eq!(forms.len(), 2);
        let entry = |item| &forms[0].entries[&item][0];
        assert_eq!(entry(Item::Answer).words[0].text, "適");
        assert_eq!(entry(Item::Answer).home, Cell::new(3, 1));
        assert!(entry(Item::InspectedOn).words.is_empty());
        assert!(!forms[0].entries.contains_key(&Item::Notes));
    }

    #[test]
    fn without_its_title_or_its_numbers_it_is_no_such_sheet() {
        assert!(read(&[HEADING, LINE]).is_none());
        assert!(read(&[TITLE, &["番号", "判定", "点検日"], &["1", "適", ""]]).is_none());
        assert!(read(&[TITLE, HEADING]).unwrap().is_empty());
    }
}
