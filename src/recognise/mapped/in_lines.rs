//! Boxes of lines that were recognised, read for a mapping of some of their columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::landmarks::Places;
use super::parts::paired;
use super::{Mapping, Reader};
use crate::model::Cell;
use crate::read::Sheet;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::labels;
use crate::recognise::table::columns::Columns;
use crate::recognise::titles::Titles;
use crate::recognise::wording::vocabulary::Vocabulary;

/// What stands for each item.
type Entries = BTreeMap<Item, Vec<Entry>>;

/// What stands in boxes of the sheet under the heads of `columns`: for each record of a mapping
/// its items, and a part of a contact that lacks the other one.
pub fn boxes_of(
    sheet: &Sheet,
    mapping: &Mapping,
    columns: &Columns,
    records: &[Places],
    vocabulary: &Vocabulary,
) -> Vec<(Entries, Option<Cell>)> {
    let grid = Grid::of(sheet);
    let labels = labels(&grid, vocabulary);
    let titles = Titles::of(&grid, &labels, vocabulary, "");
    let name: Arc<str> = sheet.name.as_str().into();
    let reader = Reader::of(&grid, &name, &labels, &titles, vocabulary);
    let turned = columns.sideways.then(|| grid.transposed());
    let header = columns.header(mapping.kind, turned.as_ref().unwrap_or(&grid));
    let read = |cells: &Places| {
        let mut entries = reader.entries(mapping, cells);
        for (item, entries) in &mut entries {
            for entry in entries {
                let home = match columns.sideways {
                    true => entry.home.row,
                    false => entry.home.col,
                };
                if let Some(head) = header.head_of(*item, home) {
                    head.clone_into(&mut entry.label);
                }
            }
        }
        let lone = mapping.contacts_in_parts.then(|| paired(&mut entries));
        (entries, lone.flatten())
    };
    records.iter().map(read).collect()
}
