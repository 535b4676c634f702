//! The draft of a profile: the layouts that were recognised, and the words that were not.

mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use self::text::{comment, quoted};
use super::key;
use super::unknown_words::unknown_words;
use crate::inspect::Reading;
use crate::model::{Cell, CellRange};
use crate::read::{Book, Sheet};
use crate::recognise::{
    Columns, Entry, Form, FormKind, Item, Laid, Landmarks, Mapping, Places, Recognised, Shape,
    Vocabulary, Word, is_sample, mapped,
};

/// A profile in the making, from one workbook after the other. A layout stands in it once.
#[derive(Debug, Default)]
pub struct Draft {
    sheets: Vec<Recorded>,
    unknown: BTreeMap<FormKind, BTreeSet<String>>,
}

/// A sheet with the forms that were recognised on it.
#[derive(Debug)]
struct Recorded {
    sheet: Sheet,
    forms: Vec<Form>,
    tables: Vec<Laid>,
}

#[derive(Debug)]
struct Layout<'a> {
    /// The sheet that it was met on first.
    sheet: &'a Sheet,
    title: String,
    mapping: Mapping,
    /// What a sheet of the same layout is known by.
    landmarks: Landmarks,
}

const HEAD: &str = "\
# tenken のプロファイルの下書き
# 1. セルや列の番地を元のブックと見比べ、違うものを直してください。要らない行は消せます。
# 2. 「tenken inspect ブック --profile このファイル」で、読み取りが変わったことを確かめてください。
# 3. 次からは「tenken run フォルダ --out 出力先 --profile このファイル」で使います。
# words のセルにその語があるシートにだけ使われます。項目の行を消しても足しても変わりません。
";

const UNKNOWN_HEAD: &str = "
# 読み方の分からない、項目名らしい文字です。
# 当てはまる項目（support など）の行に移すか、点検に使わない項目なら ignored のまま行頭の # を消してください。
";

const LEFT_HEAD: &str = "
# 次のシートは番地では書き表せないため、これまでどおり項目名から読み取ります。
";

impl Draft {
    /// Adds the layouts of one workbook.
    pub fn add(&mut self, book: &Book, found: &Recognised, reading: &Reading) {
        for sheet in &book.sheets {
            let on_sheet = |name: &str| *name == *sheet.name;
            let forms: Vec<Form> = found
                .forms
                .iter()
                .filter(|form| on_sheet(&form.sheet))
                .cloned()
                .collect();
            if let Some(kind) = forms.first().map(|form| form.kind) {
                let words = unknown_words(reading, &sheet.name);
                self.unknown.entry(kind).or_default().extend(words);
            }
            let tables = found.tables.iter().filter(|table| on_sheet(&table.sheet));
            self.sheets.push(Recorded {
                sheet: sheet.clone(),
                forms,
                tables: tables.cloned().collect(),
            });
        }
    }

    /// The profile as a file, with comments for the person who goes on with it. What it maps
    /// reads as it was recognised by `vocabulary`.
    pub fn toml(&self, vocabulary: &Vocabulary) -> String {
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
        let layouts = self.layouts(vocabulary);
        let left: BTreeSet<&str> = self
            .sheets
            .iter()
            .filter(|one| !one.forms.is_empty() && one.fitting(&layouts, vocabulary).is_empty())
            .map(|one| one.sheet.name.as_str())
            .collect();
        if !left.is_empty() {
            out.push_str(LEFT_HEAD);
        }
        for name in left {
            let _ = writeln!(out, "#   「{}」", comment(name));
        }
        for layout in &layouts {
            layout.write(&mut out);
        }
        out
    }

    /// The layouts by which every sheet reads as it was recognised.
    fn layouts(&self, vocabulary: &Vocabulary) -> Vec<Layout<'_>> {
        let mut layouts = Vec::new();
        for one in &self.sheets {
            for (mapping, title) in one.mappings().unwrap_or_default() {
                put(&mut layouts, &one.sheet, mapping, title);
            }
        }
        loop {
            let mut wrong: BTreeSet<usize> = BTreeSet::new();
            for one in &self.sheets {
                let fitting = one.fitting(&layouts, vocabulary);
                if !fitting.is_empty() && !one.reads_by(&layouts, &fitting, vocabulary) {
                    wrong.extend(fitting);
                }
            }
            if wrong.is_empty() {
                return layouts;
            }
            let mut number = 0..;
            layouts.retain(|_| number.next().is_none_or(|n| !wrong.contains(&n)));
        }
    }
}

impl Recorded {
    /// The layouts that a profile made of them would take for this sheet.
    fn fitting(&self, layouts: &[Layout], vocabulary: &Vocabulary) -> Vec<usize> {
        if is_sample(&self.sheet, vocabulary) {
            return Vec::new();
        }
        let all = layouts.iter().enumerate();
        all.filter(|(_, layout)| is_for(&layout.landmarks, layout.sheet, &self.sheet))
            .map(|(n, _)| n)
            .collect()
    }

    fn reads_by(&self, layouts: &[Layout], fitting: &[usize], vocabulary: &Vocabulary) -> bool {
        let fitting = fitting.iter().filter_map(|n| layouts.get(*n));
        let mappings: Vec<&Mapping> = fitting.map(|layout| &layout.mapping).collect();
        let forms = mapped(&self.sheet, &mappings, vocabulary).forms;
        let order = |forms: &[Form]| {
            let mut forms = forms.to_vec();
            forms.sort_by_key(|form| (form.kind, form.at));
            forms
        };
        let (own, other) = (order(&self.forms), order(&forms));
        own.len() == other.len() && own.iter().zip(&other).all(|(a, b)| reads_alike(a, b))
    }

    /// The mappings that read the forms as they were recognised, with their titles; `None`
    /// where no mapping can.
    fn mappings(&self) -> Option<Vec<(Mapping, String)>> {
        let mut found: Vec<(Mapping, String)> = Vec::new();
        let mut tables: BTreeSet<usize> = BTreeSet::new();
        for form in &self.forms {
            let title = form.title.clone();
            if form.kind == FormKind::SelfInspection {
                return None;
            }
            if let Some(table) = form.table {
                if tables.insert(table) {
                    let laid = self.tables.iter().find(|laid| laid.table == table)?;
                    found.push((lines(form, laid.columns.as_ref()?)?, title));
                }
                continue;
            }
            let mapping = cells(form)?;
            if !found.iter_mut().any(|(known, _)| repeats(known, &mapping)) {
                found.push((mapping, title));
            }
        }
        Some(found)
    }
}

fn put<'a>(layouts: &mut Vec<Layout<'a>>, sheet: &'a Sheet, mapping: Mapping, title: String) {
    for known in layouts.iter_mut() {
        let Some(both) = joined(&known.mapping, &mapping) else {
            continue;
        };
        let landmarks = Landmarks::of(&both, known.sheet);
        if is_for(&landmarks, known.sheet, sheet) {
            (known.mapping, known.landmarks) = (both, landmarks);
            return;
        }
    }
    layouts.push(Layout {
        landmarks: Landmarks::of(&mapping, sheet),
        sheet,
        title,
        mapping,
    });
}

/// Whether a layout of one sheet is taken for the other: by its words, else by its name.
fn is_for(landmarks: &Landmarks, own: &Sheet, other: &Sheet) -> bool {
    match landmarks.is_empty() {
        true => own.name == other.name,
        false => landmarks.missing_on(other).is_none(),
    }
}

/// What an item says in its boxes: a mapping takes them together, and recognition the first
/// that is filled.
fn said(item: Item, entries: &[Entry]) -> Vec<(Cell, &str, Vec<&Word>)> {
    let filled = entries.iter().filter(|entry| !entry.words.is_empty());
    match item {
        Item::Contact | Item::WeeklyDate => entries
            .iter()
            .map(|e| (e.home, e.label.as_str(), e.words.iter().collect()))
            .collect(),
        _ => {
            let words = filled.clone().flat_map(|entry| &entry.words).collect();
            let home = filled.clone().chain(entries).next().map(|entry| entry.home);
            home.map(|home| (home, "", words)).into_iter().collect()
        }
    }
}

/// Whether two forms say the same in the same cells.
fn reads_alike(a: &Form, b: &Form) -> bool {
    let items = |form: &Form| {
        let asked = form
            .entries
            .iter()
            .filter(|(item, _)| **item != Item::Ignored);
        asked
            .map(|(item, entries)| (*item, entries.clone()))
            .collect::<Vec<_>>()
    };
    let (own, other) = (items(a), items(b));
    (a.kind, a.at, a.table.is_some(), &a.title) == (b.kind, b.at, b.table.is_some(), &b.title)
        && a.days == b.days
        && own.len() == other.len()
        && own
            .iter()
            .zip(&other)
            .all(|((item, a), (again, b))| item == again && said(*item, a) == said(*item, b))
}

/// Whether the record is that of `known` again, further down; notes it in `known`.
fn repeats(known: &mut Mapping, own: &Mapping) -> bool {
    let (Shape::Cells(cells), Shape::Cells(other)) = (&mut known.shape, &own.shape) else {
        return false;
    };
    let (from, to) = (top_of(other), top_of(cells));
    let both = joined_places(cells, &all_raised(other, from, to));
    let (page_from, page_to) = (top_of(&own.page), top_of(&known.page));
    let page = joined_places(&known.page, &all_raised(&own.page, page_from, page_to));
    match (both, page) {
        (Some(both), Some(page)) if known.kind == own.kind => {
            (*cells, known.repeat, known.page) = (both, true, page);
            true
        }
        _ => false,
    }
}

fn top_of(places: &Places) -> u32 {
    let rows = places.values().flatten().map(|range| range.first.row);
    rows.min().unwrap_or(0)
}

/// The cell as far from row `to` as it is from row `from`; rows above count down from the end.
fn raised(cell: Cell, from: u32, to: u32) -> Cell {
    Cell::new(cell.row.wrapping_sub(from).wrapping_add(to), cell.col)
}

fn all_raised(places: &Places, from: u32, to: u32) -> Places {
    let moved = |range: &CellRange| {
        CellRange::new(raised(range.first, from, to), raised(range.last, from, to))
    };
    let all = places.iter();
    all.map(|(item, ranges)| (*item, ranges.iter().map(moved).collect()))
        .collect()
}

/// One mapping for both, where they have the same items in the same places: a box may have
/// been filled further in one record than in the other.
fn joined(a: &Mapping, b: &Mapping) -> Option<Mapping> {
    let shape = match (&a.shape, &b.shape) {
        (Shape::Cells(cells), Shape::Cells(other)) => Shape::Cells(joined_places(cells, other)?),
        (Shape::Lines(own), Shape::Lines(other)) => {
            Shape::Lines((own == other).then(|| own.clone())?)
        }
        _ => return None,
    };
    (a.kind == b.kind).then_some(Mapping {
        kind: a.kind,
        page: joined_places(&a.page, &b.page)?,
        shape,
        repeat: a.repeat || b.repeat,
        only_if: None,
    })
}

fn joined_places(a: &Places, b: &Places) -> Option<Places> {
    if a.len() != b.len() {
        return None;
    }
    let both = a.iter().map(|(item, ranges)| {
        let others = b.get(item).filter(|others| others.len() == ranges.len())?;
        let pairs = ranges.iter().zip(others);
        let whole = pairs.map(|(a, b)| b.overlaps(a).then(|| whole(*a, *b)));
        Some((*item, whole.collect::<Option<_>>()?))
    });
    both.collect()
}

/// One record a form: what stands above the record's own items is the sheet's. `None` where
/// an item has boxes that no mapping takes together.
fn cells(form: &Form) -> Option<Mapping> {
    let (mut page, mut cells) = (Places::new(), Places::new());
    for (item, ranges) in boxes(form) {
        match item.is_heading() {
            true => page.insert(item, ranges),
            false => cells.insert(item, ranges),
        };
    }
    may_be_mapped(page.iter().chain(&cells)).then_some(Mapping {
        kind: form.kind,
        page,
        shape: Shape::Cells(cells),
        repeat: false,
        only_if: None,
    })
}

/// One record a line: what is no column is the sheet's.
fn lines(form: &Form, columns: &Columns) -> Option<Mapping> {
    let page = boxes(form).filter(|(item, _)| !columns.columns.contains_key(item));
    let page: Places = page.collect();
    let columns = within_table(columns);
    let is_whole = may_be_mapped(&page) && may_be_mapped(&columns.columns);
    is_whole.then_some(Mapping {
        kind: form.kind,
        page,
        shape: Shape::Lines(columns),
        repeat: false,
        only_if: None,
    })
}

fn may_be_mapped<'a, T: 'a>(places: impl IntoIterator<Item = (&'a Item, &'a Vec<T>)>) -> bool {
    let mut places = places.into_iter();
    places.all(|(item, places)| places.len() < 2 || item.may_be_divided())
}

/// Without the columns behind the last one that is read.
fn within_table(columns: &Columns) -> Columns {
    let read = columns
        .columns
        .iter()
        .filter(|(item, _)| **item != Item::Ignored);
    let last = read.flat_map(|(_, spans)| spans).map(|span| span.1);
    let last = last.chain(columns.days.map(|days| days.span.1)).max();
    let mut within = columns.clone();
    if let Some(ignored) = within.columns.get_mut(&Item::Ignored) {
        ignored.retain(|span| last.is_some_and(|last| span.0 <= last));
    }
    within.columns.retain(|_, spans| !spans.is_empty());
    within
}

/// The cells of each item that is read.
fn boxes(form: &Form) -> impl Iterator<Item = (Item, Vec<CellRange>)> + '_ {
    let asked = form
        .entries
        .iter()
        .filter(|(item, _)| **item != Item::Ignored);
    asked.map(|(item, entries)| (*item, entries.iter().map(extent).collect()))
}

/// From the first cell of the box to the last that is written in.
fn extent(entry: &Entry) -> CellRange {
    let words = entry.words.iter().map(|word| CellRange::single(word.cell));
    words.fold(CellRange::single(entry.home), whole)
}

/// The smallest range that holds both.
fn whole(a: CellRange, b: CellRange) -> CellRange {
    let rows = (a.first.row.min(b.first.row), a.last.row.max(b.last.row));
    let cols = (a.first.col.min(b.first.col), a.last.col.max(b.last.col));
    CellRange::new(Cell::new(rows.0, cols.0), Cell::new(rows.1, cols.1))
}
