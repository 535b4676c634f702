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
