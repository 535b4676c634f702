//! What of a sheet no form holds and nothing explains: text that may be what a record seems
//! to lack.
//!
//! Only whether such text stands within a record, or makes up a part of the sheet that could
//! be a record, is told. What it says must not enter.

use std::collections::BTreeSet;

use crate::model::{Cell, CellRange};
use crate::read::Sheet;
use crate::recognise::form::{Explained, Form};
use crate::text::squash;

/// Texts looked at for one form.
const MOST: usize = 256;

/// Notes in each form of the sheet the first text within it that nobody claims, and gives all
/// such texts. `explained` is what is known of this sheet.
pub fn mark(sheet: &Sheet, forms: &mut [Form], explained: &[Explained]) -> BTreeSet<Cell> {
    let left = unclaimed(sheet, forms, explained);
    if left.is_empty() {
        return left;
    }
    let ranges: Vec<Option<CellRange>> = forms.iter().map(own_range).collect();
    let within = |range: CellRange| {
        let rows = Cell::new(range.first.row, 0)..=Cell::new(range.last.row, u32::MAX);
        left.range(rows).take(MOST).copied()
    };
    let mut owned: BTreeSet<Cell> = BTreeSet::new();
    for (form, range) in forms.iter_mut().zip(&ranges) {
        let Some(range) = *range else { continue };
        for cell in within(range).filter(|cell| range.contains(*cell)) {
            form.unread = form.unread.or(Some(cell));
            owned.insert(cell);
        }
    }
    // A text beside several forms, and in none of them, may be any one's.
    for (form, range) in forms.iter_mut().zip(&ranges) {
        let Some(range) = *range else { continue };
        if form.unread.is_none() {
            form.unread = within(range).find(|cell| !owned.contains(cell));
        }
    }
    left
}

/// The texts that are in no form, and of which nothing else is known.
fn unclaimed(sheet: &Sheet, forms: &[Form], explained: &[Explained]) -> BTreeSet<Cell> {
    let mut left: BTreeSet<Cell> = sheet
        .cells
        .iter()
        .filter(|(_, cell)| tells(&cell.shown))
        .map(|(at, _)| *at)
        .collect();
    for form in forms {
        let entries = form.entries.values().flatten();
        let words = entries.flat_map(|entry| &entry.words);
        let days = form.days.iter().map(|day| &day.word);
        for word in words.chain(days) {
            left.remove(&word.cell);
        }
    }
    for known in explained {
        left.remove(&known.range.first);
    }
    left
}

/// A sign such as ○ or a number of a line could be no item of a record.
fn tells(text: &str) -> bool {
    const LEAST: usize = 2;
    let text = squash(text);
    text.chars().count() >= LEAST
        && text.contains(char::is_alphanumeric)
        && text.parse::<u32>().is_err()
}

/// The cells from the first to the last of the record's own items; what it shares with other
/// records, such as the name above, does not count.
fn own_range(form: &Form) -> Option<CellRange> {
    let own = form.entries.iter().filter(|(item, _)| !item.is_heading());
    let cells = own.flat_map(|(_, entries)| entries).flat_map(|entry| {
        let words = entry.words.iter().map(|word| word.cell);
        words.chain([entry.home])
    });
    cells.fold(None, |range: Option<CellRange>, cell| {
        let range = range.unwrap_or(CellRange::single(cell));
        Some(CellRange::new(
            Cell::new(range.first.row.min(cell.row), range.first.col.min(cell.col)),
            Cell::new(range.last.row.max(cell.row), range.last.col.max(cell.col)),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::FormKind;
    use crate::recognise::testing::recognised;

    /// Whether each form of the sheet has a text that was not understood, and whether the sheet
    /// could hold more than its forms.
    fn seen(cells: &[(&str, &str)]) -> (Vec<(FormKind, Option<String>)>, bool) {
        let found = recognised(Sheet::of_texts("記録", cells));
        let forms = found.forms.iter();
        let unread = forms.map(|form| (form.kind, form.unread.map(|cell| cell.to_string())));
        (unread.collect(), !found.unrecognised.is_empty())
    }

    #[test]
    fn drawings_that_could_not_be_decoded_may_hold_more_than_the_forms() {
        for (texts, unread) in [
            (&DAY[..], true),
            (&DAY[..], false),
            (&[], true),
            (&[], false),
        ] {
            let mut sheet = Sheet::of_texts("記録", texts);
            sheet.unread_drawings = unread;
            assert_eq!(!recognised(sheet).unrecognised.is_empty(), unread);
        }
    }

    const DAY: [(&str, &str); 10] = [
        ("A1", "在宅就労支援記録"),
        ("A2", "氏名"),
        ("B2", "森 健太"),
        ("A3", "実施日"),
        ("B3", "令和7年9月1日"),
        ("A4", "作業内容"),
        ("B4", "名刺データの入力"),
        ("A5", "支援内容"),
        ("A7", "記録者"),
        ("B7", "坂本"),
    ];

    #[test]
    fn a_text_that_nobody_claims_is_noted_in_its_record() {
        let (forms, more) = seen(&DAY);
        assert_eq!(forms, [(FormKind::Daily, None)]);
        assert!(!more);
        let told = ("D6", "10:00 開始の電話。15:00 終了の電話。");
        let (forms, more) = seen(&[&DAY[..], &[told]].concat());
        assert_eq!(forms, [(FormKind::Daily, Some("D6".to_owned()))]);
        assert!(!more);
    }

    #[test]
    fn what_stands_outside_or_says_nothing_is_no_part_of_the_record() {
        for other in [
            ("D6", "○"),
            ("D6", "3"),
            ("D6", "第１週"),
            ("B12", "10:00 電話をした。"),
        ] {
            let (forms, _) = seen(&[&DAY[..], &[other]].concat());
            assert_eq!(forms, [(FormKind::Daily, None)], "{other:?}");
        }
    }

    #[test]
    fn of_records_beside_each_other_only_the_one_around_the_text_is_in_doubt() {
        let cells = [
            ("A1", "在宅就労支援記録"),
            ("A2", "氏名"),
            ("B2", "森 健太"),
            ("A3", "実施日"),
            ("B3", "9月1日"),
            ("C3", "9月2日"),
            ("A4", "作業内容"),
            ("B4", "名刺データの入力"),
            ("C4", "検品"),
            ("A5", "ひとこと"),
            ("C5", "今日は楽しく作業ができた。"),
            ("A6", "支援内容"),
            ("B6", "10:00 電話。15:00 電話。"),
            ("C6", "10:00 電話。15:00 電話。"),
        ];
        let (forms, _) = seen(&cells);
        let unread: Vec<bool> = forms.iter().map(|(_, unread)| unread.is_some()).collect();
        assert_eq!(unread, [false, true], "{forms:?}");
    }

    #[test]
    fn much_text_beside_the_forms_may_be_records() {
        let said = "無事に作業をやりとげた様子だった。";
        let row = |n: u32| {
            [
                (format!("F{n}"), format!("9/{n} 分")),
                (format!("G{n}"), said.to_owned()),
            ]
        };
        let more: Vec<(String, String)> = (20..30).flat_map(row).collect();
        let more: Vec<(&str, &str)> = more.iter().map(|(at, text)| (&**at, &**text)).collect();
        let (forms, unread) = seen(&[&DAY[..], &more].concat());
        assert!(unread && forms == [(FormKind::Daily, None)], "{forms:?}");
    }
}
