//! Labels that only the office uses: a free text that stands under one of them and under a common
//! label is one field, in the order of the boxes; of any other item, its own label is right.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::form::Entry;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::joined::whole;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The blocks of the labels that are the office's own.
pub fn blocks(grid: &Grid, labels: &[Label], vocabulary: &Vocabulary) -> BTreeSet<usize> {
    let own = labels.iter().map(|label| label.block);
    own.filter(|&i| vocabulary.is_own(&grid.block(i).text))
        .collect()
}

/// Whether a text is such a label of a field that is no contact, wherever it stands.
pub fn names_field(vocabulary: &Vocabulary, text: &str) -> bool {
    let is_field = |item: Item| !matches!(item, Item::Contact | Item::Usage | Item::Ignored);
    let mut meanings = vocabulary.meanings(text).into_iter().flatten();
    vocabulary.is_own(text) && meanings.any(|(_, item)| is_field(*item))
}

/// Whether such a label may name a second box of the item.
pub fn may_be_divided(item: Item) -> bool {
    item.is_free_text() && item != Item::Contact
}

/// Puts the boxes of such texts together, and takes those of other items from the office's label.
pub fn join(own: &mut BTreeMap<Item, Vec<Entry>>, vocabulary: &Vocabulary) {
    let several = own
        .iter_mut()
        .filter(|(item, entries)| entries.len() > 1 && !item.repeats());
    for (item, entries) in several {
        let is_own = |entry: &Entry| vocabulary.is_own(&entry.label);
        if !entries.iter().any(is_own) {
            continue;
        }
        if !may_be_divided(*item) {
            let is_answer = |entry: &Entry| is_own(entry) && !entry.words.is_empty();
            if entries.iter().any(is_answer) {
                entries.retain(is_answer);
            }
            continue;
        }
        *entries = whole(std::mem::take(entries));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Book, Sheet};
    use crate::recognise::testing::texts;
    use crate::recognise::{FormKind, MoreWords, recognise};

    /// The texts of each day's condition, with `more` as the office's own labels of it.
    fn told(cells: &[(&str, &str)], more: &[&str]) -> Vec<Vec<String>> {
        let labels = more.iter();
        let labels =
            labels.map(|word| (Some(FormKind::Daily), Item::Condition, (*word).to_owned()));
        let vocabulary = Vocabulary::builtin().with(&MoreWords {
            labels: labels.collect(),
            ..MoreWords::default()
        });
        let book = Book {
            sheets: vec![Sheet::of_texts("記録", cells)],
            ..Book::default()
        };
        let forms = recognise(&book, &vocabulary).forms;
        let texts = forms.iter().map(|form| {
            let entries = form.entries.get(&Item::Condition);
            let first = entries.and_then(|entries| entries.first());
            let words = first.into_iter().flat_map(|entry| &entry.words);
            words.map(|word| word.text.clone()).collect()
        });
        texts.collect()
    }

    const DAY: [(&str, &str); 11] = [
        ("A1", "在宅就労支援記録"),
        ("A2", "実施日"),
        ("B2", "9月1日"),
        ("A3", "作業内容"),
        ("B3", "検品"),
        ("A4", "心身の状況"),
        ("B4", "眠そう"),
        ("A5", "支援内容"),
        ("B5", "9:00 開始 12:00 終了"),
        ("A6", "つぶやき"),
        ("B6", "早寝をすすめた"),
    ];

    #[test]
    fn a_second_label_adds_its_text_and_begins_no_other_record() {
        assert_eq!(told(&DAY, &["つぶやき"]), [["眠そう", "早寝をすすめた"]]);
        assert_eq!(told(&DAY, &[]), [["眠そう"]]);
    }

    #[test]
    fn an_empty_box_adds_nothing_and_hides_nothing() {
        let mut blank = DAY;
        blank[6].1 = "";
        assert_eq!(told(&blank, &["つぶやき"]), [["早寝をすすめた"]]);
    }

    #[test]
    fn the_next_day_has_its_own() {
        let rows = |n: u32| {
            let lower = move |(at, text): &(&str, &str)| {
                let (col, row) = at.split_at(1);
                let row: u32 = row.parse().unwrap();
                (format!("{col}{}", row + n), (*text).to_owned())
            };
            DAY.iter().map(lower)
        };
        let cells: Vec<(String, String)> = rows(0).chain(rows(8)).collect();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
        let both = ["眠そう", "早寝をすすめた"];
        assert_eq!(told(&cells, &["つぶやき"]), [both, both]);
    }

    #[test]
    fn columns_of_a_table_are_joined_too() {
        let table = [
            ("A1", "実施日"),
            ("B1", "作業内容"),
            ("C1", "支援内容"),
            ("D1", "心身の状況"),
            ("E1", "つぶやき"),
            ("A2", "9月1日"),
            ("B2", "検品"),
            ("C2", "9:00 開始"),
            ("D2", "眠そう"),
            ("E2", "早寝をすすめた"),
        ];
        assert_eq!(told(&table, &["つぶやき"]), [["眠そう", "早寝をすすめた"]]);
    }

    #[test]
    fn a_contact_list_ends_above_the_office_s_own_label() {
        let day = [
            ("A1", "在宅就労支援記録"),
            ("A2", "実施日"),
            ("B2", "9月1日"),
            ("A3", "区分"),
            ("B3", "時刻"),
            ("C3", "内容"),
            ("A4", "開始時"),
            ("B4", "9:00"),
            ("C4", "体調を聞いた"),
            ("A5", "終了時"),
            ("B5", "12:00"),
            ("C5", "成果を聞いた"),
            ("A6", "つぶやき"),
            ("B6", "眠そうだった"),
        ];
        assert_eq!(told(&day, &["つぶやき"]), [["眠そうだった"]]);
    }

    #[test]
    fn a_guess_is_joined_and_the_office_s_label_of_a_name_is_right() {
        let week = [
            ("A1", "週間評価"),
            ("A2", "評価日"),
            ("B2", "9月5日"),
            ("A3", "評価方法"),
            ("B3", "電話"),
            ("A4", "今週の様子・評価"),
            ("B4", "課題を終えた"),
            ("A5", "つぶやき"),
            ("B5", "早寝をすすめる"),
            ("A6", "記録者"),
            ("B6", "原"),
            ("A7", "面談した人"),
            ("B7", "堀内"),
        ];
        let label = |item, word: &str| (Some(FormKind::Weekly), item, word.to_owned());
        let vocabulary = Vocabulary::builtin().with(&MoreWords {
            labels: vec![
                label(Item::Content, "つぶやき"),
                label(Item::Recorder, "面談した人"),
            ],
            ..MoreWords::default()
        });
        let book = Book {
            sheets: vec![Sheet::of_texts("週", &week)],
            ..Book::default()
        };
        let forms = recognise(&book, &vocabulary).forms;
        let said = |item: Item| texts(&forms[0], item);
        assert_eq!(forms.len(), 1);
        assert_eq!(said(Item::Content), ["課題を終えた", "早寝をすすめる"]);
        assert_eq!(said(Item::Recorder), ["堀内"]);
    }
}
