//! Boxes below each other under one label, each beside the number of its row: 1限, 2限 and 3限 under
//! 時限 beside what was done in each of them under 実施した訓練.

use crate::recognise::grid::{Block, Grid};
use crate::text::squash;

/// Halves of a day that follow each other.
const HALVES: [(&str, &str); 3] = [("午前", "午後"), ("AM", "PM"), ("前半", "後半")];

/// Whether what heads the row of a box is the next after what heads the row of the box above it,
/// both in the same columns and left of the boxes.
pub fn are_next(grid: &Grid, above: usize, below: usize) -> bool {
    let (above, below) = (grid.block(above), grid.block(below));
    let is_same = |one: &Block, other: &Block| {
        let columns = |block: &Block| (block.range.first.col, block.range.last.col);
        columns(one) == columns(other)
    };
    let heads = head(grid, above).zip(head(grid, below));
    is_same(above, below)
        && heads.is_some_and(|(one, next)| is_same(one, next) && follows(&one.text, &next.text))
}

/// The first thing that is written in the row of a box, left of it.
fn head<'a>(grid: &'a Grid, block: &Block) -> Option<&'a Block> {
    let first = block.range.first;
    let before = grid.row_within(first.row, 0, first.col.checked_sub(1)?);
    let mut before = before.iter().map(|&i| grid.block(i));
    before.find(|block| block.stored.is_some())
}

/// `1限` and `2限`, `午前` and `午後`.
fn follows(one: &str, next: &str) -> bool {
    const LONGEST: usize = 6;
    let (one, next) = (squash(one), squash(next));
    if one.chars().count() > LONGEST || next.chars().count() > LONGEST {
        return false;
    }
    let of_day = |(first, second): &(&str, &str)| {
        let rest = one.strip_prefix(first);
        rest.is_some() && rest == next.strip_prefix(second)
    };
    let counted = counted(&one).zip(counted(&next));
    HALVES.iter().any(of_day)
        || counted.is_some_and(|((before, n, behind), (other, m, rest))| {
            before == other && behind == rest && n.checked_add(1) == Some(m)
        })
}

/// The only number of a text, with what stands before and behind it.
fn counted(text: &str) -> Option<(&str, u32, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (before, digits) = text.split_at(text.find(is_digit)?);
    let end = digits.find(|c: char| !is_digit(c)).unwrap_or(digits.len());
    let (digits, behind) = digits.split_at(end);
    let number = digits.parse().ok()?;
    (!behind.contains(is_digit)).then_some((before, number, behind))
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What a day's form says of the work, under its label in rows with these heads.
    fn works(heads: [&str; 3]) -> Vec<String> {
        let rows: [&[&str]; 8] = [
            &["在宅訓練日誌"],
            &["実施日", "令和7年9月1日"],
            &["訓練時間", "10:00～15:00", "連絡手段", "電話"],
            &["時限", "訓練の予定", "実施した訓練"],
            &[heads[0], "入力", "タイピング練習"],
            &[heads[1], "入力", "シートの記入"],
            &[heads[2], "", "写真の整理"],
            &["心身の状況", "良好"],
        ];
        testing::told(&rows, FormKind::Daily, Item::Work)
    }

    #[test]
    fn all_counted_rows_are_of_the_label_over_them() {
        let all = ["タイピング練習", "シートの記入", "写真の整理"];
        for heads in [
            ["1限", "2限", "3限"],
            ["①", "②", "③"],
            ["第１時限", "第２時限", "第３時限"],
        ] {
            assert_eq!(works(heads), all, "{heads:?}");
        }
        assert_eq!(works(["午前", "午後", "様子"]), all[..2]);
    }

    #[test]
    fn rows_that_are_not_counted_go_no_further() {
        for heads in [
            ["1限", "3限", "5限"],
            ["1限", "備品", "天候"],
            ["9/1", "9/2", "9/3"],
        ] {
            assert_eq!(works(heads), ["タイピング練習"], "{heads:?}");
        }
    }
}
