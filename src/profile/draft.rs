//! The draft of a profile: the layouts that were recognised, and the words that were not.

mod compare;
mod offered;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use self::compare::{difference, different_value, values};
use self::text::{comment, quoted};
use super::key;
use super::rest::together;
use super::unknown_words::{Values, unknown_words};
use crate::inspect::Reading;
use crate::model::{Cell, CellRange, Dialect, FileName};
use crate::read::{Book, Sheet};
use crate::recognise::{
    Columns, Entry, Form, FormKind, Item, Laid, Landmarks, Mapping, Places, Recognised, Shape,
    Vocabulary, is_sample,
};

/// A profile in the making, from one workbook after the other. A layout stands in it once.
#[derive(Debug, Default)]
pub struct Draft {
    sheets: Vec<Recorded>,
    /// The words by the kind of the first form of their sheets, each with the first of those.
    unknown: BTreeMap<FormKind, BTreeMap<String, usize>>,
    values: Values,
}

/// A sheet with the forms that were recognised on it.
#[derive(Debug)]
struct Recorded {
    file: FileName,
    sheet: Sheet,
    forms: Vec<Form>,
    tables: Vec<Laid>,
    dialect: Dialect,
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
# tenken のプロファイルの下書き: 番地を元のブックと見比べ、違うものを直してください。要らない行は消せます。
# 「tenken inspect ブック --profile このファイル」で、読み取りが変わったことを確かめてください。
# 次からは「tenken run フォルダ --out 出力先 --profile このファイル」で使います。
# words のセルにその語があるシートにだけ使われます。項目を消しても足しても変わりません。
";

const UNKNOWN_HEAD: &str = "
# 読み方の分からない、項目名らしい文字です。
# 当てはまる項目（support など）の行に移すか、点検に使わない項目なら ignored のまま行頭の # を消してください。
";

const LEFT_HEAD: &str = "
# 次のシートは、番地では今と同じに読めない様式があり、これまでどおり項目名から読み取ります。
";

impl Draft {
    /// Adds the layouts of one workbook.
    pub fn add(&mut self, book: &Book, found: &Recognised, reading: &Reading) {
        self.values.add(reading);
        for sheet in &book.sheets {
            let on_sheet = |name: &str| *name == *sheet.name;
            let forms: Vec<Form> = found
                .forms
                .iter()
                .filter(|form| on_sheet(&form.sheet))
                .cloned()
                .collect();
            if let Some(kind) = forms.first().map(|form| form.kind) {
                let known = self.unknown.entry(kind).or_default();
                for word in unknown_words(reading, sheet) {
                    known.entry(word).or_insert(self.sheets.len());
                }
            }
            let tables = found.tables.iter().filter(|table| on_sheet(&table.sheet));
            self.sheets.push(Recorded {
                file: book.file.clone(),
                sheet: sheet.clone(),
                forms,
                tables: tables.cloned().collect(),
                dialect: found.dialect.clone(),
            });
        }
    }

    /// The profile as a file, with comments for the person who goes on with it. What it maps
    /// reads as it was recognised by `vocabulary`.
    pub fn toml(&self, vocabulary: &Vocabulary) -> String {
        let mut out = HEAD.to_owned();
        let unknown = self.offered();
        if !unknown.is_empty() {
            out.push_str(UNKNOWN_HEAD);
        }
        for (kind, words) in unknown {
            let words: Vec<String> = words.into_iter().map(quoted).collect();
            // Writing to a String cannot fail.
            let _ = write!(
                out,
                "# [labels.{}]\n# ignored = [{}]\n",
                key(&kind),
                words.join(", ")
            );
        }
        let (layouts, left) = self.layouts(vocabulary);
        if !left.is_empty() {
            out.push_str(LEFT_HEAD);
        }
        for (why, names) in left {
            let names = names.iter().map(|name| format!("「{}」", comment(name)));
            let _ = writeln!(out, "#   {}: {}", why.words(), names.collect::<String>());
        }
        if !layouts.is_empty() {
            out.push('\n');
        }
        for layout in &layouts {
            layout.write(&mut out);
        }
        out
    }

    /// The layouts by which every sheet reads as it was recognised, and the sheets of which
    /// records are left to recognition.
    fn layouts(&self, vocabulary: &Vocabulary) -> (Vec<Layout<'_>>, Reasons<'_>) {
        let mut layouts = Vec::new();
        let mut left = Reasons::new();
        for one in &self.sheets {
            let (mappings, reasons) = one.mappings();
            for (mapping, title) in mappings {
                put(&mut layouts, &one.sheet, mapping, title);
            }
            for why in reasons {
                left.entry(why).or_default().insert(&one.sheet.name);
            }
        }
        loop {
            let mut wrong: BTreeSet<usize> = BTreeSet::new();
            for one in &self.sheets {
                let fitting = one.fitting(&layouts, vocabulary);
                let Some((kind, item)) = one.misread(&layouts, &fitting, vocabulary) else {
                    continue;
                };
                let is_of_kind = |n: &&usize| {
                    let layout: Option<&Layout> = layouts.get(**n);
                    layout.is_some_and(|layout| layout.mapping.kind == kind)
                };
                let of_kind: Vec<usize> = fitting.iter().filter(is_of_kind).copied().collect();
                // Beside a record that is mapped, another may be recognised in another way.
                wrong.extend(if of_kind.is_empty() { fitting } else { of_kind });
                let why = Left::Misread(kind, item);
                left.entry(why).or_default().insert(&one.sheet.name);
            }
            if wrong.is_empty() {
                return (layouts, left);
            }
            let mut number = 0..;
            layouts.retain(|_| number.next().is_none_or(|n| !wrong.contains(&n)));
        }
    }
}

/// Sheets by the reason why records of theirs are left to recognition.
type Reasons<'a> = BTreeMap<Left, BTreeSet<&'a str>>;

/// Why a record is left to recognition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    /// 自主点検表
    Inspection,
    /// A table whose columns or rows no mapping can tell.
    Divided(FormKind),
    /// Several boxes of an item that can have one.
    Boxes(FormKind, Item),
    /// The mapping would read it in another way.
    Misread(FormKind, Option<Item>),
}

impl Left {
    fn words(self) -> String {
        match self {
            Self::Inspection => "自主点検表は、いつも項目名から読み取ります".to_owned(),
            Self::Divided(kind) => format!(
                "{} の表は、1つの列や行に複数の項目があるか、日が順に並んでいません",
                key(&kind)
            ),
            Self::Boxes(kind, item) => {
                format!(
                    "{} の {} が、離れた欄に分かれています",
                    key(&kind),
                    key(&item)
                )
            }
            Self::Misread(kind, Some(item)) => {
                format!(
                    "{} の {} の読み取りが、番地では変わります",
                    key(&kind),
                    key(&item)
                )
            }
            Self::Misread(kind, None) => {
                format!("{} の記録の分かれ方が、番地では変わります", key(&kind))
            }
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

    /// The first form that the layouts read in another way, by its kind, with the item.
    fn misread(
        &self,
        layouts: &[Layout],
        fitting: &[usize],
        vocabulary: &Vocabulary,
    ) -> Option<(FormKind, Option<Item>)> {
        if fitting.is_empty() {
            return None;
        }
        let fitting = fitting.iter().filter_map(|n| layouts.get(*n));
        let mappings: Vec<&Mapping> = fitting.map(|layout| &layout.mapping).collect();
        let whole = together(&self.file, &self.sheet, &mappings, vocabulary);
        difference(&self.forms, &whole.forms).or_else(|| {
            let read = |forms: &[Form], tables: &[Laid]| {
                values(Recognised {
                    file: self.file.clone(),
                    forms: forms.to_vec(),
                    tables: tables.to_vec(),
                    dialect: self.dialect.clone(),
                    ..Recognised::default()
                })
            };
            let own = read(&self.forms, &self.tables);
            different_value(&own, &read(&whole.forms, &whole.tables))
        })
    }

    /// The mappings that read forms as they were recognised, with their titles, and why others
    /// have none.
    fn mappings(&self) -> (Vec<(Mapping, String)>, BTreeSet<Left>) {
        let mut found: Vec<(Mapping, String)> = Vec::new();
        let mut left = BTreeSet::new();
        let mut tables: BTreeSet<usize> = BTreeSet::new();
        for form in &self.forms {
            let title = form.title.clone();
            if form.kind == FormKind::SelfInspection {
                left.insert(Left::Inspection);
                continue;
            }
            let mapping = match form.table {
                Some(table) if !tables.insert(table) => continue,
                Some(table) => {
                    let laid = self.tables.iter().find(|laid| laid.table == table);
                    let columns = laid.and_then(|laid| laid.columns.as_ref());
                    let columns = columns.ok_or(Left::Divided(form.kind));
                    columns.and_then(|columns| lines(form, columns))
                }
                None => cells(form),
            };
            match mapping {
                Err(why) => {
                    left.insert(why);
                }
                Ok(mapping) => {
                    let is_line = form.table.is_some();
                    if is_line || !found.iter_mut().any(|(known, _)| repeats(known, &mapping)) {
                        found.push((mapping, title));
                    }
                }
            }
        }
        (found, left)
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
        contacts_in_parts: false,
    })
}

fn joined_places(a: &Places, b: &Places) -> Option<Places> {
    if a.len() != b.len() {
        return None;
    }
    let both = a.iter().map(|(item, ranges)| {
        let others = b.get(item).filter(|others| others.len() == ranges.len())?;
        let pairs = ranges.iter().zip(others);
        let whole = pairs.map(|(a, b)| b.overlaps(a).then(|| a.with(*b)));
        Some((*item, whole.collect::<Option<_>>()?))
    });
    both.collect()
}

/// One record a form: what stands above the record's own items is the sheet's. Refused where
/// an item has boxes that no mapping takes together.
fn cells(form: &Form) -> Result<Mapping, Left> {
    let (mut page, mut cells) = (Places::new(), Places::new());
    for (item, ranges) in boxes(form) {
        match item.is_heading() {
            true => page.insert(item, ranges),
            false => cells.insert(item, ranges),
        };
    }
    if let Some(item) = divided(page.iter().chain(&cells)) {
        return Err(Left::Boxes(form.kind, item));
    }
    Ok(Mapping {
        kind: form.kind,
        page,
        shape: Shape::Cells(cells),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    })
}

/// One record a line: what is no column is the sheet's.
fn lines(form: &Form, columns: &Columns) -> Result<Mapping, Left> {
    let page = boxes(form).filter(|(item, _)| !columns.columns.contains_key(item));
    let page: Places = page.collect();
    let columns = within_table(columns);
    if let Some(item) = divided(&page).or_else(|| divided(&columns.columns)) {
        return Err(Left::Boxes(form.kind, item));
    }
    Ok(Mapping {
        kind: form.kind,
        page,
        shape: Shape::Lines(columns),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    })
}

/// The first item with several boxes that can have but one.
fn divided<'a, T: 'a>(places: impl IntoIterator<Item = (&'a Item, &'a Vec<T>)>) -> Option<Item> {
    let mut places = places.into_iter();
    let item = places.find(|(item, places)| places.len() > 1 && !item.may_be_divided());
    item.map(|(item, _)| *item)
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
    words.fold(CellRange::single(entry.home), CellRange::with)
}
