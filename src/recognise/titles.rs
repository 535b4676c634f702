//! The titles of a sheet: which blocks name a kind of form, and for which cells they hold.

use std::collections::BTreeSet;

use super::grid::{Block, Grid};
use super::item::FormKind;
use super::label::Label;
use super::wording::vocabulary::Vocabulary;
use crate::model::Cell;

/// The titles of one sheet, in reading order.
pub struct Titles {
    found: Vec<Title>,
    by_tab: Option<FormKind>,
}

/// A block that names a kind of form.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    /// The block.
    pub block: usize,
    /// Where it begins.
    pub at: Cell,
    /// What it names.
    pub kind: FormKind,
}

impl Titles {
    /// The blocks that are no labels and name a kind of form, and what the sheet's tab names.
    pub fn of(grid: &Grid, labels: &[Label], vocabulary: &Vocabulary, tab: &str) -> Titles {
        let labels: BTreeSet<usize> = labels.iter().map(|label| label.block).collect();
        let blocks = grid.blocks().iter().enumerate();
        let written = blocks.filter(|(i, block)| block.stored.is_some() && !labels.contains(i));
        let found = written.filter_map(|(block, words)| {
            let kind = vocabulary.title(&words.text)?;
            let at = words.range.first;
            Some(Title { block, at, kind })
        });
        Titles {
            found: found.collect(),
            by_tab: vocabulary.title(tab),
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Title] {
        &self.found
    }

    /// The last title that stands before a cell, or in it.
    pub fn above<'g>(&self, grid: &'g Grid, at: Cell) -> Option<&'g Block> {
        Some(grid.block(self.last(at)?.block))
    }

    /// The text of the title above a cell; empty where there is none.
    pub fn text_above(&self, grid: &Grid, at: Cell) -> String {
        let title = self.above(grid, at);
        title.map(|title| title.text.clone()).unwrap_or_default()
    }

    /// What the title above a cell names; where there is none, what the tab names.
    pub fn kind(&self, at: Cell) -> Option<FormKind> {
        self.last(at).map(|title| title.kind).or(self.by_tab)
    }

    fn last(&self, at: Cell) -> Option<&Title> {
        self.found[..self.found.partition_point(|title| title.at <= at)].last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::label::labels;

    #[test]
    fn a_title_holds_for_what_follows_it_and_the_tab_for_what_stands_before() {
        let sheet = Sheet::of_rows(&[&["9月分"], &["", "週次評価記録"], &["評価日"]]);
        let grid = Grid::of(&sheet);
        let vocabulary = Vocabulary::builtin();
        let labels = labels(&grid, vocabulary);
        let titles = Titles::of(&grid, &labels, vocabulary, "在宅支援日報");
        assert_eq!(titles.kind(Cell::new(0, 5)), Some(FormKind::Daily));
        assert_eq!(titles.kind(Cell::new(1, 1)), Some(FormKind::Weekly));
        assert_eq!(titles.text_above(&grid, Cell::new(2, 0)), "週次評価記録");
        assert_eq!(titles.text_above(&grid, Cell::new(0, 0)), "");
        let untitled = Titles::of(&grid, &labels, vocabulary, "Sheet1");
        assert_eq!(untitled.kind(Cell::new(0, 0)), None);
    }
}
