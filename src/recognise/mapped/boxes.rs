//! An item of a mapping that has several boxes: its texts are one text, its choices one choice.
//!
//! Contacts stay apart, one a box or a row; so do the dates of a listing's evaluations.

use crate::model::CellRange;
use crate::read::Stored;
use crate::recognise::calendar::is_weekday;
use crate::recognise::form::{Entry, Word};
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::section::joined::whole;
use crate::recognise::wording::ticks::is_sign;
use crate::text::squash;

/// One entry for all boxes of `item`, or one for each where it repeats.
pub fn united(item: Item, entries: Vec<Entry>) -> Vec<Entry> {
    match item {
        Item::Contact => by_rows(entries),
        _ if item.repeats() => entries,
        _ => whole(entries),
    }
}

/// A lone box of contacts in rows: each row that gives a time is one of them, with the rows
/// below it that do not.
fn by_rows(entries: Vec<Entry>) -> Vec<Entry> {
    let [whole] = entries.as_slice() else {
        return entries;
    };
    let mut found: Vec<Entry> = Vec::new();
    let rows = whole.words.chunk_by(|a, b| a.cell.row == b.cell.row);
    for row in rows {
        match found.last_mut() {
            Some(contact) if !row.iter().any(gives_time) => {
                contact.words.extend_from_slice(row);
            }
            _ => {
                let home = row.first().map_or(whole.home, |word| word.cell);
                // The head is that of all of them, and names none.
                let contact = Entry::new(String::new(), home, row.to_vec());
                found.push(Entry {
                    grounds: whole.grounds,
                    ..contact
                });
            }
        }
    }
    match found.len() {
        0 | 1 => entries,
        _ => found,
    }
}

/// Whether a time of day stands at the head of the text.
fn gives_time(word: &Word) -> bool {
    let text = squash(&word.text);
    let hour = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let opens = text.chars().count() - hour.chars().count() <= 4;
    let rest = hour.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = hour.len() - rest.len();
    let moment = matches!(word.stored, Some(Stored::Moment(n)) if (0.0..1.0).contains(&n));
    moment || opens && (1..=2).contains(&digits) && rest.starts_with([':', '時'])
}

/// Puts the name of the weekday in the place of a sign below or beside it.
pub fn name_weekday(grid: &Grid, range: CellRange, words: &mut [Word]) {
    let row = grid.row(range.first.row).iter().rev().copied();
    let before = row.filter(|&i| grid.block(i).range.last.col < range.first.col);
    let above = (0..range.first.row).rev().take(2).flat_map(|row| {
        let over = grid.row_over(row, range.first.col, range.last.col);
        over.collect::<Vec<_>>()
    });
    let names = |&i: &usize| is_weekday(&squash(&grid.block(i).text));
    let Some(name) = above.chain(before.take(1)).find(names) else {
        return;
    };
    for word in words.iter_mut().filter(|word| is_sign(&word.text)) {
        grid.block(name).text.clone_into(&mut word.text);
        word.stored = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::read::Sheet;
    use crate::recognise::testing::word;

    fn entry(words: &[(&str, &str)]) -> Entry {
        let words = words.iter().map(|(cell, text)| word(cell, text));
        Entry::new("連絡".to_owned(), Cell::new(0, 0), words.collect())
    }

    fn told(entries: &[Entry]) -> Vec<String> {
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join("/")
        };
        entries.iter().map(text).collect()
    }

    #[test]
    fn texts_of_several_boxes_are_one_in_their_order() {
        let boxes = || {
            vec![
                entry(&[]),
                entry(&[("B6", "封入")]),
                entry(&[("B7", "検品")]),
            ]
        };
        let work = united(Item::Work, boxes());
        assert_eq!(told(&work), ["封入/検品"]);
        assert_eq!(told(&united(Item::Contact, boxes())), ["", "封入", "検品"]);
        assert_eq!(told(&united(Item::WeeklyDate, boxes())).len(), 3);
    }

    #[test]
    fn each_row_with_a_time_is_a_contact() {
        let rows = [
            ("D6", "９:00"),
            ("E6", "電話"),
            ("F6", "開始の連絡。"),
            ("F7", "体調はよい。"),
            ("D8", "午後3時"),
            ("F8", "終了の連絡。"),
        ];
        let contacts = united(Item::Contact, vec![entry(&rows)]);
        let each = [
            "９:00/電話/開始の連絡。/体調はよい。",
            "午後3時/終了の連絡。",
        ];
        assert_eq!(told(&contacts), each);
        assert!(contacts.iter().all(|contact| contact.label.is_empty()));
        let one = united(Item::Contact, vec![entry(&rows[..4])]);
        assert_eq!((one.len(), one[0].label.as_str()), (1, "連絡"));
        // A count is no time, nor is one far within the text.
        for text in ["23件を検品", "昨夜はよく眠れて、7:00に起きた"] {
            let rows = [("F6", "9:00 開始"), ("F7", text)];
            assert_eq!(united(Item::Contact, vec![entry(&rows)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_sign_is_the_weekday_that_it_stands_under() {
        let grid = Grid::of(&Sheet::of_texts(
            "",
            &[("B2", "月"), ("B3", "○"), ("C3", "在宅")],
        ));
        let at = |text: &str| {
            let range = CellRange::parse(text).unwrap();
            let block = grid.within(range).next().unwrap();
            let mut words = vec![word("A1", &grid.block(block).text)];
            name_weekday(&grid, range, &mut words);
            words.remove(0).text
        };
        assert_eq!(at("B3"), "月");
        assert_eq!(at("C3"), "在宅");
    }
}
