//! 開始時（10:00）, 途中（　：　） and 終了時 15:00 below each other: names of contacts with the time in
//! the name's own cell, and what was said on their right.
//!
//! What the times are is not read here.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::form::Entry;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, part_of};
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// Contacts that make a list.
const FEWEST: usize = 2;

/// Makes contacts of such names; a tall label on their left then asks for nothing.
pub fn mark(grid: &Grid, labels: &mut Vec<Label>) {
    let taken: BTreeSet<usize> = labels.iter().map(|label| label.block).collect();
    for run in runs(grid) {
        let says = |i: &&usize| said_beside(grid, &taken, **i).is_some_and(is_said);
        let is_alone = |i: &usize| said_beside(grid, &taken, *i).is_none_or(is_said);
        if !run.iter().all(is_alone) || run.iter().filter(says).count() == 0 {
            continue;
        }
        let heading = heading(grid, labels, &run);
        if let Some(heading) = heading.and_then(|at| labels.get_mut(at)) {
            if !is_of_contacts(heading) {
                continue;
            }
            heading.meanings = vec![(None, Item::Ignored)];
            heading.heading = None;
        }
        labels.retain(|label| !run.contains(&label.block));
        let contact = vec![(Some(FormKind::Daily), Item::Contact)];
        labels.extend(
            run.into_iter()
                .map(|block| Label::new(block, grid.block(block).range, contact.clone())),
        );
    }
    labels.sort_by_key(|label| (label.range.first, label.block));
}

/// Puts the time in the name of a contact before what was said.
pub fn put(grid: &Grid, labels: &[Label], own: &mut BTreeMap<Item, Vec<Entry>>) {
    for entry in own.get_mut(&Item::Contact).into_iter().flatten() {
        let Some((name, time)) = parts(&entry.label) else {
            continue;
        };
        let is_its = |label: &&Label| {
            let rows = label.range.first.row..=label.range.last.row;
            rows.contains(&entry.home.row) && grid.block(label.block).text_in_short() == entry.label
        };
        let block = labels.iter().find(is_its).map(|own| grid.block(own.block));
        entry.label = name;
        if let (Some(time), Some(block), false) = (time, block, entry.words.is_empty()) {
            entry.words.insert(0, part_of(block, &time));
        }
    }
}

/// Names of contacts that stand right below each other, one boxes' width wide.
fn runs(grid: &Grid) -> Vec<Vec<usize>> {
    let words = &layout_words::words().contacts;
    let names = |block: &Block| {
        let name = parts(&block.text).map(|(name, _)| name);
        block.stored.is_some() && name.is_some_and(|name| words.is_moment(&name))
    };
    let mut runs: Vec<Vec<usize>> = Vec::new();
    // The last one that begins in each column.
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for (i, block) in grid.blocks().iter().enumerate().filter(|(_, b)| names(b)) {
        let range = block.range;
        let follows = |run: &&mut Vec<usize>| {
            let last = run.last().map(|&last| grid.block(last).range);
            last.is_some_and(|last| {
                last.last.row.checked_add(1) == Some(range.first.row)
                    && last.last.col == range.last.col
            })
        };
        let at = open.get(&range.first.col).copied();
        match at.and_then(|at| runs.get_mut(at)).filter(follows) {
            Some(run) => run.push(i),
            None => {
                open.insert(range.first.col, runs.len());
                runs.push(vec![i]);
            }
        }
    }
    runs.retain(|run| run.len() >= FEWEST);
    runs
}

/// What is written right of a name: `None` for an empty box.
fn said_beside<'a>(grid: &'a Grid, labels: &BTreeSet<usize>, name: usize) -> Option<&'a str> {
    let range = grid.block(name).range;
    let right = range.last.col.checked_add(1)?;
    let beside = grid.row_over(range.first.row, right, right).next()?;
    match labels.contains(&beside) {
        // Another label: the times are no contacts'.
        true => Some(""),
        false => Some(grid.block(beside).text.as_str()).filter(|text| !text.trim().is_empty()),
    }
}

/// Whether words stand there, and no time or sign.
fn is_said(text: &str) -> bool {
    const SHORTEST: usize = 3;
    let text = squash(text);
    text.chars().count() >= SHORTEST && !is_clock_or_frame(&text)
}

/// The label left of a run that is as tall.
fn heading(grid: &Grid, labels: &[Label], run: &[usize]) -> Option<usize> {
    let (first, last) = (run.first()?, run.last()?);
    let (first, last) = (grid.block(*first).range, grid.block(*last).range);
    let left = first.first.col.checked_sub(1)?;
    labels.iter().position(|label| {
        let range = label.range;
        label.inline.is_none()
            && range.last.col == left
            && range.first.row <= first.first.row
            && range.last.row >= last.last.row
    })
}

fn is_of_contacts(label: &Label) -> bool {
    matches!(
        label.item(FormKind::Daily),
        Some(Item::Support | Item::Contact | Item::Ignored)
    )
}

/// The name and the time of `開始時（10:00）`, `開始時 10:00` or `10:00 開始`; of a frame for the
/// time that nobody has filled in, none.
fn parts(text: &str) -> Option<(String, Option<String>)> {
    const LONGEST: usize = 32;
    let text = squash(text);
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let bracketed = || {
        let (name, inner) = text.strip_suffix([')', ']'])?.split_once(['(', '['])?;
        let inner = inner.strip_prefix("時刻").unwrap_or(inner);
        let inner = inner
            .strip_prefix(':')
            .filter(|rest| is_clock(rest))
            .unwrap_or(inner);
        is_clock_or_frame(inner).then_some((name, inner))
    };
    let behind = || {
        let at = text
            .find(|c: char| c.is_ascii_digit())
            .filter(|at| *at > 0)?;
        let (name, time) = text.split_at_checked(at)?;
        is_clock(time).then(|| (name.trim_end_matches(':'), time))
    };
    let before = || {
        let ends = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        let cuts = ends.filter_map(|at| text.split_at_checked(at));
        let mut longest_first = cuts.rev();
        let clock = longest_first.find(|(time, _)| is_clock(time));
        clock.map(|(time, name)| (name, time))
    };
    let (name, time) = bracketed().or_else(behind).or_else(before)?;
    let time = Some(time.to_owned()).filter(|time| is_clock(time));
    // 10:00～16:00 is a span.
    let is_name = !name.is_empty() && !name.starts_with(['~', '-', ':']);
    is_name.then(|| (name.to_owned(), time))
}

fn is_clock_or_frame(text: &str) -> bool {
    is_clock(text) || text.chars().all(|c| ":時分頃_".contains(c))
}

/// Whether a text is one time of day and nothing else: `10:00`, `9時`, `9時30分頃`. Squashed.
pub fn is_clock(text: &str) -> bool {
    let text = text.strip_suffix('頃').unwrap_or(text);
    let is_count =
        |part: &str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let by_colon = text.split_once(':');
    let by_words = text.split_once('時');
    by_colon.is_some_and(|(hour, minute)| is_count(hour) && is_count(minute) && minute.len() == 2)
        || by_words.is_some_and(|(hour, rest)| {
            let minute = rest.strip_suffix('分').unwrap_or("");
            is_count(hour) && (rest.is_empty() || rest == "半" || is_count(minute))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::form::Word;
    use crate::recognise::testing::recognised;

    /// The contacts and the support of the form of a day with these rows below its head.
    fn told(rows: &[(&str, &str)], merged: &[&str]) -> (Vec<String>, Vec<String>) {
        let head = [
            ("A1", "在宅における就労支援記録"),
            ("A2", "氏名"),
            ("C2", "森 健太"),
            ("A3", "実施日"),
            ("C3", "令和7年9月1日"),
            ("A4", "作業内容"),
            ("C4", "宛名の入力"),
            ("A9", "心身の状況"),
            ("C9", "良好"),
            ("A10", "記録者"),
            ("C10", "坂本"),
        ];
        let cells = [&head[..], rows].concat();
        let forms = recognised(Sheet::of_texts("記録", &cells).merging(merged)).forms;
        assert_eq!(forms.len(), 1, "{forms:#?}");
        let said = |item: Item| {
            let entries = forms[0].entries.get(&item).into_iter().flatten();
            let text = |entry: &Entry| {
                let words = entry.words.iter().map(|word: &Word| word.text.as_str());
                format!("{}|{}", entry.label, words.collect::<Vec<_>>().join(" "))
            };
            entries.map(text).collect::<Vec<_>>()
        };
        (said(Item::Contact), said(Item::Support))
    }

    #[test]
    fn the_time_in_the_name_is_that_of_the_contact() {
        for (names, merged) in [
            (
                [
                    "開始時（１０：００）",
                    "途中（　：　）",
                    "終了時（１６：００）",
                ],
                "A6:A8",
            ),
            (
                ["作業開始 10:00", "途中経過 （　時　分）", "作業終了 16:00"],
                "A6:A8",
            ),
            (
                [
                    "①開始連絡（時刻：10:00）",
                    "②途中（：）",
                    "③終了連絡（16:00）",
                ],
                "A6:A8",
            ),
            (["10:00 開始", "途中（　：　）", "16:00 終了"], "A6:A8"),
        ] {
            let rows = [
                ("A6", "支\n援\n内\n容"),
                ("B6", names[0]),
                ("C6", "今日の予定を聞いた。"),
                ("B7", names[1]),
                ("B8", names[2]),
                ("C8", "30枚を終えた。"),
            ];
            let (contacts, support) = told(&rows, &[merged]);
            let told: Vec<&String> = contacts.iter().filter(|it| !it.ends_with('|')).collect();
            assert_eq!(told.len(), 2, "{names:?} {contacts:?}");
            assert!(
                told[0].ends_with("|10:00 今日の予定を聞いた。"),
                "{contacts:?}"
            );
            assert!(told[1].ends_with("|16:00 30枚を終えた。"), "{contacts:?}");
            assert!(support.is_empty(), "{support:?}");
        }
    }

    #[test]
    fn times_beside_nothing_said_are_no_contacts() {
        let rows = [
            ("A6", "作業時間"),
            ("B6", "開始（10:00）"),
            ("B7", "終了（16:00）"),
            ("A8", "支援内容"),
            ("C8", "10:00 電話。16:00 電話。"),
        ];
        assert!(told(&rows, &["A6:A7"]).0.is_empty());
    }

    #[test]
    fn only_a_name_and_a_time_are_parted() {
        assert_eq!(
            parts("終了時（１６：００）"),
            Some(("終了時".to_owned(), Some("16:00".to_owned())))
        );
        assert_eq!(parts("途中（　：　）"), Some(("途中".to_owned(), None)));
        for other in [
            "開始時",
            "開始（予定）",
            "10:00～16:00",
            "10:00",
            "支援内容（1日2回）",
        ] {
            assert_eq!(
                parts(other).filter(|(_, time)| time.is_some()),
                None,
                "{other}"
            );
        }
    }
}
