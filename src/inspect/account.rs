//! What became of each content of a sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fields::Shown;
use super::{Content, FormReading, ItemReading, Part, Totals, Why};
use crate::model::{Cell, CellRange};
use crate::read::{Merges, Shape, Sheet, Stored};
use crate::recognise::{Item, Recognised, Role, Word, circled_cell, is_advice, looks_like_label};
use crate::text::squash;

/// What forms make of their words; `None` for a word behind a value. Of several, the least
/// counts: a name that one form uses and a blank form repeats is used.
#[derive(Default)]
pub struct Uses {
    cells: BTreeMap<(Arc<str>, Cell), Option<Why>>,
    boxes: BTreeMap<(Arc<str>, Cell), Option<Why>>,
    /// By the first cell of the text box.
    drawn: BTreeMap<(Arc<str>, Cell), Option<Why>>,
    /// Where a seal was read that is laid over the cell as a picture.
    seals: BTreeSet<(Arc<str>, Cell)>,
}

impl Uses {
    fn put(&mut self, sheet: &Arc<str>, word: &Word, why: Option<Why>) {
        let (map, why) = match word.tick {
            None if word.drawn => (&mut self.drawn, why),
            None => (&mut self.cells, why),
            // A box without a tick is a choice that was not made.
            Some(false) => (&mut self.boxes, why.or(Some(Why::PrintedChoice))),
            Some(true) => (&mut self.boxes, why),
        };
        let known = map.entry((sheet.clone(), word.cell)).or_insert(why);
        *known = (*known).min(why);
    }
}

/// What the forms make of their words; `readings` are those of `found.forms`.
pub fn uses(found: &Recognised, readings: &[FormReading]) -> Uses {
    let mut uses = Uses::default();
    for (form, reading) in found.forms.iter().zip(readings) {
        let is_away = reading
            .items
            .iter()
            .any(|read| read.item == Item::Usage && is_elsewhere(read));
        let unused = match is_away {
            true => Why::NotAtHome,
            false => Why::Unfilled,
        };
        for (item, entries) in &form.entries {
            let of_item = reading.items.iter().filter(|read| read.item == *item);
            let of_item: Vec<&ItemReading> = of_item.collect();
            // The first box with a word is the one that is read, but for items with several.
            let chosen = match item {
                Item::WeeklyDate | Item::Contact => None,
                _ => entries.iter().position(|entry| !entry.words.is_empty()),
            };
            for (n, entry) in entries.iter().enumerate() {
                let why = if of_item.is_empty() {
                    Some(if reading.filled {
                        Why::NotAsked
                    } else {
                        unused
                    })
                } else if chosen.is_some_and(|chosen| chosen != n) {
                    Some(Why::Repeated)
                } else {
                    None
                };
                for word in &entry.words {
                    let why = why.or_else(|| of_word(*item, word, &of_item));
                    uses.put(&form.sheet, word, why);
                    if *item == Item::Confirmation && why.is_none() {
                        uses.seals.insert((form.sheet.clone(), word.cell));
                    }
                }
            }
        }
        for word in form.days.iter().map(|day| &day.word) {
            let mark = |read: &&ItemReading| {
                let of_a_day =
                    matches!(read.item, Item::Days | Item::WeeklyDate | Item::MonthlyDate);
                of_a_day && read.cell == Some(word.cell)
            };
            let why = match reading.items.iter().find(mark) {
                Some(read) if read.value.is_some() => None,
                Some(_) => Some(Why::NotUnderstood),
                // A sign such as 欠 says that there was no support.
                None if reading.filled => Some(Why::NotAtHome),
                None => Some(unused),
            };
            uses.put(&form.sheet, word, why);
        }
    }
    uses
}

fn is_elsewhere(read: &ItemReading) -> bool {
    read.value == Some(false.shown())
}

/// Why a word of the box that is read is behind no value; `None` where it is.
fn of_word(item: Item, word: &Word, read: &[&ItemReading]) -> Option<Why> {
    let values = || read.iter().filter(|read| read.value.is_some());
    let text = squash(&word.text);
    let is_sign = !text.contains(char::is_alphanumeric);
    let is_choice = matches!(item, Item::Method | Item::Usage | Item::Confirmation);
    let is_mark = is_choice && (word.tick.is_some() || is_sign && !text.contains(['□', '☐']));
    let is_used = match (item, word.tick) {
        _ if is_mark => values().next().is_some(),
        (_, Some(_)) => false,
        // Words beside a number do not make it.
        (Item::CertificateNumber, None) if !text.contains(|c: char| c.is_ascii_digit()) => false,
        // A cell may hold several values, each with its part of the text.
        (Item::DateTime | Item::WeeklyDate, None) => values().any(|read| {
            let raw = squash(&read.raw);
            raw.contains(&text) || !raw.is_empty() && text.contains(&raw)
        }),
        _ => values().any(|read| squash(&read.raw).contains(&text)),
    };
    if is_used {
        None
    } else if is_asked_in_brackets(item, &word.text) {
        Some(Why::Guide)
    } else if read.iter().any(|read| read.problem.is_some()) {
        Some(Why::NotUnderstood)
    } else if is_choice && (is_sign || looks_like_label(&word.text)) {
        Some(Why::PrintedChoice)
    } else if is_sign || values().next().is_none() {
        Some(Why::PrintedFrame)
    } else {
        Some(Why::Unread)
    }
}

/// （評価は１週間ごとに実施） beside a date.
fn is_asked_in_brackets(item: Item, text: &str) -> bool {
    matches!(item, Item::Date | Item::Period | Item::PreviousDate) && is_advice(text)
}

/// Accounts for all contents of one sheet.
pub fn sheet(
    sheet: &Sheet,
    known: &Known,
    uses: &Uses,
    rest: &mut Vec<Content>,
    totals: &mut Totals,
) {
    let name: Arc<str> = sheet.name.as_str().into();
    let merges = sheet.merges();
    let mut names: BTreeSet<Cell> = BTreeSet::new();
    let mut put = |cell: Cell, part: Part, text: &str, why: Option<Why>| {
        totals.count(why);
        if let Some(why) = why {
            rest.push(Content {
                sheet: name.clone(),
                cell,
                part,
                text: text.to_owned(),
                why,
            });
        }
    };
    for (&cell, content) in &sheet.cells {
        let written =
            !content.shown.trim().is_empty() || !matches!(content.stored, Stored::Text(_));
        if !written {
            continue;
        }
        let used = uses.cells.get(&(name.clone(), cell)).copied();
        let why = match (known.everywhere(cell), used) {
            (Some(why), _) => Some(why),
            (None, Some(why)) => why,
            (None, None) => Some(known.role(cell).unwrap_or_else(|| {
                let is_label = looks_like_label(&content.shown) && known.is_form;
                if is_label && !names.contains(&cell) && has_neighbour(sheet, &merges, cell) {
                    // What stands right of it is its value, be it short words too.
                    let last = merges.range_at(cell).last;
                    names.insert(Cell::new(cell.row, last.col.saturating_add(1)));
                    Why::UnknownLabel
                } else {
                    Why::Unknown
                }
            })),
        };
        put(cell, Part::Cell, &content.shown, why);
    }
    for check_box in &sheet.check_boxes {
        let used = uses.boxes.get(&(name.clone(), check_box.center)).copied();
        let why = match (known.everywhere(check_box.center), used) {
            (Some(why), _) => Some(why),
            // Of boxes on one place, those without a tick chose nothing.
            (None, Some(None)) if !check_box.checked => Some(Why::PrintedChoice),
            (None, Some(why)) => why,
            (None, None) if !check_box.checked => Some(Why::PrintedChoice),
            (None, None) => Some(Why::Unknown),
        };
        put(check_box.center, Part::CheckBox, &check_box.caption, why);
    }
    for shape in &sheet.shapes {
        let cell = shape.anchor.first;
        let rows = (name.clone(), shape.anchor.first)..=(name.clone(), shape.anchor.last);
        let mut seals = uses.seals.range(rows);
        let is_seal = shape.kind == "picture" && seals.any(|(_, at)| shape.anchor.contains(*at));
        let chosen = circled_cell(sheet, shape).map(|cell| (name.clone(), cell));
        let chosen = chosen.and_then(|place| uses.boxes.get(&place));
        let is_text = !shape.text.is_empty();
        let read = uses.drawn.get(&(name.clone(), cell));
        let why = match (known.everywhere(cell), chosen.or(read.filter(|_| is_text))) {
            (None, _) if is_seal => None,
            (None, Some(why)) => *why,
            (known, _) => Some(known.unwrap_or_else(|| of_shape(shape))),
        };
        put(cell, Part::Shape, &shape.text, why);
    }
    for comment in &sheet.comments {
        let why = known.everywhere(comment.cell).unwrap_or(Why::Comment);
        put(comment.cell, Part::Comment, &comment.text, Some(why));
    }
}

/// What recognition knows of one sheet.
#[derive(Default)]
pub struct Known {
    whole: Vec<(CellRange, Why)>,
    cells: BTreeMap<Cell, Why>,
    is_form: bool,
}

/// What recognition knows, by the sheet's name.
pub fn known(found: &Recognised) -> BTreeMap<Arc<str>, Known> {
    let mut sheets: BTreeMap<Arc<str>, Known> = BTreeMap::new();
    for form in &found.forms {
        sheets.entry(form.sheet.clone()).or_default().is_form = true;
    }
    for explained in &found.explained {
        let known = sheets.entry(explained.sheet.clone()).or_default();
        let why = explained.role.into();
        match explained.role {
            Role::Sample | Role::LeftOut => known.whole.push((explained.range, why)),
            _ => {
                known.cells.entry(explained.range.first).or_insert(why);
            }
        }
    }
    sheets
}

impl Known {
    fn everywhere(&self, cell: Cell) -> Option<Why> {
        let mut whole = self.whole.iter();
        whole
            .find(|(range, _)| range.contains(cell))
            .map(|(_, why)| *why)
    }

    fn role(&self, cell: Cell) -> Option<Why> {
        self.cells.get(&cell).copied()
    }
}

/// Whether a box, written in or not, touches the cell on the right or below.
fn has_neighbour(sheet: &Sheet, merges: &Merges, cell: Cell) -> bool {
    let own = merges.range_at(cell);
    let right = Cell::new(cell.row, own.last.col.saturating_add(1));
    let below = Cell::new(own.last.row.saturating_add(1), cell.col);
    let is_box = |cell: Cell| {
        let range = merges.range_at(cell);
        sheet.cells.contains_key(&cell) || range.first != range.last
    };
    is_box(right) || is_box(below)
}

/// A shape without a text says nothing, but for one that may circle a choice.
fn of_shape(shape: &Shape) -> Why {
    let circles = shape.kind.contains("ellipse") || shape.kind.contains("donut");
    match shape.text.trim() {
        "" if circles => Why::Unknown,
        "" => Why::Decoration,
        text if text.starts_with('※') => Why::Guide,
        _ => Why::Unknown,
    }
}
