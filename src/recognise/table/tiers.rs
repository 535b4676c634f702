//! Heads below each other over records of as many rows: the upper head for the upper row, the
//! lower head for the lower one.

use std::collections::BTreeSet;

use crate::recognise::explain::looks_like_label;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::meaning::item_of;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The last row of heads, where under a run of heads in the rows `first` to `last` stand others
/// that are as wide and ask for something else: フリガナ over 氏名, 受給者証番号 over 市町村. No
/// value stands between them, so that they are the heads of the second row of each record.
pub fn last_tier(
    grid: &Grid,
    vocabulary: &Vocabulary,
    run: &[usize],
    (first, last): (u32, u32),
) -> u32 {
    const FEWEST: usize = 3;
    const MOST_ROWS: u32 = 3;
    let is_label = |i: usize| vocabulary.meanings(&grid.block(i).text).is_some();
    let key = |i: usize| label_key(&grid.block(i).text_in_short());
    let mut keys: BTreeSet<String> = run.iter().map(|&i| key(i)).collect();
    let mut last = last;
    while last - first + 1 < MOST_ROWS {
        let Some(next) = last.checked_add(1) else {
            break;
        };
        let below = |&i: &usize| {
            let own = grid.block(i).range;
            let mut under = grid.row_over(next, own.first.col, own.first.col);
            under.find(|&i| {
                let block = grid.block(i);
                let (from, to) = (block.range.first, block.range.last);
                let is_as_wide = (from.col, to.col) == (own.first.col, own.last.col);
                block.stored.is_some() && is_as_wide && from.row == next && to.row == next
            })
        };
        let pairs: Vec<(usize, usize)> = run.iter().filter_map(|i| Some((*i, below(i)?))).collect();
        let known = pairs
            .iter()
            .filter(|(over, under)| is_label(*over) && is_label(*under));
        let own: BTreeSet<String> = pairs.iter().map(|(_, under)| key(*under)).collect();
        let mut all = pairs.iter().map(|(_, under)| *under);
        let is_tier = known.clone().count() >= FEWEST
            && known.count() * 3 >= pairs.len() * 2
            && all.all(|i| is_label(i) || looks_like_label(&grid.block(i).text))
            && pairs.len() * 2 >= run.len()
            && own.len() == pairs.len()
            && own.is_disjoint(&keys);
        if !is_tier {
            break;
        }
        keys.extend(own);
        last = next;
    }
    last
}

/// How many rows of heads stand over as many rows of each record: where heads below each other
/// are as wide as each other and each is a label of its own, both are meant.
pub fn tiers(
    grid: &Grid,
    vocabulary: &Vocabulary,
    (first, last): (u32, u32),
    columns: &[((u32, u32), Vec<String>)],
    kind: FormKind,
) -> u32 {
    const FEWEST: usize = 2;
    let height = last - first + 1;
    let known = |text: &String| {
        let item = vocabulary.meanings(text)?;
        let of_kind = item.iter().any(|(k, _)| k.is_none() || *k == Some(kind));
        of_kind.then(|| item_of(vocabulary, std::slice::from_ref(text), kind))?
    };
    // 時刻 under 開始の連絡, which stands again over the next head, is one contact's.
    let contacts = &layout_words::words().contacts;
    let is_part_of_contact = |texts: &[String]| match texts {
        [over @ .., last] => {
            let mut over = over.iter();
            contacts.part(last).is_some() && over.any(|text| contacts.names_row(vocabulary, text))
        }
        [] => false,
    };
    let is_tiered = |((left, right), texts): &&((u32, u32), Vec<String>)| {
        let items: BTreeSet<Option<Item>> = texts.iter().map(known).collect();
        let whole = (first..=last).all(|row| {
            let mut over = grid.row_over(row, *left, *left);
            over.any(|i| {
                let range = grid.block(i).range;
                range.first.row == row && range.first.col == *left && range.last.col == *right
            })
        });
        texts.len() as u32 == height
            && !is_part_of_contact(texts)
            && items.len() == texts.len()
            && !items.contains(&None)
            && whole
    };
    // Where a column with one head has a text of its own in the second row, that is a record.
    let second = last.saturating_add(2);
    let begins = |((left, _), texts): &((u32, u32), Vec<String>)| {
        let mut below = grid.row_within(second, *left, *left).iter();
        texts.len() == 1
            && below.any(|&i| grid.block(i).range.first.row == second && grid.block(i).holds())
    };
    let is_meant = height > 1
        && columns.iter().filter(is_tiered).count() >= FEWEST
        && !columns.iter().any(begins);
    if is_meant { height } else { 1 }
}

#[cfg(test)]
mod tests {
    use crate::recognise::form::Entry;
    use crate::recognise::item::Item;
    use crate::recognise::testing::lines;

    fn told(rows: &[&[&str]], merged: &[&str], item: Item) -> Vec<String> {
        let text = |entries: &Vec<Entry>| {
            let words = entries.iter().flat_map(|entry| &entry.words);
            words.map(|word| word.text.as_str()).collect::<String>()
        };
        let lines = lines(rows, merged);
        let told = lines
            .iter()
            .map(|line| line.entries.get(&item).map(text).unwrap_or_default());
        told.collect()
    }

    const ROSTER: [&[&str]; 6] = [
        &[
            "フリガナ",
            "受給者証番号",
            "支給決定開始",
            "同意日",
            "希望理由",
        ],
        &[
            "氏名",
            "支給決定市町村",
            "支給決定終了",
            "計画作成日",
            "備考",
        ],
        &[
            "モリ ケンタ",
            "0100000031",
            "2025/4/1",
            "2025/5/1",
            "通院のため",
        ],
        &["森 健太", "北九州市", "2026/3/31", "2025/5/2", ""],
        &[
            "ハラ ヨウコ",
            "0100000049",
            "2025/7/1",
            "2025/6/3",
            "腰痛のため",
        ],
        &["原 葉子", "北九州市", "2026/6/30", "2025/6/5", "車いす"],
    ];

    #[test]
    fn two_rows_of_heads_are_over_records_of_two_rows() {
        let told = |item| told(&ROSTER, &[], item);
        assert_eq!(told(Item::Name), ["森 健太", "原 葉子"]);
        assert_eq!(told(Item::CertificateNumber), ["0100000031", "0100000049"]);
        assert_eq!(told(Item::Municipality), ["北九州市", "北九州市"]);
        assert_eq!(told(Item::GrantFrom), ["2025/4/1", "2025/7/1"]);
        assert_eq!(told(Item::GrantTo), ["2026/3/31", "2026/6/30"]);
        assert_eq!(told(Item::Reason), ["通院のため", "腰痛のため"]);
        assert_eq!(told(Item::Notes), ["", "車いす"]);
    }

    #[test]
    fn three_rows_of_heads_are_over_records_of_three() {
        let rows: [&[&str]; 6] = [
            &["氏名", "支給決定開始", "同意日"],
            &["受給者証番号", "支給決定終了", "計画作成日"],
            &["支給決定市町村", "在宅曜日", "申請日"],
            &["森 健太", "2025/4/1", "2025/5/1"],
            &["0100000031", "2026/3/31", "2025/5/2"],
            &["北九州市", "月・水", "2025/5/7"],
        ];
        assert_eq!(told(&rows, &[], Item::Name), ["森 健太"]);
        assert_eq!(told(&rows, &[], Item::GrantTo), ["2026/3/31"]);
        assert_eq!(told(&rows, &[], Item::AppliedOn), ["2025/5/7"]);
    }

    #[test]
    fn the_parts_of_contacts_are_in_one_row_of_a_record() {
        let rows: [&[&str]; 3] = [
            &[
                "日付",
                "作業内容",
                "開始の連絡",
                "開始の連絡",
                "終了の連絡",
                "終了の連絡",
            ],
            &["", "", "時刻", "内容", "時刻", "内容"],
            &["9/1", "検品", "9:55", "始める。", "15:00", "終える。"],
        ];
        assert_eq!(told(&rows, &[], Item::Work), ["検品"]);
        let contacts = told(&rows, &[], Item::Contact);
        assert_eq!(contacts, ["9:55始める。15:00終える。"]);
        let start = told(&rows, &[], Item::Start);
        assert_eq!(start, ["9:55"]);
    }

    #[test]
    fn a_row_of_values_is_no_row_of_heads() {
        let rows: [&[&str]; 3] = [
            &["日付", "区分", "作業内容", "備考"],
            &["9/1", "在宅", "作業", "実施日"],
            &["9/2", "在宅", "検品", ""],
        ];
        assert_eq!(told(&rows, &[], Item::Date), ["9/1", "9/2"]);
    }
}
