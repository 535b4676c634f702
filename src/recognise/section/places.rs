//! Where the labels of a sheet stand among its titles and tables.

use std::collections::BTreeSet;

use crate::model::Cell;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::titles::Title;

/// Where a label stands among titles and walls.
pub struct Place {
    /// What the title above it names.
    pub title: Option<FormKind>,
    /// Whether a title or a wall stands between it and the label before.
    pub parted: bool,
    /// Whether it says whose the table right below it is.
    pub heads_table: bool,
    /// Whether only the office uses it.
    pub own: bool,
}

/// The places of all `labels`, given in reading order. `walls` and `own` are as in
/// [`cheapest`](super::cut::cheapest).
pub fn places(
    labels: &[Label],
    titles: &[Title],
    walls: &[Cell],
    own: &BTreeSet<usize>,
) -> Vec<Place> {
    let mut titles = titles.to_vec();
    titles.sort_by_key(|title| title.at);
    let mut borders: Vec<Cell> = titles.iter().map(|title| title.at).collect();
    borders.extend(walls);
    borders.sort_unstable();
    let at = |label: &Label| label.range.first;
    let heads_table = heads_table(labels, walls);
    let place = |(i, label): (usize, &Label)| {
        let here = at(label);
        let above = titles.partition_point(|title| title.at <= here);
        let up_to = borders.partition_point(|cell| *cell <= here);
        let last = borders[..up_to].last();
        let before = i.checked_sub(1).map_or(here, |i| at(&labels[i]));
        Place {
            title: titles[..above].last().map(|title| title.kind),
            parted: last.is_some_and(|last| *last == here || *last > before),
            heads_table: heads_table.get(i).copied().unwrap_or_default(),
            own: own.contains(&label.block),
        }
    };
    labels.iter().enumerate().map(place).collect()
}

/// Of each label, whether it is about a user and a wall stands a few rows below it, with nothing
/// but such labels between them.
fn heads_table(labels: &[Label], walls: &[Cell]) -> Vec<bool> {
    const NEAR: u32 = 3;
    let is_of_user = |label: &Label| {
        let mut items = label.meanings.iter().map(|(_, item)| *item);
        !label.meanings.is_empty()
            && items.all(|item| matches!(item, Item::Name | Item::CertificateNumber))
    };
    let mut walls = walls.to_vec();
    walls.sort_unstable();
    let mut after: Option<Cell> = None;
    let mut heads: Vec<bool> = labels
        .iter()
        .rev()
        .map(|label| {
            let here = label.range.first;
            let is_of_user = is_of_user(label);
            let next = walls.partition_point(|wall| *wall <= here);
            let wall = walls
                .get(next)
                .filter(|wall| wall.row <= here.row.saturating_add(NEAR));
            let heads = wall.is_some_and(|wall| after.is_none_or(|after| *wall <= after));
            if !is_of_user {
                after = Some(here);
            }
            is_of_user && heads
        })
        .collect();
    heads.reverse();
    heads
}
