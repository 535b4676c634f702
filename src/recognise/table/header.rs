//! The header of a table: rows of one or more levels, and what each column holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Cell;
use crate::recognise::calendar::{calendar, day_number, is_day_line, is_weekday};
use crate::recognise::contacts;
use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::choice_columns;
use crate::recognise::table::divided;
use crate::recognise::table::evaluation_columns;
use crate::recognise::table::halves;
use crate::recognise::table::header_runs::FEWEST_LABELS;
use crate::recognise::table::rivals;
use crate::recognise::table::tiers::{last_tier, tiers};
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An item of the form.
    Item(Item),
    /// A day of the month.
    Day(u32),
    /// An item of the week's evaluation, which is written in the row of a day.
    Evaluation(Item),
    /// A part of one contact, whose name the label begins with: when, by what means or what.
    Part(Item),
}

/// What stands over the lines of a table.
#[derive(Debug)]
pub struct Header {
    /// The kind of form that the lines are.
    pub kind: FormKind,
    /// Its first and last row.
    pub rows: (u32, u32),
    /// From left to right.
    pub columns: Vec<Column>,
    /// Its texts that are no label, such as a legend of the marks.
    pub legend: String,
    /// What holds for every line, such as the user named over a group of columns.
    pub common: BTreeMap<Item, Entry>,
    /// Rows of heads that stand over as many rows of each record; one where each column has
    /// one head.
    pub tiers: u32,
    /// The first column that is the user's or the day's own, where several share the table.
    pub own: Option<u32>,
    /// The rows under it that stand beside its records and are none.
    pub beside: BTreeSet<u32>,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// First and last sheet column.
    pub span: (u32, u32),
    /// The header texts above it, joined.
    pub label: String,
    /// The same, from top to bottom.
    pub heads: Vec<String>,
    /// What it holds; `None` where that is not known.
    pub holds: Option<Holds>,
    /// Which row of a record it is about, from zero, or which half of its rows where the record
    /// has one head; `None` where it is about all of them.
    pub tier: Option<u32>,
}

impl Column {
    /// A column under these heads, from top to bottom, which is about all rows of a record.
    pub fn new(span: (u32, u32), heads: Vec<String>, holds: Option<Holds>) -> Column {
        Column {
            span,
            label: heads.join(" "),
            heads,
            holds,
            tier: None,
        }
    }
}

impl Header {
    /// Whether a column of it is about `item`.
    pub fn has(&self, item: Item) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| column.holds == Some(Holds::Item(item)))
    }
}

/// Columns that a header has at most: the days of a year and some more.
const MOST_COLUMNS: usize = 512;

/// What stands between a mark and its meaning.
pub const LEGEND_SIGNS: [char; 4] = ['＝', '=', '：', ':'];

/// What a run of labels is the header of.
pub fn header(
    grid: &Grid,
    vocabulary: &Vocabulary,
    row: u32,
    run: &[usize],
    title: &impl Fn(Cell) -> Option<FormKind>,
) -> Option<Header> {
    let left = grid.block(*run.first()?).range.first.col;
    let right = grid.block(*run.last()?).range.last.col;
    let last = last_header_row(grid, run, row, left, right);
    let last = last_tier(grid, vocabulary, run, (row, last));
    // Heads that begin above and reach down take those between them in: 連絡 over 時刻 and 内容.
    let tops = run.iter().map(|&i| grid.block(i).range.first.row);
    let top = tops.min().unwrap_or(row);
    let mut columns: Vec<((u32, u32), Vec<String>)> = Vec::new();
    let mut legend = String::new();
    let mut starts: BTreeSet<u32> = BTreeSet::new();
    for r in row..=last {
        let blocks = grid.row_within(r, left, right).iter();
        let blocks = blocks.map(|&i| grid.block(i));
        starts.extend(
            blocks
                .filter(|b| b.tick.is_none())
                .map(|b| b.range.first.col),
        );
    }
    // Under a heading that was left blank is a column of its own.
    for pair in run.windows(2) {
        let [before, next] = [pair[0], pair[1]].map(|i| grid.block(i).range);
        if before.last.col + 1 < next.first.col {
            starts.insert(before.last.col + 1);
        }
    }
    if starts.len() > MOST_COLUMNS {
        return None;
    }
    let starts: Vec<u32> = starts.into_iter().collect();
    for (n, &col) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(right, |next| next - 1);
        let texts = texts_over(grid, (top, last), col);
        columns.push(((col, end), texts));
    }
    for &i in run {
        let text = &grid.block(i).text;
        if text.contains(LEGEND_SIGNS) {
            legend.push_str(&grid.block(i).text_in_short());
        }
    }
    let days = calendar(&columns);
    let mut kinds: Vec<(i32, FormKind)> = FormKind::ALL
        .into_iter()
        .map(|kind| {
            let known = columns
                .iter()
                .filter_map(|(_, t)| item_of(vocabulary, t, kind))
                .filter(|i| *i != Item::Ignored);
            let mut items: Vec<Item> = known.collect();
            items.sort_unstable();
            items.dedup();
            let mut score = items.len() as i32 * 2;
            score += if title(Cell::new(row, left)) == Some(kind) {
                3
            } else {
                0
            };
            score += if kind == FormKind::Listing && !days.is_empty() {
                20
            } else {
                0
            };
            score -= if kind == FormKind::Listing && days.is_empty() {
                6
            } else {
                0
            };
            let is_named = || title(Cell::new(row, left)) == Some(kind);
            let is_plain = || items.contains(&Item::Status) && items.contains(&Item::Confirmation);
            // A log of the days at home may have the same columns.
            score -= if kind == FormKind::ServiceRecord && !is_named() && !is_plain() {
                6
            } else {
                0
            };
            score -= if kind == FormKind::Roster
                && title(Cell::new(row, left)).is_some_and(|t| t != kind)
            {
                2
            } else {
                0
            };
            (score, kind)
        })
        .collect();
    kinds.sort_by_key(|(score, kind)| (-score, *kind));
    let (score, kind) = *kinds.first()?;
    if score < 2 * FEWEST_LABELS as i32 {
        return None;
    }
    let tiers = tiers(grid, vocabulary, (row, last), &columns, kind);
    let mut found = Vec::new();
    for (span, texts) in &columns {
        let day = days
            .iter()
            .find(|(col, _)| *col == span.0)
            .map(|(_, day)| Holds::Day(*day));
        let day = if kind == FormKind::Listing { day } else { None };
        if tiers > 1
            && texts.len() as u32 == tiers
            && end_of_span(vocabulary, texts, kind).is_none()
        {
            for (tier, text) in (0..).zip(texts) {
                let item = item_of(vocabulary, std::slice::from_ref(text), kind);
                found.push(Column {
                    span: *span,
                    label: text.clone(),
                    heads: vec![text.clone()],
                    holds: item.map(Holds::Item),
                    tier: Some(tier),
                });
            }
            continue;
        }
        let column = Column {
            span: *span,
            label: texts.join(" "),
            heads: texts.clone(),
            holds: day.or_else(|| item_of(vocabulary, texts, kind).map(Holds::Item)),
            tier: None,
        };
        let split = halves::split(vocabulary, &column, kind).or_else(|| {
            let split = halves::slashed(vocabulary, &column, kind)?;
            is_in_two_rows(grid, last, (left, right), *span).then_some(split)
        });
        if let Some(split) = split.filter(|_| tiers == 1) {
            found.extend(split);
            continue;
        }
        let joint = joint_items(vocabulary, texts, kind);
        for item in &joint {
            found.push(Column {
                span: *span,
                label: texts.join(" "),
                heads: texts.clone(),
                holds: Some(Holds::Item(*item)),
                tier: None,
            });
        }
        if joint.is_empty() {
            found.push(column);
        }
    }
    if kind == FormKind::Roster {
        choice_columns::mark_weekdays(&mut found);
    }
    if kind == FormKind::Daily {
        evaluation_columns::mark(vocabulary, &mut found);
        contacts::columns::mark(vocabulary, &mut found);
        // A head that could ask for two things is one part of its contact.
        let is_part = |column: &Column| matches!(column.holds, Some(Holds::Part(_)));
        found.dedup_by(|next, column| next.span == column.span && is_part(next) && is_part(column));
    }
    divided::settle(vocabulary, kind, &mut found);
    rivals::settle(vocabulary, kind, &mut found);
    if kind == FormKind::Roster {
        for column in found.iter_mut().filter(|column| column.holds.is_none()) {
            let own = column.heads.last().map(|head| squash(head));
            // What its cells say of the weekday is told there.
            if own.is_some_and(|head| is_weekday(&head)) {
                column.holds = Some(Holds::Item(Item::Ignored));
            }
        }
    }
    Some(Header {
        kind,
        rows: (top, last),
        columns: found,
        legend,
        common: BTreeMap::new(),
        tiers,
        own: None,
        beside: BTreeSet::new(),
    })
}

/// Whether the first record under a header has two rows, and a column a box in each.
fn is_in_two_rows(grid: &Grid, last: u32, (left, right): (u32, u32), span: (u32, u32)) -> bool {
    let (first, second) = (last.saturating_add(1), last.saturating_add(2));
    let mut over = grid.row_within(first, left, right).iter();
    let is_merged = over.any(|&i| {
        let range = grid.block(i).range;
        range.first.row == first && range.last.row == second
    });
    let holds = |row: u32| {
        let mut own = grid.row_within(row, span.0, span.1).iter();
        own.any(|&i| grid.block(i).range.first.row == row && grid.block(i).stored.is_some())
    };
    is_merged && holds(first) && holds(second)
}

/// The header goes on while rows hold only what divides a wider cell above, days or weekdays.
fn last_header_row(grid: &Grid, run: &[usize], row: u32, left: u32, right: u32) -> u32 {
    const MOST_LEVELS: u32 = 4;
    let mut last = run
        .iter()
        .map(|&i| grid.block(i).range)
        .filter(|range| range.last.row - row < MOST_LEVELS)
        .map(|range| range.last.row)
        .max()
        .unwrap_or(row);
    while last - row + 1 < MOST_LEVELS {
        let next = grid.row_within(last + 1, left, right).iter().copied();
        let next: Vec<usize> = next
            .filter(|&i| grid.block(i).stored.is_some() && grid.block(i).range.last.col <= right)
            .collect();
        let divides = |i: usize| {
            let range = grid.block(i).range;
            let at = range.first.col;
            grid.row_over(last, at, at).any(|p| {
                let parent = grid.block(p).range;
                range.last.col <= parent.last.col
                    && parent.last.col - parent.first.col > range.last.col - range.first.col
            })
        };
        let plain = |i: usize| {
            let text = squash(&grid.block(i).text);
            day_number(&text).is_some() || is_weekday(&text)
        };
        if next.is_empty()
            || !next.iter().all(|&i| divides(i) || plain(i))
            || (next.len() < 2 && !divides(next[0]))
            || is_day_line(grid, &next)
        {
            break;
        }
        last += 1;
    }
    last
}

/// What a column's header texts, from top to bottom, mean together.
pub fn item_of(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    known_item(vocabulary, texts, kind)
        .or_else(|| texts_guessed(vocabulary, texts, kind, &BTreeSet::new()))
}

/// What they may mean by a word in one of them, none of `taken`.
pub fn texts_guessed(
    vocabulary: &Vocabulary,
    texts: &[String],
    kind: FormKind,
    taken: &BTreeSet<Item>,
) -> Option<Item> {
    let mut texts = texts.iter().rev();
    texts.find_map(|text| vocabulary.guess_but(text, kind, taken))
}

fn named_item(vocabulary: &Vocabulary, text: &str, kind: FormKind) -> Option<Item> {
    let meanings = vocabulary.meanings(text)?;
    let of = |wanted| {
        meanings
            .iter()
            .find(|(k, _)| *k == wanted)
            .map(|(_, item)| *item)
    };
    of(Some(kind)).or_else(|| of(None))
}

/// The items that one head names beside each other, as 評価日・方法 does.
fn joint_items(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Vec<Item> {
    let Some(last) = texts.last() else {
        return Vec::new();
    };
    let parts = last.split(['・', '･', '／', '/', '、', '\n', '　', ' ', '＆', '&']);
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 || known_item(vocabulary, texts, kind).is_some() {
        return Vec::new();
    }
    let items = parts
        .iter()
        .map(|part| match vocabulary.is_whole_label(part) {
            true => named_item(vocabulary, part, kind).filter(|item| *item != Item::Ignored),
            false => None,
        });
    let items: Option<Vec<Item>> = items.collect();
    items
        .filter(|items| items.windows(2).all(|pair| pair[0] != pair[1]))
        .unwrap_or_default()
}

/// Which end of a period or time a head names under the one that it divides: 自 under 支給決定期間.
pub fn end_of_span(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let (last, over) = texts.split_last()?;
    let mut over = over.iter().rev();
    let whole = over.find_map(|text| named_item(vocabulary, text, kind))?;
    layout_words::words().spans.end_of(whole, last)
}

/// What they mean together, as one label that is known word for word.
pub fn own_item(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let all: String = texts.iter().map(|text| label_key(text)).collect();
    let is_whole = vocabulary.is_whole_label(&all);
    is_whole.then(|| named_item(vocabulary, &all, kind))?
}

/// What they mean by the names of items.
pub fn known_item(vocabulary: &Vocabulary, texts: &[String], kind: FormKind) -> Option<Item> {
    let all: String = texts.iter().map(|t| label_key(t)).collect();
    let lookup = |text: &str| named_item(vocabulary, text, kind);
    let divided = || {
        let (last, over) = texts.split_last()?;
        let whole = over.iter().rev().find_map(|text| lookup(text))?;
        // 在宅 and 通所 under 利用する曜日.
        let place = || {
            let own = vocabulary.column(last, kind)?;
            let is_place = |item| matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays);
            // 曜日 alone asks for nothing.
            let may_be = is_place(whole) || whole == Item::Ignored;
            (may_be && is_place(own)).then_some(own)
        };
        place()
    };
    // 対象期間（自） beside 対象期間（至）
    let bracketed = || {
        let (whole, end) = texts.last()?.split_once(['（', '('])?;
        let end = end.trim_end_matches(['）', ')']);
        layout_words::words().spans.end_of(lookup(whole)?, end)
    };
    own_item(vocabulary, texts, kind)
        .or_else(bracketed)
        .or_else(|| lookup(&all))
        .or_else(|| end_of_span(vocabulary, texts, kind))
        .or_else(divided)
        .or_else(|| texts.iter().rev().find_map(|t| lookup(t)))
        .or_else(|| texts.iter().rev().find_map(|t| vocabulary.column(t, kind)))
}

/// The header texts over a column, from top to bottom.
pub fn texts_over(grid: &Grid, (first, last): (u32, u32), col: u32) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut seen: Option<usize> = None;
    for row in first..=last {
        let mut over = grid.row_over(row, col, col);
        let over = over.find(|&i| grid.block(i).stored.is_some());
        if let Some(i) = over
            && seen != Some(i)
        {
            texts.push(grid.block(i).text_in_short());
            seen = Some(i);
        }
    }
    texts
}
