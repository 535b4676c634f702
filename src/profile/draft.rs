//! The draft of a profile: the layouts that were recognised, and the words that were not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::inspect::{Reading, Why};
use crate::model::{Cell, CellRange};
use crate::read::{Book, Sheet};
use crate::recognise::{Entry, Form, FormKind, Item, Mapping, Recognised, Shape};

/// A profile in the making, from one workbook after the other. A layout stands in it once.
#[derive(Debug, Default)]
pub struct Draft {
    layouts: Vec<Layout>,
    unknown: BTreeMap<FormKind, BTreeSet<String>>,
}

#[derive(Debug)]
struct Layout {
    /// The sheet that it was met on first.
    sheet: Sheet,
    title: String,
    mapping: Mapping,
}

const HEAD: &str = "\
# tenken のプロファイルの下書き
# 1. セルや列の番地を元のブックと見比べ、違うものを直してください。要らない行は消せます。
# 2. 「tenken inspect ブック --profile このファイル」で、読み取りが変わったことを確かめてください。
# 3. 次からは「tenken run フォルダ --out 出力先 --profile このファイル」で使います。
# fingerprint はその様式の項目名と配置を表し、同じ配置のシートにだけ使われます。
";

const UNKNOWN_HEAD: &str = "
# 読み方の分からない、項目名らしい文字です。
# 当てはまる項目（support など）の行に移すか、点検に使わない項目なら ignored のまま行頭の # を消してください。
";

impl Draft {
    /// Adds the layouts of one workbook.
    pub fn add(&mut self, book: &Book, found: &Recognised, reading: &Reading) {
        for sheet in &book.sheets {
            let on_sheet = found.forms.iter().filter(|form| *form.sheet == *sheet.name);
            let forms: Vec<&Form> = on_sheet.collect();
            for (mapping, title) in mappings(&forms) {
                self.put(sheet, mapping, title);
            }
            let Some(kind) = forms.first().map(|form| form.kind) else {
                continue;
            };
            let rest = reading.rest.iter();
            let labels = rest.filter(|c| c.why == Why::UnknownLabel && *c.sheet == *sheet.name);
            let words = labels.map(|content| content.text.trim().to_owned());
            self.unknown.entry(kind).or_default().extend(words);
        }
    }

    fn put(&mut self, sheet: &Sheet, mapping: Mapping, title: String) {
        for known in &mut self.layouts {
            let Some(both) = joined(&known.mapping, &mapping) else {
                continue;
            };
            if both.fingerprint(&known.sheet) == both.fingerprint(sheet) {
                known.mapping = both;
                return;
            }
        }
        self.layouts.push(Layout {
            sheet: sheet.clone(),
            title,
            mapping,
        });
    }

    /// The profile as a file, with comments for the person who goes on with it.
    pub fn toml(&self) -> String {
        let mut out = HEAD.to_owned();
        if self.unknown.values().any(|words| !words.is_empty()) {
            out.push_str(UNKNOWN_HEAD);
        }
        for (kind, words) in self.unknown.iter().filter(|(_, words)| !words.is_empty()) {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            // Writing to a String cannot fail.
            let _ = write!(
                out,
                "# [labels.{}]\n# ignored = [{}]\n",
                key(kind),
                words.join(", ")
            );
        }
        for layout in &self.layouts {
            layout.write(&mut out);
        }
        out
    }
}

impl Layout {
    fn write(&self, out: &mut String) {
        let sheet = comment(&self.sheet.name);
        let title = comment(&self.title);
        let mapping = &self.mapping;
        let _ = write!(out, "\n# シート「{sheet}」 {title}\n[[form]]\n");
        let _ = writeln!(out, "kind = {}", quoted(&key(&mapping.kind)));
        let _ = writeln!(
            out,
            "fingerprint = {}",
            quoted(&mapping.fingerprint(&self.sheet))
        );
        match &mapping.shape {
            Shape::Cells { cells, repeat } => {
                if *repeat {
                    out.push_str(
                        "repeat = true  # 同じ項目名の並びが下に続く間、くり返し読みます\n",
                    );
                }
                ranges(out, "cells", cells);
            }
            Shape::Columns {
                columns,
                days,
                header_row,
                first_row,
            } => {
                let _ = writeln!(out, "header_row = {}  # 見出しの行", header_row + 1);
                let _ = writeln!(out, "first_row = {}  # 最初の記録の行", first_row + 1);
                if let Some(days) = days {
                    let _ = writeln!(
                        out,
                        "days = {}  # 1日から順に並ぶ列",
                        quoted(&letters(*days))
                    );
                }
                let columns = columns
                    .iter()
                    .map(|(item, cols)| (key(item), letters(*cols)));
                table(out, "columns", columns);
            }
        }
        ranges(out, "page", &mapping.page);
    }
}

fn ranges(out: &mut String, name: &str, ranges: &BTreeMap<Item, CellRange>) {
    let ranges = ranges.iter();
    table(
        out,
        name,
        ranges.map(|(item, range)| (key(item), range.to_string())),
    );
}

fn table(out: &mut String, name: &str, rows: impl ExactSizeIterator<Item = (String, String)>) {
    if rows.len() == 0 {
        return;
    }
    let _ = writeln!(out, "[form.{name}]");
    for (item, place) in rows {
        let _ = writeln!(out, "{item} = {}", quoted(&place));
    }
}

/// The mappings that read the forms of one sheet as they were recognised, with their titles.
fn mappings(forms: &[&Form]) -> Vec<(Mapping, String)> {
    let mut found: Vec<(Mapping, String)> = Vec::new();
    let mut tables: BTreeSet<usize> = BTreeSet::new();
    for form in forms {
        let title = form.title.clone();
        match form.table {
            Some(table) => {
                if tables.insert(table) {
                    found.extend(columns(form, table, forms).map(|mapping| (mapping, title)));
                }
            }
            None => {
                let mapping = cells(form);
                let again = found.iter_mut().any(|(known, _)| repeats(known, &mapping));
                if !again {
                    found.push((mapping, title));
                }
            }
        }
    }
    found
}

/// Whether the record is that of `known` again, further down; notes it in `known`.
fn repeats(known: &mut Mapping, own: &Mapping) -> bool {
    let (Shape::Cells { cells, repeat }, Shape::Cells { cells: other, .. }) =
        (&mut known.shape, &own.shape)
    else {
        return false;
    };
    let both = joined_ranges(cells, &raised(other, cells));
    let page = joined_ranges(&known.page, &raised(&own.page, &known.page));
    match (both, page) {
        (Some(both), Some(page)) if known.kind == own.kind => {
            (*cells, *repeat, known.page) = (both, true, page);
            true
        }
        _ => false,
    }
}

/// The ranges, moved to begin on the same row as `to`.
fn raised(
    ranges: &BTreeMap<Item, CellRange>,
    to: &BTreeMap<Item, CellRange>,
) -> BTreeMap<Item, CellRange> {
    let top = |ranges: &BTreeMap<Item, CellRange>| {
        let rows = ranges.values().map(|range| range.first.row);
        rows.min().unwrap_or(0)
    };
    let (from, to) = (top(ranges), top(to));
    let moved = |cell: Cell| Cell::new((cell.row - from).saturating_add(to), cell.col);
    let move_range = |range: &CellRange| CellRange::new(moved(range.first), moved(range.last));
    let all = ranges.iter();
    all.map(|(item, range)| (*item, move_range(range)))
        .collect()
}

/// One mapping for both, where they have the same items in the same places: a box may have
/// been filled further in one record than in the other.
fn joined(a: &Mapping, b: &Mapping) -> Option<Mapping> {
    let shape = match (&a.shape, &b.shape) {
        (
            Shape::Cells { cells, repeat },
            Shape::Cells {
                cells: other,
                repeat: again,
            },
        ) => Shape::Cells {
            cells: joined_ranges(cells, other)?,
            repeat: *repeat || *again,
        },
        (Shape::Columns { days, .. }, Shape::Columns { days: other, .. }) => {
            let mut shape = a.shape.clone();
            if let Shape::Columns { days: both, .. } = &mut shape {
                *both = days.or(*other);
            }
            let mut same = b.shape.clone();
            if let Shape::Columns { days: own, .. } = &mut same {
                *own = days.or(*other);
            }
            (shape == same).then_some(shape)?
        }
        _ => return None,
    };
    (a.kind == b.kind).then_some(Mapping {
        kind: a.kind,
        page: joined_ranges(&a.page, &b.page)?,
        shape,
    })
}

fn joined_ranges(
    a: &BTreeMap<Item, CellRange>,
    b: &BTreeMap<Item, CellRange>,
) -> Option<BTreeMap<Item, CellRange>> {
    if a.len() != b.len() {
        return None;
    }
    let both = a.iter().map(|(item, range)| {
        let other = b.get(item).filter(|other| other.overlaps(range))?;
        let whole = CellRange::new(least(*range, *other), greatest(*range, *other));
        Some((*item, whole))
    });
    both.collect()
}

/// One record a form: what stands above the record's own items is the sheet's.
fn cells(form: &Form) -> Mapping {
    let mut page = BTreeMap::new();
    let mut cells = BTreeMap::new();
    for (item, range) in boxes(form) {
        match item.is_heading() {
            true => page.insert(item, range),
            false => cells.insert(item, range),
        };
    }
    Mapping {
        kind: form.kind,
        page,
        shape: Shape::Cells {
            cells,
            repeat: false,
        },
    }
}

/// One record a line. `None` where the line shows no column.
fn columns(form: &Form, table: usize, forms: &[&Form]) -> Option<Mapping> {
    let lines = forms.iter().filter(|line| line.table == Some(table));
    let marks: Vec<(u32, u32)> = lines
        .flat_map(|line| line.days.iter().map(|(day, word)| (*day, word.cell.col)))
        .collect();
    // The column of the 1st, if the days stand in columns one after the other.
    let first = |(day, col): &(u32, u32)| (col + 1).checked_sub(*day);
    let start = marks.first().and_then(first);
    let start = start.filter(|start| marks.iter().all(|mark| first(mark) == Some(*start)));
    let (mut page, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for (item, range) in boxes(form) {
        if range.first.row >= form.at.row {
            columns.insert(item, (range.first.col, range.last.col));
        } else {
            page.insert(item, range);
        }
    }
    let header_row = form.at.row.checked_sub(1)?;
    (!columns.is_empty()).then_some(Mapping {
        kind: form.kind,
        page,
        shape: Shape::Columns {
            columns,
            days: start.map(|start| (start, start.saturating_add(30))),
            header_row,
            first_row: form.at.row,
        },
    })
}

/// The cells of each item that is read.
fn boxes(form: &Form) -> impl Iterator<Item = (Item, CellRange)> + '_ {
    let entries = form.entries.iter();
    entries
        .filter(|(item, _)| **item != Item::Ignored)
        .filter_map(|(item, entries)| {
            let all = entries.iter().map(extent);
            let range = all.reduce(|a, b| CellRange::new(least(a, b), greatest(a, b)))?;
            let first = entries.first().map(extent)?;
            // Several boxes are one item only where they are columns beside each other.
            let beside = *item == Item::WeeklyDate && form.table.is_some();
            Some((*item, if beside { range } else { first }))
        })
}

/// From the first cell of the box to the last that is written in.
fn extent(entry: &Entry) -> CellRange {
    let words = entry.words.iter().map(|word| CellRange::single(word.cell));
    let home = CellRange::single(entry.home);
    words.fold(home, |a, b| CellRange::new(least(a, b), greatest(a, b)))
}

fn least(a: CellRange, b: CellRange) -> Cell {
    Cell::new(a.first.row.min(b.first.row), a.first.col.min(b.first.col))
}

fn greatest(a: CellRange, b: CellRange) -> Cell {
    Cell::new(a.last.row.max(b.last.row), a.last.col.max(b.last.col))
}

/// `F:AJ`, or `F`.
fn letters((first, last): (u32, u32)) -> String {
    let name = |col: u32| {
        let cell = Cell::new(0, col).to_string();
        cell.trim_end_matches('1').to_owned()
    };
    match first == last {
        true => name(first),
        false => format!("{}:{}", name(first), name(last)),
    }
}

/// The name of a kind or an item in a profile.
fn key<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// On one line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
