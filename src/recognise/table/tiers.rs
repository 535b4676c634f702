//! Heads below each other over records of as many rows: the upper head for the upper row, the
//! lower head for the lower one.

use std::collections::BTreeSet;

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::meaning::item_of;
use crate::recognise::wording::vocabulary::Vocabulary;

/// How many rows of heads stand over as many rows of each record: where heads below each other
/// are as wide as each other and each is a label of its own, both are meant.
pub fn tiers(
    grid: &Grid,
    vocabulary: &Vocabulary,
    (first, last): (u32, u32),
    columns: &[((u32, u32), Vec<String>)],
    kind: FormKind,
) -> u32 {
    const FEWEST: usize = 2;
    let height = last - first + 1;
    let known = |text: &String| {
        let item = vocabulary.meanings(text)?;
        let of_kind = item.iter().any(|(k, _)| k.is_none() || *k == Some(kind));
        of_kind.then(|| item_of(vocabulary, std::slice::from_ref(text), kind))?
    };
    let is_tiered = |((left, right), texts): &&((u32, u32), Vec<String>)| {
        let items: BTreeSet<Option<Item>> = texts.iter().map(known).collect();
        let whole = (first..=last).all(|row| {
            let mut over = grid.row_over(row, *left, *left);
            over.any(|i| {
                let range = grid.block(i).range;
                range.first.row == row && range.first.col == *left && range.last.col == *right
            })
        });
        texts.len() as u32 == height
            && items.len() == texts.len()
            && !items.contains(&None)
            && whole
    };
    // Where a column with one head has a text of its own in the second row, that is a record.
    let second = last.saturating_add(2);
    let begins = |((left, _), texts): &((u32, u32), Vec<String>)| {
        let mut below = grid.row_within(second, *left, *left).iter();
        texts.len() == 1
            && below.any(|&i| grid.block(i).range.first.row == second && grid.block(i).holds())
    };
    let is_meant = height > 1
        && columns.iter().filter(is_tiered).count() >= FEWEST
        && !columns.iter().any(begins);
    if is_meant { height } else { 1 }
}

#[cfg(test)]
mod tests {
    use crate::recognise::testing::lines;

    #[test]
    fn heads_in_two_rows_stand_over_records_of_two() {
        let rows: [&[&str]; 4] = [
            &["日付", "開始時間", "作業内容", "記録者"],
            &["", "終了時間", "支援内容", ""],
            &["9/1", "10:00", "検品", "原"],
            &["", "15:00", "電話。", ""],
        ];
        let heads = ["A1:A2", "D1:D2"];
        let depths = |rows: &[&[&str]], merged: &[&str]| -> Vec<u32> {
            let lines = lines(rows, &[&heads[..], merged].concat());
            lines.iter().map(|line| line.at.row).collect()
        };
        assert_eq!(depths(&rows, &["A3:A4", "D3:D4"]), [2]);
        // Where a day of its own stands in the second row, each row is a record.
        let days = [&rows[..3], &[&["9/2", "10:30", "検品", "原"]]].concat();
        assert_eq!(depths(&days, &[]), [2, 3]);
    }
}
