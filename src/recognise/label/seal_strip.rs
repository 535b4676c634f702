//! The boxes for the seals of an office: 管理者, サビ管 and 担当 beside each other over empty boxes
//! at the top of a form, or anywhere over names and seals.
//!
//! Where a form asks who confirmed it is another label's.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Meanings;
use crate::text::squash;

/// Who puts a seal on a form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealWords {
    roles: Vec<Key>,
}

impl SealWords {
    fn is_role(&self, text: &str) -> bool {
        let key = label_key(text);
        self.roles.iter().any(|role| role.is(&key))
    }
}

/// Lets the labels of such boxes ask for nothing. Where the boxes hold names or seals, they tell
/// who signed what no label of the form asks for.
pub fn mark(grid: &Grid, labels: &mut [Label]) {
    let empty = empty_strip(grid, labels);
    for label in labels
        .iter_mut()
        .filter(|label| empty.contains(&label.block))
    {
        label.meanings = vec![(None, Item::Ignored)];
        label.heading = None;
    }
    let signed = signed_strips(grid, labels);
    if signed.is_empty() {
        return;
    }
    let is_own = |label: &&Label| !signed.contains(&label.block);
    let asked: Meanings = labels
        .iter()
        .filter(is_own)
        .flat_map(|label| label.meanings.iter().cloned())
        .collect();
    for label in labels
        .iter_mut()
        .filter(|label| signed.contains(&label.block))
    {
        label
            .meanings
            .retain(|meant| meant.1 != Item::Ignored && !asked.contains(meant));
        label.meanings.push((None, Item::Ignored));
        label.heading = None;
    }
}

/// The blocks of the rows of roles over names or seals: nothing else stands in the row beside
/// them, and one of the roles at least asks for nothing by itself, as 管理者 does.
fn signed_strips(grid: &Grid, labels: &[Label]) -> BTreeSet<usize> {
    let asks: BTreeMap<usize, bool> = labels
        .iter()
        .map(|label| {
            let mut meanings = label.meanings.iter();
            (
                label.block,
                meanings.any(|(_, item)| *item != Item::Ignored),
            )
        })
        .collect();
    let asks = |i: usize| asks.get(&i).copied();
    let words = &layout_words::words().seals;
    let is_role = |i: &usize| words.is_role(&grid.block(*i).text);
    let is_signed = |i: usize| below(grid, i).is_some_and(|i| is_seal(&grid.block(i).text));
    let is_plain = |i: usize| {
        let mut below = below(grid, i).into_iter();
        below.all(|i| asks(i).is_none() && is_seal(&grid.block(i).text))
    };
    let mut found = BTreeSet::new();
    for row in grid.rows_between(0, grid.last_row()) {
        let begins = |i: &usize| grid.block(*i).range.first.row == row;
        let here: Vec<usize> = grid.row(row).iter().copied().filter(begins).collect();
        let roles = here.iter().copied().filter(|i| is_role(i) && is_plain(*i));
        let roles: Vec<usize> = roles.collect();
        let is_beside = |i: &usize| {
            let is_head = asks(*i) == Some(true) && !roles.contains(i);
            let mut touching = roles.iter();
            is_head && touching.any(|role| touch(grid, *role, *i) || touch(grid, *i, *role))
        };
        if roles.len() >= FEWEST
            && roles
                .windows(2)
                .all(|pair| matches!(pair, [one, two] if touch(grid, *one, *two)))
            && roles.iter().any(|i| is_signed(*i))
            && roles.iter().any(|i| asks(*i) != Some(true))
            && !here.iter().any(is_beside)
        {
            found.extend(roles);
        }
    }
    found
}

/// The block that is written right below another.
fn below(grid: &Grid, i: usize) -> Option<usize> {
    let range = grid.block(i).range;
    let row = range.last.row.checked_add(1)?;
    let mut under = grid
        .row_within(row, range.first.col, range.last.col)
        .iter()
        .copied();
    under.find(|&i| grid.block(i).stored.is_some())
}

/// What stands in the box of a seal: a name, 印, or the day of the seal.
fn is_seal(text: &str) -> bool {
    const LONGEST: usize = 10;
    let text = squash(text);
    let is_part = |c: char| c.is_alphanumeric() || "㊞()/.・".contains(c);
    text.chars().count() <= LONGEST && text.chars().all(is_part)
}

/// Whether two blocks stand side by side, the first on the left.
fn touch(grid: &Grid, left: usize, right: usize) -> bool {
    let (left, right) = (grid.block(left).range, grid.block(right).range);
    left.last.col.checked_add(1) == Some(right.first.col)
}

/// Roles that make a strip.
const FEWEST: usize = 2;

/// The blocks of the first strip over empty boxes, where no label of the form stands above it.
fn empty_strip(grid: &Grid, labels: &[Label]) -> BTreeSet<usize> {
    let words = &layout_words::words().seals;
    let is_role = |i: usize| words.is_role(&grid.block(i).text) && below(grid, i).is_none();
    let own = |label: &&Label| {
        let mut meanings = label.meanings.iter();
        label.inline.is_none()
            && !is_role(label.block)
            && meanings.any(|(_, item)| *item != Item::Ignored)
    };
    let top = labels
        .iter()
        .filter(own)
        .map(|label| label.range.first.row)
        .min();
    let last = top.unwrap_or(0);
    for row in grid.rows_between(0, last) {
        let roles: Vec<usize> = grid
            .row(row)
            .iter()
            .copied()
            .filter(|&i| is_role(i))
            .collect();
        let side_by_side = |pair: &[usize]| matches!(pair, [one, two] if touch(grid, *one, *two));
        if roles.len() >= FEWEST && roles.windows(2).all(side_by_side) {
            return roles.into_iter().collect();
        }
    }
    BTreeSet::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::FormKind;
    use crate::recognise::testing::recognised;

    fn confirmers(cells: &[(&str, &str)]) -> Vec<bool> {
        let week = [
            ("A2", "氏名"),
            ("B2", "森 健太"),
            ("A3", "評価日"),
            ("B3", "令和7年9月5日"),
            ("A4", "評価方法"),
            ("B4", "訪問"),
            ("A5", "対象期間"),
            ("B5", "令和7年9月1日～9月5日"),
            ("A6", "評価内容"),
            ("B6", "順調。"),
            ("A7", "評価者"),
            ("B7", "坂本"),
        ];
        let all = [&[("A1", "週の評価")], &week[..], cells].concat();
        let forms = recognised(Sheet::of_texts("評価", &all)).forms;
        let has = |form: &crate::recognise::Form| form.entries.contains_key(&Item::Confirmer);
        forms.iter().map(has).collect()
    }

    #[test]
    fn empty_boxes_at_the_top_are_for_seals() {
        assert_eq!(confirmers(&[("D1", "施設長"), ("E1", "サビ管")]), [false]);
    }

    #[test]
    fn who_confirms_below_or_has_signed_is_asked_for() {
        assert_eq!(confirmers(&[("A8", "サビ管"), ("B8", "岡")]), [true]);
        let signed = [
            ("D1", "施設長"),
            ("E1", "サビ管"),
            ("D2", "今井"),
            ("E2", "岡"),
        ];
        assert!(confirmers(&signed).contains(&true));
    }

    /// The recorders of the days on a sheet with boxes for seals above the form of a day.
    fn recorders(strip: [[&str; 3]; 2], own: Option<&str>) -> Vec<String> {
        let mut rows: Vec<Vec<&str>> = vec![
            vec!["在宅支援日報", "", strip[0][0], strip[0][1], strip[0][2]],
            vec!["", "", strip[1][0], strip[1][1], strip[1][2]],
            vec!["実施日", "令和7年9月1日", "氏名", "森 健太"],
            vec!["実施時間", "10:00～15:00", "方法", "電話"],
            vec!["作業内容", "検品"],
            vec!["支援内容", "10:00 開始の連絡。\n15:00 終了の連絡。"],
            vec!["心身の状況", "良好"],
        ];
        rows.extend(own.map(|name| vec!["記録者", name]));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let forms = recognised(Sheet::of_rows(&rows)).forms;
        let days = forms.iter().filter(|form| form.kind == FormKind::Daily);
        let told = days.map(|form| {
            let entries = form.entries.get(&Item::Recorder).into_iter().flatten();
            let words = entries.flat_map(|entry| &entry.words);
            words.map(|word| word.text.as_str()).collect::<String>()
        });
        told.collect()
    }

    #[test]
    fn names_under_roles_cut_no_record() {
        for roles in [
            ["管理者", "サビ管", "担当"],
            ["施設長", "サービス管理責任者", "記録者"],
            ["所長", "主任", "支援員"],
        ] {
            for names in [
                ["長谷", "岡", "津田"],
                ["㊞", "岡", ""],
                ["9/2", "9/1", "津田"],
            ] {
                let told = recorders([roles, names], Some("大友"));
                assert_eq!(told, ["大友"], "{roles:?} {names:?}");
            }
        }
    }

    #[test]
    fn they_tell_who_recorded_where_nothing_else_does() {
        let strip = [["管理者", "サビ管", "担当"], ["長谷", "岡", "津田"]];
        assert_eq!(recorders(strip, None), ["津田"]);
    }

    #[test]
    fn labels_beside_each_other_that_ask_are_no_boxes_for_seals() {
        let rows: [&[&str]; 6] = [
            &["在宅支援日報"],
            &["実施日", "令和7年9月1日", "氏名", "森 健太"],
            &["実施時間", "10:00～15:00", "方法", "電話"],
            &["作業内容", "検品"],
            &["支援内容", "10:00 開始の連絡。\n15:00 終了の連絡。"],
            &["記録者", "津田", "管理者", "長谷"],
        ];
        let forms = recognised(Sheet::of_rows(&rows)).forms;
        assert!(forms[0].entries.contains_key(&Item::Recorder));
    }
}
