//! The days of a week that stand above its evaluation without a label: `9月1日（月）～9月5日（金）` in
//! a corner of the sheet, or `【第2週】（9/8～9/12）` over it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::Section;
use super::outside::Outside;
use crate::model::Cell;
use crate::recognise::calendar::is_of_era;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, part_of};
use crate::recognise::titles::Titles;
use crate::text::squash;

/// Gives the evaluation in section `number`, where it has no label for its week, the days that
/// stand above it. `taken` is of all blocks of the sheet.
pub fn add(
    grid: &Grid,
    outside: &Outside,
    number: usize,
    taken: &[bool],
    own: &mut BTreeMap<Item, Vec<Entry>>,
) {
    let mut items = [Item::Period, Item::PeriodFrom, Item::PeriodTo].iter();
    if items.any(|item| own.contains_key(item)) {
        return;
    }
    let is_taken = |i: usize| taken.get(i).copied().unwrap_or(true);
    let rows = rows(&outside.labels, &outside.sections, number);
    if let Some(week) = week(grid, rows, is_taken) {
        own.insert(Item::Period, vec![week]);
    }
}

/// The blocks that are labels, values of one or in a table; a title may name its week.
pub fn taken(grid: &Grid, titles: &Titles, outside: &Outside) -> Vec<bool> {
    let mut taken = outside.closed.clone();
    let mut set = |i: usize, is_taken: bool| {
        if let Some(place) = taken.get_mut(i) {
            *place = is_taken;
        }
    };
    let titles = titles.all().iter();
    titles.for_each(|title| set(title.block, false));
    let labels = outside.labels.iter();
    labels.for_each(|label| set(label.block, true));
    let entries = outside.entries.iter().zip(&outside.items);
    let asked = entries.filter(|(_, item)| item.is_some());
    let words = asked.flat_map(|(entry, _)| &entry.words);
    let used: BTreeSet<Cell> = words.map(|word| word.cell).collect();
    for (i, block) in grid.blocks().iter().enumerate() {
        if used.contains(&block.range.first) {
            set(i, true);
        }
    }
    taken
}

/// The rows in which the week of an evaluation may be told: below the evaluation before it, down
/// to its own last label.
fn rows(labels: &[Label], sections: &[Section], number: usize) -> RangeInclusive<u32> {
    let last_row = |section: &Section| {
        let own = labels.get(section.first..section.end).unwrap_or_default();
        own.iter().map(|label| label.range.last.row).max()
    };
    let own = sections.get(number).and_then(last_row).unwrap_or_default();
    let others = sections.iter().enumerate();
    let others =
        others.filter(|(n, section)| *n != number && section.kind == Some(FormKind::Weekly));
    let before = others.filter_map(|(_, section)| last_row(section));
    let before = before.filter(|row| *row < own).max();
    before.map_or(0, |row| row.saturating_add(1))..=own
}

/// The only span of days in these rows that is no more than a week or so; `is_taken` tells the
/// blocks that are something else.
fn week(grid: &Grid, rows: RangeInclusive<u32>, is_taken: impl Fn(usize) -> bool) -> Option<Entry> {
    let rows = grid.rows_between(*rows.start(), *rows.end());
    let begins = rows.flat_map(|row| {
        let blocks = grid.row(row).iter().copied();
        blocks.filter(move |i| grid.block(*i).range.first.row == row)
    });
    let spans = begins.filter(|i| grid.block(*i).stored.is_some() && !is_taken(*i));
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut found = None;
    for i in spans {
        let block = grid.block(i);
        let Some(text) = span(&block.text) else {
            continue;
        };
        if told.insert(text.clone()) {
            found = Some(part_of(block, &text));
        }
    }
    let word = found.filter(|_| told.len() == 1)?;
    Some(Entry::unlabelled(word.cell, vec![word]))
}

/// The first and the last day that a text names, as far as they are those of a week.
pub fn span(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    const LONGEST_SPAN: u32 = 10;
    if text.chars().count() > LONGEST {
        return None;
    }
    let text = squash(text);
    let (from, to) = text.split_once('~').or_else(|| text.split_once("から"))?;
    let (from, to) = (Day::at_end(from)?, Day::at_begin(to)?);
    let day = |month: u32, day: u32| month * 31 + day;
    let (first, last) = (from.month?, to.month.unwrap_or(from.month?));
    let turn = if last < first { 12 * 31 } else { 0 };
    let length = (turn + day(last, to.day)).checked_sub(day(first, from.day))?;
    (length <= LONGEST_SPAN).then(|| format!("{}~{}", from.text, to.text))
}

/// One end of a span.
struct Day {
    month: Option<u32>,
    day: u32,
    text: String,
}

/// Whether a date is written with the character.
fn is_of_date(c: char) -> bool {
    c.is_ascii_digit() || is_of_era(c) || "年月日/.".contains(c)
}

impl Day {
    /// The day that a text ends with, its weekday in brackets left out.
    fn at_end(text: &str) -> Option<Self> {
        let text = without_weekday(text);
        let is_date = |(_, c): &(usize, char)| is_of_date(*c);
        let (at, _) = text.char_indices().rev().take_while(is_date).last()?;
        Self::of(text.get(at..)?)
    }

    /// The day that a text begins with.
    fn at_begin(text: &str) -> Option<Self> {
        let end = text.find(|c| !is_of_date(c)).unwrap_or(text.len());
        // 9:30～14:30 has no days.
        let rest = text.get(end..)?;
        Self::of(text.get(..end)?).filter(|_| !rest.starts_with([':', '時', '分', '%']))
    }

    fn of(text: &str) -> Option<Self> {
        let parts = text.split(|c: char| !c.is_ascii_digit());
        let parts: Option<Vec<u32>> = parts
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect();
        let (month, day) = match *parts? {
            [day] => (None, day),
            [month, day] | [_, month, day] => (Some(month), day),
            _ => return None,
        };
        let fits = (1..=31).contains(&day) && month.is_none_or(|month| (1..=12).contains(&month));
        fits.then(|| Self {
            month,
            day,
            text: text.to_owned(),
        })
    }
}

/// Without `(月)` at the end.
fn without_weekday(text: &str) -> &str {
    let open = text
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    match open {
        Some((before, weekday)) if weekday.chars().count() <= 3 => before,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::{recognised, texts};

    #[test]
    fn the_days_of_a_week_are_told_in_many_ways() {
        for (text, told) in [
            ("令和7年9月1日（月）～9月5日（金）", "令和7年9月1日~9月5日"),
            ("【第2週】（9/8～9/12）", "9/8~9/12"),
            ("第1週 9月1日から5日まで", "9月1日~5日"),
            ("2025/9/29～2025/10/3", "2025/9/29~2025/10/3"),
            ("12/29 ～ 1/4", "12/29~1/4"),
        ] {
            assert_eq!(span(text).as_deref(), Some(told), "{text}");
        }
        for text in [
            "9:30～14:30",
            "9月1日～9月30日",
            "令和7年4月1日～令和8年3月31日",
            "1～2",
            "9/5",
            "作業 3～5点",
        ] {
            assert_eq!(span(text), None, "{text}");
        }
    }

    /// The weeks that the evaluations of a sheet are of.
    fn weeks(rows: &[&[&str]]) -> Vec<String> {
        let found = recognised(Sheet::of_rows(rows));
        let weeks = found.forms.iter().filter(|f| f.kind == FormKind::Weekly);
        weeks
            .map(|form| texts(form, Item::Period).concat())
            .collect()
    }

    const EVALUATION: [&[&str]; 4] = [
        &["今週の評価"],
        &["評価日", "令和7年9月5日", "評価の方法", "電話"],
        &["評価内容", "手戻りが減った。"],
        &["記録者", "奥村", "サービス管理責任者確認", "桑原"],
    ];

    #[test]
    fn the_week_above_an_evaluation_is_its_own() {
        let head: &[&str] = &[
            "週間記録シート",
            "",
            "",
            "令和7年9月1日（月）～9月5日（金）",
        ];
        let one = [&[head], &EVALUATION[..]].concat();
        assert_eq!(weeks(&one), ["令和7年9月1日~9月5日"]);
        let (first, second): (&[&str], &[&str]) = (&["第1週（9/1～9/5）"], &["第2週（9/8～9/12）"]);
        let two = [&[first], &EVALUATION[..], &[second], &EVALUATION[..]].concat();
        assert_eq!(weeks(&two), ["9/1~9/5", "9/8~9/12"]);
    }

    #[test]
    fn of_several_weeks_none_is_chosen() {
        let head: &[&str] = &["9/1～9/5", "", "9/8～9/12"];
        let one = [&[head], &EVALUATION[..]].concat();
        assert_eq!(weeks(&one), [""]);
        let month: &[&str] = &["9月1日～9月30日"];
        let one = [&[month], &EVALUATION[..]].concat();
        assert_eq!(weeks(&one), [""]);
    }
}
