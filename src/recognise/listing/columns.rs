//! What stands left and right of the days of a listing: names, numbers, 区分, counts, dates.

use std::collections::{BTreeMap, BTreeSet};

use super::month::{Month, Shape, Tier};
use super::words;
use crate::recognise::calendar::is_weekday;
use crate::recognise::explain::is_legend;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// One column beside the days.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The column.
    pub col: u32,
    /// Its heading as written; empty where it has none.
    pub label: String,
    /// The block of the heading.
    pub heading: Option<usize>,
    /// What it holds.
    pub holds: Held,
    /// The first row of the month that its heading is for, and the one behind the last.
    pub rows: (u32, u32),
}

/// What such a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// 氏名
    Name,
    /// 区分: what the line is for.
    Line,
    /// An item of the user's line.
    Item(Item),
    /// Something else, or nothing that is known.
    Other,
}

/// Columns on each side that belong to the days at most.
const MOST: u32 = 16;
/// Rows over the days that may hold headings.
const LEVELS: u32 = 2;

/// The columns of a month whose marks stand in `rows`, from left to right; those of the month
/// before it hold where a user's days have no headings of their own.
pub fn beside(
    grid: &Grid,
    vocabulary: &Vocabulary,
    month: &Month,
    rows: &[u32],
    before: &[Beside],
    bounds: (u32, u32),
) -> Vec<Beside> {
    let (left, right) = month.columns();
    let first = bounds.0.max(left.saturating_sub(MOST));
    let last = bounds.1.min(right.saturating_add(MOST));
    let on_left = (first..left).map(|col| (col, true));
    let on_right = (right.saturating_add(1)..=last).map(|col| (col, false));
    let mut columns: Vec<Beside> = Vec::new();
    let mut names: Vec<(usize, usize)> = Vec::new();
    for (col, is_left) in on_left.chain(on_right) {
        let texts = texts(grid, rows, col);
        let Headed {
            block: heading,
            label,
            rows: of,
        } = heading(grid, vocabulary, month, col, is_left);
        let asked = words::asked(vocabulary, &label).or_else(|| {
            let before = before.iter().find(|other| other.col == col)?;
            match before.holds {
                Held::Name => Some(Item::Name),
                Held::Item(item) => Some(item),
                Held::Line | Held::Other => None,
            }
        });
        let lines = texts.iter().filter(|text| words::line(text).is_some());
        let kinds: BTreeSet<_> = texts.iter().filter_map(|text| words::line(text)).collect();
        let numbers = texts.iter().filter(|text| is_certificate(text)).count();
        let is_line = is_left
            && kinds.len() >= 2.min(texts.len())
            && !kinds.is_empty()
            && lines.count() * 2 >= texts.len();
        let holds = if is_line {
            Held::Line
        } else {
            match asked {
                // Under 氏名 stand names, under 日付 the names of a list that lies on its side.
                None | Some(Item::Name) if is_left && numbers == 0 => {
                    let count = texts
                        .iter()
                        .filter(|text| is_name(vocabulary, text))
                        .count();
                    // A column that is headed counts before any that is not.
                    let worth = count + if asked.is_some() { 1_000 } else { 0 };
                    if count > 0 {
                        names.push((worth, columns.len()));
                    }
                    Held::Other
                }
                Some(item) if is_value(item) => Held::Item(item),
                // Under 番号 may stand those of certificates, or of the lines.
                _ if is_left
                    && numbers * 2 > texts.len()
                    && !words::is_of_office(vocabulary, &label) =>
                {
                    Held::Item(Item::CertificateNumber)
                }
                // What stands under no head of the days is a title over them.
                Some(_) if texts.is_empty() => Held::Other,
                // Days that are listed beside marks are not asked for.
                Some(Item::Days | Item::Name) => Held::Item(Item::Ignored),
                Some(item) => Held::Item(item),
                None => Held::Other,
            }
        };
        columns.push(Beside {
            col,
            label,
            heading,
            holds,
            rows: of,
        });
    }
    // Beside lines of a kind, the sum of the one at home stands under 合計.
    if columns.iter().any(|column| column.holds == Held::Line) {
        let sums = columns.iter_mut().filter(|column| column.col > right);
        for sum in sums.filter(|column| words::is_total(&column.label)) {
            sum.holds = Held::Item(Item::HomeDays);
        }
    }
    if let Some((_, at)) = names.into_iter().max_by_key(|name| *name)
        && let Some(column) = columns.get_mut(at)
    {
        column.holds = Held::Name;
    }
    columns
}

/// Ten digits.
fn is_certificate(text: &str) -> bool {
    let text = squash(text);
    text.len() == 10 && text.chars().all(|c| c.is_ascii_digit())
}

fn is_value(item: Item) -> bool {
    matches!(
        item,
        Item::CertificateNumber | Item::HomeDays | Item::WeeklyDate | Item::MonthlyDate
    )
}

/// The texts that begin in the column, each once.
fn texts(grid: &Grid, rows: &[u32], col: u32) -> Vec<String> {
    let blocks = rows.iter().flat_map(|&row| {
        let begin = grid.row_within(row, col, col).iter().copied();
        begin.filter(move |&i| grid.block(i).range.first.row <= row)
    });
    let blocks: BTreeSet<usize> = blocks.collect();
    let written = blocks.into_iter().map(|i| grid.block(i));
    let written = written.filter(|block| block.stored.is_some());
    written.map(|block| block.text_in_short()).collect()
}

/// The heading over a column: that of the first days, unless only later days have one that asks
/// for something. Sums of a month in halves may stand beside the second half alone.
fn heading(grid: &Grid, vocabulary: &Vocabulary, month: &Month, col: u32, is_left: bool) -> Headed {
    let of_tier = |tier: &Tier| over(grid, vocabulary, month, tier, col, is_left);
    let mut tiers = month.tiers.iter();
    let first = tiers.next().map(of_tier).unwrap_or_default();
    if month.shape() != Shape::Apart || is_left {
        return first;
    }
    let key = label_key(&first.label);
    let others: Vec<(u32, Headed)> = tiers
        .map(|tier| (tier.row, of_tier(tier)))
        .filter(|(_, headed)| !headed.label.is_empty() && label_key(&headed.label) != key)
        .collect();
    let until = others.first().map_or(u32::MAX, |(row, _)| *row);
    let asked = |headed: &Headed| words::asked(vocabulary, &headed.label).is_some();
    // 前半計 over the first half is another sum than the month's.
    match others.into_iter().rfind(|(_, headed)| asked(headed)) {
        Some((from, later)) => Headed {
            rows: (from, u32::MAX),
            ..later
        },
        None => Headed {
            rows: (0, until),
            ..first
        },
    }
}

/// What stands over a column.
#[derive(Debug)]
struct Headed {
    block: Option<usize>,
    label: String,
    /// The first row that it is for, and the one behind the last.
    rows: (u32, u32),
}

impl Default for Headed {
    fn default() -> Self {
        Self {
            block: None,
            label: String::new(),
            rows: (0, u32::MAX),
        }
    }
}

/// The heading over a column beside one row of days: the nearest text that asks for something,
/// else the nearest.
fn over(
    grid: &Grid,
    vocabulary: &Vocabulary,
    month: &Month,
    tier: &Tier,
    col: u32,
    is_left: bool,
) -> Headed {
    let (left, right) = month.columns();
    let top = tier.row.saturating_sub(LEVELS);
    let mut nearest = None;
    for row in (top..=tier.bottom).rev() {
        let mut over = grid.row_over(row, col, col);
        let Some(i) = over.find(|&i| grid.block(i).stored.is_some()) else {
            continue;
        };
        let block = grid.block(i);
        // What lies over the days too is a title.
        let is_beside = match is_left {
            true => block.range.last.col < left,
            false => block.range.first.col > right,
        };
        if !is_beside || is_legend(&block.text) {
            continue;
        }
        let headed = Headed {
            block: Some(i),
            label: block.text_in_short(),
            ..Headed::default()
        };
        match words::asked(vocabulary, &headed.label) {
            // 曜 stands below 日.
            Some(Item::Ignored) | None => nearest = nearest.or(Some(headed)),
            Some(_) => return headed,
        }
    }
    // A text that asks for nothing may be the first name itself.
    nearest
        .filter(|headed| !is_name(vocabulary, &headed.label))
        .unwrap_or_default()
}

/// Whether a text can be somebody's name: words that are no label, no number and no sum.
pub fn is_name(vocabulary: &Vocabulary, text: &str) -> bool {
    let text = before_number(text);
    let squashed = squash(text);
    let length = squashed.chars().count();
    let odd = |c: char| c.is_ascii_digit() || "。、:=~/※○◯〇●△▲×◎★☆◆◇■□".contains(c);
    (2..=24).contains(&length)
        && squashed.chars().all(|c| !odd(c))
        && squashed.chars().any(char::is_alphabetic)
        && !is_weekday(&squashed)
        && words::line(text).is_none()
        && !words::is_total(text)
        && !words::is_of_marks(text)
        && vocabulary.meanings(text).is_none()
        && vocabulary.heading(text).is_none()
        && vocabulary.title(text).is_none()
        && !vocabulary.is_legend(text)
}

/// The name before the number of its certificate in the same cell: `森　健太（0123456789）`.
fn before_number(text: &str) -> &str {
    let parts = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || matches!(c, '（' | '(' | '［' | '[' | '／' | '/'));
    let mut parts = parts.map(|(at, _)| text.split_at(at));
    let is_number = |rest: &str| {
        let digits = squash(rest).chars().filter(char::is_ascii_digit).count();
        digits == 10
    };
    let is_name = |name: &str| !name.trim().is_empty() && !name.contains(|c: char| c.is_numeric());
    let found = parts.rfind(|(name, rest)| is_name(name) && is_number(rest));
    found.map_or(text, |(name, _)| name)
}

/// Columns by what they hold, for the profile of a layout.
pub fn by_item(columns: &[Beside]) -> BTreeMap<Item, Vec<(u32, u32)>> {
    let mut items: BTreeMap<Item, Vec<(u32, u32)>> = BTreeMap::new();
    for column in columns {
        let item = match column.holds {
            Held::Name => Item::Name,
            Held::Item(item) => item,
            Held::Line | Held::Other => Item::Ignored,
        };
        let span = (column.col, column.col);
        items.entry(item).or_default().push(span);
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_its_number_behind_it() {
        let is_name = |text| is_name(Vocabulary::builtin(), text);
        for name in [
            "森　健太\n(0123456789)",
            "森 健太（受給者証 ０１２３４５６７８９）",
            "森健太 0123456789",
            "森　健太",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "0123456789",
            "(0123456789)",
            "森　健太（12）",
            "合計 0123456789",
            "9月1日",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }
}
