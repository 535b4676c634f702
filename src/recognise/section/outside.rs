//! What stands outside the tables of a sheet: its labels, cut into sections, and the boxes of each
//! label.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::cheapest;
use super::{Section, band, boxes, kindred, own_labels, particulars, ticked_below, withdrawn};
use super::{unanswered, undated};
use crate::model::Cell;
use crate::recognise::explain::ground;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::{Label, heads};
use crate::recognise::table::Table;
use crate::recognise::titles::Titles;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The labels outside tables, with what belongs to each.
pub struct Outside {
    /// The labels, in the order in which they are cut.
    pub labels: Vec<Label>,
    /// The runs of them that belong together.
    pub sections: Vec<Section>,
    /// What each label means in its section.
    pub items: Vec<Option<Item>>,
    /// What belongs to each label.
    pub entries: Vec<Entry>,
    /// The labels that gave way to others.
    withdrawn: BTreeSet<usize>,
    label_blocks: BTreeSet<usize>,
    /// The blocks that are a title or in a table.
    pub closed: Vec<bool>,
}

impl Outside {
    /// Cuts what the tables leave into sections and gives each label its boxes. Labels that are
    /// known by their neighbours alone are added to `all`. `shared` are the wordings of all
    /// sheets, which tell how surely a label is known.
    pub fn of(
        grid: &Grid,
        (vocabulary, shared): (&Vocabulary, &Vocabulary),
        titles: &Titles,
        tables: &[Table],
        all: &mut Vec<Label>,
    ) -> Outside {
        let mut closed = vec![false; grid.blocks().len()];
        for block in tables.iter().flat_map(|table| table.blocks(grid)) {
            closed[block] = true;
        }
        let loose = |all: &[Label]| -> Vec<Label> {
            let is_loose = |label: &&Label| label.may_stand_alone() && !closed[label.block];
            all.iter().filter(is_loose).cloned().collect()
        };
        let guessed = heads::guessed(grid, vocabulary, &loose(all), &closed);
        if !guessed.is_empty() {
            all.extend(guessed);
            all.sort_by_key(|label| (label.range.first, label.block));
        }
        let mut own = loose(all);
        unanswered::doubt(grid, &mut own, &closed);
        let orders = band::orders(grid, own);
        for title in titles.all() {
            closed[title.block] = true;
        }
        let walls: Vec<Cell> = tables.iter().flat_map(Table::walls).collect();
        let own_blocks = own_labels::blocks(grid, all, vocabulary);
        let (mut labels, sections) = cheapest(orders, titles.all(), &walls, &own_blocks);
        kindred::mark(&sections, &mut labels, grid, vocabulary);
        let mut items = vec![None; labels.len()];
        for section in &sections {
            for i in section.first..section.end {
                items[i] = section.kind.and_then(|kind| labels[i].item(kind));
            }
        }
        let free_text: Vec<bool> = items
            .iter()
            .map(|item: &Option<Item>| item.is_some_and(Item::is_free_text))
            .collect();
        let mut entries = boxes::entries(grid, &labels, &closed, &free_text);
        let is_blank = |i: usize| entries.get(i).is_none_or(|entry| entry.words.is_empty());
        let mut withdrawn = withdrawn::withdrawn(&sections, &labels, &own_blocks, is_blank);
        withdrawn.extend(withdrawn::of_signs(&labels, &items, &entries));
        for &i in &withdrawn {
            (items[i], entries[i].words) = (None, Vec::new());
        }
        ticked_below::mark(&labels, &mut entries);
        particulars::join(grid, vocabulary, &sections, &labels, &mut entries);
        ground::of_labels(grid, shared, &labels, &mut entries);
        Outside {
            label_blocks: labels.iter().map(|label| label.block).collect(),
            labels,
            sections,
            items,
            entries,
            withdrawn,
            closed,
        }
    }

    /// The entries of one section, by what its labels mean.
    pub fn entries_of(&self, section: &Section) -> BTreeMap<Item, Vec<Entry>> {
        let mut own: BTreeMap<Item, Vec<Entry>> = BTreeMap::new();
        for i in (section.first..section.end).filter(|i| !self.withdrawn.contains(i)) {
            let label = &self.labels[i];
            let item = match section.kind {
                Some(kind) => label.item(kind),
                None => label.item_of_any(),
            };
            if let Some(item) = item.filter(|item| *item != Item::Ignored) {
                own.entry(item).or_default().push(self.entries[i].clone());
            }
        }
        own
    }

    /// The labels of one section.
    pub fn labels_of(&self, section: &Section) -> &[Label] {
        &self.labels[section.first..section.end]
    }

    /// The day of a record without a label for it: above its boxes, or within its title.
    pub fn day_above(&self, grid: &Grid, titles: &Titles, section: &Section) -> Option<Entry> {
        let title = titles.above(grid, self.begin(section));
        let rows = undated::rows(&self.labels, section, title);
        let is_taken = |i: usize| self.closed[i] || self.label_blocks.contains(&i);
        // 在宅 asks how many days in a listing only, and says of a day where the user was.
        let asks = |i: usize| self.closed[i] || self.asks(section, i);
        undated::day(grid, rows.clone(), is_taken)
            .or_else(|| undated::day_beside(grid, title?, is_taken))
            .or_else(|| undated::day_of_title(title?))
            .or_else(|| undated::day_at_head(grid, rows, self.labels_of(section), asks))
    }

    /// Whether a block is a label that a form of the section's kind may have.
    fn asks(&self, section: &Section, block: usize) -> bool {
        let mut labels = self.labels.iter().filter(|label| label.block == block);
        labels.any(|label| match section.kind {
            Some(kind) => label.item(kind).is_some(),
            None => true,
        })
    }

    /// Where the labels of a section begin.
    pub fn begin(&self, section: &Section) -> Cell {
        self.labels[section.first].range.first
    }
}
