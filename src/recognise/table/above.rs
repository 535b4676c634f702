//! What holds for a whole table and stands once, above it: the day of a table with a user in
//! each line, the user of a table with a day in each, the week of one with an evaluation in each.

use std::ops::Range;

use crate::model::CellRange;
use crate::recognise::calendar::is_day;
use crate::recognise::form::Entry;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, part_of, word};
use crate::recognise::section::week_span;
use crate::recognise::table::Table;
use crate::recognise::wording::layout_words;

/// Rows above a table in which its day is looked for.
const REACH: u32 = 6;
/// Rows right above a table in which its user is looked for.
const NEAR: u32 = 2;

/// Gives each line of a table without a column of users the user named right above it without
/// a label, and each line of one without a column of dates the day above it: what stands beside
/// a label for it, else the one date that stands there by itself. `entries` are those of
/// `labels`.
pub fn share(grid: &Grid, labels: &[Label], entries: &[Entry], tables: &mut [Table]) {
    let ranges: Vec<CellRange> = tables.iter().map(|table| table.range).collect();
    for table in tables {
        let has = |table: &Table, items: &[Item]| {
            let mut held = table.lines.iter().flat_map(|line| line.entries.keys());
            held.any(|item| items.contains(item))
        };
        let top = table.range.first.row;
        if matches!(table.kind, FormKind::Daily | FormKind::Weekly)
            && !has(table, &[Item::Name, Item::CertificateNumber])
            && let Some(user) = user(grid, labels, table)
        {
            give(table, &user);
        }
        if table.kind == FormKind::Daily && !has(table, &[Item::Date, Item::DateTime]) {
            let rows = top.saturating_sub(REACH)..top;
            let labelled = labels.iter().zip(entries).rev().find(|(label, entry)| {
                rows.contains(&label.range.first.row)
                    && label.item(FormKind::Daily) == Some(Item::Date)
                    && !entry.words.is_empty()
            });
            let day = labelled.map(|(_, entry)| entry.clone());
            if let Some(day) = day.or_else(|| day_alone(grid, rows)) {
                give(table, &[(Item::Date, day)]);
            }
        }
        let weeks = [Item::Period, Item::PeriodFrom, Item::PeriodTo];
        if table.kind == FormKind::Weekly && !table.sideways && !has(table, &weeks) {
            let others = ranges.iter().map(|range| range.last.row);
            let from = others.filter(|row| *row < top).max();
            let from = from.map_or(0, |row| row.saturating_add(1));
            let rows = top.saturating_sub(REACH).max(from)..top;
            if let Some(week) = week(grid, labels, entries, rows) {
                give(table, &[(Item::Period, week)]);
            }
        }
    }
}

fn give(table: &mut Table, common: &[(Item, Entry)]) {
    for line in &mut table.lines {
        for (item, entry) in common {
            line.entries.insert(*item, vec![entry.clone()]);
        }
    }
}

/// The blocks that begin in these rows, from top to bottom.
fn blocks(grid: &Grid, rows: Range<u32>) -> impl Iterator<Item = &Block> {
    let last = rows.end.checked_sub(1);
    let rows = last.map(|last| grid.rows_between(rows.start, last));
    rows.into_iter().flatten().flat_map(|row| {
        let blocks = grid.row(row).iter().map(|&i| grid.block(i));
        blocks.filter(move |block| block.range.first.row == row)
    })
}

/// The week that stands in these rows: beside a label for it, else in the only text that names
/// one.
fn week(grid: &Grid, labels: &[Label], entries: &[Entry], rows: Range<u32>) -> Option<Entry> {
    let is_week = |entry: &Entry| {
        let words = entry.words.iter().map(|word| word.text.as_str());
        week_span::span(&words.collect::<String>()).is_some()
    };
    let labelled = labels.iter().zip(entries).rev().find(|(label, entry)| {
        rows.contains(&label.range.first.row)
            && label.item(FormKind::Weekly) == Some(Item::Period)
            && is_week(entry)
    });
    if let Some((_, entry)) = labelled {
        return Some(entry.clone());
    }
    let mut named = blocks(grid, rows).filter_map(|block| {
        let text = week_span::span(&block.text)?;
        Some((block, text))
    });
    let (block, text) = named.next().filter(|_| named.next().is_none())?;
    let part = part_of(block, &text);
    Some(Entry::unlabelled(block.range.first, vec![part]))
}

/// The only whole date among the cells of these rows.
fn day_alone(grid: &Grid, rows: Range<u32>) -> Option<Entry> {
    let mut dates = blocks(grid, rows).filter(|block| {
        let stored = block.stored.as_ref();
        let is_whole = block.text.contains(['月', '/']);
        is_whole && stored.is_some_and(|stored| is_day(&block.text, stored))
    });
    let date = dates.next().filter(|_| dates.next().is_none())?;
    Some(Entry::unlabelled(date.range.first, vec![word(date)]))
}

/// The user whom a heading right above the table names, alone there and with no label near.
fn user(grid: &Grid, labels: &[Label], table: &Table) -> Option<Vec<(Item, Entry)>> {
    let top = table.range.first.row;
    let rows = top.saturating_sub(NEAR)..top;
    let is_labelled = |label: &Label| {
        let says_who = |(_, item): &(Option<FormKind>, Item)| {
            matches!(item, Item::Name | Item::CertificateNumber)
        };
        rows.contains(&label.range.first.row) && label.meanings.iter().any(says_who)
    };
    if labels.iter().any(is_labelled) {
        return None;
    }
    let people = &layout_words::words().people;
    let over = blocks(grid, rows).filter(|block| block.range.shares_cols(&table.range));
    let mut named = over.filter_map(|block| Some((block, people.addressed(&block.text)?)));
    let (block, user) = named.next().filter(|_| named.next().is_none())?;
    let told = |item: Item, text: &str| {
        let part = part_of(block, text);
        (item, Entry::unlabelled(block.range.first, vec![part]))
    };
    let name = told(Item::Name, &user.name);
    let number = user
        .number
        .map(|number| told(Item::CertificateNumber, &number));
    Some(std::iter::once(name).chain(number).collect())
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::item::{FormKind, Item};
    use crate::recognise::testing::{recognised, texts};

    /// What the forms of a table hold for an item, a line over it and one in it.
    fn told(above: &[&str], table: [[&str; 4]; 3], item: Item) -> Vec<String> {
        let rows: Vec<&[&str]> = [above, &[]]
            .into_iter()
            .chain(table.iter().map(|row| &row[..]))
            .collect();
        let forms = recognised(Sheet::of_rows(&rows)).forms;
        let entries = forms.iter().filter_map(|form| form.entries.get(&item));
        let words = entries.flatten().flat_map(|entry| &entry.words);
        words.map(|word| word.text.clone()).collect()
    }

    #[test]
    fn the_one_user_named_right_above_is_that_of_all_days() {
        let days = [
            ["日付", "開始時間", "作業内容", "支援内容"],
            ["9/1", "10:00", "検品", "電話。"],
            ["9/2", "10:30", "検品", "電話。"],
        ];
        let told = |above: &[&str]| told(above, days, Item::Name);
        let user = "森下　澪 様";
        assert_eq!(told(&[user]), [user, user]);
        assert!(told(&[user, "", "原　拓海 様"]).is_empty());
    }

    #[test]
    fn the_one_day_above_is_that_of_all_users() {
        let users = [
            ["氏名", "開始時間", "作業内容", "支援内容"],
            ["森下　澪", "10:00", "検品", "電話。"],
            ["原　拓海", "10:30", "検品", "電話。"],
        ];
        let told = |above: &[&str]| told(above, users, Item::Date);
        let day = "令和7年9月1日";
        assert_eq!(told(&[day]), [day, day]);
        assert!(told(&[day, "", "令和7年9月2日"]).is_empty());
    }

    #[test]
    fn the_week_above_is_that_of_all_evaluations_below_it() {
        let weeks = |above: [&'static [&'static str]; 2]| {
            let heads: &[&str] = &["氏名", "評価日", "方法", "評価の内容", "記録者"];
            let rows: [&[&str]; 7] = [
                above[0],
                heads,
                &["森下　澪", "9/5", "電話", "順調に続いた。", "原"],
                &["石田　陽子", "9/5", "電話", "疲れが見えた。", "原"],
                above[1],
                heads,
                &["森下　澪", "9/12", "電話", "手戻りが減った。", "原"],
            ];
            let forms = recognised(Sheet::of_rows(&rows)).forms;
            let weekly = forms.iter().filter(|form| form.kind == FormKind::Weekly);
            let told = weekly.map(|form| texts(form, Item::Period).concat());
            told.collect::<Vec<_>>()
        };
        let labelled: [&[&str]; 2] = [
            &["第1週", "対象期間：9/1～9/5"],
            &["第2週", "対象期間：9/8～9/12"],
        ];
        assert_eq!(weeks(labelled), ["9/1～9/5", "9/1～9/5", "9/8～9/12"]);
        let alone: [&[&str]; 2] = [&["第1週（9/1～9/5）"], &["第2週（9/8～9/12）"]];
        assert_eq!(weeks(alone), ["9/1~9/5", "9/1~9/5", "9/8~9/12"]);
        let month: [&[&str]; 2] = [&["対象期間：9/1～9/30"], &["2"]];
        assert_eq!(weeks(month)[..2], ["", ""]);
    }
}
