//! Names of contacts below each other, each with the labels of its parts in the rows on its right.

use std::collections::BTreeMap;

use super::{Boxes, MOST, Named, Part};

/// The contacts of each such column of names.
pub fn lists(sheet: &Named) -> Vec<Vec<Boxes>> {
    let mut runs: Vec<Vec<Boxes>> = Vec::new();
    // The last one that begins in each column.
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for &name in sheet.names.values() {
        let Some(contact) = beside(sheet, name) else {
            continue;
        };
        let follows = |last: &Boxes| {
            let (above, below) = (sheet.range(last.name), sheet.range(name));
            above.last.row.checked_add(1) == Some(below.first.row)
        };
        let col = sheet.range(name).first.col;
        let run = open.get(&col).and_then(|at| runs.get_mut(*at));
        match run.filter(|run| run.last().is_some_and(follows)) {
            Some(run) => run.push(contact),
            None => {
                open.insert(col, runs.len());
                runs.push(vec![contact]);
            }
        }
    }
    runs
}

/// The contact that a name opens, where the label of a part touches it. A row that holds more
/// parts than one contact has is left at the first too many: it may be as long as the sheet is
/// wide, with a name before each of them.
fn beside(sheet: &Named, name: usize) -> Option<Boxes> {
    let own = sheet.range(name);
    let from = own.last.col.checked_add(1)?;
    let mut parts: Vec<Part> = Vec::new();
    for row in sheet.grid.rows_between(own.first.row, own.last.row) {
        let mut open = false;
        for &i in sheet.grid.row_within(row, from, u32::MAX) {
            let block = sheet.grid.block(i);
            if block.range.first.row != row {
                continue;
            }
            match sheet.parts.get(&i) {
                Some(_) if parts.len() == MOST => return None,
                Some(item) => {
                    parts.push(Part::new(i, *item));
                    open = true;
                }
                None if !open => return None,
                None if block.holds() => {
                    if let Some(part) = parts.last_mut() {
                        part.boxes.push(i);
                    }
                }
                None => {}
            }
        }
    }
    let touches = parts
        .first()
        .is_some_and(|part| sheet.range(part.label).first.col == from);
    touches.then_some(Boxes { name, parts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Sheet, SheetCell};
    use crate::recognise::Vocabulary;
    use crate::recognise::grid::Grid;

    fn parts(sheet: &Sheet) -> Vec<usize> {
        let grid = Grid::of(sheet);
        let named = Named::of(&grid, &[], Vocabulary::builtin());
        let lists = lists(&named);
        let contacts = lists.iter().flatten();
        contacts.map(|contact| contact.parts.len()).collect()
    }

    #[test]
    fn a_contact_has_the_parts_that_touch_its_name() {
        let row = ["１回目", "時刻", "10:00", "内容", "電話。"];
        assert_eq!(parts(&Sheet::of_rows(&[&row, &row])), [2, 2]);
        let apart = ["１回目", "", "時刻", "10:00", "内容", "電話。"];
        assert!(parts(&Sheet::of_rows(&[&apart])).is_empty());
        let many = [&["１回目"], &["時刻"; MOST + 1][..]].concat();
        assert!(parts(&Sheet::of_rows(&[&many])).is_empty());
        assert_eq!(parts(&Sheet::of_rows(&[&many[..=MOST]])), [MOST]);
    }

    /// Were each row read to its end for each name in it, this would take minutes.
    #[test]
    fn many_names_in_a_row_are_no_contacts() {
        const NAMES: u32 = 20_000;
        let mut sheet = Sheet::default();
        for n in 0..NAMES {
            for (col, text) in (n * 5..).zip(["１回目", "時刻", "10:00", "内容", "電話。"])
            {
                let at = crate::model::Cell::new(0, col);
                sheet.cells.insert(at, SheetCell::of_text(text));
            }
        }
        // The last of them have no more parts behind them than one contact may have.
        assert_eq!(parts(&sheet), [8, 6, 4, 2]);
    }
}
