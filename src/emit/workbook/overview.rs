//! 事業所別集計: where each of several offices stands, worst first.

use std::cmp::Reverse;

use super::EmitError;
use super::book::{Book, PAGE_NUMBER};
use super::entry::Entry;
use super::findings::{columns, heading};
use super::style::{Look, Tone};
use super::table::Table;
use super::template::Words;
use crate::model::Lang;

const SIZE: f64 = 9.0;
const HEADING: u32 = 2;
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
    let table = Table {
        columns: columns(&told.columns, &OFFICES, lang),
        rows: worst_first
            .iter()
            .enumerate()
            .map(|(i, office)| line(i, office))
            .collect(),
        size: SIZE,
    };
    let sheet = book.sheet(told.title.say(lang))?;
    heading(sheet, &told.title, Some(&told.remark), &table, lang)?;
    let end = table.draw(sheet, HEADING)?;
    table.set_up(sheet, HEADING, end)?;
    sheet.set_footer(PAGE_NUMBER);
    Ok(())
}

fn line(index: usize, office: &OfficeLine) -> Vec<Entry> {
    let tinted =
        |count: usize, tone| Entry::colored(count.to_string(), (count > 0).then_some(tone));
    vec![
        Entry::plain((index + 1).to_string()),
        Entry::plain(&office.name),
        Entry::plain(office.number.clone().unwrap_or_default()),
        Entry::plain(office.people.to_string()),
        tinted(office.deficient, Tone::Deficient),
        tinted(office.review, Tone::Review),
        Entry::plain(office.waiting.to_string()),
        tinted(office.unreadable, Tone::Review),
    ]
}
