//! The names of contacts that no list has: 朝一 and 帰り before a time and what was said.

use crate::recognise::contacts::grid::is_time;
use crate::recognise::contacts::heads::may_be_asked;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Whether a text at the head of a row of contacts can be the name of one, by what stands in its
/// row: a time, and no other item's label before it.
pub fn is_timed(
    grid: &Grid,
    vocabulary: &Vocabulary,
    header: &Header,
    (row, text): (u32, &str),
) -> bool {
    let mut times = header.columns.iter();
    let time = times.find(|column| column.holds == Some(Holds::Item(Item::Time)));
    let mut here = time
        .into_iter()
        .flat_map(|column| grid.row_within(row, column.span.0, column.span.1));
    could_name(vocabulary, text) && here.any(|&i| is_time(grid.block(i)))
}

/// Whether a text is short and asks for nothing but a contact.
fn could_name(vocabulary: &Vocabulary, text: &str) -> bool {
    const LONGEST: usize = 12;
    let key = label_key(text);
    let is_contact = |item: Item| {
        may_be_asked(item) && item != Item::Recorder || matches!(item, Item::Start | Item::End)
    };
    let mut meanings = vocabulary.meanings(text).into_iter().flatten();
    let guessed = vocabulary.guess(text, FormKind::Daily);
    !key.is_empty()
        && key.chars().count() <= LONGEST
        && !["時刻", "時間", "。"].iter().any(|word| key.contains(word))
        && meanings.all(|(kind, item)| *kind != Some(FormKind::Daily) || is_contact(*item))
        && guessed.is_none_or(is_contact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::{HEAD, recognised};

    /// The contacts of the only form with a list of these names.
    fn contacts(names: [&str; 3]) -> Vec<String> {
        let list = [
            ("A4", "区分"),
            ("B4", "時刻"),
            ("C4", "連絡手段"),
            ("D4", "確認・支援の内容"),
            ("A5", names[0]),
            ("B5", "9:00"),
            ("C5", "電話"),
            ("D5", "予定を聞いた。"),
            ("A6", names[1]),
            ("B6", "12:00"),
            ("C6", "電話"),
            ("D6", "半分まで。"),
            ("A7", names[2]),
            ("B7", "15:00"),
            ("C7", "電話"),
            ("D7", "終えた。"),
            ("A8", "心身の状況"),
            ("B8", "良好"),
            ("A9", "記録者"),
            ("B9", "坂本"),
        ];
        let forms = recognised(Sheet::of_texts("記録", &[&HEAD[..], &list].concat())).forms;
        assert_eq!(forms.len(), 1, "{names:?} {forms:#?}");
        assert!(forms[0].entries.contains_key(&Item::Recorder));
        let entries = forms[0].entries.get(&Item::Contact).into_iter().flatten();
        entries.map(|entry| entry.label.clone()).collect()
    }

    #[test]
    fn whatever_a_row_of_a_list_is_called_it_is_a_contact() {
        for names in [
            ["作業開始時", "作業途中", "作業終了時"],
            ["朝一", "お昼どき", "帰り"],
            ["ログイン", "ひと息", "ログアウト"],
        ] {
            assert_eq!(contacts(names), names);
        }
    }

    #[test]
    fn the_label_of_another_item_is_no_name() {
        let names = |text| could_name(Vocabulary::builtin(), text);
        assert!(names("お昼どき"));
        for other in ["記録者", "実施時間", "心身の状況", "作業内容", "終了時刻"]
        {
            assert!(!names(other), "{other}");
        }
    }
}
