//! The words that a draft offers as names of items that nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Recorded};
use crate::model::Cell;
use crate::recognise::FormKind;
use crate::text::squash;

impl Draft {
    /// The words of each kind of form that are no value on any sheet: what is printed stands on
    /// most of the sheets of its layout.
    pub(super) fn offered(&self) -> BTreeMap<FormKind, Vec<&str>> {
        let texts: Vec<BTreeSet<String>> = self.sheets.iter().map(Recorded::texts).collect();
        let is_printed = |word: &str, first: usize| {
            let layout = self.sheets.get(first).and_then(Recorded::layout);
            let all = self.sheets.iter().zip(&texts);
            let alike: Vec<&BTreeSet<String>> = all
                .filter(|(sheet, _)| sheet.layout() == layout)
                .map(|(_, texts)| texts)
                .collect();
            let having = alike.iter().filter(|texts| texts.contains(word)).count();
            alike.len() < 2 || having * 2 > alike.len()
        };
        let mut offered = BTreeMap::new();
        for (kind, words) in &self.unknown {
            let words = words.iter().filter(|(word, first)| {
                !self.values.holds(word) && is_printed(&squash(word), **first)
            });
            let words: Vec<&str> = words.map(|(word, _)| word.as_str()).collect();
            if !words.is_empty() {
                offered.insert(*kind, words);
            }
        }
        offered
    }
}

impl Recorded {
    /// What sheets of one layout have in common: the kind of their first form and where it is.
    fn layout(&self) -> Option<(FormKind, Cell)> {
        self.forms.first().map(|form| (form.kind, form.at))
    }

    /// All that is written, without white space.
    fn texts(&self) -> BTreeSet<String> {
        let cells = self.sheet.cells.values();
        cells.map(|cell| squash(&cell.shown)).collect()
    }
}
