//! Labels that no list has, told by where they stand: behind the value of a known label, beyond an
//! empty column or at the same place with the same words in another record of the sheet.
//!
//! Only which blocks they are; what they ask for is not known.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::explain::looks_like_label;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::unanswered::is_of_frame;
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// First and last column of a block.
type Span = (u32, u32);

/// What parts two of them: the columns and the words of the known label, their own.
type Place = ((Span, String), (Span, String));

/// Their blocks. `label_of` tells which of `labels` a block is, `closed` which blocks are spoken
/// for, `owner` which label stands left of a block.
pub fn again(
    grid: &Grid,
    labels: &[Label],
    label_of: &BTreeMap<usize, usize>,
    closed: &[bool],
    owner: impl Fn(usize) -> Option<usize>,
) -> Vec<usize> {
    const FEWEST: usize = 2;
    let is_free = |i: usize| !closed[i] && !label_of.contains_key(&i);
    let mut apart = Vec::new();
    let mut found: BTreeMap<Place, Vec<(usize, String)>> = BTreeMap::new();
    for (index, block) in grid.blocks().iter().enumerate() {
        if block.stored.is_none() || !is_free(index) || !looks_like_label(&block.text) {
            continue;
        }
        let Some(own) = owner(index).and_then(|owner| labels.get(owner)) else {
            continue;
        };
        let (row, first) = (block.range.first.row, block.range.first.col);
        let Some(before) = value_before(grid, own, (row, first)) else {
            continue;
        };
        if !has_value(grid, (row, block.range.last.col), is_free) || is_own(own, &block.text) {
            continue;
        }
        if is_apart(grid, own, (row, first)) {
            apart.push(index);
        } else {
            let place = (place(grid, own.block), place(grid, index));
            found.entry(place).or_default().push((index, before));
        }
    }
    let mut records: BTreeMap<(Span, String), usize> = BTreeMap::new();
    for label in labels {
        *records.entry(place(grid, label.block)).or_default() += 1;
    }
    let printed = found.into_iter().filter(|((asked, _), places)| {
        let is_everywhere = records.get(asked) == Some(&places.len());
        let rows: BTreeSet<u32> = places
            .iter()
            .map(|(i, _)| grid.block(*i).range.first.row)
            .collect();
        // Of choices that are printed beside each other the first is the same everywhere.
        let before: BTreeSet<&str> = places.iter().map(|(_, text)| text.as_str()).collect();
        let is_value = before.len() > 1 || before.iter().all(|text| !looks_like_label(text));
        // Behind a code stands what it means.
        let is_coded = before.iter().all(|text| is_code(text));
        rows.len() >= FEWEST && is_everywhere && is_value && !is_coded
    });
    let printed = printed.flat_map(|(_, places)| places);
    printed.map(|(i, _)| i).chain(apart).collect()
}

fn place(grid: &Grid, i: usize) -> (Span, String) {
    let block = grid.block(i);
    let span = (block.range.first.col, block.range.last.col);
    (span, squash(&block.text))
}

fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Whether an empty column parts a place from the time that a label asks for. Behind a name it may
/// go on.
fn is_apart(grid: &Grid, label: &Label, (row, col): (u32, u32)) -> bool {
    let mut items = label.meanings.iter().map(|(_, item)| *item);
    let before = col.checked_sub(1);
    items.all(|item| matches!(item, Item::Time | Item::Start | Item::End))
        && before.is_some_and(|col| grid.row_over(row, col, col).next().is_none())
}

/// What stands between a label and a column of its row; `None` where nothing does.
fn value_before(grid: &Grid, label: &Label, (row, col): (u32, u32)) -> Option<String> {
    let from = label.range.last.col.checked_add(1)?;
    let between = grid.row_within(row, from, col.checked_sub(1)?);
    let texts = between.iter().map(|&i| squash(&grid.block(i).text));
    let text: String = texts.collect();
    (from < col && !text.is_empty()).then_some(text)
}

/// Whether the next that is written right of a column is a value.
fn has_value(grid: &Grid, (row, col): (u32, u32), is_free: impl Fn(usize) -> bool) -> bool {
    let Some(right) = col.checked_add(1) else {
        return false;
    };
    let mut beside = grid.row_within(row, right, u32::MAX).iter().copied();
    let next = beside.find(|&i| grid.block(i).holds());
    next.is_some_and(is_free)
}

/// Whether a text belongs to the answer of a label: one of its choices, or から and 令和 between two
/// days.
fn is_own(label: &Label, text: &str) -> bool {
    if squash(text).chars().all(is_of_frame) {
        return true;
    }
    let spans = &layout_words::words().spans;
    let mut items = label.meanings.iter().map(|(_, item)| *item);
    items.any(|item| item.offers_choices() || spans.end_of(item, text).is_some())
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::testing::{self, recognised, texts};
    use crate::recognise::{FormKind, Item};

    /// What two days on a sheet say of an item, with more cells behind the value of each.
    fn told(more: [[&'static str; 3]; 2], item: Item) -> Vec<Vec<String>> {
        let day = |date: &'static str, more: [&'static str; 3]| {
            [
                vec!["実施日", date],
                vec!["実施時間", "10:00～12:00"],
                vec!["作業内容", "検品"],
                vec!["支援内容", "10:00 電話で開始を確認した。"],
                vec!["心身の状況及び助言", "落ち着いている。"],
                vec!["記録者", more[0], more[1], more[2]],
            ]
        };
        let [one, two] = more;
        let rows = [day("令和7年9月1日", one), day("令和7年9月3日", two)].concat();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let forms = recognised(Sheet::of_rows(&rows)).forms;
        let days = forms.iter().filter(|form| form.kind == FormKind::Daily);
        days.map(|form| texts(form, item)).collect()
    }

    #[test]
    fn what_is_printed_behind_the_value_of_each_record_is_no_part_of_it() {
        let more = [["原", "サビ管の印", "友田"], ["西", "サビ管の印", "友田"]];
        assert_eq!(told(more, Item::Recorder), [["原"], ["西"]]);
    }

    #[test]
    fn what_stands_there_once_or_with_nothing_behind_it_is() {
        let once = [["原", "宿直", "友田"], ["西", "当番", "友田"]];
        assert_eq!(told(once, Item::Recorder)[0], ["原", "宿直", "友田"]);
        let coded = [["1", "宿直", "友田"], ["2", "宿直", "友田"]];
        assert_eq!(told(coded, Item::Recorder)[0], ["1", "宿直", "友田"]);
        let parts = [["10月", "令和", "7年"], ["11月", "令和", "7年"]];
        assert_eq!(told(parts, Item::Recorder)[0], ["10月", "令和", "7年"]);
        let last = [["原", "友田", ""], ["西", "友田", ""]];
        assert_eq!(told(last, Item::Recorder), [["原", "友田"], ["西", "友田"]]);
    }

    #[test]
    fn what_stands_beyond_an_empty_column_with_a_value_of_its_own_is_no_part_of_it() {
        let day = |row: &[&'static str], item: Item| {
            let rows: [&[&str]; 5] = [
                &["実施日", "令和7年9月1日", "支援方法", "電話"],
                row,
                &["作業内容", "検品"],
                &["支援内容", "10:00 電話で開始を確認した。"],
                &["記録者", "原"],
            ];
            testing::told(&rows, FormKind::Daily, item)
        };
        let row = ["実施時間", "10:00～12:00", "", "朝のようす", "熱36.1"];
        assert_eq!(day(&row, Item::Time), ["10:00～12:00"]);
        let row = ["実施時間", "10:00", "", "～", "12:00"];
        assert_eq!(day(&row, Item::Time), ["10:00", "～", "12:00"]);
    }
}
