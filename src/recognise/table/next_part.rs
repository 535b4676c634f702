//! The line that opens the next part of the sheet below a table: `３．月の達成度評価`, alone in its row.
//!
//! What the part holds must not enter.

use crate::recognise::grid::Grid;
use crate::recognise::item::FormKind;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Whether the blocks of a row are but one, at the left edge `left` of a table of `kind`, that names
/// another form. Below the days of a week its evaluation stands, which shares what heads them.
pub fn opens(
    grid: &Grid,
    vocabulary: &Vocabulary,
    (kind, left): (FormKind, u32),
    here: &[usize],
) -> bool {
    let [only] = here else { return false };
    let block = grid.block(*only);
    let named = || {
        let title = vocabulary.title(&block.text);
        title.or(vocabulary.heading(&block.text))
    };
    let is_other = || named().is_some_and(|named| named != kind);
    kind != FormKind::Daily && block.range.first.col <= left && is_other()
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::testing::recognised;
    use crate::recognise::{FormKind, Item};

    const WEEKS: [&[&str]; 4] = [
        &["２．週ごとの評価"],
        &["評価日", "方法", "対象期間", "評価内容", "評価者"],
        &["9月5日", "電話", "9/1～9/5", "予定どおり進んだ。", "野口"],
        &["9月12日", "訪問", "9/8～9/12", "少し休みが多い。", "野口"],
    ];

    /// The evaluations of a week with what each says, when these rows follow.
    fn weeks(rows: &[&'static [&'static str]]) -> Vec<usize> {
        let found = recognised(Sheet::of_rows(&[&WEEKS[..], rows].concat()));
        let weeks = found
            .forms
            .iter()
            .filter(|form| form.kind == FormKind::Weekly);
        let told = weeks.map(|form| {
            let content = form.entries.get(&Item::Content).into_iter().flatten();
            content.flat_map(|entry| &entry.words).count()
        });
        told.collect()
    }

    #[test]
    fn the_title_of_the_next_part_is_no_row() {
        assert_eq!(weeks(&[&[], &["３．月の達成度評価"]]), [1, 1]);
        assert_eq!(weeks(&[&[], &["２　月の達成度評価（月１回以上）"]]), [1, 1]);
    }

    #[test]
    fn a_row_with_more_than_a_title_stays_one() {
        let more: [&[&str]; 1] = [&[
            "9月19日",
            "電話",
            "9/15～9/19",
            "月の達成度評価の準備をした。",
        ]];
        assert_eq!(weeks(&more), [1, 1, 1]);
    }
}
