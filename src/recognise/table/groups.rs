//! Groups of columns that hold the same for one user or day each, side by side in one table.

use std::collections::BTreeMap;

use crate::recognise::calendar::is_day;
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::{LabelBlocks, word};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;

/// One header for each group: the columns that all groups share, and its own. A header without
/// groups stays as it is.
pub fn split(grid: &Grid, labels: &LabelBlocks, header: Header) -> Vec<Header> {
    let Some(groups) = groups(&header) else {
        return vec![header];
    };
    let columns = |(first, end): (usize, usize)| header.columns.get(first..end).unwrap_or_default();
    let named: Option<Vec<BTreeMap<Item, Entry>>> = groups
        .each
        .iter()
        .map(|group| common(grid, labels, &header, columns(*group)))
        .collect();
    let Some(named) = named else {
        return vec![header];
    };
    let (before, after) = (
        columns((0, groups.from)),
        columns((groups.to, header.columns.len())),
    );
    let split = groups.each.iter().zip(named).map(|(group, common)| {
        // The user or day over it is no part of a column's own heads.
        let is_own = |head: &String| !common.values().any(|entry| entry.label == *head);
        let own = columns(*group).iter().map(|column| {
            let heads: Vec<String> = column.heads.iter().filter(|h| is_own(h)).cloned().collect();
            Column {
                label: heads.join(" "),
                heads,
                ..column.clone()
            }
        });
        let own: Vec<Column> = own.collect();
        let all = before.iter().cloned().chain(own);
        Header {
            columns: all.chain(after.iter().cloned()).collect(),
            legend: header.legend.clone(),
            beside: header.beside.clone(),
            own: columns(*group).first().map(|column| column.span.0),
            common,
            ..header
        }
    });
    split.collect()
}

/// Where the groups stand among the columns of a header.
struct Groups {
    from: usize,
    to: usize,
    each: Vec<(usize, usize)>,
}

fn groups(header: &Header) -> Option<Groups> {
    const SMALLEST: usize = 2;
    const MOST_COLUMNS: usize = 128;
    let keys: Vec<String> = header
        .columns
        .iter()
        .map(|column| {
            column
                .heads
                .last()
                .map(|head| label_key(head))
                .unwrap_or_default()
        })
        .collect();
    let is_plain = |column: &Column| !matches!(column.holds, Some(Holds::Day(_)));
    if keys.len() > MOST_COLUMNS || header.tiers > 1 || !header.columns.iter().all(is_plain) {
        return None;
    }
    let known = |first: usize, end: usize| {
        let columns = header.columns.get(first..end).unwrap_or_default().iter();
        let known = columns.filter(|c| {
            matches!(c.holds, Some(Holds::Item(item)) if item != Item::Ignored)
                || matches!(c.holds, Some(Holds::Part(_)))
        });
        known.count()
    };
    // Nothing but the parts of a contact is nobody's record.
    let is_contact = |first: usize, end: usize| {
        let mut columns = header.columns.get(first..end).unwrap_or_default().iter();
        columns.all(|column| matches!(column.holds, Some(Holds::Part(_))))
    };
    let mut best: Option<Groups> = None;
    for from in 0..keys.len() {
        for size in SMALLEST..=(keys.len() - from) / 2 {
            let group = keys.get(from..from + size)?;
            let mut to = from + size;
            while keys.get(to..to + size) == Some(group) {
                to += size;
            }
            let wider = best
                .as_ref()
                .is_none_or(|best| to - from > best.to - best.from);
            let is_record = known(from, from + size) >= SMALLEST && !is_contact(from, from + size);
            if to > from + size && is_record && wider {
                let starts = (from..to).step_by(size);
                best = Some(Groups {
                    from,
                    to,
                    each: starts.map(|first| (first, first + size)).collect(),
                });
            }
        }
    }
    best
}

/// What the head over a group says of all that stands in it; `None` where the group has neither
/// a user nor a day of its own.
fn common(
    grid: &Grid,
    labels: &LabelBlocks,
    header: &Header,
    group: &[Column],
) -> Option<BTreeMap<Item, Entry>> {
    const REACH: u32 = 2;
    let (left, right) = (group.first()?.span.0, group.last()?.span.1);
    let rows = header.rows.0.saturating_sub(REACH)..header.rows.1;
    let mut heads = rows.rev().flat_map(|row| grid.row_over(row, left, right));
    let head = heads.find(|&i| {
        let block = grid.block(i);
        let (first, last) = (block.range.first.col, block.range.last.col);
        block.stored.is_some()
            && first == left
            && last <= right
            && !labels.all.contains(&i)
            && (last > group.first().map_or(left, |column| column.span.1)
                || header.rows.0 > block.range.last.row)
    });
    let head = head.map(|i| grid.block(i));
    let stands = |text: String, stored| {
        let block = head?;
        let word = Word {
            text,
            stored,
            ..word(block)
        };
        Some(Entry::new(
            block.text_in_short(),
            block.range.first,
            vec![word],
        ))
    };
    if let Some(block) = head {
        let words = layout_words::words();
        // 始業時　連絡 is two short words as a name is.
        let is_contact = words.contacts.is_of_contact(&label_key(&block.text));
        if let Some(named) = words.people.named(&block.text).filter(|_| !is_contact) {
            let mut common = BTreeMap::new();
            common.insert(Item::Name, stands(named.name, None)?);
            if let Some(number) = named.number {
                common.insert(Item::CertificateNumber, stands(number, None)?);
            }
            return Some(common);
        }
        if let Some(stored) = block.stored.clone()
            && is_day(&block.text, &stored)
        {
            let day = stands(block.text.clone(), Some(stored))?;
            return Some(BTreeMap::from([(Item::Date, day)]));
        }
    }
    let own = |item| {
        group
            .iter()
            .any(|column| column.holds == Some(Holds::Item(item)))
    };
    (own(Item::Date) || own(Item::Name)).then(BTreeMap::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::lines;

    /// What the lines of the tables on a sheet hold for an item.
    fn told(rows: &[&[&str]], merged: &[&str], item: Item) -> Vec<String> {
        let text = |entries: &Vec<Entry>| {
            let words = entries.iter().flat_map(|entry| &entry.words);
            words.map(|w| w.text.as_str()).collect::<Vec<_>>().join("/")
        };
        let lines = lines(rows, merged);
        let told = lines
            .iter()
            .map(|line| line.entries.get(&item).map(text).unwrap_or_default());
        told.collect()
    }

    const HEADS: [&str; 7] = [
        "日付",
        "作業内容",
        "時刻",
        "内容",
        "作業内容",
        "時刻",
        "内容",
    ];

    #[test]
    fn each_user_of_a_table_has_lines_of_their_own() {
        let rows: [&[&str]; 3] = [
            &["", "森下　澪 様", "", "", "原　拓海 様"],
            &[
                "日付",
                "作業内容",
                "時間",
                "体調",
                "作業内容",
                "時間",
                "体調",
            ],
            &[
                "9/2",
                "検品",
                "9:30～12:30",
                "良好",
                "宛名書き",
                "10:00～15:00",
                "眠気",
            ],
        ];
        let told = |item| told(&rows, &["B1:D1", "E1:G1"], item);
        assert_eq!(told(Item::Name), ["森下　澪 様", "原　拓海 様"]);
        assert_eq!(told(Item::Work), ["検品", "宛名書き"]);
        assert_eq!(told(Item::Date), ["9/2", "9/2"]);
    }

    #[test]
    fn contacts_with_the_same_heads_are_no_users() {
        let rows: [&[&str]; 3] = [
            &["日付", "始業時　連絡", "", "就業中　確認", "", "作業内容"],
            &["", "時刻", "内容", "時刻", "内容", ""],
            &["9/2", "9:30", "体調は良好", "13:00", "順調", "検品"],
        ];
        let merged = ["A1:A2", "B1:C1", "D1:E1", "F1:F2"];
        assert_eq!(told(&rows, &merged, Item::Work), ["検品"]);
        let contacts = told(&rows, &merged, Item::Contact);
        assert_eq!(contacts, ["9:30/体調は良好/13:00/順調"]);
    }

    #[test]
    fn columns_with_the_same_heads_and_no_user_over_them_stay_one_table() {
        let rows: [&[&str]; 3] = [
            &["", "午前", "", "", "午後"],
            &HEADS,
            &["9/2", "検品", "9:30", "開始", "宛名書き", "13:00", "再開"],
        ];
        let work = told(&rows, &["B1:D1", "E1:G1"], Item::Work);
        assert_eq!(work, ["検品/宛名書き"]);
    }
}
