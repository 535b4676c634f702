//! Words that ask who wrote, where the name of a person stands beside them: 記録 or 記入.

use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The labels that such words are; `is_label` tells what is one already.
pub fn labels(
    grid: &Grid,
    vocabulary: &Vocabulary,
    is_label: impl Fn(usize) -> bool,
) -> Vec<Label> {
    let kinds = [FormKind::Daily, FormKind::Weekly];
    let blocks = grid.blocks().iter().enumerate();
    let found = blocks.filter_map(|(index, block)| {
        let asks = |kind: FormKind| {
            let item = vocabulary.column(&block.text, kind)?;
            (item == Item::Recorder).then_some((Some(kind), item))
        };
        if block.stored.is_none() || is_label(index) {
            return None;
        }
        let meanings: Vec<_> = kinds.into_iter().filter_map(asks).collect();
        let right = block.range.last.col.checked_add(1)?;
        let row = block.range.first.row;
        let mut beside = grid.row_within(row, right, right).iter();
        let is_named = beside.any(|&i| {
            let other = grid.block(i);
            let says = vocabulary.meanings(&other.text).is_some()
                || vocabulary.heading(&other.text).is_some();
            !is_label(i) && !says && is_surname(&other.text)
        });
        (is_named && !meanings.is_empty()).then_some(Label {
            guessed: true,
            ..Label::new(index, block.range, meanings)
        })
    });
    found.collect()
}

/// As short as a name, and without a kana that words end in.
fn is_surname(text: &str) -> bool {
    const LENGTH: std::ops::RangeInclusive<usize> = 1..=8;
    let is_kanji = |c: char| ('一'..='鿿').contains(&c) || matches!(c, '々' | 'ヶ' | 'ケ');
    let text = text.trim();
    LENGTH.contains(&text.chars().count()) && text.chars().all(|c| is_kanji(c) || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    fn told(texts: &[&str]) -> usize {
        let sheet = Sheet::of_rows(&[texts]);
        labels(&Grid::of(&sheet), Vocabulary::builtin(), |_| false).len()
    }

    #[test]
    fn a_name_beside_it_makes_the_word_a_label() {
        assert_eq!(told(&["記録", "三宅"]), 1);
        assert_eq!(told(&["記入", "三宅　翔"]), 1);
    }

    #[test]
    fn other_words_beside_it_do_not() {
        for texts in [
            ["記録", "作業を始めた"],
            ["記録", "備考"],
            ["作業", "三宅"],
            ["記録", "9:30"],
        ] {
            assert_eq!(told(&texts), 0, "{texts:?}");
        }
    }
}
