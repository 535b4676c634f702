//! 事業所別集計: where each of several offices stands, worst first.

use std::cmp::Reverse;

use super::EmitError;
use super::book::Book;
use super::entry::Entry;
use super::list_sheet::{ListSheet, columns};
use super::style::{Look, Tone};
use super::table::Table;
use super::template::Words;
use crate::model::Lang;

const SIZE: f64 = 9.0;
/// The least width of each column in pixels and its look.
const OFFICES: [(u32, Look); 8] = [
    (30, Look::Figure),
    (260, Look::Cell),
    (100, Look::Figure),
    (70, Look::Figure),
    (70, Look::Figure),
    (70, Look::Figure),
    (70, Look::Figure),
    (110, Look::Figure),
];

/// How one office stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficeLine {
    /// 事業所名
    pub name: String,
    /// 事業所番号
    pub number: Option<String>,
    /// Users that its forms name.
    pub people: usize,
    /// 不適合
    pub deficient: usize,
    /// 要確認
    pub review: usize,
    /// 期限前
    pub waiting: usize,
    /// Files and documents that could not be read or made.
    pub unreadable: usize,
}

/// Writes the sheet of all offices.
pub(super) fn add(
    book: &mut Book,
    offices: &[OfficeLine],
    words: &Words,
    lang: Lang,
) -> Result<(), EmitError> {
    let told = &words.overview;
    let mut worst_first: Vec<&OfficeLine> = offices.iter().collect();
    worst_first.sort_by_key(|office| {
        (
            Reverse((office.deficient, office.review, office.unreadable)),
            &office.name,
        )
    });
    let list = ListSheet {
        title: told.title.say(lang),
        remark: told.remark.say(lang),
        table: Table {
            columns: columns(&told.columns, &OFFICES, lang),
            rows: (worst_first.iter().enumerate())
                .map(|(i, office)| line(i, office))
                .collect(),
            size: SIZE,
        },
        none: told.none.say(lang),
    };
    list.draw(book.sheet(told.title.say(lang))?)?;
    Ok(())
}

fn line(index: usize, office: &OfficeLine) -> Vec<Entry> {
    vec![
        Entry::count(index + 1),
        Entry::plain(&office.name),
        Entry::digits(office.number.clone().unwrap_or_default()),
        Entry::count(office.people),
        Entry::tinted_count(office.deficient, Tone::Deficient),
        Entry::tinted_count(office.review, Tone::Review),
        Entry::count(office.waiting),
        Entry::tinted_count(office.unreadable, Tone::Review),
    ]
}
