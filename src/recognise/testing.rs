//! Sheets of texts, recognised, for the tests of these rooms.

use super::{label, recognise, table, unmerged};
use crate::model::Cell;
use crate::read::{Book, Sheet, Stored};
use crate::recognise::form::{Entry, Form, Recognised, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::table::header::Column;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The lines of the tables on a sheet with these rows, whatever titles say.
pub fn lines(rows: &[&[&str]], merged: &[&str]) -> Vec<Line> {
    let vocabulary = Vocabulary::builtin();
    let grid = Grid::of(&Sheet::of_rows(rows).merging(merged));
    let grid = unmerged::joined(grid, vocabulary);
    let labels = label::labels(&grid, vocabulary);
    let found = table::tables(&grid, &labels, vocabulary, |_| None);
    found.into_iter().flat_map(|table| table.lines).collect()
}

/// What a line says of an item, the words of each box as one text.
pub fn said(line: &Line, item: Item) -> Vec<String> {
    let entries = line.entries.get(&item).into_iter().flatten();
    let text = |entry: &Entry| {
        let words = entry.words.iter().map(|word| word.text.as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    entries.map(text).collect()
}

/// The labels with their values of a sheet with one text.
pub fn labels_of(text: &str) -> Vec<(Item, String)> {
    let sheet = Sheet::of_rows(&[&[text]]);
    let found = label::labels(&Grid::of(&sheet), Vocabulary::builtin());
    let value = |label: &Label| {
        let words = label.inline.iter().flatten();
        words.map(|word| word.text.as_str()).collect::<String>()
    };
    let told = found
        .iter()
        .map(|label| (label.meanings[0].1, value(label)));
    told.collect()
}

/// What is recognised on a sheet.
pub fn recognised(sheet: Sheet) -> Recognised {
    let book = Book {
        sheets: vec![sheet],
        ..Book::default()
    };
    recognise(&book, Vocabulary::builtin())
}

/// The texts of what a form holds for an item.
pub fn texts(form: &Form, item: Item) -> Vec<String> {
    let entries = form.entries.get(&item).into_iter().flatten();
    let words = entries.flat_map(|entry| &entry.words);
    words.map(|word| word.text.clone()).collect()
}

/// The same of the first form of a kind on a sheet with these rows.
pub fn told(rows: &[&[&str]], kind: FormKind, item: Item) -> Vec<String> {
    let found = recognised(Sheet::of_rows(rows));
    let form = found.forms.iter().find(|form| form.kind == kind);
    texts(form.unwrap(), item)
}

/// A word as a cell holds it.
pub fn word(cell: &str, text: &str) -> Word {
    Word {
        cell: Cell::parse(cell).unwrap(),
        text: text.to_owned(),
        stored: Some(Stored::Text(text.to_owned())),
        ..Word::default()
    }
}

/// A column under these heads, from top to bottom, of which nothing is known.
pub fn column(heads: &[&str]) -> Column {
    let heads = heads.iter().map(|head| (*head).to_owned());
    Column::new((0, 0), heads.collect(), None)
}

/// The head of a form of a day, above its contacts.
pub const HEAD: [(&str, &str); 9] = [
    ("A1", "在宅就労支援記録"),
    ("A2", "氏名"),
    ("B2", "森 健太"),
    ("A3", "実施日"),
    ("B3", "令和7年9月1日"),
    ("C3", "実施時間"),
    ("D3", "10:00～15:00"),
    ("A4", "作業内容"),
    ("B4", "名刺データの入力"),
];

/// What a form says of an item, a text a box; of a contact with its label before it.
pub fn said_in(form: &Form, item: Item) -> Vec<String> {
    let entries = form.entries.get(&item).into_iter().flatten();
    let text = |entry: &Entry| {
        let words = entry.words.iter().map(|word| word.text.as_str());
        let words = words.collect::<Vec<_>>().join(" ");
        match item {
            Item::Contact => format!("{}:{words}", entry.label),
            _ => words,
        }
    };
    entries.map(text).collect()
}
