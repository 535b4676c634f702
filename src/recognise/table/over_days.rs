//! Heads that stand over the days of a month, one below the other: whatever else they are called,
//! they are those of a table.

use crate::recognise::calendar::is_day;
use crate::recognise::grid::Grid;

/// Days below each other that make a month.
const FEWEST_DAYS: usize = 4;

/// Whether days stand under one of the first heads of a run: as many as make a month, each in a
/// row of its own and right below the one before.
pub fn stands_over_days(grid: &Grid, run: &[usize]) -> bool {
    const FIRST_HEADS: usize = 3;
    const DEEPEST_RECORD: u32 = 3;
    const LEVELS: u32 = 4;
    let mut heads = run.iter().take(FIRST_HEADS);
    heads.any(|&head| {
        let range = grid.block(head).range;
        let (left, right) = (range.first.col, range.last.col);
        let below = range.last.row.saturating_add(1);
        let day = |row: u32| {
            let mut own = grid.row_within(row, left, left).iter();
            own.any(|&i| {
                let block = grid.block(i);
                let stored = block.stored.as_ref();
                block.range.first.row == row
                    && block.range.last.col <= right
                    && stored.is_some_and(|stored| is_day(&block.text, stored))
            })
        };
        let is_written = |row: &u32| {
            let mut own = grid.row_within(*row, left, left).iter();
            own.any(|&i| grid.block(i).range.first.row == *row && grid.block(i).stored.is_some())
        };
        let mut rows = below..below.saturating_add(LEVELS);
        let Some(first) = rows.find(is_written).filter(|row| day(*row)) else {
            return false;
        };
        let (mut last, mut count) = (first, 1);
        while count < FEWEST_DAYS {
            let next = last.saturating_add(1)..=last.saturating_add(DEEPEST_RECORD);
            match next.into_iter().find(|row| day(*row)) {
                Some(row) => (last, count) = (row, count + 1),
                None => return false,
            }
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use crate::recognise::item::Item;
    use crate::recognise::testing::lines;

    const HEADS: [&str; 9] = [
        "日",
        "曜",
        "区分",
        "勤務時間",
        "担当",
        "朝礼",
        "数量",
        "単価",
        "昼礼",
    ];

    /// The days of the records under these heads, with `keys` in the first column.
    fn days(heads: &[&str], keys: [&str; 4]) -> Vec<String> {
        let row = |key| {
            [
                key,
                "水",
                "在宅",
                "9:00～12:00",
                "高木",
                "よし",
                "3",
                "20",
                "よし",
            ]
        };
        let rows = keys.map(row);
        let mut all: Vec<&[&str]> = vec![heads];
        all.extend(rows.iter().map(|row| row.as_slice()));
        let text = |entries: &Vec<crate::recognise::Entry>| {
            let words = entries.iter().flat_map(|entry| &entry.words);
            words.map(|word| word.text.clone()).collect::<String>()
        };
        let lines = lines(&all, &[]);
        let told = lines
            .iter()
            .map(|line| line.entries.get(&Item::Date).map(text));
        told.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn heads_that_nobody_knows_lose_no_days() {
        assert_eq!(days(&HEADS, ["1", "2", "3", "6"]), ["1", "2", "3", "6"]);
        assert_eq!(
            days(&HEADS, ["10/1", "10/2", "10/3", "10/6"]),
            ["10/1", "10/2", "10/3", "10/6"]
        );
    }

    #[test]
    fn unknown_heads_over_anything_else_are_no_table_of_days() {
        assert!(days(&HEADS, ["A", "B", "C", "D"]).is_empty());
        let unknown = ["日", "曜", "朝礼", "数量", "単価", "昼礼", "い", "ろ", "は"];
        assert!(days(&unknown, ["1", "2", "3", "6"]).is_empty());
    }
}
