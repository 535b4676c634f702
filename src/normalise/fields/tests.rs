//! Fields from words that are parts of cells, struck through or hidden.

use super::*;

#[test]
fn a_part_of_a_cell_is_struck_or_hidden_with_it() {
    let date_of = |word: Word| {
        date(
            Some(&unlabelled(word.cell, vec![word], Grounds::default())),
            None,
        )
    };
    let part = Word {
        text: "2025年9月5日".to_owned(),
        struck: true,
        hidden: true,
        ..Word::default()
    };
    assert_eq!(
        date_of(part.clone()).doubts,
        [Doubt::StruckThrough, Doubt::Hidden]
    );
    let plain = Word {
        struck: false,
        hidden: false,
        ..part
    };
    assert!(date_of(plain).doubts.is_empty());
    let empty = Word {
        hidden: true,
        tick: Some(true),
        ..Word::default()
    };
    assert!(doubts(&[empty]).is_empty());
}

#[test]
fn two_numbers_and_more_days_than_a_month_has_are_no_count() {
    let days = |texts: &[&str]| {
        let words = (0..).zip(texts).map(|(row, text)| Word {
            cell: Cell::new(row, 0),
            text: (*text).to_owned(),
            ..Word::default()
        });
        let entry = unlabelled(Cell::new(0, 0), words.collect(), Grounds::default());
        count(Some(&entry)).value().copied()
    };
    assert_eq!(days(&["12"]), Some(12));
    assert_eq!(days(&["８日"]), Some(8));
    assert_eq!(days(&["8", "日"]), Some(8));
    for others in [&["8", "12"][..], &["8\n12"], &["812"], &["8.5"]] {
        assert_eq!(days(others), None, "{others:?}");
    }
}
