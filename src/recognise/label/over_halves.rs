//! Words such as 目標と取組 and 評価 beside each other over the halves of one form: each heads the
//! labels in its half, with their boxes, and opens no form of its own.

use std::collections::BTreeMap;

use crate::model::{Cell, CellRange};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;

/// Lets such words ask for nothing: headings over labels that say of no day, some of which a form
/// of the heading's kind has not, with another such half beside it that no form opens.
pub fn mark(grid: &Grid, labels: &mut [Label]) {
    let standing: BTreeMap<Cell, usize> = (0..)
        .zip(labels.iter())
        .filter(|(_, label)| label.inline.is_none() && !label.meanings.is_empty())
        .map(|(i, label)| (label.range.first, i))
        .collect();
    let half = |range: CellRange| half(labels, &standing, range);
    let opens = |block: usize| {
        let mut known = labels.iter();
        known.any(|label| label.block == block && label.heading.is_some())
    };
    let is_beside = |block: usize, range: CellRange| {
        let own = grid.block(block).range;
        let is_as_tall = (own.first.row, own.last.row) == (range.first.row, range.last.row);
        let touches = own.last.col.checked_add(1) == Some(range.first.col)
            || range.last.col.checked_add(1) == Some(own.first.col);
        is_as_tall && touches && grid.block(block).stored.is_some() && !opens(block)
    };
    let heads: Vec<usize> = (0..)
        .zip(labels.iter())
        .filter(|(_, label)| {
            let Some(kind) = label.heading.filter(|_| label.inline.is_none()) else {
                return false;
            };
            let own = half(label.range);
            let mut beside = grid.row(label.range.first.row).iter();
            own.iter().any(|below| below.item(kind).is_none())
                && !own.iter().any(|below| tells_when(below, kind))
                && beside
                    .any(|&i| is_beside(i, label.range) && !half(grid.block(i).range).is_empty())
        })
        .map(|(i, _)| i)
        .collect();
    for i in heads {
        if let Some(label) = labels.get_mut(i) {
            label.heading = None;
            label.meanings = vec![(None, Item::Ignored)];
        }
    }
}

/// The labels right below some cells, one a row, that begin where these do and leave room for a
/// box beside them.
fn half<'a>(
    labels: &'a [Label],
    standing: &BTreeMap<Cell, usize>,
    range: CellRange,
) -> Vec<&'a Label> {
    let mut found: Vec<&Label> = Vec::new();
    let mut row = range.last.row.saturating_add(1);
    while let Some(label) = standing
        .get(&Cell::new(row, range.first.col))
        .and_then(|&i| labels.get(i))
        .filter(|label| label.range.last.col < range.last.col)
    {
        found.push(label);
        row = label.range.last.row.saturating_add(1);
    }
    found
}

/// Whether a label asks in a form of this kind when it was made or what it is about.
fn tells_when(label: &Label, kind: FormKind) -> bool {
    use Item::{Date, DateTime, Method, Period, PeriodFrom, PeriodTo, PreviousDate};
    let item = label.item(kind);
    item.is_some_and(|item| {
        matches!(
            item,
            Date | DateTime | Method | Period | PeriodFrom | PeriodTo | PreviousDate
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::item::FormKind;
    use crate::recognise::testing::recognised;

    fn kinds(heads: [&str; 2], below: [&str; 3]) -> Vec<FormKind> {
        let rows: [&[&str]; 8] = [
            &["在宅支援 月間評価シート（令和7年9月分）"],
            &["氏名", "森 健太", "受給者証番号", "1234567890"],
            &["評価日", "令和7年9月24日", "方法", "通所"],
            &["前回評価日", "令和7年8月22日", "評価者", "大友"],
            &[heads[0], "", heads[1], ""],
            &["訓練目標", "見本どおりに仕上げる。", below[0], "できた。"],
            &["取組内容", "動画を見た。", below[1], "なし。"],
            &["特記事項", "なし", below[2], "続ける。"],
        ];
        let sheet = Sheet::of_rows(&rows).merging(&["A5:B5", "C5:D5"]);
        let forms = recognised(sheet).forms;
        forms.iter().map(|form| form.kind).collect()
    }

    #[test]
    fn words_over_the_halves_of_a_form_open_none() {
        let month = ["達成度", "課題", "改善の方針"];
        assert_eq!(kinds(["目標と取組", "評価"], month), [FormKind::Monthly]);
        assert_eq!(kinds(["本人", "評価"], month), [FormKind::Monthly]);
    }

    #[test]
    fn a_form_of_its_own_may_begin_beside_another() {
        let week = ["評価日", "評価内容", "対象期間"];
        let found = kinds(["目標と取組", "週の評価"], week);
        assert!(found.contains(&FormKind::Weekly), "{found:?}");
    }
}
