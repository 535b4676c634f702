//! A sign in the row under printed choices: it ticks the choice above it.

use crate::recognise::form::{Entry, Word};
use crate::recognise::label::Label;
use crate::recognise::wording::ticks::is_sign;

/// Moves the signs under printed choices to the choices that they tick.
pub fn mark(labels: &[Label], entries: &mut [Entry]) {
    for (label, entry) in labels.iter().zip(entries) {
        let mut meanings = label.meanings.iter();
        if label.inline.is_none() && meanings.any(|(_, item)| item.offers_choices()) {
            lift(&mut entry.words);
        }
    }
}

fn lift(words: &mut Vec<Word>) {
    const FEWEST_CHOICES: usize = 2;
    let is_choice = |word: &Word| word.tick.is_none() && !is_sign(&word.text);
    let above = |sign: &Word| {
        let choices = words.iter().filter(|word| is_choice(word));
        let over =
            choices.filter(|word| word.cell.row < sign.cell.row && word.cell.col == sign.cell.col);
        over.max_by_key(|word| word.cell.row).map(|word| word.cell)
    };
    let row = words.first().map(|word| word.cell.row);
    let in_row = words
        .iter()
        .filter(|word| is_choice(word) && Some(word.cell.row) == row);
    let signs: Vec<&Word> = words
        .iter()
        .filter(|word| word.tick.is_none() && is_sign(&word.text))
        .collect();
    let ticked: Vec<_> = signs.iter().filter_map(|sign| above(sign)).collect();
    if in_row.count() < FEWEST_CHOICES || ticked.is_empty() || ticked.len() < signs.len() {
        return;
    }
    let lifted = words
        .iter()
        .filter(|word| word.tick.is_some() || !is_sign(&word.text));
    let lifted = lifted.flat_map(|word| {
        let tick = ticked.contains(&word.cell).then(|| Word {
            text: String::new(),
            stored: None,
            tick: Some(true),
            ..word.clone()
        });
        tick.into_iter().chain([word.clone()])
    });
    *words = lifted.collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::word;

    fn lifted(words: &[Word]) -> String {
        let mut words = words.to_vec();
        lift(&mut words);
        let text = |word: &Word| match word.tick {
            Some(_) => "*".to_owned(),
            None => word.text.clone(),
        };
        words.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_sign_ticks_the_choice_above_it() {
        let choices = [word("C5", "訪問"), word("D5", "電話"), word("E5", "メール")];
        let with = |cell| [choices.to_vec(), vec![word(cell, "○")]].concat();
        assert_eq!(lifted(&with("D6")), "訪問 * 電話 メール");
        // Beside the choices, or under none of them, it says something else.
        assert_eq!(lifted(&with("F5")), "訪問 電話 メール ○");
        assert_eq!(lifted(&with("G6")), "訪問 電話 メール ○");
        assert_eq!(lifted(&[word("C5", "電話"), word("C6", "○")]), "電話 ○");
    }
}
