//! Copies of a form that nobody has filled, on one sheet: what all of them say alike, such as 出来高
//! behind an empty box, is printed.

use std::collections::BTreeSet;

use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Form;
use crate::recognise::item::{FormKind, Item};
use crate::text::squash;

/// Empties the forms of days that tell neither of whom nor when they are, where there are several
/// and all of them say the same short words.
pub fn empty(forms: &mut [Form]) {
    const FEWEST: usize = 2;
    let is_open = |form: &Form| {
        form.kind == FormKind::Daily && form.table.is_none() && !tells_whose_or_when(form)
    };
    let open: Vec<usize> = (0..)
        .zip(&*forms)
        .filter(|(_, form)| is_open(form))
        .map(|(i, _)| i)
        .collect();
    let mut said = open.iter().filter_map(|&i| forms.get(i)).map(said);
    let Some(first) = said.next().filter(|first| !first.is_empty()) else {
        return;
    };
    let is_printed = first.iter().all(|(_, text)| looks_like_label(text));
    let all_alike = said.all(|other| other == first);
    if open.len() < FEWEST || !is_printed || !all_alike {
        return;
    }
    for i in open {
        let entries = forms.get_mut(i).map(|form| form.entries.values_mut());
        for entry in entries.into_iter().flatten().flatten() {
            entry.words.clear();
        }
    }
}

/// Whether the form names somebody, or has a figure where it asks when it was.
fn tells_whose_or_when(form: &Form) -> bool {
    let of_user = |item: Item| matches!(item, Item::Name | Item::CertificateNumber);
    said(form)
        .iter()
        .any(|(item, _)| of_user(*item) || tells_when(*item))
}

fn tells_when(item: Item) -> bool {
    matches!(
        item,
        Item::Date | Item::DateTime | Item::Time | Item::Start | Item::End
    )
}

/// What is written in the boxes of a form, signs aside, and no word for when it was that has no
/// figure: 天気 behind the empty box of a date.
fn said(form: &Form) -> BTreeSet<(Item, String)> {
    let boxes = form.entries.iter();
    let words = boxes.flat_map(|(item, entries)| {
        let words = entries.iter().flat_map(|entry| &entry.words);
        words.map(|word| (*item, squash(&word.text)))
    });
    let is_told = |item: Item, text: &str| match tells_when(item) {
        true => text.contains(|c: char| c.is_ascii_digit()),
        false => text.contains(char::is_alphanumeric),
    };
    words.filter(|(item, text)| is_told(*item, text)).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::item::Item;
    use crate::recognise::testing::{recognised, texts};

    /// What the forms of a sheet say of the work, with these two names, works and amounts.
    fn works(slots: [[&str; 3]; 2]) -> Vec<String> {
        let [one, two] = slots;
        let rows: [&[&str]; 9] = [
            &["業務日誌", "", "実施日", "", "", "天気"],
            &["利用者", one[0], "", "時間", "　：　～　：　"],
            &["作業", one[1], "", "出来高", one[2]],
            &["支援内容"],
            &["心身の状況"],
            &["利用者", two[0], "", "時間", "　：　～　：　"],
            &["作業", two[1], "", "出来高", two[2]],
            &["支援内容"],
            &["心身の状況"],
        ];
        let merged = ["D1:E1", "B3:C3", "B7:C7"];
        let forms = recognised(Sheet::of_rows(&rows).merging(&merged)).forms;
        let told = forms.iter().flat_map(|form| texts(form, Item::Work));
        told.collect()
    }

    #[test]
    fn what_empty_copies_say_alike_is_printed() {
        assert!(works([["", "", ""], ["", "", ""]]).is_empty());
    }

    #[test]
    fn what_somebody_wrote_stays() {
        let works = |one, two| works([one, two]);
        let (check, pack) = (["", "検品", "20枚"], ["", "梱包", "10箱"]);
        assert_eq!(works(check, pack), ["検品", "梱包"]);
        let named = works(["森 健太", "検品", "20枚"], check);
        assert_eq!(named, ["検品", "検品"]);
        let once = works(["", "", ""], check);
        assert!(once.contains(&"検品".to_owned()), "{once:?}");
    }
}
