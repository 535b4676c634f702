//! Columns that only answer whether, beside others that tell what: 在宅 with ○ beside 在宅曜日,
//! 同意 with 済 beside 同意日.

use crate::recognise::calendar::is_weekday;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::wording::answers;
use crate::text::squash;

/// Takes from the columns that only answer whether what another column under the header tells.
pub fn leave(grid: &Grid, header: &mut Header) {
    if header.kind == FormKind::Listing {
        return;
    }
    let told: Vec<Option<(Item, bool)>> = header
        .columns
        .iter()
        .map(|column| {
            let item = told_in_words(column)?;
            Some((item, is_flag(grid, header, column)?))
        })
        .collect();
    for (column, own) in header.columns.iter_mut().zip(&told) {
        let Some((item, true)) = own else { continue };
        let mut others = told.iter().flatten();
        if others.any(|(other, is_flag)| other == item && !is_flag) {
            column.holds = None;
        }
    }
}

/// What a column is about that a mere answer could not tell.
fn told_in_words(column: &Column) -> Option<Item> {
    let Some(Holds::Item(item)) = column.holds else {
        return None;
    };
    // A sign below a weekday chooses it.
    let is_choice = column
        .heads
        .last()
        .is_some_and(|head| is_weekday(&squash(head)));
    let is_open = match item {
        Item::HomeWeekdays | Item::CommuteWeekdays => !is_choice,
        _ => {
            !item.is_free_text()
                && !item.offers_choices()
                && !item.repeats()
                && !matches!(item, Item::Ignored | Item::Confirmation | Item::Status)
        }
    };
    is_open.then_some(item)
}

/// Whether all that is written below the head of a column are answers; `None` where nothing is.
fn is_flag(grid: &Grid, header: &Header, column: &Column) -> Option<bool> {
    const MOST_ROWS: usize = 200;
    let rows = grid.rows_between(header.rows.1.saturating_add(1), grid.last_row());
    let mut written = rows.take(MOST_ROWS).flat_map(|row| {
        let here = grid.row_within(row, column.span.0, column.span.1).iter();
        let here = here.map(|&i| grid.block(i));
        here.filter(move |block| block.range.first.row == row && block.stored.is_some())
    });
    let mut is_flag = None;
    let is_other = written.any(|block| {
        is_flag = Some(true);
        !answers::is_flag(&block.text)
    });
    match is_other {
        true => Some(false),
        false => is_flag,
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::form::Entry;
    use crate::recognise::item::Item;
    use crate::recognise::testing::lines;

    /// What the first user of a roster has for an item under these heads.
    fn told(heads: [&str; 2], values: [&str; 2], item: Item) -> Vec<String> {
        let heads = ["氏名", "受給者証番号", heads[0], "支給決定市町村", heads[1]];
        let user = ["森 健太", "0100000031", values[0], "北九州市", values[1]];
        let lines = lines(&[&heads, &user], &[]);
        let entries = lines[0].entries.get(&item).into_iter().flatten();
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        entries.map(text).collect()
    }

    #[test]
    fn an_answer_gives_way_to_what_is_told() {
        let days = told(["在宅", "在宅曜日"], ["○", "月・水"], Item::HomeWeekdays);
        assert_eq!(days, ["月・水"]);
        let days = told(
            ["通所曜日", "通所"],
            ["火・木", "有"],
            Item::CommuteWeekdays,
        );
        assert_eq!(days, ["火・木"]);
        let day = told(["同意", "同意日"], ["済", "2025/5/1"], Item::ConsentedOn);
        assert_eq!(day, ["2025/5/1"]);
    }

    #[test]
    fn an_answer_alone_is_what_stands_there() {
        let day = told(["同意", "備考"], ["済", "－"], Item::ConsentedOn);
        assert_eq!(day, ["済"]);
        let both = told(
            ["同意", "同意日"],
            ["2025/5/1", "2025/5/2"],
            Item::ConsentedOn,
        );
        assert_eq!(both, ["2025/5/1", "2025/5/2"]);
    }
}
